"""Takes an agreement and what a person said of its values, gives it corrected, with a warning that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from samsyn.corpora.corrections import Action, Address, Correction, check_correction, lay_over, plain_of, shown
from samsyn.corpora.values import (
    FIELDS,
    MAIN_FIELDS,
    NO_ANCHOR,
    OWN_FIELDS,
    Anchor,
    anchors_of,
    item_value,
    items_of,
    own_value,
)
from samsyn.errors import CorpusError, CorrectionsError
from samsyn.models.agreement import Agreement
from samsyn.models.corrections import Corrections, ValueCorrection
from samsyn.models.source import Caution
from samsyn.write.clean import one_line

CORRECTED = "corrected"
"""The rule of an item that a person has corrected, and the code of the warning that says so."""

_MOST_BYTES = 20 * 2**20
_PATH = re.compile(r"(?:(?P<list>\w+)\[(?P<id>[^\]\s]+)\]\.)?(?P<field>[\w.]+)")
_DATES = frozenset({"period.start", "period.end", "decided.date", "date"})
_NAMED = 5
"""How many corrected values the warning names."""


def read_corrections(path: Path) -> Corrections:
    """The corrections in a file. Raises CorrectionsError, with one line that says why, when it holds none."""
    data = path.read_bytes()
    if len(data) > _MOST_BYTES:
        raise CorrectionsError(f"{path.name}: too large for a file of corrections")
    try:
        return Corrections.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise CorrectionsError(f"{path.name}: not a file of corrections ({reason})") from error


def apply_corrections(agreement: Agreement, corrections: Corrections, *, number: int = 1) -> Agreement:
    """The agreement with the corrections in it; `number` says which agreement of its file it is, from 1.

    Items that were corrected have the rule 'corrected'; a warning says how many values were. A wrong value whose
    correction is empty is taken out, and with its main value an item; one whose correction is the same stays. What
    was judged when something else was read there is left out. Both are named in warnings.
    Raises CorrectionsError when a path leads to no value, when a value does not fit, or when the corrections are
    of another file.
    """
    if corrections.sha256 != agreement.source.sha256:
        raise CorrectionsError(f"the corrections are of another file ({corrections.file})")
    wanted = [item for item in corrections.corrections if item.agreement == number]
    addressed = [(item, _address(agreement, item.path)) for item in wanted]
    held = [(item, address) for item, address in addressed if _holds(agreement, item, address)]
    outdated = [item.path for item in wanted if item.path not in {kept.path for kept, _ in held}]
    doubted = [item.path for item, _ in held if item.verdict == "wrong" and _gives_nothing_else(item)]
    wrong = [
        (item.path, replace(_correction(agreement, item, address), id=place))
        for place, (item, address) in enumerate(held, 1)
        if item.verdict == "wrong" and not _gives_nothing_else(item)
    ]
    confirmed = sum(item.verdict == "right" for item, _ in held)
    for path, correction in wrong:
        _check(agreement, path, correction)
    laid = lay_over(agreement, [correction for _, correction in wrong]).agreement
    marked = _marked(laid, {_item_of(correction.address) for _, correction in wrong})
    cautions = tuple(_cautions([path for path, _ in wrong], confirmed, doubted, outdated))
    return marked.model_copy(update={"warnings": (*marked.warnings, *cautions)})


def _address(agreement: Agreement, path: str) -> Address:
    """The value that the path leads to. Raises CorrectionsError when there is none."""
    match = _PATH.fullmatch(path)
    if match is not None:
        name, identity, field = match["list"] or "", match["id"], match["field"]
        anchor = _anchor(agreement, name, identity) if name in FIELDS else None if name else NO_ANCHOR
        if anchor is not None and field in (FIELDS[name] if name else OWN_FIELDS):
            return Address(agreement.source.sha256, 0, name, anchor, field)
    raise CorrectionsError(f"there is no value {one_line(path)[:100]!r} to correct")


def _anchor(agreement: Agreement, name: str, identity: str) -> Anchor | None:
    return next((anchor for anchor in anchors_of(agreement, name) if anchor.id == identity), None)


def _found(agreement: Agreement, address: Address) -> str:
    """What is read there now, as a person sees it."""
    if not address.list:
        return shown(own_value(agreement, address.field))
    index = anchors_of(agreement, address.list).index(address.anchor)
    areas = {area.id: area.title for area in agreement.focus_areas}
    return shown(item_value(items_of(agreement, address.list)[index], address.field, areas))


def _holds(agreement: Agreement, item: ValueCorrection, address: Address) -> bool:
    """True when what was judged is still what is read there."""
    return item.ground is None or one_line(item.ground) == one_line(_found(agreement, address))


def _correction(agreement: Agreement, item: ValueCorrection, address: Address) -> Correction:
    text = (item.value or "").strip()
    if address.field in _DATES and text:
        _check_date(item.path, text)
    try:
        value = plain_of(address.field, text) if text else None
    except CorpusError as error:
        raise CorrectionsError(f"{item.path}: {error}") from error
    action: Action = "remove" if not text and _makes_the_item(agreement, address) else "set"
    return Correction(address, action, _found(agreement, address), value, who="")


def _gives_nothing_else(item: ValueCorrection) -> bool:
    """True when a value was called wrong and what was found there was left as its correction: nobody knows better."""
    return bool(item.ground) and one_line(item.value or "") == one_line(item.ground or "")


def _item_of(address: Address) -> tuple[str, str]:
    """The list and id of the item; a target is part of its goal."""
    if address.list == "targets":
        return "goals", address.anchor.id.partition(".")[0]
    return address.list, address.anchor.id


def _check_date(path: str, text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise CorrectionsError(f"{path}: {text!r} is no date such as 2025-01-31") from error


def _makes_the_item(agreement: Agreement, address: Address) -> bool:
    """True for the value without which nothing is left of the item."""
    if MAIN_FIELDS.get(address.list) != address.field:
        return False
    if address.list != "measures":
        return True
    measure = next(measure for measure in agreement.measures if measure.id == address.anchor.id)
    return not (measure.municipality_action or measure.police_action or measure.joint_action)


def _check(agreement: Agreement, path: str, correction: Correction) -> None:
    try:
        check_correction(agreement, correction)
    except CorpusError as error:
        raise CorrectionsError(f"{path}: {error}") from error


def _marked(agreement: Agreement, corrected: set[tuple[str, str]]) -> Agreement:
    """The agreement with the corrected items marked by their rule, those that keep one."""
    marked = {
        name: tuple(
            item.model_copy(update={"rule": CORRECTED}) if (name, item.id) in corrected else item
            for item in getattr(agreement, name)
        )
        for name in ("goals", "problem_pictures", "measures")
    }
    return agreement.model_copy(update=marked)


def _cautions(
    corrected: Sequence[str], confirmed: int, doubted: Sequence[str], outdated: Sequence[str]
) -> Iterator[Caution]:
    if corrected or confirmed:
        said = f"{len(corrected)} {'uppgift är rättad' if len(corrected) == 1 else 'uppgifter är rättade'} för hand"
        said += f" ({_list(corrected)})" if corrected else ""
        said += f", {confirmed} {'är bekräftad' if confirmed == 1 else 'är bekräftade'}" if confirmed else ""
        yield Caution(code=CORRECTED, message=f"{said}.")
    if doubted:
        message = f"Uppgifter som har kallats felaktiga utan att det rätta är känt: {_list(doubted)}."
        yield Caution(code="doubted", message=message)
    if outdated:
        message = f"Rättelser som inte användes, därför att något annat läses där nu: {_list(outdated)}."
        yield Caution(code="corrections-outdated", message=message)


def _list(paths: Sequence[str]) -> str:
    named = ", ".join(paths[:_NAMED])
    return f"{named} …" if len(paths) > _NAMED else named
