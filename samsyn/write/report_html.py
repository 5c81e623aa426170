"""Takes the report of a corpus, gives a page of HTML that stands alone: figures, each with its table and command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import IO, NamedTuple

from samsyn.models.corpus_report import CorpusReport, Figure
from samsyn.models.table import Column, Row, Value
from samsyn.vocabulary.groups import load_roles, load_themes
from samsyn.vocabulary.register import load_register
from samsyn.vocabulary.requirements import requirement_titles
from samsyn.write.charts.draw import draw, is_scrolled
from samsyn.write.charts.style import Wording
from samsyn.write.clean import clean_text
from samsyn.write.diff_phrases import Language
from samsyn.write.labels import number_label
from samsyn.write.page import as_markup, render_page
from samsyn.write.report_words import ReportWords, report_words

_COUNTS = (
    "agreements", "municipalities with an agreement", "goals", "problem_pictures", "measures", "signatories",
    "files that could not be read",
)  # fmt: skip


class FigureView(NamedTuple):
    """A figure as the page shows it."""

    name: str
    title: str
    reading: str
    finding: str
    """What it shows in a sentence; empty when there is nothing to show."""
    wide: object
    narrow: object
    """The drawing for a narrow screen; None where the wide one is moved sideways."""
    notes: tuple[str, ...]
    command: str
    columns: tuple[tuple[str, bool], ...]
    """Headings, and whether numbers stand under them."""
    rows: tuple[tuple[str, ...], ...]


def write_report(report: CorpusReport, stream: IO[str], *, language: Language = "sv") -> None:
    """Write the page. Raises SamsynError when the library that draws is not there (the extra `reports`)."""
    words = report_words(language)
    values = {
        "language": language,
        "words": words,
        "report": report,
        "title": words.title.format(corpus=report.corpus),
        "lead": words.says["lead"].format(
            agreements=report.counts["agreements"],
            municipalities=report.counts["municipalities with an agreement"],
        ),
        "counts": [(words.says[name], report.counts[name]) for name in _COUNTS if report.counts.get(name)],
        "figures": [_view(figure, words) for figure in report.figures],
    }
    stream.write(render_page("report.html.j2", values))


def _view(figure: Figure, words: ReportWords) -> FigureView:
    says = words.figures[figure.name]
    figure = _translated(figure, words)
    rows = [*figure.table.rows]
    names = _names(figure, words)
    finding = clean_text(says.finding.format(**_FINDINGS[figure.name](rows, names, words))) if rows else ""
    wording = Wording(names, words.says, words.percent)
    label = f"{says.title}. {finding}"
    wide = as_markup(draw(figure, wording, label=label)) if rows else None
    narrow = None
    if rows and not is_scrolled(figure.name):
        narrow = as_markup(draw(figure, wording, label=label, narrow=True))
    columns = figure.table.schema.columns
    return FigureView(
        name=figure.name,
        title=says.title,
        reading=says.reading,
        finding=finding,
        wide=wide,
        narrow=narrow,
        notes=tuple(_notes(figure, words)),
        command=figure.command,
        columns=tuple((_heading(column, words), column.kind in ("integer", "number")) for column in columns),
        rows=tuple(
            tuple(
                _cell(value, column, words)
                for value, column in zip(_in_language(row, figure, names), columns, strict=True)
            )
            for row in rows
        ),
    )


def _translated(figure: Figure, words: ReportWords) -> Figure:
    """The figure with the titles of requirements in the language of the page."""
    if figure.name != "completeness":
        return figure
    titles = requirement_titles(words.code)
    rows = [(row[0], titles.get(str(row[0]), row[1]), *row[2:]) for row in figure.table.rows]
    return replace(figure, table=replace(figure.table, rows=rows))


def _notes(figure: Figure, words: ReportWords) -> list[str]:
    notes = []
    shown = len([*figure.table.rows])
    if shown < figure.rows:
        notes.append(words.says["first_rows"].format(shown=shown, rows=figure.rows))
    columns = len(figure.table.schema.columns) - 4
    if figure.columns > columns > 0:
        notes.append(words.says["first_columns"].format(shown=columns, columns=figure.columns))
    return notes


def _in_language(row: Row, figure: Figure, names: Callable[[str], str]) -> Row:
    """The row with the name of its theme, role or measure in the language of the page."""
    columns = figure.table.schema.names
    if not {"id", "name"} <= {*columns} or not row[columns.index("id")]:
        return row
    identity = str(row[columns.index("id")])
    name = names(f"{row[0]}:{identity}" if figure.name == "renewals" else identity)
    return tuple(name if column == "name" else value for column, value in zip(columns, row, strict=True))


def _heading(column: Column, words: ReportWords) -> str:
    if column.name in words.columns:
        return words.columns[column.name]
    return column.name if column.name[:1].isupper() else column.name.replace("_", " ").capitalize()


def _cell(value: Value, column: Column, words: ReportWords) -> str:
    if value is None:
        return ""
    if column.kind == "number":
        return words.percent(float(value))
    if column.name == "year" or not isinstance(value, str):
        return number_label(float(value)) if isinstance(value, float) else str(value)
    if column.name in ("party", "what"):
        return words.says.get(value, value)
    return words.says.get(value, value) if value.startswith("(") else value


def _names(figure: Figure, words: ReportWords) -> Callable[[str], str]:
    """What an id in the figure is called in the language; itself where nothing is known of it."""
    names: dict[str, str] = {}
    columns = figure.table.schema.names
    if "id" in columns and "name" in columns:
        place = columns.index("id"), columns.index("name")
        names.update({str(row[place[0]]): str(row[place[1]]) for row in figure.table.rows if row[place[0]]})
    measures = {measure.id: measure.name for measure in load_register()}
    names = {**measures, **names}
    for group in (*load_themes(), *load_roles()):
        names[group.id] = group.name(words.code) if figure.name != "matrix" else names.get(group.id, group.sv)
    prefixed = {f"area:{theme.id}": theme.name(words.code) for theme in load_themes()}
    prefixed |= {f"measure:{identity}": name for identity, name in measures.items()}
    if figure.name == "renewals":
        prefixed |= {f"{row[0]}:{row[1]}": str(row[2]) for row in figure.table.rows if row[0] == "measure"}
    known = names | prefixed
    return lambda identity: known.get(identity, identity)


Finding = Callable[[list[Row], Callable[[str], str], ReportWords], Mapping[str, object]]


def _counties(rows: list[Row], _: Callable[[str], str], words: ReportWords) -> Mapping[str, object]:
    best = max(rows, key=lambda row: (int(row[2] or 0) / int(row[1] or 1), int(row[2] or 0)))
    return {
        "count": sum(int(row[2] or 0) for row in rows),
        "of": sum(int(row[1] or 0) for row in rows),
        "name": best[0],
        "part": words.says["of"].format(best[2], best[1]),
    }


def _years(rows: list[Row], _: Callable[[str], str], __: ReportWords) -> Mapping[str, object]:
    best = max(rows, key=lambda row: (int(row[2] or 0), int(row[0] or 0)))
    return {"name": best[0], "count": best[2], "of": best[1]}


def _timeline(rows: list[Row], names: Callable[[str], str], _: ReportWords) -> Mapping[str, object]:
    best = max(rows, key=lambda row: (int(row[4] or 0), int(row[2] or 0)))
    return {"name": names(str(best[0])), "count": best[4], "year": best[2]}


def _matrix(rows: list[Row], names: Callable[[str], str], _: ReportWords) -> Mapping[str, object]:
    return {"name": names(str(rows[0][0])), "count": rows[0][3]}


def _areas(rows: list[Row], names: Callable[[str], str], _: ReportWords) -> Mapping[str, object]:
    return {"name": names(str(rows[0][0])) if rows[0][0] else rows[0][1], "count": rows[0][2]}


def _goals(rows: list[Row], _: Callable[[str], str], words: ReportWords) -> Mapping[str, object]:
    count, every = (sum(int(row[column] or 0) for row in rows) for column in (3, 2))
    return {"count": count, "of": every, "part": words.percent(count / every if every else 0)}


def _roles(rows: list[Row], names: Callable[[str], str], words: ReportWords) -> Mapping[str, object]:
    best = max(rows, key=lambda row: float(row[6] or 0))
    name = names(str(best[1])) if best[1] else words.says.get(str(best[2]), best[2])
    return {"name": name, "part": words.percent(float(best[6] or 0))}


def _completeness(rows: list[Row], _: Callable[[str], str], words: ReportWords) -> Mapping[str, object]:
    return {"name": rows[0][1], "part": words.percent(float(rows[0][6] or 0)), "last": rows[-1][1]}


def _renewals(rows: list[Row], names: Callable[[str], str], _: ReportWords) -> Mapping[str, object]:
    best = rows[0]
    return {"of": best[6], "name": names(f"{best[0]}:{best[1]}"), "count": best[3], "gone": best[5]}


_FINDINGS: Mapping[str, Finding] = {
    "counties": _counties,
    "years": _years,
    "timeline": _timeline,
    "matrix": _matrix,
    "areas": _areas,
    "goals": _goals,
    "roles": _roles,
    "completeness": _completeness,
    "renewals": _renewals,
}
