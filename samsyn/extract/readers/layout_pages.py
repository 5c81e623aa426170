"""Tables of single pages → logical tables: joined over page turns, with the rows that a turn cut made whole.

Two tables are one when nothing stands between the end of a page and the start of the next, their columns lie the
same, and no new header begins. A row goes on when its columns, asked one by one, say so (see `layout_rows`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from samsyn.extract.readers.layout_flow import FlowLine
from samsyn.extract.readers.layout_grid import Grid, GridCell, right_of
from samsyn.extract.readers.layout_lines import TextLine, find_lines
from samsyn.extract.readers.layout_rows import vote_of_column
from samsyn.extract.readers.layout_sheet import Sheet

SAME_EDGE = 5.0
"""Points by which column edges of one table may differ from page to page."""

GOES_ON = -0.5
"""Sum of votes below which a row goes on over a page turn; without evidence the turn ends it."""

Item = FlowLine | Grid


def join_tables(items: Iterable[Item], leading: Collection[str] = ()) -> list[Item]:
    """The stream with tables that go on over a page turn made one; no cell ends with one of the words `leading`."""
    joined: list[Item] = []
    for item in items:
        before = joined[-1] if joined else None
        if isinstance(item, Grid) and isinstance(before, Grid):
            whole = join_grids(before, item, leading)
            if whole is not None:
                joined[-1] = whole
                continue
        joined.append(item)
    return joined


def settle_doubtful(sheets: Sequence[Sheet], size: float) -> tuple[Sheet, ...]:
    """The sheets with frames around text dissolved; those stay that carry on a table over a page turn.

    `size` is the usual type size: smaller lines below a table may be its footnotes.
    """
    settled: list[Sheet] = []
    for index, sheet in enumerate(sheets):
        if not any(grid.doubtful for grid in sheet.grids):
            settled.append(sheet)
            continue
        before = _last_grid(settled[-1], size) if settled else None
        after = _first_grid(sheets[index + 1]) if index + 1 < len(sheets) else None
        first, last = _first_grid(sheet), _last_grid(sheet, size)
        kept = tuple(
            grid
            for grid in sheet.grids
            if not grid.doubtful
            or (grid is first and _may_join(before, grid))
            or (grid is last and _may_join(grid, after))
        )
        loose = [line for grid in sheet.grids if grid not in kept for line in _loose_lines(grid)]
        settled.append(sheet._replace(grids=kept, lines=(*sheet.lines, *loose)))
    return tuple(settled)


def _loose_lines(grid: Grid) -> Sequence[TextLine]:
    """The lines of a frame, parted at gaps as lines outside of cells are."""
    lines = [line for cell in grid.cells for line in cell.lines]
    if any(line.marks for line in lines):
        return lines
    return find_lines(grid.page, (word for line in lines for word in line.words))


def _first_grid(sheet: Sheet) -> Grid | None:
    """The table that a page begins with."""
    first = min(sheet.grids, key=lambda grid: grid.box.top, default=None)
    if first is None or any(line.baseline < first.box.top for line in sheet.lines):
        return None
    return first


def _last_grid(sheet: Sheet, size: float) -> Grid | None:
    """The table that a page ends with, but for footnotes."""
    last = max(sheet.grids, key=lambda grid: grid.box.bottom, default=None)
    if last is None or any(line.top > last.box.bottom - 2 and line.size > 0.94 * size for line in sheet.lines):
        return None
    return last


def _may_join(first: Grid | None, second: Grid | None) -> bool:
    if first is None or second is None or (first.doubtful and second.doubtful):
        return False
    return second.page == first.end_page + 1 and _common_edges(first.columns, second.columns) is not None


def join_grids(first: Grid, second: Grid, leading: Collection[str] = ()) -> Grid | None:
    """The table that two are the parts of, None when they are two tables."""
    if second.page != first.end_page + 1 or first.ruled != second.ruled:
        return None
    edges = _common_edges(first.columns, second.columns)
    if edges is None:
        return None
    upper, lower = _on_edges(first, edges), _on_edges(second, edges)
    if _is_card(upper) and _is_other_card(upper, lower):
        return None
    repeated = _repeated_header(upper, lower)
    if lower.header_rows and not repeated and _differs(upper, lower):
        return None
    return _append(upper, _without_rows(lower, repeated), repeated, leading)


def _differs(upper: Grid, lower: Grid) -> bool:
    """True when the second table has a header of its own; below a header alone at a page's end stand its rows."""
    if upper.row_count == upper.header_rows or _is_striped(upper, lower):
        return False
    written = [cell for cell in lower.row(0) if cell.lines]
    return len(written) >= 2 and lower.row_count > lower.header_rows and upper.header_rows > 0


def _is_striped(upper: Grid, lower: Grid) -> bool:
    """True when the second table's first row is only shaded, as other rows of the first are: every other row is."""
    if any(cell.is_bold for cell in lower.row(0)):
        return False
    rows = (upper.row(index) for index in range(upper.header_rows, upper.row_count))
    return any(len(row) > 1 and all(cell.shaded for cell in row) for row in rows)


# --- columns ----------------------------------------------------------------------------------------------------------


def _common_edges(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...] | None:
    """The column edges both tables fit on: those of the one with more columns, when the other's are among them."""
    fuller, poorer = (first, second) if len(first) >= len(second) else (second, first)
    # Pages with a binding margin shift a whole table sideways.
    shift = fuller[0] - poorer[0]
    if abs(shift) > 60:
        return None
    same_end = len(first) == len(second) or abs(poorer[-1] + shift - fuller[-1]) <= 2 * SAME_EDGE
    if same_end and all(any(abs(edge + shift - other) <= SAME_EDGE for other in fuller) for edge in poorer[:-1]):
        return tuple(edge - (shift if fuller is second else 0.0) for edge in fuller)
    return None


def fit_columns(grid: Grid, before: Grid) -> Grid:
    """A table of fewer columns on those of the one that ends the page before, where their edges agree."""
    if grid.column_count >= before.column_count or grid.page != before.end_page + 1:
        return grid
    edges = _common_edges(before.columns, grid.columns)
    return grid if edges is None else _on_edges(grid, edges)


def _on_edges(grid: Grid, edges: Sequence[float]) -> Grid:
    if len(edges) == len(grid.columns):
        return grid
    shift = edges[0] - grid.columns[0]
    places = [min(range(len(edges)), key=lambda index: abs(edges[index] - shift - edge)) for edge in grid.columns]
    cells = tuple(
        cell._replace(
            column=places[cell.column],
            column_span=max(1, places[cell.column + cell.column_span] - places[cell.column]),
        )
        for cell in grid.cells
    )
    covered = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    empty = (
        GridCell(row, column, 1, 1, grid.box)
        for row in range(grid.row_count)
        for column in range(len(edges) - 1)
        if (row, column) not in covered
    )
    return grid._replace(
        columns=tuple(edges),
        cells=tuple(sorted((*cells, *empty), key=lambda cell: cell[:2])),
        hanging=frozenset(places[column] for column in grid.hanging),
    )


# --- headers and cards ------------------------------------------------------------------------------------------------


def _normal(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _row_texts(grid: Grid, row: int) -> tuple[tuple[int, str], ...]:
    return tuple((cell.column, _normal(cell.text)) for cell in grid.row(row) if cell.lines)


def _repeated_header(upper: Grid, lower: Grid) -> int:
    """How many rows at the top of the second table repeat those at the top of the first."""
    count = 0
    for row in range(min(4, upper.row_count, lower.row_count)):
        texts = _row_texts(lower, row)
        if not texts or texts != _row_texts(upper, row):
            break
        count += 1
    if count and len(_row_texts(lower, count - 1)) < 2 and count > lower.header_rows:
        count -= 1
    return count


def _is_card(grid: Grid) -> bool:
    """Bold labels on the left, values on the right."""
    if grid.column_count != 2 or grid.header_rows:
        return False
    labels = [cell for cell in grid.cells if cell.column == 0 and cell.lines and cell.column_span == 1]
    values = [cell for cell in grid.cells if cell.column == 1 and cell.lines]
    return bool(labels) and all(cell.is_bold for cell in labels) and not all(cell.is_bold for cell in values)


def _labels(grid: Grid) -> set[str]:
    return {_normal(cell.text) for cell in grid.cells if cell.column == 0 and cell.lines}


def _is_other_card(upper: Grid, lower: Grid) -> bool:
    """A label that comes back begins another card."""
    return bool(_labels(upper) & _labels(lower))


# --- rows -------------------------------------------------------------------------------------------------------------


def _without_rows(grid: Grid, count: int) -> Grid:
    if not count:
        return grid
    cells = tuple(cell._replace(row=cell.row - count) for cell in grid.cells if cell.row >= count)
    # The upper side of a header was open, not that of the row below it.
    return grid._replace(cells=cells, row_count=grid.row_count - count, open_top=False)


def _append(upper: Grid, lower: Grid, repeated: int, leading: Collection[str]) -> Grid:
    turn = f"page {upper.end_page}-{lower.page}"
    reasons = [f"{turn}: same columns" + (", header repeated" if repeated else "")]
    cells, row_count = list(upper.cells), upper.row_count
    if lower.row_count:
        goes_on, why = row_goes_on(upper, lower, leading)
        if goes_on:
            reasons.append(f"{turn}: row goes on, {why}")
            cells = _merge_rows(upper, lower)
            row_count -= 1
        else:
            cells = _stretch_merged(upper, lower)
        row_count += lower.row_count
    return upper._replace(
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        row_count=row_count,
        header_rows=max(upper.header_rows, repeated if upper.row_count >= repeated else 0),
        open_bottom=lower.open_bottom,
        hanging=lower.hanging,
        joins=(*upper.joins, *reasons),
        places=(*upper.spots, *lower.spots),
    )


def row_goes_on(upper: Grid, lower: Grid, leading: Collection[str] = ()) -> tuple[bool, str]:
    """Whether the first row of `lower` is the rest of the last row of `upper`, and the strongest reason."""
    last = {cell.column: cell for cell in upper.cells if cell.row + cell.row_span == upper.row_count}
    first = {cell.column: cell for cell in lower.row(0)}
    if upper.row_count <= upper.header_rows or _is_band(last, upper) or _is_band(first, lower):
        return False, "a full-width row"
    if upper.hanging:
        return False, "a rule closes it, but for merged cells"
    if _is_card(upper) and 0 in first and first[0].is_bold and first[0].text[:1].isupper():
        return False, "a label begins"
    if _complete(last, first):
        return True, "each part has the columns that the other lacks"
    depth = max((cell.lines[-1].baseline for cell in last.values() if cell.lines), default=0.0)
    total = -2.5 if upper.open_bottom or lower.open_top else 0.0
    reasons = [(total, "the row is open at the page's end")] if total else []
    for column, cell in first.items():
        above = last.get(column)
        if above is None or not cell.lines:
            continue
        # Paragraphs keep two lines together over a page turn, so a column may stop a little above the others.
        closed = bool(above.lines) and depth - above.lines[-1].baseline > 2.6 * above.lines[-1].size
        vote = vote_of_column(above.lines, cell.lines[0], right=right_of(above), ended=closed, leading=leading)
        total += vote.weight * (1.4 if column == 0 else 1.0)
        reasons.append((vote.weight, vote.reason))
    written = [column for column, cell in first.items() if cell.lines]
    if written and 0 not in written:
        total -= 1.0
        reasons.append((-1.0, "the first column gets no text"))
    if len(written) == 1 and upper.column_count > 2 and not first[written[0]].is_bold:
        weight = -2.0 if _has_lone(upper, written[0]) or _has_lone(lower, written[0], 1) else -3.0
        total += weight
        reasons.append((weight, "one column alone gets text"))
    return total < GOES_ON, min(reasons, default=(0.0, "no column speaks against it"))[1]


def _complete(last: dict[int, GridCell], first: dict[int, GridCell]) -> bool:
    """True where a row's cells of one line stand above the turn and its longer ones, the first of all, below it."""
    above = {column for column, cell in last.items() if cell.lines}
    below = {column for column, cell in first.items() if cell.lines}
    return 0 in below and len(below) >= 2 and bool(above) and not above & below


def _has_lone(grid: Grid, column: int, start: int = 0) -> bool:
    """True when a row from `start` on has text in that column alone: this table has such rows."""
    rows = ([cell.column for cell in grid.row(row) if cell.lines] for row in range(start, grid.row_count))
    return any(written == [column] for written in rows)


def _is_band(cells: dict[int, GridCell], grid: Grid) -> bool:
    return len(cells) == 1 and grid.column_count > 1 and next(iter(cells.values())).column_span == grid.column_count


def _merge_rows(upper: Grid, lower: Grid) -> list[GridCell]:
    """The cells of both, the first row of `lower` poured into the last of `upper`."""
    ends = {cell.column: index for index, cell in enumerate(upper.cells) if _ends_table(cell, upper)}
    cells = list(upper.cells)
    base = upper.row_count - 1
    for cell in lower.cells:
        index = ends.get(cell.column) if cell.row == 0 else None
        if index is None:
            cells.append(cell._replace(row=cell.row + base))
            continue
        above = cells[index]
        cells[index] = above._replace(
            lines=(*above.lines, *cell.lines),
            grids=(*above.grids, *cell.grids),
            row_span=above.row_span + cell.row_span - 1,
        )
    return cells


def _ends_table(cell: GridCell, grid: Grid) -> bool:
    return cell.row + cell.row_span == grid.row_count


def _stretch_merged(upper: Grid, lower: Grid) -> list[GridCell]:
    """The cells of both; a merged cell at the end of `upper` goes on in an empty one at the top of `lower`.

    Where it alone has no rule below it, it goes on whatever stands there.
    """
    first = {
        cell.column: cell
        for cell in lower.row(0)
        if not (cell.lines or cell.grids) or (cell.column in upper.hanging and cell.column_span == 1)
    }
    spanned = {cell.column for cell in (*upper.cells, *lower.cells) if cell.row_span > 1} | upper.hanging
    cells: list[GridCell] = []
    taken: set[int] = set()
    for cell in upper.cells:
        below = first.get(cell.column)
        merged = cell.column in spanned or (below is not None and below.row_span > 1)
        if below is not None and _ends_table(cell, upper) and merged and cell.lines:
            cells.append(
                cell._replace(
                    row_span=cell.row_span + below.row_span,
                    lines=(*cell.lines, *below.lines),
                    grids=(*cell.grids, *below.grids),
                )
            )
            taken.add(cell.column)
        else:
            cells.append(cell)
    rest = [cell for cell in lower.cells if cell.row or cell.column not in taken]
    return [*cells, *(cell._replace(row=cell.row + upper.row_count) for cell in rest)]
