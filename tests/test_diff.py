"""`samsyn diff`: what it takes, what it prints, how it ends."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from samsyn.cli import main
from samsyn.corpora.corpus import Corpus
from samsyn.models.agreement import Agreement
from samsyn.models.comparison import Comparison
from tests.agreements import agreement
from tests.alignment.pairs import load_pairs
from tests.corpora import keep

EXAMPLE = Path(__file__).parent.parent / "examples" / "ange-2025-2028.docx"
PAIR = next(pair for pair in load_pairs() if pair.name == "alvesta")
STATES = {"unchanged", "changed", "added", "removed"}


def kept(folder: Path, name: str, whole: Agreement) -> str:
    """The path of the agreement's JSON, as extract writes it."""
    path = folder / name
    path.write_text(whole.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def old(tmp_path: Path) -> str:
    """The older agreement of a pair, as JSON."""
    return kept(tmp_path, "old.json", PAIR.old)


@pytest.fixture
def new(tmp_path: Path) -> str:
    """The newer one."""
    return kept(tmp_path, "new.json", PAIR.new)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """What the command prints as JSON."""
    main(["diff", *arguments, "--format", "json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_exit_code_tells_whether_they_differ(old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects scripts: 0 no difference, 1 differences, as diff has it; 0 always when asked for."""
    assert main(["diff", old, old]) == 0
    assert main(["diff", old, new]) == 1
    assert main(["diff", old, new, "--no-exit-code"]) == 0
    assert "Inga skillnader hittades." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "no such file"), ("{}", "not the JSON of an agreement"), ("{", "not the JSON of an agreement")],
)
def test_trouble_ends_with_two_and_one_line(
    content: str | None, reason: str, old: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Protects the difference between 'differs' and 'failed': trouble is 2, with the file and the reason."""
    path = tmp_path / "bad.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert main(["diff", old, str(path)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert "bad.json" in shown.err
    assert reason in shown.err


def test_unreadable_document_is_trouble(old: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects against silence: a document that cannot be read ends in 2, and OUT is left alone."""
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7 nothing more")
    out = tmp_path / "out.html"
    assert main(["diff", old, str(path), "-o", str(out)]) == 2
    assert "broken.pdf" in capsys.readouterr().err
    assert not out.exists()


def test_bugs_are_trouble_too(
    old: str, new: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Protects exit code 1: an unforeseen error never passes for a difference."""
    monkeypatch.setattr("samsyn.compare.compare_agreements", lambda *_: 1 / 0)
    monkeypatch.delenv("SAMSYN_DEBUG", raising=False)
    assert main(["diff", old, new]) == 2
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_json_is_as_the_contract_has_it(old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the contract: the fixed names, the five lists, and every part of both in one change."""
    found = printed(capsys, old, new)
    for side in ("old", "new"):
        assert {"id", "title", "period"} <= found[side].keys()
    assert all({"field", "old", "new"} <= fact.keys() for fact in found["metadata"])
    for section in ("focus_areas", "goals", "problem_pictures", "measures", "signatories"):
        for change in found[section]:
            assert {"change", "similarity", "old", "new", "fields"} <= change.keys()
            assert change["change"] in STATES
            assert 0 <= change["similarity"] <= 1
            assert all({"field", "old", "new"} <= field.keys() for field in change["fields"])
            assert (change["change"] == "unchanged") == bool(change["old"] and change["new"] and not change["fields"])
            for side in (change["old"], change["new"]):
                assert side is None or {"id", "label"} <= side.keys()
    assert Comparison.model_validate(found)


def test_labels_are_those_of_the_contract(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Protects whoever looks parts up: labels are the first text of a measure, the goal's text, the person's name."""
    whole = agreement()
    path = kept(tmp_path, "whole.json", whole)
    found = printed(capsys, path, path)
    assert [change["old"]["label"] for change in found["measures"]] == [one.label for one in whole.measures]
    assert [change["old"]["label"] for change in found["goals"]] == [one.text for one in whole.goals]
    assert [change["old"]["label"] for change in found["signatories"]] == [one.name for one in whole.signatories]


def test_documents_and_json_can_be_mixed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the inputs: a document compared with the JSON that extract made of it does not differ."""
    path = tmp_path / "read.json"
    assert main(["extract", str(EXAMPLE), "-o", str(path), "--quiet"]) == 0
    assert main(["diff", str(EXAMPLE), str(path), "--quiet"]) == 0
    assert main(["diff", str(path), str(EXAMPLE), "--quiet"]) == 0
    capsys.readouterr()


def test_standard_input_is_one_of_the_files(
    old: str, new: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Protects pipes: `samsyn extract a.pdf | samsyn diff - b.json`."""
    stream = io.TextIOWrapper(io.BytesIO(Path(old).read_bytes()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert main(["diff", "-", new, "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["old"]["id"] == PAIR.old.id


def test_three_files_are_a_series(old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects `samsyn diff A B C`: the life of each measure over the periods."""
    found = printed(capsys, old, new, old)
    assert [edition["id"] for edition in found["editions"]] == [PAIR.old.id, PAIR.new.id, PAIR.old.id]
    assert len(found["comparisons"]) == 2
    assert all(len(life["appearances"]) == 3 for life in found["measures"])
    assert main(["diff", old, old, old]) == 0


@pytest.mark.parametrize(
    "arguments",
    [("a.json",), ("-", "-"), ("a.json", "b.json", "-o", "out.nothing"), ("a.json", "b.json", "--lang", "fi"), ()],
)
def test_wrong_use_is_two(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the user from half a run: what cannot be done is said before anything is read."""
    assert main(["diff", *arguments]) == 2
    assert capsys.readouterr().err


def test_input_is_never_overwritten(old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the documents: OUT may not be one of the files."""
    before = Path(new).read_bytes()
    assert main(["diff", old, new, "-o", new]) == 2
    assert Path(new).read_bytes() == before
    capsys.readouterr()


def test_ending_of_out_chooses_the_format(old: str, new: str, tmp_path: Path) -> None:
    """Protects `-o report.docx`: the format follows from the name."""
    for name, start in (
        ("a.docx", b"PK"),
        ("a.xlsx", b"PK"),
        ("a.html", b"<!doctype"),
        ("a.md", b"# "),
        ("a.json", b"{"),
    ):
        assert main(["diff", old, new, "-o", str(tmp_path / name), "--quiet"]) == 1
        assert (tmp_path / name).read_bytes().startswith(start)


def test_warnings_of_reading_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects against false comfort: that an agreement was read with doubts is said, unless --quiet."""
    path = kept(tmp_path, "doubted.json", agreement())
    main(["diff", path, path])
    assert "1 warning" in capsys.readouterr().err
    main(["diff", path, path, "--quiet"])
    assert capsys.readouterr().err == ""


def test_html_points_to_the_documents_pages(tmp_path: Path) -> None:
    """Protects the way back to the source: a page number is a link to that page, relative to the report."""
    folder = tmp_path / "år 1 #2"
    folder.mkdir()
    pdf = folder / "avtal 100 %.pdf"
    pdf.write_bytes((EXAMPLE.with_suffix(".pdf")).read_bytes())
    other = tmp_path / "new.json"
    assert main(["extract", str(pdf), "-o", str(other), "--quiet"]) == 0
    out = tmp_path / "reports" / "diff.html"
    out.parent.mkdir()
    assert main(["diff", str(pdf), str(other), "-o", str(out), "--quiet"]) == 0
    assert 'href="../%C3%A5r%201%20%232/avtal%20100%20%25.pdf#page=' in out.read_text(encoding="utf-8")


def test_english_on_demand(old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects `--lang en`: the report's own words are English."""
    main(["diff", old, new, "--lang", "en"])
    shown = capsys.readouterr().out
    assert "Changed in substance" in shown
    assert "Ändrat i sak" not in shown


def test_ids_in_a_corpus_are_compared(tmp_path: Path, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects `--corpus`: what is no file is an id, files may stand beside it, an unknown id is trouble."""
    path = tmp_path / "all.db"
    with Corpus(path, create=True) as corpus:
        keep(corpus, PAIR.old)
    found = printed(capsys, PAIR.old.id, new, "--corpus", str(path))
    assert found["old"]["id"] == PAIR.old.id
    assert found["new"]["id"] == PAIR.new.id
    assert main(["diff", PAIR.old.id, "nobody-1999", "--corpus", str(path)]) == 2
    assert "nobody-1999" in capsys.readouterr().err
