"""Floors: the F1 that each split, variant and column has reached, below which it may not sink in silence."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import NamedTuple

from tests.accuracy.scoring import COLUMNS, Score
from tests.accuracy.suite import Outcome, by_variant, fingerprint, misses

FLOORS = Path(__file__).parent / "floors.json"
KNOWN_MISSES = Path(__file__).parent / "misses.json"
"""What was missed when the floors were last written, in the documents that developers may look at."""


class Sunk(NamedTuple):
    """A column that lies below its floor."""

    group: str
    column: str
    floor: float
    now: float

    def __str__(self) -> str:
        return f"{self.group}: {self.column} is {self.now:.1f}, its floor {self.floor:.1f}"


class Floors(NamedTuple):
    """The floors by group and column, and the corpus they were measured on."""

    fingerprint: str
    groups: dict[str, dict[str, float]]


def read_floors() -> Floors:
    """The committed floors; none where nothing has been written yet."""
    if not FLOORS.exists():
        return Floors("", {})
    data = json.loads(FLOORS.read_text(encoding="utf-8"))
    return Floors(data["fingerprint"], data["groups"])


def reached(groups: dict[str, Score]) -> dict[str, dict[str, float]]:
    """The F1 of each group and column, cut to a tenth."""
    return {
        name: {column: math.floor(value * 10) / 10 for column in COLUMNS if (value := one.f1(column)) is not None}
        for name, one in groups.items()
    }


def sunk(groups: dict[str, Score], floors: Floors) -> list[Sunk]:
    """The columns that lie below their floors; a column that is gone lies at nothing."""
    now = reached(groups)
    return [
        Sunk(group, column, floor, now.get(group, {}).get(column, 0.0))
        for group, columns in floors.groups.items()
        for column, floor in columns.items()
        if now.get(group, {}).get(column, 0.0) < floor
    ]


def write_floors(outcomes: list[Outcome], allow_lower: bool) -> list[Sunk]:
    """Writes the floors anew; where some would sink and that is not allowed, writes nothing and returns them."""
    groups = by_variant([outcome for outcome in outcomes if outcome.case.split != "blind"])
    below = sunk(groups, read_floors())
    if below and not allow_lower:
        return below
    data = {"fingerprint": fingerprint(), "groups": reached(groups)}
    FLOORS.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    known = misses(outcomes, "develop")
    KNOWN_MISSES.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return []


def changes(outcomes: list[Outcome]) -> tuple[list[str], list[str]]:
    """Found now and not before, and before but not now, by document (of those developers may look at)."""
    before = json.loads(KNOWN_MISSES.read_text(encoding="utf-8")) if KNOWN_MISSES.exists() else {}
    now = misses(outcomes, "develop")
    better, worse = [], []
    for name in sorted({outcome.case.path.name for outcome in outcomes if outcome.case.split == "develop"}):
        old, new = set(before.get(name, [])), set(now.get(name, []))
        better += [f"{name}: {text}" for text in sorted(old - new)]
        worse += [f"{name}: {text}" for text in sorted(new - old)]
    return better, worse
