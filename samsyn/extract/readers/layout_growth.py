"""Rows of a page → the stretches of rows that white strips part into columns.

Tables without rules, running columns and side-by-side text all have strips; which of them a stretch is, is decided
elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from samsyn.extract.readers.layout_lines import TextLine
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
)

MAX_HEAD = 3
"""Lines of a header cell above the row that all headers stand in."""


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
        if (lost or _may_be_band(rows, end, left, ground)) and _is_band(rows, end, left, ground):
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
    """How many rows from `start` on are the upper lines of a header whose other cells begin further down; 0: none.

    They stand over headers below them, as the upper lines of those, or over several as their common header.
    """
    end = start
    while end - start < MAX_HEAD and end + 1 < len(rows) and len(rows[end].lines) == 1:
        if not _are_headers(rows[end], rows[end + 1], ground):
            return 0
        end += 1
        if len(rows[end].lines) > 1:
            wrapped = _are_wrapped(rows[start : end + 1], ground)
            grouped = end == start + 1 and _heads_group(rows[start], rows[end : end + 2], ground)
            return end - start if wrapped or grouped else 0
    return 0


def _are_headers(row: Row, following: Row, ground: Ground) -> bool:
    """True for rows of one header: the same type, at most two lines apart; in plain type drawing must show it."""
    if abs(row.size - following.size) > 0.1 or following.baseline - row.baseline > 2.6 * row.size:
        return False
    return row.is_bold == following.is_bold and (row.is_bold or _is_drawn_apart(row, following, ground))


def _are_wrapped(rows: Sequence[Row], ground: Ground) -> bool:
    """True for rows in bold a line's distance apart, each but the last a line over one of the headers in that."""
    *heads, headers = rows
    size = headers.size
    leading = min(1.35 * ground.norms.leading_of(size, headers.lines[0].page), 1.7 * size)
    close = all(below.baseline - row.baseline <= leading for row, below in pairwise(rows))
    return headers.is_bold and close and all(_stands_over(row.lines[0], headers) for row in heads)


def _is_drawn_apart(row: Row, following: Row, ground: Ground) -> bool:
    """True where a rule or the side of a shaded cell, longer than a row's text, runs between it and the next."""
    lower = following.baseline - 0.5 * following.size
    sides = [(rule.x0, rule.top, rule.x1) for rule in ground.rules if rule.is_horizontal]
    sides += [(shade.x0, shade.bottom, shade.x1) for shade in ground.shades]
    return any(
        row.baseline < y <= lower and x0 < row.x0 + 1 and row.x1 + row.size < x1 and x0 > following.x0
        for x0, y, x1 in sides
    )


def _heads_group(row: Row, below: Sequence[Row], ground: Ground) -> bool:
    """True for a line over several of the headers in the next rows: drawing shows it, or others stand in between."""
    line, left = row.lines[0], min(other.x0 for other in below)
    for index, under in enumerate(below):
        middles = {first.x0 + last.x1 for number, first in enumerate(under.lines) for last in under.lines[number + 1 :]}
        edge = any(abs(line.x0 - other.x0) < 0.8 for other in under.lines if other.x0 > left + 1)
        if edge or any(abs(line.x0 + line.x1 - middle) < 1.6 for middle in middles):
            return index > 0 or _is_drawn_apart(row, under, ground)
    return False


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


def _may_be_band(rows: Sequence[Row], index: int, strips: Sequence[Strip], ground: Ground) -> bool:
    """True for a lone text in bold that runs across a strip by chance: a space between its words lies there."""
    row = rows[index]
    if len(row.lines) > 1 or not row.is_bold:
        return False
    leading = min(1.08 * ground.norms.leading_of(row.size), 1.7 * row.size)
    apart = row.baseline - rows[index - 1].baseline > leading
    return apart and any(_runs_across(row.lines[0], strip) for strip in strips)


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
