"""Takes the findings of one agreement and gives the `Agreement`: areas merged, values numbered, doubts named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samsyn.extract.find import Findings
from samsyn.extract.finders.found import FoundArea, FoundGoal, FoundMeasure, FoundProblem
from samsyn.extract.finders.targets import find_targets
from samsyn.match import Matcher
from samsyn.models.agreement import (
    Agreement,
    AgreementPart,
    FocusArea,
    Goal,
    Measure,
    Mention,
    ProblemPicture,
    RecurringMatch,
)
from samsyn.models.document import Document
from samsyn.models.recurring import Match
from samsyn.models.section import Part
from samsyn.models.source import Caution
from samsyn.similarity import text_ratio

SAME_AREA = 0.9
"""Titles this alike (0-1) are one focus area: a heading and the full-width row of a table that repeats it."""


class _Areas:
    """The focus areas by title, each with its id."""

    def __init__(self, found: Sequence[FoundArea]) -> None:
        self.areas: list[FocusArea] = []
        for area in found:
            if self.id_of(area.title) is None:
                identifier = f"a{len(self.areas) + 1}"
                self.areas.append(FocusArea(id=identifier, title=area.title, evidence=area.evidence))

    def id_of(self, title: str | None) -> str | None:
        """The id of the area with this title, or one nearly the same; None for none."""
        if title is None:
            return None
        return next((area.id for area in self.areas if text_ratio(area.title, title) >= SAME_AREA), None)


def assemble_agreement(document: Document, parts: Sequence[Part], findings: Findings, matcher: Matcher) -> Agreement:
    """The agreement that the findings make; the text is not looked at again."""
    content = findings.content
    areas = _Areas(content.areas)
    metadata = findings.metadata
    matches = [matcher.identify(found.fields, heading=found.area) for found in content.measures]
    both = enumerate(zip(content.measures, matches, strict=True), 1)
    measures = tuple(_measure(number, found, areas, matched) for number, (found, matched) in both)
    return Agreement(
        id=metadata.id,
        title=metadata.title,
        kind=metadata.kind,
        municipalities=metadata.municipalities,
        parties=metadata.parties,
        period=metadata.period,
        diary_number=metadata.diary_number,
        replaces=metadata.replaces,
        decided=metadata.decided,
        parts=tuple(AgreementPart(kind=part.kind.value, title=part.title, pages=part.pages) for part in parts),
        focus_areas=tuple(areas.areas),
        goals=tuple(_goal(n, found, areas) for n, found in enumerate(_distinct(content.goals), 1)),
        problem_pictures=tuple(_problem(n, found, areas) for n, found in enumerate(content.problems, 1)),
        measures=measures,
        mentions=(*findings.mentions, *_told_by_rows(content.measures, matches, findings.mentions)),
        signatories=metadata.signatories,
        units=findings.units,
        source=document.source,
        warnings=(*document.cautions, *metadata.cautions, *_gaps(document, findings)),
    )


def _distinct(goals: Sequence[FoundGoal]) -> list[FoundGoal]:
    kept: list[FoundGoal] = []
    for goal in goals:
        if not any(goal.area == other.area and text_ratio(goal.text, other.text) >= SAME_AREA for other in kept):
            kept.append(goal)
    return kept


def _goal(number: int, found: FoundGoal, areas: _Areas) -> Goal:
    return Goal(
        id=f"g{number}",
        text=found.text,
        level=found.level,
        focus_area=areas.id_of(found.area),
        targets=find_targets(found.text),
        rule=found.rule,
        evidence=found.evidence,
    )


def _problem(number: int, found: FoundProblem, areas: _Areas) -> ProblemPicture:
    return ProblemPicture(
        id=f"p{number}",
        title=found.title,
        text=found.text,
        focus_area=areas.id_of(found.area),
        rule=found.rule,
        evidence=found.evidence,
    )


def _told_by_rows(
    found: Sequence[FoundMeasure], matches: Sequence[Sequence[Match]], mentions: Sequence[Mention]
) -> Iterator[Mention]:
    """The measures that a row is by its cells together, where no text of the agreement names them alone."""
    known = {mention.id for mention in mentions}
    for measure, matched in zip(found, matches, strict=True):
        for match in matched:
            if match.id not in known:
                known.add(match.id)
                yield Mention(
                    id=match.id,
                    text=match.matched,
                    score=round(match.score, 3),
                    commitment=measure.commitment,
                    evidence=measure.evidence,
                )


def _measure(number: int, found: FoundMeasure, areas: _Areas, matches: Sequence[Match]) -> Measure:
    return Measure(
        id=f"m{number}",
        form=found.form,
        responsible=found.responsible,
        outcomes=found.outcomes,
        focus_area=areas.id_of(found.area),
        undertaken_by=found.undertaken_by,
        commitment=found.commitment,
        recurring=tuple(RecurringMatch(id=m.id, name=m.name, score=round(m.score, 3)) for m in matches),
        cells=found.cells,
        rule=found.rule,
        evidence=found.evidence,
        **found.fields,
    )


def _gaps(document: Document, findings: Findings) -> list[Caution]:
    """What one would expect in an agreement and did not find."""
    missing = {
        "no-goals": ("inga mål", findings.content.goals),
        "no-measures": ("inga åtgärder", findings.content.measures),
        "no-signatories": ("inga undertecknare", findings.metadata.signatories),
    }
    words = [(code, words) for code, (words, values) in missing.items() if not values]
    if not document.blocks:
        return [Caution(code="no-text", message="Dokumentet har ingen text som går att läsa.")]
    return [Caution(code=code, message=f"Läsaren hittade {text} i dokumentet.") for code, text in words]
