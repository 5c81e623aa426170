"""Takes a corpus, says what is not whole in it: the file, references, the search index, missing rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from samsyn.corpora.database import transaction
from samsyn.errors import CorpusError

_COUNTS = (
    (
        "agreements without a row in the query tables",
        """
        SELECT count(*) FROM extracted_agreements JOIN identities USING (source, position, slug)
        WHERE identities.id NOT IN (SELECT id FROM agreements)
        """,
    ),
    (
        "rows of agreements that are not kept",
        """
        SELECT count(*) FROM agreements
        WHERE NOT EXISTS (
            SELECT 1 FROM extracted_agreements AS kept JOIN identities USING (source, position, slug)
            WHERE identities.id = agreements.id AND kept.source = agreements.sha256
        )
        """,
    ),
    (
        "agreements that cannot be found by searching",
        "SELECT count(*) FROM agreements WHERE id NOT IN (SELECT agreement FROM search_entries)",
    ),
    (
        "sources that were never read",
        "SELECT count(*) FROM sources WHERE sha256 NOT IN (SELECT source FROM extractions)",
    ),
    (
        "sources without a file",
        "SELECT count(*) FROM sources WHERE sha256 NOT IN (SELECT source FROM files)",
    ),
)
_INDEXES = ("passages_fts", "search_index", "words_fts")


def problems_of(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong, one line each; empty when all is well."""
    return (*_file_problems(connection), *_index_problems(connection), *_count_problems(connection))


def _file_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield f"the file: {line}"
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        yield f"{len(broken)} references lead nowhere, the first in table {broken[0][0]}"


def _index_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for name in _INDEXES:
        try:
            with transaction(connection):
                connection.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
        except CorpusError as error:
            yield f"the search index {name}: {error}"


def _count_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for what, sql in _COUNTS:
        (count,) = connection.execute(sql).fetchone()
        if count:
            yield f"{count} {what}"
