"""Takes an agreement and the document it was read from, gives the texts that can be searched, each with its page.

What was found comes as what it is: a goal, a measure. The rest of the document comes block by block, so that no word
of it is out of reach.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from samsyn.models.agreement import Agreement, Measure
from samsyn.models.document import Document
from samsyn.models.source import Evidence

_MEASURE_TEXTS = (
    "title", "municipality_action", "police_action", "joint_action", "cause", "goal", "effect", "indicator",
    "participants", "target_group", "schedule", "follow_up", "communication", "resources", "status", "place",
)  # fmt: skip
_MOSTLY = 0.8
"""A block of which so much stands in found values is not given again."""


class Passage(NamedTuple):
    """A text: what kind of value it is ('text' for none), the value's own id, the page it begins on."""

    kind: str
    value: str | None
    page: int | None
    text: str


def passages_of(agreement: Agreement, document: Document | None) -> Iterator[Passage]:
    """The searchable texts of the agreement; of the document, if there is one, what is in none of the values."""
    yield from (passage for passage in _values(agreement) if passage.text)
    if document is not None:
        yield from _rest(agreement, document)


def _values(agreement: Agreement) -> Iterator[Passage]:
    yield Passage("title", None, None, agreement.title or "")
    for area in agreement.focus_areas:
        yield Passage("focus_area", area.id, _page(area.evidence), area.title)
    for goal in agreement.goals:
        yield Passage("goal", goal.id, _page(goal.evidence), goal.text)
    for picture in agreement.problem_pictures:
        text = "\n".join(part for part in (picture.title, picture.text) if part)
        yield Passage("problem_picture", picture.id, _page(picture.evidence), text)
    for measure in agreement.measures:
        yield Passage("measure", measure.id, _page(measure.evidence), _measure_text(measure))
    for number, signatory in enumerate(agreement.signatories, start=1):
        text = ", ".join(part for part in (signatory.name, signatory.title, signatory.organisation) if part)
        yield Passage("signatory", f"s{number}", _page(signatory.evidence), text)


def _measure_text(measure: Measure) -> str:
    texts = [getattr(measure, field) for field in _MEASURE_TEXTS]
    return "\n".join(text for text in (*texts, *measure.outcomes, "; ".join(measure.responsible)) if text)


def _page(evidence: tuple[Evidence, ...]) -> int | None:
    return evidence[0].page if evidence else None


def _rest(agreement: Agreement, document: Document) -> Iterator[Passage]:
    taken, rows = _taken(agreement)
    for block in document.walk():
        text = block.text.strip()
        if not any(map(str.isalnum, text)) or taken.get(block.id, 0) >= _MOSTLY * len(block.text):
            continue
        if "." not in block.id or _plain(text) not in rows.get(block.id.partition(".")[0], ""):
            yield Passage("text", None, block.page, block.text)
    for note in document.footnotes:
        if note.block.text.strip():
            yield Passage("text", None, note.block.page, note.block.text)


def _taken(agreement: Agreement) -> tuple[dict[str, int], dict[str, str]]:
    """How many letters of each block stand in found values; and the texts of each table's rows that were found."""
    taken: dict[str, int] = defaultdict(int)
    rows: dict[str, list[str]] = defaultdict(list)
    stretches = {
        (item.block, item.start, item.end, item.text)
        for field in ("focus_areas", "goals", "problem_pictures", "measures", "signatories")
        for value in getattr(agreement, field)
        for item in value.evidence
    }
    for block, start, end, text in stretches:
        taken[block] += end - start
        rows[block.partition(".")[0]].append(_plain(text))
    return taken, {table: "\n".join(texts) for table, texts in rows.items()}


def _plain(text: str) -> str:
    return " ".join(text.split())
