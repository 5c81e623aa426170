"""Takes the focus areas of two agreements and what was paired of their contents, gives what became of each area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from samsyn.comparing.items import Item
from samsyn.comparing.pairing import AREAS, Link, pair_up
from samsyn.comparing.relations import Relation, Relations
from samsyn.comparing.vectors import Lexicon
from samsyn.models.comparison import ChangeKind

if TYPE_CHECKING:
    from samsyn.comparing.signals import Signals
    from samsyn.comparing.vectors import Matrix

_LINKED = 0.7
"""How alike two areas count as when one became the other, or a part of it, whatever their wording."""
_MOST = 0.5
"""How much of what lives on of a lonely area must have come into (or from) the area it is said to be a part of."""
_LIVES_ON = 0.3
"""How much of all its contents that must be, unless the titles say the same."""
_FEW = 2
"""So many of its contents, at least, unless the titles say the same, or that is half of them: then one."""
_TITLE = 0.5
"""How much of a title must stand in the other for the titles to say it."""


class Flow(NamedTuple):
    """What became of the contents of the areas: pairs by old and new area, how sure, how many; all there are."""

    between: Matrix
    counts: Matrix
    sizes: tuple[Matrix, Matrix]


class Areas(NamedTuple):
    """What became of the areas: the pairs, what merged or split, and how alike every pair is (0-1)."""

    links: tuple[Link, ...]
    relations: Relations
    alike: Matrix


def flow_of(contents: Iterable[tuple[Sequence[Item], Sequence[Item], Sequence[Link]]], shape: tuple[int, int]) -> Flow:
    """The flow of what was paired; contents without an area do not count."""
    import numpy

    between, counts = numpy.zeros(shape), numpy.zeros(shape)
    sizes = (numpy.zeros(shape[0]), numpy.zeros(shape[1]))
    for old, new, links in contents:
        for side, size in zip((old, new), sizes, strict=True):
            numpy.add.at(size, numpy.array([item.area for item in side if item.area is not None], dtype=int), 1)
        for link in links:
            first, second = old[link.old].area, new[link.new].area
            if first is not None and second is not None:
                between[first, second] += link.confidence
                counts[first, second] += 1
    return Flow(between, counts, sizes)


def relate_areas(areas: tuple[Sequence[Item], Sequence[Item]], signals: Signals, flow: Flow) -> Areas:
    """Which area became which, which went into one that another became, and which came out of such a one.

    `signals` are those of the areas' names and contents.
    """
    import numpy

    if not areas[0] or not areas[1]:
        return Areas((), Relations({}, {}), numpy.zeros((len(areas[0]), len(areas[1]))))
    total = flow.sizes[0][:, None] + flow.sizes[1][None, :]
    members = 2 * flow.between / numpy.maximum(total, 1)
    links = pair_up({**signals, "members": members}, AREAS)
    relations = _relations(areas, links, flow)
    alike = (signals["wording"] + members) / 2
    places = tuple({item.id: number for number, item in enumerate(side)} for side in areas)
    related = [(number, places[1][other]) for number, (_, ids) in relations.old.items() for other in ids]
    for first, second in [*related, *((link.old, link.new) for link in links)]:
        alike[first, second] = max(alike[first, second], _LINKED)
    return Areas(links, relations, alike)


def followers(areas: tuple[Sequence[Item], Sequence[Item]], found: Areas) -> Mapping[str, frozenset[str]]:
    """For the id of each old area, the ids of the new ones that it became, or became a part of."""
    known: dict[str, set[str]] = {areas[0][link.old].id: {areas[1][link.new].id} for link in found.links}
    for number, (_, ids) in found.relations.old.items():
        known.setdefault(areas[0][number].id, set()).update(ids)
    for number, (_, ids) in found.relations.new.items():
        for one in ids:
            known.setdefault(one, set()).add(areas[1][number].id)
    return {old: frozenset(new) for old, new in known.items()}


def _relations(areas: tuple[Sequence[Item], Sequence[Item]], links: Sequence[Link], flow: Flow) -> Relations:
    words = Lexicon(((1.0, item.label),) for side in areas for item in side)
    titles = [[words.words(((1.0, item.label),)) for item in side] for side in areas]
    merged = _lonely(flow.counts, flow.sizes[0], {link.old: link.new for link in links}, _covers(titles[0], titles[1]))
    split = _lonely(flow.counts.T, flow.sizes[1], {link.new: link.old for link in links}, _covers(titles[1], titles[0]))
    old: dict[int, Relation] = {}
    new: dict[int, Relation] = {}
    _tell(merged, "merged", (areas[0], areas[1]), (old, new), {link.new: link.old for link in links})
    _tell(split, "split", (areas[1], areas[0]), (new, old), {link.old: link.new for link in links})
    return Relations(old, new)


def _lonely(counts: Matrix, sizes: Matrix, partner: Mapping[int, int], covers: Matrix) -> dict[int, int]:
    """For each area that no other became, the one with a partner of its own into which most of it went, if any."""
    taken = set(partner.values())
    found = {}
    for number in range(len(sizes)):
        if number in partner or not sizes[number]:
            continue
        best = max(sorted(taken), key=lambda other: (counts[number, other], covers[number, other]), default=None)
        if best is None:
            continue
        came, lives = counts[number, best], counts[number].sum()
        if came >= _enough(sizes[number], came, told=covers[number, best] >= _TITLE) and came >= _MOST * lives:
            found[number] = best
    return found


def _enough(size: float, came: float, *, told: bool) -> float:
    """How many of an area's contents must have come from (or gone into) another: one, where the titles say the same."""
    if told:
        return 1
    return max(1 if came >= _MOST * size else _FEW, _LIVES_ON * size)


def _covers(parts: Sequence[Mapping[str, float]], wholes: Sequence[Mapping[str, float]]) -> Matrix:
    """How much of each part's title stands in each whole's (0-1)."""
    import numpy

    covered = numpy.zeros((len(parts), len(wholes)))
    for row, part in enumerate(parts):
        for column, whole in enumerate(wholes):
            total = sum(part.values())
            shared = sum(weight for feature, weight in part.items() if feature in whole)
            covered[row, column] = shared / total if total else 0.0
    return covered


def _tell(
    found: Mapping[int, int],
    kind: ChangeKind,
    sides: tuple[Sequence[Item], Sequence[Item]],
    known: tuple[dict[int, Relation], dict[int, Relation]],
    partner: Mapping[int, int],
) -> None:
    """Writes down the relation of each lonely area, and of the whole with all its parts."""
    for number, whole in found.items():
        known[0][number] = (kind, (sides[1][whole].id,))
        _, parts = known[1].get(whole, (kind, (sides[0][partner[whole]].id,)))
        known[1][whole] = (kind, (*parts, sides[0][number].id))
