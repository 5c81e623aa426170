"""A PDF with a text layer → `Document`: pages, blocks in reading order, tables, footnotes, furniture."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers.layout_blocks import Kind, Passage, group_passages, heading_depth, is_heading, item_depths
from samsyn.extract.readers.layout_columns import order_pages
from samsyn.extract.readers.layout_contents import clear_contents
from samsyn.extract.readers.layout_flow import FlowLine, Norms, measure_norms
from samsyn.extract.readers.layout_footnotes import part_footnotes
from samsyn.extract.readers.layout_furniture import clear_furniture
from samsyn.extract.readers.layout_grid import Grid, GridCell, right_of
from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_page import PageContent
from samsyn.extract.readers.layout_pages import join_tables, settle_doubtful
from samsyn.extract.readers.layout_sheet import Sheet, lay_out
from samsyn.extract.readers.layout_text import Composed, WordStock, compose, count_words
from samsyn.extract.readers.pdf_characters import open_pdf
from samsyn.models.document import Block, BlockKind, Cell, Document, Footnote, Line, Page, Table
from samsyn.models.source import Caution, Source

HeaderHint = Callable[[Sequence[str]], int]
"""Tells how many of some cell texts are known header words of tables."""


def read_pdf(
    data: bytes,
    *,
    file: str,
    password: str | None = None,
    max_pages: int = 2000,
    header_hint: HeaderHint | None = None,
    joining_words: Collection[str] = (),
) -> Document:
    """The document in the bytes of a PDF; pages without text are named in its cautions.

    `header_hint` tells how many of some texts are known header words of tables, `joining_words` are conjunctions that
    a suspended hyphen stands before ('brotts- och'). Raises UnreadableDocument when the file can't be read at all.
    """
    hint = _of_short_texts(header_hint) if header_hint else None
    opened = open_pdf(data, file=file, password=password, max_pages=max_pages)
    sheets: list[Sheet] = []
    pages: list[Page] = []
    broken: list[int] = []
    for content in opened.pages:
        if isinstance(content, int):
            broken.append(content)
            continue
        sheets.append(lay_out(content))
        pages.append(_page(content))
    if not pages:
        raise UnreadableDocument(file, "none of its pages can be read")
    contents = clear_contents(settle_doubtful(sheets))
    cleared = clear_furniture(contents.sheets)
    stock = count_words((line for sheet in cleared.sheets for line in _all_lines(sheet)), joining_words)
    norms = measure_norms(sheet.lines for sheet in cleared.sheets)
    noted = part_footnotes(cleared.sheets, norms.size)
    stream = join_tables(order_pages(noted.sheets, norms, hint))
    blocks = _blocks(stream, norms, stock)
    footnotes = tuple(
        Footnote(note.label, _block(f"n{index}", BlockKind.PARAGRAPH, compose(note.lines, stock, skip=note.skip)))
        for index, note in enumerate(noted.notes, 1)
    )
    furniture = tuple(
        _block(f"f{index}", BlockKind.PARAGRAPH, compose([line], stock))
        for index, line in enumerate((*contents.contents, *cleared.furniture), 1)
    )
    return Document(
        source=Source(
            file=file.replace("\\", "/").rpartition("/")[2],
            sha256=hashlib.sha256(data).hexdigest(),
            media_type="application/pdf",
            pages=opened.count,
        ),
        blocks=blocks,
        pages=tuple(pages),
        footnotes=footnotes,
        furniture=furniture,
        cautions=_cautions(broken),
    )


def _of_short_texts(hint: HeaderHint) -> HeaderHint:
    """The hint, asked about texts alone that are short enough to head a column."""

    def count(texts: Sequence[str]) -> int:
        return hint([text for text in texts if len(text) <= 45 and len(text.split()) <= 5 and text[-1] not in ".,;"])

    return count


def _page(content: PageContent) -> Page:
    width, height = content.width, content.height
    if content.turn % 2:
        width, height = height, width
    return Page(content.number, round(width, 1), round(height, 1), has_text=bool(content.words))


def _cautions(broken: Sequence[int]) -> tuple[Caution, ...]:
    if not broken:
        return ()
    return (Caution(code="broken-pages", message=f"Sidor som inte kan läsas: {broken}"),)


def _all_lines(sheet: Sheet) -> list[TextLine]:
    return [*sheet.lines, *(line for grid in sheet.grids for cell in grid.cells for line in cell.lines)]


def _blocks(stream: Sequence[FlowLine | Grid], norms: Norms, stock: WordStock) -> tuple[Block, ...]:
    blocks: list[Block] = []
    run: list[FlowLine] = []
    passages: list[Passage | Grid] = []
    for item in stream:
        if isinstance(item, Grid):
            passages.extend(group_passages(run, norms))
            run = []
            passages.append(item)
        else:
            run.append(item)
    passages.extend(group_passages(run, norms))
    levels = _levels(passages, norms)
    depths = item_depths([None if isinstance(item, Grid) or is_heading(item, norms) else item for item in passages])
    for passage, depth in zip(passages, depths, strict=True):
        name = f"b{len(blocks) + 1}"
        if isinstance(passage, Grid):
            blocks.append(_table_block(name, passage, norms, stock))
        elif is_heading(passage, norms):
            composed = compose(passage.lines, stock, right=passage.right)
            blocks.append(_block(name, BlockKind.HEADING, composed, level=levels[_style(passage)]))
        else:
            blocks.append(_passage_block(name, passage, stock, depth))
    return tuple(blocks)


def _style(passage: Passage) -> tuple[float, int, int]:
    bold = all(line.bold for line in passage.lines)
    return (-round(passage.first.size * 2) / 2, -int(bold), max(1, heading_depth(passage.text)))


def _levels(passages: Sequence[Passage | Grid], norms: Norms) -> dict[tuple[float, int, int], int]:
    styles = {_style(item) for item in passages if isinstance(item, Passage) and is_heading(item, norms)}
    return {style: rank for rank, style in enumerate(sorted(styles), 1)}


def _passage_block(name: str, passage: Passage, stock: WordStock, depth: int) -> Block:
    composed = compose(passage.lines, stock, right=passage.right, skip=passage.marker_words)
    if passage.kind is Kind.ITEM:
        marker = passage.first.words[0].text
        return _block(name, BlockKind.LIST_ITEM, composed, level=depth, marker=marker)
    return _block(name, BlockKind.PARAGRAPH, composed)


def _block(name: str, kind: BlockKind, composed: Composed, *, level: int = 0, marker: str = "") -> Block:
    return Block(
        id=name,
        kind=kind,
        text=composed.text,
        level=level,
        marker=marker,
        lines=composed.lines,
        emphasis=composed.emphasis,
        notes=composed.notes,
        size=composed.size,
    )


def _table_block(name: str, grid: Grid, norms: Norms, stock: WordStock) -> Block:
    cells = tuple(_cell(name, cell, norms, stock) for cell in grid.cells)
    table = Table(
        row_count=grid.row_count,
        column_count=grid.column_count,
        cells=cells,
        header_rows=grid.header_rows,
        ruled=grid.ruled,
        joins=grid.joins,
    )
    return Block(name, BlockKind.TABLE, "", lines=tuple(Line(0, page, box) for page, box in grid.spots), table=table)


def _cell(name: str, cell: GridCell, norms: Norms, stock: WordStock) -> Cell:
    right = right_of(cell)
    flow = [FlowLine(line, cell.box.x0, right, 0) for line in cell.lines]
    blocks: list[Block] = []
    passages = group_passages(flow, norms)
    for passage, depth in zip(passages, item_depths(passages), strict=True):
        inner = f"{name}.r{cell.row}.c{cell.column}.{len(blocks)}"
        blocks.append(_passage_block(inner, passage, stock, depth))
    return Cell(
        row=cell.row,
        column=cell.column,
        blocks=tuple(blocks),
        row_span=cell.row_span,
        column_span=cell.column_span,
        shaded=cell.shaded,
    )
