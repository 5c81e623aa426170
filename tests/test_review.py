"""The page on which a file is judged: what it shows and where, that it stands alone, that no document can harm it."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from samsyn.cli import main
from samsyn.extract.read import read_document
from samsyn.extract.readers.pdf_snapshots import draw_pages
from samsyn.models.agreement import Goal, Signatory
from samsyn.models.document import Block, BlockKind, Document, Line, Page
from samsyn.models.review_page import Review, ReviewValue
from samsyn.models.source import Box, Caution, Source
from samsyn.pipeline import understand_document
from samsyn.review import pages_to_draw, review_document
from samsyn.write.review_html import write_review
from tests.agreements import agreement

EXAMPLES = Path(__file__).parent.parent / "examples"
PDF = EXAMPLES / "ange-2025-2028.pdf"

HOSTILE = '</textarea></script><script>alert(1)</script> "><img src=x onerror=alert(2)> \' onclick="a" \u202eoro\u202c'


def review_of(path: Path, *, pictures: bool = False) -> Review:
    """The review of a file of the examples."""
    document = read_document(path)
    drawn = draw_pages(path.read_bytes(), range(1, 4)) if pictures else {}
    return review_document(document, understand_document(document), drawn)


def values_of(review: Review) -> dict[str, ReviewValue]:
    """The values of the review by path."""
    return {value.path: value for group in review.groups for item in group.items for value in item.values}


def page_of(review: Review) -> str:
    """The page as text."""
    stream = io.StringIO()
    write_review(review, stream)
    return stream.getvalue()


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("path", [PDF, PDF.with_suffix(".docx")], ids=lambda path: path.suffix)
def test_value_of_a_row_points_at_its_cell(path: Path) -> None:
    """Protects the look: a field of a table row lights its own cell, not the row."""
    review = review_of(path)
    values = values_of(review)
    police, schedule = values["measures[m2].police_action"], values["measures[m2].schedule"]
    assert len(police.places) == len(schedule.places) == 1
    assert police.places != schedule.places
    place = next(place for place in review.places if place.id == police.places[0])
    if path.suffix == ".pdf":
        assert place.page == 2
        assert place.box is not None
        assert place.box.width < 120
    else:
        assert place.block.partition(".")[2].startswith("r2.c2")


def test_every_place_that_is_pointed_at_is_on_the_page() -> None:
    """Protects both directions of pointing: no value leads to a box that is not drawn."""
    for path in (PDF, PDF.with_suffix(".docx")):
        tags = Tags(page_of(review_of(path))).found
        drawn = {attributes["data-place"] for _, attributes in tags if "data-place" in attributes}
        wanted = {place for _, attributes in tags for place in (attributes.get("data-places") or "").split()}
        assert wanted
        assert wanted <= drawn


def test_missing_facts_and_doubts_come_first() -> None:
    """Protects the reader's time: what is doubtful stands at the top, with the reason."""
    text = "# Samverkansöverenskommelse\n\n## Mål\n\n- Fler ska åka skridskor utan oro.\n"
    document = read_document(text.encode(), file="isbanan.md")
    review = review_document(document, understand_document(document), {})
    assert review.groups[0].name == "doubtful"
    doubted = {value.path for item in review.groups[0].items for value in item.values}
    assert "period.start" in doubted
    assert "period.start" not in {
        value.path for group in review.groups[1:] for item in group.items for value in item.values
    }


@pytest.mark.parametrize("paged", [True, False])
def test_hostile_text_is_shown_as_text(paged: bool) -> None:
    """Protects whoever opens the page: nothing in a document becomes a tag, an attribute or a direction mark."""
    box = Box(72, 100, 500, 112)
    block = Block("b1", BlockKind.PARAGRAPH, HOSTILE, marker=HOSTILE, lines=(Line(0, 1, box),))
    found = agreement(
        title=HOSTILE,
        goals=(Goal(id="g1", text=HOSTILE, level="overall", evidence=block.locate()),),
        signatories=(Signatory(name=HOSTILE),),
        source=Source(file=HOSTILE, sha256="0" * 64, media_type="text/plain", pages=None),
        warnings=(Caution(code="odd", message=HOSTILE),),
    )
    pages = (Page(1, 595, 842),) if paged else ()
    page = page_of(review_document(Document(found.source, (block,), pages), [found], {}))
    tags = Tags(page).found
    assert sum(tag == "script" for tag, _ in tags) == 1
    assert not any(tag == "img" for tag, _ in tags)
    assert not any(name.startswith("on") for _, attributes in tags for name in attributes)
    assert "\u202e" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 6


def test_page_stands_alone() -> None:
    """Protects offline use and privacy: no address is asked for, and the policy forbids it."""
    tags = Tags(page_of(review_of(PDF, pictures=True))).found
    sources = [attributes["src"] or "" for _, attributes in tags if "src" in attributes]
    assert len(sources) == 3
    assert all(source.startswith("data:image/jpeg;base64,") for source in sources)
    assert not any(tag in ("link", "iframe", "object") for tag, _ in tags)
    (policy,) = [a["content"] or "" for tag, a in tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2]


def test_same_file_gives_the_same_bytes() -> None:
    """Protects comparing: two runs write the same page, pictures and all."""
    assert page_of(review_of(PDF, pictures=True)) == page_of(review_of(PDF, pictures=True))


def test_lines_over_the_picture_hold_the_document_in_order() -> None:
    """Protects selecting: the text over a page is what is printed there, the running header before the rest."""
    first = review_of(PDF).pages[0]
    texts = [line.text for line in first.lines]
    assert texts[0] == "Ånge kommun och Polisen"
    assert texts[-1] == "Sida 1 (3)"
    assert "SSPF" in texts


def test_pictures_stay_within_the_limit() -> None:
    """Protects the size of the page: the resolution falls until the pictures fit."""
    data = PDF.read_bytes()
    whole = draw_pages(data, (1, 2, 3))
    limit = sum(map(len, whole.values())) * 2 // 3
    smaller = draw_pages(data, (1, 2, 3), limit=limit)
    assert set(smaller) == {1, 2, 3}
    assert sum(map(len, smaller.values())) <= limit


def test_pages_of_a_long_file_are_drawn_where_something_was_read() -> None:
    """Protects long council papers from pages that are too large to open."""
    found = agreement()
    assert pages_to_draw(4, [found], 10) == [1, 2, 3, 4]
    assert pages_to_draw(400, [found], 10) == [1, 2, 3, 4]
    assert pages_to_draw(400, [found], 2) == [1, 2]


def test_command_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the command: the file is read apart, pictures come back, the page is put in place."""
    output = tmp_path / "review.html"
    assert main(["review", str(PDF), "-o", str(output)]) == 0
    assert capsys.readouterr().out == ""
    assert len(re.findall("<img ", output.read_text(encoding="utf-8"))) == 3
