"""What every command needs of the terminal: UTF-8 streams, one line an error, progress, files put in place whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, TypeVar

Item = TypeVar("Item")

STANDARD_INPUT_LIMIT = 256 * 2**20
"""Bytes of standard input that are taken as one document."""


def debugging() -> bool:
    """True when the user asks for tracebacks with SAMSYN_DEBUG=1."""
    return bool(os.environ.get("SAMSYN_DEBUG"))


def shows_output() -> bool:
    """True when standard output is a terminal, so that a person and not a program reads it."""
    return sys.stdout.isatty()


def use_utf8() -> None:
    """Make standard output and standard error write UTF-8 with plain newlines, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def complain(message: str) -> None:
    """Say one line on standard error, whatever the message holds."""
    line = " ".join(message.split())
    line = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in line)
    sys.stderr.write(f"samsyn: {line}\n")
    sys.stderr.flush()


def silence_output() -> None:
    """Point standard output at nothing, so that Python does not complain of a reader who has left."""
    with contextlib.suppress(OSError, ValueError), open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())


@contextlib.contextmanager
def open_output(path: str | None, *, binary: bool) -> Iterator[IO[Any]]:
    """Standard output, or the file at `path`, which is put in place only when all of it was written.

    A device or pipe is written to as it is; a link stays, and what it points to is replaced.
    """
    if path is None:
        yield sys.stdout.buffer if binary else sys.stdout
        sys.stdout.flush()
        return
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with _open_handle(os.open(target, os.O_WRONLY), binary=binary) as stream:
            yield stream
        return
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with _open_handle(handle, binary=binary) as stream:
            yield stream
        os.chmod(name, _usual_mode(target))
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _open_handle(handle: int, *, binary: bool) -> IO[Any]:
    return os.fdopen(handle, "wb") if binary else os.fdopen(handle, "w", encoding="utf-8", newline="\n")


def _usual_mode(target: Path) -> int:
    """The mode the file has, or that a new file gets (mkstemp makes private ones)."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextlib.contextmanager
def spool_input(name: str, stream: BinaryIO | None = None) -> Iterator[Path]:
    """The path of a passing copy of standard input, called `name`; gone afterwards.

    Raises ValueError when there is more of it than one document may hold.
    """
    source = sys.stdin.buffer if stream is None else stream
    folder = tempfile.mkdtemp(prefix="samsyn-")
    try:
        path = Path(folder) / (Path(name).name or "stdin")
        with path.open("wb") as copy:
            _copy(source, copy)
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(source: BinaryIO, copy: BinaryIO) -> None:
    left = STANDARD_INPUT_LIMIT
    while block := source.read(min(left + 1, 2**20)):
        left -= len(block)
        if left < 0:
            raise ValueError(f"more than {STANDARD_INPUT_LIMIT // 2**20} MB")
        copy.write(block)


def follow(items: Iterable[Item], *, total: int, shown: bool) -> Iterator[Item]:
    """The items, with a bar on standard error while the next one is waited for, when `shown`."""
    if not shown:
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    bar = progress.add_task("reading", total=total)
    progress.start()
    try:
        for item in items:
            progress.advance(bar)
            progress.stop()  # what is printed now must not run into the bar
            yield item
            progress.start()
    finally:
        progress.stop()
