"""PDF coordinates → points from the top left of the upright page, and the direction that text runs in."""

from __future__ import annotations

from typing import Any, NamedTuple


class Frame(NamedTuple):
    """The page's visible rectangle in PDF space and the quarter turns clockwise that bring it upright."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height once upright."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The place of a PDF point, from the top left of the upright page."""
        if not self.turns:  # as of nearly all pages
            return x - self.left, self.top - y
        match self.turns:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A PDF rectangle as (x0, top, x1, bottom) of the upright page."""
        if not self.turns:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def frame_of(raw: Any, page: Any) -> Frame:
    """The frame of a page as a viewer shows it: its visible box, turned as the page says."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    return Frame(box.left, box.bottom, box.right, box.top, raw.FPDFPage_GetRotation(page) % 4)


def quarter_of(angle: float, page_turns: int) -> int | None:
    """The direction of text in quarter turns against the page as seen; None for slanting text."""
    seen = (angle - 90 * page_turns) % 360
    quarter = round(seen / 90)
    return quarter % 4 if abs(seen - 90 * quarter) < 5 else None
