"""Makes the query tables and the search index from the truth; they can be thrown away and made again at any time.

The tables are those of `tables`; here too is what search needs: the passages of each agreement with an index for
Datasette, one index entry an agreement by word stems, and the list of all words with a twin by three letters, which
finds the parts of compounds. Letters keep their dots: Habo and Håbo are two municipalities.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from samsyn.corpora import truth
from samsyn.corpora.corrections import STATES, Standing, laid_over, shown
from samsyn.corpora.database import is_read_only, transaction
from samsyn.corpora.passages import passages_of
from samsyn.corpora.relations import DISAGREEMENTS, RELATIONS
from samsyn.corpora.sketches import KEYS, pack, sketch_of
from samsyn.corpora.tables import AGREEMENT_TABLES, AGREEMENTS, TABLES, Item, rows_of_agreement
from samsyn.corpora.truth import Kept
from samsyn.errors import CorpusError
from samsyn.models.agreement import Agreement
from samsyn.models.document import Document
from samsyn.models.stored import unpack_document
from samsyn.models.table import ColumnKind, TableSchema
from samsyn.vocabulary.load import load_table
from samsyn.vocabulary.register import load_register
from samsyn.words import words_of

PROJECTION_VERSION = 2
"""Grows when rows are made otherwise than before though the tables look the same."""

_SQL_TYPES: dict[ColumnKind, str] = {
    "text": "TEXT",
    "date": "TEXT",
    "json": "TEXT",
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "number": "REAL",
}
_TOKENS = "unicode61 remove_diacritics 0"

_SEARCH_TABLES = (
    """
    CREATE TABLE passages (
        id INTEGER PRIMARY KEY,
        agreement TEXT NOT NULL REFERENCES agreements(id) DEFERRABLE INITIALLY DEFERRED,
        kind TEXT NOT NULL,
        value TEXT,
        page INTEGER,
        text TEXT NOT NULL
    )
    """,
    "CREATE INDEX passages_by_agreement ON passages (agreement)",
    f"""
    CREATE VIRTUAL TABLE passages_fts USING fts5(
        text, content="passages", content_rowid="id", tokenize="{_TOKENS}"
    )
    """,
    """
    CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
        INSERT INTO passages_fts (rowid, text) VALUES (new.id, new.text);
    END
    """,
    """
    CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
        INSERT INTO passages_fts (passages_fts, rowid, text) VALUES ('delete', old.id, old.text);
    END
    """,
    "CREATE TABLE search_entries (id INTEGER PRIMARY KEY, agreement TEXT NOT NULL UNIQUE REFERENCES agreements(id) "
    "DEFERRABLE INITIALLY DEFERRED)",
    f"CREATE VIRTUAL TABLE search_index USING fts5(stems, tokenize=\"{_TOKENS}\", prefix='3 5')",
    "CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, stem TEXT NOT NULL)",
    "CREATE INDEX words_by_stem ON words (stem)",
    "CREATE VIRTUAL TABLE words_fts USING fts5(word, content='words', content_rowid='id', tokenize='trigram')",
    """
    CREATE TRIGGER words_added AFTER INSERT ON words BEGIN
        INSERT INTO words_fts (rowid, word) VALUES (new.id, new.word);
    END
    """,
)
_RELATION_TABLES = (
    "CREATE TABLE sketches (agreement TEXT PRIMARY KEY, sketch BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE sketch_keys (key INTEGER NOT NULL, agreement TEXT NOT NULL, PRIMARY KEY (key, agreement)) "
    "WITHOUT ROWID",
    "CREATE INDEX sketch_keys_by_agreement ON sketch_keys (agreement)",
    "CREATE TABLE text_pairs (first TEXT NOT NULL, second TEXT NOT NULL, likeness REAL NOT NULL, "
    "PRIMARY KEY (first, second)) WITHOUT ROWID",
    "CREATE INDEX text_pairs_by_second ON text_pairs (second)",
    "CREATE TABLE unsettled (agreement TEXT PRIMARY KEY) WITHOUT ROWID",
)
_OBJECTS = (
    "words_added", "words_fts", "words", "search_index", "search_entries", "passages_added", "passages_removed",
    "passages_fts", "passages", "sketches", "sketch_keys", "text_pairs", "unsettled",
)  # fmt: skip
QUERY_TABLES = TABLES | {schema.name: schema for schema in (RELATIONS, DISAGREEMENTS, STATES)}
"""Every query table by name: those of the model, and what was worked out of it."""


_BY_AGREEMENT = ("search_entries", "passages", "sketches", "sketch_keys", "unsettled", "correction_states")
_BY_PAIR = (
    ("text_pairs", "first", "second"),
    ("relations", "agreement", "other"),
    ("disagreements", "agreement", "other"),
)


def ensure_projection(connection: sqlite3.Connection, notice: Callable[[], None] = lambda: None) -> None:
    """Make the query tables, or make them anew when this program would make others; `notice` is called before.

    Raises CorpusError when they must be made and the file cannot be written to.
    """
    if _made_by(connection) == fingerprint():
        return
    if is_read_only(connection):
        raise CorpusError("the query tables are of another version, and the corpus cannot be written to")
    notice()
    with transaction(connection):
        if _made_by(connection) != fingerprint():
            rebuild(connection)


def rebuild(connection: sqlite3.Connection) -> None:
    """Throw the query tables away and make them from the truth."""
    with transaction(connection):
        connection.execute("PRAGMA defer_foreign_keys = ON")
        _drop(connection)
        for statement in _statements():
            connection.execute(statement)
        _fill_registers(connection)
        for source in truth.all_sources(connection):
            project_source(connection, source)
        connection.execute("INSERT OR REPLACE INTO settings (name, value) VALUES ('projection', ?)", (fingerprint(),))


def project_source(connection: sqlite3.Connection, sha256: str) -> None:
    """Make the rows of the source's agreements anew."""
    with transaction(connection):
        remove_source(connection, sha256)
        kept = truth.kept_of_source(connection, sha256)
        packed = truth.document_of(connection, sha256) if kept else None
        document = unpack_document(packed) if packed else None
        for entry in kept:
            _project(connection, entry, document if entry.position == 0 else None)


def remove_source(connection: sqlite3.Connection, sha256: str) -> None:
    """Take away the rows of the source's agreements."""
    for (identity,) in connection.execute("SELECT id FROM agreements WHERE sha256 = ?", (sha256,)).fetchall():
        row = connection.execute("SELECT id FROM search_entries WHERE agreement = ?", (identity,)).fetchone()
        if row:
            connection.execute("DELETE FROM search_index WHERE rowid = ?", row)
        for table in (*_BY_AGREEMENT, *(schema.name for schema in reversed(AGREEMENT_TABLES))):
            connection.execute(f"DELETE FROM {table} WHERE agreement = ?", (identity,))
        for table, first, second in _BY_PAIR:
            connection.execute(f"DELETE FROM {table} WHERE {first} = ? OR {second} = ?", (identity, identity))
        connection.execute("UPDATE agreements SET copy_of = NULL WHERE copy_of = ?", (identity,))
        connection.execute("DELETE FROM agreements WHERE id = ?", (identity,))


@cache
def fingerprint() -> str:
    """Changes with the tables that this program makes."""
    text = "\n".join((str(PROJECTION_VERSION), *_statements()))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _made_by(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT value FROM settings WHERE name = 'projection'").fetchone()
    return row[0] if row else None


def _drop(connection: sqlite3.Connection) -> None:
    kinds = dict(connection.execute("SELECT name, type FROM sqlite_master").fetchall())
    for name in (*_OBJECTS, *reversed(QUERY_TABLES)):
        if name in kinds:
            connection.execute(f"DROP {kinds[name]} {name}")


def _statements() -> tuple[str, ...]:
    made = [_create(schema) for schema in QUERY_TABLES.values()]
    indexes = [
        f"CREATE INDEX {schema.name}_by_{column.name} ON {schema.name} ({_quoted(column.name)})"
        for schema in QUERY_TABLES.values()
        for column in schema.columns
        if column.references and column.name != schema.key[0]
    ]
    by_source = "CREATE INDEX agreements_by_sha256 ON agreements (sha256)"
    return (*made, *indexes, by_source, *_SEARCH_TABLES, *_RELATION_TABLES)


def _create(schema: TableSchema) -> str:
    columns = [_column(column.name, column.kind, column.references) for column in schema.columns]
    key = f"PRIMARY KEY ({', '.join(map(_quoted, schema.key))})"
    return f"CREATE TABLE {schema.name} ({', '.join((*columns, key))})"


def _column(name: str, kind: ColumnKind, references: str | None) -> str:
    target = QUERY_TABLES[references].columns[0].name if references else ""
    reference = f" REFERENCES {references}({target}) DEFERRABLE INITIALLY DEFERRED" if references else ""
    return f"{_quoted(name)} {_SQL_TYPES[kind]}{reference}"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _insert(connection: sqlite3.Connection, schema: TableSchema, rows: Iterable[Mapping[str, object]]) -> None:
    connection.executemany(_insertion(schema.name), ([row.get(name) for name in schema.names] for row in rows))


@cache
def _insertion(table: str) -> str:
    names = QUERY_TABLES[table].names
    return f"INSERT INTO {table} ({', '.join(map(_quoted, names))}) VALUES ({', '.join('?' * len(names))})"


def _fill_registers(connection: sqlite3.Connection) -> None:
    _insert(connection, TABLES["municipalities"], load_table("municipalities.csv"))
    entries = [
        {name: getattr(measure, name) for name in TABLES["recurring_measures"].names} for measure in load_register()
    ]
    _insert(connection, TABLES["recurring_measures"], entries)


def _project(connection: sqlite3.Connection, entry: Kept, document: Document | None) -> None:
    agreement, standings = laid_over(connection, entry)
    _add_unknown_measures(connection, agreement)
    row = _agreement_row(connection, entry, agreement)
    _insert(connection, AGREEMENTS, [{**row, "corrections": len(standings)}])
    _insert(connection, STATES, [_state_row(entry.id, standing) for standing in standings])
    rows = rows_of_agreement(agreement, entry.id)
    for schema in AGREEMENT_TABLES:
        if rows[schema.name]:
            _insert(connection, schema, rows[schema.name])
    _add_passages(connection, entry.id, agreement, document)
    connection.execute("INSERT OR IGNORE INTO unsettled (agreement) VALUES (?)", (entry.id,))


def _state_row(identity: str, standing: Standing) -> Item:
    correction = standing.correction
    address = correction.address
    return {
        "correction": correction.id,
        "agreement": identity,
        "list": address.list,
        "value_id": f"{identity}.{address.anchor.id}" if address.anchor.id else None,
        "field": address.field,
        "action": correction.action,
        "state": standing.state,
        "ground": shown(correction.ground),
        "extracted": shown(standing.extracted),
        "value": shown(correction.value),
        "who": correction.who,
        "made_at": correction.made_at,
        "note": correction.note,
    }


def _add_unknown_measures(connection: sqlite3.Connection, agreement: Agreement) -> None:
    """Recurring measures of a register of the user's own."""
    named = {match.id: match.name for measure in agreement.measures for match in measure.recurring}
    named.update({mention.id: named.get(mention.id, mention.text) for mention in agreement.mentions})
    connection.executemany("INSERT OR IGNORE INTO recurring_measures (id, name) VALUES (?, ?)", sorted(named.items()))
    municipalities = [(m.code, m.name, m.county) for m in agreement.municipalities]
    connection.executemany("INSERT OR IGNORE INTO municipalities (code, name, county) VALUES (?, ?, ?)", municipalities)


def _agreement_row(connection: sqlite3.Connection, entry: Kept, agreement: Agreement) -> Item:
    sightings = truth.sightings_of(connection, entry.source)
    (extractor,) = connection.execute("SELECT extractor FROM extractions WHERE source = ?", (entry.source,)).fetchone()
    facts = truth.merged_facts(sightings)
    period, source = agreement.period, agreement.source
    return {
        "id": entry.id,
        "title": agreement.title,
        "kind": agreement.kind,
        "municipality": _joined(municipality.name for municipality in agreement.municipalities),
        "county": _joined(municipality.county for municipality in agreement.municipalities),
        "police_region": _joined(_police_region(municipality.code) for municipality in agreement.municipalities),
        "start_date": period.start,
        "end_date": period.end,
        "period_text": period.text,
        "first_year": _year(period.start),
        "last_year": _year(period.end),
        "open_ended": int(bool(period.start and not period.end)),
        "diary_number": agreement.diary_number,
        "replaces": agreement.replaces,
        "decided_by": agreement.decided.body,
        "decided_on": agreement.decided.date,
        **_counts(agreement),
        "copy_of": None,
        "file": sightings[0].name if sightings else source.file,
        "address": next((sighting.address for sighting in sightings if sighting.address), None),
        "media_type": source.media_type,
        "pages": source.pages,
        "ocr": int(source.ocr),
        "sha256": entry.source,
        "position": entry.position,
        "slug": agreement.id,
        "schema_version": agreement.schema_version,
        "extractor": extractor,
        "facts": truth.facts_json(facts) if facts else None,
    }


def _counts(agreement: Agreement) -> Item:
    fields = ("focus_areas", "goals", "problem_pictures", "measures", "signatories", "warnings")
    counts: Item = {field: len(getattr(agreement, field)) for field in fields}
    return {**counts, "targets": sum(len(goal.targets) for goal in agreement.goals)}


def _joined(names: Iterable[str]) -> str | None:
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _year(day: str | None) -> int | None:
    return int(day[:4]) if day and day[:4].isdigit() else None


@cache
def _police_regions() -> Mapping[str, str]:
    return {row["code"]: row["police_region"] for row in load_table("municipalities.csv")}


def _police_region(code: str) -> str:
    return _police_regions().get(code, "")


def _add_passages(
    connection: sqlite3.Connection, identity: str, agreement: Agreement, document: Document | None
) -> None:
    passages = list(passages_of(agreement, document))
    connection.executemany(
        "INSERT INTO passages (agreement, kind, value, page, text) VALUES (?, ?, ?, ?, ?)",
        [
            (
                identity,
                passage.kind,
                f"{identity}.{passage.value}" if passage.value else None,
                passage.page,
                passage.text,
            )
            for passage in passages
        ],
    )
    _add_to_index(connection, identity, [passage.text for passage in passages])


def _add_to_index(connection: sqlite3.Connection, identity: str, texts: Sequence[str]) -> None:
    by_text = [[(word.norm, word.stem) for word in words_of(text)] for text in texts]
    forms = [form for words in by_text for form in words]
    sketch = sketch_of([norm for norm, _ in words] for words in by_text)
    connection.execute("INSERT INTO sketches (agreement, sketch) VALUES (?, ?)", (identity, pack(sketch)))
    keys = [(key, identity) for key in sketch[:KEYS]]
    connection.executemany("INSERT INTO sketch_keys (key, agreement) VALUES (?, ?)", keys)
    cursor = connection.execute("INSERT INTO search_entries (agreement) VALUES (?)", (identity,))
    stems = " ".join(stem for _, stem in forms)
    connection.execute("INSERT INTO search_index (rowid, stems) VALUES (?, ?)", (cursor.lastrowid, stems))
    connection.executemany("INSERT OR IGNORE INTO words (word, stem) VALUES (?, ?)", sorted(set(forms)))
