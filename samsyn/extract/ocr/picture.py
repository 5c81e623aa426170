"""A rendered page → the same page upright, straight, evenly lit and without specks, ready to be recognised.

Grey levels run from 0 (ink) to 255 (paper). Everything is measured on the picture itself: the fall of light from the
paper between the letters, turn and skew from the rows that text and rules make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samsyn.extract.ocr.ink import Blobs, count_near, find_blobs, paint, widen
from samsyn.extract.ocr.rules import Stroke, draw_strokes, find_rules
from samsyn.extract.ocr.shades import Area, find_shades

if TYPE_CHECKING:
    from samsyn.extract.ocr.ink import Grey, Mask

PAPER = 255
INK_LEVEL = 150
"""Grey levels below this are ink, once the light is even."""
LARGEST_SKEW = 5.0
"""Degrees that a page may lie crooked."""
SQUARE = 4.5
"""Points: about the side of the squares in which the paper's tone is taken."""

_REACH = 16
"""Squares on each side among which the lightest tell the light: a shaded cell is narrower than this, a shadow wider."""
_WHITE = 1.05
"""The tone that becomes white: paper keeps a little grey, and with it the soft edges of the letters."""
_CLEAR_INK = 0.45
_FULL_INK = 0.7
"""Tone above which nothing is taken for full ink, however faint the print is; grain is lighter."""
_LEAST_INK = 0.0002
"""Share of the page that must be ink for its tone to be known."""
_MEASURING_DPI = 100
_FEW_DOTS = 400
"""Fewer dark dots than this tell nothing about a page's direction."""
_COMPANY, _LEAST_COMPANY = 5, 14
"""How far, in dots of 1/100 inch, the ink around a dot counts that tells letters from specks, and how much there is."""
_BEYOND_GRAIN = 4.0
"""Ink is so many times as far from the paper's usual tone, at least, as the darker quarter of the dots."""
_SPECK = 1.7
"""Points: no letter, and no full stop of readable type, is smaller than a speck can be."""
_LONELY = 4.5
"""Points that a full stop or the dot of an i may lie from its letter; specks in the open lie farther."""


class Picture(NamedTuple):
    """A page made ready, and what was done to it."""

    grey: Grey
    dpi: float
    turn: int
    """Quarter turns clockwise that brought it upright."""
    skew: float
    """Degrees clockwise that it lay crooked after the turn; they are taken out."""
    tone: Grey
    """Tone of the paper in squares of `SQUARE` points, 1 for white: shaded areas stand out."""
    blobs: Blobs
    """What ink there is beside the rules."""
    flat: tuple[Stroke, ...]
    """Horizontal rules."""
    upright: tuple[Stroke, ...]
    """Vertical rules, x and y exchanged."""


def prepare(raw: Grey, dpi: float, *, turn: int | None = None) -> Picture:
    """The page in `raw` made ready; `turn` in quarter turns clockwise is measured when it isn't given."""
    import numpy

    raw = raw.squeeze()
    even, light = level_light(raw, dpi)
    small = _shrink(even, dpi)
    quarter = int(lies_sideways(small)) if turn is None else turn % 4
    skew = measure_skew(numpy.rot90(small, -quarter))
    tone = _tone(raw, light, dpi, quarter, skew)
    grey = turn_dark_areas(straighten(numpy.rot90(even, -quarter), skew), tone, dpi)
    picture = _finish(grey, dpi)
    if turn is None and seems_upside_down(picture.blobs, dpi):
        quarter += 2
        picture = _finish(numpy.ascontiguousarray(numpy.rot90(grey, 2)), dpi)
        tone = _tone(raw, light, dpi, quarter, skew)
    return picture._replace(turn=quarter, skew=skew, tone=tone)


def _finish(grey: Grey, dpi: float) -> Picture:
    """The straight picture without specks, with what was found in it."""
    flat, upright = find_rules(grey, dpi)
    drawn = draw_strokes(grey.shape, flat, upright)
    clean, blobs = drop_specks(grey, drawn, dpi)
    return Picture(clean, dpi, 0, 0.0, clean[:0], blobs, flat, upright)


def turn_dark_areas(grey: Grey, tone: Grey, dpi: float) -> Grey:
    """The picture with light letters on dark made dark letters on light."""
    import numpy

    dark = [area for area in find_shades(tone, square_of(dpi)) if area.dark]
    if not dark:
        return grey
    turned = grey.copy()
    for area in dark:
        rows, columns = _grow(grey, area, dpi)
        inside = turned[rows, columns].astype(numpy.int16)
        turned[rows, columns] = numpy.clip((PAPER - inside) * 1.25, 0, PAPER)
    return turned


def _grow(grey: Grey, area: Area, dpi: float) -> tuple[slice, slice]:
    """The dark area's rows and columns, to the dot: squares at its edge are dark in part."""
    point = dpi / 72
    top, bottom, x0, x1 = (round(edge * point) for edge in (area.top, area.bottom, area.x0, area.x1))
    for _ in range(round(SQUARE * point)):
        top -= int(top > 0 and grey[top - 1, x0:x1].mean() < PAPER / 2)
        bottom += int(bottom < grey.shape[0] and grey[bottom, x0:x1].mean() < PAPER / 2)
        x0 -= int(x0 > 0 and grey[top:bottom, x0 - 1].mean() < PAPER / 2)
        x1 += int(x1 < grey.shape[1] and grey[top:bottom, x1].mean() < PAPER / 2)
    return slice(top, bottom), slice(x0, x1)


# --- light ------------------------------------------------------------------------------------------------------------


def level_light(raw: Grey, dpi: float) -> tuple[Grey, Grey]:
    """The picture as if evenly lit and with full contrast, and how the light falls, square by square."""
    import numpy

    light = _light(_paper(raw, dpi))
    even = _unlit(raw, light)
    dots = even[::4, ::4]
    darkest = float(numpy.percentile(dots, 0.5)) / PAPER
    if darkest > _CLEAR_INK:  # little on the page or faint: the darkest dots may be grain, which would become ink
        ink = dots[dots < _FULL_INK * PAPER]
        darkest = float(numpy.percentile(ink, 10)) / PAPER if len(ink) > _LEAST_INK * dots.size else _FULL_INK
    scale = numpy.clip((numpy.arange(256) / PAPER - darkest) / (_WHITE - darkest), 0, 1) * PAPER
    return scale.astype(numpy.uint8)[even], light


def _paper(grey: Grey, dpi: float) -> Grey:
    """The tone of the paper in squares: that of the lighter dots there, beside ink and grain."""
    return _in_squares(*_reduced(grey, dpi))


def _in_squares(small: Grey, side: int) -> Grey:
    import numpy

    rows, columns = -small.shape[0] % side, -small.shape[1] % side
    padded = numpy.pad(small, ((0, rows), (0, columns)), mode="edge")
    squares = padded.reshape(padded.shape[0] // side, side, padded.shape[1] // side, side)
    dots = squares.transpose(0, 2, 1, 3).reshape(squares.shape[0], squares.shape[2], -1)
    rank = int(0.7 * side * side)
    levels: Grey = numpy.partition(dots, rank, axis=2)[:, :, rank].astype(numpy.float32)
    return levels


def _reduced(grey: Grey, dpi: float) -> tuple[Grey, int]:
    """The picture at about 100 dots an inch, and the side of a square in its dots."""
    import numpy
    from PIL import Image

    factor = max(1, round(dpi / _MEASURING_DPI))
    small = numpy.asarray(Image.fromarray(numpy.ascontiguousarray(grey)).reduce(factor))
    return small, max(2, round(SQUARE * dpi / 72 / factor))


def square_of(dpi: float) -> float:
    """The side, in points, of the squares in which the paper's tone is taken: whole dots, so not quite `SQUARE`."""
    factor = max(1, round(dpi / _MEASURING_DPI))
    return max(2, round(SQUARE * dpi / 72 / factor)) * factor * 72 / dpi


def _light(paper: Grey) -> Grey:
    """Where the light falls, without what is printed: dark areas narrower than the reach are filled from around."""
    light = paper
    for rank in (-3, 2):  # the lightest near, then the darkest of those; not the very first: reflections, specks
        for axis in (0, 1):
            light = _ranked_near(light, rank, axis)
    for axis in (0, 1):
        light = _windows(light, _REACH // 2, axis).mean(axis=2)
    return light


def _windows(levels: Grey, reach: int, axis: int) -> Grey:
    import numpy

    width = [(0, 0), (0, 0)]
    width[axis] = (reach, reach)
    return numpy.lib.stride_tricks.sliding_window_view(numpy.pad(levels, width, mode="edge"), 2 * reach + 1, axis=axis)


def _ranked_near(levels: Grey, rank: int, axis: int) -> Grey:
    import numpy

    ranked: Grey = numpy.partition(_windows(levels, _REACH, axis), rank, axis=2)[:, :, rank]
    return ranked


def _unlit(raw: Grey, light: Grey) -> Grey:
    """The picture divided by the light that falls on it."""
    import numpy
    from PIL import Image

    large = Image.fromarray(light.astype(numpy.float32)).resize((raw.shape[1], raw.shape[0]), Image.Resampling.BILINEAR)
    even = raw * (PAPER / numpy.maximum(numpy.asarray(large), 1))
    unlit: Grey = numpy.minimum(even, PAPER).astype(numpy.uint8)
    return unlit


def _tone(raw: Grey, light: Grey, dpi: float, quarter: int, skew: float) -> Grey:
    """The tone of the paper in squares, 1 for white, of the page made upright and straight."""
    import numpy

    small, side = _reduced(raw, dpi)
    straight = straighten(numpy.rot90(_unlit(small, light), -quarter), skew)
    tone = _in_squares(straight, side)
    usual: Grey = tone / max(1.0, float(numpy.median(tone)))
    return usual


# --- direction --------------------------------------------------------------------------------------------------------


def _shrink(grey: Grey, dpi: float) -> Mask:
    """Where there is ink in company, at a fraction of the resolution: thin strokes count, specks and grain don't."""
    import numpy

    small = _reduced(grey, dpi)[0]
    quarter, usual = numpy.percentile(small[::2, ::2], (25, 50))
    dark: Mask = small < min(INK_LEVEL + 40, usual - _BEYOND_GRAIN * (usual - quarter))
    shrunk: Mask = dark & (count_near(dark, _COMPANY) >= _LEAST_COMPANY)
    return shrunk


def lies_sideways(small: Mask) -> bool:
    """True when the rows of text run from top to bottom."""
    import numpy

    letters = small & ~_in_long_runs(small, 40) & ~_in_long_runs(small.T, 40).T
    if numpy.count_nonzero(letters) < _FEW_DOTS:
        return False
    return _best_skew(letters.T)[1] > 1.25 * _best_skew(letters)[1]


def _in_long_runs(mask: Mask, length: int) -> Mask:
    """The dots that stand in a run of at least `length` in their row."""
    import numpy

    if mask.shape[1] <= length:
        return numpy.zeros_like(mask)
    sums = numpy.pad(numpy.cumsum(mask, axis=1, dtype=numpy.int32), ((0, 0), (1, 0)))
    full = sums[:, length:] - sums[:, :-length] == length
    steps = numpy.zeros((mask.shape[0], mask.shape[1] + 1), dtype=numpy.int32)
    steps[:, : full.shape[1]] += full
    steps[:, length:] -= full
    runs: Mask = numpy.cumsum(steps, axis=1)[:, :-1] > 0
    return runs


def measure_skew(small: Mask) -> float:
    """How many degrees clockwise a page lies crooked; 0 when it has too little on it to tell."""
    import numpy

    return _best_skew(small)[0] if numpy.count_nonzero(small) >= _FEW_DOTS else 0.0


def _best_skew(small: Mask) -> tuple[float, float]:
    """The angle at which the rows stand out most, and how much they do (1 for ink spread evenly)."""
    import numpy

    rows, columns = numpy.nonzero(small)
    step = max(1, len(rows) // 40_000)
    rows, columns = rows[::step].astype(numpy.float32), columns[::step].astype(numpy.float32)
    # A dot is a square: its ink lies anywhere in it. Taken as a point, rows would look sharpest unturned.
    rows += (numpy.arange(len(rows)) * 0.618034 % 1).astype(numpy.float32)
    sharpness = _Sharpness(rows, columns - columns.mean())
    best = max(numpy.arange(-LARGEST_SKEW, LARGEST_SKEW + 0.1, 0.5), key=sharpness)
    for finer in (0.1, 0.02):
        best = max(best + finer * numpy.arange(-5, 6), key=sharpness)
    return float(best), sharpness(best)


class _Sharpness:
    """How unevenly the ink falls on rows that run downhill by an angle."""

    def __init__(self, rows: Grey, columns: Grey) -> None:
        self.rows = rows
        self.columns = columns
        self.known: dict[float, float] = {}

    def __call__(self, angle: float) -> float:
        import numpy

        angle = round(float(angle), 3)
        if angle not in self.known:
            places = self.rows - self.columns * numpy.float32(numpy.tan(numpy.radians(angle)))
            counts = numpy.bincount((places - places.min()).astype(numpy.int32)).astype(numpy.float64)
            self.known[angle] = float((counts**2).mean() / counts.mean() ** 2)
        return self.known[angle]


def straighten(grey: Grey, skew: float) -> Grey:
    """The picture turned back by `skew` degrees about its middle, its size kept."""
    import numpy
    from PIL import Image

    if abs(skew) < 0.03:
        return numpy.ascontiguousarray(grey)
    image = Image.fromarray(numpy.ascontiguousarray(grey))
    return numpy.asarray(image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=PAPER))


def seems_upside_down(blobs: Blobs, dpi: float) -> bool:
    """True when letters hang below their rows more than they rise above them.

    Latin letters share the baseline: from one to the next the upper edge moves more than the lower one.
    """
    import numpy

    tall = blobs.height >= 3 * dpi / 72
    if numpy.count_nonzero(tall) < 60:
        return False
    usual = float(numpy.median(blobs.height[tall]))
    letters = tall & (blobs.height > 0.6 * usual) & (blobs.height < 1.8 * usual) & (blobs.width < 2.5 * usual)
    top, bottom, x0 = blobs.top[letters], blobs.bottom[letters], blobs.x0[letters]
    order = numpy.lexsort((x0, numpy.round((top + bottom) / (4 * usual))))
    rise, fall, step = (numpy.abs(numpy.diff(edge[order])) for edge in (top, bottom, x0))
    beside = (step < 2.5 * usual) & (rise + fall < 1.5 * usual)
    return bool(fall[beside].sum() > 1.1 * rise[beside].sum())


# --- specks -----------------------------------------------------------------------------------------------------------


def drop_specks(grey: Grey, drawn: Mask, dpi: float) -> tuple[Grey, Blobs]:
    """The picture without specks in the open, and the blobs of ink that are left; what is `drawn` is no blob."""
    import numpy

    point = dpi / 72
    mask = (grey < INK_LEVEL) & ~drawn
    blobs = find_blobs(mask)
    tiny = (blobs.width <= _SPECK * point) & (blobs.height <= _SPECK * point)
    if not tiny.any():
        return grey, blobs
    letters = paint(mask.shape, blobs, blobs.height >= 3.0 * point)
    # At half the resolution: a dot more or less does not matter, and it takes a quarter of the time.
    near = count_near(_halved(letters), round(_LONELY * point / 2)) > 0
    rows, columns = (blobs.top + blobs.bottom) // 4, (blobs.x0 + blobs.x1) // 4
    faint = blobs.area <= max(2, round(0.25 * point**2))
    lonely = tiny & (~near[rows, columns] | faint) & ~_in_company(blobs, tiny, point)
    specks = widen(paint(mask.shape, blobs, lonely), 1)
    return numpy.where(specks, PAPER, grey).astype(numpy.uint8), _without(blobs, lonely)


def _halved(mask: Mask) -> Mask:
    """The mask with four dots in one, which is set when any of them is."""
    import numpy

    padded = numpy.pad(mask, [(0, side % 2) for side in mask.shape])
    halved: Mask = padded[::2, ::2] | padded[1::2, ::2] | padded[::2, 1::2] | padded[1::2, 1::2]
    return halved


def _in_company(blobs: Blobs, tiny: Mask, point: float) -> Mask:
    """The tiny blobs that stand in a row of dots of one size, as where names are to be written."""
    import numpy

    found = numpy.zeros(len(blobs.area), dtype=bool)
    which = numpy.nonzero(tiny & (blobs.area > 2))[0]
    if len(which) < 5:
        return found
    order = numpy.lexsort((blobs.x0[which], numpy.round(blobs.bottom[which] / (2 * point))))
    which = which[order]
    steps = numpy.diff(blobs.x0[which])
    level = numpy.abs(numpy.diff(blobs.bottom[which])) <= 0.7 * point
    linked = level & (steps > 0) & (steps <= 6 * point)
    # Two dots may meet by chance, five at one distance do not.
    even = linked[:-1] & linked[1:] & (numpy.abs(numpy.diff(steps)) <= 1.2 * point)
    runs = even[:-2] & even[1:-1] & even[2:]
    for shift in range(5):
        found[which[shift : shift + len(runs)][runs]] = True
    return found


def _without(blobs: Blobs, dropped: Mask) -> Blobs:
    import numpy

    kept = ~dropped
    number = numpy.cumsum(kept) - 1
    runs = kept[blobs.blob]
    return Blobs(
        blobs.x0[kept],
        blobs.top[kept],
        blobs.x1[kept],
        blobs.bottom[kept],
        blobs.area[kept],
        blobs.row[runs],
        blobs.start[runs],
        blobs.end[runs],
        number[blobs.blob[runs]],
    )
