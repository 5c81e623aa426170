"""Takes the cuts of running text and parts a heading from the lead-in of a list that it flowed together with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from samsyn.extract.readers.text_cuts import Cut, CutKind
from samsyn.extract.readers.text_web import finite_verbs, open_words
from samsyn.extract.readers.text_words import LONGEST_HEADING, RunningText

_SHORTEST_LEAD = 2
_LONGEST_LEAD = 8
"""Words of a lead-in such as 'Polisen lovar att'."""


def part_leads(text: RunningText, cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts, and one more in each lead-in that ends with a lead-in seen elsewhere.

    'Unga Polisen lovar att • …' and 'Trafik Polisen lovar att • …' hold the headings 'Unga' and 'Trafik'.
    """
    ends = {cut.start: after.start for cut, after in pairwise(cuts) if _leads_in(cut, after)}
    seen = Counter(
        text.key(start, stop) for cut, stop in ends.items() for start in _beginnings(text, cut, stop, own=True)
    )
    parted: list[Cut] = []
    for cut in cuts:
        stop = ends.get(cut.start)
        lead = _repeated_lead(text, cut.start, stop, seen) if stop is not None else 0
        if lead:
            parted += [Cut(cut.start, CutKind.HEADING), Cut(lead, CutKind.PARAGRAPH)]
        else:
            parted.append(cut)
    return parted


def _leads_in(cut: Cut, after: Cut) -> bool:
    return cut.kind is CutKind.PARAGRAPH and after.kind is CutKind.ITEM and bool(after.marker)


def _beginnings(text: RunningText, start: int, stop: int, *, own: bool) -> list[int]:
    """Where a lead-in that ends at `stop` may begin, the longest first: at a capital, with a verb behind it."""
    first = max(start + (not own), stop - _LONGEST_LEAD)
    return [
        at
        for at in range(first, stop - _SHORTEST_LEAD + 1)
        if text.words[at].is_upper and any(word.key in finite_verbs() for word in text.words[at:stop])
    ]


def _repeated_lead(text: RunningText, start: int, stop: int, seen: Counter[str]) -> int:
    """Where the lead-in begins behind a heading; 0 when all of it is a lead-in, or its beginning is no heading."""
    if start + _SHORTEST_LEAD <= stop and seen[text.key(start, stop)] > 1:
        return 0
    lead = next((at for at in _beginnings(text, start, stop, own=False) if seen[text.key(at, stop)] > 1), 0)
    heading = text.words[start:lead]
    if not heading or len(heading) > LONGEST_HEADING or not heading[0].is_upper or heading[-1].key in open_words():
        return 0
    told = any(word.key in finite_verbs() or word.text[-1] in ".,;:" for word in heading)
    return 0 if told else lead
