"""Takes reports of checks, gives them for the terminal: the sum, then point by point and goal by goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from samsyn.models.check import CheckPoint, CheckReport, Verdict
from samsyn.write.check_view import SIGNS, CheckWords, area_row, check_words, source_label
from samsyn.write.clean import clean_text
from samsyn.write.console import print_heading, print_line, print_on
from samsyn.write.diff_phrases import Language

if TYPE_CHECKING:
    from rich.console import Console

_STYLES: dict[Verdict, str] = {"found": "green", "partly": "yellow", "missing": "red", "unknown": "dim"}


def write_check_text(reports: Sequence[CheckReport], stream: TextIO, *, language: Language = "sv") -> None:
    """Write the reports one after the other, as wide as the terminal, or 100 characters when there is none."""
    print_on(stream, lambda console: _reports(console, reports, check_words(language)))


def _reports(console: Console, reports: Sequence[CheckReport], words: CheckWords) -> None:
    for number, report in enumerate(reports):
        if number:
            console.print()
            console.rule(style="dim")
        _report(console, report, words)
    console.print()
    print_line(console, words.note, style="dim")


def _report(console: Console, report: CheckReport, words: CheckWords) -> None:
    print_line(console, f"{words.title}: {words.subtitle(report)}", style="bold")
    print_line(console, words.headline(report))
    if report.points:
        print_heading(console, words.points)
        for point in report.points:
            _point(console, point, words)
    if report.goals:
        print_heading(console, words.goals)
        for name, goals in words.by_measurable(report.goals):
            print_line(console, f"{name[:1].upper()}{name[1:]}: {len(goals)}", style="bold")
            for goal in goals:
                print_line(console, goal.text, indent=2)
                for reason in goal.reasons:
                    print_line(console, reason, indent=4, style="dim")
    if report.areas:
        _areas(console, report, words)


def _point(console: Console, point: CheckPoint, words: CheckWords) -> None:
    style = _STYLES[point.verdict]
    print_line(console, f"{SIGNS[point.verdict]} {point.title}: {words.verdicts[point.verdict]}", style=style)
    if point.reason:
        print_line(console, point.reason, indent=4)
    for quoted, place in words.evidence(point)[:1]:
        print_line(console, f"{words.quoted(quoted)} {place}".rstrip(), indent=4, style="dim")
    if point.verdict != "found":
        print_line(console, f"{point.asks} ({source_label(point.source)})", indent=4, style="dim")


def _areas(console: Console, report: CheckReport, words: CheckWords) -> None:
    from rich.table import Table
    from rich.text import Text

    print_heading(console, words.areas)
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for index, column in enumerate(words.area_columns):
        table.add_column(column, justify="right" if index else "left")
    for area in report.areas:
        table.add_row(*(Text(clean_text(cell)) for cell in area_row(area)))
    console.print(table)
