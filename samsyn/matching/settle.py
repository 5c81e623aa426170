"""Takes the candidates of a text, gives those that are left when each word serves the one that explains it best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from samsyn.matching.candidate import BY_WORDS, Candidate
from samsyn.words import Word

_FARTHEST_CHILD = 8
# The second member of a list with a common head stands at most this many words after the first.
_FARTHEST_MEMBER = 4
# Below this a candidate takes no words from others and hides no parent.
_DOUBTFUL = 0.7


class Scored(NamedTuple):
    """A candidate with its score."""

    candidate: Candidate
    score: float


class Family(NamedTuple):
    """What settling must know of the register: which measures are reported, and whose ancestors are whose.

    `actors` are roles: who does a measure may be a word of the pattern that tells what is done, but is no part of
    another name ('BRÅ-samordnaren').
    """

    reported: Sequence[bool]
    actors: Sequence[bool]
    ancestors: Sequence[frozenset[int]]
    list_words: frozenset[str]


def settle(found: Iterable[Scored], words: Sequence[Word], family: Family) -> list[Scored]:
    """The candidates that stand, best first; blocked, silent and less specific ones are gone."""
    ranked = sorted(found, key=_rank)
    blocked: dict[int, set[int]] = {}
    for candidate, _ in ranked:
        if candidate.block:
            blocked.setdefault(candidate.measure, set()).update(candidate.words)
    taken: dict[int, Candidate] = {}
    acting: set[int] = set()
    kept: list[Scored] = []
    for one in ranked:
        candidate = one.candidate
        if candidate.block or not blocked.get(candidate.measure, set()).isdisjoint(candidate.words):
            continue
        # A parent's name does not keep its words from a child ('nykterhetskontroller på skoterleder').
        holders = {taken[word] for word in candidate.words if word in taken}
        if candidate.method not in BY_WORDS and not acting.isdisjoint(candidate.words):
            continue
        if all(
            holder.measure in family.ancestors[candidate.measure] or _share_head(candidate, holder, words, family)
            for holder in holders
        ):
            kept.append(one)
            if family.actors[candidate.measure]:
                acting.update(candidate.words)
            else:
                taken.update({word: candidate for word in candidate.words if word not in taken})
    reported = [one for one in kept if family.reported[one.candidate.measure]]
    return sorted(_most_specific(reported, words, family), key=lambda one: (-one.score, one.candidate.words))


def _share_head(first: Candidate, second: Candidate, words: Sequence[Word], family: Family) -> bool:
    """True when the two are members of a list with its first word in common and nothing else.

    'Information om bedrägerier och inbrottsskydd': the head serves both.
    """
    head = first.words[0]
    if second.words[0] != head or set(first.words) & set(second.words) != {head}:
        return False
    if len(first.words) == 1 or len(second.words) == 1:
        return False
    earlier, later = sorted((first.words, second.words))
    between = words[earlier[-1] + 1 : later[1] + 1]
    if later[1] < earlier[-1] or len(between) > _FARTHEST_MEMBER:
        return False
    return any(word.norm in family.list_words or word.gap.startswith(",") for word in between)


def _rank(one: Scored) -> tuple[bool, bool, int, float, int, tuple[int, ...], int]:
    """Names before patterns, longer names before shorter, surer before less sure; doubtful ones last of all."""
    candidate = one.candidate
    return (
        one.score < _DOUBTFUL,
        by_words := candidate.method in BY_WORDS,
        0 if by_words else -len(candidate.words),
        -one.score,
        -len(candidate.words),
        candidate.words,
        candidate.measure,
    )


def _most_specific(kept: Sequence[Scored], words: Sequence[Word], family: Family) -> Iterable[Scored]:
    for one in kept:
        children = (other for other in kept if one.candidate.measure in family.ancestors[other.candidate.measure])
        if not any(child.score >= _DOUBTFUL and _same_place(one, child, words, family) for child in children):
            yield one


def _same_place(parent: Scored, child: Scored, words: Sequence[Word], family: Family) -> bool:
    """True when nothing of a list stands between the two: then the parent only says what the child is."""
    first, second = sorted((parent.candidate.words, child.candidate.words))
    between = words[first[-1] + 1 : second[0] + 1]
    if len(between) > _FARTHEST_CHILD:
        return False
    sentence = words[first[-1]].sentence
    return not any(
        word.norm in family.list_words or "," in word.gap or ";" in word.gap or word.sentence != sentence
        for word in between
    )
