"""A table as data: named, described columns and rows, passed from the corpus to whoever writes or shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

ColumnKind = Literal["text", "integer", "number", "boolean", "date", "json"]
Value: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Value, ...]


class Column(NamedTuple):
    """A column: its name, what kind of value it holds, what it means, and the table it points to, if any."""

    name: str
    kind: ColumnKind = "text"
    description: str = ""
    references: str | None = None
    """Name of the table whose `id` (or first column) the value is."""


@dataclass(frozen=True, slots=True)
class TableSchema:
    """What a table is called, means and holds; the first column is its key unless `key` says otherwise."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their schema."""

    schema: TableSchema
    rows: Iterable[Row]
