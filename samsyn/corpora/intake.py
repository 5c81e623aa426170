"""Takes the paths that a person names (files, folders, archives, lists), gives the files to read, one by one.

An archive is opened entry by entry, within bounds; a bad one costs its own outcome.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from errno import ENOENT
from functools import lru_cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

from samsyn.corpora.manifest import read_manifest
from samsyn.corpora.truth import Sighting
from samsyn.errors import CorpusError, why_not
from samsyn.limits import ARCHIVE_BYTES, ARCHIVE_ENTRIES, FILE_BYTES

SUFFIXES = (".pdf", ".docx", ".txt", ".md", ".markdown", ".doc", ".odt", ".rtf")
"""What is taken from a folder or an archive; the last three are read where LibreOffice is installed."""

_LONGEST_NAME = 150
_BLOCK = 2**20


class Incoming(NamedTuple):
    """A file to read: where it was met, where its bytes are, or why they cannot be had."""

    sighting: Sighting
    path: Path
    entry: str | None = None
    """The name within the archive at `path`; None when `path` is the file itself."""
    problem: str | None = None


class Opened(NamedTuple):
    """A file whose bytes are on the disk, with their hash and number."""

    path: Path
    sha256: str
    size: int


def list_files(paths: Iterable[str | Path]) -> tuple[Incoming, ...]:
    """The files that the paths stand for, each once, in an order that does not depend on the file system.

    A `.csv` is a list of files, a `.zip` an archive, a folder all that lies in it. What is missing or broken is
    among them with its problem. Raises CorpusError for a list that cannot be understood.
    """
    found: dict[tuple[str, str | None], Incoming] = {}
    for path in map(Path, paths):
        for incoming in _files_of(path):
            key = (os.path.realpath(incoming.path), incoming.entry)
            known = found.get(key)
            found[key] = incoming if known is None or incoming.sighting.facts else known
    return tuple(found.values())


def _files_of(path: Path, *, facts: Mapping[str, str] | None = None, address: str | None = None) -> Iterator[Incoming]:
    if path.is_dir():
        for file in _walk(path):
            yield from _file(file, facts, address)
    elif path.suffix.lower() == ".csv" and facts is None:
        for listed in read_manifest(path):
            yield from _files_of(
                path.parent / listed.path.replace("\\", "/"), facts=listed.facts, address=listed.address
            )
    else:
        yield from _file(path, facts, address)


def _walk(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in (*SUFFIXES, ".zip"):
                yield Path(here, name)


def found_again(sighting: Sighting) -> Incoming | None:
    """The file at the place where it was met, or None when there is none any more; its content may be another."""
    path = Path(sighting.place)
    if path.is_file():
        return Incoming(sighting, path)
    for index, mark in enumerate(sighting.place):
        archive = Path(sighting.place[:index])
        if mark == "!" and archive.is_file():
            return _listed(archive, *_state(archive)).get(sighting.place)
    return None


def _file(path: Path, facts: Mapping[str, str] | None, address: str | None) -> Iterator[Incoming]:
    if path.suffix.lower() == ".zip":
        yield from _entries(path, facts, address)
        return
    sighting = Sighting(readable(path.name), readable(os.path.abspath(path)), address, facts or {})
    missing = why_not(FileNotFoundError(ENOENT, "there is no such file"), str(path))
    problem = None if path.is_file() else missing if not path.exists() else "is not a regular file"
    yield Incoming(sighting, path, problem=problem)


def _entries(path: Path, facts: Mapping[str, str] | None, address: str | None) -> Iterator[Incoming]:
    place = readable(os.path.abspath(path))
    whole = Sighting(readable(path.name), place, address, facts or {})
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except FileNotFoundError:
        yield Incoming(whole, path, problem="there is no such file")
        return
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        yield Incoming(whole, path, problem=f"is no archive that can be opened ({error})")
        return
    problem = _too_much(entries)
    if problem:
        yield Incoming(whole, path, problem=problem)
        return
    for entry in sorted(entries, key=lambda entry: entry.filename):
        name = PurePosixPath(_entry_name(entry))
        if _is_document(name, entry):
            sighting = Sighting(name.name, f"{place}!{name}", address, facts or {})
            yield Incoming(sighting, path, entry.filename, _entry_problem(entry))


def _too_much(entries: list[zipfile.ZipInfo]) -> str | None:
    if len(entries) > ARCHIVE_ENTRIES:
        return f"the archive holds more than {ARCHIVE_ENTRIES} files"
    if sum(entry.file_size for entry in entries) > ARCHIVE_BYTES:
        return f"the archive holds more than {ARCHIVE_BYTES // 2**30} GB"
    return None


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """The name, also when it was written as UTF-8 without saying so, as macOS does."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.filename
    return readable(name.replace("\\", "/"))


def _is_document(name: PurePosixPath, entry: zipfile.ZipInfo) -> bool:
    hidden = any(part.startswith((".", "__MACOSX", "~$")) for part in name.parts if part not in ("..", "."))
    return not entry.is_dir() and not hidden and name.suffix.lower() in (*SUFFIXES, ".zip")


def _entry_problem(entry: zipfile.ZipInfo) -> str | None:
    if entry.flag_bits & 0x1:
        return "is encrypted in the archive"
    if entry.filename.lower().endswith(".zip"):
        return "an archive within an archive is not opened"
    if entry.file_size > FILE_BYTES:
        return f"the file is larger than {FILE_BYTES // 2**20} MB"
    return None


def readable(name: str) -> str:
    """The name without bytes that are no text, so that it can be written down."""
    return os.fsencode(name).decode("utf-8", "replace")


@contextmanager
def opened(incoming: Incoming) -> Iterator[Opened]:
    """The file on the disk, hashed; of an archive, a passing copy. Raises CorpusError when it cannot be had."""
    if incoming.problem:
        raise CorpusError(incoming.problem)
    with TemporaryDirectory(prefix="samsyn-") as folder:
        try:
            found = _open(incoming, Path(folder))
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise CorpusError(reason.lower()) from error
        yield found


def _open(incoming: Incoming, folder: Path) -> Opened:
    if incoming.entry is None:
        with incoming.path.open("rb") as stream:
            return Opened(incoming.path, *_hash(stream))
    path = folder / _safe_name(incoming.sighting.name)
    with _archive(incoming.path, *_state(incoming.path)).open(incoming.entry) as stream, path.open("wb") as copy:
        return Opened(path, *_hash(stream, copy))


@lru_cache(maxsize=1)
def _archive(path: Path, *_: int) -> zipfile.ZipFile:
    """The archive, kept open for the next of its entries: finding them anew each time would be quadratic."""
    return zipfile.ZipFile(path)


@lru_cache(maxsize=1)
def _listed(path: Path, *_: int) -> dict[str, Incoming]:
    """The entries of an archive by their places."""
    return {incoming.sighting.place: incoming for incoming in _entries(path, None, None)}


def _state(path: Path) -> tuple[int, int]:
    """Changes when the file does."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _hash(stream: IO[bytes], copy: IO[bytes] | None = None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := stream.read(_BLOCK):
        size += len(block)
        if size > FILE_BYTES:
            raise CorpusError(f"the file is larger than {FILE_BYTES // 2**20} MB")
        digest.update(block)
        if copy is not None:
            copy.write(block)
    return digest.hexdigest(), size


def _safe_name(name: str) -> str:
    """A name for the copy: no folders, not too long for any file system, with its ending."""
    suffix = PurePosixPath(name).suffix[:10]
    stem = name.removesuffix(suffix).replace("/", "_").replace("\0", "_").lstrip(".")
    while len(stem.encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem or 'file'}{suffix}"
