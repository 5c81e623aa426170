"""Takes text read from a document, gives text that is safe to print: nothing in it steers a terminal or a program."""

from __future__ import annotations

import unicodedata

_KEPT = "\n\t"
_UNSAFE_CATEGORIES = ("Cc", "Cs", "Co", "Cn")
_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that turn the direction of writing, and with it what a reader takes for the order of the words."""


def clean_text(text: str) -> str:
    """The text without control characters (newline and tab stay), lone surrogates and marks of direction."""
    if text.isprintable():
        return text
    return "".join(character for character in text if character in _KEPT or _is_safe(character))


def one_line(text: str) -> str:
    """The text, cleaned, on one line: every run of white space a single space."""
    return " ".join(clean_text(text).split())


def cut(text: str, most: int) -> str:
    """The text, or its first words and an ellipsis where it has more than so many letters."""
    if len(text) <= most:
        return text
    whole_words = text[:most].rpartition(" ")[0]
    return (whole_words if len(whole_words) > most // 2 else text[: most - 1]).rstrip(" ,.;:–-") + "…"


def _is_safe(character: str) -> bool:
    return character not in _DIRECTIONS and unicodedata.category(character) not in _UNSAFE_CATEGORIES
