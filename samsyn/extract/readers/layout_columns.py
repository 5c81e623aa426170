"""Lines and tables of a page → reading order, with the margins of the column each line stands in."""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.extract.readers.layout_flow import FlowLine
from samsyn.extract.readers.layout_grid import Grid
from samsyn.extract.readers.layout_sheet import Sheet


def order_page(sheet: Sheet, right: float) -> list[FlowLine | Grid]:
    """The page's lines and tables in the order they are read."""
    left = min((line.x0 for line in sheet.lines), default=0.0)
    edge = max([right, *(line.x1 for line in sheet.lines)]) if sheet.lines else right
    items: list[tuple[float, float, FlowLine | Grid]] = []
    for line in sheet.lines:
        items.append((round(line.baseline), line.x0, FlowLine(line, left, edge, sheet.number)))
    for grid in sheet.grids:
        items.append((grid.box.top, grid.box.x0, grid))
    return [item for _, _, item in sorted(items, key=lambda entry: entry[:2])]


def usual_right(sheets: Sequence[Sheet]) -> dict[int, float]:
    """By page width: the right margin that lines of such pages reach."""
    found: dict[int, list[float]] = {}
    for sheet in sheets:
        found.setdefault(round(sheet.width), []).extend(line.x1 for line in sheet.lines)
    return {width: sorted(rights)[int(0.98 * (len(rights) - 1))] for width, rights in found.items() if rights}
