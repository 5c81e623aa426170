"""Takes the lines of a web transcript, a page a line, and gives drafts of blocks: what flowed together taken apart.

Such a copy has lost its line breaks. A break is put back where something shows that one stood there: a heading that
the caller knows, a line in capitals, a label with its colon, a bullet, a title said again by the sentence after it,
or a short phrase without a verb before a word that has no other reason for its capital. All else stays one paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from samsyn.extract.readers.text_cuts import Cut, CutKind
from samsyn.extract.readers.text_draft import Draft, DraftKind, Piece, RawCell, RawTable, SourceLine
from samsyn.extract.readers.text_hints import Hints
from samsyn.extract.readers.text_inline import RAISED_DIGITS
from samsyn.extract.readers.text_running import find_cuts
from samsyn.extract.readers.text_web import without_closing
from samsyn.extract.readers.text_words import RunningText

_LONG_LINE = 400
_VERY_LONG_LINE = 1500
_PAGE_NUMBER = re.compile(r"\s*(?P<number>\d{1,4})\s+(?=\S)")
_MOST_SKIPPED = 3
"""A page that holds only a picture has no line: this many numbers may be missing in a row."""


class PageText(NamedTuple):
    """The running text of one page and its number, where it has one."""

    text: str
    number: int | None


def is_transcript(lines: Sequence[SourceLine], *, framed: bool = False) -> bool:
    """True for a text whose pages are long lines: numbered from 1, or longer than any paragraph.

    `framed` says that it stood in the frame of a page that shows copies: then the numbers are enough.
    """
    written = [line.text for line in lines if not line.is_blank]
    if not written:
        return False
    numbered = [page for page in _number_pages(lines) if page.number is not None]
    if framed and numbered and numbered[0].number == 1:
        return len(written) <= 4 * len(numbered)
    if len(numbered) >= 2 and sum(len(page.text) for page in numbered) >= _LONG_LINE * len(numbered):
        return len(written) <= 4 * len(numbered)
    return sorted(map(len, written))[len(written) // 2] >= _VERY_LONG_LINE


def read_transcript(lines: Sequence[SourceLine], hints: Hints) -> tuple[Draft, ...]:
    """The drafts of the document's blocks, footnotes among them."""
    *pages, last = _number_pages(lines)
    pages, notes = _lift_notes([*pages, last._replace(text=without_closing(last.text))])
    text = _join_pages(pages)
    if not text.words:
        return tuple(notes)
    drafts = _cut_text(text, find_cuts(text, hints))
    return (*drafts, *notes)


def _join_pages(pages: Sequence[PageText]) -> RunningText:
    """All pages as one text that knows where each begins."""
    starts: dict[int, int | None] = {}
    count = 0
    for page in pages:
        words = len(page.text.split())
        if words:
            starts[count] = page.number
        count += words
    return RunningText("\n".join(page.text for page in pages), starts)


def _number_pages(lines: Sequence[SourceLine]) -> list[PageText]:
    """The pages: a line that begins with the next page's number starts one, any other goes on with the last."""
    pages: list[PageText] = []
    expected = 1
    for line in lines:
        if line.is_blank:
            continue
        match = _PAGE_NUMBER.match(line.text)
        number = int(match["number"]) if match else 0
        if match and expected <= number <= expected + (_MOST_SKIPPED if pages else 0):
            pages.append(PageText(line.text[match.end() :].strip(), number))
            expected = number + 1
        else:
            pages.append(PageText(line.text.strip(), pages[-1].number if pages else None))
    return pages


# --- footnotes ---------------------------------------------------------------------------------------------------

_LONGEST_NOTE = 1200


def _lift_notes(pages: Sequence[PageText]) -> tuple[list[PageText], list[Draft]]:
    """The pages without the footnotes at their ends, their marks raised, and the footnotes."""
    lifted: list[PageText] = []
    notes: list[Draft] = []
    for page in pages:
        text, due = page.text, len(notes) + 1
        starts = _note_starts(text, due)
        for label, (start, stop) in enumerate(pairwise([*starts, len(text)]), due):
            body = text[start:stop].strip()[len(str(label)) :].strip()
            notes.append(Draft(DraftKind.NOTE, (Piece(body, page.number),), marker=str(label)))
        text = text[: starts[0]].rstrip() if starts else text
        for label in range(due, len(notes) + 1):
            text = _raise_mark(text, str(label))
        lifted.append(page._replace(text=text))
    return lifted, notes


def _note_starts(text: str, expected: int) -> list[int]:
    """Where footnotes with the labels due begin at the end of a page: each has its mark in the text above them."""
    starts: list[int] = []
    while True:
        label = str(expected + len(starts))
        start = _last_note(text, label, after=starts[-1] if starts else 0)
        if start is None or len(text) - start > _LONGEST_NOTE * (len(starts) + 1):
            return starts
        if len(_mark_places(text[: starts[0] if starts else start], label)) != 1:
            return starts
        starts.append(start)


def _last_note(text: str, label: str, *, after: int) -> int | None:
    """Where the footnote of this label begins: its number before a capital, last on the page."""
    found = None
    for match in re.finditer(rf"(?<=\s){label} (?=[^\W\d_a-zåäö])", text):
        if match.start() > after:
            found = match.start()
    return found


_NUMBER_BEFORE = re.compile(r"\d|[.:,]")


def _mark_places(text: str, label: str) -> list[re.Match[str]]:
    """Where a number can be a footnote's mark: behind a word, before punctuation, a hyphen or a new word."""
    pattern = rf"(?<=[^\W\d_])(?: ?){label}(?=[.,;:)]?(?:\s|$)| ?-)(?! ?[%–]| \d)"
    places = list(re.finditer(pattern, text))
    telling = [match for match in places if re.match(r"[.,;:)]| ?-| [^\W\d_a-zåäö]", text[match.end() :])]
    return telling if len(places) > 1 else places


def _raise_mark(text: str, label: str) -> str:
    places = _mark_places(text, label)
    if len(places) != 1:
        return text
    start, end = places[0].span()
    return text[:start] + label.translate(RAISED_DIGITS) + text[end:]


# --- cuts into drafts --------------------------------------------------------------------------------------------

_KINDS = {
    CutKind.HEADING: DraftKind.HEADING,
    CutKind.ITEM: DraftKind.LIST_ITEM,
    CutKind.PARAGRAPH: DraftKind.PARAGRAPH,
    CutKind.SIGNED: DraftKind.PARAGRAPH,
}


def _cut_text(text: RunningText, cuts: Sequence[Cut]) -> list[Draft]:
    """A draft for each stretch between two cuts; the rows of a flattened table belong to it."""
    drafts: list[Draft] = []
    turns = sorted(text.pages)
    for cut, stop in zip(cuts, [*(cut.start for cut in cuts[1:]), len(text.words)], strict=True):
        pieces = _pieces(text, turns, cut.start + bool(cut.marker), stop)
        if cut.kind is CutKind.TABLE:
            drafts.append(_start_table(text, pieces, cut, stop))
        elif cut.kind is CutKind.BODY and drafts and drafts[-1].table is not None:
            drafts[-1] = _add_rows(drafts[-1], drafts[-1].table, pieces)
        elif pieces:
            is_item = cut.kind is CutKind.ITEM
            kind = _KINDS.get(cut.kind, DraftKind.PARAGRAPH)
            marked = cut.kind is CutKind.HEADING
            drafts.append(Draft(kind, pieces, level=int(is_item), marker=cut.marker, marked=marked))
    return drafts


def _pieces(text: RunningText, turns: Sequence[int], start: int, stop: int) -> tuple[Piece, ...]:
    """The text from one word to another, a piece a page."""
    first = max(0, bisect_right(turns, start) - 1)
    last = max(first + 1, bisect_left(turns, stop))
    bounds = [start, *turns[first + 1 : last], stop]
    pieces = (
        Piece(text.slice(begin, end), text.pages[turns[first + offset]], " " if offset else "")
        for offset, (begin, end) in enumerate(pairwise(bounds))
    )
    return tuple(piece for piece in pieces if piece.text)


def _start_table(text: RunningText, pieces: tuple[Piece, ...], cut: Cut, stop: int) -> Draft:
    """A flattened table: its column headers, and below them one cell for all that its rows held."""
    headers = [text.slice(start, end) for start, end in pairwise([*cut.columns, stop])]
    cells = tuple(RawCell(0, column, (header,)) for column, header in enumerate(headers))
    table = RawTable(1, len(headers), cells, header_rows=1, ruled=False)
    return Draft(DraftKind.TABLE, (Piece("", pieces[0].page),), table=table)


def _add_rows(draft: Draft, table: RawTable, pieces: tuple[Piece, ...]) -> Draft:
    """The table with the text of more rows in its one cell."""
    heads = [cell for cell in table.cells if cell.row == 0]
    body = [part for cell in table.cells if cell.row == 1 for part in cell.paragraphs]
    whole = RawCell(1, 0, (*body, *(piece.text for piece in pieces)), column_span=table.column_count)
    seen = {piece.page for piece in draft.pieces}
    turned = [Piece("", piece.page) for piece in pieces if piece.page not in seen]
    return replace(draft, pieces=(*draft.pieces, *turned), table=table._replace(row_count=2, cells=(*heads, whole)))
