"""Takes two lists of texts, says which of the one became which of the other, and how the words of a pair differ."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samsyn.similarity import text_ratio, token_edits
from samsyn.write.revisions import Edit

Pair = tuple[int | None, int | None]

_SAME = 0.5
"""Texts less alike than this (0-1) are no versions of each other: one is deleted, the other inserted."""
_WIDEST = 20_000
"""Pairs of a gap that are compared; a wider gap is paired by its order alone."""
_TOKEN = re.compile(r"\d{4}-\d\d-\d\d(?!\d)|\w+|\s+|[^\w\s]")
"""A word, a gap or a sign; a date is one word."""


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The pairs in order, None on the side that has nothing: equal texts first, then the likeliest between them."""
    pairs: list[Pair] = []
    gone: list[int] = []
    come: list[int] = []
    for kind, old_from, old_to, new_from, new_to in token_edits(old, new):
        if kind == "equal":
            pairs.extend(_between(old, new, gone, come))
            gone, come = [], []
            pairs.extend(zip(range(old_from, old_to), range(new_from, new_to), strict=True))
        else:
            gone.extend(range(old_from, old_to))
            come.extend(range(new_from, new_to))
    pairs.extend(_between(old, new, gone, come))
    return pairs


def _between(old: Sequence[str], new: Sequence[str], gone: Sequence[int], come: Sequence[int]) -> list[Pair]:
    """The pairs of a gap that keep the order and are most alike in sum."""
    if not gone or not come or len(gone) * len(come) > _WIDEST:
        return [*((index, None) for index in gone), *((None, index) for index in come)]
    alike = [[text_ratio(old[i], new[j]) for j in come] for i in gone]
    best = [[0.0] * (len(come) + 1) for _ in range(len(gone) + 1)]
    for i in range(len(gone) - 1, -1, -1):
        for j in range(len(come) - 1, -1, -1):
            paired = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= _SAME else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs: list[Pair] = []
    i = j = 0
    while i < len(gone) and j < len(come):
        if alike[i][j] >= _SAME and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((gone[i], come[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((gone[i], None))
            i += 1
        else:
            pairs.append((None, come[j]))
            j += 1
    return [*pairs, *((index, None) for index in gone[i:]), *((None, index) for index in come[j:])]


def word_edits(old: str, new: str) -> list[Edit]:
    """The edits that make the new text of the old one, by whole words; changes that a space parts are one."""
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    starts = _starts(ours)
    edits: list[Edit] = []
    for kind, old_from, old_to, new_from, new_to in token_edits(ours, theirs):
        if kind == "equal":
            continue
        edit = Edit(starts[old_from], starts[old_to], "".join(theirs[new_from:new_to]))
        between = old[edits[-1].end : edit.start] if edits else None
        if between is not None and not between.strip():
            last = edits.pop()
            edit = Edit(last.start, edit.end, last.text + between + edit.text)
        edits.append(edit)
    return edits


def _starts(tokens: Sequence[str]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts
