"""Takes a run of blocks and gives it back with lists that stand side by side, a party above each, one after the other.

Leaflets set what the parties promise beside each other: 'Polisen lovar' and 'Kommunen lovar' over a column of bullets
each. A file holds them as a table of two rows, but each bullet is an undertaking of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from samsyn.extract.headings import MEASURES, heading_meanings
from samsyn.models.document import Block, BlockKind, Cell, Table
from samsyn.vocabulary.phrases import has_phrase

_PARTIES = ("municipality", "police", "both")
_RANK = 9
"""The heading of a column ranks below the headings of the text around the table."""


def part_party_columns(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks in order, each table of parties' lists replaced by its columns: the party as a heading, its items."""
    return tuple(part for block in blocks for part in _parts(block))


def _parts(block: Block) -> Iterator[Block]:
    columns = _columns(block.table) if block.table is not None else ()
    if not columns:
        yield block
    for head, body in columns:
        first = next(inner for inner in head.blocks if inner.text.strip())
        yield replace(first, kind=BlockKind.HEADING, level=_RANK)
        yield from body.blocks


def _columns(table: Table) -> tuple[tuple[Cell, Cell], ...]:
    """The cells of each column, its head and its list; empty where the table is any other."""
    if table.row_count != 2 or len(table.cells) != 2 * table.column_count or table.column_count < 2:
        return ()
    heads, bodies = table.cells[: table.column_count], table.cells[table.column_count :]
    listed = all(map(_is_list, bodies)) and any(len(body.blocks) > 1 for body in bodies)
    return tuple(zip(heads, bodies, strict=True)) if listed and all(map(_names_party, heads)) else ()


def _is_list(cell: Cell) -> bool:
    return bool(cell.blocks) and all(block.kind is BlockKind.LIST_ITEM for block in cell.blocks)


def _names_party(head: Cell) -> bool:
    """'Polisen lovar', 'Kommunens åtgärder', 'Tillsammans': a party, and that something is undertaken."""
    announces = bool(MEASURES & set(heading_meanings(head.text)))
    return announces and any(has_phrase(head.text, "undertakers", party) for party in _PARTIES)
