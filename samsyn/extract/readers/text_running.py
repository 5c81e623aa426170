"""Takes running text that lost its line breaks and says where headings, labels, list items and paragraphs began."""

from __future__ import annotations

import re
from itertools import pairwise

from samsyn.extract.readers.text_capitals import Capitals
from samsyn.extract.readers.text_columns import Columns
from samsyn.extract.readers.text_cuts import Cut, CutKind
from samsyn.extract.readers.text_hints import Hints, Place, Reading
from samsyn.extract.readers.text_items import part_last_items
from samsyn.extract.readers.text_labelled import part_labelled
from samsyn.extract.readers.text_leads import part_leads
from samsyn.extract.readers.text_signed import part_signatures
from samsyn.extract.readers.text_signs import Signs
from samsyn.extract.readers.text_titles import MOST_RECURRING, Titles
from samsyn.extract.readers.text_web import open_words
from samsyn.extract.readers.text_words import (
    BULLETS,
    LONGEST_HEADING,
    MAYBE_BULLETS,
    SHORTEST_RECURRING,
    RunningText,
    Use,
    count_use,
    find_outline,
)


def find_cuts(text: RunningText, hints: Hints) -> list[Cut]:
    """Where headings, paragraphs, list items and flattened tables begin.

    The text is read twice: a capital where a block was found to begin says nothing of how its word is written.
    """
    outline = find_outline(text)
    first = _Cutter(text, count_use(text), hints, outline).run()
    text.begun = frozenset(cut.start + bool(cut.marker) for cut in first)
    stops = [*(cut.start for cut in first[1:]), len(text.words)]
    text.rows = tuple(
        range(cut.start, stop) for cut, stop in zip(first, stops, strict=True) if cut.kind is CutKind.BODY
    )
    use = count_use(text)
    cuts = part_leads(text, _Cutter(text, use, hints, outline).run())
    return part_last_items(text, part_labelled(text, cuts, hints, Signs(text, use)))


_COUNTED = re.compile(r"(\d{1,2})[.)]|([a-zåäö])\)")
"""'3.', '3)' and 'c)' count the items of a list."""
_PAPER_NUMBER = re.compile(r"[A-ZÅÄÖ]*(?:\d+[/:.-])+\d+")
_LONGEST_NUMBER = 3
"""Words of a paper's number: 'Dnr KS 2019/12'."""
_LEAST_COLUMNS = 3
_LONGEST_LABEL = 4


def _count_of(counted: re.Match[str]) -> int:
    """Which item of its list a mark counts: 3 for '3.' and for 'c)'."""
    return int(counted[1]) if counted[1] else ord(counted[2]) - ord("a") + 1


class _Cutter:
    """Walks along the words once."""

    def __init__(self, text: RunningText, use: Use, hints: Hints, outline: frozenset[int]) -> None:
        self._text = text
        self._words = text.words
        self._use = use
        self._hints = hints.remembered()
        self._outline = outline
        reading = Reading(text, use, self._hints, outline)
        self._signs = Signs(text, use)
        self._columns = Columns(text, self._hints)
        self._titles = Titles(reading, self._signs, self._columns)
        self._judge_capitals = Capitals(reading, self._signs, self._titles)
        self._table: int | None = None
        """The word at which the open table began."""
        self._guarded = False
        self._bullet = ""
        self._count = 0
        self._value = -1
        """The word behind the last label: what a label tells is no heading."""
        self._second: set[str] = set()
        """Headings seen right below another: where one ends a table, that other stands before it."""
        self._cuts: list[Cut] = []

    def run(self) -> list[Cut]:
        """All cuts, in order."""
        self._cuts.append(Cut(0, CutKind.PARAGRAPH))
        index = 0
        while index < len(self._words):
            if index in self._text.pages and index:
                self._turn_page(index)
            index = max(index + 1, self._step(index))
        return part_signatures(self._text, self._cuts)

    def _turn_page(self, index: int) -> None:
        """A page begins a paragraph where the page before ended a sentence, and rows of a table go on."""
        if self._table is not None:
            self._add(index, CutKind.BODY)
        elif self._text.enders[index - 1] and self._words[index].text not in BULLETS:
            self._add(index, CutKind.PARAGRAPH)

    def _step(self, index: int) -> int:
        """Cut at `index` where something begins there; gives the index to go on from."""
        word = self._words[index]
        if index in self._outline:
            stop = self._titles.find_numbered(index)
            if stop:
                return self._add_heading(index, stop)
        marker = "" if self._table is not None else self._marker_at(index)
        if marker:
            self._begin_item(index, marker)
            return index + 1
        if not word.is_upper:
            return index + 1
        for find in (self._capitals, self._column_headers, self._serial, self._label, self._listed, self._heading):
            stop = find(index)
            if stop:
                return stop
        return index + 1

    def _add(self, start: int, kind: CutKind, marker: str = "", columns: tuple[int, ...] = ()) -> None:
        if self._cuts and self._cuts[-1].start == start:
            self._cuts.pop()
        self._cuts.append(Cut(start, kind, marker, columns))

    def _add_heading(self, start: int, stop: int) -> int:
        self._add(start, CutKind.HEADING)
        self._add(stop, CutKind.PARAGRAPH)
        self._leave()
        return stop

    def _leave(self) -> None:
        """Leave the list or table that was open."""
        self._table = None
        self._guarded = False
        self._bullet, self._count = "", 0

    def _stands_first(self, index: int) -> bool:
        """True where a block may begin: behind a sentence's end, a heading or a list marker."""
        begins = self._text.begins_sentence(index) or self._cuts[-1].start + bool(self._cuts[-1].marker) == index
        return begins or self._is_behind_number(index)

    def _is_behind_number(self, index: int) -> bool:
        """True behind a paper's number, where nothing else stands below the heading: 'Avtal KS18/237 Inledning …'."""
        start = self._cuts[-1].start
        named = self._words[start:index]
        below = len(self._cuts) > 1 and self._cuts[-2].kind is CutKind.HEADING
        if not below or not 0 < len(named) <= _LONGEST_NUMBER or not all(word.is_upper for word in named[:1]):
            return False
        return _PAPER_NUMBER.fullmatch(named[-1].text) is not None and not any(word.closes for word in named)

    # --- list items ---

    def _marker_at(self, index: int) -> str:
        text = self._words[index].text
        if text in BULLETS:
            return text
        if text in MAYBE_BULLETS:
            return text if text == self._bullet or self._opens_list(index) else ""
        counted = _COUNTED.fullmatch(text)
        return text if counted and self._is_next(index, counted) else ""

    def _opens_list(self, index: int) -> bool:
        """True for a dash or 'o' behind a lead-in or a finished sentence, with another like it further on."""
        if not index or not self._text.repeats_mark(index):
            return not index
        return self._is_led_in(index) or self._stands_first(index) or self._words[index].text == "o"

    def _is_led_in(self, index: int) -> bool:
        before = self._words[index - 1]
        return before.text[-1] in ":;" or (before.text[-1].isalpha() and before.key in open_words())

    def _is_next(self, index: int, counted: re.Match[str]) -> bool:
        """True for the number or letter that is due in a list, or for a first one with a second behind it."""
        number = _count_of(counted)
        if index + 1 >= len(self._words) or not (counted[2] or self._words[index + 1].is_upper):
            return False
        if number == self._count + 1 and number > 1:
            return True
        followers = {word.text for word in self._words[index + 2 : index + 120]}
        return number == 1 and not followers.isdisjoint(("b)",) if counted[2] else ("2.", "2)"))

    def _begin_item(self, index: int, marker: str) -> None:
        counted = _COUNTED.fullmatch(marker)
        count = _count_of(counted) if counted else 0
        goes_on = count > 1 and counted is not None and counted[2] is not None
        if self._cuts[-1].start < index and not goes_on and (not self._bullet or self._is_led_in(index)):
            self._cut_lead_in(index, in_list=bool(self._bullet) or self._count > 0)
        self._count = count
        self._bullet = "" if counted else marker
        self._add(index, CutKind.ITEM, marker)
        if index + 1 < len(self._words) and self._words[index + 1].is_upper:
            self._cut_item(index + 1)

    def _cut_lead_in(self, index: int, *, in_list: bool) -> None:
        """Part the lead-in of a list from the text before: at its sentence, else, in a list, at its capital."""
        first = max(self._cuts[-1].start + 2, index - 2 * LONGEST_HEADING)
        begun = next((at for at in range(index - 1, first - 1, -1) if self._text.begins_sentence(at)), 0)
        if begun:
            self._add(begun, CutKind.PARAGRAPH)
            self._cut_headings(begun, index)
            return
        if not in_list:
            return
        first = max(first, index - LONGEST_HEADING)
        capitals = [start for start in range(index - 1, first - 1, -1) if self._words[start].is_upper]
        plain = [start for start in capitals if not self._signs.is_name(start)]
        if capitals:
            lead = (plain or capitals)[0]
            title = self._titles.title_before(lead, max(first, lead - LONGEST_HEADING)) if plain else 0
            if title and lead - title > 1 and self._ends_item(title):
                self._add(title, CutKind.HEADING)
            self._add(lead, CutKind.PARAGRAPH)

    def _ends_item(self, index: int) -> bool:
        """True where the words before may end an item: no small word, and no name that goes on."""
        before = self._words[index - 1]
        return not (before.is_upper or before.key in open_words() or self._signs.is_name(index))

    def _cut_headings(self, start: int, stop: int) -> None:
        """Headings that flowed together in front of a list's lead-in: 'Åtgärder i år Lugn trafik Polisen lovar att'."""
        capitals = [at for at in range(stop - 1, start, -1) if self._words[at].is_upper]
        lead = next((at for at in reversed(capitals) if self._hints.is_heading(self._text.slice(at, stop))), 0)
        end = lead or (capitals[0] if capitals else 0)
        ends = [at for at in reversed(capitals) if at <= end and self._words[at - 1].key not in open_words()]
        behind = next((at for at in ends if self._hints.is_worded(self._text.slice(start, at))), 0)
        if not behind:
            return
        self._add(start, CutKind.HEADING)
        if behind < end and end - behind <= LONGEST_HEADING and self._signs.has_shape(behind, end):
            self._add(behind, CutKind.HEADING)
            behind = end
        self._add(behind, CutKind.PARAGRAPH)

    def _cut_item(self, index: int) -> None:
        """End the item that begins at `index` where a heading follows at once, or a sentence that it is no part of."""
        ends = [stop for stop in self._titles.ends(index) if self._words[stop].is_upper]
        if any(self._titles.is_sure(stop) for stop in ends):
            return
        stop = self._titles.guess(index, ends)
        if stop:
            self._add(stop, CutKind.PARAGRAPH)

    def _listed(self, index: int) -> int:
        """An item of a list without marks, behind a lead-in or another item: a phrase that is a title elsewhere."""
        last = self._cuts[-1]
        goes_on = last.kind is CutKind.ITEM and not last.marker and last.start != index
        if not goes_on and not (index and self._words[index - 1].text[-1] in ":;"):
            return 0
        stop = self._item_end(index)
        if stop:
            self._add(index, CutKind.ITEM)
            if not (stop < len(self._words) and self._item_end(stop)):
                self._add(stop, CutKind.PARAGRAPH)
        return stop

    def _item_end(self, index: int) -> int:
        """Where a phrase that recurs as titles do ends, when it ends as they do here too; 0 when none begins here."""
        if not self._words[index].is_upper or self._titles.knows(index):
            return 0
        for stop in range(min(index + LONGEST_HEADING, len(self._words)), index + SHORTEST_RECURRING - 1, -1):
            key = self._text.key(index, stop)
            last = self._words[stop - 1]
            closed = (last.closes and last.text[-1] != ":") or stop == len(self._words)
            closed = closed or (self._words[stop].is_upper and not self._signs.is_name(stop))
            if closed and 2 <= self._use.phrases[key] <= MOST_RECURRING:
                return stop
        return 0

    # --- capitals, columns, labels ---

    def _capitals(self, index: int) -> int:
        """A heading in capitals, or two."""
        in_table = self._table is not None
        stops = self._judge_capitals.find(index, is_first=self._stands_first(index), in_table=in_table)
        for start, stop in pairwise((index, *stops)):
            self._add_heading(start, stop)
        return stops[-1] if stops else 0

    def _column_headers(self, index: int) -> int:
        """The header words of a flattened table, and perhaps a heading before them that is a column word too."""
        columns = self._columns.at(index)
        if not columns:
            return 0
        *starts, stop = columns
        self._leave()
        self._add(starts[0], CutKind.TABLE, columns=tuple(starts))
        self._add(stop, CutKind.BODY)
        self._table = starts[0]
        return stop

    def _serial(self, index: int) -> int:
        """A heading of a series, such as 'Insatsområde 1: Trygg uppväxt'."""
        stop = self._titles.find_in_series(index)
        if not stop:
            return 0
        guarded = self._table is not None
        self._add_heading(index, stop)
        self._guarded = guarded
        return stop

    def _label(self, index: int) -> int:
        """A run-in label: one to four words, a colon, and what it tells."""
        stop = self._label_end(index)
        if not stop or stop >= len(self._words):
            return 0
        name = self._text.slice(index, stop).rstrip(":")
        alone = stop - index == 1 and self._words[index - 1].key not in open_words()
        if not alone and self._words[stop].core[:1].islower():
            return 0
        first = self._stands_first(index)
        if first and self._leads_in(stop):
            return self._add_heading(index, stop)
        if first or alone or name.isupper() or self._hints.is_heading(name):
            self._add(index, CutKind.PARAGRAPH)
            self._leave()
            self._value = stop
            return stop
        return 0

    def _leads_in(self, index: int) -> bool:
        """True when the lead-in of a list begins here: the label before it stands above more than one thing."""
        for at in range(index, min(index + LONGEST_HEADING, len(self._words))):
            if self._marker_at(at):
                return at > index and self._is_led_in(at)
            if self._text.enders[at] and not self._words[at].text.endswith(":"):
                return False
        return False

    def _label_end(self, index: int) -> int:
        """The index behind the colon of a label that begins here; 0 when none does."""
        for stop in range(index + 1, min(index + _LONGEST_LABEL, len(self._words)) + 1):
            last = self._words[stop - 1]
            if last.text.endswith(":"):
                inner = any(word.is_upper for word in self._words[index + 1 : stop])
                return 0 if inner and not self._words[index].is_capitals else stop
            if last.closes:
                return 0
        return 0

    # --- headings ---

    def _heading(self, index: int) -> int:
        """A heading in ordinary letters that begins at `index`."""
        if index == self._value:
            return 0
        last = self._cuts[-1]
        in_item = last.kind is CutKind.ITEM and bool(last.marker) and last.start + 1 == index
        below = len(self._cuts) > 1 and last.start == index and self._cuts[-2].kind is CutKind.HEADING
        listed = last.kind is CutKind.ITEM and not in_item
        place = Place(index, self._stands_first(index), self._table, in_item, below or listed, self._guarded)
        stop = self._titles.find(place)
        if not stop:
            return 0
        whole = self._titles.known_in_front(index, stop)
        if whole:
            self._add_heading(index, whole)
            return self._add_heading(whole, stop)
        key = self._text.key(index, stop)
        if below:
            self._second.add(key)
        elif self._table is not None and key in self._second:
            start = self._titles.title_before(index, last.start)
            if start:
                self._add_heading(start, index)
        return self._add_heading(index, stop)
