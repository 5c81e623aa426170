"""Takes a table of rows, gives it as an aligned table for a terminal, as CSV, JSON or JSON Lines."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TextIO

from samsyn.models.table import Column, Row, Table, Value
from samsyn.write.as_csv import safe_value
from samsyn.write.clean import clean_text, one_line
from samsyn.write.labels import FIELD_LABELS, number_label, value_label

ROW_FORMATS = ("table", "csv", "json", "jsonl")
"""What `write_rows` can write."""

LABELS = FIELD_LABELS | {
    "agreements": "Överenskommelser",
    "before": "Den förra",
    "correction": "Rättelse",
    "extracted": "Läses nu",
    "ground": "Rättad text",
    "list": "Lista",
    "made_at": "Gjord",
    "note": "Kommentar",
    "outdated": "Inaktuella",
    "state": "Läge",
    "value_id": "Värdets id",
    "who": "Av",
    "files": "Filer",
    "first_year": "Första år",
    "found": "Uppfyllt",
    "gone": "Borta",
    "highest": "Högst",
    "kept": "Kvar",
    "last_year": "Sista år",
    "lowest": "Lägst",
    "measurable": "Mätbara",
    "median": "Median",
    "not_measurable": "Inte mätbara",
    "number": "Nr",
    "other_file": "Den andra filen",
    "partly": "Delvis",
    "role": "Roll",
    "titles": "Vanligaste titlarna",
    "what": "Vad",
    "at": "När",
    "category": "Område",
    "change": "Förändring",
    "checked": "Granskade",
    "context": "Sammanhang",
    "copy_of": "Kopia av",
    "county": "Län",
    "covered": "Täckta år",
    "end_date": "Till",
    "found_in": "Funnet i",
    "goals": "Mål",
    "high": "Högst",
    "kind": "Typ",
    "low": "Lägst",
    "measures": "Åtgärder",
    "missing": "Saknade år",
    "municipality": "Kommun",
    "code": "Kod",
    "count": "Antal",
    "field": "Fält",
    "gap_days": "Dagar utan",
    "municipalities": "Kommuner",
    "name": "Namn",
    "new": "Nya",
    "of": "Av",
    "other_value": "Den andras värde",
    "with_agreement": "Med överenskommelse",
    "other": "Den andra",
    "outcome": "Utfall",
    "page": "Sida",
    "parent": "Hör till",
    "place": "Fil",
    "police_region": "Polisregion",
    "precision": "Rätt, andel",
    "problem_pictures": "Problembilder",
    "reason": "Orsak",
    "relation": "Samband",
    "right": "Rätt",
    "score": "Säkerhet",
    "sha256": "Hash",
    "share": "Andel",
    "signatories": "Underskrifter",
    "start_date": "Från",
    "statistic": "Mått",
    "total": "Summa",
    "year": "År",
}
"""What the columns of a corpus are called on a screen."""

_LEAST_WIDTH = 8
_MOST_WIDTH = 60
_GAP = "  "
_CUT = "…"


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


def _write_table(table: Table, stream: TextIO) -> None:
    """Columns side by side; cut to the terminal's width, whole when what is written is no terminal."""
    rows = [[_shown(value) for value in row] for row in table.rows]
    headings = [LABELS.get(column.name, column.name) for column in table.schema.columns]
    kept = [number for number in range(len(headings)) if not rows or any(row[number] for row in rows)]
    widths = _widths([headings, *rows], kept, _room(stream))
    numeric = {n for n in kept if table.schema.columns[n].kind in ("integer", "number")}
    for line in (headings, ["─" * width for width in widths.values()], *rows):
        cells = line if len(line) == len(headings) else _spread(line, kept, len(headings))
        shown = [_fit(cells[number], widths[number], right=number in numeric) for number in kept]
        stream.write(_GAP.join(shown).rstrip() + "\n")


def _spread(line: Sequence[str], kept: Sequence[int], length: int) -> list[str]:
    spread = [""] * length
    for number, cell in zip(kept, line, strict=True):
        spread[number] = cell
    return spread


def _room(stream: TextIO) -> int | None:
    return shutil.get_terminal_size().columns if stream.isatty() else None


def _widths(lines: Iterable[Sequence[str]], kept: Sequence[int], room: int | None) -> dict[int, int]:
    widths = dict.fromkeys(kept, 1)
    for line in lines:
        for number in kept:
            widths[number] = max(widths[number], len(line[number]))
    if room is None:
        return widths
    widths = {number: min(width, _MOST_WIDTH) for number, width in widths.items()}
    while sum(widths.values()) + len(_GAP) * (len(widths) - 1) > room:
        widest = max(widths, key=lambda number: widths[number])
        if widths[widest] <= _LEAST_WIDTH:
            break
        widths[widest] -= 1
    return widths


def _fit(text: str, width: int, *, right: bool) -> str:
    if len(text) > width:
        text = text[: width - 1] + _CUT
    return text.rjust(width) if right else text.ljust(width)


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return number_label(value)
    return one_line(value_label(value)) if isinstance(value, str) else str(value)


_WRITERS: dict[str, Callable[[Table, TextIO], None]] = {
    "table": _write_table,
    "csv": _write_csv,
    "json": _write_json,
    "jsonl": _write_json_lines,
}
