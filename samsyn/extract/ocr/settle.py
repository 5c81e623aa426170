"""Recognised pages of one document → page contents for layout: sizes, weights and lines evened out in common.

Measured sizes of the same type differ by a few hundredths and baselines of a row by a fraction of a point; layout asks
for equal ones. A document has few sizes, so those that lie close are one, and so is the height of words in a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from samsyn.extract.ocr.page import ScannedPage, ScannedWord
from samsyn.extract.ocr.repair import Stock, Trusted, repair_row
from samsyn.extract.readers.layout_page import PageContent, Word
from samsyn.models.source import Box

ASCENT, DESCENT = 0.78, 0.22
"""How far a letter's box reaches from the baseline, in type sizes; as for digital pages."""
_SAME_SIZE = 0.055
"""Sizes that differ less, as a share, are one."""
_NEARLY = 0.09
"""Sizes of few letters that differ less from a common one are that."""
_FEW_LETTERS = 45
_BOLD = 1.16
"""How much thicker the stems of bold letters are at least, against most of the page's: blur brings the two closer."""
_SHORT, _SHORT_BOLD = 8, 1.25
_LARGE_BOLD = 1.06
"""The same for large type: blur makes small letters' stems thicker, so large ones look light."""
_DARKER = 1.3
"""How much thicker stems may be on one page than on another; where they are more, that page is set in bold."""
_ENOUGH_LETTERS = 150
_SAME_ROW = 0.16
"""Baselines that differ by less of the type size, side by side, are one."""
_USUAL_SIZE = 10.0


class Type(NamedTuple):
    """What type a document is set in: its sizes, most common first, and the usual thickness of stems."""

    sizes: tuple[float, ...]
    weight: float

    def settle(self, size: float) -> float:
        """The document's size that a measured one stands for."""
        if not size:
            return self.sizes[0]
        nearest = min(self.sizes, key=lambda known: abs(known - size))
        return nearest if abs(nearest - size) <= _NEARLY * nearest else round(size, 1)

    def is_bold(self, size: float, weight: float, letters: int) -> bool:
        """True for stems that are clearly thicker than those of most of the document; few letters must be clearer."""
        limit = _LARGE_BOLD if size > 1.25 * self.sizes[0] else _BOLD if letters > _SHORT else _SHORT_BOLD
        return weight > limit * self.weight > 0


def measure_type(pages: Iterable[ScannedPage]) -> Type:
    """The type that the pages are set in."""
    words = [word for page in pages for word in page.words if word.size]
    if not words:
        return Type((_USUAL_SIZE,), 0.0)
    left = sorted((word.size, len(word.text)) for word in words)
    sizes: list[float] = []
    while left:
        middle = _densest(left)
        near = [(size, count) for size, count in left if abs(size - middle) <= _SAME_SIZE * middle]
        size = round(_weighted_median(near), 1)
        # A few letters that are hardly larger or smaller than many others were measured badly.
        few = sum(count for _, count in near) < _FEW_LETTERS
        if not (few and any(abs(size - known) <= _NEARLY * known for known in sizes)):
            sizes.append(size)
        left = [(size, count) for size, count in left if abs(size - middle) > _SAME_SIZE * middle]
    return Type(tuple(sizes), _body_weight(words, sizes[0])[0])


def _body_weight(words: Iterable[ScannedWord], size: float) -> tuple[float, int]:
    """The usual thickness of stems in type of about a size, and how many letters it was measured on."""
    body = [word for word in words if abs(word.size - size) <= 2 * _SAME_SIZE * size and word.weight]
    letters = sum(len(word.text) for word in body)
    return _weighted_median(sorted((word.weight, len(word.text)) for word in body)) if body else 0.0, letters


def _of_page(page: ScannedPage, kind: Type) -> Type:
    """The document's type as it looks on one page: one comes out of the scanner darker than another."""
    weight, letters = _body_weight(page.words, kind.sizes[0])
    alike = kind.weight / _DARKER <= weight <= kind.weight * _DARKER
    return kind._replace(weight=weight) if letters >= _ENOUGH_LETTERS and alike else kind


def _densest(sizes: Sequence[tuple[float, int]]) -> float:
    """The size with the most letters close to it; `sizes` are sorted, each with its number of letters."""
    best, most = sizes[0][0], 0
    first, letters = 0, 0
    for size, count in sizes:
        letters += count
        while size > sizes[first][0] * (1 + _SAME_SIZE):
            letters -= sizes[first][1]
            first += 1
        if letters > most:
            best, most = (size + sizes[first][0]) / 2, letters
    return best


def _weighted_median(values: Sequence[tuple[float, int]]) -> float:
    half = sum(count for _, count in values) / 2
    passed = 0
    for value, count in values:
        passed += count
        if passed >= half:
            return value
    return values[-1][0]


def settle_page(page: ScannedPage, kind: Type, original: PageContent, stock: Stock) -> PageContent:
    """The page as layout wants it, its words repaired; `original` is what the file itself says of the page."""
    kind = _of_page(page, kind)
    rows = _rows(page.words, kind)
    words = [word for row in rows for word in repair_row(_settle_row(row, kind), stock)]
    words.extend(_bullets(words, page.dots))
    width, height = original.width, original.height
    if (original.turn + page.turn) % 2:
        width, height = height, width
    return original._replace(
        width=width,
        height=height,
        words=tuple(words),
        turned=(),
        rules=page.rules,
        shades=page.shades,
        picture_share=0.0,
        unmapped=0,
        hidden=0,
        strokes=0,
        turn=page.turn,
        skew=page.skew,
    )


def _rows(words: Iterable[ScannedWord], kind: Type) -> list[list[ScannedWord]]:
    """Words side by side on nearly one baseline, from left to right."""
    rows: list[list[ScannedWord]] = []
    for word in sorted(words, key=lambda word: word.baseline):
        limit = _SAME_ROW * kind.settle(word.size)
        home = rows[-1] if rows else None
        if home is not None and word.baseline - median(other.baseline for other in home[-5:]) <= limit:
            home.append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _settle_row(row: Sequence[ScannedWord], kind: Type) -> list[Trusted]:
    baseline = round(_weighted_median(sorted((word.baseline, len(word.text)) for word in row)), 2)
    settled: list[Trusted] = []
    for run in _runs(row, kind):
        bold = _are_bold(run, kind)
        for word, is_bold in zip(run, bold, strict=True):
            size = kind.settle(word.size)
            top, bottom = baseline - ASCENT * size, baseline + DESCENT * size
            placed = Word(word.text, word.x0, top, word.x1, bottom, baseline, size, is_bold)
            settled.append(Trusted(placed, word.confidence))
    return settled


def _runs(row: Sequence[ScannedWord], kind: Type) -> Iterable[list[ScannedWord]]:
    """The words of a row, parted where a gap is wide or the size changes."""
    run = [row[0]]
    for before, word in pairwise(row):
        size = kind.settle(word.size)
        if word.x0 - before.x1 > 1.5 * size or kind.settle(before.size) != size:
            yield run
            run = []
        run.append(word)
    yield run


def _are_bold(run: Sequence[ScannedWord], kind: Type) -> list[bool]:
    """Which words of a run are bold: all or none when it is even, else a stretch at its start or end or within."""
    size = kind.settle(run[0].size)
    known = [(word.weight, len(word.text)) for word in run if word.weight]
    if not known:
        return [False] * len(run)
    usual = _weighted_median(sorted(known))
    single = [
        kind.is_bold(size, word.weight, min(_SHORT, len(word.text))) if word.weight and len(word.text) > 1 else None
        for word in run
    ]
    letters = sum(count for _, count in known)
    decided = [value for value in single if value is not None]
    share = sum(decided) / len(decided) if decided else 0.0
    if not decided or share >= 0.8 or (share <= 0.2 and len(decided) > 2 and not _opens_bold(run, single)):
        return [kind.is_bold(size, usual, letters)] * len(run)
    return _filled(single)


def _opens_bold(run: Sequence[ScannedWord], single: Sequence[bool | None]) -> bool:
    """True when the first words are bold up to a colon or full stop: a label that runs into its text."""
    for word, bold in zip(run, single, strict=True):
        if bold is False:
            return False
        if word.text.endswith((":", ".")):
            return bool(bold)
    return False


def _filled(single: Sequence[bool | None]) -> list[bool]:
    """Short words that tell nothing go with the word before, the first with what follows."""
    filled: list[bool] = []
    state = next((value for value in single if value is not None), False)
    for value in single:
        state = state if value is None else value
        filled.append(state)
    return filled


def _bullets(words: Sequence[Word], dots: Iterable[Box]) -> list[Word]:
    """A '•' for each dot a little to the left of a word, at the height of its small letters."""
    bullets = []
    for dot in dots:
        middle = (dot.top + dot.bottom) / 2
        right = [
            word
            for word in words
            if 0.1 * word.size < word.baseline - middle < 0.62 * word.size
            and dot.x1 < word.x0 + 1 < dot.x1 + 3 * word.size
        ]
        beside = any(abs(word.baseline - middle) < word.size and -2 < dot.x0 - word.x1 < word.size for word in words)
        if right and not beside:
            text = min(right, key=lambda word: word.x0)
            bullets.append(text._replace(text="•", x0=dot.x0, x1=dot.x1, bold=False))
    return bullets
