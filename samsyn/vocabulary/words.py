"""The Swedish words that the vocabulary's own texts are made of: what a plain word of these documents looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from samsyn.vocabulary.load import load_toml

_FILES = (
    "measures.toml",
    "headings.toml",
    "columns.toml",
    "roles.toml",
    "bodies.toml",
    "metadata.toml",
    "places.toml",
    "requirements.toml",
    "phrases.toml",
)
_WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def known_words() -> frozenset[str]:
    """Every word in the texts of the vocabulary, lower case; patterns are left out."""
    return frozenset(
        word
        for name in _FILES
        for text in _texts(load_toml(name))
        if not set(text) & set("\\[]|<>")
        for word in _WORD.findall(text.lower())
    )


def _texts(value: object) -> Iterator[str]:
    """The texts in a value of a vocabulary file, at any depth; keys are no texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
