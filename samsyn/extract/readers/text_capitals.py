"""Takes a place in running text and says whether a heading set in capitals begins there, and where it ends."""

from __future__ import annotations

from samsyn.extract.readers.text_hints import Reading
from samsyn.extract.readers.text_signs import Signs
from samsyn.extract.readers.text_titles import Titles
from samsyn.extract.readers.text_web import open_words
from samsyn.extract.readers.text_words import BULLETS

_LONGEST_CAPITALS = 30
"""Words; a longer run of capitals is text set so."""


class Capitals:
    """Judges runs of capitals in one text."""

    def __init__(self, reading: Reading, signs: Signs, titles: Titles) -> None:
        self._text = reading.text
        self._words = reading.text.words
        self._use = reading.use
        self._hints = reading.hints
        self._outline = reading.outline
        self._signs = signs
        self._titles = titles

    def find(self, index: int, *, is_first: bool, in_table: bool) -> tuple[int, ...]:
        """Where the heading in capitals at `index` ends, or where each of two that flowed together does; else empty.

        It is a run of such words, a small one or a sign among them.
        """
        last, long = self._run(index)
        words = self._words
        if last == index or long < 3 or last >= len(words) or words[last].core[:1].islower():
            return ()
        name = self._text.slice(index, last)
        heads = self._signs.is_sentence(last) or self._titles.is_sure(last)
        is_known = heads and (self._hints.is_heading(name) or self._hints.is_title(name))
        if not is_known and not self._are_title(index, last, long, is_first=is_first, in_table=in_table):
            return ()
        if self._hints.is_heading(name):
            return (last,)
        for middle in range(index + 1, last):
            is_joined = {words[middle - 1].key, words[middle].key} & open_words()
            if not is_joined and self._hints.is_heading(self._text.slice(index, middle)):
                return (middle, last)
        return (last,)

    def _run(self, index: int) -> tuple[int, int]:
        """Where the run of capitals from `index` ends, and the length of its longest word."""
        stop = last = index
        furthest = min(len(self._words), index + _LONGEST_CAPITALS)
        while stop < furthest and not any(map(str.islower, self._words[stop].text)):
            word = self._words[stop]
            if word.text in BULLETS or word.closes or word.is_rule or (stop > index and stop in self._outline):
                break
            last = stop + 1 if word.is_capitals else last
            stop += 1
        long = (len(word.core) for word in self._words[index:last] if word.is_capitals)
        return last, max(long, default=0)

    def _are_title(self, index: int, last: int, length: int, *, is_first: bool, in_table: bool) -> bool:
        """True for capitals that are no abbreviations: several words, or one that is nowhere inside a sentence."""
        if last - index > 1:
            return is_first or (length >= 5 and not in_table)
        follower = self._words[last]
        heads = (follower.is_upper or follower.text in BULLETS) and self._titles.heads_something(last)
        if not heads or not is_first:
            return False
        known = self._hints.is_heading(self._words[index].core)
        return known or (length >= 4 and not self._use.inside[self._words[index].key])
