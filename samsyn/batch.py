"""Many files: takes tasks, gives their outcomes in the same order, read by processes of their own.

Each document is read in a process that can be ended: one that hangs, crashes or eats memory costs its own outcome
and nothing else. pdfium is not safe in threads, so the threads here only wait. Memory is bounded by the number of
processes, not by the number of files.
"""

from __future__ import annotations

import base64
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from samsyn.errors import why_not
from samsyn.limits import MEMORY, SECONDS
from samsyn.models.reading import ReadOptions
from samsyn.process import Answer, ReaderProcess, worker_command

if TYPE_CHECKING:
    from samsyn.models.agreement import Agreement

_AHEAD = 4
"""How many files per process may be read ahead of the one whose outcome is waited for."""

OnPage = Callable[[str, int, int], None]
"""Told, from any thread, of which file how many pages have been recognised, of how many."""


class Task(NamedTuple):
    """A file to read: its path, the name to call it by, and how to read it."""

    path: str
    name: str
    options: ReadOptions = ReadOptions()
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
    notice: str | None = None
    """One line on what of the file could not be read, and what would help."""


def read_files(
    tasks: Iterable[Task],
    *,
    jobs: int = 1,
    timeout: float = SECONDS,
    memory: int = MEMORY,
    on_page: OnPage | None = None,
    command: Sequence[str] | None = None,
) -> Generator[Outcome, None, None]:
    """The outcome of each task, in order. Never raises for what a file holds; closing the iterator ends all reading.

    `jobs` is the number of processes, `timeout` the seconds that one file may take (of a scan, each page), `memory`
    the bytes that a process may use. `on_page` is told of pages that are recognised. `command` starts another worker
    than `samsyn.worker`; it must speak the same language.
    """
    workers = [ReaderProcess(command or worker_command(memory), timeout) for _ in range(max(1, jobs))]
    idle: SimpleQueue[ReaderProcess] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def read(task: Task) -> Outcome:
        worker = idle.get()
        try:
            return _read(worker, task, on_page)
        finally:
            idle.put(worker)

    executor = ThreadPoolExecutor(len(workers), thread_name_prefix="samsyn")
    try:
        import_module("samsyn.models.agreement")  # needed for the outcomes; costs nothing while the processes start
        yield from _in_order(tasks, lambda task: executor.submit(read, task), ahead=_AHEAD * len(workers))
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.end()
        executor.shutdown()  # at once: who waited for a worker sees its pipe closed
        for worker in workers:
            worker.drop()


def read_files_with(
    executor: Executor, tasks: Iterable[Task], *, timeout: float = SECONDS, memory: int = MEMORY, ahead: int = 16
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
            failed.set_result(Outcome(task.name, error=why_not(error, task.name)))
            return failed
        return executor.submit(read_sent_file, task, data, timeout, memory)

    pending: deque[Future[Outcome]] = deque()
    try:
        yield from _in_order(tasks, submit, ahead=ahead, pending=pending)
    finally:
        for future in pending:
            future.cancel()


def read_sent_file(task: Task, data: bytes, timeout: float = SECONDS, memory: int = MEMORY) -> Outcome:
    """The outcome of a task whose file is given as bytes, read in a process that belongs to this thread."""
    kept: dict[int, ReaderProcess] = _of_this_thread.__dict__.setdefault("workers", {})
    worker = kept.setdefault(memory, ReaderProcess(worker_command(memory), timeout))
    worker.timeout = timeout
    with tempfile.TemporaryDirectory(prefix="samsyn-") as folder:
        path = Path(folder) / Path(task.path).name
        path.write_bytes(data)
        return _read(worker, task._replace(path=str(path)))


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


def _read(worker: ReaderProcess, task: Task, on_page: OnPage | None = None) -> Outcome:
    return _outcome(task, worker.ask(_request(task), partial(_pass_on, task.name, on_page) if on_page else None))


def _pass_on(name: str, on_page: OnPage, note: dict[str, int]) -> None:
    on_page(name, note["page"], note["pages"])


def _request(task: Task) -> dict[str, object]:
    return {
        "file": task.path,
        "options": task.options._asdict(),
        "register": task.register,
        "all": task.every,
        "keep": task.keep,
        "stored": task.stored,
        "pictures": task.pictures,
    }


def _outcome(task: Task, said: Answer) -> Outcome:
    from samsyn.models.agreement import Agreement

    if "error" in said:
        return Outcome(task.name, error=said["error"], trace=said.get("trace", ""))
    agreements = tuple(Agreement.model_validate(value) for value in said["agreements"])
    document = base64.b64decode(said.get("document", ""))
    pictures = tuple((int(page), base64.b64decode(picture)) for page, picture in said.get("pictures", {}).items())
    return Outcome(
        task.name,
        agreements,
        document=document,
        seconds=said.get("seconds"),
        pictures=pictures,
        notice=said.get("notice"),
    )
