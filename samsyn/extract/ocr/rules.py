"""Ruling lines in a picture: where thin straight strokes run, told from letters, bars and rows of dots.

A rule is darker than what lies a little to both of its sides, for a long way and without holes. Means along a short
stretch are compared, so that noise and faint print do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from samsyn.extract.ocr.ink import find_blobs

if TYPE_CHECKING:
    from samsyn.extract.ocr.ink import Grey, Mask

SHORTEST = 16.0
"""Points: taller and wider than the letters of running text."""
_SHORTEST_LINK = 8.5
"""Points: an upright rule from one horizontal rule to the next, in a row of one line."""
THICKEST = 3.2
"""Points; what is thicker is a bar or a shaded area."""
_STEP = 4
"""Dots along a rule that are taken together."""
_STRETCH = 13.0
"""Points along which the mean is taken."""
_CONTRAST = 32
"""Grey levels that the mean along a rule is darker than to its sides."""
_WHOLE = 0.86
"""Share of a rule's length that must be dark: a row of dots has about half."""
_HANGING = 0.3
"""Share of a rule's length at which ink may touch it on one side: the letters of a tight table."""
_GAP = 7.0
"""Points that noise may break a rule."""
_DRIFT = 0.012
"""How much a rule may run uphill or downhill against its length: paper is never quite flat."""


class Stroke(NamedTuple):
    """A straight stroke along an axis, in dots: its middle across the axis, and from where to where it runs."""

    place: float
    start: float
    end: float
    thickness: float


def find_strokes(grey: Grey, dpi: float, *, across: Sequence[Stroke] = ()) -> tuple[Stroke, ...]:
    """The horizontal rules; for the upright ones give the picture transposed.

    Rules shorter than most letters are wide count where they run from one to another of those `across`.
    """
    point = dpi / 72
    if min(grey.shape) < 3 * _STRETCH * point:
        return ()
    blobs = find_blobs(_likely(grey, point))
    shortest = _SHORTEST_LINK if across else SHORTEST
    long = blobs.width * _STEP >= shortest * point
    thin = blobs.area <= (THICKEST * point + 2) * blobs.width
    flat = blobs.height <= THICKEST * point + 2 + 2 * _DRIFT * _STEP * blobs.width
    found: list[Stroke] = []
    for index in (long & thin & flat).nonzero()[0]:
        rows = slice(int(blobs.top[index]), int(blobs.bottom[index]))
        columns = slice(int(blobs.x0[index]) * _STEP, int(blobs.x1[index]) * _STEP)
        # A mean along a stretch blurs the ends. Nearly all that is short is a letter's stem and not worth tracing.
        if columns.stop - columns.start >= SHORTEST * point or _is_link(
            (rows.start + rows.stop) / 2, (columns.start, columns.stop), across, (3 + _STRETCH / 2) * point
        ):
            found.extend(_trace(grey, rows, columns, point, shortest))
    return tuple(_join(found, point))


def find_rules(grey: Grey, dpi: float) -> tuple[tuple[Stroke, ...], tuple[Stroke, ...]]:
    """The horizontal and the upright rules; of the upright ones also those of a row of one line, from rule to rule."""
    import numpy

    flat = find_strokes(grey, dpi)
    upright = find_strokes(numpy.ascontiguousarray(grey.T), dpi, across=flat)
    point = dpi / 72
    kept = [
        stroke
        for stroke in upright
        if stroke.end - stroke.start >= SHORTEST * point
        or _is_link(stroke.place, (stroke.start, stroke.end), flat, 3 * point)
    ]
    return flat, tuple(kept)


def _is_link(place: float, ends: tuple[float, float], others: Sequence[Stroke], reach: float) -> bool:
    """True for a stroke that begins and ends at others that run across it."""
    return all(
        any(abs(other.place - end) <= reach and other.start - reach <= place <= other.end + reach for other in others)
        for end in ends
    )


def draw_strokes(shape: tuple[int, ...], flat: Iterable[Stroke], upright: Iterable[Stroke]) -> Mask:
    """A mask of the dots that the strokes cover, one more to each side."""
    import numpy

    mask = numpy.zeros(shape, dtype=bool)
    for strokes, target in ((flat, mask), (upright, mask.T)):
        for stroke in strokes:
            half = stroke.thickness / 2 + 1
            rows = slice(max(0, int(stroke.place - half)), int(stroke.place + half) + 1)
            target[rows, int(stroke.start) : int(stroke.end)] = True
    return mask


def _likely(grey: Grey, point: float) -> Mask:
    """Where the mean along a short stretch is darker than above and below it, `_STEP` dots taken together."""
    import numpy

    width = grey.shape[1] // _STEP * _STEP
    steps = grey[:, :width].reshape(grey.shape[0], -1, _STEP).mean(axis=2, dtype=numpy.float32)
    half = max(1, round(_STRETCH * point / _STEP / 2))
    padded = numpy.pad(steps, ((0, 0), (half + 1, half)), mode="edge")
    sums = numpy.cumsum(padded, axis=1)
    along = (sums[:, 2 * half + 1 :] - sums[:, : -2 * half - 1]) / (2 * half + 1)
    reach = max(3, round(1.7 * point))
    beside = numpy.minimum(_moved(along, reach), _moved(along, -reach))
    likely: Mask = beside - along > _CONTRAST
    return likely


def _moved(array: Grey, rows: int) -> Grey:
    """The picture moved down by `rows`, its edge repeated."""
    import numpy

    moved = numpy.empty_like(array)
    if rows > 0:
        moved[rows:], moved[:rows] = array[:-rows], array[:1]
    else:
        moved[:rows], moved[rows:] = array[-rows:], array[-1:]
    return moved


def _trace(grey: Grey, rows: slice, columns: slice, point: float, shortest: float) -> list[Stroke]:
    """The strokes among some rows, looked at dot by dot."""
    import numpy

    margin = max(3, round(1.7 * point))
    first = max(0, rows.start - margin)
    window = grey[first : rows.stop + margin, columns].astype(numpy.int16)
    inner = slice(rows.start - first, rows.stop - first)
    some = window[:, ::3]
    if _middle(_middle(some)) - _middle(some[inner].min(axis=0)) < _CONTRAST:
        return []  # a letter's stem: paper for the most part
    beside = _middle(window)
    darkest = window[inner].min(axis=0)
    usual = float(_middle(darkest))
    dark = darkest < beside - 0.4 * (beside - usual)
    strokes = []
    for start, end in _whole_stretches(dark, point, shortest):
        part = window[inner, start:end]
        ink = part < (beside[start:end] + usual) / 2
        depth = ink.sum(axis=0)
        thickness = float(_middle(depth[depth > 0])) if ink.any() else 0.0
        if 0 < thickness <= THICKEST * point + 1 and not _is_in_letters(part, ink, window[:, start:end], inner):
            place = rows.start + float(ink.nonzero()[0].mean()) + 0.5
            strokes.append(Stroke(place, columns.start + start, columns.start + end, thickness))
    return strokes


def _middle(values: Any) -> Any:
    """The middle value along the first axis; numpy's own median takes ten times as long over few."""
    import numpy

    half = len(values) // 2
    return numpy.partition(values, half, axis=0)[half]


def _is_in_letters(part: Any, ink: Any, window: Any, inner: slice) -> bool:
    """True when strokes hang on it above or below nearly everywhere: the bottoms of letters, not a rule."""

    rows = ink.any(axis=1).nonzero()[0]
    first, last = inner.start + int(rows[0]), inner.start + int(rows[-1])
    limit = (float(_middle(window.reshape(-1))) + float(part[ink].mean())) / 2
    above, below = window[max(0, first - 3) : first - 1], window[last + 2 : last + 4]
    hanging = [(side < limit).any(axis=0).mean() for side in (above, below) if len(side)]
    return max(hanging, default=0.0) > _HANGING


def _whole_stretches(dark: Any, point: float, shortest: float) -> Iterable[tuple[int, int]]:
    """Where the dots are dark for long enough with hardly a hole."""
    import numpy

    steps = numpy.diff(numpy.pad(dark, 1).astype(numpy.int8))
    stretches: list[list[int]] = []
    for start, end in zip((steps == 1).nonzero()[0], (steps == -1).nonzero()[0], strict=True):
        if end - start < 1.5 * point and not stretches:
            continue
        if stretches and start - stretches[-1][1] <= 1.5 * point:
            stretches[-1][1] = int(end)
        else:
            stretches.append([int(start), int(end)])
    for start, end in stretches:
        if end - start >= shortest * point and dark[start:end].mean() >= _WHOLE:
            yield start, end


def _join(strokes: Sequence[Stroke], point: float) -> list[Stroke]:
    """The strokes, those taken together that continue each other over a gap that noise has made."""
    joined: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.start):
        for index, other in enumerate(joined):
            near = abs(other.place - stroke.place) <= 1.1 * point
            if near and stroke.start - other.end <= _GAP * point:
                joined[index] = _together(other, stroke)
                break
        else:
            joined.append(stroke)
    return sorted(joined)


def _together(first: Stroke, second: Stroke) -> Stroke:
    long, other = first.end - first.start, second.end - second.start
    place = (first.place * long + second.place * other) / (long + other)
    return Stroke(place, first.start, max(first.end, second.end), max(first.thickness, second.thickness))
