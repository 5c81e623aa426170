"""Takes a TOML file of phrases grouped by meaning and gives a look-up from a written phrase to its meaning.

An entry lists its phrases in up to five strengths, tried in this order over all entries:

- `whole`: the text is just this phrase (a misspelling by one or two letters is forgiven in long phrases);
- `starts`: the text begins with this phrase, on a word boundary;
- `ends`: the text ends with it;
- `contains`: the text holds it somewhere;
- `frames`: the text is built so, '…' standing for up to four words: 'vad … vi vet …'.

The longest phrase wins. An asterisk leaves an end open within a word ('åtgärder 2*', '*kontorets bedömning'), though
never that of a word under `unless` ('*mål' is not the end of 'slagsmål').
`examples` must get the entry's meaning and `not` must not: a test runs them all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from samsyn.errors import VocabularyError
from samsyn.remember import remembers
from samsyn.similarity import closest
from samsyn.vocabulary.load import load_toml

_STRENGTHS = ("whole", "starts", "ends", "contains", "frames")
_GAP = "…"
_GAP_WORDS = 4
"""So many words at most a gap in a frame stands for."""

_FORGIVEN_LENGTH = 9
"""Phrases shorter than this must be spelt right: 'Mål' is one letter from 'Mål' in other words ('mat', 'tal')."""

_LONGEST_PHRASE = 80
_REMEMBERED = 4096
"""So many answers are kept; the same headings and labels are asked for again and again."""

_NUMBERING = re.compile(
    r"^\s*(?:§\s*)?(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.|[a-zA-ZåäöÅÄÖ]\)|[A-HJ-UWYZ]\.)\s+(?=\S)"
    r"|^\s*\d{1,2}(?:\.(?:\d{1,2})?)+(?=[A-ZÅÄÖ][a-zåäö])"
)
"""A number, a Roman one or a letter; '3.1.1Problembild' has lost the tab behind it."""
_NOISE = re.compile(r"[\s\-‐-―/_&+]+")


def strip_numbering(text: str) -> str:
    """The heading without a typed number in front: '5.1 Trafik' and 'Bilaga 2: Trafik' give 'Trafik'; years stay."""
    for number in (_numbering_words(), _NUMBERING):
        # What can only stand first is not looked for elsewhere, as `sub` would.
        hit = number.match(text)
        text = text[hit.end() :] if hit else text
    return text


@cache
def _numbering_words() -> re.Pattern[str]:
    words = "|".join(load_toml("headings.toml")["numbering"]["words"])
    return re.compile(rf"^\s*(?:{words})\s+(?:\d{{1,2}}|[A-Z])\b[\s.:,–—-]*(?=\S)", re.IGNORECASE)


@remembers(_REMEMBERED, longest=200)
def normalise_phrase(text: str) -> str:
    """The form phrases are compared in: lower case, no numbering, hyphens and slashes as spaces, no end marks."""
    folded = _NOISE.sub(" ", strip_numbering(text).casefold())
    return folded.strip(" .:;,!?*\"'”“»«()[]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning with its phrases by strength, already normalised, and its own proof."""

    meaning: str
    phrases: dict[str, tuple[str, ...]]
    examples: tuple[str, ...]
    lookalikes: tuple[str, ...]
    unless: frozenset[str] = frozenset()


class Lexicon:
    """Phrases by meaning, with one question: what does this text mean?"""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self._whole = {phrase: entry.meaning for entry in entries for phrase in entry.phrases["whole"]}
        self._known: dict[str, str | None] = {}
        self._long = [phrase for phrase in self._whole if len(phrase) >= _FORGIVEN_LENGTH]
        self._as_long: dict[int, list[str]] = {}
        self._unless = {entry.meaning: entry.unless for entry in entries}
        self._within = {strength: _longest_first(entries, strength) for strength in _STRENGTHS[1:4]}
        self._frames = _frames(entries)
        self._frames_with = _by_longest_word(self._frames)

    def meaning(self, text: str) -> str | None:
        """The meaning of `text` as a whole, or None."""
        phrase = normalise_phrase(text)
        if not phrase:
            return None
        if phrase not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[phrase] = self._whole.get(phrase) or self._by_part(phrase) or self._misspelt(phrase)
        return self._known[phrase]

    def is_exact(self, text: str) -> bool:
        """True when `text` is one of the listed whole phrases."""
        return normalise_phrase(text) in self._whole

    def _by_part(self, phrase: str) -> str | None:
        padded, last = f" {phrase} ", phrase.rsplit(maxsplit=1)[-1]
        tests = {"starts": padded.startswith, "ends": padded.endswith, "contains": padded.__contains__}
        for strength, test in tests.items():
            for candidate, meaning in self._within[strength]:
                if test(candidate) and not (candidate[:1] != " " and last in self._unless[meaning]):
                    return meaning
        return self._by_frame(padded)

    def _by_frame(self, padded: str) -> str | None:
        """The meaning of the first frame that the phrase fills; only those are tried whose longest word it has."""
        numbers = {number for word in padded.split() for number in self._frames_with.get(word, ())}
        frames = (self._frames[number] for number in sorted(numbers))
        return next((meaning for frame, meaning in frames if _frame_pattern(frame).fullmatch(padded)), None)

    def _misspelt(self, phrase: str) -> str | None:
        if not _FORGIVEN_LENGTH <= len(phrase) <= _LONGEST_PHRASE:
            return None
        limit = 1 if len(phrase) < 14 else 2
        near = closest(phrase, self._about_as_long(len(phrase), limit), limit)
        return None if near is None or _contradict(phrase, near) else self._whole[near]

    def _about_as_long(self, length: int, limit: int) -> list[str]:
        """The phrases that so many letters more or less may make one of this length."""
        if length not in self._as_long:
            self._as_long[length] = [phrase for phrase in self._long if abs(len(phrase) - length) <= limit]
        return self._as_long[length]


def _contradict(phrase: str, other: str) -> bool:
    """True for 'trygga platser' and 'otrygga platser': one letter apart, and the opposite of one another."""
    words, others = phrase.split(), other.split()
    return len(words) == len(others) and any(f"o{a}" == b or f"o{b}" == a for a, b in zip(words, others, strict=True))


def _longest_first(entries: tuple[Entry, ...], strength: str) -> list[tuple[str, str]]:
    pairs = [(_bounded(phrase), entry.meaning) for entry in entries for phrase in entry.phrases[strength]]
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0]))


def _frames(entries: tuple[Entry, ...]) -> list[tuple[str, str]]:
    """The frames with their meanings, those that say most first."""
    pairs = [(frame, entry.meaning) for entry in entries for frame in entry.phrases["frames"]]
    return sorted(pairs, key=lambda pair: (-len(pair[0].replace(_GAP, "").split()), -len(pair[0]), pair[0]))


def _by_longest_word(frames: list[tuple[str, str]]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, (frame, _) in enumerate(frames):
        word = max((word for word in frame.split() if word != _GAP), key=len, default="")
        numbers.setdefault(word, []).append(number)
    return numbers


@cache
def _frame_pattern(frame: str) -> re.Pattern[str]:
    """A pattern for the whole of a text between two spaces."""
    pieces = [rf"(?:\S+ ){{0,{_GAP_WORDS}}}" if word == _GAP else re.escape(word) + " " for word in frame.split()]
    return re.compile(" " + "".join(pieces))


@cache
def load_lexicon(name: str, table: str) -> Lexicon:
    """The lexicon in the array of tables `table` of the TOML file `name`; VocabularyError when an entry is off."""
    return Lexicon(tuple(_entry(name, raw) for raw in load_toml(name).get(table, ())))


def _entry(name: str, raw: dict[str, Any]) -> Entry:
    unknown = set(raw) - {"meaning", "examples", "not", "comment", "unless", *_STRENGTHS}
    if unknown or "meaning" not in raw:
        raise VocabularyError(f"{name}: entry {raw.get('meaning', '?')}: unknown keys {sorted(unknown)}")
    if any(key in raw for key in _STRENGTHS[1:]) and not raw.get("examples"):
        raise VocabularyError(f"{name}: entry {raw['meaning']}: partial phrases need examples")
    return Entry(
        meaning=raw["meaning"],
        phrases={key: tuple(_normalise(phrase) for phrase in raw.get(key, ())) for key in _STRENGTHS},
        examples=tuple(raw.get("examples", ())),
        lookalikes=tuple(raw.get("not", ())),
        unless=frozenset(map(_normalise, raw.get("unless", ()))),
    )


def _bounded(phrase: str) -> str:
    """The phrase between word boundaries; an asterisk at either end leaves that end open within a word."""
    left = phrase[1:] if phrase.startswith("*") else f" {phrase}"
    return left[:-1] if left.endswith("*") else f"{left} "


def _normalise(written: str) -> str:
    """The listed phrase in the form phrases are compared in, its asterisks kept."""
    opening = "*" if written.startswith("*") else ""
    closing = "*" if written.endswith("*") else ""
    return f"{opening}{normalise_phrase(written)}{closing}"
