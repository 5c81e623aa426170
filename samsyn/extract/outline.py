"""Takes the parts and walks the places where text stands: a section with its focus area and what lies around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samsyn.extract.headings import GOALS
from samsyn.models.document import Block
from samsyn.models.section import BINDING_PARTS, Part, PartKind, Section

_INHERITED = frozenset(
    {"ongoing", "outcomes", "definitions", "memo", "contacts", "problem", "follow-up", "organisation"}
)
"""Meanings that a heading passes on to the unnamed headings below it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A section as the finders see it: its blocks, its meanings (inherited ones too), its focus area."""

    part: Part
    section: Section
    meanings: frozenset[str]
    area: str | None
    parents: tuple[Section, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the section itself, those of its subsections left out."""
        return self.section.blocks

    @property
    def opens_area(self) -> bool:
        """True when this section's own heading names the focus area."""
        return self.section.area is not None

    @property
    def has_goal_labels(self) -> bool:
        """True when goals stand under labels or headings directly below this section."""
        return any(GOALS & set(child.meanings) for child in self.section.children)


def walk_places(parts: Iterable[Part]) -> Iterator[Place]:
    """Every section of the parts that bind, in reading order."""
    for part in parts:
        if part.kind in BINDING_PARTS:
            for section in part.sections:
                yield from _walk(part, section, (), None, frozenset())


def _walk(
    part: Part, section: Section, parents: tuple[Section, ...], area: str | None, inherited: frozenset[str]
) -> Iterator[Place]:
    own = frozenset(section.meanings)
    meanings = own or inherited
    here = section.area or area
    yield Place(part=part, section=section, meanings=meanings, area=here, parents=parents)
    passed_on = frozenset() if section.area is not None else (meanings & _INHERITED)
    if section.is_title and part.kind is PartKind.PLAN:
        passed_on -= {"problem"}  # 'Lägesbild och åtgärdsplan': not all that follows is a problem picture
    for child in section.children:
        yield from _walk(part, child, (*parents, section), here, passed_on)
