"""Takes agreements, gives them as flat tables: one row an agreement, a measure, a goal and so on.

The columns follow from the model's fields, so that a new field is a new column everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from pydantic import BaseModel

from samsyn.models.agreement import (
    Agreement,
    Goal,
    Measure,
    Mention,
    ProblemPicture,
    RecurringMatch,
    Signatory,
    Target,
    Unit,
)
from samsyn.models.source import Caution
from samsyn.write.labels import municipality_label, pages_label, target_label
from samsyn.write.outline import pages_of

CellValue: TypeAlias = str | int | float | None
Row: TypeAlias = dict[str, CellValue]

_WHOSE = ("agreement", "municipalities", "start", "end")
_LINE_LISTS = ("outcomes", "targets")
"""Fields whose items are sentences: set one a line; the items of others stand side by side."""


class TableKind(NamedTuple):
    """A table: its name in English (also a file name) and Swedish, its columns, the rows of an agreement."""

    name: str
    label: str
    columns: tuple[str, ...]
    rows: Callable[[Agreement], Iterator[Row]]


def _agreement_rows(agreement: Agreement) -> Iterator[Row]:
    yield {
        "id": agreement.id,
        "file": agreement.source.file,
        "title": agreement.title,
        "kind": agreement.kind,
        "municipalities": municipality_label(agreement),
        "code": "; ".join(municipality.code for municipality in agreement.municipalities),
        "parties": "; ".join(party.name for party in agreement.parties),
        "start": agreement.period.start,
        "end": agreement.period.end,
        "diary_number": agreement.diary_number,
        "decided_by": agreement.decided.body,
        "decided_on": agreement.decided.date,
        "replaces": agreement.replaces,
        "focus_areas": "\n".join(area.title for area in agreement.focus_areas),
        "warnings": len(agreement.warnings),
        "sha256": agreement.source.sha256,
        "schema_version": agreement.schema_version,
    }


_AGREEMENT_COLUMNS = (
    "id", "file", "title", "kind", "municipalities", "code", "parties", "start", "end", "diary_number",
    "decided_by", "decided_on", "replaces", "focus_areas", "warnings", "sha256", "schema_version",
)  # fmt: skip


def _target_rows(agreement: Agreement) -> Iterator[Row]:
    for goal in agreement.goals:
        for target in goal.targets:
            yield {**_whose(agreement), "goal": goal.text, **_flat(target, {})}


def _rows_of(field: str) -> Callable[[Agreement], Iterator[Row]]:
    def rows(agreement: Agreement) -> Iterator[Row]:
        areas = {area.id: area.title for area in agreement.focus_areas}
        for item in getattr(agreement, field):
            yield {**_whose(agreement), **_flat(item, areas)}

    return rows


def _columns_of(model: type[BaseModel], *before: str) -> tuple[str, ...]:
    named = tuple(field for field in model.model_fields if field != "evidence")
    return _WHOSE + before + named + (("pages",) if "evidence" in model.model_fields else ())


TABLES = (
    TableKind("agreements", "Överenskommelser", _AGREEMENT_COLUMNS, _agreement_rows),
    TableKind("measures", "Åtgärder", _columns_of(Measure), _rows_of("measures")),
    TableKind("goals", "Mål", _columns_of(Goal), _rows_of("goals")),
    TableKind("targets", "Målvärden", _columns_of(Target, "goal"), _target_rows),
    TableKind("problem_pictures", "Problembilder", _columns_of(ProblemPicture), _rows_of("problem_pictures")),
    TableKind("signatories", "Underskrifter", _columns_of(Signatory), _rows_of("signatories")),
    TableKind("mentions", "Omnämnanden", _columns_of(Mention), _rows_of("mentions")),
    TableKind("units", "Förkortningar", _columns_of(Unit), _rows_of("units")),
    TableKind("warnings", "Varningar", _columns_of(Caution), _rows_of("warnings")),
)
"""Every table, in the order of a workbook's sheets."""


def table_named(name: str) -> TableKind:
    """The table of that name; raises KeyError when there is none."""
    return {table.name: table for table in TABLES}[name]


def _whose(agreement: Agreement) -> Row:
    period = agreement.period
    return dict(zip(_WHOSE, (agreement.id, municipality_label(agreement), period.start, period.end), strict=True))


def _flat(item: BaseModel, areas: Mapping[str, str]) -> Row:
    row: Row = {}
    for field in type(item).model_fields:
        value = getattr(item, field)
        if field == "evidence":
            row["pages"] = pages_label(pages_of(value)) or None
        elif field == "focus_area":
            row[field] = areas.get(value, value)
        else:
            row[field] = _cell(field, value)
    return row


def _cell(field: str, value: object) -> CellValue:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False) if value else None
    if isinstance(value, Iterable):
        return ("\n" if field in _LINE_LISTS else "; ").join(map(_item, value)) or None
    return _item(value)


def _item(value: object) -> str:
    if isinstance(value, RecurringMatch):
        return value.id
    if isinstance(value, Target):
        return target_label(value)
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    return str(value)
