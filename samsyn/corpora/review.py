"""A review by people: gives the values of a corpus as rows, the doubtful first, and takes the rows back with verdicts.

A row carries its value's address, so that it can be sorted, cut and sent by mail, and still be understood.
"""

from __future__ import annotations

import heapq
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from samsyn.corpora import truth
from samsyn.corpora.confidence import confidence_of, ground_of, measured
from samsyn.corpora.corrections import (
    Action,
    Address,
    Correction,
    address_row,
    as_read,
    check_correction,
    corrections_of,
    keep_correction,
    plain_json,
    plain_of,
    shown,
)
from samsyn.corpora.sampling import Check, Drawn, drawn_of, keep_check
from samsyn.corpora.truth import Kept
from samsyn.corpora.values import (
    FIELDS,
    MAIN_FIELDS,
    NO_ANCHOR,
    OWN_FIELDS,
    Anchor,
    Plain,
    ValueAt,
    anchors_of,
    item_value,
    items_of,
    own_value,
    values_of,
)
from samsyn.errors import CorpusError
from samsyn.models.agreement import Agreement
from samsyn.models.corrections import Corrections, ValueCorrection
from samsyn.models.review import ReviewRow
from samsyn.vocabulary.load import load_toml


class Imported(NamedTuple):
    """What came of a review: how many corrections and checks are new, and which rows could not be taken, and why."""

    corrections: int
    checks: int
    problems: tuple[str, ...]


class _Item(NamedTuple):
    """A value of the corpus with all that a row says of it."""

    kept: Kept
    agreement: Agreement
    value: ValueAt

    @property
    def address(self) -> Address:
        return Address(self.kept.source, self.kept.position, self.value.list, self.value.anchor, self.value.field)


def _items(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[_Item]:
    for identity in ids:
        kept = truth.kept_by_id(connection, identity)
        if kept is not None:
            agreement = as_read(connection, kept)
            for value in values_of(agreement):
                yield _Item(kept, agreement, value)


def present_values(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[Drawn]:
    """Every value of the agreements that is not empty, as read."""
    for item in _items(connection, ids):
        if item.value.value not in (None, ()):
            yield drawn_of(item.address, item.value.value)


def review_rows(connection: sqlite3.Connection, ids: Iterable[str], *, limit: int) -> list[ReviewRow]:
    """The `limit` most doubtful values of the agreements, the least sure first."""
    rows = _rows(connection, _items(connection, ids))
    return heapq.nsmallest(limit, rows, key=lambda row: (row.confidence, row.agreement, row.list, row.item, row.field))


def rows_of_sample(connection: sqlite3.Connection, drawn: Iterable[Drawn]) -> list[ReviewRow]:
    """The drawn values as rows, in the order in which they were drawn."""
    wanted = {item.address.key: number for number, item in enumerate(drawn)}
    ids = connection.execute("SELECT id FROM agreements ORDER BY id").fetchall()
    items = (item for item in _items(connection, (row[0] for row in ids)) if item.address.key in wanted)
    found = dict(_keyed_rows(connection, items))
    return [found[key] for key in wanted if key in found]


def _rows(connection: sqlite3.Connection, items: Iterable[_Item]) -> Iterator[ReviewRow]:
    return (row for _, row in _keyed_rows(connection, items))


def _keyed_rows(
    connection: sqlite3.Connection, items: Iterable[_Item]
) -> Iterator[tuple[tuple[object, ...], ReviewRow]]:
    shares = measured(connection)
    of, ground, corrected = "", None, {}
    for item in items:
        if item.kept.id != of or ground is None:
            of = item.kept.id
            ground = ground_of(connection, of, item.agreement)
            in_force = corrections_of(connection, item.kept.source, item.kept.position)
            corrected = {one.address.key: one for one in in_force if one.action == "set"}
        score, doubts = confidence_of(item.value, ground, shares)
        evidence = item.value.evidence[0] if item.value.evidence else None
        correction = corrected.get(item.address.key)
        yield (
            item.address.key,
            ReviewRow(
                key=_key(item.address, item.value.value),
                agreement=item.kept.id,
                municipality=", ".join(municipality.name for municipality in item.agreement.municipalities),
                list=item.value.list,
                item=item.value.anchor.id,
                field=item.value.field,
                value=shown(item.value.value),
                corrected=shown(correction.value) if correction else "",
                comment=(correction.note or "") if correction else "",
                confidence=score,
                doubt="; ".join(doubts),
                page=evidence.page if evidence else None,
                evidence=evidence.text if evidence else "",
                file=item.agreement.source.file,
            ),
        )


def _key(address: Address, value: Plain) -> str:
    source, position, name, anchor, field = address_row(address)
    return json.dumps([source, position, name, json.loads(anchor), field, value], ensure_ascii=False)


def rows_of_corrections(connection: sqlite3.Connection, given: Corrections) -> Iterator[tuple[int, ReviewRow]]:
    """The verdicts of a corrections file (of the page of `samsyn review`) as numbered rows, to be taken like others.

    Raises CorpusError when the file that was judged is not in the corpus.
    """
    kept = {one.position: one for one in truth.kept_of_source(connection, given.sha256)}
    if not kept:
        raise CorpusError(f"{given.file or given.sha256}: the file that was judged is not in this corpus")
    for number, judged in enumerate(given.corrections, start=1):
        entry = kept.get(judged.agreement - 1)
        yield number, _row_of_correction(connection, entry, judged) if entry else ReviewRow("[]", "", verdict="fel")


def _row_of_correction(connection: sqlite3.Connection, kept: Kept, judged: ValueCorrection) -> ReviewRow:
    found = _value_at(connection, kept, judged.path)
    if found is None or (judged.ground or "") != shown(found[1]):
        return ReviewRow("[]", kept.id, verdict="fel")  # judged when something else was read there
    address, value = found
    right = judged.verdict == "right"
    goes = not right and judged.value is None and MAIN_FIELDS.get(address.list) == address.field
    words: Mapping[str, list[str]] = load_toml("corpus.toml")["review"]
    return ReviewRow(
        key=_key(address, value),
        agreement=kept.id,
        verdict=words["right" if right else "remove" if goes else "wrong"][0],
        corrected="" if right or goes else judged.value or words["empty"][0],
    )


def row_at(connection: sqlite3.Connection, identity: str, path: str, value: str | None, note: str = "") -> ReviewRow:
    """The row that puts `value` at a path such as 'period.end' or 'goals[g3].text'; None empties it.

    Raises CorpusError when there is no such agreement or value.
    """
    kept = truth.kept_by_id(connection, identity)
    found = _value_at(connection, kept, path) if kept else None
    if kept is None or found is None:
        raise CorpusError(f"{identity} has no value at {path!r}; paths are such as period.end and goals[g3].text")
    empty = load_toml("corpus.toml")["review"]["empty"][0]
    return ReviewRow(_key(*found), kept.id, corrected=empty if value is None else value, comment=note)


def _value_at(connection: sqlite3.Connection, kept: Kept, path: str) -> tuple[Address, Plain] | None:
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    name, item, field = match["list"] or "", match["item"], match["field"]
    agreement = as_read(connection, kept)
    if not name:
        own = own_value(agreement, field) if field in OWN_FIELDS else None
        return (Address(kept.source, kept.position, "", NO_ANCHOR, field), own) if field in OWN_FIELDS else None
    areas = {area.id: area.title for area in agreement.focus_areas}
    if field not in FIELDS.get(name, ()):
        return None
    for anchor, one in zip(anchors_of(agreement, name), items_of(agreement, name), strict=True):
        if anchor.id == item:
            return Address(kept.source, kept.position, name, anchor, field), item_value(one, field, areas)
    return None


_PATH = re.compile(r"(?:(?P<list>\w+)\[(?P<item>[^\]\s]+)\]\.)?(?P<field>[\w.]+)")
"""A value's path in a corrections file: 'period.start', 'goals[g3].text'."""


def take_review(
    connection: sqlite3.Connection, run: int, rows: Iterable[tuple[int, ReviewRow]], who: str, extractor: str
) -> Imported:
    """Keep what the rows say; each comes with its number, by which a problem names it. Empty ones are passed over.

    A corrected value, or a verdict: right, wrong, remove it, or a new item (`vocabulary/corpus.toml`, `[review]`).
    """
    corrections = checks = 0
    problems: list[str] = []
    for number, row in rows:
        try:
            corrected, checked = _take(connection, run, row, who, extractor)
        except CorpusError as error:
            problems.append(f"row {number}: {error}")
            continue
        corrections += corrected
        checks += checked
    return Imported(corrections, checks, tuple(problems))


def _take(connection: sqlite3.Connection, run: int, row: ReviewRow, who: str, extractor: str) -> tuple[bool, bool]:
    verdict = _verdict(row.verdict)
    if not verdict and not row.corrected.strip():
        return False, False
    if verdict == "add":
        return _add(connection, run, row, who), False
    address, value = _address(row)
    corrected = False
    action: Action = "remove" if verdict == "remove" else "set"
    if row.corrected.strip() or verdict == "remove":
        new = None if verdict == "remove" else _new_value(address.field, row.corrected.strip())
        if action == "remove" and not address.list:
            action = "set"
        if action == "remove" or new != value or _is_corrected(connection, address):
            correction = Correction(address, action, value, new, who, row.comment.strip() or None)
            check_correction(_agreement(connection, address), correction)
            corrected = keep_correction(connection, run, correction)
        verdict = verdict or ("right" if new == value else "wrong")
    said = "right" if verdict == "right" else "wrong"
    check = Check(address, plain_json(value), said, who, row.comment.strip() or None)
    return corrected, keep_check(connection, run, check, extractor)


def _is_corrected(connection: sqlite3.Connection, address: Address) -> bool:
    """True when a correction is in force, so that writing the value as read again takes it back."""
    in_force = corrections_of(connection, address.source, address.position)
    return any(one.address.key == address.key for one in in_force)


def _verdict(text: str) -> str:
    plain = " ".join(text.split()).casefold()
    if not plain:
        return ""
    words: Mapping[str, list[str]] = load_toml("corpus.toml")["review"]
    found = next((name for name, known in words.items() if plain in known), None)
    if found is None or found == "empty":
        told = ", ".join(known[0] for name, known in words.items() if name != "empty")
        raise CorpusError(f"{text!r} is no verdict; there are {told}")
    return found


def _address(row: ReviewRow) -> tuple[Address, Plain]:
    try:
        source, position, name, anchor, field, value = json.loads(row.key)
        address = Address(source, position, name, Anchor(*anchor), field)
        return address, tuple(value) if isinstance(value, list) else value
    except (ValueError, TypeError) as error:
        raise CorpusError("it does not say which value is meant, or that value reads otherwise now") from error


def _new_value(field: str, text: str) -> Plain:
    return None if text.casefold() in load_toml("corpus.toml")["review"]["empty"] else plain_of(field, text)


def _agreement(connection: sqlite3.Connection, address: Address) -> Agreement:
    for kept in truth.kept_of_source(connection, address.source):
        if kept.position == address.position:
            return as_read(connection, kept)
    raise CorpusError("its agreement is not in this corpus")


def _add(connection: sqlite3.Connection, run: int, row: ReviewRow, who: str) -> bool:
    kept = truth.kept_by_id(connection, row.agreement.strip())
    if kept is None:
        raise CorpusError(f"no agreement is called {row.agreement.strip()!r}")
    name, text = row.list.strip(), row.corrected.strip()
    if name not in MAIN_FIELDS or not text:
        raise CorpusError(f"a new value needs its list ({', '.join(MAIN_FIELDS)}) and its text as the corrected value")
    address = Address(kept.source, kept.position, name, NO_ANCHOR, MAIN_FIELDS[name])
    correction = Correction(address, "add", None, text, who, row.comment.strip() or None)
    check_correction(as_read(connection, kept), correction)
    return keep_correction(connection, run, correction)
