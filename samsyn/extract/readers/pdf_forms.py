"""A PDF's bytes → whether its forms call one another more often than a page can hold, told before a page is loaded.

A form is a drawing that pages call by name, and so may other forms. pdfium draws it anew at each call: forty forms that
each call the next one twice are 2^40 drawings, and no call into pdfium can be ended from within.
"""

from __future__ import annotations

import io
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from samsyn.limits import FORM_CALLS

_SUBTYPE = re.compile(rb"/Subtype\s*/Form\b")
_CALL = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_HARMLESS = 50
"""Calls within forms, multiplied over all forms of the file: with so few no page can have too many."""
_UNPACKED = 4 * 2**20
"""Bytes of a form that are looked at; the drawing of a whole map is smaller."""
_DICTIONARY = 4096
_DEEPEST = 60
"""Forms within forms; pdfium follows them to forty."""


def calls_explode(data: bytes, password: str | None = None) -> bool:
    """True when the forms of some page are called more than `FORM_CALLS` times, those within forms counted."""
    if _most_calls(data) <= _HARMLESS:
        return False
    with suppress(Exception):  # what the parser cannot take is left to pdfium and the limits of its process
        return any(count > FORM_CALLS for count in _calls_by_page(data, password))
    return False


def _most_calls(data: bytes) -> float:
    """How many calls there are at most within one call of a page: what each form calls, multiplied."""
    most = 1.0
    for hit in _SUBTYPE.finditer(data):
        most *= max(1.0, _calls_within(data, hit.start()))
        if most > _HARMLESS:
            break
    return most


def _calls_within(data: bytes, place: int) -> float:
    """How many calls the form has whose dictionary is at the place; infinite when its content cannot be looked at."""
    begin = data.find(b"stream", place, place + _DICTIONARY)
    opening = data.rfind(b" obj", max(0, place - _DICTIONARY), place)
    end = data.find(b"endstream", begin)
    if begin < 0 or opening < 0 or end < 0:
        return math.inf
    content = data[begin + len(b"stream") : end].lstrip(b"\r\n")
    dictionary = data[opening:begin]
    if b"/Filter" in dictionary:
        if not re.search(rb"/Filter\s*\[?\s*/Fl(?:ateDecode)?\s*[\]/>]", dictionary):
            return math.inf
        unpacking = zlib.decompressobj()
        try:
            content = unpacking.decompress(content, _UNPACKED)
        except zlib.error:
            return math.inf
        if unpacking.unconsumed_tail:
            return math.inf
    return len(_CALL.findall(content))


def _calls_by_page(data: bytes, password: str | None) -> Iterator[float]:
    """How many calls each page makes, those within forms counted."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data), password=password or "") as document:
        known: dict[int, float] = {}
        for page in document.pages:
            found = page.page_obj
            contents = b"\n".join(stream.get_data() for stream in map(_resolved, found.contents))
            yield _count(contents, found.resources, known, frozenset())


def _count(content: bytes, resources: Any, known: dict[int, float], within: frozenset[int]) -> float:
    forms = _forms_of(resources)
    total = 0.0
    for name, times in Counter(_CALL.findall(content)).items():
        total += times * (1 + _count_form(forms.get(name.decode("latin-1")), known, within))
    return total


def _count_form(reference: Any, known: dict[int, float], within: frozenset[int]) -> float:
    """The calls within one call of a form; one that calls itself is not followed, as pdfium does not."""
    form = _resolved(reference)
    identity = getattr(reference, "objid", id(form))
    subtype = form.get("Subtype") if hasattr(form, "get") else None
    if getattr(subtype, "name", "") != "Form" or identity in within:
        return 0
    if identity not in known:
        deeper = within | {identity}
        known[identity] = _count(form.get_data(), form.get("Resources"), known, deeper) if len(deeper) < _DEEPEST else 0
    return known[identity]


def _forms_of(resources: Any) -> Mapping[str, Any]:
    named = _resolved((_resolved(resources) or {}).get("XObject"))
    return named if isinstance(named, Mapping) else {}


def _resolved(value: Any) -> Any:
    from pdfplumber.utils.pdfinternals import resolve

    return resolve(value)
