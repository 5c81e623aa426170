"""Those who sign: the same person again, a new person in the role, the same person in a new role."""

from __future__ import annotations

import pytest

from samsyn.comparing.persons import compare_signatories, role_of
from samsyn.comparing.substance import Periods
from samsyn.models.agreement import PartyKind, Period, Signatory
from samsyn.models.comparison import Change

PERIODS = Periods(Period(), Period())


def person(
    name: str, title: str | None, party: PartyKind | None = "municipality", organisation: str | None = None
) -> Signatory:
    """One who signs."""
    return Signatory(name=name, title=title, party=party, organisation=organisation, date="2024-01-01")


def kinds(old: list[Signatory], new: list[Signatory]) -> list[tuple[str | None, str | None, str]]:
    """Old name, new name and kind of each change."""

    def named(change: Change) -> tuple[str | None, str | None, str]:
        old, new = (side.label if side else None for side in (change.old, change.new))
        return old, new, change.kind

    return [named(change) for change in compare_signatories(old, new, PERIODS)]  # fmt: skip


def test_person_before_role() -> None:
    """Protects people: who signs again in another role is not taken for two."""
    old = [person("Vilgot Askelund", "Kommundirektör"), person("Berit Hallhagen", "Kommunstyrelsens ordförande")]
    new = [person("Vilgot Askelund", "Kommunstyrelsens ordförande"), person("Tyra Lindmo", "Kommundirektör")]
    assert kinds(old, new) == [
        ("Vilgot Askelund", "Vilgot Askelund", "new_role"),
        ("Berit Hallhagen", None, "dropped"),
        (None, "Tyra Lindmo", "new"),
    ]


def test_new_person_in_the_same_role_under_its_new_name() -> None:
    """Protects the role: a närpolischef is followed by a lokalpolisområdeschef, a KSO by the chair of the board."""
    old = [person("Sixten Brolund", "Närpolischef", "police"), person("Elsa Myrvik", "KSO")]
    new = [
        person("Hedda Ottosby", "Kommunstyrelsens ordförande"),
        person("Ivar Kullen", "Chef lokalpolisområde Vätterbygd", "police"),
    ]
    assert kinds(old, new) == [
        ("Sixten Brolund", "Ivar Kullen", "new_person"),
        ("Elsa Myrvik", "Hedda Ottosby", "new_person"),
    ]


def test_same_person_spelt_otherwise() -> None:
    """Protects against a misspelt name: one letter more is not a new person."""
    assert kinds([person("Stefan Hallberg", "KSO")], [person("Stefan Halberg", "KSO")])[0][2] == "reworded"


def test_day_of_signing_is_no_change() -> None:
    """Protects 'unchanged': who signs again, in the same role, signs on another day."""
    later = person("Elsa Myrvik", "KSO").model_copy(update={"date": "2028-01-01"})
    assert kinds([person("Elsa Myrvik", "KSO")], [later])[0][2] == "kept"


def test_roles_of_other_parties_are_not_mixed() -> None:
    """Protects parties: the chief of one body does not follow the chief of another."""
    old = [person("Elsa Myrvik", "Chef", "police")]
    new = [person("Hedda Ottosby", "Chef", "other")]
    assert {kind for _, _, kind in kinds(old, new)} == {"dropped", "new"}


def test_chairs_of_two_municipalities_stay_apart() -> None:
    """Protects agreements of several municipalities: each chair follows the one of the same municipality."""
    old = [
        person("A Ek", "Kommunstyrelsens ordförande", organisation="Solna stad"),
        person("B Ask", "Kommunstyrelsens ordförande", organisation="Sundbybergs stad"),
    ]
    new = [
        person("C Alm", "Kommunstyrelsens ordförande", organisation="Sundbybergs stad"),
        person("D Björk", "Kommunstyrelsens ordförande", organisation="Solna stad"),
    ]
    assert kinds(old, new) == [("A Ek", "D Björk", "new_person"), ("B Ask", "C Alm", "new_person")]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Kommunstyrelsens ordförande (S)", "chair"),
        ("Kommunalråd", "chair"),
        ("1:e v. ordförande kommunstyrelsen", "deputy chair"),
        ("LPO-chef", "police chief"),
        ("Biträdande lokalpolisområdeschef", "deputy police chief"),
        ("Vaktmästare", None),
    ],
)
def test_titles_name_roles(title: str, role: str | None) -> None:
    """Protects the vocabulary of roles: several names of one role, and deputies apart."""
    assert role_of(title) == role


def test_an_organisation_left_out_is_no_change() -> None:
    """Protects against noise: a block that names no organisation has not taken anyone from the police."""
    old = [person("Vilgot Askelund", "Lokalpolisområdeschef", "police", "Polismyndigheten")]
    changes = compare_signatories(old, [person("Vilgot Askelund", "Lokalpolisområdeschef", "police")], PERIODS)
    assert [change.kind for change in changes] == ["kept"]
