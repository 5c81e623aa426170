"""Takes the lines under a measure and gives what they say of it: 'Ansvarig: Kommunpolis  Tid: maj 2024'."""

from __future__ import annotations

import re
from typing import NamedTuple

from samsyn.extract.finders.units import split_units
from samsyn.vocabulary.columns import column_lexicon

_LABEL = re.compile(r"(?:^|(?<=[\s(|;,]))([A-ZÅÄÖ][^\W\d_]*(?:[ /][a-zåäö]+){0,2}):\s*(?=\S)")
_BEHIND_A_SENTENCE = re.compile(r"[.!?)]\s+$|[\n\t][ \n\t]*$")
_IN_BRACKETS = re.compile(r"\s\(([^()]{5,200})\)\s*\.?$")
_SMALL_LABEL = re.compile(r"(?:^|(?<=[;,] ))[a-zåäö](?=[^\W\d_]*(?:[ /][a-zåäö]+){0,2}:)")
_FIELDS = frozenset(
    {"responsible", "participants", "target_group", "schedule", "follow_up", "indicator", "communication", "resources"}
    | {"status", "place", "goal", "effect"}
)
_DECISIVE = frozenset({"responsible", "schedule"})
"""Within the measure's own text, one of these must be said; 'Mål:' alone may be a part of its sentence."""
_BETWEEN = " ;,|\n\t"


class Particulars(NamedTuple):
    """What labels say of a measure: fields of `Measure` with their text, units, and all as written by label."""

    fields: dict[str, str]
    responsible: tuple[str, ...]
    cells: dict[str, str]


class _Label(NamedTuple):
    written: str
    field: str
    start: int
    end: int


def is_particulars(text: str) -> bool:
    """True for a line that begins with a label of a measure's field and goes on with its value."""
    stripped = text.strip()
    labels = _labels(stripped)
    return bool(labels) and labels[0].start == 0


def read_particulars(text: str) -> Particulars:
    """The labelled values of the text; a label that comes again adds to its value."""
    fields: dict[str, str] = {}
    cells: dict[str, str] = {}
    units: list[str] = []
    labels = _labels(text)
    ends = [*(label.start for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=False):
        value = text[label.end : end].strip(_BETWEEN)
        if not value:
            continue
        cells[label.written] = _joined(cells.get(label.written), value)
        if label.field == "responsible":
            units.extend(split_units(value))
        else:
            fields[label.field] = _joined(fields.get(label.field), value)
    return Particulars(fields, tuple(dict.fromkeys(units)), cells)


def split_particulars(text: str) -> tuple[str, str]:
    """A measure's own text, and the labelled values behind it; '' when there are none.

    They stand behind its last sentence, on lines of their own, or in brackets: '(ansvarig: rektor, tid: maj)'.
    """
    if (behind := _IN_BRACKETS.search(text)) and is_particulars(inside := _with_capitals(behind[1])):
        return text[: behind.start()].rstrip(), inside
    labels = _labels(text)
    first = next((at for at, label in enumerate(labels) if _BEHIND_A_SENTENCE.search(text[: label.start])), None)
    if first is None or not _DECISIVE & {label.field for label in labels[first:]}:
        return text, ""
    start = labels[first].start
    return text[:start].rstrip(), text[start:]


def _with_capitals(inside: str) -> str:
    return _SMALL_LABEL.sub(lambda match: match[0].upper(), inside)


def _labels(text: str) -> list[_Label]:
    lexicon = column_lexicon()
    found: list[_Label] = []
    for match in _LABEL.finditer(text):
        field = lexicon.meaning(match[1]) if lexicon.is_exact(match[1]) else None
        if field in _FIELDS:
            found.append(_Label(match[1], field, match.start(1), match.end()))
    return found


def _joined(before: str | None, value: str) -> str:
    return value if before is None else f"{before}\n{value}"
