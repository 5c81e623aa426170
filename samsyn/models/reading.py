"""How a file is to be read: the choices that commands, library and reading processes all pass along."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypedDict

from samsyn.limits import FILE_BYTES, PAGES

OcrMode = Literal["auto", "never", "always"]
OCR_MODES: tuple[OcrMode, ...] = ("auto", "never", "always")


class ReadOptions(NamedTuple):
    """What a caller may say about how a file is read; all of it plain values that JSON can carry."""

    password: str | None = None
    """Opens an encrypted file."""
    ocr: OcrMode = "auto"
    """Which pages Tesseract reads: 'auto' those without usable text, 'always' all, 'never' none."""
    ocr_language: str = "swe"
    """Languages for Tesseract, such as 'swe' or 'swe+eng'."""
    cache: bool = True
    """False to recognise pages anew and keep nothing on disk."""
    jobs: int | None = None
    """Pages recognised side by side; None for one a core."""
    max_pages: int = PAGES
    max_bytes: int = FILE_BYTES


READ_AS_USUAL = ReadOptions()


class ReadArguments(TypedDict, total=False):
    """The same as keyword arguments of `extract_agreement` and its kin."""

    password: str | None
    ocr: OcrMode
    ocr_language: str
    cache: bool
    jobs: int | None
    max_pages: int
    max_bytes: int
