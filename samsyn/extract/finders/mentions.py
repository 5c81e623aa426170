"""Takes the divided document and gives every recurring measure named in it, with the place where it is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samsyn.extract.outline import Place, walk_places
from samsyn.match import Matcher
from samsyn.models.agreement import Mention
from samsyn.models.document import Block, Document
from samsyn.models.section import BINDING_PARTS, Part


def find_mentions(document: Document, parts: Sequence[Part], matcher: Matcher) -> tuple[Mention, ...]:
    """Recurring measures named in the parts that bind and in their footnotes, in reading order."""
    return tuple(mention for block in _texts(document, parts) for mention in _mentions_in(block, matcher))


def _texts(document: Document, parts: Sequence[Part]) -> Iterator[Block]:
    for place in walk_places(parts):
        yield from _own_texts(place)
    if all(part.kind in BINDING_PARTS for part in parts):
        yield from (note.block for note in document.footnotes)


def _own_texts(place: Place) -> Iterator[Block]:
    if place.section.heading is not None:
        yield place.section.heading
    for block in place.blocks:
        yield from _inner(block)


def _inner(block: Block) -> Iterator[Block]:
    if block.table is None:
        yield block
        return
    for cell in block.table.cells:
        for inner in cell.blocks:
            yield from _inner(inner)


def _mentions_in(block: Block, matcher: Matcher) -> Iterator[Mention]:
    for match in matcher.match(block.text):
        yield Mention(id=match.id, text=match.matched, score=match.score, evidence=block.locate(match.start, match.end))
