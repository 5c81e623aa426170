"""The Word reader: headings, paragraphs and the text inside them come out as a reader of the page sees them."""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest

from samsyn.extract.readers.docx_reader import MEDIA_TYPE, read_docx
from samsyn.models.document import Block, BlockKind, Document
from tests.docx_builder import (
    BREAK,
    DEFAULT_STYLES,
    LONG,
    PAGE_BREAK,
    TAB,
    Markup,
    b,
    build,
    field,
    i,
    level,
    numbering,
    p,
    r,
    sdt,
    size,
    style,
    tbl,
    tc,
    tr,
)

SAMPLES = Path(__file__).parents[1].parent / "shared" / "samples"


def read(*body: str, **options: object) -> Document:
    return read_docx(build(*body, **options), file="avtal.docx")  # type: ignore[arg-type]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def outline(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.text) for block in document.blocks if block.text != LONG]


def only(document: Document) -> Block:
    (block,) = document.blocks
    return block


# -- the whole ---------------------------------------------------------------------------------------------------------


def test_source_and_ids() -> None:
    """The source names file, hash and type without pages; ids count the blocks; evidence has no page."""
    data = build("Ett", "Två")
    document = read_docx(data, file="avtal.docx")
    assert document.source.model_dump() == {
        "file": "avtal.docx",
        "sha256": hashlib.sha256(data).hexdigest(),
        "media_type": MEDIA_TYPE,
        "pages": None,
        "ocr": False,
    }
    assert [block.id for block in document.blocks] == ["b1", "b2"]
    assert document.pages == ()
    assert document.blocks[0].locate()[0].page is None


@pytest.mark.parametrize("kind", ["template.main+xml", "document.macroEnabled.main+xml"])
def test_templates_and_macro_documents_are_read(kind: str) -> None:
    """A .dotx or .docm is read like a .docx."""
    prefix = "vnd.ms-word." if "macro" in kind else "vnd.openxmlformats-officedocument.wordprocessingml."
    assert texts(read("Avtal", main_type=f"application/{prefix}{kind}")) == ["Avtal"]


def test_strict_namespaces_are_read() -> None:
    """A file saved as Strict Open XML gives the same text."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(build(p(b("Mål:"), " fler ska")))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    strict = {
        name: content.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in files.items()
    }
    from tests.docx_builder import pack

    block = only(read_docx(pack(strict), file="a.docx"))
    assert (block.text, block.bold_lead) == ("Mål: fler ska", 4)


# -- headings ----------------------------------------------------------------------------------------------------------


def test_headings_by_style_name_and_outline() -> None:
    """Built-in styles, styles based on them, other languages' names and outline levels all make headings."""
    styles = (
        DEFAULT_STYLES
        + style("Egen", "Kommunens rubrik", based="Heading2")
        + style("R3", "Rubrik 3", based="Normal")
        + style("Niva", "Avsnitt", based="Normal", ppr='<w:outlineLvl w:val="1"/>')
    )
    document = read(
        p("Avtal", style="Title"),
        p("Bakgrund", style="Heading1"),
        LONG,
        p("Syfte", style="Egen"),
        LONG,
        p("Mål", style="R3"),
        LONG,
        p("Tid", style="Niva"),
        LONG,
        p("Parter", props='<w:outlineLvl w:val="0"/>'),
        LONG,
        p("Brödtext med rubrikstil.", style="Heading1", props='<w:outlineLvl w:val="9"/>'),
        styles=styles,
    )
    assert outline(document) == [
        ("heading", 1, "Avtal"),
        ("heading", 1, "Bakgrund"),
        ("heading", 2, "Syfte"),
        ("heading", 3, "Mål"),
        ("heading", 2, "Tid"),
        ("heading", 1, "Parter"),
        ("paragraph", 0, "Brödtext med rubrikstil."),
    ]


def test_headings_by_type_alone() -> None:
    """Short bold or larger lines are headings, ranked by size and then weight."""
    document = read(
        p(r("Överenskommelse 2030", props=size(18, bold=True))),
        p(r("Inledning", props=size(14, bold=True))),
        LONG,
        p(b("Delmål:")),
        LONG,
        p(r("Uppföljning", props=size(14, bold=True))),
        LONG,
        p(r("Underrubrik i stor stil", props=size(14))),
        LONG,
    )
    assert outline(document) == [
        ("heading", 1, "Överenskommelse 2030"),
        ("heading", 2, "Inledning"),
        ("heading", 4, "Delmål:"),
        ("heading", 2, "Uppföljning"),
        ("heading", 3, "Underrubrik i stor stil"),
    ]


def test_bold_lines_rank_below_stated_headings_of_larger_type() -> None:
    """In a document with real headings a bold line of the text's size is a heading of lower rank."""
    document = read(
        p("Bakgrund", style="Heading1"),
        LONG,
        p("Mål", style="Heading2"),
        LONG,
        p(b("Kommunens del")),
        LONG,
        p(r("Som rubrik 2", props=size(13, bold=True))),
        LONG,
    )
    assert [block.level for block in document.blocks if block.kind is BlockKind.HEADING] == [1, 2, 3, 2]


@pytest.mark.parametrize(
    "line",
    [
        p(b("Mål:"), " fler ska känna sig trygga i centrum"),
        p(b("Alla som bor här ska kunna känna sig trygga, dag som natt.")),
        p(b("Vi gör det tillsammans. Vi gör det nu")),
        p(b("”Ingen ska behöva vara rädd”")),
        p(b("Tryggt tillsammans i Lillköping"), props='<w:jc w:val="center"/>'),
        p(b("Lillköpings kommun"), TAB, TAB, TAB, b("Polisen")),
        p(i("Kursiv rad")),
        p(b("1")),
        p("Citat i fet stil", style="Quote"),
        p(b("ord " * 40)),
    ],
    ids=[
        "run-in",
        "sentence",
        "sentences",
        "quotation",
        "slogan",
        "side by side",
        "italic",
        "digit",
        "quote style",
        "long",
    ],
)
def test_bold_text_that_is_no_heading(line: str) -> None:
    """Labels before text, sentences, quotations, centred slogans and texts side by side are no headings."""
    document = read(p(b("Bakgrund")), LONG, p(b("Nuläge")), LONG, line, LONG)
    kinds = [block.kind for block in document.blocks]
    assert kinds[4] is BlockKind.PARAGRAPH
    assert kinds[0] is kinds[2] is BlockKind.HEADING


def test_last_bold_lines_head_nothing() -> None:
    """Names set in bold at the end are no headings; a row of bold lines with nothing between neither."""
    names = [p(b(name)) for name in ("Ada Alm", "Bo Berg", "Cilla Ceder", "Dan Dahl")]
    document = read(p(b("Parter")), LONG, *names, LONG, p(b("Lillköping den 3 maj")), p(b("Eva Ek")))
    assert [block.text for block in document.blocks if block.kind is BlockKind.HEADING] == ["Parter"]


def test_document_all_in_bold_has_no_bold_headings() -> None:
    """Where the running text is bold, only larger type sets apart."""
    document = read(p(b(LONG)), p(b("Kort rad")), p(b(LONG)), p(r("Rubrik", props=size(15, bold=True))), p(b(LONG)))
    assert [block.text for block in document.blocks if block.kind is BlockKind.HEADING] == ["Rubrik"]


def test_heading_numbers_counted_and_typed() -> None:
    """A counted number is the heading's marker, a typed one stays in its text."""
    levels = [level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")]
    document = read(
        p("Bakgrund", style="Heading1", num=(1, 0)),
        LONG,
        p("Syfte", style="Heading2", num=(1, 1)),
        LONG,
        p("Mål", style="Heading2", num=(1, 1)),
        LONG,
        p("4. Tid", style="Heading1"),
        LONG,
        p(b("4.1 Giltighet")),
        LONG,
        numbering_xml=numbering({0: levels}, {1: 0}),
    )
    found = [(block.marker, block.text) for block in document.blocks if block.kind is BlockKind.HEADING]
    assert found == [("1", "Bakgrund"), ("1.1", "Syfte"), ("1.2", "Mål"), ("", "4. Tid"), ("", "4.1 Giltighet")]


def test_bold_numbered_lines_are_headings_only_when_alone() -> None:
    """'1. Bakgrund' over its text is a heading; bold items in a row are a list."""
    alone = read(p(b("1. Bakgrund")), LONG, p(b("2. Parter")), LONG)
    row = read(LONG, p(b("1. Färre inbrott")), p(b("2. Fler vuxna")), LONG)
    assert [block.kind.value for block in alone.blocks] == ["heading", "paragraph", "heading", "paragraph"]
    assert [block.kind.value for block in row.blocks] == ["paragraph", "list-item", "list-item", "paragraph"]


def test_bold_first_line_over_running_text_is_split_off() -> None:
    """A bold line and text after a manual break are heading and paragraph; a bold name over a role stays one."""
    document = read(LONG, p(b("Problembild"), BREAK, LONG), p(b("Ada Alm"), BREAK, "Kommundirektör"), LONG)
    assert outline(document) == [("heading", 1, "Problembild"), ("paragraph", 0, "Ada Alm\nKommundirektör")]


def test_every_bold_line_within_a_paragraph_is_split_off() -> None:
    """Several labels on lines of their own in one paragraph each head the text below them."""
    document = read(
        LONG, p(b("Mål"), BREAK, LONG, BREAK, b("Åtgärder"), BREAK, "Polisen ska synas mer i centrum."), LONG
    )
    assert [(block.kind.value, block.text) for block in document.blocks[1:5]] == [
        ("heading", "Mål"),
        ("paragraph", LONG),
        ("heading", "Åtgärder"),
        ("paragraph", "Polisen ska synas mer i centrum."),
    ]


def test_words_printed_with_a_number_are_text() -> None:
    """'Fokusområde 1:' that Word counts is part of what the heading says."""
    levels = [level(0, "decimal", "Fokusområde %1:"), level(1, "upperRoman", "%2.")]
    document = read(
        p("Trygg skola", style="Heading1", num=(1, 0)),
        LONG,
        p("Trygg fritid", style="Heading1", num=(1, 0)),
        p("Mål", style="Heading2", num=(1, 1)),
        LONG,
        numbering_xml=numbering({0: levels}, {1: 0}),
    )
    assert [(block.marker, block.text) for block in document.blocks if block.level] == [
        ("", "Fokusområde 1: Trygg skola"),
        ("", "Fokusområde 2: Trygg fritid"),
        ("I.", "Mål"),
    ]


@pytest.mark.parametrize(("number", "text"), [("1.", "1. Bakgrund"), ("2", "2 Bakgrund"), ("§ 3", "§ 3 Bakgrund")])
def test_tab_behind_a_heading_number(number: str, text: str) -> None:
    """The tab that sets off a number from its heading sets nothing side by side."""
    document = read(p(b(number), TAB, TAB, b("Bakgrund")), LONG)
    assert outline(document) == [("heading", 1, text)]


def test_label_with_a_plain_colon_is_bold() -> None:
    """A stray colon in ordinary type does not hinder a heading."""
    assert outline(read(p(b("Mål"), ":"), LONG)) == [("heading", 1, "Mål:")]


def test_large_italics_are_a_quotation() -> None:
    """Words pulled out of the text in large italics head nothing."""
    document = read(p(b("Bakgrund")), LONG, p(r("Här är vi trygga", props="<w:i/>" + size(20))), LONG)
    assert outline(document)[1] == ("paragraph", 0, "Här är vi trygga")


def test_numbered_bold_heading_over_a_numbered_list() -> None:
    """'2. Mål' in bold heads the list '1.', '2.' below it though both are numbered alike."""
    document = read(p(b("1. Bakgrund")), LONG, p(b("2. Mål")), "1. Färre brott", "2. Fler vuxna ute", LONG)
    assert [(block.kind.value, block.marker) for block in document.blocks[2:5]] == [
        ("heading", ""),
        ("list-item", "1."),
        ("list-item", "2."),
    ]


def test_bold_sentence_kept_with_the_next_paragraph_is_a_heading() -> None:
    """A bold sentence that Word is told to keep with what follows is a heading, full stop or not."""
    line = p(b("Vi åtar oss att dela lägesbilden varje månad."), props="<w:keepNext/>")
    assert outline(read(LONG, line, LONG))[0][0] == "heading"


def test_bold_line_with_full_stop_over_a_list_is_a_heading() -> None:
    """Set as the other headings are and right above a list, a line is one of them, full stop or not."""
    item = p("Polisen besöker torget.", style="ListBullet")
    document = read(
        p(b("Ljusare torg")), item, LONG, p(b("Lugnare trafik vid skolan.")), item, p(b("Det lovar vi.")), LONG
    )
    found = [block.text for block in document.blocks if block.kind is BlockKind.HEADING]
    assert found == ["Ljusare torg", "Lugnare trafik vid skolan."]


def test_underlined_lines_head_what_stands_below() -> None:
    """An underlined line over text or a list is a heading below the bold ones; a web address is none."""
    line = r("Kommunens del", props='<w:u w:val="single"/>')
    address = r("www.lillkoping.example", props='<w:u w:val="single"/>')
    document = read(p(b("Åtgärder")), p(line), LONG, p(address), LONG, p(line), "Ada Alm")
    assert outline(document) == [
        ("heading", 1, "Åtgärder"),
        ("heading", 2, "Kommunens del"),
        ("paragraph", 0, "www.lillkoping.example"),
        ("paragraph", 0, "Kommunens del"),
        ("paragraph", 0, "Ada Alm"),
    ]


def test_centred_headings_stay_headings() -> None:
    """Centred bold lines are headings where headings are centred, or where no text stands around them."""
    centre = '<w:jc w:val="center"/>'
    centred = read(p(b("Bakgrund"), props=centre), LONG, p(b("Mål"), props=centre), LONG)
    annex = read(
        p("Bakgrund", style="Heading1"), LONG, p(b("Bilaga 1"), props=centre), p("Mål", style="Heading1"), LONG
    )
    assert [text for kind, _, text in outline(centred) if kind == "heading"] == ["Bakgrund", "Mål"]
    assert [text for kind, _, text in outline(annex) if kind == "heading"] == ["Bakgrund", "Bilaga 1", "Mål"]


def test_headings_inside_tables_are_paragraphs() -> None:
    """A bold or heading-styled paragraph in a cell is a paragraph with emphasis."""
    document = read(LONG, tbl([[tc(p("Vad", style="Heading2")), "Vem"], ["a", "b"]]), LONG)
    table = document.blocks[1].table
    assert table is not None
    assert {block.kind for cell in table.cells for block in cell.blocks} == {BlockKind.PARAGRAPH}
    assert table.cells[0].is_bold


def test_running_text_in_heading_style_is_text() -> None:
    """A whole paragraph that was given a heading style by mistake is no heading."""
    document = read(p(LONG * 3, style="Heading3"), p("Mål", style="Heading3"), LONG)
    assert [block.kind.value for block in document.blocks] == ["paragraph", "heading", "paragraph"]


# -- text --------------------------------------------------------------------------------------------------------------


def test_characters_are_cleaned() -> None:
    """Soft hyphens go, no-break characters become plain, ligatures and accents are composed, blanks collapse."""
    text = "brotts\u00adföre\u200bbyggande\u00a0arbete  i tra\ufb01ken, o\u0308ga  \u2011\u2010 slut "
    block = only(read(p(text, r(raw="<w:softHyphen/>"), r("e\u0301n"), "K", r(raw="<w:noBreakHyphen/>"), "märkt")))
    assert block.text == "brottsförebyggande arbete i trafiken, öga -- slut énK-märkt"


def test_accent_in_a_run_of_its_own_is_composed() -> None:
    """A letter and its accent in two runs make one character, the emphasis still in place."""
    block = only(read(p("A", b("\u030angest"), " slut")))
    assert block.text == "Ångest slut"
    assert [(span.start, span.end) for span in block.emphasis] == [(1, 6)]


def test_breaks_and_tabs() -> None:
    """Manual breaks are newlines, page breaks part paragraphs, tabs stay where they leave a wide gap."""
    document = read(
        p("Ada Alm", BREAK, "Kommunalråd"),
        p("Före", PAGE_BREAK, "efter"),
        p(PAGE_BREAK, "Ny sida"),
        p(TAB, "Eskilköpings kommun", TAB, TAB, "Polismyndigheten", TAB),
        p("Kommunen          Polisen"),
        p("A", TAB, "B", props='<w:tabs><w:tab w:val="left" w:pos="5000"/></w:tabs>'),
        p("Sida", TAB, "vid sida", props='<w:tabs><w:tab w:val="left" w:pos="600"/></w:tabs>'),
    )
    assert texts(document) == [
        "Ada Alm\nKommunalråd",
        "Före",
        "efter",
        "Ny sida",
        "Eskilköpings kommun\tPolismyndigheten",
        "Kommunen\tPolisen",
        "A\tB",
        "Sida vid sida",
    ]


def test_blank_line_typed_with_breaks_parts_paragraphs() -> None:
    """Two manual breaks in a row leave a blank line: the reader sees two paragraphs, each with its own emphasis."""
    document = read(p("Ett ", b("fett"), BREAK, " ", BREAK, b("Två"), i(" sned")))
    assert texts(document) == ["Ett fett", "Två sned"]
    spans = [[block.text[span.start : span.end] for span in block.emphasis] for block in document.blocks]
    assert spans == [["fett"], ["Två", "sned"]]


def test_emphasis_through_styles() -> None:
    """Bold comes from run, character style and paragraph style, which switch each other off as in Word."""
    styles = DEFAULT_STYLES + style("Fet", "Fet text", based="Normal", rpr="<w:b/>")
    document = read(
        p("vanlig ", r("stark", props='<w:rStyle w:val="Strong"/>'), " och ", i("kursiv")),
        p("fet ", r("mager", props='<w:b w:val="0"/>'), r(" omvänd", props='<w:rStyle w:val="Strong"/>'), style="Fet"),
        styles=styles,
    )
    spans = [[(block.text[e.start : e.end], e.bold, e.italic) for e in block.emphasis] for block in document.blocks]
    assert spans == [[("stark", True, False), ("kursiv", False, True)], [("fet", True, False)]]


def test_emphasis_over_adjoining_runs_is_one_span() -> None:
    """Word cuts runs at will: a bold label in pieces with a plain blank between is one bold span."""
    block = only(read(p(b("Över"), b("gripande"), " ", b("mål:"), " lugn")))
    assert [(span.start, span.end) for span in block.emphasis] == [(0, 17)]
    assert block.bold_lead == 17


def test_prevailing_size() -> None:
    """The size is that of most letters, from run, style or defaults."""
    document = read(
        p("elva punkter"), p(r("stor", props=size(20)), " men mest vanlig text"), p("Rubrik", style="Heading1")
    )
    assert [block.size for block in document.blocks] == [11, 11, 15]


def test_fields_give_their_result() -> None:
    """Of fields only the result is read, also nested, cut and simple ones; an unfinished one loses no text."""
    nested = field("IF 1 = 1", Markup(r("ja ") + field("REF mål", "nej")))
    document = read(
        p("Sida ", field("PAGE", "3"), " av ", Markup(f'<w:fldSimple w:instr="NUMPAGES">{r("9")}</w:fldSimple>')),
        p(nested, " slut"),
        p(r(raw='<w:fldChar w:fldCharType="begin"/>'), r(raw="<w:instrText>PAGE</w:instrText>"), "kvar"),
        "sist",
    )
    assert texts(document) == ["Sida 3 av 9", "ja nej slut", "kvar", "sist"]


def test_form_fields() -> None:
    """Ticked and empty boxes of old forms are shown, and content controls' boxes are text."""
    box = r(
        raw='<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
        "</w:fldChar>"
    ) + r(raw='<w:fldChar w:fldCharType="end"/>')
    assert texts(read(p(Markup(box), " Ja"), p(sdt(r("☐")), " Nej"))) == ["☒ Ja", "☐ Nej"]


def test_contents_are_furniture() -> None:
    """Tables of contents, generated, in a gallery or typed with dots, are kept apart from the text."""
    begin = r(raw='<w:fldChar w:fldCharType="begin"/>') + r(raw="<w:instrText>TOC \\o</w:instrText>")
    begin += r(raw='<w:fldChar w:fldCharType="separate"/>')
    document = read(
        sdt(
            p("Innehåll", style="TOCHeading") + p("Bilagor", TAB, "9", style="TOC1"),
            props='<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>',
        ),
        p(Markup(begin), "Bakgrund", TAB, "2"),
        p("Mål", TAB, "3", r(raw='<w:fldChar w:fldCharType="end"/>')),
        p("Syfte........................4"),
        p("Parter.......................5"),
        p("Tid.........................12"),
        p("Bakgrund", style="Heading1"),
        LONG,
    )
    assert texts(document) == ["Bakgrund", LONG]
    assert [re.findall(r"\w+", block.text)[0] for block in document.furniture] == [
        "Innehåll",
        "Bilagor",
        "Bakgrund",
        "Mål",
        "Syfte",
        "Parter",
        "Tid",
    ]


def test_unclosed_contents_field_swallows_nothing() -> None:
    """A contents field that never ends does not turn the document into furniture."""
    begin = r(raw='<w:fldChar w:fldCharType="begin"/>') + r(raw="<w:instrText>TOC</w:instrText>")
    begin += r(raw='<w:fldChar w:fldCharType="separate"/>')
    assert texts(read(p(Markup(begin), "Bakgrund"), LONG)) == ["Bakgrund", LONG]


def test_what_is_not_printed_is_not_read() -> None:
    """Hidden text, comments, placeholders and instructions stay out; formulas are ignored."""
    document = read(
        p("Synlig", r(" dold", props="<w:vanish/>"), r(raw='<w:commentReference w:id="0"/>'), " text"),
        p("Namn: ", sdt(r("Klicka här för att ange text."), props="<w:showingPlcHdr/>")),
        p("Ort: ", r("Ange ort", props='<w:rStyle w:val="PlaceholderText"/>')),
        p("x ", Markup("<m:oMath><m:r><m:t>y=2</m:t></m:r></m:oMath>"), "z"),
        sdt(p("Välj ett objekt."), props="<w:showingPlcHdr/>"),
        parts={"word/comments.xml": "<x/>"},
    )
    assert texts(document) == ["Synlig text", "Namn:", "Ort:", "x z"]


def test_content_controls_and_links_are_read() -> None:
    """Text in content controls, links, smart tags and custom XML is text like any other."""
    link = Markup('<w:hyperlink w:anchor="x"><w:r><w:t>polisen.se</w:t></w:r></w:hyperlink>')
    smart = Markup("<w:smartTag><w:r><w:t>Lillköping</w:t></w:r></w:smartTag>")
    document = read(
        sdt(p("I kontroll")), p("se ", link, " i ", smart), Markup(f"<w:customXml>{p('inbäddad')}</w:customXml>")
    )
    assert texts(document) == ["I kontroll", "se polisen.se i Lillköping", "inbäddad"]


def test_tracked_changes_are_read_as_accepted() -> None:
    """Insertions are in, deletions out, deleted paragraph marks join, and a caution says so."""
    deleted = Markup('<w:del w:id="1"><w:r><w:delText>två</w:delText></w:r></w:del>')
    inserted = Markup('<w:ins w:id="2"><w:r><w:t>tre</w:t></w:r></w:ins>')
    moved = Markup("<w:moveFrom><w:r><w:t>borta</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>hit</w:t></w:r></w:moveTo>")
    document = read(
        p("minst ", deleted, inserted, " gånger"),
        p(moved),
        p("Första halvan ", mark='<w:del w:id="3"/>'),
        p("och andra"),
        tbl([["a", "b"], tr("c", "d", props='<w:del w:id="4"/>'), ["e", "f"]]),
    )
    assert texts(document) == ["minst tre gånger", "hit", "Första halvan och andra", ""]
    table = document.blocks[3].table
    assert table is not None
    assert [cell.text for cell in table.cells] == ["a", "b", "e", "f"]
    assert [caution.code for caution in document.cautions] == ["tracked-changes"]
    assert read("orört").cautions == ()


def test_text_boxes_are_read_once() -> None:
    """A text box is read by its paragraph, once, though Word saves it in two ways; drawn text too."""
    box = f"<w:txbxContent>{p('I rutan')}</w:txbxContent>"
    drawing = Markup(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><wps:txbx>"
        f"{box}</wps:txbx></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = r(raw=f"<w:pict><v:shape><v:textbox>{box.replace('I rutan', 'Äldre ruta')}</v:textbox></v:shape></w:pict>")
    art = r(raw='<w:pict><v:shape><v:textpath string="UTKAST"/></v:shape></w:pict>')
    assert texts(read(p("Före", drawing), p(old, "Efter"), p(art))) == [
        "Före",
        "I rutan",
        "Efter",
        "Äldre ruta",
        "UTKAST",
    ]


def test_text_box_above_its_anchor_comes_first() -> None:
    """A box that floats above its paragraph is read before it."""
    drawing = r(
        raw='<w:drawing><wp:anchor><wp:positionV relativeFrom="paragraph"><wp:posOffset>-900000</wp:posOffset>'
        f"</wp:positionV><wps:txbx><w:txbxContent>{p('Titel')}</w:txbxContent></wps:txbx></wp:anchor></w:drawing>"
    )
    assert texts(read(p("Under", drawing))) == ["Titel", "Under"]


def test_diagram_text_is_read() -> None:
    """The words of a diagram are paragraphs by the drawing."""
    drawing = r(raw='<w:drawing><wp:inline><dgm:relIds r:dm="rIdD"/></wp:inline></w:drawing>')
    data = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:t><a:p><a:r><a:t>Trygg skola</a:t></a:r>'
        "</a:p></dgm:t></dgm:dataModel>"
    )
    tie = '<Relationship Id="rIdD" Type="x/diagramData" Target="diagrams/data1.xml"/>'
    document = read(p("Bild:", drawing), parts={"word/diagrams/data1.xml": data}, relationships=tie)
    assert texts(document) == ["Bild:", "Trygg skola"]


def test_symbols_and_drop_caps() -> None:
    """Symbol fonts give ordinary characters, and a drop cap joins its paragraph."""
    cap = p(r("K", props=size(60, bold=True)), props='<w:framePr w:dropCap="drop" w:lines="3"/>')
    tick = r(raw='<w:sym w:font="Wingdings" w:char="F0FC"/>')
    document = read(cap, p("ommunen och polisen"), p(tick, " klart"))
    assert texts(document) == ["Kommunen och polisen", "klart"]
    assert document.blocks[1].marker == "✓"
    assert [block.kind.value for block in document.blocks] == ["paragraph", "list-item"]


def test_running_heads_are_furniture() -> None:
    """Headers and footers are kept apart, each text once; the same words in the body stay."""
    document = read(
        "Lillköpings kommun", LONG, headers=[p("Lillköpings kommun")] * 2, footers=[tbl([["Sida 1", "Dnr 7"]])]
    )
    assert texts(document) == ["Lillköpings kommun", LONG]
    assert [block.text for block in document.furniture] == ["Lillköpings kommun", "Sida 1", "Dnr 7"]


def test_struck_text_is_kept_and_named() -> None:
    """Text with a line through it may be a change made by hand: it is kept, with a caution."""
    document = read(p("gäller ", r("2029", props="<w:strike/>"), " 2030"))
    assert (texts(document), [caution.code for caution in document.cautions]) == (["gäller 2029 2030"], ["struck-text"])


def test_embedded_files_are_named() -> None:
    """Text in an embedded file of another format is not read, and that is said."""
    document = read("Text", Markup('<w:altChunk r:id="rId9"/>'))
    assert [caution.code for caution in document.cautions] == ["embedded-content"]


def page_picture(kind: str = "inline") -> Markup:
    inner = '<wp:extent cx="7000000" cy="9900000"/><a:blip r:embed="rId8"/>'
    return r(raw=f"<w:drawing><wp:{kind}>{inner}</wp:{kind}></w:drawing>")


def test_scanned_pages_pasted_into_word() -> None:
    """Pictures of whole pages with hardly any text are named; a cover picture is not."""
    scans = read(p(page_picture()), p(page_picture()), "Bilaga")
    cover = read(p(page_picture("anchor")), LONG, LONG, LONG)
    mixed = read(*[LONG] * 30, p(page_picture()), p(page_picture()))
    assert [[caution.code for caution in d.cautions] for d in (scans, cover, mixed)] == [
        ["scanned-pages"],
        [],
        ["scanned-pages"],
    ]


def test_document_without_text() -> None:
    """An empty document is said to be empty."""
    document = read()
    assert (document.blocks, [caution.code for caution in document.cautions]) == ((), ["no-text"])


def test_one_celled_table_is_a_frame() -> None:
    """Text framed by a table of one cell is read as text, headings included."""
    document = read(LONG, tbl([[tc(p(b("Mål")), p(LONG))]]), LONG)
    assert outline(document) == [("heading", 1, "Mål")]


# -- real agreements ---------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample agreements are not here")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.bold-docx.docx")), ids=lambda path: path.name.split(".")[0])
def test_hand_formatted_twin_reads_alike(path: Path) -> None:
    """A document formatted by hand gives the same kinds and texts, at the same relative ranks, as with styles."""
    twin = path.with_name(path.name.replace(".bold-docx.", ".docx."))
    by_hand, by_style = (read_docx(each.read_bytes(), file=each.name) for each in (path, twin))
    assert [(x.kind, x.text) for x in by_hand.walk()] == [(x.kind, x.text) for x in by_style.walk()]
    ranks = [[x.level for x in d.blocks if x.kind is BlockKind.HEADING] for d in (by_hand, by_style)]
    rises = [[(a > c) - (a < c) for a, c in pairwise(one)] for one in ranks]
    assert rises[0] == rises[1]
