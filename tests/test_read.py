"""A file's reader is picked by its content, and what can't be read ends with one line that says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.errors import UnreadableDocument
from samsyn.extract.formats import format_of
from samsyn.extract.read import read_document


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n", "a.pdf", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.4", "scan", "pdf"),
        (b"PK\x03\x04rest", "a.docx", "docx"),
        ("Mål: färre brott".encode(), "a.txt", "text"),
        ("Mål: färre brott".encode("cp1252"), "a.txt", "text"),
        ("# Mål".encode("utf-16"), "a", "text"),
    ],
)
def test_format_by_content(data: bytes, name: str, expected: str) -> None:
    assert format_of(data, name) == expected


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"\x89PNG\r\n", "a.pdf", "picture"),
        (b"hello", "a.pdf", "not a PDF"),
        (b"hello", "a.docx", "not a Word document"),
        (b"\x81\x82\x83\x84" * 9, "odd.bin", "unknown kind"),
        (b"abc\0def\0" * 9, "odd.bin", "unknown kind"),
    ],
)
def test_unknown_kinds_are_refused(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        format_of(data, name)


def test_missing_empty_and_folder(tmp_path: Path) -> None:
    """The three commonest slips of a user each get a reason of their own, and the error names the file."""
    empty = tmp_path / "tom.pdf"
    empty.write_bytes(b"  \n")
    cases = {tmp_path / "borta.pdf": "no such file", empty: "empty", tmp_path: "folder"}
    for path, reason in cases.items():
        with pytest.raises(UnreadableDocument, match=reason) as caught:
            read_document(path)
        assert caught.value.file == path.name
        assert "\n" not in str(caught.value)
