"""Takes a data set, gives a folder to publish: tables, data dictionary, Frictionless package, card, citation, hashes.

The same data set gives the same bytes: no clock is asked.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from samsyn.models.dataset import Dataset
from samsyn.models.table import Column, Row, Table, TableSchema
from samsyn.write.as_csv import safe_value
from samsyn.write.as_rows import as_object
from samsyn.write.clean import clean_text
from samsyn.write.dataset_card import write_card, write_citation, write_dictionary
from samsyn.write.row_labels import LABELS

DATASET_FORMATS = ("csv", "jsonl", "parquet", "xlsx")
"""What `write_dataset` can write."""

PROFILE = "samsyn-corpus"
"""Stands in datapackage.json, so that a later export knows which files in the folder are its own."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SHEET_ROWS = 1_048_575
_BATCH = 10_000
_OBJECTS = frozenset({"cells", "facts"})


class Resource(NamedTuple):
    """A file of the data set: its table, how many rows it has, which of its day columns hold nothing but days."""

    path: str
    schema: TableSchema | None
    rows: int
    size: int
    sha256: str
    days: frozenset[str] = frozenset()


def write_dataset(dataset: Dataset, folder: Path, form: str) -> None:
    """Write the data set to the folder, which is made; files of an earlier export there are replaced.

    Raises FileExistsError when the folder holds anything else, ValueError when the format lacks a library, KeyError
    for an unknown format.
    """
    writer = _WRITERS[form]
    _check_folder(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as draft:
        resources = tuple(writer(dataset, Path(draft)))
        _write_about(dataset, resources, Path(draft))
        _put_in_place(Path(draft), folder)


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(f"{folder}: is a file, not a folder")
    if folder.is_dir() and any(folder.iterdir()) and _own_files(folder) is None:
        raise FileExistsError(f"{folder}: holds other files; choose an empty folder")


def _own_files(folder: Path) -> tuple[str, ...] | None:
    """The files that an earlier export wrote there; None when there was none."""
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        if package["samsyn"]["profile"] != PROFILE:
            return None
        return tuple(Path(resource["path"]).name for resource in package["resources"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _put_in_place(draft: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    new = {file.name for file in draft.iterdir()}
    for name in _own_files(folder) or ():
        if name not in new:
            (folder / name).unlink(missing_ok=True)
    for file in sorted(draft.iterdir()):
        shutil.move(file, folder / file.name)


def _write_about(dataset: Dataset, resources: tuple[Resource, ...], folder: Path) -> None:
    version = hashlib.sha256("".join(resource.sha256 for resource in resources).encode()).hexdigest()[:12]
    sizes = {resource.schema.name: resource.rows for resource in resources if resource.schema}
    (folder / "datapackage.json").write_text(_package(dataset, resources, version), encoding="utf-8", newline="\n")
    (folder / "README.md").write_text(write_card(dataset, sizes, version), encoding="utf-8", newline="\n")
    (folder / "DATA_DICTIONARY.md").write_text(write_dictionary(dataset), encoding="utf-8", newline="\n")
    (folder / "CITATION.cff").write_text(write_citation(dataset, version), encoding="utf-8", newline="\n")
    sums = "".join(f"{resource.sha256}  {resource.path}\n" for resource in resources)
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")


# Formats


def _write_csv(dataset: Dataset, folder: Path) -> Iterator[Resource]:
    for table in dataset.tables:
        path = folder / f"{table.schema.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(table.schema.names)
            counted = _Counted(table)
            writer.writerows([safe_value(value) for value in row] for row in counted)
        yield counted.resource(path)


def _write_json_lines(dataset: Dataset, folder: Path) -> Iterator[Resource]:
    for table in dataset.tables:
        path = folder / f"{table.schema.name}.jsonl"
        counted = _Counted(table)
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            for row in counted:
                stream.write(json.dumps(as_object(table.schema.columns, row), ensure_ascii=False) + "\n")
        yield counted.resource(path)
    path, number = folder / "documents.jsonl", 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for document in dataset.documents:
            stream.write(document + "\n")
            number += 1
    yield Resource(path.name, None, number, *_measured(path))


def _write_parquet(dataset: Dataset, folder: Path) -> Iterator[Resource]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ValueError("Parquet needs the extra: pip install 'samsyn[dataframes]'") from error
    types = {
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    for table in dataset.tables:
        path = folder / f"{table.schema.name}.parquet"
        counted = _Counted(table)
        columns = table.schema.columns
        schema = pyarrow.schema([(column.name, types.get(column.kind, pyarrow.string())) for column in columns])
        with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            for rows in _batches(counted):
                values = [[_for_arrow(column, row[n]) for row in rows] for n, column in enumerate(columns)]
                arrays = [pyarrow.array(value, field.type) for value, field in zip(values, schema, strict=True)]
                writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
        yield counted.resource(path)


def _for_arrow(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.kind == "boolean":
        return bool(value)
    return clean_text(value) if isinstance(value, str) else value


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _write_xlsx(dataset: Dataset, folder: Path) -> Iterator[Resource]:
    """One workbook: a sheet for each table, and one that says what the columns are."""
    from samsyn.write.as_xlsx import new_workbook, save_workbook

    workbook = new_workbook()
    counted = [_Counted(table) for table in dataset.tables]
    _dictionary_sheet(workbook, dataset)
    for table in counted:
        _sheets(workbook, table)
    path = folder / "corpus.xlsx"
    with path.open("wb") as stream:
        save_workbook(workbook, stream)
    size, sha256 = _measured(path)
    for table in counted:
        yield table.resource(path)._replace(size=size, sha256=sha256)


def _dictionary_sheet(workbook: Any, dataset: Dataset) -> None:
    from samsyn.write.as_xlsx import heading_cell, text_cell

    sheet = workbook.create_sheet("Ordlista")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDE", (24, 22, 22, 12, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([heading_cell(sheet, label) for label in ("Tabell", "Kolumn", "Rubrik", "Slag", "Vad")])
    for table in dataset.tables:
        sheet.append(
            [text_cell(sheet, "title", value) for value in (table.schema.name, "", "", "", table.schema.description)]
        )
        for column in table.schema.columns:
            label = LABELS.get(column.name, column.name)
            values = (table.schema.name, column.name, label, column.kind, column.description)
            sheet.append([text_cell(sheet, "title", value) for value in values])


def _sheets(workbook: Any, table: _Counted) -> None:
    """A sheet, and a further one for each million rows: no more fit."""
    from samsyn.write.as_xlsx import column_letter, text_cell

    names = table.schema.names
    sheet, number, written = None, 0, _SHEET_ROWS
    for row in table:
        if written == _SHEET_ROWS:
            number += 1
            sheet, written = _new_sheet(workbook, table.schema, number), 0
        if sheet is not None:
            sheet.append([text_cell(sheet, name, value) for name, value in zip(names, row, strict=True)])
            written += 1
            sheet.auto_filter.ref = f"A1:{column_letter(len(names))}{written + 1}"
    if sheet is None:
        _new_sheet(workbook, table.schema, 1)


def _new_sheet(workbook: Any, schema: TableSchema, number: int) -> Any:
    from samsyn.write.as_xlsx import column_letter, heading_cell

    suffix = f" {number}" if number > 1 else ""
    sheet = workbook.create_sheet(schema.name[: 31 - len(suffix)] + suffix)
    sheet.freeze_panes = "B2"
    for place in range(1, len(schema.names) + 1):
        sheet.column_dimensions[column_letter(place)].width = 22
    sheet.append([heading_cell(sheet, LABELS.get(name, name)) for name in schema.names])
    return sheet


class _Counted:
    """A table's rows on their way through, counted; notes which day columns hold nothing but days."""

    def __init__(self, table: Table) -> None:
        self.schema = table.schema
        self._rows = table.rows
        self._count = 0
        self._days = {n: column.name for n, column in enumerate(table.schema.columns) if column.kind == "date"}

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self._count += 1
            for place in tuple(self._days):
                value = row[place]
                if value is not None and not _DAY.fullmatch(str(value)):
                    del self._days[place]
            yield row

    def resource(self, path: Path) -> Resource:
        """What the file at `path` holds, when the rows have gone through."""
        days = frozenset(self._days.values())
        return Resource(path.name, self.schema, self._count, *_measured(path), days)


def _measured(path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while block := stream.read(2**20):
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()


_WRITERS: dict[str, Callable[[Dataset, Path], Iterator[Resource]]] = {
    "csv": _write_csv,
    "jsonl": _write_json_lines,
    "parquet": _write_parquet,
    "xlsx": _write_xlsx,
}

# What is said about the data


_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".jsonl": "application/x-ndjson",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _package(dataset: Dataset, resources: tuple[Resource, ...], version: str) -> str:
    tables = {resource.schema.name for resource in resources if resource.schema}
    package: dict[str, Any] = {
        "name": "samsyn-corpus",
        "title": dataset.title,
        "version": version,
        "keywords": ["samverkansöverenskommelse", "medborgarlöfte", "polis", "kommun"],
        "contributors": [{"title": author, "role": "author"} for author in dataset.authors],
        "licenses": [{"name": dataset.licence}] if dataset.licence else [],
        "samsyn": {
            "profile": PROFILE,
            "selection": dataset.selection,
            "pseudonymised": dataset.pseudonymised,
            "versions": dict(dataset.versions),
        },
        "resources": [_resource(resource, tables) for resource in resources],
    }
    package = {key: value for key, value in package.items() if value != []}
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(resource: Resource, tables: set[str]) -> dict[str, Any]:
    suffix = Path(resource.path).suffix
    said: dict[str, Any] = {
        "name": resource.schema.name if resource.schema else Path(resource.path).stem,
        "path": resource.path,
        "format": suffix.removeprefix("."),
        "mediatype": _MEDIA_TYPES[suffix],
        "bytes": resource.size,
        "hash": f"sha256:{resource.sha256}",
    }
    if suffix in (".csv", ".jsonl"):
        said["encoding"] = "utf-8"
    if suffix == ".xlsx" and resource.schema:
        said["dialect"] = {"sheet": resource.schema.name[:31]}
    if resource.schema is None:
        return {**said, "description": "The agreements whole, one object a line"}
    return {
        **said,
        "profile": "tabular-data-resource",
        "description": resource.schema.description,
        "rows": resource.rows,
        "schema": _table_schema(resource, tables),
    }


def _table_schema(resource: Resource, tables: set[str]) -> dict[str, Any]:
    if resource.schema is None:
        return {}
    schema: dict[str, Any] = {
        "fields": [_field(column, resource.days) for column in resource.schema.columns],
        "primaryKey": list(resource.schema.key),
    }
    keys = [
        {
            "fields": column.name,
            "reference": {"resource": column.references, "fields": _KEYS.get(column.references, "id")},
        }
        for column in resource.schema.columns
        if column.references in tables and column.references is not None
    ]
    return {**schema, "foreignKeys": keys} if keys else schema


_KEYS = {"municipalities": "code"}


def _field(column: Column, days: frozenset[str]) -> dict[str, str]:
    kinds: Mapping[str, str] = {"text": "string", "json": "object" if column.name in _OBJECTS else "array"}
    kind = kinds.get(column.kind, column.kind)
    if column.kind == "date" and column.name not in days:
        kind = "string"
    said = {"name": column.name, "type": kind, "title": LABELS.get(column.name, ""), "description": column.description}
    return {key: value for key, value in said.items() if value}
