"""Targets of goals: the ways in which Swedish says how much, how many, how often and by when."""

from __future__ import annotations

import time

import pytest

from samsyn.extract.finders.targets import find_targets
from samsyn.models.agreement import Target
from samsyn.write.labels import target_label


def shown(target: Target) -> str:
    """The target on a line: comparator, value, unit, and where it starts from."""
    start = f" from {target.baseline:g}" if target.baseline is not None else ""
    value = f" {target.value:g}" if target.value is not None else ""
    unit = f" {target.unit}" if target.unit else ""
    return f"{target.comparator}{value}{unit}{start}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # shares
        ("85 procent av invånarna ska känna sig trygga.", "equals 85 procent"),
        ("Drygt 80 procent ska vara trygga.", "equals 80 procent"),
        ("Högst var fjärde invånare ska känna sig otrygg.", "at_most 0.25 andel"),
        ("Varannan vårdnadshavare ska delta i föräldramötet.", "equals 0.5 andel"),
        ("Minst två tredjedelar av eleverna ska känna sig trygga.", "at_least 0.667 andel"),
        ("Tre av fyra invånare ska känna sig trygga.", "equals 0.75 andel"),
        ("Mer än hälften av krogarna ska delta.", "at_least 0.5 andel"),
        ("Inte mer än 5 procent av eleverna ska ha använt narkotika.", "at_most 5 procent"),
        ("Mellan 70 och 80 procent ska vara trygga.", "equals 70 procent"),
        ("Målvärde: 80 procent.", "equals 80 procent"),
        # changes
        ("Antalet stölder ska halveras.", "halve"),
        ("Antalet återfall ska minska till hälften.", "halve"),
        ("Inbrotten ska vara hälften så många 2026.", "halve"),
        ("Det ska finnas dubbelt så många nattvandrare.", "double"),
        ("Andelen otrygga ska minska från 31 till 25 procent.", "decrease 25 procent from 31"),
        ("Otryggheten ska sänkas från nuvarande 25 % till 20 %.", "decrease 20 % from 25"),
        ("Antalet brott ska minska med minst 10 % jämfört med 2021.", "decrease_by 10 %"),
        ("Antalet platser ska minska med 5–10 procent.", "decrease_by 5 procent"),
        ("Brotten ska bli 20 procent färre.", "decrease_by 20 procent"),
        ("Andelen trygga ska öka (68 procent 2022).", "increase procent from 68"),
        ("Andelen trygga ska öka jämfört med 2022 (68 procent).", "increase procent from 68"),
        ("Mål: 75 % (nuläge 68 %).", "equals 75 % from 68"),
        # bounds, turned round by a 'not'
        ("Andelen trygga ska överstiga 80 procent.", "at_least 80 procent"),
        ("Antalet bränder ska inte överstiga 15.", "at_most 15"),
        ("Antalet bilbränder får inte vara fler än fem.", "at_most 5"),
        ("Andelen trygga ska inte understiga 75 procent.", "at_least 75 procent"),
        ("Andelen som druckit ska vara som mest 30 procent.", "at_most 30 procent"),
        ("Kostnaden för klotter ska inte överstiga 1,2 miljoner kronor.", "at_most 1.2e+06 kronor"),
        # levels that are named
        ("Antalet bostadsinbrott ska inte öka.", "at_most"),
        ("Antalet misshandelsbrott ska understiga 2019 års nivå.", "at_most"),
        ("Antalet brott ska ligga kvar på 2020 års nivå.", "equals"),
        ("Inbrotten ska inte bli fler än de var 2011 (96 stycken).", "at_most 96 stycken"),
        ("Andelen ska vara tillbaka på 2008 års nivå, det vill säga fyra procent.", "equals 4 procent"),
        ("Antalet brott per 1 000 invånare ska understiga rikets snitt.", "at_most"),
        ("Andelen ska vara minst lika hög som i riket.", "at_least"),
        # none
        ("Antalet unga i rekryteringsrisk ska vara noll.", "none 0"),
        ("Inga dödade i trafiken.", "none 0"),
        ("Nolltolerans mot narkotika i skolan.", "none 0"),
        # how many and how often
        ("Trygghetsvandringar genomförs tre gånger per år.", "equals 3 gånger per år"),
        ("Minst en trygghetsvandring per kommundel och år.", "at_least 1 trygghetsvandring per kommundel och år"),
        ("Styrgruppen träffas en gång i kvartalet.", "equals 1 gång i kvartalet"),
        ("Mötet hålls varannan vecka.", "equals 1 varannan vecka"),
        ("Färre än tio anmälda bilinbrott per månad.", "at_most 10 anmälda bilinbrott per månad"),
        ("Vi ska genomföra 40 hastighetskontroller under 2023.", "equals 40 hastighetskontroller"),
        ("Två medborgardialoger genomförs årligen.", "equals 2 medborgardialoger"),
        ("Åtminstone femtiotvå hushåll ska ingå.", "at_least 52 hushåll"),
        ("Trygghetsindex ska nå 50 senast 2025.", "equals 50"),
        ("Klotter ska tas bort inom ett dygn.", "at_most 1 dygn"),
    ],
)
def test_figures_are_found(text: str, expected: str) -> None:
    """Protects the measuring of goals: shares, changes, bounds, named levels, none, counts and rates are targets."""
    assert [shown(target) for target in find_targets(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Hösten 2019 kände sig 60 procent trygga.",
        "I dag är 40 procent otrygga, men fler ska bli trygga.",
        "Ungdomar i åldern 13–19 år ska ha någonstans att vara.",
        "Barn mellan 6 och 12 år ska erbjudas aktiviteter.",
        "Elever i årskurs 7, 8 och 9 ska känna till Umo.",
        "Personer som är minst 18 år ska kunna handla.",
        "Personer över 65 år ska informeras.",
        "De fyra parterna ska samverka.",
        "Vi ska skapa en trygg miljö.",
        "Under en fyraårsperiod ska tryggheten öka.",
        "Under fyra veckor varje sommar ska polisen synas.",
        "Tryggheten ska öka under 2024.",
        "Andelen ska öka till 2027.",
        "Alla ska känna sig trygga efter klockan 22.",
        "Väg 55 ska vara säker.",
        "Kommunen ska följa lag (2023:196).",
        "Andelen otrygga ska minska med ett par procentenheter.",
    ],
)
def test_other_numbers_are_no_targets(text: str) -> None:
    """Protects against invented figures: what is, ages, times, places, laws and small words are no targets."""
    assert [shown(target) for target in find_targets(text)] == []


@pytest.mark.parametrize(
    ("text", "quantity", "by"),
    [
        ("85 procent av de boende ska uppleva trygghet.", "de boende", None),
        ("Till 2025 ska nio av tio invånare känna sig trygga.", "invånare", "2025-12-31"),
        ("Senast 2026 ska andelen unga som prövat narkotika ha sjunkit till under 5 %.",
         "andelen unga som prövat narkotika", "2026-12-31"),
        ("Ambitionen är att andelen otrygga ska vara 10 procent.", "andelen otrygga", None),
        ("Minska antalet inbrott med hälften.", "antalet inbrott", None),
        ("Otryggheten ska minska till 2015 års nivå.", "Otryggheten", None),
        ("Styrgruppen träffas två gånger om året.", "Styrgruppen", None),
    ],
)  # fmt: skip
def test_what_is_measured_and_by_when(text: str, quantity: str, by: str | None) -> None:
    """Protects the sense of a figure: what it is a figure of, wherever that stands, and no level taken for a date."""
    (target,) = find_targets(text)
    assert (target.quantity, target.by) == (quantity, by)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Antalet brott ska understiga 2019 års nivå.", "Antalet brott: understiga 2019 års nivå"),
        ("Inga dödade i trafiken.", "dödade i trafiken: inga"),
        ("Högst var fjärde invånare ska känna sig otrygg.", "invånare: högst 25 procent"),
    ],
)
def test_targets_are_said_in_words(text: str, label: str) -> None:
    """Protects tables and reports: a level without a number is said in its own words."""
    assert target_label(find_targets(text)[0]) == label


@pytest.mark.parametrize("text", ["1 " * 20_000, "ska från 1 till " * 5_000, "minst " * 20_000, "( " * 20_000])
def test_odd_texts_take_no_time(text: str) -> None:
    """Protects against texts made to do harm."""
    start = time.process_time()
    find_targets(text)
    assert time.process_time() - start < 5
