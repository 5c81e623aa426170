"""Sheets → the same sheets without their footnotes, and the footnotes with their labels.

A footnote begins with a label that a raised mark in the text has, under a rule or in smaller type. At a page's foot
everything below it belongs to the notes; in the middle of a page (a note printed after its section) the notes end
where the type grows again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_lines import TextLine
from samsyn.extract.readers.layout_page import Rule
from samsyn.extract.readers.layout_sheet import Sheet

SMALLER = 0.94
"""Notes set without a rule are smaller than the text by at least this factor."""
_SEPARATOR = 0.4
"""The rule above notes reaches over less of the page's width than this, by the habit of word processors."""
_LABEL = re.compile(r"^(\d{1,2}|[*†‡]{1,3})[.)]?$")
_ENDED = re.compile(r"[.!?][)”\"]*$|\S+://\S+$")


class Note(NamedTuple):
    """A footnote: its label, its lines, and how many words of the first line are the label."""

    label: str
    lines: tuple[TextLine, ...]
    skip: int


class Noted(NamedTuple):
    """Sheets without their notes, and the notes in order."""

    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...]


def part_footnotes(sheets: Sequence[Sheet], size: float) -> Noted:
    """The sheets without footnotes, and the footnotes; `size` is the usual type size of the text."""
    known = _known_labels(sheets)
    notes: list[Note] = []
    kept: list[Sheet] = []
    for sheet in sheets:
        zone = _zone(sheet, known, size, notes[-1] if notes else None)
        if not zone:
            kept.append(sheet)
            continue
        _collect(zone, known, notes)
        marks = {id(line) for line in zone}
        kept.append(sheet._replace(lines=tuple(line for line in sheet.lines if id(line) not in marks)))
    return Noted(tuple(kept), tuple(notes))


def _known_labels(sheets: Sequence[Sheet]) -> frozenset[str]:
    """The labels of all raised marks that stand behind a word."""
    lines: Iterable[TextLine] = (line for sheet in sheets for line in _every_line(sheet))
    return frozenset(label for line in lines for at, label in line.marks if at > 0)


def _every_line(sheet: Sheet) -> Iterable[TextLine]:
    yield from sheet.lines
    for grid in sheet.grids:
        for cell in grid.cells:
            yield from cell.lines


def note_label(line: TextLine) -> tuple[str, int] | None:
    """The label a note's first line begins with and how many words it takes; None for other lines."""
    if line.marks and line.marks[0][0] == 0:
        return line.marks[0][1], 0
    if len(line.words) > 1:
        match = _LABEL.match(line.words[0].text)
        if match:
            return match.group(1), 1
    return None


def _zone(sheet: Sheet, known: frozenset[str], size: float, last: Note | None) -> list[TextLine]:
    """The lines of a page that belong to notes."""
    lines = sorted(sheet.lines, key=lambda line: (line.baseline, line.x0))
    for index, line in enumerate(lines):
        rule = _rule_above(line, sheet.rules, lines[index - 1] if index else None)
        label = note_label(line)
        small = line.size <= SMALLER * size
        begins = label is not None and (label[0] in known or (small and rule is not None and label[1] == 0))
        if begins and (rule is not None or (small and _is_foot(lines[index:], size))):
            return _until_type_grows(lines[index:], size, small=small)
        if rule is not None and _is_unended(last, sheet.number - 1):
            if small and _is_foot(lines[index:], size):
                return lines[index:]
            if rule.x1 - rule.x0 < _SEPARATOR * sheet.width and _is_alike(lines[index:], last):
                return lines[index:]
    return []


def _is_alike(lines: Sequence[TextLine], last: Note | None) -> bool:
    """True when every line down to the page's end is set as the note that they go on with."""
    return last is not None and all((line.size, line.bold) == (last.lines[-1].size, False) for line in lines)


def _is_unended(note: Note | None, page: int) -> bool:
    """True for a note on `page` that stops in the middle of a sentence."""
    return note is not None and note.lines[-1].page == page and not _ENDED.search(note.lines[-1].text)


def _rule_above(line: TextLine, rules: Sequence[Rule], before: TextLine | None) -> Rule | None:
    """A horizontal rule between the line and the one before it that starts at its left edge."""
    for rule in rules:
        if not rule.is_horizontal or rule.x1 - rule.x0 < 30:
            continue
        if abs(rule.x0 - line.x0) > 25 or not line.top - 2.5 * line.size <= rule.top <= line.top + 0.3 * line.size:
            continue
        if before is None or before.baseline <= rule.top + 1:
            return rule
    return None


def _is_foot(lines: Sequence[TextLine], size: float) -> bool:
    """True when every line down to the page's end is set small."""
    return all(line.size <= SMALLER * size for line in lines)


def _until_type_grows(lines: Sequence[TextLine], size: float, *, small: bool) -> list[TextLine]:
    if not small:
        return list(lines)
    zone: list[TextLine] = []
    for line in lines:
        if line.size > SMALLER * size or (zone and line.baseline - zone[-1].baseline > 3.5 * line.size):
            break
        zone.append(line)
    return zone


def _collect(zone: Sequence[TextLine], known: frozenset[str], notes: list[Note]) -> None:
    """Adds the notes of a zone; lines without a label of their own continue the note before."""
    for index, line in enumerate(zone):
        label = note_label(line)
        starts = label is not None and (label[0] in known or label[1] == 0 or _follows(notes, label[0]))
        if label is not None and (starts or (index == 0 and not notes)):
            notes.append(Note(label[0], (_without_label_mark(line),), label[1]))
        elif notes:
            notes[-1] = notes[-1]._replace(lines=(*notes[-1].lines, line))
        else:
            notes.append(Note("", (line,), 0))


def _follows(notes: Sequence[Note], label: str) -> bool:
    return bool(notes) and label.isdigit() and notes[-1].label.isdigit() and int(label) == int(notes[-1].label) + 1


def _without_label_mark(line: TextLine) -> TextLine:
    if line.marks and line.marks[0][0] == 0:
        return line._replace(marks=line.marks[1:])
    return line
