"""A stretch without rules, cut into columns → the printed lines at which its table rows begin."""

from __future__ import annotations

from samsyn.extract.readers.layout_regions import Ground
from samsyn.extract.readers.layout_rows import vote_of_column
from samsyn.extract.readers.layout_slots import Slots, usual_leading

_NEW_ROW = 0.9
"""Sum of votes above which a line begins a row; tuned on rendered agreements with known rows."""
_ALL_CAPITALS = 0.5
"""Vote of capitals in all columns: names that go on a cell seldom stand side by side."""
MERGED = -0.9
"""Vote below which a column's text surely runs on over a row's start: the cell is merged."""


def row_breaks(slots: Slots, ground: Ground) -> list[int]:
    """The printed rows at which a table row begins."""
    drawn = {index + 1 for index, columns in enumerate(slots.edges) if columns}
    fixed = {0, *drawn, *slots.bands, *(index + 1 for index in slots.bands if index + 1 < len(slots.rows))}
    if slots.header < len(slots.rows):
        fixed.add(slots.header)
    # Rules stand between all rows or between none; shading may mark every other row.
    ruled = {index for index in drawn if _is_ruled(slots, index, ground)}
    if any(index > max(slots.header, 1) for index in ruled):
        return sorted(index for index in fixed if index == 0 or index >= slots.header or index in drawn)
    leading = usual_leading(slots, ground)
    row_gap = _row_gap(slots, leading)
    breaks = [0]
    for index in range(1, len(slots.rows)):
        voted = index > slots.header and _begins_row(slots, breaks[-1], index, leading, row_gap)
        if (index in fixed and index >= slots.header) or voted:
            breaks.append(index)
    return breaks


def part_bands(slots: Slots, ground: Ground) -> Slots:
    """The header without a bold band below it: a lone text under the first column that begins anew."""
    leading = usual_leading(slots, ground)
    row_gap = _row_gap(slots, leading)
    for index in range(1, min(slots.header, len(slots.rows) - 1)):
        alone = slots.lines[index][0] is not None and len(slots.texts(index)) == 1
        gap = slots.distance(index)
        anew = gap > row_gap if row_gap is not None else vote_at(slots, 0, index, 0) > 0
        if alone and anew and index == slots.header - 1 and slots.column_count > 2:
            return slots._replace(header=index, bands=slots.bands | {index})
    return slots


def spacing_parts(slots: Slots, ground: Ground) -> bool:
    """True when rows stand further apart than the lines within them."""
    return _row_gap(slots, usual_leading(slots, ground)) is not None


def _is_ruled(slots: Slots, index: int, ground: Ground) -> bool:
    above, below = slots.rows[index - 1], slots.rows[index]
    return any(
        rule.is_horizontal and above.baseline - 0.5 < rule.top <= below.baseline - 0.5 * below.size
        for rule in ground.rules
    )


def _row_gap(slots: Slots, leading: float) -> float | None:
    """The distance between baselines above which a row surely begins; None when spacing doesn't part the rows.

    Rows are often a hair further apart than lines (the thickness of a border that is not drawn), so a small step is
    tried before a plain one. It parts rows when nearly all sure starts lie above it and no sure continuation does.
    What stands below a repeated header may be the rest of a row, so that the distance to it says nothing.
    """
    starts: list[float] = []
    inner: list[float] = []
    for index in range(1, len(slots.rows)):
        gap = slots.distance(index)
        written = [(slots.has_ended(index, column), line) for column, line in enumerate(slots.lines[index]) if line]
        if sum(ended for ended, _ in written) >= min(2, len(written)):
            starts.append(gap)
        elif index != slots.header and any(not ended and line.text[:1].islower() for ended, line in written):
            inner.append(gap)
    for limit in (leading + 0.16, 1.18 * leading + 0.3):
        above = sum(gap > limit for gap in starts)
        if len(starts) >= 2 and above >= 0.75 * len(starts) and sum(gap > limit for gap in inner) <= 0.05 * len(inner):
            return limit
    return None


def _begins_row(slots: Slots, start: int, index: int, leading: float, row_gap: float | None) -> bool:
    strays = slots.strays(index)
    written = {column: line for column, line in enumerate(slots.lines[index]) if line and column not in strays}
    votes = {column: vote_at(slots, start, index, column) for column in written}
    if len(votes) >= 4 and votes.get(0, 0.0) < MERGED and min(list(votes.values())[1:]) > MERGED:
        # A first cell that runs on beside new cells in all other columns is merged downwards: it has no say.
        del votes[0]
    total = _gap_vote(slots.distance(index), leading, row_gap)
    total += sum(vote * (1.4 if column == 0 else 1.0) for column, vote in votes.items())
    if len(votes) > 1 and all(line.text[:1].isupper() for line in written.values()):
        total += _ALL_CAPITALS
    if len(votes) == 1:
        # A row of the table nearly always has text in two columns at its first line.
        total -= 4.0 if slots.column_count > 2 else 1.5
    return total > _NEW_ROW


def vote_at(slots: Slots, start: int, index: int, column: int) -> float:
    """What a column says about its line in printed row `index`, when the table row began at `start`."""
    line = slots.lines[index][column]
    if line is None:
        return 0.0
    before = [slot for row in slots.lines[start:index] if (slot := row[column]) is not None]
    ended = slots.has_ended(index, column)
    return vote_of_column(before, line, right=slots.rights[column], ended=ended).weight


def _gap_vote(gap: float, leading: float, row_gap: float | None) -> float:
    if row_gap is not None:
        # Places are rounded to tenths of a point: what lies between says nothing.
        return 3.0 if gap > row_gap else -2.5 if gap < leading + 0.08 or gap < row_gap - 0.12 else 0.0
    return 2.0 if is_wide(gap, leading) else 0.0


def is_wide(gap: float, leading: float) -> bool:
    """True for a distance between baselines that is more than a line's."""
    return gap > 1.18 * leading + 0.3
