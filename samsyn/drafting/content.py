"""Takes the sources of a draft and gives their content by focus area: what is carried over and what is proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from samsyn.drafting.sources import DraftSource, SourceRole
from samsyn.models.agreement import Goal, Measure, ProblemPicture
from samsyn.similarity import text_ratio

Value = TypeVar("Value")

SAME_AREA = 0.9
"""Titles this alike (0-1) are one focus area, as when an agreement is assembled."""

SAME_TEXT = 0.95
"""Measures and goals this alike (0-1) are one, stated in the agreement and in its plan."""


class Taken(NamedTuple, Generic[Value]):
    """A value with the document it was taken from."""

    value: Value
    source: DraftSource


class Selection(NamedTuple):
    """What is left out: ids of the first source's areas, goals, problem pictures and measures."""

    drop: frozenset[str] = frozenset()
    only_recurring: bool = False


@dataclass(frozen=True, slots=True)
class AreaContent:
    """What the sources say of one focus area; `title` is None for what belongs to none."""

    title: str | None
    problems: tuple[Taken[ProblemPicture], ...]
    goals: tuple[Taken[Goal], ...]
    measures: tuple[Taken[Measure], ...]


def collect_areas(sources: Sequence[DraftSource], selection: Selection) -> tuple[AreaContent, ...]:
    """The content by focus area, that of no area first; areas in the order in which the sources name them."""
    groups = _Groups()
    for number, source in enumerate(sources):
        if source.role is SourceRole.FOLLOW_UP and number:
            continue
        for area in _areas_of(source, selection if number == 0 else Selection(only_recurring=selection.only_recurring)):
            groups.add(area)
    return groups.contents()


class _Groups:
    """The areas met so far, like titles joined."""

    def __init__(self) -> None:
        self._areas: list[AreaContent] = [AreaContent(None, (), (), ())]

    def contents(self) -> tuple[AreaContent, ...]:
        return tuple(self._areas)

    def add(self, area: AreaContent) -> None:
        for index, other in enumerate(self._areas):
            if _same_area(other.title, area.title):
                self._areas[index] = _joined(other, area)
                return
        self._areas.append(area)


def _same_area(left: str | None, right: str | None) -> bool:
    if left is None or right is None:
        return left is right
    return text_ratio(left, right) >= SAME_AREA


def _joined(area: AreaContent, more: AreaContent) -> AreaContent:
    return AreaContent(
        area.title,
        area.problems + _further(area.problems, more.problems, lambda problem: problem.text),
        area.goals + _further(area.goals, more.goals, lambda goal: goal.text),
        area.measures + _further(area.measures, more.measures, _measure_text),
    )


def _measure_text(measure: Measure) -> str:
    return "\n".join(
        text
        for text in (measure.title, measure.municipality_action, measure.police_action, measure.joint_action)
        if text
    )


def _further(
    known: tuple[Taken[Value], ...], more: tuple[Taken[Value], ...], words: Callable[[Value], str]
) -> tuple[Taken[Value], ...]:
    """Those of `more` that are not among the known ones of another document."""
    return tuple(
        one
        for one in more
        if not any(
            other.source is not one.source and text_ratio(words(other.value), words(one.value)) >= SAME_TEXT
            for other in known
        )
    )


def _areas_of(source: DraftSource, selection: Selection) -> Iterator[AreaContent]:
    """The areas of one document that hold what is chosen; a neighbour lends its measures alone."""
    agreement = source.agreement
    titles = {area.id: area.title for area in agreement.focus_areas}
    own = source.role is not SourceRole.NEIGHBOUR
    for key in (None, *titles):
        if key is not None and key in selection.drop:
            continue
        measures = tuple(
            Taken(measure, source)
            for measure in agreement.measures
            if measure.focus_area == key and _is_chosen(measure, selection)
        )
        if not own and not measures:
            continue
        yield AreaContent(
            title=titles.get(key) if key is not None else None,
            problems=tuple(
                Taken(problem, source)
                for problem in agreement.problem_pictures
                if own and problem.focus_area == key and problem.id not in selection.drop
            ),
            goals=tuple(
                Taken(goal, source)
                for goal in agreement.goals
                if own and goal.focus_area == key and goal.id not in selection.drop
            ),
            measures=measures,
        )


def _is_chosen(measure: Measure, selection: Selection) -> bool:
    if measure.id in selection.drop:
        return False
    return bool(measure.recurring) or not selection.only_recurring
