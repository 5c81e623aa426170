"""Protects what a document is: its own title out of a cover, its kind by the title's head word, its stable id."""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.extract.finders.identity import kind_of_title, make_slug
from samsyn.extract.finders.metadata import find_metadata
from samsyn.models.agreement import Municipality, Period
from samsyn.vocabulary.load import load_toml
from tests.case_papers import case_files, read_case


@pytest.mark.parametrize("path", case_files("identity"), ids=lambda path: path.stem)
def test_identity_of_case(path: Path) -> None:
    """Each case file gives the title, kind and id it expects."""
    document, parts, expected = read_case(path)
    found = find_metadata(document, parts)
    assert {"title": found.title, "kind": found.kind, "id": found.id} == expected


@pytest.mark.parametrize(
    ("title", "kind"),
    [(example, entry["name"]) for entry in load_toml("metadata.toml")["kind"] for example in entry["examples"]],
)
def test_the_vocabularys_own_examples(title: str, kind: str) -> None:
    """Every title that the vocabulary gives as an example of a kind is of that kind."""
    assert kind_of_title(title) == kind


def test_a_title_that_names_no_kind_gives_none() -> None:
    """A slogan decides nothing by itself."""
    assert kind_of_title("Tillsammans för ett tryggt Arvika") is None


def test_slug_of_unknown_place_is_the_files_stem() -> None:
    """Without a municipality the id is made of the file's name, fit for an address."""
    assert make_slug((), "annat", Period(), "Trygg & Säker (2)") == "trygg-saker-2"


def test_slug_has_one_year_when_the_period_is_one() -> None:
    """A year is not repeated, and Swedish letters are folded."""
    place = Municipality(code="1286", name="Åmål", county="Västra Götalands län")
    period = Period(start="2021-01-01", end="2021-12-31")
    assert make_slug((place,), "medborgarlöfte", period, "x") == "amal-medborgarlofte-2021"
