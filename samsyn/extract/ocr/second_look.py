"""A second look at what the first left out or was unsure of: the same ink, cut out and set as lines of their own.

Looking over a whole page, Tesseract passes over list numbers that stand apart and stumbles where a speck or a rule is
near. Cut out and put below one another, with nothing around them, most of these are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from samsyn.extract.ocr.ink import paint, widen
from samsyn.extract.ocr.measure import Measured, Measurement
from samsyn.extract.ocr.picture import PAPER, Picture
from samsyn.extract.ocr.tesseract import ONE_BLOCK, Engine, Seen, see_words
from samsyn.extract.ocr.type_size import TALL_SHARE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

UNSURE = 0.6
"""Words trusted less than this are looked at again."""
_SURE = 0.5
"""What was left out before is taken when it is trusted so much."""
_BETTER = 0.85
"""A second reading takes the place of the first when it is trusted so much."""
_SIGNS = frozenset("%§&+€")
"""Signs that are read better in their line than cut out."""
_MOST = 120
"""Cuttings to a page; where there are more, it is a picture that was taken for text."""
_NAME = 4
"""Letters; a line that a pen has run into is read again when so many stand free of it."""
_LINE_NUMBERS = 1_000_000
"""New words get line numbers of their own, above those of the page."""


class _Cutting(NamedTuple):
    """A piece of the page: its box, the ink to show of it, and the word it is of; None for ink that had none."""

    x0: int
    top: int
    x1: int
    bottom: int
    blobs: Numbers | None
    word: int | None


def look_again(engine: Engine, picture: Picture, measurement: Measurement, *, language: str) -> tuple[Seen, ...]:
    """The words of the page, unsure ones replaced where they were read better, left out ones added."""
    words: list[Seen | None] = [word.seen for word in measurement.words]
    cuttings = [*_unsure(measurement), *_left_out(picture, measurement)]
    if not cuttings or len(cuttings) > _MOST:
        return tuple(word.seen for word in measurement.words)
    tall = _tall(measurement)
    gap = max(6, round(1.2 * tall))
    sheet, places = _paste(picture, cuttings, gap=gap)
    found = see_words(engine, sheet, picture.dpi, language=language, segmentation=ONE_BLOCK)
    for cutting, top, bottom in zip(cuttings, places, [*places[1:], sheet.shape[0]], strict=True):
        inside = [word for word in found if top - tall / 2 <= (word.top + word.bottom) / 2 < bottom - tall / 2]
        _take(words, cutting, [_back(word, cutting, top, gap) for word in inside])
    return tuple(word for word in words if word is not None)


def _back(word: Seen, cutting: _Cutting, top: int, left: int) -> Seen:
    """The word where it stands on the page, with a line of the page's own."""
    across, down = max(0, cutting.x0) - left, max(0, cutting.top) - top
    return Seen(
        word.text,
        word.x0 + across,
        word.top + down,
        word.x1 + across,
        word.bottom + down,
        word.confidence,
        _LINE_NUMBERS + 10_000 * cutting.top + cutting.x0,
    )


def _tall(measurement: Measurement) -> float:
    sizes = sorted(word.size for word in measurement.words if word.size)
    return TALL_SHARE * sizes[len(sizes) // 2] if sizes else 0.0


def _unsure(measurement: Measurement) -> list[_Cutting]:
    cuttings = []
    for index, word in enumerate(measurement.words):
        text = word.seen.text
        if word.seen.confidence >= UNSURE or not word.size or word.x1 <= word.x0:
            continue
        if not any(letter.isalnum() for letter in text) or set(text) & _SIGNS:
            continue
        top, bottom = round(word.baseline - 0.95 * word.size), round(word.baseline + 0.3 * word.size)
        cuttings.append(_Cutting(round(word.x0) - 2, top, round(word.x1) + 2, bottom, None, index))
    return cuttings


def _left_out(picture: Picture, measurement: Measurement) -> list[_Cutting]:
    """Groups of loose blobs that are as tall as the page's letters, with the dots that belong to them."""
    blobs, tall = picture.blobs, _tall(measurement)
    if not tall:
        return []
    loose = measurement.loose
    height, width = blobs.height[loose], blobs.width[loose]
    letters = loose[(height >= 0.55 * tall) & (height <= 1.7 * tall) & (width <= 3 * tall)]
    dots = loose[(height < 0.55 * tall) & (width <= tall)]
    groups: list[list[int]] = []
    for letter in sorted(letters.tolist(), key=lambda letter: int(blobs.x0[letter])):
        home = next((group for group in groups if _follows(picture, group[-1], letter, tall)), None)
        if home is None:
            groups.append([letter])
        else:
            home.append(letter)
    large = loose[(height > 1.7 * tall) & (width < 40 * tall)]
    cuttings = []
    for group in groups:
        if not _touches(picture, group, large, tall):
            cuttings.append(_cut_out(picture, group, dots, tall))
        elif len(group) >= _NAME:
            cuttings.append(_cut_strip(picture, group, measurement.words, tall))
    return cuttings


def _touches(picture: Picture, group: Sequence[int], large: Numbers, tall: float) -> bool:
    """True when a group stands in or at a large blob: what is left of letters that a pen has run through."""
    blobs = picture.blobs
    margin = 0.5 * tall
    x0, x1 = blobs.x0[group].min() - margin, blobs.x1[group].max() + margin
    top, bottom = blobs.top[group].min() - margin, blobs.bottom[group].max() + margin
    meets = (blobs.x0[large] < x1) & (blobs.x1[large] > x0) & (blobs.top[large] < bottom) & (blobs.bottom[large] > top)
    return bool(meets.any())


def _cut_strip(picture: Picture, group: Sequence[int], words: Sequence[Measured], tall: float) -> _Cutting:
    """The strip of the page that a line of letters stands in, with whatever else runs through it.

    It goes on to the end of the words beside the letters, which may be the other half of the same name.
    """
    blobs = picture.blobs
    bottom = sorted(int(blobs.bottom[letter]) for letter in group)[len(group) // 2]
    x0, x1 = int(blobs.x0[group].min() - 1.8 * tall), int(blobs.x1[group].max() + 1.8 * tall)
    beside = [word for word in words if abs(word.baseline - bottom) < 0.4 * tall and x0 < word.x1 and word.x0 < x1]
    x0, x1 = min([x0, *(int(word.x0) - 4 for word in beside)]), max([x1, *(int(word.x1) + 4 for word in beside)])
    return _Cutting(x0, int(bottom - 1.3 * tall), x1, int(bottom + 0.4 * tall), None, None)


def _follows(picture: Picture, before: int, letter: int, tall: float) -> bool:
    blobs = picture.blobs
    gap = blobs.x0[letter] - blobs.x1[before]
    shared = min(blobs.bottom[letter], blobs.bottom[before]) - max(blobs.top[letter], blobs.top[before])
    return bool(gap <= 0.9 * tall and shared >= 0.5 * min(blobs.height[letter], blobs.height[before]))


def _cut_out(picture: Picture, group: list[int], dots: Numbers, tall: float) -> _Cutting:
    import numpy

    blobs = picture.blobs
    x0, x1 = blobs.x0[group].min() - 0.6 * tall, blobs.x1[group].max() + 0.6 * tall
    top, bottom = blobs.top[group].min() - 0.4 * tall, blobs.bottom[group].max() + 0.3 * tall
    across, down = (blobs.x0[dots] + blobs.x1[dots]) / 2, (blobs.top[dots] + blobs.bottom[dots]) / 2
    near = dots[(across >= x0) & (across <= x1) & (down >= top) & (down <= bottom)]
    members = numpy.concatenate([numpy.asarray(group), near])
    return _Cutting(
        int(blobs.x0[members].min()) - 2,
        int(blobs.top[members].min()) - 2,
        int(blobs.x1[members].max()) + 2,
        int(blobs.bottom[members].max()) + 2,
        members,
        None,
    )


def _paste(picture: Picture, cuttings: Sequence[_Cutting], *, gap: int) -> tuple[Any, list[int]]:
    """The cuttings one below the other on white paper, and where each begins."""
    import numpy

    pieces = [_piece(picture, cutting) for cutting in cuttings]
    width = max(piece.shape[1] for piece in pieces) + 2 * gap
    places, top = [], gap
    for piece in pieces:
        places.append(top)
        top += piece.shape[0] + gap
    sheet = numpy.full((top, width), PAPER, dtype=numpy.uint8)
    for piece, place in zip(pieces, places, strict=True):
        sheet[place : place + piece.shape[0], gap : gap + piece.shape[1]] = piece
    return sheet, places


def _piece(picture: Picture, cutting: _Cutting) -> Any:
    import numpy

    rows = slice(max(0, cutting.top), cutting.bottom)
    columns = slice(max(0, cutting.x0), cutting.x1)
    piece = picture.grey[rows, columns]
    if cutting.blobs is None:
        return piece
    chosen = numpy.zeros(len(picture.blobs.area), dtype=bool)
    chosen[cutting.blobs] = True
    shown = widen(paint(picture.grey.shape, picture.blobs, chosen)[rows, columns], 2)
    return numpy.where(shown, piece, PAPER)


def _take(words: list[Seen | None], cutting: _Cutting, found: Sequence[Seen]) -> None:
    """Puts what was found in a cutting in the place of the words it is of, or adds it to the words."""
    if cutting.word is not None:
        before = words[cutting.word]
        if before is not None and len(found) == 1 and found[0].confidence >= _BETTER:
            words[cutting.word] = before._replace(text=found[0].text, confidence=found[0].confidence)
        return
    for new in found:
        if new.confidence < _SURE or not any(letter.isalnum() for letter in new.text):
            continue
        under = [index for index, word in enumerate(words) if word is not None and _overlap(new, word)]
        if all(_is_worse(words[index], new) for index in under):
            for index in under:
                words[index] = None
            words.append(new)


def _is_worse(old: Seen | None, new: Seen) -> bool:
    return old is None or (old.confidence < UNSURE and old.confidence < new.confidence)


def _overlap(new: Seen, word: Seen) -> bool:
    """True when much of either of two words lies in the other."""
    across = min(new.x1, word.x1) - max(new.x0, word.x0)
    down = min(new.bottom, word.bottom) - max(new.top, word.top)
    smaller = min((one.x1 - one.x0) * (one.bottom - one.top) for one in (new, word))
    return across > 0 and down > 0 and across * down > 0.4 * smaller
