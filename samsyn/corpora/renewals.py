"""What is new in the newest agreement of each municipality, beside the one before it: measures, themes of areas."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from samsyn.corpora.areas import keys_of
from samsyn.corpora.filters import Filters
from samsyn.corpora.spread import having
from samsyn.corpora.validity import valid_agreements
from samsyn.models.table import Column, Row, Table, TableSchema
from samsyn.vocabulary.groups import load_themes

By = Literal["item", "municipality"]
What = Literal["measure", "area"]

_ITEM = (
    Column("what", description="measure (a recurring one) or area (a theme of focus areas)"),
    Column("id", description="of the recurring measure or the theme"),
    Column("name"),
)
RENEWALS = TableSchema(
    "renewals",
    "What is new in the newest agreement of each municipality, and what is gone, beside the one before",
    (
        *_ITEM,
        Column("new", "integer", "municipalities whose newest agreement has it and the one before had not"),
        Column("kept", "integer", "municipalities whose newest agreement has it as the one before had"),
        Column("gone", "integer", "municipalities whose newest agreement has it no more"),
        Column("of", "integer", "municipalities with two agreements to compare"),
    ),
    key=("what", "id"),
)
_BY_MUNICIPALITY = TableSchema(
    "renewals",
    RENEWALS.description,
    (
        Column("municipality"),
        Column("agreement", description="the newest", references="agreements"),
        Column("before", description="the one before it", references="agreements"),
        *_ITEM,
        Column("change", description="new, kept or gone"),
    ),
    key=("municipality", "what", "id"),
)


class _Step(NamedTuple):
    """A municipality, its newest agreement and the one before."""

    municipality: str
    newest: str
    before: str


def renewals(connection: sqlite3.Connection, filters: Filters, *, by: By = "item") -> Table:
    """New, kept and gone from the last agreement but one to the last of each municipality.

    What changed in most municipalities comes first. Of the kinds that the filters let through each is compared with
    its own kind. Years are those in which the newest is valid; the one before may be of any year.
    """
    steps = list(_steps(connection, filters))
    changes = list(_changes(connection, steps))
    if by == "municipality":
        rows: list[Row] = [
            (step.municipality, step.newest, step.before, *item, change) for step, item, change in changes
        ]
        return Table(_BY_MUNICIPALITY, sorted(rows, key=lambda row: tuple(str(value) for value in row)))
    places: dict[tuple[str, str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for step, item, change in changes:
        places[item][change].add(step.municipality)
    every = len({step.municipality for step in steps})
    counted: list[Row] = [
        (*item, len(found["new"]), len(found["kept"]), len(found["gone"]), every) for item, found in places.items()
    ]
    counted.sort(key=lambda row: (-int(row[3] or 0) - int(row[5] or 0), -int(row[3] or 0), str(row[2])))
    return Table(RENEWALS, counted)


def _steps(connection: sqlite3.Connection, filters: Filters) -> Iterator[_Step]:
    """Of each municipality and kind the newest agreement that the filters let through, with the one before it."""
    wanted = {agreement.id for agreement in valid_agreements(connection, filters)}
    series: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for name, kind, identity, start in connection.execute(
        "SELECT municipalities.name, agreements.kind, agreements.id, start_date FROM agreements "
        "JOIN agreement_municipalities ON agreement = agreements.id "
        "JOIN municipalities ON code = agreement_municipalities.municipality "
        "WHERE start_date IS NOT NULL AND copy_of IS NULL ORDER BY municipalities.name, kind, start_date, agreements.id"
    ):
        series[name, kind].append((identity, start))
    for (name, _), line in series.items():
        newest = next((entry for entry in reversed(line) if entry[0] in wanted), None)
        earlier = [identity for identity, start in line if newest and start < newest[1]]
        if newest and earlier:
            yield _Step(name, newest[0], earlier[-1])


def _changes(connection: sqlite3.Connection, steps: list[_Step]) -> Iterator[tuple[_Step, tuple[str, str, str], str]]:
    for what, found in (("measure", _measures(connection)), ("area", _areas(connection))):
        for step in steps:
            now, then = found.get(step.newest, {}), found.get(step.before, {})
            for identity, name in sorted({**then, **now}.items()):
                change = "kept" if identity in now and identity in then else "new" if identity in now else "gone"
                yield step, (what, identity, name), change


def _measures(connection: sqlite3.Connection) -> Mapping[str, dict[str, str]]:
    names = dict(connection.execute("SELECT id, name FROM recurring_measures").fetchall())
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for agreement, recurring, _ in having(connection, "any"):
        found[agreement][recurring] = names.get(recurring, recurring)
    return found


def _areas(connection: sqlite3.Connection) -> Mapping[str, dict[str, str]]:
    """Only areas that have a theme: titles of their own are new by nature."""
    names = {theme.id: theme.sv for theme in load_themes()}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for agreement, title in connection.execute("SELECT agreement, title FROM focus_areas WHERE title IS NOT NULL"):
        for key in keys_of(title):
            if key in names:
                found[agreement][key] = names[key]
    return found
