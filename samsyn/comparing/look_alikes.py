"""Takes the items of two agreements, gives which pairs say the same of another place, group, occasion or thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from samsyn.comparing.items import Item
from samsyn.comparing.particulars import NAME, PLACE, SITE, Kinds, kinds_in
from samsyn.comparing.vectors import is_telling, words_in

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from samsyn.comparing.vectors import Matrix

    Where: TypeAlias = NDArray[numpy.bool_]

Sides: TypeAlias = tuple[Sequence[Item], Sequence[Item]]
_ELSEWHERE = 0.55
"""How much it says when two of the same title name other places: a recurring method may have moved, a lamp has not."""
_ROOTED = 0.35
"""One particular in a long label tells it apart nearly as well as in a short one: its share counts to this power."""


class _Kind(NamedTuple):
    """One kind of particulars: its share of each old and each new label, and where two items have one in common."""

    shares: tuple[Matrix, Matrix]
    shared: Where


def look_alikes(sides: Sides, common: frozenset[str]) -> Matrix:
    """For each pair, how much speaks for two different measures of one pattern (0-1).

    Both labels hold a particular of one kind, and neither is found in anything that the other item says. `common` are
    names that tell nothing between these agreements.
    """
    import numpy

    every = [[kinds_in("\n".join(text for _, text in item.what)) for item in items] for items in sides]
    labels = [[kinds_in(item.label) for item in items] for items in sides]
    lengths = [numpy.array([max(1, sum(map(is_telling, words_in(item.label)))) for item in items]) for items in sides]
    names = sorted({name for side in labels for kinds in side for name in kinds})
    kinds = {name: _kind(labels, every, lengths, (name, common)) for name in names}
    apart = numpy.zeros((len(sides[0]), len(sides[1])))
    for name, kind in kinds.items():
        value = _apart(kind.shares, kind.shared)
        if name == PLACE and NAME in kinds:  # the station and the hall of the same village
            value = value * ~kinds[NAME].shared
        apart = numpy.maximum(apart, value)
    if SITE in kinds and PLACE in kinds:
        apart = numpy.maximum(apart, _named_and_not(kinds[SITE], kinds[PLACE]))
    told: Matrix = numpy.maximum(apart, _ELSEWHERE * _elsewhere(sides, every, common))
    return told


def _elsewhere(sides: Sides, every: Sequence[Sequence[Kinds]], common: frozenset[str]) -> Where:
    """Where two of one title are told apart only by the places that the rest of them names: 'Belysning'."""
    titles = [[_title(item) for item in items] for items in sides]
    sites = [
        [kinds if title else {} for kinds, title in zip(*side, strict=True)] for side in zip(every, titles, strict=True)
    ]
    both = _both(sites, (SITE, common))
    named = [[{SITE: frozenset({title})} for title in side] for side in titles]
    same = _shared(named[0], named[1], (SITE, frozenset()))
    return both & same & ~_shared(sites[0], sites[1], (SITE, common))


def _title(item: Item) -> str:
    """The telling words of the label of one that says more than its label."""
    words = sorted({word.stem for word in words_in(item.label) if is_telling(word)}) if len(item.what) > 1 else []
    return " ".join(words)


def _kind(
    labels: Sequence[Sequence[Kinds]], every: Sequence[Sequence[Kinds]], lengths: Sequence[Matrix],
    key: tuple[str, frozenset[str]],
) -> _Kind:  # fmt: skip
    old, new = (_shares(side, size, key) for side, size in zip(labels, lengths, strict=True))
    return _Kind((old, new), _shared(labels[0], every[1], key) | _shared(labels[1], every[0], key).T)


def _apart(shares: tuple[Matrix, Matrix], shared: Where) -> Matrix:
    import numpy

    value: Matrix = numpy.minimum(shares[0][:, None], shares[1][None, :]) ** _ROOTED * ~shared
    return value


def _named_and_not(site: _Kind, place: _Kind) -> Matrix:
    """A place by its name on one side and by what it is on the other: 'på Norrby' and 'i centrum'."""
    import numpy

    shared = site.shared | place.shared
    forth = _apart((site.shares[0] * (place.shares[0] == 0), place.shares[1] * (site.shares[1] == 0)), shared)
    back = _apart((place.shares[0] * (site.shares[0] == 0), site.shares[1] * (place.shares[1] == 0)), shared)
    return numpy.maximum(forth, back)


def _shares(side: Sequence[Kinds], lengths: Matrix, key: tuple[str, frozenset[str]]) -> Matrix:
    """How much of each label's telling words are particulars of the kind."""
    import numpy

    return numpy.minimum(1.0, numpy.array([len(_of(one, key)) for one in side]) / lengths)


def _shared(rows: Sequence[Kinds], columns: Sequence[Kinds], key: tuple[str, frozenset[str]]) -> Where:
    """Where both have a particular of the kind in common."""
    import numpy

    shared = numpy.zeros((len(rows), len(columns)), dtype=bool)
    holders = [_holders(side, key) for side in (rows, columns)]
    for name in holders[0].keys() & holders[1].keys():
        shared[numpy.ix_(holders[0][name], holders[1][name])] = True
    return shared


def _both(sides: Sequence[Sequence[Kinds]], key: tuple[str, frozenset[str]]) -> Where:
    """Where both have any particular of the kind."""
    import numpy

    held = [numpy.array([bool(_of(one, key)) for one in side], dtype=bool) for side in sides]
    both: Where = held[0][:, None] & held[1][None, :]
    return both


def _holders(side: Iterable[Kinds], key: tuple[str, frozenset[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, one in enumerate(side):
        for name in _of(one, key):
            found.setdefault(name, []).append(number)
    return found


def _of(kinds: Kinds, key: tuple[str, frozenset[str]]) -> frozenset[str]:
    name, common = key
    return kinds.get(name, frozenset()) - common
