"""Columns and row beginnings of a table without rules → its grid: cells, merged cells, bands, headers of two rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_breaks import MERGED, vote_at
from samsyn.extract.readers.layout_grid import EDGE, Grid, GridCell
from samsyn.extract.readers.layout_groups import group_headers
from samsyn.extract.readers.layout_regions import Ground, shade_behind
from samsyn.extract.readers.layout_slots import Slots
from samsyn.models.source import Box


class _Plan(NamedTuple):
    """A table's rows: at which printed rows they begin and end, and how they are numbered."""

    slots: Slots
    breaks: tuple[int, ...]
    ends: tuple[int, ...]
    first: int
    """The first row whose cells are plain; above it stands a header in two rows."""
    shift: int
    """What is added to the number of a plain row."""


def table_of(slots: Slots, breaks: Sequence[int], ground: Ground) -> Grid:
    """The grid of a table whose rows begin at `breaks`."""
    ends = (*breaks[1:], len(slots.rows))
    groups = group_headers(slots, ground)
    cells = list(_header_cells(slots, groups, ground)) if groups else []
    first = sum(1 for end in ends if end <= slots.header) if groups else 0
    plan = _Plan(slots, tuple(breaks), ends, first, 2 - first if groups else 0)
    for column in range(slots.column_count):
        cells.extend(_column_cells(plan, column, ground))
    for number, start in enumerate(breaks):
        if start in slots.bands:
            cells.append(_band_cell(slots, number + plan.shift, start, ground))
    header = 2 if groups else sum(1 for end in ends if end <= slots.header)
    return make_grid(slots, sorted(cells), len(breaks) + plan.shift, header=header)


def _column_cells(plan: _Plan, column: int, ground: Ground) -> list[GridCell]:
    """The plain cells of one column, merged where its text or the drawn edges run on."""
    slots = plan.slots
    cells: list[GridCell] = []
    sparse, reach = _is_sparse(slots, column, plan.breaks), _reach(slots, column)
    for number in range(plan.first, len(plan.breaks)):
        start, end = plan.breaks[number], plan.ends[number]
        if start in slots.bands:
            continue
        lines = tuple(line for row in slots.lines[start:end] if (line := row[column]) is not None)
        box = cell_box(slots, column, start, end)
        shaded = shade_behind(slots.rows[start], ground.shades)
        cell = GridCell(number + plan.shift, column, 1, 1, box, lines, shaded=shaded, reach=reach)
        above = cells[-1] if cells and cells[-1].row + cells[-1].row_span == cell.row else None
        if above is not None and start > slots.header and _is_merged(plan, column, number, above, sparse=sparse):
            cells[-1] = above._replace(
                row_span=above.row_span + 1, box=above.box.union(box), lines=(*above.lines, *lines)
            )
        else:
            cells.append(cell)
    return cells


def _reach(slots: Slots, column: int) -> float:
    """Where the longest line of a column ends."""
    ends = (
        line.x1
        for index, row in enumerate(slots.lines)
        if index not in slots.bands and (line := row[column]) is not None
    )
    return max(ends, default=slots.rights[column])


def _is_sparse(slots: Slots, column: int, breaks: Sequence[int]) -> bool:
    """True for a first column that stays empty in many rows: its cells are merged downwards."""
    if column > 1 or slots.column_count < 3:
        return False
    starts = [start for start in breaks if start >= slots.header and start not in slots.bands]
    filled = [start for start in starts if slots.lines[start][column] is not None]
    if column:
        # A second column is merged only within the cells of the first.
        first = [start for start in starts if slots.lines[start][0] is not None]
        return _is_sparse(slots, 0, breaks) and set(first) <= set(filled)
    return len(starts) >= 4 and 2 <= len(filled) <= 0.6 * len(starts)


def _is_merged(plan: _Plan, column: int, number: int, above: GridCell, *, sparse: bool) -> bool:
    """Whether a cell is the continuation of the one above it."""
    slots, start = plan.slots, plan.breaks[number]
    drawn = slots.edges[start - 1]
    if drawn and any(column in edges for edges in slots.edges):
        # The edge between the two rows leaves this column out; where labels alone are shaded, none says anything.
        return column not in drawn
    if bool(above.lines) and _runs_past(slots, range(start, plan.ends[number]), column):
        return True
    line = slots.lines[start][column]
    if line is None:
        return sparse and bool(above.lines)
    began = plan.breaks[number - 1]
    runs_on = slots.lines[start - 1][column] is not None and column <= 1
    return runs_on and vote_at(slots, began, start, column) < MERGED


def _runs_past(slots: Slots, rows: range, column: int) -> bool:
    """True when a column's text goes on between the lines of its neighbours, line by line past the start of a row."""
    index = next((index for index in rows if slots.lines[index][column] is not None), None)
    return index is not None and slots.runs_past(index, column)


def _header_cells(slots: Slots, groups: Sequence[tuple[int, int]], ground: Ground) -> list[GridCell]:
    """The cells of a header in two rows: groups above their columns, the others over both rows."""
    cells: list[GridCell] = []
    grouped = {column for first, last in groups for column in range(first, last + 1)}
    shaded = shade_behind(slots.rows[0], ground.shades)
    for first, last in groups:
        lines = tuple(line for line in slots.lines[0][first : last + 1] if line is not None)
        box = cell_box(slots, first, 0, 1).union(cell_box(slots, last, 0, 1))
        cells.append(GridCell(0, first, 1, last - first + 1, box, lines, shaded=shaded))
    for column in range(slots.column_count):
        begin = 1 if column in grouped else 0
        lines = tuple(line for row in slots.lines[begin : slots.header] if (line := row[column]) is not None)
        box = cell_box(slots, column, begin, slots.header)
        cells.append(GridCell(begin, column, 2 - begin, 1, box, lines, shaded=shaded))
    return cells


def make_grid(slots: Slots, cells: Sequence[GridCell], row_count: int, *, header: int, cards: bool = False) -> Grid:
    """The grid that these cells make up."""
    box = cells[0].box
    for cell in cells[1:]:
        box = box.union(cell.box)
    return Grid(
        page=slots.rows[0].lines[0].page,
        box=box,
        columns=(*(start - EDGE for start in slots.starts), slots.rights[-1] + EDGE),
        row_count=row_count,
        cells=tuple(cells),
        ruled=False,
        header_rows=header,
        cards=cards,
    )


def _band_cell(slots: Slots, number: int, index: int, ground: Ground) -> GridCell:
    row = slots.rows[index]
    box = Box(row.x0 - 2, row.top - 1, max(row.x1, slots.rights[-1]) + 2, row.bottom + 1)
    return GridCell(number, 0, 1, slots.column_count, box, row.lines, shaded=shade_behind(row, ground.shades))


def cell_box(slots: Slots, column: int, start: int, end: int) -> Box:
    """The place of the printed rows from `start` to `end` in a column."""
    rows = slots.rows[start:end]
    return Box(
        slots.starts[column] - 2,
        min(row.top for row in rows) - 1,
        slots.rights[column] + 2,
        max(row.bottom for row in rows) + 1,
    )
