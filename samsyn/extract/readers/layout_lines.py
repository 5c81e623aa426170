"""Words of a page → printed lines: grouped by baseline, parted at wide gaps, raised footnote marks told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from operator import attrgetter
from typing import NamedTuple

from samsyn.extract.readers.layout_page import Word
from samsyn.models.source import Box

WIDE_GAP = 1.2
"""A gap of more type sizes than this is no space between words (justified lines stretch to about one)."""

_MARGIN_LINES = 4
"""So many lines of a page that end at one place show a margin of justified text."""
EVEN = 1.0
"""Points by which the gaps of a line that is stretched from edge to edge may differ."""

MARK_LABEL = re.compile(r"^(?:\d{1,2}|[*†‡]{1,3})[).]?$")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT = re.compile("[¹²³⁰⁴-⁹]")
_SUPERSCRIPT_TAIL = re.compile(r"^(.*?)([⁰¹²³⁴-⁹]{1,2})([^\w⁰¹²³⁴-⁹]*)(.*)$")
_UNIT = re.compile(r"(?:^|[\d\s])(?:[kcmd]?m|km|ha)$")

BULLET = re.compile(r"^[•·●○◦▪■□▫►▸➢➤→✓✔❖*\-–—−o§☐☒]$")
NUMBER = re.compile(r"^\(?(?:\d{1,3}(?:\.\d{1,3})*[.):]?|[a-zåäö][.)]|[ivx]{1,5}[.)]|[A-ZÅÄÖ][.)]|§)$")


class TextLine(NamedTuple):
    """One printed line, or the stretch of it between two wide gaps."""

    page: int
    words: tuple[Word, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    """The size that most of its letters have."""
    bold: bool
    italic: bool
    text: str
    plain: bool
    """True when no word of it is bold, italic or a repair of what was recognised."""
    marks: tuple[tuple[int, str], ...] = ()
    """Raised footnote marks: how many words stand before it, and its label."""
    underlined: bool = False

    @property
    def box(self) -> Box:
        """The line's place on its page."""
        return Box(self.x0, self.top, self.x1, self.bottom)


def make_line(
    page: int, words: Sequence[Word], marks: Sequence[tuple[int, str]] = (), text: str | None = None
) -> TextLine:
    """The line that `words`, in order from left to right, make up; `text` is theirs where it is known already."""
    first = words[0]
    left, top, right, bottom, usual = first.x0, first.top, first.x1, first.bottom, first.size
    bold = italic = total = 0
    mixed = repaired = False
    # One pass over plain values: every word of a document comes by here, some several times.
    for written, x0, y0, x1, y1, _, size, is_bold, is_italic, _, seen in words:
        length = len(written)
        total += length
        if is_bold:
            bold += length
        if is_italic:
            italic += length
        if size != usual:
            mixed = True
        if seen:
            repaired = True
        left = x0 if x0 < left else left
        top = y0 if y0 < top else top
        right = x1 if x1 > right else right
        bottom = y1 if y1 > bottom else bottom
    size = _most_used_size(words) if mixed else usual
    return TextLine(
        page,
        tuple(words),
        left,
        top,
        right,
        bottom,
        next(word.baseline for word in words if word.size == size) if mixed else first.baseline,
        size,
        10 * bold >= 9 * total,
        10 * italic >= 9 * total,
        join_words(words) if text is None else text,
        not (bold or italic or repaired),
        tuple(marks),
    )


def _most_used_size(words: Iterable[Word]) -> float:
    """The size that most letters have; the first of several."""
    letters: dict[float, int] = {}
    for word in words:
        letters[word.size] = letters.get(word.size, 0) + len(word.text)
    return max(letters, key=lambda size: letters[size])


def join_words(words: Iterable[Word]) -> str:
    """The words with a space between those that a space parts."""
    parts: list[str] = []
    for word in words:
        if parts and not word.glued:
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def find_lines(
    page: int, words: Iterable[Word], *, wide_gap: float = WIDE_GAP, cell: Box | None = None
) -> tuple[TextLine, ...]:
    """The printed lines of a page or of a `cell`, from top to bottom and left to right."""
    rows, raised = _part_raised(_group_by_baseline(words))
    lines: list[TextLine] = []
    placed = _place_marks(rows, raised)
    edges = frozenset() if cell else _justified_edges(rows)
    for index, (row, marks) in enumerate(zip(rows, placed, strict=True)):
        following = rows[index + 1] if index + 1 < len(rows) else ()
        whole = _fills(row, cell) if cell else _is_drawn_out(row, following, edges)
        lines.extend(_part_row(page, row, marks, inf if whole else wide_gap))
    return join_markers(sorted(lines, key=lambda line: (round(line.baseline, 1), line.x0)))


def _group_by_baseline(words: Iterable[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    row: list[Word] = []
    limit = -inf
    for word in sorted(words, key=attrgetter("baseline")):
        baseline = word.baseline
        if baseline <= limit:
            row.append(word)
        else:
            row = [word]
            rows.append(row)
            limit = baseline + max(1.2, 0.18 * word.size)
    return rows


def _part_raised(rows: list[list[Word]]) -> tuple[list[list[Word]], list[Word]]:
    """Rows without the small labels that may be raised, and those labels."""
    kept: list[list[Word]] = []
    raised: list[Word] = []
    for index, row in enumerate(rows):
        labels = [word for word in row if len(text := word[0]) <= 4 and not text.isalpha() and MARK_LABEL.match(text)]
        labels = [word for word in labels if _is_raised(word, rows[index : index + 4])]
        raised.extend(labels)
        rest = [word for word in row if word not in labels] if labels else row
        if rest:
            kept.append(rest)
    return kept, raised


def _is_raised(label: Word, rows: Sequence[Sequence[Word]]) -> bool:
    """True when a short label is smaller than a neighbour on or just below its baseline, and stands above it."""
    return any(_is_raised_at(label, other) for row in rows for other in row if label.size <= 0.85 * other.size)


def _is_raised_at(word: Word, other: Word) -> bool:
    rise = other.baseline - word.baseline
    near = min(abs(word.x0 - other.x1), abs(other.x0 - word.x1)) < 0.6 * other.size
    return near and word.size <= 0.85 * other.size and 0.12 * other.size <= rise <= 0.85 * other.size


def _place_marks(rows: list[list[Word]], raised: list[Word]) -> list[list[Word]]:
    """The raised labels of each row; a row's words are left in order from left to right."""
    placed: list[list[Word]] = [[] for _ in rows]
    for row in rows:
        row.sort(key=attrgetter("x0"))
    for label in raised:
        near = [index for index, row in enumerate(rows) if any(_is_raised_at(label, word) for word in row)]
        placed[near[0]].append(label)
    return placed


def _part_row(page: int, row: list[Word], raised: list[Word], wide_gap: float) -> Iterator[TextLine]:
    words: list[Word] = []
    marks: list[tuple[int, str]] = []
    waiting = sorted(raised, key=lambda word: word.x0)
    right = 0.0
    if not raised and is_stretched(row):
        wide_gap = inf
    for following in row:
        word = following
        while waiting and waiting[0].x0 < word.x0:
            label = waiting.pop(0)
            # What follows a mark closely ('förhållanden¹.') goes on at once.
            if words and word.x0 - label.x1 < 0.12 * word.size:
                word = word._replace(glued=True)
            right = max(right, label.x1)
            _take_mark(words, marks, label)
        gap = word.x0 - right
        if words and gap > wide_gap * word.size and gap > wide_gap * words[-1].size:
            yield _finish(page, words, marks)
            words, marks = [], []
        end = word.x1
        right = right if words and right > end else end
        words.append(word)
    for label in waiting:
        _take_mark(words, marks, label)
    if words:
        yield _finish(page, words, marks)


def is_stretched(row: Sequence[Word]) -> bool:
    """True for a justified line that ends in the middle: all its gaps are wide, and alike though its words are not.

    Where columns stand side by side their beginnings lie evenly, or the gaps differ.
    """
    words = row[1:] if BULLET.match(row[0].text) or NUMBER.match(row[0].text) else row
    narrow = 0.6 * row[0].size
    gaps: list[float] = []
    for before, word in pairwise(words):
        if not word.glued:
            gap = word.x0 - before.x1
            if gap <= narrow:
                return False
            gaps.append(gap)
    if len(gaps) < 2 or max(gaps) - min(gaps) > EVEN:
        return False
    steps = [word.x0 - before.x0 for before, word in pairwise(words) if not word.glued]
    return max(steps) - min(steps) > 4 * EVEN


def _fills(row: Sequence[Word], cell: Box) -> bool:
    """True for two words that a justified cell has set as far apart as its margins, which are alike, let them."""
    return len(row) == 2 and abs((row[0].x0 - cell.x0) - (cell.x1 - row[1].x1)) <= EVEN


def _justified_edges(rows: Sequence[Sequence[Word]]) -> frozenset[int]:
    """Where several printed lines of a page end, in whole points: the right margins of justified text."""
    ends = Counter(round(row[-1].x1) for row in rows)
    return frozenset(end for end, number in ends.items() if number >= _MARGIN_LINES)


def _is_drawn_out(row: Sequence[Word], following: Sequence[Word], edges: frozenset[int]) -> bool:
    """True for two long words with all the space of a justified line between them: no third had room beside them."""
    words = row[1:] if len(row) == 3 and BULLET.match(row[0].text) else row
    if len(words) != 2 or not following or not edges & {int(words[1].x1 - 0.5), round(words[1].x1)}:
        return False
    first, second, third = *words, following[0]
    near = 0 < third.baseline - second.baseline < 2.2 * second.size and third.x0 < first.x0 + first.size
    if not near or (third.size, third.bold) != (second.size, second.bold):
        return False
    natural = (first.x1 - first.x0) + (second.x1 - second.x0) + (third.x1 - third.x0) + 0.4 * first.size
    return natural > second.x1 - first.x0


def _take_mark(words: list[Word], marks: list[tuple[int, str]], label: Word) -> None:
    """Notes a mark, or leaves it in the text as the exponent of a unit ('m²')."""
    if words and _UNIT.search(join_words(words[-2:])):
        words.append(label._replace(text=label.text.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")), glued=True))
    else:
        marks.append((len(words), label.text.rstrip(").")))


def _finish(page: int, words: list[Word], marks: list[tuple[int, str]]) -> TextLine:
    """The line, with marks that are written as superscript letters ('förhållanden¹') taken out of its words."""
    text = join_words(words)
    if not _SUPERSCRIPT.search(text):
        return make_line(page, words, marks, text)
    plain: list[Word] = []
    found: list[tuple[int, str]] = []
    marks = list(marks)
    for index, word in enumerate(words):
        found.extend((len(plain), label) for at, label in marks if at == index)
        match = _SUPERSCRIPT_TAIL.match(word.text)
        lead = match.group(1) if match else ""
        if not match or _UNIT.search(join_words([*plain[-1:], word._replace(text=lead)])) or (not lead and not plain):
            plain.append(word)
            continue
        if lead:
            plain.append(word._replace(text=lead))
        found.append((len(plain), match.group(2).translate(_SUPERSCRIPTS)))
        rest = match.group(3) + match.group(4)
        if rest:
            plain.append(word._replace(text=rest, glued=True))
    found.extend((len(plain), label) for at, label in marks if at >= len(words))
    return make_line(page, plain, found) if plain else make_line(page, words, marks)


def join_sides(before: TextLine, line: TextLine) -> TextLine:
    """Two stretches of a printed line as one."""
    shift = len(before.words)
    marks = (*before.marks, *((at + shift, label) for at, label in line.marks))
    return make_line(line.page, (*before.words, *line.words), marks)


def join_markers(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """The lines, with a list marker that a wide gap parts from its text joined to it again."""
    joined: list[TextLine] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and _is_marker_of(before, line):
            joined[-1] = join_sides(before, line)
        else:
            joined.append(line)
    return tuple(joined)


def _is_marker_of(marker: TextLine, line: TextLine) -> bool:
    if len(marker.words) > 1 or abs(marker.baseline - line.baseline) > 0.35 * line.size:
        return False
    gap = line.x0 - marker.x1
    if not 0 < gap <= 4.5 * line.size:
        return False
    if BULLET.match(marker.text):
        return True
    # A bare number may be a cell of its own; one with a full stop or bracket, or in a heading's type, heads its text.
    if not NUMBER.match(marker.text):
        return False
    bare = marker.text.isdigit()
    return not bare or (marker.bold == line.bold and (line.bold or line.size > 12) and marker.size == line.size)
