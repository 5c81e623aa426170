"""Takes a comparison or a series, gives it as one object of JSON."""

from __future__ import annotations

from typing import TextIO

from samsyn.models.comparison import Comparison, Series
from samsyn.write.diff_phrases import Language


def write_diff_json(comparison: Comparison, stream: TextIO, *, language: Language = "sv") -> None:  # noqa: ARG001
    """Write the comparison; it is the same in every language."""
    stream.write(comparison.model_dump_json(indent=2) + "\n")


def write_series_json(series: Series, stream: TextIO, *, language: Language = "sv") -> None:  # noqa: ARG001
    """Write the series; it is the same in every language."""
    stream.write(series.model_dump_json(indent=2) + "\n")
