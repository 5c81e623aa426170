"""Takes a paper and gives the zones of short lines in it that may be signature blocks, as rows with columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from samsyn.extract.finders.passages import Paper, Stretch, cell_blocks, lines_of, printed_lines_of, trimmed
from samsyn.extract.finders.wording import phrase_pattern
from samsyn.models.document import Block, BlockKind

_MOST_COLUMNS = 5
_LONGEST_LINE = 110
_MOST_ROWS = 60


class RowCell(NamedTuple):
    """A stretch of a row with the number of its column from the left."""

    column: int
    stretch: Stretch


class Row(NamedTuple):
    """Stretches that stand side by side."""

    cells: tuple[RowCell, ...]

    @property
    def text(self) -> str:
        """The row's words."""
        return "\t".join(cell.stretch.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Zone:
    """A run of short lines with what is known of its surroundings."""

    rows: tuple[Row, ...]
    about: bool
    """True when it lies in a section of signatures."""
    announced: bool
    """True when the text before it speaks of signing."""
    is_last: bool
    is_list: bool
    """True for list items, attendance lists and the like."""

    @property
    def has_rule(self) -> bool:
        """True when there is a line to write on."""
        return any(re.search(r"[._…]{4,}|(?:[._…]\s?){4,}|[–—-]{6,}", row.text) for row in self.rows)

    @property
    def is_contact(self) -> bool:
        """True when the zone holds telephone numbers, addresses or the word contact."""
        text = "\n".join(row.text for row in self.rows)
        if "@" in text or re.search(r"(?<!\d)0\d{1,3}\s?[-–]\s?\d{2,3}[\s-]?\d\d", text):
            return True
        return phrase_pattern("roles.toml", "block", "contact").search(text) is not None


class _Piece(NamedTuple):
    """A row of the paper before zones are cut."""

    row: Row
    block: Block
    is_prose: bool
    is_item: bool


def zones_of(paper: Paper) -> Iterator[Zone]:
    """The runs of short lines of the paper, each with its surroundings."""
    pieces = [piece for block in paper.blocks for piece in _pieces(block)]
    run: list[_Piece] = []
    before = ""
    for index, piece in enumerate(pieces):
        starts_section = piece.block.id in paper.headings and not _is_signing_heading(paper, piece)
        if not piece.is_prose and not starts_section and len(run) < _MOST_ROWS:
            run.append(piece)
            continue
        if run:
            yield _zone(paper, run, before, is_last=False)
        run = []
        before = piece.row.text
        if index == len(pieces) - 1:
            return
    if run:
        yield _zone(paper, run, before, is_last=True)


def _is_signing_heading(paper: Paper, piece: _Piece) -> bool:
    return bool(phrase_pattern("roles.toml", "block", "announcing").search(piece.row.text)) or not _has_meaning(paper, piece.block)


def _has_meaning(paper: Paper, block: Block) -> bool:
    return any(
        section.meanings and section.heading is not None and section.heading.id == block.id
        for section in paper.part.walk()
    )


def _zone(paper: Paper, run: list[_Piece], before: str, is_last: bool) -> Zone:
    text = "\n".join(piece.row.text for piece in run)
    cue = phrase_pattern("roles.toml", "block", "announcing")
    listed = phrase_pattern("roles.toml", "block", "listed")
    items = sum(piece.is_item for piece in run)
    about = any(paper.is_about(piece.block, "signatures") for piece in run)
    organisation = any(paper.is_about(piece.block, "organisation") for piece in run) and not about
    return Zone(
        rows=tuple(piece.row for piece in run),
        about=about,
        announced=cue.search(before) is not None or cue.search(text) is not None,
        is_last=is_last,
        is_list=items * 2 > len(run) or listed.search(text) is not None or organisation,
    )


def _pieces(block: Block) -> Iterator[_Piece]:
    if block.table is not None:
        yield from _table_pieces(block)
        return
    item = block.kind is BlockKind.LIST_ITEM
    if _is_prose(block.text):
        yield _Piece(Row((RowCell(0, trimmed(block, 0, len(block.text))),)), block, True, item)
        return
    for stretch in printed_lines_of(block):
        yield _Piece(Row(tuple(_tabbed(stretch))), block, False, item)


def _is_prose(text: str) -> bool:
    """True for running text; a block of short lines, or of lines to write on, is none."""
    longest = max((len(line) for line in re.split(r"[\n\t]", text)), default=0)
    if re.search(r"[._…]{8,}", text):
        return False
    return longest > _LONGEST_LINE or (longest > 45 and text.rstrip().endswith((".", ":")) and text[:1].isupper())


def _tabbed(stretch: Stretch) -> Iterator[RowCell]:
    start = 0
    for column, piece in enumerate(stretch.text.split("\t")):
        part = stretch.part(start, start + len(piece))
        if part.end > part.start:
            yield RowCell(column, part)
        start += len(piece) + 1


def _table_pieces(block: Block) -> Iterator[_Piece]:
    """The rows of a small table; several lines in a cell give several rows."""
    table = block.table
    if table is None:
        return
    written = [cell for cell in table.cells if cell.text.strip()]
    if table.column_count > _MOST_COLUMNS or any(len(cell.text) > 400 for cell in written):
        yield _Piece(Row((RowCell(0, trimmed(block, 0, len(block.text))),)), block, True, False)
        return
    for number in range(table.row_count):
        columns = [(cell.column, [line for inner in cell.blocks for leaf in cell_blocks(inner) for line in lines_of(leaf)]) for cell in table.cells if cell.row == number]
        depth = max((len(lines) for _, lines in columns), default=0)
        for level in range(depth):
            cells = tuple(RowCell(column, lines[level]) for column, lines in columns if level < len(lines))
            yield _Piece(Row(cells), block, False, False)
