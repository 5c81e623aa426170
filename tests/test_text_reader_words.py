"""The word list of the text reader proves itself: each pattern meets its examples and none of its look-alikes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from samsyn.extract.readers.text_web import is_line
from samsyn.vocabulary.load import load_toml

WORDS = load_toml("web.toml")
LINES = [
    pytest.param(kind, entry, id=entry["pattern"][:40])
    for kind in ("line", "start", "end", "closing", "teaser", "page")
    for entry in WORDS[kind]
]


@pytest.mark.parametrize(("kind", "entry"), LINES)
def test_lines(kind: str, entry: dict[str, Any]) -> None:
    """A line of a page's frame is known as a whole line, in any case."""
    pattern = re.compile(entry["pattern"], re.IGNORECASE)
    assert entry["examples"], "an entry proves itself by an example"
    for example in entry["examples"]:
        assert pattern.fullmatch(example), example
        assert is_line(kind, example.upper())
    for other in entry.get("not", ()):
        assert not is_line(kind, other), other


@pytest.mark.parametrize("entry", WORDS["loss"], ids=lambda entry: entry["code"])
def test_losses(entry: dict[str, Any]) -> None:
    """Each pattern finds an example, each example a pattern, and no look-alike is found."""
    patterns = [re.compile(pattern) for pattern in entry["patterns"]]
    for pattern in patterns:
        assert any(pattern.search(example) for example in entry["examples"]), pattern.pattern
    for example in entry["examples"]:
        assert any(pattern.search(example) for pattern in patterns), example
    for other in entry["not"]:
        assert not any(pattern.search(other) for pattern in patterns), other


def test_word_lists() -> None:
    """Words are in lower case, listed once, and no verb is a word that a heading may end with and a title may hold."""
    for name, words in WORDS["words"].items():
        assert [word for word in words if word != word.lower()] == [], name
        assert len(words) == len(set(words)), name
