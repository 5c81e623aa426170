"""Takes a register, gives the tables that lead from the words of a text to the wordings and patterns to try."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from samsyn.matching.terms import TermTable, is_abbreviation
from samsyn.models.recurring import Wording, WordPattern
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.register import Register
from samsyn.words import Word, words_of

_SHORTEST_SPOKEN = 5

Phrase = tuple[int, ...]
"""Terms that follow one another, with at most small words between."""


class WordingEntry(NamedTuple):
    """A wording made ready: `words` are those that carry it, `terms` what they are looked up by.

    `block` marks a look-alike that is no name but takes the name's place; `joined` a name written as one word.
    """

    measure: int
    wording: Wording
    terms: tuple[int, ...]
    words: tuple[Word, ...]
    block: bool = False
    joined: bool = False
    needed: frozenset[int] = frozenset()
    """The terms, for a quick look whether a text has them."""
    may_be_partial: bool = False
    """True for a name that may lack one of its words."""

    @property
    def may_be_reordered(self) -> bool:
        """True for a name whose words may stand in another order."""
        wording = self.wording
        kept = wording.fixed or wording.cased or wording.whole or wording.opening or wording.in_order
        return len(self.terms) > 1 and not kept and not self.block

    def may_be_among(self, terms: frozenset[int]) -> bool:
        """False when the terms of a text cannot make the name, as is most often so."""
        return self.needed <= terms or (self.may_be_partial and len(self.needed - terms) == 1)


class PatternEntry(NamedTuple):
    """A pattern made ready: its slots, each with the phrases that fill it; `anchor` is the slot looked for first."""

    measure: int
    pattern: WordPattern
    slots: tuple[tuple[Phrase, ...], ...]
    anchor: int
    openings: tuple[frozenset[int], ...]
    """The terms that the phrases of each other slot begin with, for a quick look whether a text has them."""

    def may_be_among(self, terms: frozenset[int]) -> bool:
        """False when the terms of a text that fills the anchor leave another slot empty, as they most often do."""
        return not any(map(terms.isdisjoint, self.openings))


class MatchIndex:
    """A register as look-up tables. What a text costs grows with its words, hardly with the register."""

    def __init__(self, register: Register) -> None:
        words = load_toml("matching.toml")
        self.function_words = frozenset(words["function_words"])
        self.list_words = frozenset(words["list_words"])
        self.gap_words = self.function_words | frozenset(words["gap_words"])
        self.terms = TermTable(words["other_ends"])
        self.conditions: dict[str, tuple[Phrase, ...]] = {}
        self.namesakes = frozenset(words["namesakes"])
        self.first_names = frozenset(words["first_names"])
        self.title_prepositions = frozenset(words["title_prepositions"])
        self.doubts: str = words["doubts"]
        self.undertakings: str = words["undertakings"]
        self.subordinators = frozenset(words["subordinators"])
        self.wordings: list[WordingEntry] = []
        self.patterns: list[PatternEntry] = []
        for number, measure in enumerate(register):
            for wording in measure.wordings:
                self._add_wording(number, wording)
            own = {word.stem for wording in measure.wordings for word in words_of(wording.text)}
            for text in measure.not_here:
                # A look-alike with the stem of a name ('trygghetsvärde') is known by its exact form alone.
                fixed = any(word.stem in own for word in words_of(text))
                self._add_wording(number, Wording(text, fixed=fixed), block=True)
            for pattern in measure.patterns:
                self._add_pattern(number, pattern)
        self._add_condition(self.doubts)
        self._add_condition(self.undertakings)
        self.wording_anchors = _wording_anchors(self.wordings)
        self.pattern_anchors = _pattern_anchors(self.patterns)
        self.terms.prepare_misspellings(_norms_by_term(self.wordings))

    def _add_wording(self, number: int, wording: Wording, *, block: bool = False) -> None:
        words = words_of(wording.text)
        content = tuple(word for word in words if wording.fixed or word.norm not in self.function_words) or words
        if not content:
            return
        terms = tuple(self._term(word, wording) for word in content)
        entries = [WordingEntry(number, wording, terms, content, block)]
        if wording.fixed:
            genitive = (*terms[:-1], self.terms.exact(content[-1].norm + "s"))
            entries.append(WordingEntry(number, wording, genitive, content, block))
        if len(words) > 1 and not block:
            joined = "".join(word.norm for word in words)
            entries.append(WordingEntry(number, wording, (self.terms.exact(joined),), content[:1], joined=True))
        self.wordings.extend(map(_ready, entries))
        self._add_condition(wording.needs)
        self._add_condition(wording.unless)

    def _term(self, word: Word, wording: Wording) -> int:
        # A long abbreviation read as a word is inflected and compounded as one ('Posomgruppen', 'Prodisnätverket').
        stiff = is_abbreviation(word.raw) and (wording.cased or len(word.raw) < _SHORTEST_SPOKEN)
        if wording.fixed or stiff:
            return self.terms.exact(word.norm)
        return self.terms.inflected(word.norm, word.stem)

    def _add_pattern(self, number: int, pattern: WordPattern) -> None:
        slots = tuple(self._phrases(part) for part in pattern.words.split("+"))
        self.patterns.append(PatternEntry(number, pattern, slots, 0, ()))
        self._add_condition(pattern.unless)
        self._add_condition(pattern.under)

    def _add_condition(self, text: str) -> None:
        if text and text not in self.conditions:
            self.conditions[text] = self._phrases(text)

    def _phrases(self, text: str) -> tuple[Phrase, ...]:
        return tuple(
            tuple(self.terms.pattern_word(word) for word in self._carrying(choice.replace("-", " ").split()))
            for choice in text.split("|")
            if choice.strip()
        )

    def _carrying(self, words: Sequence[str]) -> Sequence[str]:
        """The words of a phrase without the small ones inside it, which may differ in the text."""
        last = len(words) - 1
        return [word for place, word in enumerate(words) if place in (0, last) or word not in self.function_words]


def _ready(entry: WordingEntry) -> WordingEntry:
    """The entry with what is looked at first."""
    may_be_partial = len(entry.terms) > 2 and entry.may_be_reordered
    return entry._replace(needed=frozenset(entry.terms), may_be_partial=may_be_partial)


def _norms_by_term(entries: Sequence[WordingEntry]) -> dict[int, set[str]]:
    norms: dict[int, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.joined:
            norms[entry.terms[0]].update(())
            continue
        for term, word in zip(entry.terms, entry.words, strict=True):
            norms[term].add(word.norm)
    return dict(norms)


def _wording_anchors(entries: Sequence[WordingEntry]) -> dict[int, list[tuple[WordingEntry, int]]]:
    """From each wording's rarest term to the wording and the term's place in it."""
    uses = Counter(term for entry in entries for term in set(entry.terms))
    anchors: dict[int, list[tuple[WordingEntry, int]]] = defaultdict(list)
    for entry in entries:
        rarest = min(range(len(entry.terms)), key=lambda place: uses[entry.terms[place]])
        anchors[entry.terms[rarest]].append((entry, rarest))
    return dict(anchors)


def _pattern_anchors(entries: list[PatternEntry]) -> dict[int, list[int]]:
    """From the first terms of each pattern's rarest slot to the pattern; the entry is told which slot it is."""
    uses = Counter(phrase[0] for entry in entries for slot in entry.slots for phrase in slot)
    anchors: dict[int, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        rarest = min(range(len(entry.slots)), key=lambda place: _weight(entry.slots[place], uses))
        others = (slot for place, slot in enumerate(entry.slots) if place != rarest)
        openings = tuple(frozenset(phrase[0] for phrase in slot) for slot in others)
        entries[number] = entry._replace(anchor=rarest, openings=openings)
        for first in {phrase[0] for phrase in entry.slots[rarest]}:
            anchors[first].append(number)
    return dict(anchors)


def _weight(slot: Iterable[Phrase], uses: Counter[int]) -> int:
    return sum(uses[phrase[0]] for phrase in slot)
