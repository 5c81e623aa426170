"""Takes the texts of a table's columns, gives their widths: few words are divided, and much text gets much room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LETTER = 92
"""Twentieths of a point that a letter of 9 point type takes on average, bold headers included."""
_PADDING = 190
_LONGEST_KEPT = 13
"""Longer words may be divided by the word processor: 'samverkansöverenskommelsen' must not take half a page."""

_LONGEST_HEAD = 18
"""The words of a header are kept whole up to this length: 'Samverkanspart' in two looks like a mistake."""
_HEAD_LETTER = 104

_TEMPER = 0.7


_LONGER = (22, 19, 16)
"""Words up to these lengths are kept whole too where the page has room for it in every column."""


def least_width(texts: Sequence[str], *, heads: int = 0, longest: int = _LONGEST_KEPT) -> int:
    """The width in twentieths of a point below which an ordinary word of the column would be divided.

    The first `heads` texts are its header, in bold type.
    """
    widths = [min(_longest(text), _LONGEST_HEAD) * _HEAD_LETTER for text in texts[:heads]]
    widths += [min(_longest(text), longest) * _LETTER for text in texts[heads:]]
    return max(widths, default=_LETTER) + _PADDING


def _longest(text: str) -> int:
    return max((len(word) for word in re.split(r"[\s/–-]+", text)), default=1)


def column_widths(columns: Sequence[Sequence[str]], width: int, *, heads: int = 0) -> tuple[int, ...]:
    """The widths of the columns, together `width`; what is left over the least is shared by how much is written.

    The first `heads` texts of each column are its header.

    A power below one tempers that: a column of ten times the text gets about five times the room.
    """
    least = next((roomy for roomy in _roomy(columns, heads) if sum(roomy) < width), None) or [
        least_width(texts, heads=heads) for texts in columns
    ]
    if sum(least) >= width:
        return tuple(one * width // sum(least) for one in least)
    wanted = [(sum(len(text) for text in texts) or 1) ** _TEMPER for texts in columns]
    spare = width - sum(least)
    return tuple(one + int(spare * want / sum(wanted)) for one, want in zip(least, wanted, strict=True))


def _roomy(columns: Sequence[Sequence[str]], heads: int) -> Iterator[list[int]]:
    for longest in _LONGER:
        yield [least_width(texts, heads=heads, longest=longest) for texts in columns]
