"""Abbreviations of committees: by the document's own words, per municipality, or the same everywhere; else unknown."""

from __future__ import annotations

import pytest

import samsyn
from samsyn.models.agreement import Agreement
from samsyn.vocabulary.gazetteer import municipality
from samsyn.vocabulary.load import load_toml


def read(municipality: str, responsible: str, *paragraphs: str) -> Agreement:
    """An agreement of the municipality with one measure."""
    lines = [f"# Samverkansöverenskommelse mellan {municipality} och Polismyndigheten 2022–2025"]
    table = f"| Åtgärd | Ansvarig |\n|---|---|\n| Nattvandring | {responsible} |"
    return samsyn.extract_agreement("\n\n".join([*lines, *paragraphs, table]).encode(), file="avtal.md")


def names(agreement: Agreement) -> dict[str, tuple[str | None, str | None]]:
    """By abbreviation: the name and how it is known."""
    return {unit.abbreviation: (unit.name, unit.basis) for unit in agreement.units}


@pytest.mark.parametrize(
    ("municipality", "name", "basis"),
    [
        ("Eskilstuna kommun", "socialnämnden", "municipality"),
        ("Malmö stad", "servicenämnden", "municipality"),
        ("Ånge kommun", None, None),
    ],
)
def test_the_municipality_decides(municipality: str, name: str | None, basis: str | None) -> None:
    """Protects issue 4: SN is not the same everywhere; where it is not known it is left as written."""
    agreement = read(municipality, "SN")
    assert names(agreement) == {"SN": (name, basis)}
    assert agreement.measures[0].responsible == ("SN",)


def test_the_documents_own_words_come_first() -> None:
    """Protects what is written: brackets and lists of abbreviations outrank the table, with evidence."""
    agreement = read(
        "Malmö stad", "SN, TN, KS", "Ärendet bereds av Sociala nämnden (SN).", "TN tekniska nämnden, KS, XN samt YN"
    )
    assert names(agreement) == {
        "SN": ("Sociala nämnden", "document"),
        "TN": ("tekniska nämnden", "document"),
        "KS": ("kommunstyrelsen", "general"),
    }
    assert agreement.units[0].evidence[0].text == "Sociala nämnden"


def test_full_names_and_other_abbreviations_are_no_units() -> None:
    """Protects against inventions: only abbreviations of responsible units are listed, a measure's is not."""
    assert read("Malmö stad", "Servicenämnden", "Nämnden arbetar med SSPF.").units == ()
    assert names(read("Ånge kommun", "XYN", "Ett avtal om fritid (XYN) finns.")) == {"XYN": (None, None)}


def test_the_table_of_names_holds_together() -> None:
    """Protects the data: known municipalities, names in words, nothing that the general list says already."""
    known = load_toml("units.toml")
    for code, units in known["municipalities"].items():
        assert municipality(code).code == code
        assert not set(units) & set(known["general"])
    for units in (known["general"], *known["municipalities"].values()):
        assert all(short == short.upper() and name.lower() != name.upper() for short, name in units.items())
