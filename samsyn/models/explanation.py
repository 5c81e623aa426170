"""How a document was understood: its outline, what was found where and by which rule, what was left out and why."""

from __future__ import annotations

from typing import NamedTuple

from samsyn.models.source import Caution, Source


class OutlineSection(NamedTuple):
    """A section of the outline: how deep it lies (0 outermost), what its heading means, what it holds."""

    depth: int
    title: str
    meanings: tuple[str, ...]
    area: str | None
    """Title of the focus area that the section opens."""
    page: int | None
    blocks: int
    """How many blocks stand in the section itself."""
    is_label: bool


class OutlinePart(NamedTuple):
    """A paper of the file; `binding` when goals, measures and signatories are looked for in it."""

    kind: str
    title: str
    pages: tuple[int, int] | None
    binding: bool
    sections: tuple[OutlineSection, ...]


class Finding(NamedTuple):
    """A value of an agreement: its path such as 'goals[g3]', where it was read, and what found it."""

    path: str
    text: str
    page: int | None
    section: str
    """Title of the section it was read in; empty when it was read outside of all."""
    rule: str
    score: float | None
    """How sure the matcher was (0-1), where a matcher was asked."""


class Left(NamedTuple):
    """A text that was taken for furniture (running header, footer, page number), and the pages it stood on."""

    text: str
    pages: tuple[int, ...]


class Understood(NamedTuple):
    """The findings of one agreement of the file."""

    id: str
    title: str | None
    findings: tuple[Finding, ...]
    cautions: tuple[Caution, ...]


class Explanation(NamedTuple):
    """A file as it was understood."""

    source: Source
    parts: tuple[OutlinePart, ...]
    agreements: tuple[Understood, ...]
    furniture: tuple[Left, ...]
