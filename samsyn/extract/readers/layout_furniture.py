"""Sheets → the same sheets without running headers, footers and page numbers, and those lines apart.

Furniture stands at the edge of a page. It is known by what repeats at the same place on other pages (numbers may
count on) and by the forms of page numbers; the page is peeled from the edge inwards and the first line that is neither
ends the peeling, so that a title is never eaten.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_grid import Grid
from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_sheet import Sheet

EDGE_LINES = 14
"""How many stretches of text are looked at from each edge."""
SAME_PLACE = 5.0
"""Points by which repeated furniture may wander."""

MARGIN = 0.075
"""Share of the page's longer side that is margin at top and bottom, where body text hardly ever stands."""

_NUMBERS = re.compile(r"\d+")
# '3', '- 3 -', '1(5)', '1/7', 'Sida 2 av 6', 'Sid. 3', '9:1', 'Page 2 of 6'
_PAGE_NUMBER = re.compile(
    r"^[-–—|\s]*(?:[^\W\d_]{1,6}[.:]?\s*)?(?:\d{1,3}:)?(\d{1,4})"
    r"(?:\s*\(\s*(\d{1,4})\s*\)|\s*/\s*(\d{1,4})|\s+[^\W\d_]{1,4}\s+(\d{1,4}))?[-–—|\s]*$"
)


class Cleared(NamedTuple):
    """Sheets without their furniture, and the furniture in order."""

    sheets: tuple[Sheet, ...]
    furniture: tuple[TextLine, ...]


_Spot = tuple[str, int, int]
"""A place near an edge: an anchor, where it is across the page, counted from the left, the right or the middle as the
anchor says, and how far down."""


_Edges = tuple[list[TextLine], list[TextLine]]
"""The lines near a page's top edge and its bottom edge, from the edge inwards."""


class _Known(NamedTuple):
    """What the pages of a document have in common."""

    repeated: dict[str, dict[_Spot, int]]
    """How many pages have a text at a spot, for texts that stand on several."""
    offsets: dict[int, int]
    page_count: int
    margins: dict[tuple[str, bool], set[int]]
    """The widths of the pages that have a text in their margin, at the top or not."""


def clear_furniture(sheets: Sequence[Sheet]) -> Cleared:
    """The sheets without furniture."""
    edges = [_edges(sheet) for sheet in sheets]
    known = _Known(_repeated(sheets, edges), _number_offset(sheets, edges), len(sheets), _in_margins(sheets, edges))
    letterheads = _repeated_grids(sheets)
    cleared: list[Sheet] = []
    furniture: list[TextLine] = []
    for sheet, near in zip(sheets, edges, strict=True):
        kept_grids = tuple(grid for grid in sheet.grids if _grid_place(grid, sheet) not in letterheads)
        taken = [line for grid in sheet.grids if grid not in kept_grids for cell in grid.cells for line in cell.lines]
        taken.extend(_furniture_of(sheet, near, known, has_tables=bool(kept_grids)))
        marks = {id(line) for line in taken}
        furniture.extend(taken)
        furniture.extend(sheet.turned)
        lines = tuple(line for line in sheet.lines if id(line) not in marks)
        cleared.append(sheet._replace(lines=lines, grids=kept_grids, turned=()))
    if not any(sheet.lines or sheet.grids for sheet in cleared):
        # All pages alike: copies of one page, whose text is no furniture.
        return Cleared(tuple(sheet._replace(turned=()) for sheet in sheets), ())
    return Cleared(tuple(cleared), tuple(furniture))


def _grid_place(grid: Grid, sheet: Sheet) -> tuple[str, int]:
    """The text of a small table at a page's edge and how far it is from it; a table elsewhere has none."""
    if grid.box.bottom < 0.25 * sheet.height:
        down = round(grid.box.top / (2 * SAME_PLACE))
    elif grid.box.top > 0.8 * sheet.height:
        down = round((grid.box.top - sheet.height) / (2 * SAME_PLACE))
    else:
        return "", 0
    return _normal(" ".join(cell.text for cell in grid.cells)), down


def _repeated_grids(sheets: Sequence[Sheet]) -> set[tuple[str, int]]:
    """Letterheads set as tables: the same on three pages, or on both of two."""
    counts = Counter(place for sheet in sheets for place in {_grid_place(grid, sheet) for grid in sheet.grids})
    needed = min(3, len(sheets))
    return {place for place, number in counts.items() if place[0] and number >= max(2, needed)}


def _normal(text: str) -> str:
    return _NUMBERS.sub("#", " ".join(text.split())).casefold()


def _edges(sheet: Sheet) -> _Edges:
    upper = [line for line in sheet.lines if line.bottom < 0.3 * sheet.height]
    lower = [line for line in sheet.lines if line.top > 0.7 * sheet.height]
    return _down_page(upper)[:EDGE_LINES], _down_page(lower)[::-1][:EDGE_LINES]


def _down_page(lines: Iterable[TextLine]) -> list[TextLine]:
    return sorted(lines, key=lambda line: (line.baseline, line.x0))


def _repeated(sheets: Sequence[Sheet], edges: Sequence[_Edges]) -> dict[str, dict[_Spot, int]]:
    """How many pages have a text at a spot; the spot is counted in steps, the neighbours looked up later."""
    found: dict[str, list[tuple[Sheet, TextLine]]] = defaultdict(list)
    for sheet, near in zip(sheets, edges, strict=True):
        for edge in near:
            for line in edge:
                found[_normal(line.text)].append((sheet, line))
    # The sheets come in order: what stands on one alone repeats nowhere.
    return {text: _count_pages(places) for text, places in found.items() if places[0][0] is not places[-1][0]}


def _in_margins(sheets: Sequence[Sheet], edges: Sequence[_Edges]) -> dict[tuple[str, bool], set[int]]:
    """For each text in a margin the widths of the pages that have it there; none where all pages are alike."""
    found: dict[tuple[str, bool], set[int]] = defaultdict(set)
    if len({round(sheet.width) for sheet in sheets}) > 1:
        for sheet, near in zip(sheets, edges, strict=True):
            for edge in near:
                for line in edge:
                    if _is_in_margin(line, sheet):
                        found[_normal(line.text), line.top < sheet.height / 2].add(round(sheet.width))
    return found


def _count_pages(places: Iterable[tuple[Sheet, TextLine]]) -> dict[_Spot, int]:
    pages: dict[_Spot, set[int]] = defaultdict(set)
    for sheet, line in places:
        for spot in _spots(line, sheet):
            pages[spot].add(sheet.number)
    return {spot: _in_runs(numbers) for spot, numbers in pages.items()}


def _in_runs(numbers: set[int]) -> int:
    """How many of the pages have another beside them or one page away (left and right pages may differ).

    Furniture runs on from page to page; what comes again after ten pages is a text printed twice.
    """
    return sum(any(number + step in numbers for step in (-2, -1, 1, 2)) for number in numbers)


def _spots(line: TextLine, sheet: Sheet) -> tuple[_Spot, ...]:
    """Where the line stands, from the nearer edge: furniture keeps its distance on pages of another size too."""
    down = round((line.baseline if line.baseline < sheet.height / 2 else line.baseline - sheet.height) / SAME_PLACE)
    middle = (line.x0 + line.x1 - sheet.width) / 2
    return (
        ("left", round(line.x0 / SAME_PLACE), down),
        ("right", round((line.x1 - sheet.width) / SAME_PLACE), down),
        ("middle", round(middle / SAME_PLACE), down),
    )


def _count(line: TextLine, sheet: Sheet, repeated: dict[str, dict[_Spot, int]]) -> int:
    """How many pages have this text at this place, or a step beside it."""
    known = repeated.get(_normal(line.text))
    if known is None:
        return 0
    return max(
        known.get((anchor, across + dx, down + dy), 0)
        for anchor, across, down in _spots(line, sheet)
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
    )


def _number_offset(sheets: Sequence[Sheet], edges: Sequence[_Edges]) -> dict[int, int]:
    """For each difference between a printed number at an edge and its page, how many pages show it."""
    offsets: dict[int, int] = defaultdict(int)
    for sheet, near in zip(sheets, edges, strict=True):
        found: set[int] = set()
        for edge in near:
            for line in edge[:6]:
                match = _PAGE_NUMBER.match(line.text)
                if match:
                    found.add(int(match.group(1)) - sheet.number)
        for offset in found:
            offsets[offset] += 1
    return offsets


def _furniture_of(sheet: Sheet, edges: _Edges, known: _Known, *, has_tables: bool) -> list[TextLine]:
    """The furniture of a page, peeled from its edges; beside tables of its own all its lines may be that."""
    taken: list[TextLine] = []
    for edge in edges:
        rows = _rows(edge)
        peeled: list[list[TextLine]] = []
        for row in rows:
            found = _furniture_in(row, sheet, known)
            peeled.append(found)
            if len(found) < len(row):
                break
        whole = sum(len(found) == len(row) for found, row in zip(peeled, rows, strict=False))
        if whole == len(rows) > 1 and not has_tables:
            # A page without any text of its own: at most what stands off the rest is furniture.
            whole = next((n for n in range(1, whole) if _stands_apart(rows[n - 1], rows[n], sheet)), whole)
            peeled = peeled[:whole]
        while 0 < whole < len(rows) and not (
            _stands_apart(rows[whole - 1], rows[whole], sheet) or _is_everywhere(rows[whole - 1], sheet, known)
        ):
            # Body text that happens to repeat where a page begins.
            whole -= 1
            peeled = peeled[:whole]
        taken.extend(line for found in peeled for line in found)
    return taken


def _furniture_in(row: list[TextLine], sheet: Sheet, known: _Known) -> list[TextLine]:
    """Those parts of an outer row that are furniture."""
    found = [line for line in row if _is_furniture(line, sheet, known)]
    if len(found) in (0, len(row)):
        return found
    if _is_set_apart(row, sheet):
        return row
    # A running title may stand beside a chapter's; a label that happens to repeat beside its value may not.
    return [line for line in found if 2 * _count(line, sheet, known.repeated) > known.page_count > 2]


def _is_in_margin(line: TextLine, sheet: Sheet) -> bool:
    """A page on its side has margins as wide as one that stands."""
    margin = MARGIN * max(sheet.width, sheet.height)
    return line.bottom < margin or line.top > sheet.height - margin


def _stands_apart(row: Sequence[TextLine], inner: Sequence[TextLine], sheet: Sheet) -> bool:
    """True when a row lies in the page's margin or well off the text it borders."""
    line = row[0]
    if _is_in_margin(line, sheet):
        return True
    size = max(other.size for other in (*row, *inner))
    return abs(line.baseline - inner[0].baseline) > 1.9 * size


def _is_everywhere(row: Sequence[TextLine], sheet: Sheet, known: _Known) -> bool:
    """True for one text at the same place on most pages: what heads a column has others beside it."""
    return len(row) == 1 and _count(row[0], sheet, known.repeated) >= max(3, 0.6 * known.page_count)


def _is_set_apart(row: Sequence[TextLine], sheet: Sheet) -> bool:
    """True for an outermost row with a page number in it, well apart from the text: an address or fields to sign."""
    if not any(_PAGE_NUMBER.match(line.text) for line in row) or any(len(line.text) > 60 for line in row):
        return False
    top, bottom = min(line.top for line in row), max(line.bottom for line in row)
    others = [line for line in sheet.lines if line not in row]
    if top > sheet.height / 2:
        gap = top - max((line.bottom for line in others), default=0.0)
    else:
        gap = min((line.top for line in others), default=sheet.height) - bottom
    return gap > 1.2 * row[0].size


def _rows(edge: Iterable[TextLine]) -> list[list[TextLine]]:
    rows: list[list[TextLine]] = []
    for line in edge:
        if rows and abs(rows[-1][0].baseline - line.baseline) < 4:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _is_furniture(line: TextLine, sheet: Sheet, known: _Known) -> bool:
    page_count = known.page_count
    count = _count(line, sheet, known.repeated)
    outside = _is_in_margin(line, sheet)
    if count >= 3 or (count == 2 and outside):
        return True
    # A page on its side may have it elsewhere in its margin.
    if outside and len(known.margins.get((_normal(line.text), line.top < sheet.height / 2), ())) > 1:
        return True
    match = _PAGE_NUMBER.match(line.text)
    if match is None:
        return False
    number = int(match.group(1))
    totals = [int(group) for group in match.groups()[1:] if group]
    if totals:
        return number <= totals[0] and (totals[0] < 400)
    at_edge = outside or line.top > 0.9 * sheet.height
    steady = known.offsets.get(number - sheet.number, 0) >= max(2, 0.5 * page_count)
    return steady or (at_edge and number == sheet.number) or (at_edge and line.text.strip("-–—| ").isdigit())
