"""Takes reports of checks, gives Markdown: a table of points, the goals that cannot be measured, the focus areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from samsyn.models.check import CheckPoint, CheckReport
from samsyn.write.as_markdown import markdown_table, markdown_text
from samsyn.write.check_view import (
    AREA_COLUMNS,
    AREAS,
    GOALS,
    NOTE,
    POINT_COLUMNS,
    POINTS,
    TITLE,
    VERDICTS,
    area_row,
    by_measurable,
    headline,
    quotes,
    source_label,
    subtitle,
)


def write_check_markdown(reports: Sequence[CheckReport], stream: TextIO) -> None:
    """Write the reports one after the other."""
    for report in reports:
        stream.writelines(f"{line}\n" for line in _lines(report))
    stream.write(f"{NOTE}\n")


def _lines(report: CheckReport) -> Iterator[str]:
    yield f"# {TITLE}: {markdown_text(subtitle(report))}"
    yield ""
    yield headline(report)
    yield ""
    if report.points:
        yield f"## {POINTS}"
        yield ""
        yield from markdown_table(POINT_COLUMNS, [_point_row(point) for point in report.points])
    if report.goals:
        yield f"## {GOALS}"
        yield ""
        for name, goals in by_measurable(report.goals):
            yield f"**{name[:1].upper()}{name[1:]}: {len(goals)}**"
            yield ""
            for goal in goals:
                yield " ".join(
                    [f"- {markdown_text(goal.text)}", *(f"*{markdown_text(reason)}*" for reason in goal.reasons)]
                )
            yield ""
    if report.areas:
        yield f"## {AREAS}"
        yield ""
        yield from markdown_table(AREA_COLUMNS, [area_row(area) for area in report.areas])


def _point_row(point: CheckPoint) -> tuple[str, ...]:
    seen = next((f"”{words}” {place}".rstrip() for words, place in quotes(point)), "")
    return point.title, VERDICTS[point.verdict], point.reason or "", seen, source_label(point.source)
