"""Takes agreements, gives JSON: one object, a list, or one object a line; and the JSON Schema of an agreement."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from samsyn.models.agreement import Agreement


def write_json(agreements: Iterable[Agreement], stream: TextIO) -> None:
    """Write each agreement as one indented object; meant for one agreement."""
    for agreement in agreements:
        stream.write(agreement.model_dump_json(indent=2) + "\n")


def write_json_list(agreements: Iterable[Agreement], stream: TextIO) -> None:
    """Write a list of indented objects, one agreement at a time."""
    opening = "[\n"
    for agreement in agreements:
        stream.write(opening + agreement.model_dump_json(indent=2))
        opening = ",\n"
    stream.write("[]\n" if opening == "[\n" else "\n]\n")


def write_json_lines(agreements: Iterable[Agreement], stream: TextIO) -> None:
    """Write one object a line, as soon as each agreement comes."""
    for agreement in agreements:
        stream.write(agreement.model_dump_json() + "\n")
        stream.flush()


def agreement_schema() -> str:
    """The JSON Schema (2020-12) of an agreement as `samsyn extract` prints it, as indented text."""
    schema = Agreement.model_json_schema(mode="serialization")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
