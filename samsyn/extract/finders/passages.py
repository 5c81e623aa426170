"""Takes a document and a part of it, gives the stretches of text its finders read: lines, cells and sentences.

The divider may cut a line at a run-in label; here the document's own blocks are read, so a line is whole again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from samsyn.extract.finders.wording import first_words, words_under
from samsyn.models.document import Block, Document
from samsyn.models.section import Part, PartKind, Section
from samsyn.models.source import Evidence
from samsyn.vocabulary.phrases import either_of, words_in


class Stretch(NamedTuple):
    """A stretch of a block's text, white space at its ends left out."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the stretch."""
        return self.block.text[self.start : self.end]

    def locate(self) -> tuple[Evidence, ...]:
        """Where the stretch stands."""
        return self.block.locate(self.start, self.end)

    def part(self, start: int, end: int | None = None) -> Stretch:
        """The stretch cut down to `text[start:end]` and trimmed."""
        stop = self.end if end is None else min(self.end, self.start + end)
        return trimmed(self.block, self.start + start, stop)


class Sentence(NamedTuple):
    """A sentence, the line it stands in, and its words in lower case, to pass over most sentences quickly."""

    stretch: Stretch
    line: Stretch
    words: frozenset[str]


# Without slots, so that what is read from a paper many times is kept.
@dataclass(frozen=True, eq=False)
class Paper:
    """A part with the document's blocks that lie in it, and for each block what its section is about.

    A cover that was divided off as a part of its own is read together with the paper it belongs to.
    """

    kind: PartKind
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]
    meanings: dict[str, tuple[str, ...]]
    headings: frozenset[str]
    """Ids of the blocks that head a section."""

    def sections(self) -> Iterator[Section]:
        """All sections in reading order."""
        for part in self.parts:
            yield from part.walk()

    @cached_property
    def known_headings(self) -> frozenset[str]:
        """Ids of the headings whose meaning is known; a run-in label is no heading."""
        return frozenset(
            section.heading.id
            for section in self.sections()
            if section.heading is not None and section.meanings and not section.is_label
        )

    @cached_property
    def lines(self) -> tuple[Stretch, ...]:
        """Every line of the paper in order, those in table cells included; a joined paragraph is one line."""
        return tuple(line for block in self.blocks for inner in cell_blocks(block) for line in lines_of(inner))

    @cached_property
    def size(self) -> int:
        """How many characters its lines have."""
        return sum(line.end - line.start for line in self.lines)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the paper in order, each with its line; of an endless one the beginning."""
        cut = ((_beginning(sentence), line) for line in self.lines for sentence in sentences_of(line))
        return tuple(Sentence(sentence, line, words_in(sentence.text)) for sentence, line in cut)

    def sentences_with(self, file: str, table: str, key: str) -> list[Sentence]:
        """The sentences that may hold a phrase of the word list: the others lack the first word of each."""
        words = first_words(file, table, key)
        return [sentence for sentence in self.sentences if not words.isdisjoint(sentence.words)]

    @cached_property
    def cover(self) -> frozenset[str]:
        """Ids of the blocks before the paper's first prose or known heading."""
        ids: list[str] = []
        for block in self.blocks[:_LONGEST_COVER]:
            if block.id in self.known_headings or (block.table is None and is_prose(block.text)):
                break
            ids.append(block.id)
        return frozenset(ids)

    def is_cover(self, block: Block) -> bool:
        """True when the block stands on the cover: before the first prose and the first known heading."""
        return _outer_id(block) in self.cover

    def is_about(self, block: Block, meaning: str) -> bool:
        """True when the block lies in a section of that meaning."""
        return meaning in self.meanings.get(_outer_id(block), ())


def _outer_id(block: Block) -> str:
    return block.id.split(".", 1)[0]


_LONGEST_COVER = 30
_LONGEST_SENTENCE = 2000
"""Characters: what is longer is no sentence but a page without full stops, or an attack."""
_SHORTEST_PROSE = 60


def _beginning(sentence: Stretch) -> Stretch:
    """The sentence; of an endless one its beginning."""
    return sentence.part(0, _LONGEST_SENTENCE) if sentence.end - sentence.start > _LONGEST_SENTENCE else sentence


def is_prose(text: str) -> bool:
    """True for a text as long as a sentence that ends as one."""
    return len(text) > _SHORTEST_PROSE and text.rstrip().endswith((".", ":", ";"))


def papers_of(document: Document, parts: tuple[Part, ...]) -> tuple[Paper, ...]:
    """The papers in order, each with its blocks."""
    by_id = {block.id: block for block in document.blocks}
    return tuple(_paper(by_id, group) for group in _with_covers(parts))


_MOST_ON_COVER = 600
"""Characters; a part with less text and no prose, before another of its kind, is that one's cover."""


def _with_covers(parts: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    groups: list[tuple[Part, ...]] = []
    cover: tuple[Part, ...] = ()
    for index, part in enumerate(parts):
        following = parts[index + 1].kind if index + 1 < len(parts) else None
        if following is part.kind and part.kind is PartKind.AGREEMENT and _is_cover(part):
            cover = (*cover, part)
            continue
        groups.append((*cover, part))
        cover = ()
    return groups


def _is_cover(part: Part) -> bool:
    texts = [line.text for block in part.blocks() for inner in cell_blocks(block) for line in lines_of(inner)]
    return sum(map(len, texts)) <= _MOST_ON_COVER and not any(map(is_prose, texts))


def _paper(by_id: dict[str, Block], parts: tuple[Part, ...]) -> Paper:
    sections = [section for part in parts for section in part.walk()]
    titles = Counter(section.title.casefold() for section in sections)
    repeated = frozenset(title for title, count in titles.items() if count > 1)
    ids: dict[str, Block] = {}
    meanings: dict[str, tuple[str, ...]] = {}
    headings: set[str] = set()
    for section in sections:
        if section.heading is not None:
            ids.setdefault(section.heading.id, section.heading)
            if not section.is_label:
                headings.add(section.heading.id)
        for block in section.blocks:
            ids.setdefault(block.id, block)
            meanings[block.id] = meanings.get(block.id, ()) + _own_meanings(section, repeated)
    blocks = tuple(by_id.get(key, block) for key, block in ids.items())
    return Paper(parts[-1].kind, parts, blocks, meanings, frozenset(headings))


def _own_meanings(section: Section, repeated: frozenset[str]) -> tuple[str, ...]:
    """What the section is about; a label or a heading that comes back ('Tid' on every activity card) says nothing of
    the document as a whole."""
    return () if section.is_label or section.title.casefold() in repeated else section.meanings


def cell_blocks(block: Block) -> Iterator[Block]:
    """The block itself, or for a table the text blocks of its cells in order."""
    if block.table is None:
        yield block
        return
    for cell in block.table.cells:
        for inner in cell.blocks:
            yield from cell_blocks(inner)


def trimmed(block: Block, start: int, end: int) -> Stretch:
    """The stretch from `start` to `end` without white space at its ends."""
    text = block.text
    if start < end and (text[start].isspace() or text[end - 1].isspace()):
        inside = text[start:end]
        start = end - len(inside.lstrip())
        end = max(start, end - len(inside) + len(inside.rstrip()))
    return Stretch(block, start, end)


def lines_of(block: Block) -> Iterator[Stretch]:
    """The block's text cut at manual breaks; a paragraph that runs over several printed lines stays whole."""
    start = 0
    for piece in block.text.split("\n"):
        stretch = trimmed(block, start, start + len(piece))
        if stretch.end > stretch.start:
            yield stretch
        start += len(piece) + 1


def printed_lines_of(block: Block) -> Iterator[Stretch]:
    """The block's text cut at manual breaks and where a new printed line begins, tabs in front kept.

    What stands side by side, tabs between, is one line.
    """
    begins = (line.start for line in block.lines if block.text[line.start - 1 : line.start] != "\t")
    cuts = sorted({0, len(block.text), *begins})
    for start, end in pairwise(cuts):
        for hit in re.finditer(r"[^\n]+", block.text[start:end]):
            stretch = trimmed(block, start + hit.start(), start + hit.end())
            if stretch.end > stretch.start:
                tabs = re.match(r"\t*", hit.group())
                yield stretch._replace(start=start + hit.start()) if tabs and tabs.group() else stretch


_MAY_END = re.compile(r"[.!?\n](?!$)")
# Its first letter stands in front of the choice, so that other letters are passed over quickly.
_SENTENCE_END = re.compile(r"[.!?\n](?:(?<=\n)|[\"”»)]*\s+(?=[\"”»(]?[A-ZÅÄÖ0-9]))")


@cache
def _abbreviation() -> re.Pattern[str]:
    """A single letter or a listed abbreviation with its full stop, at the end."""
    listed = either_of(words_under("metadata.toml", "words", "abbreviations"))
    return re.compile(rf"(?:(?:^|[\s.(])[^\W\d_]|\b(?:{listed}))\.$", re.IGNORECASE)


def sentences_of(stretch: Stretch) -> Iterator[Stretch]:
    """The sentences of a stretch; 'fr.o.m.', 'kl.' and the like end none."""
    text, start = stretch.text, 0
    for hit in _SENTENCE_END.finditer(text) if _MAY_END.search(text) else ():
        end = hit.start() + (text[hit.start()] != "\n")
        if text[end : hit.end()] != "\n" and _abbreviation().search(text[max(0, end - 12) : end]):
            continue
        yield stretch.part(start, end)
        start = hit.end()
    if start < len(text):
        yield stretch.part(start)
