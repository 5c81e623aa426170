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
    last: dict[str, int] = {}
    for index, line in enumerate(lines):
        plain = _PLAIN_DEFINITION.fullmatch(line.text)
        if plain and plain["label"] in marked and _stands_as_note(raised, index, last.get(plain["label"])):
            label = plain["label"].translate(RAISED_DIGITS)
            raised[index] = line._replace(text=f"{label} {plain['text']}")
        definition = read_definition(raised[index].text)
        if definition:
            last[definition.label] = index
    unmarked = {label: index for label, index in last.items() if label not in marked}
    if unmarked:
        _raise_unmarked(raised, unmarked)
    return tuple(raised)


def _labels_in(text: str) -> list[str]:
    """Labels of the marks in a line, the one that begins it left out: that is a footnote's own."""
    found = list(_MARK.finditer(text)) if "<" in text or not text.isascii() else []
    return [match["super"] or match["raised"] for match in found if text[: match.start()].strip()]


def _stands_as_note(lines: Sequence[SourceLine], index: int, previous: int | None) -> bool:
    """True below a blank line or another footnote, where no footnote near above has that label."""
    above = lines[index - 1].text if index else ""
    if above.strip() and not read_definition(above):
        return False
    return previous is None or index - previous > _REACH


class _Place(NamedTuple):
    """Where something like a mark stands."""

    line: int
    start: int
    end: int


def _raise_unmarked(lines: list[SourceLine], wanted: dict[str, int]) -> None:
    """Raise the one sunken mark above each of these footnotes; with several or none, leave the text as it is."""
    wanted = dict(wanted)
    for pattern in (_BRACKET_MARK, _GLUED, _GLUED_BEFORE):
        places = _find_places(lines, wanted, pattern)
        for label, found in places.items():
            if len(found) != 1:
                continue
            line, start, end = found[0]
            text = lines[line].text
            lines[line] = lines[line]._replace(text=text[:start] + label.translate(RAISED_DIGITS) + text[end:])
            del wanted[label]


def _find_places(
    lines: Sequence[SourceLine], wanted: dict[str, int], pattern: re.Pattern[str]
) -> dict[str, list[_Place]]:
    """For each wanted label the places within reach above its footnote where `pattern` finds it."""
    places: dict[str, list[_Place]] = {}
    for number, line in enumerate(lines):
        for match in pattern.finditer(line.text):
            index = wanted.get(match["label"], -1)
            if index - _REACH <= number < index:
                places.setdefault(match["label"], []).append(_Place(number, *match.span()))
    return places
