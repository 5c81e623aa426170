"""Takes a comparison or a series, gives an Excel workbook: the summary, and a filtered sheet for each section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeAlias

from samsyn.models.comparison import Comparison, Series
from samsyn.write.as_xlsx import column_letter, heading_cell, save_workbook, text_cell
from samsyn.write.diff_phrases import Language
from samsyn.write.diff_view import Entry, Section, View, edition_label, short_label, view_of
from samsyn.write.labels import pages_label, period_label
from samsyn.write.series_view import SeriesView, series_view_of

if TYPE_CHECKING:
    from openpyxl import Workbook

_Row: TypeAlias = "Sequence[str | int | float | None]"
_LONGEST_SHEET_NAME = 31
_LINE_HEIGHT, _MOST_LINES = 15.0, 20
_A4 = 9
_MARGIN = 0.4
"""Inches of the paper at the sides."""
_PRINTED = 5
"""So many columns of a section go on paper, readable in landscape: what became of it, old and new, and what changed."""


class _Column(NamedTuple):
    label: str
    width: int


def write_diff_xlsx(comparison: Comparison, stream: BinaryIO, *, language: Language = "sv") -> None:
    """Write the workbook. The same comparison gives the same bytes."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    _add_comparison(workbook, view_of(comparison, language), "")
    save_workbook(workbook, stream)


def write_series_xlsx(series: Series, stream: BinaryIO, *, language: Language = "sv") -> None:
    """Write a sheet of lives, then the sheets of each step, named by its years."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    view = series_view_of(series, language)
    _add_lives(workbook, view)
    for number, step in enumerate(view.steps, start=1):
        _add_comparison(workbook, step, f"{number} ")
    save_workbook(workbook, stream)


def _add_comparison(workbook: Workbook, view: View, prefix: str) -> None:
    _add_summary(workbook, view, prefix)
    _add_facts(workbook, view, prefix)
    for section in view.sections:
        if section.entries:
            _add_section(workbook, section, view, prefix)


def _add_summary(workbook: Workbook, view: View, prefix: str) -> None:
    words = view.words
    sections = [section for section in view.sections if section.entries]
    columns = [_Column("", 22), _Column(words.says["total_old"], 12), _Column(words.says["total_new"], 12)]
    columns += [_Column(words.kinds[kind], max(12, len(words.kinds[kind]) + 2)) for kind in view.kinds]
    rows: list[_Row] = [
        [section.label, section.old_count, section.new_count, *(section.counts.get(kind, 0) for kind in view.kinds)]
        for section in sections
    ]
    _add_sheet(workbook, f"{prefix}{words.says['summary']}", columns, rows, filtered=False)


def _add_facts(workbook: Workbook, view: View, prefix: str) -> None:
    says = view.words.says
    columns = [_Column(says["fact"], 30), _Column(says["old"], 60), _Column(says["new"], 60)]
    rows: list[_Row] = [
        [says["title"], edition_label(view.old), edition_label(view.new)],
        [says["period"], period_label(view.old.period), period_label(view.new.period)],
    ]
    told = {row[0] for row in rows}
    rows += [list(fact) for fact in view.facts if fact[0] not in told]
    sentences = (view.headline, view.periods, *view.cautions, says["legend_xlsx"], says["reading"])
    rows += [[None, sentence, None] for sentence in sentences if sentence]
    _add_sheet(workbook, f"{prefix}{says['facts']}", columns, rows, filtered=False)


def _add_section(workbook: Workbook, section: Section, view: View, prefix: str) -> None:
    says = view.words.says
    columns = [
        _Column(says["kind"], 17),
        _Column(says["also"], 15),
        *(_Column(f"{section.label}: {says[side]}", 34) for side in ("old", "new")),
        _Column(says["changes"], 46),
        *(_Column(f"{says['focus_area']}: {says[side]}", 22) for side in ("old", "new")),
        *(_Column(f"{view.words.fields['pages']}: {says[side]}", 12) for side in ("old", "new")),
        _Column(says["similarity"], 10),
        _Column(says["why"], 40),
    ]
    rows = [list(_cells(entry)) for entry in section.entries]
    _add_sheet(workbook, f"{prefix}{section.label}", columns, rows, printed=_PRINTED)


def _cells(entry: Entry) -> Iterator[str | int | float | None]:
    change = entry.change
    sides = (change.old, change.new)
    yield entry.tags[0]
    yield ", ".join(entry.tags[1:]) or None
    yield from (side.label if side else None for side in sides)
    yield "\n".join((*entry.notes, *(f"{row.label}: {_spelled(row.words)}" for row in entry.rows))) or None
    yield from (side.focus_area if side else None for side in sides)
    yield from (pages_label(side.pages) if side else None for side in sides)
    yield change.similarity if change.old and change.new else None
    yield "; ".join(entry.why) or None


def _spelled(words: Iterable[Any]) -> str:
    """The words with what is gone as [-so-] and what is new as {+so+}: a cell of text can hold no more."""
    marks = {"equal": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}
    return "".join(
        f"{' ' if run.text.startswith(' ') else ''}{marks[run.op][0]}{run.text.lstrip(' ')}{marks[run.op][1]}"
        for run in words
    )


def _add_lives(workbook: Workbook, view: SeriesView) -> None:
    columns = [_Column(view.words.fields["measure"], 50), *(_Column(short_label(one), 28) for one in view.editions)]
    rows = [[row.label, *("\n".join((cell.tag, *cell.notes)) or None for cell in row.cells)] for row in view.lives]
    _add_sheet(workbook, view.title, columns, rows)


def _add_sheet(
    workbook: Workbook,
    name: str,
    columns: Sequence[_Column],
    rows: Sequence[_Row],
    *,
    filtered: bool = True,
    printed: int | None = None,
) -> None:
    """A sheet that prints on A4 with its headings on each page; `printed` columns of it, all if none is given."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet = workbook.create_sheet(name[:_LONGEST_SHEET_NAME])
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{column_letter(printed or len(columns))}{len(rows) + 1}"
    sheet.oddFooter.center.text = "&A  &P (&N)"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[column_letter(number)].width = column.width
    sheet.append([heading_cell(sheet, column.label) for column in columns])
    for number, row in enumerate(rows, start=2):
        sheet.row_dimensions[number].height = _height(row, columns)
        sheet.append([_cell(sheet, value) for value in row])
    if filtered:
        sheet.auto_filter.ref = f"A1:{column_letter(len(columns))}{len(rows) + 1}"


def _cell(sheet: Any, value: str | float | None) -> Any:
    """Text as text, and numbers at the top of their row as well."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if value is None or isinstance(value, str):
        return text_cell(sheet, "changes", value)
    cell = WriteOnlyCell(sheet, value=value)
    cell.alignment = Alignment(vertical="top")
    return cell


def _height(row: _Row, columns: Sequence[_Column]) -> float:
    """Points that the row's longest cell needs, within reason."""
    lines = [
        sum(1 + len(line) // column.width for line in value.split("\n"))
        for value, column in zip(row, columns, strict=True) if isinstance(value, str)
    ]  # fmt: skip
    return _LINE_HEIGHT * min(max(lines, default=1), _MOST_LINES)
