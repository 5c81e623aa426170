"""Rules and words of a page → its ruled tables and the words outside them.

pdfplumber's table finder sees to the cells; it is fed a stand-in page with our rules as its edges, one group of
touching rules at a time, so that its cost does not grow with the square of a page's rules. Sides that a table leaves
open (no outer verticals, or a row cut by the page's end) are closed first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from samsyn.extract.readers.layout_grid import Grid, GridCell, count_header_rows
from samsyn.extract.readers.layout_lines import TextLine, find_lines, make_line
from samsyn.extract.readers.layout_page import PageContent, Rule, Shade, Word
from samsyn.models.source import Box

TOUCH = 2.5
"""Rules that come this near, in points, meet."""
SLIM = 4.0
"""Columns and rows narrower than this come from double rules."""
MAX_RULES = 1500
"""More on one page, once pieces of the same line are joined, is a drawing or a map."""
MAX_CROSSINGS = 2500
"""More in one group of rules is graph paper: the largest tables seen have some hundred cells a page."""
CELL_GAP = 3.0
"""A gap of this many type sizes parts side-by-side text in a cell; narrow justified cells stretch far."""


class Tables(NamedTuple):
    """The ruled tables of a page, and what lies outside them."""

    grids: tuple[Grid, ...]
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]


def find_tables(content: PageContent) -> Tables:
    """The ruled tables of a page; boxes around text and tables of one column are left as ordinary text."""
    rules = join_rules(content.rules)
    if not 4 <= len(rules) <= MAX_RULES:
        return Tables((), content.words, rules)
    found = [lattice for group in _touching(rules) if (lattice := _lattice(group)) is not None]
    found = _drop_page_frames(found, content)
    found.sort(key=lambda lattice: lattice.box.width * lattice.box.height)
    grids, rest = _fill(found, content)
    inside = [lattice.box for lattice in found]
    outside = tuple(rule for rule in rules if not any(_holds_rule(box, rule) for box in inside))
    return Tables(grids, rest, outside)


def join_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules, those joined that continue each other (dashes, one piece a cell)."""
    flat: dict[float, list[Rule]] = defaultdict(list)
    upright: dict[float, list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.is_horizontal:
            flat[round(rule.top)].append(rule)
        else:
            upright[round(rule.x0)].append(rule)
    joined: list[Rule] = []
    for group in _merge_neighbours(flat):
        y = sum(rule.top for rule in group) / len(group)
        joined.extend(Rule(x0, y, x1, y) for x0, x1 in _spans((rule.x0, rule.x1) for rule in group))
    for group in _merge_neighbours(upright):
        x = sum(rule.x0 for rule in group) / len(group)
        joined.extend(Rule(x, top, x, bottom) for top, bottom in _spans((rule.top, rule.bottom) for rule in group))
    return tuple(joined)


def _merge_neighbours(groups: dict[float, list[Rule]]) -> list[list[Rule]]:
    """Rules whose rounded places differ by one point may lie on one line."""
    merged: list[tuple[float, list[Rule]]] = []
    for place in sorted(groups):
        if merged and place - merged[-1][0] <= 1:
            merged[-1][1].extend(groups[place])
        else:
            merged.append((place, list(groups[place])))
    return [group for _, group in merged]


def _spans(pieces: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    for start, end in sorted(pieces):
        if spans and start <= spans[-1][1] + TOUCH:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of rules that hang together, and of verticals of one height that stand side by side."""
    flat = [rule for rule in rules if rule.is_horizontal]
    upright = [rule for rule in rules if not rule.is_horizontal]
    groups = _Groups(len(flat) + len(upright))
    for row, rule in enumerate(flat):
        for column, other in enumerate(upright, len(flat)):
            if rule.x0 - TOUCH <= other.x0 <= rule.x1 + TOUCH and other.top - TOUCH <= rule.top <= other.bottom + TOUCH:
                groups.unite(row, column)
    _unite_columns(upright, len(flat), groups)
    hanging = [[(*flat, *upright)[index] for index in group] for group in groups.lists()]
    return [part for group in hanging for part in _beside(group) if len(part) > 2]


def _beside(group: list[Rule]) -> list[list[Rule]]:
    """The group in parts where no horizontal rule crosses a gap between its verticals: tables side by side."""
    spans = _spans((rule.x0, rule.x1) for rule in group if rule.is_horizontal)
    if len(spans) < 2:
        return [group]
    parts = [[rule for rule in group if x0 - TOUCH <= rule.x0 and rule.x1 <= x1 + TOUCH] for x0, x1 in spans]
    return parts if sum(map(len, parts)) == len(group) else [group]


def _unite_columns(upright: Sequence[Rule], offset: int, groups: _Groups) -> None:
    """A row that fills a whole page has verticals alone: three or more of the same height."""
    heights: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, rule in enumerate(upright):
        heights[round(rule.top / 2), round(rule.bottom / 2)].append(index)
    for indexes in heights.values():
        if len(indexes) >= 3:
            for index in indexes[1:]:
                groups.unite(indexes[0] + offset, index + offset)


class _Groups:
    """Union-find over indexes."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))

    def find(self, index: int) -> int:
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def unite(self, first: int, second: int) -> None:
        a, b = self.find(first), self.find(second)
        if a != b:
            self.parent[max(a, b)] = min(a, b)

    def lists(self) -> list[list[int]]:
        members: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self.parent)):
            members[self.find(index)].append(index)
        return list(members.values())


# --- the grid of one group --------------------------------------------------------------------------------------------


_Cell = tuple[int, int, int, int]
"""(row, column, row span, column span)"""


class _Lattice(NamedTuple):
    box: Box
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[_Cell, ...]
    open_top: bool
    open_bottom: bool


def _lattice(group: Sequence[Rule]) -> _Lattice | None:
    """The grid that a group of rules draws, or None when it is no grid."""
    flat = sum(rule.is_horizontal for rule in group)
    if flat * (len(group) - flat) > MAX_CROSSINGS:
        return None
    rules, open_top, open_bottom = _close_sides(group)
    boxes = _find_cells(rules)
    if not boxes:
        return None
    columns = _edges([x for x0, _, x1, _ in boxes for x in (x0, x1)])
    rows = _edges([y for _, y0, _, y1 in boxes for y in (y0, y1)])
    if len(columns) < 2 or len(rows) < 2:
        return None
    cells = _place_cells(boxes, columns, rows)
    box = Box(columns[0], rows[0], columns[-1], rows[-1])
    return _Lattice(box, columns, rows, cells, open_top, open_bottom)


def _close_sides(group: Sequence[Rule]) -> tuple[list[Rule], bool, bool]:
    """The rules with virtual ones where the table leaves a side open, and whether top and bottom were open."""
    rules = list(group)
    flat = [rule for rule in rules if rule.is_horizontal]
    upright = [rule for rule in rules if not rule.is_horizontal]
    if not upright:
        return rules, False, False
    for x, at_start in ((min(rule.x0 for rule in rules), True), (max(rule.x1 for rule in rules), False)):
        ends = [rule.top for rule in flat if abs((rule.x0 if at_start else rule.x1) - x) < TOUCH]
        closed = any(abs(rule.x0 - x) < TOUCH + 1 for rule in upright)
        if len(ends) >= 2 and not closed:
            rules.append(Rule(x, min(ends), x, max(ends)))
    upright = [rule for rule in rules if not rule.is_horizontal]
    left, right = min(rule.x0 for rule in upright), max(rule.x0 for rule in upright)
    opened = []
    for y, at_start in ((min(rule.top for rule in upright), True), (max(rule.bottom for rule in upright), False)):
        touching = [rule for rule in upright if abs((rule.top if at_start else rule.bottom) - y) < TOUCH]
        closed = any(abs(rule.top - y) < TOUCH + 1 for rule in flat)
        opened.append(len(touching) >= 2 and not closed)
        if opened[-1]:
            rules.append(Rule(left, y, right, y))
    return rules, opened[0], opened[1]


class _StandIn(NamedTuple):
    """All that pdfplumber's table finder asks of a page."""

    bbox: tuple[float, float, float, float]
    edges: list[dict[str, Any]]
    chars: list[dict[str, Any]]


def _find_cells(rules: Sequence[Rule]) -> list[tuple[float, float, float, float]]:
    from pdfplumber.table import TableFinder

    right, bottom = max(rule.x1 for rule in rules), max(rule.bottom for rule in rules)
    edges = [
        {
            "object_type": "line",
            "x0": rule.x0,
            "x1": rule.x1,
            "top": rule.top,
            "bottom": rule.bottom,
            "width": rule.x1 - rule.x0,
            "height": rule.bottom - rule.top,
            "orientation": "h" if rule.is_horizontal else "v",
        }
        for rule in rules
    ]
    finder = TableFinder(cast(Any, _StandIn((0, 0, right + 1, bottom + 1), edges, [])))
    return [(float(x0), float(top), float(x1), float(bottom)) for x0, top, x1, bottom in finder.cells]


def _edges(places: Iterable[float]) -> tuple[float, ...]:
    """The distinct places, those nearer than a slim column taken as one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > SLIM:
            edges.append(place)
    return tuple(edges)


def _place_cells(
    boxes: Iterable[tuple[float, float, float, float]], columns: Sequence[float], rows: Sequence[float]
) -> tuple[_Cell, ...]:
    taken: set[tuple[int, int]] = set()
    cells: list[_Cell] = []
    for x0, top, x1, bottom in sorted(boxes, key=lambda box: (box[1], box[0])):
        column, row = _index(columns, x0), _index(rows, top)
        wide, high = _index(columns, x1) - column, _index(rows, bottom) - row
        places = {(row + down, column + across) for down in range(high) for across in range(wide)}
        if places and not places & taken:
            taken |= places
            cells.append((row, column, high, wide))
    return tuple(sorted(cells))


def _index(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - place))


# --- words into cells -------------------------------------------------------------------------------------------------


def _drop_page_frames(found: Sequence[_Lattice], content: PageContent) -> list[_Lattice]:
    """Without the boxes that hold most of a page's text in one cell: borders of the page, not tables."""
    kept = []
    for lattice in found:
        share = lattice.box.width * lattice.box.height / max(1.0, content.width * content.height)
        if share > 0.5 and len(lattice.cells) <= 6:
            most = max(sum(_inside(_cell_box(lattice, cell), word) for word in content.words) for cell in lattice.cells)
            total = sum(_inside(lattice.box, word) for word in content.words)
            if total and most > 0.85 * total:
                continue
        kept.append(lattice)
    return kept


def _inside(box: Box, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _cell_box(lattice: _Lattice, cell: _Cell) -> Box:
    row, column, high, wide = cell
    return Box(lattice.columns[column], lattice.rows[row], lattice.columns[column + wide], lattice.rows[row + high])


def _fill(found: Sequence[_Lattice], content: PageContent) -> tuple[tuple[Grid, ...], tuple[Word, ...]]:
    """The grids with their words, inner tables in the cells of the outer ones, and the words left over."""
    words = list(content.words)
    grids: list[Grid] = []
    for lattice in found:
        members, outside = _into_cells(lattice, words)
        inner = [grid for grid in grids if _holds(lattice.box, grid.box) and not grid.doubtful]
        grid = _grid(lattice, members, inner, content)
        if not _is_table(grid):
            if inner or not any(cell.lines for cell in grid.cells):
                continue
            grid = grid._replace(doubtful=True)
        grids = [*(other for other in grids if other not in inner), grid]
        words = outside
    return tuple(sorted(grids, key=lambda grid: (grid.box.top, grid.box.x0))), tuple(words)


def _into_cells(lattice: _Lattice, words: Iterable[Word]) -> tuple[dict[_Cell, list[Word]], list[Word]]:
    """The words whose middle each cell holds, and those that lie in none."""
    rows, columns, cells = lattice.rows, lattice.columns, lattice.cells
    places = {
        (row + down, column + across): (row, column, high, wide)
        for row, column, high, wide in cells
        for down in range(high)
        for across in range(wide)
    }
    members: dict[_Cell, list[Word]] = {cell: [] for cell in cells}
    outside: list[Word] = []
    for word in words:
        _, x0, top, x1, bottom, _, _, _, _, _, _ = word
        row, column = bisect_right(rows, (top + bottom) / 2) - 1, bisect_right(columns, (x0 + x1) / 2) - 1
        cell = places.get((row, column))
        (outside if cell is None else members[cell]).append(word)
    return members, outside


def _grid(
    lattice: _Lattice, members: Mapping[_Cell, Sequence[Word]], inner: Sequence[Grid], content: PageContent
) -> Grid:
    cells = []
    for cell in lattice.cells:
        box = _cell_box(lattice, cell)
        lines = find_lines(content.number, members[cell], wide_gap=CELL_GAP, cell=box) if members[cell] else ()
        cells.append(
            GridCell(
                *cell,
                box=box,
                lines=lines or _turned_lines(box, content),
                shaded=is_shaded(box, content.shades),
                grids=tuple(grid for grid in inner if _holds(box, grid.box)),
            )
        )
    rows, columns = len(lattice.rows) - 1, len(lattice.columns) - 1
    return Grid(
        page=content.number,
        box=lattice.box,
        columns=lattice.columns,
        row_count=rows,
        cells=tuple(cells),
        header_rows=count_header_rows(cells, rows, columns),
        open_top=lattice.open_top,
        open_bottom=lattice.open_bottom,
    )


def is_shaded(box: Box, shades: Iterable[Shade]) -> bool:
    """True when filled rectangles cover most of `box`."""
    most = 0.0
    left, upper, right, lower = box
    for x0, top, x1, bottom, _ in shades:
        if top < lower and bottom > upper and x0 < right and x1 > left:
            most = max(most, (min(right, x1) - max(left, x0)) * (min(lower, bottom) - max(upper, top)))
    return most > 0.6 * box.width * box.height


def _turned_lines(box: Box, content: PageContent) -> tuple[TextLine, ...]:
    """Upright header text (read from below) of a cell that holds nothing else."""
    turned = [word for word in content.turned if _inside(box, word)]
    if not turned:
        return ()
    turned.sort(key=lambda word: (round(word.x0 / 3), -word.bottom))
    return (make_line(content.number, turned),)


def _is_table(grid: Grid) -> bool:
    """A table has two columns or more and text in more than one cell; what else is drawn is a box around text."""
    written = [cell for cell in grid.cells if cell.lines or cell.grids]
    return grid.column_count >= 2 and len(written) >= 2 and len({cell.column for cell in written}) >= 2


def _holds(box: Box, inner: Box) -> bool:
    return (
        box.x0 - 1 <= inner.x0
        and box.top - 1 <= inner.top
        and inner.x1 <= box.x1 + 1
        and inner.bottom <= box.bottom + 1
        and box.width * box.height > inner.width * inner.height + 1
    )


def _holds_rule(box: Box, rule: Rule) -> bool:
    return box.x0 - 3 <= rule.x0 and rule.x1 <= box.x1 + 3 and box.top - 3 <= rule.top and rule.bottom <= box.bottom + 3
