"""Activity cards without rules: labels on the left, values on the right; where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samsyn.extract.readers.layout_breaks import is_wide, vote_at
from samsyn.extract.readers.layout_cells import cell_box, make_grid
from samsyn.extract.readers.layout_grid import Grid, GridCell
from samsyn.extract.readers.layout_regions import Ground, HeaderHint, shade_behind
from samsyn.extract.readers.layout_slots import Slots, usual_leading

FILLER = re.compile(r"^[\W_]*$")


def is_card(slots: Slots, hint: HeaderHint | None) -> bool:
    """Two columns, labels in bold (or known, or ended by a colon) beside values that are not."""
    if slots.column_count != 2 or has_fillers(slots):
        return False
    labels = [row[0] for row in slots.lines if row[0] is not None]
    values = [row[1] for row in slots.lines if row[1] is not None]
    paired = [row for row in slots.lines if row[0] is not None and row[1] is not None]
    if len(paired) < 2 or max(len(label.text) for label in labels) > 60:
        return False
    bold = sum(label.bold for label in labels) >= 0.8 * len(labels)
    plain = sum(value.bold for value in values) <= 0.4 * len(values)
    if bold and plain and len(paired) >= 3:
        return True
    known = hint([label.text for label in labels]) if hint else 0
    colons = sum(label.text.endswith(":") for label in labels)
    return known >= max(2, 0.5 * len(labels)) or (known >= 1 and colons >= 0.8 * len(labels) and len(paired) >= 3)


def opens_card(slots: Slots, hint: HeaderHint | None) -> bool:
    """One row of a known label in bold beside a value that is not."""
    if slots.column_count != 2 or hint is None or has_fillers(slots):
        return False
    label, value = slots.lines[0]
    alone = all(row[0] is None for row in slots.lines[1:])
    opens = label is not None and value is not None and label.bold and not value.bold
    return opens and alone and hint([slots.texts(0)[0]]) == 1


def has_known_labels(slots: Slots, hint: HeaderHint | None, least: int) -> bool:
    """Two columns, the left one of known labels: a card, though its first row is shaded or has a rule below it."""
    if slots.column_count != 2 or hint is None or has_fillers(slots):
        return False
    labels = [row[0].text for row in slots.lines if row[0] is not None]
    values = [row[1].text for row in slots.lines if row[1] is not None]
    known = hint(labels)
    return known >= max(least, 0.6 * len(labels)) and hint(values) <= 0.2 * len(values)


def has_fillers(slots: Slots) -> bool:
    """Lines of dots or underscores to sign on, in the few columns that signatures stand in."""
    return slots.column_count <= 4 and any(
        len(text) >= 5 and FILLER.match(text) for index in range(len(slots.rows)) for text in slots.texts(index)
    )


def cards_of(slots: Slots, ground: Ground, opening: str = "") -> tuple[Grid, ...]:
    """One grid for each card: a wide gap, or the first label coming back, begins another.

    `opening` is the first label of a card that the page before ended in.
    """
    rows = slots.rows
    leading = usual_leading(slots, ground)
    breaks = [0]
    for index in range(1, len(rows)):
        if _begins_label(slots, breaks[-1], index, leading):
            breaks.append(index)
    first = opening
    cards: list[list[int]] = []
    for number, start in enumerate(breaks):
        wide = start > 0 and rows[start].baseline - rows[start - 1].baseline > 1.8 * leading
        if number == 0 or wide or _label(slots, start) == first:
            cards.append([])
            # What stands first on a page is the rest of a card that began on the one before.
            first = opening if number == 0 and opening else _label(slots, start)
        cards[-1].append(start)
    ends = dict(zip(breaks, [*breaks[1:], len(rows)], strict=True))
    return tuple(_card(slots, card, ends, ground) for card in cards)


def opening_label(card: Grid) -> str:
    """The label that a card begins with."""
    return plain_label(card.row(0)[0].text)


def _label(slots: Slots, index: int) -> str:
    line = slots.lines[index][0]
    return plain_label(line.text) if line is not None else ""


def plain_label(text: str) -> str:
    """A label as it is compared: without its colon, in lower case."""
    return text.rstrip(":").casefold()


def _begins_label(slots: Slots, start: int, index: int, leading: float) -> bool:
    if slots.lines[index][0] is None:
        return False
    gap = slots.distance(index)
    return is_wide(gap, leading) or vote_at(slots, start, index, 0) > -0.5


def _card(slots: Slots, starts: Sequence[int], ends: dict[int, int], ground: Ground) -> Grid:
    cells: list[GridCell] = []
    for number, start in enumerate(starts):
        for column in range(slots.column_count):
            lines = tuple(line for row in slots.lines[start : ends[start]] if (line := row[column]) is not None)
            box = cell_box(slots, column, start, ends[start])
            shaded = shade_behind(slots.rows[start], ground.shades)
            cells.append(GridCell(number, column, 1, 1, box, lines, shaded=shaded))
    return make_grid(slots, cells, len(starts), header=0, cards=True)
