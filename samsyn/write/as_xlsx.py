"""Takes agreements, gives an Excel workbook: a sheet for each table, headings frozen and filtered, in Swedish."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

from samsyn.write.clean import clean_text
from samsyn.write.labels import field_label, measure_label, value_label
from samsyn.write.tables import TABLES, CellValue, TableKind

if TYPE_CHECKING:
    from openpyxl import Workbook

    from samsyn.models.agreement import Agreement

_LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell."""
_CUT_MARK = " […]"
_NARROW, _MIDDLE, _WIDE = 13, 24, 48
_NARROW_COLUMNS = frozenset({
    "id", "start", "end", "code", "form", "level", "pages", "date", "decided_on", "score", "value", "baseline",
    "unit", "by", "party", "schema_version", "warnings", "commitment", "comparator", "rule",
})  # fmt: skip
_WIDE_COLUMNS = frozenset({
    "title", "text", "municipality_action", "police_action", "joint_action", "goal", "effect", "cause",
    "indicator", "outcomes", "message", "focus_areas", "targets", "cells",
})  # fmt: skip
_CODED_COLUMNS = frozenset({"form", "level", "party", "commitment"})
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_SAME_DAY = (1980, 1, 1, 0, 0, 0)
_SAME_MOMENT = b"1980-01-01T00:00:00Z"


def write_xlsx(agreements: Iterable[Agreement], stream: BinaryIO) -> None:
    """Write the workbook when the last agreement has come. The same agreements give the same bytes."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheets = [_Sheet(workbook, table) for table in TABLES]
    for agreement in agreements:
        for sheet in sheets:
            sheet.add(agreement)
    for sheet in sheets:
        sheet.finish()
    _save(workbook, stream)


class _Sheet:
    """A sheet being filled: its heading is written at once, its rows as the agreements come."""

    def __init__(self, workbook: Workbook, table: TableKind) -> None:
        self._table = table
        self._sheet = workbook.create_sheet(table.label)
        self._rows = 1
        self._sheet.freeze_panes = "B2"
        for number, column in enumerate(table.columns, start=1):
            self._sheet.column_dimensions[_letter(number)].width = _width(column)
        label = measure_label if table.name == "measures" else field_label
        self._sheet.append([_heading(self._sheet, label(column)) for column in table.columns])

    def add(self, agreement: Agreement) -> None:
        """Append the agreement's rows."""
        for row in self._table.rows(agreement):
            self._sheet.append([_cell(self._sheet, column, row.get(column)) for column in self._table.columns])
            self._rows += 1

    def finish(self) -> None:
        """Set the filter over all the rows."""
        self._sheet.auto_filter.ref = f"A1:{_letter(len(self._table.columns))}{self._rows}"


def _heading(sheet: Any, label: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    cell = WriteOnlyCell(sheet, value=label)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", start_color="DDE6F0")
    return cell


def _cell(sheet: Any, column: str, value: CellValue) -> Any:
    """A cell that Excel reads as text whenever it is text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if not isinstance(value, str):
        return value
    text = clean_text(value_label(value) if column in _CODED_COLUMNS else value)
    if len(text) > _LONGEST_CELL:
        text = text[: _LONGEST_CELL - len(_CUT_MARK)] + _CUT_MARK
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=column in _WIDE_COLUMNS)
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def _width(column: str) -> int:
    if column in _NARROW_COLUMNS:
        return _NARROW
    return _WIDE if column in _WIDE_COLUMNS else _MIDDLE


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)


def _save(workbook: Workbook, stream: BinaryIO) -> None:
    """Save without the clock: openpyxl and zip both write down when it was."""
    draft = io.BytesIO()
    workbook.save(draft)
    with zipfile.ZipFile(draft) as written, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in written.infolist():
            content = written.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _SAME_MOMENT, content)
            archive.writestr(zipfile.ZipInfo(entry.filename, _SAME_DAY), content, zipfile.ZIP_DEFLATED)
