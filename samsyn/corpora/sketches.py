"""Takes the texts of an agreement, gives a small sketch; two sketches tell how much of their texts is the same.

A sketch is the smallest hashes of all stretches of three words (bottom-k): as much of it as two agreements share, so
much of their texts they share, give or take some hundredths.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence

SIZE = 96
"""Hashes in a sketch; the error of `likeness` is about 1 / sqrt(SIZE) / 2."""
KEYS = 24
"""The smallest of them, by which likely pairs are looked up."""

_STRETCH = 3
_MIX = 0x9E3779B1
"""Odd and of no pattern: spreads the checksums, of which the smallest would else begin alike."""


def sketch_of(texts: Iterable[Sequence[str]]) -> tuple[int, ...]:
    """The sketch of texts given as words, ascending; empty when there are no three words in a row."""
    hashes: set[int] = set()
    for words in texts:
        for index in range(len(words) - _STRETCH + 1):
            stretch = " ".join(words[index : index + _STRETCH])
            hashes.add(zlib.crc32(stretch.encode()) * _MIX & 0xFFFFFFFF)
    return tuple(sorted(hashes)[:SIZE])


def likeness(first: Sequence[int], second: Sequence[int]) -> float:
    """How much of the two texts together both have (0-1)."""
    both = sorted({*first, *second})[:SIZE]
    if not both:
        return 0.0
    shared = {*first} & {*second}
    return sum(value in shared for value in both) / len(both)


def pack(sketch: Sequence[int]) -> bytes:
    """The sketch as bytes, to be kept."""
    return struct.pack(f"<{len(sketch)}I", *sketch)


def unpack(packed: bytes) -> tuple[int, ...]:
    """The sketch that was packed."""
    return struct.unpack(f"<{len(packed) // 4}I", packed)
