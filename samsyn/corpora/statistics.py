"""How much a corpus holds, and how complete it is: takes filters, gives counts and shares."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from samsyn.corpora.filters import Filters, condition_of
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
    ("with someone responsible", "responsible IS NOT NULL"),
    ("with a schedule", "schedule IS NOT NULL"),
    ("with follow-up or indicator", "follow_up IS NOT NULL OR indicator IS NOT NULL"),
    ("with reported outcomes", "outcomes IS NOT NULL"),
    ("that are a recurring measure", "id IN (SELECT measure FROM measure_recurring)"),
)


def statistics(connection: sqlite3.Connection, filters: Filters) -> Table:
    """How much the corpus holds, by kind, and how complete it is; one copy of each agreement is counted."""
    condition = condition_of(connection, filters)
    wanted = f"SELECT id FROM agreements WHERE {condition.sql}"
    parameters = condition.parameters
    rows: list[Row] = [(name, _count(connection, sql, ()), None) for name, sql in _TOTALS]
    agreements = _count(connection, f"SELECT count(*) FROM ({wanted})", parameters)
    rows.append(("agreements", agreements, None))
    for kind, number in connection.execute(
        f"SELECT kind, count(*) FROM agreements WHERE {condition.sql} GROUP BY kind ORDER BY 2 DESC, 1", parameters
    ):
        rows.append((kind, number, _share(number, agreements)))
    for name, sql in _OF_AGREEMENTS:
        number = _count(connection, f"SELECT count(*) FROM agreements WHERE ({sql}) AND id IN ({wanted})", parameters)
        rows.append((f"agreements {name}", number, _share(number, agreements)))
    places = f"SELECT count(DISTINCT municipality) FROM agreement_municipalities WHERE agreement IN ({wanted})"
    every = _count(connection, "SELECT count(*) FROM municipalities", ())
    number = _count(connection, places, parameters)
    rows.append(("municipalities with an agreement", number, _share(number, every)))
    for table in ("focus_areas", "goals", "targets", "problem_pictures", "measures", "mentions", "signatories"):
        number = _count(connection, f"SELECT count(*) FROM {table} WHERE agreement IN ({wanted})", parameters)
        rows.append((table, number, None))
    measures = f"SELECT count(*) FROM measures WHERE agreement IN ({wanted})"
    every = _count(connection, measures, parameters)
    for name, sql in _OF_MEASURES:
        number = _count(connection, f"{measures} AND ({sql})", parameters)
        rows.append((f"measures {name}", number, _share(number, every)))
    return Table(STATISTICS, rows)


def _count(connection: sqlite3.Connection, sql: str, parameters: Sequence[str | int]) -> int:
    return int(connection.execute(sql, parameters).fetchone()[0])


def _share(number: int, every: int) -> float | None:
    return round(number / every, 4) if every else None
