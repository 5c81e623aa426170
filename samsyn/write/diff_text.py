"""Takes a comparison or a series, gives it for the terminal: the summary first, then change by change."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from samsyn.models.comparison import ChangeKind, Comparison, Series
from samsyn.write.clean import clean_text, cut
from samsyn.write.console import print_heading, print_line, print_on, print_pairs
from samsyn.write.diff_phrases import Language
from samsyn.write.diff_view import Entry, Row, Section, View, counted, edition_label, short_label, shorten_runs, view_of
from samsyn.write.labels import period_label
from samsyn.write.series_view import SeriesView, series_view_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_STYLES: dict[ChangeKind, str] = {
    "substance": "yellow",
    "merged": "magenta",
    "split": "magenta",
    "moved": "blue",
    "new_person": "yellow",
    "new_role": "yellow",
    "reworded": "cyan",
    "renewed": "dim",
    "kept": "dim",
    "dropped": "red",
    "new": "green",
}
_SIGNS: dict[ChangeKind, str] = {"dropped": "-", "new": "+", "kept": "=", "renewed": "=", "moved": ">"}
"""What stands before an entry, so that it is told without colour; '~' for the others."""
_QUIET: tuple[ChangeKind, ...] = ("kept", "renewed")
_LIFE_CELL = 48
_TABLE_WIDTH = 96
"""Characters that the table of the summary needs."""


def write_diff_text(comparison: Comparison, stream: TextIO, *, language: Language = "sv") -> None:
    """Write the comparison, as wide as the terminal, or 100 characters when there is none."""
    view = view_of(comparison, language)
    print_on(stream, lambda console: _comparison(console, view))


def write_series_text(series: Series, stream: TextIO, *, language: Language = "sv") -> None:
    """Write the life of each measure, and a summary of each step."""
    view = series_view_of(series, language)
    print_on(stream, lambda console: _series(console, view))


def _comparison(console: Console, view: View) -> None:
    words = view.words
    print_heading(console, view.title)
    print_pairs(console, _facts(view))
    if not view.differs:
        print_line(console, words.says["nothing"])
        return
    if view.headline or view.cautions:
        console.print()
    if view.headline:
        print_line(console, view.headline)
    for caution in view.cautions:
        print_line(console, f"! {caution}", style="yellow")
    _summary(console, view)
    if view.facts:
        print_heading(console, words.says["facts"])
        print_pairs(
            console,
            [(name, f"{old or words.says['none']} → {new or words.says['none']}") for name, old, new in view.facts],
        )
    for section in view.sections:
        if section.entries:
            _section(console, section)
    console.print()
    print_line(console, words.says["reading"], style="dim")


def _facts(view: View) -> list[tuple[str, str]]:
    says = view.words.says
    facts = [
        (says[side], ", ".join(part for part in (edition_label(edition), period_label(edition.period)) if part))
        for side, edition in (("old", view.old), ("new", view.new))
    ]
    return [*facts, *([("", view.periods)] if view.periods else [])]


def _summary(console: Console, view: View) -> None:
    """A row for each kind that occurs, a column for each section; a line a section where that is too wide."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    print_heading(console, view.words.says["summary"])
    sections = [section for section in view.sections if section.entries]
    if console.width < _TABLE_WIDTH:
        for section in sections:
            print_line(
                console, f"{section.label} ({section.old_count} → {section.new_count}): {counted(section, view.words)}"
            )
        return
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="bold", pad_edge=False)
    table.add_column("", no_wrap=True)
    for section in sections:
        table.add_column(section.label, justify="right", no_wrap=True)
    rows = [(view.words.says["total_old"], [section.old_count for section in sections])]
    rows += [(view.words.says["total_new"], [section.new_count for section in sections])]
    rows += [(view.words.kinds[kind], [section.counts.get(kind, 0) for section in sections]) for kind in view.kinds]
    for name, counts in rows:
        table.add_row(name, *(Text(str(count or "·")) for count in counts))
    console.print(table)


def _section(console: Console, section: Section) -> None:
    print_heading(console, f"{section.label} ({section.old_count} → {section.new_count})")
    for group in section.groups:
        console.print()
        print_line(console, f"{group.label} ({len(group.entries)})", style="bold")
        for entry in group.entries:
            _entry(console, entry)


def _entry(console: Console, entry: Entry) -> None:
    area = f" [{entry.area}]" if entry.area else ""
    pages = f" ({entry.pages})" if entry.pages else ""
    print_line(
        console, f"{_SIGNS.get(entry.kind, '~')} {entry.title}{area}{pages}", style=_STYLES[entry.kind], indent=2
    )
    if entry.kind in _QUIET:
        return
    for note in entry.notes:
        print_line(console, note, indent=6)
    for row in entry.rows:
        _row(console, row)


def _row(console: Console, row: Row) -> None:
    from rich.padding import Padding
    from rich.text import Text

    remark = f" ({row.remark})" if row.remark else ""
    text = Text.assemble((f"{row.label}{remark}: ", "dim"))
    marked = console.color_system is not None and not console.no_color
    before = "equal"
    for run in shorten_runs(row.words):
        if before == "delete" and run.op == "insert" and marked and not run.text.startswith(" "):
            text.append(" ")
        text.append_text(_run(run.op, clean_text(run.text), marked=marked))
        before = run.op
    console.print(Padding(text, (0, 0, 0, 6)))


def _run(op: str, words: str, *, marked: bool) -> Text:
    """A run of words: struck or underlined where the terminal can, else [-so-] and {+so+}."""
    from rich.text import Text

    words = " ".join(words.split("\n"))
    if op == "equal":
        return Text(words, style="none")
    space = " " if words.startswith(" ") else ""
    if marked:
        return Text(space) + Text(words.lstrip(" "), style="red strike" if op == "delete" else "bold green underline")
    return Text(f"{space}[-{words.lstrip(' ')}-]" if op == "delete" else f"{space}{{+{words.lstrip(' ')}+}}")


def _series(console: Console, view: SeriesView) -> None:
    words = view.words
    print_heading(console, view.title)
    print_pairs(console, [(short_label(edition), edition_label(edition)) for edition in view.editions])
    _lives(console, view)
    for step in view.steps:
        console.print()
        print_line(console, f"{short_label(step.old)} → {short_label(step.new)}", style="bold")
        for caution in step.cautions:
            print_line(console, f"! {caution}", style="yellow", indent=2)
        if step.differs:
            _summary(console, step)
        else:
            print_line(console, words.says["nothing"], indent=2)


def _lives(console: Console, view: SeriesView) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console.print()
    table = Table(box=box.SIMPLE_HEAD, expand=True, show_edge=False, header_style="bold")
    table.add_column(view.words.fields["measure"], ratio=3, overflow="fold")
    for edition in view.editions:
        table.add_column(short_label(edition), ratio=2, overflow="fold")
    for row in view.lives:
        cells = [Text(cut(row.label, _LIFE_CELL * 2))]
        for number, cell in enumerate(row.cells):
            before = row.cells[number - 1].label if number else ""
            shown = cell.tag or (view.words.kinds["kept"] if cell.label and before else "")
            cells.append(Text(shown, style=_STYLES[cell.kind] if cell.kind else ""))
        table.add_row(*cells)
    console.print(table)
