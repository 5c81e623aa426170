"""Takes a table of the corpus, gives it as a data frame of pandas or polars, with the types its columns have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal

from samsyn.errors import CorpusError
from samsyn.models.table import Column, ColumnKind, Table, Value

Library = Literal["pandas", "polars"]

_PANDAS: Mapping[ColumnKind, str] = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}
_POLARS: Mapping[ColumnKind, str] = {
    "text": "String",
    "date": "String",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "Boolean",
}


def frame_of(table: Table, library: Library = "pandas") -> Any:
    """The table as `pandas.DataFrame` or `polars.DataFrame`; lists are lists, days stay ISO text.

    What has other keys in every row (`cells`, `facts`) is a dict in pandas and JSON text in polars.

    Raises CorpusError when the library is not there (the extra `dataframes`).
    """
    try:
        module: Any = import_module(library)
    except ImportError as error:
        raise CorpusError(f"{library} is not there: pip install 'samsyn[dataframes]'") from error
    columns = table.schema.columns
    rows = list(table.rows)
    if library == "polars":
        types = {column.name: getattr(module, _POLARS[column.kind]) for column in columns if column.kind in _POLARS}
        values = {
            column.name: [_value(column, row[n], objects=False) for row in rows] for n, column in enumerate(columns)
        }
        return module.DataFrame(values, schema_overrides=types, strict=False)
    values = {column.name: [_value(column, row[n], objects=True) for row in rows] for n, column in enumerate(columns)}
    frame = module.DataFrame(values, columns=list(table.schema.names))
    return frame.astype({column.name: _PANDAS[column.kind] for column in columns if column.kind in _PANDAS})


def _value(column: Column, value: Value, *, objects: bool) -> Any:
    """The cell as the frame holds it; polars would make a column of every heading that any table has ever had."""
    if value is None:
        return None
    if column.kind == "boolean":
        return bool(value)
    is_json = column.kind == "json" and (objects or str(value).startswith("["))
    return json.loads(str(value)) if is_json else value
