"""Takes a sentence and the meaning of its section, says how firmly the sentence undertakes what it names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Literal

from samsyn.models.agreement import Commitment
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import PhrasePattern
from samsyn.words import Word, words_of

_Wording = Literal["conditional", "committed", "reported"]


def commitment_of(sentence: str, *, section: str | None = None) -> Commitment:
    """'committed', 'conditional', 'reported' (as done) or 'descriptive'.

    `section` is the meaning of the section the sentence stands in (a key of headings.toml, such as 'measures',
    'ongoing' or 'outcomes'), None when unknown. 'Vid behov hålls orossamtal' is conditional, 'Tre
    trygghetsvandringar genomfördes' reported, 'Kommunen har en fältgrupp' descriptive.
    """
    if _says(sentence, "conditional"):
        return "conditional"
    if _says(sentence, "committed"):
        return "committed"
    if _says(sentence, "reported") or section in _sections("reported_sections"):
        return "reported"
    return "committed" if section in _sections("committed_sections") else "descriptive"


def commitment_at(text: str, start: int, end: int, *, section: str | None = None) -> Commitment:
    """The same of the sentence that holds the stretch from `start` to `end` of a text, such as a match."""
    return commitment_of(sentence_around(text, start, end), section=section)


def commitments_at(
    text: str, places: Sequence[tuple[int, int]], *, section: str | None = None
) -> tuple[Commitment, ...]:
    """The same of many stretches of one text, which may be long."""
    words = words_of(text)
    starts = [word.start for word in words]
    return tuple(commitment_of(_sentence(text, words, starts, *place), section=section) for place in places)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence, or sentences, of the text that the stretch from `start` to `end` lies in."""
    words = words_of(text)
    return _sentence(text, words, [word.start for word in words], start, end)


def _sentence(text: str, words: Sequence[Word], starts: Sequence[int], start: int, end: int) -> str:
    first, last = bisect_right(starts, start) - 1, bisect_left(starts, end) - 1
    if first < 0 or first > last or words[first].end <= start:
        first += 1
    if first > last:
        return text[start:end]
    opening, closing = words[first].sentence, words[last].sentence
    while first > 0 and words[first - 1].sentence == opening:
        first -= 1
    while last + 1 < len(words) and words[last + 1].sentence == closing:
        last += 1
    return text[words[first].start : words[last].end]


def _says(sentence: str, wording: _Wording) -> bool:
    return _pattern(wording).search(sentence) is not None


@cache
def _pattern(wording: _Wording) -> PhrasePattern:
    phrases: Sequence[str] = load_toml("matching.toml")["standing"][wording]
    return PhrasePattern(phrases)


@cache
def _sections(key: str) -> frozenset[str]:
    return frozenset(load_toml("matching.toml")["standing"][key])
