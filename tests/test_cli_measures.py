"""`samsyn measures`: the register shown, texts matched in order, entries added that hold together."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from samsyn.cli import main
from samsyn.vocabulary.register import load_register


def shown(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """What the command prints on standard output."""
    assert main(["measures", *arguments]) == code
    return capsys.readouterr().out


def test_list_gives_the_whole_register(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects `list`: every entry, by the register's own ids, in JSON and in text."""
    ids = [entry.id for entry in load_register()]
    assert [entry["id"] for entry in json.loads(shown(capsys, "list"))] == ids
    assert [line.split()[0] for line in shown(capsys, "list", "--format", "text").splitlines()] == ids


def test_list_can_be_narrowed_to_a_category(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects --category: only its entries are listed."""
    category = load_register().measures[0].category
    listed = json.loads(shown(capsys, "list", "--category", category))
    assert {entry["category"] for entry in listed} == {category}


def test_show_gives_one_entry_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects `show`: the entry whole; an unknown id is wrong use and says where to look."""
    entry = next(entry for entry in load_register() if entry.examples)
    whole = json.loads(shown(capsys, "show", entry.id))
    assert (whole["name"], tuple(whole["examples"])) == (entry.name, entry.examples)
    assert entry.name in shown(capsys, "show", entry.id, "--format", "text")
    assert main(["measures", "show", "finns-inte"]) == 2
    assert "samsyn measures list" in capsys.readouterr().err


def test_show_knows_names_and_suggests(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects `show`: a name does for an id, whatever its capitals; a slip is answered with what is near."""
    assert json.loads(shown(capsys, "show", "sig"))["id"] == json.loads(shown(capsys, "show", "SIG"))["id"]
    assert json.loads(shown(capsys, "show", "Purple Flag"))["id"] == "purple-flag"
    assert main(["measures", "show", "trygghetsvandrin"]) == 2
    assert "did you mean 'trygghetsvandring'?" in capsys.readouterr().err
    assert "[under: krog*" in shown(capsys, "show", "tillsyn-serveringsstallen", "--format", "text")


def test_match_takes_a_heading_and_a_threshold(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects --heading and --threshold: context for a text, and the doubtful ones for who wants to judge himself."""
    text = "Tillsyn görs gemensamt"
    (found,) = json.loads(shown(capsys, "match", text, "--heading", "Krogar"))
    assert [match["id"] for match in found["matches"]] == ["tillsyn-serveringsstallen"]
    assert json.loads(shown(capsys, "match", text))[0]["matches"] == []
    doubtful = "Det finns inga kontroller av mopeder"
    assert json.loads(shown(capsys, "match", doubtful))[0]["matches"] == []
    assert json.loads(shown(capsys, "match", doubtful, "--threshold", "0.1"))[0]["matches"][0]["score"] < 0.5
    assert main(["measures", "match", text, "--threshold", "3"]) == 2


def test_match_answers_each_text_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects CONTRACT: one object a text, in order, with exactly the agreed keys; empty where nothing is named."""
    entry = next(entry for entry in load_register() if entry.reported)
    found = json.loads(shown(capsys, "match", "ingenting alls", entry.name))
    assert [item["text"] for item in found] == ["ingenting alls", entry.name]
    assert found[0]["matches"] == []
    assert found[1]["matches"][0]["id"] == entry.id
    assert set(found[1]["matches"][0]) == {"id", "name", "score", "matched"}


def test_match_reads_a_text_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects standard input: one text a line, empty and badly encoded lines keep their place."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("ett\n\nÅterbud\r\n\xff".encode("latin-1"))))
    assert [item["text"] for item in json.loads(shown(capsys, "match"))] == ["ett", "", "\ufffdterbud", "\ufffd"]


def test_match_of_no_input_is_an_empty_list(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects programs: empty input gives an empty list, which is valid JSON."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert json.loads(shown(capsys, "match")) == []


def test_match_says_why_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects --explain: where it stands, by which alias and how it was recognised."""
    entry = next(entry for entry in load_register() if entry.reported)
    match = json.loads(shown(capsys, "match", f"Vi har {entry.name}.", "--explain"))[0]["matches"][0]
    assert (match["start"], match["end"]) == (7, 7 + len(entry.name))
    assert match["alias"]
    assert match["method"]
    assert f"({match['start']}–{match['end']})" in shown(
        capsys, "match", f"Vi har {entry.name}.", "--explain", "--format", "text"
    )


def test_added_entry_is_found_afterwards(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Protects `add`: what is added to an own register is recognised with --register."""
    own = str(tmp_path / "own.toml")
    add = ("add", "bryggronden", "Bryggronden", "--register", own, "--category", "plats")
    shown(capsys, *add, "--alias", 'rond "vid" bryggan', "--example", "Bryggronden går varje kväll")
    shown(capsys, "add", "hamnkaffe", "Hamnkaffe", "--register", own, "--category", "plats", "--not", "kaffe i hamnen")
    found = json.loads(shown(capsys, "match", "Bryggronden och hamnkaffet", "--register", own))
    assert {match["id"] for match in found[0]["matches"]} == {"bryggronden", "hamnkaffe"}
    assert load_register(Path(own)).get("bryggronden").aliases == ('rond "vid" bryggan',)  # type: ignore[union-attr]


def test_entry_that_does_not_hold_together_is_not_added(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Protects the own register: an unknown parent or a used id leaves the file as it was."""
    own = tmp_path / "own.toml"
    shown(capsys, "add", "bryggronden", "Bryggronden", "--register", str(own), "--category", "plats")
    before = own.read_text(encoding="utf-8")
    add = ("--register", str(own), "--category", "plats")
    assert main(["measures", "add", "ny", "Ny", *add, "--parent", "finns-inte"]) == 1
    assert "finns-inte" in capsys.readouterr().err
    assert main(["measures", "add", "bryggronden", "Annan", *add]) == 2
    assert own.read_text(encoding="utf-8") == before


def test_add_says_what_it_did(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Protects `add`: one line that it is there, a word when it replaces a built-in entry; an id is no free text."""
    own = tmp_path / "own.toml"
    add = ("--register", str(own), "--category", "plats")
    assert main(["measures", "add", "Min Rond", "Min rond", *add]) == 2
    assert not own.exists()
    assert main(["measures", "add", "sig", "Min grupp", *add]) == 0
    assert "in place of the built-in one" in capsys.readouterr().err
    assert main(["measures", "add", "ny", "Ny", *add, "--kind", "sak"]) == 1
    assert "kinds are method" in capsys.readouterr().err


def test_entry_that_fails_its_own_examples_is_not_added(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Protects the own register: examples and look-alikes are tried before anything is written."""
    own = tmp_path / "own.toml"
    add = ("measures", "add", "trappvakt", "Trappvakt", "--register", str(own), "--category", "plats")
    assert main([*add, "--example", "något annat"]) == 1
    assert "'något annat'" in capsys.readouterr().err
    assert main([*add, "--not", "trappvakten går"]) == 1
    assert not own.exists()


def test_register_may_be_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Protects --register with a CSV file: semicolons or commas, several names in a cell; no rows are added by `add`."""
    own = tmp_path / "own.csv"
    own.write_text('\ufeffid;name;aliases;kind\nbryggvakt;Bryggvakt;"båtvakt;hamnvakt";activity\n', encoding="utf-8")
    (found,) = json.loads(shown(capsys, "match", "Hamnvakterna ronderar", "--register", str(own)))
    assert [match["id"] for match in found["matches"]] == ["bryggvakt"]
    assert main(["measures", "add", "ny", "Ny", "--register", str(own), "--category", "plats"]) == 2


def test_a_category_that_is_not_there_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects --category against an empty list for a slip: the known ones are named."""
    assert main(["measures", "list", "--category", "plasts"]) == 2
    assert "plats" in capsys.readouterr().err


def test_broken_register_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Protects against a traceback for a slip in the user's own file."""
    own = tmp_path / "own.toml"
    own.write_text("[[measure]\n", encoding="utf-8")
    assert main(["measures", "list", "--register", str(own)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("samsyn: own.toml: ")
    assert error.count("\n") == 1


def _plan(path: Path, measure: str) -> Path:
    path.write_text(
        f"# Handlingsplan för Bjurholm\n\n| Åtgärd | Ansvarig |\n|---|---|\n| {measure} | Fritid |\n", encoding="utf-8"
    )
    return path


def test_discover_proposes_what_several_documents_name(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Protects `discover`: a measure of two plans is proposed with both, one of a single plan is not; what is written
    is a register that then knows it."""
    _plan(tmp_path / "a.md", "Cykelverkstad för ungdomar i Agnäs")
    _plan(tmp_path / "b.md", "Ungdomarnas cykelverkstad hålls öppen")
    _plan(tmp_path / "c.md", "Höstmarknad med körsång")
    proposed = json.loads(shown(capsys, "discover", str(tmp_path)))
    assert [sorted(proposal["sources"]) for proposal in proposed] == [["a.md", "b.md"]]
    own = tmp_path / "own.toml"
    shown(capsys, "discover", str(tmp_path), "--write", str(own))
    found = json.loads(shown(capsys, "match", "Cykelverkstad varje torsdag", "--register", str(own)))
    assert [match["id"] for match in found[0]["matches"]] == [proposed[0]["id"]]


def test_discover_counts_copies_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Protects `discover`: the same agreement as two files is one document; where nothing comes back, it says so."""
    _plan(tmp_path / "a.md", "Cykelverkstad för ungdomar i Agnäs")
    _plan(tmp_path / "a.txt", "Cykelverkstad för ungdomar i Agnäs")
    assert main(["measures", "discover", str(tmp_path), "--format", "text"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "nothing to propose" in captured.err


def test_discover_names_what_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Protects the good files: the bad one costs a line and the exit code, nothing more."""
    _plan(tmp_path / "a.md", "Cykelverkstad för ungdomar")
    _plan(tmp_path / "b.md", "Cykelverkstad i Agnäs")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4 broken")
    assert main(["measures", "discover", str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert len(json.loads(captured.out)) == 1
    assert "c.pdf" in captured.err
