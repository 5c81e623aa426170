"""How a command reads documents: the options that all such commands share, as one value, and reading by them.

Every document is read in a process of its own that can be ended, whatever the command.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from samsyn.limits import FILE_BYTES, LEAST_MEMORY, MB, MEMORY, PAGES, SECONDS, count_cores
from samsyn.models.reading import OCR_MODES, ReadOptions
from samsyn.terminal import Progress, complain, shows_progress, spool_input

if TYPE_CHECKING:
    from samsyn.batch import Outcome, Task
    from samsyn.models.agreement import Agreement
    from samsyn.models.document import Document

Command = TypeVar("Command", bound=Callable[..., Any])

_MOST_JOBS = 8
"""Processes that are started unasked."""


class Reading(NamedTuple):
    """What the user said about reading."""

    options: ReadOptions
    register: Path | None
    jobs: int
    timeout: float
    memory: int
    quiet: bool

    def task(self, path: str | Path, name: str, *, every: bool = False, keep: bool = False, **more: bool) -> Task:
        """The task to read the file, called `name`; further arguments as those of `Task`."""
        from samsyn.batch import Task

        register = str(self.register) if self.register else None
        return Task(str(path), name, self.options, register, every=every, keep=keep, **more)

    def processes(self, files: int) -> int:
        """How many processes read so many files."""
        return max(1, min(self.jobs, files))

    def for_files(self, files: int) -> Reading:
        """The same, with the pages of a scan shared out among the processes that so many files will have."""
        return self._replace(options=self.options._replace(jobs=max(1, self.jobs // self.processes(files))))

    def read(self, tasks: Sequence[Task]) -> Generator[Outcome, None, None]:
        """The outcomes in order, with progress on standard error; what of a file was not read is said there too."""
        from samsyn.batch import read_files

        jobs = self.processes(len(tasks))
        shown = not self.quiet and shows_progress()
        with Progress(total=len(tasks), shown=shown) as progress:
            reading = read_files(tasks, jobs=jobs, timeout=self.timeout, memory=self.memory, on_page=progress.page)
            with contextlib.closing(reading) as outcomes:
                try:
                    yield from self._noted(progress.follow(outcomes))
                except KeyboardInterrupt:
                    if progress.recognised and self.options.cache:
                        complain(f"{progress.recognised} recognised pages are kept: the next run goes on from there")
                    raise

    def _noted(self, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
        for outcome in outcomes:
            if outcome.notice and not self.quiet:
                complain(f"{outcome.name}: {outcome.notice}")
            yield outcome


class ReadFile(NamedTuple):
    """A file that was read: the document, every agreement found in it (the main one first), pictures of its pages."""

    document: Document
    agreements: tuple[Agreement, ...]
    pictures: dict[int, bytes]


_OPTIONS = (
    click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Files or pages at a time. Default: cores."),
    click.option(
        "--ocr",
        type=click.Choice(OCR_MODES),
        default="auto",
        show_default=True,
        help="Recognise (Tesseract) pages without usable text, none, or all.",
    ),
    click.option("--ocr-language", metavar="LANG", default="swe", show_default=True, help="Such as swe+eng."),
    click.option("--no-cache", is_flag=True, help="Recognise pages anew, keep none of them on disk."),
    click.option("--password", envvar="SAMSYN_PASSWORD", help="Opens encrypted files. Also $SAMSYN_PASSWORD."),
    click.option(
        "--register",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path),
        help="Recurring measures of your own (TOML, or a table: .csv), laid over the built-in register.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(0.1),
        metavar="SECONDS",
        default=round(SECONDS),
        show_default=True,
        help="Time a file may take; of a scan, each page.",
    ),
    click.option(
        "--max-memory",
        type=click.IntRange(LEAST_MEMORY // MB),
        metavar="MB",
        default=MEMORY // MB,
        show_default=True,
        help="Memory that reading a file may take.",
    ),
    click.option("--max-size", type=click.FloatRange(0), metavar="MB", default=FILE_BYTES // MB, show_default=True,
                 help="Size a file may have."),
    click.option("--max-pages", type=click.IntRange(1), metavar="N", default=PAGES, show_default=True,
                 help="Pages a PDF may have."),
    click.option("--quiet", is_flag=True, help="No progress, counts and notices; errors alone."),
)  # fmt: skip


def reading_options(command: Command) -> Command:
    """The options that say how documents are read; the command gets them as `reading`."""

    @wraps(command)
    def with_reading(
        *,
        password: str | None,
        ocr: Any,
        ocr_language: str,
        no_cache: bool,
        max_size: float,
        max_pages: int,
        register: Path | None,
        jobs: int | None,
        timeout: float,
        max_memory: int,
        quiet: bool,
        **others: Any,
    ) -> Any:
        options = ReadOptions(
            password, ocr, ocr_language, cache=not no_cache, max_pages=max_pages, max_bytes=round(max_size * MB)
        )
        jobs = jobs or min(_MOST_JOBS, count_cores())
        reading = Reading(options, register, jobs, timeout, max_memory * MB, quiet)
        return command(reading=reading, **others)

    decorated: Any = with_reading
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def file_options(command: Command) -> Command:
    """The argument FILE, and the options that say how it is read; the command gets `file`, `name` and `reading`."""
    decorated = reading_options(command)
    decorated = click.option("--name", metavar="NAME", help="What to call standard input (FILE '-').")(decorated)
    return click.argument("file", metavar="FILE")(decorated)


def read_file(file: str, reading: Reading, *, name: str | None = None, pictures: bool = False) -> ReadFile:
    """The file, or standard input for '-', called `name`; with `pictures` those of its pages too.

    Raises UnreadableDocument with one line that says why it cannot be read.
    """
    if name is not None and file != "-":
        raise click.UsageError("--name is for standard input ('-')")
    (found,) = read_whole([file], reading, name=name, pictures=pictures)
    return found


def read_whole(
    files: Sequence[str], reading: Reading, *, name: str | None = None, pictures: bool = False
) -> Generator[ReadFile, None, None]:
    """The files in order, each with its document; raises UnreadableDocument for the first that cannot be read."""
    from samsyn.errors import UnreadableDocument
    from samsyn.models.stored import unpack_document

    for outcome in outcomes_of(files, reading, name=name, keep=True, pictures=pictures):
        if outcome.error is not None:
            raise UnreadableDocument(outcome.name, outcome.error)
        yield ReadFile(unpack_document(outcome.document), outcome.agreements, dict(outcome.pictures))


def outcomes_of(
    files: Sequence[str], reading: Reading, *, name: str | None = None, **more: bool
) -> Generator[Outcome, None, None]:
    """The outcomes of files as the user named them ('-' is standard input, called `name`); arguments as for tasks."""
    reading = reading.for_files(len(files))
    with contextlib.ExitStack() as stack:
        tasks = []
        for file in files:
            called = (name or "stdin") if file == "-" else file
            path = stack.enter_context(spool_input(called)) if file == "-" else file
            tasks.append(reading.task(path, called, **more))
        yield from stack.enter_context(contextlib.closing(reading.read(tasks)))
