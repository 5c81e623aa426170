"""Takes the cells of columns whose headers nobody knows and says what they hold: what is done, by whom, when."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from samsyn.extract.finders.units import names_unit, split_units
from samsyn.vocabulary.phrases import either_of, has_phrase, phrase_list

_SHARE = 0.7
"""This share of a column's written cells must look alike for it to be a column of units or of times."""

_UNIT_LENGTH = 70
_TIME_LENGTH = 60
_ACTION_LENGTH = 18
"""What is to be done takes more letters than this, in the mean; a place or a name fewer."""

_UNIT_WORDS = 5
"""The name of a unit takes no more words than this, in nearly all cases."""

_DATE = re.compile(r"\b(?:19|20)\d\d\b|^\W*\d{1,2}(?:\s*[–-]\s*\d{1,2})?\W*$")


def tells_when(cells: Sequence[str]) -> bool:
    """True for a column of times: years, weeks, months, 'löpande'."""
    return _most(cells, lambda cell: len(cell) <= _TIME_LENGTH and _is_time(cell))


def tells_who(cells: Sequence[str]) -> bool:
    """True for a column of units: 'Socialförvaltningen', 'KS, BUN', 'rektor'."""
    return _most(cells, lambda cell: len(cell) <= _UNIT_LENGTH and names_unit(cell) and not cell.endswith("."))


def tells_what(cells: Sequence[str]) -> float:
    """How much a column looks like what is to be done: the mean length of its cells, 0 for figures and short names.

    Cells that tell what came of it ('Tio möten hölls.') tell nothing to do, however long they are.
    """
    written = [cell for cell in cells if cell]
    if not written or any(_figures().match(cell) for cell in written) or _most(cells, _tells_what_came):
        return 0.0
    mean = sum(len(cell) for cell in written) / len(written)
    return mean if mean >= _ACTION_LENGTH and not tells_who(cells) and not tells_when(cells) else 0.0


def _tells_what_came(cell: str) -> bool:
    return cell.endswith(".") and has_phrase(cell, "promise", "reported")


@cache
def _figures() -> re.Pattern[str]:
    """Figures, with or without what they count: '12', '40 %', '3 tkr'."""
    return re.compile(rf"^[\W\d_]*(?:{either_of(phrase_list('cells', 'amounts'))})?[\W\d_]*$")


def is_unit_list(cell: str) -> bool:
    """True for a cell of units and nothing else; 'Rektor kallar' and 'Socialförvaltningen leder' say more."""
    units = split_units(cell)
    return len(cell) <= _UNIT_LENGTH and bool(units) and all(_ends_as_unit(unit) for unit in units)


def _ends_as_unit(unit: str) -> bool:
    words = unit.split()
    return len(words) <= _UNIT_WORDS and (names_unit(words[-1]) or (names_unit(unit) and words[-1][:1].isupper()))


def _is_time(cell: str) -> bool:
    return bool(_DATE.search(cell)) or has_phrase(cell, "cells", "times")


def _most(cells: Sequence[str], test: Callable[[str], bool]) -> bool:
    written = [cell for cell in cells if cell]
    return len(written) > 1 and sum(test(cell) for cell in written) >= _SHARE * len(written)
