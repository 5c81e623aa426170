"""Phrases looked for in texts: what is written in short finds what a plain list of them would."""

from __future__ import annotations

import re

import pytest

from samsyn.extract.finders.signature_lines import may_hold_name, read_person
from samsyn.remember import forget, remembers, remembers_while_alive
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import PhrasePattern, either_of, words_in

LISTS = {
    f"{table}.{key}": phrases
    for table, lists in load_toml("phrases.toml").items()
    if isinstance(lists, dict)
    for key, phrases in lists.items()
    if isinstance(phrases, list) and all(isinstance(phrase, str) for phrase in phrases)
}
TEXT = (
    "Kommunen och polisen ska inte bara minska brotten: vi vill att fler känner sig trygga, och får  inte\n"
    "ge upp. År 2024 skall 75 procent SVARA ja – det var målet. För att nå dit åtar sig KS och Polisen att i samverkan "
    "med skolan, t.ex. genom trygghetsvandringar, öka tryggheten. Ansvarig: kommunen. Klart senast 2024."
)


def plainly(phrases: list[str]) -> str:
    """The phrases one after the other, the longest first."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)


def test_common_beginnings_are_written_once() -> None:
    """Protects the speed of every pattern: a place in a text is not tried for each phrase of a long list."""
    assert either_of(["ska", "skall", "skulle", "bör"]) == "sk(?:ulle|a(?:ll|))|bör"
    assert either_of(["får", "får inte"]) == r"får(?:\s+inte|)"
    assert either_of(["kommun", "KS", "t.ex."]) == r"kommun|t\.ex\.|KS"


@pytest.mark.parametrize("name", LISTS)
def test_each_list_finds_what_it_says(name: str) -> None:
    """Protects every list: its own phrases, and what stands in a text, are found as by a plain list of them."""
    phrases = LISTS[name]
    plain = re.compile(rf"(?<!\w)(?:{plainly(phrases)})(?!\w)", re.IGNORECASE)
    pattern = PhrasePattern(phrases)
    for text in (TEXT, TEXT.upper(), *phrases, *(f"a {phrase.capitalize()}, b" for phrase in phrases)):
        assert [hit.span() for hit in pattern.finditer(text)] == [hit.span() for hit in plain.finditer(text)]


def test_case_does_not_turn_the_order_of_phrases() -> None:
    """Protects the longest phrase: where capitals and small letters begin alike it is still tried first."""
    pattern = re.compile(either_of(["kabc", "Kab", "ka", "K"]), re.IGNORECASE)
    assert [hit.group() for hit in pattern.finditer("kab KABC k")] == ["kab", "KABC", "k"]


def test_a_phrase_without_a_word_is_found() -> None:
    """Protects signs among the phrases: no word of the text can say that they are not there."""
    pattern = PhrasePattern(["%", "procent"])
    assert pattern.search("75 % av alla") is not None
    assert pattern.search("många") is None


def test_words_of_a_text_in_small_letters() -> None:
    """Protects the quick look before the patterns: words are whole and without case."""
    assert words_in("Polisen, POLISEN i 7:e") == {"polisen", "i", "7", "e"}


@pytest.mark.parametrize(
    "text",
    [
        "Anna Ek",
        "Anna-Lena Ek Öst",
        "ANNA EK",
        "A. Ek",
        "A Ek",
        "Anna von der Ek",
        "Anna (M) Ek",
        'Anna "Anki" Ek',
        "kommunchef Anna Ek, Orsa",
        "Anna\nEk",
        "____Anna Ek____",
    ],
)
def test_lines_with_a_name_are_read(text: str) -> None:
    """Protects the signatures: the quick look passes over no line that a person can be read from."""
    assert may_hold_name(text)


@pytest.mark.parametrize("text", ["Fler trygghetsvandringar i centrum", "Orsa kommun", "SSPF", "2024", "Öka, minska"])
def test_lines_without_names_are_passed_over(text: str) -> None:
    """Protects the speed of the signatures: most short lines name nobody."""
    assert not may_hold_name(text)
    assert read_person(text) is None


def test_only_short_texts_and_few_are_remembered() -> None:
    """Protects the memory of a process that reads thousands of documents: what is kept has a bound."""
    asked: list[str] = []

    @remembers(2, longest=3)
    def ask(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [ask(text) for text in ("a", "a", "long", "long", "b", "c", "a")] == [1, 1, 4, 4, 1, 1, 1]
    assert asked == ["a", "long", "long", "b", "c", "a"]
    forget()
    ask("a")
    assert asked[-2:] == ["a", "a"]


def test_a_thing_is_remembered_while_it_lives() -> None:
    """Protects the memory too: what is known of a table goes with the table, and its equal is another one."""
    asked: list[int] = []

    @remembers_while_alive
    def count(thing: frozenset[int]) -> int:
        asked.append(len(thing))
        return len(thing)

    one, equal = frozenset({1, 2}), frozenset({1, 2, 3}) - {3}
    assert [count(one), count(one), count(equal)] == [2, 2, 2]
    assert asked == [2, 2]
    del equal
    for number in range(50):
        assert count(frozenset(range(number, 2 * number))) == number
    forget()
    count(one)
    assert asked[-2:] == [49, 2]
