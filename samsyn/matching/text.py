"""Takes a text, gives its words with the places where terms of the register stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from samsyn.matching.index import MatchIndex
from samsyn.matching.terms import Relation
from samsyn.similarity import stem
from samsyn.words import Word, words_of

_HYPHENS = ("-", "‐", "‑", "–")
_JOINTS = frozenset({" ", "\n", *(hyphen + rest for hyphen in _HYPHENS for rest in ("", " ", "\n"))})
_SHORTEST_TAIL = 4
# Names and patterns lie within a sentence; no need to look for their words farther away than this many words.
_STRETCH = 40
_LONGEST_STRETCH = 120
# A name of its own, because every hit of a text is held against it.
_MISSPELT = Relation.MISSPELT


class Spot(NamedTuple):
    """A place where a term stands: its first and last word, and how they stand to the term."""

    first: int
    last: int
    relation: Relation
    nearness: float


class PreparedText(NamedTuple):
    """A stretch of a text with its words, and the spots of each term of the register that may stand in it.

    `is_whole` is true when the stretch is all of the text.
    """

    text: str
    words: tuple[Word, ...]
    spots: dict[int, list[Spot]]
    is_whole: bool


def prepare_text(text: str, index: MatchIndex) -> Iterator[PreparedText]:
    """The text made ready for finding, in stretches of whole sentences so that the cost is linear in its length."""
    words = words_of(text)
    stretches = list(_stretches(words))
    for first, last in stretches:
        inside = words[first:last]
        yield PreparedText(text, inside, _spots(inside, index), len(stretches) == 1)


def _stretches(words: tuple[Word, ...]) -> Iterator[tuple[int, int]]:
    """Where each stretch begins and ends: at a sentence's end after enough words, or in an endless sentence."""
    first = 0
    for place, word in enumerate(words if len(words) > _STRETCH else ()):
        length = place - first
        if (length >= _STRETCH and word.opens) or length >= _LONGEST_STRETCH:
            yield first, place
            first = place
    if first < len(words):
        yield first, len(words)


def _spots(words: tuple[Word, ...], index: MatchIndex) -> dict[int, list[Spot]]:
    spots: dict[int, list[Spot]] = defaultdict(list)
    terms = index.terms
    for place, (word, known, following) in enumerate(zip_longest(words, terms.known(words), words[1:])):
        for term, relation, nearness in known.hits:
            if relation is not _MISSPELT or not _is_broken(words, place):
                # As Spot(...) does, without its call: nearly every word of a corpus has one.
                spots[term].append(tuple.__new__(Spot, (place, place, relation, nearness)))
        if following is None:
            break
        if known.begins and following.gap in _JOINTS and terms.may_begin_joined(word.norm, following.norm):
            for term, relation, nearness in terms.joined_hits(word.norm + following.norm):
                spots[term].append(Spot(place, place + 1, relation, nearness))
        if following.gap != " " and following.gap[:1] in _HYPHENS and following.norm in index.list_words:
            _add_suspended(spots, words, place, index)
    return dict(spots)


def _is_broken(words: tuple[Word, ...], place: int) -> bool:
    """True for a part of a word that was broken at the end of a line, which may look like another word misspelt."""
    if place + 1 < len(words) and words[place + 1].gap[:1] in _HYPHENS and len(words[place + 1].gap) > 1:
        return True
    return words[place].gap[:1] in _HYPHENS and len(words[place].gap) > 1


def _add_suspended(spots: dict[int, list[Spot]], words: tuple[Word, ...], place: int, index: MatchIndex) -> None:
    """The word that a hanging hyphen stands for: 'trygghets- och nattvandringar' names trygghetsvandringar too."""
    if place + 2 >= len(words):
        return
    head, tail = words[place].norm, words[place + 2].norm
    for start in range(len(tail) - _SHORTEST_TAIL + 1):
        if not index.terms.may_begin_joined(head, tail[start:]):
            continue
        whole = head + tail[start:]
        for term, relation, nearness in index.terms.hits(whole, stem(whole)):
            if relation <= Relation.INFLECTED:
                spots[term].append(Spot(place, place, Relation.SPLIT, nearness))
