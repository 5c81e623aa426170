"""Takes the sources of a draft and gives their content by focus area: what is carried over and what is proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from samsyn.drafting.sources import DraftSource, SourceRole
from samsyn.models.agreement import Goal, Measure, ProblemPicture
from samsyn.similarity import shared_words_ratio, text_ratio

Value = TypeVar("Value")

SAME_AREA = 0.9
"""Titles this alike (0-1) are one focus area, as when an agreement is assembled."""

SAME_TEXT = 0.95
"""Measures and goals this alike (0-1) are one, stated in the agreement and in its plan."""


_SAME_SUBJECT = 0.6
"""Titles that share this much (0-1) are of one subject: 'Trygga miljöer' and 'Trygghet i offentlig miljö'."""

_SAME_WORDS = 0.85
"""A neighbour's measure that shares this much (0-1) with one of ours proposes nothing new."""


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
    """The content by focus area, that of no area first; areas in the order in which the sources name them.

    What a neighbour's agreement lends goes into the area of the same subject, or stands outside the areas.
    """
    groups = _Groups()
    for number, source in enumerate(sources):
        if source.role is SourceRole.FOLLOW_UP and number:
            continue
        chosen = selection if number == 0 else Selection(only_recurring=selection.only_recurring)
        for area in _areas_of(source, chosen):
            groups.add(area, is_own=source.role is SourceRole.OWN or number == 0)
    return groups.contents()


class _Groups:
    """The areas met so far, like titles joined."""

    def __init__(self) -> None:
        self._areas: list[AreaContent] = [AreaContent(None, (), (), ())]

    def contents(self) -> tuple[AreaContent, ...]:
        return tuple(self._areas)

    def add(self, area: AreaContent, *, is_own: bool) -> None:
        """Join the area to the one of the same title; another's that has no like is joined to what has no area."""
        index = self._place(area.title, 1.0 if is_own else _SAME_SUBJECT)
        if index is not None:
            self._areas[index] = _joined(self._areas[index], area if is_own else self._without_known(area))
        elif is_own:
            self._areas.append(area)
        else:
            self._areas[0] = _joined(self._areas[0], self._without_known(area))

    def _place(self, title: str | None, subject: float) -> int | None:
        for index, other in enumerate(self._areas):
            if _same_area(other.title, title):
                return index
        if title is None or subject >= 1.0:
            return None
        named = [(shared_words_ratio(other.title or "", title), -index) for index, other in enumerate(self._areas)]
        score, index = max(named)
        return -index if score >= subject else None

    def _without_known(self, area: AreaContent) -> AreaContent:
        """The area without the measures that the draft has already, in whatever words."""
        known = [taken.value for group in self._areas for taken in group.measures]
        new = tuple(taken for taken in area.measures if not any(_same_measure(taken.value, one) for one in known))
        return AreaContent(area.title, (), (), new)


def _same_measure(left: Measure, right: Measure) -> bool:
    """True for two measures that are the same recurring one, or nearly the same in words."""
    if {match.id for match in left.recurring} & {match.id for match in right.recurring}:
        return True
    return shared_words_ratio(_measure_text(left), _measure_text(right)) >= _SAME_WORDS


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
