"""Dots of ink that hang together → blobs: letters, dots, strokes and specks of a picture, with box and area each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[Any]
    Mask = NDArray[Any]
    Numbers = NDArray[Any]


class Blobs(NamedTuple):
    """The blobs of a mask, and the runs (stretches of dots in a row) that they are made of."""

    x0: Numbers
    top: Numbers
    x1: Numbers
    bottom: Numbers
    area: Numbers
    """Dots of ink in each blob."""
    row: Numbers
    """Of each run, from the top down."""
    start: Numbers
    end: Numbers
    blob: Numbers
    """Which blob each run belongs to."""

    @property
    def width(self) -> Numbers:
        """The blobs' widths in dots."""
        return self.x1 - self.x0

    @property
    def height(self) -> Numbers:
        """The blobs' heights in dots."""
        return self.bottom - self.top


def find_blobs(mask: Mask) -> Blobs:
    """The blobs of a mask; dots that touch at a corner hang together. Linear in its size."""
    import numpy

    row, start, end = find_runs(mask)
    blob = _label(row, start, end, mask.shape[1] + 2)
    count = int(blob.max()) + 1 if len(blob) else 0
    large = numpy.iinfo(numpy.int64).max
    x0, top = numpy.full(count, large), numpy.full(count, large)
    x1, bottom = numpy.zeros(count, numpy.int64), numpy.zeros(count, numpy.int64)
    numpy.minimum.at(x0, blob, start)
    numpy.maximum.at(x1, blob, end)
    numpy.minimum.at(top, blob, row)
    numpy.maximum.at(bottom, blob, row + 1)
    area = numpy.bincount(blob, weights=end - start, minlength=count).astype(numpy.int64)
    return Blobs(x0, top, x1, bottom, area, row, start, end, blob)


def find_runs(mask: Mask) -> tuple[Numbers, Numbers, Numbers]:
    """Each stretch of dots in a row: its row, where it starts and where it has ended."""
    import numpy

    steps = numpy.diff(numpy.pad(mask, ((0, 0), (1, 1))).astype(numpy.int8), axis=1)
    row, start = numpy.nonzero(steps == 1)
    _, end = numpy.nonzero(steps == -1)
    return row, start, end


def _label(row: Numbers, start: Numbers, end: Numbers, width: int) -> Numbers:
    """For each run the number of its blob: runs that touch in neighbouring rows take the lower number, until all do."""
    import numpy

    first, second = _touching(row, start, end, width)
    label = numpy.arange(len(row))
    while True:
        lowest = numpy.minimum(label[first], label[second])
        lower = label.copy()
        numpy.minimum.at(lower, label[first], lowest)
        numpy.minimum.at(lower, label[second], lowest)
        while not numpy.array_equal(following := lower[lower], lower):
            lower = following
        if numpy.array_equal(lower, label):
            break
        label = lower
    numbers: Numbers = numpy.unique(label, return_inverse=True)[1]
    return numbers


def _touching(row: Numbers, start: Numbers, end: Numbers, width: int) -> tuple[Numbers, Numbers]:
    """The pairs of runs that touch: one in a row, the other in the row below."""
    import numpy

    below = (row + 1) * width
    first = numpy.searchsorted(row * width + end, below + start, side="left")
    last = numpy.searchsorted(row * width + start, below + end, side="right")
    counts = numpy.maximum(last - first, 0)
    upper = numpy.repeat(numpy.arange(len(row)), counts)
    within = numpy.arange(int(counts.sum())) - numpy.repeat(numpy.cumsum(counts) - counts, counts)
    return upper, within + numpy.repeat(first, counts)


def paint(shape: tuple[int, ...], blobs: Blobs, chosen: Mask) -> Mask:
    """A mask with the dots of the blobs that `chosen` marks."""
    import numpy

    mask = numpy.zeros(shape, dtype=bool)
    runs = chosen[blobs.blob]
    row, start, end = blobs.row[runs], blobs.start[runs], blobs.end[runs]
    lengths = end - start
    offsets = numpy.arange(int(lengths.sum())) - numpy.repeat(numpy.cumsum(lengths) - lengths, lengths)
    mask.reshape(-1)[numpy.repeat(row * shape[1] + start, lengths) + offsets] = True
    return mask


def count_near(mask: Mask, reach: int) -> Numbers:
    """For each dot how many dots of the mask lie in the square around it that reaches so far to every side."""
    import numpy

    side = 2 * reach + 1
    sums = numpy.cumsum(numpy.cumsum(numpy.pad(mask, reach), axis=0, dtype=numpy.int32), axis=1, dtype=numpy.int32)
    sums = numpy.pad(sums, ((1, 0), (1, 0)))
    counts: Numbers = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return counts


def widen(mask: Mask, reach: int) -> Mask:
    """The mask with every dot grown to a square that reaches so far to every side."""
    wide = mask.copy()
    for shift in range(1, reach + 1):
        wide[shift:] |= mask[:-shift]
        wide[:-shift] |= mask[shift:]
    wider = wide.copy()
    for shift in range(1, reach + 1):
        wider[:, shift:] |= wide[:, :-shift]
        wider[:, :-shift] |= wide[:, shift:]
    return wider
