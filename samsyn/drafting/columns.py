"""Takes the raw rows of measures and gives the columns they share, so that rows of one table stand together again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from samsyn.models.agreement import Measure
from samsyn.vocabulary.columns import column_lexicon
from samsyn.write.labels import measure_label

_SHARED = 0.5
"""Rows that share this part of the shorter one's columns are rows of one table; empty cells leave no column."""

_FIELDS = (
    "cause",
    "title",
    "municipality_action",
    "police_action",
    "joint_action",
    "target_group",
    "place",
    "goal",
    "effect",
    "indicator",
    "responsible",
    "participants",
    "schedule",
    "follow_up",
    "communication",
    "resources",
    "status",
)
"""The fields of a measure in the order in which a table of them is read."""


def row_cells(measure: Measure) -> dict[str, str]:
    """The raw row by its column headings, with a column for each field of which the raw row holds nothing.

    The title of a card stands over its labels and is none of them.
    """
    cells = dict(measure.cells)
    written = "\n".join([*cells, *cells.values()])
    for field in _FIELDS:
        value = getattr(measure, field)
        texts = value if isinstance(value, tuple) else (value,) if value else ()
        lines = [line for text in texts for line in text.split("\n")]
        over_card = field == "title" and measure.form == "card" and bool(cells)
        if lines and not over_card and not any(line in written for line in lines):
            cells.setdefault(measure_label(field), ", ".join(texts))
    return cells


def merge_columns(columns: Sequence[str], more: Sequence[str]) -> tuple[str, ...] | None:
    """Both rows' columns in one order, or None where the rows are of different tables.

    A column that only one of them has stands behind the one it stood behind.
    """
    shared = [column for column in more if column in columns]
    if len(shared) < max(1, _SHARED * min(len(columns), len(more))):
        return None
    if shared != [column for column in columns if column in shared]:
        return None
    merged = list(columns)
    place = 0
    for column in more:
        if column in merged:
            place = merged.index(column) + 1
        else:
            merged.insert(place, column)
            place += 1
    return tuple(merged)


def number_column(columns: Sequence[str]) -> str | None:
    """The column of running numbers, if there is one."""
    return next((column for column in columns if column_lexicon().meaning(column) == "number"), None)


def status_columns(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that tell how far one had come."""
    return tuple(column for column in columns if column_lexicon().meaning(column) == "status")


def header_groups(measures: Iterable[Measure]) -> frozenset[str]:
    """The words that stand over several columns: 'Ansvarig' over 'Kommunen' and 'Polisen'.

    A raw row names such columns 'Ansvarig Kommunen' and 'Ansvarig Polisen', side by side, each with a second capital.
    """
    pairs = {pair for measure in measures for pair in pairwise(measure.cells)}
    return frozenset(group for left, right in pairs if (group := _common_group(left, right)))


def _common_group(left: str, right: str) -> str:
    ours, theirs = left.split(), right.split()
    shared = 0
    while shared < min(len(ours), len(theirs)) - 1 and ours[shared] == theirs[shared]:
        shared += 1
    both_begin_anew = shared and ours[shared][:1].isupper() and theirs[shared][:1].isupper()
    return " ".join(ours[:shared]) if both_begin_anew else ""


def split_header(column: str, groups: frozenset[str]) -> tuple[str, str]:
    """The upper and the lower line of a column's header; the upper one is empty where the header is a single line."""
    found = [group for group in groups if column.startswith(f"{group} ") and column[len(group) + 1].isupper()]
    if not found:
        return "", column
    group = max(found, key=len)
    return group, column[len(group) + 1 :]
