"""What the shape of marks says that recognition gets wrong: bullets, dashes, rows of dots, paragraph signs, full stops.

Tesseract knows letters well and marks badly: a bullet becomes a full stop, an en dash a hyphen, a row of dots to sign
on a heap of letters, a § an 8. Their blobs have measures that letters do not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from samsyn.extract.ocr.ink import Blobs
from samsyn.extract.ocr.measure import Measured

DOT_LIKE = frozenset("»«+*°•·●■▪.,:;'\"`´”“’e-—_~=oOo¤©®")
"""What a filled dot in front of an item is taken for."""
_DASHES = "-–—"
_EN_DASH = 0.4
"""Type sizes: hyphens are up to a third, en dashes half of one."""
_SIGN_LIKE = ("8", "$", "S", "5", "&", "9")
"""What a paragraph sign is taken for."""
_DROP = 0.09
"""Type sizes that a paragraph sign reaches below the line; figures and capitals don't."""


_ROW = 5
"""Dots that make a line to write on."""


class Shape(NamedTuple):
    """Where a word's ink is, in dots, and how much there is of it."""

    x0: float
    top: float
    x1: float
    bottom: float
    ink: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def is_dot(self, size: float) -> bool:
        """True for a filled round or square shape of a bullet's size beside type of `size`."""
        if not 0.17 * size <= self.height <= 0.62 * size or not 0.7 <= self.width / self.height <= 1.4:
            return False
        return self.ink >= 0.64 * self.width * self.height


def shape_of(word: Measured, blobs: Blobs) -> Shape | None:
    """The shape of a word's ink; None when it has none."""
    letters = word.letters
    if not len(letters):
        return None
    return Shape(
        float(blobs.x0[letters].min()),
        float(blobs.top[letters].min()),
        float(blobs.x1[letters].max()),
        float(blobs.bottom[letters].max()),
        float(blobs.area[letters].sum()),
    )


def right_marks(word: Measured, blobs: Blobs, usual_size: float) -> str:
    """The word's text with its marks as their shapes say."""
    text = word.seen.text.replace("—", "–")
    if not len(word.letters):
        return text
    if _is_row_of_dots(word, blobs, usual_size):
        return "." * len(word.letters)
    if not word.size:
        return text
    if text in _SIGN_LIKE and _drops(word, blobs):
        return "§"
    text = _with_per_cent(text, word, blobs)
    return _with_dashes(text, word, blobs)


def _is_row_of_dots(word: Measured, blobs: Blobs, usual_size: float) -> bool:
    """True for a line to write on: many dots and nothing taller."""
    height = blobs.height[word.letters]
    return len(height) >= 5 and float(height.max()) <= 0.24 * usual_size


def _drops(word: Measured, blobs: Blobs) -> bool:
    return float(blobs.bottom[word.letters].max()) - word.baseline > _DROP * word.size


def _with_per_cent(text: str, word: Measured, blobs: Blobs) -> str:
    """The text with a % where figures were read in its place ('33 946'): a small ring high, a stroke, a ring low."""
    letters = word.letters
    if not text[-1:].isdigit() or len(letters) > len(text) + 1:
        return text
    for first in range(len(letters) - 2):
        high, stroke, low = letters[first : first + 3]
        if _is_ring(high, word, blobs, raised=True) and _is_ring(low, word, blobs, raised=False):
            tall = float(blobs.height[stroke]) > 0.55 * word.size
            crossing = blobs.x0[stroke] < blobs.x1[high] and blobs.x0[low] < blobs.x1[stroke]
            # Figures that touch are one blob, which would shift the count.
            single = all(float(blobs.width[letter]) < 0.62 * word.size for letter in letters[:first])
            if tall and crossing and single and first + 3 == len(letters):
                return text[:first] + "%"
    return text


def _is_ring(letter: int, word: Measured, blobs: Blobs, *, raised: bool) -> bool:
    """True for a blob half as tall as figures that stands at their top, or on the line."""
    top, bottom = word.baseline - float(blobs.top[letter]), word.baseline - float(blobs.bottom[letter])
    if not 0.2 * word.size < top - bottom < 0.5 * word.size:
        return False
    return bottom > 0.2 * word.size if raised else abs(bottom) < 0.1 * word.size


def _with_dashes(text: str, word: Measured, blobs: Blobs) -> str:
    """The text with en dashes where the dashes are wide; left alone where dashes and their blobs don't pair."""
    text = re.sub(f"[{_DASHES}]{{2,}}", "-", text)
    places = [hit.start() for hit in re.finditer(f"[{_DASHES}]", text)]
    if not places:
        return text
    letters = word.letters
    width, height = blobs.width[letters], blobs.height[letters]
    flat = (height <= 0.17 * word.size) & (width >= 0.16 * word.size) & (width > 1.6 * height)
    high = word.baseline - (blobs.top[letters] + blobs.bottom[letters]) / 2 > 0.12 * word.size
    dashes = width[flat & high]
    if len(dashes) != len(places):
        return text
    marked = list(text)
    for place, wide in zip(places, dashes, strict=True):
        marked[place] = "–" if wide >= _EN_DASH * word.size else "-"
    return "".join(marked)


def is_full_stop(index: int, word: Measured, blobs: Blobs) -> bool:
    """True when a loose blob is the full stop behind a word."""
    size = word.size
    gap = float(blobs.x0[index]) - word.x1
    bottom, height = float(blobs.bottom[index]), float(blobs.height[index])
    small = 0.07 * size <= height <= 0.22 * size and 0.6 * height <= float(blobs.width[index]) <= 1.6 * height
    return bool(size) and 0 <= gap <= 0.32 * size and small and abs(bottom - word.baseline) <= 0.09 * size


def rows_of_dots(blobs: Blobs, loose: Sequence[int], usual_size: float) -> Iterator[Shape]:
    """The rows that loose dots make at one distance: lines to write names and dates on."""
    small = [i for i in loose if blobs.height[i] <= 0.24 * usual_size and blobs.width[i] <= 0.3 * usual_size]
    rows: list[list[int]] = []
    for dot in sorted(small, key=lambda dot: int(blobs.x0[dot])):
        home = next((row for row in reversed(rows) if _goes_on(blobs, row[-1], dot, usual_size)), None)
        if home is None:
            rows.append([dot])
        else:
            home.append(dot)
    for row in rows:
        if len(row) >= _ROW:
            x0, x1 = float(blobs.x0[row[0]]), float(blobs.x1[row[-1]])
            yield Shape(
                x0, float(blobs.top[row].min()), x1, float(blobs.bottom[row].max()), float(blobs.area[row].sum())
            )


def _goes_on(blobs: Blobs, before: int, dot: int, usual_size: float) -> bool:
    gap = float(blobs.x0[dot] - blobs.x1[before])
    return 0 <= gap <= 0.5 * usual_size and abs(float(blobs.bottom[dot] - blobs.bottom[before])) <= 0.1 * usual_size
