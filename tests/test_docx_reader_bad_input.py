"""The Word reader on hostile and broken files: one clear line, no other exception, no network, bounded memory."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers import docx_package
from samsyn.extract.readers.docx_reader import read_docx
from samsyn.models.document import Document
from tests.docx_builder import (
    DEFAULT_STYLES,
    HEAD,
    LONG,
    NAMESPACES,
    Markup,
    b,
    build,
    field,
    level,
    note,
    numbering,
    p,
    pack,
    r,
    sdt,
    sup,
    tbl,
    tc,
    tr,
)

XLSX = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_docx(data, file="mapp/avtal.docx")
    assert str(caught.value) == f"mapp/avtal.docx: {caught.value.reason}"
    assert "\n" not in str(caught.value)
    return caught.value.reason


def with_document(xml: str | bytes) -> bytes:
    return build(parts={"word/document.xml": xml})


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (bytes(2000), "empty"),
        (b"Hej, detta \xc3\xa4r text.", "not a Word document"),
        (b"%PDF-1.7 ...", "not a Word document"),
        (build(LONG)[:600], "cut off"),
        (build(LONG)[600:], "not a Word document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "older Word"),
        (OLE, "not a Word document"),
        (pack(XLSX), "Excel"),
        (pack({"ppt/presentation.xml": "<x/>"}), "PowerPoint"),
        (pack({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (pack({"bild.txt": "x"}), "without a Word document"),
        (build(LONG, main_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "Excel"),
        (with_document("<w:document"), "damaged"),
        (with_document(""), "damaged"),
        (with_document(f"{HEAD}<w:document {NAMESPACES}/>"), "not a Word document"),
        (with_document(f"{HEAD}<w:styles {NAMESPACES}><w:body/></w:styles>"), "not a Word document"),
    ],
)
def test_unreadable_files_say_why(data: bytes, word: str) -> None:
    """Each kind of file that cannot be read ends in one line that names the kind."""
    assert word in reason(data)


def test_entities_are_refused() -> None:
    """A document type with entities, expanding or reaching for files, is refused before anything is read from it."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    body = f"<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>"
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>' + body % "&l8;"
    thief = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + body % "&f;"
    for attack in (bomb, thief):
        assert "damaged" in reason(with_document(attack))


def test_zip_bomb_is_refused() -> None:
    """A part that unpacks to far more than it weighs is refused, whatever the archive claims of its size."""
    padding = "<w:p/>" * 3_000_000
    bomb = f"{HEAD}<w:document {NAMESPACES}><w:body>{padding}</w:body></w:document>"
    assert "absurd amount" in reason(with_document(bomb))


def test_many_parts_are_refused() -> None:
    """An archive of very many parts is refused."""
    with mock.patch.object(docx_package, "ENTRIES", 10):
        assert "number of parts" in reason(build(LONG, parts={f"word/media/{n}.bin": "x" for n in range(12)}))


def test_absurd_depth_is_refused() -> None:
    """Markup nested thousands deep is refused by the parser's limit."""
    depth = 5000
    deep = f"{HEAD}<w:document {NAMESPACES}><w:body>{'<w:sdt>' * depth}{'</w:sdt>' * depth}</w:body></w:document>"
    assert "damaged" in reason(with_document(deep))


def test_encrypted_entries_are_refused() -> None:
    """An archive whose entries ask for a password is refused."""
    data = bytearray(build(LONG))
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    assert reason(bytes(data))


def test_damaged_side_parts_are_named_and_the_rest_is_read() -> None:
    """Broken styles, numbering or notes cost their own content, not the document."""
    document = read_docx(
        build(
            LONG,
            p("ord", note(1)),
            p("punkt", num=(1, 0)),
            footnotes={1: "x"},
            numbering_xml="<w:num/>",
            parts={"word/styles.xml": "<w:styles", "word/numbering.xml": "", "word/footnotes.xml": "\x00"},
        ),
        file="a.docx",
    )
    assert [block.text for block in document.blocks] == [LONG, "ord", "punkt"]
    assert {caution.code for caution in document.cautions} == {"damaged-part"}
    assert len(document.cautions) == 3


def test_missing_content_types_and_relationships_are_survived() -> None:
    """A file without its directory parts is read where Word puts its text."""
    data = build(LONG, parts={"[Content_Types].xml": "", "_rels/.rels": "", "word/_rels/document.xml.rels": ""})
    assert read_docx(data, file="a.docx").blocks[0].text == LONG


def test_names_of_parts_ignore_case_and_kind_of_slash() -> None:
    """Some programs write 'word\\Document.xml'."""
    files = {
        name.replace("word/document", "word/Document").replace("/", "\\"): xml for name, xml in rich_document().items()
    }
    assert len(read_docx(pack(files), file="a.docx").blocks) == 12


def test_long_paragraphs_take_time_in_proportion() -> None:
    """Ten thousand notes, tabs and breaks in one paragraph are read in one pass."""
    import time

    def seconds(count: int) -> float:
        content = [part for n in range(count) for part in (b("a"), note(n), r(" b", raw="<w:tab/><w:br/>"))]
        data = build(p(*content), footnotes=dict.fromkeys(range(count), "x"))
        begin = time.process_time()
        read_docx(data, file="a.docx")
        return time.process_time() - begin

    seconds(50)
    assert seconds(2000) < 12 * max(0.05, seconds(500))


def test_deepest_markup_that_parses_is_read() -> None:
    """Nesting up to the parser's own limit does not exhaust the stack."""
    boxes, tags, tables = p("inre"), r("inre"), p("inre")
    for _ in range(45):
        boxes = p(r(raw=f"<w:pict><v:textbox><w:txbxContent>{boxes}</w:txbxContent></v:textbox></w:pict>"))
    for _ in range(240):
        tags = Markup(f"<w:smartTag>{tags}</w:smartTag>")
    for _ in range(80):
        tables = tbl([[tc(tables), "x"], ["y", "z"]])
    for body in (boxes, p(tags), tables):
        assert any(block.text == "inre" for block in read_docx(build(body), file="a.docx").walk())


def test_outside_relationships_are_not_followed() -> None:
    """Nothing outside the package is opened, and no part outside the archive's listing."""
    tie = (
        '<Relationship Id="rId50" Type="x/header" Target="http://example.invalid/h.xml" TargetMode="External"/>'
        '<Relationship Id="rId51" Type="x/footer" Target="../../../../etc/passwd"/>'
    )
    section = '<w:headerReference r:id="rId50"/><w:footerReference r:id="rId51"/>'
    with (
        mock.patch("socket.socket", side_effect=AssertionError),
        mock.patch("builtins.open", side_effect=AssertionError),
    ):
        document = read_docx(build(LONG, relationships=tie, section=section), file="a.docx")
    assert document.furniture == ()


def test_styles_based_on_each_other() -> None:
    """A ring of styles, numberings and notes that point at themselves ends."""
    ring = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>'
    )
    link = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="A"/></w:abstractNum>'
    link += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    document = read_docx(
        build(p("x", style="A", num=(1, 0)), styles=DEFAULT_STYLES + ring, numbering_xml=link), file="a"
    )
    assert document.blocks[0].text == "x"


@cache
def rich_document() -> dict[str, bytes]:
    """The parts of a document with something of everything."""
    levels = [level(0, "decimal", "%1."), level(1, "bullet", "\uf0b7")]
    data = build(
        p("Avtal", style="Title"),
        p("Bakgrund", style="Heading1"),
        p(LONG, note(1), sup("2")),
        p(b("Mål:"), " x"),
        p("ett", num=(1, 0)),
        p("två", num=(1, 1)),
        "- typad",
        sdt(p("kontroll")),
        p(field("PAGE", "2")),
        p(Markup('<w:ins w:id="1"><w:r><w:t>in</w:t></w:r></w:ins><w:del w:id="2"/>')),
        tbl(
            [
                tr("Vad", tc("Vem", span=2), props="<w:tblHeader/>"),
                [tc("a", merge="restart"), "b", "c"],
                [tc(merge="continue"), tc(tbl([["i", "j"], ["k", "l"]])), tc("d", fill="FF0000")],
            ],
            widths=(2000, 2000, 2000),
        ),
        p(r(raw=f"<w:pict><v:textbox><w:txbxContent>{p('ruta')}</w:txbxContent></v:textbox></w:pict>")),
        numbering_xml=numbering({0: levels}, {1: 0}),
        footnotes={1: "Not"},
        endnotes={1: "x"},
        headers=[p("huvud")],
        settings='<w:defaultTabStop w:val="720"/>',
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_or_refuse(data: bytes) -> Document | None:
    try:
        document = read_docx(data, file="a.docx")
    except UnreadableDocument:
        return None
    for block in document.walk():
        assert all(0 <= span.start < span.end <= len(block.text) for span in block.emphasis)
        assert all(0 <= mark.offset <= len(block.text) for mark in block.notes)
        assert block.text == block.text.strip()
    ids = [block.id for block in document.walk()]
    assert len(ids) == len(set(ids))
    return document


fuzz = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_rich_document_is_read() -> None:
    """The document the mutations start from is itself read in full."""
    document = read_or_refuse(pack(rich_document()))
    assert document is not None
    assert len(document.blocks) == 12


@fuzz
@given(st.data())
def test_mutated_archives(data: st.DataObject) -> None:
    """Bytes flipped, cut out or put in anywhere in the file never raise anything but UnreadableDocument."""
    whole = bytearray(pack(rich_document()))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(whole) - 1))
        new = data.draw(st.binary(max_size=4))
        whole[place : place + data.draw(st.integers(0, 4))] = new
    read_or_refuse(bytes(whole[: data.draw(st.integers(0, len(whole)) | st.just(len(whole)))]))


@fuzz
@given(st.data())
def test_mutated_markup(data: st.DataObject) -> None:
    """Markup with values replaced, elements renamed or dropped is read or refused, never a crash."""
    files = dict(rich_document())
    name = data.draw(st.sampled_from([n for n in files if n.startswith("word/")]))
    text = files[name].decode()
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(text)))
        kind = data.draw(st.integers(0, 3))
        if kind == 0:
            start = text.find('w:val="', place) + 7
            end = text.find('"', start)
            strange = st.sampled_from(["-1", "99999999999", "NaN", "", "1e400", "x", "0", "%9", "\u00e5", "inf", "1cm"])
            text = text[:start] + data.draw(strange) + text[end:] if start > 6 and end > 0 else text
        elif kind == 1:
            start, end = text.find("<w:", place), text.find(">", text.find("<w:", place))
            text = text[:start] + text[end + 1 :] if 0 <= start < end and text[end - 1] == "/" else text
        elif kind == 2:
            found = [
                tag for tag in ("w:tc", "w:tr", "w:p", "w:r", "w:tbl", "w:sdt", "w:num", "w:lvl") if f"<{tag}>" in text
            ]
            old, new = (
                data.draw(st.sampled_from(found or ["w:p"])),
                data.draw(st.sampled_from(["w:tbl", "w:r", "w:p", "w:tr", "w:sdt"])),
            )
            text = text.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>")
        else:
            text = text[:place] + data.draw(st.text(max_size=3)) + text[place:]
    files[name] = text.encode("utf-8", "ignore")
    read_or_refuse(pack(files))


@fuzz
@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from("aåÖ. \t-•1)m\u0301\u00ad\ufb01²³\u00a0o"), max_size=12),
            st.sampled_from(["", "<w:b/>", "<w:i/>", '<w:vertAlign w:val="superscript"/>', "<w:vanish/>"]),
            st.sampled_from(["", "<w:tab/>", "<w:br/>", '<w:br w:type="page"/>', '<w:footnoteReference w:id="1"/>']),
        ),
        max_size=8,
    )
)
def test_any_runs_keep_offsets_true(runs: list[tuple[str, str, str]]) -> None:
    """Whatever runs a paragraph has, emphasis and notes lie within its clean text."""
    import unicodedata

    content = [r(text, props=props, raw=raw) for text, props, raw in runs]
    document = read_or_refuse(build(p(*content), p(sup("1"), "not"), footnotes={1: "Not"}))
    assert document is not None
    for block in document.blocks:
        assert unicodedata.is_normalized("NFC", block.text)
        assert "  " not in block.text
        assert "\u00ad" not in block.text
        for span in block.emphasis:
            assert block.text[span.start : span.end].strip()
