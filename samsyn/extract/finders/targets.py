"""Takes a goal's text and gives what can be measured in it: counts, shares, changes, levels, deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from samsyn.extract.finders.target_counts import Found, find_counts, with_change
from samsyn.extract.finders.target_subjects import counted_noun, deadline_of, object_after, quantity_before
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
from samsyn.remember import remembers
from samsyn.vocabulary.phrases import PhrasePattern, either_of

_LONGEST = 4000
"""No goal is longer; what stands behind so many letters is not looked at."""


@remembers(128)
def find_targets(text: str) -> tuple[Target, ...]:
    """The measurable targets stated in `text`, in order; empty when it has none.

    `value` and `baseline` are plain numbers in `unit` (a share such as 'hälften' is 0.5 'andel'); `by` is an ISO date
    (a bare year means its last day) or the words used. A year, an age, a clock time or a school year is no value. A
    level without a number ('2019 års nivå', 'inte öka') has a comparator and no value.
    """
    text = text[:_LONGEST]
    by = deadline_of(text)
    readers = (_from_to, _levels, _relative, _multiples, _shares, _nones, find_counts)
    found = [one for reader in readers for one in reader(text, by)]
    return _with_baselines(text, _without_overlaps(found))


# ---- from one number to another ----


def _from_to(text: str, by: str | None) -> Iterator[Found]:
    """'från 3,72 till 4,72', 'från 31 procent till högst 27 procent'."""
    if not listed("ranges", "from").may_be_in(text):
        return
    for match in _from_to_pattern().finditer(text):
        start, value = number(match["from"]), number(match["to"])
        if start is None or value is None or is_year(match["from"]) or is_year(match["to"]):
            continue
        between = re.search(comparator_pattern(), text[match.end("from") : match.start("to")], re.IGNORECASE)
        comparator = comparator_of(between.group()) if between else None
        if comparator in (None, "by", "equals"):
            comparator = "increase" if value > start else "decrease"
        unit = (match["unit1"] or "").strip() or _known_unit(match["unit2"])
        target = Target(
            quantity=quantity_before(text, match.start()),
            comparator=comparator,
            value=value,
            unit=unit,
            baseline=start,
            by=by,
            text=match.group().strip(),
        )
        yield match.start(), match.end(), target


@cache
def _from_to_pattern() -> re.Pattern[str]:
    number_, percent = number_pattern(), either_of(words()["units"]["shares"])
    low, high = (either_of(words()["ranges"][key]) for key in ("from", "to"))
    return re.compile(
        rf"\b(?:{low})\s+(?:[^.;:\d]{{0,40}}?\s)?(?P<from>{number_})(?P<unit1>\s*(?:{percent}))?[^.;]{{0,160}}?\b(?:{high})\s+"
        rf"(?:[^.;:\d]{{0,40}}?\s)?(?P<to>{number_})\s*(?P<unit2>%|\w+)?",
        re.IGNORECASE,
    )


def _known_unit(word: str | None) -> str | None:
    return word if word and word.casefold() in {unit.casefold() for unit in (*words()["units"]["words"], "%")} else None


# ---- levels without a number of their own ----


def _levels(text: str, by: str | None) -> Iterator[Found]:
    """'understiga 2019 års nivå', 'ligga kvar på samma nivå', 'ska inte öka', each with the number told beside it."""
    for name, wordings, level in _levels_said():
        for match in _level_pattern(wordings, level).finditer(text) if wordings.may_be_in(text) else ():
            if not is_wanted(text, match.start()):
                continue
            told = _told_number().match(text, match.end())
            target = Target(
                quantity=quantity_before(text, match.start()),
                comparator=name,
                value=number(told["value"]) if told else None,
                unit=((told["unit"] or "").strip() or None) if told else None,
                by=by,
                text=text[match.start() : told.end() if told else match.end()].strip(),
            )
            yield match.start(), told.end() if told else match.end(), target


@cache
def _levels_said() -> tuple[tuple[str, PhrasePattern, str], ...]:
    """What each says, its wordings, and what names the level behind them; '' for those that stand alone."""
    levels = words()["levels"]
    named: list[tuple[str, PhrasePattern, str]] = []
    for name in ("at_most", "at_least", "equals", "decrease", "increase"):
        comparing = [one for one in levels[name] if one.split()[-1] in levels["comparing"]]
        for wordings, kinds in ((levels[name], ("references",)), (comparing, ("compared",))):
            references = "|".join(pattern for kind in kinds for pattern in levels[kind])
            if wordings:
                named.append((name, PhrasePattern(wordings), references))
    named += [(name, listed("levels", f"{name}_alone"), "") for name in ("at_most", "at_least", "equals")]
    return tuple(named)


@cache
def _level_pattern(wordings: PhrasePattern, level: str) -> re.Pattern[str] | PhrasePattern:
    return re.compile(rf"{wordings.pattern}\s+(?:{level})(?!\w)", re.IGNORECASE) if level else wordings


@cache
def _told_number() -> re.Pattern[str]:
    """'(96 stycken)', ', det vill säga fyra procent' right behind a level."""
    said = either_of(words()["levels"]["said"])
    return re.compile(
        rf"\s*(?:\(|,?\s*(?:{said})\s+)(?P<value>{number_pattern()})(?:\s*(?P<unit>%|[a-zåäö]+))?\)?", re.IGNORECASE
    )


# ---- shares and multiples ----


def _relative(text: str, by: str | None) -> Iterator[Found]:
    """'20 procent färre', 'en tredjedel fler', 'hälften så många', 'dubbelt så många'."""
    if not (listed("relative", "more").may_be_in(text) or listed("relative", "less").may_be_in(text)):
        return
    for match in _relative_pattern().finditer(text):
        value = number(match["number"]) if match["number"] else _fraction(match["share"])
        target = Target(
            quantity=quantity_before(text, match.start()) or object_after(text, match.end()),
            comparator="increase_by" if match["more"] else "decrease_by",
            value=value,
            unit="procent" if match["number"] else "andel",
            by=by,
            text=match.group().strip(),
        )
        yield match.start(), match.end(), target


@cache
def _relative_pattern() -> re.Pattern[str]:
    more = words()["relative"]
    percent, fractions = either_of(words()["units"]["shares"]), either_of(words()["fractions"])
    share = rf"(?P<number>{number_pattern()})\s*(?:{percent})|(?P<share>{fractions})"
    either = rf"(?P<more>{either_of(more['more'])})|{either_of(more['less'])}"
    return re.compile(rf"\b(?:{share})\s+(?:{either})(?!\w)", re.IGNORECASE)


def _fraction(written: str) -> float:
    return float(words()["fractions"][" ".join(written.casefold().split())])


def _shares(text: str, by: str | None) -> Iterator[Found]:
    """'med en tredjedel', 'minst hälften av', 'nio av tio', 'högst var fjärde'."""
    if not _share_words().may_be_in(text):
        return
    for match in _share_pattern().finditer(text):
        value = _share_value(match)
        if value is None or not 0 < value <= 1:
            continue
        comparator = with_change(text, match, bare=match["by"] is not None)
        if match["part"] or match["each"]:
            quantity = counted_noun(text, match.end()) or quantity_before(text, match.start())
        else:
            quantity = quantity_before(text, match.start()) or object_after(text, match.end())
        target = Target(
            quantity=quantity,
            comparator=comparator,
            value=round(value, 3),
            unit="andel",
            by=by,
            text=match.group().strip(),
        )
        yield match.start(), match.end(), target


@cache
def _share_words() -> PhrasePattern:
    """What tells of a share: 'hälften', 'var fjärde', the 'av' of 'nio av tio'."""
    return PhrasePattern([*words()["fractions"], *words()["ordinals"], *words()["small"]["of"]])


@cache
def _share_pattern() -> re.Pattern[str]:
    share = rf"(?P<share>\b(?:{either_of(words()['fractions'])})\b)"
    part = (
        rf"(?P<part>{number_pattern()})\s+(?:{small('of')})\s+(?:(?:{small('the')})\s+)?(?P<whole>{number_pattern()})"
    )
    part += rf"(?![\w%]|\s*(?:{either_of(words()['units']['shares'])}))"
    times = either_of(words()["units"]["periods"])
    each = rf"(?P<each>\b(?:{either_of(words()['ordinals'])})\b)(?!\s+(?:{times})\b)"
    return re.compile(
        rf"(?P<by>\b(?:{small('by')})\s+)?(?:(?P<comparator>\b(?:{comparator_pattern()}))\s+)?(?:{share}|{part}|{each})",
        re.IGNORECASE,
    )


def _share_value(match: re.Match[str]) -> float | None:
    if match["share"]:
        return _fraction(match["share"])
    if match["each"]:
        return 1 / float(words()["ordinals"][" ".join(match["each"].casefold().split())])
    part, whole = number(match["part"]), number(match["whole"])
    return part / whole if part is not None and whole and part < whole else None


def _multiples(text: str, by: str | None) -> Iterator[Found]:
    """'halvera cannabisbruket', 'stölderna ska halveras', 'fördubblas'."""
    for name in ("halve", "double"):
        for match in listed("changes", name).finditer(text):
            passive = match.group().casefold().endswith("s") or " " in match.group()
            quantity = quantity_before(text, match.start()) if passive else object_after(text, match.end())
            yield match.start(), match.end(), Target(quantity=quantity, comparator=name, by=by, text=match.group())


def _nones(text: str, by: str | None) -> Iterator[Found]:
    """'Inga dödade i trafiken', 'nolltolerans mot narkotika', 'ska vara noll'."""
    for match in listed("none", "words").finditer(text):
        if is_wanted(text, match.start()):
            quantity = quantity_before(text, match.start()) or object_after(text, match.end())
            yield match.start(), match.end(), _none(match.group(), quantity, by)
    for match in listed("none", "first").finditer(text):
        start, end = clause_of(text, match.start())
        lead = text[start : match.start()].strip(" ,")
        if lead and not listed("verbs", "leads").fullmatch(lead) and lead.casefold() not in words()["small"]["that"]:
            continue
        shall = listed("verbs", "shall").search(text[start:end]) is not None
        if shall or not listed("verbs", "being").search(text[start:end]):
            quantity = counted_noun(text, match.end()) if shall else object_after(text, match.end())
            yield match.start(), match.end(), _none(match.group(), quantity, by)


def _none(written: str, quantity: str | None, by: str | None) -> Target:
    return Target(quantity=quantity, comparator="none", value=0.0, by=by, text=written.strip())


# ---- where one comes from ----


def _with_baselines(text: str, targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """'jämfört med 73 procent 2011' and '(nuläge 69 %)' are where the target before them starts from."""
    value, unit = _baseline(text)
    if value is None:
        return targets
    kept = [target for target in targets if target.value != value or target.comparator != "equals"]
    if not kept:
        return _change_from(text, value, unit)
    open_ends = [n for n, target in enumerate(kept) if target.baseline is None and target.value not in (None, value)]
    if open_ends:
        kept[open_ends[-1]] = kept[open_ends[-1]].model_copy(update={"baseline": value})
    return tuple(kept)


def _baseline(text: str) -> tuple[float | None, str | None]:
    """The number behind 'jämfört med' or in brackets with a year, and its unit."""
    if "(" not in text and not listed("baselines", "words").may_be_in(text):
        return None, None
    for pattern in _baseline_patterns():
        for match in pattern.finditer(text):
            if not is_year(match["value"]):
                return number(match["value"]), (match["unit"] or "").strip() or None
    return None, None


@cache
def _baseline_patterns() -> tuple[re.Pattern[str], ...]:
    lead = either_of(words()["baselines"]["words"])
    value = rf"(?P<value>{number_pattern()})\s*(?P<unit>%|procent\b|\w+)?"
    year = rf"(?:(?:{small('year')})\s+)?(?:19|20)\d\d"
    return (
        re.compile(rf"\b(?:{lead})\s*:?\s*(?:(?:{small('is')})\s+)?{value}", re.IGNORECASE),
        re.compile(rf"\b(?:{lead})\s+{year}\s*[(:,]\s*{value}", re.IGNORECASE),
        re.compile(rf"\(\s*{year}\s*:?\s*{value}\s*\)", re.IGNORECASE),
        re.compile(rf"\(\s*{value}\s*,?\s*(?:(?:{small('at')})\s+)?{year}\s*\)", re.IGNORECASE),
    )


def _change_from(text: str, value: float, unit: str | None) -> tuple[Target, ...]:
    """'ska öka jämfört med 2022 (68 procent)': a direction with where it starts and no number to reach."""
    for name in ("increase", "decrease"):
        match = listed("changes", name).search(text)
        if match is not None:
            known = "%" if unit == "%" else _known_unit(unit)
            quantity = quantity_before(text, match.start())
            return (Target(quantity=quantity, comparator=name, unit=known, baseline=value, text=match.group()),)
    return ()


def _without_overlaps(found: list[Found]) -> tuple[Target, ...]:
    kept: list[Found] = []
    for start, end, target in found:
        if all(end <= other_start or start >= other_end for other_start, other_end, _ in kept):
            kept.append((start, end, target))
    return tuple(target for _, _, target in sorted(kept, key=lambda item: item[0]))
