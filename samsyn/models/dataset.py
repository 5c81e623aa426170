"""A data set to be published: tables with their rows, whole agreements, and what must be said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samsyn.models.table import Table


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is published, before it has a format. Rows and documents may be gone through more than once."""

    title: str
    authors: tuple[str, ...]
    licence: str | None
    tables: tuple[Table, ...]
    documents: Iterable[str]
    """Each agreement whole, as JSON."""
    versions: Mapping[str, str]
    """Of the program, the schemas, the extractors."""
    selection: str
    """Which agreements of the corpus these are, in words."""
    pseudonymised: bool
    quality: Table | None = None
    """How right the values are, field by field, where people have checked a sample."""
