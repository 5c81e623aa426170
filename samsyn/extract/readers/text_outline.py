"""Takes numbers in the order they stand and gives those that count the headings of one outline: 1, 2, 2.1, 2.2, 3."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})(\.?)")
_LETTER = re.compile(r"([A-H])[.)]")
LEAST_OUTLINE = 3
"""Fewer numbers are no outline."""


class Number(NamedTuple):
    """A number that may count a heading: where it stands, and its parts, such as (2, 1)."""

    place: int
    parts: tuple[int, ...]


def read_number(word: str) -> tuple[tuple[int, ...], bool] | None:
    """The parts of a word such as '2.1' or '3.', and whether a full stop ends it; None for any other word."""
    match = _NUMBER.fullmatch(word)
    if not match or match[1].startswith("0"):
        return None
    return tuple(int(part) for part in match[1].split(".")), bool(match[2])


def read_letter(word: str) -> tuple[int, ...] | None:
    """(1,) for 'A.' or 'A)', (2,) for 'B.'; None for any other word."""
    match = _LETTER.fullmatch(word)
    return (ord(match[1]) - ord("A") + 1,) if match else None


def follow_numbers(numbers: Sequence[Number]) -> list[Number]:
    """The numbers that count on from 1: each the next, the first below the last, or the next above it."""
    chain: list[Number] = []
    due: set[tuple[int, ...]] = {(1,)}
    for number in numbers:
        if number.parts not in due:
            continue
        chain.append(number)
        parts = number.parts
        due = {(*parts, 1), *((*parts[:level], parts[level] + 1) for level in range(len(parts)))}
    return chain
