"""What the readers of text are told of the language, and a place in running text with what is known of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from samsyn.extract.readers.text_words import RunningText, Use


class Hints(NamedTuple):
    """What the caller knows of the language: phrases that are headings, and words that head the columns of tables."""

    is_heading: Callable[[str], bool]
    is_column: Callable[[str], bool]
    is_title: Callable[[str], bool] = lambda _: False
    """Tells the names of documents and their parts, such as 'Handlingsplan för ...'."""
    given: tuple[str, ...] = ()
    """Titles that the page around the text gives the document."""
    is_worded: Callable[[str], bool] = lambda _: False
    """Tells phrases that are worded as headings are, also by a part of them."""

    def remembered(self) -> Hints:
        """The same hints, each phrase asked about once."""
        return self._replace(
            is_heading=cache(self.is_heading), is_column=cache(self.is_column), is_title=cache(self.is_title)
        )


class Reading(NamedTuple):
    """One text with what is known of it."""

    text: RunningText
    use: Use
    hints: Hints
    outline: frozenset[int]
    """The words that number its headings."""


class Place(NamedTuple):
    """A word where a heading may begin, and what is known of it."""

    at: int
    is_first: bool
    """A sentence, or a block, begins here."""
    table: int | None
    """The word at which the flattened table began whose rows it stands among."""
    in_item: bool
    """It is the first word of a list item, which is the item and no heading."""
    doubtful: bool = False
    """It stands right below a heading, or inside a list item, where another heading is seldom."""
    guarded: bool = False
    """It may stand among the rows of a table, below a full-width row."""

    @property
    def in_table(self) -> bool:
        """True among the rows of a flattened table."""
        return self.table is not None
