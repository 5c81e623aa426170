"""A stretch of rows with white strips → a table without rules, activity cards, or neither.

Prose is never made a table on its alignment alone: it takes a header row (set in bold, underlined by a rule, shaded,
or of known header words), rules between the rows, a full grid of three columns, or labels beside their values.
"""

from __future__ import annotations

from samsyn.extract.readers.layout_breaks import part_bands, row_breaks
from samsyn.extract.readers.layout_cards import (
    FILLER,
    cards_of,
    has_fillers,
    has_known_labels,
    is_card,
    opening_label,
    opens_card,
)
from samsyn.extract.readers.layout_cells import table_of
from samsyn.extract.readers.layout_grid import Grid
from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_regions import Ground, HeaderHint, Region
from samsyn.extract.readers.layout_slots import MAX_HEADER, Slots, cut_region


def read_tables(
    region: Region, ground: Ground, hint: HeaderHint | None, *, going_on: Grid | None = None, is_last: bool = False
) -> tuple[Grid, ...]:
    """The tables that a region is, none when it is not one; `going_on` is a table that the page before ended in.

    `is_last` tells that the region is the last of its page: a card may have its first row there alone.
    """
    slots = cut_region(region, ground, keep=going_on is not None)
    if going_on is not None and going_on.cards:
        opening = opening_label(going_on)
        return tuple(card._replace(columns=going_on.columns) for card in cards_of(slots, ground, opening))
    header = _header_rows(slots, hint) if going_on is None else _repeated_rows(slots, going_on)
    if going_on is None and (has_known_labels(slots, hint, 2 if is_last else 3) if header else is_card(slots, hint)):
        return cards_of(slots, ground)
    if is_last and going_on is None and opens_card(slots, hint):
        return cards_of(slots, ground)
    if going_on is None and not _is_table(slots, header, hint):
        return ()
    if header and not slots.header:
        # Known words alone tell the header: it is as high as the first row, whose cells may be wrapped.
        first = row_breaks(slots, ground)[1:2]
        header = first[0] if first and first[0] <= MAX_HEADER else header
    slots = part_bands(slots._replace(header=header), ground)
    grid = table_of(slots, row_breaks(slots, ground), ground)
    return (grid if going_on is None else grid._replace(columns=going_on.columns),)


def _header_rows(slots: Slots, hint: HeaderHint | None) -> int:
    """How many printed rows at the top are the header: those set apart, or the first when its words are known."""
    marked = slots.header
    if any(len(slots.texts(index)) >= 2 for index in range(marked)):
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
    for count in range(min(5, len(slots.rows) - 1), 0, -1):
        joined = {text.casefold() for text in _header_texts(slots, count)}
        lines = {text.casefold() for index in range(count) for text in slots.texts(index)}
        # Of a header in two rows each line is a cell.
        if len(joined) >= 2 and (joined <= header or lines <= header):
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
    if has_fillers(slots) and (known < 2 or _has_signature_row(slots)):
        return False
    if header and known >= 2:
        return True
    inner = sum(bool(edges) for edges in slots.edges)
    if inner >= 2 or (header and (slots.column_count >= 3 or inner)):
        return True
    full = [index for index in range(header, len(slots.rows)) if len(slots.texts(index)) >= 3]
    return slots.column_count >= 3 and len(full) >= 4


def _has_signature_row(slots: Slots) -> bool:
    """A row of nothing but lines to sign on."""
    rows = (slots.texts(index) for index in range(len(slots.rows)))
    return any(texts and all(len(text) >= 5 and FILLER.match(text) for text in texts) for texts in rows)


def read_terms(region: Region, ground: Ground) -> list[list[TextLine]]:
    """The lines of a list of terms, each term with the lines that explain it; [] for other side-by-side text.

    What tells it from signatures side by side is that the right side holds sentences that run over several lines.
    """
    slots = cut_region(region, ground)
    if (
        slots.column_count != 2
        or has_fillers(slots)
        or any(slot is None for slot in (slots.lines[0][0], *slots.lines[0][1:]))
    ):
        return []
    terms = [row[0] for row in slots.lines if row[0] is not None]
    breaks = row_breaks(slots, ground)
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
