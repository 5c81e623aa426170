"""The header of a table without rules that ends its page alone, cut into columns by the rows on the next page.

Its words may stand no further apart than those of a sentence; where the columns begin only the rows below tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.extract.readers.layout_flow import FlowLine
from samsyn.extract.readers.layout_grid import EDGE, Grid, GridCell
from samsyn.extract.readers.layout_lines import TextLine, make_line
from samsyn.extract.readers.layout_parts import cut_line
from samsyn.extract.readers.layout_regions import Row, find_rows

_NEAR = 0.8
"""Points between where a header and the text below it begin."""
_ASKED = 6
"""How many printed rows at the top of the next page are asked."""


def head_of(last: FlowLine | Grid, below: Sequence[TextLine]) -> Grid | None:
    """The header that the last thing on a page is, given the lines of the next page; None where it is none."""
    line = _head_line(last)
    if line is None or not below:
        return None
    rows = find_rows(below)[:_ASKED]
    starts = tuple(word.x0 for word in line.words if not word.glued and _begins_column(word.x0, rows))
    if len(starts) < 3 or starts[0] != line.x0 or abs(rows[0].size - line.size) > 0.6:
        return None
    if isinstance(last, Grid) and len(starts) <= last.column_count:
        return None
    cells = tuple(GridCell(0, column, 1, 1, part.box, (part,)) for column, part in cut_line(line, starts, tight=True))
    return Grid(
        page=line.page,
        box=line.box,
        columns=(*(start - EDGE for start in starts), line.x1 + EDGE),
        row_count=1,
        cells=cells,
        ruled=False,
        header_rows=1,
    )


def _head_line(last: FlowLine | Grid) -> TextLine | None:
    """All text of a line in bold, or of a table that is nothing but a header of one line."""
    if isinstance(last, FlowLine):
        return last.line if last.line.bold and len(last.line.words) > 2 else None
    if last.ruled or last.row_count != 1 or last.header_rows != 1 or last.cards:
        return None
    lines = [line for cell in last.cells for line in cell.lines]
    if any(abs(line.baseline - lines[0].baseline) > 1 for line in lines):
        return None
    return make_line(lines[0].page, [word for line in lines for word in line.words])


def _begins_column(start: float, rows: Sequence[Row]) -> bool:
    """True where text begins at a place in two rows at least, and none runs across it."""
    begun = 0
    for row in rows:
        words = list(row.words())
        if any(word.x0 < start - _NEAR and word.x1 > start + _NEAR for word in words):
            return False
        begun += any(abs(word.x0 - start) < _NEAR for word in words)
    return begun >= 2
