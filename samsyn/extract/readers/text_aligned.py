"""Takes lines and gives the rows of a table whose columns are set with runs of spaces, over the pages it covers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samsyn.extract.readers.text_draft import SourceLine
from samsyn.extract.readers.text_lines import goes_on, has_ended
from samsyn.extract.readers.text_rows import Found
from samsyn.extract.readers.text_tables import MOST_COLUMNS, Row, make_row

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_WIDE_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_LEAST_LINES = 3
_LEAST_COLUMNS = 3
_WIDEST = 1000
_LOOK_AHEAD = 4
"""So many lines of one column may stand before a line with gaps shows that the table goes on."""
_MOST_CROSSING = 0.08
"""The share of lines whose text may run over the gap between two columns."""
_NEXT_PAGE = 12
"""A table goes on within so many lines of the next page, running headers and blank lines included."""


def find_aligned_table(lines: Sequence[SourceLine], start: int) -> Found | None:
    """The table of at least three columns and three lines that begins at `start`; None when no line with gaps does.

    Without rows the result says only how far no table begins.
    """
    if len(_WIDE_GAP.findall(lines[start].text)) < _LEAST_COLUMNS - 1:
        return None
    stop = _region_stop(lines, start)
    edges = _column_edges([line.text for line in lines[start:stop]])
    parts = [(start, stop, edges)]
    while len(edges) >= _LEAST_COLUMNS:
        following = _next_page_part(lines, stop, len(edges))
        if following is None:
            break
        parts.append(following)
        stop = following[1]
    written = sum(not line.is_blank for first, last, _ in parts for line in lines[first:last])
    if len(edges) < _LEAST_COLUMNS or written < _LEAST_LINES:
        return Found((), max(stop, start + 1))
    rows = [row for first, last, columns in parts for row in _group_rows(lines[first:last], columns)]
    return Found(tuple(rows), stop)


def _next_page_part(lines: Sequence[SourceLine], stop: int, columns: int) -> tuple[int, int, list[int]] | None:
    """The rest of the table on the next page: near its top, with as many columns."""
    begin = next((at for at in range(stop, min(len(lines), stop + 2 * _NEXT_PAGE)) if not lines[at].is_blank), None)
    if begin is None or lines[begin].page is None or lines[begin].page == lines[stop - 1].page:
        return None
    strong = next((at for at in range(begin, min(len(lines), begin + _LOOK_AHEAD)) if _is_strong(lines[at])), None)
    if strong is None:
        return None
    end = _region_stop(lines, strong)
    edges = _column_edges([line.text for line in lines[begin:end]])
    fits = len(edges) == columns and all(
        line.is_blank or len(line.text) <= edges[1] or _GAP.search(line.text) for line in lines[begin:strong]
    )
    return (begin, end, edges) if fits else None


def _is_strong(line: SourceLine) -> bool:
    return len(_GAP.findall(line.text)) >= _LEAST_COLUMNS - 1


def _region_stop(lines: Sequence[SourceLine], start: int) -> int:
    """Behind the last line of the page that has a gap, is set in, or goes on with the first column."""
    first = _first_column(lines[start].text)
    stop = index = start
    while index < len(lines) and lines[index].page == lines[start].page:
        line = lines[index]
        if line.is_blank:
            index += 1
            if index - stop > 2:
                break
            continue
        if not (_GAP.search(line.text) or line.indent > 3 or _stays(lines, index, first)):
            break
        index += 1
        stop = index
    return stop


def _first_column(text: str) -> int:
    """Where the second column of a line begins."""
    gap = _WIDE_GAP.search(text)
    return gap.end() if gap else len(text)


def _stays(lines: Sequence[SourceLine], index: int, width: int) -> bool:
    """True for a line of the first column alone, or one over the whole width, with lines of the table behind it."""
    ahead = lines[index + 1 : index + 1 + _LOOK_AHEAD]
    narrow = len(lines[index].text) < width
    if narrow and index and goes_on(lines[index].text) and not lines[index - 1].is_blank:
        return True
    if not narrow and has_ended(lines[index].text):
        return False
    return any(_is_strong(line) for line in (ahead if narrow else ahead[:1]))


def _column_edges(texts: Sequence[str]) -> list[int]:
    """Where columns begin: behind a gap of two spaces that hardly any line with gaps crosses."""
    strong = [text[:_WIDEST] for text in texts if _GAP.search(text)]
    filled = [0] * (_WIDEST + 2)
    for text in strong:
        for match in re.finditer(r"\S+(?: \S+)*", text):
            filled[match.start()] += 1
            filled[match.end()] -= 1
    most = int(_MOST_CROSSING * len(strong))
    edges, depth, free = [], 0, 2
    for at in range(max(map(len, strong), default=0)):
        depth += filled[at]
        if depth > most and free >= 2:
            edges.append(at)
        free = 0 if depth > most else free + 1
    return edges[:MOST_COLUMNS]


def _group_rows(lines: Sequence[SourceLine], edges: list[int]) -> list[Row]:
    """The rows: parted by blank lines where there are many, else begun by cells that do not go on from above."""
    spaced = sum(line.is_blank for line in lines) * 4 >= len(lines)
    rows: list[list[list[str]]] = []
    bands: set[int] = set()
    fresh = True
    for line in lines:
        if line.is_blank:
            fresh = True
            continue
        if rows and _is_band(line, edges):
            bands.add(len(rows))
            rows.append([[line.text.strip()], *([] for _ in edges[1:])])
            fresh = True
            continue
        cells = _cut(line.text, edges)
        below_band = len(rows) - 1 in bands
        if not rows or below_band or (fresh and spaced) or (not spaced and _begins_row(rows[-1], cells)):
            rows.append([[] for _ in edges])
        fresh = False
        for column, cell in enumerate(cells):
            if cell:
                rows[-1][column].append(cell)
    return [
        make_row([_join_lines(cell) for cell in row], len(edges), apart=number == 0)._replace(band=number in bands)
        for number, row in enumerate(rows)
    ]


def _is_band(line: SourceLine, edges: list[int]) -> bool:
    """True for a line without gaps that runs from the first column over others."""
    return not _GAP.search(line.text) and line.indent < edges[1] - 1 and len(line.text) > edges[1]


def _cut(text: str, edges: list[int]) -> list[str]:
    """The line's cells; a word that runs over an edge stays whole, on the side where it begins."""
    cuts = [0]
    for edge in edges[1:]:
        at = edge
        while at < len(text) and at > cuts[-1] and text[at - 1] != " " and text[at] != " ":
            at += 1
        cuts.append(min(at, len(text)))
    return [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _begins_row(above: list[list[str]], cells: list[str]) -> bool:
    """True when a line begins a row: its first cell is a beginning, and hardly any other cell goes on."""
    filled = [cell for cell in cells if cell]
    if not cells[0] or goes_on(cells[0]):
        return False
    if len(filled) == 1:
        return not above[0] or has_ended(above[0][-1]) or sum(map(bool, above)) == 1
    going = sum(goes_on(cell) for cell in filled)
    ended = not above[0] or has_ended(above[0][-1])
    return going == 0 if not ended else going * 2 < len(filled)


def _join_lines(parts: list[str]) -> str:
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        broken = joined.endswith("-") and goes_on(part) and joined[-2:-1].isalpha()
        joined = joined[:-1] + part if broken else f"{joined} {part}"
    return joined
