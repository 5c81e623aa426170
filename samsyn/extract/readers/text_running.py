"""Takes running text that lost its line breaks and says where headings, labels, list items and paragraphs began."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from samsyn.extract.readers.text_inline import SUPERSCRIPTS
from samsyn.extract.readers.text_web import abbreviations, finite_verbs, open_words


class CutKind(StrEnum):
    """What begins at a cut."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    """The header words of a flattened table."""
    BODY = "body"
    """What is left of its rows."""


class Cut(NamedTuple):
    """A place where something begins: the word it starts at; a list item's marker is a word of its own."""

    start: int
    kind: CutKind
    marker: str = ""
    columns: tuple[int, ...] = ()
    """The words that a flattened table's column headers start at."""


class Hints(NamedTuple):
    """What the caller knows of the language: phrases that are headings, and words that head the columns of tables."""

    is_heading: Callable[[str], bool]
    is_column: Callable[[str], bool]
    titles: tuple[str, ...] = ()
    """Titles that the page around the text gives the document."""


_OPENING = "\"”“»«'([*_"
_CLOSING = "\"”“»«')]*_"
_END = ".!?…"
_BEHIND = _CLOSING + SUPERSCRIPTS + ".,;:!?…"
_LONGEST_PLAIN = 25
"""A longer word with a slash is an address, which ends no sentence by a sign."""


class Word(NamedTuple):
    """One word as printed, where it starts in the text, and its core without punctuation."""

    text: str
    start: int
    core: str

    @property
    def is_upper(self) -> bool:
        """True when it begins with a capital and not inside a bracket that opens here."""
        return self.core[:1].isupper() and not self.text.startswith("(")

    @property
    def is_capitals(self) -> bool:
        """True when it is a word of capitals alone, with no sign behind it."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return len(letters) > 1 and all(map(str.isupper, letters)) and self.text[-1].isalpha()

    @property
    def closes(self) -> bool:
        """True when a sign stands behind it that no heading holds inside."""
        return self.text.rstrip(_CLOSING)[-1:] in (".", "!", "?", ",", ";", ":", "…")


class RunningText:
    """A text as words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tuple(
            Word(match.group(), match.start(), match.group().lstrip(_OPENING).rstrip(_BEHIND))
            for match in re.finditer(r"\S+", text)
        )

    def slice(self, start: int, stop: int) -> str:
        """The text of the words from `start` up to `stop`."""
        if start >= stop or start >= len(self.words):
            return ""
        last = self.words[stop - 1]
        return self.text[self.words[start].start : last.start + len(last.text)]

    @cached_property
    def enders(self) -> tuple[bool, ...]:
        """For each word, whether a sentence ends behind it."""
        following = (*(word.core[:1] for word in self.words[1:]), "")
        return tuple(_ends(word, after) for word, after in zip(self.words, following, strict=True))

    def begins_sentence(self, index: int) -> bool:
        """True for the first word of the text and a word behind the end of a sentence."""
        return index == 0 or self.enders[index - 1]


def _ends(word: Word, after: str) -> bool:
    bare = word.text.rstrip(_CLOSING)
    if "/" in bare and len(bare) > _LONGEST_PLAIN:
        return after.isupper()
    if not any(map(str.isalnum, bare)):
        return False
    if bare[-1:] not in (*_END, ":", ";") or bare.lower() in abbreviations():
        return False
    return not after.islower()


class Words(NamedTuple):
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


_LONGEST_HEADING = 12
_SHORTEST_RECURRING = 3
_MOST_RECURRING = 6
"""A phrase said more often is a cell that a table repeats."""


def count_use(texts: Sequence[RunningText]) -> Words:
    """The use of every word in `texts`."""
    use = Words(Counter(), Counter(), Counter(), Counter(), Counter(), Counter())
    for text in texts:
        for index, word in enumerate(text.words):
            key = word.core.casefold()
            if word.core[:1].islower():
                use.lower[key] += 1
            elif word.is_upper and not text.begins_sentence(index):
                use.inside[key] += 1
                before = text.words[index - 1]
                if before.is_upper and not before.closes:
                    use.pairs[before.core.casefold(), key] += 1
            if text.begins_sentence(index):
                use.openings[_key(text, index, index + 2)] += 1
        for index, key in _title_phrases(text):
            use.phrases[key] += 1
            use.first[key] += text.begins_sentence(index)
    return use


def _title_phrases(text: RunningText) -> Iterator[tuple[int, str]]:
    """Phrases that may be titles: from a capital to just before the next capital, or to the end of a sentence."""
    words = text.words
    for index, word in enumerate(words):
        if not word.is_upper:
            continue
        for stop in range(index + 1, min(len(words), index + _LONGEST_HEADING) + 1):
            long = stop - index >= _SHORTEST_RECURRING
            closed = words[stop - 1].closes
            if long and (closed or (stop < len(words) and words[stop].is_upper)):
                yield index, _key(text, index, stop)
            if closed:
                break


def _key(text: RunningText, start: int, stop: int) -> str:
    return " ".join(word.core.casefold() for word in text.words[start:stop])


def find_cuts(text: RunningText, use: Words, hints: Hints, *, in_table: bool = False) -> tuple[list[Cut], bool]:
    """Where headings, paragraphs and list items begin, and whether the text ends inside a flattened table.

    `in_table` says that the text begins inside one.
    """
    cutter = _Cutter(text, use, hints, in_table)
    return cutter.run(), cutter.in_table


_YEARS = re.compile(r"(?:19|20)\d\d[-–/](?:19|20)?\d\d")
_SURE_BULLETS = frozenset("•·▪●■◦‣")
_MAYBE_BULLETS = frozenset(("-", "–", "o", "*", "—"))
_COUNTED = re.compile(r"(\d{1,2})[.)]")
_LEAST_COLUMNS = 3


class _Cutter:
    """Walks along the words once."""

    def __init__(self, text: RunningText, use: Words, hints: Hints, in_table: bool) -> None:
        self._text = text
        self._words = text.words
        self._use = use
        self._hints = hints
        self.in_table = in_table
        self._bullet = ""
        self._count = 0
        self._cuts: list[Cut] = []

    def run(self) -> list[Cut]:
        """All cuts, in order."""
        self._cuts.append(Cut(0, CutKind.BODY if self.in_table else CutKind.PARAGRAPH))
        signed = self._signatures()
        index = 0
        while index < len(self._words):
            if index == signed and index:
                self._add(index, CutKind.PARAGRAPH)
                break
            index = max(index + 1, self._step(index))
        return _without_empty(self._cuts)

    def _signatures(self) -> int:
        """Where the names and titles at the end of the text begin; the number of words when there are none.

        They stand behind the last sentence: words with capitals in the main, and no verb.
        """
        words, enders = self._words, self._text.enders
        start = next((at for at in range(len(words) - 1, 0, -1) if enders[at - 1]), 0)
        tail = [word for word in words[start:] if any(map(str.isalpha, word.core))]
        capitals = sum(word.core[:1].isupper() for word in tail)
        told = not finite_verbs().isdisjoint(word.core.lower() for word in tail)
        if len(tail) < 4 or capitals * 2 < len(tail) or told or self.in_table:
            return len(words)
        return start

    def _step(self, index: int) -> int:
        """Cut at `index` where something begins there; gives the index to go on from."""
        word = self._words[index]
        marker = self._marker_at(index)
        if marker:
            self._begin_item(index, marker)
            return index + 1
        if not (word.is_upper or word.core[:1].isdigit()):
            return index + 1
        for find in (self._capitals, self._columns, self._label, self._listed, self._heading):
            stop = find(index)
            if stop:
                return stop
        return index + 1

    def _add(self, start: int, kind: CutKind, marker: str = "") -> None:
        if self._cuts and self._cuts[-1].start == start:
            self._cuts.pop()
        self._cuts.append(Cut(start, kind, marker))

    def _add_heading(self, start: int, stop: int) -> int:
        self._add(start, CutKind.HEADING)
        self._add(stop, CutKind.PARAGRAPH)
        self.in_table = False
        self._bullet, self._count = "", 0
        return stop

    def _stands_first(self, index: int) -> bool:
        """True where a block may begin: behind a sentence's end, a heading or a list marker."""
        return self._text.begins_sentence(index) or self._cuts[-1].start + bool(self._cuts[-1].marker) == index

    # --- list items ---

    def _marker_at(self, index: int) -> str:
        text = self._words[index].text
        if text in _SURE_BULLETS:
            return text
        if text in _MAYBE_BULLETS:
            return text if text == self._bullet or self._opens_list(index) else ""
        counted = _COUNTED.fullmatch(text)
        if counted and self._is_next(index, int(counted[1])):
            return text
        return ""

    def _opens_list(self, index: int) -> bool:
        """True for a dash or 'o' behind a lead-in or a finished sentence, with another like it further on."""
        text = self._words[index].text
        before = self._words[index - 1] if index else None
        further = any(word.text == text for word in self._words[index + 2 : index + 60])
        if before is None or not further:
            return before is None
        led_in = before.text[-1] in ":;" or before.core.lower() in open_words()
        return led_in or self._stands_first(index) or text == "o"

    def _is_next(self, index: int, number: int) -> bool:
        """True for the number that is due in a list, or for a 1 with a 2 behind it."""
        if index + 1 >= len(self._words) or not self._words[index + 1].is_upper:
            return False
        if number == self._count + 1 and number > 1:
            return True
        followers = {word.text for word in self._words[index + 2 : index + 120]}
        return number == 1 and not followers.isdisjoint(("2.", "2)"))

    def _begin_item(self, index: int, marker: str) -> None:
        counted = _COUNTED.fullmatch(marker)
        self._count = int(counted[1]) if counted else 0
        if self._bullet and marker == self._bullet and self._is_led_in(index):
            self._cut_lead_in(index)
        self._bullet = "" if counted else marker
        self._add(index, CutKind.ITEM, marker)

    def _is_led_in(self, index: int) -> bool:
        before = self._words[index - 1]
        return before.text.endswith(":") or before.core.lower() in open_words()

    def _cut_lead_in(self, index: int) -> None:
        """Part the lead-in of a new list from the last item of the list before, at its capital."""
        first = max(self._cuts[-1].start + 2, index - _LONGEST_HEADING)
        capitals = [start for start in range(index - 1, first - 1, -1) if self._words[start].is_upper]
        plain = [start for start in capitals if not self._is_name(start)]
        if capitals:
            self._add((plain or capitals)[0], CutKind.PARAGRAPH)

    # --- capitals, columns, labels ---

    def _capitals(self, index: int) -> int:
        """A heading in capitals: a run of such words, a small one or a sign among them."""
        stop = last = index
        words = self._words
        while stop < len(words) and not any(map(str.islower, words[stop].text)):
            text = words[stop].text
            if text in _SURE_BULLETS or text[-1] in ".,:;" or set(text) <= set("._…"):
                break
            last = stop + 1 if words[stop].is_capitals else last
            stop += 1
        long = max((len(word.core) for word in words[index:last] if word.is_capitals), default=0)
        if last == index or long < 3 or last >= len(words) or words[last].core[:1].islower():
            return 0
        is_known = self._hints.is_heading(self._text.slice(index, last)) and self._is_sentence(last)
        if not self._stands_first(index) and not is_known and (long < 5 or last - index == 1 or self.in_table):
            return 0
        if last - index == 1 and not is_known and not self._is_lone_capital_title(index, long):
            return 0
        for middle in range(index + 1, last):
            is_joined = {words[middle - 1].core.lower(), words[middle].core.lower()} & open_words()
            if not is_joined and self._hints.is_heading(self._text.slice(index, middle)):
                self._add(index, CutKind.HEADING)
                return self._add_heading(middle, last)
        return self._add_heading(index, last)

    def _is_lone_capital_title(self, index: int, length: int) -> bool:
        """True for one word in capitals that is no abbreviation: it stands first, and nowhere inside a sentence."""
        follower = self._words[index + 1]
        if not self._stands_first(index) or not (follower.is_upper or follower.text in _SURE_BULLETS):
            return False
        known = self._hints.is_heading(self._words[index].core)
        return known or (length >= 4 and not self._use.inside[self._words[index].core.casefold()])

    def _columns(self, index: int) -> int:
        """The header words of a flattened table: at least three column words in a row."""
        stop, columns = index, []
        while stop < len(self._words):
            length = self._column_length(stop)
            if not length:
                break
            columns.append(stop)
            stop += length
        if len(columns) < _LEAST_COLUMNS:
            return 0
        self._add(index, CutKind.TABLE)
        self._cuts[-1] = self._cuts[-1]._replace(columns=tuple(columns))
        self._add(stop, CutKind.BODY)
        self.in_table = True
        return stop

    def _column_length(self, index: int) -> int:
        """How many words make the column word at `index`; 0 when none does."""
        if not self._words[index].is_upper:
            return 0
        for length in (4, 3, 2, 1):
            stop = index + length
            if stop > len(self._words) or any(word.closes for word in self._words[index:stop]):
                continue
            following = self._words[stop].core[:1] if stop < len(self._words) else ""
            if not following.islower() and self._hints.is_column(self._text.slice(index, stop)):
                return length
        return 0

    def _label(self, index: int) -> int:
        """A run-in label: one to three words, a colon, and a capital or a marker behind it."""
        for stop in range(index + 1, min(index + 4, len(self._words)) + 1):
            last = self._words[stop - 1]
            if last.text.endswith(":"):
                break
            if last.closes:
                return 0
        else:
            return 0
        if any(word.is_upper for word in self._words[index + 1 : stop]) and not self._words[index].is_capitals:
            return 0
        following = self._words[stop] if stop < len(self._words) else None
        if following is None or following.core[:1].islower():
            return 0
        name = self._text.slice(index, stop).rstrip(":")
        if self._stands_first(index) or name.isupper() or self._hints.is_heading(name):
            self._add(index, CutKind.PARAGRAPH)
            self.in_table = False
            self._bullet, self._count = "", 0
            return stop
        return 0

    def _listed(self, index: int) -> int:
        """An item of a list without marks, behind a lead-in or another item: a phrase that is a title elsewhere."""
        last = self._cuts[-1]
        goes_on = last.kind is CutKind.ITEM and not last.marker
        if not goes_on and not (index and self._words[index - 1].text[-1] in ":;"):
            return 0
        for stop in range(min(index + _LONGEST_HEADING, len(self._words)), index + 1, -1):
            key = _key(self._text, index, stop)
            if stop - index >= _SHORTEST_RECURRING and 2 <= self._use.phrases[key] <= _MOST_RECURRING:
                self._add(index, CutKind.ITEM)
                if not (stop < len(self._words) and self._use_as_item(stop)):
                    self._add(stop, CutKind.PARAGRAPH)
                return stop
        return 0

    def _use_as_item(self, index: int) -> bool:
        """True when another item of the list begins at `index`."""
        stops = range(index + _SHORTEST_RECURRING, min(index + _LONGEST_HEADING, len(self._words)) + 1)
        keys = (_key(self._text, index, stop) for stop in stops)
        return self._words[index].is_upper and any(2 <= self._use.phrases[key] <= _MOST_RECURRING for key in keys)

    # --- headings ---

    def _heading(self, index: int) -> int:
        """A heading in ordinary letters that begins at `index`."""
        ends = list(self._ends_of_title(index))
        first = self._stands_first(index)
        for find in (self._known, self._given, self._said_again, self._recurring):
            stop = find(index, ends, first)
            if stop:
                return self._add_heading(index, stop)
        if first and not self.in_table:
            stop = self._guessed(index, ends)
            if stop:
                return self._add_heading(index, stop)
        return 0

    def _ends_of_title(self, index: int) -> Iterator[int]:
        """Where a title that begins at `index` may end: before a word with a capital, no sign on the way."""
        for stop in range(index + 1, min(index + _LONGEST_HEADING, len(self._words) - 1) + 1):
            if self._words[stop - 1].closes:
                return
            following = self._words[stop]
            if following.text in _SURE_BULLETS or (following.text in _MAYBE_BULLETS and self._opens_list(stop)):
                yield stop
                return
            if following.is_upper:
                yield stop

    def _known(self, index: int, ends: list[int], first: bool) -> int:
        """The longest phrase the caller knows as a heading; inside a sentence only above another sentence."""
        found = 0
        for stop in ends:
            if self._hints.is_heading(self._text.slice(index, stop)) and self._may_end(stop):
                found = stop
            if found and self._is_opener(stop):
                break
        if not found or (first and not self.in_table and self._heads_something(found)):
            return found
        if self.in_table and not self._tells(found):
            return 0
        return found if self._is_sentence(found) and not self._is_name(found) else 0

    def _heads_something(self, index: int) -> bool:
        """True when a sentence, a marker, a label or another known heading begins at `index`."""
        if self._is_sentence(index) or self._words[index].text in _SURE_BULLETS | _MAYBE_BULLETS:
            return True
        stops = range(index + 1, min(index + 4, len(self._words) - 1))
        return any(
            self._words[stop - 1].text.endswith(":")
            or (self._hints.is_heading(self._text.slice(index, stop)) and self._is_sentence(stop))
            for stop in stops
        )

    def _given(self, index: int, ends: list[int], first: bool) -> int:  # noqa: ARG002 - one signature for all
        """The title that the page around the text gives."""
        keys = {title: _key(RunningText(title), 0, len(title)) for title in self._hints.titles}
        return next((stop for stop in ends if _key(self._text, index, stop) in keys.values()), 0)

    def _said_again(self, index: int, ends: list[int], first: bool) -> int:
        """A phrase that the next sentence begins with: 'Uppföljning Uppföljning av arbetet sker ...'."""
        for stop in ends:
            again = stop + stop - index
            if again >= len(self._words) or _key(self._text, index, stop) != _key(self._text, stop, again):
                continue
            goes_on = self._words[again].core[:1].islower() and not self._words[again - 1].closes
            if goes_on and self._is_sentence(stop) and (first or not self.in_table or self._tells(stop)):
                return stop
        return 0

    def _recurring(self, index: int, ends: list[int], first: bool) -> int:
        """A phrase of several words that stands as a title elsewhere too."""
        for stop in reversed(ends):
            if stop - index < _SHORTEST_RECURRING or not self._has_shape(index, stop):
                continue
            key = _key(self._text, index, stop)
            elsewhere = self._use.first[key] - self._text.begins_sentence(index)
            known = self._use.phrases[key] >= 2 if first and not self.in_table else elsewhere >= 1
            if known and self._use.phrases[key] <= _MOST_RECURRING and self._is_sentence(stop):
                ends_table = not self.in_table or self._tells(stop) or self._told_again(index, stop) > 0.6
                return stop if ends_table and not self._is_name(stop) else 0
        return 0

    def _guessed(self, index: int, ends: list[int]) -> int:
        """A short phrase without a verb before a word whose capital begins a sentence."""
        for stop in (*ends, *self._ends_with_commas(index)):
            if not self._has_shape(index, stop) or not self._is_sentence(stop):
                continue
            if self._is_opener(stop) and not self._is_name(stop):
                return stop
            told = self._told_again(index, stop)
            if told == 1 and stop - index > 1:
                return stop
            if self._is_unknown(stop) and (told or index == 0 or self._opens_as_others(index)):
                return stop
        return 0

    def _opens_as_others(self, index: int) -> bool:
        """True when other sentences, or rather titles before them, open with the same two words."""
        return self._use.openings[_key(self._text, index, index + 2)] >= 2

    def _ends_with_commas(self, index: int) -> Iterator[int]:
        """Where a title with commas in it may end: one that opens as others do ('Lägesbild av ...')."""
        if not self._opens_as_others(index) or self._words[index].closes:
            return
        for stop in range(index + 2, min(index + _LONGEST_HEADING, len(self._words) - 1) + 1):
            if self._words[stop - 1].closes and not self._words[stop - 1].text.endswith(","):
                return
            if self._words[stop].is_upper:
                yield stop

    def _told_again(self, start: int, stop: int) -> float:
        """The share of a title's longer words that stand again in what follows it."""
        wanted = [word.core.casefold() for word in self._words[start:stop] if len(word.core) >= 4]
        following = [word.core.casefold() for word in self._words[stop : stop + 25]]
        told = [any(word.startswith(part) for word in following) for part in wanted]
        return sum(told) / len(told) if told else 0.0

    def _has_shape(self, start: int, stop: int) -> bool:
        """True for words that may be a title: no verb among them, no small word last, brackets closed."""
        cores = [word.core.lower() for word in self._words[start:stop]]
        if any(sum(map(str.isdigit, core)) > 4 and not _YEARS.fullmatch(core) for core in cores):
            return False
        text = self._text.slice(start, stop)
        if text.count("(") != text.count(")") or not self._may_end(stop):
            return False
        return len(cores) == 1 or finite_verbs().isdisjoint(cores)

    def _may_end(self, stop: int) -> bool:
        last = self._words[stop - 1]
        return last.core.lower() not in open_words() and not last.closes and last.text[-1] not in "/-–"

    def _is_opener(self, index: int) -> bool:
        """True for a word that is ordinarily written in lower case: only a sentence gives it a capital."""
        key = self._words[index].core.casefold()
        return key in open_words() or self._use.lower[key] > max(0, self._use.inside[key] - 1)

    def _is_unknown(self, index: int) -> bool:
        """True for a word with a capital here and nowhere else inside a sentence."""
        return self._use.inside[self._words[index].core.casefold()] <= 1

    def _is_name(self, index: int) -> bool:
        """True when the word keeps its capital inside sentences, alone or after the word before it."""
        key = self._words[index].core.casefold()
        before = self._words[index - 1].core.casefold() if index else ""
        if self._use.pairs[before, key] >= 2:
            return True
        return self._use.inside[key] >= 2 and not self._use.lower[key] and key not in open_words()

    def _tells(self, index: int) -> bool:
        """True when a finite verb stands soon after `index`: cells of a table seldom have one."""
        return not finite_verbs().isdisjoint(word.core.lower() for word in self._words[index : index + 12])

    def _is_sentence(self, index: int) -> bool:
        """True when the words from `index` on are a sentence: at least four of them, nearly all in lower case."""
        stop = index
        while stop < len(self._words) and stop - index < 14 and not self._text.enders[stop]:
            stop += 1
        words = self._words[index : stop + 1]
        lower = sum(word.core[:1].islower() for word in words)
        enough = lower >= 0.6 * len(words) and len(words) >= 4
        return enough and (self._words[index + 1].core[:1].islower() or lower >= 0.8 * len(words))


def _without_empty(cuts: list[Cut]) -> list[Cut]:
    """The cuts, the first alone where several fall on one word."""
    kept: list[Cut] = []
    for cut in cuts:
        if kept and kept[-1].start == cut.start:
            kept.pop()
        kept.append(cut)
    return kept
