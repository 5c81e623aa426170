"""Takes a place in running text and says whether the header words of a flattened table stand there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from samsyn.extract.readers.text_hints import Hints
from samsyn.extract.readers.text_words import RunningText

_LEAST_COLUMNS = 3
_MOST_COLUMNS = 20
_LONGEST_COLUMN = 5
_LONGEST_UNKNOWN = 3
"""So many words of a header that is not known may stand between those that are."""


class _Header(NamedTuple):
    """What may be the header of a column, from one word to another."""

    start: int
    stop: int
    is_known: bool


def _open_end(found: Sequence[_Header]) -> int:
    """How many words stand behind the last header that is known."""
    last = next((header.stop for header in reversed(found) if header.is_known), found[0].start if found else 0)
    return found[-1].stop - last if found else 0


def _without_cells(found: Sequence[_Header]) -> list[_Header]:
    """The headers without the unknown at their end; nor with one behind such: 'Polisen' in the first row is a cell."""
    kept = _up_to_known(found)
    if len(kept) > _LEAST_COLUMNS and not kept[-2].is_known and sum(one.is_known for one in kept) > _LEAST_COLUMNS:
        kept = _up_to_known(kept[:-1])
    return kept


def _up_to_known(found: Sequence[_Header]) -> list[_Header]:
    last = max((at for at, header in enumerate(found) if header.is_known), default=-1)
    return list(found[: last + 1])


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
        found: list[_Header] = []
        end = index
        while end < len(self._words) and len(found) <= _MOST_COLUMNS and _open_end(found) <= _LONGEST_UNKNOWN:
            length = self._column_length(end)
            if not length:
                break
            found.append(_Header(end, end + length, self._hints.is_column(self._text.slice(end, end + length))))
            end += length
        found = _without_cells(found)
        known = sum(header.is_known for header in found)
        if known < _LEAST_COLUMNS or known * 4 < len(found) * 3 or not found[0].is_known:
            return []
        return [*(header.start for header in found), found[-1].stop]

    def _column_length(self, index: int) -> int:
        """How many words a column header at `index` has, one with a capital and those behind it; 0 for too many."""
        words = self._words
        if not words[index].is_upper:
            return 0
        stop = index + 1
        while stop < len(words) and not words[stop - 1].closes and words[stop].core[:1].islower():
            stop += 1
        return 0 if words[stop - 1].closes or stop - index > _LONGEST_COLUMN else stop - index
