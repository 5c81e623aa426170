"""How firmly a sentence undertakes what it names: committed, conditional, reported, or only described."""

from __future__ import annotations

import pytest

from samsyn.standing import commitment_at, commitment_of, sentence_around


@pytest.mark.parametrize(
    ("sentence", "section", "standing"),
    [
        ("Polisen ska fotpatrullera i hamnen", None, "committed"),
        ("SSPF på alla skolor", "measures", "committed"),
        ("Orossamtal hålls vid behov", "measures", "conditional"),
        ("Om det uppkommer önskemål ska vi hålla trygghetsvandringar", "promises", "conditional"),
        ("Tre trygghetsvandringar genomfördes", None, "reported"),
        ("Sju föräldrafika", "outcomes", "reported"),
        ("Arbetet kommer att fortsätta", "outcomes", "committed"),
        ("Kommunen har en fältgrupp", "ongoing", "descriptive"),
        ("Nattvandring är vanligt i länet", None, "descriptive"),
    ],
)
def test_words_and_section_decide(sentence: str, section: str | None, standing: str) -> None:
    """Protects the four standings: the sentence's own words first, then what its section is about."""
    assert commitment_of(sentence, section=section) == standing


def test_standing_is_that_of_the_own_sentence() -> None:
    """Protects mentions in running text: the neighbouring sentence has no say."""
    text = "I fjol genomfördes två trygghetsvandringar. I år ska vi nattvandra."
    first, second = text.index("trygghetsvandringar"), text.index("nattvandra.")
    assert commitment_at(text, first, first + 5) == "reported"
    assert commitment_at(text, second, second + 5) == "committed"
    assert sentence_around(text, second, second + 5) == "I år ska vi nattvandra"
    assert sentence_around("", 0, 0) == ""
