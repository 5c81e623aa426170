"""Takes the JSON of `samsyn diff` and the agreement that is renewed, gives what the comparison means for the draft.

Where the agreement is the comparison's old one, the draft follows the new one: what that dropped is left out, what it
added is proposed. Where it is the new one, what was dropped on the way to it is proposed to be taken up again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from samsyn.drafting.sources import DraftSource, SourceRole
from samsyn.errors import UnreadableDocument
from samsyn.models.agreement import Agreement, FocusArea, Measure, Period
from samsyn.models.draft import Note, NoteKind
from samsyn.models.source import Source
from samsyn.vocabulary.drafting import draft_text
from samsyn.write.clean import one_line
from samsyn.write.labels import measure_label

_DROPPED_KINDS = ("focus_areas", "goals", "problem_pictures", "measures")
_TEXT_FIELDS = frozenset(
    name for name, info in Measure.model_fields.items() if info.annotation == (str | None) and name != "focus_area"
)
_LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class Changes:
    """What a comparison means for a draft."""

    drop: frozenset[str] = frozenset()
    """Ids of the first source's values that are left out."""
    proposals: tuple[DraftSource, ...] = ()
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    """Notes on the first source's goals and measures, by id."""


def read_changes(path: Path, agreement: Agreement) -> Changes:
    """What the comparison in a JSON file means for a draft that renews the agreement.

    Raises UnreadableDocument for a file that is no such JSON, or that compares other agreements.
    """
    try:
        diff = json.loads(path.read_bytes())
        sides = (str(diff["old"]["id"]), str(diff["new"]["id"]))
    except OSError as error:
        raise UnreadableDocument(path.name, (error.strerror or "cannot be read").lower()) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableDocument(path.name, "not the JSON of samsyn diff for two agreements") from error
    if agreement.id not in sides:
        raise UnreadableDocument(path.name, f"it compares {sides[0]} and {sides[1]}, not {agreement.id}")
    try:
        return _changes(diff, follows=agreement.id == sides[0])
    except (KeyError, TypeError, AttributeError, ValidationError) as error:
        raise UnreadableDocument(path.name, "not the JSON of samsyn diff for two agreements") from error


def _changes(diff: dict[str, Any], *, follows: bool) -> Changes:
    other = diff["new" if follows else "old"]
    wanted, side = ("added", "new") if follows else ("removed", "old")
    proposed = [change[side] for change in diff.get("measures", ()) if change["change"] == wanted]
    drop = {
        change["old"]["id"]
        for name in _DROPPED_KINDS
        for change in diff.get(name, ())
        if follows and change["change"] == "removed"
    }
    return Changes(
        drop=frozenset(drop),
        proposals=(_proposals(other, proposed),) if proposed else (),
        notes=dict(_notes(diff, other, "old" if follows else "new")),
    )


def _proposals(other: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> DraftSource:
    """The measures as those of an agreement that is proposed from."""
    titles = dict.fromkeys(str(entry["focus_area"]) for entry in entries if entry.get("focus_area"))
    areas = {title: f"a{number}" for number, title in enumerate(titles, 1)}
    period = other.get("period") or {}
    agreement = Agreement(
        id=other["id"],
        title=other.get("title"),
        kind=other.get("kind") or "samverkansöverenskommelse",
        period=Period(start=period.get("start"), end=period.get("end")),
        focus_areas=tuple(FocusArea(id=identifier, title=title) for title, identifier in areas.items()),
        measures=tuple(_measure(entry, areas) for entry in entries),
        source=Source(file=str(other.get("file") or other["id"]), sha256="", media_type="application/json", pages=None),
    )
    return DraftSource(agreement, role=SourceRole.NEIGHBOUR)


def _measure(entry: Mapping[str, Any], areas: Mapping[str, str]) -> Measure:
    """A measure of the comparison with all that it says of it; its label alone where it says no more."""
    content = entry.get("content") or {}
    fields = {name: text for name, text in content.items() if name in _TEXT_FIELDS and isinstance(text, str)}
    units = content.get("responsible")
    values = {
        **(fields or {"title": entry["label"]}),
        "id": entry["id"],
        "form": "row" if len(fields) > 1 else "bullet",
        "responsible": [part.strip() for part in units.split(",")] if isinstance(units, str) else [],
        "focus_area": areas.get(entry.get("focus_area") or ""),
    }
    return Measure.model_validate(values)


def _notes(diff: Mapping[str, Any], other: Mapping[str, Any], own: str) -> Iterator[tuple[str, tuple[Note, ...]]]:
    """What differs in what both have, as a note on it."""
    for name in ("goals", "measures"):
        for change in diff.get(name, ()):
            if change["change"] == "changed" and change.get("fields") and change.get(own):
                fields = "; ".join(_field(difference) for difference in change["fields"])
                text = draft_text("notes", "changed", name=other.get("title") or other["id"], fields=fields)
                yield change[own]["id"], (Note(NoteKind.ORIGIN, text),)


def _field(difference: Mapping[str, Any]) -> str:
    old, new = (_short(difference.get(side)) for side in ("old", "new"))
    return f"{measure_label(difference['field'])}: ”{old}” → ”{new}”"


def _short(value: object) -> str:
    text = one_line(", ".join(map(str, value)) if isinstance(value, list) else str(value or ""))
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]} …"
