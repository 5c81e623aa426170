"""Takes reports of checks, gives JSON: one object, or a list of them when there are several."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TextIO

from samsyn.models.check import CheckReport
from samsyn.write.diff_phrases import Language


def write_check_json(reports: Sequence[CheckReport], stream: TextIO, *, language: Language = "sv") -> None:  # noqa: ARG001
    """Write one report as an object, several as a list; they are in a language already, and nothing is added."""
    values = [report.model_dump(mode="json") for report in reports]
    json.dump(values[0] if len(values) == 1 else values, stream, ensure_ascii=False, indent=2)
    stream.write("\n")
