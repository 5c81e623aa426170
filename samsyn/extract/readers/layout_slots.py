"""A stretch of rows with strips → columns, header, bands and drawn row edges: all that telling its table rows needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from samsyn.extract.readers.layout_lines import EVEN, TextLine, join_sides
from samsyn.extract.readers.layout_page import Rule, Shade
from samsyn.extract.readers.layout_parts import cut_line
from samsyn.extract.readers.layout_regions import (
    ANCHORED,
    MIN_STRIP,
    Ground,
    Region,
    Row,
    Strip,
    free_strips,
    is_supported,
    shade_behind,
    word_gaps,
)

MAX_HEADER = 5
"""Printed lines that a header may take."""

Slot = TextLine | None


class Slots(NamedTuple):
    """A region cut into columns: for each printed row the line in each column; a band stands in the first."""

    rows: tuple[Row, ...]
    lines: tuple[tuple[Slot, ...], ...]
    starts: tuple[float, ...]
    rights: tuple[float, ...]
    header: int
    """How many printed rows at the top type, shading or a rule sets apart."""
    bands: frozenset[int]
    edges: tuple[frozenset[int], ...]
    """For each printed row the columns with a drawn edge (a rule, the side of a shaded cell) below it."""

    @property
    def column_count(self) -> int:
        """How many columns there are."""
        return len(self.starts)

    def texts(self, index: int) -> list[str]:
        """The texts of a printed row."""
        return [line.text for line in self.lines[index] if line is not None]

    def above(self, index: int, column: int) -> TextLine | None:
        """The nearest line above printed row `index` in a column, None when there is none."""
        return next((line for row in reversed(self.lines[:index]) if (line := row[column]) is not None), None)

    def gap(self, index: int, column: int) -> float | None:
        """How far below its column's line above printed row `index` stands, in points; None at a column's top."""
        line, above = self.lines[index][column], self.above(index, column)
        below = self.rows[index].baseline if line is None else line.baseline
        return None if above is None else below - above.baseline

    def distance(self, index: int) -> float:
        """How far printed row `index` stands below the text above it, in points.

        Lines of a merged cell may lie between those of its neighbours: where they do, each column has its own say.
        """
        plain = self.rows[index].baseline - self.rows[index - 1].baseline
        if not self._lies_between(index):
            return plain
        strays = self.strays(index)
        gaps = [
            self.gap(index, column)
            for column, line in enumerate(self.lines[index])
            if line is not None and column not in strays
        ]
        return min((gap for gap in gaps if gap is not None), default=plain)

    def has_ended(self, index: int, column: int) -> bool:
        """True when a column has no text in the line above printed row `index`."""
        if self.lines[index - 1][column] is not None:
            return False
        gap = self.gap(index, column) if self._lies_between(index) else None
        return gap is None or gap > 1.7 * self.rows[index].size

    def strays(self, index: int) -> frozenset[int]:
        """The columns whose line in printed row `index` runs on from above, off the line that most stand on."""
        written = {column: line.baseline for column, line in enumerate(self.lines[index]) if line is not None}
        if len(written) < 3 or index == 0:
            return frozenset()
        usual = sorted(written.values())[len(written) // 2]
        off = {column for column, baseline in written.items() if abs(baseline - usual) > 0.2 * self.rows[index].size}
        return frozenset(column for column in off if not self.has_ended(index, column))

    def runs_past(self, index: int, column: int) -> bool:
        """True when a column's line in printed row `index` goes on from above, off the lines of its neighbours."""
        return column in self.strays(index) or (self._lies_between(index) and not self.has_ended(index, column))

    def _lies_between(self, index: int) -> bool:
        """True for a printed row less than a line below the one before: their columns are not set on common lines."""
        return self.rows[index].baseline - self.rows[index - 1].baseline < 0.8 * self.rows[index].size


def cut_region(region: Region, ground: Ground, *, keep: bool = False) -> Slots:
    """The region by columns; with `keep` its strips are those of a table going on, and are not looked for again."""
    header = _count_header(region, ground)
    known = None if keep else _shaded_columns(region, ground.shades)
    if known is not None:
        starts, rights = known[:-1], tuple(edge - 2 for edge in known[1:])
    else:
        strips = region.strips if keep else _body_strips(region, header)
        starts = (region.left, *(strip.x1 for strip in strips))
        rights = _rights(region, strips)
    lines = _cut_rows(region.rows, starts, header)
    if known is None and not keep and header:
        while (column := _stretched_column(lines, header)) is not None:
            starts, rights = _without(starts, column), _without(rights, column - 1)
            lines = _cut_rows(region.rows, starts, header)
    bands = region.bands | _bold_bands(region.rows, lines, header)
    for index in bands:
        lines[index] = (region.rows[index].lines[0], *[None] * (len(starts) - 1))
    edges = drawn_edges(region.rows, starts, rights, ground)
    return Slots(region.rows, tuple(lines), tuple(starts), tuple(rights), header, frozenset(bands), edges)


# --- columns ----------------------------------------------------------------------------------------------------------


def _body_strips(region: Region, header: int) -> tuple[Strip, ...]:
    """The strips between the columns of the body: a header over several columns may cover some of them."""
    body = [row for index, row in enumerate(region.rows) if index >= header and index not in region.bands]
    # A lone text in bold may be a band, which keeps to no column.
    plain = [row for row in body if not _is_lone_bold(row) and not _crosses(row, region.strips)]
    if not plain:
        return region.strips
    words = sorted((word.x0, word.x1) for row in plain for word in row.words())
    every = [row for index, row in enumerate(region.rows) if index not in region.bands]
    gaps = word_gaps(words, ANCHORED)
    if not gaps:
        return region.strips
    ends = [*(gap.x0 for gap in gaps[1:]), max(row.x1 for row in plain)]
    found: list[Strip] = []
    for gap, end in zip(gaps, ends, strict=True):
        signs = (gap.x1 - gap.x0 >= MIN_STRIP, _is_anchor(gap.x1, end, plain), is_supported(gap, every))
        # Cells that stand no wider apart than words do are one stretch each: only where they begin tells the column.
        if sum(signs) >= 2:
            found.append(gap)
    strips = tuple(found)
    for row in reversed(region.rows[:header]):
        # A column without any text in the body is known from its header alone.
        strips = tuple(part for strip in strips for part in (_split_by(strip, row) or (strip,)))
    kept = [strip for strip in region.strips if not any(_overlap(strip, other) for other in strips)]
    return tuple(sorted((*strips, *kept)))


def _is_lone_bold(row: Row) -> bool:
    return len(row.lines) == 1 and row.is_bold


def _is_anchor(start: float, end: float, rows: Sequence[Row]) -> bool:
    """True when nearly all text up to `end` begins at `start` exactly: a column with hardly a gap before it."""
    firsts = [min((word.x0 for word in row.words() if start - 0.5 <= word.x0 < end), default=None) for row in rows]
    written = [first for first in firsts if first is not None]
    begin = sum(first - start < 0.5 for first in written)
    return len(rows) >= 5 and len(written) >= 2 and begin >= 0.8 * len(written)


def _crosses(row: Row, strips: Sequence[Strip]) -> bool:
    return len(free_strips([row], strips)) < len(strips)


def _split_by(strip: Strip, row: Row) -> tuple[Strip, ...]:
    """The parts of a strip beside a header word that stands alone in its middle; () when there is none."""
    parts = free_strips([row], [strip])
    return parts if len(parts) > 1 else ()


def _overlap(first: Strip, second: Strip) -> bool:
    return first.x0 < second.x1 and second.x0 < first.x1


def _rights(region: Region, strips: Sequence[Strip]) -> tuple[float, ...]:
    """How far each column's text can reach: to the next column less the narrowest strip."""
    narrowest = min(strip.x1 - strip.x0 for strip in strips)
    return (*(strip.x1 - narrowest for strip in strips), max(row.x1 for row in region.rows))


def _shaded_columns(region: Region, shades: Sequence[Shade]) -> tuple[float, ...] | None:
    """The column edges that cells shaded side by side show, None where shading tells none."""
    top, bottom = region.rows[0].top, region.rows[-1].bottom
    beside: dict[tuple[int, int], list[Shade]] = {}
    for shade in shades:
        if shade.top < bottom and shade.bottom > top:
            beside.setdefault((round(shade.top), round(shade.bottom)), []).append(shade)
    best: tuple[float, ...] | None = None
    for row in beside.values():
        # Some programs fill a cell twice.
        edges = _touching_edges(sorted({(shade.x0, shade.x1) for shade in row}))
        if len(edges) > 2 and (best is None or len(edges) > len(best)):
            best = edges
    if best is None:
        return None
    left, right = min(row.x0 for row in region.rows), max(row.x1 for row in region.rows)
    spans = best[0] <= left + 3 and best[-1] >= right - 3
    return best if spans else None


def _touching_edges(row: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    """The edges of rectangles, from left to right, that stand side by side without a gap, () when they don't."""
    edges = [row[0][0]]
    for (_, before), (start, _) in pairwise(row):
        if abs(start - before) > 3:
            return ()
        edges.append((before + start) / 2)
    return (*edges, row[-1][1])


def _stretched_column(lines: Sequence[Sequence[Slot]], header: int) -> int | None:
    """A column that only justified cells make: nothing heads it, and it holds the last words of lines that go on below.

    A line is stretched to the edge when its cell has another one below it.
    """
    for column in range(len(lines[0]) - 1, 0, -1):
        written = [(index, line) for index, row in enumerate(lines) if (line := row[column]) is not None]
        if not written or written[0][0] < header or written[-1][0] == len(lines) - 1:
            continue
        if max(line.x1 for _, line in written) - min(line.x1 for _, line in written) > EVEN:
            continue
        if all(lines[index][column - 1] and lines[index + 1][column - 1] for index, _ in written):
            return column
    return None


def _without(places: tuple[float, ...], index: int) -> tuple[float, ...]:
    return (*places[:index], *places[index + 1 :])


def _cut_rows(rows: Sequence[Row], starts: Sequence[float], header: int) -> list[tuple[Slot, ...]]:
    return [_cut_row(row, starts, in_header=index < header) for index, row in enumerate(rows)]


def _cut_row(row: Row, starts: Sequence[float], *, in_header: bool) -> tuple[Slot, ...]:
    slots: list[Slot] = [None] * len(starts)
    for line in row.lines:
        for column, part in cut_line(line, starts, tight=in_header):
            before = slots[column]
            slots[column] = part if before is None else join_sides(before, part)
    return tuple(slots)


# --- header and bands -------------------------------------------------------------------------------------------------


def _count_header(region: Region, ground: Ground) -> int:
    """The printed rows at the top that are set apart from what follows."""
    rows = region.rows[: min(region.bands, default=len(region.rows))]
    ruled = _first_ruled(region.rows, ground.rules)
    bold, shaded = _leading(rows, lambda row: row.is_bold), _leading(rows, lambda row: shade_behind(row, ground.shades))
    closed = ruled if ruled is not None or not shaded else _first_closed(region.rows, ground.shades)
    for count, end in ((bold, ruled), (shaded, closed)):
        marked = count if end is None else min(count, end)
        if 0 < marked <= MAX_HEADER and (marked < len(region.rows) or marked <= 3):
            return marked
    return ruled if ruled is not None and ruled <= 3 and ruled < len(region.rows) else 0


def _leading(rows: Iterable[Row], is_marked: Callable[[Row], bool]) -> int:
    count = 0
    for row in rows:
        if not is_marked(row):
            break
        count += 1
    return count


def _first_ruled(rows: Sequence[Row], rules: Sequence[Rule]) -> int | None:
    """How many rows stand above the first rule that runs through most of the region's width."""
    if not rules:
        return None
    x0, x1 = min(row.x0 for row in rows), max(row.x1 for row in rows)
    for index in range(min(MAX_HEADER, len(rows) - 1)):
        if _covered(_rules_between(rows, index, rules), x0, x1) > 0.75:
            return index + 1
    return None


def _first_closed(rows: Sequence[Row], shades: Sequence[Shade]) -> int | None:
    """How many rows stand above the first common side of shaded cells below a row of several texts."""
    first = next((index for index, row in enumerate(rows) if len(row.lines) > 1), len(rows))
    closed = _first_ruled(rows[first:], _shade_sides(shades)) if first < len(rows) - 1 else None
    return None if closed is None else first + closed


def _bold_bands(rows: Sequence[Row], lines: Sequence[Sequence[Slot]], header: int) -> set[int]:
    """Rows of one bold text in a first column that is not bold elsewhere: headings within the table."""
    first = [row[0] for index, row in enumerate(lines) if index >= header and row[0] is not None]
    if len(first) < 3 or len(lines[0]) < 3 or sum(line.bold for line in first) > 0.4 * len(first):
        return set()
    return {
        index
        for index in range(header, len(rows) - 1)
        if _is_lone_bold(rows[index])
        and lines[index][0] is not None
        and any(slot is not None for slot in lines[index + 1][1:])
    }


# --- drawn edges ------------------------------------------------------------------------------------------------------


def drawn_edges(
    rows: Sequence[Row], starts: Sequence[float], rights: Sequence[float], ground: Ground
) -> tuple[frozenset[int], ...]:
    """For each row the columns under which a rule or the side of a shaded cell runs, above the next row."""
    flat = [rule for rule in ground.rules if rule.is_horizontal]
    drawn = (*flat, *_shade_sides(ground.shades))
    if not drawn:
        return (frozenset(),) * len(rows)
    places = list(zip(starts, rights, strict=True))
    near = [_rules_between(rows, index, drawn) for index in range(len(rows) - 1)]
    for rule in flat:
        index = _struck(rows, rule)
        if index is not None:
            near[index].append(rule)
    edges = [
        frozenset(number for number, (x0, x1) in enumerate(places) if _covered(rules, x0, x1) > 0.6) for rules in near
    ]
    return (*edges, frozenset())


def _struck(rows: Sequence[Row], rule: Rule) -> int | None:
    """The row that ends at a rule which points at the middle of a merged cell's line; None for one between rows."""
    for index, row in enumerate(rows):
        if row.baseline - 0.5 * row.size >= rule.top:
            return None
        if rule.top <= row.baseline - 0.5:
            beside = index and all(line.x1 < rule.x0 or line.x0 > rule.x1 for line in row.lines)
            return index if beside and index + 1 < len(rows) else None
    return None


def _shade_sides(shades: Sequence[Shade]) -> list[Rule]:
    """The upper and lower sides of shaded rectangles that are wide enough to be cells, as rules."""
    wide = [shade for shade in shades if shade.x1 - shade.x0 > 15]
    return [Rule(shade.x0, y, shade.x1, y) for shade in wide for y in (shade.top, shade.bottom)]


def _rules_between(rows: Sequence[Row], index: int, rules: Iterable[Rule]) -> list[Rule]:
    row, following = rows[index], rows[index + 1]
    lower = following.baseline - 0.5 * following.size
    return [rule for rule in rules if rule.is_horizontal and row.baseline - 0.5 < rule.top <= lower]


def _covered(rules: Iterable[Rule], x0: float, x1: float) -> float:
    """The share of the way from `x0` to `x1` that has a rule above or below it."""
    covered, reached = 0.0, x0
    for rule in sorted(rules):
        left, right = max(rule.x0, reached), min(rule.x1, x1)
        if right > left:
            covered += right - left
            reached = right
    return covered / max(1.0, x1 - x0)


def usual_leading(slots: Slots, ground: Ground) -> float:
    """The distance between baselines in the columns where nothing parts them, and not much more than the document's."""
    return min(_common_gap(slots), ground.norms.leading_of(slots.rows[0].size) * 1.3)


def _common_gap(slots: Slots) -> float:
    gaps = Counter(
        round(gap, 1)
        for index in range(1, len(slots.rows))
        for column in range(slots.column_count)
        if slots.lines[index][column] is not None and (gap := slots.gap(index, column)) is not None
    )
    size = slots.rows[0].size
    if not gaps:
        return 1.2 * size
    most = max(gaps.values())
    common = [gap for gap, number in gaps.items() if number >= 0.2 * most and gap > 0.8 * size]
    return min(common) if common else 1.2 * size
