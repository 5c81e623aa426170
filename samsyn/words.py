"""Takes a text, gives its words with their offsets and the sentence each stands in."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from samsyn.remember import remembers
from samsyn.similarity import normal_form, stem
from samsyn.vocabulary.load import load_toml

# A word: letters (with soft hyphens, combining marks and apostrophes inside), or digits. Digits glued after a
# word are footnote marks or numbers and stand alone ('flag6'); a digit between letters, or a
# lone 0 or 1 before many, is a misread letter; so is one between the capitals of an abbreviation ('S1G', 'E5T').
_LETTER = r"[^\W\d_¹²³⁰⁴-⁹₀-₉]"
_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u0002\ufffe"
_CAPITAL = "[A-ZÅÄÖ]"
_MISREAD_ABBREVIATION = (
    rf"(?<![^\W_])(?:5(?={_CAPITAL}{{3}}))?{_CAPITAL}+(?:[015](?={_CAPITAL}){_CAPITAL}+)+(?![^\W\d_])"
    rf"|(?<![^\W_])5{_CAPITAL}{{3,5}}(?![^\W_])"
)
_WORD = (
    r"[A-ZÅÄÖ]?[a-zåäö]+(?=[ ,.\n:;)/]|$)"  # what most words are, tried first
    rf"|{_MISREAD_ABBREVIATION}"
    rf"|[A-ZÅÄÖ]{{3,}}(?=[a-zåäö])"
    rf"|(?:(?<!\d)[01](?={_LETTER}{{5}}))?{_LETTER}(?:[{_MARKS}]|{_LETTER}|['’´`](?={_LETTER})|\d(?={_LETTER}{{2}}))*"
    r"|\d+|&"
)
_WORD_APART = re.compile(rf"((?=[\w&])(?:{_WORD}))")
"""Cuts a text in what stands between words and words, by turns; what no word begins with is passed over at once."""
_SENTENCE_END = re.compile(r"[.!?]['\"”»)]*\s|\n\s*\n|[•●▪·\t|]|\n\s*[-–*]\s")


# A word in capitals, some of them misread.
_MISREAD_CAPITALS = re.compile(r"(?=.*[l015])(?=.*[A-ZÅÄÖ].*[A-ZÅÄÖ])[A-ZÅÄÖl015]+")
_MISREAD = str.maketrans("l105", "IIOS")
_LONGEST_ABBREVIATION = 6

# No Swedish word is longer; what is, is noise, and is not compared beyond this.
_LONGEST_WORD = 80


class Word(NamedTuple):
    """A word of a text: as written, its normal form and stem, offsets, sentence number and what stood before.

    Misread capitals are put back in `raw`. `gap` is the text between the word before and this one; `opens` is true for
    the first word of a sentence.
    """

    raw: str
    norm: str
    stem: str
    start: int
    end: int
    sentence: int
    gap: str
    opens: bool


@lru_cache(maxsize=65536)
def _forms(raw: str) -> tuple[str, str, str]:
    read = _as_capitals(raw)
    norm = "och" if read == "&" else normal_form(read[:_LONGEST_WORD])
    return read, norm, stem(norm)


def _as_capitals(raw: str) -> str:
    """A short word in capitals with those put back that text recognition took for another sign ('SlG': 'SIG')."""
    if len(raw) > _LONGEST_ABBREVIATION or not _MISREAD_CAPITALS.fullmatch(raw):
        return raw
    return raw.translate(_MISREAD)


@remembers(16, longest=20_000)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order; a sentence ends at . ! ? before a capital, a blank line, a tab or a bullet."""
    found: list[Word] = []
    end = sentence = 0
    before = None
    pieces = iter(_WORD_APART.split(text))
    for gap, written in zip(pieces, pieces, strict=False):
        raw, norm, stemmed = _forms(written)
        opens = before is None
        if gap != " " and before is not None and _ends_sentence(gap, before, written):
            sentence += 1
            opens = True
        start = end + len(gap)
        end = start + len(written)
        # As Word(...) does, without its call: a large corpus has a hundred million words.
        found.append(tuple.__new__(Word, (raw, norm, stemmed, start, end, sentence, gap, opens)))
        before = norm
    return tuple(found)


def _ends_sentence(gap: str, before: str, after: str) -> bool:
    """True when a sentence ends in the gap between a word, by its normal form, and the next as written."""
    end = _SENTENCE_END.search(gap)
    if end is None:
        return False
    if not gap.startswith("."):
        return True
    return before not in _abbreviations() and not after[0].islower()


@cache
def _abbreviations() -> frozenset[str]:
    """Words after which a full stop seldom ends a sentence."""
    return frozenset(load_toml("matching.toml")["abbreviations"])
