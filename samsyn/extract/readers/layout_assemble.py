"""The stream of lines and tables → the document's blocks: headings with levels, list items with depths, tables.

Ids count up in reading order: 'b1', 'b2' …; inside a table 'b14.r2.c0.0' is the first block of the third row's first
cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from samsyn.extract.readers.layout_blocks import Kind, Passage, group_passages, item_depths, part_last_lines
from samsyn.extract.readers.layout_flow import FlowLine, Norms
from samsyn.extract.readers.layout_footnotes import Note
from samsyn.extract.readers.layout_grid import Grid, GridCell, right_of
from samsyn.extract.readers.layout_headings import find_headings, rank_headings
from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_page import PageContent
from samsyn.extract.readers.layout_text import Composed, WordStock, compose
from samsyn.models.document import Block, BlockKind, Cell, Footnote, Line, Table

Item = FlowLine | Grid


class Maker(NamedTuple):
    """What making blocks needs to know of the document."""

    norms: Norms
    stock: WordStock
    turned: Mapping[int, PageContent]
    """The pages whose boxes must be turned back to how a viewer shows them."""


def make_blocks(stream: Sequence[Item], maker: Maker) -> tuple[Block, ...]:
    """The blocks of the document's body, in reading order."""
    passages = _passages(stream, maker.norms)
    headings = find_headings(passages, maker.norms)
    levels = rank_headings(headings)
    depths = item_depths(
        [None if index in headings or isinstance(item, Grid) else item for index, item in enumerate(passages)]
    )
    blocks: list[Block] = []
    for index, (item, depth) in enumerate(zip(passages, depths, strict=True)):
        name = f"b{len(blocks) + 1}"
        if isinstance(item, Grid):
            blocks.append(_table_block(name, item, maker))
        elif index in headings:
            composed = compose(item.lines, maker.stock)
            blocks.append(_block(name, BlockKind.HEADING, composed, maker, level=levels[index]))
        else:
            blocks.append(_passage_block(name, item, depth, maker))
    return tuple(blocks)


def make_footnotes(notes: Sequence[Note], maker: Maker) -> tuple[Footnote, ...]:
    """The footnotes, each with a block 'n1', 'n2' …"""
    made = []
    for index, note in enumerate(notes, 1):
        composed = compose(note.lines, maker.stock, skip=note.skip)
        made.append(Footnote(note.label, _block(f"n{index}", BlockKind.PARAGRAPH, composed, maker)))
    return tuple(made)


def make_furniture(lines: Sequence[TextLine], maker: Maker) -> tuple[Block, ...]:
    """A block 'f1', 'f2' … for each line that is no part of the text."""
    return tuple(
        _block(f"f{index}", BlockKind.PARAGRAPH, compose([line], maker.stock), maker)
        for index, line in enumerate(lines, 1)
    )


def _passages(stream: Sequence[Item], norms: Norms) -> list[Passage | Grid]:
    passages: list[Passage | Grid] = []
    run: list[FlowLine] = []
    for item in stream:
        if isinstance(item, Grid):
            passages.extend(part_last_lines(group_passages(run, norms)))
            run = []
            passages.append(item)
        else:
            run.append(item)
    passages.extend(part_last_lines(group_passages(run, norms)))
    return passages


def _passage_block(name: str, passage: Passage, depth: int, maker: Maker, reach: float | None = None) -> Block:
    composed = compose(passage.lines, maker.stock, reach=reach, skip=passage.marker_words)
    if passage.kind is Kind.ITEM:
        marker = passage.first.words[0].text
        return _block(name, BlockKind.LIST_ITEM, composed, maker, level=depth, marker=marker)
    if passage.columns and composed.text:
        composed = _tabbed(composed, passage.columns)
    return _block(name, BlockKind.PARAGRAPH, composed, maker)


def _tabbed(composed: Composed, columns: Sequence[int]) -> Composed:
    """Side-by-side text with a tab for each column that it leaves empty, in front or between."""
    empty = [columns[0], *(max(0, column - before - 1) for before, column in pairwise(columns))]
    places = [line.start for line in composed.lines]

    def moved(offset: int) -> int:
        return offset + sum(tabs for place, tabs in zip(places, empty, strict=True) if place <= offset)

    text = "".join(
        "\t" * tabs + composed.text[start:end]
        for tabs, start, end in zip(empty, places, [*places[1:], len(composed.text)], strict=True)
    )
    return composed._replace(
        text=text,
        lines=tuple(line._replace(start=moved(line.start) if line.start else 0) for line in composed.lines),
        emphasis=tuple(
            span._replace(start=moved(span.start), end=moved(span.end - 1) + 1) for span in composed.emphasis
        ),
        notes=tuple(note._replace(offset=moved(note.offset - 1) + 1) for note in composed.notes),
        readings=tuple(one._replace(start=moved(one.start), end=moved(one.end - 1) + 1) for one in composed.readings),
    )


def _block(name: str, kind: BlockKind, composed: Composed, maker: Maker, *, level: int = 0, marker: str = "") -> Block:
    return Block(
        id=name,
        kind=kind,
        text=composed.text,
        level=level,
        marker=marker,
        lines=_as_seen(composed.lines, maker),
        emphasis=composed.emphasis,
        notes=composed.notes,
        size=round(composed.size, 1),
        readings=composed.readings,
    )


def _as_seen(lines: tuple[Line, ...], maker: Maker) -> tuple[Line, ...]:
    if not maker.turned:
        return lines
    return tuple(
        line._replace(box=maker.turned[line.page].as_seen(line.box))
        if line.page is not None and line.page in maker.turned and line.box is not None
        else line
        for line in lines
    )


def _table_block(name: str, grid: Grid, maker: Maker) -> Block:
    table = Table(
        row_count=grid.row_count,
        column_count=grid.column_count,
        cells=tuple(_cell(name, cell, maker) for cell in grid.cells),
        header_rows=grid.header_rows,
        ruled=grid.ruled,
        joins=grid.joins,
    )
    lines = tuple(Line(0, page, box) for page, box in grid.spots)
    return Block(id=name, kind=BlockKind.TABLE, text="", lines=_as_seen(lines, maker), table=table)


def _cell(name: str, cell: GridCell, maker: Maker) -> Cell:
    right = right_of(cell)
    reach = right if cell.reach is None else min(right, cell.reach)
    flow = [FlowLine(line, cell.box.x0, right, in_cell=True) for line in cell.lines]
    passages = group_passages(flow, maker.norms)
    place = f"{name}.r{cell.row}.c{cell.column}"
    blocks = [
        _passage_block(f"{place}.{index}", passage, depth, maker, reach)
        for index, (passage, depth) in enumerate(zip(passages, item_depths(passages), strict=True))
    ]
    for grid in cell.grids:
        above = sum(passage.last.baseline < grid.box.bottom for passage in passages)
        blocks.insert(above, _table_block(f"{place}.t", grid, maker))
    if cell.grids:
        blocks = [_renamed(block, f"{place}.{index}") for index, block in enumerate(blocks)]
    return Cell(
        row=cell.row,
        column=cell.column,
        blocks=tuple(blocks),
        row_span=cell.row_span,
        column_span=cell.column_span,
        shaded=cell.shaded,
    )


def _renamed(block: Block, name: str) -> Block:
    """The block under another id, those inside its table too."""
    if block.table is None:
        return replace(block, id=name)
    cells = tuple(
        replace(cell, blocks=tuple(_renamed(inner, name + inner.id[len(block.id) :]) for inner in cell.blocks))
        for cell in block.table.cells
    )
    return replace(block, id=name, table=replace(block.table, cells=cells))
