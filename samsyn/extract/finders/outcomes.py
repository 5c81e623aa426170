"""Takes what was promised and what a follow-up reports, listed apart, and tells which report is of which promise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]{5,}")
_LONG = 12
_STEM = 6
"""Letters: words of one subject share a beginning ('grannsamverkan', 'grannsamverkansområden')."""


def pair_outcomes(promises: Sequence[str], reports: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The reports of each promise, in order: by their words where these tell, by order where both lists count alike.

    A report that fits no promise better than another is left out rather than guessed.
    """
    words = [_stems(promise) for promise in promises]
    spread = Counter(stem for stems in words for stem in stems)
    places = [_best(_stems(report), words, spread) for report in reports]
    in_order = sum(place in (None, index) for index, place in enumerate(places))
    if len(promises) == len(reports) and in_order * 2 >= len(places):
        return tuple((report,) for report in reports)
    return tuple(
        tuple(report for report, place in zip(reports, places, strict=True) if place == index)
        for index in range(len(promises))
    )


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the words; names of places, told by their capital, say nothing of the subject."""
    small = text.strip()[:1].lower() + text.strip()[1:]
    return frozenset(word[:_STEM] for word in _WORD.findall(small) if word[0].islower()) | _compounds(text)


def _compounds(text: str) -> frozenset[str]:
    """Long words count with a capital too: 'områden med Grannsamverkan'."""
    return frozenset(word.casefold()[:_STEM] for word in _WORD.findall(text) if len(word) >= _LONG)


def _best(report: frozenset[str], promises: Sequence[frozenset[str]], spread: Counter[str]) -> int | None:
    """The promise that shares most of what is its own with the report; None where none does, or two as much."""
    scores = [sum(1 / spread[stem] ** 2 for stem in stems & report) for stems in promises]
    best = max(scores, default=0.0)
    places = [index for index, score in enumerate(scores) if score == best]
    return places[0] if best > 0 and len(places) == 1 else None
