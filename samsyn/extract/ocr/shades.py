"""Tone of the paper square by square → the shaded rectangles of a page, such as header rows and bands of tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from samsyn.extract.ocr.ink import find_runs

if TYPE_CHECKING:
    from samsyn.extract.ocr.ink import Grey

SHADED = 0.975
"""Tone below which paper is shaded; the lightest grey of word processors is 0.95, grain moves it by 0.01."""
DARK = 0.6
"""Tone below which letters on it are light."""
_SAME = 0.03
"""Tones that differ less are one area; a header row may lie on a band."""
_NARROWEST, _LOWEST = 8, 2
"""Squares; smaller areas are the insides of letters and stamps."""
_HOLE = 2
"""Squares that may look white in a shaded row."""
_LARGEST = 0.85
"""Share of the page above which it is the paper that is grey."""


class Area(NamedTuple):
    """A shaded rectangle in points; `dark` when letters on it are light."""

    x0: float
    top: float
    x1: float
    bottom: float
    dark: bool


class _Stack(NamedTuple):
    """Stretches of shaded squares of one tone, one below the other; `end` and `bottom` are behind the last square."""

    start: int
    top: int
    end: int
    bottom: int
    tone: float

    def takes(self, row: int, start: int, end: int, tone: float) -> bool:
        """True when a stretch of row `row` goes on with this one."""
        beside = abs(self.start - start) <= 1 and abs(self.end - end) <= 1
        return self.bottom == row and beside and abs(self.tone - tone) <= _SAME


def find_shades(tone: Grey, square: float) -> tuple[Area, ...]:
    """The shaded rectangles, from the top down; a shape with corners gives several. `square` is a square's side."""
    stacks: list[_Stack] = []
    recent = 0
    for row, start, end, level in _stretches(tone):
        while recent < len(stacks) and stacks[recent].bottom < row:
            recent += 1
        index = next((i for i in range(recent, len(stacks)) if stacks[i].takes(row, start, end, level)), None)
        if index is None:
            stacks.append(_Stack(start, row, end, row + 1, level))
        else:
            stacks[index] = stacks[index]._replace(bottom=row + 1)
    kept = [stack for stack in stacks if _is_area(stack, tone.size)]
    return tuple(
        Area(
            stack.start * square,
            stack.top * square,
            stack.end * square,
            stack.bottom * square,
            stack.tone < DARK,
        )
        for stack in sorted(kept, key=lambda stack: (stack.top, stack.start))
    )


def _stretches(tone: Grey) -> Iterator[tuple[int, int, int, float]]:
    """Each long stretch of shaded squares: its row, where it starts and has ended, and its tone."""
    import numpy

    row, start, end = (numbers.tolist() for numbers in find_runs(tone < SHADED))
    index = 0
    while index < len(row):
        last = index
        while last + 1 < len(row) and row[last + 1] == row[index] and start[last + 1] - end[last] <= _HOLE:
            last += 1
        if end[last] - start[index] >= _NARROWEST:
            level = float(numpy.median(tone[row[index], start[index] : end[last]]))
            yield row[index], start[index], end[last], level
        index = last + 1


def _is_area(stack: _Stack, squares: int) -> bool:
    high, wide = stack.bottom - stack.top, stack.end - stack.start
    return high >= _LOWEST and high * wide < _LARGEST * squares
