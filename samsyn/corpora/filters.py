"""Takes what a person wants of the corpus (places, years, kinds, a recurring measure), gives an SQL condition."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from samsyn.corpora.places import county_named, municipality_named, police_region_named
from samsyn.errors import CorpusError


class Filters(NamedTuple):
    """Which agreements are meant; several values of one field are alternatives, empty means all."""

    municipalities: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    first_year: int | None = None
    """Valid in this year or later."""
    last_year: int | None = None
    """Valid in this year or earlier."""
    kinds: tuple[str, ...] = ()
    recurring: tuple[str, ...] = ()
    """Ids of recurring measures; their children in the register count too."""
    copies: bool = False
    """True to count every copy of an agreement, not one of them."""


EVERYTHING = Filters()
"""Every agreement, one copy of each."""


class Condition(NamedTuple):
    """A condition on the table `agreements`, with its parameters."""

    sql: str
    parameters: tuple[str | int, ...]


ONE_COPY = Condition("agreements.copy_of IS NULL", ())
"""What is left of the condition when everything is wanted, one copy of each agreement."""


def condition_of(connection: sqlite3.Connection, filters: Filters) -> Condition:
    """The condition; raises CorpusError for a name that nothing is called."""
    parts = list(_parts(connection, filters))
    sql = " AND ".join(part.sql for part in parts) or "1"
    return Condition(sql, tuple(value for part in parts for value in part.parameters))


def years_of(text: str) -> tuple[int | None, int | None]:
    """The first and last year of '2016', '2016-2019', '2016-' or '-2019'. Raises CorpusError for anything else."""
    first, mark, last = text.replace("–", "-").partition("-")
    if not all(part.strip() == "" or (part.strip().isdigit() and len(part.strip()) == 4) for part in (first, last)):
        raise CorpusError(f"{text!r} is no year such as 2016, nor years such as 2016-2019")
    start = int(first) if first.strip() else None
    end = int(last) if last.strip() else None if mark else start
    if (start is None and end is None) or (start and end and end < start):
        raise CorpusError(f"{text!r} is no year such as 2016, nor years such as 2016-2019")
    return start, end


def _parts(connection: sqlite3.Connection, filters: Filters) -> Iterator[Condition]:
    place = place_condition(filters)
    if place.parameters:
        yield Condition(
            "EXISTS (SELECT 1 FROM agreement_municipalities JOIN municipalities ON code = municipality "
            f"WHERE agreement = agreements.id AND {place.sql})",
            place.parameters,
        )
    if filters.first_year is not None:
        yield Condition("(last_year >= ? OR open_ended)", (filters.first_year,))
    if filters.last_year is not None:
        yield Condition("first_year <= ?", (filters.last_year,))
    if filters.kinds:
        yield Condition(f"agreements.kind IN ({_marks(filters.kinds)})", filters.kinds)
    if filters.recurring:
        ids = with_children(connection, filters.recurring)
        yield Condition(
            f"(agreements.id IN (SELECT agreement FROM mentions WHERE recurring IN ({_marks(ids)})) "
            f"OR agreements.id IN (SELECT agreement FROM measure_recurring WHERE recurring IN ({_marks(ids)})))",
            ids + ids,
        )
    if not filters.copies:
        yield ONE_COPY


def place_condition(filters: Filters) -> Condition:
    """The condition on the table `municipalities`. Raises CorpusError for a name that nothing is called."""
    places = list(_places(filters))
    sql = f"({' OR '.join(place.sql for place in places)})" if places else "1"
    return Condition(sql, tuple(value for place in places for value in place.parameters))


def _places(filters: Filters) -> Iterator[Condition]:
    if filters.municipalities:
        codes = tuple(municipality_named(name).code for name in filters.municipalities)
        yield Condition(f"code IN ({_marks(codes)})", codes)
    if filters.counties:
        counties = tuple(county_named(name) for name in filters.counties)
        yield Condition(f"municipalities.county IN ({_marks(counties)})", counties)
    if filters.regions:
        regions = tuple(police_region_named(name) for name in filters.regions)
        yield Condition(f"municipalities.police_region IN ({_marks(regions)})", regions)


def with_children(connection: sqlite3.Connection, ids: Iterable[str]) -> tuple[str, ...]:
    """The recurring measures and all that are forms of them. Raises CorpusError for an id that none has."""
    wanted = tuple(ids)
    for identity in wanted:
        if not connection.execute("SELECT 1 FROM recurring_measures WHERE id = ?", (identity,)).fetchone():
            raise CorpusError(f"no recurring measure has the id {identity!r}; see 'samsyn measures list'")
    rows = connection.execute(
        f"""
        WITH RECURSIVE family(id) AS (
            SELECT id FROM recurring_measures WHERE id IN ({_marks(wanted)})
            UNION SELECT recurring_measures.id FROM recurring_measures JOIN family ON parent = family.id
        )
        SELECT id FROM family ORDER BY id
        """,
        wanted,
    )
    return tuple(row[0] for row in rows)


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
