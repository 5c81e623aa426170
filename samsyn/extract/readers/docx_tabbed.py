"""Word's paragraphs in; out the same, where lines set in columns by tabs under a line of heads are a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from samsyn.extract.readers.docx_items import CellSource, Item, Paragraph, RowSource, TableSource
from samsyn.extract.readers.docx_text import Piece

FEWEST_COLUMNS = 3
"""Two texts beside each other are as likely two names under an agreement."""
TABLE_WIDTH = 450.0
"""Points shared by the columns; tabs give them no width of their own."""
MOST_COLUMNS = 20
_GAPS = (re.compile(r"\t"), re.compile(r"[ \u00a0]*\t[\t \u00a0]*"))
"""Each tab begins a cell; or several in a row lead to one column, as where no tab stops were set."""
_BREAK = re.compile(r"\n")
_RULE = re.compile(r"[_.…]{4,}[_.…\s]*")

_Cells = list[tuple[Piece, ...]]


class _Line(NamedTuple):
    paragraph: Paragraph
    pieces: tuple[Piece, ...]


def gather_tab_rows(items: Sequence[Item]) -> Iterator[Item]:
    """The items, each run of lines with the same tabs under a line of bold heads made a table.

    A line may be a paragraph or end with a manual break. Without bold heads the lines are left as they are.
    """
    index = 0
    while index < len(items):
        table, length = _table_at(items, index)
        yield items[index] if table is None else table
        index += length


def _table_at(items: Sequence[Item], start: int) -> tuple[TableSource | None, int]:
    """The table that begins with the item, and how many items it takes; None and 1 when none does."""
    lines = _lines(items[start])
    if not lines or not _is_head(lines[0]):
        return None, 1
    run: list[list[_Line]] = [lines]
    for item in items[start + 1 :]:
        following = _lines(item)
        if not following or _is_head(following[0]):
            break
        run.append(following)
    for gap in _GAPS:
        width = len(_cut(_trimmed(lines[0].pieces), gap))
        rows: list[RowSource] = []
        taken = 0
        for group in run:
            cut = [(line.paragraph, _cut(_trimmed(line.pieces), gap)) for line in group]
            if not all(_fits(cells, width) for _, cells in cut):
                break
            rows.extend(_row(paragraph, cells) for paragraph, cells in cut)
            taken += 1
        full = sum(len(row.cells) == width for row in rows)
        if FEWEST_COLUMNS <= width <= MOST_COLUMNS and len(rows) > 1 and 2 * full > len(rows):
            return TableSource((replace(rows[0], is_header=True), *rows[1:]), (TABLE_WIDTH / width,) * width), taken
    return None, 1


def _lines(item: Item) -> list[_Line]:
    """The paragraph's lines when every one of them has tabs between words; else none."""
    if not isinstance(item, Paragraph) or item.label or item.outline or item.in_contents:
        return []
    lines = [_Line(item, pieces) for pieces in _cut(item.pieces, _BREAK)]
    return lines if all("\t" in _text(line.pieces).strip() for line in lines) else []


def _fits(cells: _Cells, width: int) -> bool:
    """True for a row of the table: a cell or more may be missing at its end, and none is a line to sign on."""
    return 2 <= len(cells) <= width and not any(_RULE.fullmatch(_text(cell)) for cell in cells)


def _row(paragraph: Paragraph, cells: _Cells) -> RowSource:
    return RowSource(
        tuple(
            CellSource(column=column, span=1, items=(replace(paragraph, pieces=cell),))
            for column, cell in enumerate(cells)
        )
    )


def _is_head(row: _Line) -> bool:
    """True when all that is written in the line is bold, in three cells or more."""
    written = [piece for piece in row.pieces if piece.text.strip()]
    cells = _cut(_trimmed(row.pieces), _GAPS[1])
    return len(cells) >= FEWEST_COLUMNS and all(piece.format.bold for piece in written)


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _trimmed(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces without tabs and blanks before the first word and behind the last."""
    raw = _text(pieces)
    start = len(raw) - len(raw.lstrip())
    return _stretches(pieces, [(start, max(start, len(raw.rstrip())))])[0]


def _cut(pieces: Sequence[Piece], mark: re.Pattern[str]) -> _Cells:
    """The pieces between the marks, one run of pieces each."""
    raw = _text(pieces)
    edges = [0, *(edge for found in mark.finditer(raw) for edge in found.span()), len(raw)]
    return _stretches(pieces, list(zip(edges[::2], edges[1::2], strict=True)))


def _stretches(pieces: Sequence[Piece], bounds: Sequence[tuple[int, int]]) -> _Cells:
    """The pieces within each of the bounds, which come in order; in time proportional to both."""
    found: _Cells = []
    index = place = 0
    for start, end in bounds:
        kept: list[Piece] = []
        while index < len(pieces):
            piece = pieces[index]
            text = piece.text[max(0, start - place) : max(0, end - place)]
            if text or (piece.note and start <= place <= end):
                kept.append(piece._replace(text=text))
            if place + len(piece.text) > end:
                break
            place += len(piece.text)
            index += 1
        found.append(tuple(kept))
    return found
