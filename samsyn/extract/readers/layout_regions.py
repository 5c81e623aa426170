"""Lines of a page → rows, and the white strips between their words.

A strip is a vertical band of the page that no word of a stretch of rows crosses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from samsyn.extract.readers.layout_flow import Norms
from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_page import Rule, Shade, Word

HeaderHint = Callable[[Sequence[str]], int]
"""Tells how many of these texts are known to head columns or rows."""

MIN_STRIP = 4.0
"""Points: the padding of most tables, more than a space between words."""
ANCHORED = 1.2
"""A strip this narrow will do where a column's text begins at its right edge, line after line."""
JITTER = 0.1
"""Points by which the text of a column may begin apart: justified lines are set to hundredths of a point."""


# Rows are asked for what their lines have again and again; this is the quickest way to answer.
_top_of: Callable[[TextLine], float] = attrgetter("top")
_bottom_of: Callable[[TextLine], float] = attrgetter("bottom")
_size_of: Callable[[TextLine], float] = attrgetter("size")
_start_of: Callable[[TextLine], float] = attrgetter("x0")
_end_of: Callable[[TextLine], float] = attrgetter("x1")
_text_of: Callable[[TextLine], str] = attrgetter("text")


class Strip(NamedTuple):
    """A white vertical band from `x0` to `x1`."""

    x0: float
    x1: float


class Row(NamedTuple):
    """Stretches of text that stand side by side, from left to right."""

    lines: tuple[TextLine, ...]

    @property
    def top(self) -> float:
        """The upper edge of the highest of them."""
        return min(map(_top_of, self.lines))

    @property
    def bottom(self) -> float:
        """The lower edge of the lowest of them."""
        return max(map(_bottom_of, self.lines))

    @property
    def baseline(self) -> float:
        """The first line's baseline."""
        return self.lines[0].baseline

    @property
    def size(self) -> float:
        """The largest type size."""
        return max(map(_size_of, self.lines))

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.lines[0].x0

    @property
    def x1(self) -> float:
        """The right edge."""
        return max(map(_end_of, self.lines))

    @property
    def is_bold(self) -> bool:
        """True when every part of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def text(self) -> str:
        """All its text, tabs between the parts."""
        return "\t".join(map(_text_of, self.lines))

    def words(self) -> Iterable[Word]:
        """Its words from left to right."""
        for line in self.lines:
            yield from line.words


class Region(NamedTuple):
    """A stretch of rows and the strips that run through all of it; `bands` are indexes of rows that cross them."""

    rows: tuple[Row, ...]
    strips: tuple[Strip, ...]
    bands: frozenset[int]
    left: float
    """Where the first column begins."""

    @property
    def starts(self) -> tuple[float, ...]:
        """Where the columns begin, from left to right."""
        return (self.left, *(strip.x1 for strip in self.strips))


class Ground(NamedTuple):
    """What a page offers beside its rows: rules, shaded areas and what is usual in the document."""

    rules: tuple[Rule, ...]
    shades: tuple[Shade, ...]
    norms: Norms


def find_rows(lines: Iterable[TextLine]) -> list[Row]:
    """Lines grouped into rows: side by side and at most half a line apart in height."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (round(line.baseline, 1), line.x0)):
        home = rows[-1] if rows else None
        if home is not None and _stands_beside(home, line):
            home.append(line)
        else:
            rows.append([line])
    return [Row(tuple(sorted(row, key=_start_of) if len(row) > 1 else row)) for row in rows]


def _stands_beside(row: Sequence[TextLine], line: TextLine) -> bool:
    if line.baseline - row[0].baseline > 0.6 * min(row[0].size, line.size):
        return False
    return all(line.x0 >= other.x1 or line.x1 <= other.x0 for other in row)


def free_strips(rows: Iterable[Row], strips: Sequence[Strip] | None = None) -> tuple[Strip, ...]:
    """What is left of `strips` (or of the whole width between the words) once the words of `rows` are taken out."""
    left = None if strips is None else list(strips)
    for row in rows:
        taken = sorted((word.x0, word.x1) for word in row.words())
        if left is None:
            left = word_gaps(taken)
            continue
        left = [part for strip in left for part in _subtract(strip, taken)]
        if not left:
            break
    return tuple(left or ())


def word_gaps(taken: Sequence[tuple[float, float]], narrowest: float = MIN_STRIP) -> list[Strip]:
    """The white strips between stretches that words take, given from left to right."""
    gaps: list[Strip] = []
    right = taken[0][1]
    for x0, x1 in taken[1:]:
        if x0 - right >= narrowest:
            gaps.append(Strip(right, x0))
        right = max(right, x1)
    return gaps


def _subtract(strip: Strip, taken: Sequence[tuple[float, float]]) -> list[Strip]:
    parts: list[Strip] = []
    left = strip.x0
    for x0, x1 in taken:
        if x1 <= left:
            continue
        if x0 >= strip.x1 - JITTER:
            break
        if x0 - left >= MIN_STRIP:
            parts.append(Strip(left, x0))
        left = max(left, x1)
    if strip.x1 - left >= ANCHORED:
        parts.append(Strip(left, strip.x1))
    return parts


def is_supported(strip: Strip, rows: Sequence[Row]) -> bool:
    """A strip parts columns when, behind a wide gap, text begins at its right edge; mere spaces in line don't count."""
    return any(abs(line.x0 - strip.x1) < 1.0 for row in rows for line in row.lines[1:]) or any(
        abs(row.x0 - strip.x1) < 1.0 for row in rows
    )


def shade_behind(row: Row, shades: Iterable[Shade]) -> bool:
    """True when filled rectangles lie behind the row: behind each of its texts, not its label alone."""
    middle = (row.top + row.bottom) / 2
    near = [shade for shade in shades if shade.top <= middle <= shade.bottom]
    return bool(near) and all(
        any(shade.x0 <= line.x0 + 1 and shade.x1 >= min(line.x1, line.x0 + 20) for shade in near) for line in row.lines
    )
