"""Protects who undertakes what: the parties are told by the words that say so, and by nothing else."""

from __future__ import annotations

import pytest

from samsyn import extract_agreement
from samsyn.extract.finders.found import FoundMeasure
from samsyn.extract.finders.undertakers import find_undertakers
from samsyn.write.outline import shown_columns

BOTH = ("municipality", "police")


def found(title: str = "gå trygghetsvandringar", *units: str, led_by: str = "", **fields: str) -> FoundMeasure:
    return FoundMeasure(
        form="bullet",
        fields={"title": title, **fields},
        area=None,
        rule="",
        evidence=(),
        responsible=units,
        led_by=led_by,
    )


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        ("Kommunen lovar att:", ("municipality",)),
        ("Under 2021 ska polisen:", ("police",)),
        ("Lokalpolisområde Norra Vreta och Vreta kommun lovar att", BOTH),
        ("För att öka tryggheten i kommunen ska polisen:", ("police",)),
        ("Vreta kommun och Polismyndigheten åtar sig att", BOTH),
        ("Tillsammans lovar vi att:", BOTH),
        ("Parterna ska:", BOTH),
        ("Detta gör kommunen:", ("municipality",)),
        ("Polis:", ("police",)),
        ("Kommunen ska tillsammans med skolan:", ("municipality",)),
        ("Polisen lovar att tillsammans med kommunen:", BOTH),
        ("I samverkan med skolan ska vi:", ()),
        ("Vi lovar att:", ()),
        ("För tryggheten i kommunen:", ()),
        ("Följande aktiviteter ska genomföras för att minska skadegörelsen i kommunen och oron för polisens ryttare:", ()),
    ],
)  # fmt: skip
def test_line_above_a_list(line: str, parties: tuple[str, ...]) -> None:
    """The party beside the verb undertakes; a municipality that is only the place does not."""
    assert find_undertakers(found(led_by=line), []) == parties


@pytest.mark.parametrize(
    ("heading", "parties"),
    [
        ("Kommunens åtgärder", ("municipality",)),
        ("Polisens åtaganden", ("police",)),
        ("Gemensamma insatser", BOTH),
        ("Åtagande kommun", ("municipality",)),
        ("Åtgärder", ()),
        ("Vad vi ska göra", ()),
    ],
)
def test_heading_of_measures(heading: str, parties: tuple[str, ...]) -> None:
    """A heading over measures says who; 'vi' does not say which party."""
    assert find_undertakers(found(), [heading]) == parties


@pytest.mark.parametrize(
    ("measure", "parties"),
    [
        (found("Polisen och kommunen går ronder varje fredag", led_by="Kommunen ska:"), BOTH),
        (found("Kommunens fältare finns på torget"), ("municipality",)),
        (found("Fastighetsägarna lagar belysningen", led_by="Tillsammans ska vi:"), ()),
        (found("Tillsammans med föreningarna gå vandringar", led_by="Kommunen ska:"), ("municipality",)),
        (found("Röja sly", "Tekniska kontoret"), ("municipality",)),
        (found("Gå ronder", "Socialnämnden", "Områdespolisen"), BOTH),
        (found("Gå ronder", "Samordnaren", "Polisen"), ()),
        (found("Gå ronder", "Föreningarna"), ()),
        (found("Märka cyklar", police_action="Lånar ut pennor"), ("police",)),
        (found("Märka cyklar", "Fritidsförvaltningen", police_action="Lånar ut pennor"), BOTH),
        (found("Märka cyklar", municipality_action="Bokar torget", police_action="–"), ("municipality",)),
    ],
)
def test_own_words(measure: FoundMeasure, parties: tuple[str, ...]) -> None:
    """A measure's own words and columns outrank what it stands under; units that are no party leave it open."""
    assert find_undertakers(measure, ["Åtgärder"]) == parties


def test_from_file_to_model() -> None:
    """Each promise of a list comes out with the party whose promises the line above its list announces."""
    text = (
        "Medborgarlöfte Vreta 2024\n\nVåra löften\n\nKommunen lovar att:\n\n- röja sly vid stationen\n- laga belysningen\n\n"
        "Polisen lovar att:\n\n- gå till fots på torget två kvällar i veckan\n\n"
        "Tillsammans lovar vi att:\n\n- hålla fyra trygghetsvandringar\n"
    )
    agreement = extract_agreement(text.encode(), file="vreta.txt")
    told = [measure.undertaken_by for measure in agreement.measures]
    assert told == [("municipality",), ("municipality",), ("police",), BOTH]


def test_column_on_the_screen() -> None:
    """Who undertakes a measure is shown for bullets, and left out where the parties have columns of their own."""
    assert shown_columns(("title", "undertaken_by", "schedule")) == ["title", "undertaken_by", "schedule"]
    assert shown_columns(("title", "police_action", "undertaken_by")) == ["title", "police_action"]
