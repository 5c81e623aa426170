"""Takes the cuts of running text and parts the names and titles of those who sign from the sentence before them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from samsyn.extract.readers.text_cuts import Cut, CutKind
from samsyn.extract.readers.text_web import finite_verbs
from samsyn.extract.readers.text_words import RunningText

_LEAST_SIGNED = 4


def part_signatures(text: RunningText, cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts, and one more where names and titles stand behind the last sentence of a paragraph or item."""
    stops = [*(cut.start for cut in cuts[1:]), len(text.words)]
    signed: list[Cut] = []
    for cut, stop in zip(cuts, stops, strict=True):
        start = _signatures(text, cut.start, stop) if cut.kind in (CutKind.PARAGRAPH, CutKind.ITEM) else stop
        if start > cut.start:
            signed.append(cut)
        if start < stop:
            signed.append(Cut(start, CutKind.SIGNED))
    return signed


def _signatures(text: RunningText, start: int, stop: int) -> int:
    """Where the names and titles at the end of a stretch begin: words with capitals in the main, and no verb."""
    begin = next((at for at in range(stop - 1, start, -1) if _ends_sentence(text, at - 1)), start)
    tail = [word for word in text.words[begin:stop] if any(map(str.isalpha, word.core))]
    capitals = sum(word.core[:1].isupper() for word in tail)
    pairs = sum(a.is_upper and b.is_upper for a, b in pairwise(tail))
    told = not finite_verbs().isdisjoint(word.key for word in tail)
    if len(tail) < _LEAST_SIGNED or capitals * 2 < len(tail) or pairs < 2 or told:
        return stop
    return begin


def _ends_sentence(text: RunningText, index: int) -> bool:
    """True for the end of a sentence; a colon ends only a lead-in."""
    return text.enders[index] and not text.words[index].text.endswith(":")
