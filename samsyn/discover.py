"""Takes the texts of many measures, gives new register entries proposed for those that match none."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from samsyn.match import Matcher
from samsyn.similarity import shared_words_ratio
from samsyn.vocabulary.load import load_toml
from samsyn.words import Word, words_of

_LONGEST_PHRASE = 4
# A single word says enough only when it is long ('cykelverkstad', not 'kontroll').
_SHORTEST_SINGLE = 9
_MOST_EXAMPLES = 5
# From this likeness on (0-1, words in any order) a text without the phrase still belongs to a group.
_ALIKE = 0.85
_SHORTEST_SHARED = 5
# A phrase found in more of the texts than this is how such texts are written, not a measure of its own.
_TOO_COMMON = 0.2
_NEVER_TOO_COMMON = 20

# The category of a group that shares no word with a known measure.
_NO_CATEGORY = "process"

_Key = tuple[str, ...]


class MeasureText(NamedTuple):
    """What one measure says, and which document says it."""

    text: str
    source: str


class ProposedMeasure(NamedTuple):
    """A group of alike measures that no entry of the register knows, as an entry for a person to accept.

    `examples` are texts of the group as written, `sources` the documents they come from, `score` how much speaks
    for the group (more documents and rarer words: higher; only the order means anything).
    """

    id: str
    name: str
    category: str
    aliases: tuple[str, ...]
    examples: tuple[str, ...]
    sources: tuple[str, ...]
    score: float

    def as_entry(self) -> dict[str, str | tuple[str, ...]]:
        """The values of a register entry, for `samsyn.write.as_register.register_entry`."""
        return {
            "id": self.id,
            "name": self.name,
            "category": self.category,
            "kind": "activity",
            "certainty": "förslag",
            "description": f"Förslag ur {len(self.sources)} dokument: {', '.join(self.sources)}",
            "aliases": self.aliases,
            "examples": self.examples,
        }


class _Text(NamedTuple):
    text: str
    source: str
    words: tuple[Word, ...]
    keys: Mapping[_Key, str]
    opening: str


def discover_measures(
    texts: Iterable[MeasureText], matcher: Matcher, *, least_sources: int = 2
) -> tuple[ProposedMeasure, ...]:
    """Proposals for the measures that the matcher does not know, best first.

    A group needs texts from at least `least_sources` documents. The cost grows with the number of words.
    """
    small, never = _small_words(), frozenset(load_toml("matching.toml")["discovery"]["never_words"])
    unknown = [_prepared(one, small, never) for one in dict.fromkeys(texts) if not matcher.match(one.text)]
    categories = _categories(matcher)
    # What the register speaks of ('skolavslutning', 'socialtjänst') is a topic or an actor, no measure of its own.
    unknown = [_without(one, categories) for one in unknown]
    return tuple(_proposal(key, members, worth, categories) for key, members, worth in _groups(unknown, least_sources))


def _small_words() -> frozenset[str]:
    words = load_toml("matching.toml")
    return frozenset([*words["function_words"], *words["gap_words"], *words["discovery"]["common_words"]])


def _prepared(one: MeasureText, small: frozenset[str], never: frozenset[str]) -> _Text:
    """The text with the phrases of its first sentence that may name a measure, by their stems."""
    words = tuple(word for word in words_of(one.text) if word.sentence == 0)
    opening = next((word.stem for word in words if not _is_small(word, small)), "")
    return _Text(one.text, one.source, words, dict(_keys(one.text, words, small, never)), opening)


def _without(one: _Text, topics: Container[str]) -> _Text:
    """The text without the single words that are topics."""
    keys = {key: wording for key, wording in one.keys.items() if len(key) > 1 or key[0] not in topics}
    return one._replace(keys=keys)


def _keys(text: str, words: Sequence[Word], small: frozenset[str], never: frozenset[str]) -> Iterator[tuple[_Key, str]]:
    for first in range(len(words)):
        if _is_small(words[first], small):
            continue
        for last in range(first, min(first + _LONGEST_PHRASE, len(words))):
            if words[last].norm in never or (last > first and not _continues(words[last])):
                break
            if _is_small(words[last], small):
                continue
            stems = tuple(word.stem for word in words[first : last + 1])
            if len(stems) > 1 or len(words[first].norm) >= _SHORTEST_SINGLE:
                yield stems, text[words[first].start : words[last].end]


def _continues(word: Word) -> bool:
    """True when nothing but space or a hyphen parts the word from the one before."""
    return not word.gap.strip(" -\n‐‑")


def _is_small(word: Word, small: frozenset[str]) -> bool:
    return word.norm in small or word.norm.isdigit()


def _groups(texts: Sequence[_Text], least_sources: int) -> Iterator[tuple[_Key, list[_Text], float]]:
    """The texts that share a telling phrase, the most telling first; a text is in one group at most."""
    left = dict(enumerate(texts))
    holders: dict[_Key, set[int]] = defaultdict(set)
    for number, text in left.items():
        for key in text.keys:
            holders[key].add(number)
    weights = _weights(texts)
    by_stem = _by_stem(texts)
    worths = {key: _worth(key, numbers, texts, weights) for key, numbers in holders.items()}
    limit = max(_NEVER_TOO_COMMON, _TOO_COMMON * len(texts))
    for key in sorted(holders, key=lambda key: (-worths[key], key)):
        members = {number for number in holders[key] if number in left}
        if len({texts[number].source for number in members}) < least_sources or len(holders[key]) > limit:
            continue
        if len(key) == 1 and not _may_be_named(key, [left[number] for number in members]):
            continue
        members.update(_alike(members, left, by_stem))
        for number in members:
            del left[number]
        yield key, [texts[number] for number in sorted(members)], worths[key]


def _may_be_named(key: _Key, members: Sequence[_Text]) -> bool:
    """True when a single word opens what somebody does ('Farthinder vid skolan'), and is not always a known place.

    'Närvaro på busstationen' is no measure called busstationen.
    """
    ends = tuple(load_toml("matching.toml")["discovery"]["definite_ends"])
    opens = any(text.opening == key[0] for text in members)
    return opens and not all(text.keys[key].lower().endswith(ends) for text in members if key in text.keys)


def _weights(texts: Sequence[_Text]) -> Mapping[str, float]:
    """How much a stem tells: the rarer among the texts, the more."""
    counts = Counter(stem for text in texts for stem in {word.stem for word in text.words})
    return {stem: math.log(1 + len(texts) / count) for stem, count in counts.items()}


def _worth(key: _Key, holders: Iterable[int], texts: Sequence[_Text], weights: Mapping[str, float]) -> float:
    sources = len({texts[number].source for number in holders})
    return math.log(1 + sources) * sum(weights[stem] for stem in key) / math.sqrt(len(key))


def _by_stem(texts: Sequence[_Text]) -> Mapping[str, Sequence[int]]:
    """The texts that have a stem, for the stems that are neither short nor in many texts."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for stem in {word.stem for word in text.words if len(word.stem) >= _SHORTEST_SHARED}:
            found[stem].append(number)
    return {stem: numbers for stem, numbers in found.items() if len(numbers) <= _NEVER_TOO_COMMON}


def _alike(members: set[int], left: Mapping[int, _Text], by_stem: Mapping[str, Sequence[int]]) -> list[int]:
    """Texts outside the group that say the same with another word or in another order."""
    examples = [left[number] for number in sorted(members)[:_MOST_EXAMPLES]]
    shared = Counter(
        number
        for stem in {word.stem for text in examples for word in text.words}
        for number in by_stem.get(stem, ())
        if number in left and number not in members
    )
    near = [number for number, count in shared.items() if count > 1]
    return [
        number
        for number in near
        if any(shared_words_ratio(left[number].text, example.text) >= _ALIKE for example in examples)
    ]


def _categories(matcher: Matcher) -> Mapping[str, Counter[str]]:
    """How often the register's categories have a word, by its stem."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for measure in matcher.register:
        texts = (measure.name, *measure.aliases, measure.description, *measure.examples)
        for stem in {word.stem for text in texts for word in words_of(text) if len(word.stem) >= _SHORTEST_SHARED}:
            counts[stem][measure.category] += 1
    return counts


def _category_of(members: Sequence[_Text], categories: Mapping[str, Counter[str]]) -> str:
    votes: dict[str, float] = defaultdict(float)
    small = _small_words()
    for stem in {word.stem for text in members for word in text.words if not _is_small(word, small)}:
        known = categories.get(stem, Counter())
        for category, count in known.items():
            votes[category] += count / known.total() ** 1.5
    return min(votes, key=lambda category: (-votes[category], category), default=_NO_CATEGORY)


def _proposal(
    key: _Key, members: Sequence[_Text], worth: float, categories: Mapping[str, Counter[str]]
) -> ProposedMeasure:
    wordings = Counter(text.keys[key] for text in members if key in text.keys)
    first, *others = sorted(wordings, key=lambda wording: (-wordings[wording], len(wording), wording))
    name = first[0].upper() + first[1:]
    return ProposedMeasure(
        id=slug_of(name),
        name=name,
        category=_category_of(members, categories),
        aliases=tuple({wording.lower(): wording for wording in others if wording.lower() != name.lower()}.values()),
        examples=tuple(dict.fromkeys(text.text for text in members if key in text.keys))[:_MOST_EXAMPLES],
        sources=tuple(sorted({text.source for text in members})),
        score=round(worth, 2),
    )


def slug_of(name: str) -> str:
    """The name as an id: small letters a-z, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "namnlos"
