"""Pages of a PDF → grey pictures of them, as a viewer shows them, for recognition.

pdfium is not thread-safe: pictures are made one at a time, by the thread that opened the file.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from samsyn.limits import PICTURE_DOTS

if TYPE_CHECKING:
    from numpy.typing import NDArray


class PagePicture(NamedTuple):
    """A page's picture: grey levels by row and column, and its resolution."""

    grey: NDArray[Any]
    dpi: float


class Pictures:
    """An open PDF whose pages can be rendered."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def render(self, number: int, dpi: float) -> PagePicture:
        """The picture of page `number` (from 1) at `dpi` dots an inch, fewer when the page is very large."""
        page = self._document[number - 1]
        try:
            width, height = page.get_size()
            dots = width * height * (dpi / 72) ** 2
            if dots > PICTURE_DOTS:
                dpi *= (PICTURE_DOTS / dots) ** 0.5
            bitmap = page.render(scale=dpi / 72, grayscale=True)
            return PagePicture(bitmap.to_numpy().squeeze().copy(), dpi)
        finally:
            page.close()


@contextlib.contextmanager
def open_pictures(data: bytes, password: str | None) -> Iterator[Pictures]:
    """The pages of the PDF in `data`, for rendering. The file must have been opened before without trouble."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data, password=password)
    try:
        yield Pictures(document)
    finally:
        document.close()
