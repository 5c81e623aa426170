"""Takes the parts of a file and groups them by agreement: a web page or a bundle can hold two generations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samsyn.models.section import Part, PartKind

_YEARS = re.compile(r"(?:19|20)\d\d")


def split_generations(parts: Sequence[Part]) -> tuple[tuple[Part, ...], ...]:
    """One group an agreement, the main one first: the longest; memos and minutes go with the first.

    An agreement part whose title has other years than the one before it begins a new group; plans and annexes
    belong to the agreement they follow.
    """
    groups: list[list[Part]] = [[]]
    current: frozenset[str] = frozenset()
    for part in parts:
        years = frozenset(_YEARS.findall(part.title))
        if part.kind is PartKind.AGREEMENT and years:
            if current and not years & current:
                groups.append([])
            current = years
        groups[-1].append(part)
    groups.sort(key=lambda group: -_length(group))
    return tuple(tuple(group) for group in groups)


def _length(parts: Sequence[Part]) -> int:
    return sum(len(block.text) for part in parts for block in part.blocks())
