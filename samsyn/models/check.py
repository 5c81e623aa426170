"""What an agreement holds of what it ought to hold: point by point, goal by goal, focus area by focus area."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from samsyn.models.agreement import DocumentKind, GoalLevel, Period
from samsyn.models.source import Evidence, Frozen

Verdict = Literal["found", "partly", "missing", "unknown"]
Measurable = Literal["yes", "partly", "no"]


class RequirementSource(Frozen):
    """Who asks for something."""

    title: str
    url: str
    paragraph: str | None = Field(default=None, description="the paragraph of a law, where it was read there")


class CheckPoint(Frozen):
    """One requirement, and how far the agreement meets it."""

    id: str
    title: str
    asks: str = Field(description="what is asked, in our words")
    source: RequirementSource
    verdict: Verdict = Field(description="unknown where the file does not hold what would tell")
    counted: bool = Field(description="false for what an agreement may leave out, and for what could not be judged")
    reason: str | None = Field(default=None, description="what is wrong, when it is partly met or missing")
    lacking: tuple[str, ...] = Field(default=(), description="focus areas or parties that it is missing for")
    question: str | None = Field(default=None, description="what to ask when it is partly met or missing")
    place: str = Field(default="", description="where in a draft the question belongs")
    evidence: tuple[Evidence, ...] = ()


class GoalCheck(Frozen):
    """Whether a goal can be measured, and why not."""

    id: str
    text: str
    level: GoalLevel
    focus_area: str | None = Field(default=None, description="title of the focus area")
    measurable: Measurable
    figures: tuple[str, ...] = Field(default=(), description="the figures to reach, as written")
    reasons: tuple[str, ...] = Field(default=(), description="what is missing for it to be measured")
    evidence: tuple[Evidence, ...] = ()


class AreaCheck(Frozen):
    """What a focus area holds, counted."""

    id: str
    title: str
    problems: int
    goals: int
    measurable_goals: int
    measures: int
    with_responsible: int
    with_time: int
    with_follow_up: int


class CheckReport(Frozen):
    """How complete an agreement is."""

    id: str
    title: str | None
    kind: DocumentKind
    period: Period
    file: str
    score: int | None = Field(
        description="percent of the counted points, a point partly met counting half; null where nothing is asked"
    )
    points: tuple[CheckPoint, ...]
    goals: tuple[GoalCheck, ...] = ()
    areas: tuple[AreaCheck, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many of the counted points have this verdict."""
        return sum(point.verdict == verdict for point in self.points if point.counted)
