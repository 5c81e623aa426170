"""Takes a place in running text and says whether the header words of a flattened table stand there."""

from __future__ import annotations

from samsyn.extract.readers.text_hints import Hints
from samsyn.extract.readers.text_words import RunningText

_LEAST_COLUMNS = 3
_MOST_COLUMNS = 20
_LONGEST_COLUMN = 5
_LONGEST_UNKNOWN = 3
"""So many words of a header that is not known may stand between those that are."""


class Columns:
    """Judges where flattened tables begin in one text."""

    def __init__(self, text: RunningText, hints: Hints) -> None:
        self._text = text
        self._words = text.words
        self._hints = hints
        self._columns: dict[int, list[int]] = {}

    def at(self, index: int) -> list[int]:
        """Where each of at least three column headers in a row begins, and where the last ends; empty when none do."""
        if index not in self._columns:
            self._columns[index] = self._judge_columns(index)
        return self._columns[index]

    def _judge_columns(self, index: int) -> list[int]:
        stop = end = index
        columns: list[int] = []
        known = 0
        while stop < len(self._words) and stop - end <= _LONGEST_UNKNOWN and len(columns) <= _MOST_COLUMNS:
            length = self._column_length(stop)
            if not length:
                break
            columns.append(stop)
            is_known = self._hints.is_column(self._text.slice(stop, stop + length))
            stop += length
            known += is_known
            end = stop if is_known else end
        columns = [start for start in columns if start < end]
        if known < _LEAST_COLUMNS or known * 4 < len(columns) * 3:
            return []
        return [*columns, end] if self._hints.is_column(self._text.slice(columns[0], columns[1])) else []

    def _column_length(self, index: int) -> int:
        """How many words a column header at `index` has, one with a capital and those behind it; 0 for too many."""
        words = self._words
        if not words[index].is_upper:
            return 0
        stop = index + 1
        while stop < len(words) and not words[stop - 1].closes and words[stop].core[:1].islower():
            stop += 1
        return 0 if words[stop - 1].closes or stop - index > _LONGEST_COLUMN else stop - index
