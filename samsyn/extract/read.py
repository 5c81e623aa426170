"""Takes a path or bytes and gives a `Document`: picks the reader by content, not by the file's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from samsyn.errors import UnreadableDocument, why_not
from samsyn.extract.formats import format_of
from samsyn.limits import MB, count_cores
from samsyn.models.document import Document
from samsyn.models.reading import OCR_MODES, READ_AS_USUAL, ReadOptions

PDF = "application/pdf"

_NO_HEADERS = (None, "date", "valid-loose", "municipality", "other")
"""Meanings of labels that stand elsewhere too: 'Datum' over a line to sign on, 'Kommun' over a column of measures."""

OnPage = Callable[[int, int], None]
"""Told how many pages are recognised, of how many."""
Reader = Callable[[bytes, str, ReadOptions, OnPage | None], Document]


def read_document(
    source: str | Path | bytes,
    *,
    file: str | None = None,
    options: ReadOptions = READ_AS_USUAL,
    on_page: OnPage | None = None,
) -> Document:
    """The document in a file, given as a path or as bytes (then `file` names it); `on_page` is told of scans' pages.

    Raises UnreadableDocument, with one line that says why, for a file that is missing, empty, too large, broken,
    encrypted or of an unknown kind; ValueError for options that mean nothing.
    """
    if options.ocr not in OCR_MODES:
        raise ValueError(f"ocr must be one of {', '.join(OCR_MODES)}, not {options.ocr!r}")
    name = file or (Path(source).name if isinstance(source, str | Path) else "document")
    data = source if isinstance(source, bytes) else _load(Path(source), name, options.max_bytes)
    if len(data) > options.max_bytes:
        raise UnreadableDocument(name, _too_large(options.max_bytes))
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableDocument(name, "the file is empty")
    return READERS[format_of(data, name)](data, name, options, on_page)


def _read_pdf(data: bytes, file: str, options: ReadOptions, on_page: OnPage | None) -> Document:
    from samsyn.extract.ocr.recognise import Settings, recognise_pages
    from samsyn.extract.readers.pdf_reader import read_pdf
    from samsyn.vocabulary.load import load_toml
    from samsyn.vocabulary.words import known_words

    words = load_toml("reading.toml")
    settings = Settings(
        mode=options.ocr,
        language=options.ocr_language,
        cache=options.cache,
        jobs=options.jobs or count_cores(),
        progress=on_page,
    )
    return read_pdf(
        data,
        file=file,
        password=options.password,
        max_pages=options.max_pages,
        recogniser=partial(recognise_pages, settings=settings),
        header_hint=_known_headers,
        joining_words=frozenset(words["hyphens"]["joining"]),
        leading_words=frozenset(words["cells"]["leading"]),
        known_words=known_words,
    )


def _read_docx(data: bytes, file: str, *_: object) -> Document:
    from samsyn.extract.readers.docx_reader import read_docx

    return read_docx(data, file=file)


def _read_office(kind: str, data: bytes, file: str, *_: object) -> Document:
    """What LibreOffice makes of the file; the source is the file as it was."""
    from samsyn.extract.office import FORMATS, convert_to_docx

    document = _read_docx(convert_to_docx(data, kind, file=file), file)
    facts = {"sha256": sha256(data).hexdigest(), "media_type": FORMATS[kind].media_type}
    return replace(document, source=document.source.model_copy(update=facts))


def _read_text(data: bytes, file: str, *_: object) -> Document:
    from samsyn.extract.readers.text_reader import read_text

    return read_text(
        data,
        file=file,
        known_headings=_is_known_heading,
        known_columns=_is_known_column,
        known_titles=_is_known_title,
        worded_headings=_is_worded_heading,
    )


READERS: dict[str, Reader] = {
    "pdf": _read_pdf,
    "docx": _read_docx,
    "doc": partial(_read_office, "doc"),
    "odt": partial(_read_office, "odt"),
    "rtf": partial(_read_office, "rtf"),
    "text": _read_text,
}
"""A new input format: one reader module, one line here, one sign in `format_of`."""


def _load(path: Path, name: str, most: int) -> bytes:
    try:
        if path.is_dir() or path.is_char_device() or path.is_block_device():
            kind = "a folder" if path.is_dir() else "a device"
            raise UnreadableDocument(name, f"this is {kind}, not a file")
        if path.stat().st_size > most:
            raise UnreadableDocument(name, _too_large(most))
        with path.open("rb") as stream:  # a pipe has no size: what it gives is counted
            return stream.read(most + 1)
    except OSError as error:
        raise UnreadableDocument(name, why_not(error, str(path))) from error


def _too_large(most: int) -> str:
    return f"the file is larger than {most / MB:.4g} MB (--max-size)"


def say_unread(document: Document, options: ReadOptions) -> str | None:
    """One line on the pages that are pictures and were not read, and what would help; None when there are none."""
    pages = [page.number for page in document.pages if not page.has_text]
    if document.source.media_type != PDF or not pages:
        return None
    from samsyn.extract.readers.pdf_cautions import join_spans

    named = f"page {pages[0]} is a picture" if len(pages) == 1 else f"pages {join_spans(pages)} are pictures"
    return f"{named} without usable text, not read{_say_remedy(options)}"


def say_why_empty(document: Document, options: ReadOptions) -> str:
    """Why there is nothing to understand in a document."""
    if any(not page.has_text for page in document.pages):
        return f"its pages are pictures without usable text, not read{_say_remedy(options)}"
    if any(caution.code == "scanned-pages" for caution in document.cautions):
        return "it holds only pictures of pages; put them in a PDF"
    return "there is no text in it"


def _say_remedy(options: ReadOptions) -> str:
    from samsyn.extract.ocr.missing import say_missing

    if options.ocr == "never":
        return " (--ocr never)"
    missing = say_missing(options.ocr_language)
    return f": {missing}" if missing else ""


def _known_headers(texts: Sequence[str]) -> int:
    """How many of these cell texts head the columns of measure tables, or the rows of a control table."""
    from samsyn.vocabulary.columns import column_lexicon
    from samsyn.vocabulary.lexicon import load_lexicon

    lexicon, labels = column_lexicon(), load_lexicon("metadata.toml", "label")
    return sum(lexicon.meaning(text) is not None or labels.meaning(text) not in _NO_HEADERS for text in texts)


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


def _is_worded_heading(text: str) -> bool:
    """True for a text that means something as a heading, by the whole of it or by a part."""
    from samsyn.extract.headings import heading_meanings

    return bool(heading_meanings(text))
