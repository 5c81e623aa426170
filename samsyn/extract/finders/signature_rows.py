"""Takes a paper and gives the zones of short lines in it that may be signature blocks, as rows with columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from typing import NamedTuple

from samsyn.extract.dates import find_days
from samsyn.extract.finders.columns import read_header
from samsyn.extract.finders.passages import Paper, Stretch, cell_blocks, printed_lines_of, trimmed
from samsyn.extract.finders.signature_lines import (
    ReadLine,
    Token,
    TokenKind,
    is_role_word,
    join_lines,
    may_hold_name,
    read_line,
    read_tokens,
)
from samsyn.extract.finders.signature_runs import glued_pair, run_together, split_name, split_running_text
from samsyn.extract.finders.wording import phrase_pattern
from samsyn.models.document import Block, BlockKind, Cell, Table

_MOST_COLUMNS = 5
_LONGEST_CELL = 400
_LONGEST_LINE = 110
_SHORT_LINE = 45
_LONGEST_TAIL = 700
"""A signature block in running text, characters."""
_MOST_ROWS = 60
# Its first letter stands in front of the choice, so that other letters are passed over quickly.
_RULE = re.compile(r"[._…–—-](?:(?<=[._…])(?:[._…]{3,}|\s?(?:[._…]\s?){3,})|(?<=[–—-])[–—-]{5,})")
_GAP = re.compile(r"\t| {4,}(?=[A-ZÅÄÖ._…])")
_PHONE = re.compile(r"(?<!\d)0\d{1,3}\s?[-–]\s?\d{2,3}[\s-]?\d\d|@")


class RowCell(NamedTuple):
    """What stands in one column of a row."""

    column: int
    tokens: tuple[Token, ...]


class Row(NamedTuple):
    """What stands side by side, with the text as printed."""

    cells: tuple[RowCell, ...]
    text: str
    glued: bool = False
    """True when two columns were printed side by side and their gap is lost ('A kommun Polismyndigheten')."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A run of short lines with what is known of its surroundings."""

    rows: tuple[Row, ...]
    is_about: bool
    """True when it lies in a section of signatures."""
    is_announced: bool
    """True when the text before it speaks of signing."""
    is_last: bool
    is_cover: bool
    is_list: bool
    """True for list items, attendance lists and the like."""
    follows_list: bool
    """True when the text before it speaks of a group and its members."""
    signing_day: str | None = None
    """The day on which, by the text before it, it was signed."""

    @property
    def text(self) -> str:
        """All that is printed in the zone."""
        return "\n".join(row.text for row in self.rows)

    @property
    def is_contact(self) -> bool:
        """True when the zone holds telephone numbers, addresses or the word contact."""
        return bool(_PHONE.search(self.text) or phrase_pattern("roles.toml", "block", "contact").search(self.text))


# Without slots, so that what has been read is kept.
@dataclass(frozen=True, eq=False)
class _Piece:
    """A row of the paper before zones are cut. Its cells are read when first asked for: few rows are near a name."""

    block: Block
    text: str
    leaves: tuple[Block, ...]
    """The blocks of text that it holds."""
    read: Callable[[], Row]

    @cached_property
    def row(self) -> Row:
        """What stands in it."""
        return self.read()

    @cached_property
    def kinds(self) -> frozenset[TokenKind]:
        """The kinds of what stands in it."""
        return frozenset(token.kind for cell in self.row.cells for token in cell.tokens)

    @property
    def holds_name(self) -> bool:
        """True when a name stands in it."""
        return any(may_hold_name(leaf.text) for leaf in self.leaves) and TokenKind.NAME in self.kinds


def zones_of(paper: Paper) -> Iterator[Zone]:
    """The runs of short lines of the paper in which a name stands, each with its surroundings."""
    before = ""
    short: list[Block] = []
    for block in paper.blocks:
        if _is_prose(block):
            yield from _zones_among(paper, short, before)
            yield from _tail_zone(paper, block)
            short, before = [], block.text
        elif block.id in paper.known_headings and (lines := _lines_of_heading(block)):
            yield from _zones_among(paper, short, before)
            short, before = [], lines[-1]
        else:
            short.append(block)
    yield from _zones_among(paper, short, before, ends_paper=True)


def _lines_of_heading(block: Block) -> list[str]:
    """The lines of a heading; none where it may be the caption of what stands above it."""
    if block.table is None:
        lines = _whole_lines(printed_lines_of(block))
        if not any(_GAP.search(line.stretch.text) or line.kinds <= _CAPTION for line in lines):
            return [line.stretch.text for line in lines]  # as nearly always: the columns need not be read
    pieces = list(_pieces(block))
    return [] if any(map(_is_caption, pieces)) else [piece.text for piece in pieces]


def _zones_among(paper: Paper, blocks: list[Block], before: str, *, ends_paper: bool = False) -> Iterator[Zone]:
    """The runs in blocks of short lines, which `before` stands in front of."""
    if not any(may_hold_name(leaf.text) for block in blocks for leaf in cell_blocks(block)):
        return  # as most are, and reading lines takes time
    known = paper.known_headings
    run: list[_Piece] = []
    for piece in (piece for block in blocks for piece in _pieces(block)):
        is_heading = piece.block.id in known and not _is_caption_within(run, piece)
        cuts = is_heading or len(run) >= _MOST_ROWS
        if not cuts and not _ends_list(run, piece) and not _ends_contacts(paper, run, piece):
            run.append(piece)
            continue
        if _holds_name(run):
            yield _zone(paper, run, before)
        run, before = ([], piece.text) if cuts else ([piece], run[-1].text)
    if _holds_name(run):
        yield _zone(paper, run, before, is_last=ends_paper)


def _holds_name(run: list[_Piece]) -> bool:
    return any(piece.holds_name for piece in run)


_CAPTION = frozenset({TokenKind.CAPTION, TokenKind.RULE})
_SIGNS = frozenset({TokenKind.NAME, TokenKind.DATE, TokenKind.PARTY, TokenKind.RULE})


def _is_caption_within(run: list[_Piece], piece: _Piece) -> bool:
    """'Underskrift' below a line to write on is that line's caption, though it is a heading's word too."""
    if run and run[-1].block.table is not None and piece.block.table is None:
        return False
    return _is_caption(piece) and any(above.kinds & _SIGNS for above in run[-3:])


def _is_caption(piece: _Piece) -> bool:
    return bool(piece.kinds) and piece.kinds <= _CAPTION


def _ends_contacts(paper: Paper, run: list[_Piece], piece: _Piece) -> bool:
    """The place and day behind contact persons begin the signatures; the persons do not sign."""
    if not run or not paper.is_about(run[-1].block, "contacts"):
        return False
    signs = _SIGNS - {TokenKind.NAME}
    return bool(piece.kinds & signs) and not any(above.kinds & signs for above in run)


def _ends_list(run: list[_Piece], piece: _Piece) -> bool:
    """A place, party or name right behind a list begins something new; without it a block would pass for the list."""
    after = bool(run) and run[-1].block.kind is BlockKind.LIST_ITEM and piece.block.kind is not BlockKind.LIST_ITEM
    return after and bool(piece.kinds & _SIGNS)


def _zone(paper: Paper, run: list[_Piece], before: str, *, is_last: bool = False) -> Zone:
    text = "\n".join(piece.text for piece in run)
    cue = phrase_pattern("roles.toml", "block", "announcing")
    items = sum(piece.block.kind is BlockKind.LIST_ITEM for piece in run)
    is_about = any(paper.is_about(piece.block, "signatures") for piece in run)
    is_organisation = any(paper.is_about(piece.block, "organisation") for piece in run) and not is_about
    listed = phrase_pattern("roles.toml", "block", "listed")
    return Zone(
        rows=_with_split_names(tuple(piece.row for piece in run)),
        is_about=is_about,
        is_announced=cue.search(before) is not None or cue.search(text) is not None,
        is_last=is_last,
        is_cover=len(paper.cover) < len(paper.blocks) and all(paper.is_cover(piece.block) for piece in run),
        is_list=items * 2 > len(run) or listed.search(text) is not None or is_organisation,
        follows_list=listed.search(before) is not None,
        signing_day=_signing_day(before),
    )


def _signing_day(before: str) -> str | None:
    """'Avtalet är digitalt undertecknat den 3 februari 2023' gives that day; the day a thing holds from is another."""
    sentence = before.strip()[_tail_start(before.strip().rstrip(".")) :]
    signed = phrase_pattern("roles.toml", "block", "signed").search(sentence)
    days = find_days(sentence[signed.end() :]) if signed else ()
    valid = phrase_pattern("metadata.toml", "validity", "cues").search(sentence)
    return days[0].first if len(days) == 1 and valid is None else None


def _with_split_names(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows; where parties or titles stand side by side, four words of names are two people."""
    if not any(row.glued or _sets_parties_apart(row) for row in rows):
        return rows
    return tuple(_split_names(row) for row in rows)


def _sets_parties_apart(row: Row) -> bool:
    """True for two cells that each hold a title or a party and nothing else."""
    apart = frozenset({TokenKind.TITLE, TokenKind.PARTY})
    return len(row.cells) == 2 and all({token.kind for token in cell.tokens} <= apart for cell in row.cells)


def _split_names(row: Row) -> Row:
    tokens = row.cells[0].tokens if len(row.cells) == 1 else ()
    pair = split_name(tokens[0]) if len(tokens) == 1 and tokens[0].kind is TokenKind.NAME else ()
    return Row(tuple(RowCell(column, (name,)) for column, name in enumerate(pair)), row.text, True) if pair else row


def _tail_zone(paper: Paper, block: Block) -> Iterator[Zone]:
    """The end of a transcript's page, where a signature block has been run together with the text before it."""
    whole = trimmed(block, 0, len(block.text))
    tail = whole.part(_tail_start(whole.text))
    if len(tail.text) > _LONGEST_TAIL or not may_hold_name(tail.text):
        return
    if sum(is_role_word(word) for word in tail.text.split()) < 2:
        return
    tokens = tuple(split_running_text(tail))
    if sum(token.kind is TokenKind.NAME for token in tokens) < 2:
        return
    row = Row((RowCell(0, tokens),), tail.text)
    yield _zone(
        paper, [_Piece(block, row.text, (), _read_already(row))], whole.text[: -len(tail.text)][-200:], is_last=True
    )


def _tail_start(text: str) -> int:
    """Where the last sentence of running text ends, 0 when none does; dots to write on end none."""
    ends = [hit.end() for hit in re.finditer(r"(?<![._…\s])[.!?;]\s+(?=[A-ZÅÄÖ])", text)]
    return ends[-1] if ends else 0


def _pieces(block: Block) -> Iterator[_Piece]:
    return _line_pieces(block) if block.table is None else _table_pieces(block.table, block)


def _is_prose(block: Block) -> bool:
    """True for running text, and for a table that is no signature block: many columns, long cells or measures."""
    if block.table is None:
        return _is_running_text(block.text)
    long = any(len(cell.text) > _LONGEST_CELL for cell in block.table.cells)
    return block.table.column_count > _MOST_COLUMNS or long or _holds_measures(block.table)


def _is_running_text(text: str) -> bool:
    """False for a block of short lines, or of lines to write on."""
    if len(text) <= _SHORT_LINE:
        return False
    without_rules = _RULE.sub("", text)
    longest = max((len(line) for line in re.split(r"[\n\t]", without_rules)), default=0)
    if without_rules != text:
        return longest > _LONGEST_LINE
    return longest > _LONGEST_LINE or (
        longest > _SHORT_LINE and text.rstrip().endswith((".", ":")) and text[:1].isupper()
    )


def _line_pieces(block: Block) -> Iterator[_Piece]:
    printed = list(printed_lines_of(block))
    whole = printed if len(printed) == 1 else [line.stretch for line in _whole_lines(printed)]
    for stretch in whole:
        yield _Piece(block, stretch.text, (block,), partial(_line_row, stretch))


def _line_row(stretch: Stretch) -> Row:
    columns = list(_tabbed(stretch))
    pair = glued_pair(stretch) if len(columns) == 1 else ()
    cells = tuple(RowCell(column, (token,)) for column, token in enumerate(pair))
    run = run_together(stretch) if len(columns) == 1 and not cells else ()
    if run:
        cells = (RowCell(0, run),)
    if not cells:
        cells = tuple(RowCell(column, tuple(read_tokens(part))) for column, part in columns)
    return Row(cells, stretch.text, bool(pair))


def _read_already(row: Row) -> Callable[[], Row]:
    return lambda: row


def _whole_lines(printed: Iterable[Stretch]) -> list[ReadLine]:
    """The printed lines of a block; those that a narrow column has cut ('Kommunstyrelsens', 'ordförande') joined."""
    lines: list[ReadLine] = []
    for line in map(read_line, printed):
        apart = not lines or "\t" in line.stretch.text or "\t" in lines[-1].stretch.text
        joined = None if apart else join_lines(lines[-1], line)
        if joined is None:
            lines.append(line)
        else:
            lines[-1] = joined
    return lines


def _tabbed(stretch: Stretch) -> Iterator[tuple[int, Stretch]]:
    """The line's columns: parted by a wide gap, kept as a tab or as spaces."""
    gaps = [*(hit.span() for hit in _GAP.finditer(stretch.text)), (len(stretch.text), len(stretch.text))]
    start = 0
    for column, (end, after) in enumerate(gaps):
        part = stretch.part(start, end)
        if part.end > part.start:
            yield column, part
        start = after


def _table_pieces(table: Table, block: Block) -> Iterator[_Piece]:
    """The rows of a small table."""
    for _, group in groupby(table.cells, key=lambda cell: cell.row):
        cells = tuple(group)
        text = "\t".join(cell.text for cell in cells)
        leaves = tuple(leaf for cell in cells for leaf in _leaves(cell))
        yield _Piece(block, text, leaves, partial(_table_row, cells, text))


def _table_row(cells: tuple[Cell, ...], text: str) -> Row:
    read = (RowCell(cell.column, _cell_tokens(cell)) for cell in cells)
    return Row(tuple(cell for cell in read if cell.tokens), text)


def _holds_measures(table: Table) -> bool:
    """True when the columns say what is to be done and more of it than who does it."""
    header = read_header(table)
    return header is not None and header.has_actions and len(header.fields) > 2


def _cell_tokens(cell: Cell) -> tuple[Token, ...]:
    return tuple(
        token for leaf in _leaves(cell) for line in _whole_lines(printed_lines_of(leaf)) for token in line.tokens
    )


def _leaves(cell: Cell) -> Iterator[Block]:
    return (leaf for inner in cell.blocks for leaf in cell_blocks(inner))
