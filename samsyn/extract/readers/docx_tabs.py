"""How much room a tab leaves between two texts of a paragraph, and whether that sets them side by side."""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.extract.readers.docx_items import Paragraph
from samsyn.extract.readers.docx_styles import DEFAULT_SIZE

WIDE_GAP = 1.5
"""Times the type size: a tab that leaves more room than this sets its texts side by side."""


def sets_apart(before: str, after: str, paragraph: Paragraph, default_stop: float) -> bool:
    """True when the tab between two texts of a line leaves more room than a space does; stops in points."""
    return _tab_gap(before, after, paragraph, default_stop) >= WIDE_GAP * _size(paragraph)


def _size(paragraph: Paragraph) -> float:
    return next((piece.format.size for piece in paragraph.pieces if piece.text.strip()), DEFAULT_SIZE)


def _tab_gap(before: str, after: str, paragraph: Paragraph, default_stop: float) -> float:
    """About how many points of room a tab leaves, from the paragraph's tab stops and the usual widths of letters."""
    size = _size(paragraph)
    shape = paragraph.shape
    # Earlier tabs of the line have been passed: only the stretch since the last of them is measured from its stop.
    place = (shape.left or 0.0) + (shape.first or 0.0)
    stops = [stop for stop in shape.stops or () if stop[1] not in ("clear", "bar")]
    for stretch in before.split("\t")[:-1]:
        place = _next_stop(place + _width(stretch, size), stops, shape.left or 0.0, default_stop)[0]
    place += _width(before.rsplit("\t", 1)[-1], size)
    stop, kind = _next_stop(place, stops, shape.left or 0.0, default_stop)
    behind = _width(after.split("\t", 1)[0], size)
    taken = {"right": behind, "end": behind, "decimal": behind, "center": behind / 2}.get(kind, 0.0)
    return max(0.0, stop - taken - place)


def _next_stop(
    place: float, stops: Sequence[tuple[float, str, str]], left: float, default_stop: float
) -> tuple[float, str]:
    for position, kind, _ in stops:
        if position > place + 1:
            return position, kind
    # A hanging indent is a tab stop of its own.
    if left > place + 1:
        return left, "left"
    return (place // default_stop + 1) * default_stop, "left"


def _width(text: str, size: float) -> float:
    narrow = sum(letter in " iljtfr.,:;'|!()-" for letter in text)
    wide = sum(letter.isupper() or letter in "mw" for letter in text)
    return size * (0.28 * narrow + 0.65 * wide + 0.5 * (len(text) - narrow - wide))
