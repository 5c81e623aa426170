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

_ENOUGH = 0.5
"""Log-odds that a part must have with the whole it is said to come from or go into, rivalry aside."""
_OWN = 0.15
"""How much of the whole's telling words it must account for that its sibling does not."""
_WITHIN = 0.35
"""How much of its own label must be found in the whole."""


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


def _without_rivalry(signals: Signals, weights: Weights) -> Matrix:
    terms = [worth * signals[name] for name, worth in weights.worth.items() if name != "lead"]
    score: Matrix = sum(terms[1:], terms[0]) - weights.doubt
    return score


def _relate(
    whole_side: _Side, part_side: _Side, kind: ChangeKind, partner: dict[int, int], scores: Matrix
) -> tuple[dict[int, Relation], dict[int, Relation]]:
    """For each lonely part the whole it belongs to: the relations of the wholes and of the parts."""
    wholes: dict[int, Relation] = {}
    parts: dict[int, Relation] = {}
    for number in sorted(set(range(len(part_side.items))).difference(partner.values())):
        label, bag = part_side.labels[number], part_side.bags[number]
        fitting = [
            whole for whole, sibling in partner.items()
            if scores[whole, number] > _ENOUGH
            and _fills(whole_side.bags[whole], part_side.bags[sibling], bag, label)
        ]  # fmt: skip
        if fitting:
            _, whole = max((float(scores[one, number]), -one) for one in fitting)
            whole = -whole
            known = wholes.get(whole, (kind, (part_side.items[partner[whole]].id,)))
            wholes[whole] = (kind, (*known[1], part_side.items[number].id))
            parts[number] = (kind, (whole_side.items[whole].id,))
    return wholes, parts


def _fills(whole: Bag, sibling: Bag, part: Bag, label: Bag) -> bool:
    """True when the part's label is in the whole, and it covers words of the whole that its sibling does not have."""
    total = sum(whole.values())
    own = sum(weight for feature, weight in whole.items() if feature in part and feature not in sibling)
    within = sum(weight for feature, weight in label.items() if feature in whole)
    return total > 0 and own / total >= _OWN and within >= _WITHIN * sum(label.values())
