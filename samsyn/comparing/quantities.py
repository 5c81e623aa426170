"""Takes a text, gives the numbers in it that can go up or down: how many of what, how often a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import PhrasePattern, either_of
from samsyn.words import Word, words_of

FREQUENCY = "frequency"
"""The unit of what is counted in times a year."""
TIME = "time"
"""The unit of the time within which something shall be done: the value is hours."""
_DIGITS = r"\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_JOINED = re.compile(r"[-–/:.§]\d|\d[-–/:§]\s?$|\w$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_RATE_WITHIN = 40
"""Characters after a number within which 'per år' still belongs to it."""
_SHORTEST_TAIL = 4


class Quantity(NamedTuple):
    """A number with its unit: the stem of what is counted, FREQUENCY when it is times a year, TIME when it is hours."""

    value: float
    unit: str
    text: str
    start: int


@cache
def _numerals() -> dict[str, float]:
    return {word: float(value) for word, value in load_toml("quantities.toml")["numerals"].items()}


@cache
def _number() -> re.Pattern[str]:
    words = either_of(_numerals())
    return re.compile(rf"(?<![\w.,])(?:{_DIGITS}|(?:{words})(?!\w))\s*%?", re.IGNORECASE)


@cache
def _phrases(table: str) -> tuple[PhrasePattern, dict[str, float]]:
    words: dict[str, float] = load_toml("comparison.toml")[table]
    return PhrasePattern(words), {" ".join(word.split()): float(value) for word, value in words.items()}


@cache
def _not_after() -> re.Pattern[str]:
    words = load_toml("quantities.toml")["units"]["not_after"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})\s*$", re.IGNORECASE)


@cache
def _not_before() -> re.Pattern[str]:
    words = load_toml("quantities.toml")["units"]["not_before"]
    return re.compile(rf"\s*(?:{'|'.join(re.escape(word) for word in words)})(?!\w)", re.IGNORECASE)


@cache
def _within() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either_of(load_toml('comparison.toml')['within'])})\s+$", re.IGNORECASE)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number that counts something, in order; years, ages, clock times, grades and paragraphs count nothing.

    'två gånger per termin' is 4 times a year, 'varje månad' 12, 'minst 40 kvällar' 40 of 'kväll', 'inom två dygn' 48 of
    hours.
    """
    counted, taken = [], []
    for hit in _number().finditer(text):
        quantity, end = _quantity(text, hit)
        if quantity is not None:
            counted.append(quantity)
            taken.append((hit.start(), end))
    frequencies = (one for one in _frequencies(text) if not any(start <= one.start < end for start, end in taken))
    return tuple(sorted((*counted, *frequencies), key=lambda one: one.start))


def _quantity(text: str, hit: re.Match[str]) -> tuple[Quantity | None, int]:
    written = hit.group().rstrip("% \u00a0")
    value = _value(written)
    before, after = text[max(0, hit.start() - _RATE_WITHIN) : hit.start()], text[hit.end() :]
    if value is None or _YEAR.match(written) or _counts_nothing(before, after, hit.group()):
        return None, hit.end()
    if hit.group().endswith("%"):
        return Quantity(value, "procent", hit.group().strip(), hit.start()), hit.end()
    following = words_of(after[:_RATE_WITHIN])
    noun = _noun(following)
    hours = load_toml("comparison.toml")["hours"].get(noun.norm) if noun and _within().search(before) else None
    if hours is not None and noun is not None:
        end = hit.end() + noun.end
        return Quantity(value * hours, TIME, " ".join(text[hit.start() : end].split()), hit.start()), end
    rate, rate_end = _rate(after, following)
    if value == 1 and not written.isdigit() and rate is None and not _is_times(noun):
        return None, hit.end()  # 'en' and 'ett' are mostly articles
    if noun is None:
        return Quantity(value, "", written, hit.start()), hit.end()
    end = hit.end() + (rate_end if rate is not None else noun.end)
    unit = FREQUENCY if _is_times(noun) else noun.stem
    return Quantity(value * (rate or 1.0), unit, " ".join(text[hit.start() : end].split()), hit.start()), end


def _noun(following: tuple[Word, ...]) -> Word | None:
    """The word for what is counted: the first that is no small word, before any other number."""
    for word in following:
        if word.sentence or word.norm.isdigit() or word.norm in _numerals():
            return None
        if word.norm not in load_toml("comparison.toml")["function_words"]:
            return word
    return None


def _rate(after: str, following: tuple[Word, ...]) -> tuple[float | None, int]:
    """Times a year that stand behind the number within the same sentence: 'per termin' is 2."""
    pattern, values = _phrases("rates")
    hit = pattern.search(after, 0, _RATE_WITHIN)
    if hit is None or any(word.sentence and word.start < hit.start() for word in following):
        return None, 0
    if any(word.norm.isdigit() or word.norm in _numerals() for word in following if word.start < hit.start()):
        return None, 0
    return values[" ".join(hit.group().casefold().split())], hit.end()


def _is_times(noun: Word | None) -> bool:
    return noun is not None and noun.norm in load_toml("comparison.toml")["times"]


def _counts_nothing(before: str, after: str, number: str) -> bool:
    if _not_after().search(before) or _not_before().match(after):
        return True
    return bool(
        number[:1].isdigit() and (_JOINED.match(after) or _JOINED.search(before[-2:].strip(" \u00a0") and before[-2:]))
    )


def _value(written: str) -> float | None:
    if not written[:1].isdigit():
        return _numerals().get(written.casefold())
    try:
        return float(written.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except ValueError:
        return None


def _frequencies(text: str) -> Iterator[Quantity]:
    pattern, values = _phrases("frequencies")
    for hit in pattern.finditer(text):
        value = values[" ".join(hit.group().casefold().split())]
        yield Quantity(value, FREQUENCY, hit.group(), hit.start())


def same_unit(first: str, second: str) -> bool:
    """True when two units are one, also as the head of a compound: 'kväll' and 'tillsynskväll'."""
    if first == second:
        return True
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) >= _SHORTEST_TAIL and longer.endswith(shorter)
