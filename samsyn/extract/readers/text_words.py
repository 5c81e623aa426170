"""Takes running text and gives its words, where its sentences end, and how the document uses each word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

from samsyn.extract.readers.text_inline import SUPERSCRIPTS
from samsyn.extract.readers.text_outline import LEAST_OUTLINE, Number, follow_numbers, read_letter, read_number
from samsyn.extract.readers.text_web import abbreviations

LONGEST_HEADING = 12
"""Words; a heading is no longer."""
SHORTEST_RECURRING = 3
"""Words; a shorter phrase recurs by chance."""
BULLETS = frozenset("•·▪●■◦‣")
"""Signs that only ever begin a list item."""
_FARTHEST_MARK = 60
MAYBE_BULLETS = frozenset(("-", "–", "o", "*", "—"))
"""Signs that may begin one."""

_OPENING = "\"”“»«'([*_"
_CLOSING = "\"”“»«')]*_"
_END = ".!?…"
_BEHIND = _CLOSING + SUPERSCRIPTS + ".,;:!?…"
_CLOSERS = frozenset((".", "!", "?", ",", ";", ":", "…"))
_LONGEST_PLAIN = 25
"""A longer word with a slash is an address, which ends no sentence by a sign."""
_COUNTED = re.compile(r"\d{1,2}\.")


class Word(NamedTuple):
    """One word as printed, and what is asked of it again and again."""

    text: str
    start: int
    """Where it starts in the text."""
    core: str
    """The word without the signs around it."""
    key: str
    """The core to look up and compare."""
    is_upper: bool
    """True when it begins with a capital and not inside a bracket that opens here."""
    closes: bool
    """True when a sign stands behind it that no heading holds inside; a counting number ('1.') has none."""
    is_rule: bool
    """True for dots or dashes to sign on."""

    @property
    def is_capitals(self) -> bool:
        """True when it is a word of capitals alone, with no sign behind it."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return len(letters) > 1 and all(map(str.isupper, letters)) and self.text[-1].isalpha()


def _make_word(text: str, start: int) -> Word:
    core = text.lstrip(_OPENING).rstrip(_BEHIND)
    is_upper = core[:1].isupper() and text[0] != "("
    closes = text.rstrip(_CLOSING)[-1:] in _CLOSERS and not _COUNTED.fullmatch(text)
    is_rule = len(text) > 3 and not core.strip("_-–—")
    return Word(text, start, core, core.casefold(), is_upper, closes, is_rule)


class RunningText:
    """A text as words; `pages` tells the words that begin a page, and the page's number where it has one."""

    def __init__(self, text: str, pages: Mapping[int, int | None] | None = None) -> None:
        self.text = text
        self.pages = dict(pages or {0: None})
        self.begun: frozenset[int] = frozenset()
        """Words that a first reading found to begin a heading, a paragraph or an item."""
        self.rows: tuple[range, ...] = ()
        """Stretches that a first reading found to be the rows of flattened tables."""
        self.words = tuple(_make_word(match.group(), match.start()) for match in re.finditer(r"\S+", text))

    def slice(self, start: int, stop: int) -> str:
        """The text of the words from `start` up to `stop`."""
        if start >= min(stop, len(self.words)):
            return ""
        last = self.words[min(stop, len(self.words)) - 1]
        return self.text[self.words[start].start : last.start + len(last.text)]

    def key(self, start: int, stop: int) -> str:
        """The words from `start` up to `stop` without signs and capitals, to look up and compare."""
        return " ".join([word.key for word in self.words[start:stop]])

    @cached_property
    def enders(self) -> tuple[bool, ...]:
        """For each word, whether a sentence ends behind it."""
        following = (*(word.core[:1] for word in self.words[1:]), "")
        return tuple(_ends(word, after) for word, after in zip(self.words, following, strict=True))

    def repeats_mark(self, index: int) -> bool:
        """True for a dash or a lone 'o' with another like it further on, as list items have before them."""
        text = self.words[index].text
        if text not in MAYBE_BULLETS or index + 1 >= len(self.words) or len(self.words[index + 1].core) < 2:
            return False
        places = self._marks[text]
        following = bisect_left(places, index + 2)
        return following < len(places) and places[following] < index + _FARTHEST_MARK

    @cached_property
    def _marks(self) -> dict[str, list[int]]:
        """Where each sign that may begin a list item stands."""
        marks: dict[str, list[int]] = {sign: [] for sign in MAYBE_BULLETS}
        for index, word in enumerate(self.words):
            if word.text in marks:
                marks[word.text].append(index)
        return marks

    def begins_sentence(self, index: int) -> bool:
        """True for the first word of a page and a word behind the end of a sentence."""
        return index in self.pages or self.enders[index - 1]


def _ends(word: Word, after: str) -> bool:
    bare = word.text.rstrip(_CLOSING)
    if "/" in bare and len(bare) > _LONGEST_PLAIN:
        return after.isupper()
    if not any(map(str.isalnum, bare)):
        return False
    if bare[-1:] not in (*_END, ":", ";") or bare.lower() in abbreviations():
        return False
    return not after.islower()


class Use(NamedTuple):
    """How the words of a document are used."""

    lower: Counter[str]
    """How often each stands in lower case."""
    inside: Counter[str]
    """How often each has a capital inside a sentence."""
    pairs: Counter[tuple[str, str]]
    """How often two follow one another inside a sentence, both with capitals."""
    phrases: Counter[str]
    """How often a phrase stands as titles do: from a capital to the next, or to the end of a sentence."""
    first: Counter[str]
    """How often such a phrase does so first in a sentence."""
    openings: Counter[str]
    """How often a sentence opens with these two words."""
    items: Counter[str]
    """How often a phrase is a whole item of a list with bullets."""
    cells: Counter[str]
    """How often such a phrase stands among the rows of a flattened table."""
    earliest: dict[str, int]
    """The word at which such a phrase stands first in a sentence for the first time."""


def count_use(text: RunningText) -> Use:
    """The use of every word in `text`; a capital where a block is known to begin says nothing of its word."""
    use = Use(Counter(), Counter(), Counter(), Counter(), Counter(), Counter(), Counter(), Counter(), {})
    for index, word in enumerate(text.words):
        key = word.key
        if word.core[:1].islower():
            use.lower[key] += 1
        elif word.is_upper and not text.begins_sentence(index) and index not in text.begun:
            use.inside[key] += 1
            before = text.words[index - 1]
            if before.is_upper and not before.closes:
                use.pairs[before.key, key] += 1
        if text.begins_sentence(index):
            use.openings[text.key(index, index + 2)] += 1
    for index, key in _title_phrases(text):
        use.phrases[key] += 1
        if text.begins_sentence(index):
            use.first[key] += 1
            use.earliest.setdefault(key, index)
    use.items.update(_whole_items(text))
    use.cells.update(key for index, key in _title_phrases(text, text.rows))
    return use


def _title_phrases(text: RunningText, within: tuple[range, ...] | None = None) -> Iterator[tuple[int, str]]:
    """Phrases that may be titles: from a capital to just before the next capital, or to the end of a sentence."""
    words = text.words
    for index in chain.from_iterable(within) if within is not None else range(len(words)):
        if not words[index].is_upper:
            continue
        for stop in range(index + 1, min(len(words), index + LONGEST_HEADING) + 1):
            if words[stop - 1].text in BULLETS:
                break
            long = stop - index >= SHORTEST_RECURRING
            closed = words[stop - 1].closes
            if long and (closed or (stop < len(words) and words[stop].is_upper)):
                yield index, text.key(index, stop)
            if closed:
                break


def _whole_items(text: RunningText) -> Iterator[str]:
    """Short phrases between two bullets."""
    bullets = [index for index, word in enumerate(text.words) if word.text in BULLETS]
    for start, stop in pairwise(bullets):
        if 2 < stop - start <= LONGEST_HEADING:
            yield text.key(start + 1, stop)


_LEAST_APART = 12
"""Numbers that stand closer than so many words count the items of a list."""


def find_outline(text: RunningText) -> frozenset[int]:
    """The words that number the headings of `text`: they count up from 1, '3.1' and '3.1.1' below 3, or from A.

    None when fewer than three do, or when they stand so close that they count the items of a list.
    """
    numbers = list(_numbers_in(text))
    sure = {number.parts for number in numbers if text.begins_sentence(number.place)}
    counted = follow_numbers(
        [found for found in numbers if found.parts not in sure or text.begins_sentence(found.place) or found.parts[1:]]
    )
    return _spread_out(counted) | _spread_out(follow_numbers(list(_letters_in(text))))


def _spread_out(counted: Sequence[Number]) -> frozenset[int]:
    """The places of numbers that stand as far apart as headings do; empty for others, and for too few."""
    if len(counted) < LEAST_OUTLINE or counted[-1].place - counted[0].place < _LEAST_APART * (len(counted) - 1):
        return frozenset()
    return frozenset(number.place for number in counted)


def _letters_in(text: RunningText) -> Iterator[Number]:
    for index, word in enumerate(text.words[:-1]):
        parts = read_letter(word.text)
        if parts is not None and text.words[index + 1].is_upper:
            yield Number(index, parts)


def _numbers_in(text: RunningText) -> Iterator[Number]:
    for index, word in enumerate(text.words[:-1]):
        read = read_number(word.text)
        if read is None or not text.words[index + 1].is_upper:
            continue
        parts, stopped = read
        follows = index > 0 and text.words[index - 1].core[:1].islower() and not text.begins_sentence(index)
        if len(parts) > 1 or stopped or parts == (1,) or not follows:
            yield Number(index, parts)
