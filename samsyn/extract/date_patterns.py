"""The patterns by which dates and periods are told in Swedish text, made of the words in `dates.toml`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import either_of


class Patterns(NamedTuple):
    """Dates and their parts, what joins two of them, and what stands before and behind them."""

    atom: re.Pattern[str]
    joint: re.Pattern[str]
    years_and: re.Pattern[str]
    lead_from: re.Pattern[str]
    lead_until: re.Pattern[str]
    lead_vague: re.Pattern[str]
    lead_between: re.Pattern[str]
    vague: re.Pattern[str]
    part: re.Pattern[str]
    open_behind: re.Pattern[str]
    open_ended: re.Pattern[str]
    limit: re.Pattern[str]
    duration: re.Pattern[str]


_DASH = r"[-‐-―−]"
_YEAR = r"(?:19|20)\d\d"
ANY_YEAR = re.compile(_YEAR)
"""A year of the last or this century, wherever it stands."""


def has_year(text: str) -> bool:
    """False for a text without a year, as most are: it holds no date and no period."""
    return ("20" in text or "19" in text) and ANY_YEAR.search(text) is not None


@cache
def patterns() -> Patterns:
    """The patterns, made once."""
    words = load_toml("dates.toml")["words"]
    month = either_of(form for forms in words["months"] for form in forms)
    lead = rf"(?:(?:{either_of(words['day_leads'])})\s*)?"
    ordinal = rf"(?:\s?:?(?:{either_of(words['ordinals'])}))?"
    year_word, fill = rf"(?:(?:{either_of(words['year_words'])})\s+)?", rf"(?:\s*(?:{either_of(words['fill'])}))*"
    atom = re.compile(
        rf"(?:(?<![\w.,:/])|(?<=\d/)(?={_YEAR}-\d\d-)|(?<=20\d\d/)|(?<=19\d\d/))(?:"
        rf"(?P<y1>{_YEAR})(?P<s1>{_DASH}|[./])(?P<m1>\d\d)(?P=s1)(?P<d1>\d\d)(?!\d)"
        rf"|(?P<y2>{_YEAR})(?P<m2>\d\d)(?P<d2>\d\d)(?!\d)"
        rf"|{lead}(?P<d3>\d{{1,2}}){ordinal}\s+(?P<m3>{month})\b\.?(?:,?\s*{year_word}(?P<y3>{_YEAR})(?!\d))?"
        rf"|{lead}(?P<d4>\d{{1,2}})\s?[/.]\s?(?P<m4>\d{{1,2}})\s?(?:{_DASH}|[/. ])\s?(?P<y4>{_YEAR})(?!\d)"
        rf"|(?P<m5>{month})\b\.?(?:\s*{year_word}{year_word}(?P<y5>{_YEAR})(?!\d))?"
        rf"|(?:{either_of(words['half_years'])})\s+{year_word}(?P<y7>{_YEAR})(?!\d)"
        rf"|(?P<y6>{_YEAR})(?P<short>(?:/|{_DASH})\d\d)?(?!\d|:\d|/(?!{_YEAR}\b)\d|[.,]\d|\s?{_DASH}\d\d(?!\d))"
        rf")(?![^\W\d_])",
        re.IGNORECASE,
    )
    gap = r"[\s,;(]*"
    return Patterns(
        atom=atom,
        joint=re.compile(
            rf"{gap}(?:{_DASH}{{1,2}}|/|(?:{either_of(words['to'])})){fill}\s*",
            re.IGNORECASE,
        ),
        years_and=re.compile(rf"\s+(?:{either_of(words['years_and'])}){fill}\s+", re.IGNORECASE),
        lead_from=re.compile(rf"(?<!\w)(?:{either_of(words['from'])}){fill}[\s:]*$", re.IGNORECASE),
        lead_until=re.compile(rf"(?<!\w)(?:{either_of(words['until'])}){fill}[\s:]*$", re.IGNORECASE),
        lead_vague=re.compile(rf"(?<!\w)(?:{either_of(words['vague'])})\s*$", re.IGNORECASE),
        lead_between=re.compile(rf"(?<!\w)(?:{either_of(words['between'])}){fill}\s*$", re.IGNORECASE),
        vague=re.compile(rf"(?<!\w)(?:{either_of(words['vague'])})\s+{year_word}{_YEAR}", re.IGNORECASE),
        part=re.compile(
            rf"(?<!\w)(?:(?P<ordinal>{either_of(words['counted'])})\s+)?(?P<unit>{either_of(words['parts'])})"
            rf"(?:\s*(?P<first>\d)(?:\s?{_DASH}\s?(?P<last>\d))?)?[\s,]*(?:{either_of(words['year_words'])})?\s*$",
            re.IGNORECASE,
        ),
        open_behind=re.compile(
            rf"[\s,(]*(?:{_DASH}+|{either_of(words['years_and'])})?\s*(?:{either_of(words['open_ended'])})",
            re.IGNORECASE,
        ),
        open_ended=re.compile(rf"(?<!\w)(?:{either_of(words['open_ended'])})(?!\w)", re.IGNORECASE),
        limit=re.compile(rf"(?<!\w)(?:{either_of(words['limits'])})(?!\w)", re.IGNORECASE),
        duration=re.compile(
            rf"(?<!\w)(?P<count>\d{{1,2}}|{either_of(words['numerals'])})[\s-]*(?P<unit>{either_of(words['units'])})(?!\w)",
            re.IGNORECASE,
        ),
    )


@cache
def month_numbers() -> dict[str, int]:
    """The number of every form of a month's name, in small letters."""
    months = load_toml("dates.toml")["words"]["months"]
    return {form: number for number, forms in enumerate(months, start=1) for form in forms}
