"""A document divided: parts of a bundle, and the sections that each part's headings make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from samsyn.models.document import Block


class PartKind(StrEnum):
    """What a part of the file is; values as in the published JSON."""

    MEMO = "tjänsteskrivelse"
    MINUTES = "protokollsutdrag"
    AGREEMENT = "agreement"
    PLAN = "plan"
    ANNEX = "bilaga"
    OTHER = "annat"


BINDING_PARTS = frozenset({PartKind.AGREEMENT, PartKind.PLAN, PartKind.ANNEX})
"""The parts that yield goals, measures and signatories; the papers in front lend metadata only."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Section:
    """A heading or run-in label ('Mål: …') with the blocks under it, up to the next; below it its subsections.

    `meanings` are keys of `headings.toml`: 'Syfte och mål' has two, a heading nobody has seen none.
    """

    id: str
    title: str
    meanings: tuple[str, ...]
    level: int
    heading: Block | None
    blocks: tuple[Block, ...]
    children: tuple[Section, ...] = ()
    is_label: bool = False
    """True for a run-in label; the first block is then the rest of the labelled paragraph."""
    is_title: bool = False
    """True for the paper's own title, which opens no focus area."""
    area: str | None = None
    """Title of the focus area that this section opens, numbering left out."""

    @property
    def meaning(self) -> str | None:
        """The first of the meanings."""
        return self.meanings[0] if self.meanings else None

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of the bundle with its sections; every block of the document lies in exactly one section."""

    kind: PartKind
    title: str
    sections: tuple[Section, ...]
    pages: tuple[int, int] | None

    def walk(self) -> Iterator[Section]:
        """All sections in reading order."""
        for section in self.sections:
            yield from section.walk()

    def blocks(self) -> Iterator[Block]:
        """All blocks in reading order, headings included."""
        for section in self.walk():
            if section.heading is not None:
                yield section.heading
            yield from section.blocks
