"""Takes two words, tells whether they are forms of one, share a part, or mean much the same."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple

from samsyn.comparing.particulars import NAME, SITE, kinds_in
from samsyn.comparing.vectors import concepts_of, head_concepts_of
from samsyn.words import Word

_SHORTEST = 4
_BEGINNING = 5
"""Words that share so many letters at their beginning have a part in common: 'rondering', 'rondera'."""
_ENDING = 3
"""So many letters may follow a word's trunk and it is the same word still."""
_SHORTEST_MODIFIER = 3
_SAME_MODIFIER = 4


class Traits(NamedTuple):
    """What a word is recognised by: its stem and the parts of it, the concepts it holds, the particulars it is.

    `heads` are the concepts that it is, not only one of a kind by: 'skolpolis' is a police officer, of schools.
    """

    stem: str
    trunks: frozenset[str]
    beginnings: frozenset[str]
    endings: frozenset[str]
    concepts: frozenset[str]
    heads: frozenset[str]
    kinds: frozenset[str]


def are_alike(first: Word, second: Word, *, strictly: bool) -> bool:
    """True for two words that are forms of one, share a part or mean much the same.

    Strictly, a part that only says of what kind it is will not do: 'skolsköterskor' are not 'skolvaktmästare'.
    """
    return _alike(first.norm, first.stem, second.norm, second.stem, strictly)


@lru_cache(maxsize=65536)
def _alike(norm: str, stemmed: str, other_norm: str, other_stem: str, strictly: bool) -> bool:
    one, other = _traits(norm, stemmed), _traits(other_norm, other_stem)
    if stemmed == other_stem or stemmed in other.endings or other_stem in one.endings or one.kinds & other.kinds:
        return True
    if strictly:
        return bool(
            one.heads & other.concepts or one.concepts & other.heads
            or _is_short_head(stemmed, other_stem)
            or _is_short_head(other_stem, stemmed)
            or one.trunks & other.beginnings or one.beginnings & other.trunks
        )  # fmt: skip
    return bool(
        one.concepts & other.concepts
        or stemmed in other.beginnings or other_stem in one.beginnings
        or any(len(part) == _BEGINNING for part in one.beginnings & other.beginnings)
    )  # fmt: skip


def _is_short_head(short: str, compound: str) -> bool:
    return len(short) == _SHORTEST - 1 and compound.endswith(short)


def _is_short_part(short: str, compound: str) -> bool:
    """True for a word of three letters in a compound: 'tåg' in 'kvällståg'."""
    return len(short) == _SHORTEST - 1 and (compound.startswith(short) or compound.endswith(short))


def contrast(first: Word, second: Word) -> bool:
    """True for two compounds of one head, each of a kind of its own: 'handbollsklubben' and 'innebandyklubben'."""
    head = _common_ending(first.stem, second.stem)
    shortest = min(len(first.stem), len(second.stem))
    if head < _SHORTEST or shortest - head < _SHORTEST_MODIFIER:
        return False
    one, other = _traits(first.norm, first.stem), _traits(second.norm, second.stem)
    kinds = (one.concepts - one.heads) & (other.concepts - other.heads)
    return not kinds and first.stem[:_SAME_MODIFIER] != second.stem[:_SAME_MODIFIER]


def has_first_part(word: Word, said: Container[str]) -> bool:
    """True when the word or its first part is one of the stems: 'Norråsaskolan' of 'Norråsa'."""
    return any(part in said for part in _traits(word.norm, word.stem).beginnings)


def _common_ending(first: str, second: str) -> int:
    shared = 0
    for one, other in zip(reversed(first), reversed(second), strict=False):
        if one != other:
            break
        shared += 1
    return shared


@lru_cache(maxsize=65536)
def _traits(norm: str, stemmed: str) -> Traits:
    kinds = kinds_in(norm)
    return Traits(
        stem=stemmed,
        trunks=frozenset(stemmed[:cut] for cut in range(max(_BEGINNING, len(stemmed) - _ENDING), len(stemmed) + 1)),
        beginnings=frozenset(stemmed[:cut] for cut in range(_SHORTEST, len(stemmed) + 1)),
        endings=frozenset(stemmed[cut:] for cut in range(1, len(stemmed) - _SHORTEST + 1)),
        concepts=frozenset(concepts_of(norm, stemmed)),
        heads=frozenset(head_concepts_of(norm, stemmed)),
        kinds=frozenset(f"{kind} {one}" for kind in kinds.keys() - {NAME, SITE} for one in kinds[kind]),
    )
