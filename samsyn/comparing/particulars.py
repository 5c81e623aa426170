"""Takes texts, gives what tells look-alikes apart in them: names, places, groups, occasions, stages of school, objects.

'Föräldramöte i årskurs 7' and 'Föräldramöte på gymnasiet', 'Belysning på torget' and 'Belysning i Tullbacken' are two
measures each, however alike they are worded.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from samsyn.comparing.roots import Roots
from samsyn.comparing.vectors import is_telling, words_in
from samsyn.similarity import normal_form, stem
from samsyn.vocabulary.load import load_toml
from samsyn.words import Word

Kinds: TypeAlias = Mapping[str, frozenset[str]]
NAME, SITE, PLACE, STAGE, AUDIENCE, OCCASION = "name", "site", "place", "stage", "audience", "occasion"
"""A proper name; one that is a place's; a place by what it is; kinds that `comparison.toml` lists."""
_CIRCUMSTANCES = frozenset({NAME, SITE, PLACE, STAGE, OCCASION})
"""Kinds that say where and when: two measures that share nothing else are two."""
_SHORTEST_NAME = 4
_SHORTEST_ROOT = 4
"""A shorter root is a word by itself only: 'gym' is not in 'gymnasium'."""


class Reading(NamedTuple):
    """A text's particulars by kind; those that say where and when; its other words."""

    kinds: Kinds
    circumstances: frozenset[str]
    rest: str


class _Vocabulary(NamedTuple):
    before_number: Mapping[str, str]
    grades: Mapping[str, tuple[str, ...]]
    joiners: frozenset[str]
    before_site: frozenset[str]
    heads: tuple[str, ...]
    streets: tuple[str, ...]
    groups: tuple[str, ...]
    roots: Roots
    entries: tuple[tuple[str, str, str], ...]
    """Of each root its kind, its name and itself."""


@cache
def _vocabulary() -> _Vocabulary:
    listed = dict(load_toml("comparison.toml")["particulars"])
    before_number = {word: name for name, words in listed.pop("before_number").items() for word in words}
    grades = {stage: tuple(f"åk {number}" for number in numbers) for stage, numbers in listed.pop("grades").items()}
    lists = {name: tuple(listed.pop(name)) for name in ("joiners", "before_site", "heads", "streets", "groups")}
    entries = tuple(
        (kind, name, normal_form(root))
        for kind, names in listed.items()
        for name, roots in names.items()
        for root in roots
    )
    every = [root for _, _, root in entries]
    return _Vocabulary(
        before_number=before_number,
        grades=grades,
        joiners=frozenset(lists["joiners"]),
        before_site=frozenset(lists["before_site"]),
        heads=lists["heads"],
        streets=lists["streets"],
        groups=lists["groups"],
        roots=Roots(every, bare={root: root for root in every}, shortest=_SHORTEST_ROOT),
        entries=entries,
    )


def particulars(text: str) -> frozenset[str]:
    """Everything of any kind that tells the text from one of its look-alikes."""
    return frozenset().union(*kinds_in(text).values())


def kinds_in(text: str) -> Kinds:
    """The particulars of a text by their kind: name, site, and those that `comparison.toml` lists."""
    return read_particulars(text).kinds


@lru_cache(maxsize=8192)
def read_particulars(text: str) -> Reading:
    """The text taken apart into its particulars and the rest."""
    found: dict[str, set[str]] = {}
    rest: list[str] = []
    numbered: str | None = None
    last: Word | None = None
    for word in words_in(text):
        if word.norm.isdigit() and numbered:
            found.setdefault(STAGE, set()).add(f"{numbered} {word.norm}")
        elif not word.norm.isdigit() and word.norm not in _vocabulary().joiners:  # 'årskurs 7, 8 och 9'
            numbered = _vocabulary().before_number.get(word.norm)
        kinds = _kinds_of(word, last, found.get(SITE, set()))
        for kind, name in kinds:
            found.setdefault(kind, set()).add(name)
        if not numbered and not any(kind in _CIRCUMSTANCES for kind, _ in kinds):
            rest.append(word.raw)
        last = word
    circumstances = frozenset(name for kind in _CIRCUMSTANCES for name in found.get(kind, ()))
    return Reading({kind: frozenset(names) for kind, names in found.items()}, circumstances, " ".join(rest))


def _kinds_of(word: Word, last: Word | None, sites: set[str]) -> list[tuple[str, str]]:
    """What one word is; `last` is the word before it, `sites` the places named so far."""
    words = _vocabulary()
    known = _known(word.norm, word.stem)
    inside = last is not None and last.sentence == word.sentence
    is_name = (
        word.raw[0].isupper() and not word.raw.isupper() and (inside or _ends(word.norm, words.streets))
        and is_telling(word) and all(word.norm != root for _, _, root in known)
    )  # fmt: skip
    if is_name:
        name = _bare_name(word)
        placed = last is not None and (last.norm in words.before_site or _bare_name(last) in sites)
        return [(NAME, name), (SITE, name)] if placed else [(NAME, name)]
    if not known:
        return [(AUDIENCE, word.stem)] if _ends(word.norm, words.groups) else []
    return [(kind, one) for kind, name, _ in known for one in (name, *words.grades.get(name, ()))]


@lru_cache(maxsize=65536)
def _known(norm: str, stemmed: str) -> tuple[tuple[str, str, str], ...]:
    """The listed particulars, as kind, name and root, whose root the word begins or ends with, or is if it is short."""
    words = _vocabulary()
    return tuple(words.entries[number] for number in words.roots.of(norm, stemmed))


def _ends(norm: str, endings: tuple[str, ...]) -> bool:
    """True when the word is compounded with one of the endings: 'Torggatan', 'taxiägare'."""
    return any(norm.endswith(ending) and len(norm) > len(ending) + 1 for ending in endings)


def _bare_name(word: Word) -> str:
    """The name without what it names: 'Norråsa' of 'Norråsaskolan'."""
    head = next((head for head in _vocabulary().heads if word.norm.endswith(head)), "")
    bare = word.norm.removesuffix(head).removesuffix("s")
    return stem(bare) if head and len(bare) >= _SHORTEST_NAME else word.stem
