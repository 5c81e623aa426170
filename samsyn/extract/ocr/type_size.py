"""How far the letters of a line rise above it → the size of its type.

Tall letters tell best. Where a line has few of them, a ring or a speck may have run into one; if its size is none that
the page has otherwise, its small letters tell which it is. How tall these are is the type's own, and measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

TALL_SHARE, SMALL_SHARE = 0.705, 0.495
"""How much of the type size tall letters (capitals, b, d, h, k, l, digits) and small ones (x) reach above the line."""
_TALL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789bdfhklß")
_SMALL = frozenset("acegimnopqrsuvwxyz")
_RINGED = frozenset("åÅÄÖÉ")
_REACHES = ((frozenset("ÅÄÖÉ"), 0.8, 0.2), (frozenset("å"), 0.62, 0.1), (frozenset("t"), 0.62, 0.3))
"""How much of the type size a word without tall letters reaches above its line, and how alike types are in it."""
_ENOUGH_TALL, _ENOUGH_SMALL = 4, 3
_AGREE = 0.05
"""Sizes that differ by no more, as a share, are one."""


class Heights(NamedTuple):
    """What the letters of a line say of its type size; 0 where they say nothing."""

    size: float
    """By the tall letters, or the tallest there are."""
    tall: int
    """How many tall letters there are."""
    rise: float
    """How far the small letters rise above the line."""
    small: int
    """How many small letters there are."""


def heights_of(words: Iterable[tuple[str, Numbers]]) -> Heights:
    """The heights in a line of words, each with how far its letters rise above the line, in any order."""
    sizes: list[tuple[float, float]] = []
    rises: list[tuple[float, float]] = []
    tall = small = 0
    for text, rise in words:
        if not len(rise) or not any(letter.isalnum() for letter in text):
            continue
        tallest = sorted(rise.tolist(), reverse=True)
        sizes.append(_word_size(text, tallest))
        tall += sum(letter in _TALL for letter in text)
        low = sum(letter in _SMALL for letter in text)
        if low:
            small += low
            letters = sum(letter.isalnum() for letter in text)
            lowest = tallest[-max(1, round(low * len(tallest) / letters)) :]
            rises.append((lowest[len(lowest) // 2], float(low)))
    return Heights(weighted_median(sizes), tall, weighted_median(rises), small)


def type_sizes(lines: Sequence[Heights]) -> list[float]:
    """The type sizes of a page's lines."""
    well = [line for line in lines if line.tall >= _ENOUGH_TALL and line.size]
    known = sorted(line.size for line in well)
    share = weighted_median([(line.rise / line.size, float(line.small)) for line in well if line.small > _ENOUGH_SMALL])
    return [line.size if line in well else _settle(line, share or SMALL_SHARE, known) for line in lines]


def _settle(line: Heights, share: float, known: Sequence[float]) -> float:
    """The size of a line with few tall letters: one that the page has for sure, if its small letters say so."""
    if line.small < _ENOUGH_SMALL or any(abs(line.size - size) <= _AGREE / 2 * size for size in known):
        return line.size
    by_small = line.rise / share
    near = [size for size in known if abs(by_small - size) <= _AGREE * size]
    return near[len(near) // 2] if near else line.size


def _word_size(text: str, rise: Sequence[float]) -> tuple[float, float]:
    """The size that a word's letters speak of by how far they rise above the line, tallest first; and its weight."""
    ringed, tall = (sum(letter in among for letter in text) for among in (_RINGED, _TALL))
    if tall:
        # A ring or dots that have run into their letter rise above the tall ones.
        skipped = ringed if len(rise) > ringed and (tall > 1 or _is_tall(rise, ringed)) else 0
        return rise[skipped] / TALL_SHARE, float(len(text))
    for among, share, trust in _REACHES:
        if set(text) & among:
            return rise[0] / share, trust * len(text)
    return rise[len(rise) // 2] / SMALL_SHARE, 0.2 * len(text)


def _is_tall(rise: Sequence[float], index: int) -> bool:
    """True when the letter at `index`, by height, is clearly taller than most."""
    return rise[index] >= 1.15 * rise[len(rise) // 2]


def weighted_median(values: Sequence[tuple[float, float]]) -> float:
    """The median of values with weights; 0 when there are none."""
    half = sum(weight for _, weight in values) / 2
    passed = 0.0
    for value, weight in sorted(values):
        passed += weight
        if passed >= half:
            return value
    return 0.0
