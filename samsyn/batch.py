"""Many files: takes tasks, gives their outcomes in the same order, read by processes of their own.

Each document is read in a process that can be ended: one that hangs, crashes or eats memory costs its own outcome
and nothing else. pdfium is not safe in threads, so the threads here only wait. Memory is bounded by the number of
processes, not by the number of files.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from samsyn.models.agreement import Agreement

_START = "import sys; sys.path[:] = sys.argv[1:]; from samsyn.worker import main; main()"
_AHEAD = 4
"""How many files per process may be read ahead of the one whose outcome is waited for."""
_DOCUMENTS_A_PROCESS = 200
"""After so many documents a process is replaced, so that what libraries leak cannot add up."""


class Task(NamedTuple):
    """A file to read: its path, the name to call it by, and how to read it."""

    path: str
    name: str
    password: str | None = None
    register: str | None = None
    every: bool = False
    """True to get every agreement of the file, not the main one alone."""
    keep: bool = False
    """True to get every agreement and the document they were found in, to be kept."""
    stored: bool = False
    """True when the file is a document that was kept, to be understood anew."""
    pictures: bool = False
    """True to get pictures of the pages too, when the document is kept."""


class Outcome(NamedTuple):
    """What came of a task: agreements, or one line that says why there are none."""

    name: str
    agreements: tuple[Agreement, ...] = ()
    error: str | None = None
    trace: str = ""
    """The traceback of an error that was not foreseen, for the developer."""
    document: bytes = b""
    """The document, packed (`samsyn.models.stored`), when the task asked to keep it."""
    seconds: float | None = None
    """How long reading took, when the task asked to keep the document."""
    pictures: tuple[tuple[int, bytes], ...] = ()
    """Numbers and pictures (JPEG) of the pages, when the task asked for them and the format has pages."""


def read_files(
    tasks: Iterable[Task], *, jobs: int = 1, timeout: float = 300, command: Sequence[str] | None = None
) -> Generator[Outcome, None, None]:
    """The outcome of each task, in order. Never raises for what a file holds; closing the iterator ends all reading.

    `jobs` is the number of processes, `timeout` the seconds that one file may take. `command` starts another
    worker than `samsyn.worker`; it must speak the same language.
    """
    workers = [_Worker(command or worker_command(), timeout) for _ in range(max(1, jobs))]
    idle: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def read(task: Task) -> Outcome:
        worker = idle.get()
        try:
            return worker.read(task)
        finally:
            idle.put(worker)

    executor = ThreadPoolExecutor(len(workers), thread_name_prefix="samsyn")
    try:
        yield from _in_order(tasks, lambda task: executor.submit(read, task), ahead=_AHEAD * len(workers))
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.end()
        executor.shutdown()  # at once: who waited for a worker sees its pipe closed
        for worker in workers:
            worker.drop()


def read_files_with(
    executor: Executor, tasks: Iterable[Task], *, timeout: float = 300, ahead: int = 16
) -> Generator[Outcome, None, None]:
    """The outcome of each task, in order, read wherever the executor runs: threads, processes, other machines.

    The files are read here and sent along, at most `ahead` at a time; where they arrive, each is read in a process
    of its own just as by `read_files`. The executor stays open.
    """

    def submit(task: Task) -> Future[Outcome]:
        try:
            data = Path(task.path).read_bytes()
        except OSError as error:
            failed: Future[Outcome] = Future()
            failed.set_result(Outcome(task.name, error=(error.strerror or "cannot be read").lower()))
            return failed
        return executor.submit(read_sent_file, task, data, timeout)

    pending: deque[Future[Outcome]] = deque()
    try:
        yield from _in_order(tasks, submit, ahead=ahead, pending=pending)
    finally:
        for future in pending:
            future.cancel()


def read_sent_file(task: Task, data: bytes, timeout: float = 300) -> Outcome:
    """The outcome of a task whose file is given as bytes, read in a process that belongs to this thread."""
    worker: _Worker | None = getattr(_of_this_thread, "worker", None)
    if worker is None:
        worker = _of_this_thread.worker = _Worker(worker_command(), timeout)
    worker.timeout = timeout
    with tempfile.TemporaryDirectory(prefix="samsyn-") as folder:
        path = Path(folder) / Path(task.path).name
        path.write_bytes(data)
        return worker.read(task._replace(path=str(path)))


_of_this_thread = threading.local()


def _in_order(
    tasks: Iterable[Task],
    submit: Callable[[Task], Future[Outcome]],
    *,
    ahead: int,
    pending: deque[Future[Outcome]] | None = None,
) -> Iterator[Outcome]:
    pending = deque() if pending is None else pending
    for task in tasks:
        pending.append(submit(task))
        if len(pending) > ahead:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


def worker_command() -> list[str]:
    """The command that starts `samsyn.worker` with this process's interpreter and module path."""
    here = str(Path(__file__).resolve().parent.parent)
    paths = [here, *(path for path in sys.path if path and path != here)]
    return [sys.executable, "-P", "-c", _START, *paths]


class _Worker:
    """A process that reads one document at a time; started when needed, and again after it was ended."""

    def __init__(self, command: Sequence[str], timeout: float) -> None:
        self._command = command
        self.timeout = timeout
        self._process: subprocess.Popen[bytes] | None = None
        self._documents = 0
        self._ready = False
        self._closed = False
        self._lock = threading.Lock()

    def read(self, task: Task) -> Outcome:
        """The outcome of the task, also when the process dies over it or takes too long."""
        process = self._running()
        if process is None:
            return Outcome(task.name, error="not read: interrupted")
        if not self._is_ready(process):
            return Outcome(task.name, error=f"the reader did not start ({_how_it_ended(self.drop())})")
        timer = _Timer(self.timeout, process)
        reply = _ask(process, task)
        timer.cancel()
        if reply:
            self._retire_in_time()
            return _outcome(task, reply)
        code = self.drop()
        if timer.expired:
            return Outcome(task.name, error=f"took longer than {self.timeout:g} seconds")
        return Outcome(task.name, error=f"the reader crashed over it ({_how_it_ended(code)})")

    def end(self) -> None:
        """Kill the process, whatever it is doing, and start none again."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is not None:
            _kill(process)

    def _running(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._process is None and not self._closed:
                self._process = _start(self._command)
                import_module("samsyn.models.agreement")  # needed for the reply; costs nothing while the process starts
                self._documents, self._ready = 0, False
            return None if self._closed else self._process

    def _is_ready(self, process: subprocess.Popen[bytes]) -> bool:
        """True when the process has said that it is ready, so that no file pays for its start."""
        if not self._ready and process.stdout is not None:
            self._ready = process.stdout.readline() == b"ready\n"
        return self._ready

    def _retire_in_time(self) -> None:
        self._documents += 1
        if self._documents >= _DOCUMENTS_A_PROCESS:
            self.drop()

    def drop(self) -> int:
        """Let the process end and forget it; its exit code, negative for a signal, 0 when there was none."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return 0
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        return process.wait()


class _Timer(threading.Timer):
    """Kills the process when the seconds have passed, and remembers that it did."""

    def __init__(self, seconds: float, process: subprocess.Popen[bytes]) -> None:
        super().__init__(seconds, self._expire)
        self.daemon = True
        self.expired = False
        self._of = process
        self.start()

    def _expire(self) -> None:
        self.expired = True
        _kill(self._of)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("SAMSYN_DEBUG") else subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the parent, which then ends its workers
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _ask(process: subprocess.Popen[bytes], task: Task) -> bytes:
    """The process's reply as one line; empty when it died before it was done."""
    if process.stdin is None or process.stdout is None:
        return b""
    request = {
        "file": task.path,
        "password": task.password,
        "register": task.register,
        "all": task.every,
        "keep": task.keep,
        "stored": task.stored,
        "pictures": task.pictures,
    }
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
    except (OSError, ValueError):  # the pipe is broken, or was closed
        return b""
    return line if line.endswith(b"\n") else b""


def _outcome(task: Task, reply: bytes) -> Outcome:
    from samsyn.models.agreement import Agreement

    said = json.loads(reply)
    if "error" in said:
        return Outcome(task.name, error=said["error"], trace=said.get("trace", ""))
    agreements = tuple(Agreement.model_validate(value) for value in said["agreements"])
    document = base64.b64decode(said.get("document", ""))
    pictures = tuple((int(page), base64.b64decode(picture)) for page, picture in said.get("pictures", {}).items())
    return Outcome(task.name, agreements, document=document, seconds=said.get("seconds"), pictures=pictures)


def _how_it_ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit {code}"
