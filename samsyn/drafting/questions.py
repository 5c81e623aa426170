"""Takes the check of the old agreement, gives the questions a draft asks: what is missing or weak, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from samsyn.checking.requirements import goal_text, load_requirements
from samsyn.models.check import CheckPoint, CheckReport, GoalCheck
from samsyn.models.draft import Item, Note, NoteKind, Paragraph, Passage, Standing
from samsyn.vocabulary.columns import column_lexicon

_ASKED_BY_COLUMN = {
    "responsible": "responsible",
    "schedule": "time",
    "follow_up": "measure-follow-up",
    "indicator": "measure-follow-up",
}
"""Columns whose empty cells are asked for, and the requirement that holds the question."""


@dataclass(frozen=True, slots=True)
class Questions:
    """The points of a check that are partly met or missing, and the goals that cannot be measured."""

    points: dict[str, CheckPoint] = field(default_factory=dict)
    goals: dict[str, GoalCheck] = field(default_factory=dict)

    def in_area(self, requirement: str, title: str | None) -> str | None:
        """The question on what a focus area lacks; None when the area has it, or nobody asks."""
        point = self.points.get(requirement)
        if point is None or (point.lacking and title not in point.lacking):
            return None
        return point.question

    def on_goal(self, identifier: str) -> tuple[str, str] | None:
        """What to ask of a goal that cannot be measured, and why; None for one that can."""
        goal = self.goals.get(identifier)
        return (goal_text("question"), " ".join(goal.reasons)) if goal is not None else None

    def at(self, place: str) -> tuple[CheckPoint, ...]:
        """The points whose question belongs at a place of the draft, such as 'follow-up'."""
        return tuple(point for point in self.points.values() if point.place == place and point.question)


def questions_of(report: CheckReport) -> Questions:
    """The questions that a report of a check gives rise to."""
    return Questions(
        points={point.id: point for point in report.points if point.verdict != "found"},
        goals={goal.id: goal for goal in report.goals if goal.measurable != "yes"},
    )


def question_on_cell(column: str) -> str | None:
    """What to ask where a cell of the column is empty; None for columns that may be."""
    requirement = _ASKED_BY_COLUMN.get(column_lexicon().meaning(column) or "")
    return requirement_question(requirement) if requirement else None


def requirement_question(identifier: str) -> str | None:
    """The question that belongs to a requirement."""
    return next((one.question for one in load_requirements() if one.id == identifier), None)


def ask(question: str) -> Paragraph:
    """A question as a paragraph to write in."""
    return Paragraph(Passage(question, Standing.QUESTION))


def ask_below(question: str, reason: str) -> Item:
    """A question below a list item, with its reason as a note."""
    note = Note(NoteKind.QUESTION, reason)
    return Item(Passage(question, Standing.QUESTION, notes=(note,) if reason else ()), depth=2)


def ask_points(points: Sequence[CheckPoint]) -> tuple[Paragraph, ...]:
    """The points' questions, each with what is wrong as a note."""
    return tuple(
        Paragraph(
            Passage(
                point.question or point.asks,
                Standing.QUESTION,
                notes=(Note(NoteKind.QUESTION, point.reason),) if point.reason else (),
            )
        )
        for point in points
    )
