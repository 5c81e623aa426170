"""Takes the words of wordings and patterns, gives tables that tell which of them a word of a text may stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from typing import NamedTuple

from samsyn.similarity import edit_distance, edits_lie_apart, folded, normal_form, stem
from samsyn.words import Word

# A shorter head or tail of a compound is as likely another word ('fält' in 'fältpolis', 'råd' in 'trafikråd').
SHORTEST_INFLECTED = 4
SHORTEST_COMPOUND_HEAD = 6
SHORTEST_COMPOUND_TAIL = 9
# Shorter words have too many neighbours one letter away, unless the other words of a name stand beside them; two
# letters off is only believed of long words.
SHORTEST_MISSPELT = 7
SHORTEST_MISSPELT_IN_NAME = 5
SHORTEST_FOLDED = 4
SHORTEST_TWO_EDITS = 11
SHORTEST_MISSPELT_HEAD = 13
# One letter for another makes another word of a short one ('drogtest', 'drogfest').
SHORTEST_OTHER_LETTER = 10
# How near such a word is said to be; it is believed only where the other words of a name stand beside it.
MISSPELT_IN_NAME_ONLY = 0.85
# Two words that begin alike for longer are more likely two compounds ('cannabisanvändning', 'cannabisavvänjning').
_LONGEST_SHARED_START = 5
SHORTEST_JOINED = 7
_SHORTEST_ADJECTIVE = 5
_SOME_HEAD = "abcdef"
_BEFORE_GENDER = "lmnrv"
_BLOCK = 4
_MEMORY = 200_000
# The endings of words for doers, which are not inflections of words for what is done.
_DOERS = ("are", "ares", "aren", "arens", "arna", "arnas")
# What makes another word of a stem rather than a compound ('kvällsvandrare', 'kvällsvandring').
_SUFFIX = r"(?:n?ing(?:s|en|ens|ar|arna|arnas)?|else(?:r|n|rna)?|are(?:n|ns)?|arna|arnas|het(?:en)?)$"
_COMPOUND_REST = re.compile(rf"(?!{_SUFFIX})" r"(?:s|en|ens|et|ets|ar|arnas|ernas|or|er)?[^\W\d_]{3,}$")


class Relation(IntEnum):
    """How a word of a text stands to a word of the register; the smaller the nearer."""

    SAME = 0
    INFLECTED = 1
    COMPOUND_HEAD = 2
    COMPOUND_TAIL = 3
    SPLIT = 4
    MISSPELT = 5


class Hit(NamedTuple):
    """A term that a word may stand for, and how near it is (0-1; 1 but for misspellings)."""

    term: int
    relation: Relation
    nearness: float


class Known(NamedTuple):
    """What is known of a word: the terms it may stand for, and whether a word of a name may begin with it."""

    hits: tuple[Hit, ...]
    begins: bool


class TermTable:
    """Numbered terms, each looked up by exact form, stem, beginning or end; the cost is that of a few look-ups."""

    def __init__(self, other_ends: Iterable[str] = ()) -> None:
        self._other_ends = tuple(sorted(other_ends))
        self._exact: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._norms: dict[int, set[str]] = defaultdict(set)
        self._count = 0
        self._by_fold: dict[str, int] = {}
        self._by_part: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        self._part_starts: set[str] = set()
        self._memory: dict[str, Known] = {}

    # -- building ------------------------------------------------------------------------------------------

    def exact(self, norm: str) -> int:
        """The term of a word that is met only as it stands."""
        return self._number(self._exact, norm)

    def inflected(self, norm: str, stemmed: str) -> int:
        """The term of a word that is met in every inflection."""
        term = self._number(self._stems, stemmed)
        self._norms[term].add(norm)
        return term

    def pattern_word(self, word: str) -> int:
        """The term of a word of a pattern: `ord` in any inflection, `ord*` its beginning, `*ord` its end, `=ord`."""
        if word.startswith("="):
            return self.exact(normal_form(word[1:]))
        if word.endswith("*"):
            return self._number(self._beginnings, normal_form(word[:-1]))
        if word.startswith("*"):
            return self._end_of_word(normal_form(word[1:]))
        norm = normal_form(word)
        # A word of two or three letters is the stem of too many others ('som' of 'sommaren', 'för' of 'förare').
        return self.inflected(norm, stem(norm)) if len(norm) >= SHORTEST_INFLECTED else self.exact(norm)

    def _end_of_word(self, norm: str) -> int:
        """The term of an end; the stemmer may cut a short word less alone than at the end of another ('brott')."""
        term = self._number(self._ends, stem(norm))
        self._ends.setdefault(stem(_SOME_HEAD + norm)[len(_SOME_HEAD) :], term)
        return term

    def _number(self, table: dict[str, int], key: str) -> int:
        if key not in table:
            table[key] = self._count
            self._count += 1
        return table[key]

    def prepare_misspellings(self, names: Mapping[int, set[str]]) -> None:
        """Make the words of names (normal forms by term) known also when misspelt, split or joined; called once."""
        for term, norms in names.items():
            for norm in norms:
                if len(norm) >= SHORTEST_FOLDED:
                    self._by_fold.setdefault(folded(norm), term)
                if len(norm) >= SHORTEST_JOINED:
                    self._part_starts.update(norm[:length] for length in range(3, len(norm) + 1))
        for table in (self._stems, self._exact):
            for key, term in table.items():
                if term in names and len(key) >= SHORTEST_FOLDED:
                    self._by_fold.setdefault(folded(key), term)
                if term in names and len(key) >= SHORTEST_MISSPELT_IN_NAME - 1:
                    name = (key, max(names[term], key=len, default=key), term)
                    self._by_part["^" + key[:_BLOCK]].append(name)
                    self._by_part["$" + key[-_BLOCK:]].append(name)
                    self._by_part[_ends_of(key)].append(name)
                    self._by_part[_letters(key)].append(name)

    # -- looking up ----------------------------------------------------------------------------------------

    def known(self, words: Iterable[Word]) -> list[Known]:
        """What is known of each of the words, by its normal form and stem; the answers are remembered."""
        memory = self._memory
        return [memory.get(word.norm) or self._learn(word.norm, word.stem) for word in words]

    def hits(self, norm: str, stemmed: str) -> tuple[Hit, ...]:
        """The terms a word may stand for, by its normal form and stem."""
        return (self._memory.get(norm) or self._learn(norm, stemmed)).hits

    def _learn(self, norm: str, stemmed: str) -> Known:
        if len(self._memory) >= _MEMORY:
            self._memory.clear()
        hits = tuple({hit.term: hit for hit in reversed(tuple(self._find(norm, stemmed)))}.values())
        self._memory[norm] = Known(hits, norm in self._part_starts)
        return self._memory[norm]

    def may_begin_joined(self, norm: str, following: str) -> bool:
        """True when the two words together begin like a word of a name ('natt' and 'vandring')."""
        return norm in self._part_starts and (norm + following)[: len(norm) + 2] in self._part_starts

    def joined_hits(self, norm: str) -> tuple[Hit, ...]:
        """The terms of a word that was written in two: only as it stands, inflected or as head of a compound."""
        return tuple(
            hit._replace(relation=Relation.SPLIT)
            for hit in self.hits(norm, stem(norm))
            if hit.relation <= Relation.COMPOUND_HEAD
        )

    def _find(self, norm: str, stemmed: str) -> Iterator[Hit]:
        found = False
        for hit in self._as_word(norm, stemmed):
            found = True
            yield hit
        # A known beginning or end says little ('medborgar-', '-verksamhet'): the word may still be a misspelt name.
        yield from self._as_compound(norm, stemmed)
        yield from self._as_part(norm, stemmed)
        if not found and len(norm) >= SHORTEST_FOLDED:
            yield from self._as_misspelling(norm, stemmed)

    def _as_word(self, norm: str, stemmed: str) -> Iterator[Hit]:
        term = self._exact.get(norm)
        if term is not None:
            yield Hit(term, Relation.SAME, 1.0)
        for key in (stemmed, _other_gender(stemmed)):
            term = self._stems.get(key) if key else None
            if term is not None and any(is_plausible_inflection(norm, own) for own in self._norms[term]):
                yield Hit(term, Relation.INFLECTED, 1.0)

    def _as_compound(self, norm: str, stemmed: str) -> Iterator[Hit]:
        for length in range(SHORTEST_COMPOUND_HEAD, len(norm) - 2):
            term = self._stems.get(norm[:length])
            if term is not None and _COMPOUND_REST.match(norm, length):
                yield Hit(term, Relation.COMPOUND_HEAD, 1.0)
        for start in range(2, len(stemmed) - SHORTEST_COMPOUND_TAIL + 1):
            term = self._stems.get(stemmed[start:])
            if term is not None:
                yield Hit(term, Relation.COMPOUND_TAIL, 1.0)

    def _as_part(self, norm: str, stemmed: str) -> Iterator[Hit]:
        """The beginnings and ends that patterns ask for."""
        for length in range(2, len(norm) + 1):
            term = self._beginnings.get(norm[:length])
            if term is not None:
                yield Hit(term, Relation.INFLECTED, 1.0)
        for start in range(len(stemmed) - 1):
            term = self._ends.get(stemmed[start:])
            if term is not None:
                yield Hit(term, Relation.INFLECTED, 1.0)

    def _as_misspelling(self, norm: str, stemmed: str) -> Iterator[Hit]:
        for term in {self._by_fold.get(folded(norm)), self._by_fold.get(folded(stemmed))} - {None}:
            assert term is not None
            yield Hit(term, Relation.MISSPELT, 0.97)
        if len(norm) < SHORTEST_MISSPELT_IN_NAME:
            return
        blocks = ("^" + norm[:_BLOCK], "$" + stemmed[-_BLOCK:], _ends_of(stemmed), _letters(stemmed))
        near = {name for block in blocks for name in self._by_part.get(block, ())}
        for key, name, term in sorted(near):
            nearness = _nearness(norm, stemmed, key, name)
            if nearness and not self._ends_otherwise(norm, name):
                yield Hit(term, Relation.MISSPELT, nearness)

    def _ends_otherwise(self, norm: str, name: str) -> bool:
        """True when the word ends in another word of its own than the name does."""
        return norm.endswith(self._other_ends) and not name.endswith(self._other_ends)


def _other_gender(stemmed: str) -> str:
    """The stem of the same adjective in its other gender, which the stemmer keeps apart ('mobilt', 'mobila')."""
    if len(stemmed) < _SHORTEST_ADJECTIVE:
        return ""
    if stemmed.endswith("t"):
        return stemmed[:-1] if stemmed[-2] in _BEFORE_GENDER else ""
    return stemmed + "t" if stemmed[-1] in _BEFORE_GENDER else ""


def is_abbreviation(raw: str) -> bool:
    """True for a word written in capitals, which is not inflected as other words are."""
    return len(raw) >= 2 and raw.isupper()


def is_plausible_inflection(norm: str, own: str) -> bool:
    """False where a stemmer has cut away what makes the word another ('fält' or 'fältning' for 'fältare')."""
    if own.endswith("are") and not norm.endswith(_DOERS):
        return False
    if norm.endswith(("are", "ares")) and not own.endswith(_DOERS):
        return False
    return _shared_start(norm, own) >= len(own) - 3 and len(norm) >= len(own) - 2


def _nearness(norm: str, stemmed: str, key: str, name: str) -> float:
    """How near a word is to the name of stem `key`, 0 when too far to be believed a misspelling of it."""
    limit = 2 if len(key) >= SHORTEST_TWO_EDITS else 1
    edits, seen, meant = min(
        (edit_distance(stemmed, key, limit), stemmed, key), (edit_distance(norm, name, limit), norm, name)
    )
    if edits > limit:
        return 0.9 if len(norm) >= len(key) + 4 and _begins_misspelt(norm, key) else 0.0
    shared = _shared_start(seen, meant)
    if edits == 2 and (shared > _LONGEST_SHARED_START or not edits_lie_apart(seen, meant)):
        return 0.0
    if edits == 1 and len(seen) == len(meant) < SHORTEST_OTHER_LETTER and sorted(seen) != sorted(meant):
        return MISSPELT_IN_NAME_ONLY
    near_start = shared >= 1 or seen[1:4] == meant[1:4]
    return 1 - edits / len(meant) if near_start else 0.0


def _begins_misspelt(norm: str, key: str) -> bool:
    """True for a compound whose long head is misspelt, but not at its end, where it may be another word."""
    end = len(key)
    return end >= SHORTEST_MISSPELT_HEAD and edit_distance(norm[:end], key, 1) <= 1 and norm[end - 5 : end] == key[-5:]


def _ends_of(word: str) -> str:
    """What a word shares with one that lacks a letter in its middle ('socal', 'social')."""
    return "~" + word[:3] + word[-2:]


def _letters(word: str) -> str:
    """What a word shares with one that has two of its letters in the wrong order ('kanrk', 'knark')."""
    return "".join(sorted(word))


def _shared_start(first: str, second: str) -> int:
    shared = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        shared += 1
    return shared
