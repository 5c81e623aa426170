"""Takes the two sides of a pair, gives what changed in substance: numbers, how often, who, when, which target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from samsyn.comparing.items import ACTIONS, unit_key
from samsyn.comparing.quantities import FREQUENCY, TIME, Quantity, find_quantities, same_unit
from samsyn.comparing.wording import same_wording, wording_ratio
from samsyn.models.agreement import Goal, Measure, Period, Target
from samsyn.models.comparison import Aspect, AspectKind, Direction
from samsyn.similarity import normal_form, stem
from samsyn.vocabulary.load import load_toml
from samsyn.words import words_of

COUNTED = ("title", *ACTIONS, "goal", "effect", "indicator", "schedule", "follow_up", "target_group")
"""Fields of a measure in which a number is an undertaking."""
_SHARE = "andel"
_YEAR = re.compile(r"(?<![\d.:/])(?:19|20)\d\d(?!\d)")
_SHORT_YEAR = re.compile(r"((?:19|20)\d\d)(\s*[/–-]\s*)(\d\d)(?![\d–-])")


class Periods(NamedTuple):
    """The periods of the two agreements, by which one tells whether a year only follows along."""

    old: Period
    new: Period

    @property
    def shifts(self) -> tuple[int, ...]:
        """By how many years the start and the end have moved, as far as they are known."""
        pairs = ((self.old.start, self.new.start), (self.old.end, self.new.end))
        return tuple(dict.fromkeys(int(new[:4]) - int(old[:4]) for old, new in pairs if old and new))


def follows_period(old: str, new: str, periods: Periods) -> bool:
    """True when the texts differ in nothing but years that moved as the agreement's own period did."""
    return any(shift and same_wording(_shifted(old, shift), _whole_years(new)) for shift in periods.shifts)


def _shifted(text: str, years: int) -> str:
    return _YEAR.sub(lambda hit: str(int(hit.group()) + years), _whole_years(text))


def _whole_years(text: str) -> str:
    return _SHORT_YEAR.sub(lambda hit: f"{hit[1]}{hit[2]}{hit[1][:2]}{hit[3]}", text)


def measure_aspects(old: Measure, new: Measure, periods: Periods, *, stated: frozenset[str]) -> tuple[Aspect, ...]:
    """What changed in substance between two versions of a measure.

    `stated` names the fields that both agreements use: one that a whole table lacks was not taken from its measures.
    """
    found = [*_quantity_aspects(_texts(old), _texts(new))]
    if "responsible" in stated:
        found += _responsible(old, new)
    if not (old.responsible or new.responsible):
        found += _undertakers(old, new)
    if "schedule" in stated and not any(aspect.field == "schedule" for aspect in found):
        found += _schedule(old.schedule, new.schedule, periods)
    return tuple(found)


def _texts(measure: Measure) -> dict[str, str]:
    return {field: text for field in COUNTED if (text := getattr(measure, field))}


def goal_aspects(old: Goal, new: Goal) -> tuple[Aspect, ...]:
    """What changed in substance between two versions of a goal: its targets, its level, numbers in it."""
    found = [*_targets(old, new)]
    if not found:
        found += _quantity_aspects({"text": old.text}, {"text": new.text})
    return tuple(found)


def _quantity_aspects(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Aspect]:
    """Numbers of the same thing that went up or down: field by field first, then across fields."""
    before = {field: list(find_quantities(text)) for field, text in old.items()}
    after = {field: list(find_quantities(text)) for field, text in new.items()}
    for field in [*before]:
        if field in after:
            yield from _drawn(field, before[field], after[field])
    for rest in before.values():
        for field, others in after.items():
            yield from _drawn(field, rest, others)
    for field in before.keys() & after.keys():
        yield from _occasions(field, before[field], after[field])


_KINDS: Mapping[str, AspectKind] = {FREQUENCY: "frequency", TIME: "time"}


def _drawn(field: str, old: list[Quantity], new: list[Quantity]) -> Iterator[Aspect]:
    """The changes of the quantities that are of one thing; what was paired is taken out of both lists."""
    for one in [*old]:
        match = next((other for other in new if same_unit(one.unit, other.unit)), None)
        if match is None:
            continue
        old.remove(one)
        new.remove(match)
        if one.value != match.value:
            kind = _KINDS.get(one.unit, "number")
            direction: Direction = "up" if match.value > one.value else "down"
            yield Aspect(kind=kind, field=field, old=one.text, new=match.text, direction=direction)


def _occasions(field: str, old: Sequence[Quantity], new: Sequence[Quantity]) -> Iterator[Aspect]:
    """The one number left on either side, when one says times and the other what is done: 20 checks, 30 times."""
    if len(old) != 1 or len(new) != 1 or old[0].value == new[0].value:
        return
    units = {old[0].unit, new[0].unit}
    if FREQUENCY in units and TIME not in units and not units & _not_occasions():
        direction: Direction = "up" if new[0].value > old[0].value else "down"
        yield Aspect(kind="number", field=field, old=old[0].text, new=new[0].text, direction=direction)


@cache
def _not_occasions() -> frozenset[str]:
    return frozenset(stem(normal_form(word)) for word in load_toml("comparison.toml")["not_occasions"]) | {""}


def _responsible(old: Measure, new: Measure) -> Iterator[Aspect]:
    if not old.responsible and not new.responsible:
        return
    if not same_units(old.responsible, new.responsible):
        before, after = ", ".join(old.responsible) or None, ", ".join(new.responsible) or None
        yield Aspect(kind="responsible", field="responsible", old=before, new=after)


def _undertakers(old: Measure, new: Measure) -> Iterator[Aspect]:
    """A promise or bullet that has gone from the one party to the other; that both take part tells of the wording."""
    before, after = set(old.undertaken_by), set(new.undertaken_by)
    listed = "row" not in (old.form, new.form) and "card" not in (old.form, new.form)
    if listed and before and after and not before & after:
        names = load_toml("comparison.toml")["parties"]["names"]
        left, right = (", ".join(names[kind] for kind in one.undertaken_by) for one in (old, new))
        yield Aspect(kind="responsible", field="undertaken_by", old=left, new=right)


def same_units(old: Sequence[str], new: Sequence[str]) -> bool:
    """True when the units are the same, whatever the order; 'SN' is the 'Socialnämnden' that it abbreviates."""
    left = list(new)
    for unit in old:
        match = next((other for other in left if _same_unit_name(unit, other)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _same_unit_name(first: str, second: str) -> bool:
    if unit_key(first) == unit_key(second):
        return True
    short, long = sorted((first, second), key=len)
    return short.isupper() and not long.isupper() and _initials(long) == short.casefold().strip(".")


def _initials(unit: str) -> str:
    """The letters that a unit is abbreviated by: 'Barn- och utbildningsnämnden' gives 'bun'."""
    words = load_toml("comparison.toml")
    letters = ""
    for word in words_of(unit):
        if word.norm in words["function_words"]:
            continue
        head = next((head for head in words["unit_heads"] if word.norm.endswith(head)), "")
        letters += word.norm[0] if word.norm != head else ""
        letters += words["unit_heads"].get(head, "")
    return letters


def _schedule(old: str | None, new: str | None, periods: Periods) -> Iterator[Aspect]:
    if (old or "") == (new or "") or (old and new and (same_wording(old, new) or _same_times(old, new))):
        return
    if old and new and follows_period(old, new, periods):
        return
    yield Aspect(kind="schedule", field="schedule", old=old, new=new, direction=_later(old, new, periods))


def _same_times(old: str, new: str) -> bool:
    """True when the same times are named in another order or with a word more: 'maj och juni', 'i juni, maj'."""
    padding = load_toml("comparison.toml")["schedule_padding"]
    times = [sorted(word.stem for word in words_of(text) if word.norm not in padding) for text in (old, new)]
    return bool(times[0]) and times[0] == times[1]


def _later(old: str | None, new: str | None, periods: Periods) -> Direction | None:
    """Earlier or later in the period, counted from both its start and its end; None when that cannot be told."""
    years = [sorted({*map(int, _YEAR.findall(_whole_years(text or "")))}) for text in (old, new)]
    if len(years[0]) != len(years[1]) or not years[0] or not periods.shifts:
        return None
    moved = years[1][-1] - years[0][-1]
    steps = [moved - shift for shift in periods.shifts]
    return "later" if min(steps) > 0 else "earlier" if max(steps) < 0 else None


def _targets(old: Goal, new: Goal) -> Iterator[Aspect]:
    """Targets of the same thing that differ; one is new or gone only where the other goal gives no figure for it."""
    left, alone = list(new.targets), []
    for target in old.targets:
        match = _nearest(target, left)
        if match is None:
            alone.append(target)
            continue
        left.remove(match)
        if not _same_target(target, match):
            yield _target(target, match)
    if len(alone) == len(left) == 1:
        yield _target(alone[0], left[0])
        return
    yield from _unmatched(alone, new, gone=True)
    yield from _unmatched(left, old, gone=False)


def _unmatched(targets: Sequence[Target], other: Goal, *, gone: bool) -> Iterator[Aspect]:
    """What became of targets without their like in the other goal, whose figures may not have been understood."""
    known = [target.text for target in other.targets]
    figures = [one.text for one in find_quantities(other.text) if not any(one.text in text for text in known)]
    figures += [share for share in _shares(other.text) if not any(share in text for text in known)]
    for target in targets:
        if not figures:
            yield _target(target, None) if gone else _target(None, target)
        elif len(figures) == len(targets) == 1:
            sides = (target, None) if gone else (None, target)
            texts = (target.text, figures[0]) if gone else (figures[0], target.text)
            yield Aspect(
                kind="target", field="targets", old=texts[0], new=texts[1], old_target=sides[0], new_target=sides[1]
            )


def _shares(text: str) -> list[str]:
    """Words for a share: 'hälften', 'var fjärde'."""
    return [hit.group() for hit in _share_words().finditer(text)]


@cache
def _share_words() -> re.Pattern[str]:
    return re.compile("|".join(load_toml("comparison.toml")["shares"]["patterns"]), re.IGNORECASE)


def _nearest(target: Target, candidates: Iterable[Target]) -> Target | None:
    """The target of the same thing; the unit must not differ, and the nearest wording is taken."""
    fitting = [one for one in candidates if not (_unit(one) and _unit(target) and _unit(one) != _unit(target))]
    return max(
        fitting, key=lambda one: wording_ratio(target.quantity or target.text, one.quantity or one.text), default=None
    )


def _unit(target: Target) -> str:
    """What is counted: a share is a percentage, and 'per år' says how often, not what."""
    unit = target.unit or ""
    return "" if unit.startswith("per ") else "procent" if unit == _SHARE else unit


def _value(target: Target) -> float | None:
    return target.value * 100 if target.value is not None and target.unit == _SHARE else target.value


def _same_target(old: Target, new: Target) -> bool:
    kept = ("comparator", "baseline", "by")
    same = all(getattr(old, field) == getattr(new, field) for field in kept)
    return same and _unit(old) == _unit(new) and _value(old) == _value(new)


def _target(old: Target | None, new: Target | None) -> Aspect:
    direction: Direction | None = None
    before, after = _value(old) if old else None, _value(new) if new else None
    alike = old and new and (_unit(old) == _unit(new) or not (_unit(old) and _unit(new)))
    if alike and before is not None and after is not None and before != after:
        direction = "up" if after > before else "down"
    texts = {"old": old.text if old else None, "new": new.text if new else None}
    return Aspect(kind="target", field="targets", direction=direction, old_target=old, new_target=new, **texts)
