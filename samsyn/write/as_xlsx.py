"""Takes agreements, gives an Excel workbook: a sheet for each table, headings frozen and filtered, in Swedish."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from samsyn.write.archive import write_without_clock
from samsyn.write.clean import clean_text
from samsyn.write.labels import field_label, measure_label, value_label
from samsyn.write.tables import TABLES, CellValue, Row, TableKind

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

    from samsyn.models.agreement import Agreement

_LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell."""
_CUT_MARK = " […]"
_NARROW, _MIDDLE, _WIDE = 13, 24, 48
_LINE_HEIGHT, _MOST_LINES = 15.0, 14
_NARROW_COLUMNS = frozenset({
    "id", "start", "end", "code", "form", "level", "pages", "date", "decided_on", "score", "value", "baseline",
    "unit", "by", "party", "schema_version", "warnings", "commitment", "comparator", "rule",
})  # fmt: skip
_WIDE_COLUMNS = frozenset({
    "title", "text", "municipality_action", "police_action", "joint_action", "goal", "effect", "cause",
    "indicator", "outcomes", "message", "focus_areas", "targets",
})  # fmt: skip
_CODED_COLUMNS = frozenset({"form", "level", "party", "commitment", "undertaken_by"})
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def write_xlsx(agreements: Iterable[Agreement], stream: BinaryIO) -> None:
    """Write the workbook when the last agreement has come. The same agreements give the same bytes.

    Columns without any content are there, but hidden.
    """
    rows: list[list[Row]] = [[] for _ in TABLES]
    for agreement in agreements:
        for table, kept in zip(TABLES, rows, strict=True):
            kept.extend(table.rows(agreement))
    workbook = new_workbook()
    for table, kept in zip(TABLES, rows, strict=True):
        _add_sheet(workbook, table, kept)
    save_workbook(workbook, stream)


def new_workbook() -> Workbook:
    """An empty workbook to write sheets to, row by row."""
    from openpyxl import Workbook

    return Workbook(write_only=True)


def open_workbook(path: Path) -> Workbook:
    """The workbook in a file, to be read row by row; formulas give the values they had. Close it afterwards."""
    from openpyxl import load_workbook

    return load_workbook(path, read_only=True, data_only=True)


def list_validation(values: Sequence[str], cells: str) -> Any:
    """A drop-down list of the values for a range of cells; others may be written all the same."""
    from openpyxl.worksheet.datavalidation import DataValidation

    validation = DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=True)
    validation.showErrorMessage = False
    validation.add(cells)
    return validation


def _add_sheet(workbook: Workbook, table: TableKind, rows: Sequence[Row]) -> None:
    sheet = workbook.create_sheet(table.label)
    sheet.freeze_panes = "B2"
    for number, column in enumerate(table.columns, start=1):
        dimension = sheet.column_dimensions[column_letter(number)]
        dimension.width = _width(column)
        dimension.hidden = bool(rows) and all(row.get(column) is None for row in rows)
    label = measure_label if table.name == "measures" else field_label
    sheet.append([heading_cell(sheet, label(column)) for column in table.columns])
    for number, row in enumerate(rows, start=2):
        sheet.row_dimensions[number].height = _height(row)
        sheet.append([text_cell(sheet, column, row.get(column)) for column in table.columns])
    sheet.auto_filter.ref = f"A1:{column_letter(len(table.columns))}{len(rows) + 1}"


def heading_cell(sheet: Any, label: str) -> Any:
    """The cell of a column's heading."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    cell = WriteOnlyCell(sheet, value=label)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", start_color="DDE6F0")
    return cell


def text_cell(sheet: Any, column: str, value: CellValue) -> Any:
    """A cell that Excel reads as text whenever it is text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if not isinstance(value, str):
        return value
    coded = "; ".join(map(value_label, value.split("; "))) if column in _CODED_COLUMNS else value
    text = clean_text(coded)
    if len(text) > _LONGEST_CELL:
        text = text[: _LONGEST_CELL - len(_CUT_MARK)] + _CUT_MARK
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=_wraps(column))
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def _width(column: str) -> int:
    if column in _NARROW_COLUMNS:
        return _NARROW
    return _WIDE if column in _WIDE_COLUMNS else _MIDDLE


def _wraps(column: str) -> bool:
    return column not in _NARROW_COLUMNS and column != "cells"


def _height(row: Row) -> float:
    """Points that the row's longest cell needs, within reason: spreadsheets do not work it out by themselves."""
    lines = 1
    for column, value in row.items():
        if isinstance(value, str) and _wraps(column):
            lines = max(lines, sum(1 + len(line) // _width(column) for line in value.split("\n")))
    return _LINE_HEIGHT * min(lines, _MOST_LINES)


def column_letter(number: int) -> str:
    """What Excel calls the column, from 1: A, B ..."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)


def save_workbook(workbook: Workbook, stream: BinaryIO) -> None:
    """Save without the clock: the same content gives the same bytes."""
    draft = io.BytesIO()
    workbook.save(draft)
    write_without_clock(draft, stream)
