"""Protects the grammar of dates: every form that agreements use is read, what is uncertain gives nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.extract.dates import add_months, find_dates, find_days, find_duration, find_spans, read_short_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-12-21", "2016-12-21"),
        ("20 december 2019", "2019-12-20"),
        ("torsdagen den 22 juni 2017", "2017-06-22"),
        ("14/12 2023", "2023-12-14"),
        ("14/12-2023", "2023-12-14"),
        ("den 14.12.2023", "2023-12-14"),
        ("1:a juli 2023", "2023-07-01"),
        ("20190601", "2019-06-01"),
        ("3 sept. 2019", "2019-09-03"),
        ("2019.01.31", "2019-01-31"),
        ("den 5 maj år 2016", "2016-05-05"),
    ],
)
def test_days(text: str, day: str) -> None:
    """A day is read from every way of writing it."""
    assert [mention.first for mention in find_days(text)] == [day]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016-2019", "2016-01-01", "2019-12-31"),
        ("2016- 2019", "2016-01-01", "2019-12-31"),
        ("2024 – 2027", "2024-01-01", "2027-12-31"),
        ("2017 och 2018", "2017-01-01", "2018-12-31"),
        ("2021 till 2023", "2021-01-01", "2023-12-31"),
        ("2018/19", "2018-01-01", "2019-12-31"),
        ("Överenskommelse 2016 2019", "2016-01-01", "2019-12-31"),
        ("2016/2017", "2016-01-01", "2017-12-31"),
        ("2022-23", "2022-01-01", "2023-12-31"),
        ("januari - december 2022", "2022-01-01", "2022-12-31"),
        ("maj-juli 2018", "2018-05-01", "2018-07-31"),
        ("juni 2022–december 2023", "2022-06-01", "2023-12-31"),
        ("1 mars - 31 oktober 2021", "2021-03-01", "2021-10-31"),
        ("1 november - 31 mars 2022", "2021-11-01", "2022-03-31"),
        ("från den 1 mars 2023 till 28 februari 2027", "2023-03-01", "2027-02-28"),
        ("fr.o.m. 1 jan 2020 t.o.m. 31 dec 2022", "2020-01-01", "2022-12-31"),
        ("fr o m 2020-01-01 t o m 2022-12-31", "2020-01-01", "2022-12-31"),
        ("20190601-20211231", "2019-06-01", "2021-12-31"),
        ("från 1 januari 2024, dock längst till och med den 31 december 2027", "2024-01-01", "2027-12-31"),
        ("under 2019", "2019-01-01", "2019-12-31"),
        ("från halvårsskiftet 2023 till slutet av 2024", "2023-07-01", "2024-12-31"),
        ("träder i kraft 1 juni 2019 och gäller året ut 2022", "2019-06-01", "2022-12-31"),
        ("från 1 mars 2020 till halvårsskiftet 2022", "2020-03-01", "2022-06-30"),
        ("februari 2020", "2020-02-01", "2020-02-29"),
        ("från och med 17 februari 2023", "2023-02-17", None),
        ("till och med utgången av 2026", None, "2026-12-31"),
        ("tills vidare från och med den 1 januari 2020", "2020-01-01", None),
        ("från och med den 1 januari 2020 och tills vidare", "2020-01-01", None),
        ("tills vidare, dock längst till och med den 31 december 2026", None, "2026-12-31"),
    ],
)
def test_spans(text: str, first: str | None, last: str | None) -> None:
    """A period is read from every way of writing it, with the end that is not given left open."""
    assert [(span.first, span.last) for span in find_spans(text)] == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "lag (2023:196)", "KS 2018/14", "KS/2017:359", "0455-30 31 20", "2010-12", "hösten 2015", "1 mars",
        "2019-13-45", "20191345", "den 31 december 2022", "2019-2016", "åk 7-9", "1 000-2 000 kronor",
    ],
)  # fmt: skip
def test_what_is_no_period(text: str) -> None:
    """Numbers of laws and cases, seasons, impossible days, lone days and ambiguous forms give no period."""
    assert find_spans(text) == ()


def test_sentences_are_kept_apart() -> None:
    """A beginning in one sentence is not joined with an end in the next."""
    spans = find_spans("Den gäller från och med den 1 juli 2019. Den kan sägas upp till 2021.")
    assert [(span.first, span.last) for span in spans] == [("2019-07-01", None), (None, "2021-12-31")]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("i tre år", 36),
        ("3 år", 36),
        ("treårsperiod", 36),
        ("18 månader", 18),
        ("ett kalenderår", 12),
        ("många år", None),
    ],
)
def test_durations(text: str, months: int | None) -> None:
    """A length of time is read in words and figures."""
    found = find_duration(text)
    assert (found[2] if found else None) == months


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [("2019-03-01", 36, "2022-02-28"), ("2020-01-31", 1, "2020-02-28"), ("2016-01-01", 48, "2019-12-31")],
)
def test_last_day_of_a_period(day: str, months: int, last: str) -> None:
    """A period of years ends the day before its anniversary."""
    assert add_months(day, months) == last


@pytest.mark.parametrize(("text", "day"), [("190228", "2019-02-28"), ("4/3-19", "2019-03-04"), ("191332", None)])
def test_short_days(text: str, day: str | None) -> None:
    """Short dates are read where a date is expected, and only possible ones."""
    assert read_short_day(text) == day


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2050, 12, 31)))
def test_iso_days_come_back_as_they_are(day: object) -> None:
    """Any day in ISO form is read back unchanged, at its place."""
    text = f"Beslutat {day} av nämnden"
    (mention,) = find_dates(text)
    assert mention.first == mention.last == str(day) == text[mention.start : mention.end]


@given(st.text(alphabet="0123456789-/. åäöjanmrstilvdfo\n", max_size=60))
def test_no_text_upsets_the_grammar(text: str) -> None:
    """Whatever is thrown at it, spans are in order, lie within the text and end no earlier than they begin."""
    for span in find_spans(text):
        assert 0 <= span.start < span.end <= len(text)
        assert not (span.first and span.last) or span.first <= span.last
