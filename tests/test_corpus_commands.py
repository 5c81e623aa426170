"""`samsyn corpus` as it is used: arguments in, tables and files out, one line for what goes wrong."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samsyn.cli import main
from samsyn.commands.corpus import corpus as group
from samsyn.corpora.corpus import Corpus
from tests.corpora import keep, made, write_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A corpus of three agreements, one in two copies."""
    path = tmp_path / "avtal.db"
    with Corpus(path, create=True) as corpus:
        keep(corpus, made("Habo", 2021, 2024))
        keep(corpus, made("Habo"))
        keep(corpus, made("Habo", diary_number="KS 1"))
        keep(corpus, made("Åre", 2019, None))
        corpus.settle()
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs `samsyn corpus` with arguments: the exit code, what it printed, what it said."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = main(["corpus", *map(str, arguments)])
        printed, said = capsys.readouterr()
        return code, printed, said

    return call


def test_from_files_to_an_agreement(run: Any, tmp_path: Path) -> None:
    """Protects the first minutes: add a folder, list, show as `extract` prints, search, again without reading."""
    folder = tmp_path / "papper"
    folder.mkdir()
    write_file(folder, "Habo", 2020)
    (folder / "tom.pdf").write_bytes(b"")
    corpus = tmp_path / "avtal.db"
    code, printed, said = run("add", corpus, folder)
    assert (code, printed) == (1, "")
    assert said.splitlines() == [f"samsyn: {folder}/tom.pdf: the file is empty", "samsyn: 1 added, 1 failed"]
    (listed,) = json.loads(run("list", corpus)[1])
    assert (listed["id"], listed["municipality"], listed["measures"]) == ("habo-2020-2023", "Habo", 5)
    shown = json.loads(run("show", corpus, "habo-2020-2023")[1])
    main(["extract", str(folder / "Habo-2020.md"), "--format", "json", "-o", str(tmp_path / "extracted.json")])
    assert shown == json.loads((tmp_path / "extracted.json").read_text(encoding="utf-8"))
    (hit, *_) = json.loads(run("search", corpus, "tryggare OR trygga")[1])
    assert (hit["agreement"], hit["found_in"]) == ("habo-2020-2023", "goal")
    code, _, said = run("add", corpus, folder)
    assert said.splitlines()[-1] == "samsyn: 2 known"
    assert code == 0
    outcomes = json.loads(run("files", corpus)[1])
    assert [(row["outcome"], row["reason"]) for row in outcomes] == [("known", None), ("known", "the file is empty")]


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",), ("search", "trygga"), ("matrix",), ("matrix", "--by", "year"), ("timeline",), ("timeline", "est"),
        ("coverage",), ("coverage", "--by", "county"), ("series",), ("relations",), ("relations", "habo-2025-2028"),
        ("areas",), ("areas", "--by", "year"), ("goals",), ("goals", "--by", "agreement"), ("roles",), ("renewals",),
        ("renewals", "--by", "municipality"), ("completeness",), ("completeness", "--by", "year"),
        ("disagreements",), ("stats",), ("files",), ("quality",), ("review", "status"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_each_answer_is_a_table_csv_and_json(run: Any, path: Path, arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Protects each way of reading an answer: the same columns in each, and in a file the same as on the screen."""
    command = arguments[:2] if arguments[0] == "review" else arguments[:1]
    rest = arguments[len(command) :]
    code, printed, said = run(*command, path, *rest, "--format", "json")
    assert (code, said) == (0, "")
    rows = json.loads(printed)
    assert [json.loads(line) for line in run(*command, path, *rest, "--format", "jsonl")[1].splitlines()] == rows
    read = list(csv.DictReader(io.StringIO(run(*command, path, *rest, "--format", "csv")[1])))
    assert len(read) == len(rows)
    if rows:
        assert list(read[0]) == list(rows[0])
    lines = run(*command, path, *rest, "--format", "table")[1].splitlines()
    assert len(lines) == len(rows) + 2
    assert run(*command, path, *rest, "-o", tmp_path / "svar.csv")[0] == 0
    assert len((tmp_path / "svar.csv").read_text(encoding="utf-8").splitlines()) >= len(rows) + 1


def test_filters_are_understood(run: Any, path: Path) -> None:
    """Protects the options: each narrows the list."""
    for options, expected in (
        ((), 3),
        (("--copies",), 4),
        (("--municipality", "Habo"), 2),
        (("--municipality", "Habo", "--municipality", "Åre"), 3),
        (("--county", "Jämtland"), 1),
        (("--region", "Nord"), 1),
        (("--year", "2025-"), 2),
        (("--year", "2021"), 2),
        (("--kind", "medborgarlöfte"), 0),
        (("--recurring", "est"), 3),
    ):
        assert len(json.loads(run("list", path, *options)[1])) == expected, options


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("list", "CORPUS", "--municipality", "Håbbo"), "did you mean Håbo"),
        (("list", "CORPUS", "--year", "igår"), "is no year"),
        (("show", "CORPUS", "habo"), "there is habo-2021-2024"),
        (("search", "CORPUS", "-"), "no word"),
        (("timeline", "CORPUS", "ets"), "no recurring measure"),
        (("list", "saknas.db"), "no such corpus"),
        (("diff", "CORPUS", "Ystad"), "not two of Ystad to compare"),
        (("export", "CORPUS", "-o", "DIR", "--municipality", "Ystad"), "no such agreements"),
        (("review", "export", "CORPUS", "-o", "fel.csv"), "no .xlsx"),
        (("add", "NEW", "lista.csv"), "lista.csv"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_goes_wrong_is_one_line(
    run: Any, path: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    """Protects the user: no traceback, no file made, an exit code that is not 0."""
    names = {"CORPUS": path, "NEW": tmp_path / "ny.db", "DIR": tmp_path / "ut", "lista.csv": tmp_path / "lista.csv"}
    code, printed, said = run(*(names.get(argument, argument) for argument in arguments))
    assert code in (1, 2)
    assert printed == ""
    assert told in said.splitlines()[-1]
    assert not (tmp_path / "ut").exists()


def test_matrix_has_a_column_an_agreement(run: Any, path: Path) -> None:
    """Protects CONTRACT's matrix: recurring measures down, agreements across."""
    (row,) = [row for row in json.loads(run("matrix", path, "--basis", "measures")[1]) if row["id"] == "est"]
    assert {key: row[key] for key in ("habo-2021-2024", "habo-2025-2028", "are-2019", "total")} == {
        "habo-2021-2024": 1,
        "habo-2025-2028": 1,
        "are-2019": 1,
        "total": 3,
    }


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_export(run: Any, path: Path, tmp_path: Path, form: str) -> None:
    """Protects CONTRACT's export: each format, with what describes it."""
    if form == "parquet":
        pytest.importorskip("pyarrow")
    assert run("export", path, "-o", tmp_path / "ut", "--format", form)[0] == 0
    package = json.loads((tmp_path / "ut" / "datapackage.json").read_text(encoding="utf-8"))
    sizes = {resource["name"]: resource.get("rows") for resource in package["resources"]}
    assert sizes["agreements"] == 3
    code, _, said = run("export", path, "-o", path.parent, "--format", form)
    assert code == 1
    assert "holds other files" in said


def test_diff_finds_the_two_newest_by_name(run: Any, path: Path) -> None:
    """Protects the question 'what changed': by municipality, by ids, over all."""
    code, printed, said = run("diff", path, "Habo", "--format", "json")
    found = json.loads(printed)
    assert (code, found["old"]["id"], found["new"]["id"]) == (1, "habo-2021-2024", "habo-2025-2028")
    assert "comparing habo-2021-2024, habo-2025-2028" in said
    by_ids = json.loads(run("diff", path, "are-2019", "habo-2025-2028", "--format", "json")[1])
    assert by_ids["old"]["id"] == "are-2019"


def test_diff_tells_by_its_exit_code_as_samsyn_diff_does(run: Any, path: Path, tmp_path: Path) -> None:
    """Protects scripts: 0 no difference or --no-exit-code, 1 differences, 2 trouble, as for files."""
    assert run("diff", path, "habo-2021-2024", "habo-2021-2024")[0] == 0
    assert run("diff", path, "Habo", "--no-exit-code")[0] == 0
    assert run("diff", path, "habo-2021-2024", "saknas")[0] == 2
    assert run("diff", tmp_path / "saknas.db", "Habo")[0] == 2


def test_review_there_and_back(run: Any, path: Path, tmp_path: Path) -> None:
    """Protects the way of a correction: out as a workbook, filled in, back in, seen by everyone."""
    openpyxl = pytest.importorskip("openpyxl")
    book_path = tmp_path / "granska.xlsx"
    assert run("review", "export", path, "-o", book_path, "--municipality", "Åre")[0] == 0
    book = openpyxl.load_workbook(book_path)
    sheet = book["Granska"]
    rows = {(row[2].value, row[4].value): row for row in sheet.iter_rows(min_row=2)}
    rows["Mål", "Text"][7].value = "Alla i Åre ska vara trygga."
    rows["Överenskommelsen", "Typ"][6].value = "rätt"
    book.save(book_path)
    code, _, said = run("review", "import", path, book_path, "--who", "Kim")
    assert (code, said) == (0, "samsyn: 1 correction and 2 checks kept\n")
    assert json.loads(run("show", path, "are-2019")[1])["goals"][0]["text"] == "Alla i Åre ska vara trygga."
    (status,) = json.loads(run("review", "status", path)[1])
    assert (status["state"], status["who"]) == ("applied", "Kim")


def test_sample_and_quality(run: Any, path: Path, tmp_path: Path) -> None:
    """Protects the way of an estimate: draw, judge, take back, read the figures."""
    openpyxl = pytest.importorskip("openpyxl")
    book_path = tmp_path / "urval.xlsx"
    assert run("sample", path, "--n", "10", "-o", book_path)[0] == 0
    book = openpyxl.load_workbook(book_path)
    for number, row in enumerate(book["Granska"].iter_rows(min_row=2)):
        row[6].value = "fel" if number == 0 else "rätt"
    book.save(book_path)
    assert run("review", "import", path, book_path, "--who", "Kim")[0] == 0
    rows = {row["field"]: row for row in json.loads(run("quality", path)[1])}
    assert (rows["all"]["checked"], rows["all"]["right"], rows["all"]["precision"]) == (10, 9, 0.9)


def test_check_and_rebuild(run: Any, path: Path) -> None:
    """Protects mending: a corpus whose tables were damaged is told as such, and whole again after a rebuild."""
    assert run("check", path)[:2] == (0, "whole\n")
    with Corpus(path) as corpus:
        corpus.connection.execute("DELETE FROM search_entries")
    code, _, said = run("check", path)
    assert code == 1
    assert "cannot be found by searching" in said
    assert run("rebuild", path)[0] == 0
    assert run("check", path)[0] == 0


def test_every_command_has_help(run: Any) -> None:
    """Protects the newcomer: each command and option says what it does."""
    for name, command in group.commands.items():
        assert command.help, name
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert getattr(parameter, "help", None), (name, parameter.name)
    assert run("--help")[0] == 0


@pytest.mark.parametrize(
    "asked", [["list"], ["search", "trygga"], ["stats"], ["show", "habo-2021-2024"], ["diff", "Habo"], ["report"]]
)
def test_an_answer_is_never_written_over_the_corpus(run: Any, path: Path, asked: list[str]) -> None:
    """Protects a researcher's work from a slip of the hand: '-o' naming the corpus itself."""
    before = path.read_bytes()
    command, *words = asked
    code, _, said = run(command, path, *words, "--format" if command != "report" else "--lang",
                        {"show": "json", "diff": "html", "report": "sv"}.get(command, "json"), "-o", path)  # fmt: skip
    assert (code, path.read_bytes()) == (2, before)
    assert said.startswith(f"samsyn: {str(path)!r} is one of the files to read; it would be overwritten (see:")


def test_an_ending_that_names_no_format_is_said(run: Any, path: Path, tmp_path: Path) -> None:
    """Protects who asks for a workbook and would get JSON under its name."""
    code, _, said = run("list", path, "-o", tmp_path / "lista.xlsx")
    assert code == 2
    assert said.startswith(
        f"samsyn: the ending of {str(tmp_path / 'lista.xlsx')!r} names no format; give --format (see:"
    )
    assert run("list", path, "-o", tmp_path / "lista.txt")[0] == 0
    assert "habo-2021-2024" in (tmp_path / "lista.txt").read_text(encoding="utf-8")


def test_files_that_cannot_be_had_cost_only_themselves(run: Any, tmp_path: Path) -> None:
    """Protects a run of hundreds: a wrong path or an address of the web is named, the others are read."""
    write_file(tmp_path, "Habo", 2020)
    empty = tmp_path / "tomt"
    empty.mkdir()
    given = (tmp_path / "Habo-2020.md", tmp_path / "borta.pdf", "https://example.org/a.pdf")
    code, _, said = run("add", tmp_path / "avtal.db", *given)
    assert code == 1
    assert "borta.pdf: there is no such file\n" in said
    assert "a.pdf: an address on the web; samsyn reads files, so save the document first\n" in said
    assert said.endswith("samsyn: 1 added, 2 failed\n")
    assert run("add", tmp_path / "avtal.db", empty)[2].startswith(f"samsyn: {empty}: no document is in it\n")
