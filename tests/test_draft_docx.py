"""The Word file of a draft: what Word, a screen reader and the next writer need of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from lxml import etree

from samsyn.draft import draft_agreement
from samsyn.extract.read import read_document
from samsyn.models.agreement import Measure
from samsyn.write.as_docx_widths import column_widths, least_width
from samsyn.write.draft_docx import draft_docx
from tests.agreements import evidence
from tests.drafts import PERIOD, W, drafted, parts_of, plain_agreement, read_back, texts_in
from tests.ooxml import faults

ORDER = {
    "pPr": ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "rPr", "sectPr"],
    "rPr": ["ins", "del", "rStyle", "b", "highlight"],
    "tblPr": ["tblStyle", "tblW", "tblLayout", "tblLook", "tblCaption"],
    "tcPr": ["tcW", "gridSpan", "vMerge"],
    "sdtPr": ["alias", "tag", "temporary", "showingPlcHdr", "docPartObj", "text"],
    "lvl": ["start", "numFmt", "suff", "lvlText", "lvlJc", "pPr"],
}
"""The order in which the schema of WordprocessingML wants what we write; Word calls a file damaged that has another."""


def document_of(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def body_of(data: bytes) -> etree._Element:
    return parts_of(data)["word/document.xml"]


def read_lines(data: bytes) -> list[str]:
    return [block.text for block in read_document(data, file="new.docx").walk()]


def name_of(node: etree._Element) -> str:
    return str(node.tag).rpartition("}")[2]


def test_chapters_are_headings_of_word() -> None:
    """Protects navigation: chapters, focus areas and their parts are headings of three ranks, and the title is one."""
    styles = [(p.style.name, p.text) for p in document_of(drafted(plain_agreement())).paragraphs if p.text]
    assert styles[0] == ("Title", "Överenskommelse om samverkan i Habo 2029–2032")
    assert ("Heading 1", "Fokusområden") in styles
    assert ("Heading 2", "Fokusområde 1: Ungas fritid") in styles
    assert ("Heading 3", "Åtgärder") in styles


def test_tables_repeat_their_header_and_keep_rows_whole() -> None:
    """Protects those who read page by page, and screen readers: header rows are marked, no row is cut in two."""
    tables = list(body_of(drafted(plain_agreement())).iter(W + "tbl"))
    assert tables
    for table in tables:
        rows = list(table.iter(W + "tr"))
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None


def test_rows_are_numbered_by_word() -> None:
    """Protects numbering when rows come and go: the number is a list's, and no text that would be read as a cell."""
    data = drafted(plain_agreement())
    table = next(iter(body_of(data).iter(W + "tbl")))
    first = [row.find(W + "tc") for row in table.iter(W + "tr")]
    assert "".join(node.text or "" for node in first[0].iter(W + "t")) == "Nr"
    assert first[1].find(f".//{W}numPr") is not None
    assert not list(first[1].iter(W + "t"))
    numbering = etree.tostring(parts_of(data)["word/numbering.xml"], encoding="unicode")
    assert 'w:val="1.%1"' in numbering
    assert "Nr" not in read_back(data).measures[0].cells


def test_there_are_contents_and_page_numbers() -> None:
    """Protects finding one's way: a table of contents that Word brings up to date, 'Sida X av Y' on each page."""
    data = drafted(plain_agreement())
    instructions = [node.text.strip() for part in parts_of(data).values() for node in part.iter(W + "instrText")]
    assert any(text.startswith("TOC ") for text in instructions)
    assert {"PAGE", "NUMPAGES"} <= set(instructions)
    anchors = {node.get(W + "anchor") for node in body_of(data).iter(W + "hyperlink")}
    bookmarks = {node.get(W + "name") for node in body_of(data).iter(W + "bookmarkStart")}
    assert anchors
    assert anchors <= bookmarks


def test_the_language_is_swedish_and_the_title_is_set() -> None:
    """Protects spelling checks and speech: Swedish throughout, and the file says what it is called."""
    data = drafted(plain_agreement())
    languages = {node.get(W + "val") for node in parts_of(data)["word/styles.xml"].iter(W + "lang")}
    assert languages == {"sv-SE"}
    properties = document_of(data).core_properties
    assert (properties.title, properties.language) == ("Överenskommelse om samverkan i Habo 2029–2032", "sv-SE")


def test_marks_and_comments_can_be_left_out() -> None:
    """Protects --clean: the same words, without comments, highlighting, questions and legend."""
    marked, clean = drafted(plain_agreement()), drafted(plain_agreement(), clean=True)
    assert len(list(parts_of(marked)["word/comments.xml"])) > 3
    assert list(body_of(marked).iter(W + "highlight"))
    assert "word/comments.xml" not in parts_of(clean)
    assert not list(body_of(clean).iter(W + "highlight"))
    assert "Så läser du utkastet" in texts_in(body_of(marked))
    assert "Så läser du utkastet" not in texts_in(body_of(clean))
    assert "Hur mycket, från vilket utgångsvärde" not in texts_in(body_of(clean))
    assert "Namnförtydligande" in texts_in(body_of(clean))


def test_prompts_are_content_controls() -> None:
    """Protects the writer: a prompt goes when one writes, and nobody reads it as text of the agreement."""
    data = drafted(plain_agreement())
    prompts = [node for node in body_of(data).iter(W + "sdt") if node.find(f"{W}sdtPr/{W}showingPlcHdr") is not None]
    shown = ["".join(text.text or "" for text in node.iter(W + "t")) for node in prompts]
    assert "[Skriv diarienummer]" in shown
    assert "[Namnförtydligande]" in shown
    assert not any("Skriv diarienummer" in block for block in read_lines(data))
    assert {comment.get(W + "author") for comment in parts_of(data)["word/comments.xml"]} == {"samsyn"}


def test_elements_stand_in_the_order_of_the_schema() -> None:
    """Protects against 'Word found unreadable content': children stand in the order the standard asks for."""
    wide = {
        f"Kolumn{n} {w}": "ord" * 5
        for n, w in enumerate(("Vad", "Vem", "När", "Hur", "Mål", "Plats", "Kostnad", "Läge"))
    }
    row = plain_agreement().measures[0]
    broad = row.model_copy(
        update={"id": "m9", "cells": {"Vad": "Brett", "Ansvarig Kommunen": "A", "Ansvarig Polisen": "B", **wide}}
    )
    card = row.model_copy(update={"id": "m8", "form": "card", "focus_area": "f2"})
    data = drafted(plain_agreement(measures=(row, broad, card)))
    for part in parts_of(data).values():
        for node in part.iter(*(W + name for name in ORDER)):
            order = ORDER[name_of(node)]
            names = [name_of(child) for child in node if name_of(child) in order]
            assert names == sorted(names, key=order.index), name_of(node)


def test_header_in_two_rows_is_written_in_two() -> None:
    """Protects the columns' meaning: the shared word stands merged over its columns and is read back with them."""
    cells = {"Insats": "Cykelvärdar", "Ansvarig Kommunen": "x", "Ansvarig Polisen": "x", "Klart": "Maj 2030"}
    row = Measure(
        id="m1", form="row", title="Cykelvärdar", focus_area="f1", cells=cells, evidence=evidence("Cykelvärdar")
    )
    data = drafted(plain_agreement(measures=(row,)))
    table = next(iter(body_of(data).iter(W + "tbl")))
    assert [node.get(W + "val") for node in table.iter(W + "gridSpan")] == ["2"]
    assert len(list(table.iter(W + "tblHeader"))) == 2
    assert read_back(data).measures[0].cells == cells


def test_wide_tables_lie_on_their_side() -> None:
    """Protects words from being broken letter by letter: a table of many columns gets a page on its side."""
    cells = {f"Kolumnrubrik {letter}": "samverkansforum" for letter in "ABCDEFG"} | {"Insats": "Cykelvärdar"}
    row = Measure(
        id="m1", form="row", title="Cykelvärdar", focus_area="f1", cells=cells, evidence=evidence("Cykelvärdar")
    )
    sizes = [node.get(W + "orient") for node in body_of(drafted(plain_agreement(measures=(row,)))).iter(W + "pgSz")]
    assert sizes == [None, "landscape", None]


def test_the_same_draft_gives_the_same_bytes() -> None:
    """Protects comparison of files: no clock, no random number."""
    assert drafted(plain_agreement()) == drafted(plain_agreement())


def test_strange_letters_do_no_harm() -> None:
    """Protects the file from its sources: control characters, markup and formulas stay plain text or are left out."""
    odd = (
        plain_agreement()
        .measures[0]
        .model_copy(update={"cells": {"Insats": "=1+1 <w:p/> \x07\ud800 & \u202e", "Klart": "Maj"}, "title": "x"})
    )
    data = drafted(plain_agreement(title="Avtal <script> \x00 2025–2028", measures=(odd,)))
    assert "=1+1 <w:p/>" in texts_in(body_of(data))
    assert "\x07" not in texts_in(body_of(data))


# ---- templates ----


def template(*, body: str = "") -> bytes:
    """A template with Swedish style ids, a header of its own and the body given as XML."""
    document = Document()
    document.styles["Heading 1"].element.set(W + "styleId", "Rubrik1")
    document.sections[0].header.paragraphs[0].text = "Lekebergs kommun"
    if body:
        holder = etree.fromstring(f'<w:body xmlns:w="{W[1:-1]}">{body}</w:body>')
        for number, child in enumerate(list(holder)):
            document.element.body.insert(number, child)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def control(tag: str, text: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>{text}</w:t></w:r>'
        "</w:p></w:sdtContent></w:sdt>"
    )


def test_templates_keep_their_styles_and_header() -> None:
    """Protects the municipality's own look: headings in its styles, its header, ours only where it has none."""
    data = draft_docx(draft_agreement([plain_agreement()], PERIOD), template=template())
    styles = [node.get(W + "val") for node in body_of(data).iter(W + "pStyle")]
    assert "Rubrik1" in styles
    assert "Heading1" not in styles
    headers = "\n".join(texts_in(part) for name, part in parts_of(data).items() if "header" in name)
    assert headers.strip() == "Lekebergs kommun"
    known = {node.get(W + "styleId") for node in parts_of(data)["word/styles.xml"].iter(W + "style")}
    assert set(styles) <= known


def test_templates_controls_are_filled() -> None:
    """Protects covers: what the template has a place for stands there, and the draft where it asks for the text."""
    body = control("Titel", "Skriv titel") + control("innehåll", "Skriv text") + "<w:p><w:r><w:t>Sist</w:t></w:r></w:p>"
    data = draft_docx(draft_agreement([plain_agreement()], PERIOD), template=template(body=body))
    lines = [line for line in texts_in(body_of(data)).splitlines() if line]
    assert lines[0] == "Överenskommelse om samverkan i Habo 2029–2032"
    assert lines[-1] == "Sist"
    assert "Skriv titel" not in lines
    assert read_back(data).title == "Överenskommelse om samverkan i Habo 2029–2032"


def packed(data: bytes, **changes: Callable[[bytes], bytes]) -> bytes:
    """The Word file with parts changed; one that is changed to nothing is left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            key = name.rpartition("/")[2].partition(".")[0].strip("[]")
            part = changes[key](old.read(name)) if key in changes else old.read(name)
            if part:
                new.writestr(name, part)
    return out.getvalue()


def test_templates_of_every_sort_are_filled() -> None:
    """Protects --template: a .dotx, a file without lists, and a form that may only be filled in can be written on."""
    made = draft_agreement([plain_agreement()], PERIOD)
    dotx = packed(template(), Content_Types=lambda data: data.replace(b"document.main+xml", b"template.main+xml"))
    bare = packed(
        template(),
        Content_Types=lambda data: re.sub(rb"<Override PartName=./word/numbering.xml.[^>]*/>", b"", data),
        document=lambda data: re.sub(rb"<Relationship [^>]*numbering[^>]*/>", b"", data),
        numbering=lambda _: b"",
    )
    lock = b'<w:documentProtection w:edit="forms" w:enforcement="1"/><w:defaultTabStop'
    form = packed(template(), settings=lambda data: data.replace(b"<w:defaultTabStop", lock))
    for one in (dotx, bare, form):
        data = draft_docx(made, template=one)
        assert read_back(data).title == "Överenskommelse om samverkan i Habo 2029–2032"
        assert not list(parts_of(data)["word/settings.xml"].iter(W + "documentProtection"))
        assert not [fault for fault in faults(data) if "numId" in fault or "content type" in fault]


def test_headings_look_as_the_municipality_has_them() -> None:
    """Protects the municipality's look where its headings have names of its own, and navigation: they are headings."""
    own = (
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="LekRub1"><w:name w:val="Lekeberg Rubrik 1"/>'
        '<w:rPr><w:color w:val="005A3C"/></w:rPr></w:style></w:styles>'
    )

    def restyled(data: bytes) -> bytes:
        text = re.sub(
            r'<w:style [^>]*w:styleId="(?:Rubrik1|Heading1)".*?</w:style>', "", data.decode(), flags=re.DOTALL
        )
        return text.replace("</w:styles>", own).encode()

    data = draft_docx(draft_agreement([plain_agreement()], PERIOD), template=packed(template(), styles=restyled))
    styles = parts_of(data)["word/styles.xml"]
    heading = next(one for one in styles.iter(W + "style") if one.find(W + "name").get(W + "val") == "heading 1")
    assert heading.find(W + "basedOn").get(W + "val") == "LekRub1"
    assert heading.find(W + "rPr") is None
    assert heading.find(f"{W}pPr/{W}outlineLvl").get(W + "val") == "0"
    assert heading.get(W + "styleId") in {node.get(W + "val") for node in body_of(data).iter(W + "pStyle")}


def test_no_template_but_a_picture_is_refused() -> None:
    """Protects against a traceback where the template is something else."""
    with pytest.raises(ValueError, match="no Word document"):
        draft_docx(draft_agreement([plain_agreement()], PERIOD), template=b"\x89PNG")


# ---- widths ----


def test_columns_share_the_width() -> None:
    """Protects readable tables: the widths fill the page, much text gets more room, no ordinary word is broken."""
    columns = [["Nr", "1"], ["Vad", "ord " * 200], ["Ansvarig", "Polisen"]]
    widths = column_widths(columns, 9000)
    assert 8900 < sum(widths) <= 9000
    assert widths[1] > 3 * widths[2]
    assert all(width >= least_width(texts) for width, texts in zip(widths, columns, strict=True))


def test_long_words_are_kept_whole_where_there_is_room() -> None:
    """Protects the eye: 'Säkerhetssamordnaren' stays in one piece while another column has room to spare."""
    columns = [["Aktivitet", "Trygghetsvandring"], ["Ansvarig", "Säkerhetssamordnaren"], ["När", "Oktober"]]
    assert column_widths(columns, 9070)[1] >= len("Säkerhetssamordnaren") * 92
    assert sum(column_widths(columns, 9070)) <= 9070
