"""Takes the divided document and gives every recurring measure named in it, with the place where it is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samsyn.extract.finders.passages import cell_blocks
from samsyn.extract.outline import Place, walk_places
from samsyn.match import Matcher
from samsyn.models.agreement import Mention
from samsyn.models.document import Block, Document
from samsyn.models.section import BINDING_PARTS, Part
from samsyn.standing import commitment_at


def find_mentions(document: Document, parts: Sequence[Part], matcher: Matcher) -> tuple[Mention, ...]:
    """Recurring measures named in the parts that bind and in their footnotes, in reading order.

    Each says how firmly its sentence undertakes it: committed, conditional, descriptive or reported as done.
    """
    return tuple(
        mention
        for block, meaning, area in _texts(document, parts)
        for mention in _mentions_in(block, meaning, area, matcher)
    )


def _texts(document: Document, parts: Sequence[Part]) -> Iterator[tuple[Block, str | None, str | None]]:
    """Every text that binds, with the meaning of its section and the focus area it stands under."""
    for place in walk_places(parts):
        meaning = next(iter(sorted(place.meanings)), None)
        for block in _own_texts(place):
            yield block, "measures" if block.id.count(".") else meaning, place.area
    if all(part.kind in BINDING_PARTS for part in parts):
        yield from ((note.block, None, None) for note in document.footnotes)


def _own_texts(place: Place) -> Iterator[Block]:
    if place.section.heading is not None:
        yield place.section.heading
    for block in place.blocks:
        yield from cell_blocks(block)


def _mentions_in(block: Block, meaning: str | None, area: str | None, matcher: Matcher) -> Iterator[Mention]:
    for match in matcher.match(block.text, heading=area):
        yield Mention(
            id=match.id,
            text=match.matched,
            score=round(match.score, 3),
            commitment=commitment_at(block.text, match.start, match.end, section=meaning),
            evidence=block.locate(match.start, match.end),
        )
