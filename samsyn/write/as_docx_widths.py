"""Takes the texts of a table's columns, gives their widths: few words are divided, and much text gets much room."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LETTER = 92
"""Twentieths of a point that a letter of 9 point type takes on average, bold headers included."""
_PADDING = 190
_LONGEST_KEPT = 13
"""Longer words may be divided by the word processor: 'samverkansöverenskommelsen' must not take half a page."""

_TEMPER = 0.7


def least_width(texts: Sequence[str]) -> int:
    """The width in twentieths of a point below which an ordinary word of the column would be divided."""
    words = (word for text in texts for word in re.split(r"[\s/–-]+", text))
    longest = max((len(word) for word in words), default=1)
    return min(longest, _LONGEST_KEPT) * _LETTER + _PADDING


def column_widths(columns: Sequence[Sequence[str]], width: int) -> tuple[int, ...]:
    """The widths of the columns, together `width`; what is left over the least is shared by how much is written.

    A power below one tempers that: a column of ten times the text gets about five times the room.
    """
    least = [least_width(texts) for texts in columns]
    if sum(least) >= width:
        return tuple(one * width // sum(least) for one in least)
    wanted = [(sum(len(text) for text in texts) or 1) ** _TEMPER for texts in columns]
    spare = width - sum(least)
    return tuple(one + int(spare * want / sum(wanted)) for one, want in zip(least, wanted, strict=True))
