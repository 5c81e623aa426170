"""The words one expects in a document, and how far a text is made of such words.

Texts that broken fonts, lost encodings and bad recognition leave have few known words, and letters that follow each
other as they do in no word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import filterfalse
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]{2,}")
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f#¤¦¬\u02c0-\u036f]")
"""Signs without meaning, and those that letters which a font has no map for are shown as."""


class Fluency(NamedTuple):
    """How far a text is made of words that one expects; all shares are 0-1."""

    words: int
    letters: int
    known: float = 0.0
    """Share of its words that are known."""
    likely: float = 0.0
    """Share of its groups of three letters that occur in known words."""
    strange: float = 0.0
    """Share of its signs that have no meaning."""
    marked: float = 0.0
    """Share of its letters that bear the marks that those of the language do (å, ä, ö)."""


@dataclass(frozen=True)
class Lexis:
    """Words of a language, lower case."""

    words: frozenset[str]

    @cached_property
    def triples(self) -> frozenset[str]:
        """Every three letters that follow each other in the words, with their beginnings and ends."""
        # Two spaces part the words, so that no group of three has letters of two.
        text = f" {'  '.join(self.words)} "
        return frozenset({text[start : start + 3] for start in range(len(text) - 2)})

    @cached_property
    def marks(self) -> frozenset[str]:
        """The letters outside a-z that the words have in numbers."""
        letters = [letter for word in self.words for letter in word if not "a" <= letter <= "z"]
        return frozenset(letter for letter in set(letters) if letters.count(letter) > 0.002 * len(self.words))

    def odd_triples(self, word: str) -> int:
        """How many groups of three letters of a word occur in no known one; a word may have one where it is joined."""
        lower = word.lower()
        # A word of so many letters has as many triples.
        return len(lower) - sum(map(self.triples.__contains__, _triples(lower)))

    def fluency(self, texts: Iterable[str]) -> Fluency:
        """How far the texts are made of these words."""
        text = " ".join(texts).lower()
        words = _WORD.findall(text)
        signs = len(text) - text.count(" ")
        if not words or not signs:
            return Fluency(0, 0, strange=1.0 if signs else 0.0)
        unknown = Counter(filterfalse(self.words.__contains__, words))
        letters = sum(map(len, words))
        # A word of so many letters has as many triples; those of known words are known.
        odd = sum(number * self.odd_triples(word) for word, number in unknown.items())
        return Fluency(
            len(words),
            letters,
            1 - unknown.total() / len(words),
            1 - odd / letters,
            len(_STRANGE.findall(text)) / signs,
            sum(map(text.count, self.marks)) / letters,
        )


def _triples(word: str) -> Iterator[str]:
    framed = f" {word} "
    return map("".join, zip(framed, framed[1:], framed[2:], strict=False))
