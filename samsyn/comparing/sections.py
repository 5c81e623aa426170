"""Takes two agreements, gives the changes of their focus areas, goals, problem pictures and measures.

What stands in a focus area tells which one it became, and the focus area helps to tell its contents apart: so the
parts are paired without their areas, then the areas by what was paired, and both once more with what is known then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from samsyn.comparing.areas import Areas, flow_of, followers, relate_areas
from samsyn.comparing.changes import context_of, list_changes
from samsyn.comparing.items import Item, area_items, goal_items, measure_items, names_of_places, problem_items
from samsyn.comparing.metadata import of_different_places
from samsyn.comparing.pairing import GOALS, MEASURES, PROBLEMS, Link, Weights, pair_up
from samsyn.comparing.relations import Relations, find_relations
from samsyn.comparing.signals import area_signal, signals_of
from samsyn.comparing.vectors import words_in
from samsyn.models.agreement import Agreement
from samsyn.models.comparison import Change

if TYPE_CHECKING:
    from samsyn.comparing.signals import Signals

_Sides: TypeAlias = tuple[Sequence[Item], Sequence[Item]]
_ROUNDS = 2
"""How often the areas are paired by what was paired of their contents."""
_STRANGERS = 1.5
"""How much more must be shown, in log-odds, where the agreements are of different places: nothing was carried over."""
_LIGHT_IN_TITLES = 0.6
"""In the few words of an area's title, 'trygg' says more than in an undertaking."""


class _Section(NamedTuple):
    name: str
    items: Callable[[Agreement], tuple[Item, ...]]
    weights: Weights
    fades: bool
    """Whether the words of the areas' names tell little: what is done in an area need not be one thing."""


_SECTIONS = (
    _Section("goals", goal_items, GOALS, fades=False),
    _Section("problem_pictures", problem_items, PROBLEMS, fades=False),
    _Section("measures", measure_items, MEASURES, fades=True),
)


def compare_sections(old: Agreement, new: Agreement) -> dict[str, tuple[Change, ...]]:
    """The changes by name of the section."""
    items = {section.name: (section.items(old), section.items(new)) for section in _SECTIONS}
    common = names_of_places(old, new)
    areas = area_items(old), area_items(new)
    faded = frozenset(word.stem for side in areas for area in side for word in words_in(area.label))
    signals = {
        section.name: signals_of(*items[section.name], common=common, faded=faded if section.fades else frozenset())
        for section in _SECTIONS
    }
    names = signals_of(*areas, common=common, light=_LIGHT_IN_TITLES)
    found, links = _pair_all(items, signals, areas, names, more_doubt=_STRANGERS * of_different_places(old, new))
    context = context_of(old, new, followers(areas, found))
    changes = {
        "focus_areas": list_changes((old.focus_areas, new.focus_areas), areas, found.links, found.relations, context)
    }
    for section in _SECTIONS:
        parts = getattr(old, section.name), getattr(new, section.name)
        sides = items[section.name]
        relations = Relations({}, {})
        if section.name == "measures":
            known = {**signals[section.name], "area": area_signal(sides, found.alike)}
            relations = find_relations(*sides, links[section.name], known, section.weights)
        changes[section.name] = list_changes(parts, sides, links[section.name], relations, context)
    return changes


def _pair_all(
    items: Mapping[str, _Sides], signals: Mapping[str, Signals], areas: _Sides, names: Signals, *, more_doubt: float
) -> tuple[Areas, dict[str, tuple[Link, ...]]]:
    """What became of the areas, and the pairs of each section: the one told by the other, by turns."""
    weights = {one.name: one.weights._replace(doubt=one.weights.doubt + more_doubt) for one in _SECTIONS}
    links = {section.name: pair_up(signals[section.name], weights[section.name]) for section in _SECTIONS}
    for _ in range(_ROUNDS):
        contents = [(*items[name], found) for name, found in links.items()]
        found = relate_areas(areas, names, flow_of(contents, (len(areas[0]), len(areas[1]))))
        links = {
            section.name: pair_up(
                {**signals[section.name], "area": area_signal(items[section.name], found.alike)}, weights[section.name]
            )
            for section in _SECTIONS
        }
    return found, links
