"""Takes the label of a measure apart, gives its slots: what it is about, where and for whom, with whom, and the deed.

In 'Utbilda rastvärdar i konflikthantering' the thing is 'rastvärdar' and, in a slot of another role,
'konflikthantering'. Only what may name a thing, a person or a place stands in a slot: no verb, no quality, no word for
the form in which something is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from samsyn.comparing.kinship import are_alike
from samsyn.comparing.vectors import is_telling, words_in
from samsyn.similarity import normal_form, stem
from samsyn.vocabulary.load import load_toml
from samsyn.words import Word

_SHORTEST = 4
_ENDS_SLOT = frozenset(",:;()–/")


class Role(StrEnum):
    """What a slot tells: what is done to what; where or for whom; about or against what; with whom; when.

    Words open a slot of each but the first, by `comparison.toml`.
    """

    CORE = "core"
    WHERE = "where"
    ABOUT = "about"
    WITH = "with"
    WHEN = "when"


class Sort(StrEnum):
    """What a word names: a thing, a proper name, letters that stand for one, or what may be either of the first two."""

    THING = "thing"
    PROPER = "proper"
    LETTERS = "letters"
    EITHER = "either"


class Noun(NamedTuple):
    """A word that names something, and its sort.

    `phrase` is the number of the phrase in the label: 'hemtjänstens brukare och anhöriga' are two.
    """

    word: Word
    sort: Sort
    phrase: int


class Slot(NamedTuple):
    """One part of a label: its role and what it names."""

    role: Role
    nouns: tuple[Noun, ...]


class Label(NamedTuple):
    """A label taken apart: its slots, its other telling words, its verbs and their deeds, and all stems it names."""

    slots: tuple[Slot, ...]
    others: tuple[Noun, ...]
    verbs: frozenset[str]
    deeds: frozenset[str]
    stems: frozenset[str]


class _Vocabulary(NamedTuple):
    roles: Mapping[str, Role]
    clause: frozenset[str]
    joiners: frozenset[str]
    empty: frozenset[str]
    forms: tuple[str, ...]
    actors: tuple[str, ...]
    bare_forms: frozenset[str]
    qualities: tuple[str, ...]
    infinitive_endings: tuple[str, ...]
    plurals: tuple[str, ...]
    without: tuple[str, ...]
    present: tuple[str, ...]
    doing: frozenset[str]
    verbs: frozenset[str]
    deeds: Mapping[str, str]


@cache
def _vocabulary() -> _Vocabulary:
    listed = load_toml("comparison.toml")["slots"]
    words = listed["words"]
    deeds = {_root(verb): deed for deed, verbs in listed["deeds"].items() for verb in verbs}
    doing = frozenset(map(_root, words["doing"]))
    return _Vocabulary(
        roles={opener: Role(role) for role, openers in listed["openers"].items() for opener in openers},
        clause=frozenset(words["clause"]),
        joiners=frozenset(words["joiners"]),
        empty=frozenset(map(_root, (*words["empty"], *load_toml("quantities.toml")["numerals"]))),
        forms=tuple(dict.fromkeys(root for word in words["forms"] for root in (_root(word), word))),
        actors=tuple(words["actors"]),
        bare_forms=frozenset(map(_root, words["bare_forms"])),
        qualities=tuple(words["qualities"]),
        infinitive_endings=tuple(words["infinitive_endings"]),
        plurals=tuple(words["plurals"]),
        without=tuple(words["without"]),
        present=tuple(words["present"]),
        doing=doing,
        verbs=doing | frozenset(map(_root, words["verbs"])) | frozenset(deeds),
        deeds=deeds,
    )


def _root(word: str) -> str:
    return stem(normal_form(word))


@lru_cache(maxsize=8192)
def label_of(text: str) -> Label:
    """The label taken apart; one in capitals as if it were not."""
    reading = _Reading()
    for word in words_in(text.capitalize() if text.isupper() else text):
        reading.take(word)
    return reading.label()


class _Reading:
    """A label while it is read, word by word."""

    def __init__(self) -> None:
        self._slots: list[Slot] = []
        self._others: list[Noun] = []
        self._verbs: set[str] = set()
        self._role: Role = Role.CORE
        self._nouns: list[Noun] = []
        self._phrase = 0
        self._verb: str | None = None
        self._before: Word | None = None

    def label(self) -> Label:
        self._end(Role.CORE)
        deeds = _vocabulary().deeds
        found = frozenset(deeds[verb] for verb in self._verbs if verb in deeds)
        named = (noun for nouns in (*(slot.nouns for slot in self._slots), self._others) for noun in nouns)
        stems = frozenset(noun.word.stem for noun in named)
        return Label(tuple(self._slots), tuple(self._others), frozenset(self._verbs), found, stems)

    def take(self, word: Word) -> None:
        words = _vocabulary()
        before, self._before = self._before, word
        if before is not None and (word.sentence != before.sentence or _ENDS_SLOT.intersection(word.gap)):
            if ":" in word.gap and self._role == Role.CORE:
                self._role = Role.WHERE
            self._end(Role.CORE)
        if word.norm in words.roles and not self._is_particle(word, before):
            self._open(words.roles[word.norm], goes_on=before is not None and before.norm in words.joiners)
        elif word.norm in words.clause:
            self._end(Role.CORE)
        elif word.norm in words.joiners:
            self._phrase += 1
        elif (verb := self._verb_in(word, before)) is not None:
            self._verbs.add(verb)
            self._verb = verb
            self._phrase += 1
        elif is_telling(word) and word.stem not in words.empty:
            self._name(word)

    def _name(self, word: Word) -> None:
        """With what comes after a verb that says more than 'genomföra', a compound such as 'hemtjänst' is a thing."""
        specific = self._role != Role.CORE or (self._verb is not None and self._verb not in _vocabulary().doing)
        noun = Noun(word, _sort(word), self._phrase)
        (self._nouns if _names_something(word, with_forms=specific) else self._others).append(noun)

    def _end(self, role: Role) -> None:
        if self._nouns:
            self._slots.append(Slot(self._role, tuple(self._nouns)))
        self._role, self._nouns, self._verb = role, [], None
        self._phrase += 1

    def _open(self, role: Role, *, goes_on: bool) -> None:
        """Begins a slot, unless it goes on with the one before: 'på torget och i parken'."""
        if not (goes_on and role == self._role and self._nouns):
            self._end(role)

    def _is_particle(self, word: Word, before: Word | None) -> bool:
        """True for what belongs to the verb before it: 'måla om'."""
        words = _vocabulary()
        return before is not None and words.roles[word.norm] == Role.ABOUT and before.stem in words.deeds

    def _verb_in(self, word: Word, before: Word | None) -> str | None:
        """The root of the verb that the word is, or None; one that no list has is known by its place."""
        words = _vocabulary()
        for root in (word.stem, stem(word.norm.removesuffix("s"))):
            if root in words.verbs and (word.norm != root or len(root) < _SHORTEST):  # 'avtal' is no form of 'avtala'
                return root
        follows = before is not None and (
            before.norm in words.clause
            or (bool(self._nouns) and self._nouns[-1].word == before and not before.norm.endswith(words.without))
        )
        return word.stem if follows and word.norm.endswith(words.present) and not word.raw[0].isupper() else None


def _names_something(word: Word, *, with_forms: bool) -> bool:
    """True for a word that may name a thing, a person or a place; `with_forms` when compounds of forms may, too."""
    words = _vocabulary()
    if word.raw.isupper() and len(word.raw) > 1:
        return True
    if len(word.norm) < _SHORTEST or word.stem in words.bare_forms:
        return False
    if word.norm.endswith(words.actors):
        return False
    ends_as_verb = word.norm.endswith(words.infinitive_endings) and not word.norm.endswith(
        (*words.plurals, *words.without)
    )
    if ends_as_verb or word.norm.endswith(words.qualities):
        return False
    if with_forms:
        return word.stem not in words.forms
    return not any(word.stem.endswith(form) if len(form) >= _SHORTEST else word.stem == form for form in words.forms)


def _sort(word: Word) -> Sort:
    """A name looks like any word where a sentence begins."""
    if word.raw.isupper():
        return Sort.LETTERS
    if word.raw[0].isupper():
        return Sort.EITHER if word.opens else Sort.PROPER
    return Sort.THING


@lru_cache(maxsize=8192)
def said_in(texts: tuple[str, ...]) -> Mapping[str, Word]:
    """The telling words of the texts by their stems."""
    return {word.stem: word for text in texts for word in words_in(text) if is_telling(word)}


@lru_cache(maxsize=8192)
def deeds_in(texts: tuple[str, ...]) -> frozenset[str]:
    """The deeds of all the verbs in the texts."""
    deeds = _vocabulary().deeds
    return frozenset(deeds[word.stem] for text in texts for word in words_in(text) if word.stem in deeds)


def is_said(noun: Noun, said: Mapping[str, Word], both: frozenset[str], *, strictly: bool) -> bool:
    """True when what the other item says has the word, a form or a part of it, or one that means much the same.

    A word whose stem is in both labels stands for itself alone, and for no other. For `strictly` see `are_alike`.
    """
    return noun.word.stem in said or any(
        stemmed not in both and are_alike(noun.word, word, strictly=strictly) for stemmed, word in said.items()
    )
