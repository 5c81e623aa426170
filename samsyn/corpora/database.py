"""Opens the file of a corpus: takes a path, gives an SQLite connection that several processes can use at once."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from samsyn.errors import CorpusError

APPLICATION_ID = 0x53414D53
"""Stands in the file's head ('SAMS'), so that no other database is taken for a corpus."""

_BUSY_SECONDS = 300.0
"""How long one process waits for another's transaction; they take milliseconds, a rebuild takes minutes."""
_CACHE_KIB = 65536
_FOLDING_MILLISECONDS = 1000


def open_database(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode; read-only when the file or its folder cannot be written to.

    Raises CorpusError when there is no such file (unless `create`), or when it is something else than a corpus.
    """
    exists = path.exists()
    if not exists and not create:
        raise CorpusError(f"{path}: there is no such corpus; 'samsyn corpus add' makes one")
    if path.is_dir() or not path.parent.is_dir():
        raise CorpusError(f"{path}: {'is a folder' if path.is_dir() else 'the folder does not exist'}")
    try:
        connection = _connect(path, create=create)
        try:
            _check_is_corpus(connection, path, may_be_empty=create)
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
    except sqlite3.DatabaseError as error:
        raise CorpusError(f"{path}: {_reason(error)}") from error
    return connection


def is_read_only(connection: sqlite3.Connection) -> bool:
    """True when nothing can be written through the connection."""
    return bool(connection.execute("PRAGMA query_only").fetchone()[0])


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing: what is done inside is seen by others at the end, or never. May stand inside another.

    Raises CorpusError for what SQLite refuses: a full disk, a broken file, a lock that is not let go.
    """
    if connection.in_transaction:
        yield connection
        return
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise CorpusError(f"{file_of(connection)}: {_reason(error)}") from error


@contextlib.contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One state of the corpus for all queries inside, whatever others write meanwhile. May stand inside another."""
    if connection.in_transaction:
        yield connection
        return
    try:
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise CorpusError(f"{file_of(connection)}: {_reason(error)}") from error


def file_of(connection: sqlite3.Connection) -> str:
    """The path of the file that the connection is to."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def fold_in(connection: sqlite3.Connection) -> None:
    """Bring what was written into the one file, so that it can be copied; left to the last when others are reading.

    A connection that wrote nothing leaves the file as it is.
    """
    if not connection.total_changes:
        return
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute(f"PRAGMA busy_timeout = {_FOLDING_MILLISECONDS}")
        connection.execute("PRAGMA optimize")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _connect(path: Path, *, create: bool) -> sqlite3.Connection:
    address = path.resolve().as_uri()
    if _is_writable(path):
        mode = "rwc" if create else "rw"
        return sqlite3.connect(f"{address}?mode={mode}", uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    # Without a journal beside it the file is whole; SQLite could not make its lock files in such a folder.
    beside = path.with_name(path.name + "-wal")
    suffix = "mode=ro" if beside.exists() else "mode=ro&immutable=1"
    connection = sqlite3.connect(f"{address}?{suffix}", uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _is_writable(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _check_is_corpus(connection: sqlite3.Connection, path: Path, *, may_be_empty: bool) -> None:
    (identity,) = connection.execute("PRAGMA application_id").fetchone()
    if identity == APPLICATION_ID:
        return
    (objects,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if identity or objects:
        raise CorpusError(f"{path}: is a database, but not a corpus")
    if not may_be_empty:
        raise CorpusError(f"{path}: is empty; 'samsyn corpus add' makes a corpus of it")


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    if is_read_only(connection):
        return
    _keep_a_log(connection)
    connection.execute("PRAGMA synchronous = NORMAL")


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Write ahead to a log: readers and a writer do not wait for one another, and a kill loses nothing.

    SQLite does not wait by itself when two processes turn the log on at once.
    """
    for attempt in range(100):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if attempt == 99:
                raise
            time.sleep(0.05)


def _reason(error: sqlite3.Error) -> str:
    text = str(error)
    if "not a database" in text:
        return "is no database, so no corpus"
    if "locked" in text or "busy" in text:
        return "another program keeps it locked"
    return text
