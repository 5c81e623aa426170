"""A page's paths and pictures as pdfium gives them → rules, shaded rectangles, drawn bullets, the largest picture."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise, repeat
from typing import Any

from samsyn.extract.readers.layout_page import Rule, Shade
from samsyn.extract.readers.pdf_calls import Places, pdf_calls, reference_to
from samsyn.extract.readers.pdf_frame import Frame
from samsyn.models.source import Box

MAX_OBJECTS = 40_000
MAX_SEGMENTS = 60_000
MAX_FORM_DEPTH = 6
MAX_DOTS = 500
THIN = 3.0
"""A filled rectangle up to this thick is a rule (borders of 3 points are the thickest in use)."""

_OBJECT_PATH, _OBJECT_IMAGE, _OBJECT_FORM = _DRAWN = 2, 3, 5
_SEGMENT_LINE, _SEGMENT_MOVE = 0, 2


class Drawing:
    """Collects rules, shaded rectangles and the largest picture of a page."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.shades: list[Shade] = []
        self.dots: list[Box] = []
        """Small filled shapes: some programs draw their bullets."""
        self.picture = 0.0
        self.objects = 0
        self.segments = 0

    @property
    def cut(self) -> bool:
        """True when the page has more than is read."""
        return self.objects > MAX_OBJECTS or self.segments > MAX_SEGMENTS


Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _DrawingReader:
    def __init__(self, raw: Any, frame: Frame) -> None:
        self.raw = raw
        self.calls = pdf_calls()
        self.frame = frame
        self.drawing = Drawing()
        self.floats = Places(6)
        self.flags = Places(2, ctypes.c_int)
        self.color = Places(4, ctypes.c_uint)

    def walk(self, parent: Any, count: int, get: Callable[[Any, int], int], outer: Matrix, depth: int) -> None:
        drawing, begin = self.drawing, self.drawing.objects
        handles = list(map(get, repeat(parent), range(min(count, MAX_OBJECTS - begin))))
        within = 0
        # Some programs make each letter an object: they are passed over in one go.
        for index, kind in enumerate(map(self.calls.object_type, handles)):
            if kind in _DRAWN:
                drawing.objects = begin + index + 1 + within
                self._take(kind, handles[index], outer, depth)
                within = drawing.objects - begin - index - 1
                if drawing.cut:
                    return
        drawing.objects = begin + count + within

    def _take(self, kind: int, handle: int, outer: Matrix, depth: int) -> None:
        if kind == _OBJECT_PATH:
            self._path(handle, outer)
        elif kind == _OBJECT_IMAGE:
            self._picture(handle, outer)
        elif kind == _OBJECT_FORM and depth < MAX_FORM_DEPTH:
            inner = self.raw.FPDFFormObj_CountObjects(ctypes.cast(handle, self.raw.FPDF_PAGEOBJECT))
            self.walk(handle, inner, self.calls.form_object, _multiply(self._matrix(handle), outer), depth + 1)

    def _matrix(self, handle: int) -> Matrix:
        if not self.calls.object_matrix(handle, self.floats.at[0]):
            return _IDENTITY
        a, b, c, d, e, f = self.floats.values
        return a, b, c, d, e, f

    def _picture(self, handle: int, outer: Matrix) -> None:
        matrix = _multiply(self._matrix(handle), outer)
        corners = [_apply(matrix, x, y) for x, y in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))]
        x0, top, x1, bottom = self.frame.box(
            min(x for x, _ in corners),
            min(y for _, y in corners),
            max(x for x, _ in corners),
            max(y for _, y in corners),
        )
        width, height = self.frame.size
        across = max(0.0, min(x1, width) - max(x0, 0.0))
        down = max(0.0, min(bottom, height) - max(top, 0.0))
        self.drawing.picture = max(self.drawing.picture, across * down)

    def _path(self, handle: int, outer: Matrix) -> None:
        calls = self.calls
        calls.draw_mode(handle, *self.flags.at)
        fill, stroke = self.flags.values
        count = calls.count_segments(handle)
        if not (fill or stroke) or count < 2:
            return
        self.drawing.segments += count
        if self.drawing.cut:
            return
        filled = bool(fill) and self._is_inked(handle, calls.fill_color)
        stroked = bool(stroke) and self._is_inked(handle, calls.stroke_color)
        if not (filled or stroked):
            return
        dark = filled and sum(self.color.values[:3]) < 450 and not stroked
        matrix = _multiply(self._matrix(handle), outer)
        shapes = list(self._subpaths(handle, count, matrix))
        if filled and not stroked and len(shapes) == 2 and self._add_ring(shapes[0][0], shapes[1][0]):
            return
        for points, closed, straight in shapes:
            self._add(points, closed=closed, straight=straight, filled=filled, stroked=stroked, dark=dark)

    def _is_inked(self, handle: int, color: Callable[[int, int, int, int, int], int]) -> bool:
        """True unless the colour is white or fully transparent; an unknown colour (a pattern) counts as ink."""
        if not color(handle, *self.color.at):
            return True
        red, green, blue, alpha = self.color.values
        return bool(alpha > 8 and min(red, green, blue) < 250)

    def _subpaths(
        self, handle: int, count: int, matrix: Matrix
    ) -> Iterator[tuple[list[tuple[float, float]], bool, bool]]:
        calls, values, place = self.calls, self.floats.values, self.frame.point
        at_x, at_y = self.floats.at[:2]
        points: list[tuple[float, float]] = []
        closed, straight = False, True
        for index in range(count):
            segment = calls.segment(handle, index)
            if not segment:
                continue
            kind = calls.segment_type(segment)
            calls.segment_point(segment, at_x, at_y)
            point = place(*_apply(matrix, values[0], values[1]))
            if kind == _SEGMENT_MOVE:
                if len(points) > 1:
                    yield points, closed, straight
                points, closed, straight = [point], False, True
                continue
            points.append(point)
            straight = straight and kind == _SEGMENT_LINE
            closed = closed or bool(calls.segment_close(segment))
        if len(points) > 1:
            yield points, closed, straight

    def _add(
        self,
        points: list[tuple[float, float]],
        *,
        closed: bool,
        straight: bool,
        filled: bool,
        stroked: bool,
        dark: bool,
    ) -> None:
        x0, top, x1, bottom = _around(points)
        if _is_dot(x1 - x0, bottom - top) and len(points) > 3 and len(self.drawing.dots) < MAX_DOTS:
            self.drawing.dots.append(Box(x0, top, x1, bottom))
            return
        thin = min(x1 - x0, bottom - top) <= THIN
        if filled and not stroked and straight and thin and max(x1 - x0, bottom - top) > THIN:
            self._add_rule(x0, top, x1, bottom)
            return
        if filled and straight and _is_rectangle(points) and not thin:
            self.drawing.shades.append(Shade(x0, top, x1, bottom, dark))
        if stroked:
            around = [*points, points[0]] if closed else points
            for (ax, ay), (bx, by) in pairwise(around):
                if min(abs(ax - bx), abs(ay - by)) < 0.6 and max(abs(ax - bx), abs(ay - by)) > 1.0:
                    self._add_rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _add_ring(self, *shapes: list[tuple[float, float]]) -> bool:
        """Adds the four sides of a border that is filled between two rectangles; False where the two are no border."""
        if not all(map(_is_rectangle, shapes)):
            return False
        (x0, top, x1, bottom), (left, upper, right, lower) = sorted(map(_around, shapes))
        if not all(0 < side <= THIN for side in (left - x0, upper - top, x1 - right, bottom - lower)):
            return False
        for sides in ((x0, top, x1, upper), (x0, lower, x1, bottom), (x0, top, left, bottom), (right, top, x1, bottom)):
            self._add_rule(*sides)
        return True

    def _add_rule(self, x0: float, top: float, x1: float, bottom: float) -> None:
        if x1 - x0 > bottom - top:
            y = (top + bottom) / 2
            self.drawing.rules.append(Rule(x0, y, x1, y))
        else:
            x = (x0 + x1) / 2
            self.drawing.rules.append(Rule(x, top, x, bottom))


def _is_dot(width: float, height: float) -> bool:
    return 1.2 <= width <= 7 and 1.2 <= height <= 7 and 0.7 < width / height < 1.4


def _around(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    """True when every side of the outline runs straight along the page."""
    if not 4 <= len(points) <= 6:
        return False
    around = [*points, points[0]]
    return all(min(abs(ax - bx), abs(ay - by)) < 0.6 for (ax, ay), (bx, by) in pairwise(around))


def _multiply(first: Matrix, second: Matrix) -> Matrix:
    if second == _IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def read_drawing(raw: Any, page: Any, frame: Frame) -> Drawing:
    """What is drawn on a page, forms within forms included."""
    reader = _DrawingReader(raw, frame)
    reader.walk(reference_to(page), raw.FPDFPage_CountObjects(page), reader.calls.page_object, _IDENTITY, 0)
    return reader.drawing
