"""What the focus areas of agreements are about: takes filters, gives themes with how many agreements have each."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from samsyn.corpora.filters import Filters
from samsyn.corpora.validity import Valid, valid_agreements
from samsyn.models.table import Column, Row, Table, TableSchema
from samsyn.vocabulary.groups import load_themes, themes_of
from samsyn.words import words_of

By = Literal["all", "year"]

_MOST_TITLES = 4
"""Titles that are given as examples of a theme."""
_THEME = (
    Column("id", description="of the theme (samsyn/vocabulary/groups.toml); empty for a title that has none"),
    Column("name", description="the theme, or the title as most agreements write it"),
)
AREAS = TableSchema(
    "areas",
    "What focus areas are about, and how many agreements have one of each",
    (
        *_THEME,
        Column("agreements", "integer", "agreements with such a focus area"),
        Column("of", "integer", "agreements with any focus area"),
        Column("share", "number"),
        Column("first_year", "integer", "first year in which one is valid"),
        Column("last_year", "integer", "last year in which one is valid"),
        Column("titles", description="the commonest titles"),
    ),
    key=("name",),
)


class _Area(NamedTuple):
    """A theme, or titles of the same words, with the agreements that have it."""

    id: str | None
    name: str
    agreements: tuple[Valid, ...]
    titles: Counter[str]


def areas(connection: sqlite3.Connection, filters: Filters, *, by: By = "all") -> Table:
    """Themes of focus areas, the commonest first; by year, the share of the agreements valid in it that have each.

    A title of two themes counts in both; titles of no theme are put together when they have the same words.
    """
    having, found = _found(connection, filters)
    if by == "all":
        return Table(AREAS, [_row(area, len(having)) for area in found])
    valid = Counter(year for agreement in having.values() for year in agreement.years)
    years = sorted(valid)
    rows: list[Row] = []
    for area in found:
        counted = Counter(year for agreement in area.agreements for year in agreement.years)
        shares = (round(counted[year] / valid[year], 4) for year in years)
        rows.append((area.id, area.name, len(area.agreements), *shares))
    columns = (*_THEME, AREAS.columns[2], *(Column(str(year), "number", "share of the agreements") for year in years))
    return Table(TableSchema("areas", "What focus areas are about, year by year", columns, ("name",)), rows)


def _row(area: _Area, every: int) -> Row:
    years = [year for agreement in area.agreements for year in agreement.years]
    titles = sorted(area.titles.items(), key=lambda counted: (-counted[1], counted[0]))
    shown = "; ".join(title for title, _ in titles[:_MOST_TITLES])
    number = len(area.agreements)
    return (
        area.id, area.name, number, every, round(number / every, 4),
        min(years, default=None), max(years, default=None), shown,
    )  # fmt: skip


def _found(connection: sqlite3.Connection, filters: Filters) -> tuple[Mapping[str, Valid], list[_Area]]:
    """The agreements that have focus areas, and what those are about."""
    valid = {agreement.id: agreement for agreement in valid_agreements(connection, filters)}
    owners: dict[str, dict[str, None]] = defaultdict(dict)
    titles: dict[str, Counter[str]] = defaultdict(Counter)
    having: dict[str, Valid] = {}
    rows = connection.execute("SELECT agreement, title FROM focus_areas WHERE title IS NOT NULL ORDER BY agreement, id")
    for agreement, title in rows:
        if agreement in valid:
            having[agreement] = valid[agreement]
            for key in keys_of(title):
                owners[key][agreement] = None
                titles[key][title] += 1
    names = {theme.id: theme.sv for theme in load_themes()}
    found = [
        _Area(
            key if key in names else None,
            names.get(key) or min(titles[key].items(), key=lambda counted: (-counted[1], counted[0]))[0],
            tuple(having[agreement] for agreement in owners[key]),
            titles[key],
        )
        for key in owners
    ]
    return having, sorted(found, key=lambda area: (-len(area.agreements), area.name))


def keys_of(title: str) -> Iterator[str]:
    """What the title is counted under: the ids of its themes, else its stems in alphabetical order."""
    themes = themes_of(title)
    if themes:
        yield from (theme.id for theme in themes)
    else:
        yield " ".join(sorted({word.stem for word in words_of(title)})) or title
