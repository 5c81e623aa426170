"""Takes a value and what speaks against it, gives how sure it is (0-1) and why not more: the order of a review.

Where people have checked a sample, the share of right values of its field is what it starts from; before that, a
guess by how the value was found. It puts the doubtful first and is no probability.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from samsyn.corpora.sampling import wilson
from samsyn.corpora.values import ValueAt
from samsyn.models.agreement import Agreement

_ENOUGH = 10
"""So many checks of a field say more than the guess."""
_FORMS = {"row": 0.95, "card": 0.95, "promise": 0.9, "bullet": 0.85, "prose": 0.7}
_USUAL = 0.9
_EMPTY = 0.6
_DOUBTED, _DISAGREED, _RECOGNISED = 0.5, 0.5, 0.8
_LONG = {"title": 300, "text": 2000, "name": 60}
"""Longer values of these fields are seldom whole and only what they should be."""


class Confidence(NamedTuple):
    """How sure a value is, and what speaks against it (Swedish, for a person to read)."""

    score: float
    doubts: tuple[str, ...]


class Ground(NamedTuple):
    """What confidence is judged by in one agreement: blocks that warnings are about, fields that copies disagree on."""

    warned: Mapping[str, str]
    disagreed: frozenset[tuple[str, str]]
    recognised: bool
    forms: Mapping[str, str]


def ground_of(connection: sqlite3.Connection, identity: str, agreement: Agreement) -> Ground:
    """What speaks against values of the agreement."""
    warned = {item.block: caution.message for caution in agreement.warnings for item in caution.evidence if item.block}
    rows = connection.execute(
        "SELECT field, value FROM disagreements WHERE agreement = ? AND value IS NOT NULL "
        "UNION SELECT field, other_value FROM disagreements WHERE other = ? AND other_value IS NOT NULL",
        (identity, identity),
    )
    forms = {measure.id: measure.form for measure in agreement.measures}
    return Ground(warned, frozenset(rows.fetchall()), agreement.source.ocr, forms)


def measured(connection: sqlite3.Connection) -> dict[tuple[str, str], float]:
    """By list and field: the lower bound of the share of right values, where enough of them were checked."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for name, field, verdict, number in connection.execute(
        "SELECT list, field, verdict, count(*) FROM checks GROUP BY list, field, verdict"
    ):
        counts[name, field][0] += number if verdict == "right" else 0
        counts[name, field][1] += number
    return {key: wilson(right, every)[0] for key, (right, every) in counts.items() if every >= _ENOUGH}


def confidence_of(value: ValueAt, ground: Ground, shares: Mapping[tuple[str, str], float]) -> Confidence:
    """How sure the value is."""
    score = value.score if value.score is not None else shares.get((value.list, value.field), _prior(value, ground))
    doubts = []
    for factor, doubt in _doubts(value, ground):
        score *= factor
        doubts.append(doubt)
    return Confidence(round(score, 3), tuple(doubts))


def _prior(value: ValueAt, ground: Ground) -> float:
    if value.value in (None, ()):
        return _EMPTY
    return _FORMS.get(ground.forms.get(value.anchor.id, ""), _USUAL) if value.list == "measures" else _USUAL


def _doubts(value: ValueAt, ground: Ground) -> Iterator[tuple[float, str]]:
    if value.value in (None, ()):
        yield 1.0, "inget hittat"
    if value.score is not None and value.score < _USUAL:
        yield 1.0, "osäker igenkänning"
    warning = next((ground.warned[item.block] for item in value.evidence if item.block in ground.warned), None)
    if warning:
        yield _DOUBTED, warning
    if _disagreed(value, ground):
        yield _DISAGREED, "en kopia av dokumentet säger annat"
    if ground.recognised:
        yield _RECOGNISED, "texten är igenkänd ur en bild"
    if isinstance(value.value, str) and len(value.value) > _LONG.get(value.field, 10_000):
        yield _DOUBTED, "ovanligt långt"


_OWN = {
    "period.start": "start_date",
    "period.end": "end_date",
    "decided.body": "decided_by",
    "decided.date": "decided_on",
    "municipalities": "municipality",
}


def _disagreed(value: ValueAt, ground: Ground) -> bool:
    if not value.list:
        return any(field == _OWN.get(value.field, value.field) for field, _ in ground.disagreed)
    return (value.list, str(value.value)) in ground.disagreed
