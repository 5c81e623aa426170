"""Takes two agreements, gives the changes of their focus areas, goals, problem pictures and measures.

What stands in a focus area tells which one it became, and the focus area helps to tell its contents apart: so the
parts are paired once without their areas, then the areas by what was paired, then the parts again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from samsyn.comparing.changes import Context, context_of, list_changes
from samsyn.comparing.fields import Part
from samsyn.comparing.items import Item, area_items, goal_items, measure_items, names_of_places, problem_items
from samsyn.comparing.pairing import AREAS, GOALS, MEASURES, PROBLEMS, Link, Weights, pair_up
from samsyn.comparing.relations import Relations, find_relations
from samsyn.comparing.signals import area_signal, signals_of
from samsyn.comparing.vectors import words_in
from samsyn.models.agreement import Agreement
from samsyn.models.comparison import Change

if TYPE_CHECKING:
    from samsyn.comparing.signals import Signals
    from samsyn.comparing.vectors import Matrix

_LINKED_AREAS = 0.7
"""How alike two areas count as when one became the other, whatever their wording."""

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
    members = _members(items, signals, (len(areas[0]), len(areas[1])))
    area_links, alike = _link_areas(areas, members, common)
    context = context_of(old, new, {areas[0][link.old].id: areas[1][link.new].id for link in area_links})
    changes = {
        "focus_areas": list_changes((old.focus_areas, new.focus_areas), areas, area_links, Relations({}, {}), context)
    }
    for section in _SECTIONS:
        known = {**signals[section.name], "area": area_signal(items[section.name], alike)}
        parts = getattr(old, section.name), getattr(new, section.name)
        changes[section.name] = _changes(section, parts, items[section.name], known, context)
    return changes


def _changes(
    section: _Section,
    parts: tuple[Sequence[Part], Sequence[Part]],
    items: tuple[Sequence[Item], Sequence[Item]],
    signals: Signals,
    context: Context,
) -> tuple[Change, ...]:
    links = pair_up(signals, section.weights)
    relations = Relations({}, {})
    if section.name == "measures":
        relations = find_relations(*items, links, signals, section.weights)
    return list_changes(parts, items, links, relations, context)


def _members(
    items: dict[str, tuple[tuple[Item, ...], tuple[Item, ...]]], signals: dict[str, Signals], shape: tuple[int, int]
) -> Matrix:
    """For each pair of areas, the share of what stands in either that became something in the other (0-1)."""
    import numpy

    shared, sizes = numpy.zeros(shape), (numpy.zeros(shape[0]), numpy.zeros(shape[1]))
    for section in _SECTIONS:
        sides = items[section.name]
        for side, size in zip(sides, sizes, strict=True):
            numpy.add.at(size, numpy.array([item.area for item in side if item.area is not None], dtype=int), 1)
        for link in pair_up(signals[section.name], section.weights):
            first, second = sides[0][link.old].area, sides[1][link.new].area
            if first is not None and second is not None:
                shared[first, second] += link.confidence
    members: Matrix = 2 * shared / numpy.maximum(sizes[0][:, None] + sizes[1][None, :], 1)
    return members


def _link_areas(
    areas: tuple[Sequence[Item], Sequence[Item]], members: Matrix, common: frozenset[str]
) -> tuple[tuple[Link, ...], Matrix]:
    """Which area became which, and how alike every pair is (0-1)."""
    import numpy

    if not areas[0] or not areas[1]:
        return (), numpy.zeros((len(areas[0]), len(areas[1])))
    signals = {**signals_of(*areas, common=common, light=_LIGHT_IN_TITLES), "members": members}
    links = pair_up(signals, AREAS)
    alike = (signals["wording"] + members) / 2
    for link in links:
        alike[link.old, link.new] = max(alike[link.old, link.new], _LINKED_AREAS)
    return links, alike
