"""Takes the blocks of a document that is no Word file, gives them as one: headings, paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from samsyn.models.document import Block, BlockKind, Cell, Table
from samsyn.write.as_docx import CellContent, Run, TableLook, make_paragraph, make_table, number_paragraph
from samsyn.write.as_docx_document import WordFile
from samsyn.write.as_docx_widths import column_widths

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LOWEST_HEADING = 4


def blocks_docx(title: str, blocks: Sequence[Block]) -> bytes:
    """The blocks as the bytes of a .docx file with the given title; pictures and footnotes are not there."""
    file = WordFile(title)
    bullets = file.number_list([("bullet", "•", 360), ("bullet", "–", 720), ("bullet", "•", 1080)])
    for block in blocks:
        if block.table is not None:
            file.add(_table(block.table, file))
            file.paragraph([])
        elif block.kind is BlockKind.HEADING:
            file.heading([Run(block.text)], min(max(1, block.level), _LOWEST_HEADING))
        elif block.kind is BlockKind.LIST_ITEM:
            made = file.paragraph([Run(block.text)], "List Bullet")
            number_paragraph(made, bullets, min(max(1, block.level), 3) - 1)
        else:
            file.paragraph([Run(block.text)])
    return file.to_bytes()


def _table(table: Table, file: WordFile) -> Element:
    look = TableLook(file.styles["samsyn Tabell"], table_widths(table, file.text_width(wide=False)))
    rows = table_content(table, file.styles["samsyn Tabelltext"])
    return make_table(rows, look._replace(header_rows=table.header_rows))


def table_content(table: Table, style: str = "") -> list[list[CellContent]]:
    """The table's cells row by row as they are written, merged ones too, in the paragraph style with this id."""
    return [_row(index, row, style) for index, row in enumerate(table.rows())]


def table_widths(table: Table, width: int) -> tuple[int, ...]:
    """The widths of the table's columns in twentieths of a point, together `width`."""
    columns = [
        [cell.text for cell in table.cells if cell.column == number and cell.column_span == 1]
        for number in range(table.column_count)
    ]
    return column_widths(columns, width)


def _row(index: int, row: Sequence[Cell | None], style: str) -> list[CellContent]:
    """The row's cells, one that is merged downwards written where it begins."""
    cells: list[CellContent] = []
    last: Cell | None = None
    for cell in row:
        if cell is not None and cell is last:
            cells[-1] = cells[-1]._replace(span=cells[-1].span + 1)
            continue
        last = cell
        begins = cell is None or cell.row == index
        merge = "" if cell is None or cell.row_span == 1 else "restart" if begins else "continue"
        cells.append(CellContent(_paragraphs(cell if begins else None, style), merge=merge))
    return cells


def _paragraphs(cell: Cell | None, style: str) -> list[Element]:
    texts = [block.text for block in cell.blocks if block.text] if cell is not None else []
    return [make_paragraph([Run(text)], style=style) for text in texts or [""]]
