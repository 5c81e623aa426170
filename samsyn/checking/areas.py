"""Takes an agreement, counts for each focus area what it holds of the chain from problem to follow-up."""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.models.agreement import Agreement, FocusArea, Measure
from samsyn.models.check import AreaCheck, GoalCheck


def check_areas(agreement: Agreement, goals: Sequence[GoalCheck]) -> tuple[AreaCheck, ...]:
    """One count a focus area, in the agreement's order."""
    return tuple(_count(area, agreement, goals) for area in agreement.focus_areas)


def _count(area: FocusArea, agreement: Agreement, goals: Sequence[GoalCheck]) -> AreaCheck:
    own = {goal.id for goal in agreement.goals if goal.focus_area == area.id}
    measures = [measure for measure in agreement.measures if measure.focus_area == area.id]
    return AreaCheck(
        id=area.id,
        title=area.title,
        problems=sum(problem.focus_area == area.id for problem in agreement.problem_pictures),
        goals=len(own),
        measurable_goals=sum(goal.id in own and goal.measurable == "yes" for goal in goals),
        measures=len(measures),
        with_responsible=sum(names_who(measure) for measure in measures),
        with_time=sum(bool(measure.schedule) for measure in measures),
        with_follow_up=sum(bool(measure.follow_up or measure.indicator) for measure in measures),
    )


def names_who(measure: Measure) -> bool:
    """True when a measure says who does it: a unit, or what each party does."""
    return bool(measure.responsible or measure.municipality_action or measure.police_action)


def areas_without(agreement: Agreement, holders: Sequence[str | None]) -> tuple[str, ...]:
    """The titles of the focus areas that none of the holders (ids of focus areas) belongs to."""
    return tuple(area.title for area in agreement.focus_areas if area.id not in holders)
