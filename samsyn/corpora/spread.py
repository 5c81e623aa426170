"""Recurring measures over agreements, places and years: takes filters, gives the matrix and the timeline."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from samsyn.corpora.filters import Filters, with_children
from samsyn.corpora.validity import Valid, valid_agreements
from samsyn.models.table import Column, Row, Table, TableSchema

By = Literal["agreement", "municipality", "county", "year"]
Basis = Literal["any", "measures"]


def matrix(connection: sqlite3.Connection, filters: Filters, *, by: By = "agreement", basis: Basis = "any") -> Table:
    """Recurring measures against agreements, municipalities, counties or years.

    Cells count how often an agreement has the measure; of the others, how many of their agreements have it. The total
    counts an agreement once, however many places or years it is of.
    """
    agreements = {agreement.id: agreement for agreement in valid_agreements(connection, filters)}
    cells: dict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for identity, recurring, count in having(connection, basis):
        agreement = agreements.get(identity)
        if agreement is not None:
            worth = count if by == "agreement" else 1
            totals[recurring] += worth
            cells[recurring].update(dict.fromkeys(_groups(agreement, by), worth))
    groups = sorted({group for agreement in agreements.values() for group in _groups(agreement, by)})
    columns = (
        Column("id", references="recurring_measures"),
        Column("name"),
        Column("category"),
        Column("total", "integer", "times it is named" if by == "agreement" else "agreements that have it"),
        *(Column(group, "integer") for group in groups),
    )
    rows: list[Row] = [
        (identity, name, category, totals[identity], *(cells[identity][group] for group in groups))
        for identity, name, category in _register(connection)
        if identity in cells
    ]
    rows.sort(key=lambda row: (-totals[str(row[0])], str(row[0])))
    return Table(TableSchema("matrix", f"Recurring measures by {by}", columns), rows)


def having(connection: sqlite3.Connection, basis: Basis) -> list[tuple[str, str, int]]:
    """Which agreement has which recurring measure how often: as a measure that is it, or (any) named anywhere.

    Agreement, id of the recurring measure and number, in order.
    """
    counts: dict[tuple[str, str], int] = {}
    for table in ("measure_recurring", "mentions") if basis == "any" else ("measure_recurring",):
        rows = connection.execute(f"SELECT agreement, recurring, count(*) FROM {table} GROUP BY agreement, recurring")
        counts.update({(agreement, recurring): number for agreement, recurring, number in rows})
    return [(agreement, recurring, number) for (agreement, recurring), number in sorted(counts.items())]


def _register(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    return connection.execute("SELECT id, name, category FROM recurring_measures ORDER BY id").fetchall()


def _groups(agreement: Valid, by: By) -> Iterable[str]:
    if by == "agreement":
        return (agreement.id,)
    if by == "year":
        return (str(year) for year in agreement.years)
    return dict.fromkeys(place[1 if by == "municipality" else 2] for place in agreement.municipalities)


TIMELINE = TableSchema(
    "timeline",
    "The spread of recurring measures: in how many municipalities each is in force, year by year",
    (
        Column("id", references="recurring_measures"),
        Column("name"),
        Column("year", "integer"),
        Column("agreements", "integer", "agreements valid in the year that have it"),
        Column("municipalities", "integer", "municipalities of these agreements"),
        Column("new", "integer", "of them, those that never had it before"),
        Column("of", "integer", "municipalities with any agreement valid in the year"),
        Column("share", "number", "municipalities that have it, of those with an agreement"),
    ),
    key=("id", "year"),
)


def timeline(
    connection: sqlite3.Connection, filters: Filters, recurring: Sequence[str] = (), *, basis: Basis = "any"
) -> Table:
    """Year by year how far each recurring measure, or those named, has spread; their children count with them.

    Raises CorpusError for an id that no recurring measure has.
    """
    agreements = {agreement.id: agreement for agreement in valid_agreements(connection, filters)}
    places: dict[int, set[str]] = defaultdict(set)
    for agreement in agreements.values():
        for year in agreement.years:
            places[year] |= {code for code, *_ in agreement.municipalities}
    owned: dict[str, set[str]] = defaultdict(set)
    for identity, measure, _ in having(connection, basis):
        if identity in agreements:
            owned[measure].add(identity)
    rows: list[Row] = []
    for identity, name, _ in _register(connection):
        if (not recurring and identity in owned) or identity in recurring:
            family = with_children(connection, (identity,)) if recurring else (identity,)
            owners = [agreements[one] for one in sorted(set().union(*(owned[child] for child in family)))]
            rows.extend(_spread(identity, name, owners, places))
    unknown = [identity for identity in recurring if not any(row[0] == identity for row in rows)]
    with_children(connection, unknown)
    return Table(TIMELINE, rows)


def _spread(identity: str, name: str, owners: Sequence[Valid], places: Mapping[int, set[str]]) -> Iterator[Row]:
    by_year: dict[int, list[Valid]] = defaultdict(list)
    for agreement in owners:
        for year in agreement.years:
            by_year[year].append(agreement)
    seen: set[str] = set()
    for year in range(min(by_year), max(by_year) + 1) if by_year else ():
        valid = by_year.get(year, [])
        here = {code for agreement in valid for code, *_ in agreement.municipalities}
        every = len(places.get(year, ()))
        share = round(len(here) / every, 4) if every else None
        yield (identity, name, year, len(valid), len(here), len(here - seen), every, share)
        seen |= here
