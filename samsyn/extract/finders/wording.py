"""Takes the name of a word list of the vocabulary, gives the words, a pattern over them, or a filled-in warning."""

from __future__ import annotations

import re
from functools import cache

from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import PhrasePattern


@cache
def words_under(file: str, table: str, key: str) -> tuple[str, ...]:
    """The list `key` of the table `table` in the TOML file `file`."""
    return tuple(load_toml(file)[table][key])


@cache
def phrase_pattern(file: str, table: str, key: str) -> PhrasePattern:
    """A pattern that finds any phrase of the list as whole words, without regard to case; the longest wins."""
    return PhrasePattern(words_under(file, table, key))


_WORD = re.compile(r"\w+")


@cache
def first_words(file: str, table: str, key: str) -> frozenset[str]:
    """The words that the phrases of the list begin with: a text without any of them holds none of the phrases."""
    return frozenset(
        hit.group().casefold() for phrase in words_under(file, table, key) if (hit := _WORD.search(phrase))
    )


def message(code: str, **values: str | None) -> str:
    """The Swedish text of the warning `code` with its values filled in."""
    template = words_under_messages()[code]
    return template.format(**values)


@cache
def words_under_messages() -> dict[str, str]:
    """Every warning of the metadata finders by its code."""
    return dict(load_toml("metadata.toml")["messages"])
