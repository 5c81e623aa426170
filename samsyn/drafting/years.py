"""Takes carried-over text and the new period's first year, gives the text with its old years marked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from samsyn.extract.dates import find_dates
from samsyn.models.draft import Note, NoteKind, Passage, Standing
from samsyn.vocabulary.drafting import draft_text

_NUMBER_OF_A_LAW = re.compile(r"\b(?:19|20)\d\d\s*:\s*\d+")
"""'2023:196' names a law and is no year that grows old."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def carried(
    text: str, first_year: int, *, standing: Standing = Standing.CARRIED, notes: tuple[Note, ...] = ()
) -> Passage:
    """The text as a passage with every year before `first_year` marked as stale; the text itself is not changed."""
    return Passage(text, standing, stale_years(text, first_year), notes)


def stale_years(text: str, first_year: int) -> tuple[tuple[int, int], ...]:
    """Offsets of the years before `first_year`, whole dates when a day is given; numbers of laws are left out."""
    laws = [hit.span() for hit in _NUMBER_OF_A_LAW.finditer(text)]
    spans = {(date.start, date.end) for date in find_dates(text) if int(date.last[:4]) < first_year}
    spans |= {hit.span() for hit in _YEAR.finditer(text) if int(hit.group()) < first_year}
    outside = [span for span in spans if not any(start <= span[0] < end for start, end in laws)]
    return tuple(_widest(outside))


def _widest(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those inside another left out."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def old_year_note(passages: Iterable[Passage]) -> tuple[Note, ...]:
    """One note that names the old years of all the passages; none when there are none."""
    years = {passage.text[start:end] for passage in passages for start, end in passage.stale}
    if not years:
        return ()
    return (Note(NoteKind.OLD_YEAR, draft_text("notes", "old_year", years=", ".join(sorted(years)))),)
