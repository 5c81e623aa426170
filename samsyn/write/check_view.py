"""Takes the report of a check, gives the words that every format of it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from samsyn.models.check import AreaCheck, CheckPoint, CheckReport, GoalCheck, Measurable, RequirementSource, Verdict
from samsyn.models.source import Evidence
from samsyn.write.clean import one_line
from samsyn.write.labels import period_label

VERDICTS: dict[Verdict, str] = {"found": "finns", "partly": "delvis", "missing": "saknas", "unknown": "går inte att se"}
SIGNS: dict[Verdict, str] = {"found": "+", "partly": "~", "missing": "-", "unknown": "?"}
"""What stands before a point, so that it is told without colour."""
MEASURABLE: dict[Measurable, str] = {"yes": "mätbart", "partly": "delvis mätbart", "no": "inte mätbart"}

TITLE = "Kontroll av innehållet"
POINTS = "Punkt för punkt"
GOALS = "Målen"
AREAS = "Fokusområdena"
NOTHING = "Inga krav gäller den här sortens dokument."
NOTE = (
    "Kontrollen läser efter ord, rubriker och fält. Den säger vad som finns skrivet, inte om det är rätt. "
    "Lagens krav gäller kommunen; överenskommelsen är ett ställe där det kan synas att de är uppfyllda."
)
POINT_COLUMNS = ("Punkt", "Omdöme", "Vad som saknas", "Belägg", "Källa")
AREA_COLUMNS = (
    "Fokusområde",
    "Problembilder",
    "Mål",
    "varav mätbara",
    "Åtgärder",
    "med ansvarig",
    "med tid",
    "med uppföljning",
)
_QUOTE = 160


def headline(report: CheckReport) -> str:
    """The sum on one line: '78 procent: 12 punkter finns, 4 finns delvis, 2 saknas'."""
    if report.score is None:
        return NOTHING
    found, partly, missing = (report.count(verdict) for verdict in ("found", "partly", "missing"))
    return f"{report.score} procent: {found} punkter finns, {partly} finns delvis, {missing} saknas."


def subtitle(report: CheckReport) -> str:
    """The document's title and period."""
    return " · ".join(part for part in (report.title or report.file, period_label(report.period)) if part)


def source_label(source: RequirementSource) -> str:
    """The source with the paragraph, if any."""
    return f"{source.title}, {source.paragraph}" if source.paragraph else source.title


def place_label(evidence: Evidence) -> str:
    """'s. 4' or nothing."""
    return f"s. {evidence.page}" if evidence.page is not None else ""


def quote(evidence: Evidence) -> str:
    """The words read, short and on one line."""
    text = one_line(evidence.text)
    return text if len(text) <= _QUOTE else text[: text.rfind(" ", 0, _QUOTE)] + " …"


def quotes(point: CheckPoint) -> list[tuple[str, str]]:
    """The evidence of a point: words and page."""
    return [(quote(item), place_label(item)) for item in point.evidence if item.text.strip()]


def area_row(area: AreaCheck) -> tuple[str, ...]:
    """The cells of a focus area's row."""
    counts = (area.problems, area.goals, area.measurable_goals, area.measures, area.with_responsible, area.with_time)
    return (area.title, *map(str, counts), str(area.with_follow_up))


def by_measurable(goals: Iterable[GoalCheck]) -> list[tuple[str, Sequence[GoalCheck]]]:
    """The goals by whether they can be measured, those that cannot first; groups without goals are left out."""
    listed = list(goals)
    order: tuple[Measurable, ...] = ("no", "partly", "yes")
    groups = [(MEASURABLE[key], [goal for goal in listed if goal.measurable == key]) for key in order]
    return [(name, group) for name, group in groups if group]
