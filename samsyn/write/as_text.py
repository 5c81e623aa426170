"""Takes agreements, gives a summary for the terminal, in Swedish; plain text of fixed width when it is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TextIO

from samsyn.write.clean import clean_text, cut, one_line
from samsyn.write.console import print_heading, print_line, print_on, print_pairs
from samsyn.write.labels import (
    decision_label,
    field_label,
    measure_label,
    municipality_label,
    period_label,
    target_label,
    value_label,
)
from samsyn.write.outline import Group, group_by_area, shown_columns

if TYPE_CHECKING:
    from rich.console import Console

    from samsyn.models.agreement import Agreement, Goal, Measure

_PICTURE_LENGTH = 300
_CELL_LENGTH = 240
_COLUMN_WIDTH = 20
"""Characters a column needs to be readable; as many columns are shown as fit."""
_BETWEEN = 3
"""Characters between two columns."""
_COLUMNS = (
    "title", "municipality_action", "police_action", "joint_action", "undertaken_by", "responsible", "schedule",
    "follow_up", "recurring",
)  # fmt: skip
"""The fields shown of a measure, by importance; empty ones give way to the next."""
_LONG_SHARE = 4 / 3
_LONG_COLUMNS = ("municipality_action", "police_action", "joint_action")


def write_text(agreements: Iterable[Agreement], stream: TextIO) -> None:
    """Write a summary of each agreement, as wide as the terminal, or 100 characters when there is none."""
    for agreement in agreements:
        print_on(stream, partial(_summary, agreement))


def _summary(agreement: Agreement, console: Console) -> None:
    console.print(one_line(agreement.title or agreement.id), style="bold")
    print_pairs(console, _facts(agreement))
    for number, group in enumerate(group_by_area(agreement)):
        _group(console, group, number)
    _signatories(console, agreement)
    _mentions(console, agreement)
    _warnings(console, agreement)
    console.print()


def _facts(agreement: Agreement) -> list[tuple[str, str]]:
    pages = f", {agreement.source.pages} sidor" if agreement.source.pages else ""
    facts = (
        ("municipalities", municipality_label(agreement)),
        ("kind", agreement.kind),
        ("parties", ", ".join(party.name for party in agreement.parties)),
        ("period", period_label(agreement.period)),
        ("decided", decision_label(agreement)),
        ("diary_number", agreement.diary_number),
        ("replaces", agreement.replaces),
        ("file", agreement.source.file + pages),
    )
    return [(field_label(field), value) for field, value in facts if value]


def _group(console: Console, group: Group, number: int) -> None:
    if group.area is not None:
        print_heading(console, f"Fokusområde {number}: {group.area.title}")
    elif group.goals or group.problem_pictures or group.measures:
        print_heading(console, "För hela överenskommelsen")
    for picture in group.problem_pictures:
        title = f" – {picture.title}" if picture.title and group.area is None else ""
        print_line(console, f"Problembild{title}: {cut(one_line(picture.text), _PICTURE_LENGTH)}", indent=2)
    for goal in group.goals:
        _goal(console, goal)
    if group.measures:
        _measures(console, group.measures)


def _goal(console: Console, goal: Goal) -> None:
    name = "Delmål" if goal.level == "sub" else "Mål"
    print_line(console, f"{name}: {goal.text}", indent=4 if goal.level == "sub" else 2)
    for target in goal.targets:
        print_line(console, f"→ {target_label(target)}", indent=6, style="green")


def _measures(console: Console, measures: Sequence[Measure]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    used = shown_columns(column for column in _COLUMNS if any(getattr(measure, column) for measure in measures))
    columns = used[: max(2, (console.width - 4) // _COLUMN_WIDTH)]
    rows = [[_measure_cell(measure, column) for column in columns] for measure in measures]
    shares = [_LONG_SHARE if column in _LONG_COLUMNS else 1.0 for column in columns]
    widths = _widths([[measure_label(column) for column in columns], *rows], shares, console.width)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="bold")
    for column, width in zip(columns, widths, strict=True):
        table.add_column(measure_label(column), overflow="fold", width=width)
    for row in rows:
        table.add_row(*map(Text, row))
    console.print()
    console.print(table)


def _widths(rows: Sequence[Sequence[str]], shares: Sequence[float], width: int) -> list[int]:
    """The columns' widths: by their shares, but wide enough for the longest word, as far as there is room."""
    room = width - _BETWEEN * len(shares)
    longest = [
        max((len(word) for cell in cells for word in cell.split()), default=1) for cells in zip(*rows, strict=True)
    ]
    most = next((most for most in range(max(longest), 1, -1) if sum(min(word, most) for word in longest) <= room), 1)
    widths = [min(word, most) for word in longest]
    for _ in range(room - sum(widths)):
        narrowest = min(range(len(widths)), key=lambda column: widths[column] / shares[column])
        widths[narrowest] += 1
    return widths


def _measure_cell(measure: Measure, column: str) -> str:
    if column == "recurring":
        return ", ".join(match.name for match in measure.recurring)
    value = getattr(measure, column)
    if column == "undertaken_by":
        return ", ".join(map(value_label, value))
    text = clean_text(", ".join(value) if isinstance(value, tuple) else value or "")
    return cut(text, _CELL_LENGTH)


def _signatories(console: Console, agreement: Agreement) -> None:
    if agreement.signatories:
        print_heading(console, "Underskrifter")
    for signatory in agreement.signatories:
        who = ", ".join(part for part in (signatory.name, signatory.title, signatory.organisation) if part)
        notes = ", ".join(part for part in (value_label(signatory.party), signatory.date) if part)
        print_line(console, f"{who} ({notes})" if notes else who, indent=2)


def _mentions(console: Console, agreement: Agreement) -> None:
    if agreement.mentions:
        print_heading(console, "Återkommande åtgärder som nämns")
        names = {mention.id: mention.text for mention in reversed(agreement.mentions)}
        print_line(console, ", ".join(reversed(names.values())), indent=2)


def _warnings(console: Console, agreement: Agreement) -> None:
    if agreement.warnings:
        print_heading(console, "Att kontrollera")
    for warning in agreement.warnings:
        print_line(console, f"! {warning.message}", style="yellow", indent=2)
