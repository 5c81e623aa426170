"""What every command needs of the terminal: UTF-8 streams, one line an error, progress, files put in place whole."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, TypeVar

from samsyn.limits import FILE_BYTES, MB

if TYPE_CHECKING:
    from samsyn.write.progress import Drawing

Item = TypeVar("Item")


def debugging() -> bool:
    """True when the user asks for tracebacks with SAMSYN_DEBUG=1."""
    return bool(os.environ.get("SAMSYN_DEBUG"))


def shows_output() -> bool:
    """True when standard output is a terminal, so that a person and not a program reads it."""
    return sys.stdout.isatty()


def shows_progress() -> bool:
    """True when standard error is a terminal, so that somebody sees how far it has come."""
    return sys.stderr.isatty()


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


def counted(number: int, noun: str) -> str:
    """'1 file', '2 files'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def silence_output() -> None:
    """Point standard output at nothing, so that Python does not complain of a reader who has left."""
    with contextlib.suppress(OSError, ValueError), open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())


def with_patterns_filled(arguments: Iterable[str]) -> list[str]:
    """The arguments, each pattern of file names ('*.pdf') replaced by the files; one that fits none stays as it is."""
    filled: list[str] = []
    for argument in arguments:
        found = sorted(glob.glob(argument)) if "*" in argument or "?" in argument else []
        filled += found or [argument]
    return filled


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
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except FileNotFoundError as error:
        raise FileNotFoundError(error.errno, "there is no such folder to write in", path) from error
    except OSError as error:  # it would name the passing file
        raise OSError(error.errno, error.strerror, path) from error
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
    left = FILE_BYTES
    while block := source.read(min(left + 1, 2**20)):
        left -= len(block)
        if left < 0:
            raise ValueError(f"more than {FILE_BYTES // MB} MB")
        copy.write(block)


class Progress:
    """A bar on standard error for the files that are waited for, and one for the pages of each scan among them.

    Nothing is drawn, and nothing imported for it, unless `shown`; a single file has a bar only once it is a scan.
    """

    def __init__(self, *, total: int, shown: bool) -> None:
        self._total = total
        self._shown = shown
        self._drawing: Drawing | None = None
        self._lock = threading.Lock()
        self._pages: dict[str, int] = {}

    def __enter__(self) -> Progress:
        if self._shown and self._total > 1:
            self._draw()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            if self._drawing is not None:
                self._drawing.stop()

    @property
    def recognised(self) -> int:
        """How many pages of scans have been recognised."""
        return sum(self._pages.values())

    def page(self, name: str, done: int, total: int) -> None:
        """Show that so many pages of a scan are recognised; from any thread."""
        with self._lock:
            self._pages[name] = done
            if self._shown:
                self._draw().show_pages(name, done, total)

    def follow(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items; the bar advances with each, and is gone while one is used: no output runs into it."""
        for item in items:
            with self._lock:
                if self._drawing is not None:
                    self._drawing.pause()
            yield item
            with self._lock:
                if self._drawing is not None:
                    self._drawing.resume()

    def _draw(self) -> Drawing:
        if self._drawing is None:
            from samsyn.write.progress import Drawing

            self._drawing = Drawing(self._total)
        return self._drawing
