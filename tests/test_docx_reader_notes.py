"""The Word reader: note marks leave the text and stay tied to their notes."""

from __future__ import annotations

from samsyn.extract.readers.docx_reader import read_docx
from samsyn.models.document import Document
from tests.docx_builder import LONG, Markup, build, i, note, p, r, sup, tbl


def read(*body: str, **options: object) -> Document:
    return read_docx(build(*body, **options), file="noter.docx")  # type: ignore[arg-type]


def notes(document: Document) -> list[tuple[str, str]]:
    return [(footnote.label, footnote.block.text) for footnote in document.footnotes]


def marks(document: Document) -> list[tuple[str, int, str]]:
    return [(block.text, mark.offset, mark.label) for block in document.walk() for mark in block.notes]


def test_footnotes_are_numbered_in_order_of_their_marks() -> None:
    """Labels follow the marks, not the ids; unused notes and separators are left out."""
    document = read(
        p("Först", note(7), " sedan"),
        tbl([[p("cell", note(3)), "x"], ["y", "z"]]),
        footnotes={3: "Andra", 7: "Första", 9: "Oanvänd"},
    )
    assert notes(document) == [("1", "Första"), ("2", "Andra")]
    assert marks(document) == [("Först sedan", 5, "1"), ("cell", 4, "2")]


def test_mark_before_a_full_stop() -> None:
    """The blank before a mark goes with it when a full stop follows."""
    assert marks(read(p("lagen ", note(1), "."), p("ord ", note(2), " ord"), footnotes={1: "a", 2: "b"})) == [
        ("lagen.", 5, "1"),
        ("ord ord", 3, "2"),
    ]


def test_endnotes_have_roman_numbers() -> None:
    """Endnotes are numbered i, ii unless the document says otherwise, and come after the footnotes."""
    body = p("a", note(1, "endnote"), "b", note(2, "endnote"), "c", note(1))
    assert notes(read(body, footnotes={1: "fot"}, endnotes={1: "slut", 2: "slut två"})) == [
        ("1", "fot"),
        ("i", "slut"),
        ("ii", "slut två"),
    ]
    digits = '<w:endnotePr><w:numFmt w:val="decimal"/><w:numStart w:val="5"/></w:endnotePr>'
    assert [label for label, _ in notes(read(body, endnotes={1: "x", 2: "y"}, footnotes={}, settings=digits))] == [
        "1",
        "5",
        "6",
    ]


def test_numbers_start_over_with_each_section() -> None:
    """A document that restarts its notes by section shows '1' again."""
    restart = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
    document = read(p("a", note(1), props="<w:sectPr/>"), p("b", note(2)), footnotes={1: "x", 2: "y"}, settings=restart)
    assert notes(document) == [("1", "x"), ("1", "y")]


def test_custom_mark() -> None:
    """A mark the author chose is the label and no text, and is not counted."""
    custom = r(raw='<w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t>')
    body = Markup("<w:p><w:r><w:t>* Egen not</w:t></w:r></w:p>")
    document = read(p("ord", custom, " mer", note(2)), footnotes={1: body, 2: "Vanlig"})
    assert notes(document) == [("*", "Egen not"), ("1", "Vanlig")]
    assert marks(document) == [("ord mer", 3, "*"), ("ord mer", 7, "1")]


def test_note_of_several_paragraphs_keeps_emphasis() -> None:
    """Paragraphs of a note are lines of one text."""
    document = read(p("a", note(1)), footnotes={1: Markup(p("Första") + p("och ", i("andra")))})
    block = document.footnotes[0].block
    assert block.text == "Första\noch andra"
    assert [block.text[span.start : span.end] for span in block.emphasis] == ["andra"]


def test_marks_in_deleted_and_hidden_text_count_for_nothing() -> None:
    """Only marks that are printed are counted."""
    gone = Markup(f"<w:del>{note(1)}</w:del>")
    hidden = r(raw='<w:footnoteReference w:id="2"/>', props="<w:vanish/>")
    assert notes(read(p("a", gone, hidden, note(3)), footnotes={1: "x", 2: "y", 3: "z"})) == [("1", "z")]


def test_typed_notes_are_tied_to_typed_marks() -> None:
    """A raised number and a paragraph that begins with it are mark and note, where both are there."""
    document = read(
        p("Enligt mätningen", sup("1"), " ökar tryggheten²."),
        LONG,
        p(sup("1"), " Polisens mätning 2030"),
        p("² Enligt enkäten"),
        p(sup("3"), " Utan mark"),
    )
    assert notes(document) == [("1", "Polisens mätning 2030"), ("2", "Enligt enkäten")]
    assert marks(document) == [
        ("Enligt mätningen ökar tryggheten.", 16, "1"),
        ("Enligt mätningen ökar tryggheten.", 32, "2"),
    ]
    assert document.blocks[-1].text == "³ Utan mark"


def test_raised_digits_that_are_text() -> None:
    """Units keep their raised digit, also where notes of that number exist; other raised digits without note too."""
    document = read(
        p("200 m", sup("2"), " och 3 km²", note(1), note(2), " samt x", sup("9")), footnotes={1: "a", 2: "b"}
    )
    assert document.blocks[0].text == "200 m² och 3 km² samt x⁹"
    assert [mark.label for mark in document.blocks[0].notes] == ["1", "2"]


def test_mark_typed_a_second_time() -> None:
    """A raised number that repeats a real note's is a mark of that note."""
    document = read(p("först", note(1)), p("samma not", sup("1"), " igen"), footnotes={1: "Not"})
    assert marks(document) == [("först", 5, "1"), ("samma not igen", 9, "1")]


def test_missing_note_keeps_its_mark() -> None:
    """A mark whose note is not in the file is out of the text, and its note is empty."""
    document = read(p("ord", note(4)))
    assert (document.blocks[0].text, notes(document)) == ("ord", [("1", "")])


def test_number_that_begins_a_note_is_its_text() -> None:
    """Only a mark that was typed before the note is taken off it, not a number its text begins with."""
    counted = read(p("a", note(1)), footnotes={1: "1 av 10 unga"})
    typed = read(p("a", sup("11"), " b", sup("12")), p(sup("12"), "Källa: enkäten"), p(sup("11"), ") 3 av 4 unga"))
    assert notes(counted) == [("1", "1 av 10 unga")]
    assert notes(typed) == [("12", "Källa: enkäten"), ("11", "3 av 4 unga")]
