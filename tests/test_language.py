"""Sentences are cut where a reader would cut them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.extract.finders.passages import sentences_of, trimmed
from samsyn.extract.language import split_sentences
from samsyn.models.document import Block, BlockKind


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Brotten minskar. Tryggheten ökar.", ["Brotten minskar.", "Tryggheten ökar."]),
        ("Möten hålls t.ex. i maj. Alla bjuds in.", ["Möten hålls t.ex. i maj.", "Alla bjuds in."]),
        ("Öppet till kl. 23 på lördagar.", ["Öppet till kl. 23 på lördagar."]),
        ("1. Trafiken ska bli lugnare.", ["1. Trafiken ska bli lugnare."]),
        ("Öppet till klockan 24. Föreningar får stöd.", ["Öppet till klockan 24.", "Föreningar får stöd."]),
        ("Ordförande är A. Berg. Hon leder mötet.", ["Ordförande är A. Berg.", "Hon leder mötet."]),
        ("Minst 3,5 procent ska nås. Och mer?", ["Minst 3,5 procent ska nås.", "Och mer?"]),
        ("första raden\nandra raden", ["första raden", "andra raden"]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in split_sentences(text)] == sentences


@given(st.text(alphabet='ab .!?\n"”()Å1', max_size=80))
def test_offsets_point_at_the_sentence(text: str) -> None:
    """Evidence is cut by these offsets, so they must hold for any text, and no letter may be lost."""
    sentences = split_sentences(text)
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in sentences)
    assert "".join("".join(s.text for s in sentences).split()) == "".join(text.split())


_TEXTS = st.text(alphabet='aÅ1.!?:"” \n\t\u00a0', max_size=30)


@given(_TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_a_stretch_is_trimmed_to_what_is_written(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    stretch = trimmed(Block("b1", BlockKind.PARAGRAPH, text), min(start, end), end)
    assert stretch.text == text[min(start, end) : end].strip()
    assert min(start, end) <= stretch.start <= stretch.end <= end


@settings(deadline=None)  # word lists are read at the first text
@given(_TEXTS.filter(lambda text: not set('"”') & set(text)))
def test_a_stretch_lies_in_its_sentences(text: str) -> None:
    """Quotation marks behind a full stop aside, no letter is lost."""
    cut = sentences_of(trimmed(Block("b1", BlockKind.PARAGRAPH, text), 0, len(text)))
    assert "".join("".join(sentence.text for sentence in cut).split()) == "".join(text.split())
