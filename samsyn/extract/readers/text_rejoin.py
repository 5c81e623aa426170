"""Takes drafts and joins the paragraphs and list items that a page break, a footnote or a rule has cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from samsyn.extract.readers.text_draft import Draft, DraftKind, Piece
from samsyn.extract.readers.text_inline import plain_text
from samsyn.extract.readers.text_lines import Joiner, goes_on, has_ended

_OPEN_KINDS = (DraftKind.PARAGRAPH, DraftKind.LIST_ITEM)
_GLANCE = 200
_DATED_TITLE = re.compile(r"[^\W\d_a-zåäö][^.:;]{5,90}\s(?:(?:19|20)\d{2}\s?[-–]\s?)?(?:19|20)\d{2}")
"""A line that ends with a year is whole, though what stands below it, such as a picture's caption, begins small."""


def rejoin(drafts: Sequence[Draft], joiner: Joiner) -> tuple[Draft, ...]:
    """The drafts with every paragraph whole; footnotes that stood in the middle of one follow it."""
    joined: list[Draft] = []
    pieces: dict[int, list[Piece]] = {}
    open_at: int | None = None
    for draft in drafts:
        if draft.kind is DraftKind.NOTE:
            joined.append(draft)
            continue
        if open_at is not None and _is_cut(joined[open_at], pieces[open_at], draft):
            _join(pieces[open_at], draft, joiner)
            continue
        open_at = len(joined)
        pieces[open_at] = list(draft.pieces)
        joined.append(draft)
    return tuple(
        replace(draft, pieces=tuple(pieces[index])) if len(pieces.get(index, ())) > len(draft.pieces) else draft
        for index, draft in enumerate(joined)
    )


def _is_cut(above: Draft, pieces: list[Piece], below: Draft) -> bool:
    """True when `above`, grown to `pieces`, breaks off and `below` begins as the middle of a sentence."""
    if above.kind not in _OPEN_KINDS or below.kind is not DraftKind.PARAGRAPH:
        return False
    last, first = pieces[-1].text, below.pieces[0].text
    if "\t" in last or "\t" in first:
        return False
    end = plain_text(last[-_GLANCE:])
    if len(pieces) == 1 and below.pieces[0].page == pieces[0].page and _DATED_TITLE.fullmatch(end):
        return False
    return bool(end) and goes_on(plain_text(first[:_GLANCE])) and not has_ended(end)


def _join(pieces: list[Piece], below: Draft, joiner: Joiner) -> None:
    left, glue = joiner.glue(pieces[-1].text, below.pieces[0].text)
    pieces[-1] = pieces[-1]._replace(text=left)
    pieces.append(below.pieces[0]._replace(glue=glue))
    pieces.extend(below.pieces[1:])
