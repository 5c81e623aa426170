"""Paragraphs in, list items told apart: typed markers ('- ', '1. ', 'a) ') taken off the text, depths by indent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from samsyn.extract.readers.docx_items import Paragraph
from samsyn.extract.readers.docx_text import RichText

BULLETS = "-–—−•·∙▪▫■□●○◦‣⁃*►▶➢➤➔→✓✔❖❑»¤"
TYPED_BULLET = re.compile(rf"([{re.escape(BULLETS)}])[ \t\n]+(?=[^\s\-–—−_*])")
"""A mark and a blank; a row of dashes is filling and no list."""
GLUED_BULLET = re.compile(r"([•▪■●‣➢])(?=\S)")
"""Bullets that are nothing else, so that no blank is needed after them."""
LETTER_O = re.compile(r"(o)(?:\t| {2,})(?=\S)")
LONE_LETTER_O = re.compile(r"(o) (?=\S)")
"""Word's second bullet pasted as text; between other bullets a single blank after it is enough."""
TYPED_NUMBER = re.compile(
    r"(\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zåäö]|[ivx]{2,5})\)|\d{1,2}\.(?:\d{1,2}\.){0,3}|[a-z]\."
    r"|\d{1,2}(?:\.\d{1,2}){1,3}(?=[ \t\n]+[A-ZÅÄÖ]))[ \t\n]+(?=\S)"
)
"""A number of several parts may lack its last stop only before a capital: '1.5 gånger' is an amount."""
MOST_DEPTHS = 9
TAB_AFTER_NUMBER = re.compile(r"(?:§ ?)?\d{1,3}(?:\.\d{1,3}){0,4}\.?(?: ?§)?\t")
MARKER_STARTS = frozenset(BULLETS + "(0123456789abcdefghijklmnopqrstuvwxyzåäö")
DEPTH_STEP = 6.0
"""Points; indents nearer each other than this are one depth."""
LEADING_BLANKS = re.compile(r"[ \t\u00a0]*")
TAB_WIDTH = 36.0
SPACE_WIDTH = 3.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph being sorted: as it stands (`full`), and without its list marker (`text`)."""

    paragraph: Paragraph
    full: RichText
    text: RichText
    marker: str = ""
    ordered: bool = False
    typed: bool = False
    """True when the marker was written by hand."""
    indent: float = 0.0
    depth: int = 0
    """Depth as a list item, 1 outermost; 0 when it is none."""
    rank: int = 0
    """Rank as a heading, 1 highest; 0 when it is none."""

    @property
    def family(self) -> str:
        """What items of one depth have in common: the list and depth they are counted in, or the kind of marker."""
        label = self.paragraph.label
        if label is not None:
            return f"{label.numbering}/{label.depth}"
        if not self.ordered:
            return self.marker
        core = self.marker.strip("().")
        kind = "1" if core[:1].isdigit() else "a"
        return f"{kind}{core.count('.')}{self.marker[len(self.marker.rstrip('.)')) :]}"


class Rung(NamedTuple):
    """One open depth of a list."""

    indent: float
    family: str
    counted_in: str = ""
    """The list Word counts it in; empty for typed and plain bullets."""
    depth: int = 0
    """Its depth in that list."""


def sort_entry(paragraph: Paragraph, text: RichText) -> Entry:
    """The paragraph with its list marker, counted or typed, apart from its text."""
    if found := TAB_AFTER_NUMBER.match(text.text):
        # The tab behind a number makes room for the number and sets nothing side by side.
        text = text.with_blank(found.end() - 1)
    entry = Entry(paragraph, text, text, indent=_indent(paragraph))
    label = paragraph.label
    if label is not None:
        return replace(entry, marker=label.text, ordered=label.ordered)
    if found := _find_typed(text.text):
        marker = found[1]
        ordered = marker.strip("()")[:1].isalnum() and marker != "o"
        return replace(entry, text=text.part(found.end()), marker=marker, ordered=ordered, typed=True)
    by_name = paragraph.style.list_depth
    return entry if by_name is None else replace(entry, marker="•", indent=entry.indent + by_name * TAB_WIDTH)


def split_typed_list(text: RichText) -> list[RichText]:
    """The items of a list typed into one paragraph with manual line breaks; the text alone when it is none."""
    if "\n" not in text.text:
        return [text]
    starts = [0]
    markers = 0
    place = 0
    for line in text.text.split("\n"):
        if _find_typed(line):
            markers += 1
            if place:
                starts.append(place)
        place += len(line) + 1
    if markers < 2:
        return [text]
    ends = [*starts[1:], len(text.text)]
    return [text.part(start, end) for start, end in zip(starts, ends, strict=True)]


def set_depths(entries: list[Entry]) -> list[Entry]:
    """The entries with the depth of each list item, told by indents and by changes of marker within one list."""
    ladder: list[Rung] = []
    known: dict[str, list[Rung]] = {}
    sorted_entries: list[Entry] = []
    for entry in entries:
        if entry.rank:
            ladder, known = [], {}
        elif not entry.marker:
            goes_on = bool(ladder) and entry.indent >= ladder[0].indent + DEPTH_STEP
            ladder = ladder if goes_on else []
        else:
            rung = _rung(entry)
            # A counted list that goes on after other text goes on at the depth it had.
            ladder = _climb(ladder or known.get(rung.counted_in, []), rung)
            if rung.counted_in:
                known[rung.counted_in] = ladder
        is_item = bool(entry.marker) and not entry.rank
        sorted_entries.append(replace(entry, depth=len(ladder)) if is_item else entry)
    return sorted_entries


def goes_on(first: Entry | None, second: Entry | None) -> bool:
    """True when the second entry is the item after the first in one list: '3.' after '2.', 'b)' after 'a)'."""
    if first is None or second is None or not first.marker or first.family != second.family:
        return False
    if not (first.typed and second.typed):
        return True
    numbers = [_last_number(entry.marker) for entry in (first, second)]
    return None in numbers or numbers[1] == (numbers[0] or 0) + 1


def _last_number(marker: str) -> int | None:
    last = marker.strip("().").rpartition(".")[2]
    if last.isdigit():
        return int(last)
    return ord(last) if len(last) == 1 else None


def is_lone_letter_bullet(entry: Entry) -> bool:
    """True for 'o Text' with a single blank, which is a bullet only among bullets."""
    return not entry.marker and LONE_LETTER_O.match(entry.text.text) is not None


def with_letter_bullet(entry: Entry) -> Entry:
    """The entry with its leading 'o' read as a bullet."""
    return replace(entry, text=entry.text.part(2), marker="o", typed=True)


def _find_typed(text: str) -> re.Match[str] | None:
    if text[:1] not in MARKER_STARTS:
        return None
    return TYPED_BULLET.match(text) or GLUED_BULLET.match(text) or LETTER_O.match(text) or TYPED_NUMBER.match(text)


def _indent(paragraph: Paragraph) -> float:
    """Where the paragraph's first line begins, in points, tabs and blanks typed before it counted too."""
    left, first = paragraph.shape.left or 0.0, paragraph.shape.first or 0.0
    raw = "".join(piece.text for piece in paragraph.pieces[:3])
    found = LEADING_BLANKS.match(raw)
    blanks = found[0] if found else ""
    typed = blanks.count("\t") * TAB_WIDTH + (len(blanks) - blanks.count("\t")) * SPACE_WIDTH
    # With a counted label the hanging part holds the label, and what tells the depth is where the text begins.
    return left + typed + (first if paragraph.label is None else 0.0)


def _rung(entry: Entry) -> Rung:
    label = entry.paragraph.label
    if label is None:
        return Rung(entry.indent, entry.family)
    return Rung(entry.indent, entry.family, label.numbering, label.depth)


def _climb(ladder: list[Rung], rung: Rung) -> list[Rung]:
    """The open depths once the new item stands on the last of them."""
    same_list = [index for index, step in enumerate(ladder) if step.counted_in and step.counted_in == rung.counted_in]
    if same_list:
        above = [index for index in same_list if ladder[index].depth < rung.depth]
        return [*ladder[: above[-1] + 1], rung] if above else [*ladder[: same_list[0]], rung]
    for index in range(len(ladder) - 1, -1, -1):
        if ladder[index].family == rung.family and abs(ladder[index].indent - rung.indent) < 3 * DEPTH_STEP:
            return [*ladder[:index], rung]
    kept = [step for step in ladder if step.indent < rung.indent - DEPTH_STEP][: MOST_DEPTHS - 2]
    level = [step for step in ladder if abs(step.indent - rung.indent) <= DEPTH_STEP]
    if level and not kept and len(ladder) == 1 and rung.counted_in and level[0].counted_in:
        # Two counted lists at one indent follow each other; Word would indent a nested one.
        return [rung]
    return [*kept, *level[:1], rung]
