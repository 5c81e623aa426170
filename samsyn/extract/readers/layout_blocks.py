"""Lines in reading order → paragraphs and list items; which of them are headings is told later.

A new paragraph begins where the spacing, the indent, the type or a list marker says so, and where the line before
ended although the next word would have fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from samsyn.extract.readers.layout_flow import FlowLine, Norms, would_have_fit
from samsyn.extract.readers.layout_lines import BULLET, TextLine

_NUMBER_MARKER = re.compile(
    r"^(?:\(?\d{1,2}[.)]|[1-9]\d?(?:\.(?:[1-9]|[12]\d)){1,3}\.?|\(?[a-zåäö][.)]|\(?[A-ZÅÄÖ]\)|\(?(?:i{1,3}|iv|v|vi{1,3}|ix|x)[.)]|§\s?\d{1,3}\.?)$"
)
"""'4.2.1' numbers an item; '10.00' and '22.30' at the beginning of a line tell the time."""
_DASHES = "-–—*"
_LETTER_MARKERS = "o"
_TERMINAL = re.compile(r"[.!?:;…][)”\"'’]*$")
_LABEL = re.compile(r"^[^\W\d_a-zåäö][^\W\d_]+(?: [^\W\d_]+){0,2}:(?:\s|$)")
_CAPITAL_LABEL = re.compile(r"^[A-ZÅÄÖ]{3,}(?: [A-ZÅÄÖ]+){0,2}:(?:\s|$)")
_SAME_TYPE = 0.6
"""Points by which the lines of one heading may differ in size."""
_SECTION = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+\S")


class Kind(StrEnum):
    """What a group of lines is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    SIDES = "sides"


class Passage(NamedTuple):
    """The lines of one paragraph, heading or list item, before they become a block."""

    kind: Kind
    lines: tuple[TextLine, ...]
    left: float
    right: float
    marker_words: int = 0
    """How many words at the start are the list marker."""
    above: float | None = None
    """Distance from the baseline before, None at the top of a page or column."""
    columns: tuple[int, ...] = ()
    """The column that each line of side-by-side text stands in; empty where all stand in the first."""

    @property
    def first(self) -> TextLine:
        """Its first printed line."""
        return self.lines[0]

    @property
    def last(self) -> TextLine:
        """Its last printed line."""
        return self.lines[-1]

    @property
    def text(self) -> str:
        """Its lines joined by spaces, as printed."""
        return " ".join(line.text for line in self.lines)


def find_marker(line: TextLine, circles: frozenset[int] = frozenset()) -> int:
    """How many words at the start of `line` are a list marker: 0 or 1.

    `circles` are the places, in whole points, where several lines begin with an 'o': there it is one without a gap.

    >>> from samsyn.extract.readers.layout_page import Word
    >>> from samsyn.extract.readers.layout_lines import make_line
    >>> find_marker(make_line(1, [Word("•", 0, 0, 5, 10, 8, 10), Word("Ett", 20, 0, 35, 10, 8, 10)]))
    1
    """
    words = line.words
    if len(words) < 2 or words[1].glued:
        return 0
    text = words[0].text
    gap = words[1].x0 - words[0].x1
    if BULLET.match(text):
        if text in _LETTER_MARKERS or text == "§":
            return int(gap > 0.6 * line.size or (text in _LETTER_MARKERS and round(line.x0) in circles))
        return 1
    return int(bool(_NUMBER_MARKER.match(text)))


def group_passages(flow: Sequence[FlowLine], norms: Norms) -> list[Passage]:
    """The passages of a stretch of lines in reading order."""
    passages: list[Passage] = []
    circles = _circles(flow)
    for row in _side_by_side(flow):
        current = passages[-1] if passages else None
        if len(row) > 1:
            passages.append(_sides(row, current))
            continue
        item = row[0]
        if current is not None and _may_grow(current, item) and _goes_on(current, item, norms, circles):
            passages[-1] = current._replace(lines=(*current.lines, item.line), right=max(current.right, item.right))
        else:
            passages.append(_start(item, current, circles))
    return passages


def part_last_lines(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The passages, the last lines apart that are no part of them."""
    for passage in passages:
        yield from _part_last(passage)


def _part_last(passage: Passage) -> tuple[Passage, ...]:
    """The passage, its last line apart where it is no part of it: a place and a day set right below a full line.

    It begins anew after a sentence's end, is short, and ends in a number where a sentence would end in a full stop.
    """
    if len(passage.lines) < 2 or passage.kind is not Kind.PARAGRAPH or not passage.last.text[-1].isdigit():
        return (passage,)
    *rest, before, line = passage.lines
    short = line.x1 - passage.left < 0.6 * (passage.right - passage.left) and len(line.words) > 1
    anew = line.text[:1].isupper() and before.page == line.page and before.text.endswith((".", "!", "?"))
    if not (short and anew and line.x0 - passage.left < line.size):
        return (passage,)
    distance = line.baseline - before.baseline
    return passage._replace(lines=(*rest, before)), passage._replace(lines=(line,), above=distance)


def _circles(flow: Sequence[FlowLine]) -> frozenset[int]:
    """Where two lines or more begin with an 'o' as a word."""
    places = [
        round(item.line.x0)
        for item in flow
        if len(item.line.words) > 1 and item.line.words[0].text in _LETTER_MARKERS and not item.line.words[1].glued
    ]
    return frozenset(place for place in places if places.count(place) > 1)


def _may_grow(current: Passage, item: FlowLine) -> bool:
    return current.kind is not Kind.SIDES and not current.columns and not item.column


def _side_by_side(flow: Sequence[FlowLine]) -> list[list[FlowLine]]:
    """Lines of one region that stand on the same baseline go together."""
    rows: list[list[FlowLine]] = []
    for item in flow:
        before = rows[-1][-1] if rows else None
        if before is not None and item.row and (before.region, before.row) == (item.region, item.row):
            rows[-1].append(item)
            continue
        if (
            before is not None
            and before.region == item.region
            and before.line.page == item.line.page
            and abs(before.line.baseline - item.line.baseline) < 0.35 * item.line.size
            and item.line.x0 >= before.line.x1
        ):
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _sides(row: list[FlowLine], current: Passage | None) -> Passage:
    item = row[0]
    lines = tuple(part.line for part in row)
    columns = tuple(part.column for part in row)
    return Passage(
        Kind.SIDES, lines, item.left, item.right, 0, _distance(current, item), columns if any(columns) else ()
    )


def _start(item: FlowLine, current: Passage | None, circles: frozenset[int]) -> Passage:
    marker = find_marker(item.line, circles)
    if marker and current is not None and not _is_real_marker(current, item):
        marker = 0
    kind = Kind.ITEM if marker else Kind.PARAGRAPH
    columns = (item.column,) if item.column else ()
    return Passage(kind, (item.line,), item.left, item.right, marker, _distance(current, item), columns)


def _distance(current: Passage | None, item: FlowLine) -> float | None:
    if current is None or current.last.page != item.line.page:
        return None
    distance = item.line.baseline - current.last.baseline
    return distance if distance > 0 else None


def _is_real_marker(current: Passage, item: FlowLine) -> bool:
    """A dash at the left margin in the middle of a sentence is no list marker."""
    line, before = item.line, current.last
    marker = line.words[0].text
    if BULLET.match(marker) and marker not in _DASHES:
        return True
    if marker in _DASHES and before.text[-1:].isdigit() and line.words[1].text[:1].isdigit():
        # '2025-02-01' + '– 2028-12-31' is a span of time.
        return False
    if marker.strip("().").isalpha() and not _is_next_letter(current, marker):
        return False
    if current.kind is Kind.ITEM or line.x0 > item.left + 0.5 * line.size or _TERMINAL.search(before.text):
        return True
    if marker.endswith(")") or before.bold != line.bold:
        return True
    return would_have_fit(before, line, item.right) or before.size != line.size


def _is_next_letter(current: Passage, marker: str) -> bool:
    """True for 'a)', 'i)' and for the letter after the item before; the end of a sentence ('t. Därefter') is none."""
    letters = marker.strip("().").lower()
    if letters in ("a", "i"):
        return True
    before = current.first.words[0].text.strip("().").lower() if current.kind is Kind.ITEM else ""
    if len(letters) > 1:
        return bool(before)
    return len(before) == 1 and ord(letters) == ord(before) + 1


def _goes_on(current: Passage, item: FlowLine, norms: Norms, circles: frozenset[int]) -> bool:
    """True when `item` is the next line of the passage rather than the start of another."""
    before, line = current.last, item.line
    difference = abs(before.size - line.size)
    if difference > 0.08 * max(before.size, line.size):
        return False
    if difference > _SAME_TYPE and before.bold and line.bold:
        # Headings of two levels below each other; running text mixes type of about the same size.
        return False
    if find_marker(line, circles) and _is_real_marker(current, item):
        return False
    if before.page != line.page or item.line.baseline <= before.baseline:
        return _goes_on_over_turn(current, item)
    leading = norms.leading_of(line.size, line.page)
    if line.baseline - before.baseline > 1.22 * leading + 0.8:
        return False
    stopped = _TERMINAL.search(before.text) or before.text.endswith(")")
    if _CAPITAL_LABEL.match(line.text) or (stopped and _leads_in(before, line)):
        return False
    if before.bold != line.bold and not _style_runs_on(current, item):
        return False
    if _is_title(current, norms) and line.bold == before.bold:
        near = line.baseline - before.baseline < 1.5 * line.size or not would_have_fit(before, line, item.right)
        return near and not _SECTION.match(line.text)
    if would_have_fit(before, line, item.right) and not _is_cut_sentence(current, item):
        return False
    if line.baseline - before.baseline > 1.1 * leading and _comes_back(current, line):
        return False
    return _indent_goes_on(current, line)


def _comes_back(current: Passage, line: TextLine) -> bool:
    """True for a line that begins anew below an item's marker, where the item's own text is set in from it."""
    if current.kind is not Kind.ITEM or not line.text[:1].isupper():
        return False
    words = current.first.words
    set_in = len(words) > 1 and words[1].x0 - words[0].x0 > 0.8 * line.size
    return set_in and abs(line.x0 - words[0].x0) < 0.3 * line.size


def _is_cut_sentence(current: Passage, item: FlowLine) -> bool:
    """A sentence goes on in lower case though there was room: the text is narrower here than elsewhere on the page."""
    before, line = current.last, item.line
    if not line.text[:1].islower() or _TERMINAL.search(before.text):
        return False
    return before.x1 - item.left > 0.55 * (item.right - item.left) and len(before.words) > 3


def _leads_in(before: TextLine, line: TextLine) -> bool:
    """True for a line that opens with a label: in bold after ordinary type, or a few words and a colon."""
    return (line.words[0].bold and not before.words[-1].bold) or bool(_LABEL.match(line.text))


def _is_title(current: Passage, norms: Norms) -> bool:
    return current.kind is Kind.PARAGRAPH and current.first.size > 1.3 * norms.size


def _style_runs_on(current: Passage, item: FlowLine) -> bool:
    """A bold stretch may begin or end in the middle of a paragraph, but not where a line was left short."""
    before, line = current.last, item.line
    if would_have_fit(before, line, item.right) or _TERMINAL.search(before.text):
        return False
    if line.text[:1].islower():
        return True
    if any(word.bold for word in before.words[:-1]):
        # A heading that fills its line ends where text in ordinary type begins anew.
        return not all(other.bold for other in current.lines) or any(word.bold for word in line.words)
    # A short line in bold that begins anew is a heading, however full the line before.
    full = line.x1 - item.left > 0.85 * (item.right - item.left)
    return not before.bold and full and current.kind is not Kind.ITEM


def _indent_goes_on(current: Passage, line: TextLine) -> bool:
    before = current.last
    unit = line.size
    if current.kind is Kind.ITEM:
        return line.x0 > current.first.x0 - 0.5 * unit
    if len(current.lines) == 1:
        # The second line may come back from a first-line indent; it does not step in, unless the lines are centred.
        centred = abs((before.x0 + before.x1) - (line.x0 + line.x1)) < unit
        return line.x0 < before.x0 + 0.8 * unit or centred
    centred = abs((before.x0 + before.x1) - (line.x0 + line.x1)) < unit
    return abs(line.x0 - before.x0) < 0.8 * unit or centred


def _goes_on_over_turn(current: Passage, item: FlowLine) -> bool:
    """True when a sentence cut by the end of a page or column goes on in `item`."""
    before, line = current.last, item.line
    if before.bold != line.bold and not line.text[:1].islower():
        return False
    if re.search(r"[.!?:…][)”\"'’]*$", before.text):
        return False
    if before.text.endswith("-"):
        return True
    far = before.x1 - current.left > 0.4 * (current.right - current.left)
    if line.text[:1].islower() and (far or item.in_cell):
        return True
    return not before.bold and not would_have_fit(before, line, current.right)


def item_depths(passages: Sequence[Passage | None]) -> list[int]:
    """The depth of each list item by its indent, 1 outermost; 0 for the rest. None stands for a table."""
    depths: list[int] = []
    indents: list[float] = []
    for passage in passages:
        if passage is None or passage.kind is not Kind.ITEM:
            # A paragraph indented under an item leaves the list open.
            if passage is None or not indents or passage.first.x0 - passage.left <= indents[0] + 2:
                indents = []
            depths.append(0)
            continue
        left = passage.first.x0 - passage.left
        while indents and left < indents[-1] - 3:
            indents.pop()
        if not indents or left > indents[-1] + 3:
            indents.append(left)
        depths.append(len(indents))
    return depths
