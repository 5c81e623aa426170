"""How the agreements of a corpus belong together: copies of one another, successors, plans of an agreement.

Worked out from what was read, never stored as truth. `settle` brings it up to date after something was added.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from samsyn.corpora.corrections import laid_over
from samsyn.corpora.database import transaction
from samsyn.corpora.differences import differences_between
from samsyn.corpora.sketches import likeness, unpack
from samsyn.corpora.truth import kept_by_id
from samsyn.errors import CorpusError
from samsyn.models.agreement import Agreement
from samsyn.models.table import Column, TableSchema

COPY = 0.6
"""So much of the text (0-1) must be the same for two files of one period to be copies of one agreement."""
REUSE = 0.4
"""So much for a text to be called taken over from another period or another municipality."""
_MOST_CANDIDATES = 40
_COMMON = 200
"""Stretches of text that more agreements have say nothing of kinship."""
_LEAST_SHARED = 4
_PRINCIPAL = "samverkansöverenskommelse"

RELATIONS = TableSchema(
    "relations",
    "How agreements belong together",
    (
        Column("agreement", references="agreements"),
        Column(
            "relation",
            description="replaces (the next of its kind in the municipality), belongs_to (a plan, promise or follow-up "
            "of the other), copy_of (another file of the same agreement), reuses (much the same text, an earlier "
            "period), shares_text (much the same text, another municipality)",
        ),
        Column("other", references="agreements"),
        Column("score", "number", "share of the text that is the same, 0-1; 1 when stated"),
        Column("reason", description="what it was told by"),
    ),
    key=("agreement", "relation", "other"),
)
DISAGREEMENTS = TableSchema(
    "disagreements",
    "Where what was read of two copies of an agreement differs: one of them is wrong, or they are not the same",
    (
        Column("agreement", references="agreements"),
        Column("other", references="agreements"),
        Column("field"),
        Column("number", "integer"),
        Column("value", description="what the one says; empty for nothing"),
        Column("other_value", description="what the other says"),
    ),
    key=("agreement", "other", "field", "number"),
)


class Member(NamedTuple):
    """What relations are told by."""

    id: str
    kind: str
    title: str
    municipalities: tuple[str, ...]
    start: str | None
    end: str | None
    diary_number: str | None
    replaces: str | None
    weight: tuple[int, int]
    """How much was found in it, and how little was doubtful; the best copy stands for the others."""


class _Pair(NamedTuple):
    first: str
    second: str
    likeness: float


def unsettled(connection: sqlite3.Connection) -> bool:
    """True when something was added since the relations were worked out."""
    return connection.execute("SELECT 1 FROM unsettled LIMIT 1").fetchone() is not None


def settle(connection: sqlite3.Connection) -> None:
    """Bring copies, relations and disagreements up to date; nothing when they are."""
    with transaction(connection):
        new = [row[0] for row in connection.execute("SELECT agreement FROM unsettled ORDER BY agreement")]
        if not new:
            return
        members = {member.id: member for member in _members(connection)}
        for identity in new:
            if identity in members:
                _find_pairs(connection, members, identity)
        pairs = [_Pair(*row) for row in connection.execute("SELECT first, second, likeness FROM text_pairs")]
        before = dict(connection.execute("SELECT id, copy_of FROM agreements WHERE copy_of IS NOT NULL").fetchall())
        mains = _mains(members, pairs)
        _write_copies(connection, mains)
        _write_relations(connection, _relations(members, pairs, mains))
        _write_disagreements(connection, before, mains, {*new})
        connection.execute("DELETE FROM unsettled")


def _members(connection: sqlite3.Connection) -> Iterator[Member]:
    places: dict[str, list[str]] = defaultdict(list)
    rows = connection.execute("SELECT agreement, municipality FROM agreement_municipalities ORDER BY municipality")
    for agreement, municipality in rows:
        places[agreement].append(municipality)
    for row in connection.execute(
        "SELECT id, kind, coalesce(title, ''), start_date, end_date, diary_number, replaces, "
        "goals + problem_pictures + measures + signatories, warnings FROM agreements ORDER BY id"
    ):
        identity, kind, title, start, end, diary_number, replaces, found, warnings = row
        weight = (found, -warnings)
        yield Member(identity, kind, title, tuple(places[identity]), start, end, diary_number, replaces, weight)


def _find_pairs(connection: sqlite3.Connection, members: Mapping[str, Member], identity: str) -> None:
    """Compare the agreement with those that share stretches of its text, and those of its place and time."""
    connection.execute("DELETE FROM text_pairs WHERE first = ? OR second = ?", (identity, identity))
    own = _sketch(connection, identity)
    if not own:
        return
    for other in _candidates(connection, members, identity):
        alike = likeness(own, _sketch(connection, other))
        if alike >= REUSE:
            first, second = sorted((identity, other))
            connection.execute(
                "INSERT OR REPLACE INTO text_pairs (first, second, likeness) VALUES (?, ?, ?)",
                (first, second, round(alike, 3)),
            )


def _sketch(connection: sqlite3.Connection, identity: str) -> tuple[int, ...]:
    row = connection.execute("SELECT sketch FROM sketches WHERE agreement = ?", (identity,)).fetchone()
    return unpack(row[0]) if row else ()


def _candidates(connection: sqlite3.Connection, members: Mapping[str, Member], identity: str) -> list[str]:
    shared: dict[str, int] = defaultdict(int)
    for (key,) in connection.execute("SELECT key FROM sketch_keys WHERE agreement = ?", (identity,)).fetchall():
        found = connection.execute(
            "SELECT agreement FROM sketch_keys WHERE key = ? LIMIT ?", (key, _COMMON + 1)
        ).fetchall()
        if len(found) <= _COMMON:
            for (other,) in found:
                shared[other] += 1
    likely = sorted((other for other, count in shared.items() if count >= _LEAST_SHARED), key=lambda o: (-shared[o], o))
    near = connection.execute(
        "SELECT DISTINCT other.agreement FROM agreement_municipalities AS own "
        "JOIN agreement_municipalities AS other USING (municipality) WHERE own.agreement = ? "
        "ORDER BY other.agreement",
        (identity,),
    )
    member = members[identity]
    contemporary = [row[0] for row in near if members[row[0]].start == member.start]
    return [other for other in dict.fromkeys((*likely[:_MOST_CANDIDATES], *contemporary)) if other != identity]


def _mains(members: Mapping[str, Member], pairs: Iterable[_Pair]) -> dict[str, str]:
    """Of each copy, the agreement that stands for it; agreements without copies are not in it."""
    group: dict[str, str] = {}

    def root(identity: str) -> str:
        while group.get(identity, identity) != identity:
            identity = group[identity]
        return identity

    for pair in pairs:
        if _are_copies(members[pair.first], members[pair.second], pair.likeness):
            first, second = sorted((root(pair.first), root(pair.second)))
            group[second] = first
            group.setdefault(first, first)
    gathered: dict[str, list[Member]] = defaultdict(list)
    for identity in group:
        gathered[root(identity)].append(members[identity])
    mains: dict[str, str] = {}
    for copies in gathered.values():
        best = min(copies, key=lambda member: (-member.weight[0], -member.weight[1], member.id))
        mains.update({member.id: best.id for member in copies if member.id != best.id})
    return mains


def _are_copies(first: Member, second: Member, alike: float) -> bool:
    """The same text, and nothing that says that it is of another place, time or kind."""
    if alike < COPY or first.kind != second.kind:
        return False
    if first.municipalities and second.municipalities and not {*first.municipalities} & {*second.municipalities}:
        return False
    return all(a is None or b is None or a == b for a, b in ((first.start, second.start), (first.end, second.end)))


def _write_copies(connection: sqlite3.Connection, mains: Mapping[str, str]) -> None:
    connection.execute("UPDATE agreements SET copy_of = NULL WHERE copy_of IS NOT NULL")
    connection.executemany(
        "UPDATE agreements SET copy_of = ? WHERE id = ?", [(main, copy) for copy, main in sorted(mains.items())]
    )


class _Relation(NamedTuple):
    agreement: str
    relation: str
    other: str
    score: float | None
    reason: str


def _relations(members: Mapping[str, Member], pairs: Iterable[_Pair], mains: Mapping[str, str]) -> Iterator[_Relation]:
    alike = {(pair.first, pair.second): pair.likeness for pair in pairs}
    for copy, main in mains.items():
        first, second = sorted((copy, main))
        yield _Relation(copy, "copy_of", main, alike.get((first, second)), "the same text")
    whole = [member for member in members.values() if member.id not in mains]
    yield from _successions(whole, alike)
    yield from _belongings(whole)
    for (first, second), score in alike.items():
        if first not in mains and second not in mains:
            yield from _reuse(members[first], members[second], score)


def _successions(members: Sequence[Member], alike: Mapping[tuple[str, str], float]) -> Iterator[_Relation]:
    seen: set[tuple[str, str]] = set()
    for line in series_of(members).values():
        for earlier, later in _steps(line):
            if (later.id, earlier.id) not in seen:
                seen.add((later.id, earlier.id))
                first, second = sorted((earlier.id, later.id))
                stated = _states(later, earlier)
                score = 1.0 if stated else alike.get((first, second))
                yield _Relation(later.id, "replaces", earlier.id, score, stated or "the next in the municipality")


def series_of(members: Iterable[Member]) -> dict[tuple[str, str], list[Member]]:
    """By municipality and kind: the agreements with a first day, in order."""
    series: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in members:
        for municipality in member.municipalities:
            if member.start:
                series[municipality, member.kind].append(member)
    for line in series.values():
        line.sort(key=lambda member: (member.start or "", member.id))
    return dict(sorted(series.items()))


def _steps(line: Sequence[Member]) -> Iterator[tuple[Member, Member]]:
    """Each agreement with those that began on the latest day before it."""
    for later in line:
        starts = [member.start for member in line if (member.start or "") < (later.start or "")]
        if starts:
            last = max(start for start in starts if start)
            yield from ((earlier, later) for earlier in line if earlier.start == last)


def _states(later: Member, earlier: Member) -> str | None:
    """The words by which the later says that it replaces the earlier: its diary number or its years."""
    said = later.replaces or ""
    if earlier.diary_number and _bare(earlier.diary_number) in _bare(said):
        return f"names its diary number: {said}"
    years = [day[:4] for day in (earlier.start, earlier.end) if day]
    if said and years and all(re.search(rf"(?<!\d){year}(?!\d)", said) for year in years):
        return f"names its years: {said}"
    return None


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _belongings(members: Sequence[Member]) -> Iterator[_Relation]:
    """Plans, promises and follow-ups with the agreement of their place that is valid at the same time the longest."""
    by_place: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        for municipality in member.municipalities:
            by_place[municipality].append(member)
    for member in members:
        near = {other.id: other for place in member.municipalities for other in by_place[place]}
        owner = _owner(member, [other for other in near.values() if other.id != member.id])
        if owner is not None:
            yield _Relation(member.id, "belongs_to", owner.id, None, "valid at the same time")


def _owner(member: Member, near: Iterable[Member]) -> Member | None:
    if member.kind == _PRINCIPAL:
        return None
    wanted = _owner_kinds(member)
    overlaps = [
        (wanted.index(other.kind), -days, other.id, other)
        for other in near
        if other.kind in wanted and (days := _overlap(member, other)) > 0
    ]
    return min(overlaps)[-1] if overlaps else None


def _owner_kinds(member: Member) -> tuple[str, ...]:
    """A follow-up is of what its title names; all else is of an agreement."""
    if member.kind == "uppföljning":
        named = next((kind for kind in ("medborgarlöfte", "handlingsplan") if kind in member.title.casefold()), None)
        return (named, _PRINCIPAL) if named else (_PRINCIPAL,)
    return (_PRINCIPAL,)


def _overlap(first: Member, second: Member) -> int:
    """Days on which both are valid."""
    if not first.start or not second.start:
        return 0
    start, end = max(first.start, second.start), min(first.end or "9999-12-31", second.end or "9999-12-31")
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1 if end >= start else 0


def _reuse(first: Member, second: Member, score: float) -> Iterator[_Relation]:
    later, earlier = sorted((first, second), key=lambda member: (member.start or "", member.id), reverse=True)
    if {*first.municipalities} & {*second.municipalities}:
        if first.start != second.start:
            yield _Relation(later.id, "reuses", earlier.id, score, "much the same text")
    elif first.municipalities and second.municipalities:
        yield _Relation(later.id, "shares_text", earlier.id, score, "much the same text in another municipality")


def _write_relations(connection: sqlite3.Connection, relations: Iterable[_Relation]) -> None:
    connection.execute("DELETE FROM relations")
    rows = sorted(relations, key=_order)
    connection.executemany(
        "INSERT OR IGNORE INTO relations (agreement, relation, other, score, reason) VALUES (?, ?, ?, ?, ?)", rows
    )


def _order(relation: _Relation) -> tuple[str, str, str]:
    return relation.agreement, relation.relation, relation.other


def _write_disagreements(
    connection: sqlite3.Connection, before: Mapping[str, str], mains: Mapping[str, str], new: set[str]
) -> None:
    """Compare each copy with the one that stands for it; pairs that were compared before are left as they are."""
    for copy, main in sorted(before.items()):
        if mains.get(copy) != main or new & {copy, main}:
            connection.execute("DELETE FROM disagreements WHERE agreement = ? AND other = ?", (copy, main))
    for copy, main in sorted(mains.items()):
        if before.get(copy) != main or new & {copy, main}:
            found = differences_between(_corrected(connection, copy), _corrected(connection, main))
            connection.executemany(
                "INSERT INTO disagreements (agreement, other, field, number, value, other_value) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [(copy, main, *difference) for difference in found],
            )


def _corrected(connection: sqlite3.Connection, identity: str) -> Agreement:
    kept = kept_by_id(connection, identity)
    if kept is None:
        raise CorpusError(f"the query tables name {identity!r}, which is not kept; 'samsyn corpus rebuild' helps")
    return laid_over(connection, kept).agreement
