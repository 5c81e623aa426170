"""Draws values for people to check, and says from the checks how right each field is, with its uncertainty."""

from __future__ import annotations

import hashlib
import heapq
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import sqrt
from typing import NamedTuple

from samsyn.corpora.corrections import Address, address_of, address_row, plain_json
from samsyn.corpora.truth import now
from samsyn.models.table import Column, Row, Table, TableSchema

_Z = 1.959964
"""The normal quantile of a 95 percent interval."""

QUALITY = TableSchema(
    "quality",
    "How right the values are: checks by people of a sample drawn by chance",
    (
        Column("field", description="the list of the agreement and the field of its items"),
        Column("checked", "integer", "values checked"),
        Column("right", "integer", "of them right"),
        Column("precision", "number", "share that is right"),
        Column("low", "number", "lower end of the 95 percent confidence interval (Wilson)"),
        Column("high", "number", "upper end"),
        Column("outdated", "integer", "further checks, of values that read otherwise now"),
    ),
    key=("field",),
)


class Drawn(NamedTuple):
    """A value that may be drawn: its address and itself, as JSON."""

    address: Address
    value: str


def wilson(right: int, every: int) -> tuple[float, float]:
    """The 95 percent confidence interval of the share `right / every` (Wilson's score interval); (0, 1) for no case.

    >>> [round(end, 3) for end in wilson(45, 50)]
    [0.786, 0.957]
    """
    if not every:
        return 0.0, 1.0
    share, spread = right / every, _Z * _Z / every
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * sqrt(share * (1 - share) / every + spread / (4 * every))
    return max(0.0, middle - half), min(1.0, middle + half)


def draw(values: Iterable[Drawn], *, size: int, seed: str, each_field: bool = False) -> tuple[list[Drawn], int]:
    """`size` of the values by chance, or `size` of each field, in random order; and how many there were to draw from.

    Chance is a hash of seed and value: the same seed draws the same values from the same corpus, whatever its order.
    """
    heaps: dict[str, list[tuple[int, int, Drawn]]] = defaultdict(list)
    population = 0
    for population, value in enumerate(values, start=1):
        rank = -_chance(seed, value)
        heap = heaps[f"{value.address.list}.{value.address.field}" if each_field else ""]
        if len(heap) < size:
            heapq.heappush(heap, (rank, population, value))
        elif rank > heap[0][0]:
            heapq.heapreplace(heap, (rank, population, value))
    chosen = sorted((item for heap in heaps.values() for item in heap), key=lambda item: -item[0])
    return [value for _, _, value in chosen], population


def _chance(seed: str, value: Drawn) -> int:
    key = json.dumps([seed, *address_row(value.address)[:3], value.address.anchor.id, value.address.field])
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")


def keep_sample(
    connection: sqlite3.Connection, run: int, drawn: Iterable[Drawn], *, seed: str, each_field: bool, population: int
) -> int:
    """Record the sample; its number."""
    items = list(drawn)
    cursor = connection.execute(
        "INSERT INTO samples (seed, size, each_field, population, run, drawn_at) VALUES (?, ?, ?, ?, ?, ?)",
        (seed, len(items), int(each_field), population, run, now()),
    )
    sample = int(cursor.lastrowid or 0)
    connection.executemany(
        "INSERT INTO sample_items (sample, number, source, position, list, anchor, field, value) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(sample, number, *address_row(item.address), item.value) for number, item in enumerate(items, start=1)],
    )
    return sample


class Check(NamedTuple):
    """What a person said of a value: right or wrong."""

    address: Address
    value: str
    verdict: str
    who: str
    note: str | None = None


def keep_check(connection: sqlite3.Connection, run: int, check: Check, extractor: str) -> bool:
    """Record the check; False when the same person has said the same of the same value."""
    rows = connection.execute(
        "SELECT source, position, list, anchor, field, value, verdict, who FROM checks "
        "WHERE source = ? AND position = ? AND list = ? AND field = ? ORDER BY id DESC",
        (check.address.source, check.address.position, check.address.list, check.address.field),
    )
    for row in rows:
        if address_of(row).key == check.address.key and row[7] == check.who and row[5] == check.value:
            if row[6] == check.verdict:
                return False
            break
    connection.execute(
        "INSERT INTO checks (source, position, list, anchor, field, value, verdict, who, note, extractor, run, "
        "made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*address_row(check.address), check.value, check.verdict, check.who, check.note, extractor, run, now()),
    )
    return True


class _Judged(NamedTuple):
    address: Address
    value: str
    verdict: str


def quality(connection: sqlite3.Connection, present: Iterable[Drawn], *, every_check: bool = False) -> Table:
    """By field the share of right values with its interval, from the newest check of each value of a sample.

    `present` are the values as they read now: a check of a value that has changed since counts as outdated. With
    `every_check`, checks outside samples count too; those of doubtful values make the share too low.
    """
    judged = {check.address.key: check for check in _newest_checks(connection)}
    if not every_check:
        drawn = {address_of(row).key for row in connection.execute(_SAMPLED)}
        judged = {key: check for key, check in judged.items() if key in drawn}
    now_read = {item.address.key: item.value for item in present if item.address.key in judged}
    right, wrong, old = Counter[str](), Counter[str](), Counter[str]()
    for key, check in judged.items():
        field = f"{check.address.list}.{check.address.field}".removeprefix(".")
        if now_read.get(key) != check.value:
            old[field] += 1
        elif check.verdict == "right":
            right[field] += 1
        else:
            wrong[field] += 1
    return Table(QUALITY, list(_quality_rows(right, wrong, old, _is_even(connection) or every_check)))


_SAMPLED = "SELECT source, position, list, anchor, field FROM sample_items"


def _newest_checks(connection: sqlite3.Connection) -> Iterator[_Judged]:
    rows = connection.execute("SELECT source, position, list, anchor, field, value, verdict FROM checks ORDER BY id")
    yield from (_Judged(address_of(row), row[5], row[6]) for row in rows)


def _is_even(connection: sqlite3.Connection) -> bool:
    """True when every value had the same chance: only then do all fields together have a share."""
    return connection.execute("SELECT 1 FROM samples WHERE each_field").fetchone() is None


def _quality_rows(right: Counter[str], wrong: Counter[str], old: Counter[str], even: bool) -> Iterator[Row]:
    for field in sorted({*right, *wrong, *old}):
        yield _quality_row(field, right[field], wrong[field], old[field])
    if even and right.total() + wrong.total():
        yield _quality_row("all", right.total(), wrong.total(), old.total())


def _quality_row(field: str, right: int, wrong: int, old: int) -> Row:
    every = right + wrong
    low, high = wilson(right, every)
    return (field, every, right, round(right / every, 4) if every else None, round(low, 4), round(high, 4), old)


def drawn_of(address: Address, value: object) -> Drawn:
    """The value at its address, ready to be drawn."""
    return Drawn(address, plain_json(value))  # type: ignore[arg-type]
