"""The shared model: one agreement with its goals, problem pictures, measures and signatories, as published in JSON.

A new field goes here; JSON, JSON Schema, tables and exports follow from the declaration. Dates are ISO (YYYY-MM-DD),
scores 0-1; absent is null or empty, never a guess.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from samsyn.models.source import Caution, Evidence, Frozen, Source

SCHEMA_VERSION = "1.0"
"""Version of the published JSON; the minor number grows with a new field, the major one with a changed meaning."""

DocumentKind = Literal["samverkansöverenskommelse", "handlingsplan", "medborgarlöfte", "uppföljning", "annat"]
PartyKind = Literal["municipality", "police", "other"]
GoalLevel = Literal["overall", "area", "sub"]
MeasureForm = Literal["row", "card", "bullet", "promise", "prose"]
Commitment = Literal["committed", "conditional", "descriptive", "reported"]


class Municipality(Frozen):
    """A municipality of the register."""

    code: str = Field(description="SCB's four-digit code")
    name: str
    county: str


class Party(Frozen):
    """One who enters into the agreement, as named in it."""

    name: str
    party: PartyKind


class Period(Frozen):
    """When the agreement is valid; both days included."""

    start: str | None = Field(default=None, description="first day, ISO")
    end: str | None = Field(default=None, description="last day, ISO; null for 'tills vidare'")
    text: str | None = Field(default=None, description="the words it was read from")
    evidence: tuple[Evidence, ...] = ()


class Decision(Frozen):
    """Who adopted the agreement, and when."""

    date: str | None = None
    body: str | None = Field(default=None, description="such as Kommunfullmäktige or Kommunstyrelsen")
    evidence: tuple[Evidence, ...] = ()


class AgreementPart(Frozen):
    """A paper of the file."""

    kind: Literal["tjänsteskrivelse", "protokollsutdrag", "agreement", "plan", "bilaga", "annat"]
    title: str
    pages: tuple[int, int] | None = Field(description="first and last page; null where the format has none")


class FocusArea(Frozen):
    """A focus area; `title` without numbering or the words 'Fokusområde 1 -'."""

    id: str
    title: str
    evidence: tuple[Evidence, ...] = ()


class Target(Frozen):
    """What can be measured in a goal."""

    quantity: str | None = Field(default=None, description="what is counted or measured")
    comparator: str | None = Field(
        default=None,
        description="at_least, at_most, equals, increase, decrease, increase_by, decrease_by, halve, double, none",
    )
    value: float | None = None
    unit: str | None = None
    baseline: float | None = None
    by: str | None = Field(default=None, description="when it is to be reached: an ISO date, or the words")
    text: str = Field(description="the words it was read from")


class Goal(Frozen):
    """A state or change that the parties want to reach."""

    id: str
    text: str
    level: GoalLevel
    focus_area: str | None = Field(default=None, description="id of a focus area; null for an overall goal")
    targets: tuple[Target, ...] = ()
    rule: str = Field(default="", description="which rule found it")
    evidence: tuple[Evidence, ...] = ()


class ProblemPicture(Frozen):
    """The text that says what the problem is, where and for whom; paragraphs joined by newlines."""

    id: str
    title: str | None
    text: str
    focus_area: str | None = None
    rule: str = ""
    evidence: tuple[Evidence, ...] = ()


class RecurringMatch(Frozen):
    """A recurring measure of the register that a measure is."""

    id: str
    name: str
    score: float


class Measure(Frozen):
    """One undertaking: a table row, an activity card, a bullet under a cue, a promise, or prose."""

    id: str
    form: MeasureForm
    title: str | None = None
    cause: str | None = None
    municipality_action: str | None = None
    police_action: str | None = None
    joint_action: str | None = None
    responsible: tuple[str, ...] = Field(default=(), description="units as written")
    participants: str | None = None
    target_group: str | None = None
    goal: str | None = None
    effect: str | None = None
    indicator: str | None = None
    schedule: str | None = None
    follow_up: str | None = None
    communication: str | None = None
    resources: str | None = None
    status: str | None = None
    place: str | None = None
    outcomes: tuple[str, ...] = Field(default=(), description="the follow-up reported under a promise")
    focus_area: str | None = Field(default=None, description="id of a focus area")
    commitment: Commitment = Field(default="committed", description="how firmly it is undertaken")
    recurring: tuple[RecurringMatch, ...] = ()
    cells: dict[str, str] = Field(default_factory=dict, description="the raw row by its column headings")
    rule: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def label(self) -> str:
        """The first present of title, municipality_action, police_action and joint_action."""
        return self.title or self.municipality_action or self.police_action or self.joint_action or ""


class Mention(Frozen):
    """A recurring measure named somewhere in the agreement."""

    id: str
    text: str
    score: float = 1.0
    commitment: Commitment | None = None
    evidence: tuple[Evidence, ...] = ()


class Signatory(Frozen):
    """One who signs the agreement."""

    name: str
    title: str | None = None
    party: PartyKind | None = None
    organisation: str | None = None
    date: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Agreement(Frozen):
    """One agreement, plan, promise or follow-up: everything that was found, each value with its evidence."""

    schema_version: str = SCHEMA_VERSION
    id: str = Field(description="stable slug such as eskilstuna-2016-2019")
    title: str | None
    kind: DocumentKind
    municipalities: tuple[Municipality, ...] = ()
    parties: tuple[Party, ...] = ()
    period: Period = Period()
    diary_number: str | None = None
    replaces: str | None = None
    decided: Decision = Decision()
    parts: tuple[AgreementPart, ...] = ()
    focus_areas: tuple[FocusArea, ...] = ()
    goals: tuple[Goal, ...] = ()
    problem_pictures: tuple[ProblemPicture, ...] = ()
    measures: tuple[Measure, ...] = ()
    mentions: tuple[Mention, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    source: Source
    warnings: tuple[Caution, ...] = ()
