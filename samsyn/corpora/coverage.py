"""What a corpus has and lacks: takes filters, gives the years of each municipality, and its agreements in order."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, NamedTuple

from samsyn.corpora.filters import Filters, condition_of, place_condition
from samsyn.corpora.validity import Valid, valid_agreements
from samsyn.errors import CorpusError
from samsyn.models.table import Column, Row, Table, TableSchema

By = Literal["municipality", "county", "year"]

COVERAGE = TableSchema(
    "coverage",
    "For which years each municipality has an agreement in the corpus",
    (
        Column("code"),
        Column("municipality"),
        Column("county"),
        Column("agreements", "integer"),
        Column("covered", description="years with a valid agreement"),
        Column("missing", description="years without"),
        Column("share", "number", "covered years of all"),
    ),
    key=("code",),
)
_COVERAGE_BY = {
    "county": TableSchema(
        "coverage",
        "How many municipalities of each county have an agreement in the corpus",
        (
            Column("county"),
            Column("municipalities", "integer"),
            Column("with_agreement", "integer", "municipalities with an agreement in any of the years"),
            Column("share", "number", "covered municipality-years of all"),
        ),
        key=("county",),
    ),
    "year": TableSchema(
        "coverage",
        "How many municipalities have an agreement in the corpus, year by year",
        (
            Column("year", "integer"),
            Column("municipalities", "integer"),
            Column("with_agreement", "integer", "municipalities with a valid agreement"),
            Column("share", "number"),
        ),
        key=("year",),
    ),
}


class _Covered(NamedTuple):
    code: str
    name: str
    county: str
    agreements: int
    years: frozenset[int]


def coverage(connection: sqlite3.Connection, filters: Filters, *, by: By = "municipality") -> Table:
    """Which municipalities, and which of their years, the corpus has agreements for, and which are missing.

    The years are those of the filters, else from the first to the last that any agreement is valid in. Raises
    CorpusError when there are none.
    """
    years, covered = _covered(connection, filters)
    if by == "municipality":
        rows: list[Row] = [
            (
                place.code,
                place.name,
                place.county,
                place.agreements,
                spans_of(place.years),
                spans_of({*years} - place.years),
                round(len(place.years) / len(years), 4),
            )
            for place in covered
        ]
        return Table(COVERAGE, rows)
    if by == "year":
        rows = [
            (year, len(covered), have := sum(year in place.years for place in covered), round(have / len(covered), 4))
            for year in years
        ]
        return Table(_COVERAGE_BY["year"], rows)
    counties: dict[str, list[_Covered]] = defaultdict(list)
    for place in covered:
        counties[place.county].append(place)
    rows = [
        (
            county,
            len(places),
            sum(bool(place.years) for place in places),
            round(sum(len(place.years) for place in places) / (len(places) * len(years)), 4),
        )
        for county, places in sorted(counties.items())
    ]
    return Table(_COVERAGE_BY["county"], rows)


def _covered(connection: sqlite3.Connection, filters: Filters) -> tuple[range, list[_Covered]]:
    agreements = list(valid_agreements(connection, filters))
    known = {year for agreement in agreements for year in agreement.years}
    first, last = filters.first_year or min(known, default=0), filters.last_year or max(known, default=0)
    if not first or not last or first > last:
        raise CorpusError("no agreement that is asked for has a period; give the years with --year 2016-2024")
    years = range(first, last + 1)
    found: dict[str, list[Valid]] = defaultdict(list)
    for agreement in agreements:
        for code, *_ in agreement.municipalities:
            found[code].append(agreement)
    covered = [
        _Covered(
            code, name, county, len(found[code]), frozenset(y for one in found[code] for y in one.years if y in years)
        )
        for code, name, county in _asked_places(connection, filters)
    ]
    if not covered:
        raise CorpusError("there is no such municipality")
    return years, covered


def _asked_places(connection: sqlite3.Connection, filters: Filters) -> list[tuple[str, str, str]]:
    """Every municipality of the register that the filters let through, with agreements or without."""
    condition = place_condition(filters)
    return connection.execute(
        f"SELECT code, name, county FROM municipalities WHERE {condition.sql} ORDER BY code", condition.parameters
    ).fetchall()


def spans_of(years: Iterable[int]) -> str | None:
    """Years in few words: '2016–2019, 2021'; None for none."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans) or None


SERIES = TableSchema(
    "series",
    "The agreements of each municipality and kind in order, and the days between them that none is valid",
    (
        Column("municipality"),
        Column("kind"),
        Column("agreement", references="agreements"),
        Column("start_date", "date"),
        Column("end_date", "date"),
        Column("replaces", description="the one before it", references="agreements"),
        Column("gap_days", "integer", "days between the end of the ones before and its first day"),
    ),
    key=("municipality", "kind", "agreement"),
)


def series(connection: sqlite3.Connection, filters: Filters) -> Table:
    """The agreements of each municipality and kind in order, with the gaps between them."""
    condition = condition_of(connection, filters)
    rows = connection.execute(
        f"""
        WITH ordered AS (
            SELECT municipalities.name, agreements.kind, agreements.id, start_date, end_date, open_ended,
                max(CASE WHEN open_ended THEN '9999-12-31' ELSE end_date END) OVER (
                    PARTITION BY code, agreements.kind ORDER BY start_date, agreements.id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ) AS covered_to
            FROM agreements
            JOIN agreement_municipalities ON agreement = agreements.id
            JOIN municipalities ON code = agreement_municipalities.municipality
            WHERE start_date IS NOT NULL AND {condition.sql}
        )
        SELECT name, kind, id, start_date, end_date,
            (SELECT min(other) FROM relations WHERE agreement = ordered.id AND relation = 'replaces'),
            CASE WHEN covered_to < start_date THEN
                CAST(julianday(start_date) - julianday(covered_to) - 1 AS INTEGER) END
        FROM ordered ORDER BY name, kind, start_date, id
        """,
        condition.parameters,
    ).fetchall()
    return Table(SERIES, [(*row[:-1], row[-1] or None) for row in rows])
