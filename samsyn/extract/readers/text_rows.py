"""Takes lines and gives the rows of tables written with tabs, bars or runs of spaces, and where each table ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from samsyn.extract.readers.text_draft import SourceLine
from samsyn.extract.readers.text_lines import goes_on, has_ended
from samsyn.extract.readers.text_tables import MOST_COLUMNS, Row, make_row


class Found(NamedTuple):
    """A table's rows, the index of the first line behind it, and how many of its rows the format marks as header.

    Without rows it says that no table begins before `stop`.
    """

    rows: tuple[Row, ...]
    stop: int
    header_rows: int = 0


IsAside = Callable[[int], int]
"""Gives the index behind the footnote that starts at a line, or the same index when none does."""


# --- bars --------------------------------------------------------------------------------------------------------

_SEPARATOR = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*\|?\s*")
_GRID_LINE = re.compile(r"\s*\+(?:[-=]{2,}\+)+\s*")
_UNESCAPED_BAR = re.compile(r"(?<!\\)\|")


def find_bar_table(lines: Sequence[SourceLine], start: int) -> Found | None:
    """The Markdown or grid table that begins at `start`, if one does."""
    if not _begins_bar_table(lines, start):
        return None
    rows: list[list[str]] = []
    header_rows, index = 0, start
    while index < len(lines) and (_is_bar_row(lines[index].text) or _GRID_LINE.fullmatch(lines[index].text)):
        text = lines[index].text
        index += 1
        if _GRID_LINE.fullmatch(text):
            continue
        if _SEPARATOR.fullmatch(text):
            header_rows = header_rows or (len(rows) if len(rows) == 1 else 0)
        else:
            rows.append(_split_bars(text))
    return _as_found(rows, index, header_rows)


def _begins_bar_table(lines: Sequence[SourceLine], start: int) -> bool:
    text = lines[start].text
    if _GRID_LINE.fullmatch(text):
        return start + 1 < len(lines) and _is_bar_row(lines[start + 1].text)
    if not _is_bar_row(text):
        return False
    following = lines[start + 1].text if start + 1 < len(lines) else ""
    return text.lstrip().startswith("|") or _SEPARATOR.fullmatch(following) is not None


def _is_bar_row(text: str) -> bool:
    stripped = text.strip()
    bars = len(_UNESCAPED_BAR.findall(stripped))
    return bars >= 2 or (bars == 1 and not stripped.startswith("|") and not stripped.endswith("|"))


def _split_bars(text: str) -> list[str]:
    stripped = text.strip()
    body = stripped.removeprefix("|")
    if body.endswith("|") and not body.endswith("\\|"):
        body = body[:-1]
    return [cell.replace("\\|", "|").strip() for cell in _UNESCAPED_BAR.split(body)]


def _as_found(rows: list[list[str]], stop: int, header_rows: int) -> Found | None:
    if header_rows and not any(rows[0]):
        rows, header_rows = rows[1:], 0
    if not rows:
        return None
    width = min(MOST_COLUMNS, max(len(row) for row in rows))
    return Found(tuple(make_row(row, width) for row in rows), stop, header_rows)


# --- tabs --------------------------------------------------------------------------------------------------------

_CONTENTS_LINE = re.compile(r"\S.*\t[ .…]*\d{1,3}")
_SIGNATURE_CELL = re.compile(r"[_.…\s]{4,}|.*_{3,}.*|.*\.{5,}.*")
_MARKER_LINE = re.compile(r"\s*(?:[-–—•·*+▪▫◦●○■□‣]|\(?\w{1,3}[.)])\t+[^\t]+")
_SIGNATURE_ROWS, _SIGNATURE_CELL_LENGTH = 4, 45


def is_tab_row(text: str) -> bool:
    """True when a tab parts two stretches of the line (not one that only indents it or follows a list marker)."""
    return "\t" in text.strip() and not _MARKER_LINE.fullmatch(text)


def find_tab_table(lines: Sequence[SourceLine], start: int, aside: IsAside) -> Found | None:
    """The table whose cells are parted by tabs that begins at `start`; None when no line with tabs does.

    Two columns of a few short cells, a table of contents and lines to sign on are left as paragraphs.
    """
    if not is_tab_row(lines[start].text):
        return None
    width = _tab_width(lines, start)
    rows: list[Row] = []
    index = start
    apart = False
    page = lines[start].page
    while index < len(lines):
        apart, page = apart or lines[index].page != page, lines[index].page
        if lines[index].is_blank or aside(index) > index:
            behind = _skip_asides(lines, index, aside)
            if behind >= len(lines) or not _row_begins(lines, behind, width, bool(rows)):
                break
            index, apart = behind, True
            continue
        text, stop = _gather_row(lines, index, width)
        if stop == index:
            break
        rows.append(make_row(text.split("\t"), width, apart=apart))
        index, apart = stop, False
    return Found(tuple(rows) if _is_table(lines[start:index], rows, width) else (), max(index, start + 1))


def _tab_width(lines: Sequence[SourceLine], start: int) -> int:
    """The number of columns that most of the adjoining lines have."""
    counts: Counter[int] = Counter()
    for line in lines[start : start + 40]:
        if line.is_blank:
            break
        if "\t" in line.text:
            counts[line.text.count("\t") + 1] += 1
    return min(MOST_COLUMNS, max(counts, key=lambda count: (counts[count], count)))


def _skip_asides(lines: Sequence[SourceLine], index: int, aside: IsAside) -> int:
    while index < len(lines):
        behind = aside(index)
        if behind == index and not lines[index].is_blank:
            return index
        index = max(index + 1, behind)
    return index


def _row_begins(lines: Sequence[SourceLine], index: int, width: int, going_on: bool) -> bool:
    """True when a row of `width` columns begins here, its tabs on this line or, inside a tag, on one soon after."""
    if not going_on:
        return False
    text, stop = _gather_row(lines, index, width)
    return stop > index and text.count("\t") == width - 1


_OPEN_TAG = re.compile(r"<p\b[^<>]*>", re.IGNORECASE)


def _gather_row(lines: Sequence[SourceLine], index: int, width: int) -> tuple[str, int]:
    """The text of the row that begins at `index`, over as many lines as its cells go on, and the index behind it."""
    text = lines[index].text
    if "\t" not in text and not _OPEN_TAG.match(text.lstrip()) and not _begins_row(lines, index, width):
        return text, index
    stop = index + 1
    while stop < len(lines) and text.count("\t") < width - 1:
        following = lines[stop].text
        joined = text.count("\t") + following.count("\t")
        if joined > width - 1 or (lines[stop].is_blank and not _OPEN_TAG.search(text)):
            break
        if "\t" not in following and not _tabs_follow(lines, stop):
            break
        text, stop = f"{text}\n{following}", stop + 1
    while stop < len(lines) and _is_last_cell(lines, stop, width, text):
        text, stop = f"{text}\n{lines[stop].text}", stop + 1
    return text, stop if "\t" in text else index


def _tabs_follow(lines: Sequence[SourceLine], index: int) -> bool:
    """True when one of the next few lines of the same stretch holds a tab."""
    for line in lines[index : index + 8]:
        if "\t" in line.text:
            return True
        if line.is_blank and "<p" not in lines[index].text.lower():
            return False
    return False


def _begins_row(lines: Sequence[SourceLine], index: int, width: int) -> bool:
    """True for the first line of a first cell that goes on in lower case on a line with the row's tabs."""
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    return following.count("\t") == width - 1 and goes_on(following) and not has_ended(lines[index].text)


def _is_last_cell(lines: Sequence[SourceLine], index: int, width: int, row: str) -> bool:
    """True for a line without tabs right below a whole row: it goes on with the last cell."""
    line = lines[index]
    if line.is_blank or "\t" in line.text or row.count("\t") != width - 1:
        return False
    if width < 3 or _begins_row(lines, index, width):
        return goes_on(line.text) and not has_ended(row)
    return len(line.text) <= 80 and not line.text.lstrip().startswith(("#", "**", "|", "<"))


def _is_table(lines: Sequence[SourceLine], rows: list[Row], width: int) -> bool:
    if len(rows) < 2 or width < 2:
        return False
    written = [line.text for line in lines if not line.is_blank]
    if all(_CONTENTS_LINE.fullmatch(text.strip()) for text in written):
        return False
    if width > 2:
        return True
    cells = [part for row in rows for cell in row.cells for part in cell]
    if any(_SIGNATURE_CELL.fullmatch(part) for part in cells):
        return False
    labelled = all(not row.cells[0] or row.cells[0][0].startswith(("<b>", "**", "<strong>")) for row in rows)
    short = all(len(part) <= _SIGNATURE_CELL_LENGTH and not part[:1].islower() for part in cells)
    return labelled or len(rows) > _SIGNATURE_ROWS or not short
