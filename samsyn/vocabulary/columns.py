"""The words that head the columns of measure tables and label the lines of activity cards, by field."""

from __future__ import annotations

from functools import cache

from samsyn.vocabulary.lexicon import Lexicon, load_lexicon


@cache
def column_lexicon() -> Lexicon:
    """The lexicon of column headers and card labels."""
    return load_lexicon("columns.toml", "column")
