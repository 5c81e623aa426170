"""Common: what every renderer needs to know of a source: heading numbers, contents, notes and the look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.accuracy.blocks import (
    Block,
    Cards,
    Contents,
    Heading,
    KeyValue,
    Listing,
    Outcomes,
    PageBreak,
    Paragraph,
    Part,
    Problem,
    Region,
    Signatures,
    Source,
    Table,
    Undertakings,
)
from tests.accuracy.gold import FRONT_PAPERS
from tests.accuracy.source import plain

CHARACTERS_A_PAGE = 2300
"""A rough page, for the page numbers of a table of contents."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a variant is set: headings styles/outline/bold, lists numbering/typed, rules of the tables."""

    headings: str = "styles"
    lists: str = "numbering"
    rules: str = "grid"  # grid, none, header, horizontal, shaded or tabs
    repeat_header: bool = True
    tracked: bool = False


@dataclass(slots=True)
class Numbers:
    """Heading numbers by the heading's identity, and the entries of the table of contents by part."""

    of: dict[int, str] = field(default_factory=dict)
    contents: dict[int, list[tuple[int, str, int]]] = field(default_factory=dict)


def numbers(source: Source) -> Numbers:
    """The numbers that the headings carry and the contents each part would list."""
    found = Numbers()
    characters = 0
    for index, part in enumerate(source.parts):
        counts = [0, 0, 0, 0]
        entries: list[tuple[int, str, int]] = []
        for block in walk(part.blocks):
            if isinstance(block, Heading) and 0 < block.level <= 3:
                if part.kind not in FRONT_PAPERS and source.look.get("numbered"):
                    found.of[id(block)] = _next(counts, block.level, source.look.get("number_end", ""))
                page = characters // CHARACTERS_A_PAGE + index + 1
                number = found.of.get(id(block), "")
                entries.append((block.level, f"{number} {plain(block.text)}".strip(), page))
            characters += sum(len(text) for text in block_texts(block))
        found.contents[index] = entries
    return found


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, regions and problem pictures opened."""
    for block in blocks:
        if isinstance(block, (Region, Problem)):
            yield from walk(block.blocks)
        else:
            yield block


def block_texts(block: Block) -> Iterator[str]:
    """The texts of a block, roughly, for counting."""
    match block:
        case Heading(_, text) | Paragraph(text):
            yield text
        case Listing(items):
            for item in items:
                yield item.text
                yield from (child.text for child in item.children)
        case Outcomes(items):
            yield from items
        case Undertakings(items):
            for undertaking in items:
                yield undertaking.text
                yield from undertaking.outcomes
        case Table(_, rows):
            for row in rows:
                yield row.text if hasattr(row, "text") else " ".join(cell or "" for cell in row.cells)
        case Cards(cards):
            yield from (text for card in cards for _, text, _ in card.lines)
        case Contents() | KeyValue() | Signatures() | PageBreak() | Region() | Problem():
            return


def heading_text(heading: Heading, found: Numbers, automatic: bool = False) -> str:
    """The heading as printed: with its number, unless the format numbers by itself."""
    number = "" if automatic else found.of.get(id(heading), "")
    return f"{number} {heading.text}".strip()


def marker(kind: str, index: int, look: dict[str, str]) -> str:
    """The typed mark of a list item, counted from 0."""
    marks = {"bullet": look.get("bullet", "•"), "dash": "-", "number": f"{index + 1}.", "o": "o"}
    if kind == "letter":
        return f"{'abcdefghij'[index]})"
    return marks.get(kind, "")


def footer_words(footer: str) -> list[str]:
    """The footer split at its page fields, the fields kept ('{page}', '{pages}')."""
    words: list[str] = []
    for piece in footer.replace("{pages}", "\0P\0").replace("{page}", "\0p\0").split("\0"):
        words.append({"P": "{pages}", "p": "{page}"}.get(piece, piece))
    return [word for word in words if word]


def _next(counts: list[int], level: int, end: str) -> str:
    counts[level] += 1
    for deeper in range(level + 1, len(counts)):
        counts[deeper] = 0
    number = ".".join(str(count) for count in counts[1 : level + 1])
    return number + (end if level == 1 else "")


def is_wide(part: Part) -> bool:
    """Whether the part lies in landscape from beginning to end."""
    return _whole(part) is not None


def blocks_of(part: Part) -> tuple[Block, ...]:
    """The part's blocks; of a part in landscape those of its one region."""
    region = _whole(part)
    return region.blocks if region else part.blocks


def _whole(part: Part) -> Region | None:
    first = part.blocks[0] if len(part.blocks) == 1 else None
    return first if isinstance(first, Region) and first.kind == "landscape" else None
