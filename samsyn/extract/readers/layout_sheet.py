"""One page sorted into ruled tables and printed lines, before furniture and footnotes are told apart."""

from __future__ import annotations

from typing import NamedTuple

from samsyn.extract.readers.layout_grid import Grid
from samsyn.extract.readers.layout_lines import TextLine, find_lines, make_line
from samsyn.extract.readers.layout_page import PageContent, Rule, Shade
from samsyn.extract.readers.layout_tables import find_tables


class Sheet(NamedTuple):
    """A page's lines outside tables, its ruled tables, and the drawing that is left."""

    number: int
    width: float
    height: float
    lines: tuple[TextLine, ...]
    grids: tuple[Grid, ...] = ()
    rules: tuple[Rule, ...] = ()
    shades: tuple[Shade, ...] = ()
    turned: tuple[TextLine, ...] = ()
    """Text that runs in another direction, outside tables: watermarks and side notes."""


def lay_out(content: PageContent) -> Sheet:
    """The sheet for one page."""
    tables = find_tables(content)
    return Sheet(
        number=content.number,
        width=content.width,
        height=content.height,
        lines=_underline(find_lines(content.number, tables.words), tables.rules),
        grids=tables.grids,
        rules=tables.rules,
        shades=content.shades,
        turned=_turned_outside(content, tables.grids),
    )


def _underline(lines: tuple[TextLine, ...], rules: tuple[Rule, ...]) -> tuple[TextLine, ...]:
    """The lines, those marked that a rule runs under from their first letter to their last."""
    flat = [rule for rule in rules if rule.is_horizontal]
    if not flat:
        return lines
    return tuple(line._replace(underlined=any(_lies_under(rule, line) for rule in flat)) for line in lines)


def _lies_under(rule: Rule, line: TextLine) -> bool:
    near = -0.5 < rule.top - line.baseline < 0.3 * line.size
    return near and abs(rule.x0 - line.x0) < line.size and abs(rule.x1 - line.x1) < line.size


def _turned_outside(content: PageContent, grids: tuple[Grid, ...]) -> tuple[TextLine, ...]:
    if not content.turned:
        return ()
    used = {id(word) for grid in grids for cell in grid.cells for line in cell.lines for word in line.words}
    rest = [word for word in content.turned if id(word) not in used]
    return (make_line(content.number, rest),) if rest else ()
