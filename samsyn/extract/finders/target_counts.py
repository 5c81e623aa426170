"""Takes a goal's text and gives the numbers in it that are targets: 'minst fyra gånger per år', 'ska nå 50'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from samsyn.extract.finders.target_subjects import counted_noun, noun_after, quantity_before
from samsyn.extract.finders.target_words import (
    clause_of,
    comparator_of,
    comparator_pattern,
    is_wanted,
    is_year,
    listed,
    number,
    number_pattern,
    small,
    words,
)
from samsyn.models.agreement import Target
from samsyn.vocabulary.phrases import either_of

Found = tuple[int, int, Target]
"""Where a target stands in the text, and what it is."""

_CHANGE_WITHIN = 60
"""Letters in front of a number within which a word of change belongs to it."""

_LEAD_WITHIN = 60
_OPPOSITE = {"at_least": "at_most", "at_most": "at_least"}


@cache
def _quantity() -> re.Pattern[str]:
    """Comparator, number, unit, and what the number is a rate of: 'minst fyra gånger per år'."""
    units = either_of(words()["units"]["words"])
    rates = either_of(words()["units"]["rates"])
    places = either_of(words()["units"]["per"])
    per = rf"\b(?:{small('per')})\s+[a-zåäö]{{2,}}(?:\s+(?:{small('and')})\s+(?:{places})\b)?"
    rate = rf"/\s*\w+|{per}|\b(?:{rates})\b"
    nouns = r"(?:[a-zåäö]{2,}(?:a|de)\s+)?[a-zåäöéA-ZÅÄÖ][\wåäöé-]{2,}"
    number_, percent = number_pattern(), either_of(words()["units"]["shares"])
    return re.compile(
        rf"(?P<by>\b(?:{small('by')})\s+)?(?:(?P<comparator>\b(?:{comparator_pattern()}))\s+)?(?P<value>{number_})"
        rf"(?:\s*[–-]\s*(?P<upper>{number_})|\s+(?:{small('through')})\s+(?P<joined>{number_})"
        rf"(?=\s*(?:{percent})(?!\w)))?(?:\s*\(\d+\))?"
        rf"(?:\s*(?P<unit>%|\b(?:{units})\b)|\s+(?P<noun>{nouns})(?=\s+(?:{rate})))?(?:\s*(?P<rate>{rate})|\s+(?P<of>[a-zåäö]{{4,}})\s+(?P<far>{rate}))?",
        re.IGNORECASE,
    )


def find_counts(text: str, by: str | None) -> Iterator[Found]:
    """The counts and percentages that shall be reached, and how often something is done."""
    for match in _quantity().finditer(text):
        if not _counts_as_target(text, match):
            continue
        unit = (
            " ".join(part for part in (match["unit"] or match["noun"], (match["rate"] or "").strip()) if part) or None
        )
        value = number(match["value"])
        noun = None if unit else noun_after(text, match.end())
        end = text.index(noun, match.end()) + len(noun) if noun else match.end()
        target = Target(
            quantity=quantity_before(text, match.start()) or _owner_after(text, match),
            comparator="none" if value == 0 else with_change(text, match, bare=match["by"] is not None),
            value=value,
            unit=unit or noun,
            by=by,
            text=text[match.start() : end].strip(),
        )
        yield match.start(), end, target
    for match in _every().finditer(text):
        if not listed("changes", "increase").search(text) and not listed("changes", "decrease").search(text):
            target = Target(
                quantity=quantity_before(text, match.start()),
                comparator="equals",
                value=1.0,
                unit=match.group(),
                by=by,
                text=match.group(),
            )
            yield match.start(), match.end(), target


@cache
def _every() -> re.Pattern[str]:
    """'varannan vecka', 'var tredje månad'."""
    ordinals = either_of(list(words()["ordinals"]))
    return re.compile(rf"\b(?:{ordinals})\s+(?:{either_of(words()['units']['periods'])})\b", re.IGNORECASE)


def _owner_after(text: str, match: re.Match[str]) -> str | None:
    """Of 'Minst 75 procent av eleverna ska …' the pupils."""
    after = _of().match(text, match.end()) if match["unit"] else None
    return counted_noun(text, after.end()) if after else None


@cache
def _of() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{small('of')})\s+")


def _counts_as_target(text: str, match: re.Match[str]) -> bool:
    """A number is a target when a comparator, a rate, a change, or a word of reaching or doing stands by it.

    Years, ages and clock times never are, nor what tells where one comes from.
    """
    if is_year(match["value"]) and not match["unit"]:
        return False
    start, end = match.start("value"), match.end()
    before = text[max(0, match.start() - 24) : match.start()].casefold().rstrip()
    after = text[end : end + 14].casefold().lstrip()
    units = words()["units"]
    if before.endswith(not_after := tuple(units["not_after"])) and any(_ends_with(before, word) for word in not_after):
        return False
    if after.startswith(tuple(units["not_before"])):
        return False
    comparator = " ".join((match["comparator"] or "").casefold().split())
    unit = (match["unit"] or "").casefold()
    if comparator in units["time_limits"]:
        return unit in units["times"]
    if _ages().match(after) or (comparator in units["ages"] and unit in units["times"]):
        return False
    if comparator in units["between"]:
        return bool(match["upper"] or match["joined"])
    is_article = number(match["value"]) == 1 and not match["value"][0].isdigit()
    if is_article and comparator in units["ages"]:
        return False
    if _tells_the_start(text, match):
        return False
    changed = any(listed("changes", name).search(before) for name in ("increase", "decrease"))
    if comparator or match["rate"] or match["far"] or changed:
        return True
    if is_article or not is_wanted(text, start):
        return False
    if unit in units["shares"]:
        return True
    return _is_reached(text, match) or _is_done(text, match)


@cache
def _ages() -> re.Pattern[str]:
    return re.compile(rf"(?:{small('ages')})\b")


def _ends_with(before: str, word: str) -> bool:
    return before.endswith(word) and not before[: -len(word)][-1:].isalpha()


def _tells_the_start(text: str, match: re.Match[str]) -> bool:
    """True for a number in brackets and one behind 'nuläge', 'i dag': where one comes from, not where one goes."""
    before = text[max(0, match.start() - _LEAD_WITHIN) : match.start()]
    in_brackets = before.rfind("(") > before.rfind(")")
    return (in_brackets and not match["comparator"]) or _start_words().search(before) is not None


@cache
def _start_words() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{either_of(words()['baselines']['words'])})\s*:?\s*(?:(?:{small('is')})\s+)?$", re.IGNORECASE
    )


def _is_reached(text: str, match: re.Match[str]) -> bool:
    """'ska nå 50', 'ska uppgå till 12 stycken': a number in figures behind a word of reaching."""
    before = text[clause_of(text, match.start())[0] : match.start()]
    return _reaching().search(before) is not None


@cache
def _reaching() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either_of(words()['verbs']['reaching'])})\s+$", re.IGNORECASE)


def _is_done(text: str, match: re.Match[str]) -> bool:
    """'ska genomföra 40 kontroller', 'Två dialoger genomförs': so and so many of what is done."""
    start, end = clause_of(text, match.start())
    noun = match["unit"] or noun_after(text, match.end())
    if noun is None:
        return False
    before, behind = text[start : match.start()], text[match.end() : end]
    if _doing_before().search(before):
        return True
    return not before.strip() and _doing_behind().search(behind) is not None


@cache
def _doing_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either_of(words()['verbs']['doing'])})\s+(?:\w+\s+)?$", re.IGNORECASE)


@cache
def _doing_behind() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either_of(words()['verbs']['doing'])})\b")


def with_change(text: str, match: re.Match[str], *, bare: bool) -> str:
    """'minska med minst 25 procent' is a decrease by; 'öka till minst 25 procent' stays at_least; a 'not' turns it."""
    comparator = comparator_of(match["comparator"])
    clause_start, _ = clause_of(text, match.start())
    before = text[max(clause_start, match.start() - _CHANGE_WITHIN) : match.start()]
    found = {name: list(listed("changes", name).finditer(before)) for name in ("increase", "decrease")}
    nearest = max(((hits[-1].end(), name) for name, hits in found.items() if hits), default=None)
    if (bare or comparator == "by") and nearest is not None:
        return f"{nearest[1]}_by"
    if comparator in _OPPOSITE:
        written = " ".join((match["comparator"] or "").casefold().split())
        turned = written in words()["negations"]["turned"] and _negation().search(before)
        return _OPPOSITE[comparator] if turned else comparator
    return nearest[1] if nearest is not None else "equals"


@cache
def _negation() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either_of(words()['negations']['words'])})\b[^,.;]{{0,30}}$", re.IGNORECASE)
