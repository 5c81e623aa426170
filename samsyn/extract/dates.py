"""Takes Swedish text and gives the dates and periods written in it, as ISO days; today's date is never used.

A bare year covers its twelve months and a month its days, so every mention has a first and a last day. What cannot
be told for certain ('hösten 2015', '1 mars' without a year, '2010-12') gives nothing.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from samsyn.extract.date_patterns import ANY_YEAR, has_year, month_numbers, patterns
from samsyn.remember import remembers
from samsyn.vocabulary.load import load_toml

EARLIEST_YEAR, LATEST_YEAR = 1985, 2060
"""Years outside are not dates of agreements but numbers; cooperation between police and municipality is younger."""

_MONTHS = 12


class Unit(StrEnum):
    """How finely a date is given."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DateMention(NamedTuple):
    """A date in a text: offsets, the first and last day it covers (ISO), and how finely it is given."""

    start: int
    end: int
    first: str
    last: str
    unit: Unit


class SpanMention(NamedTuple):
    """A period in a text: offsets and its first and last day (ISO); None where that end is not given.

    `open_ended` is true when the text says that there is no end ('tills vidare').
    """

    start: int
    end: int
    first: str | None
    last: str | None
    open_ended: bool = False


class _Atom(NamedTuple):
    """A date or a piece of one: year, month and day as far as they are written."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    turns: bool = False
    """True for the turn of the half-year: what ends there ends the day before."""


@remembers(512)
def find_dates(text: str) -> tuple[DateMention, ...]:
    """Every complete date of the text in order: days, months with a year, and bare years."""
    if not has_year(text):
        return ()
    return tuple(mention for atom in _atoms(text) if (mention := _mention(atom)) is not None)


def find_days(text: str) -> tuple[DateMention, ...]:
    """Only the dates that name a day."""
    return tuple(mention for mention in find_dates(text) if mention.unit is Unit.DAY)


def find_impossible_days(text: str) -> tuple[str, ...]:
    """Days of a written year that no calendar has, as written: '31 november 2021', '2019-02-30'."""
    if not has_year(text):
        return ()
    return tuple(hit.group().strip() for hit in patterns().atom.finditer(text) if _is_impossible(hit))


def _is_impossible(hit: re.Match[str]) -> bool:
    for number in "1234":
        year, month, day = (hit[f"{part}{number}"] for part in "ymd")
        if year and month and day:
            value = int(month) if month.isdigit() else month_numbers()[month.casefold()]
            return 1 <= value <= _MONTHS and not 1 <= int(day) <= calendar.monthrange(int(year), value)[1]
    return False


@remembers(512)
def find_spans(text: str) -> tuple[SpanMention, ...]:
    """Every period of the text in order: ranges, open beginnings and ends, and single years and months.

    '2016-2019' gives 2016-01-01 to 2019-12-31, 'från och med 17 februari 2023' has no end. A lone day is no period.
    """
    return tuple(_join_halves(text, _with_open_end(text, _spans(text) if has_year(text) else ())))


def find_duration(text: str) -> tuple[int, int, int] | None:
    """Offsets and length in months of the first duration ('i tre år', '18 månader'), or None."""
    hit = patterns().duration.search(text)
    if hit is None:
        return None
    words = load_toml("dates.toml")["words"]
    raw = hit["count"].casefold()
    count = int(raw) if raw.isdigit() else words["numerals"][raw]
    return hit.start(), hit.end(), count * words["units"][hit["unit"].casefold()]


def is_open_ended(text: str) -> bool:
    """True when the text says that something holds until further notice."""
    return patterns().open_ended.search(text) is not None


def is_vague(text: str) -> bool:
    """True when the text names a part of a year that has no certain days: 'hösten 2018'."""
    return patterns().vague.search(text) is not None


def add_months(day: str, months: int) -> str:
    """The last day of a period of `months` that begins on `day` (ISO): three years from 2019-03-01 end 2022-02-28."""
    first = date.fromisoformat(day)
    index = first.year * 12 + first.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    ending = date(year, month, min(first.day, calendar.monthrange(year, month)[1]))
    return (ending - timedelta(days=1)).isoformat()


def _atoms(text: str) -> Iterator[_Atom]:
    for hit in patterns().atom.finditer(text):
        yield from _atom(hit)


def _atom(hit: re.Match[str]) -> Iterator[_Atom]:
    if hit["y6"]:
        yield from _year_atoms(hit)
        return
    if hit["y7"]:
        yield _Atom(hit.start(), hit.end(), int(hit["y7"]), 7, 1, turns=True)
        return
    for number in "12345":
        groups = hit.groupdict()
        month = groups.get(f"m{number}")
        if month is None:
            continue
        year, day = groups.get(f"y{number}"), groups.get(f"d{number}")
        value = int(month) if month.isdigit() else month_numbers()[month.casefold()]
        atom = _Atom(hit.start(), hit.end(), int(year) if year else None, value, int(day) if day else None)
        if _is_possible(atom):
            yield atom


def _year_atoms(hit: re.Match[str]) -> Iterator[_Atom]:
    """A bare year, or two for '2018/19' and '2022-23'; nothing for '2010-12', which may be a month."""
    year = int(hit["y6"])
    if not hit["short"]:
        yield _Atom(hit.start(), hit.end(), year, None, None)
        return
    tail = int(hit["short"][1:])
    if hit["short"][0] != "/" and tail <= 12:
        return
    if year % 100 < tail <= year % 100 + 10:
        yield _Atom(hit.start(), hit.end("y6"), year, None, None)
        yield _Atom(hit.end() - 2, hit.end(), year // 100 * 100 + tail, None, None)


def _is_possible(atom: _Atom) -> bool:
    if atom.month is None or not 1 <= atom.month <= 12:
        return False
    if atom.year is not None and not EARLIEST_YEAR <= atom.year <= LATEST_YEAR:
        return False
    return atom.day is None or 1 <= atom.day <= calendar.monthrange(atom.year or 2000, atom.month)[1]


def _mention(atom: _Atom) -> DateMention | None:
    if atom.year is None or not EARLIEST_YEAR <= atom.year <= LATEST_YEAR:
        return None
    unit = Unit.YEAR if atom.month is None else Unit.MONTH if atom.day is None else Unit.DAY
    return DateMention(atom.start, atom.end, _first_day(atom), _last_day(atom), unit)


def _first_day(atom: _Atom) -> str:
    return f"{atom.year:04}-{atom.month or 1:02}-{atom.day or 1:02}"


def _last_day(atom: _Atom) -> str:
    if atom.turns:
        return f"{atom.year:04}-06-30"
    month = atom.month or 12
    day = atom.day or calendar.monthrange(atom.year or 2000, month)[1]
    return f"{atom.year:04}-{month:02}-{day:02}"


def _spans(text: str) -> Iterator[SpanMention]:
    """Ranges of two dates that only a connector parts, and single dates that are a period or one end of it."""
    atoms = list(_atoms(text))
    index = 0
    while index < len(atoms):
        count = _listed_years(text, atoms[index : index + _MOST_LISTED])
        if count > 2:
            yield from _range(atoms[index], atoms[index + count - 1])
            index += count
            continue
        if index + 1 < len(atoms) and _is_range(text, atoms[index], atoms[index + 1]):
            yield from _range(atoms[index], atoms[index + 1])
            index += 2
            continue
        single = _single(text, atoms[index])
        if single is not None:
            yield single
        index += 1


_MOST_LISTED = 8
_LONGEST_PERIOD = 6
"""Years that a period has at the most when only a space parts its two years."""


def _listed_years(text: str, atoms: list[_Atom]) -> int:
    """How many years in a row are counted up: '2020, 2021, 2022 och 2023' has four."""
    count = 1
    for left, right in pairwise(atoms):
        between = text[left.end : right.start]
        follows = left.month is right.month is None and right.year == (left.year or 0) + 1
        if not follows or not (between.strip() == "," or patterns().years_and.fullmatch(between)):
            break
        count += 1
    return count


def _is_range(text: str, left: _Atom, right: _Atom) -> bool:
    """True when only a dash or a word such as 'till' stands between the two."""
    between = text[left.end : right.start]
    if between in ("/", *"-‐‑‒–—―−") or patterns().joint.fullmatch(between):
        return right.year is not None
    both_years = left.month is None and right.month is None
    if both_years and between == " ":
        return _has_lost_dash(text, left, right)
    ends_named = both_years or patterns().lead_between.search(text[max(0, left.start - 30) : left.start])
    return bool(ends_named) and patterns().years_and.fullmatch(between) is not None


def _has_lost_dash(text: str, left: _Atom, right: _Atom) -> bool:
    """True for '2016 2019' where a transcript has dropped the dash; years side by side in a row are three or more."""
    years = (right.year or 0) - (left.year or 0)
    alone = not ANY_YEAR.search(text[max(0, left.start - 6) : left.start] + "|" + text[right.end : right.end + 6])
    return 1 <= years <= _LONGEST_PERIOD and alone


def _range(left: _Atom, right: _Atom) -> Iterator[SpanMention]:
    """The period from the one to the other; nothing when it would end before it begins."""
    if right.year is None:
        return
    if left.year is None:
        same_year = (left.month or 0, left.day or 0) <= (right.month or 12, right.day or 31)
        left = left._replace(year=right.year if same_year else right.year - 1)
    first, last = _first_day(left), _last_day(right)
    if first < last and (left.year or 0) >= EARLIEST_YEAR and right.year <= LATEST_YEAR:
        yield SpanMention(left.start, right.end, first, last)


def _single(text: str, atom: _Atom) -> SpanMention | None:
    mention = _mention(atom)
    if mention is None:
        return None
    lead = text[max(0, atom.start - 60) : atom.start]
    part = _part_of_year(lead, atom)
    if part is not None:
        return part
    if patterns().lead_vague.search(lead):
        return None
    until = patterns().lead_until.search(lead)
    if until is not None:
        return SpanMention(atom.start - len(lead) + until.start(), atom.end, None, mention.last)
    begin = patterns().lead_from.search(lead)
    if begin is not None:
        return SpanMention(atom.start - len(lead) + begin.start(), atom.end, mention.first, None)
    if patterns().open_behind.match(text, atom.end):
        return SpanMention(atom.start, atom.end, mention.first, None)
    if mention.unit is Unit.DAY:
        return None
    return SpanMention(atom.start, atom.end, mention.first, mention.last)


def _part_of_year(lead: str, atom: _Atom) -> SpanMention | None:
    """'tertial 2' or 'första halvåret' before a year: the months it has, all of them where it counts on ('1–3')."""
    hit = patterns().part.search(lead) if atom.month is None and atom.year is not None else None
    if hit is None or not (hit["ordinal"] or hit["first"]):
        return None
    words = load_toml("dates.toml")["words"]
    months = words["parts"][hit["unit"].casefold()]
    first = int(hit["first"]) if hit["first"] else words["counted"][hit["ordinal"].casefold()]
    last = int(hit["last"] or first)
    if not 1 <= first <= last <= 12 // months:
        return None
    begins, ends = atom._replace(month=(first - 1) * months + 1), atom._replace(month=last * months)
    return SpanMention(atom.start - len(lead) + hit.start(), atom.end, _first_day(begins), _last_day(ends))


def _with_open_end(text: str, spans: Iterable[SpanMention]) -> Iterator[SpanMention]:
    """The spans in order, with 'tills vidare' as a span of its own."""
    opens = [SpanMention(hit.start(), hit.end(), None, None, True) for hit in patterns().open_ended.finditer(text)]
    return iter(sorted([*spans, *opens], key=lambda span: span.start))


def _join_halves(text: str, spans: Iterable[SpanMention]) -> Iterator[SpanMention]:
    """The spans, two halves of one period in the same sentence joined."""
    waiting: SpanMention | None = None
    for span in spans:
        joined = _joined(text, waiting, span) if waiting is not None else None
        if waiting is not None and joined is None:
            yield waiting
        waiting = joined or span
    if waiting is not None:
        yield waiting


def _joined(text: str, one: SpanMention, other: SpanMention) -> SpanMention | None:
    """'från och med A' with 'till och med B' or 'tills vidare'; 'tills vidare' with 'från A', 'dock längst till B'."""
    if one.last is not None or not _same_sentence(text[one.end : other.start]):
        return None
    if one.open_ended and other.last is None and other.first is not None and one.first is None:
        return SpanMention(one.start, other.end, other.first, None, True)
    if other.first is not None or (one.open_ended and not _limits(text, other)):
        return None
    if other.open_ended or (one.first or "") < (other.last or ""):
        return SpanMention(one.start, other.end, one.first, other.last, other.open_ended)
    return None


def _limits(text: str, span: SpanMention) -> bool:
    """True when the end is a limit to something open: 'tills vidare, dock längst till …'."""
    return patterns().limit.search(text[max(0, span.start - 20) : span.end]) is not None


def _same_sentence(between: str) -> bool:
    return len(between) <= 120 and not re.search(r"(?<!\b[a-zåäö])[.!?]\s+[A-ZÅÄÖ]", between)


_SHORT_DAY = re.compile(r"(?<!\d)(\d\d)-?(\d\d)-?(\d\d)(?![\d-])|(?<!\d)(\d{1,2})/(\d{1,2})\s?[- ]\s?(\d\d)(?!\d)")


def read_short_day(text: str) -> str | None:
    """The ISO day of a short date ('190228', '19-02-28', '4/3-19'); only where a date is expected, or None."""
    hit = _SHORT_DAY.search(text)
    if hit is None:
        return None
    year, month, day = (hit[1], hit[2], hit[3]) if hit[1] else (hit[6], hit[5], hit[4])
    atom = _Atom(hit.start(), hit.end(), 2000 + int(year), int(month), int(day))
    return _first_day(atom) if _is_possible(atom) else None
