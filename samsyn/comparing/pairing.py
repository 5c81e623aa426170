"""Takes the signals of two agreements' items, gives the pairs of them that belong together, and why.

Score first, then decide: the score of a pair adds what each signal is worth; the pairs are the best assignment over
the whole, and what scores below nought stays alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from samsyn.comparing.signals import lead_of

if TYPE_CHECKING:
    from samsyn.comparing.signals import Signals
    from samsyn.comparing.vectors import Matrix


class Weights(NamedTuple):
    """What each signal is worth in log-odds, and how much must be shown before two items are a pair."""

    worth: Mapping[str, float]
    doubt: float


MEASURES = Weights(
    {
        "wording": 2.0, "cover": 2.5, "lead": 6.0, "hollow": -1.5, "concepts": 0.5, "other_concepts": -1.5,
        "identity": 2.0, "other_identity": -1.2, "actors": 0.7, "other_party": -1.5, "names": 0.4, "other_names": -12.0,
        "other_words": -12.0,
        "area": 1.2, "place": 0.3,
    },
    doubt=2.1,
)  # fmt: skip
"""Rounded by hand from a logistic fit over the pairs of tests/alignment (`python -m benchmarks.compare --signals`).

Look-alikes weigh more than the fit says: there are few of them, and a wrong pair costs more than a missing one.
"""

GOALS = Weights(
    {
        "wording": 3.5, "cover": 2.0, "lead": 5.0, "other_concepts": -1.0, "names": 0.5, "other_names": -4.0,
        "area": 1.5, "place": 0.3,
    },
    doubt=2.8,
)  # fmt: skip
PROBLEMS = Weights({"wording": 4.0, "cover": 1.5, "lead": 4.0, "names": 0.5, "area": 4.0, "place": 0.5}, doubt=2.0)
AREAS = Weights(
    {"wording": 4.0, "cover": 1.5, "lead": 4.0, "members": 6.0, "other_names": -2.0, "place": 0.5}, doubt=2.0
)


_SURE = 1.5
"""A pair of so many log-odds is settled, and neither of the two stands in the way of what is left."""


class Link(NamedTuple):
    """A pair of items by number: how sure (0-1), how alike its wording (0-1), what each signal gave (log-odds)."""

    old: int
    new: int
    confidence: float
    likeness: float
    gave: Mapping[str, float]


def score_pairs(signals: Signals, weights: Weights) -> Matrix:
    """The score of every pair, in log-odds: above nought it is likelier than not that they are the same."""
    terms = [worth * signals[name] for name, worth in weights.worth.items()]
    score: Matrix = sum(terms[1:], terms[0]) - weights.doubt
    return score


def pair_up(signals: Signals, weights: Weights) -> tuple[Link, ...]:
    """The pairs that are best over the whole, each item in one at most, in the order of the old items."""
    scores = score_pairs(signals, weights)
    sure = [pair for pair in assign(scores) if scores[pair] > _SURE]
    if sure:
        signals = _with_fewer_rivals(signals, sure)
        scores = score_pairs(signals, weights)
    return tuple(_link(signals, weights, old, new, float(scores[old, new])) for old, new in assign(scores))


def _with_fewer_rivals(signals: Signals, sure: Sequence[tuple[int, int]]) -> Signals:
    """The signals with the lead of what is left measured against what is left, too: who is taken is half a rival."""
    import numpy

    shape = signals["wording"].shape
    left = tuple(
        numpy.setdiff1d(numpy.arange(size), numpy.array([pair[side] for pair in sure]))
        for side, size in enumerate(shape)
    )
    if not left[0].size or not left[1].size:
        return signals
    cells = numpy.ix_(*left)
    lead = signals["lead"].copy()
    apart = numpy.maximum(signals["other_names"], signals["other_words"])
    lead[cells] = (lead[cells] + lead_of(signals["wording"][cells], apart[cells])) / 2
    return {**signals, "lead": lead}


def assign(scores: Matrix) -> tuple[tuple[int, int], ...]:
    """The one-to-one assignment with the greatest sum of scores; scores of nought or less are never taken."""
    import numpy
    from scipy.optimize import linear_sum_assignment

    if not scores.size:
        return ()
    rows, columns = linear_sum_assignment(numpy.maximum(scores, 0.0), maximize=True)
    return tuple((int(row), int(column)) for row, column in zip(rows, columns, strict=True) if scores[row, column] > 0)


def _link(signals: Signals, weights: Weights, old: int, new: int, score: float) -> Link:
    gave = {name: worth * float(signals[name][old, new]) for name, worth in weights.worth.items()}
    likeness = float(signals["wording"][old, new])
    return Link(old, new, 1 / (1 + math.exp(-score)), likeness, {name: value for name, value in gave.items() if value})
