"""Takes a function of a text or a thing, gives one that remembers its answers: finders ask the same of it in turn."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar
from weakref import ref

_Thing = TypeVar("_Thing")
_Answer = TypeVar("_Answer")

_KEPT: list[Callable[[], None]] = []
"""What empties the memory of each such function."""


def remembers(size: int, longest: int = 2000) -> Callable[[Callable[[str], _Answer]], Callable[[str], _Answer]]:
    """Remember the answers for the last `size` texts of at most `longest` characters: what is kept has a bound."""

    def remembering(answer: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
        kept = lru_cache(maxsize=size)(answer)
        _KEPT.append(kept.cache_clear)

        @wraps(answer)
        def ask(text: str) -> _Answer:
            return kept(text) if len(text) <= longest else answer(text)

        return ask

    return remembering


def remembers_while_alive(answer: Callable[[_Thing], _Answer]) -> Callable[[_Thing], _Answer]:
    """Remember the answer for each thing as long as it lives; the same thing is meant, not an equal one."""
    kept: dict[int, tuple[ref[_Thing], _Answer]] = {}
    _KEPT.append(kept.clear)

    @wraps(answer)
    def ask(thing: _Thing) -> _Answer:
        key = id(thing)
        if key not in kept:
            kept[key] = ref(thing, lambda _: kept.pop(key, None)), answer(thing)
        return kept[key][1]

    return ask


def forget() -> None:
    """Forget every answer: what is read next is read as if nothing had been read before (to measure it, say)."""
    for clear in _KEPT:
        clear()
