"""A period of validity as one place of a document gives it, and how much such a place counts."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from samsyn.extract.dates import SpanMention
from samsyn.extract.finders.wording import message, phrase_pattern
from samsyn.models.source import Evidence

_LONGEST_PERIOD_YEARS = 15
"""What covers more years is history or a vision, no period of validity."""


class Rank(IntEnum):
    """How much a place counts; the lowest outranks the others."""

    FIELD = 0
    CLAUSE = 1
    SECTION = 2
    ANNEX = 4
    TITLE = 5
    COVER = 6
    PURPOSE = 7
    HEADING = 8
    LEAD = 9
    WRAPPER = 10
    HEADER = 11
    VAGUE = 12


class Clause(NamedTuple):
    """A period that one place gives; `open_ended` says that it has no end."""

    rank: Rank
    start: str | None
    end: str | None
    open_ended: bool
    text: str
    evidence: tuple[Evidence, ...]
    from_signing: bool = False

    @property
    def days(self) -> str:
        """The two days as a reader sees them in a warning."""
        end = self.end or (message("open-ended") if self.open_ended else "–")
        return message("days", start=self.start or "–", end=end)


def clause_of(span: SpanMention, rank: Rank, text: str, evidence: tuple[Evidence, ...]) -> Clause:
    """The clause that a period in the text gives."""
    return Clause(rank, span.first, span.last, span.open_ended, text, evidence)


def is_sane(span: SpanMention) -> bool:
    """True when the period may be one of validity: it does not end before it begins, nor go on for many years."""
    if span.first and span.last:
        return 0 <= int(span.last[:4]) - int(span.first[:4]) <= _LONGEST_PERIOD_YEARS
    return True


def widest(spans: list[SpanMention]) -> SpanMention | None:
    """The span that says most: both ends over two years, then one end, then a single year."""

    def worth(span: SpanMention) -> int:
        if span.first and span.last:
            return 2 if span.first[:4] == span.last[:4] and span.first.endswith("01-01") else 0
        if span.open_ended:
            return 0 if span.first else 3
        return 1

    return min(spans, key=worth, default=None)


@cache
def phrases_before(key: str) -> re.Pattern[str]:
    """The phrases of the list at the very end of what stands before a period."""
    phrases = phrase_pattern("metadata.toml", "validity", key).pattern
    year = phrase_pattern("metadata.toml", "validity", "year").pattern
    return re.compile(rf"{phrases}\W*(?:{year}\W*)?$", re.IGNORECASE)
