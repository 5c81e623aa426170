"""What one page holds before any layout is understood: words, rules, shaded areas and pictures, as plain values.

A page of a PDF and a page that was recognised from its picture come in the same shape; everything that follows
(`layout_*.py`) is pure functions over these values. Lengths are PDF points from the page's top left corner.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import NamedTuple

from samsyn.models.source import Box


class Word(NamedTuple):
    """A run of letters without a space, in one style; `glued` when no space parts it from the word before."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    glued: bool = False
    seen: str = ""
    """What was recognised in a picture, where `text` is a repair of it."""


class Rule(NamedTuple):
    """A drawn straight line: horizontal when `top == bottom`, vertical when `x0 == x1`."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """True for a rule that runs from left to right."""
        return self.top == self.bottom


class Shade(NamedTuple):
    """A filled rectangle that is not white; `dark` when light text can be read on it."""

    x0: float
    top: float
    x1: float
    bottom: float
    dark: bool = False


class PageContent(NamedTuple):
    """Everything on one page that layout can be read from."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    turned: tuple[Word, ...] = ()
    """Words that run in another direction than the page's text: side notes, watermarks, upright header cells."""
    rules: tuple[Rule, ...] = ()
    shades: tuple[Shade, ...] = ()
    picture_share: float = 0.0
    """How much of the page its largest picture covers, 0-1."""
    unmapped: int = 0
    """Characters that the file gives no letter for."""
    hidden: int = 0
    """Characters that are drawn invisibly, as the text layer of a scanned page is."""
    strokes: int = 0
    """How many drawn segments the page has: letters may be drawn as outlines."""
    cut: bool = False
    """True when the page held more than the reader's limits and only the first part was kept."""
    turn: int = 0
    """Quarter turns clockwise that brought sideways text upright, beyond the page's own rotation."""
    skew: float = 0.0
    """Degrees clockwise by which a scanned page lies crooked, after `turn`; they are taken out of what it holds."""

    @property
    def is_moved(self) -> bool:
        """True when places on it are not those that a viewer shows."""
        return bool(self.turn or self.skew)

    def as_seen(self, box: Box) -> Box:
        """`box` in the coordinates of the page as a viewer shows it, before `turn` and with its skew."""
        box = self._crooked(box) if self.skew else box
        match self.turn % 4:
            case 1:
                return Box(box.top, self.width - box.x1, box.bottom, self.width - box.x0)
            case 2:
                return Box(self.width - box.x1, self.height - box.bottom, self.width - box.x0, self.height - box.top)
            case 3:
                return Box(self.height - box.bottom, box.x0, self.height - box.top, box.x1)
            case _:
                return box

    def _crooked(self, box: Box) -> Box:
        """The box around `box` when it is turned with the page by the skew, about the page's middle."""
        across, along = sin(radians(self.skew)), cos(radians(self.skew))
        middle_x, middle_y = self.width / 2, self.height / 2
        corners = [(x - middle_x, y - middle_y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs = [middle_x + x * along - y * across for x, y in corners]
        ys = [middle_y + x * across + y * along for x, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))
