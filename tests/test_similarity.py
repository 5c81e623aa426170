"""Normal forms, stems and nearness of words: what the recognition of names stands on."""

from __future__ import annotations

import pytest

from samsyn.similarity import edits_lie_apart, folded, normal_form, shared_words_ratio, stem
from samsyn.words import words_of


@pytest.mark.parametrize(
    "forms",
    [
        "nätverk nätverket nätverkets nätverken nätverkens",
        "vecka veckan veckor veckorna veckans",
        "program programmet programmen",
        "klotter klottret",
        "verkstad verkstaden",
        "vandring vandringar vandringarna vandringens",
        "kontor kontoret kontorets",
    ],
)
def test_inflections_share_a_stem(forms: str) -> None:
    """Protects inflection: all forms of a noun have one stem."""
    assert len({stem(form) for form in forms.split()}) == 1


def test_normal_form_sees_through_the_print() -> None:
    """Protects look-up: soft hyphens, ligatures, decomposed letters and apostrophes make no other word."""
    assert normal_form("brotts\u00adföre\u00adbyggande") == "brottsförebyggande"
    assert normal_form("tra\ufb01k") == "trafik"
    assert normal_form("fo\u0308ra\u0308ldrar") == "föräldrar"
    assert normal_form("Don’t") == "dont"


def test_folding_meets_misread_letters() -> None:
    """Protects recognised text: lost marks and confused shapes fold alike, other words do not."""
    assert folded("grannsarnverkan") == folded("grannsamverkan")
    assert folded("vandnng") == folded("vandring")
    assert folded("0rsak") == folded("orsak")
    assert folded("båt") != folded("bil")


def test_two_slips_in_one_place_are_another_word() -> None:
    """Protects from false friends: misspellings lie apart, another compound differs in one place."""
    assert edits_lie_apart("granssamvekan", "grannsamverkan")
    assert not edits_lie_apart("föräldrafria", "föräldrafika")


def test_shared_words_do_not_mind_the_order() -> None:
    """Protects grouping: the same words in another order and inflection are alike."""
    assert shared_words_ratio("rutin för polisanmälan", "polisanmälan, rutiner för") > 0.9
    assert shared_words_ratio("rutin för polisanmälan", "lås på containrar") < 0.5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SIG²-grupp", "SIG grupp"),
        ("flag6 Prodis⁴", "flag 6 Prodis"),
        ("SSPFmöte", "SSPF möte"),
        ("vandr1ng 0rsaksanalys", "vandr1ng 0rsaksanalys"),
        ("12samt 100 %", "12 samt 100"),
        ("Liv & hälsa", "Liv & hälsa"),
    ],
)
def test_words_of_a_text(text: str, words: str) -> None:
    """Protects the tokens: footnote digits and glued abbreviations come apart, misread letters stay."""
    assert [word.raw for word in words_of(text)] == words.split()


def test_sentences_are_numbered() -> None:
    """Protects the bounds of patterns: stops, blank lines, bullets and tabs part sentences, short words do not."""
    text = "Vi har t.ex. SSPF. Polisen deltar\n\nNytt stycke • punkt\tcell"
    assert [(word.raw, word.sentence) for word in words_of(text) if word.opens] == [
        ("Vi", 0),
        ("Polisen", 1),
        ("Nytt", 2),
        ("punkt", 3),
        ("cell", 4),
    ]
