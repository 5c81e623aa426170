"""Takes the papers and fields of a document, gives a caution for each day in them that no calendar has.

Such a day ('31 november 2021') is left out of the period, the decision and the signatures; the reader is told why.
"""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.extract.dates import find_impossible_days
from samsyn.extract.finders.fields import Field
from samsyn.extract.finders.passages import Paper, Stretch
from samsyn.extract.finders.wording import first_words, message
from samsyn.models.section import BINDING_PARTS
from samsyn.models.source import Caution

_LAST_LINES = 30
"""So many lines at the end of a paper may hold its signatures."""


def find_impossible(papers: tuple[Paper, ...], fields: tuple[Field, ...]) -> tuple[Caution, ...]:
    """One caution a day, in reading order: of fields, of validity and decision, of the signatures."""
    found: dict[str, Caution] = {}
    for stretch in _stretches(papers, fields):
        for day in find_impossible_days(stretch.text):
            text = message("impossible-day", day=day)
            found.setdefault(day, Caution(code="impossible-day", message=text, evidence=stretch.locate()))
    return tuple(found.values())


def _stretches(papers: tuple[Paper, ...], fields: tuple[Field, ...]) -> Iterator[Stretch]:
    yield from (field.value for field in fields if field.paper.kind in BINDING_PARTS)
    cues = first_words("metadata.toml", "validity", "cues") | first_words("metadata.toml", "decision", "verbs")
    for paper in papers:
        if paper.kind not in BINDING_PARTS:
            continue
        for sentence in paper.sentences:
            if not cues.isdisjoint(sentence.words) or paper.is_about(sentence.line.block, "period"):
                yield sentence.stretch
        yield from paper.lines[-_LAST_LINES:]
