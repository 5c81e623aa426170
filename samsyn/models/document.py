"""A document as read, before any understanding: pages, blocks in reading order, tables, footnotes, furniture.

Every reader gives the same kind of `Document`, and knows no Swedish. Conventions shared by all readers:

- text is NFC; soft hyphens are gone, ligatures and no-break spaces replaced, hyphenation at line ends undone;
- a tab in a text marks a wide horizontal gap (side-by-side text such as two signatures), a newline a manual break;
- typed list markers stand in `Block.marker`, not in the text; a heading's typed number stays in the text,
  one that the word processor counts stands in `marker`;
- footnote marks are taken out of the text and kept in `Block.notes`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from samsyn.models.source import Box, Caution, Evidence, Source


class BlockKind(StrEnum):
    """What a block is, by layout alone."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE = "table"


class Line(NamedTuple):
    """One printed line of a block: where in the block's text it starts, and where on which page it stands."""

    start: int
    page: int | None
    box: Box | None


class PageSpot(NamedTuple):
    """Where on one page a stretch of a block's text stands, with the text as it was seen there."""

    page: int | None
    box: Box | None
    text: str
    start: int
    end: int


class Emphasis(NamedTuple):
    """A stretch of a block's text set in bold or italic type."""

    start: int
    end: int
    bold: bool
    italic: bool


class NoteMark(NamedTuple):
    """A footnote mark that stood at `offset` of a block's text; `label` as printed, such as '2'."""

    offset: int
    label: str


class Reading(NamedTuple):
    """What was recognised in the picture of a page where a stretch of a block's text is a repair of it."""

    start: int
    end: int
    seen: str


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table, with the lines its text was joined from."""

    id: str
    kind: BlockKind
    text: str
    level: int = 0
    """Rank of a heading (1 highest) or depth of a list item (1 outermost); 0 for the others."""
    marker: str = ""
    lines: tuple[Line, ...] = ()
    emphasis: tuple[Emphasis, ...] = ()
    notes: tuple[NoteMark, ...] = ()
    size: float | None = None
    """Prevailing font size in points, where known."""
    table: Table | None = None
    offset: int = 0
    """Where in the document's block this text begins, when only a part of that block is meant."""
    readings: tuple[Reading, ...] = ()

    @property
    def page(self) -> int | None:
        """The page the block begins on."""
        return self.lines[0].page if self.lines else None

    @property
    def last_page(self) -> int | None:
        """The page the block ends on."""
        return self.lines[-1].page if self.lines else None

    @property
    def is_bold(self) -> bool:
        """True when nine tenths of the text are bold (a stray space or colon may differ)."""
        bold = sum(span.end - span.start for span in self.emphasis if span.bold)
        return bool(self.text) and bold >= 0.9 * len(self.text.strip())

    @property
    def bold_lead(self) -> int:
        """Length of the bold stretch that the text begins with; 0 when it begins in ordinary type."""
        end = 0
        for span in self.emphasis:
            if span.bold and span.start <= end + 1:
                end = max(end, span.end)
        return end

    def locate(self, start: int = 0, end: int | None = None) -> tuple[Evidence, ...]:
        """The evidence for `text[start:end]`: one item a page, with the box around the lines concerned."""
        return tuple(self.evidence(spot) for spot in self.spots(start, end))

    def evidence(self, spot: PageSpot) -> Evidence:
        """The evidence that one of the block's spots is."""
        return Evidence(
            page=spot.page,
            bbox=spot.box and spot.box.rounded,
            text=spot.text,
            block=self.id,
            start=spot.start + self.offset,
            end=spot.end + self.offset,
        )

    def spots(self, start: int = 0, end: int | None = None) -> Iterator[PageSpot]:
        """What `locate` makes evidence of, for those who join many: page by page."""
        stop = len(self.text) if end is None else end
        if not self.lines:
            yield PageSpot(None, None, self._as_seen(start, stop), start, stop)
            return
        first = last = 0
        if len(self.lines) > 1:
            starts = [line.start for line in self.lines]
            first = max(0, bisect_right(starts, start) - 1)
            last = max(first, bisect_right(starts, max(start, stop - 1)) - 1)
        begin = first
        on_one_page = self.lines[first].page == self.lines[last].page  # as nearly always: only the last line ends it
        for index in (last,) if on_one_page else range(first, last + 1):
            if index < last and self.lines[index + 1].page == self.lines[begin].page:
                continue
            left = max(start, self.lines[begin].start) if begin > first else start
            right = min(stop, self.lines[index + 1].start) if index < last else stop
            box = around([line.box for line in self.lines[begin : index + 1] if line.box])
            yield PageSpot(self.lines[begin].page, box, self._as_seen(left, right), left, right)
            begin = index + 1

    def _as_seen(self, start: int, end: int) -> str:
        """The text as it was recognised, where it has been repaired since."""
        if not self.readings:
            return self.text[start:end].strip()
        parts, done = [], start
        for reading in self.readings:
            if start <= reading.start and reading.end <= end:
                parts += [self.text[done : reading.start], reading.seen]
                done = reading.end
        return "".join((*parts, self.text[done:end])).strip()

    def part(self, start: int, end: int | None = None) -> Block:
        """The block cut down to `text[start:end]`, white space at its ends left out; it keeps its place."""
        stop = len(self.text) if end is None else end
        while start < stop and self.text[start].isspace():
            start += 1
        while stop > start and self.text[stop - 1].isspace():
            stop -= 1
        kept = [line for line in self.lines if line.start < stop]
        while len(kept) > 1 and kept[1].start <= start:
            kept.pop(0)
        return replace(
            self,
            text=self.text[start:stop],
            offset=self.offset + start,
            lines=tuple(line._replace(start=max(0, line.start - start)) for line in kept),
            emphasis=tuple(
                span._replace(start=max(span.start, start) - start, end=min(span.end, stop) - start)
                for span in self.emphasis
                if span.end > start and span.start < stop
            ),
            notes=tuple(
                mark._replace(offset=mark.offset - start) for mark in self.notes if start <= mark.offset <= stop
            ),
            readings=tuple(
                reading._replace(start=reading.start - start, end=reading.end - start)
                for reading in self.readings
                if start <= reading.start and reading.end <= stop
            ),
        )


def around(boxes: list[Box]) -> Box | None:
    """The box around all the boxes; None when there is none."""
    if len(boxes) < 2:
        return boxes[0] if boxes else None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; a merged cell counts once, with its spans."""

    row: int
    column: int
    blocks: tuple[Block, ...]
    """The cell's paragraphs and list items in order; a nested table is a block of kind TABLE."""
    row_span: int = 1
    column_span: int = 1
    shaded: bool = False

    @property
    def text(self) -> str:
        """The cell's paragraphs joined by newlines."""
        if len(self.blocks) == 1:
            return self.blocks[0].text
        return "\n".join(block.text for block in self.blocks if block.text)

    @property
    def is_bold(self) -> bool:
        """True when the cell holds text and all of it is bold."""
        written = [block for block in self.blocks if block.text]
        return bool(written) and all(block.is_bold for block in written)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Table:
    """A logical table: one over all the pages it covers, with rows cut by a page break joined again."""

    row_count: int
    column_count: int
    cells: tuple[Cell, ...]
    """In reading order: by row, then by column."""
    header_rows: int = 0
    """How many rows at the top the format itself marks as header (repeated, or set apart by type); 0 when unknown."""
    ruled: bool = True
    """False when the table was told from the alignment of its text alone."""
    joins: tuple[str, ...] = ()
    """Why rows or pages were joined, one reason a join."""

    def rows(self) -> tuple[tuple[Cell | None, ...], ...]:
        """The grid, row by row; a merged cell stands in every place it covers, None where there is no cell."""
        grid: list[list[Cell | None]] = [[None] * self.column_count for _ in range(self.row_count)]
        for cell in self.cells:
            for line in grid[cell.row : cell.row + cell.row_span]:
                for column in range(cell.column, min(self.column_count, cell.column + cell.column_span)):
                    line[column] = cell
        return tuple(tuple(row) for row in grid)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1, its size in points as seen (after rotation), and whether it has text."""

    number: int
    width: float
    height: float
    has_text: bool = True
    """False for a page that is only a picture (a scan without a text layer)."""
    recognised: bool = False
    """True when the text was read from the picture (OCR)."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote or endnote: its label as printed and its text."""

    label: str
    block: Block


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a reader found in one file."""

    source: Source
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    furniture: tuple[Block, ...] = ()
    """Running headers and footers, page numbers, watermarks: kept apart from the text."""
    cautions: tuple[Caution, ...] = ()

    def walk(self) -> Iterator[Block]:
        """Every block in reading order, those inside table cells included."""
        for block in self.blocks:
            yield from _walk_block(block)


def _walk_block(block: Block) -> Iterator[Block]:
    yield block
    if block.table is not None:
        for cell in block.table.cells:
            for inner in cell.blocks:
                yield from _walk_block(inner)
