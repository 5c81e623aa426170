"""What may be named in a text: made by the finding of names and patterns, judged by the settling."""

from __future__ import annotations

from typing import NamedTuple

#: The ways of being met by words that are no name.
BY_WORDS = frozenset({"pattern", "heading"})


class Candidate(NamedTuple):
    """A measure that may be named: the words it is named with, the wording or pattern they met, and how.

    `method` is the public name of the way it was met, `grade` the finer one that a score is measured for.
    """

    measure: int
    alias: str
    words: tuple[int, ...]
    method: str
    grade: str
    block: bool
