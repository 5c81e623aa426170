"""Where something begins in running text, and what: what the cutting of it gives."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class CutKind(StrEnum):
    """What begins at a cut."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    """The header words of a flattened table."""
    BODY = "body"
    """What is left of its rows."""
    SIGNED = "signed"
    """Names and titles behind the last sentence."""


class Cut(NamedTuple):
    """A place where something begins: the word it starts at; a list item's marker is a word of its own."""

    start: int
    kind: CutKind
    marker: str = ""
    columns: tuple[int, ...] = ()
    """The words that a flattened table's column headers start at."""
