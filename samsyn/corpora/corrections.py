"""Corrections by people: kept as data with who and when, laid over what was read, never written into it.

A correction names a value by its anchor and the value that it found there, its ground. In a new extraction the value
is looked for again: a correction whose ground is another now still holds, and is reported; one whose value is gone
cannot be laid over, and is reported too.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from samsyn.corpora.places import municipality_named
from samsyn.corpora.truth import Kept, merged_facts, now, sightings_of
from samsyn.corpora.values import (
    MAIN_FIELDS,
    Anchor,
    Plain,
    anchors_of,
    find_anchor,
    item_value,
    items_of,
    own_value,
)
from samsyn.errors import CorpusError
from samsyn.models.agreement import Agreement
from samsyn.models.source import Caution
from samsyn.models.table import Column, TableSchema
from samsyn.similarity import text_ratio
from samsyn.vocabulary.register import load_register

Action = Literal["set", "remove", "add"]
State = Literal["applied", "agrees", "ground changed", "lost", "invalid"]

_SAME_AREA = 0.9
_FACTS = {
    "municipality": "municipalities",
    "kind": "kind",
    "start": "period.start",
    "end": "period.end",
    "title": "title",
    "diary_number": "diary_number",
}
"""What may be known of a file beforehand, and the field it is."""
_TEXT_LISTS = ("responsible", "outcomes")
_NUMBERS = ("value", "baseline")
_NEW: Mapping[str, Mapping[str, Any]] = {
    "goals": {"level": "overall"},
    "measures": {"form": "prose"},
    "problem_pictures": {"title": None},
}
"""What the model asks of a new item besides its main field."""

STATES = TableSchema(
    "correction_states",
    "What became of each correction that is in force",
    (
        Column("correction", "integer", "its number"),
        Column("agreement", references="agreements"),
        Column("list", description="the list of the agreement; empty for its own fields"),
        Column("value_id"),
        Column("field"),
        Column("action", description="set, remove or add"),
        Column(
            "state",
            description="applied; agrees (the extraction says the same now); ground changed (applied, though what it "
            "corrected reads otherwise now); lost (what it corrected is no more); invalid",
        ),
        Column("ground", description="the value that was corrected"),
        Column("extracted", description="what is read there now"),
        Column("value", description="the corrected value"),
        Column("who"),
        Column("made_at"),
        Column("note"),
    ),
    key=("correction",),
)


class Address(NamedTuple):
    """A value: the source and place of its agreement, the list, item and field."""

    source: str
    position: int
    list: str
    anchor: Anchor
    field: str

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for the same value of the same extraction, whatever its text."""
        return (self.source, self.position, self.list, self.anchor.id, self.anchor.label, self.field)


@dataclass(frozen=True, slots=True)
class Correction:
    """A value put in another's place, an item removed or added."""

    address: Address
    action: Action
    ground: Plain
    value: Plain
    who: str
    note: str | None = None
    id: int = 0
    made_at: str = ""


class Standing(NamedTuple):
    """A correction, what became of it, and what is read at its place now."""

    correction: Correction
    state: State
    extracted: Plain = None


class Laid(NamedTuple):
    """An agreement with facts and corrections laid over it, and what became of each correction."""

    agreement: Agreement
    standings: tuple[Standing, ...] = ()


def keep_correction(connection: sqlite3.Connection, run: int, correction: Correction) -> bool:
    """Record the correction; False when it is in force already."""
    for other in corrections_of(connection, correction.address.source, correction.address.position):
        if other.address.key == correction.address.key and correction.action != "add":
            if (other.action, _comparable(other.value)) == (correction.action, _comparable(correction.value)):
                return False
        elif other.action == correction.action == "add" and (other.address.list, other.value) == (
            correction.address.list,
            correction.value,
        ):
            return False
    address = correction.address
    connection.execute(
        "INSERT INTO corrections (source, position, list, anchor, field, action, ground, value, who, note, run, "
        "made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *address_row(address),
            correction.action,
            plain_json(correction.ground),
            plain_json(correction.value),
            correction.who,
            correction.note,
            run,
            now(),
        ),
    )
    return True


def address_row(address: Address) -> tuple[str, int, str, str, str]:
    """The address as it stands in a table."""
    anchor = json.dumps(address.anchor, ensure_ascii=False)
    return (address.source, address.position, address.list, anchor, address.field)


def address_of(row: Sequence[Any]) -> Address:
    """The address that a row of a table begins with."""
    source, position, name, anchor, field, *_ = row
    return Address(source, position, name, Anchor(*json.loads(anchor)), field)


def plain_json(value: Plain) -> str:
    """The value as JSON."""
    return json.dumps(value, ensure_ascii=False)


def plain_value(text: str) -> Plain:
    """The value that `plain_json` wrote."""
    value = json.loads(text)
    return tuple(value) if isinstance(value, list) else value


def corrections_of(connection: sqlite3.Connection, source: str, position: int) -> tuple[Correction, ...]:
    """The corrections in force, in the order they were made: of one value, the newest."""
    rows = connection.execute(
        "SELECT source, position, list, anchor, field, action, ground, value, who, note, id, made_at "
        "FROM corrections WHERE source = ? AND position = ? ORDER BY id",
        (source, position),
    )
    newest: dict[tuple[object, ...], Correction] = {}
    for row in rows:
        action, ground, value, who, note, number, made_at = row[5:]
        address = address_of(row)
        key = (*address.key, number) if action == "add" else address.key
        newest.pop(key, None)
        newest[key] = Correction(address, action, plain_value(ground), plain_value(value), who, note, number, made_at)
    return tuple(newest.values())


def as_read(connection: sqlite3.Connection, kept: Kept) -> Agreement:
    """The agreement with what was known of its file beforehand laid over it; what corrections correct."""
    facts = merged_facts(sightings_of(connection, kept.source)) if kept.position == 0 else {}
    return _with_facts(kept.agreement, facts) if facts else kept.agreement


def laid_over(connection: sqlite3.Connection, kept: Kept) -> Laid:
    """The agreement as read, with people's corrections laid over it."""
    agreement = as_read(connection, kept)
    corrections = corrections_of(connection, kept.source, kept.position)
    return lay_over(agreement, corrections) if corrections else Laid(agreement)


def _with_facts(agreement: Agreement, facts: Mapping[str, str]) -> Agreement:
    """The agreement with the facts in it, and a warning for each that the document says otherwise."""
    data = agreement.model_dump(mode="json")
    cautions = list(agreement.warnings)
    for name, field in _FACTS.items():
        if name not in facts:
            continue
        value: Plain = tuple(facts[name].split(";")) if name == "municipality" else facts[name]
        _set_own(data, field, value)
        read = own_value(agreement, field)
        given = own_value(Agreement.model_validate(data), field)
        if read and read != given:
            message = f"Listan över filer säger {shown(given)}, dokumentet {shown(read)} ({field})."
            cautions.append(Caution(code="fact-differs", message=message))
    data["warnings"] = [caution.model_dump(mode="json") for caution in cautions]
    return Agreement.model_validate(data)


def shown(value: Plain) -> str:
    """The value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    return f"{value:.10g}".replace(".", ",") if isinstance(value, float) else str(value)


def lay_over(agreement: Agreement, corrections: Sequence[Correction]) -> Laid:
    """The agreement with the corrections laid over it; one that would break the model is left out as invalid."""
    standings = _in_force([_standing(agreement, correction) for correction in corrections], agreement)
    try:
        return Laid(_apply(agreement, standings), tuple(standings))
    except (ValidationError, CorpusError):
        good: list[Standing] = []
        told: list[Standing] = []
        for standing in standings:
            try:
                _apply(agreement, [*good, standing])
            except (ValidationError, CorpusError):
                told.append(standing._replace(state="invalid"))
            else:
                good.append(standing)
                told.append(standing)
        return Laid(_apply(agreement, good), tuple(told))


def _in_force(standings: Sequence[Standing], agreement: Agreement) -> list[Standing]:
    """Without those that a newer one has overtaken under another anchor: the value had another label once."""
    newest: dict[tuple[object, ...], Standing] = {}
    for standing in standings:
        address, action = standing.correction.address, standing.correction.action
        place: tuple[object, ...] = (action, standing.correction.id)
        if address.list and action != "add" and standing.state != "lost":
            place = (address.list, find_anchor(address.anchor, anchors_of(agreement, address.list)), address.field)
        newest[place] = standing
    return list(newest.values())


def check_correction(agreement: Agreement, correction: Correction) -> None:
    """Nothing when the correction can be laid over; raises CorpusError with the reason when it cannot."""
    try:
        _apply(agreement, [_standing(agreement, correction)])
    except ValidationError as error:
        raise CorpusError(f"{shown(correction.value)!r} does not fit there: {error.errors()[0]['msg']}") from error


def _standing(agreement: Agreement, correction: Correction) -> Standing:
    address = correction.address
    if correction.action == "add":
        return Standing(correction, "applied")
    if not address.list:
        extracted = own_value(agreement, address.field)
    else:
        index = find_anchor(address.anchor, anchors_of(agreement, address.list))
        if index is None:
            return Standing(correction, "lost")
        areas = {area.id: area.title for area in agreement.focus_areas}
        extracted = item_value(items_of(agreement, address.list)[index], address.field, areas)
    if correction.action == "set" and _comparable(extracted) == _comparable(correction.value):
        return Standing(correction, "agrees", extracted)
    changed = _comparable(extracted) != _comparable(correction.ground)
    return Standing(correction, "ground changed" if changed else "applied", extracted)


def _comparable(value: Plain) -> Plain:
    return None if value in ("", ()) else value


def _apply(agreement: Agreement, standings: Iterable[Standing]) -> Agreement:
    data = agreement.model_dump(mode="json")
    removed: list[tuple[list[Any], Any]] = []
    for correction, state, _ in standings:
        if state in ("lost", "agrees"):
            continue
        address = correction.address
        if correction.action == "add":
            _add(data, correction)
        elif not address.list:
            _set_own(data, address.field, None if correction.action == "remove" else correction.value)
        else:
            index = find_anchor(address.anchor, anchors_of(agreement, address.list))
            items, item = _item(data, address.list, index or 0)
            if correction.action == "remove":
                removed.append((items, item))
            else:
                _set_field(data, item, address.field, correction.value)
    for items, item in removed:
        if any(other is item for other in items):
            items[:] = [other for other in items if other is not item]
    _forget_lost_areas(data)
    return Agreement.model_validate(data)


def _item(data: dict[str, Any], name: str, index: int) -> tuple[list[Any], Any]:
    """The list that holds the item, and the item; targets lie in their goals."""
    if name == "targets":
        places = [(goal["targets"], target) for goal in data["goals"] for target in goal["targets"]]
        return places[index]
    return data[name], data[name][index]


def _set_own(data: dict[str, Any], field: str, value: Plain) -> None:
    if field == "municipalities":
        names = value if isinstance(value, tuple) else (shown(value),) if value else ()
        data[field] = [municipality_named(name).model_dump(mode="json") for name in names]
        return
    *parts, last = field.split(".")
    for part in parts:
        data = data[part]
    data[last] = value


def _set_field(data: dict[str, Any], item: dict[str, Any], field: str, value: Plain) -> None:
    if field == "focus_area":
        item[field] = _area_id(data, value)
    elif field == "recurring":
        item[field] = [_recurring(name) for name in _texts(value)]
    elif field in _TEXT_LISTS:
        item[field] = list(_texts(value))
    else:
        item[field] = value


def _texts(value: Plain) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return tuple(part.strip() for part in shown(value).split(";") if part.strip())


def _area_id(data: dict[str, Any], title: Plain) -> str | None:
    if title in (None, ""):
        return None
    areas = data["focus_areas"]
    found = max(areas, key=lambda area: text_ratio(area["title"], shown(title)), default=None)
    if found is None or text_ratio(found["title"], shown(title)) < _SAME_AREA:
        raise CorpusError(f"no focus area of the agreement is called {shown(title)!r}")
    return str(found["id"])


def _recurring(identity: str) -> dict[str, Any]:
    entry = load_register().get(identity)
    return {"id": identity, "name": entry.name if entry else identity, "score": 1.0}


def _add(data: dict[str, Any], correction: Correction) -> None:
    name = correction.address.list
    if name not in MAIN_FIELDS:
        raise CorpusError(f"nothing can be added to {name!r}; there are {', '.join(MAIN_FIELDS)}")
    item: dict[str, Any] = {**_NEW.get(name, {}), MAIN_FIELDS[name]: shown(correction.value)}
    if name == "mentions":
        item["text"] = shown(correction.value)
    elif name != "signatories":
        item["id"] = f"x{correction.id}"
    data[name].append(item)


def _forget_lost_areas(data: dict[str, Any]) -> None:
    known = {area["id"] for area in data["focus_areas"]}
    for name in ("goals", "problem_pictures", "measures"):
        for item in data[name]:
            if item.get("focus_area") not in known:
                item["focus_area"] = None


def plain_of(field: str, text: str) -> Plain:
    """What a person wrote in a cell as a value of the field. Raises CorpusError for a number that is none."""
    if field in (*_TEXT_LISTS, "recurring", "municipalities"):
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if field in _NUMBERS:
        try:
            return float(text.replace(" ", "").replace("\u00a0", "").replace(",", "."))
        except ValueError:
            raise CorpusError(f"{text!r} is no number") from None
    return text
