"""How documents are read is said in one way everywhere: the same options on each command, the same names in Python."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from samsyn.batch import Task, read_files
from samsyn.cli import samsyn
from samsyn.errors import UnreadableDocument
from samsyn.extract.ocr.tesseract import find_engine
from samsyn.models.reading import ReadArguments, ReadOptions
from samsyn.pipeline import extract_agreement
from tests.pdf_builder import A4, Page, build

READERS = (
    ("extract",),
    ("diff",),
    ("draft",),
    ("check",),
    ("review",),
    ("explain",),
    ("read",),
    ("corpus", "add"),
    ("corpus", "refresh"),
    ("measures", "discover"),
)
OPTIONS = {
    "--jobs", "--ocr", "--ocr-language", "--no-cache", "--password", "--register", "--timeout", "--max-memory",
    "--max-size", "--max-pages", "--quiet",
}  # fmt: skip


@pytest.mark.parametrize("names", READERS, ids=" ".join)
def test_commands_that_read_share_their_options(names: tuple[str, ...]) -> None:
    """Protects the user's memory: what holds for one command that reads documents holds for all."""
    command: click.Command = samsyn
    for name in names:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    given = [option for parameter in command.params for option in parameter.opts]
    assert set(given) >= OPTIONS
    assert len(given) == len(set(given))


def test_keyword_arguments_are_the_options() -> None:
    """Protects the two lists of the same names from drifting apart."""
    assert tuple(ReadArguments.__annotations__) == ReadOptions._fields


def test_options_that_mean_nothing_are_refused() -> None:
    """Protects the programmer from a typing slip that would read scans as empty."""
    with pytest.raises(ValueError, match="ocr must be one of"):
        extract_agreement(b"text", file="a.txt", ocr="sometimes")  # type: ignore[arg-type]


def test_file_over_the_size_is_refused_however_it_comes(tmp_path: Path) -> None:
    """Protects memory: a path, bytes and a device without a size are all held to the limit."""
    path = tmp_path / "lang.txt"
    path.write_bytes(b"Samverkan " * 1000)
    for source in (path, path.read_bytes()):
        with pytest.raises(UnreadableDocument, match=r"larger than 0\.004768 MB \(--max-size\)"):
            extract_agreement(source, file="lang.txt", max_bytes=5000)


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without any program on its PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    find_engine.cache_clear()
    yield
    find_engine.cache_clear()


def scanned(*kinds: str) -> bytes:
    """A PDF whose pages are 'text' or a 'scan'."""
    pages = []
    for kind in kinds:
        page = Page()
        if kind == "scan":
            page.picture(0, 0, *A4)
        else:
            page.heading("Mål").paragraph("Antalet inbrott ska minska med 10 procent till 2027.")
        pages.append(page)
    return build(*pages)


@pytest.mark.usefixtures("bare_machine")
def test_without_tesseract_digital_pages_are_read_and_scans_named(tmp_path: Path) -> None:
    """Protects the user without Tesseract: what can be read is, and one line says which pages lack what."""
    path = tmp_path / "blandad.pdf"
    path.write_bytes(scanned("text", "scan", "scan", "text", "scan"))
    (outcome,) = read_files([Task(str(path), "blandad.pdf")])
    assert outcome.error is None
    assert outcome.agreements[0].goals
    notice = outcome.notice or ""
    assert notice.startswith("pages 2–3, 5 are pictures without usable text, not read: Tesseract is not installed (apt")
    assert "tesseract-ocr-swe" in notice
    (caution,) = [one for one in outcome.agreements[0].warnings if one.code == "scanned-pages"]
    assert "Sidorna 2–3, 5" in caution.message
    assert "Installera Tesseract" in caution.message


@pytest.mark.usefixtures("bare_machine")
def test_without_tesseract_a_scan_is_an_unreadable_file() -> None:
    """Protects against an empty result that looks like an agreement without content."""
    with pytest.raises(UnreadableDocument, match=r"pictures without usable text, not read: Tesseract is not installed"):
        extract_agreement(scanned("scan", "scan"), file="scan.pdf")
    with pytest.raises(UnreadableDocument, match=r"not read \(--ocr never\)"):
        extract_agreement(scanned("scan"), file="scan.pdf", ocr="never")


def test_without_data_for_the_language_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the user who has Tesseract without Swedish: the lacking data are what is asked for."""
    from samsyn.extract.ocr.tesseract import Engine

    for module in ("missing", "recognise"):
        monkeypatch.setattr(
            f"samsyn.extract.ocr.{module}.find_engine", lambda: Engine("tesseract", "5", ("eng", "osd"))
        )
    with pytest.raises(UnreadableDocument, match=r"data for swe are not installed \(apt install tesseract-ocr-swe\)"):
        extract_agreement(scanned("scan"), file="scan.pdf")
