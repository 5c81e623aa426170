"""Takes a text that gives the old period and gives it with the new one, every date written as it was written."""

from __future__ import annotations

import re

from samsyn.extract.dates import DateMention, Unit, find_dates, find_spans
from samsyn.models.agreement import Period
from samsyn.vocabulary.drafting import draft_text
from samsyn.vocabulary.load import load_toml

_YEAR = re.compile(r"(?:19|20)\d\d")


def redate(text: str, old: Period, new: tuple[str, str]) -> str:
    """The text with the old period's days and years replaced; other dates stay.

    'från den 1 januari 2024 till 31 december 2027' becomes '… 1 januari 2028 till 31 december 2031' for a period of
    four years, '2024–2027' becomes '2028–2031'.
    """
    redated = _by_date(text, old, new)
    whole = any((span.first, span.last) == (old.start, old.end) for span in find_spans(text))
    done = any((span.first, span.last) == new for span in find_spans(redated))
    if not done and not whole and redated != text:
        return _with_end(redated, old, new)
    return redated if done or not whole else _by_span(text, new)


def _with_end(redated: str, old: Period, new: tuple[str, str]) -> str:
    """'under ett år från och med den 1 februari 2032' with the last day in place of a time that is no longer true."""
    duration = re.compile(rf"\b(?:{load_toml('drafting.toml')['redating']['duration']})\s+", re.IGNORECASE)
    start = next((date for date in find_dates(redated) if date.unit is Unit.DAY and date.first == new[0]), None)
    if start is None or old.end is None or not duration.search(redated) or _length(old.start, old.end) == _length(*new):
        return redated
    until = draft_text("redating", "until", end=day_words(new[1]))
    return duration.sub("", f"{redated[: start.end]}{until}{redated[start.end :]}", count=1)


def _length(first: str | None, last: str) -> int:
    """About how many months lie between two days."""
    return (int(last[:4]) - int((first or last)[:4])) * 12 + int(last[5:7]) - int((first or last)[5:7])


def day_words(day: str) -> str:
    """An ISO date in words: '31 december 2035'."""
    months = [names[0] for names in load_toml("dates.toml")["words"]["months"]]
    return f"{int(day[8:])} {months[int(day[5:7]) - 1]} {day[:4]}"


def _by_span(text: str, new: tuple[str, str]) -> str:
    """The text with its period written out, where date by date will not do: 'januari–mars 2021', 'tills vidare'."""
    spans = find_spans(text)
    if not spans:
        return text
    words = draft_text("sentences", "range", start=new[0], end=new[1])
    verb = _verb(text[spans[0].start : spans[0].end])
    return f"{text[: spans[0].start]}{verb}{words}{text[spans[0].end :]}"


def _verb(written: str) -> str:
    """'gäller ' of a period written 'gäller från och med …', which must stay; nothing where a date begins it."""
    vocabulary = load_toml("dates.toml")["words"]
    dated = [*vocabulary["day_leads"], *vocabulary["from"], *(name for names in vocabulary["months"] for name in names)]
    first = written.split(maxsplit=1)[0]
    return "" if first.casefold() in dated or not first.isalpha() else f"{first} "


def _by_date(text: str, old: Period, new: tuple[str, str]) -> str:
    pairs = [pair for pair in zip((old.start, old.end), new, strict=True) if pair[0]]
    pieces = []
    place = 0
    for date in find_dates(text):
        written = text[date.start : date.end]
        pieces.append(text[place : date.start])
        pieces.append(_redated(written, date, pairs))
        place = date.end
    pieces.append(text[place:])
    return _short_years("".join(pieces), old, new)


def _redated(written: str, date: DateMention, pairs: list[tuple[str | None, str]]) -> str:
    for before, after in pairs:
        if before is None:
            continue
        if date.unit is Unit.DAY and date.first == before:
            return _day_like(written, before, after)
        if date.unit is not Unit.DAY and (date.first[:4] == before[:4] and before in (date.first, date.last)):
            return _YEAR.sub(after[:4], written, count=1)
    return written


def _day_like(written: str, before: str, after: str) -> str:
    """The new day in the manner of the old: only the year changes where day and month are the same."""
    if before[5:] == after[5:]:
        return _YEAR.sub(after[:4], written, count=1)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", written.strip()):
        return after
    vocabulary = load_toml("dates.toml")["words"]
    lead = written.split(maxsplit=1)[0]
    day = day_words(after)
    return f"{lead} {day}" if lead.casefold() in vocabulary["day_leads"] else day


def _short_years(text: str, old: Period, new: tuple[str, str]) -> str:
    """'2024-27' keeps its short form."""
    if not old.end:
        return text
    return re.sub(
        rf"({new[0][:4]}\s*[–/-]\s*){old.end[2:4]}(?!\d)", lambda hit: f"{hit.group(1)}{new[1][2:4]}", text, count=1
    )
