"""`samsyn draft` on the command line: what it takes, what it refuses, what it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samsyn.cli import main
from samsyn.compare import compare_agreements
from samsyn.drafting.changes import read_changes
from samsyn.errors import UnreadableDocument
from samsyn.pipeline import extract_agreement
from samsyn.write.comparisons import write_comparison
from tests.drafts import plain_agreement, read_back


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The JSON of an old agreement."""
    path = tmp_path / "old.json"
    path.write_text(plain_agreement().model_dump_json(), encoding="utf-8")
    return path


def diff_to(path: Path, *, swapped: bool = False) -> Path:
    """The JSON of a comparison with an agreement that drops one measure and has another."""
    ours = plain_agreement()
    cells = {"Insats": "Öppen mötesplats i byn", "Ansvarig": "Kultur", "Klart": "2030", "Uppföljning": "Vår"}
    other = ours.measures[0].model_copy(
        update={"title": "Öppen mötesplats i byn", "cells": cells, "responsible": ("Kultur",), "schedule": "2030"}
    )
    theirs = plain_agreement(id="mullsjo-2026-2029", title="Avtal i Mullsjö", measures=(other, ours.measures[1]))
    pair = (theirs, ours) if swapped else (ours, theirs)
    with path.open("w", encoding="utf-8") as stream:
        write_comparison(compare_agreements(*pair), stream, "json")
    return path


def test_a_draft_is_written(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the first use: one file, a period, a Word file; the diagnostics on standard error."""
    new = tmp_path / "new.docx"
    assert main(["draft", str(old), "--period", "2029-2032", "-o", str(new)]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "2 focus areas, 3 goals, 2 measures" in printed.err
    assert extract_agreement(new).period.start == "2029-01-01"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--period", "snart", "-o", "new.docx"], "is no period"),
        (["--period", "2032-2029", "-o", "new.docx"], "is no period"),
        (["--period", "2029-2032", "-o", "new.pdf"], "a draft is a Word file"),
        (["--period", "2029-2032", "-o", "new.docx", "--drop", "m99"], "holds no m99"),
        (["--period", "2029-2032", "-o", "new.docx", "--as-revisions"], "needs OLD as a Word file"),
    ],
)
def test_wrong_use_is_told(
    arguments: list[str], words: str, old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Protects the user: what cannot be done is said in a line, and no file is written."""
    monkeypatch.chdir(tmp_path)
    assert main(["draft", str(old), *arguments]) == 2
    assert words in capsys.readouterr().err
    assert not Path("new.docx").exists()


def test_the_source_is_not_overwritten(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the old agreement."""
    source = tmp_path / "same.docx"
    assert main(["draft", str(old), "--period", "2029-2032", "-o", str(source), "--quiet"]) == 0
    before = source.read_bytes()
    assert main(["draft", str(source), "--period", "2033", "-o", str(source)]) == 2
    assert "would be overwritten" in capsys.readouterr().err
    assert source.read_bytes() == before


def test_revisions_of_the_old_file(old: Path, tmp_path: Path) -> None:
    """Protects --as-revisions: the file itself with the new period, a dropped measure gone in the accepted reading."""
    first, second = tmp_path / "first.docx", tmp_path / "second.docx"
    assert main(["draft", str(old), "--period", "2029-2032", "-o", str(first), "--clean", "--quiet"]) == 0
    arguments = ["--period", "2033-2036", "--as-revisions", "--drop", "m1", "-o", str(second), "--quiet"]
    assert main(["draft", str(first), *arguments]) == 0
    found = extract_agreement(second)
    assert (found.period.start, found.period.end) == ("2033-01-01", "2036-12-31")
    assert [measure.title for measure in found.measures] == ["Vuxna vid övergångsstället varje dag"]


def test_a_comparison_is_followed(old: Path, tmp_path: Path) -> None:
    """Protects --from-diff: what the other agreement dropped is left out, what it added is proposed."""
    new = tmp_path / "new.docx"
    diff = diff_to(tmp_path / "diff.json")
    assert main(["draft", str(old), "--period", "2029-2032", "--from-diff", str(diff), "-o", str(new), "--quiet"]) == 0
    titles = [measure.title for measure in read_back(new.read_bytes()).measures]
    assert "Öppen mötesplats i byn" in titles
    assert "Cykelvärdar vid stationen" not in titles


def test_a_comparison_with_the_older_one_proposes_what_was_dropped(tmp_path: Path) -> None:
    """Protects the other direction: what was lost on the way here is proposed to be taken up again, nothing is dropped."""
    changes = read_changes(diff_to(tmp_path / "diff.json", swapped=True), plain_agreement())
    assert not changes.drop
    assert [m.title for source in changes.proposals for m in source.agreement.measures] == ["Öppen mötesplats i byn"]


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"old": {"id": "a"}, "new": {"id": "b"}})])
def test_other_comparisons_are_refused(content: str, tmp_path: Path) -> None:
    """Protects against the comparison of two others, and files that are none."""
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match=r"other\.json"):
        read_changes(path, plain_agreement())
