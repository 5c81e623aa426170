"""The query tables of a corpus, derived from the model: a new field of the model is a new column here.

Each list of an agreement is a table, one row a value. Row ids are the agreement's id with the value's own behind it
('habo-2025-2028.m1'), so that they say where they belong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from types import NoneType, UnionType
from typing import Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from samsyn.models.agreement import (
    Agreement,
    AgreementPart,
    FocusArea,
    Goal,
    Measure,
    Mention,
    Party,
    ProblemPicture,
    RecurringMatch,
    Signatory,
    Target,
    Unit,
)
from samsyn.models.source import Caution, Evidence
from samsyn.models.table import Column, ColumnKind, TableSchema, Value

Item = dict[str, Value]

_RENAMED = {"by": "due"}
"""Field names that are words of SQL."""
_DATES = frozenset({"date", "start", "end"})
_OWNER = (
    Column("id", description="the agreement's id, a full stop, and the value's own"),
    Column("agreement", description="which agreement it is of", references="agreements"),
    Column("number", "integer", "its place in the agreement's list, from 1"),
)
_PAGE = Column("page", "integer", "page it begins on, from 1; empty where the format has none")


class ListTable(NamedTuple):
    """A table made of one list of the agreement's: the field, the model of its items, the letter of made-up ids."""

    name: str
    field: str
    model: type[BaseModel]
    letter: str
    description: str


LISTS = (
    ListTable("parties", "parties", Party, "party", "Those who enter into an agreement, as named in it"),
    ListTable("parts", "parts", AgreementPart, "part", "The papers that the file of an agreement holds"),
    ListTable("focus_areas", "focus_areas", FocusArea, "a", "Focus areas"),
    ListTable("goals", "goals", Goal, "g", "Goals: states or changes that the parties want to reach"),
    ListTable("problem_pictures", "problem_pictures", ProblemPicture, "p", "What the problem is, where and for whom"),
    ListTable("measures", "measures", Measure, "m", "Measures: one undertaking a row"),
    ListTable("units", "units", Unit, "unit", "Abbreviations of committees and offices, and what they stand for"),
    ListTable("mentions", "mentions", Mention, "mention", "Recurring measures named anywhere in an agreement"),
    ListTable("signatories", "signatories", Signatory, "s", "Those who sign; personal data"),
    ListTable("warnings", "warnings", Caution, "warning", "What a reader of an agreement should doubt"),
)
"""Every list of the model but the municipalities, which have a table of their own."""

_SPECIAL = {
    ("mentions", "id"): Column("recurring", description="which recurring measure", references="recurring_measures"),
    ("parts", "pages"): Column("pages", "json", "first and last page"),
}
_NOT_COLUMNS = frozenset({"evidence", "targets", "recurring"})

MUNICIPALITIES = TableSchema(
    "municipalities",
    "All municipalities of Sweden, whether the corpus has agreements of theirs or not",
    (
        Column("code", description="SCB's four-digit code"),
        Column("name"),
        Column("county_code", description="SCB's two-digit code"),
        Column("county"),
        Column("police_region", description="region of the Police Authority"),
    ),
    key=("code",),
)
RECURRING = TableSchema(
    "recurring_measures",
    "The register of recurring measures",
    (
        Column("id"),
        Column("name"),
        Column("category"),
        Column("kind", description="method, programme, activity or forum"),
        Column("parent", description="the wider measure it is a form of", references="recurring_measures"),
        Column("first_year", "integer", "year it is first known of"),
        Column("last_year", "integer", "year it is last known of"),
        Column("description"),
    ),
)
AGREEMENTS = TableSchema(
    "agreements",
    "Agreements, plans, promises and follow-ups; one row each, copies of the same agreement included",
    (
        Column("id", description="stable name of the agreement in this corpus"),
        Column("title"),
        Column("kind", description=str(Agreement.model_fields["kind"].description or "kind of document")),
        Column("municipality", description="names of the municipalities, by comma"),
        Column("county", description="counties of the municipalities, by comma"),
        Column("police_region", description="police regions of the municipalities, by comma"),
        Column("start_date", "date", "first day it is valid"),
        Column("end_date", "date", "last day it is valid; empty for 'tills vidare' and when not known"),
        Column("period_text", description="the words that the period was read from"),
        Column("first_year", "integer", "year of the first day"),
        Column("last_year", "integer", "year of the last day"),
        Column("open_ended", "boolean", "1 when it has a first day and no last"),
        Column("diary_number"),
        Column("replaces", description="what it says that it replaces, as written"),
        Column("decided_by", description="who adopted it"),
        Column("decided_on", "date"),
        Column("focus_areas", "integer", "how many"),
        Column("goals", "integer", "how many"),
        Column("targets", "integer", "how many goals' targets"),
        Column("problem_pictures", "integer", "how many"),
        Column("measures", "integer", "how many"),
        Column("signatories", "integer", "how many"),
        Column("warnings", "integer", "how many"),
        Column("corrections", "integer", "how many corrections by people are laid over it"),
        Column("copy_of", description="the agreement that this is another copy of", references="agreements"),
        Column("file", description="name of the file it was read from"),
        Column("address", description="where the file was published, when known"),
        Column("media_type"),
        Column("pages", "integer"),
        Column("ocr", "boolean", "1 when any page's text was recognised from its picture"),
        Column("sha256", description="hash of the file's bytes"),
        Column("position", "integer", "place among the agreements of the file, from 0"),
        Column("slug", description="the id as the extractor gave it"),
        Column("schema_version", description="version of the extracted agreement's schema"),
        Column("extractor", description="version of the program and its vocabulary that read it"),
        Column("facts", "json", "what was known of the file beforehand, from a list of files"),
    ),
)
AGREEMENT_MUNICIPALITIES = TableSchema(
    "agreement_municipalities",
    "Which municipalities an agreement is of",
    (
        Column("agreement", references="agreements"),
        Column("municipality", description="SCB's four-digit code", references="municipalities"),
    ),
    key=("agreement", "municipality"),
)
MEASURE_RESPONSIBLE = TableSchema(
    "measure_responsible",
    "Units responsible for a measure, as written; one row a unit",
    (
        Column("measure", references="measures"),
        Column("number", "integer"),
        Column("agreement", references="agreements"),
        Column("unit"),
        Column("name", description="what it stands for, where it is an abbreviation and that is known"),
    ),
    key=("measure", "number"),
)
EVIDENCE = TableSchema(
    "evidence",
    "Where each value was read: a stretch of text on a page; a value that runs over a page turn has two rows",
    (
        Column("value_table", description="the table that the value is in"),
        Column("value_id", description="the value's row in that table; of 'agreements', the field"),
        Column("number", "integer"),
        Column("agreement", references="agreements"),
        Column("page", "integer", "page from 1"),
        Column("x0", "number", "left edge in PDF points from the page's left"),
        Column("top", "number", "upper edge in PDF points from the page's top"),
        Column("x1", "number", "right edge"),
        Column("bottom", "number", "lower edge"),
        Column("text", description="the text as read there"),
    ),
    key=("agreement", "value_table", "value_id", "number"),
)


def _inner(annotation: object) -> tuple[object, ...]:
    """The types that a field may have, None aside."""
    if get_origin(annotation) in (Union, UnionType):
        return tuple(part for part in get_args(annotation) if part is not NoneType)
    return (annotation,)


def column_kind(model: type[BaseModel], field: str) -> ColumnKind:
    """What kind of column holds the field."""
    (annotation, *_) = _inner(model.model_fields[field].annotation)
    if get_origin(annotation) is Literal or annotation is str:
        return "date" if field in _DATES else "text"
    if annotation is bool:
        return "boolean"
    if annotation is int:
        return "integer"
    return "number" if annotation is float else "json"


def _field_column(table: str, model: type[BaseModel], field: str) -> Column:
    if (table, field) in _SPECIAL:
        return _SPECIAL[table, field]
    description = model.model_fields[field].description or ""
    references = "focus_areas" if field == "focus_area" else None
    return Column(_RENAMED.get(field, field), column_kind(model, field), description, references)


def _columns_of(table: str, model: type[BaseModel]) -> tuple[Column, ...]:
    fields = [field for field in model.model_fields if field not in _NOT_COLUMNS]
    own = [_field_column(table, model, field) for field in fields if field != "id" or (table, field) in _SPECIAL]
    if table == "measures":
        own.insert(0, Column("label", description="the first present of title and the three actions"))
    return (*own, *((_PAGE,) if "evidence" in model.model_fields else ()))


def _list_schema(table: ListTable) -> TableSchema:
    return TableSchema(table.name, table.description, _OWNER + _columns_of(table.name, table.model))


TARGETS = TableSchema(
    "targets",
    "What can be measured in a goal",
    (*_OWNER, Column("goal", references="goals"), *_columns_of("targets", Target)),
)
MEASURE_RECURRING = TableSchema(
    "measure_recurring",
    "Which recurring measure a measure is",
    (
        Column("measure", references="measures"),
        Column("recurring", references="recurring_measures"),
        Column("agreement", references="agreements"),
        Column("rank", "integer", "1 for the best match"),
        Column("score", "number", "0-1"),
    ),
    key=("measure", "recurring"),
)

AGREEMENT_TABLES = (
    AGREEMENT_MUNICIPALITIES,
    *(_list_schema(table) for table in LISTS),
    TARGETS,
    MEASURE_RESPONSIBLE,
    MEASURE_RECURRING,
    EVIDENCE,
)
"""What an agreement is spread over, besides its own row."""

TABLES: dict[str, TableSchema] = {
    schema.name: schema for schema in (MUNICIPALITIES, RECURRING, AGREEMENTS, *AGREEMENT_TABLES)
}
"""Every query table by name, referred ones first."""


def rows_of_agreement(agreement: Agreement, identity: str) -> dict[str, list[Item]]:
    """The rows of every table in `AGREEMENT_TABLES` for the agreement, which the corpus calls `identity`."""
    rows: dict[str, list[Item]] = {schema.name: [] for schema in AGREEMENT_TABLES}
    rows["agreement_municipalities"] = [
        {"agreement": identity, "municipality": code}
        for code in dict.fromkeys(municipality.code for municipality in agreement.municipalities)
    ]
    areas = {area.id for area in agreement.focus_areas}
    for table in LISTS:
        for number, value in enumerate(getattr(agreement, table.field), start=1):
            row_id = f"{identity}.{_own_id(table, value, number)}"
            row = _row(table, value, identity, row_id, number)
            if row.get("focus_area"):
                row["focus_area"] = f"{identity}.{row['focus_area']}" if row["focus_area"] in areas else None
            rows[table.name].append(row)
            rows["evidence"].extend(_evidence_rows(getattr(value, "evidence", ()), identity, table.name, row_id))
    _add_details(agreement, identity, rows)
    return rows


def _own_id(table: ListTable, value: BaseModel, number: int) -> str:
    own = None if table.name == "mentions" else getattr(value, "id", None)
    return str(own) if own else f"{table.letter}{number}"


def _row(table: ListTable, value: BaseModel, identity: str, row_id: str, number: int) -> Item:
    row: Item = {"id": row_id, "agreement": identity, "number": number, **flat_fields(table.name, value)}
    if isinstance(value, Measure):
        row["label"] = value.label
    return row


def flat_fields(table: str, value: BaseModel) -> Item:
    """The columns that the value's own fields fill, and the page it begins on."""
    row: Item = {}
    for field in type(value).model_fields:
        if field in _NOT_COLUMNS or (field == "id" and (table, field) not in _SPECIAL):
            continue
        column = _SPECIAL[table, field].name if (table, field) in _SPECIAL else _RENAMED.get(field, field)
        row[column] = _plain(getattr(value, field))
    evidence: Sequence[Evidence] = getattr(value, "evidence", ())
    if evidence:
        row["page"] = evidence[0].page
    return row


def _plain(value: object) -> Value:
    if value is None or isinstance(value, str | float):
        return value
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, Mapping):
        return json.dumps(dict(value), ensure_ascii=False) if value else None
    if isinstance(value, Sequence):
        return json.dumps(list(value), ensure_ascii=False) if value else None
    raise TypeError(f"no column holds a {type(value).__name__}")


def _evidence_rows(evidence: Sequence[Evidence], identity: str, table: str, row_id: str) -> Iterator[Item]:
    for number, item in enumerate(evidence, start=1):
        box = item.bbox or (None, None, None, None)
        yield {
            "value_table": table,
            "value_id": row_id,
            "number": number,
            "agreement": identity,
            "page": item.page,
            **dict(zip(("x0", "top", "x1", "bottom"), box, strict=True)),
            "text": item.text,
        }


def _add_details(agreement: Agreement, identity: str, rows: dict[str, list[Item]]) -> None:
    """The rows that hang on values, and the evidence of the agreement's own fields."""
    for goal in agreement.goals:
        for target in goal.targets:
            number = len(rows["targets"]) + 1
            row: Item = {"id": f"{identity}.t{number}", "agreement": identity, "number": number}
            rows["targets"].append({**row, "goal": f"{identity}.{goal.id}", **flat_fields("targets", target)})
    names = {unit.abbreviation: unit.name for unit in agreement.units}
    for measure in agreement.measures:
        row_id = f"{identity}.{measure.id}"
        for number, unit in enumerate(measure.responsible, start=1):
            unit_row: Item = {"measure": row_id, "number": number, "agreement": identity, "unit": unit}
            rows["measure_responsible"].append({**unit_row, "name": names.get(unit)})
        rows["measure_recurring"].extend(_recurring_rows(measure.recurring, identity, row_id))
    for field, evidence in (("period", agreement.period.evidence), ("decided", agreement.decided.evidence)):
        rows["evidence"].extend(_evidence_rows(evidence, identity, "agreements", field))


def _recurring_rows(matches: Sequence[RecurringMatch], identity: str, row_id: str) -> Iterator[Item]:
    seen: set[str] = set()
    for rank, match in enumerate(matches, start=1):
        if match.id not in seen:
            seen.add(match.id)
            yield {
                "measure": row_id,
                "recurring": match.id,
                "agreement": identity,
                "rank": rank,
                "score": match.score,
            }
