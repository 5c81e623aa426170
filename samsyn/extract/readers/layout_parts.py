"""A printed line that runs over several columns → its parts, one a column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from samsyn.extract.readers.layout_lines import TextLine, make_line
from samsyn.extract.readers.layout_page import Word


def cut_line(line: TextLine, starts: Sequence[float], *, tight: bool = False) -> list[tuple[int, TextLine]]:
    """The parts of a line by column; a column reaches from its start to the next.

    With `tight` a header's words stay together across a column's start when only a usual space parts them.
    """
    edges = [start - 1.5 for start in starts]
    parts: list[tuple[int, list[Word], list[tuple[int, str]]]] = []
    marks = list(line.marks)
    for index, word in enumerate(line.words):
        column = max(0, bisect_right(edges, word.x0) - 1)
        if parts and tight and word.x0 - line.words[index - 1].x1 < 0.6 * word.size:
            # A word that begins just where a column does heads it, however near the word before stands.
            column = column if abs(word.x0 - starts[column]) < 0.8 else parts[-1][0]
        if not parts or (parts[-1][0] != column and not word.glued):
            parts.append((column, [], []))
        _take_marks(marks, index, parts[-1] if parts[-1][1] or len(parts) == 1 else parts[-2])
        parts[-1][1].append(word)
    _take_marks(marks, len(line.words), parts[-1])
    if len(parts) == 1:
        return [(parts[0][0], line)]
    return [(column, make_line(line.page, words, found)) for column, words, found in parts]


def _take_marks(marks: list[tuple[int, str]], index: int, part: tuple[int, list[Word], list[tuple[int, str]]]) -> None:
    while marks and marks[0][0] <= index:
        part[2].append((len(part[1]), marks.pop(0)[1]))
