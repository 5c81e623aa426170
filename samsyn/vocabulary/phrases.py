"""Takes a list of `phrases.toml` and gives a test: does a text hold one of these wordings as whole words?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from samsyn.vocabulary.load import load_toml


@cache
def phrase_list(table: str, key: str) -> tuple[str, ...]:
    """The wordings listed under `key` in the table `table` of phrases.toml."""
    return tuple(load_toml("phrases.toml")[table][key])


def either_of(phrases: Iterable[str]) -> str:
    """The phrases as what a pattern may hold one of, the longest first; white space matches any white space."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)


@cache
def joining_words() -> str:
    """What joins two things of equal standing, as `either_of` gives it: 'och', 'samt'."""
    return either_of(phrase_list("grammar", "and"))


@cache
def phrase_pattern(table: str, key: str) -> re.Pattern[str]:
    """A pattern that finds any of the wordings as whole words, the longest first, without regard to case."""
    return compile_phrases(phrase_list(table, key))


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the phrases as whole words; white space in them matches any white space."""
    return re.compile(rf"(?<!\w)(?:{either_of(phrases)})(?!\w)", re.IGNORECASE)


def has_phrase(text: str, table: str, key: str) -> bool:
    """True when `text` holds one of the wordings listed under `key` in `table`."""
    return phrase_pattern(table, key).search(text) is not None
