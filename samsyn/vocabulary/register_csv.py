"""A register kept as a table: takes the CSV text of a file of one's own, gives its entries as those of a TOML file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import Any

from samsyn.errors import VocabularyError

_REQUIRED = ("id", "name")
_TEXTS = ("name", "parent", "description", "certainty")
_YEARS = ("first_year", "last_year")
_NO_CATEGORY = "egna"
_NO_KIND = "activity"
_COLUMNS = frozenset(
    {"id", "aliases", "case_sensitive", "not_to_confuse", "category", "kind", "examples", "not", *_TEXTS, *_YEARS}
)


def entries_of_table(text: str, *, source: str) -> tuple[dict[str, Any], ...]:
    """The rows of a register table as entries with the keys of measures.toml.

    The first line names the columns: id and name, and of aliases, case_sensitive, not_to_confuse, parent, category,
    kind, first_year, last_year, description, certainty, examples and not those that are wanted. A cell holds several
    values divided by ';'. What is not to be confused is an id, or in quotation marks a text that must not match.
    Raises VocabularyError naming `source` and the line.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    header = lines[0] if lines else ""
    rows = csv.DictReader(lines, delimiter=";" if header.count(";") > header.count(",") else ",")
    columns = set(rows.fieldnames or ())
    missing = [column for column in _REQUIRED if column not in columns]
    unknown = sorted(columns - _COLUMNS)
    if missing or unknown:
        what = f"lacks the column {missing[0]!r}" if missing else f"has an unknown column {unknown[0]!r}"
        raise VocabularyError(f"{source}: the table {what}")
    try:
        return tuple(_entry(row, source, rows.line_num) for row in rows if any(row.values()))
    except csv.Error as error:
        raise VocabularyError(f"{source}: line {rows.line_num}: {error}") from error


def _entry(row: Mapping[str, str | None], source: str, line: int) -> dict[str, Any]:
    if None in row:
        raise VocabularyError(f"{source}: line {line}: more cells than columns")
    cells = {column: (value or "").strip() for column, value in row.items()}
    cased = _values(cells, "case_sensitive")
    confused = _values(cells, "not_to_confuse")
    entry: dict[str, Any] = {
        "id": cells["id"],
        "category": cells.get("category") or _NO_CATEGORY,
        "kind": cells.get("kind") or _NO_KIND,
        "aliases": [alias for alias in _values(cells, "aliases") if alias not in cased],
        "cased": cased,
        "look_alikes": [one for one in confused if not _is_quoted(one)],
        "not": [one.strip('"') for one in confused if _is_quoted(one)] + _values(cells, "not"),
        "examples": _values(cells, "examples") or [cells["name"]],
    }
    entry.update({key: cells[key] for key in _TEXTS if cells.get(key)})
    entry.update({key: _year(cells[key], source, line) for key in _YEARS if cells.get(key)})
    return entry


def _values(cells: Mapping[str, str], column: str) -> list[str]:
    return list(_divided(cells.get(column, "")))


def _divided(cell: str) -> Iterator[str]:
    for value in cell.split(";"):
        if value.strip():
            yield value.strip()


def _is_quoted(value: str) -> bool:
    return value.startswith('"')


def _year(value: str, source: str, line: int) -> int:
    if not value.isdigit():
        raise VocabularyError(f"{source}: line {line}: {value!r} is no year")
    return int(value)
