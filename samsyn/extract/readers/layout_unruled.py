"""A stretch of rows with white strips → a table without rules, activity cards, or neither.

Prose is never made a table on its alignment alone: it takes a header row (set in bold, underlined by a rule, shaded,
or of known header words), rules between the rows, a full grid of three columns, or labels beside their values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_grid import EDGE, Grid, GridCell
from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_regions import Ground, Region, shade_behind
from samsyn.extract.readers.layout_rows import vote_of_column
from samsyn.extract.readers.layout_slots import MAX_HEADER, Slots, cut_region, usual_leading
from samsyn.models.source import Box

HeaderHint = Callable[[Sequence[str]], int]

FILLER = re.compile(r"^[\W_]*$")
_NEW_ROW = 0.9
"""Sum of votes above which a line begins a row; tuned on rendered agreements with known rows."""
_ALL_CAPITALS = 0.5
"""Vote of capitals in all columns: names that go on a cell seldom stand side by side."""
_MERGED = -0.9
"""Vote below which a column's text surely runs on over a row's start: the cell is merged."""


def read_tables(
    region: Region, ground: Ground, hint: HeaderHint | None, *, going_on: Grid | None = None, is_last: bool = False
) -> tuple[Grid, ...]:
    """The tables that a region is, none when it is not one; `going_on` is a table that the page before ended in.

    `is_last` tells that the region is the last of its page: a card may have its first row there alone.
    """
    slots = cut_region(region, ground, keep=going_on is not None)
    if going_on is not None and going_on.cards:
        opening = _opening_label(going_on)
        return tuple(card._replace(columns=going_on.columns) for card in _cards(slots, ground, opening))
    header = _header_rows(slots, hint) if going_on is None else _repeated_rows(slots, going_on)
    if going_on is None and (_has_known_labels(slots, hint, 2 if is_last else 3) if header else _is_card(slots, hint)):
        return _cards(slots, ground)
    if is_last and going_on is None and _opens_card(slots, hint):
        return _cards(slots, ground)
    if going_on is None and not _is_table(slots, header, hint):
        return ()
    if header and not slots.header:
        # Known words alone tell the header: it is as high as the first row, whose cells may be wrapped.
        first = _row_breaks(slots, ground)[1:2]
        header = first[0] if first and first[0] <= MAX_HEADER else header
    slots = _part_bands(slots._replace(header=header), ground)
    grid = _grid(slots, _row_breaks(slots, ground), ground)
    return (grid if going_on is None else grid._replace(columns=going_on.columns),)


# --- what the region is -----------------------------------------------------------------------------------------------


def _header_rows(slots: Slots, hint: HeaderHint | None) -> int:
    """How many printed rows at the top are the header: those set apart, or the first when its words are known."""
    marked = slots.header
    if marked and sum(line is not None for line in slots.lines[0]) >= 2:
        return marked
    for count in (1, 2):
        texts = _header_texts(slots, count)
        known = hint(texts) if hint else 0
        if known >= 2 and 2 * known > len(texts):
            return max(1, marked)
    return 0


def _repeated_rows(slots: Slots, before: Grid) -> int:
    """How many printed rows at the top repeat the header of the table that goes on, or are a header in bold."""
    header = {cell.text.casefold() for row in range(before.header_rows) for cell in before.row(row) if cell.lines}
    for count in range(1, min(6, len(slots.rows))):
        texts = {text.casefold() for text in _header_texts(slots, count)}
        if len(texts) >= 2 and texts <= header:
            return count
    bold = slots.header and all(row.is_bold for row in slots.rows[: slots.header])
    return slots.header if bold and len(slots.texts(0)) >= 2 else 0


def _header_texts(slots: Slots, count: int) -> list[str]:
    """The texts of the first printed rows, joined by column."""
    texts = []
    for column in range(slots.column_count):
        text = ""
        for row in slots.lines[:count]:
            part = row[column].text if row[column] is not None else ""  # type: ignore[union-attr]
            text = text[:-1] + part if text.endswith("-") and part[:1].islower() else f"{text} {part}".strip()
        texts.append(text)
    return [text for text in texts if text]


def _is_table(slots: Slots, header: int, hint: HeaderHint | None) -> bool:
    if header == len(slots.rows) and (slots.column_count < 3 or not all(row.is_bold for row in slots.rows)):
        return False
    known = hint(_header_texts(slots, max(1, header))) if hint else 0
    if _has_fillers(slots) and (known < 2 or _has_signature_row(slots)):
        return False
    if header and known >= 2:
        return True
    inner = sum(bool(edges) for edges in slots.edges)
    if inner >= 2 or (header and (slots.column_count >= 3 or inner)):
        return True
    full = [index for index in range(header, len(slots.rows)) if len(slots.texts(index)) >= 3]
    return slots.column_count >= 3 and len(full) >= 4


def _has_fillers(slots: Slots) -> bool:
    """Lines of dots or underscores to sign on, in the few columns that signatures stand in."""
    return slots.column_count <= 4 and any(
        len(text) >= 5 and FILLER.match(text) for index in range(len(slots.rows)) for text in slots.texts(index)
    )


def _has_signature_row(slots: Slots) -> bool:
    """A row of nothing but lines to sign on."""
    rows = (slots.texts(index) for index in range(len(slots.rows)))
    return any(texts and all(len(text) >= 5 and FILLER.match(text) for text in texts) for texts in rows)


def _is_card(slots: Slots, hint: HeaderHint | None) -> bool:
    """Two columns, labels in bold (or known, or ended by a colon) beside values that are not."""
    if slots.column_count != 2 or _has_fillers(slots):
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


def _opens_card(slots: Slots, hint: HeaderHint | None) -> bool:
    """One row of a known label in bold beside a value that is not."""
    if slots.column_count != 2 or hint is None or _has_fillers(slots):
        return False
    label, value = slots.lines[0]
    alone = all(row[0] is None for row in slots.lines[1:])
    opens = label is not None and value is not None and label.bold and not value.bold
    return opens and alone and hint([slots.texts(0)[0]]) == 1


def _has_known_labels(slots: Slots, hint: HeaderHint | None, least: int) -> bool:
    """Two columns, the left one of known labels: a card, though its first row is shaded or has a rule below it."""
    if slots.column_count != 2 or hint is None or _has_fillers(slots):
        return False
    labels = [row[0].text for row in slots.lines if row[0] is not None]
    values = [row[1].text for row in slots.lines if row[1] is not None]
    known = hint(labels)
    return known >= max(least, 0.6 * len(labels)) and hint(values) <= 0.2 * len(values)


def read_terms(region: Region, ground: Ground) -> list[list[TextLine]]:
    """The lines of a list of terms, each term with the lines that explain it; [] for other side-by-side text.

    What tells it from signatures side by side is that the right side holds sentences that run over several lines.
    """
    slots = cut_region(region, ground)
    if (
        slots.column_count != 2
        or _has_fillers(slots)
        or any(slot is None for slot in (slots.lines[0][0], *slots.lines[0][1:]))
    ):
        return []
    terms = [row[0] for row in slots.lines if row[0] is not None]
    breaks = _row_breaks(slots, ground)
    wrapped = len(slots.rows) - len(breaks)
    alone = [start for start in breaks if slots.lines[start][0] is None]
    if (
        len(breaks) < 3
        or wrapped < 1
        or alone
        or len(terms) != len(breaks)
        or max(len(term.text) for term in terms) > 40
    ):
        return []
    ends = [*breaks[1:], len(slots.rows)]
    return [
        [line for row in slots.lines[start:end] for line in row if line is not None]
        for start, end in zip(breaks, ends, strict=True)
    ]


# --- rows -------------------------------------------------------------------------------------------------------------


def _row_breaks(slots: Slots, ground: Ground) -> list[int]:
    """The printed rows at which a table row begins."""
    drawn = {index + 1 for index, columns in enumerate(slots.edges) if columns}
    fixed = {0, *drawn, *slots.bands, *(index + 1 for index in slots.bands if index + 1 < len(slots.rows))}
    if slots.header < len(slots.rows):
        fixed.add(slots.header)
    # Rules stand between all rows or between none; shading may mark every other row.
    ruled = {index for index in drawn if _is_ruled(slots, index, ground)}
    if any(index > max(slots.header, 1) for index in ruled):
        return sorted(index for index in fixed if index == 0 or index >= slots.header or index in drawn)
    leading = min(usual_leading(slots), ground.norms.leading_of(slots.rows[0].size) * 1.3)
    row_gap = _row_gap(slots, leading)
    breaks = [0]
    for index in range(1, len(slots.rows)):
        voted = index > slots.header and _begins_row(slots, breaks[-1], index, leading, row_gap)
        if (index in fixed and index >= slots.header) or voted:
            breaks.append(index)
    return breaks


def _part_bands(slots: Slots, ground: Ground) -> Slots:
    """The header without a bold band below it: a lone text under the first column that begins anew."""
    leading = min(usual_leading(slots), ground.norms.leading_of(slots.rows[0].size) * 1.3)
    row_gap = _row_gap(slots, leading)
    for index in range(1, min(slots.header, len(slots.rows) - 1)):
        alone = slots.lines[index][0] is not None and len(slots.texts(index)) == 1
        gap = slots.distance(index)
        anew = gap > row_gap if row_gap is not None else _vote(slots, 0, index, 0) > 0
        if alone and anew and index == slots.header - 1 and slots.column_count > 2:
            return slots._replace(header=index, bands=slots.bands | {index})
    return slots


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
    votes = {column: _vote(slots, start, index, column) for column in written}
    if len(votes) >= 4 and votes.get(0, 0.0) < _MERGED and min(list(votes.values())[1:]) > _MERGED:
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


def _vote(slots: Slots, start: int, index: int, column: int) -> float:
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
    return 2.0 if _is_wide(gap, leading) else 0.0


def _is_wide(gap: float, leading: float) -> bool:
    return gap > 1.18 * leading + 0.3


# --- cells ------------------------------------------------------------------------------------------------------------


class _Plan(NamedTuple):
    """A table's rows: at which printed rows they begin and end, and how they are numbered."""

    slots: Slots
    breaks: tuple[int, ...]
    ends: tuple[int, ...]
    first: int
    """The first row whose cells are plain; above it stands a header in two rows."""
    shift: int
    """What is added to the number of a plain row."""


def _grid(slots: Slots, breaks: Sequence[int], ground: Ground) -> Grid:
    """The grid of a table whose rows begin at `breaks`."""
    ends = (*breaks[1:], len(slots.rows))
    groups = _group_header(slots)
    cells = list(_header_cells(slots, groups, ground)) if groups else []
    first = sum(1 for end in ends if end <= slots.header) if groups else 0
    plan = _Plan(slots, tuple(breaks), ends, first, 2 - first if groups else 0)
    for column in range(slots.column_count):
        cells.extend(_column_cells(plan, column, ground))
    for number, start in enumerate(breaks):
        if start in slots.bands:
            cells.append(_band_cell(slots, number + plan.shift, start, ground))
    header = 2 if groups else sum(1 for end in ends if end <= slots.header)
    return _make_grid(slots, sorted(cells), len(breaks) + plan.shift, header=header)


def _column_cells(plan: _Plan, column: int, ground: Ground) -> list[GridCell]:
    """The plain cells of one column, merged where its text or the drawn edges run on."""
    slots = plan.slots
    cells: list[GridCell] = []
    sparse, reach = _is_sparse(slots, column, plan.breaks), _reach(slots, column)
    for number in range(plan.first, len(plan.breaks)):
        start, end = plan.breaks[number], plan.ends[number]
        if start in slots.bands:
            continue
        lines = tuple(line for row in slots.lines[start:end] if (line := row[column]) is not None)
        box = _cell_box(slots, column, start, end)
        shaded = shade_behind(slots.rows[start], ground.shades)
        cell = GridCell(number + plan.shift, column, 1, 1, box, lines, shaded=shaded, reach=reach)
        above = cells[-1] if cells and cells[-1].row + cells[-1].row_span == cell.row else None
        if above is not None and start > slots.header and _is_merged(plan, column, number, above, sparse=sparse):
            cells[-1] = above._replace(
                row_span=above.row_span + 1, box=above.box.union(box), lines=(*above.lines, *lines)
            )
        else:
            cells.append(cell)
    return cells


def _reach(slots: Slots, column: int) -> float:
    """Where the longest line of a column ends."""
    ends = (
        line.x1
        for index, row in enumerate(slots.lines)
        if index not in slots.bands and (line := row[column]) is not None
    )
    return max(ends, default=slots.rights[column])


def _is_sparse(slots: Slots, column: int, breaks: Sequence[int]) -> bool:
    """True for a first column that stays empty in many rows: its cells are merged downwards."""
    if column > 1 or slots.column_count < 3:
        return False
    starts = [start for start in breaks if start >= slots.header and start not in slots.bands]
    filled = [start for start in starts if slots.lines[start][column] is not None]
    if column:
        # A second column is merged only within the cells of the first.
        first = [start for start in starts if slots.lines[start][0] is not None]
        return _is_sparse(slots, 0, breaks) and set(first) <= set(filled)
    return len(starts) >= 4 and 2 <= len(filled) <= 0.6 * len(starts)


def _is_merged(plan: _Plan, column: int, number: int, above: GridCell, *, sparse: bool) -> bool:
    """Whether a cell is the continuation of the one above it."""
    slots, start = plan.slots, plan.breaks[number]
    drawn = slots.edges[start - 1]
    if drawn and any(column in edges for edges in slots.edges):
        # The edge between the two rows leaves this column out; where labels alone are shaded, none says anything.
        return column not in drawn
    if bool(above.lines) and _runs_past(slots, range(start, plan.ends[number]), column):
        return True
    line = slots.lines[start][column]
    if line is None:
        return sparse and bool(above.lines)
    began = plan.breaks[number - 1]
    runs_on = slots.lines[start - 1][column] is not None and column <= 1
    return runs_on and _vote(slots, began, start, column) < _MERGED


def _runs_past(slots: Slots, rows: range, column: int) -> bool:
    """True when a column's text goes on between the lines of its neighbours, line by line past the start of a row."""
    index = next((index for index in rows if slots.lines[index][column] is not None), None)
    return index is not None and slots.runs_past(index, column)


def _group_header(slots: Slots) -> tuple[tuple[int, int], ...]:
    """First and last columns of each header that stands over several columns with headers of their own."""
    if slots.header < 2 or slots.column_count < 3:
        return ()
    top = [line is not None for line in slots.lines[0]]
    lower = [
        any(row[column] is not None for row in slots.lines[1 : slots.header]) for column in range(slots.column_count)
    ]
    if all(lower):
        # Headers set from the bottom look the same.
        return ()
    groups: list[tuple[int, int]] = []
    column = 0
    while column < slots.column_count:
        last = column
        while last + 1 < slots.column_count and not top[last + 1] and lower[last + 1]:
            last += 1
        if top[column] and lower[column] and last > column:
            groups.append((column, last))
        column = last + 1
    return tuple(groups)


def _header_cells(slots: Slots, groups: Sequence[tuple[int, int]], ground: Ground) -> list[GridCell]:
    """The cells of a header in two rows: groups above their columns, the others over both rows."""
    cells: list[GridCell] = []
    grouped = {column for first, last in groups for column in range(first, last + 1)}
    shaded = shade_behind(slots.rows[0], ground.shades)
    for first, last in groups:
        line = slots.lines[0][first]
        box = _cell_box(slots, first, 0, 1).union(_cell_box(slots, last, 0, 1))
        cells.append(GridCell(0, first, 1, last - first + 1, box, (line,) if line else (), shaded=shaded))
    for column in range(slots.column_count):
        begin = 1 if column in grouped else 0
        lines = tuple(line for row in slots.lines[begin : slots.header] if (line := row[column]) is not None)
        box = _cell_box(slots, column, begin, slots.header)
        cells.append(GridCell(begin, column, 2 - begin, 1, box, lines, shaded=shaded))
    return cells


def _make_grid(slots: Slots, cells: Sequence[GridCell], row_count: int, *, header: int, cards: bool = False) -> Grid:
    box = cells[0].box
    for cell in cells[1:]:
        box = box.union(cell.box)
    return Grid(
        page=slots.rows[0].lines[0].page,
        box=box,
        columns=(*(start - EDGE for start in slots.starts), slots.rights[-1] + EDGE),
        row_count=row_count,
        cells=tuple(cells),
        ruled=False,
        header_rows=header,
        cards=cards,
    )


def _band_cell(slots: Slots, number: int, index: int, ground: Ground) -> GridCell:
    row = slots.rows[index]
    box = Box(row.x0 - 2, row.top - 1, max(row.x1, slots.rights[-1]) + 2, row.bottom + 1)
    return GridCell(number, 0, 1, slots.column_count, box, row.lines, shaded=shade_behind(row, ground.shades))


def _cell_box(slots: Slots, column: int, start: int, end: int) -> Box:
    rows = slots.rows[start:end]
    return Box(
        slots.starts[column] - 2,
        min(row.top for row in rows) - 1,
        slots.rights[column] + 2,
        max(row.bottom for row in rows) + 1,
    )


# --- cards ------------------------------------------------------------------------------------------------------------


def _opening_label(card: Grid) -> str:
    """The label that a card begins with."""
    return _plain_label(card.row(0)[0].text)


def _cards(slots: Slots, ground: Ground, opening: str = "") -> tuple[Grid, ...]:
    """One grid for each card: a wide gap, or the first label coming back, begins another.

    `opening` is the first label of a card that the page before ended in.
    """
    rows = slots.rows
    leading = min(usual_leading(slots), ground.norms.leading_of(rows[0].size) * 1.3)
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


def _label(slots: Slots, index: int) -> str:
    line = slots.lines[index][0]
    return _plain_label(line.text) if line is not None else ""


def _plain_label(text: str) -> str:
    return text.rstrip(":").casefold()


def _begins_label(slots: Slots, start: int, index: int, leading: float) -> bool:
    if slots.lines[index][0] is None:
        return False
    gap = slots.distance(index)
    return _is_wide(gap, leading) or _vote(slots, start, index, 0) > -0.5


def _card(slots: Slots, starts: Sequence[int], ends: dict[int, int], ground: Ground) -> Grid:
    cells: list[GridCell] = []
    for number, start in enumerate(starts):
        for column in range(slots.column_count):
            lines = tuple(line for row in slots.lines[start : ends[start]] if (line := row[column]) is not None)
            box = _cell_box(slots, column, start, ends[start])
            shaded = shade_behind(slots.rows[start], ground.shades)
            cells.append(GridCell(number, column, 1, 1, box, lines, shaded=shaded))
    return _make_grid(slots, cells, len(starts), header=0, cards=True)
