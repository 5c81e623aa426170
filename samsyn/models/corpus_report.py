"""An overview of a corpus: figures, each a table with the command that gives it, before any words or drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from samsyn.models.table import Table

FigureName: TypeAlias = Literal[
    "counties", "years", "timeline", "matrix", "areas", "goals", "roles", "completeness", "renewals"
]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: the rows that are shown, the command that gives them, and how many it gives in all."""

    name: FigureName
    table: Table
    """Its rows are a list; empty where the corpus says nothing of it."""
    command: str
    rows: int
    """How many rows the command gives; more than the table has where only the first are shown."""
    columns: int = 0
    """How many columns the command gives, where only some are shown; else 0."""


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """The figures of a corpus, in their order, with its name and counts."""

    corpus: str
    options: str
    """The filters as options of a command; empty for the whole corpus."""
    counts: dict[str, int]
    """Of agreements, municipalities and so on, by the names of `samsyn corpus stats`."""
    figures: tuple[Figure, ...]
