"""Takes agreements, gives a report in Markdown, in Swedish, for people to read and pass on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from samsyn.write.clean import clean_text
from samsyn.write.labels import (
    decision_label,
    field_label,
    measure_label,
    municipality_label,
    pages_label,
    period_label,
    target_label,
    value_label,
)
from samsyn.write.outline import Group, group_by_area, pages_of, shown_columns

if TYPE_CHECKING:
    from samsyn.models.agreement import Agreement, Goal, Measure, ProblemPicture
    from samsyn.models.source import Evidence

MEASURE_COLUMNS = (
    "title", "municipality_action", "police_action", "joint_action", "undertaken_by", "responsible", "participants",
    "target_group", "place", "cause", "goal", "effect", "indicator", "schedule", "follow_up", "communication",
    "resources", "status", "outcomes", "recurring",
)  # fmt: skip
"""The fields of a measure that people read, in the order of a table's columns."""

_ESCAPED = str.maketrans({character: f"\\{character}" for character in "\\`*_[]|#"} | {"<": "&lt;", "&": "&amp;"})


def write_markdown(agreements: Iterable[Agreement], stream: TextIO) -> None:
    """Write a report on each agreement, a rule between them."""
    for number, agreement in enumerate(agreements):
        if number:
            stream.write("\n---\n\n")
        stream.write("\n".join(_report(agreement)).rstrip() + "\n")


def _report(agreement: Agreement) -> Iterator[str]:
    yield from (f"# {markdown_text(agreement.title or agreement.id)}", "")
    yield from markdown_table(("Uppgift", "Innehåll"), _facts(agreement))
    for group in group_by_area(agreement):
        yield from _group(group)
    yield from _signatories(agreement)
    yield from _mentions(agreement)
    yield from _warnings(agreement)


def _facts(agreement: Agreement) -> list[tuple[str, str]]:
    parts = "; ".join(f"{value_label(part.kind)}: {part.title}{_pages(part.pages)}" for part in agreement.parts)
    facts = (
        ("municipalities", municipality_label(agreement)),
        ("kind", agreement.kind),
        ("parties", "; ".join(party.name for party in agreement.parties)),
        ("period", period_label(agreement.period)),
        ("decided", decision_label(agreement)),
        ("diary_number", agreement.diary_number or ""),
        ("replaces", agreement.replaces or ""),
        ("focus_areas", "; ".join(area.title for area in agreement.focus_areas)),
        ("units", "; ".join(f"{unit.abbreviation}: {unit.name}" for unit in agreement.units if unit.name)),
        ("parts", parts),
        ("file", agreement.source.file),
    )
    return [(field_label(field), markdown_text(value)) for field, value in facts if value]


def _group(group: Group) -> Iterator[str]:
    if group.area is None and not (group.goals or group.problem_pictures or group.measures):
        return
    yield from (f"## {markdown_text(group.area.title) if group.area else 'För hela överenskommelsen'}", "")
    if group.goals:
        yield from ("### Mål", "")
        for goal in group.goals:
            yield from _goal(goal)
        yield ""
    for picture in group.problem_pictures:
        yield from _problem_picture(picture)
    if group.measures:
        yield from ("### Åtgärder", "")
        yield from _measures(group.measures)


def _goal(goal: Goal) -> Iterator[str]:
    level = f" ({value_label(goal.level)})" if goal.level == "sub" else ""
    yield f"- {markdown_text(goal.text, joint=' ')}{level}{_where(goal.evidence)}"
    for target in goal.targets:
        yield f"  - {field_label('targets')}: {markdown_text(target_label(target), joint=' ')}"


def _problem_picture(picture: ProblemPicture) -> Iterator[str]:
    named = picture.title and picture.title.casefold() != "problembild"
    heading = f": {markdown_text(picture.title or '')}" if named else ""
    yield from (f"### Problembild{heading}{_where(picture.evidence)}", "")
    for paragraph in clean_text(picture.text).split("\n"):
        if paragraph.strip():
            yield from (markdown_text(paragraph.strip()), "")


def _measures(measures: Sequence[Measure]) -> Iterator[str]:
    rows = [_measure_cells(measure) for measure in measures]
    columns = shown_columns(column for column in MEASURE_COLUMNS if any(row[column] for row in rows))
    headings = [*map(measure_label, columns), field_label("pages")]
    cells = [
        (*(row[column] for column in columns), pages_label(pages_of(measure.evidence)))
        for measure, row in zip(measures, rows, strict=True)
    ]
    yield from markdown_table(headings, cells)


def _measure_cells(measure: Measure) -> dict[str, str]:
    listed = {
        "responsible": ", ".join(measure.responsible),
        "undertaken_by": ", ".join(map(value_label, measure.undertaken_by)),
        "outcomes": "\n".join(measure.outcomes),
        "recurring": ", ".join(match.name for match in measure.recurring),
    }
    texts = (listed.get(column, getattr(measure, column)) for column in MEASURE_COLUMNS)
    return {
        column: markdown_text(text or "", joint="<br>") for column, text in zip(MEASURE_COLUMNS, texts, strict=True)
    }


def _signatories(agreement: Agreement) -> Iterator[str]:
    if not agreement.signatories:
        return
    columns = ("name", "title", "organisation", "party", "date")
    rows = [
        tuple(markdown_text(value_label(getattr(signatory, column))) for column in columns)
        for signatory in agreement.signatories
    ]
    yield from ("## Underskrifter", "")
    yield from markdown_table(("Namn", "Titel", "Organisation", "Part", "Datum"), rows)


def _mentions(agreement: Agreement) -> Iterator[str]:
    if not agreement.mentions:
        return
    yield from ("## Återkommande åtgärder som nämns", "")
    for mention in agreement.mentions:
        yield f"- {markdown_text(mention.text, joint=' ')} ({markdown_text(mention.id)}){_where(mention.evidence)}"
    yield ""


def _warnings(agreement: Agreement) -> Iterator[str]:
    if not agreement.warnings:
        return
    yield from ("## Att kontrollera", "")
    for warning in agreement.warnings:
        yield f"- {markdown_text(warning.message, joint=' ')}{_where(warning.evidence)}"
    yield ""


def markdown_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, an empty one behind it; the cells are Markdown already."""
    yield f"| {' | '.join(headings)} |"
    yield f"|{' --- |' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def markdown_text(text: str, joint: str = " ") -> str:
    """The text with nothing in it that Markdown or HTML reads as markup; its lines put together with `joint`."""
    lines = clean_text(text).replace("\t", " ").translate(_ESCAPED).split("\n")
    return joint.join(line.strip() for line in lines if line.strip())


def _where(evidence: tuple[Evidence, ...]) -> str:
    pages = pages_label(pages_of(evidence))
    return f" (s. {pages})" if pages else ""


def _pages(pages: tuple[int, int] | None) -> str:
    return f" (s. {pages_label(pages)})" if pages else ""
