"""Lines of a page → rows, and the stretches of rows that white strips part into columns.

A strip is a vertical band of the page that no word of a stretch crosses. Tables without rules, running columns and
side-by-side text all have strips; which of them a stretch is, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_flow import Norms
from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_page import Rule, Shade, Word

HeaderHint = Callable[[Sequence[str]], int]
"""Tells how many of these texts are known to head columns or rows."""

MIN_STRIP = 4.0
"""Points: the padding of most tables, more than a space between words."""
ANCHORED = 1.2
"""A strip this narrow will do where a column's text begins at its right edge, line after line."""


MAX_HEAD = 3
"""Lines of a header cell above the row that all headers stand in."""


class Strip(NamedTuple):
    """A white vertical band from `x0` to `x1`."""

    x0: float
    x1: float


class Row(NamedTuple):
    """Stretches of text that stand side by side, from left to right."""

    lines: tuple[TextLine, ...]

    @property
    def top(self) -> float:
        """The upper edge of the highest of them."""
        return min(line.top for line in self.lines)

    @property
    def bottom(self) -> float:
        """The lower edge of the lowest of them."""
        return max(line.bottom for line in self.lines)

    @property
    def baseline(self) -> float:
        """The first line's baseline."""
        return self.lines[0].baseline

    @property
    def size(self) -> float:
        """The largest type size."""
        return max(line.size for line in self.lines)

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.lines[0].x0

    @property
    def x1(self) -> float:
        """The right edge."""
        return max(line.x1 for line in self.lines)

    @property
    def is_bold(self) -> bool:
        """True when every part of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def text(self) -> str:
        """All its text, tabs between the parts."""
        return "\t".join(line.text for line in self.lines)

    def words(self) -> Iterable[Word]:
        """Its words from left to right."""
        for line in self.lines:
            yield from line.words


class Region(NamedTuple):
    """A stretch of rows and the strips that run through all of it; `bands` are indexes of rows that cross them."""

    rows: tuple[Row, ...]
    strips: tuple[Strip, ...]
    bands: frozenset[int]
    left: float
    """Where the first column begins."""

    @property
    def starts(self) -> tuple[float, ...]:
        """Where the columns begin, from left to right."""
        return (self.left, *(strip.x1 for strip in self.strips))


class Ground(NamedTuple):
    """What a page offers beside its rows: rules, shaded areas and what is usual in the document."""

    rules: tuple[Rule, ...]
    shades: tuple[Shade, ...]
    norms: Norms


def find_rows(lines: Iterable[TextLine]) -> list[Row]:
    """Lines grouped into rows: side by side and at most half a line apart in height."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (round(line.baseline, 1), line.x0)):
        home = rows[-1] if rows else None
        if home is not None and _stands_beside(home, line):
            home.append(line)
        else:
            rows.append([line])
    return [Row(tuple(sorted(row, key=lambda line: line.x0))) for row in rows]


def _stands_beside(row: Sequence[TextLine], line: TextLine) -> bool:
    if line.baseline - row[0].baseline > 0.6 * min(row[0].size, line.size):
        return False
    return all(line.x0 >= other.x1 or line.x1 <= other.x0 for other in row)


def free_strips(rows: Iterable[Row], strips: Sequence[Strip] | None = None) -> tuple[Strip, ...]:
    """What is left of `strips` (or of the whole width between the words) once the words of `rows` are taken out."""
    left = None if strips is None else list(strips)
    for row in rows:
        taken = sorted((word.x0, word.x1) for word in row.words())
        if left is None:
            left = word_gaps(taken)
            continue
        left = [part for strip in left for part in _subtract(strip, taken)]
        if not left:
            break
    return tuple(left or ())


def word_gaps(taken: Sequence[tuple[float, float]], narrowest: float = MIN_STRIP) -> list[Strip]:
    """The white strips between stretches that words take, given from left to right."""
    gaps: list[Strip] = []
    right = taken[0][1]
    for x0, x1 in taken[1:]:
        if x0 - right >= narrowest:
            gaps.append(Strip(right, x0))
        right = max(right, x1)
    return gaps


def _subtract(strip: Strip, taken: Sequence[tuple[float, float]]) -> list[Strip]:
    parts: list[Strip] = []
    left = strip.x0
    for x0, x1 in taken:
        if x1 <= left:
            continue
        if x0 >= strip.x1:
            break
        if x0 - left >= MIN_STRIP:
            parts.append(Strip(left, x0))
        left = max(left, x1)
    if strip.x1 - left >= ANCHORED:
        parts.append(Strip(left, strip.x1))
    return parts


def grow_region(
    rows: Sequence[Row], start: int, ground: Ground, strips: Sequence[Strip] | None = None
) -> Region | None:
    """The stretch of rows from `start` on through which at least one strip runs; None when there is none.

    `strips` are those of a table that goes on from the page before; without them the first row must have a wide gap.
    """
    head = _head_rows(rows, start, ground) if strips is None and len(rows[start].lines) == 1 else 0
    if head:
        return _with_head(rows[start : start + head], grow_region(rows, start + head, ground))
    if strips is None and len(rows[start].lines) < 2:
        return None
    left = _row_strips(rows[start]) if strips is None else _still_free(rows[start], strips)
    if not left:
        return None
    end = start + 1
    # Words in the middle of a strip part it; a part of it may close again as long as another stays open.
    whole = left
    bands: set[int] = set()
    last_spread = start
    exceptions = 0
    while end < len(rows):
        row = rows[end]
        if not _may_follow(rows, end, last_spread, ground) or _is_other_card(row, rows[start], left):
            break
        after = free_strips([row], left)
        lost = _count_lost(whole, after)
        if lost and _is_band(rows, end, left, ground):
            bands.add(end)
        elif lost and 3 * lost <= len(whole) and exceptions < 2:
            exceptions += 1
        elif lost:
            break
        else:
            left = after
        if len(row.lines) > 1 or end in bands:
            last_spread = end
        end += 1
    end = _cut_end(rows, range(start, end), left, bands, ground)
    return _make_region(
        rows[start:end], left, {index - start for index in bands if index < end}, continued=strips is not None
    )


def _head_rows(rows: Sequence[Row], start: int, ground: Ground) -> int:
    """How many rows from `start` on are the upper lines of single header cells that are set from the bottom; 0: none.

    They are bold like the row of headers below them, a line's distance above it, and each stands over one of those.
    """
    end = start
    while end - start < MAX_HEAD and end + 1 < len(rows) and len(rows[end].lines) == 1 and rows[end].is_bold:
        end += 1
        row, before = rows[end], rows[end - 1]
        leading = min(1.35 * ground.norms.leading_of(row.size, row.lines[0].page), 1.7 * row.size)
        if not row.is_bold or abs(row.size - before.size) > 0.1 or row.baseline - before.baseline > leading:
            return 0
        if len(row.lines) > 1:
            return end - start if all(_stands_over(one.lines[0], row) for one in rows[start:end]) else 0
    return 0


def _with_head(head: Sequence[Row], region: Region | None) -> Region | None:
    """The region with the upper lines of its header; without them they would be text above it."""
    lines = [line for row in head for line in row.lines]
    strips = (
        ()
        if region is None
        else tuple(strip for strip in region.strips if not any(_runs_across(line, strip) for line in lines))
    )
    if region is None or not strips:
        return None
    bands = frozenset(index + len(head) for index in region.bands)
    return region._replace(rows=(*head, *region.rows), strips=strips, bands=bands)


def _stands_over(line: TextLine, headers: Row) -> bool:
    """True for a line over one of the headers, from the same edge or about the same middle.

    Over the first header it might be a heading: there the header must go on in lower case.
    """
    for index, other in enumerate(headers.lines):
        over = abs(line.x0 - other.x0) < 0.8 or abs(line.x0 + line.x1 - other.x0 - other.x1) < 1.6
        if over:
            return index > 0 or other.text[:1].islower()
    return False


def _is_other_card(row: Row, first: Row, strips: Sequence[Strip]) -> bool:
    """True where the label that the stretch began with comes back beside a value that begins elsewhere."""
    if len(strips) != 1 or len(row.lines) != 2 or len(first.lines) != 2:
        return False
    return row.lines[0].text == first.lines[0].text and abs(row.lines[1].x0 - first.lines[1].x0) > 1


def _row_strips(row: Row) -> tuple[Strip, ...]:
    """The wide gaps of a row, as far as its words leave them free."""
    return tuple(
        Strip(before.x1, line.x0)
        for before, line in zip(row.lines, row.lines[1:], strict=False)
        if line.x0 - before.x1 >= MIN_STRIP
    )


def _still_free(row: Row, strips: Sequence[Strip]) -> tuple[Strip, ...]:
    """What a row leaves of the strips in front of columns, without those that justified lines leave within one."""
    left = free_strips([row], strips)
    if len(left) <= len(strips):
        return left
    return tuple(part for part in left if any(abs(part.x1 - strip.x1) < 3 for strip in strips))


def _count_lost(before: Sequence[Strip], after: Sequence[Strip]) -> int:
    """How many strips a row's words run right across."""
    return sum(not any(part.x0 < strip.x1 and part.x1 > strip.x0 for part in after) for strip in before)


def _is_plain(row: Row, strips: Sequence[Strip]) -> bool:
    """True when each stretch of the row keeps to one column, or its words leave all of several strips free."""
    if len(strips) > 1 and not _count_lost(strips, free_strips([row], strips)):
        return True
    return not any(_runs_across(line, strip) for line in row.lines for strip in strips)


def _runs_across(line: TextLine, strip: Strip) -> bool:
    """True for a line on both sides of the strip, unless it is a label in bold with its value where the strip ends."""
    if not (line.x0 < strip.x0 and line.x1 > strip.x1):
        return False
    before = [word for word in line.words if word.x1 <= strip.x0 + ANCHORED]
    behind = line.words[len(before) :]
    is_label = bool(before and behind) and all(word.bold for word in before) and not any(word.bold for word in behind)
    return not (is_label and abs(behind[0].x0 - strip.x1) < ANCHORED)


def _may_follow(rows: Sequence[Row], index: int, last_spread: int, ground: Ground) -> bool:
    """False where a new matter begins: other type, or a lone line a good way below."""
    row, before = rows[index], rows[index - 1]
    if len(row.lines) > 1:
        return row.baseline - before.baseline < 6 * row.size
    line = row.lines[0]
    if line.size > 1.12 * rows[last_spread].size:
        return False
    distance = row.baseline - before.baseline
    leading = ground.norms.leading_of(line.size, line.page)
    if distance <= 1.35 * leading:
        return True
    if distance >= 3 * leading:
        return False
    # A lone stretch further down belongs here only when the columns go on soon after, or at the page's end.
    later = rows[index + 1 : index + 8]
    spread = any(len(other.lines) > 1 and other.size <= 1.12 * rows[last_spread].size for other in later)
    return spread or _ends_page(rows[index:], rows[last_spread])


def _ends_page(rest: Sequence[Row], spread: Row) -> bool:
    """True for lines below an inner column alone: of a row that the turn cuts, short cells may stand above it."""
    starts = [line.x0 for line in spread.lines[1:]]
    return len(rest) <= 2 and all(
        len(row.lines) == 1 and any(abs(row.x0 - start) < 1 for start in starts) for row in rest
    )


def _is_band(rows: Sequence[Row], index: int, strips: Sequence[Strip], ground: Ground) -> bool:
    """A full-width row inside a table: set in bold or shaded, with the columns going on right below."""
    row = rows[index]
    if len(row.lines) != 1 or not (row.is_bold or shade_behind(row, ground.shades)):
        return False
    following = rows[index + 1 : index + 4]
    spread = [later for later in following if len(later.lines) > 1]
    if all(_is_shaded_band(later, row, ground) for later in rows[index + 1 :]):
        # The last row of a page may head what follows on the next.
        return _is_shaded_band(row, rows[index - 1], ground)
    return bool(spread) and bool(free_strips(spread[:1], strips))


def _is_shaded_band(row: Row, before: Row, ground: Ground) -> bool:
    return (
        len(row.lines) == 1
        and row.is_bold
        and abs(row.size - before.size) < 0.6
        and row.baseline - before.baseline < 2 * ground.norms.leading_of(row.size)
        and shade_behind(row, ground.shades)
    )


def shade_behind(row: Row, shades: Iterable[Shade]) -> bool:
    """True when filled rectangles lie behind the row: behind each of its texts, not its label alone."""
    middle = (row.top + row.bottom) / 2
    near = [shade for shade in shades if shade.top <= middle <= shade.bottom]
    return bool(near) and all(
        any(shade.x0 <= line.x0 + 1 and shade.x1 >= min(line.x1, line.x0 + 20) for shade in near) for line in row.lines
    )


def _cut_end(rows: Sequence[Row], stretch: range, strips: Sequence[Strip], bands: set[int], ground: Ground) -> int:
    """Where the stretch ends without trailing bands and rows that run across a strip by normal word spaces."""
    end = stretch.stop
    if end == len(rows) and end - 1 in bands and _is_shaded_band(rows[end - 1], rows[end - 2], ground):
        return end
    while end > stretch.start + 1 and (end - 1 in bands or not _is_plain(rows[end - 1], strips)):
        bands.discard(end - 1)
        end -= 1
    return _without_headings(rows, stretch.start, end, ground)


def _without_headings(rows: Sequence[Row], start: int, end: int, ground: Ground) -> int:
    """Where the stretch ends without the headings that stand below it, in bold and a good way further down."""
    first = end
    while first > start + 2 and len(rows[first - 1].lines) == 1 and rows[first - 1].is_bold:
        first -= 1
        row, before = rows[first], rows[first - 1]
        leading = ground.norms.leading_of(row.size, row.lines[0].page)
        if row.baseline - before.baseline > 1.35 * leading and not before.is_bold:
            return first
    return end


def _make_region(members: Sequence[Row], strips: Sequence[Strip], bands: set[int], *, continued: bool) -> Region | None:
    """The region with those strips that really part columns."""
    plain = [row for index, row in enumerate(members) if index not in bands]
    kept = tuple(strip for strip in strips if continued or is_supported(strip, plain))
    if not kept:
        return None
    return Region(tuple(members), kept, frozenset(bands), min(row.x0 for row in members))


def is_supported(strip: Strip, rows: Sequence[Row]) -> bool:
    """A strip parts columns when, behind a wide gap, text begins at its right edge; mere spaces in line don't count."""
    return any(abs(line.x0 - strip.x1) < 1.0 for row in rows for line in row.lines[1:]) or any(
        abs(row.x0 - strip.x1) < 1.0 for row in rows
    )
