"""A PDF with a text layer → `Document`: pages, blocks in reading order, tables, footnotes, furniture."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers.layout_assemble import Maker, make_blocks, make_footnotes, make_furniture
from samsyn.extract.readers.layout_columns import order_pages
from samsyn.extract.readers.layout_contents import clear_contents
from samsyn.extract.readers.layout_cuts import KnownWords
from samsyn.extract.readers.layout_flow import measure_norms
from samsyn.extract.readers.layout_footnotes import part_footnotes
from samsyn.extract.readers.layout_furniture import clear_furniture
from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_page import PageContent
from samsyn.extract.readers.layout_pages import join_tables, settle_doubtful
from samsyn.extract.readers.layout_regions import HeaderHint
from samsyn.extract.readers.layout_sheet import Sheet, lay_out
from samsyn.extract.readers.layout_text import count_words
from samsyn.extract.readers.pdf_cautions import find_cautions, has_text
from samsyn.extract.readers.pdf_pages import open_pdf
from samsyn.limits import PAGES
from samsyn.models.document import Document, Page
from samsyn.models.source import Caution, Source


class Recognition(NamedTuple):
    """The pages of a file once those that are pictures have been recognised."""

    contents: Sequence[PageContent]
    recognised: frozenset[int] = frozenset()
    """Numbers of the pages whose text was read from their picture."""
    cautions: tuple[Caution, ...] = ()
    advice: str = ""
    """What would let the remaining pages be read, for a caution in Swedish."""


Recogniser = Callable[[bytes, str | None, Sequence[PageContent]], Recognition]
"""Takes a file's bytes, its password and its pages as they are."""


def read_pdf(
    data: bytes,
    *,
    file: str,
    password: str | None = None,
    max_pages: int = PAGES,
    header_hint: HeaderHint | None = None,
    joining_words: Collection[str] = (),
    leading_words: Collection[str] = (),
    known_words: KnownWords | None = None,
    recogniser: Recogniser | None = None,
) -> Document:
    """The document in the bytes of a PDF; pages without text and other doubts are named in its cautions.

    `header_hint` tells how many of some texts are known header words of tables, `joining_words` are conjunctions that
    a suspended hyphen stands before ('brotts- och'), `leading_words` those that no cell of a table ends with,
    `known_words` gives words by which those that narrow
    columns cut are told;
    `recogniser` reads the pages that are pictures, which otherwise have no text.
    Raises UnreadableDocument when the file can't be read at all.
    """
    opened = open_pdf(data, file=file, password=password, max_pages=max_pages)
    loaded = list(opened.pages)
    broken = [page for page in loaded if isinstance(page, int)]
    recognition = Recognition([page for page in loaded if not isinstance(page, int)])
    if not recognition.contents:
        raise UnreadableDocument(file, "none of its pages can be read")
    if recogniser is not None:
        recognition = recogniser(data, password, recognition.contents)
    contents = recognition.contents
    sheets = [
        lay_out(content if has_text(content) else content._replace(words=(), turned=(), rules=()))
        for content in contents
    ]
    source = Source(
        file=file.replace("\\", "/").rpartition("/")[2],
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="application/pdf",
        pages=opened.count,
        ocr=bool(recognition.recognised),
    )
    return read_pages(
        contents,
        sheets,
        source=source,
        cautions=(*find_cautions(contents, broken, recognition.advice), *recognition.cautions),
        recognised=recognition.recognised,
        header_hint=header_hint,
        joining_words=joining_words,
        leading_words=leading_words,
        known_words=known_words,
    )


def read_pages(
    contents: Sequence[PageContent],
    sheets: Sequence[Sheet],
    *,
    source: Source,
    cautions: tuple[Caution, ...] = (),
    recognised: Collection[int] = (),
    header_hint: HeaderHint | None = None,
    joining_words: Collection[str] = (),
    leading_words: Collection[str] = (),
    known_words: KnownWords | None = None,
) -> Document:
    """The document that laid-out pages make up, wherever their words come from (a text layer or recognition)."""
    hint = _of_short_texts(header_hint) if header_hint else None
    toc = clear_contents(sheets)
    cleared = clear_furniture(toc.sheets)
    norms = measure_norms(sheet.lines for sheet in cleared.sheets)
    noted = part_footnotes(settle_doubtful(cleared.sheets, norms.size), norms.size)
    if noted.notes:
        # Notes as large as the text are set closer: what is usual on their pages is told without them.
        norms = measure_norms(sheet.lines for sheet in noted.sheets)
    lines = (line for sheet in cleared.sheets for line in _every_line(sheet))
    stock = count_words(lines, joining_words, known_words)
    maker = Maker(norms, stock, {content.number: content for content in contents if content.is_moved})
    stream = join_tables(order_pages(noted.sheets, norms, hint), frozenset(leading_words))
    return Document(
        source=source,
        blocks=make_blocks(stream, maker),
        pages=tuple(_page(content, recognised=content.number in recognised) for content in contents),
        footnotes=make_footnotes(noted.notes, maker),
        furniture=make_furniture((*toc.contents, *cleared.furniture), maker),
        cautions=cautions,
    )


def _of_short_texts(hint: HeaderHint) -> HeaderHint:
    """The hint, asked about texts alone that are short enough to head a column."""

    def count(texts: Sequence[str]) -> int:
        return hint([text for text in texts if len(text) <= 45 and len(text.split()) <= 5 and text[-1] not in ".,;"])

    return count


def _page(content: PageContent, *, recognised: bool) -> Page:
    width, height = content.width, content.height
    if content.turn % 2:
        width, height = height, width
    return Page(content.number, round(width, 1), round(height, 1), has_text=has_text(content), recognised=recognised)


def _every_line(sheet: Sheet) -> Iterator[TextLine]:
    yield from sheet.lines
    for grid in sheet.grids:
        for cell in grid.cells:
            yield from cell.lines
