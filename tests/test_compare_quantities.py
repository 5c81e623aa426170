"""Numbers that can go up or down: which count, what they count, and how often a year a wording means."""

from __future__ import annotations

import pytest

from samsyn.comparing.quantities import FREQUENCY, find_quantities, same_unit


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


def test_text_is_what_was_written() -> None:
    """Protects the sentence shown: the words of the document, not the number made of them."""
    (one,) = find_quantities("Kommunen ordnar fyra trygghetsvandringar per år i tätorterna.")
    assert one.text == "fyra trygghetsvandringar per år"


def test_units_meet_as_heads_of_compounds() -> None:
    """Protects pairs across wordings: 'kvällar' and 'tillsynskvällar' are one thing, 'vall' and 'kväll' are not."""
    assert same_unit("kväll", "tillsynskväll")
    assert not same_unit("vecka", "dag")
    assert not same_unit("st", "test")
