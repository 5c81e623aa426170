"""Takes the HTML of a table and gives it as raw cells with their spans, markup inside the cells left in place."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import groupby

from samsyn.extract.readers.text_draft import RawCell, RawTable
from samsyn.extract.readers.text_tables import MOST_CELLS, MOST_COLUMNS

_KEPT = frozenset(("b", "strong", "i", "em", "sup"))
_BREAKS = frozenset(("p", "div", "br", "li", "ul", "ol"))
_LOOSE_BRACKET = re.compile(r"<(?!/?[a-zA-Z][^<>]{0,500}>)")
"""A bracket that begins no whole tag: the parser would look for the tag's end again and again."""
_AMPERSAND = "\ue000"
"""Stands for '&' while the parser reads, so that entities reach the inline reader as written."""
_MOST_SPAN = 1000
_DEEPEST = 4


def parse_table(markup: str) -> RawTable | None:
    """The first table in `markup`, None when it has no cell; unclosed cells and rows end where the next begins."""
    parser = _TableParser()
    parser.feed(_LOOSE_BRACKET.sub("&lt;", markup).replace("&", _AMPERSAND))
    parser.close()
    return parser.result()


class _Frame:
    """One table being read: its cells so far and the places that row spans have taken."""

    def __init__(self) -> None:
        self.cells: list[RawCell] = []
        self.taken: set[tuple[int, int]] = set()
        self.row = -1
        self.column = 0
        self.header_rows = 0
        self.in_header = True
        self.row_is_header = True
        self.open = False
        self.spans = (1, 1)
        self.parts: list[str | RawTable] = []

    def start_row(self) -> None:
        """Begin a row."""
        self.end_row()
        self.row += 1
        self.column = 0
        self.row_is_header = True

    def end_row(self) -> None:
        """End the row: all header cells so far make it one more header row."""
        self.end_cell()
        if self.row >= 0 and self.column:
            self.in_header = self.in_header and self.row_is_header
            self.header_rows = self.row + 1 if self.in_header else self.header_rows

    def start_cell(self, *, header: bool, spans: tuple[int, int]) -> None:
        """Begin a cell at the next free place of the row."""
        self.end_cell()
        if self.row < 0:
            self.start_row()
        while (self.row, self.column) in self.taken:
            self.column += 1
        self.row_is_header = self.row_is_header and header
        self.open, self.spans, self.parts = True, spans, []

    def end_cell(self) -> None:
        """End the open cell, if one is."""
        if not self.open:
            return
        rows, columns = self.spans
        columns = max(1, min(columns, MOST_COLUMNS - self.column))
        if len(self.taken) < MOST_CELLS:
            area = min(rows * columns, MOST_CELLS - len(self.taken))
            for offset in range(area):
                self.taken.add((self.row + offset // columns, self.column + offset % columns))
            self.cells.append(RawCell(self.row, self.column, self._paragraphs(), rows, columns))
        self.column += columns
        self.open = False

    def _paragraphs(self) -> tuple[str | RawTable, ...]:
        found: list[str | RawTable] = []
        for is_text, parts in groupby(self.parts, lambda part: isinstance(part, str)):
            if is_text:
                lines = "".join(str(part) for part in parts).replace(_AMPERSAND, "&").split("\n")
                found.extend(line.strip() for line in lines if line.strip())
            else:
                found.extend(parts)
        return tuple(found)

    def add(self, part: str | RawTable) -> None:
        """Add text or a nested table to the open cell."""
        if self.open:
            self.parts.append(part)

    def result(self) -> RawTable | None:
        """The table read."""
        self.end_row()
        if not self.cells:
            return None
        height = self.row + 1
        width = min(MOST_COLUMNS, max(cell.column + cell.column_span for cell in self.cells))
        cells = tuple(cell._replace(row_span=min(cell.row_span, height - cell.row)) for cell in self.cells)
        return RawTable(height, width, cells, min(self.header_rows, height - 1))


class _TableParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._stack: list[_Frame] = []
        self._result: RawTable | None = None
        self._too_deep = 0

    def result(self) -> RawTable | None:
        while self._stack:
            self._close_table()
        return self._result

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" and len(self._stack) == _DEEPEST:
            self._too_deep += 1
        elif tag == "table":
            self._stack.append(_Frame())
        if not self._stack:
            return
        frame = self._stack[-1]
        if tag == "tr":
            frame.start_row()
        elif tag in ("td", "th"):
            given = dict(attrs)
            frame.start_cell(header=tag == "th", spans=(_span(given.get("rowspan")), _span(given.get("colspan"))))
        elif tag in _BREAKS:
            frame.add("\n- " if tag == "li" else "\n")
        elif tag in _KEPT:
            frame.add(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if not self._stack:
            return
        frame = self._stack[-1]
        if tag == "table" and self._too_deep:
            self._too_deep -= 1
        elif tag == "table":
            self._close_table()
        elif tag == "tr":
            frame.end_row()
        elif tag in ("td", "th"):
            frame.end_cell()
        elif tag in _BREAKS:
            frame.add("\n")
        elif tag in _KEPT:
            frame.add(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._stack:
            self._stack[-1].add(re.sub(r"\s+", " ", data))

    def _close_table(self) -> None:
        table = self._stack.pop().result()
        if self._stack and table:
            self._stack[-1].add(table)
        elif not self._stack and self._result is None:
            self._result = table


def _span(given: str | None) -> int:
    number = int(given) if given and given.strip().isdecimal() and len(given) <= 6 else 1
    return max(1, min(number, _MOST_SPAN))
