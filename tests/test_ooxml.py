"""The Word files that are written are valid: Word opens them without repair, whatever they were made from."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from samsyn.draft import draft_agreement, plan_draft_revisions, read_source
from samsyn.drafting.redlining import redline_documents
from samsyn.drafting.sources import SourceRole
from samsyn.extract.read import read_document
from samsyn.models.document import Document
from samsyn.write.draft_docx import draft_docx
from samsyn.write.revisions_draft import revise_docx
from tests.accuracy.suite import DOCUMENTS
from tests.drafts import PERIOD, drafted, plain_agreement
from tests.ooxml import faults

SOURCES = (
    "emmaboda-2023-2026.docx.docx",
    "falkenberg-2023-2026.chromium-pdf.pdf",
    "kalix-medborgarlofte-2020.bold-docx.docx",
    "bracke-ragunda-2018-2021.web-text.txt",
)
WORD = (
    "emmaboda-2023-2026.docx.docx",
    "degerfors-2020-2023.outline-docx.docx",
    "kalix-medborgarlofte-2020.bold-docx.docx",
)


@cache
def plain_draft() -> bytes:
    return drafted(plain_agreement())


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("clean", [False, True])
def test_drafts_are_valid(name: str, clean: bool) -> None:
    """Protects the coordinator from 'Word found unreadable content'; a neighbour's measures and comments included."""
    neighbour = read_source(DOCUMENTS / "boden-2023-2026.docx.docx", role=SourceRole.NEIGHBOUR)
    made = draft_agreement([read_source(DOCUMENTS / name), neighbour], PERIOD)
    assert faults(draft_docx(made, clean=clean)) == []


@pytest.mark.parametrize("name", WORD)
def test_drafts_in_anothers_file_are_valid(name: str) -> None:
    """Protects --template: whatever Word file the municipality gives, with or without styles of its own."""
    template = (DOCUMENTS / name).read_bytes()
    made = draft_docx(draft_agreement([plain_agreement()], PERIOD), template=template)
    assert set(faults(made)) <= set(faults(template))


@pytest.mark.parametrize("name", WORD)
def test_revisions_are_valid(name: str) -> None:
    """Protects --as-revisions: comments in styles that are there, revisions in the places that may hold them."""
    old = (DOCUMENTS / name).read_bytes()
    neighbour = read_source(DOCUMENTS / "boden-2023-2026.docx.docx", role=SourceRole.NEIGHBOUR)
    plan = plan_draft_revisions([read_source(DOCUMENTS / name), neighbour], PERIOD)
    assert set(faults(revise_docx(old, plan).data)) <= set(faults(old))


@pytest.mark.parametrize("old", WORD)
@pytest.mark.parametrize("new", WORD)
def test_redlines_are_valid(old: str, new: str) -> None:
    """Protects redlines between quite different documents: tables that come beside tables stay tables of their own."""
    data = (DOCUMENTS / old).read_bytes()
    made = redline_documents(read_document(DOCUMENTS / old), data, read_document(DOCUMENTS / new))
    assert set(faults(made.data)) <= set(faults(data))
    wanted = _unnumbered(read_document(DOCUMENTS / new))
    assert wanted <= _unnumbered(read_document(made.data, file="redline.docx"))


def _unnumbered(document: Document) -> set[str]:
    """The texts of the document; the numbers in front of headings may be those of the old file's lists."""
    return {re.sub(r"^[\d.]+\s+", "", block.text) for block in document.walk() if block.text}


# ---- the check itself ----


def _changed(name: str, change: Callable[[str], str]) -> bytes:
    """The plain draft with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain_draft())) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.namelist():
            text = old.read(item)
            new.writestr(item, change(text.decode()) if item == name else text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        ("word/document.xml", "<w:keepNext/>", '<w:jc w:val="left"/><w:keepNext/>', "out of order"),
        ("word/document.xml", '<w:bookmarkStart w:id="2"', '<w:bookmarkStart w:id="1"', "bookmarkStart 1"),
        ("word/document.xml", 'w:val="Heading1"', 'w:val="Rubrik1"', "'Rubrik1' is no style"),
        ("word/document.xml", '<w:numId w:val="1"/>', '<w:numId w:val="77"/>', "'77' is no list"),
        ("word/document.xml", '<w:commentReference w:id="0"/>', "", "comment 0 hangs on nothing"),
        ("word/document.xml", "<w:gridCol", "<w:removed", "columns in a grid of"),
        ("word/document.xml", '<w:headerReference w:type="default" r:id="', '<w:headerReference r:id="x', "not there"),
        ("word/document.xml", '<w:fldChar w:fldCharType="end"/>', "", "a field without"),
        ("word/settings.xml", '<w:zoom w:percent="100"/>', '<w:rsids/><w:zoom w:percent="100"/>', "out of order"),
        ("[Content_Types].xml", 'PartName="/word/comments.xml"', 'PartName="/word/gone.xml"', "gone.xml is declared"),
        ("word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="stilar.xml"', "stilar.xml is not there"),
    ],
)
def test_what_is_broken_is_told(part: str, old: str, new: str, fault: str) -> None:
    """Protects the check: each kind of damage is seen, so that the other tests can fail."""

    def change(text: str) -> str:
        assert old in text, part
        return text.replace(old, new)

    assert any(fault in found for found in faults(_changed(part, change)))


def test_the_draft_of_a_file_is_valid_to_begin_with() -> None:
    """Protects the test above: the faults it sees are those it made."""
    assert faults(plain_draft()) == []
    assert Path(DOCUMENTS).is_dir()
