"""Takes the cuts of running text and parts the names and titles of those who sign from the sentence before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from samsyn.extract.readers.text_cuts import Cut, CutKind
from samsyn.extract.readers.text_web import finite_verbs, open_words
from samsyn.extract.readers.text_words import RunningText

_LEAST_SIGNED = 4
_LONGEST_PARTY = 4
_LONGEST_DATE = 5
_DATED = re.compile(r"\S+,? (?:(?:[^\W\d_]{1,3} )?\d{1,2} [^\W\d_]{3,9} (?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\b")
"""A word, and a day in words or in figures."""


def part_signatures(text: RunningText, cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts, and one more where names and titles stand behind the last sentence of a paragraph or item."""
    stops = [*(cut.start for cut in cuts[1:]), len(text.words)]
    signed: list[Cut] = []
    for cut, stop in zip(cuts, stops, strict=True):
        start = _signatures(text, cut, stop) if cut.kind in (CutKind.PARAGRAPH, CutKind.ITEM) else stop
        if start > cut.start:
            signed.append(cut)
        if start < stop:
            signed.append(Cut(start, CutKind.SIGNED))
    return signed


def _signatures(text: RunningText, cut: Cut, stop: int) -> int:
    """Where the names and titles at the end of a stretch begin: behind its last sentence, or at a place and a day."""
    begin = next((at for at in range(stop - 1, cut.start, -1) if _ends_sentence(text, at - 1)), cut.start)
    is_whole_item = begin == cut.start and cut.kind is CutKind.ITEM
    if not is_whole_item and _are_signatures(text, begin, stop):
        return begin
    days = (at for at in range(begin + 1, stop) if _is_place_and_day(text, at, stop))
    dated = next((at for at in days if _are_signatures(text, at, stop)), stop)
    return _first_capital(text, begin + 1, dated) if dated < stop else stop


def _are_signatures(text: RunningText, start: int, stop: int) -> bool:
    """True for words with capitals in the main, and no verb."""
    tail = [word for word in text.words[start:stop] if any(map(str.isalpha, word.core))]
    capitals = sum(word.core[:1].isupper() for word in tail)
    pairs = sum(a.is_upper and b.is_upper for a, b in pairwise(tail))
    told = not finite_verbs().isdisjoint(word.key for word in tail)
    return len(tail) >= _LEAST_SIGNED and capitals * 2 >= len(tail) and pairs >= 2 and not told


def _is_place_and_day(text: RunningText, index: int, stop: int) -> bool:
    """True where 'Ale den 3 mars 2019', 'Ale 3 mars 2019' or 'Ale 2019-03-03' begins."""
    return text.words[index].is_upper and _DATED.match(text.slice(index, min(stop, index + _LONGEST_DATE))) is not None


def _first_capital(text: RunningText, first: int, index: int) -> int:
    """Where the party's name before a place and a day begins ('Ale kommun Ale den 3 mars 2019'); `index` for none."""
    at = index
    for before in range(index - 1, max(first, index - _LONGEST_PARTY) - 1, -1):
        word, lead = text.words[before], text.words[before - 1]
        if word.closes:
            break
        if word.is_upper and not lead.closes and lead.key not in open_words() and lead.core[:1].islower():
            at = before
    return at


def _ends_sentence(text: RunningText, index: int) -> bool:
    """True for the end of a sentence; a colon ends only a lead-in."""
    return text.enders[index] and not text.words[index].text.endswith(":")
