"""Takes drafts and joins the paragraphs and list items that a page break, a footnote or a rule has cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samsyn.extract.readers.text_draft import Draft, DraftKind
from samsyn.extract.readers.text_inline import plain_text
from samsyn.extract.readers.text_lines import Joiner, goes_on, has_ended

_OPEN_KINDS = (DraftKind.PARAGRAPH, DraftKind.LIST_ITEM)


def rejoin(drafts: Sequence[Draft], joiner: Joiner) -> tuple[Draft, ...]:
    """The drafts with every paragraph whole; footnotes that stood in the middle of one follow it."""
    joined: list[Draft] = []
    for draft in drafts:
        above = _last_in_flow(joined)
        if above is not None and _is_cut(joined[above], draft):
            joined[above] = _join(joined[above], draft, joiner)
        else:
            joined.append(draft)
    return tuple(joined)


def _last_in_flow(drafts: list[Draft]) -> int | None:
    for index in range(len(drafts) - 1, -1, -1):
        if drafts[index].kind is not DraftKind.NOTE:
            return index
    return None


def _is_cut(above: Draft, below: Draft) -> bool:
    """True when `above` breaks off and `below` begins as the middle of a sentence."""
    if above.kind not in _OPEN_KINDS or below.kind is not DraftKind.PARAGRAPH:
        return False
    start, end = plain_text(below.raw[:200]), plain_text(above.raw[-200:])
    return bool(end) and goes_on(start) and not has_ended(end) and "\t" not in above.raw + below.raw


def _join(above: Draft, below: Draft, joiner: Joiner) -> Draft:
    last, first = above.pieces[-1], below.pieces[0]
    left, glue = joiner.glue(last.text, first.text)
    pieces = (*above.pieces[:-1], last._replace(text=left), first._replace(glue=glue), *below.pieces[1:])
    return replace(above, pieces=pieces)
