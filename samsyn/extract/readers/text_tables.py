"""Takes rows of raw cells and gives one logical table: fillers dropped, cut rows joined, collapsed rows split."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from samsyn.extract.readers.text_draft import RawCell, RawTable
from samsyn.extract.readers.text_inline import plain_text
from samsyn.extract.readers.text_lines import Joiner, goes_on, has_ended
from samsyn.models.source import Caution, Evidence

MOST_COLUMNS = 60
MOST_CELLS = 200_000

_FILLER = re.compile(r"[\s\-–—_=.:*|]*")
_DASH = re.compile(r"-{2,}|–{1,}|—{1,}|(?:- ){1,}-")
_PARAGRAPH_TAG = re.compile(r"</?p\b[^<>]{0,200}>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[a-z])[.)]\s")


class Row(NamedTuple):
    """A row as written: each cell's paragraphs; `apart` when a page break or note stood above it."""

    cells: tuple[tuple[str, ...], ...]
    apart: bool = False
    tagged: bool = False
    """True when its paragraphs were set apart by tags, as in a row that several were collapsed into."""
    band: bool = False
    """True when its first cell was written over the whole width."""


def make_row(cells: Sequence[str], width: int, *, apart: bool = False) -> Row:
    """The row with these raw cells, cut or filled to `width` columns."""
    filled = [*cells[:width], *[""] * (width - len(cells))]
    if len(cells) > width:
        filled[-1] = " ".join(cells[width - 1 :])
    tagged = any(len(_tagged_paragraphs(cell)) > 1 for cell in filled)
    return Row(tuple(_split_paragraphs(cell) for cell in filled), apart, tagged)


def _split_paragraphs(cell: str) -> tuple[str, ...]:
    return tuple(part for tagged in _tagged_paragraphs(cell) for part in _split_breaks(tagged))


def _tagged_paragraphs(cell: str) -> list[str]:
    return [part.strip() for part in _PARAGRAPH_TAG.split(cell) if part.strip()] if "<" in cell else [cell.strip()]


def _split_breaks(text: str) -> list[str]:
    return [part.strip() for part in _BREAK.split(text) if part.strip()]


def build_table(rows: Sequence[Row], joiner: Joiner, *, header_rows: int = 0, ruled: bool = True) -> RawTable | None:
    """The table made of `rows`, or None when nothing but fillers is left.

    What could only be guessed is said in the table's cautions.
    """
    kept = [row for row in rows if not _is_filler(row)]
    if not kept:
        return None
    kept, repeated = _drop_repeated_headers(kept)
    kept, joins = _join_cut_rows(kept, joiner)
    split, cautions = _split_collapsed_rows(kept)
    head = max(header_rows, 1 if repeated or _is_bold_header(split) else 0)
    width = max(len(row.cells) for row in split)
    cells = [cell for index, row in enumerate(split) for cell in _row_cells(row, index, width, head)]
    return RawTable(len(split), width, tuple(cells), min(head, len(split)), ruled, joins, cautions)


def _is_filler(row: Row) -> bool:
    """True for a row with nothing in it, or with dashes in every cell that has anything."""
    written = ["".join(cell) for cell in row.cells if cell]
    if not all(_FILLER.fullmatch(text) for text in written):
        return False
    return not written or all(_DASH.search(text) for text in written)


def _drop_repeated_headers(rows: list[Row]) -> tuple[list[Row], bool]:
    """The rows without those that say the first again, as the header does on every page."""
    first = rows[0].cells
    if len(rows) < 3 or sum(bool(cell) for cell in first) < 2:
        return rows, False
    kept = [rows[0], *(row for row in rows[1:] if row.cells != first)]
    return kept, len(kept) < len(rows)


def _is_bold_header(rows: list[Row]) -> bool:
    if len(rows) < 2 or sum(bool(cell) for cell in rows[0].cells) < 2:
        return False
    return _all_bold(rows[0]) and not _all_bold(rows[1])


def _all_bold(row: Row) -> bool:
    return all(_is_bold(part) for cell in row.cells for part in cell)


def _is_bold(raw: str) -> bool:
    text = raw.strip()
    if text.startswith(("**", "__")):
        return text.endswith(text[:2]) and text[:2] not in text[2:-2]
    return re.fullmatch(r"<(b|strong)>(?:(?!</\1>).)*</\1>:?", text, re.IGNORECASE) is not None


def _row_cells(row: Row, index: int, width: int, head: int) -> list[RawCell]:
    """The row's cells; one that stands alone in bold below the header covers the row's whole width."""
    written = [column for column, cell in enumerate(row.cells) if cell]
    alone = index >= head and width > 2 and written == [0]
    if alone and (row.band or all(_is_bold(part) for part in row.cells[0])):
        return [RawCell(index, 0, row.cells[0], column_span=width)]
    filled = row.cells + ((),) * (width - len(row.cells))
    return [RawCell(index, column, cell) for column, cell in enumerate(filled)]


# --- rows cut by a page break ------------------------------------------------------------------------------------


def _join_cut_rows(rows: list[Row], joiner: Joiner) -> tuple[list[Row], tuple[str, ...]]:
    """The rows with fragments put back together, and why, one reason a join."""
    lower = sum(bool(row.cells[0]) and goes_on(row.cells[0][0]) for row in rows[1:])
    telling = lower <= max(2, 0.3 * len(rows))
    joined: list[Row] = []
    reasons: list[str] = []
    for row in rows:
        reason = _why_join(joined[-1], row, telling) if len(joined) > 1 else ""
        if not reason:
            joined.append(row)
            continue
        whole, rest = _join_rows(joined[-1], row, joiner)
        joined[-1:] = [whole] if rest is None else [whole, rest]
        reasons.append(reason)
    return joined, tuple(reasons)


def _why_join(above: Row, below: Row, telling: bool) -> str:
    """Why `below` goes on with the row above it: the columns vote; empty when it does not."""
    pairs = [(a, b) for a, b in zip(above.cells, below.cells, strict=False) if b]
    if not pairs or above.band or below.band:
        return ""
    going = sum(bool(a) and _runs_on(a[-1], b[0]) for a, b in pairs)
    against = sum(not a or (has_ended(a[-1]) and not goes_on(b[0])) for a, b in pairs)
    headless = not below.cells[0]
    few = len(pairs) * 3 <= len(below.cells) or len(pairs) == 1
    if headless and few and (going or (below.apart and not against)):
        return "raden fortsätter en cell i raden ovanför"
    if below.apart and telling and going > against and going * 2 >= len(pairs):
        return "raden är delad av en sidbrytning"
    if headless and going == len(pairs):
        return "raden fortsätter cellerna i raden ovanför"
    return ""


def _runs_on(above: str, below: str) -> bool:
    return not has_ended(above) and goes_on(below)


def _join_rows(above: Row, below: Row, joiner: Joiner) -> tuple[Row, Row | None]:
    """The whole row, and what of `below` is left when several rows had been collapsed into it."""
    heads_only = _is_collapsed(below)
    whole: list[tuple[str, ...]] = []
    rest: list[tuple[str, ...]] = []
    for a, b in zip(above.cells, below.cells, strict=False):
        takes_head = bool(a and b) and (goes_on(b[0]) or not heads_only)
        taken = b if not heads_only else b[:1] if takes_head else ()
        whole.append(_join_paragraphs(a, taken, joiner))
        rest.append(b[len(taken) :])
    left = Row(tuple(rest), tagged=True) if any(rest) else None
    return Row(tuple(whole), above.apart, above.tagged and not heads_only), left


def _join_paragraphs(above: tuple[str, ...], below: tuple[str, ...], joiner: Joiner) -> tuple[str, ...]:
    if not above or not below:
        return above or below
    if has_ended(above[-1]) and not goes_on(below[0]):
        return above + below
    if not goes_on(below[0]) and len(above[-1]) + len(below[0]) > 60:
        return above + below
    left, glue = joiner.glue(above[-1], below[0])
    return (*above[:-1], left + glue + below[0], *below[1:])


# --- rows collapsed into one -------------------------------------------------------------------------------------


def _is_collapsed(row: Row) -> bool:
    """True when a row's cells hold several tagged paragraphs each, so that each row of the table lost its own."""
    counts = [len(cell) for cell in row.cells if cell]
    if not row.tagged or len(counts) < 2 or counts[0] < 2:
        return False
    if any(_NUMBERED.match(part) for cell in row.cells for part in cell):
        return False
    return sum(count >= 2 for count in counts) * 4 >= 3 * len(counts)


def _split_collapsed_rows(rows: list[Row]) -> tuple[list[Row], tuple[Caution, ...]]:
    split: list[Row] = []
    cautions: list[Caution] = []
    for row in rows:
        parts, caution = _split_row(row) if _is_collapsed(row) or _is_rest(row) else ([row], None)
        split.extend(parts)
        if caution:
            cautions.append(caution)
    return split, tuple(cautions)


def _is_rest(row: Row) -> bool:
    """True for what is left of a collapsed row after its first paragraphs went to the row above."""
    counts = [len(cell) for cell in row.cells if cell]
    return row.tagged and len(counts) > 1 and sum(count >= 2 for count in counts) * 2 > len(counts)


def _split_row(row: Row) -> tuple[list[Row], Caution | None]:
    counts = Counter(len(cell) for cell in row.cells if cell)
    height, agreeing = max(counts.items(), key=lambda item: (item[1], item[0]))
    if height < 2 or agreeing * 2 < counts.total() or max(counts) > _MOST_COLLAPSED:
        return [row], _collapsed_caution(row, "Cellerna har olika många stycken; raden har lämnats hel.")
    full = [cell for cell in row.cells if len(cell) == height]
    contexts = [_pieces_of(" ".join(cell[index] for cell in full)) for index in range(height)]
    columns = [_place(cell, contexts) for cell in row.cells]
    rows = [Row(tuple(column[index] for column in columns)) for index in range(height)]
    if agreeing == counts.total():
        return rows, None
    return rows, _collapsed_caution(row, "Alla celler har inte lika många stycken; fördelningen på rader är osäker.")


def _collapsed_caution(row: Row, detail: str) -> Caution:
    text = plain_text(" ".join(part for cell in row.cells for part in cell[:1]))
    evidence = Evidence(page=None, bbox=None, text=text[:200])
    message = f"Flera rader i en tabell har flutit ihop till en. {detail}"
    return Caution(code="collapsed-rows", message=message, evidence=(evidence,))


_GRAM = 5
_MOST_COLLAPSED = 100
"""More paragraphs in a cell than this are not laid out on rows: the work grows with their square."""


def _pieces_of(text: str) -> frozenset[str]:
    """Pieces of five letters of the text's words: parts of compounds and stems without knowing the language."""
    words = re.findall(r"[^\W\d_]{4,}", text.casefold())
    return frozenset(word[at : at + _GRAM] for word in words for at in range(max(1, len(word) - _GRAM + 1)))


def _place(cell: tuple[str, ...], contexts: list[frozenset[str]]) -> list[tuple[str, ...]]:
    """The cell's paragraphs on the rows, in order, where they share most with the rest of the row."""
    height = len(contexts)
    if len(cell) == height:
        return [(part,) for part in cell]
    spread = Counter(piece for context in contexts for piece in context)
    scores = [[_kinship(_pieces_of(part), context, spread) for context in contexts] for part in cell]
    rows = _align_down(scores, height) if len(cell) < height else _align_groups(scores, height)
    placed: list[tuple[str, ...]] = [() for _ in range(height)]
    for part, row in zip(cell, rows, strict=True):
        placed[row] += (part,)
    return placed


def _kinship(pieces: frozenset[str], context: frozenset[str], spread: Counter[str]) -> float:
    return sum(1 / spread[piece] for piece in pieces & context)


def _align_down(scores: list[list[float]], height: int) -> list[int]:
    """A row for each paragraph, rising, at most one a row, with the greatest sum; the earliest where all is equal."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())] * (height + 1)
    for index, line in enumerate(scores):
        following: list[tuple[float, tuple[int, ...]]] = [(-1.0, ())] * (height + 1)
        for row in range(index, height - (len(scores) - index - 1)):
            before = best[row] if len(best[row][1]) == index else (-1.0, ())
            chosen = (before[0] + line[row], (*before[1], row)) if before[0] >= 0 else (-1.0, ())
            following[row + 1] = max(following[row], chosen, key=lambda option: option[0])
        best = following
    return list(best[height][1])


def _align_groups(scores: list[list[float]], height: int) -> list[int]:
    """A row for each paragraph, never falling, every row at least once, with the greatest sum."""
    worst = float("-inf")
    best = [0.0] + [worst] * (height - 1)
    best[0] = scores[0][0]
    came: list[list[int]] = [[0] * height]
    for index in range(1, len(scores)):
        stay = best
        best, back = [worst] * height, [0] * height
        for row in range(min(index + 1, height)):
            step = stay[row - 1] if row else worst
            back[row] = row - 1 if step > stay[row] else row
            best[row] = max(step, stay[row]) + scores[index][row]
        came.append(back)
    rows = [height - 1]
    for back in reversed(came[1:]):
        rows.append(back[rows[-1]])
    return rows[::-1]
