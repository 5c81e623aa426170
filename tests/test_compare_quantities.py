"""Numbers that can go up or down: which count, what they count, and how often a year a wording means."""

from __future__ import annotations

import pytest

from samsyn.comparing.quantities import FREQUENCY, TIME, find_quantities, same_unit
from samsyn.comparing.substance import Periods, goal_aspects, measure_aspects
from samsyn.models.agreement import Goal, Period, Target
from tests.agreements import measure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("en gång i månaden", [(12, FREQUENCY)]),
        ("Varannan vecka", [(26, FREQUENCY)]),
        ("två gånger per termin", [(4, FREQUENCY)]),
        ("Kvartalsvis", [(4, FREQUENCY)]),
        ("årligen", [(1, FREQUENCY)]),
        ("vid minst fem tillfällen", [(5, FREQUENCY)]),
        ("minst tre kvällar i veckan", [(156, "kväll")]),
        ("Åtta tillsynskvällar per år", [(8, "tillsynskväll")]),
        ("en vandring per år", [(1, "vandring")]),
        ("2 000 utandningsprov", [(2000, "utandningsprov")]),
        ("minst 70 procent", [(70, "procent")]),
        ("högst 3,5 %", [(3.5, "procent")]),
        ("tre skolor och 40 elever", [(3, "skol"), (40, "elev")]),
        ("tas bort inom 48 timmar", [(48, TIME)]),
        ("inom en vecka", [(168, TIME)]),
        ("Inom ett dygn, fyra gånger per år", [(24, TIME), (4, FREQUENCY)]),
    ],
)
def test_counts_and_frequencies(text: str, expected: list[tuple[float, str]]) -> None:
    """Protects the numbers a council asks about: words and digits, rates turned into times a year."""
    assert [(one.value, one.unit) for one in find_quantities(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "en gemensam rutin", "ett forum för unga", "kl. 22-02", "klockan 21", "i årskurs 7", "åk 8 och gymnasiet",
        "2019-12-31", "enligt 14 kap 1 §", "unga 12–20 år", "lagen (2023:196)", "perioden 2016–2019", "Dnr 2018/723",
    ],
)  # fmt: skip
def test_what_counts_nothing(text: str) -> None:
    """Protects against false alarms: articles, hours, grades, ages, dates and paragraphs never go up or down."""
    assert find_quantities(text) == ()


def test_time_within_which_is_told_as_longer_or_shorter() -> None:
    """Protects promises of speed: 48 hours is a shorter time than five days, whatever the units."""
    old, new = (measure(title=f"Klotter tas bort inom {time}") for time in ("fem dagar", "48 timmar"))
    (aspect,) = measure_aspects(old, new, PERIODS, stated=frozenset())
    assert (aspect.kind, aspect.old, aspect.new, aspect.direction) == ("time", "fem dagar", "48 timmar", "down")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Januari och augusti", "Augusti och januari", []),
        ("Läsåret", "Under hela läsåret", []),
        ("Juni 2025", "December 2032", ["later"]),
        ("Juni 2025", "December 2029", [None]),
        ("Från maj", "Till maj", [None]),
    ],
)
def test_schedule_in_other_words(old: str, new: str, told: list[str | None]) -> None:
    """Protects the truth: the same months in another order are no change, and a later year is not told as earlier."""
    sides = (measure(schedule=old), measure(schedule=new))
    found = measure_aspects(*sides, PERIODS, stated=frozenset({"schedule"}))
    assert [aspect.direction for aspect in found] == told


def test_text_is_what_was_written() -> None:
    """Protects the sentence shown: the words of the document, not the number made of them."""
    (one,) = find_quantities("Kommunen ordnar fyra trygghetsvandringar per år i tätorterna.")
    assert one.text == "fyra trygghetsvandringar per år"


def test_units_meet_as_heads_of_compounds() -> None:
    """Protects pairs across wordings: 'kvällar' and 'tillsynskvällar' are one thing, 'vall' and 'kväll' are not."""
    assert same_unit("kväll", "tillsynskväll")
    assert not same_unit("vecka", "dag")
    assert not same_unit("st", "test")


PERIODS = Periods(Period(start="2025-01-01", end="2028-12-31"), Period(start="2029-01-01", end="2032-12-31"))


def goal(text: str, *targets: Target) -> Goal:
    """A goal with the targets that were understood in it."""
    return Goal(id="g1", text=text, level="area", targets=targets)


def told(old: Goal, new: Goal) -> list[tuple[str, str | None, str | None, str | None]]:
    """What changed in substance between two goals."""
    return [(aspect.kind, aspect.old, aspect.new, aspect.direction) for aspect in goal_aspects(old, new)]


def test_a_target_is_gone_only_where_no_figure_stands() -> None:
    """Protects the council from a false 'the target is gone': the figure stands there and was not understood."""
    old = goal("Åtta av tio ska vara trygga.", Target(quantity="trygga", value=0.8, unit="andel", text="Åtta av tio"))
    assert told(old, goal("85 procent ska vara trygga.")) == [("target", "Åtta av tio", "85 procent", None)]
    assert told(old, goal("Högst var fjärde ska vara otrygg.")) == [("target", "Åtta av tio", "var fjärde", None)]
    assert told(old, goal("Fler ska vara trygga.")) == [("target", "Åtta av tio", None, None)]


def test_targets_in_other_units_of_the_same_thing_are_compared() -> None:
    """Protects direction: a share is a percentage, 'per år' is no unit of its own."""
    share = goal("Åtta av tio.", Target(value=0.8, unit="andel", text="åtta av tio"))
    assert told(share, goal("75 procent.", Target(value=75, unit="procent", text="75 procent")))[0][3] == "down"
    fewer = goal("Färre än 20 per år.", Target(value=20, unit="per år", text="färre än 20 per år"))
    assert told(fewer, goal("Färre än tio barn.", Target(value=10, unit="barn", text="färre än tio")))[0][3] == "down"


def test_a_date_is_no_span_of_years() -> None:
    """Protects schedules: '2022-03-01' is not the years 2022 to 2003, and nothing is postponed."""
    periods = Periods(Period(start="2022-01-01", end="2025-12-31"), Period(start="2026-01-01", end="2029-12-31"))
    old, new = measure(schedule="Igång från 2022-03-01"), measure(schedule="2026–2029")
    found = measure_aspects(old, new, periods, stated=frozenset({"schedule"}))
    assert [(aspect.kind, aspect.direction) for aspect in found] == [("schedule", None)]
