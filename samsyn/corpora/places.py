"""Takes what a person calls a municipality, county or police region, gives the register's name, or what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from samsyn.errors import CorpusError
from samsyn.models.agreement import Municipality
from samsyn.similarity import edit_distance, folded, normal_form
from samsyn.vocabulary.load import load_table, load_toml

_NEAR = 2
"""Edits within which a name is offered as what was perhaps meant."""


def municipality_named(name: str) -> Municipality:
    """The municipality of that name, alias or code. Raises CorpusError, with near names, when there is none."""
    found = _municipalities().get(_plain(name))
    if found is None:
        names = [municipality.name for municipality in _by_code().values()]
        raise CorpusError(f"no municipality is called {name!r}{_perhaps(name, names)}")
    return found


def county_named(name: str) -> str:
    """The county's full name, such as 'Skåne län'; raises CorpusError when there is none."""
    counties = {municipality.county for municipality in _by_code().values()}
    known = {form: county for county in counties for form in _county_forms(county)}
    return _found(name, known, counties, "county")


def police_region_named(name: str) -> str:
    """The police region's name, such as 'Öst'; raises CorpusError when there is none."""
    regions = {row["police_region"] for row in load_table("municipalities.csv")}
    return _found(name, {_plain(region): region for region in regions}, regions, "police region")


def _found(name: str, known: Mapping[str, str], names: Iterable[str], what: str) -> str:
    found = known.get(_plain(name))
    if found is None:
        raise CorpusError(f"no {what} is called {name!r}{_perhaps(name, names)}")
    return found


def _plain(name: str) -> str:
    return " ".join(normal_form(name).replace("-", " ").split())


@cache
def _by_code() -> dict[str, Municipality]:
    return {
        row["code"]: Municipality(code=row["code"], name=row["name"], county=row["county"])
        for row in load_table("municipalities.csv")
    }


@cache
def _municipalities() -> dict[str, Municipality]:
    known: dict[str, Municipality] = {}
    for row in load_table("municipalities.csv"):
        names = (row["code"], row["name"], row["full_name"], *row["aliases"].split(";"))
        known.update({_plain(name): _by_code()[row["code"]] for name in names if name})
    return known


def _county_forms(county: str) -> set[str]:
    bare = _plain(county)
    for suffix in load_toml("corpus.toml")["county"]["suffixes"]:
        bare = bare.removesuffix(f" {suffix}")
    return {_plain(county), bare, bare.removesuffix("s")}


def _perhaps(name: str, names: Iterable[str]) -> str:
    """Names that differ by letter marks or a slip of the finger; a suggestion, never taken for the name itself."""
    plain = _plain(name)
    edits = {known: edit_distance(plain, _plain(known), _NEAR) for known in names}
    near = [known for known, count in edits.items() if folded(_plain(known)) == folded(plain) or count <= _NEAR]
    near.sort(key=lambda known: (edits[known], known))
    return f"; did you mean {', '.join(near[:3])}?" if near else ""
