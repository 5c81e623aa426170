"""Takes texts, gives them as weighted vectors of stems, concepts and letter groups, and how near each pair is.

Rare words weigh more than common ones, counted over both agreements; words that every undertaking has weigh little
however short the agreements are (`light_words` of comparison.toml).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from samsyn.comparing.roots import Roots
from samsyn.similarity import normal_form, stem
from samsyn.vocabulary.load import load_toml
from samsyn.words import Word, words_of

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[numpy.float64]

Text: TypeAlias = Sequence[tuple[float, str]]
"""Texts of one item, each with its weight (0-1)."""
Bag: TypeAlias = Mapping[str, float]
"""Features of a text with their weights: the parts of one word add up to the word's weight."""

_LIGHT = 0.2
_FADED = 0.5
_PARTS = 0.7
"""What the parts and concepts of a word have of its weight; the rest is its stem's."""
_GRAM = 4
_SHORT = 5
_TORGET = 6
"""The length of a stem that is a word of four letters with its article."""
_SHORTEST_PART = 4
_COMMONEST = 0.05
"""The least that a word can weigh for being common."""


@lru_cache(maxsize=8192)
def words_in(text: str) -> tuple[Word, ...]:
    """The words of a text with the stems that two agreements are compared by; each text is looked at several times."""
    return tuple(word._replace(stem=_without_plural(word)) for word in words_of(text))


def _without_plural(word: Word) -> str:
    """The stem without the definite endings of short words and of neuters: 'mötena', 'byarna', 'torget'."""
    if word.norm.endswith("ena") and len(word.stem) >= _SHORT and word.stem.endswith("en"):
        return word.stem.removesuffix("en")
    if word.norm.endswith(("arna", "orna")) and word.stem.endswith(("arn", "orn")):
        return word.stem[:-3]
    if len(word.stem) == _TORGET and word.stem.endswith("et"):
        return word.stem.removesuffix("et")
    return word.stem


class _Vocabulary(NamedTuple):
    ignored: frozenset[str]
    light: frozenset[str]
    roots: Roots
    concepts: tuple[str, ...]
    """The concept of each root."""
    bare: tuple[tuple[str, str], ...]
    """Each root and its stem."""
    chance: Mapping[str, tuple[str, ...]]
    chance_endings: Mapping[str, tuple[str, ...]]


@cache
def _vocabulary() -> _Vocabulary:
    words = load_toml("comparison.toml")
    roots = [(normal_form(root), concept) for concept, listed in words["concepts"].items() for root in listed]
    return _Vocabulary(
        frozenset(words["function_words"]),
        frozenset(stem(normal_form(word)) for word in words["light_words"]),
        Roots((root for root, _ in roots), bare={root: stem(root) for root, _ in roots}, shortest=_SHORTEST_PART),
        tuple(concept for _, concept in roots),
        tuple((root, stem(root)) for root, _ in roots),
        {concept: tuple(beginnings) for concept, beginnings in words["chance"].items()},
        {concept: tuple(endings) for concept, endings in words["chance_endings"].items()},
    )


def is_telling(word: Word) -> bool:
    """True for a word that says what a text is about: no function word, no light word, no number."""
    words = _vocabulary()
    return not (word.norm in words.ignored or word.stem in words.light or word.norm.isdigit())


def is_light(stemmed: str) -> bool:
    """True for the stem of a word that nearly every undertaking has."""
    return stemmed in _vocabulary().light


@lru_cache(maxsize=65536)
def concepts_of(norm: str, stemmed: str) -> tuple[str, ...]:
    """The concepts that a word, by its normal form and stem, holds: whose roots it begins or ends with."""
    words = _vocabulary()
    found = [words.concepts[number] for number in words.roots.of(norm, stemmed)]
    return tuple(
        one for one in dict.fromkeys(found)
        if not (norm.startswith(words.chance.get(one, ())) or norm.endswith(words.chance_endings.get(one, ())))
    )  # fmt: skip


@lru_cache(maxsize=65536)
def head_concepts_of(norm: str, stemmed: str) -> tuple[str, ...]:
    """Those of a word's concepts whose root is its last part, or nearly all of it: what it is, not of what kind."""
    words = _vocabulary()
    held = concepts_of(norm, stemmed)
    return tuple(
        dict.fromkeys(
            words.concepts[number]
            for number in words.roots.of(norm, stemmed)
            if words.concepts[number] in held and _is_head(*words.bare[number], norm, stemmed)
        )
    )


def _is_head(root: str, bare: str, norm: str, stemmed: str) -> bool:
    if norm.endswith(root) or (len(bare) >= _SHORTEST_PART and stemmed.endswith(bare)):
        return True
    return norm.startswith(root) and len(stemmed) - len(root) < _SHORTEST_PART


class Lexicon:
    """The words of both agreements, by which compounds are taken apart: made once for a comparison."""

    def __init__(
        self,
        texts: Iterable[Text],
        *,
        common: frozenset[str] = frozenset(),
        faded: frozenset[str] = frozenset(),
        light: float = _LIGHT,
    ) -> None:
        """`common` are stems that tell nothing between these agreements, `faded` some that tell half as much.

        `light` is what a light word weighs (0-1).
        """
        self._common = common
        self._faded = faded
        self._light = light
        words = (word for text in texts for _, part in text for word in words_in(part))
        self._stems = frozenset(word.stem for word in words if is_telling(word) and len(word.stem) >= _SHORTEST_PART)
        self._texts: dict[str, dict[str, float]] = {}
        self._known: dict[str, tuple[tuple[str, float], ...]] = {}

    def words(self, texts: Text) -> Bag:
        """Stems, concepts and parts of compounds, each with the weight of the weightiest text it is in."""
        found: dict[str, float] = {}
        for weight, text in texts:
            for feature, strength in self._text(text).items():
                weighed = strength * weight
                if weighed > found.get(feature, 0.0):
                    found[feature] = weighed
        return found

    def _text(self, text: str) -> Bag:
        """The features of one text: an item's texts are asked for as a whole, one by one, and with its purpose."""
        known = self._texts.get(text)
        if known is None:
            known = self._texts[text] = {}
            for word in words_in(text):
                for feature, strength in self._features(word):
                    if strength > known.get(feature, 0.0):
                        known[feature] = strength
        return known

    def _features(self, word: Word) -> tuple[tuple[str, float], ...]:
        known = self._known.get(word.norm)
        if known is None:
            weight = _FADED if word.stem in self._faded else 1.0
            known = tuple((feature, strength * weight) for feature, strength in self._taken_apart(word))
            self._known[word.norm] = known
        return known

    def _taken_apart(self, word: Word) -> Iterator[tuple[str, float]]:
        if word.stem in self._common:
            return
        if not is_telling(word):
            if word.stem in _vocabulary().light and word.norm not in _vocabulary().ignored:
                yield word.stem, self._light
            return
        parts = dict.fromkeys(
            (*(f"={concept}" for concept in concepts_of(word.norm, word.stem)), *self._parts(word.stem))
        )
        yield word.stem, (1.0 - _PARTS) if parts else 1.0
        yield from ((part, _PARTS / len(parts)) for part in parts)

    def _parts(self, stemmed: str) -> Iterator[str]:
        """The longest words of the agreements that this one begins and ends with: 'andrahand', 'uthyrning'."""
        cuts = range(_SHORTEST_PART, len(stemmed) - 2)
        head = next((stemmed[:cut] for cut in reversed(cuts) if stemmed[:cut] in self._stems), None)
        tail = next(
            (stemmed[cut:] for cut in range(3, len(stemmed) - _SHORTEST_PART + 1) if stemmed[cut:] in self._stems), None
        )
        yield from (f"~{part}" for part in (head, tail) if part)
        if stemmed in self._stems:
            yield f"~{stemmed}"


def gram_features(texts: Text) -> Bag:
    """Groups of four letters of the telling words, so that parts of compounds and misspellings meet."""
    found: dict[str, float] = {}
    for weight, text in texts:
        for word in words_in(text):
            if is_telling(word):
                for gram in _grams(word.stem):
                    found[gram] = max(found.get(gram, 0.0), weight)
    return found


@lru_cache(maxsize=65536)
def _grams(stemmed: str) -> tuple[str, ...]:
    padded = f"^{stemmed}"
    return tuple(padded[start : start + _GRAM] for start in range(max(1, len(padded) - _GRAM + 1)))


def rarity(bags: Sequence[Bag]) -> dict[str, float]:
    """The weight of each feature over all the bags: 1 for what one or two share, towards 0 for what all have."""
    counts = Counter(feature for bag in bags for feature in bag)
    most = math.log((len(bags) + 2) / 2.5)
    return {
        feature: max(_COMMONEST, min(1.0, math.log((len(bags) + 2) / (count + 0.5)) / most))
        for feature, count in counts.items()
    }


def cosines(sides: Sequence[Sequence[Bag]], weights: Bag) -> Matrix:
    """How near each old bag is to each new one (0-1): the cosine of their weighted vectors."""
    columns = {feature: number for number, feature in enumerate(weights)}
    # A cosine squares the weights, and the parts of a word shall add up to the word.
    left, right = (_unit(_sparse(map(_rooted, bags), columns, weights)) for bags in sides)
    product: Matrix = (left @ right.T).toarray()
    return product


def coverage(parts: Sequence[Bag], wholes: Sequence[Bag], weights: Bag) -> Matrix:
    """How much of each part's weight is found in each whole (0-1): a row a part, a column a whole."""
    import numpy

    columns = {feature: number for number, feature in enumerate(weights)}
    left = _sparse(parts, columns, weights)
    present = _sparse((dict.fromkeys(whole, 1.0) for whole in wholes), columns, dict.fromkeys(weights, 1.0))
    totals = numpy.asarray(left.sum(axis=1)).ravel()
    covered: Matrix = (left @ present.T).toarray() / numpy.maximum(totals, 1e-9)[:, None]
    return covered


def _rooted(bag: Bag) -> Bag:
    return {feature: math.sqrt(strength) for feature, strength in bag.items()}


def _sparse(bags: Iterable[Bag], columns: Mapping[str, int], weights: Bag) -> Any:
    from scipy.sparse import csr_matrix

    starts, places, values = [0], [], []
    for bag in bags:
        for feature, strength in bag.items():
            places.append(columns[feature])
            values.append(strength * weights[feature])
        starts.append(len(places))
    return csr_matrix((values, places, starts), shape=(len(starts) - 1, max(1, len(columns))), dtype=float)


def _unit(matrix: Any) -> Any:
    import numpy
    from scipy.sparse import diags

    lengths = numpy.sqrt(numpy.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return diags(1 / numpy.maximum(lengths, 1e-9)) @ matrix
