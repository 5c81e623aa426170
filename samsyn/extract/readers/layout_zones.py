"""Where on a page text is set in two running columns: the stretch of the page, and the x at which the right one begins.

Running columns hold many lines that fill their width; table columns and signatures side by side do not. Pages set in
three columns are found by looking again within each half.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_lines import BULLET, TextLine
from samsyn.extract.readers.layout_regions import HeaderHint, find_rows

MIN_LINES = 5
MIN_GUTTER = 6.0
NEAR = 3.0
"""Points between the left edges of lines in one column: headings, paragraphs, marks of lists."""
FULL = 0.72
"""A line that fills this much of its column counts as full."""


class Zone(NamedTuple):
    """Lines set in two columns."""

    left: tuple[TextLine, ...]
    right: tuple[TextLine, ...]
    start: float
    """Where the right column begins."""

    @property
    def top(self) -> float:
        """The baseline of its first line."""
        return min(line.baseline for line in (*self.left, *self.right))

    @property
    def bottom(self) -> float:
        """The baseline of its last line."""
        return max(line.baseline for line in (*self.left, *self.right))


def find_zone(lines: Sequence[TextLine], hint: HeaderHint | None, known: float | None = None) -> Zone | None:
    """The first stretch of `lines` in two columns, if there is one; `known` is the gutter that the page before had."""
    if len(lines) < 2 * MIN_LINES and known is None:
        return None
    best: Zone | None = None
    for start in _candidates(lines, known):
        zone = _zone_at(lines, start, hint, carried=known is not None and abs(start - known) < NEAR)
        if zone is not None and (best is None or _weight(zone) > _weight(best)):
            best = zone
    return best


def _weight(zone: Zone) -> int:
    return len(zone.left) + len(zone.right)


def _candidates(lines: Sequence[TextLine], known: float | None) -> list[float]:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    width = right - left
    found: list[float] = []
    marked = {line.x0 for line in lines if BULLET.match(line.words[0].text)}
    for starts in _together(sorted(line.x0 for line in lines)):
        # Headings stand a little to the left of the marks of lists; one mark may stand out from all the inner ones.
        if (len(starts) >= 2 or starts[0] in marked) and left + 0.25 * width < starts[0] < left + 0.8 * width:
            found.append(starts[0])
    if known is not None and any(abs(line.x0 - known) < NEAR for line in lines):
        found.append(known)
    return found[:40]


def _together(places: Sequence[float]) -> Iterator[list[float]]:
    """The places, in order, in groups that are near their first."""
    group: list[float] = []
    for place in places:
        if group and place - group[0] > NEAR:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _zone_at(lines: Sequence[TextLine], start: float, hint: HeaderHint | None, *, carried: bool) -> Zone | None:
    ordered = sorted(lines, key=lambda line: line.baseline)
    stretch: list[TextLine] = []
    for line in [*ordered, None]:
        if line is not None and (line.x0 >= start - 1.5 or line.x1 <= start - MIN_GUTTER):
            stretch.append(line)
            continue
        zone = _trim(stretch, start)
        if zone is not None and _is_zone(zone, hint, carried=carried):
            return zone
        if carried:
            return None
        stretch = []
    return None


def _trim(stretch: Sequence[TextLine], start: float) -> Zone | None:
    """The stretch without lines above or below that only one side has and a gap sets apart."""
    left = [line for line in stretch if line.x0 < start - 1.5]
    right = [line for line in stretch if line.x0 >= start - 1.5]
    if not left or not right:
        return None
    end = min(left[-1].baseline, right[-1].baseline)
    begin = max(left[0].top, right[0].top)
    left, right = _cut_below(left, end), _cut_below(right, end)
    left, right = _cut_above(left, begin), _cut_above(right, begin)
    return Zone(tuple(left), tuple(right), start) if left and right else None


def _cut_below(lines: list[TextLine], end: float) -> list[TextLine]:
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        apart = line.top > end and line.baseline - before.baseline > 1.7 * max(before.size, line.size)
        if apart and not _fill_alike(lines[:index], lines[index:]):
            return lines[:index]
    return lines


def _fill_alike(column: Sequence[TextLine], below: Sequence[TextLine]) -> bool:
    """True when prose stands below that is as broad as the column: the column goes on, the other is shorter."""
    left, right = min(line.x0 for line in column), max(line.x1 for line in column)
    full = sum(line.x1 > left + FULL * (right - left) for line in below)
    return len(below) >= 3 and 2 * full >= len(below) and all(line.x1 < right + 0.1 * (right - left) for line in below)


def _cut_above(lines: list[TextLine], begin: float) -> list[TextLine]:
    for index in range(len(lines) - 1, 0, -1):
        before, line = lines[index - 1], lines[index]
        if before.bottom <= begin and line.baseline - before.baseline > 1.7 * max(before.size, line.size):
            return lines[index:]
    return lines


def _is_zone(zone: Zone, hint: HeaderHint | None, *, carried: bool) -> bool:
    if carried:
        return True
    overlap = min(zone.left[-1].baseline, zone.right[-1].baseline) - max(zone.left[0].baseline, zone.right[0].baseline)
    shorter = min(zone.left[-1].baseline - zone.left[0].baseline, zone.right[-1].baseline - zone.right[0].baseline)
    if overlap < 0.5 * shorter:
        return False
    if not (_is_running(zone.left) and _is_running(zone.right)):
        return False
    if hint is None:
        return True
    first = find_rows((*zone.left, *zone.right))[0]
    texts = [line.text for line in first.lines if len(line.words) <= 3]
    return len(texts) < 2 or hint(texts) < 2


def _is_running(lines: Sequence[TextLine]) -> bool:
    """True for a column of prose or lists: many lines, most of several words, many of them full."""
    if len(lines) < MIN_LINES:
        return False
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    rows = find_rows(lines)
    if sum(len(row.lines) > 1 for row in rows) > 0.2 * len(rows):
        return False
    is_full = [row.x1 > left + FULL * (right - left) and row.lines[0].x0 < left + 0.3 * (right - left) for row in rows]
    # What stands below a full line may be the end of its paragraph, however short: it says nothing.
    telling = [row for index, row in enumerate(rows) if is_full[index] or index == 0 or not is_full[index - 1]]
    wordy = [row for row in telling if sum(len(line.words) for line in row.lines) >= 3]
    return sum(is_full) >= 0.4 * len(rows) and len(wordy) >= 0.6 * len(telling)
