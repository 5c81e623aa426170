"""How much a corpus holds, and how complete it is: takes filters, gives counts and shares."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from samsyn.corpora.filters import Condition, Filters, condition_of
from samsyn.models.table import Column, Row, Table, TableSchema

STATISTICS = TableSchema(
    "statistics",
    "How much there is, and how complete it is",
    (
        Column("statistic"),
        Column("count", "integer"),
        Column("share", "number", "of what the line above it counts, 0-1"),
    ),
    key=("statistic",),
)
_TOTALS = (
    ("files", "SELECT count(*) FROM files"),
    ("files that could not be read", "SELECT count(*) FROM extractions WHERE error IS NOT NULL"),
    ("agreements, all copies", "SELECT count(*) FROM agreements"),
)
_OF_AGREEMENTS = (
    ("with a period", "start_date IS NOT NULL"),
    ("with a municipality", "municipality IS NOT NULL"),
    ("with goals", "goals > 0"),
    ("with a goal that can be measured", "targets > 0"),
    ("with problem pictures", "problem_pictures > 0"),
    ("with measures", "measures > 0"),
    ("with signatories", "signatories > 0"),
    ("with problem pictures, goals and measures", "goals > 0 AND problem_pictures > 0 AND measures > 0"),
    ("with corrections", "corrections > 0"),
)
_OF_MEASURES = (
    ("with someone responsible", "own.responsible IS NOT NULL"),
    ("with a schedule", "own.schedule IS NOT NULL"),
    ("with follow-up or indicator", "own.follow_up IS NOT NULL OR own.indicator IS NOT NULL"),
    ("with reported outcomes", "own.outcomes IS NOT NULL"),
    ("that are a recurring measure", "own.id IN (SELECT measure FROM measure_recurring)"),
)
_COUNTED = ("focus_areas", "goals", "targets", "problem_pictures", "measures", "signatories")
_MUNICIPALITIES = "SELECT count(*) FROM municipalities"


def statistics(connection: sqlite3.Connection, filters: Filters) -> Table:
    """How much the corpus holds, by kind, and how complete it is; one copy of each agreement is counted."""
    condition = condition_of(connection, filters)
    rows: list[Row] = [(name, _count(connection, sql, ()), None) for name, sql in _TOTALS]
    rows += _of_agreements(connection, condition)
    rows += _of_municipalities(connection, condition)
    rows += _of_measures(connection, condition)
    return Table(STATISTICS, rows)


def _of_agreements(connection: sqlite3.Connection, condition: Condition) -> Iterator[Row]:
    every = _count(connection, f"SELECT count(*) FROM agreements WHERE {condition.sql}", condition.parameters)
    yield ("agreements", every, None)
    for kind, number in connection.execute(
        f"SELECT kind, count(*) FROM agreements WHERE {condition.sql} GROUP BY kind ORDER BY 2 DESC, 1",
        condition.parameters,
    ):
        yield (kind, number, _share(number, every))
    sums = ", ".join((*(f"total({sql})" for _, sql in _OF_AGREEMENTS), *(f"total({name})" for name in _COUNTED)))
    values = connection.execute(f"SELECT {sums} FROM agreements WHERE {condition.sql}", condition.parameters).fetchone()
    for (name, _), value in zip(_OF_AGREEMENTS, values, strict=False):
        yield (f"agreements {name}", int(value), _share(int(value), every))
    for name, value in zip(_COUNTED, values[len(_OF_AGREEMENTS) :], strict=True):
        yield (name, int(value), None)


def _of_municipalities(connection: sqlite3.Connection, condition: Condition) -> Iterator[Row]:
    number = _count(
        connection,
        "SELECT count(DISTINCT own.municipality) FROM agreement_municipalities AS own "
        f"JOIN agreements ON agreements.id = own.agreement WHERE {condition.sql}",
        condition.parameters,
    )
    yield ("municipalities with an agreement", number, _share(number, _count(connection, _MUNICIPALITIES, ())))


def _of_measures(connection: sqlite3.Connection, condition: Condition) -> Iterator[Row]:
    sums = ", ".join(f"total({sql})" for _, sql in _OF_MEASURES)
    every, *values = connection.execute(
        f"SELECT count(*), {sums} FROM agreements JOIN measures AS own ON own.agreement = agreements.id "
        f"WHERE {condition.sql}",
        condition.parameters,
    ).fetchone()
    for (name, _), value in zip(_OF_MEASURES, values, strict=True):
        yield (f"measures {name}", int(value), _share(int(value), every))


def _count(connection: sqlite3.Connection, sql: str, parameters: Sequence[str | int]) -> int:
    return int(connection.execute(sql, parameters).fetchone()[0])


def _share(number: int, every: int) -> float | None:
    return round(number / every, 4) if every else None
