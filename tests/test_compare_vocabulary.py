"""The words that steer comparing: what they must bring together, and what they must keep apart."""

from __future__ import annotations

import pytest

from samsyn.comparing.quantities import find_quantities
from samsyn.comparing.vectors import concepts_of
from samsyn.similarity import normal_form, stem
from samsyn.vocabulary.load import load_toml

VOCABULARY = load_toml("comparison.toml")


def concepts(word: str) -> tuple[str, ...]:
    """The concepts that a word holds."""
    return concepts_of(normal_form(word), stem(normal_form(word)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("krogtillsyn", "serveringsställen"), ("vårdnadshavare", "föräldramöten"), ("fältassistenter", "fältgruppen"),
        ("lampor", "gatubelysning"), ("fortkörning", "hastighetskontroller"), ("klottersanering", "skadegörelse"),
        ("pensionärer", "äldreboende"), ("seniorträffar", "möten"), ("skolgård", "gymnasiet"), ("drogfri", "cannabis"),
        ("relationsvåld", "misshandel"), ("köpmannaförening", "butiksstölder"), ("sommarlov", "lovaktiviteter"),
    ],
)  # fmt: skip
def test_words_of_one_thing_meet(first: str, second: str) -> None:
    """Protects pairs across wordings: another word for the same thing shares a concept with it."""
    assert set(concepts(first)) & set(concepts(second))


@pytest.mark.parametrize(
    ("word", "concept"),
    [
        ("årskurs", "utbildning"), ("bemötande", "möte"), ("ungefär", "barn och unga"), ("misshandlad", "butik"),
        ("hotell", "hot"), ("lovord", "lov"), ("invandrare", "vandring"), ("krogtillsyn", "patrull"),
        ("behandling", "butik"), ("fotboll", "patrull"), ("medling", "dialog"),
    ],
)  # fmt: skip
def test_look_alikes_stay_apart(word: str, concept: str) -> None:
    """Protects against chance: a word that only begins or ends like a root does not hold its concept."""
    assert concept not in concepts(word)


@pytest.mark.parametrize("concept", VOCABULARY["concepts"])
def test_every_root_holds_its_concept(concept: str) -> None:
    """Protects each entry: a root is a word of its own concept, and no entry is empty or dead."""
    for root in VOCABULARY["concepts"][concept]:
        assert " " not in root
        assert concept in concepts(root), root


@pytest.mark.parametrize("wording", VOCABULARY["frequencies"])
def test_every_frequency_is_read(wording: str) -> None:
    """Protects each entry: the wording alone is found, with its number of times a year."""
    assert [one.value for one in find_quantities(wording)] == [VOCABULARY["frequencies"][wording]]


@pytest.mark.parametrize("wording", VOCABULARY["rates"])
def test_every_rate_multiplies(wording: str) -> None:
    """Protects each entry: three times so often is three times its number a year."""
    assert [one.value for one in find_quantities(f"tre gånger {wording}")] == [3 * VOCABULARY["rates"][wording]]
