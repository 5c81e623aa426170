"""Takes blocks and gives them back, lines in columns under column words ('Åtgärd ⇥ Ansvarig ⇥ När') made tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samsyn.models.document import Block, BlockKind, Cell, Table
from samsyn.vocabulary.columns import column_lexicon

_FEWEST_COLUMNS = 3
_GAP = re.compile(r"[ \t]*\t[ \t]*")


def gather_tab_rows(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks in order, each line of column words and the lines with as many tabs below it replaced by a table."""
    gathered: list[Block] = []
    index = 0
    while index < len(blocks):
        width = _header_width(blocks[index])
        stop = index + 1
        while width and stop < len(blocks) and 1 < len(_cuts(blocks[stop])) <= width:
            stop += 1
        rows = blocks[index:stop]
        if len(rows) > 1 and any(len(_cuts(row)) == width for row in rows[1:]):
            gathered.append(_as_table(rows, width))
            index = stop
        else:
            gathered.append(blocks[index])
            index += 1
    return tuple(gathered)


def _header_width(block: Block) -> int:
    """The number of columns when every part of the line is a column word, of two fields or more; else 0."""
    texts = [block.text[start:end] for start, end in _cuts(block)]
    lexicon = column_lexicon()
    if len(texts) < _FEWEST_COLUMNS or not all(lexicon.is_exact(text) for text in texts):
        return 0
    return len(texts) if len({lexicon.meaning(text) for text in texts}) > 1 else 0


def _cuts(block: Block) -> list[tuple[int, int]]:
    """Where the parts between the tabs of a paragraph begin and end."""
    if block.kind is not BlockKind.PARAGRAPH or "\t" not in block.text:
        return []
    edges = [0, *(edge for gap in _GAP.finditer(block.text) for edge in gap.span()), len(block.text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _as_table(rows: Sequence[Block], width: int) -> Block:
    cells = tuple(
        Cell(row=row, column=column, blocks=(block.part(start, end),))
        for row, block in enumerate(rows)
        for column, (start, end) in enumerate(_cuts(block))
        if end > start
    )
    table = Table(row_count=len(rows), column_count=width, cells=cells, header_rows=1, ruled=False)
    lines = tuple(line for block in rows for line in block.lines)
    return Block(id=rows[0].id, kind=BlockKind.TABLE, text="", lines=lines[:1] + lines[-1:], table=table)
