"""Recognised words and the ink under them → baseline, type size and weight of each word, measured in the picture.

Tesseract's boxes take in specks and neighbours; the letters' own blobs do not. Letters stand on a baseline that a
line shares, the tall ones of a line are equally tall, and the stems of bold letters are thicker.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from samsyn.extract.ocr.ink import Blobs
from samsyn.extract.ocr.picture import Picture
from samsyn.extract.ocr.tesseract import Seen
from samsyn.extract.ocr.type_size import Heights, heights_of, type_sizes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

_HANGING = frozenset("gjpqyQ")
_SEGMENT_GAP = 2.2
"""A gap of more tall letters than this parts a line: the two sides may be set differently."""
_FEW = 3
"""Words of so few letters are measured badly, and marks not at all."""
_STEEPEST = 0.004
"""What is left of the skew; more than this is another matter."""


class Measured(NamedTuple):
    """A word with what was measured of it, in dots; sizes and weights are raw, a document settles them in common."""

    seen: Seen
    x0: float
    x1: float
    baseline: float
    size: float
    """Type size; 0 where there was nothing to measure."""
    weight: float
    """Thickness of its stems in type sizes; 0 where there was nothing to measure."""
    letters: Numbers
    """Indexes of its blobs, from left to right."""


class Measurement(NamedTuple):
    """The words of a picture measured, the slope that is left in it, and the blobs that belong to no word."""

    words: tuple[Measured, ...]
    slope: float
    """How far a row sinks for each dot to the right."""
    loose: Numbers
    """Indexes of blobs outside every word."""


def measure_words(picture: Picture, seen: Sequence[Seen]) -> Measurement:
    """The words measured, in the order given."""
    import numpy

    owner = _owners(picture.blobs, seen)
    members = _members(owner, len(seen))
    least = _least_height(seen)
    upright = [_without_dots(picture.blobs, letters, least) for letters in members]
    slope = _slope(picture, seen, upright)
    widths = _stem_widths(picture)
    measured: list[Measured | None] = [None] * len(seen)
    segments = list(_segments(seen))
    lines = _lines_of(picture, seen, segments, upright, slope)
    for segment, line in zip(segments, lines, strict=True):
        for index in segment:
            base = line.baseline + slope * (seen[index].x0 + seen[index].x1) / 2
            place = line._replace(baseline=base)
            measured[index] = _measure(picture.blobs, seen[index], members[index], place, widths)
    words = _lend([word for word in measured if word is not None], picture.blobs)
    return Measurement(words, slope, numpy.nonzero(owner < 0)[0])


def _owners(blobs: Blobs, seen: Sequence[Seen]) -> Numbers:
    """For each blob the word whose box holds its middle, the smallest when several do; -1 for none."""
    import numpy

    owner = numpy.full(len(blobs.area), -1)
    across, down = (blobs.x0 + blobs.x1) / 2, (blobs.top + blobs.bottom) / 2
    order = numpy.argsort(down)
    sorted_down = down[order]
    large_first = sorted(range(len(seen)), key=lambda index: -_area(seen[index]))
    for index in large_first:
        word = seen[index]
        first, last = numpy.searchsorted(sorted_down, (word.top - 1, word.bottom + 1))
        near = order[first:last]
        owner[near[(across[near] >= word.x0 - 1) & (across[near] <= word.x1 + 1)]] = index
    return owner


def _area(word: Seen) -> int:
    return (word.x1 - word.x0) * (word.bottom - word.top)


def _members(owner: Numbers, count: int) -> list[Numbers]:
    import numpy

    order = numpy.argsort(owner, kind="stable")
    edges = numpy.searchsorted(owner[order], numpy.arange(count + 1))
    return [order[first:last] for first, last in pairwise(edges)]


def _least_height(seen: Sequence[Seen]) -> float:
    """Dots that ink must be high to be a letter of the page's words, by the boxes of the longer ones."""
    heights = sorted(word.bottom - word.top for word in seen if len(word.text) > _FEW)
    return 0.25 * heights[len(heights) // 2] if heights else 0.0


def _without_dots(blobs: Blobs, letters: Numbers, least: float) -> Numbers:
    """A word's blobs without those that are no letters, if it has any: a row of dots beside it would hide its line."""
    high = letters[blobs.height[letters] >= least]
    return high if len(high) else letters


def _segments(seen: Sequence[Seen]) -> Iterable[list[int]]:
    """The words of each line, parted at wide gaps, from left to right."""
    by_line = sorted(range(len(seen)), key=lambda index: (seen[index].line, seen[index].x0))
    for _, group in groupby(by_line, key=lambda index: seen[index].line):
        line = list(group)
        heights = sorted(seen[index].bottom - seen[index].top for index in line)
        usual = heights[len(heights) // 2]
        segment = [line[0]]
        for before, index in pairwise(line):
            if seen[index].x0 - seen[before].x1 > _SEGMENT_GAP * usual:
                yield segment
                segment = []
            segment.append(index)
        yield segment


# --- the line ---------------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """Where a word's line runs under it, and its type size."""

    baseline: float
    size: float


def _slope(picture: Picture, seen: Sequence[Seen], members: Sequence[Numbers]) -> float:
    """What is left of the page's skew: the median over its long lines."""
    import numpy

    found = []
    for segment in _segments(seen):
        letters = numpy.concatenate([members[index] for index in segment])
        if len(letters) < 20:
            continue
        across = (picture.blobs.x0[letters] + picture.blobs.x1[letters]) / 2
        bottom = picture.blobs.bottom[letters].astype(float)
        span = across.max() - across.min()
        if span < 0.35 * picture.grey.shape[1]:
            continue
        left, right = across < across.min() + span / 3, across > across.max() - span / 3
        if left.sum() > 4 and right.sum() > 4:
            fall = _usual_bottom(bottom[right]) - _usual_bottom(bottom[left])
            found.append(fall / (float(numpy.mean(across[right])) - float(numpy.mean(across[left]))))
    slope = float(numpy.median(found)) if len(found) >= 4 else 0.0
    return slope if abs(slope) <= _STEEPEST else 0.0


def _usual_bottom(bottoms: Numbers, hanging: float = 0.1) -> float:
    """Where the letters that don't hang below the line end, finer than a dot; `hanging` is the share of those that do.

    The mean of the bottoms near the middle one of those that stand on the line.
    """
    import numpy

    middle = float(numpy.quantile(bottoms, 0.5 * (1 - hanging), method="nearest"))
    return float(bottoms[numpy.abs(bottoms - middle) <= 1.6].mean())


def _lines_of(
    picture: Picture,
    seen: Sequence[Seen],
    segments: Sequence[Sequence[int]],
    members: Sequence[Numbers],
    slope: float,
) -> list[_Line]:
    """Where each segment's line runs at the page's left edge, and its type size; 0 where that can't be told."""
    lines = [_line_of(picture, seen, segment, members, slope) for segment in segments]
    sizes = type_sizes([heights for _, heights in lines])
    return [_Line(baseline, size) for (baseline, _), size in zip(lines, sizes, strict=True)]


def _line_of(
    picture: Picture, seen: Sequence[Seen], segment: Sequence[int], members: Sequence[Numbers], slope: float
) -> tuple[float, Heights]:
    import numpy

    blobs = picture.blobs
    letters = numpy.concatenate([members[index] for index in segment])
    if not len(letters):
        boxes = [seen[index] for index in segment]
        return float(numpy.median([box.bottom - slope * box.x0 for box in boxes])), heights_of(())
    letters = _large(blobs, letters)
    fall = slope * (blobs.x0[letters] + blobs.x1[letters]) / 2
    text = "".join(seen[index].text for index in segment)
    baseline = _usual_bottom(blobs.bottom[letters] - fall, _share_of(text, _HANGING))
    words = []
    for index in segment:
        if len(members[index]):
            sunk = slope * (seen[index].x0 + seen[index].x1) / 2
            rise = baseline - (blobs.top[_large(blobs, members[index])] - sunk)
            words.append((seen[index].text, rise[rise > 0]))
    return baseline, heights_of(words)


def _large(blobs: Blobs, letters: Numbers) -> Numbers:
    """The letters among a word's blobs: dots, rings, marks and specks are smaller."""
    import numpy

    height = blobs.height[letters]
    large: Numbers = letters[height >= 0.55 * numpy.percentile(height, 75)]
    return large


def _share_of(text: str, among: frozenset[str]) -> float:
    letters = [letter for letter in text if letter.isalnum()]
    return sum(letter in among for letter in letters) / len(letters) if letters else 0.0


# --- the word ---------------------------------------------------------------------------------------------------------


def _measure(
    blobs: Blobs, word: Seen, letters: Numbers, line: _Line, widths: tuple[Numbers, Numbers, Numbers]
) -> Measured:
    size = line.size
    if not len(letters):
        return Measured(word, word.x0, word.x1, line.baseline, size, 0.0, letters)
    letters = letters[blobs.x0[letters].argsort()]
    x0 = max(word.x0, int(blobs.x0[letters].min()))
    x1 = min(word.x1, int(blobs.x1[letters].max()))
    if x1 - x0 < 0.5 * (word.x1 - word.x0):
        x0, x1 = word.x0, word.x1
    weight = _stem(widths, letters, line.baseline, size) / size if size else 0.0
    return Measured(word, x0, x1, line.baseline, size, weight, letters)


def _lend(words: Sequence[Measured], blobs: Blobs) -> tuple[Measured, ...]:
    """The words, those of few letters with size and baseline of the longer word beside them."""
    lent = list(words)
    long = [word for word in words if word.size and sum(letter.isalnum() for letter in word.seen.text) > _FEW]
    long.sort(key=lambda word: word.baseline)
    baselines = [word.baseline for word in long]
    for index, word in enumerate(words):
        if sum(letter.isalnum() for letter in word.seen.text) > _FEW or not len(word.letters):
            continue
        middle = float(blobs.top[word.letters].min() + blobs.bottom[word.letters].max()) / 2
        near = long[bisect_left(baselines, middle - 60) : bisect_right(baselines, middle + 120)]
        beside = [other for other in near if _stands_beside(other, word, middle)]
        if not beside:
            continue
        lender = min(beside, key=lambda other: max(other.x0 - word.x1, word.x0 - other.x1))
        if not _is_raised(word, lender, blobs):
            lent[index] = word._replace(baseline=lender.baseline, size=lender.size)
    return tuple(lent)


def _stands_beside(other: Measured, word: Measured, middle: float) -> bool:
    gap = max(other.x0 - word.x1, word.x0 - other.x1)
    return gap < 5 * other.size and other.baseline - 0.95 * other.size < middle < other.baseline + 0.3 * other.size


def _is_raised(word: Measured, lender: Measured, blobs: Blobs) -> bool:
    """True for a short number that stands small and high at the end of a word, as the mark of a note does."""
    bottom = float(blobs.bottom[word.letters].max())
    height = bottom - float(blobs.top[word.letters].min())
    at_end = -0.2 * lender.size < word.x0 - lender.x1 < 0.4 * lender.size
    high = lender.baseline - bottom > 0.2 * lender.size
    return word.seen.text.isdigit() and at_end and high and 0.3 * lender.size < height < 0.62 * lender.size


def _stem_widths(picture: Picture) -> tuple[Numbers, Numbers, Numbers]:
    """For each run of ink its width by weight of ink, its row, and where each blob's runs begin (sorted by blob)."""
    import numpy

    blobs = picture.blobs
    grey = picture.grey
    last = grey.shape[1] - 1
    ink = numpy.cumsum(255 - grey, axis=1, dtype=numpy.int32)
    begin, end = numpy.maximum(blobs.start - 2, 0), numpy.minimum(blobs.end + 1, last)
    width = (ink[blobs.row, end] - ink[blobs.row, begin]) / 255
    order = numpy.argsort(blobs.blob, kind="stable")
    edges = numpy.searchsorted(blobs.blob[order], numpy.arange(len(blobs.area) + 1))
    return width[order], blobs.row[order], edges


def _stem(widths: tuple[Numbers, Numbers, Numbers], letters: Numbers, baseline: float, size: float) -> float:
    """The usual width of strokes in the lower part of small letters, where stems are cut across; 0 when none are."""
    import numpy

    width, row, edges = widths
    runs = numpy.concatenate([numpy.arange(edges[letter], edges[letter + 1]) for letter in letters])
    low, high = baseline - 0.42 * size, baseline - 0.08 * size
    crossed = runs[(row[runs] >= low) & (row[runs] <= high)]
    return float(numpy.median(width[crossed])) if len(crossed) >= 6 else 0.0
