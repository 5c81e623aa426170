"""The command line's manners: what goes where, exit codes, one line an error, files put in place whole."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import pytest

from samsyn.batch import Outcome, Task
from samsyn.cli import COMMANDS, main, samsyn
from samsyn.extract.ocr.tesseract import find_engine
from samsyn.models.agreement import Agreement
from samsyn.models.reading import ReadOptions
from samsyn.pipeline import extract_agreement
from samsyn.terminal import complain, open_output, spool_input, with_patterns_filled
from tests.agreements import agreement

EXAMPLE = Path(__file__).parent.parent / "examples" / "ange-2025-2028.pdf"


def reading(task: Task) -> Outcome:
    """A reader that finds the same small agreement in every file but those called 'bad' and 'odd'."""
    if "bad" in task.name:
        return Outcome(task.name, error="is encrypted; give --password")
    if "odd" in task.name:
        return Outcome(task.name, error="unexpected KeyError", trace="Traceback: the place\n")
    found = agreement(title=task.name, warnings=())
    if "scan" in task.name:
        return Outcome(task.name, (found,), notice="page 2 is a picture")
    if "doubt" in task.name:
        found = agreement(title=task.name)
    return Outcome(task.name, (found, found) if task.every else (found,))


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> list[Task]:
    """The tasks that `samsyn extract` gives to the batch, which `reading` stands in for."""
    given: list[Task] = []

    def read_files(asked: Iterable[Task], **_: object) -> Iterator[Outcome]:
        for task in asked:
            given.append(task)
            yield reading(task)

    monkeypatch.setattr("samsyn.batch.read_files", read_files)
    return given


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes standard output a terminal."""
    for module in ("extract", "outputs"):
        monkeypatch.setattr(f"samsyn.commands.{module}.shows_output", lambda: True)


@pytest.mark.usefixtures("tasks")
def test_one_file_gives_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects CONTRACT: one JSON object on standard output, nothing on standard error when all is well."""
    assert main(["extract", "a.pdf"]) == 0
    shown = capsys.readouterr()
    assert Agreement.model_validate_json(shown.out).title == "a.pdf"
    assert shown.err == ""


@pytest.mark.usefixtures("tasks")
def test_several_files_give_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects CONTRACT: several files, one object a line, in the order of the arguments."""
    assert main(["extract", "b.pdf", "a.pdf", "--quiet"]) == 0
    assert [json.loads(line)["title"] for line in capsys.readouterr().out.splitlines()] == ["b.pdf", "a.pdf"]


@pytest.mark.usefixtures("tasks")
def test_bad_file_is_one_line_and_the_others_are_done(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects CONTRACT: a line that names file and reason, exit 1, and the other files' results."""
    assert main(["extract", "a.pdf", "bad.pdf", "c.pdf", "--quiet"]) == 1
    shown = capsys.readouterr()
    assert shown.err == "samsyn: bad.pdf: is encrypted; give --password\n"
    assert [json.loads(line)["title"] for line in shown.out.splitlines()] == ["a.pdf", "c.pdf"]


@pytest.mark.usefixtures("tasks")
def test_bad_file_alone_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects programs that read the output: no half JSON, no empty table."""
    for form in ("json", "csv", "xlsx"):
        assert main(["extract", "bad.pdf", "--format", form]) == 1
        assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("tasks")
def test_traceback_is_shown_only_when_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects users from tracebacks and developers from their absence."""
    assert main(["extract", "odd.pdf"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    monkeypatch.setenv("SAMSYN_DEBUG", "1")
    assert main(["extract", "odd.pdf"]) == 1
    assert "Traceback: the place" in capsys.readouterr().err


@pytest.mark.usefixtures("tasks")
def test_warnings_are_counted_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the reader of the result: that there are doubts is said, and --strict makes them count."""
    assert main(["extract", "doubt.pdf"]) == 0
    assert capsys.readouterr().err == "samsyn: 1 of 1 file read, 1 warning\n"
    assert main(["extract", "doubt.pdf", "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["extract", "doubt.pdf", "--strict"]) == 1
    assert main(["extract", "fine.pdf", "--strict"]) == 0


@pytest.mark.usefixtures("tasks", "terminal")
def test_terminal_gets_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the person: on a terminal the answer is a readable summary, not JSON."""
    assert main(["extract", "a.pdf"]) == 0
    out = capsys.readouterr().out
    assert "Fokusområde 1: Ungas fritid" in out


@pytest.mark.usefixtures("tasks", "terminal")
def test_workbook_is_not_thrown_at_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the terminal: bytes need -o."""
    assert main(["extract", "a.pdf", "--format", "xlsx"]) == 2
    assert "-o" in capsys.readouterr().err


@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "a.pdf", "--format", "tiff"],
        ["extract", "a.pdf", "-o", "a.tiff"],
        ["extract", "a.pdf", "--jobs", "0"],
        ["extract", "a.pdf", "--name", "b.pdf"],
        ["extract", "-", "-"],
        ["extract", "a.pdf", "--register", "no-such-file.toml"],
        ["extract", "a.pdf", "-o", "folder/", "--format", "json"],
        ["extrakt", "a.pdf"],
        ["--no-such-option"],
    ],
)
def test_wrong_use_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Protects scripts and people: wrong use is told apart from bad files, and said in one line that names the help."""
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    assert line.startswith("samsyn: ")
    assert line.endswith(" --help)")


@pytest.mark.parametrize("group", ["corpus", "measures"])
def test_a_group_alone_shows_its_commands(group: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects who feels the way forward: 'samsyn corpus' lists what it can do."""
    main([group])
    shown = capsys.readouterr()
    assert f"Usage: samsyn {group}" in shown.out + shown.err


@pytest.mark.usefixtures("tasks")
def test_output_file_decides_the_format(tmp_path: Path) -> None:
    """Protects `-o`: the ending names the format, and several files in JSON are a list."""
    for name, start in (("a.yaml", b"---"), ("a.md", b"# a.pdf"), ("a.xlsx", b"PK"), ("a.json", b"{")):
        assert main(["extract", "a.pdf", "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    assert main(["extract", "a.pdf", "b.pdf", "-o", str(tmp_path / "two.json"), "--quiet"]) == 0
    assert len(json.loads((tmp_path / "two.json").read_text(encoding="utf-8"))) == 2


@pytest.mark.usefixtures("tasks")
def test_output_folder_takes_the_csv_tables(tmp_path: Path) -> None:
    """Protects `-o folder/`: it is filled with one CSV file a table."""
    assert main(["extract", "a.pdf", "-o", f"{tmp_path}/tables/"]) == 0
    assert (tmp_path / "tables" / "measures.csv").exists()
    assert (tmp_path / "tables" / "goals.csv").exists()


@pytest.mark.usefixtures("tasks")
def test_output_stays_as_it_was_when_nothing_could_be_read(tmp_path: Path) -> None:
    """Protects yesterday's result: a failed run does not empty the file."""
    (tmp_path / "a.json").write_text("kept", encoding="utf-8")
    assert main(["extract", "bad.pdf", "-o", str(tmp_path / "a.json")]) == 1
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "kept"


@pytest.mark.usefixtures("tasks")
def test_output_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects against a traceback where the folder of OUT is missing."""
    assert main(["extract", "a.pdf", "-o", str(tmp_path / "missing" / "a.json")]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "there is no such folder to write in" in error


@pytest.mark.usefixtures("tasks")
def test_document_is_not_overwritten_by_its_result(tmp_path: Path) -> None:
    """Protects the source: OUT may not be one of the files, by whatever path."""
    document = tmp_path / "plan.md"
    document.write_text("Plan", encoding="utf-8")
    assert main(["extract", str(document), "-o", f"{tmp_path}/../{tmp_path.name}/plan.md"]) == 2
    assert document.read_text(encoding="utf-8") == "Plan"


def test_options_reach_the_reader(tasks: list[Task], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects --password, --register, --all and those of recognition and limits: each is handed on."""
    register = tmp_path / "own.toml"
    register.write_text("", encoding="utf-8")
    main(["extract", "a.pdf", "--password", "x", "--register", str(register), "--all"])
    monkeypatch.setenv("SAMSYN_PASSWORD", "y")
    main(["extract", "a.pdf"])
    main(
        ["extract", "a.pdf", "--ocr", "always", "--ocr-language", "fin", "--no-cache", "--jobs", "2", "--max-size", "1"]
    )
    assert [(task.options.password, task.register, task.every) for task in tasks[:2]] == [
        ("x", str(register), True),
        ("y", None, False),
    ]
    assert tasks[2].options == ReadOptions("y", "always", "fin", cache=False, jobs=2, max_bytes=2**20)


@pytest.mark.usefixtures("tasks")
def test_pages_that_were_not_read_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the user of a scan: what was not read is said in one line, and only --quiet is silent about it."""
    assert main(["extract", "scan.pdf"]) == 0
    assert capsys.readouterr().err == "samsyn: scan.pdf: page 2 is a picture\n"
    assert main(["extract", "scan.pdf", "--quiet"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("tasks")
def test_all_gives_every_agreement_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects --all: a file that holds two agreements gives two objects."""
    assert main(["extract", "a.pdf", "--all", "--quiet"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_standard_input_is_read_under_its_name(
    tasks: list[Task], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Protects '-': the bytes reach the reader as a file of the given name, gone afterwards."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"text")))
    assert main(["extract", "-", "--name", "../plan.txt"]) == 0
    (task,) = tasks
    assert (Path(task.path).name, task.name) == ("plan.txt", "../plan.txt")
    assert not Path(task.path).exists()


def test_spooled_input_is_whole_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the disk: standard input is copied byte for byte, and not without end."""
    with spool_input("a.pdf", io.BytesIO(b"x" * 3_000_000)) as path:
        assert path.read_bytes() == b"x" * 3_000_000
    monkeypatch.setattr("samsyn.terminal.FILE_BYTES", 1000)
    with pytest.raises(ValueError, match="more than"), spool_input("a.pdf", io.BytesIO(b"x" * 1001)):
        pass


def test_output_is_put_in_place_whole(tmp_path: Path) -> None:
    """Protects the file at OUT: an error half-way leaves the old content and no scraps."""
    target = tmp_path / "a.json"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), open_output(str(target), binary=False) as stream:
        stream.write("half" * (1 // 0))
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_output_keeps_links_and_devices(tmp_path: Path) -> None:
    """Protects what OUT is: a link still points where it did, and a pipe is written to, not replaced by a file."""
    (tmp_path / "real.json").write_text("old", encoding="utf-8")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    with open_output(str(tmp_path / "link.json"), binary=False) as stream:
        stream.write("new")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text(encoding="utf-8") == "new"
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    with open_output(str(tmp_path / "pipe"), binary=True) as stream:
        stream.write(b"through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)


def test_complaint_is_one_printable_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the terminal from file names: no line breaks, no escape sequences."""
    complain("å\n\x1b[2J.pdf: \ud83d is bad")
    assert capsys.readouterr().err == "samsyn: å \\x1b[2J.pdf: \\ud83d is bad\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects newcomers: each command and each option says what it is for."""
    assert main([name, "--help"]) == 0
    assert name in capsys.readouterr().out
    command = samsyn.get_command(click.Context(samsyn), name)
    assert command is not None
    for each in [command, *(command.commands.values() if isinstance(command, click.Group) else ())]:
        assert each.help
        assert all(option.help for option in each.params if isinstance(option, click.Option)), each.name


def test_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects `samsyn schema`: valid JSON that names its dialect."""
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")


def test_unforeseen_error_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects against tracebacks of our own making, outside the workers."""

    def fail() -> str:
        raise LookupError("two\nlines")

    monkeypatch.setattr("samsyn.write.as_json.agreement_schema", fail)
    assert main(["schema"]) == 1
    assert capsys.readouterr().err == "samsyn: unexpected LookupError (SAMSYN_DEBUG=1 shows where)\n"


def run(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    """The command as a process of its own."""
    command = [sys.executable, "-c", "import sys; from samsyn.cli import main; sys.exit(main())", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.PIPE, **options}
    return subprocess.Popen(command, **pipes)  # type: ignore[call-overload,no-any-return]


def test_closed_pipe_ends_it_quietly() -> None:
    """Protects `samsyn ... | head`: no complaint when the reader has seen enough."""
    process = run("schema")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait(20) == 141


def test_interrupt_is_one_line_and_130() -> None:
    """Protects Ctrl-C: the usual exit code, one line, no traceback."""
    process = run("measures", "match", "--format", "json")
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"en rad\n")
    process.stdin.flush()
    assert process.stdout.read(1) == b"["  # it is at work, waiting for the next line
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=20)
    assert process.returncode == 130
    assert error == b"samsyn: interrupted\n"


def test_output_is_utf8_in_any_locale(tmp_path: Path) -> None:
    """Protects å, ä and ö where the locale knows none: output is UTF-8 always."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    process = run("measures", "match", "Ångström är här", "--format", "json", env=environment)
    out, _ = process.communicate(timeout=20)
    assert "Ångström är här".encode() in out


@pytest.fixture
def endless(tmp_path: Path) -> str:
    """A file whose reading never ends: a named pipe that nobody writes to."""
    path = tmp_path / "endless.pdf"
    os.mkfifo(path)
    return str(path)


def test_file_past_its_time_is_one_line(endless: str, tmp_path: Path) -> None:
    """Protects the run from a file that never ends: it is given up, named, and the others are done."""
    (tmp_path / "empty.txt").write_bytes(b"")
    process = run("extract", endless, str(tmp_path / "empty.txt"), "--timeout", "1", "--quiet", "--jobs", "1")
    out, error = process.communicate(timeout=60)
    first, second = error.decode().splitlines()
    assert first == f"samsyn: {endless}: took longer than 1 seconds"
    assert second.startswith(f"samsyn: {tmp_path}/empty.txt: ")
    assert (process.returncode, out) == (1, b"")


def test_interrupt_ends_the_reading_processes(endless: str) -> None:
    """Protects the machine: Ctrl-C in the middle of a file leaves no reader behind."""
    process = run("extract", endless)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        process.kill()
        pytest.skip("this system does not tell the children of a process")
    deadline = time.monotonic() + 20
    while not (workers := _children(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=20)
    assert (process.returncode, error) == (130, b"samsyn: interrupted\n")
    assert workers
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def _children(process: int) -> set[str]:
    tasks = Path(f"/proc/{process}/task")
    return {child for task in tasks.iterdir() for child in (task / "children").read_text().split()}


def test_command_line_gives_what_the_library_gives(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the way through the worker: not a byte is lost or changed on it."""
    assert main(["extract", str(EXAMPLE)]) == 0
    assert capsys.readouterr().out == extract_agreement(EXAMPLE).model_dump_json(indent=2) + "\n"


def test_file_name_of_other_bytes_is_read(tmp_path: Path) -> None:
    """Protects files from old systems: a name that is not UTF-8 is no reason not to read them."""
    path = os.fsencode(tmp_path) + b"/\xe5r.docx"
    with open(path, "wb") as copy:
        copy.write(EXAMPLE.with_suffix(".docx").read_bytes())
    out, error = run("extract", os.fsdecode(path)).communicate(timeout=60)
    assert error == b""
    assert json.loads(out)["source"]["file"] == "\ufffdr.docx"


def test_output_is_the_same_in_every_process() -> None:
    """Protects output byte for byte: the order of sets and the number of jobs do not show."""
    shown = []
    for seed, jobs in (("1", "1"), ("2", "2")):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        files = (str(EXAMPLE), str(EXAMPLE.with_suffix(".docx")))
        shown.append(run("extract", *files, "--jobs", jobs, env=environment).communicate(timeout=60)[0])
    assert shown[0] == shown[1]
    assert shown[0].count(b"\n") == 2


def test_doctor_finds_nothing_broken(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects those who ask why something does not work: each thing is named, and a document is really read."""
    assert main(["doctor"]) == 0
    printed = capsys.readouterr().out
    assert "BROKEN" not in printed
    assert printed.splitlines()[-1] == "ok        reading: a document is read in a process of its own"
    for name in ("libraries", "dataframes", "dask", "tesseract", "libreoffice", "cache"):
        assert f" {name}: " in printed


def test_doctor_says_how_to_get_what_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Protects the newcomer: without the programs beside it samsyn works, and says what would bring them."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("SAMSYN_CACHE", str(tmp_path))
    find_engine.cache_clear()
    assert main(["doctor", "--format", "json"]) == 0
    find_engine.cache_clear()
    found = {one["what"]: one for one in json.loads(capsys.readouterr().out)}
    assert {one["state"] for one in found.values()} == {"ok", "missing"}
    assert "tesseract" in found["tesseract"]["get"]
    assert "libreoffice" in found["libreoffice"]["get"].lower()
    assert found["libraries"]["versions"]["pydantic"]
    assert "0 recognised pages, 0.0 MB" in found["cache"]["about"]


def test_version_names_what_decides_what_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects reports of errors: the versions that matter stand on one line, the program's own first."""
    assert main(["--version"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert re.match(r"samsyn \d+\.\d+\.\d+ \(Python \d", line)
    for name in ("pdfium", "pdfplumber", "pydantic", "Tesseract"):
        assert name in line


def test_doctor_says_what_is_broken(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the exit code: a missing library is named and fails, a missing extra alone does not."""
    monkeypatch.setattr("samsyn.doctor.version_of", lambda name: None if name == "scipy" else "1")
    assert main(["doctor"]) == 1
    printed = capsys.readouterr().out
    assert "BROKEN    libraries: " in printed
    assert "scipy is missing" in printed


def test_patterns_are_filled_where_the_shell_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects Windows users: 'samsyn extract *.pdf' is all the PDF files; words and queries stay as they are."""
    for name in ("b.pdf", "a.pdf", "c.docx"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    given = ["extract", "*.pdf", "?.docx", "*.rtf", "*vandring*"]
    assert with_patterns_filled(given) == ["extract", "a.pdf", "b.pdf", "c.docx", "*.rtf", "*vandring*"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("samsyn co", ["corpus"]), ("samsyn corpus ti", ["timeline"]), ("samsyn diff --la", ["--lang"])],
)
def test_shell_completes_commands_and_options(typed: str, offered: list[str]) -> None:
    """Protects completion on the Tab key as docs/how-to-completion.md describes it."""
    words = typed.split()
    asked = {"_SAMSYN_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    command = [sys.executable, "-m", "samsyn.cli"]
    done = subprocess.run(command, env=os.environ | asked, capture_output=True, text=True, check=False)
    assert [line.partition(",")[2] for line in done.stdout.splitlines()] == offered


@pytest.mark.parametrize("command", ["review", "explain", "read"])
def test_a_page_is_never_written_over_what_it_shows(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Protects the document from a slip of the hand: '-o' naming the file itself."""
    plan = tmp_path / "plan.md"
    plan.write_text("# Handlingsplan", encoding="utf-8")
    assert main([command, str(plan), "-o", str(plan)]) == 2
    assert "would be overwritten" in capsys.readouterr().err
    assert plan.read_text(encoding="utf-8") == "# Handlingsplan"


def test_an_address_is_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Protects who pastes a link: samsyn fetches nothing, and says what to do instead."""
    assert main(["extract", "https://example.org/plan.pdf"]) == 1
    assert "an address on the web; samsyn reads files, so save the document first" in capsys.readouterr().err
