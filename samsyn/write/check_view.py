"""Takes the report of a check, gives the words that every format of it says, in Swedish or English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samsyn.models.check import AreaCheck, CheckPoint, CheckReport, GoalCheck, Measurable, RequirementSource, Verdict
from samsyn.models.source import Evidence
from samsyn.write.clean import one_line
from samsyn.write.diff_phrases import Language
from samsyn.write.labels import period_label

SIGNS: dict[Verdict, str] = {"found": "+", "partly": "~", "missing": "-", "unknown": "?"}
"""What stands before a point, so that it is told without colour."""

_QUOTE = 160


@dataclass(frozen=True, slots=True)
class CheckWords:
    """What a report is told in; the methods give what is made of its values."""

    code: Language
    title: str
    points: str
    goals: str
    areas: str
    table: str
    nothing: str
    note: str
    sum: str
    verdicts: Mapping[Verdict, str]
    measurable: Mapping[Measurable, str]
    point_columns: tuple[str, ...]
    area_columns: tuple[str, ...]
    page: str
    quotes: tuple[str, str]
    open_period: Mapping[str, str]

    def headline(self, report: CheckReport) -> str:
        """The sum on one line: '78 procent: 12 punkter finns, 4 finns delvis, 2 saknas'."""
        if report.score is None:
            return self.nothing
        found, partly, missing = (report.count(verdict) for verdict in ("found", "partly", "missing"))
        return self.sum.format(score=report.score, found=found, partly=partly, missing=missing)

    def subtitle(self, report: CheckReport) -> str:
        """The document's title and period."""
        period = report.period
        known = period_label(period) if period.start and period.end else ""
        if not known and (period.start or period.end):
            key = "from" if period.start else "to"
            known = self.open_period[key].format(day=period.start or period.end)
        return " · ".join(part for part in (report.title or report.file, known or period.text or "") if part)

    def place(self, evidence: Evidence) -> str:
        """'s. 4' or nothing."""
        return self.page.format(page=evidence.page) if evidence.page is not None else ""

    def quoted(self, words: str) -> str:
        """The words between quotation marks."""
        return f"{self.quotes[0]}{words}{self.quotes[1]}"

    def evidence(self, point: CheckPoint) -> list[tuple[str, str]]:
        """The evidence of a point: words and page."""
        return [(quote(item), self.place(item)) for item in point.evidence if item.text.strip()]

    def by_measurable(self, goals: Iterable[GoalCheck]) -> list[tuple[str, Sequence[GoalCheck]]]:
        """The goals by whether they can be measured, those that cannot first; groups without goals are left out."""
        listed = list(goals)
        order: tuple[Measurable, ...] = ("no", "partly", "yes")
        groups = [(self.measurable[key], [goal for goal in listed if goal.measurable == key]) for key in order]
        return [(name, group) for name, group in groups if group]


_SWEDISH = CheckWords(
    code="sv",
    title="Kontroll av innehållet",
    points="Punkt för punkt",
    goals="Målen",
    areas="Fokusområdena",
    table="Tabell",
    nothing="Inga krav gäller den här sortens dokument.",
    note=(
        "Kontrollen läser efter ord, rubriker och fält. Den säger vad som finns skrivet, inte om det är rätt. "
        "Lagens krav gäller kommunen; överenskommelsen är ett ställe där det kan synas att de är uppfyllda."
    ),
    sum="{score} procent: {found} punkter finns, {partly} finns delvis, {missing} saknas.",
    verdicts={"found": "finns", "partly": "delvis", "missing": "saknas", "unknown": "går inte att se"},
    measurable={"yes": "mätbart", "partly": "delvis mätbart", "no": "inte mätbart"},
    point_columns=("Punkt", "Omdöme", "Vad som saknas", "Belägg", "Källa"),
    area_columns=(
        "Fokusområde", "Problembilder", "Mål", "varav mätbara", "Åtgärder", "med ansvarig", "med tid",
        "med uppföljning",
    ),
    page="s. {page}",
    quotes=("”", "”"),
    open_period={"from": "från {day}", "to": "till {day}"},
)  # fmt: skip

_ENGLISH = CheckWords(
    code="en",
    title="Check of the contents",
    points="Point by point",
    goals="The goals",
    areas="The focus areas",
    table="Table",
    nothing="No requirements apply to documents of this kind.",
    note=(
        "The check reads for words, headings and fields. It says what is written, not whether it is right. "
        "What the law asks concerns the municipality; the agreement is one place where it can be seen to be met."
    ),
    sum="{score} percent: {found} points found, {partly} found in part, {missing} missing.",
    verdicts={"found": "found", "partly": "in part", "missing": "missing", "unknown": "cannot be seen"},
    measurable={"yes": "measurable", "partly": "measurable in part", "no": "not measurable"},
    point_columns=("Point", "Verdict", "What is missing", "Evidence", "Source"),
    area_columns=(
        "Focus area", "Problem pictures", "Goals", "measurable", "Measures", "with responsible", "with time",
        "with follow-up",
    ),
    page="p. {page}",
    quotes=("“", "”"),
    open_period={"from": "from {day}", "to": "until {day}"},
)  # fmt: skip


def check_words(language: Language = "sv") -> CheckWords:
    """The words of the language."""
    return _SWEDISH if language == "sv" else _ENGLISH


def source_label(source: RequirementSource) -> str:
    """The source with the paragraph, if any."""
    return f"{source.title}, {source.paragraph}" if source.paragraph else source.title


def quote(evidence: Evidence) -> str:
    """The words read, short and on one line."""
    text = one_line(evidence.text)
    return text if len(text) <= _QUOTE else text[: text.rfind(" ", 0, _QUOTE)] + " …"


def area_row(area: AreaCheck) -> tuple[str, ...]:
    """The cells of a focus area's row."""
    counts = (area.problems, area.goals, area.measurable_goals, area.measures, area.with_responsible, area.with_time)
    return (area.title, *map(str, counts), str(area.with_follow_up))
