"""The words and numbers of measurable goals: takes `quantities.toml`, gives patterns, values and clauses."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import PhrasePattern, either_of

_DIGITS = r"(?<![\d,.])(?:\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)(?![\d])"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLAUSE = 300
_CLAUSE_END = re.compile(r"[.!?](?=\s|$)|[;:\n]")


@cache
def words() -> dict[str, Any]:
    """The whole of quantities.toml."""
    return load_toml("quantities.toml")


def small(*names: str) -> str:
    """The small words of these lists as what a pattern may hold one of: 'av', 'per'."""
    return either_of(word for name in names for word in words()["small"][name])


# ---- numbers ----


@cache
def _numerals() -> dict[str, float]:
    """The number words; tens are joined with ones: 'tjugofem', 'åttiotvå'."""
    plain = words()["numerals"]
    tens, ones, _ = _numeral_parts()
    joined = {ten + one: float(plain[ten] + plain[one]) for ten in tens for one in ones}
    return joined | {word: float(value) for word, value in plain.items()}


def _numeral_parts() -> tuple[list[str], list[str], list[str]]:
    """The words for tens, for the ones that are joined to them, and all that are no tens."""
    plain = words()["numerals"]
    tens = [word for word, value in plain.items() if value in range(20, 100, 10)]
    ones = [word for word, value in plain.items() if 1 <= value <= 9]
    return tens, ones, [word for word in plain if word not in tens]


@cache
def number_pattern() -> str:
    """A number in figures or letters, with 'miljoner' behind it where it has that."""
    tens, ones, others = _numeral_parts()
    numerals = rf"(?:{either_of(tens)})(?:{either_of(ones)})?|{either_of(others)}"
    multiples = either_of(words()["multiples"])
    return rf"(?:(?:{_DIGITS}|\b(?:{numerals})\b)(?:\s+(?:{multiples})\b)?)"


def number(written: str) -> float | None:
    """The value of a number that `number_pattern` found."""
    parts = written.casefold().strip().split()
    times = 1.0
    if len(parts) > 1 and parts[-1] in words()["multiples"]:
        times = float(words()["multiples"][parts.pop()])
    word = "".join(parts)
    if word in _numerals():
        return _numerals()[word] * times
    try:
        return float(word.replace("\u00a0", "").replace(",", ".")) * times
    except ValueError:
        return None


def is_year(written: str) -> bool:
    """True for four figures that are a year."""
    return YEAR.fullmatch(written.strip()) is not None


# ---- comparing words ----


@cache
def comparators() -> dict[str, str]:
    """What each comparing word means: 'minst' is at_least."""
    return {word: name for name, listed in words()["comparators"].items() for word in listed}


@cache
def comparator_pattern() -> str:
    """The comparing words as alternatives."""
    return either_of(list(comparators()))


def comparator_of(written: str | None) -> str | None:
    """The meaning of a comparing word as it was written; None where there is none."""
    return comparators().get(" ".join((written or "").casefold().split()))


@cache
def listed(table: str, key: str) -> PhrasePattern:
    """A pattern for the wordings of one list."""
    return PhrasePattern(words()[table][key])


# ---- clauses ----


def clause_of(text: str, place: int) -> tuple[int, int]:
    """Where the clause around a place begins and ends: at full stops, semicolons, colons, line ends, and at ', men'.

    No clause reaches further than some lines to either side.
    """
    start, end = max(0, place - _CLAUSE), min(len(text), place + _CLAUSE)
    for pattern in (_CLAUSE_END, listed("verbs", "turns")):
        for mark in pattern.finditer(text, start, end):
            if mark.end() <= place:
                start = max(start, mark.end())
            elif mark.start() >= place:
                end = min(end, mark.start())
                break
    return start, end


def is_wanted(text: str, place: int) -> bool:
    """True where the clause around the place says what shall be, or says nothing of what is: 'Målvärde: 80 procent'."""
    start, end = clause_of(text, place)
    clause = text[start:end]
    if listed("verbs", "shall").search(clause):
        return True
    return not listed("verbs", "being").search(clause)
