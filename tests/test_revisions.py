"""Tracked changes: rejecting them gives the old file, accepting them the new text, and Word knows who made them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from samsyn.cli import main
from samsyn.draft import plan_draft_revisions, read_source
from samsyn.drafting.content import Selection
from samsyn.extract.read import read_document
from samsyn.models.draft import Remark, Removal, RevisionPlan, Rewording
from samsyn.pipeline import extract_agreement
from samsyn.write.as_docx_blocks import blocks_docx
from samsyn.write.revisions import Edit, Reviser
from samsyn.write.revisions_align import align, word_edits
from samsyn.write.revisions_draft import revise_docx
from samsyn.write.revisions_redline import redline_docx
from samsyn.write.revisions_text import plain, text_of
from tests.drafts import PERIOD, W, parts_of, texts_in

DOCUMENTS = Path(__file__).parent / "accuracy" / "documents"


def word_file(*lines: str, table: list[list[str]] | None = None) -> bytes:
    """A Word file of paragraphs, and of a table behind them."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        made = document.add_table(len(table), len(table[0]))
        for row, cells in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def texts_of(data: bytes) -> list[str]:
    """What stands in the file when all changes are accepted, cells one by one."""
    blocks = read_document(data, file="x.docx").walk()
    return [plain(block.text).text for block in blocks if block.text.strip()]


def rejected(data: bytes) -> list[str]:
    """The paragraphs that are left when all changes are rejected."""
    root = parts_of(data)["word/document.xml"]
    for row in list(root.iter(W + "tr")):
        if row.find(f"{W}trPr/{W}ins") is not None:
            row.getparent().remove(row)
    kept = []
    for paragraph in root.iter(W + "p"):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}ins") is not None:
            continue
        for mark in list(paragraph.iter(W + "ins")):
            if mark.getparent().tag != W + "rPr":
                mark.getparent().remove(mark)
        words = "".join(node.text or "" for node in paragraph.iter(W + "t", W + "delText"))
        if words.strip():
            kept.append(plain(words).text)
    return kept


def paragraph_of(*runs: str) -> etree._Element:
    body = "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{run}</w:t></w:r>" for run in runs)
    return etree.fromstring(f"<w:p xmlns:w='{W[1:-1]}'><w:pPr/>{body}</w:p>")


# ---- one paragraph ----


def test_an_edit_over_several_runs() -> None:
    """Protects formatting: what stays keeps its runs, what comes looks like what goes, and both are marked."""
    paragraph = paragraph_of("Avtalet gäller 20", "25–20", "28 i Habo")
    Reviser(paragraph).edit(paragraph, [Edit(15, 24, "2029–2032")])
    assert text_of(paragraph) == "Avtalet gäller 2029–2032 i Habo"
    gone = "".join(node.text for node in paragraph.iter(W + "delText"))
    assert gone == "2025–2028"
    inserted = next(iter(paragraph.iter(W + "ins")))
    assert inserted.get(W + "author") == "samsyn"
    assert inserted.find(f"{W}r/{W}rPr/{W}b") is not None
    numbers = [node.get(W + "id") for node in paragraph.iter(W + "ins", W + "del")]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("edit", "left"),
    [
        (Edit(0, 0, "Nu "), "Nu abc def"),
        (Edit(7, 7, "!"), "abc def!"),
        (Edit(0, 7, ""), ""),
        (Edit(3, 4, "-"), "abc-def"),
    ],
)
def test_edits_at_the_edges(edit: Edit, left: str) -> None:
    """Protects beginnings and ends of paragraphs, and paragraphs that lose all their words."""
    paragraph = paragraph_of("abc", " def")
    Reviser(paragraph).edit(paragraph, [edit])
    assert text_of(paragraph) == left


def test_tabs_and_breaks_are_letters() -> None:
    """Protects places: a tab and a manual break count as one letter each, as the readers give them."""
    paragraph = etree.fromstring(
        f"<w:p xmlns:w='{W[1:-1]}'><w:r><w:t>Habo</w:t><w:tab/><w:t>Polisen</w:t><w:br/><w:t>2025</w:t></w:r></w:p>"
    )
    assert text_of(paragraph) == "Habo\tPolisen\n2025"
    Reviser(paragraph).edit(paragraph, [Edit(13, 17, "2029")])
    assert text_of(paragraph) == "Habo\tPolisen\n2029"


@given(st.text("ab 2", max_size=12), st.text("ab 2", max_size=12))
@settings(max_examples=200, deadline=None)
def test_word_edits_make_the_new_text(old: str, new: str) -> None:
    """Protects the words themselves: whatever two texts are, the edits of the one give the other, in order."""
    edits = word_edits(old, new)
    made, place = "", 0
    for edit in edits:
        assert edit.start >= place
        made += old[place : edit.start] + edit.text
        place = edit.end
    assert made + old[place:] == new


@given(st.lists(st.sampled_from(["alfa beta", "alfa gamma", "delta", "epsilon zeta"]), max_size=6), st.data())
@settings(max_examples=100, deadline=None)
def test_alignment_loses_nothing(old: list[str], data: st.DataObject) -> None:
    """Protects whole texts: each of both lists is in exactly one pair, in its order."""
    new = data.draw(st.lists(st.sampled_from(["alfa beta", "delta", "eta"]), max_size=6))
    pairs = align(old, new)
    assert [left for left, _ in pairs if left is not None] == list(range(len(old)))
    assert [right for _, right in pairs if right is not None] == list(range(len(new)))


# ---- whole documents ----


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ystad-2019-2022.docx.docx", "tranas-2025-2027.docx.docx"),
        ("lomma-2014-2016.bold-docx.docx", "nora-bergslagen-2019-2022.outline-docx.docx"),
        ("borlange-2017-2019.bold-docx.docx", "hudiksvall-2021-2024.docx.docx"),
    ],
)
def test_documents_become_each_other(old: str, new: str) -> None:
    """Protects both parties' review: accepted, the file reads as the new one; rejected, as the old one."""
    before, after = (DOCUMENTS / old).read_bytes(), (DOCUMENTS / new).read_bytes()
    made = redline_docx(before, read_document(after, file=new).blocks)
    assert made.changes
    assert sorted(texts_of(made.data)) == sorted(texts_of(after))
    assert rejected(made.data) == [line for line in map(plain_text, texts_in(document_in(before)).splitlines()) if line]


def document_in(data: bytes) -> etree._Element:
    return parts_of(data)["word/document.xml"]


def plain_text(text: str) -> str:
    return plain(text).text


def test_a_document_without_changes_has_none() -> None:
    """Protects trust: what is the same is left as it is."""
    data = word_file("Ett stycke.", table=[["Vad", "När"], ["Vandring", "Maj"]])
    made = redline_docx(data, read_document(data, file="x.docx").blocks)
    assert made.changes == 0
    assert not list(document_in(made.data).iter(W + "ins", W + "del"))


def test_a_changed_row_stays_and_a_new_one_comes() -> None:
    """Protects tables: a word in a cell is changed there, a new measure is a new row."""
    old = word_file("Åtgärder", table=[["Vad", "När"], ["Vandring", "Maj"], ["Patrull", "Juni"]])
    new = word_file("Åtgärder", table=[["Vad", "När"], ["Vandring", "April"], ["Patrull", "Juni"], ["Möte", "Juli"]])
    root = document_in(redline_docx(old, read_document(new, file="n.docx").blocks).data)
    rows = list(root.iter(W + "tr"))
    assert [row.find(f"{W}trPr/{W}ins") is not None for row in rows] == [False, False, False, True]
    assert [node.text for node in rows[1].iter(W + "delText")] == ["Maj"]


def test_other_documents_are_set_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects those whose old agreement is a PDF or text: its words are set in Word and changed there."""
    old, new, out = tmp_path / "old.txt", tmp_path / "new.docx", tmp_path / "red.docx"
    old.write_text(
        "# Avtal 2025\n\nParterna går en vandring varje vår.\n\n- Cykelvärdar\n- Ljus vid torget\n", encoding="utf-8"
    )
    new.write_bytes(word_file("Avtal 2029", "Parterna går två vandringar varje vår.", "Ljus vid torget"))
    assert main(["diff", str(old), str(new), "--format", "redline", "-o", str(out)]) == 1
    assert capsys.readouterr().err == ""
    assert texts_of(out.read_bytes()) == ["Avtal 2029", "Parterna går två vandringar varje vår.", "Ljus vid torget"]
    assert "Cykelvärdar" in rejected(out.read_bytes())


def test_blocks_are_set_as_what_they_are() -> None:
    """Protects the set text: headings, lists and tables read back as such."""
    data = word_file("Inledning.", table=[["Vad", "När"], ["Vandring", "Maj"]])
    document = read_document(data, file="x.docx")
    again = read_document(blocks_docx("Avtal", document.blocks), file="y.docx")
    assert [block.kind for block in again.blocks] == [block.kind for block in document.blocks]


@pytest.mark.parametrize("arguments", [["--format", "redline"], ["--format", "redline", "-o", "old.docx"]])
def test_wrong_use_of_redlines(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Protects the terminal and the old file."""
    monkeypatch.chdir(tmp_path)
    Path("old.docx").write_bytes(word_file("a"))
    Path("new.docx").write_bytes(word_file("b"))
    assert main(["diff", "old.docx", "new.docx", *arguments]) == 2
    assert "redline" in capsys.readouterr().err or arguments[-1] == "old.docx"


# ---- a plan carried out ----


def test_a_plan_is_carried_out() -> None:
    """Protects drafts as revisions: new words, a row gone, a remark in the margin, each native to Word."""
    old = word_file(
        "Avtal 2025–2028", "Vi går en vandring.", table=[["Vad", "När"], ["Patrull", "Juni"], ["Möte", "Maj"]]
    )
    plan = RevisionPlan(
        rewordings=(Rewording("Avtal 2025–2028", "2025–2028", "2029–2032", everywhere=True),),
        removals=(Removal(("Patrull", "Juni"), is_row=True), Removal(("Vi går en vandring.",))),
        remarks=(Remark("Vi går en vandring.", "Hur ofta?"),),
    )
    made = revise_docx(old, plan)
    assert texts_of(made.data) == ["Avtal 2029–2032", "Vad", "När", "Möte", "Maj"]
    assert rejected(made.data) == [
        "Avtal 2025–2028",
        "Vi går en vandring.",
        "Vad",
        "När",
        "Patrull",
        "Juni",
        "Möte",
        "Maj",
    ]
    assert texts_in(parts_of(made.data)["word/comments.xml"]).strip() == "Hur ofta?"
    assert "word/comments.xml" not in parts_of(revise_docx(old, plan, clean=True).data)


def test_a_stretch_goes_where_it_stands() -> None:
    """Protects other focus areas: 'Delmål:' of the one that goes is deleted, the same word elsewhere stays."""
    old = word_file("Trygg uppväxt", "Delmål:", "Färre stölder", "Trygga torg", "Delmål:", "Mål: Fler lampor", "Slut")
    plan = RevisionPlan(removals=(Removal(("Trygga torg", "Mål: Fler lampor", "Delmål:"), is_stretch=True),))
    assert texts_of(revise_docx(old, plan).data) == ["Trygg uppväxt", "Delmål:", "Färre stölder", "Slut"]


def test_no_bare_label_is_left() -> None:
    """Protects the reader: where a goal goes, 'Mål:' in front of it goes too, but not the sentence beside it."""
    plan = RevisionPlan(removals=(Removal(("Fler lampor.",)),))
    assert texts_of(revise_docx(word_file("Mål: Fler lampor.", "Slut"), plan).data) == ["Slut"]
    beside = word_file("Mål: Färre stölder. Fler lampor.")
    assert texts_of(revise_docx(beside, plan).data) == ["Mål: Färre stölder."]


def test_dropped_areas_go_with_all_they_hold() -> None:
    """Protects --drop with revisions: heading, labels and goals of the area go, and nothing is asked about them."""
    name = "emmaboda-2023-2026.docx.docx"
    source = read_source(DOCUMENTS / name)
    area = source.agreement.focus_areas[0]
    plan = plan_draft_revisions([source], PERIOD, selection=Selection(drop=frozenset({area.id})))
    made = extract_agreement(revise_docx((DOCUMENTS / name).read_bytes(), plan).data, file=name)
    kept = [one.title for one in source.agreement.focus_areas[1:]]
    assert [one.title for one in made.focus_areas] == kept
    goals = [goal.text for goal in source.agreement.goals if goal.focus_area != area.id]
    assert [goal.text for goal in made.goals] == goals
    gone = {goal.evidence[0].text for goal in source.agreement.goals if goal.focus_area == area.id}
    assert gone
    assert not gone & {remark.context for remark in plan.remarks}


def test_what_is_not_there_is_left_alone() -> None:
    """Protects the file from a plan that does not fit it."""
    old = word_file("Avtal 2025")
    plan = RevisionPlan(rewordings=(Rewording("Någon annan text", "text", "ord"),), removals=(Removal(("Saknas",)),))
    assert revise_docx(old, plan).changes == 0
