"""Takes the items of two agreements, gives for every pair of them each sign that they are, or are not, the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from samsyn.comparing.items import Item
from samsyn.comparing.look_alikes import look_alikes
from samsyn.comparing.particulars import NAME, STAGE, kinds_in, read_particulars
from samsyn.comparing.substitution import substitution
from samsyn.comparing.vectors import (
    Bag,
    Lexicon,
    Text,
    concepts_of,
    cosines,
    coverage,
    gram_features,
    is_light,
    is_telling,
    rarity,
    words_in,
)

if TYPE_CHECKING:
    from samsyn.comparing.vectors import Matrix

Signals: TypeAlias = "Mapping[str, Matrix]"
"""By name of the signal, a matrix with a row for each old item and a column for each new one."""
Sides: TypeAlias = tuple[Sequence[Item], Sequence[Item]]

_NAMES = (
    "wording", "cover", "hollow", "lead", "concepts", "other_concepts", "identity", "other_identity", "actors",
    "other_party", "names", "other_names", "other_words", "area", "place",
)  # fmt: skip
_PURPOSE = 0.5
"""What a measure is good for tells half as much of it as what it is."""
_LITTLE = 0.8
"""A cell of so many telling words counts half: 'Deltar vid besöken' is alike in every row."""
_MOST_CONCEPTS = 3.0
_USUAL_AREA = 0.3
"""How alike two areas are when nothing is known of them."""
_USUAL_DISTANCE = 0.3
_MAY_PAIR, _MAY_COVER = 0.25, 0.5
"""How near two must be before it is asked whether they speak of two things."""


def signals_of(
    old: Sequence[Item],
    new: Sequence[Item],
    *,
    common: frozenset[str] = frozenset(),
    faded: frozenset[str] = frozenset(),
    light: float = 0.2,
) -> Signals:
    """Every signal for every pair; that of their focus areas is nought until these are known (`area_signal`).

    `common` are stems that tell nothing between these agreements, such as the municipality's name; `light` is what
    words weigh that every undertaking has; `faded` are stems that tell little, such as those of the areas' names.

    wording, cover          how near the texts are, whole and by their best cells; how much of a label the other has
    hollow                  1 when they share where or when, and no other telling word
    lead                    how much nearer than the nearest rival of either (negative when a rival is nearer)
    concepts, other_concepts  what both are about and few others are (0-3); how much of what either label is about the
                            other does not speak of (0-1)
    identity, other_identity  1 the same recurring measure, less when others share it; 1 two different ones
    actors, other_party     shared units (0-1); 1 when one is the police's alone and the other the municipality's
    names, other_names      shared names; how much of the labels are names, places or groups of which none is shared
    other_words             how much speaks for one sentence about two things, whatever they are (0-1)
    area, place             how alike their focus areas are, how near they stand in the text; 0 is usual
    """
    import numpy

    sides = (old, new)
    if not old or not new:
        return _nothing(sides)
    texts = (_whole(item) for items in sides for item in items)
    lexicon = Lexicon(texts, common=common, faded=faded, light=light)
    wording, cover = _wording(sides, lexicon)
    names = _names(sides, common)
    others = _other_words(sides, wording, cover)
    identity = _identity(sides)
    identity["identity"] = identity["identity"] * (1 - names["other_names"])  # the same method at another place
    return {
        "wording": wording,
        "cover": cover,
        "hollow": _hollow(sides, lexicon) * (identity["identity"] == 0),
        "lead": lead_of(wording, numpy.maximum(names["other_names"], others)),
        **_concepts(sides, names["other_names"]),
        **identity,
        **_actors(sides),
        **names,
        "other_words": others,
        "area": area_signal(sides, None),
        "place": _place(sides),
    }


def _nothing(sides: Sides) -> Signals:
    import numpy

    empty = numpy.zeros((len(sides[0]), len(sides[1])))
    return dict.fromkeys(_NAMES, empty)


def _wording(sides: Sides, lexicon: Lexicon) -> tuple[Matrix, Matrix]:
    import numpy

    what = [[lexicon.words(item.what) for item in items] for items in sides]
    whole = [[lexicon.words(_whole(item)) for item in items] for items in sides]
    labels = [[lexicon.words(item.what[:1]) for item in items] for items in sides]
    grams = [[gram_features(item.what) for item in items] for items in sides]
    weights, gram_weights = rarity(whole[0] + whole[1]), rarity(grams[0] + grams[1])
    forth, back = coverage(labels[0], whole[1], weights), coverage(labels[1], whole[0], weights).T
    near = (cosines(what, weights), cosines(grams, gram_weights), cosines(whole, weights), _cells(sides, lexicon))
    wording = (near[0] + near[1] + near[2] + near[3] + (forth + back) / 2) / 5
    same = _shared([[{_plain(item)} for item in items] for items in sides])
    return numpy.maximum(wording, same), numpy.maximum(numpy.maximum(forth, back), same)


def _concepts(sides: Sides, other_names: Matrix) -> Signals:
    """What a short and a long text share drowns in all else that the long one says: so it is counted by itself, too."""
    import numpy

    every = [[_concepts_in(text for _, text in item.what) for item in items] for items in sides]
    labels = [[_concepts_in((text for _, text in item.what[:1])) for item in items] for items in sides]
    shared = numpy.zeros((len(sides[0]), len(sides[1])))
    rows, columns = map(_holders, every)
    for key in rows.keys() & columns.keys():
        shared[numpy.ix_(rows[key], columns[key])] += 1 / max(len(rows[key]), len(columns[key]))
    sizes = [numpy.array([len(one) for one in side]) for side in labels]
    alone = (
        1 - _common((labels[0], every[1])) / numpy.maximum(sizes[0], 1)[:, None],
        1 - _common((every[0], labels[1])) / numpy.maximum(sizes[1], 1)[None, :],
    )
    apart = numpy.where((sizes[0] > 0)[:, None] & (sizes[1] > 0)[None, :], numpy.minimum(*alone), 0.0)
    return {"concepts": numpy.minimum(shared, _MOST_CONCEPTS) * (1 - other_names), "other_concepts": apart}


def _concepts_in(texts: Iterable[str]) -> frozenset[str]:
    words = (word for text in texts for word in words_in(text) if is_telling(word))
    return frozenset(concept for word in words for concept in concepts_of(word.norm, word.stem))


def _hollow(sides: Sides, lexicon: Lexicon) -> Matrix:
    """1 for what shares where or when, and no other telling word: a party and a camera on the same island."""
    import numpy

    read = [[[(weight, read_particulars(text)) for weight, text in item.what] for item in items] for items in sides]
    told = [[lexicon.words([(weight, one.rest) for weight, one in texts]) for texts in side] for side in read]
    bags = [[{one: 1.0 for one in bag if not is_light(one)} for bag in side] for side in told]
    apart = cosines(bags, dict.fromkeys(chain(*bags[0], *bags[1]), 1.0)) == 0
    together = _shared([[set().union(*(one.circumstances for _, one in texts)) for texts in side] for side in read]) > 0
    return numpy.asarray(apart & together, dtype=float)


def _whole(item: Item) -> Text:
    return (*item.what, (_PURPOSE, item.purpose))


def _plain(item: Item) -> str:
    return " ".join(word.norm for _, text in item.what for word in words_in(text))


def _cells(sides: Sides, lexicon: Lexicon) -> Matrix:
    """How near the two nearest cells of each pair are, so that other columns do not hide what stays."""
    import numpy

    bags: list[list[Bag]] = [
        [lexicon.words(((1.0, text),)) for item in items for _, text in item.what] for items in sides
    ]
    weights = rarity(bags[0] + bags[1])
    masses = [
        numpy.array([sum(strength * weights[one] for one, strength in bag.items()) for bag in side]) for side in bags
    ]
    lighter = numpy.minimum(masses[0][:, None], masses[1][None, :])
    near = cosines(bags, weights) * lighter / (lighter + _LITTLE)
    starts = [numpy.cumsum([0, *(len(item.what) for item in items[:-1])]) for items in sides]
    best: Matrix = numpy.maximum.reduceat(numpy.maximum.reduceat(near, starts[0], axis=0), starts[1], axis=1)
    return best


def lead_of(wording: Matrix, apart: Matrix) -> Matrix:
    """How much nearer each pair is than the nearest rival of either; what speaks of another place or thing is none.

    `apart` says for each pair how much it is told apart (0-1).
    """
    lead: Matrix = wording - rival(wording * (1 - apart))
    return lead


def rival(scores: Matrix) -> Matrix:
    """For each pair, the best score that either of the two has with another."""
    import numpy

    best = numpy.zeros_like(scores)
    for axis in (0, 1):
        if scores.shape[axis] > 1:
            first = scores.max(axis=axis, keepdims=True)
            second = numpy.partition(scores, -2, axis=axis).take([-2], axis=axis)
            best = numpy.maximum(best, numpy.where(scores == first, second, first))
    return best


def _identity(sides: Sides) -> dict[str, Matrix]:
    kept = [[set(item.recurring) for item in items] for items in sides]
    counts = [Counter(one for group in side for one in group) for side in kept]
    same = _shared(kept, lambda one: 1 / max(counts[0][one], counts[1][one]))
    return {"identity": same, "other_identity": _both(kept) * (same == 0)}


def _actors(sides: Sides) -> Signals:
    import numpy

    units = [[item.actors for item in items] for items in sides]
    sizes = [numpy.array([len(group) for group in side]) for side in units]
    common = _common(units)
    union = sizes[0][:, None] + sizes[1][None, :] - common
    parties = [[item.parties for item in items] for items in sides]
    return {
        "actors": common / numpy.maximum(union, 1),
        "other_party": _both(parties) * (_shared(parties) == 0),
    }


def _names(sides: Sides, common: frozenset[str]) -> Signals:
    every = [[_names_in(item) - common for item in items] for items in sides]
    counts = Counter(name for side in every for names in side for name in names)
    return {
        "names": _shared(every, lambda name: min(1.0, 2 / counts[name])),
        "other_names": look_alikes(sides, common),
    }


def _other_words(sides: Sides, wording: Matrix, cover: Matrix) -> Matrix:
    """Only what might be taken for a pair is looked at: it is by their words that such two are told apart."""
    import numpy

    found = numpy.zeros_like(wording)
    for row, column in numpy.argwhere((wording > _MAY_PAIR) | (cover > _MAY_COVER)):
        found[row, column] = substitution(sides[0][row], sides[1][column])
    return found


def _names_in(item: Item) -> frozenset[str]:
    kinds = kinds_in("\n".join(text for _, text in item.what))
    return kinds.get(NAME, frozenset()) | kinds.get(STAGE, frozenset())


def area_signal(sides: Sides, areas: Matrix | None) -> Matrix:
    """For each pair of items, how alike their focus areas are, about nought; `areas` says it for each pair of areas."""
    import numpy

    numbers = [numpy.array([-1 if item.area is None else item.area for item in items], dtype=int) for items in sides]
    if areas is None or not areas.size:
        return numpy.zeros((len(sides[0]), len(sides[1])))
    known = (numbers[0] >= 0)[:, None] & (numbers[1] >= 0)[None, :]
    alike: Matrix = numpy.where(known, areas[numbers[0][:, None], numbers[1][None, :]] - _USUAL_AREA, 0.0)
    return alike


def _place(sides: Sides) -> Matrix:
    import numpy

    places = [numpy.array([item.place for item in items]) for items in sides]
    near: Matrix = _USUAL_DISTANCE - numpy.abs(places[0][:, None] - places[1][None, :])
    return near


def _shared(sides: Sequence[Sequence[Iterable[str]]], value: Callable[[str], float] = lambda _: 1.0) -> Matrix:
    """For each pair, the value of the best key that both hold; 0 when they share none."""
    import numpy

    best = numpy.zeros((len(sides[0]), len(sides[1])))
    rows, columns = map(_holders, sides)
    for key in rows.keys() & columns.keys():
        if key:
            cells = numpy.ix_(rows[key], columns[key])
            best[cells] = numpy.maximum(best[cells], value(key))
    return best


def _common(sides: Sequence[Sequence[Iterable[str]]]) -> Matrix:
    """For each pair, how many keys both hold."""
    import numpy

    counts = numpy.zeros((len(sides[0]), len(sides[1])))
    rows, columns = map(_holders, sides)
    for key in rows.keys() & columns.keys():
        counts[numpy.ix_(rows[key], columns[key])] += 1
    return counts


def _holders(groups: Sequence[Iterable[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for key in group:
            found.setdefault(key, []).append(number)
    return found


def _both(sides: Sequence[Sequence[Iterable[str]]]) -> Matrix:
    """1 where both hold any key at all, else 0."""
    import numpy

    held = [numpy.array([bool(group) for group in side], dtype=float) for side in sides]
    both: Matrix = held[0][:, None] * held[1][None, :]
    return both
