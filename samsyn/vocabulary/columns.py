"""The words that head the columns of measure tables and label the lines of activity cards, by field."""

from __future__ import annotations

import re
from functools import cache

from samsyn.vocabulary.lexicon import Lexicon, load_lexicon
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import either_of


@cache
def column_lexicon() -> Lexicon:
    """The lexicon of column headers and card labels."""
    return load_lexicon("columns.toml", "column")


@cache
def beside(key: str) -> tuple[str, ...]:
    """The words listed under `key` of those whose meaning hangs on the columns beside them; see columns.toml."""
    return tuple(load_toml("columns.toml")["beside"][key])


@cache
def years_at_end() -> re.Pattern[str]:
    """The years a header ends in: 'Mål 2011' and 'Mål år 2011' head what 'Mål' does."""
    lead = either_of(beside("year"))
    return re.compile(rf"\s+(?:(?:{lead})\s+)?(?:19|20)\d\d(?:\s*[–/-]\s*(?:19|20)?\d\d)?\s*$")
