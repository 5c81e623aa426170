"""Takes an agreement, gives its goals, problem pictures and measures under their focus areas, in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeVar

from samsyn.models.agreement import Agreement, FocusArea, Goal, Measure, ProblemPicture
from samsyn.models.source import Evidence


class Group(NamedTuple):
    """What belongs to one focus area; to none when `area` is None."""

    area: FocusArea | None
    goals: tuple[Goal, ...]
    problem_pictures: tuple[ProblemPicture, ...]
    measures: tuple[Measure, ...]


class _InArea(Protocol):
    @property
    def focus_area(self) -> str | None: ...


Item = TypeVar("Item", bound=_InArea)


def group_by_area(agreement: Agreement) -> tuple[Group, ...]:
    """The groups: first what has no focus area (also when empty), then each focus area in the agreement's order.

    What names a focus area that is not there counts as having none, so that nothing is lost.
    """
    known = {area.id for area in agreement.focus_areas}
    return tuple(_group(agreement, area, known) for area in (None, *agreement.focus_areas))


def shown_columns(used: Iterable[str]) -> list[str]:
    """The fields of measures to show of those in use: who undertakes them is plain where each party has its own."""
    fields = list(used)
    apart = {"municipality_action", "police_action"} & set(fields)
    return [field for field in fields if field != "undertaken_by" or not apart]


def pages_of(evidence: Iterable[Evidence]) -> tuple[int, ...]:
    """The pages that the evidence lies on, each once, in order; empty where the format has none."""
    return tuple(sorted({item.page for item in evidence if item.page is not None}))


def _group(agreement: Agreement, area: FocusArea | None, known: set[str]) -> Group:
    def within(items: tuple[Item, ...]) -> tuple[Item, ...]:
        if area is None:
            return tuple(item for item in items if item.focus_area not in known)
        return tuple(item for item in items if item.focus_area == area.id)

    return Group(area, within(agreement.goals), within(agreement.problem_pictures), within(agreement.measures))
