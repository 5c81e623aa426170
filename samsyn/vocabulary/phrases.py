"""Takes a list of `phrases.toml` and gives a test: does a text hold one of these wordings as whole words?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from itertools import takewhile

from samsyn.remember import remembers
from samsyn.vocabulary.load import load_toml

_WORD = re.compile(r"\w+")


@remembers(4096, longest=1000)
def words_in(text: str) -> frozenset[str]:
    """The words of a text in small letters, each once."""
    return frozenset(_WORD.findall(text.casefold()))


class PhrasePattern:
    """Finds any of some phrases as whole words, the longest first, without regard to case.

    White space in a phrase matches any white space. Most texts hold none of the phrases, and that their words say
    sooner than the pattern does: each phrase has a word that a text must hold. A short document never needs the
    pattern of most lists, so that it is made when it is.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = tuple(phrases)
        longest = [max(_WORD.findall(phrase.casefold()), key=len, default="") for phrase in self._phrases]
        self._needed = frozenset(longest) if all(longest) else None

    @cached_property
    def pattern(self) -> str:
        """The pattern as written, to be part of another."""
        return rf"(?<!\w)(?:{either_of(self._phrases)})(?!\w)"

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    def may_be_in(self, text: str) -> bool:
        """False when the text lacks a word of every phrase."""
        return self._needed is None or not self._needed.isdisjoint(words_in(text))

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first phrase in `text[start:end]`."""
        if not self.may_be_in(text):
            return None
        return self._pattern.search(text, start, len(text) if end is None else end)

    def match(self, text: str) -> re.Match[str] | None:
        """The phrase that the text begins with."""
        return self._pattern.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The phrase that the text is."""
        return self._pattern.fullmatch(text)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every phrase in `text[start:end]`."""
        if not self.may_be_in(text):
            return iter(())
        return self._pattern.finditer(text, start, len(text) if end is None else end)

    def findall(self, text: str) -> list[str]:
        """Every phrase in the text, as written."""
        return self._pattern.findall(text) if self.may_be_in(text) else []

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with the replacement for each phrase."""
        return self._pattern.sub(replacement, text) if self.may_be_in(text) else text


@cache
def phrase_list(table: str, key: str) -> tuple[str, ...]:
    """The wordings listed under `key` in the table `table` of phrases.toml."""
    return tuple(load_toml("phrases.toml")[table][key])


def either_of(phrases: Iterable[str]) -> str:
    """The phrases as what a pattern may hold one of, the longest first; white space matches any white space.

    What phrases begin with in common is written once ('sk(?:ulle|all|a)'), so that a place in a text is tried for some
    letters and not for hundreds of phrases.
    """
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return _alternatives([[r"\s+" if letter == " " else re.escape(letter) for letter in phrase] for phrase in ordered])


def _alternatives(phrases: list[list[str]]) -> str:
    alike: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        alike.setdefault(phrase[0] if phrase else "", []).append(phrase)
    if len({head.casefold() for head in alike}) < len(alike):  # 'KS' and 'kommun': in one order without regard to case
        return "|".join("".join(phrase) for phrase in phrases)
    return "|".join(map(_as_one, alike.values()))


def _as_one(phrases: list[list[str]]) -> str:
    """Phrases that begin alike: what they have in common, then how they go on."""
    places = takewhile(lambda letters: len(set(letters)) == 1, zip(*phrases, strict=False))
    shared = [letters[0] for letters in places]
    rests = [phrase[len(shared) :] for phrase in phrases]
    return "".join(shared) + (f"(?:{_alternatives(rests)})" if any(rests) else "")


@cache
def joining_words() -> str:
    """What joins two things of equal standing, as `either_of` gives it: 'och', 'samt'."""
    return either_of(phrase_list("grammar", "and"))


@cache
def phrase_pattern(table: str, key: str) -> PhrasePattern:
    """A pattern that finds any of the wordings as whole words, the longest first, without regard to case."""
    return PhrasePattern(phrase_list(table, key))


def has_phrase(text: str, table: str, key: str) -> bool:
    """True when `text` holds one of the wordings listed under `key` in `table`."""
    return phrase_pattern(table, key).search(text) is not None
