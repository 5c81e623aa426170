"""Takes what was read of two copies of one agreement, gives where they differ: one of them was read wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from samsyn.models.agreement import Agreement
from samsyn.similarity import text_ratio

SAME = 0.9
"""Texts this alike (0-1) are the same value: line ends, hyphens and typing differ between renderings."""


class Difference(NamedTuple):
    """A field, which of its differences, and what each of the two says; None for nothing."""

    field: str
    number: int
    value: str | None
    other_value: str | None


def differences_between(first: Agreement, second: Agreement) -> Iterator[Difference]:
    """Fields that differ, then values that only one of the two has, the likeliest counterparts side by side."""
    for field, value, other in _fields(first, second):
        if value != other:
            yield Difference(field, 1, value, other)
    for field, values, others in _lists(first, second):
        yield from (Difference(field, number, *pair) for number, pair in enumerate(_unmatched(values, others), start=1))


def _fields(first: Agreement, second: Agreement) -> Iterator[tuple[str, str | None, str | None]]:
    for field in ("kind", "diary_number"):
        yield field, getattr(first, field), getattr(second, field)
    yield "start_date", first.period.start, second.period.start
    yield "end_date", first.period.end, second.period.end
    yield "decided_by", first.decided.body, second.decided.body
    yield "decided_on", first.decided.date, second.decided.date
    yield "municipality", _names(first), _names(second)


def _names(agreement: Agreement) -> str | None:
    return ", ".join(municipality.name for municipality in agreement.municipalities) or None


def _lists(first: Agreement, second: Agreement) -> Iterator[tuple[str, list[str], list[str]]]:
    yield "focus_areas", [area.title for area in first.focus_areas], [area.title for area in second.focus_areas]
    yield "goals", [goal.text for goal in first.goals], [goal.text for goal in second.goals]
    yield "problem_pictures", [p.text for p in first.problem_pictures], [p.text for p in second.problem_pictures]
    yield "measures", [measure.label for measure in first.measures], [measure.label for measure in second.measures]
    yield "signatories", [person.name for person in first.signatories], [person.name for person in second.signatories]


def _unmatched(values: Sequence[str], others: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """What is left when equal texts, then nearly equal ones, have been paired."""
    left, right = list(values), list(others)
    for text in values:
        if text in right:
            left.remove(text)
            right.remove(text)
    for text in tuple(left):
        best = max(right, key=lambda other: text_ratio(text, other), default=None)
        if best is None:
            break
        alike = text_ratio(text, best)
        if alike >= SAME:
            left.remove(text)
            right.remove(best)
        elif alike >= 0.5:
            left.remove(text)
            right.remove(best)
            yield text, best
    yield from ((text, None) for text in left)
    yield from ((None, text) for text in right)
