"""Takes two documents, gives the older one as a Word file with every change to the newer one tracked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samsyn.extract.formats import format_of
from samsyn.models.document import Document

if TYPE_CHECKING:
    from samsyn.write.revisions_redline import Redline


def redline_documents(before: Document, data: bytes, after: Document) -> Redline:
    """The older document with native revisions (author samsyn) that make its text that of the newer one.

    Where the older one is a Word file it is that file itself, styles, headers and pictures kept; else its text set
    anew. `data` are the older one's bytes.
    """
    from samsyn.write.as_docx_blocks import blocks_docx
    from samsyn.write.revisions_redline import redline_docx

    base = data if format_of(data, before.source.file) == "docx" else blocks_docx(_title(before), before.blocks)
    return redline_docx(base, after.blocks)


def _title(document: Document) -> str:
    return next((block.text for block in document.blocks if block.text), document.source.file)
