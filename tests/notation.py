"""A notation in which tests write divided documents by hand, and the document it stands for.

# Heading            level by the number of signs
* item, ** nested    list items by depth
1. item              numbered list item
| a | b              a table row; two lines of rows apart make two tables; `=` in a cell repeats the one to its left
                     (merged over columns), `"` the one above (merged over rows); ` / ` parts paragraphs and items
**lead** text        a paragraph with a bold beginning
anything else        a paragraph
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from samsyn.models.document import Block, BlockKind, Cell, Document, Emphasis, Table
from samsyn.models.source import Source

SOURCE = Source(file="case.txt", sha256="0" * 64, media_type="text/plain", pages=None)

_HEADING = re.compile(r"(#+) (.*)")
_ITEM = re.compile(r"(\*+|\d{1,2}\.) (.*)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*(.*)")


def document_of(text: str) -> Document:
    """The document that `text` describes."""
    return Document(source=SOURCE, blocks=tuple(_blocks(text)))


def _blocks(text: str) -> Iterator[Block]:
    rows: list[list[str]] = []
    number = 0
    for line in [*text.strip().split("\n"), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("| ").split("|")])
            continue
        if rows:
            number += 1
            yield _table(f"b{number}", rows)
            rows = []
        if line.strip():
            number += 1
            yield _block(f"b{number}", line.strip())


def _block(identifier: str, line: str) -> Block:
    if match := _HEADING.match(line):
        return Block(identifier, BlockKind.HEADING, match[2], level=len(match[1]))
    if match := _BOLD.match(line):
        text = match[1] + match[2]
        return Block(identifier, BlockKind.PARAGRAPH, text, emphasis=(Emphasis(0, len(match[1]), True, False),))
    if match := _ITEM.match(line):
        depth = len(match[1]) if match[1].startswith("*") else 1
        return Block(identifier, BlockKind.LIST_ITEM, match[2], level=depth, marker=match[1])
    return Block(identifier, BlockKind.PARAGRAPH, line)


def _in_cell(identifier: str, text: str) -> Block:
    item = _ITEM.fullmatch(text)
    return (
        Block(identifier, BlockKind.LIST_ITEM, item[2], 1, item[1])
        if item
        else Block(identifier, BlockKind.PARAGRAPH, text)
    )


def _table(identifier: str, rows: list[list[str]]) -> Block:
    width = max(len(row) for row in rows)
    grid = [row + [""] * (width - len(row)) for row in rows]
    cells = []
    for y, row in enumerate(grid):
        for x, text in enumerate(row):
            if text in ("=", '"'):
                continue
            across = 1
            while x + across < width and row[x + across] == "=":
                across += 1
            down = 1
            while y + down < len(grid) and grid[y + down][x] == '"':
                down += 1
            blocks = tuple(
                _in_cell(f"{identifier}.r{y}.c{x}.{n}", part) for n, part in enumerate(text.split(" / ")) if part
            )
            cells.append(Cell(y, x, blocks, row_span=down, column_span=across))
    table = Table(row_count=len(grid), column_count=width, cells=tuple(cells))
    return Block(identifier, BlockKind.TABLE, "", table=table)
