"""Headers in two rows of a table without rules: which header stands over several columns with headers of their own."""

from __future__ import annotations

from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_regions import Ground
from samsyn.extract.readers.layout_slots import Slots, usual_leading

Columns = tuple[int, int]
"""The first and the last of columns that stand side by side."""

_APART = 0.8
"""Points more than a line's distance between a header and those below that are not its own second line."""
_LEVEL = 1.0
"""Points by which headers on one line may differ."""


def group_headers(slots: Slots, ground: Ground) -> tuple[Columns, ...]:
    """The columns of each header that stands over several with headers of their own."""
    if slots.header < 2 or slots.column_count < 3:
        return ()
    top = [line is not None for line in slots.lines[0]]
    lower = [_first_below(slots, column) is not None for column in range(slots.column_count)]
    if all(lower):
        # Headers set from the bottom or the middle look the same: what is drawn or where the others stand must tell.
        return _set_apart(slots, usual_leading(slots, ground))
    groups: list[Columns] = []
    column = 0
    while column < slots.column_count:
        last = column
        while last + 1 < slots.column_count and not top[last + 1] and lower[last + 1]:
            last += 1
        if top[column] and lower[column] and last > column:
            groups.append((column, last))
        column = last + 1
    return tuple(groups)


def _first_below(slots: Slots, column: int) -> TextLine | None:
    """The first line of a column's header below the first printed row."""
    return next((line for row in slots.lines[1 : slots.header] if (line := row[column]) is not None), None)


def _set_apart(slots: Slots, leading: float) -> tuple[Columns, ...]:
    """The groups where the other headers begin further down than the first printed row."""
    groups: list[Columns] = []
    for column, line in enumerate(slots.lines[0]):
        below = _first_below(slots, column)
        if line is None or below is None or below.baseline - line.baseline < leading + _APART:
            continue
        group = _drawn_below(slots, column) or _on_a_level(slots, column, below)
        if group is not None and (not groups or group[0] > groups[-1][1]):
            groups.append(group)
    return tuple(groups)


def _drawn_below(slots: Slots, column: int) -> Columns | None:
    """The columns that a drawn edge below a header spans, when it spans more than its own and not all."""
    for edges in slots.edges[: slots.header - 1]:
        first = last = column
        while first - 1 in edges:
            first -= 1
        while last + 1 in edges:
            last += 1
        if column in edges and 1 < last - first + 1 < slots.column_count:
            return first, last
    return None


def _on_a_level(slots: Slots, column: int, below: TextLine) -> Columns | None:
    """The columns from `column` on whose headers begin on the same line below, where others begin between the two."""
    firsts = [
        next((line for row in slots.lines[: slots.header] if (line := row[other]) is not None), None)
        for other in range(slots.column_count)
    ]
    level = [first is not None and abs(first.baseline - below.baseline) < _LEVEL for first in firsts]
    last = column
    while last + 1 < slots.column_count and level[last + 1]:
        last += 1
    # Headers set from the bottom stand on the same line without any group.
    others = [other for other in range(slots.column_count) if not column <= other <= last]
    return (column, last) if last > column and others and not any(level[other] for other in others) else None
