"""A value put before a person: where it is, what was read, and room for what the person says."""

from __future__ import annotations

from typing import NamedTuple


class ReviewRow(NamedTuple):
    """One row a value; `verdict`, `corrected` and `comment` are the person's, the others say what is to be judged."""

    key: str
    agreement: str
    municipality: str = ""
    list: str = ""
    item: str = ""
    field: str = ""
    value: str = ""
    verdict: str = ""
    corrected: str = ""
    comment: str = ""
    confidence: float | None = None
    doubt: str = ""
    page: int | None = None
    evidence: str = ""
    file: str = ""
