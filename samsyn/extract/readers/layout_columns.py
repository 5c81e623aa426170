"""Sheets → one stream of lines and tables in reading order, with the margins of the column each line stands in.

A page is read row by row. Where white strips part the rows, the stretch is a table, running columns (read one after
the other) or side-by-side text (read line by line); a table without rules that reaches a page's end goes on at the
top of the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_flow import FlowLine, Norms
from samsyn.extract.readers.layout_grid import Grid
from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_regions import Ground, Region, Row, Strip, find_rows, grow_region
from samsyn.extract.readers.layout_sheet import Sheet
from samsyn.extract.readers.layout_unruled import HeaderHint, Slots, cut_region, read_tables

Item = FlowLine | Grid


class _Open(NamedTuple):
    """A table without rules that is last on its page."""

    grid: Grid
    strips: tuple[Strip, ...]
    starts: tuple[float, ...]
    size: float


def order_pages(sheets: Sequence[Sheet], norms: Norms, hint: HeaderHint | None) -> list[Item]:
    """Everything on the sheets in the order it is read."""
    rights = _usual_rights(sheets)
    stream: list[Item] = []
    going_on: _Open | None = None
    for sheet in sheets:
        right = max([rights.get(round(sheet.width), 0.0)], default=0.0)
        reader = _PageReader(sheet, Ground(sheet.rules, sheet.shades, norms), hint, right, len(stream))
        stream.extend(reader.read(going_on))
        going_on = reader.open
    return stream


def _usual_rights(sheets: Sequence[Sheet]) -> dict[int, float]:
    """By page width: the right margin that the lines of such pages reach."""
    found: dict[int, list[float]] = {}
    for sheet in sheets:
        found.setdefault(round(sheet.width), []).extend(line.x1 for line in sheet.lines)
    return {width: sorted(rights)[int(0.97 * (len(rights) - 1))] for width, rights in found.items() if rights}


class _PageReader:
    def __init__(self, sheet: Sheet, ground: Ground, hint: HeaderHint | None, right: float, first_region: int) -> None:
        self.sheet = sheet
        self.ground = ground
        self.hint = hint
        self.left = min((line.x0 for line in sheet.lines), default=0.0)
        self.right = right
        self.region = first_region + 1
        self.items: list[Item] = []
        self.open: _Open | None = None

    def read(self, going_on: _Open | None) -> list[Item]:
        """The page's items; `open` is set afterwards when its last one is a table without rules."""
        grids = sorted(self.sheet.grids, key=lambda grid: (grid.box.top, grid.box.x0))
        rest = list(self.sheet.lines)
        for grid in grids:
            above = [line for line in rest if line.baseline <= grid.box.top + 2]
            self._read_rows(find_rows(above), going_on if not self.items else None)
            marks = {id(line) for line in above}
            rest = [line for line in rest if id(line) not in marks]
            self.items.append(grid)
            self.open = None
            self.region += 1
        self._read_rows(find_rows(rest), going_on if not self.items else None)
        return self.items

    def _read_rows(self, rows: Sequence[Row], going_on: _Open | None) -> None:
        index = 0
        while index < len(rows):
            taken = self._go_on(rows, going_on) if going_on is not None and index == 0 else 0
            taken = taken or self._read_region(rows, index)
            if not taken:
                self._add_lines(rows[index].lines, self.left, self.right)
                self.open = None
                taken = 1
            index += taken

    def _go_on(self, rows: Sequence[Row], going_on: _Open) -> int:
        """Reads the rows at the page's top that continue the open table; 0 when none do."""
        first = rows[0]
        aligned = all(any(abs(line.x0 - start) < 3 for start in going_on.starts) for line in first.lines)
        if not aligned or abs(first.size - going_on.size) > 0.6:
            return 0
        if len(first.lines) == 1 and first.is_bold and not going_on.grid.cards:
            return 0
        region = grow_region(rows, 0, self.ground, going_on.strips)
        if region is None or len(region.strips) != len(going_on.strips):
            return 0
        strips = _common_strips(region.strips, going_on.starts)
        region = region._replace(strips=strips, left=min(region.left, going_on.starts[0]))
        grids = read_tables(region, self.ground, self.hint, going_on=going_on.grid)
        self._add_grids(grids, region)
        return len(region.rows)

    def _read_region(self, rows: Sequence[Row], index: int) -> int:
        region = grow_region(rows, index, self.ground)
        if region is None:
            return 0
        slots = cut_region(region, self.ground)
        if _is_running(slots):
            self._add_columns(slots)
            self.open = None
            return len(region.rows)
        grids = read_tables(region, self.ground, self.hint)
        if grids:
            self._add_grids(grids, region)
            return len(region.rows)
        self.open = None
        for row in region.rows:
            # No right margin: every printed line of side-by-side text is a block of its own.
            self._add_lines(row.lines, region.starts[0], self.sheet.width)
        return len(region.rows)

    def _add_grids(self, grids: Sequence[Grid], region: Region) -> None:
        self.items.extend(grids)
        self.region += 1
        size = region.rows[-1].size
        self.open = _Open(grids[-1], region.strips, region.starts, size)

    def _add_columns(self, slots: Slots) -> None:
        for column, start in enumerate(slots.starts):
            self.region += 1
            lines = [line for row in slots.rows if (line := row[column]) is not None]
            for line in lines:
                self.items.append(FlowLine(line, start, slots.rights[column], self.region))
        self.region += 1

    def _add_lines(self, lines: Sequence[TextLine], left: float, right: float) -> None:
        self.items.extend(FlowLine(line, left, right, self.region) for line in lines)


def _common_strips(strips: Sequence[Strip], starts: Sequence[float]) -> tuple[Strip, ...]:
    """The strips, ended where the columns begin on the page before: the first column's text may be missing here."""
    return tuple(
        Strip(min(strip.x0, start - 4.0), min(strip.x1, start)) for strip, start in zip(strips, starts[1:], strict=True)
    )


def _is_running(slots: Slots) -> bool:
    """True for text set in columns: each side holds many lines of several words that fill most of its width."""
    if len(slots.starts) > 3 or len(slots.rows) < 6:
        return False
    widths = [right - start for start, right in zip(slots.starts, slots.rights, strict=True)]
    if max(widths) > 1.8 * min(widths):
        return False
    for column, width in enumerate(widths):
        lines = [line for row in slots.rows if (line := row[column]) is not None]
        full = [line for line in lines if line.x1 - line.x0 > 0.72 * width and len(line.words) >= 3]
        if len(lines) < 5 or len(full) < 0.45 * len(lines):
            return False
    return True
