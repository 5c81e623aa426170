"""Look-alikes: what tells one of several measures of the same pattern from another."""

from __future__ import annotations

import pytest

from samsyn.compare import compare_agreements
from samsyn.comparing.particulars import kinds_in
from tests.agreements import agreement, measure
from tests.alignment.pairs import PAIRS, load_pair

PAIR = load_pair(PAIRS / "blind-oxelosund.toml")

LOOK_ALIKES = [
    ("Kamerabevakning vid Jordbro station", "Kamerabevakning vid Handens station"),
    ("Föräldramöte om droger i årskurs 7", "Föräldramöte om droger på gymnasiet"),
    ("Utbildning om narkotika för lärare", "Utbildning om narkotika för föräldrar"),
    ("Belysning på torget", "Belysning i gångtunneln"),
    ("Extra vuxna ute på valborg", "Extra vuxna ute på midsommarafton"),
    ("Nätverk för taxiägare mot langning", "Nätverk för krogägare mot langning"),
    ("Fyra medborgardialoger på Norrby", "Fyra medborgardialoger i centrum"),
    ("Kommunen besöker alla gym", "Kommunen besöker alla kiosker"),
    ("Affischer om bedrägerier i kollektivtrafiken", "Affischer om sexualbrott i kollektivtrafiken"),
]
SAME = [
    ("Kamerabevakning vid stationen i Jordbro", "Kameror på Jordbro station"),
    ("Föräldramöte om droger i årskurs 7", "Föräldramöten om droger på högstadiet"),
    ("Polisen besöker Norråsaskolan varje vecka", "Polisen besöker Norråsa två gånger i veckan"),
    ("Extra vuxna ute på skolavslutningen", "Extra vuxna är ute vid skolavslutning och valborg"),
]


def paired(old: str, new: str) -> bool:
    """Whether two agreements of one measure each pair their measures."""
    sides = [
        agreement(measures=(measure(title=text, municipality_action=None, police_action=None, recurring=(), cells={}),))
        for text in (old, new)
    ]
    return any(change.old and change.new for change in compare_agreements(*sides).measures)


@pytest.mark.parametrize(("old", "new"), LOOK_ALIKES)
def test_look_alikes_stay_apart(old: str, new: str) -> None:
    """Protects against the commonest wrong pair: the same sentence about another place, group or occasion."""
    assert not paired(old, new)


@pytest.mark.parametrize(("old", "new"), SAME)
def test_the_same_in_other_words_is_paired(old: str, new: str) -> None:
    """Protects true pairs from being taken for look-alikes: another form of the name, a wider group."""
    assert paired(old, new)


def test_one_title_at_other_places_may_be_another_measure() -> None:
    """Protects titles of one word: what tells two measures called 'Belysning' apart is where; a method may move."""
    lamps = [
        change.change
        for change in compare_agreements(PAIR.old, PAIR.new).measures
        if "Belysning" in (change.old and change.old.label, change.new and change.new.label)
    ]
    assert lamps == ["removed", "added"]
    walks = [
        measure(title="Trygghetsvandring", municipality_action=f"Genomför vandringar i {place}.")
        for place in ("Frösäng", "Peterslund")
    ]
    (change,) = compare_agreements(*(agreement(measures=(walk,)) for walk in walks)).measures
    assert change.change == "changed"


def test_kinds_of_particulars() -> None:
    """Protects how particulars are read: numbers after 'årskurs', streets first in a sentence, names of places."""
    found = kinds_in("Hamnvägen stängs. Årskurs 7 och 8 vandrar i Sjöbo.")
    assert found["stage"] == {"åk 7", "åk 8"}
    assert found["name"] == {"hamnväg", "sjöbo"}
    assert found["site"] == {"sjöbo"}
    assert "place" not in found
