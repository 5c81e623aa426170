"""Lattices and words of a page → its ruled tables and the words outside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_grid import Grid, GridCell, count_header_rows
from samsyn.extract.readers.layout_lattice import Lattice, LatticeCell, extend_to_grounds, find_lattices, join_rules
from samsyn.extract.readers.layout_lines import TextLine, find_lines, make_line
from samsyn.extract.readers.layout_page import PageContent, Rule, Shade, Word
from samsyn.models.source import Box

MAX_RULES = 1500
"""More on one page, once pieces of the same line are joined, is a drawing or a map."""
CELL_GAP = 3.0
"""A gap of this many type sizes parts side-by-side text in a cell; narrow justified cells stretch far."""


class Tables(NamedTuple):
    """The ruled tables of a page, and what lies outside them."""

    grids: tuple[Grid, ...]
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]


def find_tables(content: PageContent) -> Tables:
    """The ruled tables of a page; boxes around text and tables of one column are left as ordinary text."""
    rules = extend_to_grounds(join_rules(content.rules), content.shades)
    if not 4 <= len(rules) <= MAX_RULES:
        return Tables((), content.words, rules)
    found = _drop_page_frames(find_lattices(rules), content)
    found.sort(key=lambda lattice: lattice.box.width * lattice.box.height)
    grids, rest = _fill(found, content)
    inside = [lattice.box for lattice in found]
    outside = tuple(rule for rule in rules if not any(_holds_rule(box, rule) for box in inside))
    return Tables(grids, rest, outside)


# --- words into cells -------------------------------------------------------------------------------------------------


def _drop_page_frames(found: Sequence[Lattice], content: PageContent) -> list[Lattice]:
    """Without the boxes that hold most of a page's text in one cell: borders of the page, not tables."""
    kept = []
    for lattice in found:
        share = lattice.box.width * lattice.box.height / max(1.0, content.width * content.height)
        if share > 0.5 and len(lattice.cells) <= 6:
            most = max(sum(_inside(_cell_box(lattice, cell), word) for word in content.words) for cell in lattice.cells)
            total = sum(_inside(lattice.box, word) for word in content.words)
            if total and most > 0.85 * total:
                continue
        kept.append(lattice)
    return kept


def _inside(box: Box, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _cell_box(lattice: Lattice, cell: LatticeCell) -> Box:
    row, column, high, wide = cell
    return Box(lattice.columns[column], lattice.rows[row], lattice.columns[column + wide], lattice.rows[row + high])


def _fill(found: Sequence[Lattice], content: PageContent) -> tuple[tuple[Grid, ...], tuple[Word, ...]]:
    """The grids with their words, inner tables in the cells of the outer ones, and the words left over."""
    words = list(content.words)
    grids: list[Grid] = []
    for lattice in found:
        members, outside = _into_cells(lattice, words)
        inner = [grid for grid in grids if _holds(lattice.box, grid.box) and not grid.doubtful]
        grid = _grid(lattice, members, inner, content)
        if not _is_table(grid):
            if inner or not any(cell.lines for cell in grid.cells):
                continue
            grid = grid._replace(doubtful=True)
        grids = [*(other for other in grids if other not in inner), grid]
        words = outside
    return tuple(sorted(grids, key=lambda grid: (grid.box.top, grid.box.x0))), tuple(words)


def _into_cells(lattice: Lattice, words: Iterable[Word]) -> tuple[dict[LatticeCell, list[Word]], list[Word]]:
    """The words whose middle each cell holds, and those that lie in none."""
    rows, columns, cells = lattice.rows, lattice.columns, lattice.cells
    places = {
        (row + down, column + across): (row, column, high, wide)
        for row, column, high, wide in cells
        for down in range(high)
        for across in range(wide)
    }
    members: dict[LatticeCell, list[Word]] = {cell: [] for cell in cells}
    outside: list[Word] = []
    for word in words:
        _, x0, top, x1, bottom, _, _, _, _, _, _ = word
        row, column = bisect_right(rows, (top + bottom) / 2) - 1, bisect_right(columns, (x0 + x1) / 2) - 1
        cell = places.get((row, column))
        (outside if cell is None else members[cell]).append(word)
    return members, outside


def _grid(
    lattice: Lattice, members: Mapping[LatticeCell, Sequence[Word]], inner: Sequence[Grid], content: PageContent
) -> Grid:
    cells = []
    for cell in lattice.cells:
        box = _cell_box(lattice, cell)
        lines = find_lines(content.number, members[cell], wide_gap=CELL_GAP, cell=box) if members[cell] else ()
        cells.append(
            GridCell(
                *cell,
                box=box,
                lines=lines or _turned_lines(box, content),
                shaded=is_shaded(box, content.shades),
                grids=tuple(grid for grid in inner if _holds(box, grid.box)),
            )
        )
    rows, columns = len(lattice.rows) - 1, len(lattice.columns) - 1
    return Grid(
        page=content.number,
        box=lattice.box,
        columns=lattice.columns,
        row_count=rows,
        cells=tuple(cells),
        header_rows=count_header_rows(cells, rows, columns),
        open_top=lattice.sides.open_top,
        open_bottom=lattice.sides.open_bottom,
        hanging=lattice.hanging,
    )


def is_shaded(box: Box, shades: Iterable[Shade]) -> bool:
    """True when filled rectangles cover most of `box`."""
    most = 0.0
    left, upper, right, lower = box
    for x0, top, x1, bottom, _ in shades:
        if top < lower and bottom > upper and x0 < right and x1 > left:
            most = max(most, (min(right, x1) - max(left, x0)) * (min(lower, bottom) - max(upper, top)))
    return most > 0.6 * box.width * box.height


def _turned_lines(box: Box, content: PageContent) -> tuple[TextLine, ...]:
    """Upright header text (read from below) of a cell that holds nothing else."""
    turned = [word for word in content.turned if _inside(box, word)]
    if not turned:
        return ()
    turned.sort(key=lambda word: (round(word.x0 / 3), -word.bottom))
    return (make_line(content.number, turned),)


def _is_table(grid: Grid) -> bool:
    """A table has two columns or more and text in more than one cell; what else is drawn is a box around text."""
    written = [cell for cell in grid.cells if cell.lines or cell.grids]
    return grid.column_count >= 2 and len(written) >= 2 and len({cell.column for cell in written}) >= 2


def _holds(box: Box, inner: Box) -> bool:
    return (
        box.x0 - 1 <= inner.x0
        and box.top - 1 <= inner.top
        and inner.x1 <= box.x1 + 1
        and inner.bottom <= box.bottom + 1
        and box.width * box.height > inner.width * inner.height + 1
    )


def _holds_rule(box: Box, rule: Rule) -> bool:
    return box.x0 - 3 <= rule.x0 and rule.x1 <= box.x1 + 3 and box.top - 3 <= rule.top and rule.bottom <= box.bottom + 3
