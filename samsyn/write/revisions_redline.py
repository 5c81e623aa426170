"""Takes a Word file and the blocks of a newer document, gives the file with every difference as a tracked change."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from samsyn.models.document import Block, BlockKind, Cell
from samsyn.write.archive import write_without_clock
from samsyn.write.as_docx import CellContent, Run, TableLook, W, make_paragraph, make_table
from samsyn.write.as_docx_blocks import table_content, table_widths
from samsyn.write.as_docx_styles import StyleIds, add_revision_styles
from samsyn.write.revisions import Edit, Reviser
from samsyn.write.revisions_align import align, word_edits
from samsyn.write.revisions_text import plain, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = f"{{{W}}}"
_TABLE = "\x00table "
"""In front of a table's text, so that it is no version of a paragraph."""
_USUAL_WIDTH = 9070
_LOWEST_HEADING = 9


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph or table of the old file, with its text as the readers give it."""

    text: str
    element: Element


class Redline(NamedTuple):
    """A Word file with tracked changes, and how many there are."""

    data: bytes
    changes: int


def redline_docx(old: bytes, new: Sequence[Block]) -> Redline:
    """The old file with the revisions that make its text that of the new blocks.

    Rejecting all gives the old file, accepting all the new text in the old file's styles. Tables of contents, headers
    and footers stay. Raises ValueError when `old` is no Word file.
    """
    from docx import Document

    try:
        document: Any = Document(io.BytesIO(old))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError("not a Word document (.docx)") from error
    redliner = _Redliner(document)
    redliner.revise(new)
    draft, final = io.BytesIO(), io.BytesIO()
    document.save(draft)
    write_without_clock(draft, final)
    return Redline(final.getvalue(), redliner.changes)


class _Redliner:
    """Marks the changes in one document."""

    def __init__(self, document: Any) -> None:
        self._body: Element = document.element.body
        self._styles = add_revision_styles(document)
        self._reviser = Reviser(document.element)

    @property
    def changes(self) -> int:
        return self._reviser.count

    def revise(self, new: Sequence[Block]) -> None:
        old = [unit for unit in _units(self._body, self._styles.beginning("toc ")) if unit.text]
        wanted = [block for block in new if block.table is not None or block.text.strip()]
        last: Element | None = None
        for ours, theirs in align([unit.text for unit in old], [_block_text(block) for block in wanted]):
            if ours is not None and theirs is not None and self._takes(old[ours].element, wanted[theirs]):
                self._revise(old[ours].element, wanted[theirs])
                last = old[ours].element
            elif ours is not None and theirs is not None:
                self._delete(old[ours].element)
                last = self._put(self._made(wanted[theirs]), old[ours].element)
            elif ours is not None:
                self._delete(old[ours].element)
                last = old[ours].element
            elif theirs is not None:
                last = self._put(self._made(wanted[theirs]), last)

    # ---- what stays, changed ----

    def _revise(self, element: Element, block: Block) -> None:
        if block.table is not None and element.tag == _W + "tbl":
            self._revise_table(element, block)
        elif block.table is None and element.tag == _W + "p":
            self._revise_paragraph(element, block.text)

    def _takes(self, element: Element, block: Block) -> bool:
        """False for a table of more columns than the old one has room for: such a one is put behind it."""
        if block.table is None or element.tag != _W + "tbl":
            return True
        return block.table.column_count <= len(list(element.iter(_W + "gridCol")))

    def _revise_paragraph(self, paragraph: Element, text: str) -> None:
        old, new = plain(text_of(paragraph)), plain(text)
        if old.text != new.text:
            self._reviser.edit(paragraph, [_in_raw(edit, old.places) for edit in word_edits(old.text, new.text)])

    def _revise_table(self, table: Element, block: Block) -> None:
        rows = [row for row in table.iter(_W + "tr") if row.getparent() is table]
        wanted = _rows_of(block)
        texts = [" | ".join(_cell_text(cell) for cell in _cells(row)) for row in rows]
        last: Element | None = None
        for ours, theirs in align(texts, [" | ".join(cell.text for cell in row) for row in wanted]):
            if ours is not None and theirs is not None and len(_cells(rows[ours])) == len(wanted[theirs]):
                for cell, new in zip(_cells(rows[ours]), wanted[theirs], strict=True):
                    self._revise_cell(cell, new)
                last = rows[ours]
            else:
                if ours is not None:
                    self._reviser.delete_row(rows[ours])
                    last = rows[ours]
                if theirs is not None:
                    last = self._insert_row(table, rows, wanted[theirs], last)

    def _revise_cell(self, cell: Element, new: Cell) -> None:
        old = [paragraph for paragraph in cell.iter(_W + "p") if plain(text_of(paragraph)).text]
        texts = [line for line in new.text.split("\n") if line.strip()]
        if " ".join(plain(text_of(paragraph)).text for paragraph in old) == plain(" ".join(texts)).text:
            return
        last = next(iter(cell.iter(_W + "p")), None) if not old else None
        for ours, theirs in align([plain(text_of(paragraph)).text for paragraph in old], texts):
            if ours is not None and theirs is not None:
                self._revise_paragraph(old[ours], texts[theirs])
                last = old[ours]
            elif ours is not None:
                self._reviser.delete_paragraph(old[ours])
                last = old[ours]
            elif theirs is not None:
                made = self._reviser.inserted_paragraph([Run(texts[theirs])])
                if last is not None:
                    last.addnext(made)
                    last = made
                else:
                    first = next(iter(cell.iter(_W + "p")))
                    first.addprevious(made)
                    last = made

    def _insert_row(
        self, table: Element, rows: Sequence[Element], cells: Sequence[Cell], last: Element | None
    ) -> Element:
        """A new row in the look of one of the table's own, after the last row that was dealt with."""
        model = next((row for row in reversed(rows) if len(_cells(row)) == len(cells)), None)
        made = _row_like(model, cells) if model is not None else _plain_row(cells)
        if last is not None:
            last.addnext(made)
        elif rows:
            rows[0].addprevious(made)
        else:
            table.append(made)
        self._reviser.insert_row(made)
        return made

    # ---- what goes and what comes ----

    def _delete(self, element: Element) -> None:
        if element.tag == _W + "p":
            self._reviser.delete_paragraph(element)
            return
        for row in element.iter(_W + "tr"):
            self._reviser.delete_row(row)

    def _made(self, block: Block) -> Element:
        if block.table is None:
            return self._reviser.inserted_paragraph([Run(_with_bullet(block, self._styles))], style=self._style(block))
        look = TableLook(self._styles["table grid"], table_widths(block.table, _USUAL_WIDTH), header_rows=0)
        table = make_table(table_content(block.table), look)
        for row in table.iter(_W + "tr"):
            self._reviser.insert_row(row)
        return table

    def _style(self, block: Block) -> str:
        if block.kind is BlockKind.HEADING:
            return self._styles[f"heading {min(max(1, block.level), _LOWEST_HEADING)}"]
        return self._styles["list bullet"] if block.kind is BlockKind.LIST_ITEM else ""

    def _put(self, made: Element, last: Element | None) -> Element:
        if last is not None:
            last.addnext(made)
        else:
            self._body.insert(0, made)
        before, behind = made.getprevious(), made.getnext()
        if made.tag == _W + "tbl":
            # Tables that touch are one table to Word.
            if before is not None and before.tag == _W + "tbl":
                made.addprevious(self._reviser.inserted_paragraph([]))
            if behind is not None and behind.tag == _W + "tbl":
                made.addnext(self._reviser.inserted_paragraph([]))
        return made


def _units(parent: Element, contents: frozenset[str]) -> Iterator[_Unit]:
    """The paragraphs and tables of the body in order; those in a style of tables of contents are left alone."""
    for element in parent:
        if element.tag == _W + "p" and not _is_contents(element, contents):
            yield _Unit(plain(text_of(element)).text, element)
        elif element.tag == _W + "tbl":
            rows = (" | ".join(_cell_text(cell) for cell in _cells(row)) for row in element.iter(_W + "tr"))
            yield _Unit(_TABLE + " ".join(rows), element)
        elif element.tag == _W + "sdt" and element.find(f"{_W}sdtPr/{_W}docPartObj") is None:
            content = element.find(_W + "sdtContent")
            if content is not None and element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is None:
                yield from _units(content, contents)


def _is_contents(paragraph: Element, contents: frozenset[str]) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(_W + "val", "") if style is not None else ""
    return name in contents or name.casefold().startswith(("toc", "innehåll"))


def _block_text(block: Block) -> str:
    if block.table is None:
        return plain(block.text).text
    return _TABLE + " ".join(" | ".join(plain(cell.text).text for cell in row) for row in _rows_of(block))


def _rows_of(block: Block) -> list[list[Cell]]:
    """The cells that begin in each row, merged ones once."""
    if block.table is None:
        return []
    rows: list[list[Cell]] = [[] for _ in range(block.table.row_count)]
    for cell in block.table.cells:
        rows[cell.row].append(cell)
    return rows


def _cells(row: Element) -> list[Element]:
    """The row's cells, those merged into one above left out."""
    cells = []
    for cell in row.iter(_W + "tc"):
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        if cell.getparent() is row and (merge is None or merge.get(_W + "val") == "restart"):
            cells.append(cell)
    return cells


def _cell_text(cell: Element) -> str:
    return " ".join(text for paragraph in cell.iter(_W + "p") if (text := plain(text_of(paragraph)).text))


def _row_like(model: Element, cells: Sequence[Cell]) -> Element:
    """A copy of the row with other text, without the revisions marked in it."""
    made = copy.deepcopy(model)
    for mark in list(made.iter(_W + "ins", _W + "del")):
        mark.getparent().remove(mark)
    for cell, new in zip(_cells(made), cells, strict=True):
        first = next(iter(cell.iter(_W + "p")), None)
        properties = first.find(_W + "pPr") if first is not None else None
        for child in [child for child in cell if child.tag != _W + "tcPr"]:
            cell.remove(child)
        for paragraph in _lines(new.text):
            if properties is not None:
                paragraph.insert(0, copy.deepcopy(properties))
            cell.append(paragraph)
    return made


def _plain_row(cells: Sequence[Cell]) -> Element:
    look = TableLook("", (_USUAL_WIDTH // max(1, len(cells)),) * len(cells), header_rows=0)
    table = make_table([[CellContent(_lines(cell.text)) for cell in cells]], look)
    return next(iter(table.iter(_W + "tr")))


def _lines(text: str) -> list[Element]:
    return [make_paragraph([Run(line)] if line else []) for line in text.split("\n")]


def _with_bullet(block: Block, styles: StyleIds) -> str:
    """A list item whose bullet no style of the file makes gets one of its own."""
    return f"• {block.text}" if block.kind is BlockKind.LIST_ITEM and not styles["list bullet"] else block.text


def _in_raw(edit: Edit, places: Sequence[int]) -> Edit:
    """The edit of the plain text as one of the raw text."""
    if not places:
        return Edit(0, 0, edit.text)
    start = places[edit.start] if edit.start < len(places) else places[-1] + 1
    end = places[edit.end - 1] + 1 if edit.end > edit.start else start
    return Edit(start, end, edit.text)
