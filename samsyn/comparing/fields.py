"""Takes the two sides of a pair, gives the fields that differ, word by word; text that changed column is followed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from samsyn.comparing.items import ACTIONS, unit_key
from samsyn.comparing.pairing import assign
from samsyn.comparing.substance import Periods, follows_period, same_units
from samsyn.comparing.vectors import words_in
from samsyn.comparing.wording import compare_words, same_wording, wording_ratio
from samsyn.models.agreement import FocusArea, Goal, Measure, ProblemPicture, Signatory
from samsyn.models.comparison import FieldChange, Value

Texts: TypeAlias = Mapping[str, str]

WHAT = ("title", *ACTIONS)
"""Where a measure says what is done."""
WHOLE = "title"
"""What stands for all of it where one side has it in one cell."""
MEASURE_FIELDS = (
    *WHAT, "responsible", "participants", "target_group", "place", "cause", "goal", "effect", "indicator",
    "schedule", "follow_up", "communication", "resources", "status", "outcomes",
)  # fmt: skip
"""The fields of a measure that are compared, in reading order."""
_FIELDS: dict[type, tuple[str, ...]] = {
    Measure: MEASURE_FIELDS,
    Goal: ("text", "level", "targets"),
    ProblemPicture: ("title", "text"),
    FocusArea: ("title",),
    Signatory: ("name", "title", "organisation", "party", "date"),
}
_LISTS = ("responsible", "outcomes", "targets")
_UNCOMPARED = {Signatory: ("date",), Goal: ("targets", "level")}
"""The day of signing is always another; targets are told as aspects, the level as a move."""
_MOVED_WHAT, _MOVED = 0.35, 0.6
"""How much of its words a text must share with one in another column: of what is done, of anything else."""

_UNITS_AT_END = re.compile(r"\s*\(([^()]{2,80})\)[\s.]*$")
_BETWEEN = re.compile(r"\s*[,;/+]\s*")

Part: TypeAlias = Measure | Goal | ProblemPicture | FocusArea | Signatory


def content_of(part: Part, area: str = "") -> dict[str, str]:
    """The fields of a part as texts, empty ones left out; `area` is the title of its focus area."""
    texts = {field: _text(field, getattr(part, field)) for field in _FIELDS[type(part)]}
    rest: Texts = {}
    if isinstance(part, Measure):
        rest = _unplaced_cells(part, (*texts.values(), area))
        texts |= {field: _without_units(texts[field], part) for field in WHAT}
    return {**{field: text for field, text in texts.items() if _says(text)}, **rest}


def _says(text: str) -> bool:
    """False for an empty cell, also one that is marked so with a dash."""
    return any(character.isalnum() for character in text)


def _text(field: str, value: object) -> str:
    if value is None:
        return ""
    if field == "targets":
        return "; ".join(target.text for target in value)  # type: ignore[attr-defined]
    if isinstance(value, tuple):
        return ("\n" if field == "outcomes" else ", ").join(map(str, value))
    return str(value)


def _without_units(text: str, measure: Measure) -> str:
    """The text without the units in brackets at its end, which `responsible` holds: '... på kvällar. (SN, KFN)'."""
    hit = _UNITS_AT_END.search(text)
    if hit is None:
        return text
    units = {unit_key(unit) for unit in measure.responsible}
    return text[: hit.start()] if {unit_key(unit) for unit in _BETWEEN.split(hit[1])} <= units else text


def _unplaced_cells(measure: Measure, texts: Iterable[str]) -> dict[str, str]:
    """Cells of the row with words that no field has, by their headings, so that a change in them is not lost."""
    placed = {word.norm for text in texts for word in words_in(text)}
    return {
        f"cells.{heading}": text
        for heading, text in measure.cells.items()
        if heading.strip() and any(word.norm not in placed and not word.norm.isdigit() for word in words_in(text))
    }


class _Sides(NamedTuple):
    """The two parts of a pair and their contents."""

    old: Part
    new: Part
    before: Texts
    after: Texts


def compare_fields(
    old: Part, new: Part, periods: Periods, areas: tuple[str, str] = ("", "")
) -> tuple[FieldChange, ...]:
    """The fields that differ, in reading order; `areas` are the titles of their focus areas."""
    sides = _Sides(old, new, *_levelled(content_of(old, areas[0]), content_of(new, areas[1])))
    skipped = _UNCOMPARED.get(type(old), ())
    columns = ((first, second) for first, second in _columns(sides) if (second or first) not in skipped)
    return tuple(change for first, second in columns if (change := _compare(sides, first, second, periods)))


def _levelled(before: Texts, after: Texts) -> tuple[Texts, Texts]:
    """The contents, with what one side says in several cells as one text when the other says it in one sentence.

    Unless that sentence is said by a party that also has a cell of its own on the other side: cell then meets cell.
    """
    cells = [[field for field in WHAT if field in side] for side in (before, after)]
    if len(cells[0]) > 1 and len(cells[1]) == 1 and not _same_cell(cells[1][0], cells[0]):
        return _joined_cells(before, cells[0], WHOLE), _joined_cells(after, cells[1], WHOLE)
    if len(cells[1]) > 1 and len(cells[0]) == 1 and not _same_cell(cells[0][0], cells[1]):
        return _joined_cells(before, cells[0], WHOLE), _joined_cells(after, cells[1], WHOLE)
    return before, after


def _same_cell(single: str, several: Sequence[str]) -> bool:
    return single != WHOLE and single in several


def _joined_cells(texts: Texts, cells: Sequence[str], into: str) -> Texts:
    if len(cells) == 1:
        return {into if field == cells[0] else field: text for field, text in texts.items()}
    title, *actions = (texts[field].rstrip(" .:") for field in cells)
    whole = f"{title}: {'. '.join(actions)}." if "title" in cells else ". ".join((title, *actions)) + "."
    return {into: whole, **{field: text for field, text in texts.items() if field not in cells}}


def _columns(sides: _Sides) -> Iterator[tuple[str | None, str | None]]:
    """Which old field became which new one: the same name, else the nearest text; None where there is no other."""
    before, after = sides.before, sides.after
    moved = dict(_moved(before, after))
    known = _FIELDS[type(sides.old)]
    order = sorted({*before, *after}, key=lambda field: (known.index(field) if field in known else len(known), field))
    for field in order:
        if field in before and field in after:
            yield field, field
        elif field in after:
            source = next((old for old, new in moved.items() if new == field), None)
            yield source, field
        elif field not in moved:
            yield field, None


def _moved(before: Texts, after: Texts) -> Iterator[tuple[str, str]]:
    import numpy

    gone = [field for field in before if field not in after and field not in _LISTS]
    come = [field for field in after if field not in before and field not in _LISTS]
    scores = numpy.array([[_nearness(old, new, before[old], after[new]) for new in come] for old in gone])
    yield from ((gone[row], come[column]) for row, column in assign(scores))


def _nearness(old_field: str, new_field: str, old: str, new: str) -> float:
    needed = _MOVED_WHAT if old_field in WHAT and new_field in WHAT else _MOVED
    return wording_ratio(old, new) - needed


def _compare(sides: _Sides, old_field: str | None, new_field: str | None, periods: Periods) -> FieldChange | None:
    first, second = sides.before.get(old_field or "", ""), sides.after.get(new_field or "", "")
    if same_wording(first, second) or (old_field == "responsible" == new_field and _same_responsible(sides)):
        return None
    return FieldChange(
        field=new_field or old_field or "",
        old=_value(sides.old, old_field, first),
        new=_value(sides.new, new_field, second),
        old_field=old_field if new_field and old_field != new_field else None,
        follows_period=old_field == new_field and follows_period(first, second, periods),
        words=compare_words(first, second),
    )


def _same_responsible(sides: _Sides) -> bool:
    old, new = sides.old, sides.new
    return isinstance(old, Measure) and isinstance(new, Measure) and same_units(old.responsible, new.responsible)


def _value(part: Part, field: str | None, text: str) -> Value:
    """The value as it stands in the model: a list for a list, None for what is missing."""
    if field in ("responsible", "outcomes"):
        return tuple(getattr(part, field)) or None
    return text or None


def overall_similarity(after: Texts, fields: Sequence[FieldChange]) -> float:
    """How much of its wording a part shares with what it was (0-1), each field weighing by its length."""
    changed = {field.field: field for field in fields}
    total = shared = 0.0
    for field, text in after.items():
        change = changed.pop(field, None)
        length = len(text) if change is None else max(len(text), len(_joined(change.old)))
        total += length
        shared += length if change is None else length * wording_ratio(_joined(change.old), text)
    total += sum(len(_joined(change.old)) for change in changed.values())
    return shared / total if total else 1.0


def _joined(value: Value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else ", ".join(value)
