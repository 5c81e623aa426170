"""Recognised words → the same, where evidence is strong without what recognition does to letters.

A word is repaired when it is known neither to the vocabulary nor to the document, and one slip of the kind that
recognisers make (m for rn, å for a with a speck over it, l for 1) turns it into one, and only one, that is. What was
recognised stays with the word (`Word.seen`). Names, abbreviations and figures are left as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from samsyn.extract.ocr.lexis import Lexis
from samsyn.extract.readers.layout_page import Word

_SLIPS = tuple(
    (seen, meant)
    for one, other in (
        *(("rn", "m"), ("rh", "m"), ("hr", "m"), ("nr", "m"), ("ri", "n"), ("h", "n"), ("ii", "n"), ("ii", "ü")),
        *(("cl", "d"), ("vv", "w"), ("l", "i"), ("l", "1"), ("I", "l"), ("1", "i"), ("0", "o"), ("5", "s")),
        *(("f", "t"), ("c", "e"), ("li", "h"), ("tt", "U"), ("rt", "n"), ("lj", "ij"), ("q", "g"), ("b", "h")),
        *(("å", "a"), ("ä", "a"), ("å", "ä"), ("ö", "o"), ("é", "e"), ("á", "a"), ("à", "a"), ("ó", "o"), ("ò", "o")),
        *(("õ", "ö"), ("ô", "ö"), ("ã", "ä"), ("â", "å"), ("í", "i"), ("ú", "u"), ("ü", "u"), ("è", "e"), ("ê", "e")),
    )
    for seen, meant in ((one, other), (other, one))
)  # fmt: skip
_MARKED = frozenset("åäöéáàóòõôãâíúüèê")
_LOST = {"A": "ÅÄ", "O": "Ö"}
_CORE = re.compile(r"^([^\w]*)(.*?)([^\w]*)$", re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"([^\W\d_]{3,})[.:;,'’´`]([^\W\d_]{3,})")
_LEAST = 3
_SURE = 0.94
"""Trust from which a word is left alone, unless it may have lost the mark of its capital."""
_TRUSTED = 0.9
_OFTEN = 2
"""Times that a document must have a word to know it."""
_SHORT = 4
"""Words of so few letters have many look-alikes: one slip must have to do with marks."""
_LONE = frozenset("iåö")
"""Words of one letter."""
_TOUCHING, _HALVED = 0.15, 0.45
"""Type sizes between two words: no space is narrower than the first, and within a word no gap wider than the second."""
_PART = 4
"""Letters of a part of a compound at least."""


class Trusted(NamedTuple):
    """A word with how far its recognition is trusted, 0-1."""

    word: Word
    trust: float


class Stock:
    """The words that the vocabulary and the document know."""

    def __init__(self, lexis: Lexis, words: Iterable[tuple[str, float]]) -> None:
        counts: Counter[str] = Counter()
        for text, trust in words:
            if trust >= _TRUSTED:
                counts.update(part.lower() for part in _LETTERS.findall(text) if len(part) > 1)
        self.counts: Mapping[str, int] = counts
        self.lexis = lexis

    def knows(self, word: str) -> bool:
        """True for a word of the vocabulary, one the document has often enough, or one made of two of these."""
        return self.has(word) or any(
            self.has(word[:cut]) and self.has(word[cut:]) for cut in range(_PART, len(word) - _PART + 1)
        )

    def has(self, word: str) -> bool:
        """True for such a word that is no mere compound."""
        return word in self.lexis.words or self.counts.get(word, 0) >= _OFTEN


def repair(text: str, trust: float, stock: Stock) -> str:
    """The text as it was meant, if that is beyond doubt; else as it is."""
    found = _CORE.match(text)
    if found is None:
        return text
    before, core, after = found.groups()
    return before + _repair_core(core, trust, stock) + after


def _repair_core(core: str, trust: float, stock: Stock) -> str:
    if len(core) < _LEAST or (core.isupper() and len(core) > 1) or stock.knows(core.lower()):
        return core
    parted = _BETWEEN.fullmatch(core)
    if parted:
        words = parted.groups()
        sound = trust < _SURE and words[1].islower() and all(stock.has(word.lower()) for word in words)
        return " ".join(words) if sound else core
    if sum(letter.isdigit() for letter in core) > 1 or not all(letter.isalnum() for letter in core):
        return core
    odd = stock.lexis.odd_triples(core)
    if not odd:  # spelt as words are: it may well be one that isn't known
        return _first_mark(core, stock)
    slips = set(_slips(core)) if trust < _SURE else set()
    found = {word for word in slips if stock.has(word.lower())}
    if not found and len(core) > 2 * _PART:
        found = {word for word in slips if stock.lexis.odd_triples(word) < odd and stock.knows(word.lower())}
    return _settle(core, found, stock)


def _settle(core: str, found: set[str], stock: Stock) -> str:
    """The word found, or the one of several that the document has by far most often."""
    if not found:
        return core
    often = sorted(found, key=lambda word: (-stock.counts.get(word.lower(), 0), word))
    if len(often) > 1:
        first, second = (stock.counts.get(word.lower(), 0) for word in often[:2])
        return often[0] if first > 3 * second + _OFTEN else core
    return often[0]


def _first_mark(core: str, stock: Stock) -> str:
    """The word with the mark of its capital, which is easily lost: 'Oka' for 'Öka'."""
    put = [mark + core[1:] for mark in _LOST.get(core[0], "")]
    return _settle(core, {word for word in put if word.lower() in stock.lexis.words}, stock)


def _slips(core: str) -> Iterator[str]:
    """What the word may be with one slip undone."""
    for seen, meant in _SLIPS:
        if len(core) <= _SHORT and not _MARKED & set(seen + meant):
            continue
        for start in range(len(core)):
            piece = core[start : start + len(seen)]
            if piece.lower() == seen.lower():
                capital = start == 0 and piece[:1].isupper()
                put = meant[:1].upper() + meant[1:] if capital else meant
                yield core[:start] + put + core[start + len(seen) :]


def repair_row(words: Sequence[Trusted], stock: Stock) -> list[Word]:
    """The words of a row, from left to right, repaired, those joined that recognition has split."""
    repaired: list[Trusted] = []
    for word, trust in words:
        text = repair(word.text, trust, stock)
        kept = word if text == word.text else word._replace(text=text, seen=word.seen or word.text)
        joined = _joined(repaired[-1], Trusted(kept, trust), stock) if repaired else None
        if joined is not None:
            repaired[-1] = joined
        else:
            repaired.append(Trusted(kept, trust))
    return [word for word, _ in repaired]


def _joined(before: Trusted, after: Trusted, stock: Stock) -> Trusted | None:
    """The two as one word, if they are the halves of one that is known, or unknown ones with no space between them."""
    first, second = before.word, after.word
    gap = (second.x0 - first.x1) / first.size
    if first.baseline != second.baseline or first.bold != second.bold or not -_TOUCHING < gap < _HALVED:
        return None
    head, tail = first.text.lstrip('("”'), second.text.rstrip(".,;:)")
    if not head.isalpha() or not tail.replace("-", "").isalpha() or not tail[0].islower():
        return None
    if tail in _LONE or head in _LONE:
        return None
    whole = head.lower() + tail
    known = stock.has(head.lower()), stock.has(tail)
    split = len(whole) >= 2 * _PART and stock.has(whole) and not all(known)
    if not split and (gap > _TOUCHING or any(known)):
        return None
    text = first.text + second.text
    seen = f"{first.seen or first.text} {second.seen or second.text}"
    return Trusted(first._replace(text=text, seen=seen, x1=second.x1), min(before.trust, after.trust))
