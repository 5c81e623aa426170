"""Takes a register, gives hash tables from words to the wordings and patterns they may belong to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from samsyn.models.recurring import Wording, WordPattern
from samsyn.similarity import edit_distance, folded, normal_form, stem
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.register import Register
from samsyn.words import words_of

# Below these lengths a compound or a misspelling is as likely another word.
_SHORTEST_COMPOUND_HEAD = 6
_SHORTEST_COMPOUND_TAIL = 9
_SHORTEST_MISSPELT = 6
_SHORTEST_TWO_EDITS = 11
_BLOCK = 4


class Relation(IntEnum):
    """How a word of a text stands to a word of the register; the smaller the nearer."""

    EXACT = 0
    INFLECTED = 1
    COMPOUND_HEAD = 2
    COMPOUND_TAIL = 3
    MISSPELT = 4


class Hit(NamedTuple):
    """A term of the index that a word may stand for, and how sure that is (0-1)."""

    term: int
    relation: Relation
    nearness: float


class WordingEntry(NamedTuple):
    """A wording made ready: its content words as terms. `block` marks a look-alike that only takes its place."""

    measure: int
    wording: Wording
    terms: tuple[int, ...]
    norms: tuple[str, ...]
    raws: tuple[str, ...]
    block: bool


class Phrase(NamedTuple):
    """Adjacent terms, one of the choices of a slot."""

    terms: tuple[int, ...]


class PatternEntry(NamedTuple):
    """A word pattern made ready: one tuple of phrases a slot."""

    measure: int
    pattern: WordPattern
    slots: tuple[tuple[Phrase, ...], ...]
    anchor: int


@dataclass
class TermTable:
    """Terms by the form a word is looked up with."""

    exact: dict[str, int] = field(default_factory=dict)
    stems: dict[str, int] = field(default_factory=dict)
    prefixes: dict[str, int] = field(default_factory=dict)
    suffixes: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def add(self, table: dict[str, int], key: str) -> int:
        """The term of `key` in one of the tables, made when new."""
        if key not in table:
            table[key] = self.count
            self.count += 1
        return table[key]


class MatchIndex:
    """The register as look-up tables; `hits(raw)` tells which terms a word may stand for."""

    def __init__(self, register: Register) -> None:
        self.terms = TermTable()
        self.function_words = frozenset(load_toml("matching.toml")["function_words"])
        self.gap_words = self.function_words | frozenset(load_toml("matching.toml")["gap_words"])
        self.wordings: list[WordingEntry] = []
        self.patterns: list[PatternEntry] = []
        self.conditions: dict[str, tuple[Phrase, ...]] = {}
        for number, measure in enumerate(register):
            for wording in measure.wordings:
                self._add_wording(number, wording, block=False)
            for text in measure.not_here:
                self._add_wording(number, Wording(text), block=True)
            for pattern in measure.patterns:
                self._add_pattern(number, pattern)
        self._index_anchors()
        self._index_misspellings()
        self._cache: dict[str, tuple[Hit, ...]] = {}

    # -- building ------------------------------------------------------------------------------------------

    def _add_wording(self, number: int, wording: Wording, *, block: bool) -> None:
        words = words_of(wording.text)
        content = [word for word in words if wording.fixed or word.norm not in self.function_words] or list(words)
        if not content:
            return
        terms = tuple(self._wording_term(word.raw, word.norm, word.stem, wording) for word in content)
        norms = tuple(word.norm for word in content)
        raws = tuple(word.raw for word in content)
        self.wordings.append(WordingEntry(number, wording, terms, norms, raws, block))
        if len(content) > 1 and not block and not wording.cased:
            joined = "".join(word.norm for word in words)
            term = self.terms.add(self.terms.exact, joined)
            self.wordings.append(WordingEntry(number, wording, (term,), (joined,), (joined,), block))
        for condition in (wording.needs, wording.unless):
            self._add_condition(condition)

    def _wording_term(self, raw: str, norm: str, stemmed: str, wording: Wording) -> int:
        if wording.fixed or is_abbreviation(raw):
            return self.terms.add(self.terms.exact, norm)
        return self.terms.add(self.terms.stems, stemmed)

    def _add_pattern(self, number: int, pattern: WordPattern) -> None:
        slots = tuple(self._phrases(part) for part in pattern.words.split("+"))
        self._add_condition(pattern.unless)
        self.patterns.append(PatternEntry(number, pattern, slots, 0))

    def _add_condition(self, text: str) -> None:
        if text and text not in self.conditions:
            self.conditions[text] = self._phrases(text)

    def _phrases(self, text: str) -> tuple[Phrase, ...]:
        return tuple(
            Phrase(tuple(self._pattern_term(word) for word in choice.split()))
            for choice in text.split("|")
            if choice.strip()
        )

    def _pattern_term(self, word: str) -> int:
        if word.startswith("="):
            return self.terms.add(self.terms.exact, normal_form(word[1:]))
        if word.endswith("*"):
            return self.terms.add(self.terms.prefixes, normal_form(word[:-1]))
        if word.startswith("*"):
            return self.terms.add(self.terms.suffixes, stem(normal_form(word[1:])))
        return self.terms.add(self.terms.stems, stem(normal_form(word)))

    def _index_anchors(self) -> None:
        uses = Counter(term for entry in self.wordings for term in set(entry.terms))
        self.wording_anchors: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, entry in enumerate(self.wordings):
            rarest = min(range(len(entry.terms)), key=lambda place: uses[entry.terms[place]])
            self.wording_anchors[entry.terms[rarest]].append((number, rarest))
        pattern_uses = Counter(
            phrase.terms[0] for entry in self.patterns for slot in entry.slots for phrase in slot
        )
        self.pattern_anchors: dict[int, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.patterns):
            slot = min(
                range(len(entry.slots)),
                key=lambda place: sum(pattern_uses[phrase.terms[0]] for phrase in entry.slots[place]),
            )
            self.patterns[number] = entry._replace(anchor=slot)
            for phrase in entry.slots[slot]:
                self.pattern_anchors[phrase.terms[0]].append(number)

    def _index_misspellings(self) -> None:
        self._misspelling_blocks: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._folds: dict[str, list[int]] = defaultdict(list)
        for table in (self.terms.stems, self.terms.exact):
            for key, term in table.items():
                if len(key) >= _SHORTEST_MISSPELT and term in self._wording_terms:
                    self._misspelling_blocks["^" + key[:_BLOCK]].append((key, term))
                    self._misspelling_blocks["$" + key[-_BLOCK:]].append((key, term))
                    self._folds[folded(key)].append(term)

    @property
    def _wording_terms(self) -> frozenset[int]:
        cached = self.__dict__.get("_all_wording_terms")
        if cached is None:
            cached = frozenset(term for entry in self.wordings for term in entry.terms)
            self.__dict__["_all_wording_terms"] = cached
        return frozenset(cached)

    # -- looking up ----------------------------------------------------------------------------------------

    def hits(self, norm: str, stemmed: str) -> tuple[Hit, ...]:
        """The terms a word may stand for, by its normal form and stem; the answer is remembered."""
        found = self._cache.get(norm)
        if found is None:
            if len(self._cache) > 200_000:
                self._cache.clear()
            found = tuple(self._find_hits(norm, stemmed))
            self._cache[norm] = found
        return found

    def _find_hits(self, norm: str, stemmed: str) -> Iterable[Hit]:
        terms = self.terms
        seen: set[int] = set()
        for hit in self._plain_hits(norm, stemmed):
            seen.add(hit.term)
            yield hit
        for hit in self._compound_hits(norm, stemmed):
            if hit.term not in seen:
                seen.add(hit.term)
                yield hit
        for length in range(2, len(norm) + 1):
            term = terms.prefixes.get(norm[:length])
            if term is not None:
                yield Hit(term, Relation.INFLECTED, 1.0)
        for start in range(0, len(stemmed) - 1):
            term = terms.suffixes.get(stemmed[start:])
            if term is not None:
                yield Hit(term, Relation.INFLECTED, 1.0)
        if not seen and len(stemmed) >= _SHORTEST_MISSPELT - 1:
            yield from self._misspelt_hits(norm, stemmed)

    def _plain_hits(self, norm: str, stemmed: str) -> Iterable[Hit]:
        term = self.terms.exact.get(norm)
        if term is not None:
            yield Hit(term, Relation.EXACT, 1.0)
        term = self.terms.stems.get(stemmed)
        if term is not None:
            yield Hit(term, Relation.INFLECTED, 1.0)

    def _compound_hits(self, norm: str, stemmed: str) -> Iterable[Hit]:
        stems = self.terms.stems
        for length in range(_SHORTEST_COMPOUND_HEAD, len(norm) - 2):
            term = stems.get(norm[:length])
            if term is not None and _is_compound_rest(norm[length:]):
                yield Hit(term, Relation.COMPOUND_HEAD, 0.95)
        for start in range(2, len(stemmed) - _SHORTEST_COMPOUND_TAIL + 1):
            term = stems.get(stemmed[start:])
            if term is not None:
                yield Hit(term, Relation.COMPOUND_TAIL, 0.9)

    def _misspelt_hits(self, norm: str, stemmed: str) -> Iterable[Hit]:
        for term in self._folds.get(folded(stemmed), ()):
            yield Hit(term, Relation.MISSPELT, 0.95)
            return
        candidates = {
            *self._misspelling_blocks.get("^" + stemmed[:_BLOCK], ()),
            *self._misspelling_blocks.get("$" + stemmed[-_BLOCK:], ()),
        }
        for key, term in sorted(candidates):
            limit = 2 if len(key) >= _SHORTEST_TWO_EDITS else 1
            if abs(len(key) - len(stemmed)) > limit:
                continue
            edits = min(edit_distance(stemmed, key, limit), edit_distance(norm, key, limit))
            if edits <= limit:
                yield Hit(term, Relation.MISSPELT, 1 - edits / len(key))


def is_abbreviation(raw: str) -> bool:
    """True for a word written in capitals, which is not inflected as other words are."""
    return len(raw) >= 2 and raw.isupper()


_REST = re.compile(r"^(?:s|en|ens|et|ets|ar|arnas|ernas|or|er)?(?P<rest>[^\W\d]{3,})$")


def _is_compound_rest(rest: str) -> bool:
    return _REST.match(rest) is not None
