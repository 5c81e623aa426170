"""Normal forms of words and how near two of them are: takes plain text, gives plain text and 0-1 scores.

The only module that knows rapidfuzz and the stemmer; both are imported when first needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Protocol

_SOFT_HYPHEN = re.compile("[\u00ad\u200b\u200c\u200d\ufeff\u0002\ufffe]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_APOSTROPHES = str.maketrans("", "", "'’´`")
# Letters that text recognition and careless typing lose or swap; both sides are folded before comparing.
_FOLDS = (("rn", "m"), ("ri", "n"), ("cl", "d"), ("vv", "w"))
_FOLD_LETTERS = str.maketrans("åäàáöøéèü1|!0", "aaaaooeeulllo")


# Edits no farther apart than this are one change ('föräldrafria', 'föräldrafika').
_ONE_PLACE = 2


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


@cache
def _stemmer() -> _Stemmer:
    import snowballstemmer

    stemmer: _Stemmer = snowballstemmer.stemmer("swedish")
    return stemmer


def normal_form(word: str) -> str:
    """The word in small letters, composed, without soft hyphens, ligatures and apostrophes."""
    if word.isascii():
        return word.lower().translate(_APOSTROPHES)
    word = _SOFT_HYPHEN.sub("", word)
    for ligature, letters in _LIGATURES.items():
        word = word.replace(ligature, letters)
    return unicodedata.normalize("NFC", word).lower().translate(_APOSTROPHES)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a normal form: what its Swedish inflections share ('nätverkets' and 'nätverk': 'nätverk').

    Snowball, with the definite endings it leaves on taken off too ('nätverket', 'veckan', 'klottret', 'verkstaden').
    """
    if len(word) < 4:
        return word
    stemmer = _stemmer()
    stemmed = stemmer.stemWord(word)
    bare = _without_definite(stemmed)
    if bare != stemmed or stemmed == word.removesuffix("s").removesuffix("et"):
        stemmed = stemmer.stemWord(bare)
    if stemmed.endswith("mm"):
        stemmed = stemmed[:-1]
    if len(stemmed) >= 5 and stemmed.endswith("tr"):
        stemmed = stemmed[:-1]
    return stemmed


def _without_definite(stemmed: str) -> str:
    if len(stemmed) >= 7 and stemmed.endswith(("et", "ets")):
        return stemmed.removesuffix("s")[:-2]
    if len(stemmed) >= 6 and stemmed.endswith(("an", "ad")):
        return stemmed[:-2]
    return stemmed


def folded(word: str) -> str:
    """The normal form without the marks and letter shapes that text recognition confuses."""
    for seen, meant in _FOLDS:
        word = word.replace(seen, meant)
    return word.translate(_FOLD_LETTERS)


def edit_distance(first: str, second: str, limit: int) -> int:
    """How many letters are changed, added, lost or swapped; `limit + 1` when more than `limit`."""
    from rapidfuzz.distance import OSA

    return OSA.distance(first, second, score_cutoff=limit)


def edits_lie_apart(first: str, second: str) -> bool:
    """False when the two words differ in one place by more than a letter, which makes another word of it."""
    from rapidfuzz.distance import Levenshtein

    places = [edit.src_pos for edit in Levenshtein.editops(first, second)]
    return all(later - earlier > _ONE_PLACE for earlier, later in pairwise(places))


def closest(text: str, candidates: Sequence[str], limit: int) -> str | None:
    """The candidate with the fewest edits from the text, none when all have more than `limit`; many at once."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extractOne(text, candidates, scorer=OSA.distance, score_cutoff=limit)
    return None if found is None else str(found[0])


def text_ratio(left: str, right: str) -> float:
    """How alike two short texts are as written (0-1), case, spacing and hyphens aside."""
    from rapidfuzz import fuzz

    return fuzz.ratio(_plain(left), _plain(right)) / 100


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", normal_form(text)).split())


def shared_words_ratio(left: str, right: str) -> float:
    """How alike two texts are when the order of their words is nothing (0-1); the words are compared by stems."""
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(_stems(left), _stems(right)) / 100


@lru_cache(maxsize=4096)
def _stems(text: str) -> str:
    return " ".join(stem(normal_form(word)) for word in re.findall(r"\w+", text))


def token_edits(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, int, int, int, int], ...]:
    """How one list of tokens becomes the other: ('equal' | 'delete' | 'insert', old from, to, new from, to) in order.

    Whole tokens are compared; as few as possible are deleted and inserted.
    """
    from rapidfuzz.distance import Indel

    return tuple(
        (edit.tag, edit.src_start, edit.src_end, edit.dest_start, edit.dest_end) for edit in Indel.opcodes(old, new)
    )


def token_ratio(old: Sequence[str], new: Sequence[str]) -> float:
    """The share of tokens that two lists have in common and in the same order (0-1); 1 for two empty ones."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(old, new)
