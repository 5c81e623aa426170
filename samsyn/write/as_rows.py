"""Takes a table of rows, gives it as an aligned table for a terminal, as CSV, JSON or JSON Lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from samsyn.models.table import Column, Row, Table, Value
from samsyn.write.as_csv import safe_value
from samsyn.write.clean import clean_text
from samsyn.write.screen_table import write_screen_table

ROW_FORMATS = ("table", "csv", "json", "jsonl")
"""What `write_rows` can write."""


def write_rows(table: Table, stream: TextIO, form: str) -> None:
    """Write the rows in the format `form`, one of `ROW_FORMATS`; raises KeyError for another."""
    _WRITERS[form](table, stream)


def _write_csv(table: Table, stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.schema.names)
    writer.writerows([safe_value(value) for value in row] for row in table.rows)


def _write_json(table: Table, stream: TextIO) -> None:
    opening = "[\n"
    for row in table.rows:
        stream.write(opening + json.dumps(as_object(table.schema.columns, row), ensure_ascii=False))
        opening = ",\n"
    stream.write("[]\n" if opening == "[\n" else "\n]\n")


def _write_json_lines(table: Table, stream: TextIO) -> None:
    for row in table.rows:
        stream.write(json.dumps(as_object(table.schema.columns, row), ensure_ascii=False) + "\n")


def as_object(columns: Sequence[Column], row: Row) -> dict[str, Any]:
    """The row as JSON has it: true and false for what is or is not, lists for lists."""
    return {column.name: _as_json(column, value) for column, value in zip(columns, row, strict=True)}


def _as_json(column: Column, value: Value) -> object:
    if value is None:
        return None
    if column.kind == "boolean":
        return bool(value)
    if column.kind == "json":
        return json.loads(str(value))
    return clean_text(value) if isinstance(value, str) else value


_WRITERS: dict[str, Callable[[Table, TextIO], None]] = {
    "table": write_screen_table,
    "csv": _write_csv,
    "json": _write_json,
    "jsonl": _write_json_lines,
}
