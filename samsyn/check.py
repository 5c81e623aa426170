"""Takes an agreement and its sections, gives how complete it is: point by point, goal by goal, area by area."""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.checking.areas import check_areas
from samsyn.checking.goals import check_goal
from samsyn.checking.looking import Sight, Subject, look, needs_document, subject_of
from samsyn.checking.requirements import Language, Requirement, applies_to, gap_word, load_requirements
from samsyn.models.agreement import Agreement
from samsyn.models.check import CheckPoint, CheckReport, Verdict
from samsyn.models.section import Part

_WORTH: dict[Verdict, float] = {"found": 1.0, "partly": 0.5, "missing": 0.0, "unknown": 0.0}


def check_agreement(agreement: Agreement, parts: Sequence[Part] = (), *, language: Language = "sv") -> CheckReport:
    """How complete the agreement is, after requirements.toml; told in Swedish ('sv') or English ('en').

    `parts` are the sections of its document (`divide_document`); without them, as when the agreement comes from JSON,
    points that only its running text could show are 'unknown' and not counted.
    """
    goals = tuple(check_goal(goal, agreement, language) for goal in agreement.goals)
    subject = subject_of(agreement, goals, parts)
    points = tuple(
        check_point(requirement, subject, language)
        for requirement in load_requirements(language)
        if applies_to(requirement, agreement)
    )
    return CheckReport(
        id=agreement.id,
        title=agreement.title,
        kind=agreement.kind,
        period=agreement.period,
        file=agreement.source.file,
        score=_score(points),
        points=points,
        goals=goals,
        areas=check_areas(agreement, goals),
    )


def check_point(requirement: Requirement, subject: Subject, language: Language = "sv") -> CheckPoint:
    """How far the subject meets the requirement, with what was seen or what is missing."""
    verdict, sight = _judge(requirement, subject)
    short = verdict in ("partly", "missing")
    return CheckPoint(
        id=requirement.id,
        title=requirement.title,
        asks=requirement.asks,
        source=requirement.source,
        verdict=verdict,
        counted=verdict != "unknown" and not (requirement.optional and verdict != "found"),
        reason=_reason(requirement, subject, language) if short else None,
        lacking=_wanted(requirement, subject).lacking if short else (),
        question=requirement.question if short else None,
        place=requirement.place,
        evidence=sight.evidence,
    )


def _judge(requirement: Requirement, subject: Subject) -> tuple[Verdict, Sight]:
    for verdict, tests in (("found", requirement.found), ("partly", requirement.partly)):
        for test in tests:
            sight = look(test, subject)
            if sight.holds:
                return ("found" if verdict == "found" else "partly"), sight
    tests = (*requirement.found, *requirement.partly)
    blind = not subject.has_document and any(needs_document(test) for test in tests)
    return ("unknown" if blind else "missing"), Sight(False)


def _wanted(requirement: Requirement, subject: Subject) -> Sight:
    """What the test sees that is the first to be met in full."""
    return look(requirement.found[0], subject)


def _reason(requirement: Requirement, subject: Subject, language: Language) -> str:
    sight = _wanted(requirement, subject)
    if "{total}" in requirement.gap and not sight.total:
        return gap_word("goals" if requirement.place == "goal" else "measures", language)
    opening, closing = ("”", "”") if language == "sv" else ("“", "”")
    names = [gap_word(name, language) for name in sight.lacking]
    quoted = [f"{opening}{name}{closing}" for name in names] if names[1:] else names
    listed = f" {gap_word('and', language)} ".join([", ".join(quoted[:-1]), quoted[-1]] if names[1:] else names)
    where = f" ({listed})" if names else ""
    return requirement.gap.format(where=where, count=sight.short, total=sight.total)


def _score(points: Sequence[CheckPoint]) -> int | None:
    counted = [_WORTH[point.verdict] for point in points if point.counted]
    return round(100 * sum(counted) / len(counted)) if counted else None
