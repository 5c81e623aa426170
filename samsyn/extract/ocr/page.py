"""One rendered page → what was recognised on it, in points: words with trust and measures, rules, shades, dots.

Everything here concerns one page alone, so that pages can be recognised side by side and kept in a cache; what a
whole document tells (which sizes and weights there are, which words it uses) is settled afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from samsyn.extract.ocr.ink import Blobs
from samsyn.extract.ocr.marks import DOT_LIKE, Shape, is_full_stop, right_marks, rows_of_dots, shape_of
from samsyn.extract.ocr.measure import Measured, Measurement, measure_words
from samsyn.extract.ocr.picture import Picture, prepare, square_of
from samsyn.extract.ocr.rules import SHORTEST, Stroke
from samsyn.extract.ocr.second_look import look_again
from samsyn.extract.ocr.shades import find_shades
from samsyn.extract.ocr.tesseract import Engine, Seen, see_words
from samsyn.extract.ocr.type_size import TALL_SHARE
from samsyn.extract.readers.layout_page import Rule, Shade
from samsyn.models.source import Box

if TYPE_CHECKING:
    from samsyn.extract.ocr.ink import Grey

_HARDLY = 0.3
"""Trust below which a word without a good look is noise."""
_POOR = 0.55
"""Mean trust below which a page may have been looked at the wrong way up."""
_FLAT = 0.26
"""Type sizes: what is lower is no letter."""
_FILLER = 4
"""A row of so many marks may be a line to write on."""
_SNAP = 5.0
"""Points that a rule may end short of the one it meets."""


class ScannedWord(NamedTuple):
    """A recognised word, in points; size and weight are as measured, not yet settled for the document."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    weight: float
    confidence: float


class ScannedPage(NamedTuple):
    """What was recognised on a page: plain values that a cache can keep."""

    number: int
    width: float
    height: float
    """Size in points once upright."""
    turn: int
    """Quarter turns clockwise that brought it upright."""
    skew: float
    """Degrees clockwise that it lay crooked."""
    words: tuple[ScannedWord, ...]
    rules: tuple[Rule, ...]
    shades: tuple[Shade, ...]
    dots: tuple[Box, ...]
    """Filled dots: bullets, when text stands to the right."""

    @property
    def confidence(self) -> float:
        """Mean trust in the page's letters, 0-1; 1 for a page without any."""
        letters = sum(len(word.text) for word in self.words)
        return sum(len(word.text) * word.confidence for word in self.words) / letters if letters else 1.0


def scan_page(raw: Grey, number: int, dpi: float, engine: Engine, language: str) -> ScannedPage:
    """The recognised page; `raw` is its rendering in grey. Raises ProgramFailed when Tesseract fails over it."""
    picture = prepare(raw, dpi)
    page = _recognise(picture, number, engine, language)
    if page.words and page.confidence < _POOR:
        turned = _recognise(prepare(raw, dpi, turn=picture.turn + 2), number, engine, language)
        if turned.confidence > page.confidence + 0.1 and len(turned.words) >= len(page.words) / 2:
            return turned
    return page


def _recognise(picture: Picture, number: int, engine: Engine, language: str) -> ScannedPage:
    seen = see_words(engine, picture.grey, picture.dpi, language=language)
    measurement = measure_words(picture, seen)
    again = look_again(engine, picture, measurement, language=language)
    if again != tuple(word.seen for word in measurement.words):
        measurement = measure_words(picture, again)
    return build_page(picture, measurement, number)


def measure_page(raw: Grey, number: int, dpi: float, words: Sequence[tuple[str, Box]]) -> ScannedPage:
    """The page as if its `words` (with boxes in points) had been recognised: for pictures that have a text layer."""
    picture = prepare(raw, dpi, turn=0)
    scale = dpi / 72
    seen = []
    for line, (text, box) in enumerate(words):
        x0, top, x1, bottom = (round(edge * scale) for edge in _unskewed(box, picture))
        seen.append(Seen(text, x0, top, x1, bottom, 1.0, line))
    return build_page(picture, measure_words(picture, seen), number)


def _unskewed(box: Box, picture: Picture) -> Box:
    """A box of the page as it lay, in the straightened picture."""
    import math

    angle = math.radians(picture.skew)
    middle_x, middle_y = (side * 36 / picture.dpi for side in (picture.grey.shape[1], picture.grey.shape[0]))
    x, y = (box.x0 + box.x1) / 2 - middle_x, (box.top + box.bottom) / 2 - middle_y
    across = x * math.cos(angle) + y * math.sin(angle) - x
    down = y * math.cos(angle) - x * math.sin(angle) - y
    return Box(box.x0 + across, box.top + down, box.x1 + across, box.bottom + down)


# --- from dots to points ----------------------------------------------------------------------------------------------


class _Frame(NamedTuple):
    """Turns dots into points and takes out what is left of the skew."""

    point: float
    slope: float
    middle_x: float
    middle_y: float

    def x(self, x: float, y: float) -> float:
        return (x + self.slope * (y - self.middle_y)) / self.point

    def y(self, x: float, y: float) -> float:
        return (y - self.slope * (x - self.middle_x)) / self.point


def build_page(picture: Picture, measurement: Measurement, number: int) -> ScannedPage:
    """The page's values in points; noise that was taken for text is left out."""
    rows, columns = picture.grey.shape
    point = picture.dpi / 72
    frame = _Frame(point, measurement.slope, columns / 2, rows / 2)
    words, dots = _words_and_dots(picture, measurement, frame)
    square = square_of(picture.dpi)
    shades = tuple(
        Shade(area.x0 - square / 3, area.top - square / 3, area.x1 + square / 3, area.bottom + square / 3, area.dark)
        for area in find_shades(picture.tone, square)
    )
    rules = tuple(_rules(picture, measurement, frame))
    return ScannedPage(
        number, columns / point, rows / point, picture.turn % 4, picture.skew, tuple(words), rules, shades, tuple(dots)
    )


# --- words and dots ---------------------------------------------------------------------------------------------------


def _words_and_dots(picture: Picture, measurement: Measurement, frame: _Frame) -> tuple[list[ScannedWord], list[Box]]:
    """The words that are text, and the filled dots among words and loose blobs."""
    usual = _usual_size(measurement)
    words: list[ScannedWord] = []
    dots: list[Box] = []
    for word in measurement.words:
        shape = shape_of(word, picture.blobs)
        if shape is None or _is_noise(word, shape, usual):
            continue
        if _is_flat(word, shape, usual):
            words.append(_filler(shape, usual, frame))
            continue
        if len(word.seen.text) <= 2 and set(word.seen.text) <= DOT_LIKE and _is_bullet(word, shape, usual):
            dots.append(_box(shape, frame))
        else:
            text = right_marks(word, picture.blobs, usual) + _lost_stop(word, measurement, picture.blobs)
            words.append(_word(word, text, frame))
    dots.extend(_box(shape, frame) for shape in _loose_dots(picture, measurement, usual))
    for row in rows_of_dots(picture.blobs, measurement.loose.tolist(), usual):
        words.append(_filler(row, usual, frame))
    return words, dots


def _filler(row: Shape, usual: float, frame: _Frame) -> ScannedWord:
    """The word for a row of dots to write on, in the type of the page."""
    middle, size = (row.x0 + row.x1) / 2, round(usual / frame.point, 2)
    return ScannedWord(
        text="." * max(5, round((row.x1 - row.x0) / (0.25 * usual))),
        x0=round(frame.x(row.x0, row.bottom), 2),
        x1=round(frame.x(row.x1, row.bottom), 2),
        baseline=round(frame.y(middle, row.bottom), 2),
        size=size,
        weight=0.0,
        confidence=1.0,
    )


def _word(word: Measured, text: str, frame: _Frame) -> ScannedWord:
    middle = (word.x0 + word.x1) / 2
    return ScannedWord(
        text=text,
        x0=round(frame.x(word.x0, word.baseline), 2),
        x1=round(frame.x(word.x1, word.baseline), 2),
        baseline=round(frame.y(middle, word.baseline), 2),
        size=round(word.size / frame.point, 2),
        weight=round(word.weight, 4),
        confidence=round(word.seen.confidence, 3),
    )


def _usual_size(measurement: Measurement) -> float:
    sizes = sorted(word.size for word in measurement.words if word.size)
    return sizes[len(sizes) // 2] if sizes else 0.0


def _is_noise(word: Measured, shape: Shape, usual: float) -> bool:
    """True for what is no text: marks that are hardly trusted, and scribbles, which are far taller than the letters."""
    text, trust = word.seen.text, word.seen.confidence
    letters = sum(letter.isalnum() for letter in text)
    if not letters:
        return trust < _HARDLY and len(word.letters) < _FILLER
    if shape.height < _FLAT * usual and shape.width < usual:
        return True
    if trust < _HARDLY and (letters < 3 or 2 * letters < len(text)):
        return True
    return trust < 2 * _HARDLY and shape.height > 2.2 * TALL_SHARE * usual


def _is_flat(word: Measured, shape: Shape, usual: float) -> bool:
    """True for what was taken for letters and is a row of dots to write on: no letter is so low."""
    return any(letter.isalnum() for letter in word.seen.text) and shape.height < _FLAT * usual


def _is_bullet(word: Measured, shape: Shape, usual: float) -> bool:
    """True for a filled dot at the height of small letters; on the line it is a full stop."""
    size = word.size or usual
    return shape.is_dot(size) and not (word.size and shape.bottom > word.baseline - 0.06 * size)


def _loose_dots(picture: Picture, measurement: Measurement, usual: float) -> Iterable[Shape]:
    """Loose blobs that have a bullet's shape."""
    blobs = picture.blobs
    for index in measurement.loose:
        edges = (blobs.x0[index], blobs.top[index], blobs.x1[index], blobs.bottom[index], blobs.area[index])
        shape = Shape(*(float(edge) for edge in edges))
        if usual and shape.is_dot(usual):
            yield shape


def _lost_stop(word: Measured, measurement: Measurement, blobs: Blobs) -> str:
    """A full stop that stands behind the word and that no word has."""
    if not word.size or not word.seen.text[-1].isalnum():
        return ""
    near = measurement.loose[(blobs.x0[measurement.loose] >= word.x1 - 1)]
    near = near[blobs.x0[near] <= word.x1 + word.size / 2]
    return "." if any(is_full_stop(index, word, blobs) for index in near) else ""


def _box(shape: Shape, frame: _Frame) -> Box:
    x, y = (shape.x0 + shape.x1) / 2, (shape.top + shape.bottom) / 2
    return Box(frame.x(shape.x0, y), frame.y(x, shape.top), frame.x(shape.x1, y), frame.y(x, shape.bottom))


# --- rules ------------------------------------------------------------------------------------------------------------


def _rules(picture: Picture, measurement: Measurement, frame: _Frame) -> Iterable[Rule]:
    """The rules of the page that are no strokes of letters, drawn out to those they meet."""
    words = [word for word in measurement.words if word.size and len(word.letters)]
    flat = [stroke for stroke in picture.flat if not _lies_in_words(stroke, words, upright=False)]
    upright = [stroke for stroke in picture.upright if not _lies_in_words(stroke, words, upright=True)]
    upright = [part for stroke in upright for part in _cut_at_words(stroke, words, frame.point)]
    reach = _SNAP * frame.point
    for stroke in flat:
        start, end = _meet(stroke, upright, reach)
        y = frame.y((start + end) / 2, stroke.place)
        yield Rule(frame.x(start, stroke.place), y, frame.x(end, stroke.place), y)
    for stroke in upright:
        start, end = _meet(stroke, flat, reach)
        x = frame.x(stroke.place, (start + end) / 2)
        yield Rule(x, frame.y(stroke.place, start), x, frame.y(stroke.place, end))


def _lies_in_words(stroke: Stroke, words: Sequence[Measured], *, upright: bool) -> bool:
    """True when most of a stroke lies in the letters of words; an underline lies below them."""
    covered = 0.0
    for word in words:
        top, bottom = word.baseline - 0.74 * word.size, word.baseline + 0.07 * word.size
        near, far = (word.x0 - 1, word.x1 + 1), (top, bottom)
        across, along = (near, far) if upright else (far, near)
        if across[0] <= stroke.place <= across[1]:
            covered += max(0.0, min(stroke.end, along[1]) - max(stroke.start, along[0]))
    return covered > 0.5 * (stroke.end - stroke.start)


def _cut_at_words(stroke: Stroke, words: Sequence[Measured], point: float) -> Iterable[Stroke]:
    """The parts of an upright rule between words that run across it: a letter's stem may fill a gap in it."""
    start = stroke.start
    for word in sorted(words, key=lambda word: word.baseline):
        margin = max(0.35 * word.size, 0.12 * (word.x1 - word.x0))
        top, bottom = word.baseline - 0.8 * word.size, word.baseline + 0.25 * word.size
        if word.x0 + margin < stroke.place < word.x1 - margin and start < bottom and top < stroke.end:
            if top - start >= SHORTEST / 2 * point:
                yield stroke._replace(start=start, end=top)
            start = max(start, bottom)
    if stroke.end - start >= SHORTEST / 2 * point:
        yield stroke._replace(start=start)


def _meet(stroke: Stroke, others: Sequence[Stroke], reach: float) -> tuple[float, float]:
    """The ends of a stroke, drawn out to a stroke across that runs past it within reach."""
    start, end = stroke.start, stroke.end
    for other in others:
        if not other.start - reach <= stroke.place <= other.end + reach:
            continue
        if 0 < start - other.place <= reach:
            start = other.place
        if 0 < other.place - end <= reach:
            end = other.place
    return start, end
