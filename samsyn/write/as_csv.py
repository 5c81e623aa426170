"""Takes agreements, gives CSV (UTF-8, commas): one row a measure; or a folder with a file for each table."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from samsyn.write.clean import clean_text
from samsyn.write.tables import TABLES, CellValue, TableKind, table_named

if TYPE_CHECKING:
    from samsyn.models.agreement import Agreement

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(agreements: Iterable[Agreement], stream: TextIO) -> None:
    """Write the measures of all the agreements, under one heading."""
    table = table_named("measures")
    writer = _writer(stream, table)
    for agreement in agreements:
        _write_rows(writer, table, agreement)


def write_csv_folder(agreements: Iterable[Agreement], folder: Path) -> None:
    """Write every table to a file of its name in the folder (made when missing), such as goals.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers = []
        for table in TABLES:
            path = folder / f"{table.name}.csv"
            stream = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            writers.append((_writer(stream, table), table))
        for agreement in agreements:
            for writer, table in writers:
                _write_rows(writer, table, agreement)


def _writer(stream: TextIO, table: TableKind) -> Any:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    return writer


def _write_rows(writer: Any, table: TableKind, agreement: Agreement) -> None:
    writer.writerows([safe_value(row.get(column)) for column in table.columns] for row in table.rows(agreement))


def safe_value(value: CellValue) -> CellValue:
    """The value, with an apostrophe before what a spreadsheet would take for a formula."""
    if not isinstance(value, str):
        return value
    text = clean_text(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
