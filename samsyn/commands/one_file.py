"""What the commands share that look at one file: its argument, and reading it in a process that can be ended."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from samsyn.terminal import spool_input

if TYPE_CHECKING:
    from samsyn.batch import Task
    from samsyn.models.agreement import Agreement
    from samsyn.models.document import Document

Command = TypeVar("Command", bound=Callable[..., Any])


class ReadFile(NamedTuple):
    """A file that was read: the document, every agreement found in it (the main one first), pictures of its pages."""

    document: Document
    agreements: tuple[Agreement, ...]
    pictures: dict[int, bytes]


def file_options(command: Command) -> Command:
    """The argument FILE and the options that say how it is read."""
    for option in (
        click.option(
            "--register",
            metavar="FILE",
            type=click.Path(exists=True, dir_okay=False, resolve_path=True),
            help="Recurring measures of your own, laid over the built-in register.",
        ),
        click.option("--timeout", type=click.FloatRange(0.1), default=300, show_default=True, help="Seconds to read."),
        click.option("--password", envvar="SAMSYN_PASSWORD", help="Opens encrypted files. Also $SAMSYN_PASSWORD."),
        click.option("--name", metavar="NAME", help="What to call standard input (FILE '-'), such as plan.pdf."),
        click.argument("file", metavar="FILE"),
    ):
        command = option(command)
    return command


def read_file(
    file: str,
    *,
    name: str | None,
    password: str | None,
    timeout: float,
    register: str | None = None,
    pictures: bool = False,
) -> ReadFile:
    """The file, read apart from this process; with `pictures` those of its pages too.

    Raises UnreadableDocument with one line that says why it cannot be.
    """
    if name is not None and file != "-":
        raise click.UsageError("--name is for standard input ('-')")
    from samsyn.batch import Task

    with contextlib.ExitStack() as stack:
        called = (name or "stdin") if file == "-" else file
        path = str(stack.enter_context(spool_input(called))) if file == "-" else file
        return _read(Task(path, called, password, register, keep=True, pictures=pictures), timeout)


def _read(task: Task, timeout: float) -> ReadFile:
    from samsyn.batch import read_files
    from samsyn.errors import UnreadableDocument
    from samsyn.models.stored import unpack_document

    with contextlib.closing(read_files([task], timeout=timeout)) as outcomes:
        outcome = next(outcomes)
    if outcome.error is not None:
        raise UnreadableDocument(task.name, outcome.error)
    return ReadFile(unpack_document(outcome.document), outcome.agreements, dict(outcome.pictures))
