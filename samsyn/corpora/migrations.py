"""Brings the truth of a corpus to the newest schema: ordered steps, each in a transaction, never edited once released.

The truth is what cannot be worked out again: where files came from, what was read of them, runs, corrections. The
query tables are none of this; `projection` makes them anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from samsyn.corpora.database import APPLICATION_ID, file_of, is_read_only, transaction
from samsyn.errors import CorpusError

Migration = Callable[[sqlite3.Connection], None]


def migrate(connection: sqlite3.Connection) -> None:
    """Apply every step that the file has not seen. Raises CorpusError when it is newer than this program."""
    while (version := schema_version(connection)) != len(MIGRATIONS):
        if version > len(MIGRATIONS):
            raise CorpusError(
                f"{file_of(connection)}: made by a newer samsyn (schema {version}; this one knows {len(MIGRATIONS)})"
            )
        if is_read_only(connection):
            raise CorpusError(f"{file_of(connection)}: of an older schema, and cannot be written to")
        _step(connection, version)


def schema_version(connection: sqlite3.Connection) -> int:
    """The number of migrations the file has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _step(connection: sqlite3.Connection, version: int) -> None:
    with transaction(connection):
        if schema_version(connection) != version:
            return  # another process was quicker
        MIGRATIONS[version](connection)
        connection.execute(f"PRAGMA user_version = {version + 1}")


def m001_first(connection: sqlite3.Connection) -> None:
    """Sources, where they were met, what was read of them, runs and their outcomes."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _FIRST:
        connection.execute(statement)


_FIRST = (
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        command TEXT NOT NULL,
        version TEXT NOT NULL,
        extractor TEXT NOT NULL,
        settings TEXT NOT NULL,
        started_at TEXT NOT NULL,
        finished_at TEXT
    )
    """,
    """
    CREATE TABLE sources (
        sha256 TEXT PRIMARY KEY,
        bytes INTEGER NOT NULL,
        run INTEGER NOT NULL REFERENCES runs(id),
        added_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE files (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL REFERENCES sources(sha256),
        name TEXT NOT NULL,
        place TEXT NOT NULL,
        address TEXT,
        facts TEXT NOT NULL DEFAULT '{}',
        run INTEGER NOT NULL REFERENCES runs(id),
        added_at TEXT NOT NULL,
        UNIQUE (source, place)
    )
    """,
    """
    CREATE TABLE extractions (
        source TEXT PRIMARY KEY REFERENCES sources(sha256),
        run INTEGER NOT NULL REFERENCES runs(id),
        extractor TEXT NOT NULL,
        read_from TEXT NOT NULL CHECK (read_from IN ('file', 'document')),
        schema_version TEXT,
        document_schema INTEGER,
        document BLOB,
        error TEXT,
        seconds REAL,
        read_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE extracted_agreements (
        source TEXT NOT NULL REFERENCES extractions(source),
        position INTEGER NOT NULL,
        slug TEXT NOT NULL,
        agreement TEXT NOT NULL,
        PRIMARY KEY (source, position)
    )
    """,
    """
    CREATE TABLE identities (
        id TEXT PRIMARY KEY,
        source TEXT NOT NULL REFERENCES sources(sha256),
        position INTEGER NOT NULL,
        slug TEXT NOT NULL,
        run INTEGER NOT NULL REFERENCES runs(id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX identities_by_place ON identities (source, position)",
    """
    CREATE TABLE outcomes (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES runs(id),
        place TEXT NOT NULL,
        source TEXT REFERENCES sources(sha256),
        outcome TEXT NOT NULL,
        reason TEXT,
        at TEXT NOT NULL
    )
    """,
    "CREATE INDEX outcomes_by_run ON outcomes (run)",
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "INSERT INTO settings (name, value) VALUES ('salt', lower(hex(randomblob(16))))",
)


def m002_people(connection: sqlite3.Connection) -> None:
    """What people say of values: corrections, samples drawn to be checked, checks."""
    for statement in _PEOPLE:
        connection.execute(statement)


_ADDRESS = """
        source TEXT NOT NULL REFERENCES sources(sha256),
        position INTEGER NOT NULL,
        list TEXT NOT NULL,
        anchor TEXT NOT NULL,
        field TEXT NOT NULL"""

_PEOPLE = (
    f"""
    CREATE TABLE corrections (
        id INTEGER PRIMARY KEY,{_ADDRESS},
        action TEXT NOT NULL CHECK (action IN ('set', 'remove', 'add')),
        ground TEXT NOT NULL,
        value TEXT NOT NULL,
        who TEXT NOT NULL,
        note TEXT,
        run INTEGER NOT NULL REFERENCES runs(id),
        made_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX corrections_by_source ON corrections (source, position)",
    """
    CREATE TABLE samples (
        id INTEGER PRIMARY KEY,
        seed TEXT NOT NULL,
        size INTEGER NOT NULL,
        each_field INTEGER NOT NULL,
        population INTEGER NOT NULL,
        run INTEGER NOT NULL REFERENCES runs(id),
        drawn_at TEXT NOT NULL
    )
    """,
    f"""
    CREATE TABLE sample_items (
        sample INTEGER NOT NULL REFERENCES samples(id),
        number INTEGER NOT NULL,{_ADDRESS},
        value TEXT NOT NULL,
        PRIMARY KEY (sample, number)
    )
    """,
    f"""
    CREATE TABLE checks (
        id INTEGER PRIMARY KEY,{_ADDRESS},
        value TEXT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong')),
        who TEXT NOT NULL,
        note TEXT,
        extractor TEXT NOT NULL,
        run INTEGER NOT NULL REFERENCES runs(id),
        made_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX checks_by_source ON checks (source, position)",
)

MIGRATIONS: tuple[Migration, ...] = (m001_first, m002_people)
"""In order; the schema version of a file is how many of them it has seen."""
