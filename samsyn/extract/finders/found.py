"""The values the finders hand to the assembler: what was found, where, by which rule; focus areas by title."""

from __future__ import annotations

from dataclasses import dataclass, field

from samsyn.models.agreement import Commitment, GoalLevel, MeasureForm, PartyKind
from samsyn.models.source import Evidence


@dataclass(frozen=True, slots=True)
class FoundArea:
    """A focus area's title and where it stands."""

    title: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class FoundGoal:
    """A goal; `area` is the title of its focus area, None for an overall goal."""

    text: str
    level: GoalLevel
    area: str | None
    rule: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """A problem picture with its heading or label."""

    title: str | None
    text: str
    area: str | None
    rule: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class FoundMeasure:
    """A measure: `fields` by the names of `Measure`, `cells` the raw row by its column headings."""

    form: MeasureForm
    fields: dict[str, str]
    area: str | None
    rule: str
    evidence: tuple[Evidence, ...]
    responsible: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    commitment: Commitment = "committed"
    undertaken_by: tuple[PartyKind, ...] = ()
    led_by: str = ""
    """The line above the list it stands in: 'Kommunen lovar att:'."""
    cells: dict[str, str] = field(default_factory=dict)
