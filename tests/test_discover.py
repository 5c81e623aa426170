"""New measures proposed from what matches nothing: groups over documents, as entries that hold together."""

from __future__ import annotations

from pathlib import Path

from samsyn.discover import MeasureText, discover_measures, slug_of
from samsyn.match import Matcher, failing_examples
from samsyn.vocabulary.register import load_register
from samsyn.write.as_register import register_entry

_MATCHER = Matcher(load_register())
_TEXTS = [
    MeasureText("Cykelverkstad för unga på bryggan", "Ankarby 2020"),
    MeasureText("Starta en öppen cykelverkstad", "Bergby 2021"),
    MeasureText("Cykelverkstaden bemannas två kvällar", "Cedersby 2022"),
    MeasureText("Gemensam rutin för polisanmälan", "Ankarby 2020"),
    MeasureText("Ta fram gemensam rutin för polisanmälan i skolan", "Bergby 2021"),
    MeasureText("Trygghetsvandringar i centrum", "Ankarby 2020"),
    MeasureText("Trygghetsvandringar i skogen", "Bergby 2021"),
    MeasureText("Byta lås på containrar", "Ankarby 2020"),
]


def test_groups_over_documents_are_proposed() -> None:
    """Protects discovery: alike measures of several documents are one proposal; known and single ones are none."""
    proposals = {proposal.id: proposal for proposal in discover_measures(_TEXTS, _MATCHER)}
    assert set(proposals) == {"cykelverkstad", "rutin-for-polisanmalan"}
    assert proposals["cykelverkstad"].sources == ("Ankarby 2020", "Bergby 2021", "Cedersby 2022")
    assert len(proposals["cykelverkstad"].examples) == 3


def test_topics_and_times_are_no_names() -> None:
    """Protects discovery: what the register speaks of anyway, and when something is done, names no new measure."""
    texts = [
        MeasureText("Hålla en socialsekreterare tillgänglig varje vardag", "Ankarby 2020"),
        MeasureText("Underrätta en socialsekreterare senast den 1 oktober", "Bergby 2021"),
        MeasureText("Märka skidor senast den 1 oktober", "Cedersby 2022"),
    ]
    assert discover_measures(texts, _MATCHER) == ()


def test_places_and_how_it_is_told_are_no_names() -> None:
    """Protects discovery: a known place, or how word is sent, that comes back in two documents is no measure."""
    texts = [
        MeasureText("Väntkuren vid färjeläget byts", "Ankarby 2020"),
        MeasureText("Närvaro vid färjeläget", "Bergby 2021"),
        MeasureText("Varna grannkommunen via sms", "Ankarby 2020"),
        MeasureText("Nätverk för odlare via sms", "Bergby 2021"),
        MeasureText("Farthinder på Sjövägen", "Ankarby 2020"),
        MeasureText("Flyttbara farthinder vid stranden", "Bergby 2021"),
    ]
    assert [one.name for one in discover_measures(texts, _MATCHER)] == ["Farthinder"]


def test_groups_need_as_many_documents_as_asked() -> None:
    """Protects `least_sources`: what only two documents have is left out when three are asked for."""
    assert [one.id for one in discover_measures(_TEXTS, _MATCHER, least_sources=3)] == ["cykelverkstad"]
    assert discover_measures([], _MATCHER) == ()


def test_the_order_of_texts_does_not_matter() -> None:
    """Protects reproducibility: the same proposals whatever document comes first."""
    first, second = discover_measures(_TEXTS, _MATCHER), discover_measures(_TEXTS[::-1], _MATCHER)
    assert [(one.id, one.sources) for one in first] == [(one.id, one.sources) for one in second]


def test_a_proposal_is_an_entry_that_holds(tmp_path: Path) -> None:
    """Protects the way to the register: written, loaded over the built-in one, its examples are found."""
    proposals = discover_measures(_TEXTS, _MATCHER)
    own = tmp_path / "forslag.toml"
    own.write_text("\n".join(register_entry(one.as_entry()) for one in proposals), encoding="utf-8")
    register = load_register(own)
    accepted = [entry for entry in register if entry.id in {one.id for one in proposals}]
    assert len(accepted) == len(proposals)
    assert failing_examples(Matcher(register), accepted) == ()


def test_slugs_are_plain() -> None:
    """Protects ids: small letters and hyphens, never empty."""
    assert slug_of("Råd & rön, 2:a året") == "rad-ron-2-a-aret"
    assert slug_of("–") == "namnlos"
