"""Takes a comparison or a series, gives a report in Markdown: what is new in bold, what is gone struck through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from samsyn.models.comparison import Comparison, Series, WordRun
from samsyn.write.as_markdown import markdown_table, markdown_text
from samsyn.write.diff_phrases import Language
from samsyn.write.diff_view import Entry, Section, View, edition_label, short_label, shorten_runs, view_of
from samsyn.write.labels import period_label
from samsyn.write.series_view import LifeCell, SeriesView, series_view_of

_QUIET = ("kept", "renewed")


def write_diff_markdown(comparison: Comparison, stream: TextIO, *, language: Language = "sv") -> None:
    """Write the report."""
    stream.write("\n".join(_report(view_of(comparison, language))).rstrip() + "\n")


def write_series_markdown(series: Series, stream: TextIO, *, language: Language = "sv") -> None:
    """Write the life of each measure, then the report on each step."""
    view = series_view_of(series, language)
    lines = [*_lives(view)]
    for step in view.steps:
        lines += ["---", "", *_report(step)]
    stream.write("\n".join(lines).rstrip() + "\n")


def _report(view: View) -> Iterator[str]:
    says = view.words.says
    yield from (f"# {view.title}", "")
    for side, edition in ((says["old_agreement"], view.old), (says["new_agreement"], view.new)):
        period = period_label(edition.period)
        yield f"- **{side}:** {markdown_text(edition_label(edition))}{f' ({period})' if period else ''}"
    yield ""
    for sentence in (view.headline, view.periods, *view.cautions):
        if sentence:
            yield from (markdown_text(sentence), "")
    if not view.differs:
        yield from (says["nothing"], "")
    yield from (f"## {says['summary']}", "", *_summary(view))
    if view.facts:
        rows = [[markdown_text(cell) or says["none"] for cell in fact] for fact in view.facts]
        yield from (f"## {says['facts']}", "", *markdown_table([says["fact"], says["old"], says["new"]], rows))
    for section in view.sections:
        if section.entries:
            yield from _section(section)
    yield from (f"_{says['reading']}_", "")


def _summary(view: View) -> Iterator[str]:
    sections = [section for section in view.sections if section.entries]
    says = view.words.says
    rows = [[says["total_old"], *(str(section.old_count) for section in sections)]]
    rows += [[says["total_new"], *(str(section.new_count) for section in sections)]]
    rows += [
        [view.words.kinds[kind], *(str(section.counts.get(kind, 0)) for section in sections)] for kind in view.kinds
    ]
    yield from markdown_table(["", *(section.label for section in sections)], rows)


def _section(section: Section) -> Iterator[str]:
    yield from (f"## {section.label} ({section.old_count} → {section.new_count})", "")
    for group in section.groups:
        yield from (f"### {group.label} ({len(group.entries)})", "")
        for entry in group.entries:
            yield from _entry(entry)
        yield ""


def _entry(entry: Entry) -> Iterator[str]:
    where = ", ".join(part for part in (entry.area, entry.pages) if part)
    yield f"- **{markdown_text(entry.title)}**{f' ({markdown_text(where)})' if where else ''}"
    if entry.kind in _QUIET:
        return
    for note in entry.notes:
        yield f"  - {markdown_text(note)}"
    for row in entry.rows:
        remark = f" ({markdown_text(row.remark)})" if row.remark else ""
        yield f"  - {markdown_text(row.label)}{remark}: {_runs(shorten_runs(row.words))}"


def _runs(runs: Iterable[WordRun]) -> str:
    """The words with marks that also plain text shows: ~~gone~~ and **new**."""
    marks = {"equal": "", "delete": "~~", "insert": "**"}
    shown = ""
    for run in runs:
        text = markdown_text(run.text)
        glue = " " if shown and (run.text[:1].isspace() or run.op != "equal") else ""
        shown += f"{glue}{marks[run.op]}{text}{marks[run.op]}"
    return shown


def _lives(view: SeriesView) -> Iterator[str]:
    yield from (f"# {view.title}", "")
    for edition in view.editions:
        yield f"- **{short_label(edition)}:** {markdown_text(edition_label(edition))}"
    yield ""
    headings = [view.words.fields["measure"], *map(short_label, view.editions)]
    yield from markdown_table(headings, [[markdown_text(row.label), *_cells(row.cells)] for row in view.lives])


def _cells(cells: Sequence[LifeCell]) -> Iterator[str]:
    for cell in cells:
        yield "<br>".join(markdown_text(part) for part in (cell.tag, *cell.notes))
