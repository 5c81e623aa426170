"""The truth of a corpus: takes what was read of a file and where it came from, keeps it, gives it back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from samsyn.corpora.versions import package_version
from samsyn.models.agreement import Agreement
from samsyn.models.stored import DOCUMENT_SCHEMA


class Sighting(NamedTuple):
    """A place where a file was met: its name, its path, where it was published, what is known of it beforehand."""

    name: str
    place: str
    address: str | None = None
    facts: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a source: its agreements and document, or the error."""

    sha256: str
    size: int
    extractor: str
    agreements: tuple[Agreement, ...] = ()
    document: bytes = field(default=b"", repr=False)
    """As packed by `samsyn.models.stored`."""
    error: str | None = None
    seconds: float | None = None
    read_from: str = "file"
    """'file', or 'document' when the file was gone and what had been read of it was understood anew."""


class Kept(NamedTuple):
    """An agreement as kept: its id in the corpus, its source and place there, and the extraction."""

    id: str
    source: str
    position: int
    agreement: Agreement


def now() -> str:
    """The time in UTC, ISO, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def start_run(connection: sqlite3.Connection, command: str, extractor: str, settings: Mapping[str, object]) -> int:
    """The number of a new run of `command`."""
    cursor = connection.execute(
        "INSERT INTO runs (command, version, extractor, settings, started_at) VALUES (?, ?, ?, ?, ?)",
        (command, package_version(), extractor, json.dumps(settings, ensure_ascii=False, sort_keys=True), now()),
    )
    return int(cursor.lastrowid or 0)


def finish_run(connection: sqlite3.Connection, run: int) -> None:
    """Write down that the run came to its end."""
    connection.execute("UPDATE runs SET finished_at = ? WHERE id = ?", (now(), run))


def extraction_of(connection: sqlite3.Connection, sha256: str) -> tuple[str, str | None] | None:
    """The extractor that read this content, and the error if it could not; None when it was never read."""
    row = connection.execute("SELECT extractor, error FROM extractions WHERE source = ?", (sha256,)).fetchone()
    return (str(row[0]), row[1]) if row else None


def note_outcome(
    connection: sqlite3.Connection, run: int, place: str, outcome: str, *, source: str | None, reason: str | None
) -> None:
    """Record what became of a file in a run."""
    connection.execute(
        "INSERT INTO outcomes (run, place, source, outcome, reason, at) VALUES (?, ?, ?, ?, ?, ?)",
        (run, place, source, outcome, reason, now()),
    )


def keep_sighting(connection: sqlite3.Connection, run: int, sha256: str, sighting: Sighting) -> bool:
    """Record where the source was met; True when that, its address or its facts were not known."""
    facts = facts_json(sighting.facts)
    known = connection.execute(
        "SELECT address, facts FROM files WHERE source = ? AND place = ?", (sha256, sighting.place)
    ).fetchone()
    if known is None:
        connection.execute(
            "INSERT INTO files (source, name, place, address, facts, run, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (sha256, sighting.name, sighting.place, sighting.address, facts, run, now()),
        )
        return True
    address = sighting.address or known[0]
    facts = facts if sighting.facts else known[1]
    connection.execute(
        "UPDATE files SET address = ?, facts = ? WHERE source = ? AND place = ?",
        (address, facts, sha256, sighting.place),
    )
    return (address, facts) != tuple(known)


def keep_source(connection: sqlite3.Connection, run: int, sha256: str, size: int) -> None:
    """Record content; nothing when it is known."""
    connection.execute(
        "INSERT OR IGNORE INTO sources (sha256, bytes, run, added_at) VALUES (?, ?, ?, ?)", (sha256, size, run, now())
    )


def keep_reading(connection: sqlite3.Connection, run: int, reading: Reading) -> None:
    """Put the reading in place of what was read of the source before."""
    connection.execute("DELETE FROM extracted_agreements WHERE source = ?", (reading.sha256,))
    connection.execute(
        "INSERT OR REPLACE INTO extractions (source, run, extractor, read_from, schema_version, document_schema, "
        "document, error, seconds, read_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            reading.sha256,
            run,
            reading.extractor,
            reading.read_from,
            reading.agreements[0].schema_version if reading.agreements else None,
            DOCUMENT_SCHEMA if reading.document else None,
            reading.document or None,
            reading.error,
            reading.seconds,
            now(),
        ),
    )
    for position, agreement in enumerate(reading.agreements):
        connection.execute(
            "INSERT INTO extracted_agreements (source, position, slug, agreement) VALUES (?, ?, ?, ?)",
            (reading.sha256, position, agreement.id, agreement.model_dump_json()),
        )
        _give_identity(connection, run, reading.sha256, position, agreement.id)


def _give_identity(connection: sqlite3.Connection, run: int, source: str, position: int, slug: str) -> None:
    """Name the agreement for good, unless it has a name that still fits. Old names go on leading to it."""
    named = connection.execute(
        "SELECT 1 FROM identities WHERE source = ? AND position = ? AND slug = ?", (source, position, slug)
    ).fetchone()
    if named:
        return
    identity, number = slug, 1
    while connection.execute("SELECT 1 FROM identities WHERE id = ?", (identity,)).fetchone():
        number += 1
        identity = f"{slug}-{number}"
    connection.execute(
        "INSERT INTO identities (id, source, position, slug, run) VALUES (?, ?, ?, ?, ?)",
        (identity, source, position, slug, run),
    )


_KEPT = """
    SELECT identities.id, extracted_agreements.source, extracted_agreements.position, extracted_agreements.agreement
    FROM extracted_agreements
    JOIN identities USING (source, position, slug)
"""


def kept_of_source(connection: sqlite3.Connection, sha256: str) -> tuple[Kept, ...]:
    """The agreements read of a source, in their order."""
    rows = connection.execute(f"{_KEPT} WHERE source = ? ORDER BY position", (sha256,))
    return tuple(map(_kept, rows))


def kept_by_id(connection: sqlite3.Connection, identity: str) -> Kept | None:
    """The agreement of that name, present or former; None when there is none."""
    place = connection.execute("SELECT source, position FROM identities WHERE id = ?", (identity,)).fetchone()
    if place is None:
        return None
    row = connection.execute(f"{_KEPT} WHERE source = ? AND position = ?", place).fetchone()
    return _kept(row) if row else None


def all_sources(connection: sqlite3.Connection) -> Iterator[str]:
    """The hash of every source of which there are agreements, in order."""
    rows = connection.execute("SELECT DISTINCT source FROM extracted_agreements ORDER BY source").fetchall()
    return (str(row[0]) for row in rows)


def read_by_others(connection: sqlite3.Connection, extractor: str) -> tuple[str, ...]:
    """The sources that another extractor read, in order."""
    rows = connection.execute("SELECT source FROM extractions WHERE extractor <> ? ORDER BY source", (extractor,))
    return tuple(str(row[0]) for row in rows)


def document_of(connection: sqlite3.Connection, sha256: str) -> bytes | None:
    """The document as packed by `samsyn.models.stored`; None when it is not kept or of another form."""
    row = connection.execute(
        "SELECT document FROM extractions WHERE source = ? AND document_schema = ?", (sha256, DOCUMENT_SCHEMA)
    ).fetchone()
    return row[0] if row else None


def sightings_of(connection: sqlite3.Connection, sha256: str) -> tuple[Sighting, ...]:
    """Where the source was met, the first place first."""
    rows = connection.execute("SELECT name, place, address, facts FROM files WHERE source = ? ORDER BY id", (sha256,))
    return tuple(Sighting(name, place, address, json.loads(facts)) for name, place, address, facts in rows)


def merged_facts(sightings: Sequence[Sighting]) -> dict[str, str]:
    """What is known of a file beforehand over all places where it was met; the place met last outranks."""
    facts: dict[str, str] = {}
    for sighting in sightings:
        facts.update(sighting.facts)
    return facts


def _kept(row: tuple[str, str, int, str]) -> Kept:
    identity, source, position, agreement = row
    return Kept(identity, source, position, Agreement.model_validate_json(agreement))


def facts_json(facts: Mapping[str, str]) -> str:
    """The facts as JSON, always in the same order."""
    return json.dumps(dict(facts), ensure_ascii=False, sort_keys=True)


def ids_of_source(connection: sqlite3.Connection, sha256: str) -> tuple[str, ...]:
    """The names of the source's agreements, in their order."""
    rows = connection.execute(
        "SELECT id FROM extracted_agreements JOIN identities USING (source, position, slug) "
        "WHERE source = ? ORDER BY position",
        (sha256,),
    )
    return tuple(str(row[0]) for row in rows)
