"""Takes a path or bytes and gives a `Document`: picks the reader by content, not by the file's name."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from samsyn.errors import UnreadableDocument
from samsyn.models.document import Document

MAX_BYTES = 200 * 1024 * 1024
"""Larger files are refused: the longest council papers seen have some thousand pages and under 100 MB."""

_OLE = b"\xd0\xcf\x11\xe0"
"""An OLE container: an old .doc, or an encrypted .docx; the reader of Word files tells which."""

_TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".text")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a caller may say about how a file is read."""

    password: str | None = None
    ocr: str = "auto"
    """Whether Tesseract reads pages: 'auto' those without text, 'always' all, 'never' none."""


def read_document(
    source: str | Path | bytes, *, file: str | None = None, options: ReadOptions | None = None
) -> Document:
    """The document in a file, given as a path or as bytes (then `file` names it).

    Raises UnreadableDocument, with one line that says why, for a file that is missing, empty, too large, broken,
    encrypted or of an unknown kind.
    """
    name = file or (Path(source).name if isinstance(source, str | Path) else "document")
    data = source if isinstance(source, bytes) else _load(Path(source), name)
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableDocument(name, "the file is empty")
    return READERS[format_of(data, name)](data, name, options or ReadOptions())


def _read_pdf(data: bytes, file: str, options: ReadOptions) -> Document:
    from functools import partial

    from samsyn.extract.ocr.recognise import Settings, recognise_pages
    from samsyn.extract.readers.pdf_reader import read_pdf
    from samsyn.vocabulary.load import load_toml
    from samsyn.vocabulary.words import known_words

    words = load_toml("reading.toml")
    return read_pdf(
        data,
        file=file,
        password=options.password,
        recogniser=partial(recognise_pages, settings=Settings(mode=options.ocr, jobs=os.cpu_count() or 1)),
        header_hint=_known_headers,
        joining_words=frozenset(words["hyphens"]["joining"]),
        known_words=known_words,
    )


def _read_docx(data: bytes, file: str, options: ReadOptions) -> Document:  # noqa: ARG001 - one signature for all
    from samsyn.extract.readers.docx_reader import read_docx

    return read_docx(data, file=file)


def _read_text(data: bytes, file: str, options: ReadOptions) -> Document:  # noqa: ARG001 - one signature for all
    from samsyn.extract.readers.text_reader import read_text

    return read_text(
        data,
        file=file,
        known_headings=_is_known_heading,
        known_columns=_is_known_column,
        known_titles=_is_known_title,
    )


READERS: dict[str, Callable[[bytes, str, ReadOptions], Document]] = {
    "pdf": _read_pdf,
    "docx": _read_docx,
    "text": _read_text,
}
"""A new input format: one reader module, one line here, one sign in `format_of`."""


def _load(path: Path, name: str) -> bytes:
    try:
        if path.is_dir() or path.is_char_device() or path.is_block_device():
            kind = "a folder" if path.is_dir() else "a device"
            raise UnreadableDocument(name, f"this is {kind}, not a file")
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableDocument(name, f"the file is larger than {MAX_BYTES // 1024**2} MB")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(name, (error.strerror or "cannot be read").lower()) from error


def format_of(data: bytes, name: str) -> str:
    """The reader's key for a file by its first bytes; the name's ending decides only between kinds of text.

    Raises UnreadableDocument for kinds that are known and not read.
    """
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE)):
        return "docx"
    if head.lstrip().startswith(b"{\\rtf"):
        raise UnreadableDocument(name, "RTF files are not read; save it as DOCX or PDF")
    if _is_picture(head):
        raise UnreadableDocument(name, "this is a picture, not a document; put it in a PDF")
    if name.lower().endswith((".pdf", ".docx")):
        kind = "PDF" if name.lower().endswith(".pdf") else "Word document"
        raise UnreadableDocument(name, f"not a {kind}, though its name says so")
    if not name.lower().endswith(_TEXT_SUFFIXES) and not _is_text(head):
        raise UnreadableDocument(name, "of an unknown kind; PDF, DOCX, TXT and MD files are read")
    return "text"


def _is_text(head: bytes) -> bool:
    """True for UTF-8, or for UTF-16 with its mark; a file that calls itself text may have any encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        head[:-3].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 8
    return b"\0" not in head


def _is_picture(head: bytes) -> bool:
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*"))


def _known_headers(texts: Sequence[str]) -> int:
    """How many of these cell texts are words that head the columns of measure tables."""
    from samsyn.vocabulary.columns import column_lexicon

    lexicon = column_lexicon()
    return sum(lexicon.meaning(text) is not None for text in texts)


def _is_known_column(text: str) -> bool:
    """True for a text that heads a column of a measure table."""
    from samsyn.vocabulary.columns import column_lexicon

    return column_lexicon().meaning(text) is not None


def _is_known_title(text: str) -> bool:
    """True for a text that names an agreement, a plan or another paper of a bundle."""
    from samsyn.extract.papers import names_paper

    return names_paper(text)


def _is_known_heading(text: str) -> bool:
    """True for a text that is, word by word, a heading of the vocabulary or opens a focus area."""
    from samsyn.extract.headings import area_title, is_whole_heading

    return is_whole_heading(text) or bool(area_title(text))
