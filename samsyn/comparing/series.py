"""Takes the comparisons of a series of agreements, gives the life of each measure: where it begins, stays and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from samsyn.comparing.items import measure_items, names_of_places
from samsyn.comparing.pairing import MEASURES, pair_up
from samsyn.comparing.signals import signals_of
from samsyn.models.agreement import Agreement
from samsyn.models.comparison import Change, ChangeKind, Comparison, Life, Side


@dataclass(slots=True)
class _Thread:
    """A life while it is followed."""

    sides: list[Side | None]
    kinds: list[ChangeKind | None] = field(default_factory=list)
    last: tuple[int, str] = (0, "")
    """Number of the agreement it was last seen in, and its id there."""


def lives_of(agreements: Sequence[Agreement], comparisons: Sequence[Comparison]) -> tuple[Life, ...]:
    """The lives in the order in which they begin; one that was dropped and comes back is one life."""
    threads: list[_Thread] = []
    known: dict[str, _Thread] = {}
    for step, comparison in enumerate(comparisons):
        following: dict[str, _Thread] = {}
        returned = _returning(agreements, threads, comparison, step)
        for change in comparison.measures:
            thread = known.get(change.old.id) if change.old else returned.get(change.new.id if change.new else "")
            if thread is None:
                thread = _begin(step, change)
                threads.append(thread)
            _follow(thread, step, change)
            if change.new:
                following[change.new.id] = thread
        known = following
    for thread in threads:
        _fill(thread, len(agreements))
    return tuple(_life(thread) for thread in threads)


def _begin(step: int, change: Change) -> _Thread:
    if change.old is not None:  # only in the first comparison: later ones are known
        return _Thread([None] * step + [change.old], [None] * step, (step, change.old.id))
    return _Thread([None] * (step + 1), [None] * step)


def _follow(thread: _Thread, step: int, change: Change) -> None:
    """Note what the step from agreement `step` to the next did to it."""
    thread.sides += [None] * (step + 1 - len(thread.sides))
    thread.kinds += [None] * (step - len(thread.kinds))
    thread.kinds.append(change.kind)
    thread.sides.append(change.new)
    if change.new:
        thread.last = (step + 1, change.new.id)


def _fill(thread: _Thread, total: int) -> None:
    thread.sides += [None] * (total - len(thread.sides))
    thread.kinds += [None] * (total - 1 - len(thread.kinds))


def _returning(
    agreements: Sequence[Agreement], threads: Sequence[_Thread], comparison: Comparison, step: int
) -> dict[str, _Thread]:
    """By id in the new agreement, the threads that had ended before the old one and are taken up again."""
    ended = [thread for thread in threads if thread.last[0] < step]
    added = {change.new.id for change in comparison.measures if change.new and not change.old}
    if not ended or not added:
        return {}
    items = {number: {item.id: item for item in measure_items(agreements[number])} for number in range(step)}
    old = [items[thread.last[0]][thread.last[1]]._replace(area=None) for thread in ended]
    new = [item._replace(area=None) for item in measure_items(agreements[step + 1]) if item.id in added]
    return {
        new[link.new].id: ended[link.old]
        for link in pair_up(signals_of(old, new, common=names_of_places(*agreements)), MEASURES)
    }


def _life(thread: _Thread) -> Life:
    seen = [side for side in thread.sides if side is not None]
    return Life(label=seen[-1].label, appearances=tuple(thread.sides), kinds=tuple(thread.kinds))
