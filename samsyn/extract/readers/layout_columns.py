"""Sheets → one stream of lines and tables in reading order, with the margins of the column each line stands in.

A page is read from top to bottom; stretches in running columns are read column by column. Where white strips part the
rows, the stretch is a table or side-by-side text (read line by line); a table without rules that reaches a page's end
goes on at the top of the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_cards import opening_label, plain_label
from samsyn.extract.readers.layout_flow import FlowLine, Norms
from samsyn.extract.readers.layout_grid import Grid
from samsyn.extract.readers.layout_growth import grow_region
from samsyn.extract.readers.layout_heads import head_of
from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_parts import cut_line
from samsyn.extract.readers.layout_regions import (
    ANCHORED,
    MIN_STRIP,
    Ground,
    HeaderHint,
    Region,
    Row,
    Strip,
    find_rows,
)
from samsyn.extract.readers.layout_sheet import Sheet
from samsyn.extract.readers.layout_slots import MAX_HEADER
from samsyn.extract.readers.layout_undivided import part_grid
from samsyn.extract.readers.layout_unruled import read_tables, read_terms
from samsyn.extract.readers.layout_zones import Zone, find_zone

Item = FlowLine | Grid


class _OpenTable(NamedTuple):
    """A table without rules that is last on its page."""

    grid: Grid
    strips: tuple[Strip, ...]
    starts: tuple[float, ...]
    size: float


def _open_table(grid: Grid, size: float) -> _OpenTable:
    starts = _text_starts(grid)
    return _OpenTable(grid, _strips_of(grid, starts), starts, size)


class _State(NamedTuple):
    """What may go on from one page to the next."""

    table: _OpenTable | None = None
    gutter: float | None = None
    """Where the right column began, when the page ended in columns."""


def order_pages(sheets: Sequence[Sheet], norms: Norms, hint: HeaderHint | None) -> list[Item]:
    """Everything on the sheets in the order it is read."""
    usual = _usual_margins(sheets)
    stream: list[Item] = []
    state = _State()
    for sheet in sheets:
        ground = Ground(sheet.rules, sheet.shades, norms)
        head = head_of(stream[-1], sheet.lines) if stream and not sheet.grids else None
        if head is not None:
            stream[-1] = head
            state = _State(_open_table(head, head.cells[0].lines[0].size))
        last = stream[-1] if stream and isinstance(stream[-1], Grid) else None
        reader = _PageReader(sheet, ground, hint, last, first_region=len(stream) + 1)
        stream.extend(reader.read(state, _page_margins(sheet, usual[round(sheet.width)])))
        state = _State(reader.table, reader.gutter)
    return stream


class _Margins(NamedTuple):
    left: float
    right: float


def _usual_margins(sheets: Sequence[Sheet]) -> dict[int, _Margins]:
    """By page width: the margins that the lines of such pages reach, but for a few that stick out."""
    found: dict[int, list[TextLine]] = {}
    for sheet in sheets:
        found.setdefault(round(sheet.width), []).extend(sheet.lines)
    margins: dict[int, _Margins] = {}
    for width, lines in found.items():
        lefts, rights = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
        few = int(0.03 * len(lines))
        margins[width] = _Margins(lefts[few], rights[-1 - few]) if lines else _Margins(0.0, float(width))
    return margins


def _page_margins(sheet: Sheet, usual: _Margins) -> _Margins:
    """The page's own right margin where enough of its lines reach it: the papers of a bundle differ."""
    rights = sorted((line.x1 for line in sheet.lines if line.x1 - line.x0 > 0.4 * sheet.width), reverse=True)
    for index, right in enumerate(rights):
        near = sum(right - other < 0.06 * sheet.width for other in rights[index:])
        if near >= max(4, 0.2 * len(rights)):
            return usual._replace(right=right)
    return usual


class _PageReader:
    """Reads one page; `grid` is the table that the page before ended in.

    `table` and `gutter` afterwards tell what may go on over the page turn.
    """

    def __init__(
        self, sheet: Sheet, ground: Ground, hint: HeaderHint | None, grid: Grid | None, *, first_region: int
    ) -> None:
        self.sheet = sheet
        self.ground = ground
        self.hint = hint
        self.grid = grid
        self.region = first_region
        self.items: list[Item] = []
        self.table: _OpenTable | None = None
        self.gutter: float | None = None

    def read(self, before: _State, margins: _Margins) -> list[Item]:
        """The page's items in order."""
        rest = list(self.sheet.lines)
        for grid in sorted(self.sheet.grids, key=lambda grid: (grid.box.top, grid.box.x0)):
            above = [line for line in rest if line.baseline <= grid.box.top + 2]
            self._read_stretch(above, margins, before if not self.items else _State())
            marks = {id(line) for line in above}
            rest = [line for line in rest if id(line) not in marks]
            self.items.append(part_grid(grid, self.ground, None if self.items else self.grid))
            self.table, self.gutter = None, None
            self.region += 1
        self._read_stretch(rest, margins, before if not self.items else _State())
        return self.items

    def _read_stretch(self, lines: Sequence[TextLine], margins: _Margins, before: _State) -> None:
        """Reads lines between tables: in running columns where there are some, otherwise row by row."""
        if not lines:
            return
        zone = None if before.table is not None else find_zone(lines, self.hint, before.gutter)
        if zone is None:
            self.gutter = None
            if before.gutter is not None and all(line.x1 < before.gutter for line in lines):
                # The last page in columns may have text in the left one alone.
                margins = margins._replace(right=max(line.x1 for line in lines))
            self._read_rows(find_rows(lines), margins, before.table)
            return
        inside = {id(line) for line in (*zone.left, *zone.right)}
        above = [line for line in lines if id(line) not in inside and line.baseline < zone.top]
        below = [line for line in lines if id(line) not in inside and line.baseline >= zone.top]
        self._read_stretch(above, margins, _State())
        self._read_zone(zone, margins)
        self._read_stretch(below, margins, _State())

    def _read_zone(self, zone: Zone, margins: _Margins) -> None:
        self.region += 1
        self._read_stretch(zone.left, _Margins(margins.left, max(line.x1 for line in zone.left)), _State())
        self.region += 1
        right = max(margins.right, *(line.x1 for line in zone.right))
        self._read_stretch(zone.right, _Margins(zone.start, right), _State())
        self.region += 1
        self.table, self.gutter = None, zone.start

    def _read_rows(self, rows: Sequence[Row], margins: _Margins, going_on: _OpenTable | None) -> None:
        index = 0
        while index < len(rows):
            taken = self._go_on(rows, going_on) if going_on is not None and index == 0 else 0
            taken = taken or self._read_region(rows, index, margins)
            if not taken:
                self._add_lines(rows[index].lines, margins)
                self.table = None
                taken = 1
            index += taken

    def _go_on(self, rows: Sequence[Row], going_on: _OpenTable) -> int:
        """Reads the rows at the page's top that continue the open table; 0 when none do."""
        first = rows[0]
        if not _is_aligned(first, going_on.starts) or abs(first.size - going_on.size) > 0.6:
            return 0
        band = len(first.lines) == 1 and first.is_bold and not going_on.grid.cards
        if band and (len(rows) == 1 or not self._continues(rows[1], going_on)):
            return 0
        region = grow_region(_to_next_card(rows[band:], going_on), 0, self.ground, going_on.strips)
        if region is None or len(region.strips) != len(going_on.strips):
            return 0
        if band:
            # A heading within the table that came first on the page.
            bands = frozenset({0, *(index + 1 for index in region.bands)})
            region = region._replace(rows=(first, *region.rows), bands=bands)
        strips = _common_strips(region.strips, going_on.starts)
        region = region._replace(strips=strips, left=min(region.left, going_on.starts[0]))
        grids = read_tables(region, self.ground, self.hint, going_on=going_on.grid)
        self._add_grids(grids, region)
        return len(region.rows)

    def _continues(self, row: Row, going_on: _OpenTable) -> bool:
        """True for a row of several plain cells on the table's columns."""
        aligned = _is_aligned(row, going_on.starts)
        return aligned and len(row.lines) > 1 and not row.is_bold and abs(row.size - going_on.size) <= 0.6

    def _read_region(self, rows: Sequence[Row], index: int, margins: _Margins) -> int:
        region = grow_region(rows, index, self.ground)
        taken = 0
        if region is None:
            return 0
        region = _with_band(region, rows[index + len(region.rows) :])
        is_last = index + len(region.rows) == len(rows)
        grids = read_tables(region, self.ground, self.hint, is_last=is_last)
        if grids and (grids[-1].row_count > grids[-1].header_rows or is_last):
            self._add_grids(grids, region)
            return len(region.rows)
        self.table = None
        for number, lines in enumerate(read_terms(region, self.ground), 1):
            self.items.extend(FlowLine(line, margins.left, margins.right, self.region, row=number) for line in lines)
            taken = len(region.rows)
        if taken:
            self.region += 1
            return taken
        for number, row in enumerate(region.rows, 1):
            # No right margin: every printed line of side-by-side text is a block of its own.
            parts = (part for line in row.lines for part in cut_line(line, region.starts))
            self.items.extend(
                FlowLine(part, margins.left, self.sheet.width, self.region, column, number) for column, part in parts
            )
        self.region += 1
        return len(region.rows)

    def _add_grids(self, grids: Sequence[Grid], region: Region) -> None:
        self.items.extend(grids)
        self.region += 1
        self.table = _open_table(grids[-1], region.rows[-1].size)

    def _add_lines(self, lines: Sequence[TextLine], margins: _Margins) -> None:
        self.items.extend(FlowLine(line, margins.left, margins.right, self.region) for line in lines)


def _to_next_card(rows: Sequence[Row], going_on: _OpenTable) -> Sequence[Row]:
    """The rows above another card, whose values stand elsewhere; all of them where the table is no card."""
    if not going_on.grid.cards:
        return rows
    label, start = opening_label(going_on.grid), going_on.starts[1]
    for index, row in enumerate(rows[1:], 1):
        if len(row.lines) == 2 and plain_label(row.lines[0].text) == label and abs(row.lines[1].x0 - start) > 1:
            return rows[:index]
    return rows


def _is_aligned(row: Row, starts: Sequence[float]) -> bool:
    """True when the text in each column begins where the column does; a justified line may be in several parts."""
    before = 0.0
    for line in row.lines:
        if not any(abs(line.x0 - start) < 3 for start in starts):
            column = max((start for start in starts if start < line.x0), default=None)
            if column is None or before < column - 3:
                return False
        before = line.x0
    return True


def _with_band(region: Region, rest: Sequence[Row]) -> Region:
    """A header that ends its page together with the band below it: their table is on the next page."""
    lone = len(rest) == 1 and len(rest[0].lines) == 1 and rest[0].is_bold
    head = len(region.rows) <= MAX_HEADER and len(region.strips) >= 2 and all(row.is_bold for row in region.rows)
    if not (lone and head and abs(rest[0].size - region.rows[-1].size) < 0.6):
        return region
    return region._replace(rows=(*region.rows, *rest), bands=region.bands | {len(region.rows)})


def _text_starts(grid: Grid) -> tuple[float, ...]:
    """Where the text of each column begins."""
    starts = []
    for column, edge in enumerate(grid.starts):
        firsts = [
            line.x0 for cell in grid.cells if cell.column == column and cell.column_span == 1 for line in cell.lines
        ]
        starts.append(min(firsts, default=edge))
    return tuple(starts)


def _strips_of(grid: Grid, starts: Sequence[float]) -> tuple[Strip, ...]:
    """The white strips between a table's columns: from the longest text of a column to the next one's start."""
    strips = []
    for column, start in enumerate(starts[1:]):
        ends = [
            line.x1 for cell in grid.cells if cell.column == column and cell.column_span == 1 for line in cell.lines
        ]
        strips.append(Strip(min(max(ends, default=start - MIN_STRIP), start - ANCHORED), start))
    return tuple(strips)


def _common_strips(strips: Sequence[Strip], starts: Sequence[float]) -> tuple[Strip, ...]:
    """The strips, ended where the columns begin on the page before: the first column's text may be missing here."""
    return tuple(
        Strip(min(strip.x0, start - 4.0), min(strip.x1, start)) for strip, start in zip(strips, starts[1:], strict=True)
    )
