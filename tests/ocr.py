"""What tests of recognition share: whether Tesseract is there, and PDFs whose text layer is not what they show."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pypdfium2
import pytest
import reportlab
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from samsyn.extract.ocr.tesseract import find_engine
from samsyn.extract.readers.pdf_pages import open_pdf
from tests.pdf_builder import A4, LEFT, RIGHT, TOP, wrap

MISSING = "Tesseract with Swedish is not installed (apt install tesseract-ocr tesseract-ocr-swe)"

Change = Callable[[str], str]

TEXT = (
    "Samverkansöverenskommelse mellan Lillköpings kommun och polisen",
    "Kommunen och polisen arbetar tillsammans för att öka tryggheten och minska brottsligheten i kommunen. Arbetet "
    "utgår från en gemensam lägesbild som tas fram varje år.",
    "Problembilden visar att många ungdomar samlas vid resecentrum på kvällarna. Där förekommer skadegörelse, "
    "misshandel och försäljning av narkotika. Särskilt unga kvinnor känner sig otrygga när de går hem.",
    "Målet är att antalet anmälda våldsbrott i offentlig miljö ska minska och att fler invånare ska känna sig trygga.",
    "Åtgärderna följs upp två gånger om året av styrgruppen, som består av kommunchefen och lokalpolisområdeschefen.",
)
"""Paragraphs of an agreement of a municipality that there is not."""


def has_tesseract() -> bool:
    """True where Tesseract can read Swedish."""
    engine = find_engine()
    return engine is not None and engine.knows("swe")


needs_tesseract = [pytest.mark.slow, pytest.mark.skipif(not has_tesseract(), reason=MISSING)]


def mapped_pdf(paragraphs: Sequence[str], change: Change) -> bytes:
    """A page whose font calls each letter what `change` makes of it: it shows one text and holds another."""
    folder = Path(reportlab.__file__).parent / "fonts"
    name = "Prov"
    font = ttfonts.TTFont(name, str(folder / "Vera.ttf"))
    make = ttfonts.makeToUnicodeCMap

    def changed(fontname: str, subset: Sequence[int]) -> str:
        return str(make(fontname, [ord((change(chr(code)) or "\N{ZERO WIDTH SPACE}")[0]) for code in subset]))

    stream = io.BytesIO()
    with patch.object(ttfonts, "makeToUnicodeCMap", changed):
        pdfmetrics.registerFont(font)
        canvas = Canvas(stream, pagesize=A4)
        y = TOP
        for paragraph in paragraphs:
            for line in wrap(paragraph, RIGHT - LEFT - 60, 11):
                canvas.setFont(name, 10)
                canvas.drawString(LEFT, A4[1] - y, line)
                y += 15
            y += 10
        canvas.save()
    return stream.getvalue()


def layered_pdf(pdf: bytes, change: Change = str, *, dpi: float = 150) -> bytes:
    """The pages of `pdf` as a scanner with recognition of its own writes them: a picture, invisible words over it.

    The words are those of the pages as `change` leaves them.
    """
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    pages: Any = open_pdf(pdf, file="prov.pdf").pages
    document = pypdfium2.PdfDocument(pdf)
    for index, content in enumerate(pages):
        picture = document[index].render(scale=dpi / 72, grayscale=True).to_pil()
        canvas.setPageSize((content.width, content.height))
        canvas.drawImage(ImageReader(picture), 0, 0, content.width, content.height)
        for word in content.words:
            text = canvas.beginText(word.x0, content.height - word.baseline)
            text.setFont("Helvetica", word.size)
            text.setTextRenderMode(3)
            text.textOut(change(word.text) + " ")
            canvas.drawText(text)
        canvas.showPage()
    document.close()
    canvas.save()
    return stream.getvalue()


def misread(text: str) -> str:
    """The text as a bad recogniser leaves it: in most words a letter or two taken for others, all by rule."""
    for seen, taken in (("m", "rn"), ("å", "a"), ("li", "h"), ("ö", "0"), ("tt", "U"), ("el", "cl"), ("ll", "11")):
        text = text.replace(seen, taken)
    return text
