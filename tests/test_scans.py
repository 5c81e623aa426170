"""Scanned pages read through Tesseract: how well, turned and crooked pages, signatures, and what must not be read."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from PIL import Image

from samsyn.extract.read import read_document
from samsyn.models.document import BlockKind, Document
from tests.accuracy.render.scan import LIGHT, WORN, Wear, scan
from tests.accuracy.scans import cases, sunk_scans
from tests.accuracy.suite import pipeline, run
from tests.ocr import TEXT, needs_tesseract
from tests.pdf_builder import Page, build

pytestmark = needs_tesseract

TABLE = [
    ["Åtgärd", "Ansvarig", "När"],
    ["Trygghetsvandring i centrum", "Kommunen", "Maj och oktober"],
    ["Nattvandring vid resecentrum", "Polisen och föreningarna", "Fredagar"],
]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSYN_CACHE", str(tmp_path / "cache"))


def page() -> Page:
    """A page with heading, text, a ruled table and a place to sign."""
    drawn = Page().heading(TEXT[0])
    for paragraph in TEXT[1:]:
        drawn.paragraph(paragraph)
    drawn.table(TABLE, [200, 150, 105], size=10)
    drawn.y += 90
    drawn.text(70, drawn.y, "." * 40).text(70, drawn.y + 16, "Ulla Qvarnström").text(
        70, drawn.y + 32, "Kommunstyrelsens ordförande"
    )
    return drawn


def read(wear: Wear, *, signers: tuple[str, ...] = ()) -> Document:
    return read_document(scan(build(page()), wear, seed=5, signers=signers), file="prov.pdf")


def lines(document: Document) -> list[str]:
    return [block.text for block in document.walk() if block.text]


def test_no_column_of_the_scanned_suite_sinks_below_its_floor(tmp_path: Path) -> None:
    """Agreements of the suite as worn, turned, crooked, grey and photographed scans."""
    below = sunk_scans(run(pipeline(), cases(tmp_path)))
    assert not below, "\n".join(str(one) for one in below)


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_page_that_lies_on_its_side_or_head(turn: int) -> None:
    """Turned by quarters it reads the same, and its places are those that a viewer shows."""
    document = read(LIGHT._replace(turn=turn, skew=2.0))
    assert TEXT[0] in " ".join(lines(document))
    heading = next(block for block in document.walk() if block.text.startswith(TEXT[0][:20]))
    (box,) = [line.box for line in heading.lines][:1]
    assert box is not None
    width, height = document.pages[0].width, document.pages[0].height
    near = {1: box.x1 > 0.75 * width, 2: box.bottom > 0.75 * height, 3: box.x0 < 0.25 * width}
    assert near[turn]


def test_a_ruled_table_is_seen_in_the_picture() -> None:
    """The rules between the cells, three degrees crooked, give the cells of a digital page."""
    document = read(WORN._replace(skew=3.0))
    table = next(block.table for block in document.blocks if block.kind is BlockKind.TABLE)
    assert table is not None
    assert [[cell.text if cell else "" for cell in row] for row in table.rows()] == TABLE


def test_a_signature_is_not_read_and_the_name_under_it_is() -> None:
    """What the pen left gives no text; name and title below it do, one after the other."""
    found = lines(read(WORN, signers=("Ulla Qvarnström",)))
    assert "Ulla Qvarnström" in found
    below = found[found.index("Ulla Qvarnström") + 1]
    assert below == "Kommunstyrelsens ordförande"
    above = found[found.index("Ulla Qvarnström") - 1]
    assert not any(letter.isalpha() for letter in above) or above in " ".join(row for line in TABLE for row in line)


def test_pages_that_are_hard_to_read_are_named() -> None:
    """A page that nobody can read well says so, by number: as unsure, or as one without any text."""
    document = read(Wear(dpi=75, blur=1.6, grain=25.0, skew=0.0))
    named = [caution for caution in document.cautions if caution.code in ("unsure-pages", "unreadable-pages")]
    assert [caution.message[:6] for caution in named] == ["Sida 1"]


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_a_picture_without_text_gives_none(seed: int) -> None:
    """Noise alone is no text, also where the engine sees letters in it, and raises nothing."""
    size, random = (310, 440), Random(seed)
    grain = (min(255, max(0, round(random.gauss(128, 30)))) for _ in range(size[0] * size[1]))
    stream = io.BytesIO()
    Image.frombytes("L", size, bytes(grain)).save(stream, "PDF", resolution=72)
    assert lines(read_document(stream.getvalue(), file="prov.pdf")) == []


def test_pages_come_from_the_cache_the_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognised once, a file is read again without Tesseract being run."""
    data = scan(build(page()), LIGHT, seed=5)
    first = read_document(data, file="prov.pdf")
    monkeypatch.setattr("samsyn.extract.ocr.recognise.scan_page", None)
    assert lines(read_document(data, file="prov.pdf")) == lines(first)


def test_scans_are_pictures_alone() -> None:
    """The suite's scans have no text layer that could help."""
    document = pypdfium2.PdfDocument(scan(build(page()), WORN, seed=5))
    assert document[0].get_textpage().get_text_range().strip() == ""
    document.close()
