"""Takes running Swedish text and gives its sentences, with their place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from samsyn.remember import remembers
from samsyn.vocabulary.phrases import either_of, phrase_list

# Its first letter stands in front of the choice, so that other letters are passed over quickly.
_BREAK = re.compile(r"[.!?\n](?:(?<=\n)\n*|[\"”»)]*\s+(?=[\"”»“(•–-]?\s*[A-ZÅÄÖÉ0-9]))")
_LAST_WORD = re.compile(r"(\S+)$")
_INITIAL = re.compile(r"^[A-ZÅÄÖ]\.$")
_LONGEST = 60
"""Letters that an abbreviation, or a number in front with the space before it, can have: no more is looked at."""
_LEADING = (":", ";")
_NUMBERING = re.compile(r"^\s*\(?\d{1,2}\.$")


class Sentence(NamedTuple):
    """One sentence and its offsets in the text it was cut from."""

    text: str
    start: int
    end: int


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(word.casefold().rstrip(".") for word in phrase_list("abbreviations", "words"))


@remembers(2048, longest=1000)
def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text`, white space at their ends left out; abbreviations and numbering end none."""
    return tuple(sentence for sentence in _cut(text) if sentence.text)


def leads_on(text: str) -> bool:
    """True for a line that breaks off and goes on below: it ends with ':', ';', 'att' or 'att under 2022'."""
    stripped = text.rstrip()
    if stripped.endswith(_LEADING) or stripped.endswith(_that()):
        return True
    return stripped[-1:].isdigit() and _that_in_time().search(stripped[-_LONGEST:]) is not None


@cache
def _that_in_time() -> re.Pattern[str]:
    """'att' and a time with a year at the end of a line: '… lovar att under våren 2022'."""
    that, during = (either_of(phrase_list("grammar", key)) for key in ("that", "during"))
    return re.compile(rf"\s(?:{that})\s+(?:{during})(?:\s+[^\W\d]+){{0,2}}\s+(?:19|20)\d\d\s*$", re.IGNORECASE)


@cache
def _that() -> tuple[str, ...]:
    return tuple(f" {word}" for word in phrase_list("grammar", "that"))


def ends_with_that(text: str) -> bool:
    """True for a line that ends with 'att'."""
    return text.rstrip().endswith(_that())


def _cut(text: str) -> Iterator[Sentence]:
    start = 0
    for match in _BREAK.finditer(text):
        end = match.start() + (text[match.start()] != "\n")
        gap = text[end : match.end()]
        if "\n" not in gap and _is_open(text, start, end):
            continue
        yield _trimmed(text, start, end + len(gap) - len(gap.lstrip('"”»)')))
        start = match.end()
    yield _trimmed(text, start, len(text))


def _is_open(text: str, start: int, end: int) -> bool:
    """True when the full stop at the end belongs to an abbreviation, an initial, or a number in front ('1. Trafik')."""
    before = text[max(start, end - _LONGEST) : end]
    found = _LAST_WORD.search(before)
    if found is None:
        return False
    word = found.group(1).lstrip('("”»“')
    if _INITIAL.match(word) or word.casefold().rstrip(".!?") in _abbreviations():
        return True
    return end - start <= _LONGEST and bool(_NUMBERING.match(before))


def _trimmed(text: str, start: int, end: int) -> Sentence:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Sentence(text[start:end], start, end)
