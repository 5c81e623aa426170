"""Draws small PDFs for the reader's tests: text, rules and shading at given places, from the page's top left corner."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from samsyn.extract.readers.pdf_reader import read_pdf
from samsyn.models.document import Block, BlockKind, Document

A4 = (595.0, 842.0)
LEFT, RIGHT, TOP = 70.0, 525.0, 80.0


def _font(bold: bool, italic: bool) -> str:
    style = ("Bold" if bold else "") + ("Oblique" if italic else "")
    return "Helvetica" + (f"-{style}" if style else "")


@dataclass
class Page:
    """A page to draw on; `y` grows downwards and is where the next paragraph begins."""

    size: tuple[float, float] = A4
    rotate: int = 0
    y: float = TOP
    steps: list[Callable[[Canvas], None]] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 11,
        bold: bool = False,
        italic: bool = False,
        mode: int = 0,
    ) -> Page:
        """Draws `text` with its baseline at `y`; `mode` is PDF's text render mode (3 is invisible)."""
        height = self.size[1]
        font = _font(bold, italic)

        def draw(canvas: Canvas) -> None:
            line = canvas.beginText(x, height - y)
            line.setFont(font, size)
            line.setTextRenderMode(mode)
            line.textOut(text)
            canvas.drawText(line)

        self.steps.append(draw)
        return self

    def paragraph(
        self, text: str, *, x: float = LEFT, width: float = RIGHT - LEFT, size: float = 11, gap: float = 8, **style: Any
    ) -> Page:
        """Draws `text` wrapped to `width` below what was drawn so, and leaves `gap` after it."""
        for line in wrap(text, width, size, bold=style.get("bold", False)):
            self.y += 1.25 * size
            self.text(x, self.y, line, size=size, **style)
        self.y += gap
        return self

    def heading(self, text: str, *, size: float = 15, bold: bool = True, gap: float = 6) -> Page:
        """Draws a heading with space above."""
        self.y += 10
        return self.paragraph(text, size=size, bold=bold, gap=gap)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        """Draws a line."""
        height = self.size[1]
        self.steps.append(lambda canvas: canvas.line(x0, height - y0, x1, height - y1))
        return self

    def shade(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0.85) -> Page:
        """Fills a rectangle."""
        height = self.size[1]

        def draw(canvas: Canvas) -> None:
            canvas.setFillGray(grey)
            canvas.rect(x0, height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
            canvas.setFillGray(0)

        self.steps.append(draw)
        return self

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        """Draws a grey picture."""
        from PIL import Image

        height = self.size[1]
        image = ImageReader(Image.new("L", (4, 4), 200))
        self.steps.append(lambda canvas: canvas.drawImage(image, x0, height - y1, x1 - x0, y1 - y0))
        return self

    def do(self, step: Callable[[Canvas], None]) -> Page:
        """Takes a step on reportlab's own canvas."""
        self.steps.append(step)
        return self

    def table(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        x: float = LEFT,
        size: float = 9,
        pad: float = 5,
        ruled: bool = True,
        bold_header: bool = True,
        bold_labels: bool = False,
        row_gap: float = 0.0,
    ) -> Page:
        """Draws a table below what was drawn so far; a row of one text is a band over all columns."""
        edges = [x]
        for width in widths:
            edges.append(edges[-1] + width)
        for number, row in enumerate(rows):
            band = len(row) == 1 < len(widths)
            spans = [(edges[0], edges[-1])] if band else list(pairwise(edges))
            bold = [
                band or (number == 0 and bold_header) or (bold_labels and column == 0) for column in range(len(row))
            ]
            cells = [
                wrap(text, x1 - x0 - 2 * pad, size, bold=heavy)
                for text, (x0, x1), heavy in zip(row, spans, bold, strict=True)
            ]
            top, tallest = self.y, max(len(cell) for cell in cells)
            bottom = top + tallest * 1.25 * size + (2 * pad if ruled else row_gap)
            for lines, (x0, x1), heavy in zip(cells, spans, bold, strict=True):
                for index, line in enumerate(lines):
                    y = top + (pad if ruled else 0) + (index + 1) * 1.25 * size - 0.25 * size
                    self.text(x0 + pad, y, line, size=size, bold=heavy)
                if ruled:
                    for a, b, c, d in (
                        (x0, top, x1, top),
                        (x0, bottom, x1, bottom),
                        (x0, top, x0, bottom),
                        (x1, top, x1, bottom),
                    ):
                        self.rule(a, b, c, d)
            self.y = bottom
        self.y += 12
        return self


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """`text` in lines of at most `width` points; a newline breaks at once."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}".strip()
            if line and stringWidth(longer, _font(bold, False), size) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def build(*pages: Page, password: str | None = None) -> bytes:
    """The bytes of a PDF with these pages, the same for the same pages."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, encrypt=password, pageCompression=0)
    for page in pages:
        canvas.setPageSize(page.size)
        canvas.setPageRotation(page.rotate)
        for step in page.steps:
            step(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(*pages: Page, **options: Any) -> Document:
    """The document read from a PDF with these pages."""
    return read_pdf(build(*pages), file="prov.pdf", **options)


def texts(document: Document, kind: BlockKind | None = None) -> list[str]:
    """The texts of the document's blocks, or of those of one kind."""
    return [block.text for block in document.blocks if kind is None or block.kind is kind]


def tables(document: Document) -> list[list[list[str]]]:
    """Each table as rows of cell texts, a merged cell once."""
    return [rows_of(block) for block in document.blocks if block.table is not None]


def rows_of(block: Block) -> list[list[str]]:
    """The rows of a table block as cell texts, newlines between a cell's paragraphs."""
    assert block.table is not None
    rows: list[list[str]] = [[] for _ in range(block.table.row_count)]
    for cell in block.table.cells:
        rows[cell.row].append(cell.text)
    return rows
