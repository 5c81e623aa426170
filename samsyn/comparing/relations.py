"""Takes the pairs and what was left alone, gives which parts were split in several or merged into one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from samsyn.comparing.items import Item
from samsyn.comparing.pairing import Link, Weights
from samsyn.comparing.vectors import Bag, Lexicon
from samsyn.models.comparison import ChangeKind

if TYPE_CHECKING:
    from samsyn.comparing.signals import Signals
    from samsyn.comparing.vectors import Matrix

_ENOUGH = 2.4
"""What must be shown before a part is said to come from, or go into, a whole that already has a partner.

It adds up the log-odds of the two as a pair, rivals and the methods named aside (a whole may name several); how much
of the whole the part accounts for that its sibling does not; and how much of the part's label stands in the whole.
Rounded by hand so that on the pairs of tests/alignment none is told that is not.
"""
_OWN, _MOST_OWN, _WITHIN = 6.0, 0.25, 2.0


Relation: TypeAlias = tuple[ChangeKind, tuple[str, ...]]
"""Split or merged, and the ids of the relatives on the other side."""


class Relations(NamedTuple):
    """By number of the item, its relation."""

    old: dict[int, Relation]
    new: dict[int, Relation]


class _Side(NamedTuple):
    """One agreement's items with the words of their texts and of their labels."""

    items: Sequence[Item]
    bags: Sequence[Bag]
    labels: Sequence[Bag]


def find_relations(
    old: Sequence[Item], new: Sequence[Item], links: Sequence[Link], signals: Signals, weights: Weights
) -> Relations:
    """What was split and what was merged: a part left alone that fills out what its better sibling leaves open."""
    if not old or not new:
        return Relations({}, {})
    scores = _without_rivalry(signals, weights)
    lexicon = Lexicon(item.what for item in (*old, *new))
    sides = [
        _Side(items, [lexicon.words(item.what) for item in items], [lexicon.words(item.what[:1]) for item in items])
        for items in (old, new)
    ]
    wholes, parts = _relate(sides[0], sides[1], "split", {link.old: link.new for link in links}, scores)
    sums, sources = _relate(sides[1], sides[0], "merged", {link.new: link.old for link in links}, scores.T)
    return Relations({**sources, **wholes}, {**sums, **parts})


_ASIDE = frozenset({"lead", "other_identity"})


def _without_rivalry(signals: Signals, weights: Weights) -> Matrix:
    terms = [worth * signals[name] for name, worth in weights.worth.items() if name not in _ASIDE]
    score: Matrix = sum(terms[1:], terms[0]) - weights.doubt
    return score


def _relate(
    whole_side: _Side, part_side: _Side, kind: ChangeKind, partner: dict[int, int], scores: Matrix
) -> tuple[dict[int, Relation], dict[int, Relation]]:
    """For each lonely part the whole it belongs to: the relations of the wholes and of the parts."""
    wholes: dict[int, Relation] = {}
    parts: dict[int, Relation] = {}
    least = _ENOUGH - _OWN * _MOST_OWN - _WITHIN
    for number in sorted(set(range(len(part_side.items))).difference(partner.values())):
        fitting = {
            whole: float(scores[whole, number]) + _fills(whole_side.bags[whole], part_side, sibling, number)
            for whole, sibling in partner.items()
            if scores[whole, number] > least
        }
        whole = max(fitting, key=lambda one: (fitting[one], -one), default=None)
        if whole is not None and fitting[whole] > _ENOUGH:
            known = wholes.get(whole, (kind, (part_side.items[partner[whole]].id,)))
            wholes[whole] = (kind, (*known[1], part_side.items[number].id))
            parts[number] = (kind, (whole_side.items[whole].id,))
    return wholes, parts


def _fills(whole: Bag, part_side: _Side, sibling: int, part: int) -> float:
    """What speaks for the part in the words of the whole: those its sibling does not have, those of its own label."""
    bag, label = part_side.bags[part], part_side.labels[part]
    own = sum(weight for feature, weight in whole.items() if feature in bag and feature not in part_side.bags[sibling])
    within = sum(weight for feature, weight in label.items() if feature in whole)
    return _OWN * min(_MOST_OWN, _share(own, whole)) + _WITHIN * _share(within, label)


def _share(weight: float, bag: Bag) -> float:
    return weight / (sum(bag.values()) or 1.0)
