"""Counts how many pairs are right: takes what was paired and the gold, gives precision, recall and F1."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from samsyn.compare import compare_agreements
from tests.alignment.pairs import Pair, parts_of

Pairs = frozenset[tuple[str, str]]


class Score(NamedTuple):
    """Sums that add up: pairs that are right, that were made, and that there are."""

    right: int = 0
    made: int = 0
    gold: int = 0

    def __add__(self, other: object) -> Score:
        """The two counted together."""
        return Score(*(a + b for a, b in zip(self, other, strict=True))) if isinstance(other, Score) else NotImplemented

    @property
    def precision(self) -> float:
        """The share of the pairs made that are right."""
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.made + self.gold) if self.made + self.gold else 1.0


def pairs_of(pair: Pair, section: str) -> Pairs:
    """What `compare_agreements` pairs in the section, by ids."""
    changes = compare_agreements(pair.old, pair.new).section(section)
    return frozenset((change.old.id, change.new.id) for change in changes if change.old and change.new)


def score(pair: Pair, section: str, made: Pairs) -> Score:
    """The score of the pairs made: of what was merged or split, one pair counts."""
    gold = pair.gold(section)
    return Score(len(gold & made), len(made), _most(gold))


def score_all(pairs: Iterable[Pair], section: str, predict: Callable[[Pair, str], Pairs] = pairs_of) -> Score:
    """The sum over all the pairs of agreements."""
    return sum((score(pair, section, predict(pair, section)) for pair in pairs), Score())


def score_relations(pair: Pair) -> Score:
    """Of the measures told to be merged into another or split off one, how many are; of those that are, how many."""
    keys = pair.old_keys["measures"], pair.new_keys["measures"]
    told = [
        (change.kind, set(parts_of(keys[change.new is None][relative])) & set(parts_of(own)))
        for change in compare_agreements(pair.old, pair.new).measures
        if change.kind in ("merged", "split") and (change.old is None or change.new is None)
        for relative in change.relatives
        for own in [keys[0][change.old.id] if change.old else keys[1][change.new.id] if change.new else ""]
    ]
    gold = sum(len(parts_of(key)) - 1 for side in keys for key in side.values())
    split = [key.partition("/")[0] for side in keys for key in side.values() if "/" in key]
    return Score(sum(bool(shared) for _, shared in told), len(told), gold + len(split) - len(set(split)))


def _most(gold: Pairs) -> int:
    """How many pairs a one-to-one alignment can have of the gold at most."""
    partner: dict[str, str] = {}

    def place(old: str, tried: set[str]) -> bool:
        for candidate_old, new in sorted(gold):
            if candidate_old == old and new not in tried:
                tried.add(new)
                if new not in partner or place(partner[new], tried):
                    partner[new] = old
                    return True
        return False

    return sum(place(old, set()) for old in sorted({old for old, _ in gold}))
