"""Takes the cuts of running text and ends the last item of a list where its like end: behind one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from samsyn.extract.readers.text_cuts import Cut, CutKind
from samsyn.extract.readers.text_words import RunningText
from samsyn.vocabulary.phrases import phrase_pattern

_LEAST_LIKE = 2
"""So many items before the last must end with their first sentence."""
_SHORTEST_REST = 4
"""Words of a sentence that may begin a paragraph."""


def part_last_items(text: RunningText, cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts, and one more where a paragraph flowed together with the last item of a list above it.

    All other items of the list are one sentence each, and what follows does not go on about the last: 'Dessutom …'.
    """
    ends = [*(cut.start for cut in cuts[1:]), len(text.words)]
    parted: list[Cut] = []
    for is_item, run in groupby(zip(cuts, ends, strict=True), key=lambda one: _is_marked(one[0])):
        listed = list(run)
        parted += [cut for cut, _ in listed]
        if is_item:
            parted += _paragraph_in(text, listed)
    return parted


def _is_marked(cut: Cut) -> bool:
    return cut.kind is CutKind.ITEM and bool(cut.marker)


def _paragraph_in(text: RunningText, items: Sequence[tuple[Cut, int]]) -> Iterator[Cut]:
    *others, (last, stop) = items
    if len(others) < _LEAST_LIKE or any(_second_sentence(text, cut.start, end) for cut, end in others):
        return
    begins = _second_sentence(text, last.start, stop)
    goes_on = phrase_pattern("commitment", "follows_on").match(text.slice(begins, stop)) if begins else None
    if begins and goes_on is None and stop - begins >= _SHORTEST_REST:
        yield Cut(begins, CutKind.PARAGRAPH)


def _second_sentence(text: RunningText, start: int, stop: int) -> int:
    """The word at which the second sentence of an item begins, its marker left out; 0 where it has but one."""
    return next((at for at in range(start + 2, stop) if text.begins_sentence(at)), 0)
