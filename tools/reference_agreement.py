"""Takes the model of an agreement, gives the reference of its fields (those of the JSON) as Markdown."""

from __future__ import annotations

import types
import typing
from typing import Any, Literal, Union

from pydantic import BaseModel

from samsyn.models.agreement import SCHEMA_VERSION, Agreement
from samsyn.write.labels import FIELD_LABELS
from tools.markdown import code, made_by, table

_ALSO_IN_SWEDISH = {
    "county": "Län",
    "evidence": "Belägg",
    "goals": "Mål",
    "problem_pictures": "Problembilder",
    "measures": "Åtgärder",
    "mentions": "Omnämnanden",
    "signatories": "Undertecknare",
    "source": "Källa",
}
"""Fields that no report has as a label, since each is a section or a sheet of its own."""

_HEAD = """\
# The agreement, field by field

{made}

What `samsyn extract --format json` prints and `samsyn.extract_agreement` returns; version {version}. Dates are ISO
(`2025-01-31`), scores lie between 0 and 1. What is absent is `null` or an empty list, never a guess. The Swedish word
is the one that reports and workbooks use. For programs: [agreement.schema.json](agreement.schema.json) (JSON Schema),
also from `samsyn schema`.
"""


def agreement_page() -> str:
    """The page: a table of fields for the agreement and for every class that it holds, in the order they are met."""
    lines = [_HEAD.format(made=made_by("make reference"), version=SCHEMA_VERSION)]
    for model in _models(Agreement, []):
        lines += [f"## {model.__name__}", "", (model.__doc__ or "").strip(), ""]
        rows = [
            (
                code(name),
                _type(field.annotation),
                FIELD_LABELS.get(name) or _ALSO_IN_SWEDISH.get(name, ""),
                field.description or "",
            )
            for name, field in model.model_fields.items()
        ]
        lines += table(("field", "type", "in Swedish", "what"), rows)
    return "\n".join(lines).rstrip() + "\n"


def _models(model: type[BaseModel], met: list[type[BaseModel]]) -> list[type[BaseModel]]:
    """The model and those in its fields, each once."""
    met.append(model)
    for field in model.model_fields.values():
        for found in _inside(field.annotation):
            if found not in met:
                _models(found, met)
    return met


def _inside(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for argument in typing.get_args(annotation) for found in _inside(argument)]


def _type(annotation: Any) -> str:
    """The type as JSON has it: text, number, list of Goal."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Literal:
        return " · ".join(code(str(value)) for value in arguments)
    if origin in (Union, types.UnionType):
        return " or ".join("null" if one is type(None) else _type(one) for one in arguments)
    if origin is tuple:
        if arguments[-1] is not Ellipsis:
            return f"list of {len(arguments)} numbers"
        return f"list of {_type(arguments[0])}"
    if origin is dict:
        return "object: text by text"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return {str: "text", int: "integer", float: "number", bool: "true or false"}.get(annotation, str(annotation))
