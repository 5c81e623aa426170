"""Takes a goal's text and gives what can be measured in it: counts, shares, changes, deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from samsyn.extract.dates import find_dates
from samsyn.models.agreement import Target
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import compile_phrases, either_of, phrase_list

_DIGITS = r"\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@cache
def _words() -> dict[str, Any]:
    return load_toml("quantities.toml")


@cache
def _numerals() -> dict[str, float]:
    return {word: float(value) for word, value in _words()["numerals"].items()}


@cache
def _number_pattern() -> str:
    words = either_of(_numerals())
    return rf"(?:{_DIGITS}|\b(?:{words})\b)"


@cache
def _quantity() -> re.Pattern[str]:
    """Comparator, number, unit, and what the number is a rate of: 'minst fyra gånger per år'."""
    comparators = either_of(_ordered_comparators())
    units = either_of(_units())
    rates = either_of(_rates())
    return re.compile(
        rf"(?:(?P<comparator>\b(?:{comparators}))\s+)?(?P<value>{_number_pattern()})(?:\s*\(\d+\))?"
        rf"(?:\s*(?P<unit>%|\b(?:{units})\b))?(?:\s*(?P<rate>/\s*\w+|\b(?:{rates})\b))?",
        re.IGNORECASE,
    )


def _ordered_comparators() -> list[str]:
    table = _words()["comparators"]
    return sorted((word for words in table.values() for word in words), key=len, reverse=True)


@cache
def _comparator_of() -> dict[str, str]:
    return {word: name for name, words in _words()["comparators"].items() for word in words}


def _units() -> list[str]:
    return list(_words()["units"]["words"])


def _rates() -> list[str]:
    return list(_words()["units"]["rates"])


@cache
def _change_pattern(name: str) -> re.Pattern[str]:
    return compile_phrases(_words()["changes"][name])


def find_targets(text: str) -> tuple[Target, ...]:
    """The measurable targets stated in `text`, in order; empty when it has none.

    `value` and `baseline` are plain numbers in `unit` (a share such as 'hälften' is 0.5 'andel'); `by` is an ISO date
    (a bare year means its last day) or the words used. A year, an age, a clock time or a school year is no value.
    """
    by = _deadline(text)
    found = [*_from_to(text, by), *_shares(text, by), *_multiples(text, by), *_counts(text, by)]
    return _with_baselines(text, _without_overlaps(found))


_Found = tuple[int, int, Target]


@cache
def _range_pattern() -> re.Pattern[str]:
    """From a number to a number, a few words before each: 'från i snitt 31 procent till högst 27 procent'."""
    number, ranges = _number_pattern(), _words()["ranges"]
    low, high, percent = (either_of(words) for words in (ranges["from"], ranges["to"], _words()["units"]["percent"]))
    return re.compile(
        rf"\b(?:{low})\s+(?:[^.;:\d]{{0,40}}?\s)?(?P<from>{number})(?P<unit1>\s*(?:{percent}))?[^.;]{{0,160}}?"
        rf"\b(?:{high})\s+(?:[^.;:\d]{{0,40}}?\s)?(?P<to>{number})\s*(?P<unit2>%|\w+)?",
        re.IGNORECASE,
    )


def _from_to(text: str, by: str | None) -> Iterator[_Found]:
    """'från 3,72 till 4,72', 'från 31 procent till högst 27 procent'."""
    for match in _range_pattern().finditer(text):
        start, value = _number(match["from"]), _number(match["to"])
        if start is None or value is None or _YEAR.fullmatch(match["from"]) or _YEAR.fullmatch(match["to"]):
            continue
        between = text[match.start("from") : match.start("to")].casefold()
        comparator = next((_comparator_of()[word] for word in _ordered_comparators() if word in between), None)
        if comparator in (None, "by"):
            comparator = "increase" if value > start else "decrease"
        unit = (match["unit1"] or "").strip() or _known_unit(match["unit2"])
        target = Target(
            quantity=_quantity_before(text, match.start()),
            comparator=comparator,
            value=value,
            unit=unit,
            baseline=start,
            by=by,
            text=match.group().strip(),
        )
        yield match.start(), match.end(), target


def _known_unit(word: str | None) -> str | None:
    return word if word and word.casefold() in {unit.casefold() for unit in [*_units(), "%"]} else None


def _shares(text: str, by: str | None) -> Iterator[_Found]:
    """'med en tredjedel', 'minst hälften av', 'nio av tio'."""
    fractions = _words()["fractions"]
    comparators = either_of(_ordered_comparators())
    words = either_of(fractions)
    of, wholes = (either_of(_words()["parts"][key]) for key in ("of", "wholes"))
    share = rf"(?P<share>\b(?:{words})\b)|(?P<part>{_number_pattern()})\s+(?:{of})\s+(?P<whole>{wholes})\b"
    for match in re.finditer(rf"(?:(?P<comparator>\b(?:{comparators}))\s+)?(?:{share})", text, re.IGNORECASE):
        if match["share"]:
            value: float | None = float(fractions[match["share"].casefold()])
        else:
            part, whole = _number(match["part"]), _number(match["whole"])
            value = part / whole if part is not None and whole else None
        if value is None or value > 1:
            continue
        comparator = _comparator_of().get((match["comparator"] or "").casefold())
        target = Target(
            quantity=_quantity_before(text, match.start()) or _object_after(text, match.end()),
            comparator=_with_change(text, match.start(), comparator),
            value=round(value, 3),
            unit="andel",
            by=by,
            text=match.group().strip(),
        )
        yield match.start(), match.end(), target


def _multiples(text: str, by: str | None) -> Iterator[_Found]:
    """'halvera cannabisbruket', 'stölderna ska halveras', 'fördubblas'."""
    for name in ("halve", "double"):
        for match in _change_pattern(name).finditer(text):
            passive = match.group().casefold().endswith(("s", "ts"))
            quantity = _quantity_before(text, match.start()) if passive else _object_after(text, match.end())
            yield match.start(), match.end(), Target(quantity=quantity, comparator=name, by=by, text=match.group())


def _counts(text: str, by: str | None) -> Iterator[_Found]:
    for match in _quantity().finditer(text):
        if not _counts_as_target(text, match):
            continue
        comparator = _comparator_of().get((match["comparator"] or "").casefold())
        unit = " ".join(part for part in (match["unit"], (match["rate"] or "").strip()) if part) or None
        target = Target(
            quantity=_quantity_before(text, match.start()),
            comparator=_with_change(text, match.start(), comparator),
            value=_number(match["value"]),
            unit=unit or _noun_after(text, match.end()),
            by=by,
            text=match.group().strip(),
        )
        yield match.start(), match.end(), target


def _counts_as_target(text: str, match: re.Match[str]) -> bool:
    """A number is a target when a comparator, a rate or a change stands by it; years, ages, clock times never."""
    if _YEAR.fullmatch(match["value"]):
        return False
    before = text[max(0, match.start() - 24) : match.start()].casefold().rstrip()
    after = text[match.end() : match.end() + 14].casefold().lstrip()
    not_targets = _words()["units"]
    if any(before.endswith(word) for word in not_targets["not_after"]):
        return False
    if any(after.startswith(word) for word in not_targets["not_before"]):
        return False
    comparator = (match["comparator"] or "").casefold()
    if comparator in not_targets["ages"] and compile_phrases(not_targets["years"]).match(after):
        return False
    if comparator in not_targets["time_limits"]:
        return (match["unit"] or "").casefold() in not_targets["times"]
    changed = any(_change_pattern(name).search(before) for name in ("increase", "decrease"))
    return bool(comparator or match["rate"]) or changed


def _with_change(text: str, start: int, comparator: str | None) -> str | None:
    """'minska med 25 procent' is a decrease by; 'minst 25 procent' stays at_least."""
    if comparator not in (None, "by"):
        return comparator
    before = text[max(0, start - 60) : start]
    found = {name: list(_change_pattern(name).finditer(before)) for name in ("increase", "decrease")}
    nearest = max(((hits[-1].end(), name) for name, hits in found.items() if hits), default=None)
    if nearest is None:
        return "equals"
    return f"{nearest[1]}_by" if comparator == "by" else nearest[1]


def _with_baselines(text: str, targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """'jämfört med 73 procent 2011' and 'mot 69 procent i dag' are where the target before them starts from."""
    words = either_of(_words()["baselines"]["words"])
    match = re.search(rf"\b(?:{words})\s+(?P<value>{_number_pattern()})\s*(?P<unit>%|\w+)?", text, re.IGNORECASE)
    value = _number(match["value"]) if match and not _YEAR.fullmatch(match["value"]) else None
    if match is None or value is None:
        return targets
    kept = [target for target in targets if target.value != value or target.comparator != "equals"]
    open_ends = [n for n, target in enumerate(kept) if target.baseline is None and target.value is not None]
    if not open_ends:
        return tuple(kept)
    kept[open_ends[-1]] = kept[open_ends[-1]].model_copy(update={"baseline": value})
    return tuple(kept)


def _number(written: str) -> float | None:
    word = written.casefold().strip()
    if word in _numerals():
        return _numerals()[word]
    digits = re.sub(r"[ \u00a0]", "", word).replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        return None


def _quantity_before(text: str, end: int) -> str | None:
    """What is measured: the clause's words before its verb, such as 'andelen elever som har prövat narkotika'."""
    start = max(text.rfind(mark, 0, end) for mark in (". ", "; ", ": ", "\n")) + 1
    clause = text[start:end].strip(" .;:")
    for verbs in _words()["verbs"]["finite"]:
        found = list(compile_phrases(verbs).finditer(clause))
        if found:
            clause = clause[: found[-1].start()]
            break
    return _without_lead(clause).strip(" ,") or None


def _without_lead(clause: str) -> str:
    """'Hösten 2014 ska …' and 'Målet är att …' name no quantity."""
    lead = compile_phrases(_words()["verbs"]["leads"]).match(clause.lstrip())
    rest = clause.lstrip()[lead.end() :] if lead else clause
    return _leading_year().sub("", rest)


@cache
def _leading_year() -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:(?:19|20)\d\d|{either_of(phrase_list('grammar', 'that'))})\b")


def _object_after(text: str, start: int) -> str | None:
    ends = compile_phrases([*_words()["verbs"]["ends"], *_words()["verbs"]["finite"][0]])
    clause = re.split(r"[.;,(]", text[start:], maxsplit=1)[0]
    end = ends.search(clause)
    return (clause[: end.start()] if end else clause).strip() or None


def _noun_after(text: str, start: int) -> str | None:
    match = re.match(r"\s+([a-zåäöA-ZÅÄÖ-]{3,})", text[start:])
    return match.group(1) if match else None


def _deadline(text: str) -> str | None:
    """When: 'senast 2021-10-31', 'till juni 2022', 'vid utgången av 2014'; else the words used; else 'under 2019'."""
    deadlines = _words()["deadlines"]
    words = compile_phrases(deadlines["words"]).search(text)
    return (
        _latest_day(text, tuple(deadlines["before"]))
        or (words.group() if words else None)
        or _latest_day(text, tuple(deadlines["during"]))
    )


def _latest_day(text: str, leads: tuple[str, ...]) -> str | None:
    """The last day of the latest date behind one of the words; an earlier one is where the goal starts from."""
    days = [date.last for date in find_dates(text) if _lead_pattern(leads).search(text[: date.start])]
    return max(days, default=None)


@cache
def _lead_pattern(leads: tuple[str, ...]) -> re.Pattern[str]:
    fill = either_of(_words()["deadlines"]["fill"])
    return re.compile(rf"(?<!\w)(?:{either_of(leads)})\s+(?:(?:{fill})\s+)?$", re.IGNORECASE)


def _without_overlaps(found: list[_Found]) -> tuple[Target, ...]:
    kept: list[_Found] = []
    for start, end, target in found:
        if all(end <= other_start or start >= other_end for other_start, other_end, _ in kept):
            kept.append((start, end, target))
    return tuple(target for _, _, target in sorted(kept, key=lambda item: item[0]))
