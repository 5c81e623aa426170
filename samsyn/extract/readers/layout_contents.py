"""Sheets → the same sheets without tables of contents, whose entries would otherwise pass for headings and sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_regions import Row, find_rows
from samsyn.extract.readers.layout_sheet import Sheet

_LEADER = re.compile(r"[.·…_]\s?(?:[.·…_]\s?){3,}\s*(\d{1,3})(?!\d)")
"""Four dots or more and a number; with the first dot by itself other letters are passed over quickly."""
_BARE_NUMBER = re.compile(r"^\d{1,3}$")
WRAPPED = 8
"""Lines between two entries that still belong to them: entries wrapped in a narrow column."""


class Cleared(NamedTuple):
    """Sheets without contents, and the lines taken out."""

    sheets: tuple[Sheet, ...]
    contents: tuple[TextLine, ...]


def clear_contents(sheets: Sequence[Sheet]) -> Cleared:
    """The sheets without runs of three or more entries that end in growing page numbers."""
    last = sheets[-1].number if sheets else 0
    kept: list[Sheet] = []
    taken: list[TextLine] = []
    open_run = False
    for sheet in sheets:
        rows = find_rows(sheet.lines)
        entries = _entries(rows, last)
        if len(entries) < (1 if open_run else 3):
            kept.append(sheet)
            open_run = False
            continue
        span = _span(rows, entries)
        lines = [line for row in span for line in row.lines]
        marks = {id(line) for line in lines}
        kept.append(sheet._replace(lines=tuple(line for line in sheet.lines if id(line) not in marks)))
        taken.extend(lines)
        open_run = entries[-1] >= len(rows) - WRAPPED
    return Cleared(tuple(kept), tuple(taken))


def _entries(rows: Sequence[Row], last_page: int) -> list[int]:
    """The indexes of rows that are entries: dot leaders, or a number at one right edge, that never fall."""
    led = [(index, int(match.group(1))) for index, row in enumerate(rows) if (match := _LEADER.search(row.text))]
    if len(led) >= 2:
        return [index for index, _ in led]
    found = [(index, number) for index, row in enumerate(rows) if (number := _page_at_end(row)) is not None]
    runs: list[list[tuple[int, int]]] = [[]]
    for index, number in found:
        before = runs[-1][-1] if runs[-1] else None
        aligned = before is not None and abs(rows[before[0]].x1 - rows[index].x1) < 4
        if before is None or (index - before[0] <= 3 and number >= before[1] and aligned):
            runs[-1].append((index, number))
        else:
            runs.append([(index, number)])
    best = max(runs, key=len)
    plausible = len(best) >= 3 and best[-1][1] <= last_page + 20 and best[-1][1] > best[0][1]
    return [index for index, _ in best] if plausible else []


def _page_at_end(row: Row) -> int | None:
    """The number a row ends in, set apart from its text by a wide gap or a tab."""
    if len(row.lines) != 2 or not _BARE_NUMBER.match(row.lines[1].text):
        return None
    return int(row.lines[1].text)


def _span(rows: Sequence[Row], entries: Sequence[int]) -> list[Row]:
    """The entries and the few rows between them."""
    taken: list[Row] = []
    for before, index in zip([entries[0], *entries], entries, strict=False):
        gap = range(before + 1, index) if index - before - 1 <= WRAPPED else ()
        taken.extend(rows[between] for between in gap)
        taken.append(rows[index])
    return taken
