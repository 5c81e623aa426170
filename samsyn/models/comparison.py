"""What became of everything when one agreement followed another, as `samsyn diff` prints it in JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from pydantic import Field

from samsyn.models.agreement import DocumentKind, Period, Target
from samsyn.models.source import Frozen

ChangeState = Literal["unchanged", "changed", "added", "removed"]
ChangeKind = Literal[
    "merged", "split", "substance", "moved", "new_person", "new_role", "reworded", "renewed", "kept", "new", "dropped"
]
AspectKind = Literal["number", "frequency", "time", "responsible", "schedule", "target"]
Direction = Literal["up", "down", "earlier", "later"]
PeriodRelation = Literal["adjoining", "gap", "overlap", "same", "reversed", "unknown"]
Note = Literal[
    "other_municipality", "reversed", "same_document", "replaces_other", "no_measures_in_old", "no_measures_in_new"
]
Value: TypeAlias = "str | tuple[str, ...] | dict[str, str | None] | None"

SECTIONS = ("focus_areas", "goals", "problem_pictures", "measures", "signatories")
"""The lists of a comparison, in the order in which they are read."""


class WordRun(Frozen):
    """A stretch of words that both texts have, or that one of them has alone."""

    op: Literal["equal", "delete", "insert"]
    text: str


class FieldChange(Frozen):
    """A field that differs: as it was, as it is, and word by word."""

    field: str
    old: Value = None
    new: Value = None
    old_field: str | None = Field(default=None, description="where the old text stood, when it was another field")
    follows_period: bool = Field(default=False, description="nothing but years that moved as the agreement's own did")
    words: tuple[WordRun, ...] = Field(default=(), description="equal and deleted runs make the old text")


class Aspect(Frozen):
    """A change of substance: a number, how often, within what time, who, when, which target."""

    kind: AspectKind
    field: str
    old: str | None = None
    new: str | None = None
    direction: Direction | None = None
    old_target: Target | None = None
    new_target: Target | None = None


class Reason(Frozen):
    """One sign that the two are the same, or are not."""

    signal: str = Field(description="wording, identity, actors, names, area, place ...")
    weight: float = Field(description="log-odds; below nought it speaks against")
    detail: str | None = Field(default=None, description="what it was seen in, such as the words that are shared")


class Side(Frozen):
    """One part as it stands in its agreement."""

    id: str
    label: str
    focus_area: str | None = Field(default=None, description="title of its focus area")
    pages: tuple[int, ...] = ()
    content: dict[str, str] = Field(default_factory=dict, description="its fields as text, empty ones left out")


class Change(Frozen):
    """What became of one part of the old agreement, or where one of the new comes from."""

    change: ChangeState
    kind: ChangeKind = Field(description="the gravest of `kinds`")
    kinds: tuple[ChangeKind, ...]
    similarity: float = Field(description="how much of the wording is shared, 0-1; 0 where there is nothing to compare")
    confidence: float | None = Field(default=None, description="how sure the pair is, 0-1; null when there is no pair")
    old: Side | None = None
    new: Side | None = None
    fields: tuple[FieldChange, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    relatives: tuple[str, ...] = Field(
        default=(), description="ids in the other agreement that this was split into or merged with"
    )
    reasons: tuple[Reason, ...] = ()

    @property
    def label(self) -> str:
        """What it is called now; what it was called when it is gone."""
        side = self.new or self.old
        return side.label if side else ""


class MetadataChange(Frozen):
    """A fact of the agreement as a whole that differs."""

    field: str
    old: Value = None
    new: Value = None


class PeriodStep(Frozen):
    """How the new period follows on the old one; `days` between them, or that they share."""

    relation: PeriodRelation
    days: int | None = None


class Edition(Frozen):
    """One of the agreements compared."""

    id: str
    title: str | None
    period: Period
    kind: DocumentKind
    file: str


class Comparison(Frozen):
    """Two agreements laid beside each other; every part of both is in exactly one change."""

    old: Edition
    new: Edition
    metadata: tuple[MetadataChange, ...] = ()
    period_step: PeriodStep = PeriodStep(relation="unknown")
    notes: tuple[Note, ...] = Field(default=(), description="what a reader should doubt")
    focus_areas: tuple[Change, ...] = ()
    goals: tuple[Change, ...] = ()
    problem_pictures: tuple[Change, ...] = ()
    measures: tuple[Change, ...] = ()
    signatories: tuple[Change, ...] = ()

    def section(self, name: str) -> tuple[Change, ...]:
        """The changes of one of SECTIONS."""
        changes: tuple[Change, ...] = getattr(self, name)
        return changes

    @property
    def differs(self) -> bool:
        """True when anything at all is different."""
        changes = (change for name in SECTIONS for change in self.section(name))
        return bool(self.metadata) or any(change.change != "unchanged" for change in changes)


class Life(Frozen):
    """One measure through a series of agreements."""

    label: str = Field(description="what it is called the last time it appears")
    appearances: tuple[Side | None, ...] = Field(description="one for each agreement, null where it is missing")
    kinds: tuple[ChangeKind | None, ...] = Field(
        description="what each step from an agreement to the next did to it; null while it is missing"
    )


class Series(Frozen):
    """Three agreements or more in order: what changed at each step, and the life of each measure."""

    editions: tuple[Edition, ...]
    comparisons: tuple[Comparison, ...]
    measures: tuple[Life, ...]

    @property
    def differs(self) -> bool:
        """True when anything differs between any agreement and the next."""
        return any(comparison.differs for comparison in self.comparisons)


def count_kinds(changes: Iterable[Change]) -> dict[ChangeKind, int]:
    """How many changes there are of each kind, counted by their gravest; kinds without any are left out."""
    counts: dict[ChangeKind, int] = {}
    for change in changes:
        counts[change.kind] = counts.get(change.kind, 0) + 1
    return counts
