"""Takes the parts of an agreement, gives them as items that can be compared: what they say, by whom, where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from samsyn.models.agreement import Agreement, Goal, Measure, ProblemPicture
from samsyn.similarity import normal_form
from samsyn.vocabulary.load import load_toml
from samsyn.words import words_of

ACTIONS = ("municipality_action", "police_action", "joint_action")
PURPOSES = ("cause", "goal", "effect", "indicator", "target_group")
_TITLE_WEIGHT, _ACTION_WEIGHT, _PLACE_WEIGHT = 1.0, 0.7, 0.5


class Item(NamedTuple):
    """One measure, goal, problem picture or focus area, reduced to what tells whether two are the same.

    `what` are the texts that say what it is, each with its weight (0-1), the first one its label; `purpose` says
    what it is good for; `actors` the units that do it, `parties` on which side they stand; `recurring` the ids of the
    register; `area` the number of its focus area, or None; `place` how far into the section it stands (0-1).
    """

    id: str
    label: str
    what: tuple[tuple[float, str], ...]
    purpose: str = ""
    actors: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    recurring: tuple[str, ...] = ()
    area: int | None = None
    place: float = 0.0


def measure_items(agreement: Agreement) -> tuple[Item, ...]:
    """The measures as items, in order."""
    areas = _area_numbers(agreement)
    total = len(agreement.measures)
    return tuple(
        _measure_item(measure, areas, (number + 0.5) / total) for number, measure in enumerate(agreement.measures)
    )


def goal_items(agreement: Agreement) -> tuple[Item, ...]:
    """The goals as items, in order."""
    return _text_items(agreement.goals, _area_numbers(agreement))


def problem_items(agreement: Agreement) -> tuple[Item, ...]:
    """The problem pictures as items, in order."""
    return tuple(
        item._replace(label=picture.title, what=(*item.what, (_PLACE_WEIGHT, picture.title))) if picture.title else item
        for item, picture in zip(
            _text_items(agreement.problem_pictures, _area_numbers(agreement)), agreement.problem_pictures, strict=True
        )
    )


def area_items(agreement: Agreement) -> tuple[Item, ...]:
    """The focus areas as items: what stands in an area tells as much of it as its name."""
    total = len(agreement.focus_areas)
    return tuple(
        Item(
            id=area.id,
            label=area.title,
            what=((_TITLE_WEIGHT, area.title), (_ACTION_WEIGHT, "\n".join(_texts_in(agreement, area.id)))),
            place=(number + 0.5) / total,
        )
        for number, area in enumerate(agreement.focus_areas)
    )


def names_of_places(*agreements: Agreement) -> frozenset[str]:
    """The stems of the names of the municipalities: they stand everywhere and tell nothing apart."""
    names = (one.name for agreement in agreements for one in agreement.municipalities)
    return frozenset(word.stem for name in names for form in (name, f"{name}s") for word in words_of(form))


def _texts_in(agreement: Agreement, area: str) -> Iterable[str]:
    yield from (goal.text for goal in agreement.goals if goal.focus_area == area)
    yield from (picture.text for picture in agreement.problem_pictures if picture.focus_area == area)
    for measure in agreement.measures:
        if measure.focus_area == area:
            yield from (text for _, text in _what(measure))


def _area_numbers(agreement: Agreement) -> dict[str, int]:
    return {area.id: number for number, area in enumerate(agreement.focus_areas)}


def _measure_item(measure: Measure, areas: dict[str, int], place: float) -> Item:
    return Item(
        id=measure.id,
        label=measure.label,
        what=_what(measure),
        purpose="\n".join(text for field in PURPOSES if (text := getattr(measure, field))),
        actors=frozenset(filter(None, map(unit_key, measure.responsible))),
        parties=_parties(measure),
        recurring=tuple(match.id for match in measure.recurring),
        area=areas.get(measure.focus_area or ""),
        place=place,
    )


def _what(measure: Measure) -> tuple[tuple[float, str], ...]:
    texts = [(_TITLE_WEIGHT, measure.title)] if measure.title else []
    for field in ACTIONS:
        text = getattr(measure, field)
        if text:
            texts.append((_ACTION_WEIGHT if texts else _TITLE_WEIGHT, text))
    if measure.place:
        texts.append((_PLACE_WEIGHT, measure.place))
    return tuple(texts) or ((_TITLE_WEIGHT, " ".join(measure.cells.values())),)


def _text_items(parts: Sequence[Goal | ProblemPicture], areas: dict[str, int]) -> tuple[Item, ...]:
    return tuple(
        Item(
            id=part.id,
            label=part.text,
            what=((1.0, part.text),),
            area=areas.get(part.focus_area or ""),
            place=(number + 0.5) / len(parts),
        )
        for number, part in enumerate(parts)
    )


def _parties(measure: Measure) -> frozenset[str]:
    """On which side those stand who do it; empty when nothing says."""
    found = {_party_of(unit) for unit in measure.responsible}
    if not found:
        found = {party for party in ("municipality", "police") if getattr(measure, f"{party}_action")}
    return frozenset(found)


def _party_of(unit: str) -> str:
    words = load_toml("comparison.toml")["parties"]["police"]
    return "police" if any(word in normal_form(unit) for word in words) else "municipality"


def unit_key(unit: str) -> str:
    """The unit in a form in which two spellings of it are equal: 'Socialnämnden' and 'socialnämnd'."""
    return " ".join(word.stem for word in words_of(normal_form(unit)))
