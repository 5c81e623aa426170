"""Takes a table of rows, gives it as aligned columns: as much as fits a terminal, all of it elsewhere.

Numbers, days and ids are read whole or not at all. Where a terminal is too narrow for all columns, the ones that say
least give way, then texts are cut; a last line says what is not shown.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from samsyn.models.table import Column, Table, Value
from samsyn.write.clean import one_line
from samsyn.write.labels import number_label
from samsyn.write.row_labels import column_label, shown_value

_GIVE_WAY = (
    "sha256", "value_id", "value", "score", "found_in", "file", "place", "county", "category", "parent", "titles",
    "code", "warnings", "signatories", "title", "kind", "end_date", "start_date",
)  # fmt: skip
"""The columns that are left out where there is no room, the first of them first."""
_CONTEXT = "context"
"""The column of passages in which words were found, each in brackets."""
_LEAST_TEXT = 24
"""Letters of a text that must have room; of context, twice as many."""
_LEAST_ID = 30
_LEAST_HEADING = 8
_MOST_TEXT = 60
_GAP = "  "
_CUT = "…"


@dataclass(slots=True)
class _Shown:
    """A column as it is shown: its heading and cells, how wide it would be and how narrow it may become."""

    column: Column
    heading: str
    cells: list[str]
    natural: int
    least: int
    width: int = 0

    @property
    def is_number(self) -> bool:
        """True when it is set to the right."""
        return self.column.kind in ("integer", "number")


def write_screen_table(table: Table, stream: TextIO) -> None:
    """Write the columns side by side; on a terminal within its width, elsewhere whole."""
    rows = [
        [_text(column, value) for column, value in zip(table.schema.columns, row, strict=True)] for row in table.rows
    ]
    columns = [_shown(column, [row[place] for row in rows]) for place, column in enumerate(table.schema.columns)]
    every = [column for column in columns if not rows or any(column.cells)]
    room = shutil.get_terminal_size().columns if stream.isatty() else None
    kept = every if room is None else _fitting(every, room)
    for column in kept:
        column.width = column.width or column.natural
    _write_line(stream, kept, [column.heading for column in kept])
    _write_line(stream, kept, ["─" * column.width for column in kept])
    for place in range(len(rows)):
        _write_line(stream, kept, [column.cells[place] for column in kept])
    left_out = [column.heading for column in every if column not in kept]
    if left_out:
        some = ", ".join(left_out[:_NAMED]) + (f" och {len(left_out) - _NAMED} till" if len(left_out) > _NAMED else "")
        stream.write(f"\nRyms inte: {some}. Allt finns med --format csv eller -o FIL.csv.\n")


_NAMED = 6
"""So many of the columns that are not shown are named."""


def _shown(column: Column, cells: list[str]) -> _Shown:
    heading = column_label(column.name)
    natural = max((len(cell) for cell in (heading, *cells)), default=1)
    if column.kind in ("integer", "number", "date") or column.name.endswith("_date"):
        least = natural
    elif any(" " in cell for cell in cells):
        natural = natural if column.name == _CONTEXT else min(natural, _MOST_TEXT)
        least = min(natural, _LEAST_TEXT * (2 if column.name == _CONTEXT else 1))
    else:
        least = min(natural, _MOST_TEXT)
    return _Shown(column, heading, cells, natural, least)


def _fitting(columns: Sequence[_Shown], room: int) -> list[_Shown]:
    """The columns that fit, each with its width."""
    kept = _without_the_least(columns, room)
    if _needed(kept) > room:
        for column in kept:
            shortest = _LEAST_TEXT if column.column.name == _CONTEXT else _LEAST_ID
            column.least = column.least if column.is_number else min(column.least, shortest)
    if _needed(kept) > room:
        for column in kept:
            longest = max(map(len, column.cells), default=1)
            column.least = max(longest, _LEAST_HEADING) if column.is_number else column.least
    while len(kept) > 1 and _needed(kept) > room:
        kept.pop()
    _share_out(kept, room)
    return kept


def _without_the_least(columns: Sequence[_Shown], room: int) -> list[_Shown]:
    """The columns but those that give way, as far as they must."""
    names = [column.column.name for column in columns]
    gone: list[str] = []
    for name in (name for name in _GIVE_WAY if name in names[1:]):
        if _needed([column for column in columns if column.column.name not in gone]) > room:
            gone.append(name)
    for name in reversed(gone):
        with_it = [column for column in columns if column.column.name not in gone or column.column.name == name]
        if _needed(with_it) <= room:
            gone.remove(name)
    return [column for column in columns if column.column.name not in gone]


def _needed(columns: Sequence[_Shown]) -> int:
    return sum(column.least for column in columns) + len(_GAP) * (len(columns) - 1)


def _share_out(columns: Sequence[_Shown], room: int) -> None:
    """Widen the columns from their least towards their natural width, the narrowest of them first."""
    spare = max(0, room - _needed(columns))
    for column in columns:
        column.width = min(column.least, room)
    wanting = sorted(columns, key=lambda column: column.natural - column.width)
    for place, column in enumerate(wanting):
        more = min(column.natural - column.width, spare // (len(wanting) - place))
        column.width += max(0, more)
        spare -= max(0, more)


def _write_line(stream: TextIO, columns: Sequence[_Shown], cells: Iterable[str]) -> None:
    shown = (_fit(cell, column.width, right=column.is_number) for column, cell in zip(columns, cells, strict=True))
    stream.write(_GAP.join(shown).rstrip() + "\n")


def _fit(text: str, width: int, *, right: bool) -> str:
    """The text in so many letters; of context, the letters around what was found."""
    if len(text) > width:
        found = text.find("[")
        text = text if found < width // 2 else _CUT + text[found - width // 3 :]
        text = text if len(text) <= width else text[: width - 1] + _CUT
    return text.rjust(width) if right else text.ljust(width)


def _text(column: Column, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return number_label(value)
    return one_line(shown_value(column.name, value)) if isinstance(value, str) else str(value)
