"""Takes the bytes of a text, a Markdown file or a web transcript and gives the same kind of Document as a PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from samsyn.extract.readers.text_blocks import parse_blocks, split_marker
from samsyn.extract.readers.text_decode import decode_text
from samsyn.extract.readers.text_draft import Draft, DraftKind, Piece, RawTable, SourceLine
from samsyn.extract.readers.text_headings import drop_logos, rank_headings, set_headings
from samsyn.extract.readers.text_hints import Hints
from samsyn.extract.readers.text_inline import read_inline
from samsyn.extract.readers.text_lines import Joiner, count_words, drop_hidden, measure_layout, open_tags, split_lines
from samsyn.extract.readers.text_losses import find_losses
from samsyn.extract.readers.text_notes import raise_marks
from samsyn.extract.readers.text_rejoin import rejoin
from samsyn.extract.readers.text_transcript import is_transcript, read_transcript
from samsyn.extract.readers.text_web import Body, set_apart
from samsyn.models.document import Block, BlockKind, Cell, Document, Footnote, Line, Page, Table
from samsyn.models.source import Caution, Source

_MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown")


def read_text(
    data: bytes,
    *,
    file: str,
    known_headings: Callable[[str], bool] | Iterable[str] | None = None,
    known_columns: Callable[[str], bool] | Iterable[str] | None = None,
    known_titles: Callable[[str], bool] | Iterable[str] | None = None,
    worded_headings: Callable[[str], bool] | Iterable[str] | None = None,
) -> Document:
    """The document in `data`; `file` is named in the result and in errors.

    `known_headings` tells (or lists) phrases that are headings wherever they stand alone, `known_columns` those that
    head the columns of tables, `known_titles` those that name a document or a part of one, `worded_headings` those that
    are worded as headings are, also by a part of them: the reader knows no Swedish itself, and needs them where lines
    have flowed together.
    A file without form feeds or glued page numbers has no pages.
    Raises UnreadableDocument when the bytes are no text.
    """
    decoded = decode_text(data, file=file)
    lines = split_lines(drop_hidden(decoded.text))
    body = set_apart(lines)
    given = (body.title,) if body.title else ()
    hints = Hints(
        _as_test(known_headings), _as_test(known_columns), _as_test(known_titles), given, _as_test(worded_headings)
    )
    copied = is_transcript(body.lines, framed=body.framed)
    drafts, logos = (_parse_transcript(body, hints), ()) if copied else _parse(body, hints)
    furniture = [Draft(DraftKind.PARAGRAPH, (Piece(line.text.strip(), line.page),)) for line in body.furniture]
    document = _build(drafts, [*furniture, *logos], decoded.cautions)
    pages = _make_pages(lines) or _make_pages(
        [SourceLine(piece.text, piece.page) for draft in drafts for piece in draft.pieces]
    )
    losses = find_losses(document.blocks) if copied else ()
    source = _make_source(file, data, pages)
    return replace(document, source=source, pages=pages, cautions=document.cautions + losses)


def _as_test(known: Callable[[str], bool] | Iterable[str] | None) -> Callable[[str], bool]:
    if known is None:
        return lambda _: False
    if callable(known):
        return known
    phrases = frozenset(" ".join(phrase.casefold().split()) for phrase in known)
    return lambda text: " ".join(text.casefold().split()).rstrip(" :") in phrases


def _parse_transcript(body: Body, hints: Hints) -> tuple[Draft, ...]:
    """The drafts of the blocks of a web transcript."""
    joiner = Joiner(count_words(body.lines))
    return rank_headings(rejoin(read_transcript(body.lines, hints), joiner))


def _parse(body: Body, hints: Hints) -> tuple[tuple[Draft, ...], tuple[Draft, ...]]:
    """The drafts of the document's blocks, and of the letterheads that stood among them."""
    lines = raise_marks(open_tags(body.lines))
    joiner = Joiner(count_words(lines))
    drafts, logos = drop_logos(parse_blocks(lines, measure_layout(lines, blanked=body.blanked), joiner))
    return set_headings(rejoin(drafts, joiner), hints.is_heading, hints.is_title), logos


def _build(drafts: Sequence[Draft], furniture: Sequence[Draft], cautions: tuple[Caution, ...]) -> Document:
    """The document made from the drafts; its source and pages are yet to be filled in."""
    labels = frozenset(draft.marker for draft in drafts if draft.kind is DraftKind.NOTE)
    flow = [draft for draft in drafts if draft.kind is not DraftKind.NOTE]
    notes = [draft for draft in drafts if draft.kind is DraftKind.NOTE]
    blocks = [_build_block(draft, f"b{number}", labels) for number, draft in enumerate(flow, start=1)]
    footnotes = [
        Footnote(note.marker, _build_block(note, f"n{number}", labels)) for number, note in enumerate(notes, start=1)
    ]
    outside = [_build_block(draft, f"f{number}", labels) for number, draft in enumerate(furniture, start=1)]
    return Document(
        source=_make_source("", b"", ()),
        blocks=tuple(block for block in blocks if block.text or block.table),
        footnotes=tuple(footnotes),
        furniture=tuple(block for block in outside if block.text),
        cautions=cautions + tuple(caution for draft in flow if draft.table for caution in draft.table.cautions),
    )


def _make_source(file: str, data: bytes, pages: Sequence[Page]) -> Source:
    media_type = "text/markdown" if file.lower().endswith(_MARKDOWN_ENDINGS) else "text/plain"
    count = pages[-1].number if pages else None
    return Source(file=file, sha256=hashlib.sha256(data).hexdigest(), media_type=media_type, pages=count)


def _make_pages(lines: Sequence[SourceLine]) -> tuple[Page, ...]:
    """A page for each number that lines have; text has no size, so width and height are 0."""
    written: dict[int, bool] = {}
    for line in lines:
        if line.page is not None:
            written[line.page] = written.get(line.page, False) or not line.is_blank
    return tuple(Page(number, 0.0, 0.0, has_text=has_text) for number, has_text in sorted(written.items()))


_KINDS = {
    DraftKind.HEADING: BlockKind.HEADING,
    DraftKind.PARAGRAPH: BlockKind.PARAGRAPH,
    DraftKind.LIST_ITEM: BlockKind.LIST_ITEM,
    DraftKind.NOTE: BlockKind.PARAGRAPH,
}


def _build_block(draft: Draft, identifier: str, labels: frozenset[str]) -> Block:
    if draft.table is not None:
        return _build_table_block(draft, draft.table, identifier, labels)
    starts, at = [], 0
    for piece in draft.pieces:
        starts.append(at + len(piece.glue))
        at += len(piece.glue) + len(piece.text)
    rich = read_inline(draft.raw, anchors=starts, labels=labels)
    paged = zip(rich.anchors, draft.pieces, strict=True)
    return Block(
        id=identifier,
        kind=_KINDS[draft.kind],
        text=rich.text,
        level=draft.level,
        marker=draft.marker if draft.kind is DraftKind.LIST_ITEM else "",
        lines=tuple(Line(start, piece.page, None) for start, piece in paged if piece.page is not None),
        emphasis=rich.emphasis,
        notes=rich.notes,
    )


def _build_table_block(draft: Draft, raw: RawTable, identifier: str, labels: frozenset[str]) -> Block:
    lines = tuple(Line(0, piece.page, None) for piece in draft.pieces if piece.page is not None)
    return Block(
        id=identifier,
        kind=BlockKind.TABLE,
        text="",
        lines=lines,
        table=_build_table(raw, identifier, labels, draft.page),
    )


def _build_table(raw: RawTable, identifier: str, labels: frozenset[str], page: int | None) -> Table:
    cells = []
    for cell in raw.cells:
        place = f"{identifier}.r{cell.row}.c{cell.column}"
        blocks = [_build_part(part, f"{place}.{number}", labels, page) for number, part in enumerate(cell.paragraphs)]
        written = tuple(block for block in blocks if block.text or block.table)
        cells.append(Cell(cell.row, cell.column, written, cell.row_span, cell.column_span))
    return Table(raw.row_count, raw.column_count, tuple(cells), raw.header_rows, raw.ruled, raw.joins)


def _build_part(part: str | RawTable, identifier: str, labels: frozenset[str], page: int | None) -> Block:
    if isinstance(part, RawTable):
        draft = Draft(DraftKind.TABLE, (Piece("", page),), table=part)
        return _build_table_block(draft, part, identifier, labels)
    marker, text = split_marker(part)
    kind = DraftKind.LIST_ITEM if marker else DraftKind.PARAGRAPH
    return _build_block(Draft(kind, (Piece(text, page),), level=bool(marker), marker=marker), identifier, labels)
