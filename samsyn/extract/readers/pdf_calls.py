"""The functions of pdfium that are called for every letter and line, bound by address.

A call through the library's typed pointers takes three times as long, and pages have thousands of letters. Converting
arguments is what costs: a `Reference`, made once, and a whole number are passed on as they are.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NewType

Reference = NewType("Reference", object)
"""An address ready to be passed to the functions that take no other pointers."""


@dataclass(frozen=True, slots=True)
class Calls:
    """The functions called most often: those of a page take references, those of an object its plain address."""

    text_object: Callable[[Reference, int], int | None]
    origin: Callable[[Reference, int, Reference, Reference], int]
    loose_box: Callable[[Reference, int, Reference], int]
    matrix: Callable[[Reference, int, Reference], int]
    font_size: Callable[[Reference, int], float]
    map_error: Callable[[Reference, int], int]
    letter_color: Callable[[Reference, int, Reference, Reference, Reference, Reference], int]
    page_object: Callable[[Reference, int], int]
    font: Callable[[int], int | None]
    render_mode: Callable[[int], int]
    fill_color: Callable[[int, int, int, int, int], int]
    stroke_color: Callable[[int, int, int, int, int], int]
    form_object: Callable[[int, int], int]
    object_type: Callable[[int], int]
    object_matrix: Callable[[int, int], int]
    count_segments: Callable[[int], int]
    segment: Callable[[int, int], int | None]
    segment_type: Callable[[int], int]
    segment_point: Callable[[int, int, int], int]
    segment_close: Callable[[int], int]
    draw_mode: Callable[[int, int, int], int]


@lru_cache(maxsize=1)
def pdf_calls() -> Calls:
    """The bound functions; made once."""
    from pypdfium2 import raw

    address, integer = ctypes.c_void_p, ctypes.c_int

    def declare(name: str, result: Any, *arguments: Any) -> Any:
        # None of these calls is long or comes back into Python: the interpreter's lock can be kept.
        return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(getattr(raw, name), address).value or 0)

    def declare_open(name: str, result: Any) -> Any:
        function = declare(name, result)
        function.argtypes = None
        return function

    four = (address, address, address, address)
    return Calls(
        text_object=declare_open("FPDFText_GetTextObject", address),
        origin=declare_open("FPDFText_GetCharOrigin", integer),
        loose_box=declare_open("FPDFText_GetLooseCharBox", integer),
        matrix=declare_open("FPDFText_GetMatrix", integer),
        font_size=declare_open("FPDFText_GetFontSize", ctypes.c_double),
        map_error=declare_open("FPDFText_HasUnicodeMapError", integer),
        letter_color=declare_open("FPDFText_GetFillColor", integer),
        page_object=declare_open("FPDFPage_GetObject", address),
        font=declare("FPDFTextObj_GetFont", address, address),
        render_mode=declare("FPDFTextObj_GetTextRenderMode", integer, address),
        fill_color=declare("FPDFPageObj_GetFillColor", integer, address, *four),
        stroke_color=declare("FPDFPageObj_GetStrokeColor", integer, address, *four),
        form_object=declare("FPDFFormObj_GetObject", address, address, ctypes.c_ulong),
        object_type=declare("FPDFPageObj_GetType", integer, address),
        object_matrix=declare("FPDFPageObj_GetMatrix", integer, address, address),
        count_segments=declare("FPDFPath_CountSegments", integer, address),
        segment=declare("FPDFPath_GetPathSegment", address, address, integer),
        segment_type=declare("FPDFPathSegment_GetType", integer, address),
        segment_point=declare("FPDFPathSegment_GetPoint", integer, address, address, address),
        segment_close=declare("FPDFPathSegment_GetClose", integer, address),
        draw_mode=declare("FPDFPath_GetDrawMode", integer, address, address, address),
    )


@lru_cache(maxsize=64)
def array_of(kind: Any, count: int) -> Any:
    """The type of so many numbers, which the library makes anew where none is alive."""
    return kind * count


class Places:
    """A block of C numbers that pdfium writes into: their values, and the address of each in both forms."""

    def __init__(self, count: int, kind: Any = ctypes.c_float) -> None:
        self._block = array_of(kind, count)()
        self._steps = range(0, ctypes.sizeof(self._block), ctypes.sizeof(kind))
        # A view of plain numbers is read in a sixth of the time that the block itself takes.
        self.values: Any = memoryview(self._block).cast("B").cast(kind._type_)

    @cached_property
    def at(self) -> tuple[int, ...]:
        """Plain addresses."""
        start = ctypes.addressof(self._block)
        return tuple(start + step for step in self._steps)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Addresses ready to be passed."""
        return tuple(Reference(ctypes.byref(self._block, step)) for step in self._steps)


def reference_to(pointer: Any) -> Reference:
    """The address behind one of the library's typed pointers."""
    return Reference(ctypes.byref(pointer.contents))
