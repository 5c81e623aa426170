"""Word's numbering definitions in, printed labels out: '1.', 'a)', '2.3', '•', counted paragraph by paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from samsyn.extract.readers.docx_markup import W, points, value, whole

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from samsyn.extract.readers.docx_styles import Style, StyleSheet

DEPTHS = 9
MAX_ROMAN = 3999
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# Bullets come as characters of the fonts Symbol and Wingdings, which have no meaning of their own in Unicode.
SYMBOL_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0a8": "▫", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0e8": "➔", "\uf0e0": "→",
    "\uf0de": "→", "\uf076": "❖", "\uf06e": "■", "\uf06c": "●", "\uf06f": "□", "\uf071": "❑", "\uf02d": "-",
    "\uf0be": "–", "\u00b7": "•", "\u00a7": "▪", "\u00d8": "➢", "\u00fc": "✓",
}  # fmt: skip
PLACE = re.compile(r"%([1-9])")
WORD = re.compile(r"[^\W\d_]{2,}")
LONGEST_LABEL = 60
"""Letters; what is longer in a definition is damage, and would be repeated before every item."""


class Level(NamedTuple):
    """One depth of a numbering: how its numbers are written and where they begin."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restarts_after: int | None = None
    """Depth (from 1) whose items start this one over; None for every higher one, 0 for never."""
    legal: bool = False
    """True when numbers of higher depths are written in digits whatever their own format."""
    style: str = ""
    left: float | None = None


class ListLabel(NamedTuple):
    """The label Word prints before a paragraph."""

    text: str
    ordered: bool
    numbering: str
    """Which list it belongs to."""
    depth: int
    """From 0."""
    left: float | None
    """Indent in points that the numbering asks for."""
    has_words: bool = False
    """True when words are printed with the number, as in 'Bilaga 1'."""


@dataclass(slots=True)
class Numberings:
    """The numbering definitions of a document, with the counters as they stand."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    """Numbering id to the abstract definition it counts with."""
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    fresh_starts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def label(self, numbering: str | None, depth: int | None, style: Style) -> ListLabel | None:
        """Counts one paragraph and gives its label; None when it has none (or one that prints nothing)."""
        family = self.families.get(numbering or "")
        if numbering is None or family is None:
            return None
        levels = {**self.abstract.get(family, {}), **self.overrides.get(numbering, {})}
        at = self._depth_of(levels, style.id) if depth is None else min(depth, DEPTHS - 1)
        level = levels.get(at)
        if level is None:
            return None
        counts = self._advance(numbering, family, levels, at)
        text = _write_label(levels, level, counts)
        if not text:
            return None
        has_words = level.format != "bullet" and WORD.search(PLACE.sub("", level.text)) is not None
        return ListLabel(text, level.format != "bullet", family, at, level.left, has_words)

    @staticmethod
    def _depth_of(levels: dict[int, Level], style_id: str) -> int:
        return next((at for at, level in levels.items() if level.style and level.style == style_id), 0)

    def _advance(self, numbering: str, family: str, levels: dict[int, Level], at: int) -> list[int]:
        counts = self._counts.setdefault(family, [None] * DEPTHS)
        starts = self.fresh_starts.get(numbering, {})
        if numbering not in self._begun:
            self._begun.add(numbering)
            for depth in starts:
                counts[depth] = None
        for depth in range(at + 1):
            before = counts[depth]
            if before is None:
                counts[depth] = starts.get(depth, levels.get(depth, Level()).start)
            elif depth == at:
                counts[depth] = before + 1
        for depth in range(at + 1, DEPTHS):
            restart = levels.get(depth, Level()).restarts_after
            if restart is None or 0 < at + 1 <= restart:
                counts[depth] = None
        return [count if count is not None else 1 for count in counts]


def read_numberings(root: Element | None, styles: StyleSheet) -> Numberings:
    """The definitions in `word/numbering.xml`; none when the part is missing."""
    found = Numberings()
    if root is None:
        return found
    linked: dict[str, str] = {}
    by_style: dict[str, str] = {}
    for element in root.findall(W + "abstractNum"):
        family = element.get(W + "abstractNumId", "")
        found.abstract[family] = dict(map(_read_level, element.findall(W + "lvl")))
        if link := value(element, "numStyleLink"):
            linked[family] = link
        if name := value(element, "styleLink"):
            by_style[name] = family
    for element in root.findall(W + "num"):
        _read_instance(element, found)
    for family, name in linked.items():
        target = by_style.get(name) or found.families.get(styles.paragraph_style(name).shape.numbering or "")
        if target is not None and not found.abstract[family]:
            found.abstract[family] = found.abstract.get(target, {})
    return found


def write_number(count: int, style: str) -> str:
    """A count in one of Word's number formats, such as 'lowerLetter' or 'upperRoman'; digits for unknown ones."""
    if style in ("lowerLetter", "upperLetter") and count > 0:
        # Word goes on with aa, bb, cc after z.
        letters = chr(ord("a") + (count - 1) % 26) * min(20, (count - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman") and 0 < count <= MAX_ROMAN:
        digits = ""
        for worth, letters in ROMAN:
            digits += letters * (count // worth)
            count %= worth
        return digits.upper() if style == "upperRoman" else digits
    if style == "decimalZero":
        return f"{count:02d}"
    return "" if style == "none" else str(count)


def _read_instance(element: Element, found: Numberings) -> None:
    numbering = element.get(W + "numId", "")
    # Zero is Word's way of saying: no numbering here, whatever the style says.
    if numbering in ("", "0"):
        return
    found.families[numbering] = value(element, "abstractNumId")
    for override in element.findall(W + "lvlOverride"):
        at = whole(override.get(W + "ilvl"), -1)
        if not 0 <= at < DEPTHS:
            continue
        level = override.find(W + "lvl")
        if level is not None:
            found.overrides.setdefault(numbering, {})[at] = _read_level(level)[1]
        if override.find(W + "startOverride") is not None:
            found.fresh_starts.setdefault(numbering, {})[at] = whole(value(override, "startOverride"), 1)


def _read_level(element: Element) -> tuple[int, Level]:
    restart = element.find(W + "lvlRestart")
    indent = element.find(f"{W}pPr/{W}ind")
    level = Level(
        format="bullet" if element.find(W + "lvlPicBulletId") is not None else value(element, "numFmt", "decimal"),
        text=value(element, "lvlText")[:LONGEST_LABEL]
        or ("•" if element.find(W + "lvlPicBulletId") is not None else ""),
        start=whole(value(element, "start"), 1),
        restarts_after=None if restart is None else whole(restart.get(W + "val")),
        legal=element.find(W + "isLgl") is not None,
        style=value(element, "pStyle"),
        left=points(indent.get(W + "left", indent.get(W + "start"))) if indent is not None else None,
    )
    return min(DEPTHS - 1, max(0, whole(element.get(W + "ilvl")))), level


def _write_label(levels: dict[int, Level], level: Level, counts: list[int]) -> str:
    if level.format == "bullet":
        return plain_bullet(level.text)

    def fill(place: re.Match[str]) -> str:
        depth = int(place[1]) - 1
        style = "decimal" if level.legal else levels.get(depth, Level()).format
        return write_number(counts[depth], style)

    return PLACE.sub(fill, level.text).strip() if level.format != "none" else level.text.strip()


def plain_bullet(text: str) -> str:
    """A bullet as an ordinary character: those of symbol fonts by their shape, the rest as they are."""
    mark = text.strip()
    if mark in SYMBOL_BULLETS:
        return SYMBOL_BULLETS[mark]
    return "•" if any("\ue000" <= letter <= "\uf8ff" for letter in mark) else mark
