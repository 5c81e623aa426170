"""Scoring: an extracted agreement against gold, as counts that add up over documents and give an F1 a column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from tests.accuracy.blocks import FIELDS

Record = dict[str, Any]

COLUMNS = (
    "identity",
    "period",
    "decision",
    "areas",
    "goals",
    "goal places",
    "problems",
    "rows",
    "cells",
    "responsible",
    "outcomes",
    "measure areas",
    "signers",
    "signer facts",
    "recurring",
    "mentions",
)
"""What is scored; 'goal places' is level and area of a found goal, 'signer facts' title, party and date."""

SAME_TITLE, SAME_CELL, SAME_NAME, SAME_ROW, SAME_PROBLEM, OPTIONAL = 88.0, 90.0, 94.0, 75.0, 50.0, 75.0
"""Similarities (0-100) from which two texts count as the same."""


class Counts(NamedTuple):
    """What gold holds, what was found, and how much of it agrees; sums of counts are counts."""

    right: float = 0.0
    found: float = 0.0
    wanted: float = 0.0

    def plus(self, other: Counts) -> Counts:
        """Both counts together."""
        return Counts(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, 0-100; None where there was nothing to find or to err in."""
        return 200 * self.right / (self.found + self.wanted) if self.found + self.wanted else None


class Miss(NamedTuple):
    """One thing that was not found, was invented or is wrong, in words."""

    column: str
    text: str


class Score:
    """The counts of one or more documents by column, and what was missed."""

    def __init__(self) -> None:
        self.counts: dict[str, Counts] = {}
        self.misses: list[Miss] = []

    def add(self, column: str, right: float, found: float, wanted: float) -> None:
        """Adds to a column."""
        self.counts[column] = self.counts.get(column, Counts()).plus(Counts(right, found, wanted))

    def merge(self, other: Score) -> None:
        """Adds another score's counts, column by column; its misses stay with it."""
        for column, counts in other.counts.items():
            self.add(column, *counts)

    def f1(self, column: str) -> float | None:
        """The F1 of a column, 0-100, or None where the column has no case."""
        return self.counts.get(column, Counts()).f1

    def mean(self) -> float:
        """The mean F1 of the columns that have a case."""
        values = [value for column in COLUMNS if (value := self.f1(column)) is not None]
        return sum(values) / len(values) if values else 0.0

    def miss(self, column: str, text: str) -> None:
        """Notes what went wrong."""
        self.misses.append(Miss(column, text))


def normal(text: object) -> str:
    """The text as compared: composed, without case, hyphens, soft marks and most punctuation."""
    folded = unicodedata.normalize("NFKC", str(text or "")).casefold()
    folded = re.sub(r"[\u00ad\u200b]", "", folded)
    folded = re.sub(r"[\s\u2010-\u2015-]+", " ", folded)
    return re.sub(r"[^\w %,.§/()+]", "", folded).strip(" .,;:")


def likeness(one: object, other: object) -> float:
    """0-100 between two texts, lost and added spaces forgiven."""
    first, second = normal(one), normal(other)
    if first == second:
        return 100.0
    return max(fuzz.ratio(first, second), fuzz.ratio(first.replace(" ", ""), second.replace(" ", "")))


def goal_likeness(one: object, other: object) -> float:
    """Like `likeness`; a clause and a sentence around it, at most twice as long, are one goal."""
    value = likeness(one, other)
    short, long = sorted((normal(one), normal(other)), key=len)
    inside = short and len(long) <= 2 * len(short) and fuzz.partial_ratio(short, long) >= 95
    return max(value, SAME_TITLE) if inside else value


def paired(
    wanted: Sequence[Any], found: Sequence[Any], measure: Callable[[Any, Any], float], least: float
) -> dict[int, tuple[int, float]]:
    """One-to-one pairs, the most alike first: index wanted → (index found, likeness)."""
    candidates = sorted(
        ((measure(one, other), -i, -j) for i, one in enumerate(wanted) for j, other in enumerate(found)),
        reverse=True,
    )
    pairs: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for value, i, j in candidates:
        if value < least:
            break
        if -i not in pairs and -j not in taken:
            pairs[-i] = (-j, value)
            taken.add(-j)
    return pairs


def score(gold: Record, extracted: Record) -> Score:
    """Scores one extracted agreement (the contract's JSON) against one gold."""
    result = Score()
    areas = {str(area.get("id")): area.get("title") for area in extracted.get("focus_areas") or []}
    _facts(gold["meta"], extracted, result)
    _areas(gold, extracted, result)
    _goals(gold, extracted, areas, result)
    _problems(gold, extracted, result)
    _measures(gold, extracted, areas, result)
    _signatories(gold, extracted, result)
    _mentions(gold, extracted, result)
    hidden = set(gold.get("skip") or [])
    if "cells" in hidden:
        hidden |= {"responsible", "outcomes", "measure areas"}
    result.counts = {column: counts for column, counts in result.counts.items() if column not in hidden}
    result.misses = [miss for miss in result.misses if miss.column not in hidden]
    return result


def _facts(meta: Record, extracted: Record, result: Score) -> None:
    period, found_period = meta.get("period") or {}, extracted.get("period") or {}
    decided, found_decided = meta.get("decided") or {}, extracted.get("decided") or {}
    _fact("identity", "kind", meta["kind"], extracted.get("kind"), result)
    codes = {place["code"] for place in meta["municipalities"]}
    found_codes = {str(place.get("code")) for place in extracted.get("municipalities") or []}
    _set("identity", codes, found_codes, result, "municipality")
    for name in ("start", "end"):
        _fact("period", name, period.get(name), found_period.get(name), result)
    for name in ("date", "body"):
        _fact("decision", name, decided.get(name), found_decided.get(name), result)
    for name, least in (("diary_number", 100.0), ("replaces", 85.0)):
        _fact("decision", name, meta.get(name), extracted.get(name), result, least)


def _fact(column: str, name: str, wanted: Any, found: Any, result: Score, least: float = 100.0) -> None:
    if not wanted and not found:
        return
    right = bool(wanted and found) and likeness(wanted, found) >= least
    result.add(column, right, bool(found), bool(wanted))
    if not right:
        result.miss(column, f"{name}: wanted {wanted!r}, found {found!r}")


def _set(column: str, wanted: set[str], found: set[str], result: Score, what: str = "") -> None:
    result.add(column, len(wanted & found), len(found), len(wanted))
    for name in sorted(wanted - found):
        result.miss(column, f"{what} missed: {name}".strip())
    for name in sorted(found - wanted):
        result.miss(column, f"{what} invented: {name}".strip())


def _unpaired(
    column: str, wanted: Sequence[str], found: Sequence[str], pairs: dict[int, tuple[int, float]], result: Score
) -> None:
    matched = {j for j, _ in pairs.values()}
    for index, text in enumerate(wanted):
        if index not in pairs:
            result.miss(column, f"missed: {text[:120]}")
    for index, text in enumerate(found):
        if index not in matched:
            result.miss(column, f"invented: {text[:120]}")


def _areas(gold: Record, extracted: Record, result: Score) -> None:
    wanted = gold["focus_areas"]
    found = [str(area.get("title") or "") for area in extracted.get("focus_areas") or []]
    pairs = paired(wanted, found, likeness, SAME_TITLE)
    result.add("areas", len(pairs), len(found), len(wanted))
    _unpaired("areas", wanted, found, pairs, result)


def _goals(gold: Record, extracted: Record, areas: Record, result: Score) -> None:
    wanted, found = gold["goals"], list(extracted.get("goals") or [])
    texts = [goal["text"] for goal in wanted]
    pairs = paired(texts, [goal.get("text") for goal in found], goal_likeness, SAME_TITLE)
    matched = {j for j, _ in pairs.values()}
    rest = [goal for index, goal in enumerate(found) if index not in matched]
    optional = [goal["text"] for goal in gold.get("optional_goals") or []]
    free = paired(optional, [goal.get("text") for goal in rest], goal_likeness, OPTIONAL)
    invented = [g for index, g in enumerate(rest) if index not in {j for j, _ in free.values()}]
    result.add("goals", len(pairs), len(pairs) + len(invented), len(wanted))
    for index, text in enumerate(texts):
        if index not in pairs:
            result.miss("goals", f"missed: {text[:120]}")
    for goal in invented:
        result.miss("goals", f"invented: {str(goal.get('text'))[:120]}")
    for i, (j, _) in pairs.items():
        _fact("goal places", f"level of {texts[i][:60]!r}", wanted[i]["level"], found[j].get("level"), result)
        title = areas.get(str(found[j].get("focus_area")))
        _fact("goal places", f"area of {texts[i][:60]!r}", wanted[i]["focus_area"], title, result, 85.0)


def _problems(gold: Record, extracted: Record, result: Score) -> None:
    wanted = [problem["text"] for problem in gold["problem_pictures"]]
    found = [str(problem.get("text") or "") for problem in extracted.get("problem_pictures") or []]
    pairs = paired(wanted, found, likeness, SAME_PROBLEM)
    result.add("problems", sum(value for _, value in pairs.values()) / 100, len(found), len(wanted))
    _unpaired("problems", wanted, found, pairs, result)
    for i, (j, value) in pairs.items():
        if value < 95:
            lengths = f"{len(wanted[i])} and {len(found[j])} characters"
            result.miss("problems", f"only {value:.0f} alike ({lengths}): {wanted[i][:80]}")


def _row_likeness(one: Record, other: Record) -> float:
    """The mean likeness of the cells that either has, by their length."""
    weighed, total = 0.0, 0
    for name in FIELDS:
        first, second = one.get(name), other.get(name)
        weight = max(len(first or ""), len(second or ""))
        weighed += weight * likeness(first, second) if first and second else 0
        total += weight
    return weighed / total if total else 0.0


def _label(measure: Record) -> str:
    names = ("title", "municipality_action", "police_action", "joint_action")
    return str(next((measure[name] for name in names if measure.get(name)), ""))[:80]


def _measures(gold: Record, extracted: Record, areas: Record, result: Score) -> None:
    wanted, found = gold["measures"], list(extracted.get("measures") or [])
    pairs = paired(wanted, found, _row_likeness, SAME_ROW)
    result.add("rows", len(pairs), len(found), len(wanted))
    labels = [_label(measure) for measure in wanted]
    _unpaired("rows", labels, [_label(measure) for measure in found], pairs, result)
    for index, measure in enumerate(wanted):
        other = found[pairs[index][0]] if index in pairs else {}
        _cells(measure, other, labels[index], result)
        units = {normal(unit) for unit in measure.get("responsible") or []}
        _set("responsible", units, {normal(unit) for unit in other.get("responsible") or []}, result, labels[index])
        _outcomes(measure, other, result)
        ids = {str(one["id"]) for one in other.get("recurring") or []}
        _set("recurring", set(measure.get("canonical") or []), ids, result, labels[index])
        title = areas.get(str(other.get("focus_area")))
        _fact("measure areas", f"area of {labels[index]!r}", measure["focus_area"], title, result, 85.0)


def _cells(measure: Record, other: Record, label: str, result: Score) -> None:
    for name in FIELDS:
        wanted, found = measure.get(name), other.get(name)
        if other:
            _fact("cells", f"{name} of {label!r}", wanted, found, result, SAME_CELL)
        elif wanted:  # a row that was not found: said once, under rows
            result.add("cells", 0, 0, 1)


def _outcomes(measure: Record, other: Record, result: Score) -> None:
    wanted, found = measure.get("outcomes") or [], other.get("outcomes") or []
    pairs = paired(wanted, found, likeness, SAME_CELL)
    result.add("outcomes", len(pairs), len(found), len(wanted))
    _unpaired("outcomes", wanted, found, pairs, result)


def _signatories(gold: Record, extracted: Record, result: Score) -> None:
    wanted, found = gold["signatories"], list(extracted.get("signatories") or [])
    names = [person["name"] for person in wanted]
    pairs = paired(names, [person.get("name") for person in found], likeness, SAME_NAME)
    result.add("signers", len(pairs), len(found), len(wanted))
    _unpaired("signers", names, [str(person.get("name")) for person in found], pairs, result)
    for i, (j, _) in pairs.items():
        full = f"{wanted[i]['title']} {wanted[i].get('organisation') or ''}"
        found_title = found[j].get("title")
        title = full if likeness(full, found_title) >= 85 else wanted[i]["title"]
        _fact("signer facts", f"title of {names[i]}", title, found_title, result, 85.0)
        for name in ("party", "date"):
            _fact("signer facts", f"{name} of {names[i]}", wanted[i][name], found[j].get(name), result)


def _mentions(gold: Record, extracted: Record, result: Score) -> None:
    found = {str(mention["id"]) for mention in extracted.get("mentions") or []}
    found |= {str(one["id"]) for row in extracted.get("measures") or [] for one in row.get("recurring") or []}
    wanted = set(gold["mentions"])
    _set("mentions", wanted, found - (set(gold.get("optional_mentions") or []) - wanted), result)


def total(scores: Iterable[Score]) -> Score:
    """The scores together, micro-averaged; without their misses."""
    result = Score()
    for one in scores:
        result.merge(one)
    return result


def lines(groups: dict[str, Score]) -> Iterator[str]:
    """A table of the groups' F1 by column, for a terminal."""
    yield f"{'':34}{'mean':>7}" + "".join(f"{_short(column):>8}" for column in COLUMNS)
    for name, one in groups.items():
        values = (one.f1(column) for column in COLUMNS)
        cells = "".join(f"{'-' if value is None else f'{value:.1f}':>8}" for value in values)
        yield f"{name[:34]:34}{one.mean():7.1f}{cells}"


def _short(column: str) -> str:
    return column if len(column) < 8 else "".join(word[:4] + "." for word in column.split())[:8]
