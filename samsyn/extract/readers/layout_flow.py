"""The stream of a document's lines and tables in reading order, and what is usual in it: type, leading, margins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_lines import TextLine

MOST_SPACED = 2.9
"""Type sizes between the baselines of the most widely spaced text."""


Gaps = dict[float, Counter[float]]
"""How often lines of a type size stand so far apart, baseline to baseline."""


class FlowLine(NamedTuple):
    """A line with the margins of the column it stands in; `region` changes where the reading order jumps."""

    line: TextLine
    left: float
    right: float
    region: int = 0
    column: int = 0
    """Of side-by-side text, counted from the left."""
    row: int = 0
    """Lines with the same number other than 0 belong together: a term and what it stands for."""
    in_cell: bool = False


class Norms(NamedTuple):
    """What is usual in a document."""

    size: float
    bold: bool
    leading: Mapping[float, float]
    """Usual distance between baselines, by type size."""
    by_page: Mapping[tuple[int, float], float] = {}
    """The same for pages that differ: the papers of a bundle are spaced in their own ways."""

    def leading_of(self, size: float, page: int | None = None) -> float:
        """The usual distance between the baselines of lines of this size, in points, on a page or anywhere."""
        key = round(size, 1)
        own = self.by_page.get((page, key)) if page is not None else None
        known = own if own is not None else self.leading.get(key)
        if known is not None:
            return known
        body = self.leading.get(round(self.size, 1), 1.2 * self.size)
        return size * min(1.6, max(1.1, body / self.size if self.size else 1.2))


def measure_norms(flow: Iterable[Sequence[TextLine]]) -> Norms:
    """The prevailing type and leading of lines given page by page; short lines (cells, labels) count little."""
    written: dict[tuple[float, bool], int] = {}
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    by_page: dict[tuple[int, float], float] = {}
    for lines in flow:
        for line in lines:
            weight = 10 if line.x1 - line.x0 > 16 * line.size else 1
            style = line.size, line.bold
            written[style] = written.get(style, 0) + weight * len(line.text)
        every, full = _page_gaps(lines)
        for size, counts in every.items():
            gaps[size].update(counts)
        for size, counts in full.items():
            if counts.total() >= 4:
                by_page[lines[0].page, size] = _usual_gap(counts)
    if not written:
        return Norms(11.0, False, {})
    letters: Counter[tuple[float, bool]] = Counter()
    sizes: Counter[float] = Counter()
    for (exact, bold), number in written.items():
        size = round(exact, 1)
        letters[size, bold] += number
        sizes[size] += number
    size = sizes.most_common(1)[0][0]
    return Norms(
        size=size,
        bold=letters[size, True] > letters[size, False],
        leading={key: _usual_gap(counts) for key, counts in gaps.items() if counts.total() >= 2},
        by_page=by_page,
    )


def _page_gaps(lines: Sequence[TextLine]) -> tuple[Gaps, Gaps]:
    """How often each distance between baselines stands on a page, by type size: below all lines, and below full ones.

    What follows a full line is nearly always its own paragraph's next line.
    """
    every: Gaps = defaultdict(Counter)
    full: Gaps = defaultdict(Counter)
    reach = 0.88 * max((line.x1 for line in lines), default=0.0)
    above: dict[int, TextLine] = {}
    for line in lines:
        # The line above is the last one with the same left edge: columns stand side by side.
        edge = round(line.x0 / 4)
        before = above.get(edge)
        above[edge] = line
        if before is None or before.size != line.size:
            continue
        distance = line.baseline - before.baseline
        if 0.95 * line.size < distance < MOST_SPACED * line.size:
            size, gap = round(line.size, 1), round(2 * distance) / 2
            every[size][gap] += 1
            if before.x1 >= reach:
                full[size][gap] += 1
    return every, full


def _usual_gap(counts: Counter[float]) -> float:
    """The smallest distance that is common: paragraph spacing can be more common than leading in lists of one line."""
    most = max(counts.values())
    return min(gap for gap, number in counts.items() if number >= max(1, 0.3 * most))


def first_word_width(line: TextLine) -> float:
    """The width of the line's first word with what is glued to it."""
    end = line.words[0].x1
    for word in line.words[1:]:
        if not word.glued:
            break
        end = word.x1
    return end - line.words[0].x0


def would_have_fit(before: TextLine, line: TextLine, right: float) -> bool:
    """True when the first word of `line` had room at the end of `before`: the break was meant."""
    space = 0.3 * before.size
    slack = 0.4 * before.size
    return before.x1 + space + first_word_width(line) + slack < right
