"""Words that the edge of a narrow column cuts in two without a hyphen: 'samordna' + 're' in the lines of a cell.

Whether the line below goes on a word is told by spelling: how often the words of the document, and those the caller
knows, end as the upper part does, begin as the lower does, and have inside them what the two make together. The
weights are a logistic regression over the made agreements of the accuracy suite that developers may read: their words
cut at random against their pairs of words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from math import log

from samsyn.extract.readers.layout_lines import TextLine

KnownWords = Callable[[], Collection[str]]
"""Gives the words that a caller knows, lower case; asked when a word may be cut."""

_HEAD = re.compile(r"^[^\W\d_]+")
_TAIL = re.compile(r"[^\W\d_]+$")
_SLIM, _BROAD = "fijlrt.,;:!", "mwMW"
"""Letters that are narrower and broader than others, in most fonts."""
_LEAST = -1.0
"""The score of a word cut in two, from which the parts are joined: below nought, as few words fill a line by chance."""
_SHORT = 3
"""Letters of a lower part that may be a mere ending, or a small word."""
_SHARE = 0.3
"""How much a word that only the caller knows counts for one of the document's."""
_GAP = "\n"
"""Stands around words."""
_LONGEST = 6
"""Letters that are asked for together, a gap before or after them counted."""
_OFTEN = 500
"""So many counts of letters cost as much as counting all of them."""
_LINK = "s"
_GENITIVES = ("ns", "ts", "as")
_LINKED = 3.5
"""How much a linking letter at the cut counts: set by hand, as no made agreement that developers may read has one."""
_SHORTEST = 5
"""An upper part of fewer letters is joined only where the document has the whole word."""


def cut_words(lines: Sequence[TextLine], spelling: Spelling, reach: float) -> frozenset[int]:
    """The lines that go on a word which the column's edge cut: 'samordna' + 're', 'kom' + 'mune' + 'n'.

    `reach` is how far the lines of the cell can go.
    """
    cuts: set[int] = set()
    index = 0
    while index < len(lines) - 1:
        end = index
        while end < len(lines) - 1 and _may_be_cut(lines[end], lines[end + 1], reach):
            end += 1
        if end > index:
            cuts.update(range(index + 1, _word_end(lines, index, end, spelling) + 1))
        index = max(end, index + 1)
    return frozenset(cuts)


def _may_be_cut(line: TextLine, following: TextLine, reach: float) -> bool:
    """True for a lone word that fills its line to the last letter, with more letters or a comma below."""
    pages = (line.page, line.page + 1)
    if len(line.words) != 1 or following.page not in pages or not line.text[-1:].isalpha():
        return False
    letter = 0.35 if following.text[0] in _SLIM else 0.9 if following.text[0] in _BROAD else 0.6
    if reach - line.x1 > (letter + 0.15) * line.size:
        return False
    return following.text[:1].islower() or following.text[:1] in ",.;:)"


def _word_end(lines: Sequence[TextLine], start: int, end: int, spelling: Spelling) -> int:
    """The last line, up to `end`, of the word that begins at `start`; `start` itself when it is whole."""
    first = _TAIL.search(lines[start].text)
    parts = [first.group().lower() if first else "", *(_head(line) for line in lines[start + 1 : end + 1])]
    for last in range(end, start + 1, -1):
        # Three parts or more make a known word, though no two of them do.
        if parts[last - start] and spelling.knows("".join(parts[: last - start + 1])):
            return last
    word, last = parts[0], start
    # A comma never begins a line of its own.
    while last < end and (not (rest := parts[last + 1 - start]) or spelling.is_cut(word, rest)):
        last += 1
        word += rest
    return last


def _head(line: TextLine) -> str:
    match = _HEAD.match(line.text)
    return match.group().lower() if match else ""


# --- spelling ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spelling:
    """How the words of a document, and those its reader knows, are spelt."""

    counts: Mapping[str, int]
    """The document's words with their numbers, lower case."""
    words: Sequence[str] = ()
    """The same in the order they are written, something else between those that are no neighbours."""
    known: KnownWords | None = None

    def knows(self, word: str) -> bool:
        """True for a word of the document or the caller."""
        return word in self.counts or word in self._known

    def is_cut(self, word: str, rest: str) -> bool:
        """True when `rest`, below `word`, goes on it rather than being a word of its own."""
        if (word, rest) in self._pairs:
            return False
        if self.counts.get(word, 0) > 1 and word + rest in self.counts:
            return True
        if len(word) < _SHORTEST and not self.knows(word + rest):
            return False
        return self._score(word, rest) > _LEAST

    def _score(self, word: str, rest: str) -> float:
        whole = word + rest
        score = 0.7 - 0.35 * self._end_odds(word[-3:]) - 0.85 * self._end_odds(word[-4:])
        score += 2.4 * self.knows(whole) - 1.0 * self.knows(word) + _LINKED * self._is_linked(word, rest)
        # Words may lie across the cut, as 'kommun' does in 'komm' + 'unen', or 'grupper' in 'insatsgr' + 'upper'.
        score += 1.2 * any(self.knows(whole[:end]) for end in range(max(5, len(word) + 1), len(whole)))
        score += 0.7 * any(self.knows(whole[start:]) for start in range(max(1, len(word) - 6), len(word) - 1))
        if len(rest) <= _SHORT:
            lone = self.counts.get(rest, _SHARE * (rest in self._known))
            score += 0.4 * (lone == 0)
            ends = self._endings[rest] + _SHARE * self._letters[1].at_end(rest)
            score -= 0.35 + 1.15 * log((lone + 0.5) / (ends + 1.0))
            across = sum(letters.at_end(word[-2:] + rest) for letters in self._letters)
        else:
            starts = sum(letters.at_start(rest[:3]) for letters in self._letters)
            inside = self._inside(rest[:3])
            score -= 0.45 * self.knows(rest) + 1.15 * log((starts + 0.5) / (inside - starts + 1.0))
            across = self._inside(word[-2:] + rest[:2])
        return score + 0.9 * log((across + 0.3) / (self._inside(word[-2:]) + 1.0))

    def _is_linked(self, word: str, rest: str) -> bool:
        """True where the letter that links two words lies at the cut: 'utbildning' + 'snämnden', 'bolags' + 'stämman'.

        Behind an ending in -ns, -ts or -as the letter makes a genitive, and a word of its own follows.
        """
        if rest[0] == _LINK and not self.knows(rest) and self.knows(word):
            return self.knows(rest[1:])
        bare = word[:-1]
        closes = word[-1] == _LINK and word[-2:] not in _GENITIVES
        return closes and not self.counts.get(word) and self.knows(bare) and self.knows(rest)

    def _end_odds(self, letters: str) -> float:
        """How much more often words end in `letters` than go on after them."""
        ends = sum(words.at_end(letters) for words in self._letters)
        return log((ends + 0.5) / (self._inside(letters) - ends + 1.0))

    def _inside(self, letters: str) -> int:
        return sum(words.inside(letters) for words in self._letters)

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        """Words that stand beside each other."""
        return frozenset(pairwise(self.words))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.known()) if self.known else frozenset()

    @cached_property
    def _letters(self) -> tuple[_Letters, _Letters]:
        """Those of the words that the document alone has, and of those the caller knows."""
        return _Letters(self.counts.keys() - self._known), _known_letters(self._known)

    @cached_property
    def _endings(self) -> Counter[str]:
        """The shortest endings in the document's text, with their numbers."""
        endings: Counter[str] = Counter()
        for word, number in self.counts.items():
            for length in range(1, min(_SHORT, len(word) - 4) + 1):
                endings[word[-length:]] += number
        return endings


class _Letters:
    """How many of some words begin with, end with and have inside them some letters.

    A text has a few words that may be cut, or none: letters are counted when asked for. Where they are asked for often,
    all of them are.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._text = f"{_GAP}{_GAP.join(words)}{_GAP}"
        self._counted: dict[str, int] = {}
        self._all: Counter[str] | None = None

    def at_start(self, letters: str) -> int:
        """How many words begin with the letters."""
        return self._number(_GAP + letters)

    def at_end(self, letters: str) -> int:
        """How many words end with the letters."""
        return self._number(letters + _GAP)

    def inside(self, letters: str) -> int:
        """How often the letters stand in words, at their ends too."""
        return self._number(letters)

    def _number(self, letters: str) -> int:
        if self._all is None and len(self._counted) >= _OFTEN:
            self._all = _count_stretches(self._text)
        if self._all is not None:
            return self._all[letters]
        if letters not in self._counted:
            self._counted[letters] = _count(letters, self._text)
        return self._counted[letters]


def _count(letters: str, text: str) -> int:
    """How often the letters stand in the text, where they overlap too ('ana' in 'banana')."""
    number, place = 0, text.find(letters)
    while place >= 0:
        number, place = number + 1, text.find(letters, place + 1)
    return number


def _count_stretches(text: str) -> Counter[str]:
    """How often each stretch of up to `_LONGEST` letters stands in the text."""
    found: Counter[str] = Counter()
    for length in range(1, _LONGEST + 1):
        # The text beside itself, moved on by a letter each time: all its stretches of so many letters.
        found.update(map("".join, zip(*(text[start:] for start in range(length)), strict=False)))
    return found


@cache
def _known_letters(words: frozenset[str]) -> _Letters:
    return _Letters(words)
