"""A PDF's bytes → pictures of its pages as JPEG, together within a limit; a page that cannot be drawn is left out."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from typing import Any

from samsyn.errors import UnreadableDocument

RESOLUTION = 110
"""Dots per inch: small type can be read, and a page takes some 150 kB."""
_LEAST_RESOLUTION = 50
_MOST_PIXELS = 1_900 * 1_900
"""What a page may take however large its paper is."""
_QUALITY = 70


def draw_pages(
    data: bytes, pages: Collection[int], *, password: str | None = None, limit: int = 10_000_000
) -> dict[int, bytes]:
    """The pictures by page number, as a viewer shows the pages; not more than `limit` bytes in all.

    The resolution is lowered until they fit; what still does not fit, the last pages, is left out.
    Raises UnreadableDocument when the bytes are no PDF that can be opened.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument("document", "the PDF is damaged and cannot be opened") from error
    try:
        return _draw_within(document, sorted(pages), limit)
    finally:
        document.close()


def _draw_within(document: Any, pages: list[int], limit: int) -> dict[int, bytes]:
    resolution = float(RESOLUTION)
    drawn: dict[int, bytes] = {}
    while resolution >= _LEAST_RESOLUTION:
        drawn = _draw(document, pages, resolution, limit)
        if len(drawn) == len(pages) or sum(map(len, drawn.values())) < 0.5 * limit:
            break  # all of them fit, or pages are missing because they cannot be drawn
        resolution *= max(0.5, min(0.85, (len(drawn) / len(pages)) ** 0.5))
    return drawn


def _draw(document: Any, pages: list[int], resolution: float, limit: int) -> dict[int, bytes]:
    """The pages' pictures up to the first that goes over the limit."""
    drawn: dict[int, bytes] = {}
    for number, picture in _each(document, pages, resolution):
        limit -= len(picture)
        if limit < 0:
            break
        drawn[number] = picture
    return drawn


def _each(document: Any, pages: list[int], resolution: float) -> Iterator[tuple[int, bytes]]:
    import pypdfium2

    for number in pages:
        if not 1 <= number <= len(document):
            continue
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            continue
        try:
            yield number, _picture(page, resolution)
        except (pypdfium2.PdfiumError, ValueError):
            continue
        finally:
            page.close()


def _picture(page: Any, resolution: float) -> bytes:
    width, height = page.get_size()
    scale = min(resolution / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale)
    try:
        stream = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(stream, "JPEG", quality=_QUALITY, optimize=True)
        return stream.getvalue()
    finally:
        bitmap.close()
