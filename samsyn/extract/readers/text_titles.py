"""Takes a place in running text and says whether a heading begins there, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from samsyn.extract.readers.text_columns import Columns
from samsyn.extract.readers.text_hints import Place, Reading
from samsyn.extract.readers.text_signs import YEARS, Signs
from samsyn.extract.readers.text_web import asking_words, open_words
from samsyn.extract.readers.text_words import BULLETS, LONGEST_HEADING, SHORTEST_RECURRING, RunningText

MOST_RECURRING = 6
"""A phrase said more often is a cell that a table repeats."""

_SERIAL = re.compile(r"(\d{1,2}|[A-H])[:.]?")
_COUNTED = re.compile(r"\d{1,2}[.)]")
_PERIOD = re.compile(r"(?:(?:19|20)\d\d ?[-–/—] ?)?(?:19|20)?\d\d")
_LEAST_NAMED = 4
"""Words of a document's name that years alone may close."""
_MOST_ENDS = 7
"""A title has no more words with capitals: a longer run of them is a list of names."""
_SHORT = 6
"""Words of a title that only what it stands above tells."""


class Titles:
    """Judges what may be a heading in one text."""

    def __init__(self, reading: Reading, signs: Signs, columns: Columns) -> None:
        self._text = reading.text
        self._words = reading.text.words
        self._use = reading.use
        self._hints = reading.hints
        self._outline = reading.outline
        self._heads: dict[int, bool] = {}
        self._ends: dict[int, list[int]] = {}
        self._starts: dict[int, bool] = {}
        self._signs = signs
        self._columns = columns
        self._given = [[word.core for word in RunningText(title).words] for title in reading.hints.given]

    # --- headings ---

    def find(self, place: Place) -> int:
        """Where the heading that begins at `place` ends; 0 when none does."""
        ends = self.ends(place.at)
        for judge in (self._is_given, self._known, self._named):
            stop = judge(place, ends)
            if stop:
                return stop
        if self._among_names(place.at):
            return 0
        for judge in (self._said_again, self._listed, self._recurring, self._asks):
            stop = judge(place, ends)
            if stop:
                return stop
        if place.in_table or place.in_item or place.guarded:
            return 0
        if not place.is_first:
            return self._behind_item(place.at, ends) if place.doubtful else 0
        for find in (self._worded, self._above_list, self._above_known, self.guess):
            stop = find(place.at, ends)
            if stop:
                break
        if stop and place.doubtful and not self._is_sure_opener(place.at, stop):
            return 0
        return stop

    def _behind_item(self, index: int, ends: list[int]) -> int:
        """A title behind the last item of a list that has no full stop: a few words without a verb, and a sentence."""
        before = self._words[index - 1]
        if before.is_upper or before.text in BULLETS or self._signs.is_name(index) or self._signs.opens_sentence(index):
            return 0
        for stop in ends:
            told = self._signs.is_subject(stop) or self._signs.opens_sentence(stop)
            if (
                told
                and stop - index <= _SHORT + 2
                and self._signs.has_shape(index, stop)
                and self._signs.is_sentence(stop)
            ):
                return stop
        return 0

    def _among_names(self, index: int) -> bool:
        """True where capital follows on capital, as in a list of names: no title can be told there."""
        return all(word.is_upper for word in self._words[index + 1 : index + _SHORT])

    def _is_sure_opener(self, start: int, stop: int) -> bool:
        """True when what follows a title at `stop` can hardly be the rest of the sentence that it begins."""
        opener = self._words[stop].key in open_words() or self._words[stop].text in BULLETS
        opener = opener or (stop - start > 1 and (self._signs.is_subject(stop) or self._signs.opens_sentence(stop)))
        return opener or self.knows(stop) or self._signs.told_again(start, stop) >= 0.5

    def knows(self, index: int) -> bool:
        """True when a phrase that the caller knows as a heading begins at `index`."""
        return any(self._hints.is_heading(self._text.slice(index, stop)) for stop in self.ends(index))

    def is_sure(self, index: int) -> bool:
        """True when a heading begins at `index` whatever stands before it."""
        place = Place(index, False, None, False)
        ends = self.ends(index)
        judges = (self._known, self._named, self._said_again, self._listed, self._recurring)
        return any(judge(place, ends) for judge in judges)

    def find_numbered(self, index: int) -> int:
        """Where the heading ends that the number at `index` counts: at the next number, a sentence or a label."""
        may = [stop for stop in self.ends(index + 1) if self._signs.may_end(stop) or self._opens_list(stop)]
        may = may or [stop for stop in self._ends_with_commas(index + 1) if self._signs.may_end(stop)]
        ends = [stop for stop in may if stop in self._outline or self.heads_something(stop)]
        known = [stop for stop in ends if self._hints.is_heading(self._text.slice(index + 1, stop))]
        plain = [stop for stop in ends if stop in self._outline or self._signs.is_opener(stop)]
        return (known or plain or ends or [0])[0]

    def _opens_list(self, index: int) -> bool:
        """True for the mark of a list: '4.1 Kommunen ska se till att' may stand above one."""
        return self._words[index].text in BULLETS or self._text.repeats_mark(index)

    def find_in_series(self, index: int) -> int:
        """Where a heading ends that is one of a series: 'Fokusområde 1: Trygg uppväxt', with a 2 elsewhere."""
        if index + 2 >= len(self._words) or self._text.key(index, index + 1) not in self._series:
            return 0
        start = index + 2
        if not _SERIAL.fullmatch(self._words[index + 1].text):
            return 0
        if self._words[start].text in ("-", "–", "—", ":"):
            start += 1
        ends = [stop for stop in self.ends(start) if self._signs.has_shape(start, stop) and self.heads_something(stop)]
        plain = [stop for stop in ends if self._signs.is_opener(stop) and not self._signs.is_name(stop)]
        known = [stop for stop in ends if self.is_sure(stop)]
        return min([*plain, *known], default=0) or (ends[0] if ends else 0)

    @cached_property
    def _series(self) -> frozenset[str]:
        """Words that stand with a capital before the numbers 1 and 2."""
        counted: dict[str, set[str]] = {}
        for index, word in enumerate(self._words[:-1]):
            number = _SERIAL.fullmatch(self._words[index + 1].text)
            if word.is_upper and number:
                counted.setdefault(self._text.key(index, index + 1), set()).add(number[1])
        return frozenset(name for name, numbers in counted.items() if {"1", "2"} <= numbers)

    def ends(self, index: int) -> list[int]:
        """Where a title that begins at `index` may end: before a capital, a number or a bullet, no sign on the way."""
        if index not in self._ends:
            self._ends[index] = list(self._find_ends(index))
        return self._ends[index]

    def _find_ends(self, index: int) -> Iterator[int]:
        found = 0
        for stop in range(index + 1, min(index + LONGEST_HEADING, len(self._words) - 1) + 1):
            if self._words[stop - 1].closes or found == _MOST_ENDS:
                return
            following = self._words[stop]
            listed = self._opens_list(stop)
            if following.is_upper or stop in self._outline or _COUNTED.fullmatch(following.text) or listed:
                found += 1
                yield stop
            if stop in self._outline or listed:
                return

    def _ends_with_commas(self, index: int) -> Iterator[int]:
        """Where a title with commas in it may end."""
        for stop in range(index + 2, min(index + 2 * LONGEST_HEADING, len(self._words) - 1) + 1):
            last = self._words[stop - 1]
            if (last.closes and not last.text.endswith(",")) or last.text in BULLETS:
                return
            if self._words[stop].is_upper:
                yield stop

    def _is_given(self, place: Place, ends: list[int]) -> int:
        """The title that the page around the text gives."""
        if not place.is_first or not ends:
            return 0
        for title in self._given:
            stop = place.at + len(title)
            if stop < len(self._words) and title == [word.core for word in self._words[place.at : stop]]:
                return stop
        return 0

    def _known(self, place: Place, ends: list[int]) -> int:
        """The longest phrase the caller knows as a heading; inside a sentence only above another sentence."""
        found = 0
        for stop in ends:
            if self._hints.is_heading(self._text.slice(place.at, stop)) and self._signs.may_end(stop):
                found = stop
            if found and self._signs.is_opener(stop):
                break
        if not found:
            return 0
        if place.is_first and not place.in_table and not place.in_item and self.heads_something(found):
            return found
        cell = found - place.at == 1 and self._use.lower[self._text.key(place.at, found)] >= 3
        if place.in_table and (cell or not self._signs.tells(found)):
            return 0
        return found if self._signs.is_sentence(found, whole=False) and not self._signs.is_name(found) else 0

    def _named(self, place: Place, ends: list[int]) -> int:
        """The name of a document or a part, with years at its end or a heading or a sentence behind it."""
        start = place.at
        if place.in_item:
            return 0
        if not any(self._hints.is_title(self._text.slice(start, start + count)) for count in (1, 2, 3)):
            return 0
        for stop in (*ends, *self._ends_with_commas(start)):
            name = self._text.slice(start, stop)
            later = (at for at in range(start + 1, stop) if self._words[at].is_upper)
            if not self._signs.has_shape(start, stop) or not self._hints.is_title(name):
                continue
            if any(self._hints.is_title(self._text.slice(at, stop)) for at in later):
                continue
            dated = _PERIOD.fullmatch(self._words[stop - 1].text) and (place.is_first or stop - start >= _LEAST_NAMED)
            if dated or (self.heads_something(stop) and (place.is_first or not place.in_table)):
                return stop
        return 0

    def _said_again(self, place: Place, ends: list[int]) -> int:
        """A phrase that the next sentence begins with: 'Uppföljning Uppföljning av arbetet sker ...'."""
        for stop in ends:
            again = stop + stop - place.at
            if again >= len(self._words) or self._text.key(place.at, stop) != self._text.key(stop, again):
                continue
            goes_on = self._words[again].core[:1].islower() and not self._words[again - 1].closes
            if (
                goes_on
                and self._signs.is_sentence(stop)
                and (place.is_first or not place.in_table or self._signs.tells(stop))
            ):
                return stop
        return 0

    def _listed(self, place: Place, ends: list[int]) -> int:
        """A phrase of two words or more that is an item of a list elsewhere, above a sentence."""
        if place.in_table or place.in_item or not self._use.items:
            return 0
        for stop in reversed(ends):
            is_item = stop - place.at >= 2 and self._text.key(place.at, stop) in self._use.items
            if is_item and self._words[stop].is_upper and self._signs.is_sentence(stop, strict=False):
                return stop
        return 0

    def _recurring(self, place: Place, ends: list[int]) -> int:
        """A phrase of several words that stands as a title elsewhere too."""
        start = place.at
        for stop in reversed(ends):
            if stop - start < SHORTEST_RECURRING:
                continue
            key = self._text.key(start, stop)
            said = self._use.phrases.get(key, 0)
            if (
                not said
                or said > MOST_RECURRING
                or self._use.cells.get(key, 0) >= 2
                or not self._signs.has_shape(start, stop)
            ):
                continue
            elsewhere = self._use.first[key] - self._text.begins_sentence(start)
            known = said >= 2 if place.is_first else elsewhere >= 1
            if place.table is not None:
                known = self._use.earliest.get(key, place.table) < place.table
            heads = self._signs.is_sentence(stop) or (stop - start > SHORTEST_RECURRING and self.heads_something(stop))
            if known and heads:
                ends_table = not place.in_table or self._signs.tells(stop) or self._signs.told_again(start, stop) > 0.6
                return stop if ends_table and not self._signs.is_name(stop) else 0
        return 0

    def _asks(self, place: Place, ends: list[int]) -> int:  # noqa: ARG002 - one signature for all
        """A question above its answer: 'Vad säger invånarna?'."""
        if place.in_table or place.in_item or self._words[place.at].key not in asking_words():
            return 0
        for stop in range(place.at + 1, min(place.at + LONGEST_HEADING, len(self._words) - 1)):
            if self._words[stop - 1].closes:
                asked = self._words[stop - 1].text.endswith("?") and self._words[stop].is_upper
                return stop if asked and self._signs.is_sentence(stop, strict=False) else 0
        return 0

    def _worded(self, index: int, ends: list[int]) -> int:
        """A phrase that is worded as headings are, right before a word that only a sentence gives its capital."""
        for stop in ends:
            fits = 1 < stop - index <= _SHORT + 2 and self._signs.may_be_closed(stop, self._words[index].key)
            if fits and self._hints.is_worded(self._text.slice(index, stop)) and not self._signs.is_name(stop):
                return stop if self._signs.is_opener(stop) and self._signs.is_sentence(stop) else 0
        return 0

    def _above_list(self, index: int, ends: list[int]) -> int:
        """A few words without a verb right above a list."""
        for stop in ends:
            if self._words[stop].text in BULLETS:
                return stop if stop - index <= _SHORT and self._signs.has_shape(index, stop) else 0
        return 0

    def _above_known(self, index: int, ends: list[int]) -> int:
        """A few words right above a heading that is known."""
        for stop in ends:
            if stop not in self._starts:
                self._starts[stop] = self._known(Place(stop, True, None, False), self.ends(stop)) > 0
            below = self._starts[stop] and self._signs.may_end(stop)
            if below and 1 < stop - index <= _SHORT + 2:
                return stop
        return 0

    def known_in_front(self, start: int, stop: int) -> int:
        """Where a title ends that the caller knows, with another title behind it up to `stop`; 0 when none does.

        'Vad vi lovar Trygg i centrum' are two headings, 'Vad vi lovar i Orsa' and 'Mål Orsa' are one.
        """
        if self._hints.is_heading(self._text.slice(start, stop)):
            return 0
        inner = [at for at in self.ends(start) if at - start > 1 and stop - at > 1 and self._signs.has_shape(at, stop)]
        return next((at for at in inner if self._hints.is_heading(self._text.slice(start, at))), 0)

    def title_before(self, index: int, first: int) -> int:
        """Where the words begin that stand as a title right before `index`, not before `first`; 0 when none do."""
        for start in range(index - 1, max(first, index - _SHORT - 2) - 1, -1):
            if self._words[start].closes:
                return 0
            if self._words[start].is_upper:
                return start if index - start > 1 and self._signs.may_end(index) else 0
        return 0

    def guess(self, index: int, ends: list[int]) -> int:
        """A short phrase without a verb before a word whose capital begins a sentence."""
        with_commas = list(self._ends_with_commas(index)) if self._signs.opens_as_others(index) else []
        for stop in (*ends, *with_commas):
            alone = stop == index + 1 and self._signs.opens_sentence(index)
            if alone or not self._signs.has_shape(index, stop) or not self._signs.is_sentence(stop):
                continue
            if self._signs.is_opener(stop) and not self._signs.is_name(stop):
                return stop
            told = self._signs.told_again(index, stop)
            if told == 1 and stop - index > 1:
                return stop
            if self._signs.is_unknown(stop) and (
                told or index in self._text.pages or self._signs.opens_as_others(index)
            ):
                return stop
        return 0

    # --- what tells a title ---

    def heads_something(self, index: int) -> bool:
        """True when a sentence, a bullet, a label, names to sign, column headers or a known heading begin here."""
        if index not in self._heads:
            self._heads[index] = self._judge_below(index)
        return self._heads[index]

    def _judge_below(self, index: int) -> bool:
        if index in self._outline or self._words[index].text in BULLETS:
            return True
        if self._signs.is_sentence(index) or self._columns.at(index):
            return True
        stops = range(index + 1, min(index + 6, len(self._words) - 1))
        labelled = any(self._words[stop - 1].text.endswith(":") for stop in stops)
        known = (
            self._hints.is_heading(self._text.slice(index, stop)) and self._signs.is_sentence(stop) for stop in stops
        )
        return labelled or self._is_signed(index) or any(known)

    def _is_signed(self, index: int) -> bool:
        """True when names with a line to sign on, or with a date, begin here."""
        words = self._words[index : index + LONGEST_HEADING]
        marked = any(word.is_rule or YEARS.fullmatch(word.text) or _is_day(word.text) for word in words)
        capitals = sum(word.is_upper for word in words)
        return marked and capitals * 3 >= len(words) and not self._signs.tells(index)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2},?|(?:19|20)\d{2}")


def _is_day(text: str) -> bool:
    return _DAY.fullmatch(text) is not None
