"""A stretch of rows with white strips → a table without rules, activity cards, or neither.

Prose is never made a table on its alignment alone: it takes a header row (set in bold, underlined by a rule, shaded,
or of known header words), rules, a full grid of three columns, or bold labels beside their values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_grid import Grid, GridCell
from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_page import Rule
from samsyn.extract.readers.layout_regions import Ground, Region, Row, cut_line, shade_behind
from samsyn.extract.readers.layout_rows import vote_of_column
from samsyn.models.source import Box

HeaderHint = Callable[[Sequence[str]], int]

FILLER = re.compile(r"^[\W_]*$")
_NEW_ROW = 0.9
"""Sum of votes above which a line begins a row; tuned on rendered agreements with known rows."""


class Slots(NamedTuple):
    """A region cut into columns: for each printed row the line in each column; bands stand in the first."""

    region: Region
    starts: tuple[float, ...]
    rights: tuple[float, ...]
    rows: tuple[tuple[TextLine | None, ...], ...]


def read_tables(
    region: Region, ground: Ground, hint: HeaderHint | None, *, going_on: Grid | None = None
) -> tuple[Grid, ...]:
    """The tables that a region is, none when it is not one; `going_on` is a table open at the end of the page before."""
    slots = cut_region(region, ground)
    if going_on is not None and going_on.cards:
        return _cards(slots, ground)
    header = _header_rows(slots, ground, hint)
    if going_on is None and not header and _is_card(slots, hint):
        return _cards(slots, ground)
    if going_on is None and not _is_table(slots, ground, header, hint):
        return ()
    breaks = _row_breaks(slots, ground, header)
    return (_grid(slots, breaks, header, ground),)


def cut_region(region: Region, ground: Ground) -> Slots:
    """The region's rows by column."""
    starts = region.starts
    rows: list[tuple[TextLine | None, ...]] = []
    for index, row in enumerate(region.rows):
        slots: list[TextLine | None] = [None] * len(starts)
        if index in region.bands:
            slots[0] = row.lines[0]
            rows.append(tuple(slots))
            continue
        for line in row.lines:
            for column, part in cut_line(line, starts):
                slots[column] = part if slots[column] is None else slots[column]
        rows.append(tuple(slots))
    return Slots(region, starts, _rights(region, starts, rows), tuple(rows))


def _rights(region: Region, starts: Sequence[float], rows: Sequence[Sequence[TextLine | None]]) -> tuple[float, ...]:
    """How far each column's text can reach: to the next column less the narrowest strip."""
    narrowest = min(strip.x1 - strip.x0 for strip in region.strips)
    ends = [start - narrowest for start in starts[1:]]
    return (*ends, max((line.x1 for row in rows if (line := row[-1]) is not None), default=starts[-1]))


# --- what the region is -----------------------------------------------------------------------------------------------


def _texts(row: Sequence[TextLine | None]) -> list[str]:
    return [line.text for line in row if line is not None]


def _header_rows(slots: Slots, ground: Ground, hint: HeaderHint | None) -> int:
    """How many printed lines at the top are the header."""
    rows = slots.rows
    first = rows[0]
    known = hint(_header_texts(slots, 1)) if hint else 0
    if hint and known < 2 and len(rows) > 1:
        known = max(known, hint(_header_texts(slots, 2)))
    filled = len(_texts(first))
    marked = _marked_header(slots, ground)
    if known >= 2 or (marked and filled >= 2):
        return max(marked, 1)
    return 0


def _header_texts(slots: Slots, count: int) -> list[str]:
    """The texts of the first printed lines, joined by column."""
    texts = []
    for column in range(len(slots.starts)):
        parts = [line.text for row in slots.rows[:count] if (line := row[column]) is not None]
        texts.append(_join_parts(parts))
    return [text for text in texts if text]


def _join_parts(parts: Sequence[str]) -> str:
    text = ""
    for part in parts:
        text = text[:-1] + part if text.endswith("-") and part[:1].islower() else f"{text} {part}".strip()
    return text


def _marked_header(slots: Slots, ground: Ground) -> int:
    """The printed lines at the top that type, shading or a rule below sets apart from what follows."""
    rows = slots.region.rows
    before_band = rows[: min(slots.region.bands, default=len(rows))]
    bold = _leading(before_band, lambda row: row.is_bold)
    if 0 < bold < len(rows) and bold <= 4:
        return bold
    if bold == len(rows) <= 3 and not slots.region.bands:
        # A header alone at the foot of a page, its rows on the next.
        return bold
    shaded = _leading(before_band, lambda row: shade_behind(row, ground.shades))
    if 0 < shaded < len(rows) and shaded <= 4:
        return shaded
    for index in range(min(3, len(rows) - 1)):
        if _rules_between(slots.region, index, ground.rules):
            return index + 1
    return 0


def _leading(rows: Sequence[Row], is_marked: Callable[[Row], bool]) -> int:
    count = 0
    for row in rows:
        if not is_marked(row):
            break
        count += 1
    return count


def _rules_between(region: Region, index: int, rules: Sequence[Rule]) -> bool:
    """True when a rule runs below row `index` through most of the region's width, above the next row."""
    row, following = region.rows[index], region.rows[index + 1]
    x0, x1 = min(other.x0 for other in region.rows), max(other.x1 for other in region.rows)
    covered = sum(
        max(0.0, min(rule.x1, x1) - max(rule.x0, x0))
        for rule in rules
        if rule.is_horizontal and row.baseline < rule.top + 1 and rule.top < following.baseline - 0.3 * following.size
    )
    return covered > 0.6 * (x1 - x0)


def _is_table(slots: Slots, ground: Ground, header: int, hint: HeaderHint | None) -> bool:
    if _has_fillers(slots) and not (hint and hint(_header_texts(slots, max(1, header))) >= 2):
        return False
    columns = len(slots.starts)
    body = [row for index, row in enumerate(slots.rows) if index >= header and index not in slots.region.bands]
    if hint and header and hint(_header_texts(slots, header)) >= 2:
        return True
    inner = [index for index in range(len(slots.rows) - 1) if _rules_between(slots.region, index, ground.rules)]
    if len(inner) >= 2:
        return True
    if header and (columns >= 3 or inner):
        return True
    full = [row for row in body if len(_texts(row)) >= 3]
    return columns >= 3 and len(full) >= 4


def _has_fillers(slots: Slots) -> bool:
    """Lines of dots or underscores to sign on."""
    return any(len(text) >= 5 and FILLER.match(text) for row in slots.rows for text in _texts(row))


def _is_card(slots: Slots, hint: HeaderHint | None) -> bool:
    """Two columns, labels in bold (or known, or ended by a colon) beside values that are not."""
    if len(slots.starts) != 2 or _has_fillers(slots):
        return False
    labels = [row[0] for row in slots.rows if row[0] is not None]
    values = [row[1] for row in slots.rows if row[1] is not None]
    paired = [row for row in slots.rows if row[0] is not None and row[1] is not None]
    if len(paired) < 2 or len(values) < 2 or max(len(label.text) for label in labels) > 60:
        return False
    bold = sum(label.bold for label in labels) >= 0.8 * len(labels)
    plain = sum(value.bold for value in values) <= 0.4 * len(values)
    if bold and plain and len(paired) >= 3:
        return True
    known = hint([label.text for label in labels]) if hint else 0
    colons = sum(label.text.endswith(":") for label in labels)
    return known >= max(2, 0.5 * len(labels)) or (known >= 1 and colons >= 0.8 * len(labels) and len(paired) >= 3)


# --- rows -------------------------------------------------------------------------------------------------------------


def usual_leading(rows: Sequence[Row]) -> float:
    """The distance between the baselines of a region's rows where nothing parts them."""
    gaps = Counter(round(2 * (row.baseline - before.baseline)) / 2 for before, row in zip(rows, rows[1:], strict=False))
    common = [gap for gap, number in gaps.items() if number >= 0.2 * max(gaps.values()) and gap > 0]
    return min(common) if common else (rows[0].size * 1.2 if rows else 12.0)


def _row_breaks(slots: Slots, ground: Ground, header: int) -> list[int]:
    """The printed rows at which a table row begins."""
    rows, bands = slots.region.rows, slots.region.bands
    ruled = {index + 1 for index in range(len(rows) - 1) if _rules_between(slots.region, index, ground.rules)}
    if any(index > max(header, 1) for index in ruled):
        return sorted({0, *ruled, *bands, *(index + 1 for index in bands if index + 1 < len(rows))})
    leading = min(usual_leading(rows), ground.norms.leading_of(rows[0].size) * 1.3)
    row_gap = _row_gap(slots, leading)
    breaks = [0]
    for index in range(1, len(rows)):
        if index in bands or index - 1 in bands or index == header:
            breaks.append(index)
        elif index < header:
            continue
        elif _begins_row(slots, breaks[-1], index, leading, row_gap):
            breaks.append(index)
    return breaks


def _row_gap(slots: Slots, leading: float) -> float | None:
    """The distance between baselines above which a row surely begins; None when spacing doesn't part the rows.

    Rows are often a hair further apart than lines (the thickness of a border that is not drawn), so a small step is
    tried before a plain one. It parts rows when nearly all sure starts lie above it and no sure continuation does.
    """
    starts: list[float] = []
    inner: list[float] = []
    for index in range(1, len(slots.rows)):
        gap = slots.region.rows[index].baseline - slots.region.rows[index - 1].baseline
        pairs = [(slots.rows[index - 1][column], line) for column, line in enumerate(slots.rows[index]) if line]
        if sum(above is None for above, _ in pairs) >= min(2, len(pairs)):
            starts.append(gap)
        elif any(above is not None and line.text[:1].islower() for above, line in pairs):
            inner.append(gap)
    for limit in (leading + 0.16, 1.18 * leading + 0.3):
        above = sum(gap > limit for gap in starts)
        if len(starts) >= 2 and above >= 0.75 * len(starts) and sum(gap > limit for gap in inner) <= 0.05 * len(inner):
            return limit
    return None


def _begins_row(slots: Slots, start: int, index: int, leading: float, row_gap: float | None) -> bool:
    total = _gap_vote(slots.region.rows, index, leading, row_gap)
    written = 0
    for column, line in enumerate(slots.rows[index]):
        if line is None:
            continue
        written += 1
        before = [slot for row in slots.rows[start:index] if (slot := row[column]) is not None]
        ended = slots.rows[index - 1][column] is None
        vote = vote_of_column(before, line, right=slots.rights[column], ended=ended)
        total += vote.weight * (1.4 if column == 0 else 1.0)
    if written == 1:
        # A row of the table nearly always has text in two columns at its first line.
        total -= 2.0 if len(slots.starts) > 2 else 1.0
    return total > _NEW_ROW


def _gap_vote(rows: Sequence[Row], index: int, leading: float, row_gap: float | None) -> float:
    gap = rows[index].baseline - rows[index - 1].baseline
    if row_gap is not None:
        return 3.0 if gap > row_gap else -2.5
    return 2.0 if _is_wide(gap, leading) else 0.0


def _is_wide(gap: float, leading: float) -> bool:
    return gap > 1.18 * leading + 0.3


def _grid(slots: Slots, breaks: Sequence[int], header: int, ground: Ground) -> Grid:
    ends = [*breaks[1:], len(slots.rows)]
    cells: list[GridCell] = []
    for number, (start, end) in enumerate(zip(breaks, ends, strict=True)):
        if start in slots.region.bands:
            cells.append(_band_cell(slots, number, start, ground))
            continue
        shaded = shade_behind(slots.region.rows[start], ground.shades)
        for column in range(len(slots.starts)):
            lines = tuple(line for row in slots.rows[start:end] if (line := row[column]) is not None)
            box = _cell_box(slots, column, start, end)
            cells.append(GridCell(number, column, 1, 1, box, lines, shaded=shaded))
    return _make_grid(slots, cells, len(breaks), header=sum(1 for start in breaks if start < header))


def _make_grid(slots: Slots, cells: Sequence[GridCell], row_count: int, *, header: int, cards: bool = False) -> Grid:
    box = cells[0].box
    for cell in cells[1:]:
        box = box.union(cell.box)
    return Grid(
        page=slots.region.rows[0].lines[0].page,
        box=box,
        columns=(*(start - 2 for start in slots.starts), slots.rights[-1] + 2),
        row_count=row_count,
        cells=tuple(cells),
        ruled=False,
        header_rows=header,
        cards=cards,
    )


def _band_cell(slots: Slots, number: int, index: int, ground: Ground) -> GridCell:
    row = slots.region.rows[index]
    box = Box(row.x0 - 2, row.top - 1, max(row.x1, slots.rights[-1]) + 2, row.bottom + 1)
    shaded = shade_behind(row, ground.shades)
    return GridCell(number, 0, 1, len(slots.starts), box, row.lines, shaded=shaded)


def _cell_box(slots: Slots, column: int, start: int, end: int) -> Box:
    rows = slots.region.rows[start:end]
    return Box(
        slots.starts[column] - 2,
        min(row.top for row in rows) - 1,
        slots.rights[column] + 2,
        max(row.bottom for row in rows) + 1,
    )


# --- cards ------------------------------------------------------------------------------------------------------------


def _cards(slots: Slots, ground: Ground) -> tuple[Grid, ...]:
    """One grid for each card: a wide gap, or the first label coming back, begins another."""
    rows = slots.region.rows
    leading = min(usual_leading(rows), ground.norms.leading_of(rows[0].size) * 1.3)
    breaks = [0]
    for index in range(1, len(rows)):
        if slots.rows[index][0] is not None and _begins_label(slots, breaks[-1], index, leading):
            breaks.append(index)
    cards: list[list[int]] = []
    for number, start in enumerate(breaks):
        wide = start > 0 and rows[start].baseline - rows[start - 1].baseline > 1.8 * leading
        returns = bool(cards) and _label(slots, start) == _label(slots, cards[-1][0])
        if number == 0 or wide or returns:
            cards.append([])
        cards[-1].append(start)
    ends = {start: end for start, end in zip(breaks, [*breaks[1:], len(rows)], strict=True)}
    return tuple(_card(slots, card, ends, ground) for card in cards)


def _label(slots: Slots, index: int) -> str:
    line = slots.rows[index][0]
    return line.text.rstrip(":").casefold() if line is not None else ""


def _begins_label(slots: Slots, start: int, index: int, leading: float) -> bool:
    rows = slots.region.rows
    label = slots.rows[index][0]
    if label is None or _is_wide(rows[index].baseline - rows[index - 1].baseline, leading):
        return label is not None
    before = [slot for row in slots.rows[start:index] if (slot := row[0]) is not None]
    ended = slots.rows[index - 1][0] is None
    return vote_of_column(before, label, right=slots.rights[0], ended=ended).weight > -0.5


def _card(slots: Slots, starts: Sequence[int], ends: dict[int, int], ground: Ground) -> Grid:
    cells: list[GridCell] = []
    for number, start in enumerate(starts):
        for column in range(len(slots.starts)):
            lines = tuple(line for row in slots.rows[start : ends[start]] if (line := row[column]) is not None)
            box = _cell_box(slots, column, start, ends[start])
            shaded = shade_behind(slots.region.rows[start], ground.shades)
            cells.append(GridCell(number, column, 1, 1, box, lines, shaded=shaded))
    return _make_grid(slots, cells, len(starts), header=0, cards=True)
