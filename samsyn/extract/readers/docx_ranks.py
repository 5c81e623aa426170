"""Headings in, their ranks out: as stated, or by how prominently each is set beside the others of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from samsyn.extract.readers.docx_lists import Entry

LONGEST_ACRONYM = 5
"""Letters; a word in capitals no longer than this ('BRÅ', 'SSPF') is no heading in capitals."""
MAX_RANK = 9


class Type(NamedTuple):
    """How prominent a line is set; greater is more prominent."""

    size: float
    bold: bool
    caps: bool


def type_of(entry: Entry) -> Type:
    """The type an entry is set in."""
    text = entry.full
    caps = text.caps and sum(letter.isalpha() for letter in text.text) > LONGEST_ACRONYM
    return Type(round((text.size or 0.0) * 2) / 2, text.is_bold, caps)


def rank_headings(stated: Sequence[Entry], assumed: Sequence[Entry]) -> dict[int, int]:
    """The rank of each heading by the id() of its entry: as stated, else below every rank set more prominently."""
    kinds = {id(entry): type_of(entry) for entry in (*stated, *assumed)}
    counts = Counter(kinds.values())
    # One line in capitals is a whim, two are a rank.
    kinds = {key: kind if counts[kind] > 1 else kind._replace(caps=False) for key, kind in kinds.items()}
    by_rank: dict[int, Counter[Type]] = {}
    for entry in stated:
        if entry.paragraph.outline:
            by_rank.setdefault(entry.paragraph.outline, Counter())[kinds[id(entry)]] += 1
    known = {rank: types.most_common(1)[0][0] for rank, types in by_rank.items()}
    unranked = [entry for entry in (*stated, *assumed) if not entry.paragraph.outline]
    by_type = _rank_types({kinds[id(entry)] for entry in unranked}, known)
    ranks = {id(entry): by_type[kinds[id(entry)]] for entry in unranked}
    return ranks | {id(entry): entry.paragraph.outline for entry in stated if entry.paragraph.outline}


def _rank_types(unranked: set[Type], known: dict[int, Type]) -> dict[Type, int]:
    ranks: dict[Type, int] = {}
    for kind in sorted(unranked, reverse=True):
        same = [rank for rank, other in known.items() if other == kind]
        above = [rank for rank, other in known.items() if other > kind]
        above += [rank for other, rank in ranks.items() if other > kind]
        ranks[kind] = min(same) if same else min(MAX_RANK, 1 + max(above, default=0))
    return ranks
