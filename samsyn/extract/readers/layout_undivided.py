"""Ruled tables whose rules leave cells undivided → the cells that the text shows.

Word's list and shading styles draw a frame, the rules of some rows, or upright rules alone. Where the columns are
known from other rows, or from the page before, a cell over several of them is parted by its text; where no rules
stand between rows, the rows are told as in a table without rules.
"""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.extract.readers.layout_breaks import is_wide, row_breaks, spacing_parts
from samsyn.extract.readers.layout_cards import is_card
from samsyn.extract.readers.layout_cells import table_of
from samsyn.extract.readers.layout_grid import Grid, GridCell, count_header_rows, right_of
from samsyn.extract.readers.layout_lines import TextLine, join_sides
from samsyn.extract.readers.layout_pages import fit_columns
from samsyn.extract.readers.layout_parts import cut_line
from samsyn.extract.readers.layout_regions import Ground, Row, find_rows
from samsyn.extract.readers.layout_slots import MAX_HEADER, Slot, Slots, drawn_edges, usual_leading
from samsyn.models.source import Box

_PADDING = 1.5
"""Points that text keeps at least from the edges of its cell."""
_CLEAR = 0.6
"""Type sizes between two texts that are in columns of their own, wherever these begin."""
_NEAR = 1.0
"""Points by which texts that begin at one place may differ."""
_LEAST_ROWS = 3
"""So many rows at least must spacing show where no rule stands between any."""
_MANY = 4
"""Where so many columns begin anew at once, two rows are enough."""


def part_grid(grid: Grid, ground: Ground, before: Grid | None = None) -> Grid:
    """The table with its undivided cells parted; `before` is one that may go on in it from the page before."""
    before = before if before is not None and before.ruled and before.end_page + 1 == grid.page else None
    grid = fit_columns(grid, before) if before is not None else grid
    if grid.column_count < 2 or any(cell.grids for cell in grid.cells):
        return grid
    starts = _usual_starts(grid)
    rows = [_part_columns(grid, grid.row(index), starts) for index in range(grid.row_count)]
    parted = [cell for row in rows for cell in row]
    grid = _renewed(grid, parted, grid.row_count) if len(parted) > len(grid.cells) else grid
    return _part_rows(grid, ground, going_on=before is not None and before.column_count == grid.column_count)


def _renewed(grid: Grid, cells: Sequence[GridCell], row_count: int) -> Grid:
    header = count_header_rows(cells, row_count, grid.column_count)
    return grid._replace(cells=tuple(cells), row_count=row_count, header_rows=header)


# --- columns ----------------------------------------------------------------------------------------------------------


def _usual_starts(grid: Grid) -> dict[int, set[float]]:
    """How far from its edge the text of each column begins, in the cells that rules part."""
    starts: dict[int, set[float]] = {}
    for cell in grid.cells:
        if cell.column_span == 1 and cell.lines:
            starts.setdefault(cell.column, set()).add(min(line.x0 for line in cell.lines) - cell.box.x0)
    return starts


def _part_columns(grid: Grid, row: Sequence[GridCell], starts: dict[int, set[float]]) -> list[GridCell]:
    parted: list[GridCell] = []
    for cell in row:
        parted.extend(_columns_of(grid, cell, starts) if cell.column_span > 1 and cell.lines else [cell])
    return parted


def _columns_of(grid: Grid, cell: GridCell, starts: dict[int, set[float]]) -> list[GridCell]:
    """The cell parted at the columns of its table; the cell itself when its text runs over them."""
    first, last = cell.column, cell.column + cell.column_span
    edges = grid.columns[first:last]
    members: list[list[TextLine]] = [[] for _ in edges]
    for line in cell.lines:
        for column, part in cut_line(line, [edge + _PADDING for edge in edges]):
            if column + 1 < len(edges) and part.x1 > edges[column + 1] - 0.5:
                return [cell]
            members[column].append(part)
    written = [column for column, lines in enumerate(members) if lines]
    clear = (_stands_clear(members, column, edges, starts.get(first + column)) for column in written[1:])
    if len(written) < 2 or not all(clear):
        return [cell]
    return [
        cell._replace(
            column=first + column,
            column_span=1,
            box=Box(grid.columns[first + column], cell.box.top, grid.columns[first + column + 1], cell.box.bottom),
            lines=tuple(lines),
        )
        for column, lines in enumerate(members)
    ]


def _stands_clear(
    members: Sequence[Sequence[TextLine]], column: int, edges: Sequence[float], usual: set[float] | None
) -> bool:
    """True when the text of a column begins where it does in other rows, or well to the right of what stands before."""
    lines = members[column]
    start = min(line.x0 for line in lines) - edges[column]
    if usual and any(abs(start - other) < _NEAR for other in usual):
        return True
    return all(
        line.x0 - other.x1 > _CLEAR * line.size
        for line in lines
        for before in members[:column]
        for other in before
        if abs(line.baseline - other.baseline) < 0.5 * line.size
    )


# --- rows -------------------------------------------------------------------------------------------------------------


def _part_rows(grid: Grid, ground: Ground, *, going_on: bool) -> Grid:
    """The table with the rows that stand between its header, its bands and its end without a rule between them."""
    body = {index for index in range(grid.header_rows, grid.row_count) if not _is_band(grid, index)}
    if any(index + 1 in body for index in body) or any(cell.row_span > 1 for cell in grid.cells):
        return grid
    for index in sorted(body, reverse=True):
        grid = _part_row(grid, index, ground, going_on=going_on)
    return grid


def _part_row(grid: Grid, index: int, ground: Ground, *, going_on: bool) -> Grid:
    slots = _slots_of(grid, index, ground)
    if slots is None:
        return grid
    breaks = row_breaks(slots, ground)
    if not _are_rows(slots, breaks, ground, going_on=going_on):
        return grid
    inner = table_of(slots, breaks, ground)
    added = inner.row_count - 1
    cells = [
        *(cell for cell in grid.cells if cell.row < index),
        *(cell._replace(row=cell.row + index) for cell in inner.cells),
        *(cell._replace(row=cell.row + added) for cell in grid.cells if cell.row > index),
    ]
    return _renewed(grid, cells, grid.row_count + added)


def _is_band(grid: Grid, index: int) -> bool:
    row = grid.row(index)
    return len(row) == 1 and row[0].column_span == grid.column_count


def _slots_of(grid: Grid, index: int, ground: Ground) -> Slots | None:
    """The printed rows of a grid's row, None where a cell of it spans columns."""
    cells = grid.row(index)
    if any(cell.column_span > 1 for cell in cells):
        return None
    homes = {id(line): cell.column for cell in cells for line in cell.lines}
    rows = find_rows(line for cell in cells for line in cell.lines)
    if len(rows) < 2:
        return None
    starts = tuple(min((line.x0 for line in cell.lines), default=cell.box.x0 + 2) for cell in cells)
    rights = tuple(right_of(cell) for cell in cells)
    lines = tuple(_by_column(row, homes, len(cells)) for row in rows)
    edges = drawn_edges(rows, starts, rights, ground)
    header = next((number for number, row in enumerate(rows) if not row.is_bold), 0)
    if header > MAX_HEADER or len(rows[0].lines) < 2:
        header = 0
    return Slots(tuple(rows), lines, starts, rights, header, frozenset(), edges)


def _by_column(row: Row, homes: dict[int, int], count: int) -> tuple[Slot, ...]:
    slots: list[Slot] = [None] * count
    for line in row.lines:
        before = slots[homes[id(line)]]
        slots[homes[id(line)]] = line if before is None else join_sides(before, line)
    return tuple(slots)


def _are_rows(slots: Slots, breaks: Sequence[int], ground: Ground, *, going_on: bool) -> bool:
    """True when drawn edges or spacing show that rows begin at `breaks`."""
    starts = breaks[1:]
    if not starts or all(slots.edges[start - 1] for start in starts):
        return bool(starts)
    if _are_centred(slots, starts):
        return False
    leading = usual_leading(slots, ground)
    apart = all(_are_apart(slots, start, leading) for start in starts if start > slots.header)
    if slots.column_count == 2:
        return apart and (is_card(slots, None) or (going_on and _are_labelled(slots, breaks)))
    if len(breaks) < _LEAST_ROWS:
        return apart and len(slots.texts(breaks[1])) >= _MANY
    return apart or spacing_parts(slots, ground)


def _are_centred(slots: Slots, starts: Sequence[int]) -> bool:
    """True when few columns begin at the top: cells set from the middle or the bottom look like rows.

    The rest of a row that began on the page before may stand there, but then whole rows begin below it.
    """
    written = sum(any(row[column] is not None for row in slots.lines) for column in range(slots.column_count))
    full = sum(2 * len(slots.texts(start)) > written for start in starts)
    return 2 * len(slots.texts(0)) <= written and not (full == len(starts) >= 2)


def _are_labelled(slots: Slots, breaks: Sequence[int]) -> bool:
    """True when each row is a label in bold beside a value that is not."""
    pairs = [slots.lines[start] for start in breaks]
    return all(label is not None and label.bold and value is not None and not value.bold for label, value in pairs)


def _are_apart(slots: Slots, index: int, leading: float) -> bool:
    """True when most columns with text in printed row `index` have it well below what stands above them."""
    written = [column for column, line in enumerate(slots.lines[index]) if line is not None]
    gaps = [slots.gap(index, column) for column in written]
    apart = sum(gap is None or is_wide(gap, leading) for gap in gaps)
    return apart >= 2 and apart > 0.5 * len(written)
