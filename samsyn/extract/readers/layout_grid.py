"""A table on one page as layout sees it: column and row edges, cells with their printed lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_lines import TextLine
from samsyn.models.source import Box

EDGE = 2.0
"""How far the edges of a table without rules stand from its text, in points."""


class GridCell(NamedTuple):
    """One cell; a merged cell counts once, with its spans."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[TextLine, ...] = ()
    shaded: bool = False
    grids: tuple[Grid, ...] = ()
    """Tables inside the cell."""
    reach: float | None = None
    """Where the longest line of its column ends, in a table without rules."""

    @property
    def text(self) -> str:
        """The cell's lines joined by spaces."""
        return " ".join(line.text for line in self.lines)

    @property
    def is_bold(self) -> bool:
        """True when the cell holds text and every line of it is bold."""
        return bool(self.lines) and all(line.bold for line in self.lines)


class Grid(NamedTuple):
    """A table, on one page or (once joined) over several; `columns` are the x of its n + 1 column edges."""

    page: int
    box: Box
    columns: tuple[float, ...]
    row_count: int
    cells: tuple[GridCell, ...]
    ruled: bool = True
    header_rows: int = 0
    open_top: bool = False
    """True when the rule that should close the first row is missing: the row began on the page before."""
    open_bottom: bool = False
    hanging: frozenset[int] = frozenset()
    """The columns whose last cell alone has no rule below it: a merged cell that the page's end cut."""
    joins: tuple[str, ...] = ()
    places: tuple[tuple[int, Box], ...] = ()
    """Once joined over pages: each page with the part of it that the table covers."""
    doubtful: bool = False
    """True for a box with text in one cell or column: part of a table cut by a page turn, or just a frame."""
    cards: bool = False
    """True for labels beside their values, one table a card."""

    @property
    def column_count(self) -> int:
        """How many columns the grid has."""
        return len(self.columns) - 1

    @property
    def starts(self) -> tuple[float, ...]:
        """Where the text of each column begins, in a table without rules."""
        return tuple(edge + EDGE for edge in self.columns[:-1])

    @property
    def spots(self) -> tuple[tuple[int, Box], ...]:
        """Each page the table stands on, with its place there."""
        return self.places or ((self.page, self.box),)

    @property
    def end_page(self) -> int:
        """The page it ends on."""
        return self.spots[-1][0]

    def row(self, index: int) -> tuple[GridCell, ...]:
        """The cells that begin in row `index`, from left to right."""
        return tuple(cell for cell in self.cells if cell.row == index)


def right_of(cell: GridCell) -> float:
    """How far the cell's text can reach: its edge less the padding that its left side shows."""
    padding = min((line.x0 for line in cell.lines), default=cell.box.x0 + 4) - cell.box.x0
    return cell.box.x1 - min(12.0, max(1.5, padding))


def count_header_rows(cells: Sequence[GridCell], row_count: int, column_count: int) -> int:
    """How many rows at the top are set apart by bold type, or else by shading, from the rows below."""
    rows = [[cell for cell in cells if cell.row == index] for index in range(min(row_count, 4))]
    marked = [_is_bold(row) for row in rows]
    if not any(marked[:1]):
        # Below a header in bold shading says nothing: every other row may be shaded.
        marked = [_is_shaded(row, column_count) for row in rows]
    if len(rows) < 2 or not marked[0] or all(marked):
        return 0
    count = marked.index(False)
    # A full-width row alone is a band, and bands in a row are no header either.
    widest = max(len([cell for cell in row if cell.lines]) for row in rows[:count])
    if widest < 2:
        return 0
    return 1 + max(index for index in range(count) if len([cell for cell in rows[index] if cell.lines]) >= 2)


def _is_bold(row: Sequence[GridCell]) -> bool:
    written = [cell for cell in row if cell.lines]
    return bool(written) and all(cell.is_bold for cell in written)


def _is_shaded(row: Sequence[GridCell], column_count: int) -> bool:
    wide = sum(cell.column_span for cell in row) >= column_count
    return wide and any(cell.lines for cell in row) and all(cell.shaded for cell in row)
