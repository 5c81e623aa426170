"""Takes a corpus and what of it is wanted, gives the data set to be published. The same corpus gives the same rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

from samsyn.corpora import truth
from samsyn.corpora.corrections import laid_over
from samsyn.corpora.filters import EVERYTHING, Condition, Filters, condition_of
from samsyn.corpora.migrations import schema_version
from samsyn.corpora.projection import QUERY_TABLES
from samsyn.corpora.pseudonyms import Pseudonyms
from samsyn.corpora.versions import package_version
from samsyn.errors import CorpusError
from samsyn.models.agreement import SCHEMA_VERSION
from samsyn.models.dataset import Dataset
from samsyn.models.table import Column, Row, Table, TableSchema

SOURCES = TableSchema(
    "sources",
    "The files that the agreements were read from",
    (
        Column("sha256", description="hash of the file's bytes"),
        Column("file", description="name it was met under"),
        Column("address", description="where it was published, when known"),
        Column("bytes", "integer"),
        Column("extractor", description="version of the program and its vocabulary that read it"),
    ),
    key=("sha256",),
)
PASSAGES = TableSchema(
    "passages",
    "The texts of the documents, block by block, as they are searched",
    (
        Column("id", "integer"),
        Column("agreement", references="agreements"),
        Column("kind", description="what the text is: goal, measure ..., or text for what is none of these"),
        Column("value", description="the row of the value"),
        Column("page", "integer"),
        Column("text"),
    ),
)
_UNNAMED = frozenset({"id", "agreement", "sha256", "extractor", "start_date", "end_date"})
"""Columns that hold no text of a person's."""


class Wishes(NamedTuple):
    """What is to be published, and under which name."""

    filters: Filters = EVERYTHING
    title: str = "Samverkansöverenskommelser mellan polis och kommun"
    authors: tuple[str, ...] = ()
    licence: str | None = None
    pseudonymise: bool = False
    texts: bool = False
    """True to publish the texts of the documents too."""


def dataset_of(connection: sqlite3.Connection, wishes: Wishes, quality: Table | None = None) -> Dataset:
    """The data set; its rows are read from the corpus when they are gone through. Raises CorpusError for no rows."""
    condition = condition_of(connection, wishes.filters)
    pseudonyms = _pseudonyms(connection) if wishes.pseudonymise else None
    tables = [*QUERY_TABLES.values(), SOURCES, *((PASSAGES,) if wishes.texts else ())]
    ids = connection.execute(f"SELECT id FROM agreements WHERE {condition.sql} ORDER BY id", condition.parameters)
    wanted = tuple(row[0] for row in ids)
    if not wanted:
        raise CorpusError("there are no such agreements to export")
    return Dataset(
        title=wishes.title,
        authors=wishes.authors,
        licence=wishes.licence,
        tables=tuple(Table(schema, _Rows(connection, schema, condition, pseudonyms)) for schema in tables),
        documents=_Documents(connection, wanted, pseudonyms),
        versions=_versions(connection),
        selection=_selection(wishes.filters),
        pseudonymised=wishes.pseudonymise,
        quality=quality,
    )


class _Rows:
    """The rows of a table that belong to the wanted agreements, read anew each time they are gone through."""

    def __init__(
        self, connection: sqlite3.Connection, schema: TableSchema, condition: Condition, pseudonyms: Pseudonyms | None
    ) -> None:
        self._connection = connection
        self._schema = schema
        self._condition = condition
        self._pseudonyms = pseudonyms

    def __iter__(self) -> Iterator[Row]:
        sql, uses = _query(self._schema, self._condition.sql)
        rows: Iterator[Row] = iter(self._connection.execute(sql, self._condition.parameters * uses))
        return rows if self._pseudonyms is None else map(self._without_names(self._pseudonyms), rows)

    def _without_names(self, pseudonyms: Pseudonyms) -> Callable[[Row], Row]:
        named = {("signatories", "name"), ("correction_states", "who")}
        columns = [
            (column.name not in _UNNAMED and not column.references, (self._schema.name, column.name) in named)
            for column in self._schema.columns
        ]

        def treat(row: Row) -> Row:
            return tuple(
                value
                if not isinstance(value, str) or not treated
                else pseudonyms.name(value)
                if is_name
                else pseudonyms.text(value)
                for value, (treated, is_name) in zip(row, columns, strict=True)
            )

        return treat


def _query(schema: TableSchema, condition: str) -> tuple[str, int]:
    """The table's rows in the order of its key, and how often the condition's parameters are used."""
    wanted = f"(SELECT id FROM agreements WHERE {condition})"
    names = ", ".join(f'"{name}"' for name in schema.names)
    order = ", ".join(f'"{name}"' for name in schema.key)
    if schema.name == "sources":
        return _SOURCES.format(wanted=wanted), 1
    if schema.name == "agreements":
        # What it is a copy of may not be among the wanted.
        copied = f'CASE WHEN copy_of IN {wanted} THEN copy_of END AS "copy_of"'
        columns = names.replace('"copy_of"', copied)
        return f"SELECT {columns} FROM agreements WHERE id IN {wanted} ORDER BY id", 2
    owners = [name for name in schema.names if name == "agreement" or (name == "other" and len(schema.key) > 1)]
    where = " AND ".join(f"{name} IN {wanted}" for name in owners) or "1"
    return f"SELECT {names} FROM {schema.name} WHERE {where} ORDER BY {order}", len(owners)


_SOURCES = """
    SELECT sha256, (SELECT name FROM files WHERE source = sha256 ORDER BY id LIMIT 1),
        (SELECT address FROM files WHERE source = sha256 AND address IS NOT NULL ORDER BY id LIMIT 1), bytes, extractor
    FROM sources JOIN extractions ON source = sha256
    WHERE sha256 IN (SELECT sha256 FROM agreements WHERE id IN {wanted}) ORDER BY sha256
"""


class _Documents:
    """The wanted agreements whole, as JSON, under the names they have in the corpus."""

    def __init__(self, connection: sqlite3.Connection, ids: tuple[str, ...], pseudonyms: Pseudonyms | None) -> None:
        self._connection = connection
        self._ids = ids
        self._pseudonyms = pseudonyms

    def __iter__(self) -> Iterator[str]:
        for identity in self._ids:
            kept = truth.kept_by_id(self._connection, identity)
            if kept is None:
                continue
            agreement = laid_over(self._connection, kept).agreement.model_copy(update={"id": identity})
            data = agreement.model_dump(mode="json")
            if self._pseudonyms is not None:
                for signatory in data["signatories"]:
                    signatory["name"] = self._pseudonyms.name(signatory["name"])
                data = self._pseudonyms.json(data)
            yield json.dumps(data, ensure_ascii=False)


def _pseudonyms(connection: sqlite3.Connection) -> Pseudonyms:
    (salt,) = connection.execute("SELECT value FROM settings WHERE name = 'salt'").fetchone()
    names = connection.execute(
        "SELECT name FROM signatories UNION SELECT ground FROM correction_states WHERE list = 'signatories' "
        "UNION SELECT value FROM correction_states WHERE list = 'signatories' "
        "UNION SELECT value FROM disagreements WHERE field = 'signatories' AND value IS NOT NULL "
        "UNION SELECT other_value FROM disagreements WHERE field = 'signatories' AND other_value IS NOT NULL"
    )
    return Pseudonyms((row[0] for row in names if row[0]), salt)


def _versions(connection: sqlite3.Connection) -> dict[str, str]:
    extractors = connection.execute("SELECT DISTINCT extractor FROM extractions WHERE error IS NULL ORDER BY 1")
    return {
        "samsyn": package_version(),
        "agreement_schema": SCHEMA_VERSION,
        "corpus_schema": str(schema_version(connection)),
        "extractors": ", ".join(row[0] for row in extractors),
    }


def _selection(filters: Filters) -> str:
    said = [
        f"{name}: {', '.join(map(str, value)) if isinstance(value, tuple) else value}"
        for name, value in zip(filters._fields, filters, strict=True)
        if value and name != "copies"
    ]
    copies = "every copy of each agreement" if filters.copies else "one copy of each agreement"
    return "; ".join((*said, copies))
