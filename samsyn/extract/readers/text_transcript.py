"""Takes the lines of a web transcript, a page a line, and gives drafts of blocks: what flowed together taken apart.

Such a copy has lost its line breaks. A break is put back where something shows that one stood there: a heading that
the caller knows, a line in capitals, a label with its colon, a bullet, a title said again by the sentence after it,
or a short phrase without a verb before a word that has no other reason for its capital. All else stays one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from samsyn.extract.readers.text_draft import Draft, DraftKind, Piece, RawCell, RawTable, SourceLine
from samsyn.extract.readers.text_inline import RAISED_DIGITS
from samsyn.extract.readers.text_running import Cut, CutKind, Hints, RunningText, count_use, find_cuts, find_outline

_LONG_LINE = 400
_VERY_LONG_LINE = 1500
_PAGE_NUMBER = re.compile(r"\s*(?P<number>\d{1,4})\s+(?=\S)")
_MOST_SKIPPED = 3
"""A page that holds only a picture has no line: this many numbers may be missing in a row."""


class PageText(NamedTuple):
    """The running text of one page and its number, where it has one."""

    text: str
    number: int | None


def is_transcript(lines: Sequence[SourceLine]) -> bool:
    """True for a text whose pages are long lines: numbered from 1, or longer than any paragraph."""
    written = [line.text for line in lines if not line.is_blank]
    if not written:
        return False
    numbered = [page for page in _number_pages(lines) if page.number is not None]
    if len(numbered) >= 2 and sum(len(page.text) for page in numbered) >= _LONG_LINE * len(numbered):
        return len(written) <= 4 * len(numbered)
    return sorted(map(len, written))[len(written) // 2] >= _VERY_LONG_LINE


def read_transcript(lines: Sequence[SourceLine], hints: Hints) -> tuple[Draft, ...]:
    """The drafts of the document's blocks, footnotes among them."""
    pages, notes = _lift_notes(_number_pages(lines))
    running = [RunningText(page.text) for page in pages]
    outlines = find_outline(running)
    _learn_starts(running, outlines, hints)
    use = count_use(running)
    drafts: list[Draft] = []
    in_table = False
    for page, text, outline, lifted in zip(pages, running, outlines, notes, strict=True):
        cuts, in_table = find_cuts(text, use, hints, outline=outline, in_table=in_table)
        _cut_page(drafts, page, text, cuts)
        drafts.extend(lifted)
    return tuple(drafts)


def _learn_starts(texts: Sequence[RunningText], outlines: Sequence[frozenset[int]], hints: Hints) -> None:
    """Read once to learn where blocks begin: a word's capital there says nothing of how it is written elsewhere."""
    use = count_use(texts)
    in_table = False
    for text, outline in zip(texts, outlines, strict=True):
        cuts, in_table = find_cuts(text, use, hints, outline=outline, in_table=in_table)
        text.begun = frozenset(cut.start + bool(cut.marker) for cut in cuts)


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


def _lift_notes(pages: Sequence[PageText]) -> tuple[list[PageText], list[list[Draft]]]:
    """The pages without the footnotes at their ends, their marks raised, and each page's footnotes."""
    lifted: list[PageText] = []
    notes: list[list[Draft]] = []
    expected = 1
    for page in pages:
        text, found = page.text, []
        starts = _note_starts(text, expected)
        for index, start in enumerate(starts):
            stop = starts[index + 1] if index + 1 < len(starts) else len(text)
            label = str(expected + index)
            body = text[start:stop].strip()[len(label) :].strip()
            found.append(Draft(DraftKind.NOTE, (Piece(body, page.number),), marker=label))
        text = text[: starts[0]].rstrip() if starts else text
        for index in range(len(starts)):
            text = _raise_mark(text, str(expected + index))
        expected += len(starts)
        lifted.append(page._replace(text=text))
        notes.append(found)
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


# --- pages into drafts -------------------------------------------------------------------------------------------

_KINDS = {
    CutKind.HEADING: DraftKind.HEADING,
    CutKind.ITEM: DraftKind.LIST_ITEM,
    CutKind.PARAGRAPH: DraftKind.PARAGRAPH,
    CutKind.SIGNED: DraftKind.PARAGRAPH,
}


def _cut_page(drafts: list[Draft], page: PageText, text: RunningText, cuts: Sequence[Cut]) -> None:
    """Add a draft for each stretch between two cuts; rows that go on from the page before join their table."""
    for index, cut in enumerate(cuts):
        stop = cuts[index + 1].start if index + 1 < len(cuts) else len(text.words)
        raw = text.slice(cut.start + bool(cut.marker), stop)
        if cut.kind is CutKind.TABLE:
            drafts.append(_start_table(page, text, cut, stop))
        elif cut.kind is CutKind.BODY and raw:
            _add_rows(drafts, Piece(raw, page.number))
        elif raw:
            is_item = cut.kind is CutKind.ITEM
            draft = Draft(
                _KINDS[cut.kind],
                (Piece(raw, page.number),),
                level=int(is_item),
                marker=cut.marker,
                marked=cut.kind is CutKind.HEADING,
            )
            drafts.append(draft)


def _start_table(page: PageText, text: RunningText, cut: Cut, stop: int) -> Draft:
    """A flattened table: its column headers, and below them one cell for all that its rows held."""
    stops = (*cut.columns[1:], stop)
    headers = [text.slice(start, end) for start, end in zip(cut.columns, stops, strict=True)]
    cells = tuple(RawCell(0, column, (header,)) for column, header in enumerate(headers))
    table = RawTable(1, len(headers), cells, header_rows=1, ruled=False)
    return Draft(DraftKind.TABLE, (Piece("", page.number),), table=table)


def _add_rows(drafts: list[Draft], piece: Piece) -> None:
    """Add the text of rows to the table that stands last."""
    index = next((at for at in range(len(drafts) - 1, -1, -1) if drafts[at].kind is DraftKind.TABLE), None)
    if index is None:
        drafts.append(Draft(DraftKind.PARAGRAPH, (piece,)))
        return
    draft = drafts[index]
    table = draft.table
    if table is None:
        return
    heads = [cell for cell in table.cells if cell.row == 0]
    body = [part for cell in table.cells if cell.row == 1 for part in cell.paragraphs]
    whole = RawCell(1, 0, (*body, piece.text), column_span=table.column_count)
    pages = draft.pieces if piece.page == draft.pieces[-1].page else (*draft.pieces, Piece("", piece.page))
    drafts[index] = replace(draft, pieces=pages, table=table._replace(row_count=2, cells=(*heads, whole)))
