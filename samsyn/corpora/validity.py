"""Takes filters, gives the agreements they let through with the places and years in which each is valid."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from samsyn.corpora.filters import Filters, condition_of


class Valid(NamedTuple):
    """An agreement, where and when it is valid."""

    id: str
    municipalities: tuple[tuple[str, str, str], ...]
    """Code, name and county of each."""
    years: range


def valid_agreements(connection: sqlite3.Connection, filters: Filters) -> Iterator[Valid]:
    """The agreements that the filters let through; 'tills vidare' lasts to the newest year the corpus knows of."""
    condition = condition_of(connection, filters)
    places = _places(connection)
    newest = last_year(connection)
    for identity, first, last, open_ended in connection.execute(
        f"SELECT id, first_year, last_year, open_ended FROM agreements WHERE {condition.sql} ORDER BY id",
        condition.parameters,
    ):
        end = newest if open_ended else last
        years = range(first or 1, end + 1) if first and end else range(first, first + 1) if first else range(0)
        yield Valid(identity, tuple(places.get(identity, ())), _within(years, filters))


def _within(years: range, filters: Filters) -> range:
    """The years of the agreement that the filters are about."""
    if not years:
        return years
    return range(max(years.start, filters.first_year or 0), min(years.stop, (filters.last_year or 9999) + 1))


def _places(connection: sqlite3.Connection) -> Mapping[str, Sequence[tuple[str, str, str]]]:
    places: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for agreement, code, name, county in connection.execute(
        "SELECT agreement, code, name, county FROM agreement_municipalities "
        "JOIN municipalities ON code = municipality ORDER BY code"
    ):
        places[agreement].append((code, name, county))
    return places


def last_year(connection: sqlite3.Connection) -> int | None:
    """The newest year that any agreement names; None for a corpus without years."""
    row = connection.execute(
        "SELECT max(max(coalesce(first_year, 0), coalesce(last_year, 0))) FROM agreements"
    ).fetchone()
    return row[0] or None
