"""Reads a pair of agreements from TOML: two agreements, and by equal keys which of their parts an honest reader pairs.

A measure of the new agreement may say in `told` what an honest reader would call its change: any of these kinds.
A key `a+b` in the new agreement is `a` and `b` merged; keys `a/1`, `a/2` are what `a` was split into: for these any of
the possible pairs is right.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from samsyn.match import Matcher
from samsyn.models.agreement import (
    Agreement,
    FocusArea,
    Goal,
    Measure,
    Municipality,
    Party,
    Period,
    ProblemPicture,
    RecurringMatch,
    Signatory,
)
from samsyn.models.comparison import ChangeKind
from samsyn.models.source import Source
from samsyn.vocabulary.register import load_register

PAIRS = Path(__file__).parent / "pairs"
SECTIONS = ("focus_areas", "goals", "problem_pictures", "measures", "signatories")
DEVELOPED_ON, HELD_OUT, BLIND = "developed on", "held out", "once blind"
"""What the weights were set on; what was never looked into; what was first paired blind, round by round, and then
looked into (the key `blind` says in which; docs/comparing.md has what the first run of each round gave)."""


@dataclass(frozen=True)
class Pair:
    """Two agreements and the gold: for each section, the keys of the old and the new parts by their ids."""

    name: str
    shape: str
    group: str
    old: Agreement
    new: Agreement
    old_keys: Mapping[str, Mapping[str, str]]
    new_keys: Mapping[str, Mapping[str, str]]
    told: Mapping[str, tuple[ChangeKind, ...]]
    """By id of a new measure the kinds of change of which one must be told; not for all."""

    def gold(self, section: str) -> frozenset[tuple[str, str]]:
        """The pairs of ids that are right; of merged and split parts, all that may be."""
        return frozenset(
            (old, new)
            for (old, old_key), (new, new_key) in product(
                self.old_keys[section].items(), self.new_keys[section].items()
            )
            if _meet(old_key, new_key)
        )


def parts_of(key: str) -> frozenset[str]:
    """What a key is made of: `a` and `b` of `a+b`, `a` of `a/1`."""
    return frozenset(part.partition("/")[0] for part in key.split("+"))


def _meet(old_key: str, new_key: str) -> bool:
    return bool(parts_of(old_key) & parts_of(new_key))


@cache
def load_pairs() -> tuple[Pair, ...]:
    """Every pair, by name."""
    return tuple(load_pair(path) for path in sorted(PAIRS.glob("*.toml")))


def load_pair(path: Path) -> Pair:
    """One pair of agreements with its gold."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    forms = data["form"]
    told = {
        f"m{number}": tuple(entry.pop("told"))
        for number, entry in enumerate(data["new"]["measures"], start=1)
        if "told" in entry
    }
    old, old_keys = build_agreement(data["old"], forms[0])
    new, new_keys = build_agreement(data["new"], forms[1])
    group = BLIND if "blind" in data else HELD_OUT if data.get("held_out") else DEVELOPED_ON
    return Pair(path.stem, data["shape"], group, old, new, old_keys, new_keys, told)


def build_agreement(data: Mapping[str, Any], form: str) -> tuple[Agreement, dict[str, dict[str, str]]]:
    """An agreement made of its description, and the key of each part by section and id."""
    code, _, name = data["municipality"].partition(" ")
    areas = {key: f"a{number}" for number, key in enumerate(data["areas"], start=1)}
    keys: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
    keys["focus_areas"] = {identifier: key for key, identifier in areas.items()}

    def numbered(section: str, listed: Sequence[Mapping[str, Any]], letter: str) -> list[tuple[str, dict[str, Any]]]:
        found = []
        for number, entry in enumerate(listed, start=1):
            fields = dict(entry)
            keys[section][f"{letter}{number}"] = fields.pop("key")
            if "area" in fields:
                fields["focus_area"] = areas[fields.pop("area")]
            found.append((f"{letter}{number}", fields))
        return found

    start, end = data["period"]
    agreement = Agreement(
        id=f"{name.lower()}-{start[:4]}-{end[:4]}",
        title=data["title"],
        kind="samverkansöverenskommelse",
        municipalities=(Municipality(code=code, name=name, county="okänt"),),
        parties=(Party(name=f"{name} kommun", party="municipality"), Party(name="Polismyndigheten", party="police")),
        period=Period(start=start, end=end, text=f"{start[:4]}–{end[:4]}"),
        focus_areas=tuple(FocusArea(id=areas[key], title=title) for key, title in data["areas"].items()),
        goals=tuple(
            Goal(id=identifier, **{"level": "area", **fields})
            for identifier, fields in numbered("goals", data["goals"], "g")
        ),
        problem_pictures=tuple(
            ProblemPicture(id=identifier, **{"title": None, **fields})
            for identifier, fields in numbered("problem_pictures", data["problems"], "p")
        ),
        measures=tuple(
            _measure(identifier, form, fields) for identifier, fields in numbered("measures", data["measures"], "m")
        ),
        signatories=tuple(Signatory(**fields) for _, fields in numbered("signatories", data["signatories"], "s")),
        source=Source(
            file=f"{name.lower()}.pdf",
            sha256=hashlib.sha256(data["title"].encode()).hexdigest(),
            media_type="application/pdf",
            pages=None,
        ),
    )
    return agreement, keys


@cache
def _matcher() -> Matcher:
    return Matcher(load_register())


def _measure(identifier: str, form: str, fields: Mapping[str, Any]) -> Measure:
    texts = {name: value for name, value in fields.items() if isinstance(value, str)}
    recurring = tuple(
        RecurringMatch(id=match.id, name=match.name, score=match.score) for match in _matcher().identify(texts)
    )
    return Measure(id=identifier, form=form, recurring=recurring, **fields)  # type: ignore[arg-type]
