"""Which passages are headings, and at what level: by type size, weight, capitals, underlining and section numbers.

The same style has the same level all through a document; in a style with section numbers their depth decides ('4'
above '4.2'), and labels ended by a colon come last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from samsyn.extract.readers.layout_blocks import Kind, Passage
from samsyn.extract.readers.layout_flow import Norms
from samsyn.extract.readers.layout_grid import Grid

SAME_SIZE = 0.6
"""Points by which headings of one style may differ in size (different fonts, rounding)."""

LEAST_SMALL = 0.75
"""Headings in smaller type than the text they head have at least this share of its size; captions are smaller yet."""

_OFTEN = 3
"""So many lines in a size of their own, a little above the text's, are headings."""

_SECTION = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+\S")
_ENDED = re.compile(r"[.,;!]$")
_ENDED_TITLE = re.compile(r"[^.!?;]{2,100}\.")
"""A line that has one full stop, at its end."""
_LABEL_DEPTH = 9


class _Style(NamedTuple):
    size: float
    weight: int
    """2 bold, 1 set apart by capitals or a line below, 0 by size alone."""
    depth: int


def find_headings(passages: Sequence[Passage | Grid], norms: Norms) -> dict[int, Passage]:
    """The headings among the passages, by their index."""
    found: dict[int, Passage] = {}
    small, larger = _small_sizes(passages, norms), _larger_sizes(passages, norms)
    for index, passage in enumerate(passages):
        if isinstance(passage, Grid) or not _may_head(passage):
            continue
        following = passages[index + 1] if index + 1 < len(passages) else None
        large = _is_large(passage, norms) or (passage.first.size in larger and _is_title(passage))
        if large or _is_bold(passage, norms, small) or _is_apart(passage, following, norms):
            found[index] = passage
    for index in _list_of_bold(found, norms):
        del found[index]
    return found | _ended_titles(passages, found, norms)


def _ended_titles(passages: Sequence[Passage | Grid], found: Mapping[int, Passage], norms: Norms) -> dict[int, Passage]:
    """Bold lines right above a list that are set as headings of the document are, and end in a full stop."""
    sizes = {passage.first.size for passage in found.values() if _all_bold(passage)}
    titles: dict[int, Passage] = {}
    for index, (passage, following) in enumerate(pairwise(passages)):
        if isinstance(passage, Grid) or isinstance(following, Grid) or index in found or norms.bold:
            continue
        alone = _may_head(passage) and len(passage.lines) == 1 and _all_bold(passage) and passage.first.size in sizes
        above_list = following.kind is Kind.ITEM and not _all_bold(following)
        if alone and above_list and _ENDED_TITLE.fullmatch(passage.text):
            titles[index] = passage
    return titles


def _may_head(passage: Passage) -> bool:
    if passage.kind not in (Kind.PARAGRAPH, Kind.ITEM) or len(passage.lines) > 6 or passage.columns:
        return False
    text = passage.text
    if len(text) > 200 or sum(map(str.isalpha, text)) < 2:
        return False
    return passage.kind is Kind.PARAGRAPH or passage.first.words[0].text[:1].isdigit()


def _all_bold(passage: Passage) -> bool:
    return all(line.bold for line in passage.lines)


def _is_large(passage: Passage, norms: Norms) -> bool:
    size = passage.first.size
    if size <= 1.1 * norms.size or size <= norms.size + 0.8:
        return False
    return _all_bold(passage) or not (len(passage.text) > 120 and passage.text.endswith("."))


def _small_sizes(passages: Sequence[Passage | Grid], norms: Norms) -> frozenset[float]:
    """The sizes below the text's in which bold lines head text of the usual size, time and again."""
    heads = Counter(
        passage.first.size
        for passage, following in pairwise(passages)
        if isinstance(passage, Passage)
        and isinstance(following, Passage)
        and LEAST_SMALL * norms.size <= passage.first.size < 0.93 * norms.size <= following.first.size
        and _all_bold(passage)
        and not _all_bold(following)
    )
    return frozenset(size for size, number in heads.items() if number >= 2)


def _larger_sizes(passages: Sequence[Passage | Grid], norms: Norms) -> frozenset[float]:
    """The sizes a little above the text's that head text of the usual size time and again, and hold hardly any text."""
    heads: Counter[float] = Counter()
    text: Counter[float] = Counter()
    for index, passage in enumerate(passages):
        if isinstance(passage, Grid) or passage.first.size < norms.size + SAME_SIZE:
            continue
        following = passages[index + 1] if index + 1 < len(passages) else None
        if not _may_head(passage) or not _is_title(passage):
            text[passage.first.size] += 1
        elif isinstance(following, Grid) or (following is not None and following.first.size < passage.first.size):
            heads[passage.first.size] += 1
    return frozenset(size for size, number in heads.items() if number >= max(_OFTEN, 5 * text[size]))


def _is_title(passage: Passage) -> bool:
    return len(passage.text) <= 140 and len(passage.lines) <= 3 and not _ENDED.search(passage.text)


def _is_bold(passage: Passage, norms: Norms, small: Collection[float]) -> bool:
    if norms.bold or not _all_bold(passage):
        return False
    if passage.first.size < 0.93 * norms.size and passage.first.size not in small:
        return False
    return _is_title(passage)


def _is_apart(passage: Passage, following: Passage | Grid | None, norms: Norms) -> bool:
    """In capitals or underlined, with the text it heads right below."""
    text = passage.text
    capitals = text.isupper() and sum(letter.isalpha() for letter in text) >= 4
    underlined = all(line.underlined for line in passage.lines)
    if not (capitals or underlined) or len(text) > 90 or len(passage.lines) > 2 or _ENDED.search(text):
        return False
    if passage.first.size < 0.93 * norms.size or not isinstance(following, Passage):
        return False
    heads_text = following.kind is Kind.ITEM or len(following.text) > 60 or len(following.lines) > 1
    close = following.above is None or following.above <= 2.4 * norms.leading_of(passage.first.size, passage.last.page)
    return heads_text and close and not following.text.isupper()


def _list_of_bold(found: Mapping[int, Passage], norms: Norms) -> list[int]:
    """Numbered bold lines in body size that follow each other closely: a list, not headings without text."""
    listed: set[int] = set()
    for index, passage in found.items():
        following = found.get(index + 1)
        if following is None or passage.kind is not Kind.ITEM or following.kind is not Kind.ITEM:
            continue
        plain = max(passage.first.size, following.first.size) <= norms.size + 0.8
        leading = norms.leading_of(following.first.size, following.first.page)
        close = following.above is not None and following.above <= 1.3 * leading
        if plain and close and heading_depth(passage.text) == heading_depth(following.text):
            listed |= {index, index + 1}
    return sorted(listed)


def heading_depth(text: str) -> int:
    """How deep a typed section number goes: 2 for '4.2 Mål', 0 where there is none.

    >>> heading_depth("4.2 Mål"), heading_depth("Mål")
    (2, 0)
    """
    match = _SECTION.match(text)
    return match.group(1).count(".") + 1 if match else 0


def rank_headings(headings: Mapping[int, Passage]) -> dict[int, int]:
    """The level of each heading, 1 highest."""
    sizes = _size_classes([passage.first.size for passage in headings.values()])
    styles = {index: _style(passage, sizes) for index, passage in headings.items()}
    shallowest: dict[tuple[float, int], int] = {}
    for style in styles.values():
        if 0 < style.depth < _LABEL_DEPTH:
            key = (style.size, style.weight)
            shallowest[key] = min(shallowest.get(key, style.depth), style.depth)
    for index, style in styles.items():
        # Labels come below the numbered headings of their style; in a style without numbers all are alike.
        if style.depth == _LABEL_DEPTH and (style.size, style.weight) not in shallowest:
            styles[index] = style._replace(depth=1)
        elif style.depth == 0:
            styles[index] = style._replace(depth=shallowest.get((style.size, style.weight), 1))
    ranks = {
        style: rank
        for rank, style in enumerate(
            sorted(set(styles.values()), key=lambda style: (-style.size, -style.weight, style.depth)), 1
        )
    }
    return {index: ranks[style] for index, style in styles.items()}


def _size_classes(sizes: Sequence[float]) -> dict[float, float]:
    """Each size with the largest size that counts as the same."""
    classes: dict[float, float] = {}
    current = 0.0
    for size in sorted(set(sizes), reverse=True):
        if current - size > SAME_SIZE or not current:
            current = size
        classes[size] = current
    return classes


def _style(passage: Passage, sizes: Mapping[float, float]) -> _Style:
    text = passage.text
    apart = text.isupper() or all(line.underlined for line in passage.lines)
    weight = 2 if _all_bold(passage) else int(apart)
    depth = heading_depth(text)
    if depth == 0 and text.rstrip().endswith(":"):
        depth = _LABEL_DEPTH
    return _Style(sizes[passage.first.size], weight, depth)
