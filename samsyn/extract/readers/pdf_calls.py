"""The functions of pdfium that are called for every letter and line, bound by address.

A call through the library's typed pointers costs twice as much; pages have thousands of letters.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple


class Calls(NamedTuple):
    """The functions called most often, with plain addresses instead of typed pointers: twice as fast."""

    text_object: Callable[[int, int], int | None]
    origin: Callable[[int, int, int, int], int]
    loose_box: Callable[[int, int, int], int]
    matrix: Callable[[int, int, int], int]
    font_size: Callable[[int, int], float]
    map_error: Callable[[int, int], int]
    font: Callable[[int], int | None]
    render_mode: Callable[[int], int]
    fill_color: Callable[[int, int, int, int, int], int]
    stroke_color: Callable[[int, int, int, int, int], int]
    page_object: Callable[[int, int], int | None]
    form_object: Callable[[int, int], int | None]
    object_type: Callable[[int], int]
    object_matrix: Callable[[int, int], int]
    object_bounds: Callable[[int, int, int, int, int], int]
    count_segments: Callable[[int], int]
    segment: Callable[[int, int], int | None]
    segment_type: Callable[[int], int]
    segment_point: Callable[[int, int, int], int]
    segment_close: Callable[[int], int]
    draw_mode: Callable[[int, int, int], int]
    stroke_width: Callable[[int, int], int]


@lru_cache(maxsize=1)
def pdf_calls() -> Calls:
    """The bound functions; made once."""
    from pypdfium2 import raw

    address, integer = ctypes.c_void_p, ctypes.c_int

    def declare(name: str, result: Any, *arguments: Any) -> Any:
        return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(getattr(raw, name), address).value or 0)

    four = (address, address, address, address)
    return Calls(
        text_object=declare("FPDFText_GetTextObject", address, address, integer),
        origin=declare("FPDFText_GetCharOrigin", integer, address, integer, address, address),
        loose_box=declare("FPDFText_GetLooseCharBox", integer, address, integer, address),
        matrix=declare("FPDFText_GetMatrix", integer, address, integer, address),
        font_size=declare("FPDFText_GetFontSize", ctypes.c_double, address, integer),
        map_error=declare("FPDFText_HasUnicodeMapError", integer, address, integer),
        font=declare("FPDFTextObj_GetFont", address, address),
        render_mode=declare("FPDFTextObj_GetTextRenderMode", integer, address),
        fill_color=declare("FPDFPageObj_GetFillColor", integer, address, *four),
        stroke_color=declare("FPDFPageObj_GetStrokeColor", integer, address, *four),
        page_object=declare("FPDFPage_GetObject", address, address, integer),
        form_object=declare("FPDFFormObj_GetObject", address, address, ctypes.c_ulong),
        object_type=declare("FPDFPageObj_GetType", integer, address),
        object_matrix=declare("FPDFPageObj_GetMatrix", integer, address, address),
        object_bounds=declare("FPDFPageObj_GetBounds", integer, address, *four),
        count_segments=declare("FPDFPath_CountSegments", integer, address),
        segment=declare("FPDFPath_GetPathSegment", address, address, integer),
        segment_type=declare("FPDFPathSegment_GetType", integer, address),
        segment_point=declare("FPDFPathSegment_GetPoint", integer, address, address, address),
        segment_close=declare("FPDFPathSegment_GetClose", integer, address),
        draw_mode=declare("FPDFPath_GetDrawMode", integer, address, address, address),
        stroke_width=declare("FPDFPageObj_GetStrokeWidth", integer, address, address),
    )


class Floats:
    """A block of C floats that pdfium writes into, and the addresses of its places."""

    def __init__(self, count: int, kind: Any = ctypes.c_float) -> None:
        self.values = (kind * count)()
        step = ctypes.sizeof(kind)
        start = ctypes.addressof(self.values)
        self.at = tuple(start + index * step for index in range(count))


def address_of(pointer: Any) -> int:
    """The plain address behind one of the library's typed pointers."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
