"""Takes reports of checks, gives Markdown: a table of points, the goals that cannot be measured, the focus areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from samsyn.models.check import CheckPoint, CheckReport
from samsyn.write.as_markdown import markdown_table, markdown_text
from samsyn.write.check_view import CheckWords, area_row, check_words, source_label
from samsyn.write.diff_phrases import Language


def write_check_markdown(reports: Sequence[CheckReport], stream: TextIO, *, language: Language = "sv") -> None:
    """Write the reports one after the other."""
    words = check_words(language)
    for report in reports:
        stream.writelines(f"{line}\n" for line in _lines(report, words))
    stream.write(f"{words.note}\n")


def _lines(report: CheckReport, words: CheckWords) -> Iterator[str]:
    yield f"# {words.title}: {markdown_text(words.subtitle(report))}"
    yield ""
    yield words.headline(report)
    yield ""
    if report.points:
        yield f"## {words.points}"
        yield ""
        yield from markdown_table(words.point_columns, [_point_row(point, words) for point in report.points])
    if report.goals:
        yield f"## {words.goals}"
        yield ""
        for name, goals in words.by_measurable(report.goals):
            yield f"**{name[:1].upper()}{name[1:]}: {len(goals)}**"
            yield ""
            for goal in goals:
                yield " ".join(
                    [f"- {markdown_text(goal.text)}", *(f"*{markdown_text(reason)}*" for reason in goal.reasons)]
                )
            yield ""
    if report.areas:
        yield f"## {words.areas}"
        yield ""
        yield from markdown_table(words.area_columns, [area_row(area) for area in report.areas])


def _point_row(point: CheckPoint, words: CheckWords) -> tuple[str, ...]:
    seen = next((f"{words.quoted(quoted)} {place}".rstrip() for quoted, place in words.evidence(point)), "")
    return point.title, words.verdicts[point.verdict], point.reason or "", seen, source_label(point.source)
