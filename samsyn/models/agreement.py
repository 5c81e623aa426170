"""The shared model: one agreement with its goals, problem pictures, measures and signatories, as published in JSON.

A new field goes here; JSON, JSON Schema, tables and exports follow from the declaration. Dates are ISO (YYYY-MM-DD),
scores 0-1; absent is null or empty, never a guess.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from samsyn.models.source import Caution, Evidence, Frozen, Source

SCHEMA_VERSION = "1.2"
"""Version of the published JSON; the minor number grows with a new field, the major one with a changed meaning."""

DocumentKind = Literal["samverkansöverenskommelse", "handlingsplan", "medborgarlöfte", "uppföljning", "annat"]
PartyKind = Literal["municipality", "police", "other"]
GoalLevel = Literal["overall", "area", "sub"]
MeasureForm = Literal["row", "card", "bullet", "promise", "prose"]
Commitment = Literal["committed", "conditional", "descriptive", "reported"]


class Municipality(Frozen):
    """A municipality of the register."""

    code: str = Field(description="SCB's four-digit code")
    name: str = Field(description="without the word kommun")
    county: str = Field(description="such as Skåne län")


class Party(Frozen):
    """One who enters into the agreement, as named in it."""

    name: str = Field(description="as written")
    party: PartyKind = Field(description="what kind of party it is")


class Period(Frozen):
    """When the agreement is valid; both days included."""

    start: str | None = Field(default=None, description="first day, ISO")
    end: str | None = Field(default=None, description="last day, ISO; null for 'tills vidare'")
    text: str | None = Field(default=None, description="the words it was read from")
    evidence: tuple[Evidence, ...] = ()


class Decision(Frozen):
    """Who adopted the agreement, and when."""

    date: str | None = Field(default=None, description="day of the decision, ISO")
    body: str | None = Field(default=None, description="such as Kommunfullmäktige or Kommunstyrelsen")
    evidence: tuple[Evidence, ...] = ()


class AgreementPart(Frozen):
    """A paper of the file."""

    kind: Literal["tjänsteskrivelse", "protokollsutdrag", "agreement", "plan", "bilaga", "annat"]
    title: str = Field(description="its heading")
    pages: tuple[int, int] | None = Field(description="first and last page; null where the format has none")


class FocusArea(Frozen):
    """A focus area; `title` without numbering or the words 'Fokusområde 1 -'."""

    id: str = Field(description="a1, a2 and so on, in the order of the text")
    title: str = Field(description="as written, without its numbering")
    evidence: tuple[Evidence, ...] = ()


class Target(Frozen):
    """What can be measured in a goal."""

    quantity: str | None = Field(default=None, description="what is counted or measured")
    comparator: str | None = Field(
        default=None,
        description="at_least, at_most, equals, increase, decrease, increase_by, decrease_by, halve, double, none",
    )
    value: float | None = Field(default=None, description="the number to be reached; of a change, its size")
    unit: str | None = Field(default=None, description="of the number: procent, gånger per år")
    baseline: float | None = Field(default=None, description="the number it starts from")
    by: str | None = Field(default=None, description="when it is to be reached: an ISO date, or the words")
    text: str = Field(description="the words it was read from")


class Goal(Frozen):
    """A state or change that the parties want to reach."""

    id: str = Field(description="g1, g2 and so on, in the order of the text")
    text: str = Field(description="the goal in its own words, without a label such as Mål:")
    level: GoalLevel = Field(description="of the whole agreement, of a focus area, or a part of such a goal (delmål)")
    focus_area: str | None = Field(default=None, description="id of a focus area; null for an overall goal")
    targets: tuple[Target, ...] = Field(default=(), description="what can be measured in it")
    rule: str = Field(default="", description="which rule found it")
    evidence: tuple[Evidence, ...] = ()


class ProblemPicture(Frozen):
    """The text that says what the problem is, where and for whom; paragraphs joined by newlines."""

    id: str = Field(description="p1, p2 and so on, in the order of the text")
    title: str | None = Field(description="its heading; null where it has none")
    text: str = Field(description="its paragraphs, joined by newlines, without its label")
    focus_area: str | None = Field(default=None, description="id of a focus area; null for the whole agreement")
    rule: str = Field(default="", description="which rule found it")
    evidence: tuple[Evidence, ...] = ()


class RecurringMatch(Frozen):
    """A recurring measure of the register that a measure is."""

    id: str = Field(description="id in the register, such as nattvandring")
    name: str = Field(description="its name in the register")
    score: float = Field(description="how sure, 0-1")


class Measure(Frozen):
    """One undertaking: a table row, an activity card, a bullet under a cue, a promise, or prose."""

    id: str = Field(description="m1, m2 and so on, in the order of the text")
    form: MeasureForm = Field(description="in what form it was written")
    title: str | None = Field(
        default=None, description="what is to be done (Åtgärd, Aktivitet, Insats); of a promise or bullet, its text"
    )
    cause: str | None = Field(default=None, description="why it is done (Orsak)")
    municipality_action: str | None = Field(default=None, description="what the municipality does")
    police_action: str | None = Field(default=None, description="what the police do")
    joint_action: str | None = Field(
        default=None, description="what both do, or how it is done (Gemensamt, Genomförande)"
    )
    responsible: tuple[str, ...] = Field(default=(), description="units as written")
    participants: str | None = Field(default=None, description="who else takes part (Deltagare, Samverkanspart)")
    target_group: str | None = Field(default=None, description="for whom (Målgrupp)")
    goal: str | None = Field(default=None, description="what it is to reach (Mål, Delmål)")
    effect: str | None = Field(default=None, description="what it is to lead to (Effekt, Syfte)")
    indicator: str | None = Field(default=None, description="what is measured (Indikator, Mått)")
    schedule: str | None = Field(default=None, description="when (Tidsplan, När, Klart), as written")
    follow_up: str | None = Field(default=None, description="how it is followed up (Uppföljning)")
    communication: str | None = Field(default=None, description="how it is told of (Kommunikation)")
    resources: str | None = Field(default=None, description="what it costs or needs (Resurser)")
    status: str | None = Field(default=None, description="how far it has come (Status)")
    place: str | None = Field(default=None, description="where (Plats)")
    outcomes: tuple[str, ...] = Field(default=(), description="the follow-up reported under a promise")
    focus_area: str | None = Field(default=None, description="id of a focus area")
    undertaken_by: tuple[PartyKind, ...] = Field(
        default=(), description="which parties undertake it, by its own words or those above it; empty where none tell"
    )
    commitment: Commitment = Field(default="committed", description="how firmly it is undertaken")
    recurring: tuple[RecurringMatch, ...] = Field(
        default=(), description="which known recurring measure it is, best first; empty where none"
    )
    cells: dict[str, str] = Field(default_factory=dict, description="the raw row by its column headings")
    rule: str = Field(default="", description="which rule found it")
    evidence: tuple[Evidence, ...] = ()

    @property
    def label(self) -> str:
        """The first present of title, municipality_action, police_action and joint_action."""
        return self.title or self.municipality_action or self.police_action or self.joint_action or ""


class Mention(Frozen):
    """A recurring measure named somewhere in the agreement."""

    id: str = Field(description="id in the register of recurring measures")
    text: str = Field(description="the words by which it is named")
    score: float = Field(default=1.0, description="how sure, 0-1")
    commitment: Commitment | None = Field(
        default=None, description="how firmly the sentence undertakes it; null where it does not tell"
    )
    evidence: tuple[Evidence, ...] = ()


class Signatory(Frozen):
    """One who signs the agreement."""

    name: str = Field(description="as written, without title")
    title: str | None = Field(default=None, description="such as Kommunstyrelsens ordförande")
    party: PartyKind | None = Field(default=None, description="for whom; null where it cannot be told")
    organisation: str | None = Field(default=None, description="as written")
    date: str | None = Field(default=None, description="day of signing, ISO")
    evidence: tuple[Evidence, ...] = ()


class Unit(Frozen):
    """What an abbreviation of a committee or an office stands for."""

    abbreviation: str = Field(description="as written, such as BUN")
    name: str | None = Field(default=None, description="what it stands for; null where that is not known")
    basis: Literal["document", "municipality", "general"] | None = Field(
        default=None,
        description="how it is known: the document says so, it is this municipality's, or the same everywhere",
    )
    evidence: tuple[Evidence, ...] = ()


class Agreement(Frozen):
    """One agreement, plan, promise or follow-up: everything that was found, each value with its evidence."""

    schema_version: str = Field(default=SCHEMA_VERSION, description="version of this form")
    id: str = Field(description="stable slug such as eskilstuna-2016-2019")
    title: str | None = Field(description="as written on the first page")
    kind: DocumentKind = Field(description="what sort of document it is")
    municipalities: tuple[Municipality, ...] = Field(default=(), description="the municipalities it is of")
    parties: tuple[Party, ...] = Field(default=(), description="who enter into it")
    period: Period = Field(default=Period(), description="when it is valid")
    diary_number: str | None = Field(default=None, description="the number it is filed under, as written")
    replaces: str | None = Field(default=None, description="the agreement it says it replaces, as written")
    decided: Decision = Field(default=Decision(), description="who adopted it, and when")
    parts: tuple[AgreementPart, ...] = Field(default=(), description="the papers the file holds")
    focus_areas: tuple[FocusArea, ...] = Field(
        default=(), description="the areas the parties work in, in the order of the text"
    )
    goals: tuple[Goal, ...] = Field(default=(), description="what they want to reach")
    problem_pictures: tuple[ProblemPicture, ...] = Field(default=(), description="what they say the problem is")
    measures: tuple[Measure, ...] = Field(default=(), description="what they undertake")
    mentions: tuple[Mention, ...] = Field(default=(), description="recurring measures named anywhere in it")
    signatories: tuple[Signatory, ...] = Field(default=(), description="who signed; personal data")
    units: tuple[Unit, ...] = Field(default=(), description="abbreviations among the responsible units")
    source: Source = Field(description="the file it was read from")
    warnings: tuple[Caution, ...] = Field(default=(), description="what a reader should doubt")
