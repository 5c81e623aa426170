"""A Word table in, its logical grid out: rows and columns with spans, whatever hidden grid Word laid under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from samsyn.extract.readers.docx_items import CellSource, Item, RowSource, TableSource
from samsyn.extract.readers.docx_markup import W, children, flag, points, value, whole
from samsyn.extract.readers.docx_styles import NO_LOOK, Look, Regions, StyleSheet, is_shaded
from samsyn.models.document import Cell

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_SPAN = 1000
MAX_COLUMNS = 150
"""Word itself allows 63; what stands in further cells of a row is read into its last one."""
SAME_EDGE = 8.0
"""Points; cell edges nearer each other than this are one edge, drawn by hand a little apart in different rows."""
LOOK_BITS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}

ReadItems = Callable[["Element", Look], tuple[Item, ...]]


class Placed(NamedTuple):
    """A cell in the logical grid."""

    row: int
    column: int
    row_span: int
    column_span: int
    source: CellSource


class Layout(NamedTuple):
    """The logical grid of a table."""

    row_count: int
    column_count: int
    cells: tuple[Placed, ...]


def read_table(element: Element, styles: StyleSheet, read_items: ReadItems) -> TableSource:
    """The table as written, without rows and cells whose deletion is tracked."""
    properties = element.find(W + "tblPr")
    regions = styles.table_regions(value(properties, "tblStyle"))
    in_use = _regions_in_use(properties)
    rows = [row for row in children(element, "tr") if not _is_gone(row)]
    grid = element.find(W + "tblGrid")
    widths = [points(column.get(W + "w")) or 0.0 for column in grid.findall(W + "gridCol")] if grid is not None else []
    read = []
    for index, row in enumerate(rows):
        place = {"firstRow": index == 0, "lastRow": index == len(rows) - 1}
        row_regions = [name for name, here in place.items() if here and name in in_use]
        read.append(_read_row(row, regions, row_regions, in_use, read_items))
    return TableSource(rows=tuple(read), widths=tuple(widths))


def lay_out(table: TableSource) -> Layout:
    """The logical grid: columns that no cell edge needs are gone, cells merged downwards count once."""
    columns = _number_columns(table)
    placed: list[Placed] = []
    open_cells: dict[int, int] = {}
    for index, row in enumerate(table.rows):
        still_open: dict[int, int] = {}
        for cell in row.cells:
            start, end = columns[index][cell.column], columns[index][cell.column + cell.span]
            above = open_cells.get(start)
            if cell.merge == "continue" and above is not None:
                placed[above] = placed[above]._replace(row_span=index - placed[above].row + 1)
                still_open[start] = above
                continue
            placed.append(Placed(index, start, 1, max(1, end - start), cell))
            if cell.merge:
                still_open[start] = len(placed) - 1
        open_cells = still_open
    width = max((cell.column + cell.column_span for cell in placed), default=0)
    return Layout(len(table.rows), width, tuple(placed))


LARGER = 1.12
"""Times the size of the rest of the table: what is set larger is set apart."""


class Header(NamedTuple):
    """What tells the header of a table: its cells, which of them are set as headings, and the rows Word repeats."""

    cells: Sequence[Cell]
    headings: frozenset[tuple[int, int]]
    repeated: int


def count_header_rows(header: Header, row_count: int, column_count: int) -> int:
    """How many rows at the top are header: those Word repeats, else those set in bold or shaded unlike the rest.

    A row across the whole table is no header by itself: it is a heading within the table.
    """
    if header.repeated:
        return header.repeated if header.repeated < row_count else 0
    rows: list[list[Cell]] = [[] for _ in range(row_count)]
    sizes = Counter(_size_of(cell) for cell in header.cells if cell.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    for cell in header.cells:
        is_heading = (cell.row, cell.column) in header.headings or _size_of(cell) >= LARGER * usual
        rows[cell.row].append(replace(cell, shaded=True) if is_heading else cell)
    if row_count < 2 or all(_is_set_apart(row) for row in rows if any(cell.text for cell in row)):
        return 0
    top = 0
    while top < row_count and _is_band(rows[top], column_count) and _is_set_apart(rows[top]):
        top += 1
    if top == row_count or not _is_set_apart(rows[top]) or not _heads_columns(rows[top], column_count):
        return 0
    reach = max((cell.row + cell.row_span for cell in rows[top]), default=top + 1)
    grouped = reach > top + 1 or any(cell.column_span > 1 for cell in rows[top])
    below = rows[top + 1] if top + 1 < row_count else []
    if grouped and _is_set_apart(below) and not _is_band(below, column_count):
        return min(row_count - 1, top + 2)
    return top + 1


def count_repeated_rows(table: TableSource) -> int:
    """How many rows from the top Word repeats on each page."""
    return next((index for index, row in enumerate(table.rows) if not row.is_header), len(table.rows))


def _read_row(
    row: Element, regions: Regions, row_regions: list[str], in_use: frozenset[str], read_items: ReadItems
) -> RowSource:
    properties = row.find(W + "trPr")
    column = min(MAX_SPAN, max(0, whole(value(properties, "gridBefore"))))
    elements = [cell for cell in children(row, "tc") if cell.find(f"{W}tcPr/{W}cellDel") is None]
    cells: list[CellSource] = []
    for index, element in enumerate(elements):
        cell_properties = element.find(W + "tcPr")
        names = ["", *_column_regions(index, len(elements), in_use), *row_regions]
        span = min(MAX_SPAN, max(1, whole(value(cell_properties, "gridSpan"), 1)))
        if len(cells) == MAX_COLUMNS:
            cells[-1] = replace(cells[-1], items=cells[-1].items + read_items(element, NO_LOOK))
            continue
        if cells and _goes_on_sideways(cell_properties):
            cells[-1] = replace(cells[-1], span=cells[-1].span + span)
            column += span
            continue
        look = NO_LOOK
        for name in names:
            look = regions.looks.get(name, NO_LOOK).over(look)
        cells.append(
            CellSource(
                column=column,
                span=span,
                items=read_items(element, look),
                merge=_read_merge(cell_properties),
                shaded=_is_cell_shaded(cell_properties, regions, names),
            )
        )
        column += span
    return RowSource(cells=tuple(cells), is_header=bool(flag(properties, "tblHeader")))


def _goes_on_sideways(properties: Element | None) -> bool:
    merge = properties.find(W + "hMerge") if properties is not None else None
    return merge is not None and merge.get(W + "val", "continue") != "restart"


def _is_gone(row: Element) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and (properties.find(W + "del") is not None or bool(flag(properties, "hidden")))


def _read_merge(properties: Element | None) -> str:
    if properties is None:
        return ""
    merge = properties.find(W + "vMerge")
    if merge is not None:
        return "restart" if merge.get(W + "val", "continue") == "restart" else "continue"
    tracked = properties.find(W + "cellMerge")
    if tracked is not None and tracked.get(W + "vMerge"):
        return "continue" if tracked.get(W + "vMerge") == "cont" else "restart"
    return ""


def _is_cell_shaded(properties: Element | None, regions: Regions, names: Sequence[str]) -> bool:
    if properties is not None and properties.find(W + "shd") is not None:
        return is_shaded(properties)
    return any(name in regions.shaded for name in names)


def _regions_in_use(properties: Element | None) -> frozenset[str]:
    look = properties.find(W + "tblLook") if properties is not None else None
    if look is None:
        return frozenset()
    try:
        bits = int(look.get(W + "val", "0"), 16)
    except ValueError:
        bits = 0
    asked = {name for name, bit in LOOK_BITS.items() if look.get(W + name, str(int(bool(bits & bit)))) in ("1", "true")}
    # The style's regions are called a little differently from the switches for them.
    return frozenset({"firstColumn": "firstCol", "lastColumn": "lastCol"}.get(name, name) for name in asked)


def _column_regions(index: int, count: int, in_use: frozenset[str]) -> list[str]:
    place = {"firstCol": index == 0, "lastCol": index == count - 1}
    return [name for name, here in place.items() if here and name in in_use]


def _number_columns(table: TableSource) -> list[dict[int, int]]:
    """For each row its cell edges in the hidden grid, with the number of the logical column that begins there."""
    edges = sorted(
        {edge for row in table.rows for cell in row.cells for edge in (cell.column, cell.column + cell.span)}
    )
    if len(edges) > MAX_COLUMNS + 1:
        return [_number_by_order(row) for row in table.rows]
    numbers = _snap(edges, table) or {edge: index for index, edge in enumerate(edges)}
    return [numbers] * len(table.rows)


def _number_by_order(row: RowSource) -> dict[int, int]:
    """A grid finer than any table's says nothing: the cells of each row are simply counted."""
    numbers: dict[int, int] = {}
    for index, cell in enumerate(row.cells):
        numbers[cell.column] = index
        numbers[cell.column + cell.span] = index + 1
    return numbers


def _snap(edges: list[int], table: TableSource) -> dict[int, int] | None:
    """Column numbers with edges nearer than SAME_EDGE taken for one; None where widths or cells speak against it."""
    if not edges or edges[-1] > len(table.widths):
        return None
    offsets = [0.0]
    for width in table.widths:
        offsets.append(offsets[-1] + max(0.0, width))
    snapped: dict[int, int] = {}
    last, count = edges[0], 0
    for edge in edges:
        if offsets[edge] - offsets[last] >= SAME_EDGE:
            last, count = edge, count + 1
        snapped[edge] = count
    # A cell narrower than that is a cell nevertheless.
    narrow = any(snapped[cell.column] == snapped[cell.column + cell.span] for row in table.rows for cell in row.cells)
    return None if narrow else snapped


def _size_of(cell: Cell) -> float:
    """The smallest type in the cell, in points; 0 when it is empty."""
    return min((block.size or 0.0 for block in cell.blocks), default=0.0)


def _is_set_apart(row: Sequence[Cell]) -> bool:
    written = [cell for cell in row if cell.text]
    return bool(written) and all(cell.shaded or cell.is_bold for cell in written)


def _is_band(row: Sequence[Cell], column_count: int) -> bool:
    return len(row) == 1 and row[0].column_span == column_count > 1


def _heads_columns(row: Sequence[Cell], column_count: int) -> bool:
    """True unless only the first cell is written: such a row labels what stands beside or below it."""
    return column_count == 1 or any(cell.text and cell.column > 0 for cell in row)
