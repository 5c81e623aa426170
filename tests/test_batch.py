"""Many files at once: order, isolation of the bad ones, time limits, an end to every process.

The workers here are small programs that speak `samsyn.worker`'s language and misbehave on request, by file name.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samsyn.batch import OnPage, Outcome, Task, read_files
from samsyn.errors import UnreadableDocument
from samsyn.limits import MEMORY
from samsyn.process import worker_command
from samsyn.worker import serve
from tests.agreements import agreement

WORKER = """
import json, os, sys, time
print("ready", flush=True)
for line in sys.stdin:
    file = json.loads(line)["file"]
    if file.startswith("hang"):
        time.sleep(60)
    if file.startswith("crash"):
        os.abort()
    if file.startswith("leave"):
        sys.exit(3)
    if file.startswith("scan"):
        for page in range(1, 7):
            time.sleep(0.2)
            print(json.dumps({"note": {"page": page, "pages": 6}}), flush=True)
        if file == "scan-hangs":
            time.sleep(60)
    if file.startswith("slow"):
        time.sleep(0.3)
    if file.startswith("bad"):
        print(json.dumps({"error": "is empty", "trace": ""}), flush=True)
        continue
    open(os.environ["MARKS"], "a").write(f"{os.getpid()}\\n")
    found = json.loads(os.environ["FOUND"])
    found["title"] = file
    print(json.dumps({"agreements": [found]}), flush=True)
"""


@pytest.fixture
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the workers write their process ids; also tells them what to find."""
    path = tmp_path / "marks"
    monkeypatch.setenv("MARKS", str(path))
    monkeypatch.setenv("FOUND", agreement().model_dump_json())
    return path


def read(*files: str, jobs: int = 2, timeout: float = 20, on_page: OnPage | None = None) -> list[Outcome]:
    """The outcomes of the files, read by the misbehaving workers."""
    tasks = [Task(file, file) for file in files]
    command = [sys.executable, "-c", WORKER]
    return list(read_files(tasks, jobs=jobs, timeout=timeout, on_page=on_page, command=command))


@pytest.mark.usefixtures("marks")
def test_outcomes_keep_the_order_of_the_files() -> None:
    """Protects the order: a slow first file does not come after a quick second one."""
    outcomes = read("slow", "a", "b", "slow2", "c")
    assert [outcome.name for outcome in outcomes] == ["slow", "a", "b", "slow2", "c"]
    assert [outcome.agreements[0].title for outcome in outcomes] == ["slow", "a", "b", "slow2", "c"]


@pytest.mark.usefixtures("marks")
@pytest.mark.parametrize(("file", "reason"), [("bad", "is empty"), ("crash", "signal 6"), ("leave", "exit 3")])
def test_bad_file_costs_only_its_own_outcome(file: str, reason: str) -> None:
    """Protects the batch: after a file that cannot be read, or kills its reader, the others are still done."""
    first, second, third = read("a", file, "b", jobs=1)
    assert first.agreements
    assert third.agreements
    assert not second.agreements
    assert reason in (second.error or "")


@pytest.mark.usefixtures("marks")
def test_file_that_hangs_is_given_up() -> None:
    """Protects the batch's time: past the limit the reader is ended and the next file gets a new one."""
    started = time.monotonic()
    first, second = read("hang", "a", jobs=1, timeout=0.5)
    assert first.error == "took longer than 0.5 seconds"
    assert second.agreements
    assert time.monotonic() - started < 15


@pytest.mark.usefixtures("marks")
def test_scan_may_take_the_time_for_each_page() -> None:
    """Protects long scans: the time limit begins anew with each page that is recognised, and progress is told."""
    told: list[tuple[str, int, int]] = []
    (outcome,) = read("scan", timeout=0.9, on_page=lambda *news: told.append(news))
    assert outcome.agreements
    assert told == [("scan", page, 6) for page in range(1, 7)]
    (outcome,) = read("scan-hangs", timeout=0.9)
    assert "6 of 6 pages are recognised" in (outcome.error or "")


def test_worker_ends_with_who_started_it() -> None:
    """Protects the machine: a reader whose parent was killed does not go on with a document that never ends."""
    script = (
        "import subprocess, sys; from samsyn.process import worker_command; "
        "print(subprocess.Popen(worker_command(2**32), stdin=sys.stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid)"
    )
    reading, writing = os.pipe()  # it stays open: only the parent's end tells the worker
    said = subprocess.run([sys.executable, "-c", script], stdin=reading, capture_output=True, check=True)
    ended = time.monotonic() + 20
    while _is_running(int(said.stdout)) and time.monotonic() < ended:
        time.sleep(0.1)
    assert not _is_running(int(said.stdout))
    os.close(reading)
    os.close(writing)


def test_processes_are_reused_and_no_more_than_asked_for(marks: Path) -> None:
    """Protects speed and memory: starting a process for each file would cost more than reading it."""
    read(*(f"file{number}" for number in range(12)), jobs=2)
    assert 1 <= len(set(marks.read_text().split())) <= 2


def test_closing_the_iterator_ends_the_processes(marks: Path) -> None:
    """Protects the machine: whoever stops reading (Ctrl-C, a closed pipe) leaves no process behind."""
    tasks = [Task(file, file) for file in ("a", "hang", "hang2", "hang3")]
    outcomes = read_files(tasks, jobs=1, timeout=60, command=[sys.executable, "-c", WORKER])
    assert next(outcomes).agreements
    started = time.monotonic()
    outcomes.close()
    assert time.monotonic() - started < 10
    assert not _is_running(int(marks.read_text()))


def test_tasks_are_not_taken_far_ahead(marks: Path) -> None:
    """Protects memory: outcomes wait for a slow first file, so only so many files are taken meanwhile."""
    taken: list[int] = []

    def tasks() -> object:
        for number in range(100):
            taken.append(number)
            yield Task(f"file{number}", f"file{number}")

    outcomes = read_files(tasks(), jobs=1, command=[sys.executable, "-c", WORKER])  # type: ignore[arg-type]
    next(outcomes)
    outcomes.close()
    assert len(taken) < 10
    assert marks.exists()


def test_real_worker_answers_for_a_missing_file(tmp_path: Path) -> None:
    """Protects the way from the command to the reader: the real worker starts, and says why in one line."""
    path = tmp_path / "saknas.pdf"
    (outcome,) = read_files([Task(str(path), "saknas.pdf")])
    assert outcome.error
    assert "\n" not in outcome.error
    assert "unexpected" not in outcome.error


def test_reader_that_does_not_start_is_said() -> None:
    """Protects against waiting for ever: a worker that ends at once is told apart from a file that crashes it."""
    command = [sys.executable, "-c", "raise SystemExit(4)"]
    outcomes = list(read_files([Task("a", "a"), Task("b", "b")], command=command))
    assert [outcome.error for outcome in outcomes] == ["the reader did not start (exit 4)"] * 2


def test_worker_does_not_import_from_the_current_folder() -> None:
    """Protects against a folder of documents that also holds a 'json.py' or 'docx.py'."""
    assert "-P" in worker_command(MEMORY)
    assert "" not in worker_command(MEMORY)


def _reply(error: Exception) -> dict[str, str]:
    def answer(_: object) -> dict[str, str]:
        raise error

    replies = io.BytesIO()
    serve(io.BytesIO(b'{"file": "a.pdf"}\n'), replies, answer)
    greeting, line = replies.getvalue().splitlines()
    assert greeting == b"ready"
    reply: dict[str, str] = json.loads(line)
    return reply


def test_worker_gives_the_reason_of_an_unreadable_document() -> None:
    """Protects the one line of CONTRACT: the reason alone; the name is put before it by the caller."""
    assert _reply(UnreadableDocument("a.pdf", "is encrypted")) == {"error": "is encrypted", "trace": ""}


def test_worker_makes_one_line_of_the_unforeseen() -> None:
    """Protects against tracebacks: class of error in one line, the rest kept for SAMSYN_DEBUG."""
    reply = _reply(KeyError("a\nb"))
    assert reply["error"].startswith("unexpected KeyError")
    assert "\n" not in reply["error"]
    assert "Traceback" in reply["trace"]


def test_worker_names_memory_in_plain_words() -> None:
    """Protects the user of a hostile file: out of memory is said as such."""
    assert "memory" in _reply(MemoryError())["error"]


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").exists() and " Z " not in Path(f"/proc/{process}/stat").read_text()
