"""Protects the register of municipalities: every name is found, and how a name stands is told."""

from __future__ import annotations

import pytest

from samsyn.vocabulary.gazetteer import Standing, find_places, municipality
from samsyn.vocabulary.load import load_table


def test_register_has_every_municipality_once() -> None:
    """There are 290 municipalities, each with a code of its own that begins with its county's."""
    rows = load_table("municipalities.csv")
    assert len({row["code"] for row in rows}) == len(rows) == 290
    assert all(row["code"].startswith(row["county_code"]) for row in rows)


@pytest.mark.parametrize("row", load_table("municipalities.csv"), ids=lambda row: row["name"])
def test_every_full_name_is_found(row: dict[str, str]) -> None:
    """The name a municipality uses of itself stands as a municipality in a sentence about the parties."""
    text = f"Överenskommelse mellan {row['full_name']} och Polismyndigheten"
    assert [(place.code, place.standing) for place in find_places(text)] == [(row["code"], Standing.MUNICIPALITY)]


def test_every_alias_leads_to_its_municipality() -> None:
    """No alias of one municipality is read as another."""
    for row in load_table("municipalities.csv"):
        for alias in row["aliases"].split(";"):
            assert {place.code for place in find_places(f"i {alias} har")} == {row["code"]}, alias


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det ska vara tryggt. Vara ute sent", []),
        ("Strängnäs kommuns handlingsplan", [("0486", "municipality")]),
        ("VARA KOMMUN", [("1470", "municipality")]),
        ("Region Stockholm", [("0180", "police")]),
        ("Region Gotland", [("0980", "municipality")]),
        ("lokalpolisområde Uppsala/Knivsta", [("0380", "police"), ("0330", "police")]),
        ("Växjö lokalpolisområde", [("0780", "police")]),
        ("Polismyndigheten i Kalmar län", [("0880", "county")]),
        ("Trygga Eskilstuna", [("0484", "brand")]),
        ("Håbo och Habo", [("0305", "place"), ("0643", "place")]),
        ("Solna- och Sundbybergs kommuner", [("0184", "municipality"), ("0183", "municipality")]),
        ("Malåträsk och Salabacke", []),
        ("Upplands Väsby kommun", [("0114", "municipality")]),
    ],
)
def test_how_a_name_stands(text: str, expected: list[tuple[str, str]]) -> None:
    """A name is a municipality, a mere place, part of the police's or a county's name, or a brand."""
    assert [(place.code, str(place.standing)) for place in find_places(text)] == expected


def test_municipality_by_code() -> None:
    """The register gives name and county to a code."""
    assert municipality("2281").name == "Sundsvall"
    assert municipality("2281").county == "Västernorrlands län"
