"""The word lists prove themselves: every entry's examples get its meaning, its look-alikes do not."""

from __future__ import annotations

import pytest

from samsyn.extract.finders.columns import read_header
from samsyn.extract.headings import area_title, heading_lexicon, heading_meanings
from samsyn.vocabulary.columns import column_lexicon
from samsyn.vocabulary.lexicon import Entry, Lexicon, normalise_phrase, strip_numbering
from samsyn.vocabulary.load import load_toml
from tests.notation import document_of

LEXICONS = {"headings.toml": heading_lexicon(), "columns.toml": column_lexicon()}
CASES = [
    pytest.param(lexicon, entry, id=f"{name}:{entry.meaning}")
    for name, lexicon in LEXICONS.items()
    for entry in lexicon.entries
]


@pytest.mark.parametrize(("lexicon", "entry"), CASES)
def test_examples_have_the_entrys_meaning(lexicon: Lexicon, entry: Entry) -> None:
    wrong = {example: lexicon.meaning(example) for example in entry.examples}
    assert {example: meaning for example, meaning in wrong.items() if meaning != entry.meaning} == {}


@pytest.mark.parametrize(("lexicon", "entry"), CASES)
def test_look_alikes_have_another_meaning(lexicon: Lexicon, entry: Entry) -> None:
    assert [text for text in entry.lookalikes if lexicon.meaning(text) == entry.meaning] == []


@pytest.mark.parametrize("name", LEXICONS)
def test_no_phrase_stands_under_two_meanings(name: str) -> None:
    """A whole phrase listed twice would get whichever meaning comes last in the file."""
    meanings: dict[str, str] = {}
    twice = []
    for entry in LEXICONS[name].entries:
        for phrase in entry.phrases["whole"]:
            if meanings.setdefault(phrase, entry.meaning) != entry.meaning:
                twice.append(phrase)
    assert twice == []


@pytest.mark.parametrize(("heading", "title"), load_toml("headings.toml")["area"]["examples"])
def test_area_headings_give_their_title(heading: str, title: str) -> None:
    assert area_title(heading) == title


@pytest.mark.parametrize("heading", load_toml("headings.toml")["area"]["not"])
def test_other_headings_open_no_area(heading: str) -> None:
    assert area_title(heading) is None


BESIDE = load_toml("columns.toml")["beside"]["examples"]


@pytest.mark.parametrize("example", BESIDE, ids=[" ".join(example["header"]) for example in BESIDE])
def test_header_words_of_two_meanings_are_settled_by_the_columns_beside_them(example: dict[str, list[str]]) -> None:
    """Protects 'Område', 'Varför' and 'Ansvar kommun': what they mean hangs on where they stand and beside what."""
    rows = [example["header"], *([f"Rad {row} har text i spalt {n}" for n in range(3)] for row in (1, 2))]
    (block,) = document_of("\n".join(f"| {' | '.join(row)} |" for row in rows)).blocks
    header = read_header(block.table) if block.table else None
    assert header is not None
    assert [column.field for column in header.columns] == example["fields"]


def test_long_phrases_forgive_a_misspelling_short_ones_do_not() -> None:
    assert heading_lexicon().meaning("Problembilld") == "problem"
    assert heading_lexicon().meaning("Mat") is None


def test_numbering_is_cut_off_and_years_stay() -> None:
    assert strip_numbering("5.1 Trafik") == "Trafik"
    assert strip_numbering("2019 års löften") == "2019 års löften"
    assert normalise_phrase("6. HANDLINGSPLAN:") == "handlingsplan"


def test_a_misspelling_does_not_turn_the_meaning_round() -> None:
    """'Otrygga platser' announces a problem picture; 'Trygga platser', one letter from it, is a focus area's name."""
    assert heading_meanings("Otrygga platsr") == ("problem",)
    assert heading_meanings("Trygga platser") == ()
