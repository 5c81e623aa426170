"""What is repaired of recognised words, and above all what is not; what was recognised stays in the evidence."""

from __future__ import annotations

import pytest

from samsyn.extract.ocr.lexis import Lexis
from samsyn.extract.ocr.repair import Stock, Trusted, repair, repair_row
from samsyn.extract.readers.layout_lines import make_line
from samsyn.extract.readers.layout_page import Word
from samsyn.extract.readers.layout_text import compose, count_words
from samsyn.extract.readers.pdf_pages import open_pdf
from samsyn.models.document import Block, BlockKind, Reading
from samsyn.vocabulary.words import known_words
from tests.accuracy.suite import DOCUMENTS

LEXIS = Lexis(known_words())
DOCUMENT = ["Lillköping", "Lillköping", "trygghetsgruppen", "trygghetsgruppen"]
STOCK = Stock(LEXIS, ((word, 0.96) for word in DOCUMENT))
UNSURE = 0.88


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("kornmunen", "kommunen"),
        ("komrhunen", "kommunen"),
        ("nårkotika", "narkotika"),
        ("(öch)", "(och)"),
        ("ungdömar,", "ungdomar,"),
        ("områdcn", "områden"),
        ("Lillköpirig", "Lillköping"),
        ("trygghetsgrupp3n", "trygghetsgrupp3n"),
        ("jämfört.med", "jämfört med"),
        ("Oka", "Öka"),
    ],
)
def test_slips_of_recognition(seen: str, meant: str) -> None:
    """One slip of a usual kind, one known word that it can have been."""
    assert repair(seen, UNSURE, STOCK) == meant


@pytest.mark.parametrize("text", ["Mats", "SIG", "BÜN", "saker", "polisen.se", "142", "2020/3187", "Ekstrom", "bl.a."])
def test_names_figures_and_words_that_may_be(text: str) -> None:
    """Names, abbreviations, addresses, figures and words spelt as Swedish words are stay as they were read."""
    assert repair(text, UNSURE, STOCK) == text


def test_what_is_trusted_is_left_alone() -> None:
    """A word that the recogniser was sure of is the document's own, misspelt or not."""
    assert repair("kornmunen", 0.97, STOCK) == "kornmunen"


def test_hardly_any_sound_word_is_changed() -> None:
    """Not one in a thousand of the made agreements' words would be, had all of them been unsure."""
    words = changed = 0
    for path in sorted(DOCUMENTS.glob("*.word-pdf.pdf")):
        pages = [page for page in open_pdf(path.read_bytes(), file=path.name).pages if not isinstance(page, int)]
        texts = [word.text for page in pages for word in page.words]
        stock = Stock(LEXIS, ((text, 0.96) for text in texts))
        words += len(texts)
        changed += sum(repair(text, UNSURE, stock) != text for text in texts)
    assert changed <= words / 1000


def row(*words: tuple[str, float, float]) -> list[Trusted]:
    """Words with where they begin and end."""
    return [Trusted(Word(text, x0, 92, x1, 102, 100, 10), UNSURE) for text, x0, x1 in words]


def texts(*words: tuple[str, float, float]) -> list[str]:
    return [word.text for word in repair_row(row(*words), STOCK)]


def test_halves_of_a_word_are_joined() -> None:
    """A known word in two halves, and unknown letters with no space between them."""
    assert texts(("kommunsty", 0, 60), ("relsen", 63, 90)) == ["kommunstyrelsen"]
    assert texts(("W", 0, 10), ("ennerholm", 10.5, 60)) == ["Wennerholm"]


def test_words_side_by_side_stay_two() -> None:
    """However narrow the space is: both are words; and a wide space parts halves too."""
    assert texts(("såsom", 0, 30), ("i", 30.5, 33), ("kommunen", 36, 80)) == ["såsom", "i", "kommunen"]
    assert texts(("kommunsty", 0, 60), ("relsen", 70, 110)) == ["kommunsty", "relsen"]


def test_evidence_has_what_was_recognised() -> None:
    """The text is the repaired one, its evidence what stands on the page."""
    words = repair_row(row(("Öka", 0, 20), ("nårkotika", 23, 70), ("här", 73, 90)), STOCK)
    line = make_line(1, words)
    composed = compose([line], count_words([line]))
    assert composed.text == "Öka narkotika här"
    assert composed.readings == (Reading(4, 13, "nårkotika"),)
    block = Block("b1", BlockKind.PARAGRAPH, composed.text, lines=composed.lines, readings=composed.readings)
    assert block.locate()[0].text == "Öka nårkotika här"
    assert block.part(4).locate()[0].text == "nårkotika här"
    assert block.part(14).locate()[0].text == "här"


def test_a_hyphen_at_a_line_end_goes_from_the_reading_too() -> None:
    """'nårko-' + 'tika' gives one word; what was recognised of its first half stays."""
    first = Word("brottsföre-", 0, 92, 60, 102, 100, 10, seen="brottsf0re-")
    lines = [make_line(1, [first]), make_line(1, [Word("byggande", 0, 106, 50, 116, 114, 10)])]
    composed = compose(lines, count_words(lines))
    block = Block("b1", BlockKind.PARAGRAPH, composed.text, lines=composed.lines, readings=composed.readings)
    assert composed.text == "brottsförebyggande"
    assert block.locate()[0].text == "brottsf0rebyggande"
