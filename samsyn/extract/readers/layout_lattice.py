"""Drawn rules → lattices: the column and row edges and the cells of each ruled table, before any word is looked at.

pdfplumber sees to the crossings; it is fed our rules as its edges, one group of touching rules at a time, so that its
cost does not grow with the square of a page's rules. Sides that a table leaves
open (no outer verticals, or rows and merged cells cut by the page's end) are closed first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from samsyn.extract.readers.layout_page import Rule, Shade
from samsyn.models.source import Box

TOUCH = 2.5
"""Rules that come this near, in points, meet."""
SLIM = 4.0
"""Columns and rows narrower than this come from double rules."""
_NEAR, _DOT = 3, 1
"""pdfplumber's own measures, in points: edges so near are one, rules shorter than a dot none."""
GROUND = 200.0
"""A filled rectangle of this width may be the background of a table."""
MAX_CROSSINGS = 2500
"""More in one group of rules is graph paper: the largest tables seen have some hundred cells a page."""


def find_lattices(rules: Sequence[Rule]) -> list[Lattice]:
    """The grids that rules which hang together draw."""
    return [lattice for group in _touching(rules) if (lattice := _lattice(group)) is not None]


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


def extend_to_grounds(rules: tuple[Rule, ...], shades: Iterable[Shade]) -> tuple[Rule, ...]:
    """The rules, with those of a table that leaves its first column unruled drawn to the side of its background."""
    wide = {shade[:4] for shade in shades if shade.x1 - shade.x0 > GROUND}
    for x0, top, x1, bottom in sorted(wide) if rules else ():
        inside = [
            rule
            for rule in rules
            if rule.is_horizontal
            and top - TOUCH <= rule.top <= bottom + TOUCH
            and abs(rule.x1 - x1) < TOUCH
            and x0 < rule.x0
        ]
        starts = {round(rule.x0) for rule in inside}
        if len(inside) >= 3 and max(starts) - min(starts) <= 1 and min(starts) - x0 > SLIM:
            drawn = (rule._replace(x0=x0) if rule in inside else rule for rule in rules)
            sides = ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom))
            rules = join_rules((*drawn, *(Rule(*side) for side in sides)))
    return rules


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
    hanging = _with_inner_uprights([[(*flat, *upright)[index] for index in group] for group in groups.lists()])
    return [part for group in hanging for part in _beside(group) if len(part) > 2]


def _with_inner_uprights(groups: Sequence[list[Rule]]) -> list[list[Rule]]:
    """The groups, uprights alone joined to the one they stand in: bands without rules part them from its frame."""
    framed = [group for group in groups if any(rule.is_horizontal for rule in group)]
    for group in groups:
        if any(rule.is_horizontal for rule in group):
            continue
        home = next((other for other in framed if len(group) > 1 and _stands_in(group, other)), None)
        if home is None:
            framed.append(group)
        else:
            home.extend(group)
    return framed


def _stands_in(group: Sequence[Rule], frame: Sequence[Rule]) -> bool:
    left, right = min(rule.x0 for rule in frame), max(rule.x1 for rule in frame)
    top, bottom = min(rule.top for rule in frame), max(rule.bottom for rule in frame)
    columns = [rule.x0 for rule in frame if not rule.is_horizontal]
    return all(
        left < rule.x0 < right
        and top < rule.top
        and rule.bottom <= bottom + TOUCH
        and any(abs(rule.x0 - x) < TOUCH for x in columns)
        for rule in group
    )


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


LatticeCell = tuple[int, int, int, int]
"""(row, column, row span, column span)"""


class Lattice(NamedTuple):
    """What rules that hang together draw: column and row edges, cells, and the sides that were left open."""

    box: Box
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    sides: _Sides

    @property
    def hanging(self) -> frozenset[int]:
        """The columns that are open at the lower side where others are closed."""
        middles = [(left + right) / 2 for left, right in pairwise(self.columns)]
        return frozenset(
            index for index, x in enumerate(middles) if any(left < x < right for left, right in self.sides.hanging)
        )


def _lattice(group: Sequence[Rule]) -> Lattice | None:
    """The grid that a group of rules draws, or None when it is no grid."""
    flat = sum(rule.is_horizontal for rule in group)
    if flat * (len(group) - flat) > MAX_CROSSINGS:
        return None
    sides = _close_sides([*group, *_where_uprights_stop(group)])
    boxes = find_cells(sides.rules)
    if not boxes:
        return None
    columns = _edges([x for x0, _, x1, _ in boxes for x in (x0, x1)])
    rows = _edges([y for _, y0, _, y1 in boxes for y in (y0, y1)])
    if len(columns) < 2 or len(rows) < 2:
        return None
    cells = _place_cells(boxes, columns, rows)
    box = Box(columns[0], rows[0], columns[-1], rows[-1])
    return Lattice(box, columns, rows, cells, sides)


_Rectangle = tuple[float, float, float, float]
"""x0, top, x1, bottom"""


class _Crossing(NamedTuple):
    """The ends of the vertical and the horizontal edges that meet in a point."""

    upright: frozenset[_Rectangle]
    flat: frozenset[_Rectangle]


_ends_of = itemgetter("x0", "top", "x1", "bottom")


def _where_uprights_stop(group: Sequence[Rule]) -> list[Rule]:
    """Rules that are not drawn, where inner uprights begin or end between the outer ones: the sides of bands."""
    uprights = [rule for rule in group if not rule.is_horizontal]
    if len(uprights) < 4:
        return []
    left, right = min(rule.x0 for rule in uprights), max(rule.x0 for rule in uprights)
    outer = [[rule for rule in uprights if abs(rule.x0 - x) < TOUCH] for x in (left, right)]
    ends = Counter(
        round(y) for rule in uprights if left + TOUCH < rule.x0 < right - TOUCH for y in (rule.top, rule.bottom)
    )
    flat = [rule.top for rule in group if rule.is_horizontal]
    return [
        Rule(left, y, right, y)
        for y, count in ends.items()
        if count >= 2
        and not any(abs(y - other) < TOUCH + 1 for other in flat)
        and all(any(rule.top < y - TOUCH and rule.bottom > y + TOUCH for rule in side) for side in outer)
    ]


class _Sides(NamedTuple):
    """A table's rules once its open sides are closed, and what was open."""

    rules: tuple[Rule, ...]
    open_top: bool = False
    open_bottom: bool = False
    hanging: tuple[tuple[float, float], ...] = ()
    """From where to where the lower side alone is open: cells that span rows go on over a page turn there."""


def _close_sides(group: Sequence[Rule]) -> _Sides:
    """The rules with virtual ones where the table leaves a side, or a part of its upper or lower side, open."""
    rules = list(group)
    flat = [rule for rule in rules if rule.is_horizontal]
    upright = [rule for rule in rules if not rule.is_horizontal]
    if not upright:
        return _Sides(tuple(rules))
    top, bottom = min(rule.top for rule in upright), max(rule.bottom for rule in upright)
    open_top = _is_open(top, [rule for rule in upright if abs(rule.top - top) < TOUCH], flat)
    open_bottom = _is_open(bottom, [rule for rule in upright if abs(rule.bottom - bottom) < TOUCH], flat)
    for x, at_start in ((min(rule.x0 for rule in rules), True), (max(rule.x1 for rule in rules), False)):
        ends = [rule.top for rule in flat if abs((rule.x0 if at_start else rule.x1) - x) < TOUCH]
        closed = any(abs(rule.x0 - x) < TOUCH + 1 for rule in upright)
        if len(ends) >= 2 and not closed:
            ends += [top] * open_top + [bottom] * open_bottom
            upright.append(Rule(x, min(ends), x, max(ends)))
            rules.append(upright[-1])
    left, right = min(rule.x0 for rule in upright), max(rule.x0 for rule in upright)
    upper = [(left, right)] if open_top else _gaps_at(top, [one for one in upright if abs(one.top - top) < TOUCH], flat)
    hanging = _gaps_at(bottom, [one for one in upright if abs(one.bottom - bottom) < TOUCH], flat)
    lower = [(left, right)] if open_bottom else hanging
    rules.extend(Rule(x0, y, x1, y) for y, gaps in ((top, upper), (bottom, lower)) for x0, x1 in gaps)
    return _Sides(tuple(rules), open_top, open_bottom, () if open_bottom else tuple(hanging))


def _is_open(y: float, touching: Sequence[Rule], flat: Sequence[Rule]) -> bool:
    """True when verticals end at `y` and no horizontal rule closes any of the columns between them."""
    return len(touching) >= 2 and not any(abs(rule.top - y) < TOUCH + 1 for rule in flat)


def _gaps_at(y: float, touching: Sequence[Rule], flat: Sequence[Rule]) -> list[tuple[float, float]]:
    """The stretches between neighbouring verticals that end at `y` along which no horizontal rule runs."""
    places = sorted(rule.x0 for rule in touching)
    near = [rule for rule in flat if abs(rule.top - y) < TOUCH + 1]
    return [
        (left, right)
        for left, right in pairwise(places)
        if right - left > SLIM and not any(rule.x0 < right - TOUCH and rule.x1 > left + TOUCH for rule in near)
    ]


def find_cells(rules: Sequence[Rule]) -> list[_Rectangle]:
    """The smallest rectangle below and right of each crossing of the rules."""
    from pdfplumber.table import edges_to_intersections, merge_edges
    from pdfplumber.utils.geometry import filter_edges

    edges = [
        {
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
    upright, flat = filter_edges(edges, "v", min_length=_DOT), filter_edges(edges, "h", min_length=_DOT)
    merged = filter_edges(merge_edges([*upright, *flat], _NEAR, _NEAR, _NEAR, _NEAR), min_length=_NEAR)
    crossings = {
        point: _Crossing(frozenset(map(_ends_of, met["v"])), frozenset(map(_ends_of, met["h"])))
        for point, met in edges_to_intersections(merged, _NEAR, _NEAR).items()
    }
    return _smallest_cells(crossings)


def _smallest_cells(crossings: Mapping[tuple[float, float], _Crossing]) -> list[_Rectangle]:
    """The rectangles: what pdfplumber finds, which goes through all points for each and asks for their edges anew."""
    below: dict[float, list[float]] = defaultdict(list)
    beside: dict[float, list[float]] = defaultdict(list)
    cells: list[_Rectangle] = []
    # From the last point to the first, so that those below and beside each are known, the nearest last.
    for x, y in sorted(crossings, reverse=True):
        corner = crossings[x, y]
        lower = [(down, crossings[x, down]) for down in reversed(below[x])]
        right = [(across, crossings[across, y]) for across in reversed(beside[y])]
        ends = (
            (across, down)
            for down, under in lower
            if not corner.upright.isdisjoint(under.upright)
            for across, next_to in right
            if not corner.flat.isdisjoint(next_to.flat)
            and (end := crossings.get((across, down))) is not None
            and not end.upright.isdisjoint(next_to.upright)
            and not end.flat.isdisjoint(under.flat)
        )
        for across, down in ends:
            cells.append((x, y, across, down))
            break
        below[x].append(y)
        beside[y].append(x)
    return cells[::-1]


def _edges(places: Iterable[float]) -> tuple[float, ...]:
    """The distinct places, those nearer than a slim column taken as one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > SLIM:
            edges.append(place)
    return tuple(edges)


def _place_cells(
    boxes: Iterable[_Rectangle], columns: Sequence[float], rows: Sequence[float]
) -> tuple[LatticeCell, ...]:
    taken: set[tuple[int, int]] = set()
    cells: list[LatticeCell] = []
    for x0, top, x1, bottom in sorted(boxes, key=lambda box: (box[1], box[0])):
        column, row = _index(columns, x0), _index(rows, top)
        wide, high = _index(columns, x1) - column, _index(rows, bottom) - row
        places = {(row + down, column + across) for down in range(high) for across in range(wide)}
        if places and not places & taken:
            taken |= places
            cells.append((row, column, high, wide))
    return tuple(sorted(cells))


def _index(edges: Sequence[float], place: float) -> int:
    """Which of the edges, given in order, lies nearest."""
    after = bisect_left(edges, place)
    if after in (0, len(edges)):
        return min(after, len(edges) - 1)
    return after - 1 if place - edges[after - 1] <= edges[after] - place else after
