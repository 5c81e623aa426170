"""Takes an agreement with its sections, gives its text piece by piece with what each piece is about and its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from samsyn.extract.language import split_sentences
from samsyn.extract.outline import walk_places
from samsyn.models.agreement import Agreement, Goal, Measure, ProblemPicture
from samsyn.models.document import Block
from samsyn.models.section import Part
from samsyn.models.source import Evidence

_ABOUT = {"problem_pictures": "problem", "goals": "goals", "measures": "measures"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: the meanings of the heading it stands under, and the block or value it was read from."""

    text: str
    meanings: frozenset[str]
    block: Block | None
    evidence: tuple[Evidence, ...] = ()

    def locate(self, hit: re.Match[str]) -> tuple[Evidence, ...]:
        """Where the sentence with the hit stands."""
        for sentence in split_sentences(self.text):
            if sentence.start <= hit.start() < max(sentence.end, sentence.start + 1):
                if self.block is not None:
                    return self.block.locate(sentence.start, sentence.end)
                return tuple(item.model_copy(update={"text": sentence.text}) for item in self.evidence[:1])
        return self.evidence[:1]


def pieces_of(agreement: Agreement, parts: Sequence[Part]) -> tuple[Piece, ...]:
    """All text of the parts that bind; of an agreement without its document what its values say."""
    if parts:
        return tuple(_from_parts(parts))
    return tuple(piece for name in _ABOUT for piece in value_pieces(agreement, name))


def _from_parts(parts: Sequence[Part]) -> Iterator[Piece]:
    for place in walk_places(parts):
        heading = place.section.heading
        blocks = (block for block in place.blocks for block in _with_cells(block))
        for block in (*((heading,) if heading is not None else ()), *blocks):
            if block.text.strip():
                yield Piece(block.text, place.meanings, block)


def _with_cells(block: Block) -> Iterator[Block]:
    yield block
    for cell in block.table.cells if block.table is not None else ():
        for inner in cell.blocks:
            yield from _with_cells(inner)


def value_pieces(agreement: Agreement, name: str) -> Iterator[Piece]:
    """The texts of the problem pictures, goals or measures, as `name` says."""
    for value in values_of(agreement, name):
        yield Piece(text_of(value), frozenset({_ABOUT[name]}), None, value.evidence)


def values_of(agreement: Agreement, name: str) -> Sequence[Goal | Measure | ProblemPicture]:
    """The agreement's values that `name` says."""
    lists: dict[str, Sequence[Goal | Measure | ProblemPicture]] = {
        "problem_pictures": agreement.problem_pictures,
        "goals": agreement.goals,
        "measures": agreement.measures,
    }
    return lists[name]


def text_of(value: Goal | Measure | ProblemPicture) -> str:
    """All that a value says."""
    if isinstance(value, Measure):
        return "\n".join(_texts_of(value))
    if isinstance(value, ProblemPicture):
        return "\n".join(text for text in (value.title, value.text) if text)
    return value.text


def _texts_of(measure: Measure) -> Iterable[str]:
    fields = (getattr(measure, name) for name in type(measure).model_fields if name not in ("id", "form", "rule"))
    return dict.fromkeys([*(text for text in fields if isinstance(text, str)), *measure.cells.values()])
