"""Which text layers are doubted, and that a sound one is never replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from samsyn.extract.ocr.layer import better_read, doubted_layers
from samsyn.extract.ocr.lexis import Lexis
from samsyn.extract.read import read_document
from samsyn.extract.readers.layout_page import PageContent, Word
from samsyn.extract.readers.pdf_pages import open_pdf
from samsyn.models.document import Document
from samsyn.models.reading import ReadOptions
from samsyn.vocabulary.words import known_words
from tests.accuracy.suite import DOCUMENTS
from tests.ocr import TEXT, layered_pdf, mapped_pdf, misread, needs_tesseract
from tests.pdf_builder import Page, build

ENGLISH = (
    "This page is written in another language, and nothing is wrong with it. It says what the partners of the "
    "agreement have done together during the last year, how they have met the young people of the town, and which "
    "of their measures they want to go on with when the next year begins."
)


def page(text: str, *, number: int = 1, picture: float = 0.0) -> PageContent:
    """A page with nothing but words."""
    words = tuple(Word(word, 0, 0, 9, 9, 9, 10) for word in text.split())
    return PageContent(number, 595, 842, words=words, picture_share=picture)


def shifted(text: str) -> str:
    """Letters by the numbers of their shapes, as of a font without a map."""
    return "".join(chr(ord(letter) - 29) if letter.isalpha() else letter for letter in text)


def unmarked(text: str) -> str:
    """The text without å, ä and ö."""
    return "".join(letter for letter in text if letter not in "åäöÅÄÖ")


LEXIS = Lexis(known_words())
GOOD = " ".join(TEXT)


def test_no_sound_page_is_doubted() -> None:
    """Every page of the made agreements that developers may read: names, tables, annexes and all."""
    for path in sorted(DOCUMENTS.glob("*.word-pdf.pdf")):
        contents = [one for one in open_pdf(path.read_bytes(), file=path.name).pages if not isinstance(one, int)]
        assert not doubted_layers(contents, LEXIS), path.name


@pytest.mark.parametrize("damage", [shifted, unmarked, misread, lambda text: text.replace("tt", "#")])
def test_damage_is_doubted(damage: Callable[[str], str]) -> None:
    """Fonts without a map, lost letters, bad recognition and lost ligatures."""
    assert doubted_layers([page(damage(GOOD), picture=1.0)], LEXIS) == {1}


def test_a_short_page_is_judged_with_the_others() -> None:
    """The few words of a signature page tell nothing; the damage of the document's font does."""
    names = "Ulla Qvarnström Kommunchef"
    assert not doubted_layers([page(GOOD), page(names, number=2)], LEXIS)
    assert doubted_layers([page(shifted(GOOD)), page(shifted(names), number=2)], LEXIS) == {1, 2}


def test_without_words_to_know_nothing_is_doubted() -> None:
    """Recognition in another language has nothing to measure by."""
    assert not doubted_layers([page(shifted(GOOD))], Lexis(frozenset()))


def test_only_a_better_reading_takes_the_place_of_a_layer() -> None:
    """Equal or worse, or only a part of the page: the layer stays."""
    assert better_read([page(GOOD)], [page(shifted(GOOD))], LEXIS) == {1}
    assert better_read([page(GOOD)], [page(unmarked(GOOD))], LEXIS) == {1}
    assert not better_read([page(GOOD)], [page(GOOD)], LEXIS)
    assert not better_read([page(misread(GOOD))], [page(GOOD)], LEXIS)
    assert not better_read([page(GOOD[:200])], [page(misread(GOOD))], LEXIS)
    assert not better_read([page(ENGLISH)], [page(ENGLISH)], LEXIS)


def read(data: bytes) -> Document:
    return read_document(data, file="prov.pdf", options=ReadOptions())


def text_of(document: Document) -> str:
    return " ".join(block.text for block in document.walk())


class TestWithTesseract:
    """Damaged layers read from the picture of their pages."""

    pytestmark = needs_tesseract

    @pytest.fixture(autouse=True)
    def _own_cache(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SAMSYN_CACHE", str(tmp_path))

    @pytest.mark.parametrize("damage", [shifted, unmarked])
    def test_a_font_that_lies_is_read_from_the_picture(self, damage: Callable[[str], str]) -> None:
        """What a reader sees counts, and the caution says so."""
        document = read(mapped_pdf(TEXT, damage))
        assert "Åtgärderna följs upp två gånger om året" in text_of(document)
        assert [one.code for one in document.cautions] == ["replaced-text-layer"]
        assert document.pages[0].recognised
        assert document.source.ocr

    def test_a_font_that_tells_the_truth_is_believed(self) -> None:
        """The same page with its right map is not recognised at all."""
        document = read(mapped_pdf(TEXT, str))
        assert "Åtgärderna följs upp två gånger om året" in text_of(document)
        assert not document.source.ocr
        assert not document.cautions

    def test_the_layer_of_an_old_scanner(self) -> None:
        """Bad recognition gives way to better; the good layer of the page beside it stays."""
        pages = [Page(), Page()]
        for drawn in pages:
            for paragraph in TEXT:
                drawn.paragraph(paragraph)
        sound = layered_pdf(build(pages[0]))
        bad = layered_pdf(build(pages[1]), misread)
        assert not read(sound).source.ocr
        document = read(bad)
        assert document.source.ocr
        assert "många ungdomar samlas vid resecentrum på kvällarna" in text_of(document)

    def test_a_sound_layer_keeps_its_words(self) -> None:
        """Also odd ones: what stands in a sound layer is the document's own."""
        drawn = Page()
        for paragraph in (*TEXT, "Xyqvist ÅTGR7 och Bräntån"):
            drawn.paragraph(paragraph)
        assert "Xyqvist ÅTGR7 och Bräntån" in text_of(read(layered_pdf(build(drawn))))

    def test_another_language_stays(self) -> None:
        """A page without one known word is looked at, and left as it is."""
        document = read(build(Page().paragraph(ENGLISH)))
        assert "how they have met the young people" in text_of(document)
        assert not document.source.ocr
