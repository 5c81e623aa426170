"""Takes lines and tells which of them begin a footnote's text; raises marks that sank into the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from samsyn.extract.readers.text_draft import SourceLine
from samsyn.extract.readers.text_inline import PLAIN_DIGITS, RAISED_DIGITS, SUPERSCRIPTS

_DEFINITION = re.compile(
    rf"""\s*(?:
        (?P<super>[{SUPERSCRIPTS}]{{1,3}})\s*
      | <sup>\s*\[?(?P<raised>\d{{1,3}}|\*{{1,3}})\]?\s*</sup>\s*
      | \[\^(?P<reference>[\w-]{{1,20}})\]:\s*
      | \[(?P<bracket>\d{{1,3}})\]:?\s+
    )(?P<text>\S.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN_DEFINITION = re.compile(r"\s*(?P<label>\d{1,2})\s+(?P<text>[^\W\d_a-zà-ÿ].{3,})")
_MARK = re.compile(rf"(?P<super>[{SUPERSCRIPTS}]{{1,3}})|<sup>\s*\[?(?P<raised>\d{{1,3}})\]?\s*</sup>", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[^\W\d_]{3})(?P<label>\d{1,2})(?=[\s.,;:)!?]|$)")
_GLUED_BEFORE = re.compile(r"(?<=\s)(?P<label>\d{1,2})(?=[a-zåäö]{4})")
_BRACKET_MARK = re.compile(r"(?<=\S)\[(?P<label>\d{1,3})\](?!\()")
_REACH = 150
"""How many lines above its text a footnote's mark may stand."""


class Definition(NamedTuple):
    """The first line of a footnote: its label as printed, and the line's text."""

    label: str
    text: str


def read_definition(line: str) -> Definition | None:
    """The footnote that begins on `line`, by its raised or bracketed label; None for any other line."""
    match = _DEFINITION.fullmatch(line)
    if not match:
        return None
    label = next(match[name] for name in ("super", "raised", "reference", "bracket") if match[name])
    return Definition(label.translate(PLAIN_DIGITS), match["text"].strip())


def raise_marks(lines: Sequence[SourceLine]) -> tuple[SourceLine, ...]:
    """The lines with every footnote's label and mark raised that can be paired with certainty.

    '2 Text' on a line alone is a footnote when its mark stands above it; a glued mark ('index5', 'en 3skala') or one
    in brackets is raised when a footnote with its label is there and no other mark is.
    """
    marked = {label.translate(PLAIN_DIGITS) for line in lines for label in _labels_in(line.text)}
    raised = list(lines)
    for index, line in enumerate(lines):
        definition = read_definition(line.text)
        if definition and definition.label not in marked:
            _raise_mark(raised, index, definition.label)
        elif not definition:
            _raise_plain(raised, index, marked)
    return tuple(raised)


def _labels_in(text: str) -> list[str]:
    """Labels of the marks in a line, the one that begins it left out: that is a footnote's own."""
    found = list(_MARK.finditer(text)) if "<" in text or not text.isascii() else []
    return [match["super"] or match["raised"] for match in found if text[: match.start()].strip()]


def _raise_mark(lines: list[SourceLine], index: int, label: str) -> None:
    """Raise the one glued mark for `label` above line `index`; with several or none, leave the text as it is."""
    for pattern in (_BRACKET_MARK, _GLUED, _GLUED_BEFORE):
        places = [
            (at, match)
            for at in range(max(0, index - _REACH), index)
            for match in pattern.finditer(lines[at].text)
            if match["label"] == label
        ]
        if len(places) == 1:
            at, match = places[0]
            text = lines[at].text
            raised = text[: match.start()] + label.translate(RAISED_DIGITS) + text[match.end() :]
            lines[at] = lines[at]._replace(text=raised)
            return


def _raise_plain(lines: list[SourceLine], index: int, marked: set[str]) -> None:
    """Raise the label of '2 Text' where a footnote of that label is due."""
    match = _PLAIN_DEFINITION.fullmatch(lines[index].text)
    if not match or match["label"] not in marked or not _stands_as_note(lines, index):
        return
    label = match["label"].translate(RAISED_DIGITS)
    lines[index] = lines[index]._replace(text=f"{label} {match['text']}")


def _stands_as_note(lines: Sequence[SourceLine], index: int) -> bool:
    """True below a blank line or another footnote, where no footnote has that label yet."""
    above = lines[index - 1].text if index else ""
    label = lines[index].text.split()[0]
    if above.strip() and not read_definition(above):
        return False
    near = lines[max(0, index - _REACH) : index]
    return not any((found := read_definition(line.text)) and found.label == label for line in near)
