"""Takes running text that lost its line breaks and says where headings, labels, list items and paragraphs began."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from samsyn.extract.readers.text_inline import SUPERSCRIPTS
from samsyn.extract.readers.text_outline import LEAST_OUTLINE, Number, follow_numbers, read_number
from samsyn.extract.readers.text_web import abbreviations, asking_words, finite_verbs, open_words


class CutKind(StrEnum):
    """What begins at a cut."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    """The header words of a flattened table."""
    BODY = "body"
    """What is left of its rows."""
    SIGNED = "signed"
    """Names and titles behind the last sentence."""


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
    is_title: Callable[[str], bool] = lambda _: False
    """Tells the names of documents and their parts, such as 'Handlingsplan för ...'."""
    given: tuple[str, ...] = ()
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
        self.begun: frozenset[int] = frozenset()
        """Words that a first reading found to begin a heading, a paragraph or an item."""
        self.words = tuple(
            Word(match.group(), match.start(), match.group().lstrip(_OPENING).rstrip(_BEHIND))
            for match in re.finditer(r"\S+", text)
        )

    def slice(self, start: int, stop: int) -> str:
        """The text of the words from `start` up to `stop`."""
        if start >= min(stop, len(self.words)):
            return ""
        last = self.words[min(stop, len(self.words)) - 1]
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
    items: Counter[str]
    """How often a phrase is a whole item of a list with bullets."""


_LONGEST_HEADING = 12
_SHORTEST_RECURRING = 3
_MOST_RECURRING = 6
"""A phrase said more often is a cell that a table repeats."""


def count_use(texts: Sequence[RunningText]) -> Words:
    """The use of every word in `texts`."""
    use = Words(Counter(), Counter(), Counter(), Counter(), Counter(), Counter(), Counter())
    for text in texts:
        for index, word in enumerate(text.words):
            key = word.core.casefold()
            if word.core[:1].islower():
                use.lower[key] += 1
            elif word.is_upper and not text.begins_sentence(index) and index not in text.begun:
                use.inside[key] += 1
                before = text.words[index - 1]
                if before.is_upper and not before.closes:
                    use.pairs[before.core.casefold(), key] += 1
            if text.begins_sentence(index):
                use.openings[_key(text, index, index + 2)] += 1
        for index, key in _title_phrases(text):
            use.phrases[key] += 1
            use.first[key] += text.begins_sentence(index)
        use.items.update(_whole_items(text))
    return use


def _whole_items(text: RunningText) -> Iterator[str]:
    """Short phrases between two bullets."""
    bullets = [index for index, word in enumerate(text.words) if word.text in _SURE_BULLETS]
    for start, stop in pairwise(bullets):
        if 2 < stop - start <= _LONGEST_HEADING:
            yield _key(text, start + 1, stop)


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


def find_cuts(
    text: RunningText, use: Words, hints: Hints, *, outline: frozenset[int] = frozenset(), in_table: bool = False
) -> tuple[list[Cut], bool]:
    """Where headings, paragraphs and list items begin, and whether the text ends inside a flattened table.

    `outline` are the words that number headings, `in_table` says that the text begins inside a table.
    """
    cutter = _Cutter(text, use, hints, outline, in_table)
    return cutter.run(), cutter.in_table


_LEAST_APART = 12
"""Numbers that stand closer than so many words count the items of a list."""


def find_outline(texts: Sequence[RunningText]) -> list[frozenset[int]]:
    """For each text the words that number its headings: they count up from 1 over all texts, '3.1' and '3.1.1' below 3.

    None when fewer than three do, or when they stand so close that they count the items of a list.
    """
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text.words))
    numbers = [found for start, text in zip(starts, texts, strict=False) for found in _numbers_in(start, text)]
    chain = follow_numbers(numbers)
    if len(chain) < LEAST_OUTLINE or chain[-1].place - chain[0].place < _LEAST_APART * (len(chain) - 1):
        return [frozenset() for _ in texts]
    return [
        frozenset(number.place - start for number in chain if start <= number.place < stop)
        for start, stop in pairwise(starts)
    ]


def _numbers_in(start: int, text: RunningText) -> Iterator[Number]:
    for index, word in enumerate(text.words[:-1]):
        read = read_number(word.text)
        if read is None or not text.words[index + 1].is_upper:
            continue
        parts, stopped = read
        if len(parts) > 1 or stopped or text.begins_sentence(index):
            yield Number(start + index, parts)


_PERIOD = re.compile(r"(?:(?:19|20)\d\d ?[-–/—] ?)?(?:19|20)?\d\d")
_YEARS = re.compile(r"(?:19|20)\d\d[-–/](?:19|20)?\d\d")
_SURE_BULLETS = frozenset("•·▪●■◦‣")
_MAYBE_BULLETS = frozenset(("-", "–", "o", "*", "—"))
_COUNTED = re.compile(r"(\d{1,2})[.)]")
_LEAST_COLUMNS = 3
_LONGEST_COLUMN = 5
_LONGEST_UNKNOWN = 3
"""So many words of a header that is not known may stand between those that are."""


class _Cutter:
    """Walks along the words once."""

    def __init__(self, text: RunningText, use: Words, hints: Hints, outline: frozenset[int], in_table: bool) -> None:
        self._text = text
        self._outline = outline
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
        index = 0
        while index < len(self._words):
            index = max(index + 1, self._step(index))
        return self._with_signatures(_without_empty(self._cuts))

    def _with_signatures(self, cuts: list[Cut]) -> list[Cut]:
        """The cuts, and one more where names and titles stand behind the last sentence of a paragraph or item."""
        stops = [*(cut.start for cut in cuts[1:]), len(self._words)]
        signed: list[Cut] = []
        for cut, stop in zip(cuts, stops, strict=True):
            start = self._signatures(cut.start, stop) if cut.kind in (CutKind.PARAGRAPH, CutKind.ITEM) else stop
            if start > cut.start:
                signed.append(cut)
            if start < stop:
                signed.append(Cut(start, CutKind.SIGNED))
        return signed

    def _signatures(self, start: int, stop: int) -> int:
        """Where the names and titles at the end of a stretch begin: words with capitals in the main, and no verb."""
        enders = self._text.enders
        begin = next((at for at in range(stop - 1, start, -1) if enders[at - 1]), start)
        tail = [word for word in self._words[begin:stop] if any(map(str.isalpha, word.core))]
        capitals = sum(word.core[:1].isupper() for word in tail)
        told = not finite_verbs().isdisjoint(word.core.lower() for word in tail)
        return stop if len(tail) < 4 or capitals * 2 < len(tail) or told else begin

    def _step(self, index: int) -> int:
        """Cut at `index` where something begins there; gives the index to go on from."""
        word = self._words[index]
        if index in self._outline:
            stop = self._numbered(index)
            if stop:
                return stop
        marker = "" if self.in_table else self._marker_at(index)
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
        if self._cuts[-1].start < index and (not self._bullet or self._is_led_in(index)):
            self._cut_lead_in(index)
        self._bullet = "" if counted else marker
        self._add(index, CutKind.ITEM, marker)
        if index + 1 < len(self._words) and self._words[index + 1].is_upper:
            self._cut_item(index + 1)

    def _cut_item(self, index: int) -> None:
        """End the item that begins at `index` where a heading follows at once, or a sentence that it is no part of."""
        ends = [stop for stop in self._ends_of_title(index) if self._words[stop].is_upper]
        for stop in ends:
            if self._is_heading_at(stop):
                return
        stop = self._guessed(index, ends)
        if stop:
            self._add(stop, CutKind.PARAGRAPH)

    def _is_heading_at(self, index: int) -> bool:
        """True when a heading that does not depend on what stands before it begins at `index`."""
        ends = list(self._ends_of_title(index))
        finds = (self._known, self._titled, self._said_again, self._named_in_list, self._recurring)
        return any(find(index, ends, False) for find in finds)

    def _is_led_in(self, index: int) -> bool:
        before = self._words[index - 1]
        return before.text.endswith(":") or before.core.lower() in open_words()

    def _cut_lead_in(self, index: int) -> None:
        """Part the lead-in of a list from the text before: at its sentence, else, in a list, at its capital."""
        first = max(self._cuts[-1].start + 2, index - 2 * _LONGEST_HEADING)
        begun = next((at for at in range(index - 1, first - 1, -1) if self._text.begins_sentence(at)), 0)
        if begun:
            self._add(begun, CutKind.PARAGRAPH)
            return
        if not self._bullet:
            return
        first = max(first, index - _LONGEST_HEADING)
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
        if last - index == 1 and not is_known and not self._heads_something(last):
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
        """The header words of a flattened table, and perhaps a heading before them that is a column word too."""
        columns = self._columns_at(index)
        if not columns:
            return 0
        *starts, stop = columns
        if len(starts) > _LEAST_COLUMNS and self._hints.is_heading(self._text.slice(index, starts[1])):
            self._add_heading(index, starts[1])
            starts = starts[1:]
        self._add(starts[0], CutKind.TABLE)
        self._cuts[-1] = self._cuts[-1]._replace(columns=tuple(starts))
        self._add(stop, CutKind.BODY)
        self.in_table = True
        self._bullet, self._count = "", 0
        return stop

    def _columns_at(self, index: int) -> list[int]:
        """Where each of at least three column headers in a row begins, and where the last ends; empty when none do."""
        stop, columns, known = index, [], 0
        end = index
        while stop < len(self._words) and stop - end <= _LONGEST_UNKNOWN:
            length = self._column_length(stop)
            if not length:
                break
            columns.append(stop)
            is_known = self._hints.is_column(self._text.slice(stop, stop + length))
            stop += length
            known += is_known
            end = stop if is_known else end
        columns = [start for start in columns if start < end]
        enough = known >= _LEAST_COLUMNS and known * 3 >= len(columns) * 2
        if not enough or not self._hints.is_column(self._text.slice(columns[0], columns[1])):
            return []
        return [*columns, end]

    def _column_length(self, index: int) -> int:
        """How many words a column header at `index` has, one with a capital and those behind it; 0 for too many."""
        words = self._words
        if not words[index].is_upper:
            return 0
        stop = index + 1
        while stop < len(words) and not words[stop - 1].closes and words[stop].core[:1].islower():
            stop += 1
        return 0 if words[stop - 1].closes or stop - index > _LONGEST_COLUMN else stop - index

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

    def _numbered(self, index: int) -> int:
        """A numbered heading: its words up to the next number, or to where a sentence or a label begins."""
        ends = []
        for stop in self._ends_of_title(index + 1):
            if self._heads_something(stop) or stop in self._outline:
                ends.append(stop)
        known = [stop for stop in ends if self._hints.is_heading(self._text.slice(index + 1, stop))]
        plain = [stop for stop in ends if self._is_opener(stop) or stop in self._outline]
        best = known or plain or ends
        return self._add_heading(index, best[0]) if best else 0

    def _heading(self, index: int) -> int:
        """A heading in ordinary letters that begins at `index`."""
        ends = list(self._ends_of_title(index))
        first = self._stands_first(index)
        if self._in_item(index):
            first = False
        for find in (
            self._given,
            self._known,
            self._titled,
            self._said_again,
            self._named_in_list,
            self._recurring,
        ):
            stop = find(index, ends, first)
            if stop:
                return self._add_heading(index, stop)
        if first and not self.in_table:
            stop = self._guessed(index, ends)
            if stop:
                return self._add_heading(index, stop)
        return 0

    def _in_item(self, index: int) -> bool:
        """True for the first word of a list item: what it says is the item, and no heading."""
        last = self._cuts[-1]
        return last.kind is CutKind.ITEM and bool(last.marker) and last.start + 1 == index

    def _ends_of_title(self, index: int) -> Iterator[int]:
        """Where a title that begins at `index` may end: before a word with a capital, no sign on the way."""
        for stop in range(index + 1, min(index + _LONGEST_HEADING, len(self._words) - 1) + 1):
            if self._words[stop - 1].closes:
                return
            following = self._words[stop]
            if following.text in _SURE_BULLETS or (following.text in _MAYBE_BULLETS and self._opens_list(stop)):
                yield stop
                return
            if following.is_upper or stop in self._outline or _COUNTED.fullmatch(following.text):
                yield stop
            if stop in self._outline:
                return

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
        if self._columns_at(index):
            return True
        stops = range(index + 1, min(index + 6, len(self._words) - 1))
        return any(
            self._words[stop - 1].text.endswith(":")
            or (self._hints.is_heading(self._text.slice(index, stop)) and self._is_sentence(stop))
            for stop in stops
        )

    def _given(self, index: int, ends: list[int], first: bool) -> int:  # noqa: ARG002 - one signature for all
        """The title that the page around the text gives."""
        if first or index <= _LONGEST_HEADING:
            for title in self._hints.given:
                words = RunningText(title).words
                stop = index + len(words)
                same = [word.core for word in words] == [word.core for word in self._words[index:stop]]
                if same and stop < len(self._words):
                    return stop
        return 0

    def _titled(self, index: int, ends: list[int], first: bool) -> int:
        """The name of a document or a part, with years at its end or a heading or a sentence behind it."""
        if not any(self._hints.is_title(self._text.slice(index, index + count)) for count in (1, 2, 3)):
            return 0
        for stop in (*ends, *self._ends_with_commas(index)):
            named = self._has_shape(index, stop) and self._hints.is_title(self._text.slice(index, stop))
            later = (at for at in range(index + 1, stop) if self._words[at].is_upper)
            if any(self._hints.is_title(self._text.slice(at, stop)) for at in later):
                continue
            if named and (first or not self.in_table) and (self._heads_something(stop) or self._ends_in_years(stop)):
                return stop
        return 0

    def _ends_in_years(self, stop: int) -> bool:
        """True when the word before `stop` is a year or a range of years, as at the end of a document's name."""
        return bool(_PERIOD.fullmatch(self._words[stop - 1].text))

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

    def _named_in_list(self, index: int, ends: list[int], first: bool) -> int:  # noqa: ARG002 - one signature for all
        """A phrase of two words or more that is an item of a list elsewhere, above a sentence."""
        if self.in_table or self._in_item(index):
            return 0
        for stop in reversed(ends):
            is_item = stop - index >= 2 and self._use.items[_key(self._text, index, stop)] > 0
            if is_item and self._words[stop].is_upper and self._is_sentence(stop, strict=False):
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
            heads = self._is_sentence(stop) or (stop - index > _SHORTEST_RECURRING and self._heads_something(stop))
            if known and self._use.phrases[key] <= _MOST_RECURRING and heads:
                ends_table = not self.in_table or self._tells(stop) or self._told_again(index, stop) > 0.6
                return stop if ends_table and not self._is_name(stop) else 0
        return 0

    def _guessed(self, index: int, ends: list[int]) -> int:
        """A short phrase without a verb before a word whose capital begins a sentence."""
        with_commas = list(self._ends_with_commas(index)) if self._opens_as_others(index) else []
        for stop in (*ends, *with_commas):
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
        """Where a title with commas in it may end."""
        for stop in range(index + 2, min(index + 2 * _LONGEST_HEADING, len(self._words) - 1) + 1):
            last = self._words[stop - 1]
            if (last.closes and not last.text.endswith(",")) or last.text in _SURE_BULLETS:
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
        if text.count("(") != text.count(")"):
            return False
        if cores[0] in asking_words():
            return not self._words[stop - 1].closes
        if not self._may_end(stop):
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

    def _is_sentence(self, index: int, *, strict: bool = True) -> bool:
        """True when the words from `index` on are a sentence: at least three of them, nearly all in lower case."""
        stop = index
        while stop < len(self._words) and stop - index < 14 and not self._text.enders[stop]:
            stop += 1
        words = self._words[index : stop + 1]
        lower = sum(word.core[:1].islower() for word in words)
        told = not finite_verbs().isdisjoint(word.core.lower() for word in words)
        enough = lower >= 0.6 * len(words) and (len(words) >= 4 or (len(words) == 3 and told))
        return enough and (not strict or self._words[index + 1].core[:1].islower() or lower >= 0.8 * len(words))


def _without_empty(cuts: list[Cut]) -> list[Cut]:
    """The cuts, the first alone where several fall on one word."""
    kept: list[Cut] = []
    for cut in cuts:
        if kept and kept[-1].start == cut.start:
            kept.pop()
        kept.append(cut)
    return kept
