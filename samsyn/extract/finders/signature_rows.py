"""Takes a paper and gives the zones of short lines in it that may be signature blocks, as rows with columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
    read_line,
    read_tokens,
)
from samsyn.extract.finders.signature_runs import glued_pair, run_together, split_name, split_running_text
from samsyn.extract.finders.wording import phrase_pattern
from samsyn.models.document import Block, BlockKind, Cell, Table

_MOST_COLUMNS = 5
_LONGEST_CELL = 400
_LONGEST_LINE = 110
_LONGEST_TAIL = 700
"""A signature block in running text, characters."""
_MOST_ROWS = 60
_RULE = re.compile(r"[._…]{4,}|(?:[._…]\s?){4,}|[–—-]{6,}")
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


class _Piece(NamedTuple):
    """A row of the paper before zones are cut."""

    row: Row
    block: Block
    is_prose: bool


def zones_of(paper: Paper) -> Iterator[Zone]:
    """The runs of short lines of the paper, each with its surroundings."""
    known = paper.known_headings
    run: list[_Piece] = []
    before = ""
    for piece in (piece for block in paper.blocks for piece in _pieces(block)):
        is_heading = piece.block.id in known and not _is_caption_within(run, piece)
        cuts = piece.is_prose or is_heading or len(run) >= _MOST_ROWS
        if not cuts and not _ends_list(run, piece) and not _ends_contacts(paper, run, piece):
            run.append(piece)
            continue
        if run:
            yield _zone(paper, run, before)
        run, before = ([], piece.row.text) if cuts else ([piece], run[-1].row.text)
        if piece.is_prose:
            yield from _tail_zone(paper, piece)
    if run:
        yield _zone(paper, run, before, is_last=True)


_SIGNS = frozenset({TokenKind.NAME, TokenKind.DATE, TokenKind.PARTY, TokenKind.RULE})


def _kinds_in(piece: _Piece) -> set[TokenKind]:
    return {token.kind for cell in piece.row.cells for token in cell.tokens}


def _is_caption_within(run: list[_Piece], piece: _Piece) -> bool:
    """'Underskrift' below a line to write on is that line's caption, though it is a heading's word too."""
    kinds = _kinds_in(piece)
    if run and run[-1].block.table is not None and piece.block.table is None:
        return False
    written = any(_kinds_in(above) & _SIGNS for above in run[-3:])
    return written and bool(kinds) and kinds <= {TokenKind.CAPTION, TokenKind.RULE}


def _ends_contacts(paper: Paper, run: list[_Piece], piece: _Piece) -> bool:
    """The place and day behind contact persons begin the signatures; the persons do not sign."""
    signs = _SIGNS - {TokenKind.NAME}
    begins = bool(_kinds_in(piece) & signs) and not any(_kinds_in(above) & signs for above in run)
    return begins and bool(run) and paper.is_about(run[-1].block, "contacts")


def _ends_list(run: list[_Piece], piece: _Piece) -> bool:
    """A place, party or name right behind a list begins something new; without it a block would pass for the list."""
    after = bool(run) and run[-1].block.kind is BlockKind.LIST_ITEM and piece.block.kind is not BlockKind.LIST_ITEM
    return after and bool(_kinds_in(piece) & _SIGNS)


def _zone(paper: Paper, run: list[_Piece], before: str, *, is_last: bool = False) -> Zone:
    text = "\n".join(piece.row.text for piece in run)
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


def _tail_zone(paper: Paper, piece: _Piece) -> Iterator[Zone]:
    """The end of a transcript's page, where a signature block has been run together with the text before it."""
    whole = trimmed(piece.block, 0, len(piece.block.text))
    tail = whole.part(_tail_start(whole.text))
    roles = sum(is_role_word(word) for word in tail.text.split()) if len(tail.text) <= _LONGEST_TAIL else 0
    if roles < 2:
        return
    tokens = tuple(split_running_text(tail))
    if sum(token.kind is TokenKind.NAME for token in tokens) < 2:
        return
    row = Row((RowCell(0, tokens),), tail.text)
    yield _zone(paper, [_Piece(row, piece.block, False)], whole.text[: -len(tail.text)][-200:], is_last=True)


def _tail_start(text: str) -> int:
    """Where the last sentence of running text ends, 0 when none does; dots to write on end none."""
    ends = [hit.end() for hit in re.finditer(r"(?<![._…\s])[.!?;]\s+(?=[A-ZÅÄÖ])", text)]
    return ends[-1] if ends else 0


def _pieces(block: Block) -> Iterator[_Piece]:
    if block.table is not None:
        yield from _table_pieces(block)
    elif _is_prose(block.text):
        yield _Piece(Row((), block.text), block, True)
    else:
        yield from _line_pieces(block)


def _is_prose(text: str) -> bool:
    """True for running text; a block of short lines, or of lines to write on, is none."""
    without_rules = _RULE.sub("", text)
    longest = max((len(line) for line in re.split(r"[\n\t]", without_rules)), default=0)
    if without_rules != text:
        return longest > _LONGEST_LINE
    return longest > _LONGEST_LINE or (longest > 45 and text.rstrip().endswith((".", ":")) and text[:1].isupper())


def _line_pieces(block: Block) -> Iterator[_Piece]:
    for stretch, tokens, _ in _whole_lines(block):
        columns = list(_tabbed(stretch))
        pair = glued_pair(stretch) if len(columns) == 1 else ()
        cells = tuple(RowCell(column, (token,)) for column, token in enumerate(pair))
        run = run_together(stretch) if len(columns) == 1 and not cells else ()
        if run:
            cells = (RowCell(0, run),)
        if not cells:
            cells = tuple(
                RowCell(column, tokens if part == stretch else tuple(read_tokens(part))) for column, part in columns
            )
        yield _Piece(Row(cells, stretch.text, bool(pair)), block, False)


def _whole_lines(block: Block) -> list[ReadLine]:
    """The printed lines of a block; those that a narrow column has cut ('Kommunstyrelsens', 'ordförande') joined."""
    lines: list[ReadLine] = []
    for line in map(read_line, printed_lines_of(block)):
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


def _table_pieces(block: Block) -> Iterator[_Piece]:
    """The rows of a small table; one of many columns, long cells or measures is no signature block."""
    table = block.table
    if table is None:
        return
    long = any(len(cell.text) > _LONGEST_CELL for cell in table.cells)
    if table.column_count > _MOST_COLUMNS or long or _holds_measures(table):
        yield _Piece(Row((), block.text), block, True)
        return
    for _, group in groupby(table.cells, key=lambda cell: cell.row):
        cells = list(group)
        read = tuple(RowCell(cell.column, _cell_tokens(cell)) for cell in cells)
        text = "\t".join(cell.text for cell in cells)
        yield _Piece(Row(tuple(cell for cell in read if cell.tokens), text), block, False)


def _holds_measures(table: Table) -> bool:
    """True when the columns say what is to be done and more of it than who does it."""
    header = read_header(table)
    return header is not None and header.has_actions and len(header.fields) > 2


def _cell_tokens(cell: Cell) -> tuple[Token, ...]:
    leaves = [leaf for inner in cell.blocks for leaf in cell_blocks(inner)]
    return tuple(token for leaf in leaves for line in _whole_lines(leaf) for token in line.tokens)
