"""Takes the words of a text around a name, says what their capitals tell: whether it is the name, or any word."""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.matching.index import MatchIndex
from samsyn.matching.terms import is_abbreviation
from samsyn.matching.text import PreparedText, Spot
from samsyn.words import Word

_HYPHENS = frozenset({"-", "‐", "‑", "–"})
# All shorter words may be abbreviations, which are in capitals anyway.
_SHORTEST_SPOKEN = 5


def same_capitals(word: Word, own: Word, *, first: bool = True) -> bool:
    """True when the word has the capitals of the register's, or none where a sentence begins.

    After the first word of a name more capitals are a way of writing it ('Ung och Trygg').
    """
    if is_abbreviation(own.raw) or not (own.raw.islower() or own.raw.istitle()):
        return word.raw == own.raw
    if own.raw[0].isupper():
        return word.raw[0].isupper()
    if not first:
        return True
    return not word.raw[0].isupper() or word.opens


def capitals_say_nothing(text: PreparedText, own: Word, spots: Sequence[Spot]) -> bool:
    """True where a cased word stands in capitals for another reason: all does, or a sentence begins."""
    if len(spots) > 1 or _is_all(text, spots):
        return False
    place = spots[0].first
    if place + 1 < len(text.words) and text.words[place + 1].gap in _HYPHENS:
        return False
    return _all_in_capitals(text, spots) or (text.words[place].opens and not _has_capitals_inside(own.raw))


def capitals_tell(text: PreparedText, spots: Sequence[Spot]) -> bool:
    """True where capitals alone say that it is a name: it is all of the text, stands inside a sentence, or has more
    capitals than a beginning ('MI').

    Not where everything is in capitals, nor where the next word has a capital too and the name is a part of another.
    """
    if _is_all(text, spots):
        return True
    first, last = spots[0].first, spots[-1].last
    opens = text.words[first].opens and not _has_capitals_inside(text.words[first].raw)
    if opens or _all_in_capitals(text, spots):
        return False
    before = text.words[first - 1] if first else None
    after = text.words[last + 1] if last + 1 < len(text.words) else None
    longer = (before is not None and not before.opens and before.raw[0].isupper() and text.words[first].gap == " ") or (
        after is not None and after.raw[0].isupper() and after.gap == " "
    )
    return not longer


def is_namesake(text: PreparedText, index: MatchIndex, spots: Sequence[Spot]) -> bool:
    """True where the one word is a place's or a person's name ('Förskolan Kometen', 'SARA HOLM')."""
    place = spots[0].first
    word = text.words[place]
    if len(spots) > 1 or spots[0].last != place or not word.raw[0].isupper():
        return False
    if place and word.gap == " " and text.words[place - 1].norm in index.namesakes:
        return True
    if word.norm not in index.first_names or place + 1 == len(text.words):
        return False
    after = text.words[place + 1]
    return after.gap == " " and after.raw[0].isupper() and after.norm not in index.function_words


def _is_all(text: PreparedText, spots: Sequence[Spot]) -> bool:
    return text.is_whole and sum(spot.last - spot.first + 1 for spot in spots) == len(text.words)


def _has_capitals_inside(raw: str) -> bool:
    """True for 'EST' and 'KmK', whose capitals are more than those of a beginning."""
    return any(letter.isupper() for letter in raw[1:])


def _all_in_capitals(text: PreparedText, spots: Sequence[Spot]) -> bool:
    own = {place for spot in spots for place in range(spot.first, spot.last + 1)}
    others = [
        word.raw for place, word in enumerate(text.words) if place not in own and len(word.raw) >= _SHORTEST_SPOKEN
    ]
    return bool(others) and all(raw.isupper() for raw in others)
