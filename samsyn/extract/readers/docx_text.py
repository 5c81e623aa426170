"""Pieces of a paragraph in, its clean text out, with emphasis and note marks at their offsets in that text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from samsyn.extract.readers.docx_numbering import SYMBOL_BULLETS
from samsyn.extract.readers.docx_styles import Format
from samsyn.models.document import Emphasis, NoteMark

PAGE_BREAK = "\f"
SPACES_FOR_GAP = 6
"""So many spaces in a row were typed to set texts side by side, as under signatures; fewer are slips."""

CLEAN = str.maketrans(
    {
        **dict.fromkeys(map(chr, range(0x2000, 0x200b)), " "),
        **dict.fromkeys("\u00a0\u202f\u205f\u3000", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e", None),
        **dict.fromkeys(map(chr, range(0x09)), None),
        **dict.fromkeys("\u2010\u2011", "-"),
        "\u2028": "\n", "\u2029": "\n", "\x0b": "\n",
        "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
        **{mark: plain for mark, plain in SYMBOL_BULLETS.items() if "\ue000" <= mark <= "\uf8ff"},
    }
)  # fmt: skip
ODD = re.compile("[" + re.escape("".join(map(chr, CLEAN))) + "]")
"""Any character that CLEAN changes; most texts have none, and looking is faster than translating."""
RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
TYPED_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
# 'm²' is a unit and no note, whatever notes there are.
UNIT_BEFORE = re.compile(r"(?:^|[\s\d/(])(?:[kcdmhµ]?m|ha)$")
PARAGRAPH_GAP = re.compile(r"\f|\n[ \t\u00a0]*\n[\n \t\u00a0]*")
LONGEST_MEASURED = 2000
"""Letters; in longer paragraphs every tab is taken for a wide gap, unmeasured."""
CLOSES = re.compile(r"[.,;:!?)\]”]")
GAP = re.compile(r" *[\t\n][ \t\n]*| {2,}")


class Piece(NamedTuple):
    """A stretch of text in one format ('\\n' manual break, '\\t' tab, '\\f' page break), or the mark of a note."""

    text: str
    format: Format
    note: str = ""


@dataclass(frozen=True, slots=True)
class RichText:
    """Clean text with its emphasis and note marks."""

    text: str = ""
    emphasis: tuple[Emphasis, ...] = ()
    notes: tuple[NoteMark, ...] = ()
    size: float | None = None
    """Prevailing size in points."""
    caps: bool = False
    underlined: bool = False

    @property
    def is_bold(self) -> bool:
        """True when nine tenths of the letters are bold."""
        # Letters and digits count: the colon of 'Mål:' is often in ordinary type.
        bold = sum(_weigh(self.text[span.start : span.end]) for span in self.emphasis if span.bold)
        return bold > 0 and bold >= 0.9 * _weigh(self.text)

    def part(self, start: int, end: int | None = None) -> RichText:
        """The text from `start` to `end` without blanks at its ends, with what stands on it."""
        stop = len(self.text) if end is None else end
        piece = self.text[start:stop]
        start += len(piece) - len(piece.lstrip())
        stop = max(start, start + len(piece.strip()))
        first = bisect_right(self.emphasis, start, key=_end_of)
        last = bisect_left(self.emphasis, stop, key=_start_of)
        emphasis = tuple(
            span._replace(start=max(span.start, start) - start, end=min(span.end, stop) - start)
            for span in self.emphasis[first:last]
        )
        # A mark at the very cut belongs to the text before it.
        first = bisect_right(self.notes, start if start else -1, key=_offset_of)
        last = bisect_right(self.notes, stop, key=_offset_of)
        notes = tuple(mark._replace(offset=mark.offset - start) for mark in self.notes[first:last])
        return RichText(self.text[start:stop], emphasis, notes, self.size, self.caps, self.underlined)

    def with_blank(self, place: int) -> RichText:
        """The text with a blank in place of the character there."""
        return replace(self, text=f"{self.text[:place]} {self.text[place + 1 :]}")


_start_of, _end_of, _offset_of = attrgetter("start"), attrgetter("end"), attrgetter("offset")


def _weigh(text: str) -> int:
    return sum(map(str.isalnum, text))


def join_texts(texts: Sequence[RichText], between: str) -> RichText:
    """Texts joined into one; size and the like are those of the first."""
    if not texts:
        return RichText()
    whole: list[str] = []
    emphasis: list[Emphasis] = []
    notes: list[NoteMark] = []
    offset = 0
    for text in texts:
        whole.append(text.text)
        emphasis += (span._replace(start=span.start + offset, end=span.end + offset) for span in text.emphasis)
        notes += (mark._replace(offset=mark.offset + offset) for mark in text.notes)
        offset += len(text.text) + len(between)
    first = texts[0]
    return RichText(between.join(whole), tuple(emphasis), tuple(notes), first.size, first.caps, first.underlined)


def merge_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with neighbours of one format joined: Word cuts runs where someone once stopped typing."""
    merged: list[Piece] = []
    for (form, note), group in groupby(pieces, key=attrgetter("format", "note")):
        text = "".join(piece.text for piece in group)
        merged.append(Piece(text, form, note))
    return merged


def split_at_gaps(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces between page breaks and blank lines, which end a paragraph as the eye sees it; at least one list."""
    raw = "".join(piece.text for piece in pieces)
    cuts = [(found.start(), found.end()) for found in PARAGRAPH_GAP.finditer(raw)]
    if not cuts:
        return [list(pieces)]
    parts: list[list[Piece]] = [[]]
    place = 0
    waiting = iter([*cuts, (len(raw) + 1, len(raw) + 1)])
    cut_start, cut_end = next(waiting)
    for piece in pieces:
        end = place + len(piece.text)
        start = place
        while cut_start < end:
            if start < cut_start:
                parts[-1].append(piece._replace(text=raw[start:cut_start]))
            start = max(start, min(cut_end, end))
            if cut_end > end:
                break
            parts.append([])
            cut_start, cut_end = next(waiting)
        if start < end or piece.note:
            parts[-1].append(piece._replace(text=raw[start:end]))
        place = end
    return [part for part in parts if any(p.text.strip() or p.note for p in part)] or [[]]


def compose(
    pieces: Iterable[Piece], *, labels: frozenset[str] = frozenset(), is_wide: Callable[[str, str], bool] | None = None
) -> RichText:
    """The clean text of a paragraph.

    Raised digits become note marks when `labels` names such a note, else characters such as '²'. `is_wide` says of a
    single tab, given the line's text before and after it, whether it stands for a wide gap; without it every tab does.
    """
    parts = _close_up(_normalise(list(_tell_marks(pieces, labels))))
    raw = "".join(piece.text for piece in parts)
    starts = [0]
    for piece in parts:
        starts.append(starts[-1] + len(piece.text))
    shift = _collapse(raw, is_wide if len(raw) <= LONGEST_MEASURED else None)
    places = [shift.place(start) for start in starts]
    stretches = [
        (begin, end, piece.format) for piece, (begin, end) in zip(parts, pairwise(places), strict=True) if end > begin
    ]
    return RichText(
        text=shift.text,
        emphasis=_find_emphasis(shift.text, stretches),
        notes=tuple(
            NoteMark(_before_blanks(shift.text, places[i]), piece.note) for i, piece in enumerate(parts) if piece.note
        ),
        size=_prevailing_size(shift.text, stretches),
        caps=_is_caps(shift.text, stretches),
        underlined=bool(stretches) and all(form.underline for begin, end, form in stretches if end - begin > 1),
    )


def typed_label(pieces: Sequence[Piece]) -> str:
    """The raised number a paragraph begins with, as typed footnotes do ('¹ Enligt …'); empty when it does not."""
    text = ""
    for piece in pieces:
        if piece.note:
            return ""
        text += _raise(piece).text
        if len(text.lstrip()) > 3:
            break
    found = TYPED_MARK.match(text.lstrip())
    return found[0].translate(PLAIN_DIGITS) if found and len(found[0]) <= 3 else ""


def typed_marks(pieces: Sequence[Piece]) -> list[str]:
    """The raised numbers within a paragraph that may be note marks, in order, units such as 'm²' left aside."""
    text = "".join(_raise(piece).text for piece in pieces)
    return [
        found[0].translate(PLAIN_DIGITS)
        for found in TYPED_MARK.finditer(text)
        if not UNIT_BEFORE.search(text[max(0, found.start() - 6) : found.start()])
    ]


def _raise(piece: Piece) -> Piece:
    """Raised digits as the characters for raised digits, so that they are known without their format."""
    text = piece.text.translate(CLEAN) if ODD.search(piece.text) else piece.text
    if piece.format.raised and text.strip().isascii() and text.strip().isdigit():
        text = text.translate(RAISED_DIGITS)
    return piece if text is piece.text else piece._replace(text=text)


def _tell_marks(pieces: Iterable[Piece], labels: frozenset[str]) -> Iterable[Piece]:
    if not labels:
        yield from map(_raise, pieces)
        return
    before, is_first = "", True
    for piece in map(_raise, pieces):
        place = 0
        for found in TYPED_MARK.finditer(piece.text):
            label = found[0].translate(PLAIN_DIGITS)
            context = (before + piece.text[max(0, found.start() - 6) : found.start()])[-6:]
            begins = is_first and not piece.text[: found.start()].strip()
            if begins or label not in labels or UNIT_BEFORE.search(context):
                continue
            yield piece._replace(text=piece.text[place : found.start()])
            yield Piece("", piece.format, label)
            place = found.end()
        yield piece._replace(text=piece.text[place:])
        before = (before + piece.text)[-6:]
        is_first = is_first and not piece.text.strip()


def _normalise(parts: list[Piece]) -> list[Piece]:
    # A piece may begin with the accent of the letter that ends the one before.
    if all(
        unicodedata.is_normalized("NFC", piece.text) and not unicodedata.combining(piece.text[:1] or " ")
        for piece in parts
    ):
        return parts
    joined: list[Piece] = []
    for piece in parts:
        text = piece.text
        last = next((i for i in range(len(joined) - 1, -1, -1) if joined[i].text), None)
        while text and last is not None and unicodedata.combining(text[0]):
            joined[last] = joined[last]._replace(text=joined[last].text + text[0])
            text = text[1:]
        joined.append(piece._replace(text=text))
    return [piece._replace(text=unicodedata.normalize("NFC", piece.text)) for piece in joined]


def _close_up(parts: list[Piece]) -> list[Piece]:
    """The parts without the blank between a word and its note mark when a full stop or the like follows ('ord ¹.')."""
    if not any(piece.note for piece in parts):
        return parts
    closed = list(parts)
    following = ""
    for index in range(len(parts) - 1, 0, -1):
        if parts[index].note and CLOSES.match(following):
            closed[index - 1] = closed[index - 1]._replace(text=closed[index - 1].text.rstrip(" "))
        following = parts[index].text or following
    return closed


def _before_blanks(text: str, place: int) -> int:
    while place and text[place - 1].isspace():
        place -= 1
    return place


class Shift(NamedTuple):
    """A text with its gaps collapsed, and where each place of the raw text went."""

    text: str
    raw_places: list[int]
    places: list[int]

    def place(self, raw: int) -> int:
        """The offset in the text of an offset in the raw text (inside a gap: where the gap ends)."""
        index = bisect_right(self.raw_places, raw) - 1
        following = self.places[index + 1] if index + 1 < len(self.places) else len(self.text)
        return min(self.places[index] + raw - self.raw_places[index], following)


def _collapse(raw: str, is_wide: Callable[[str, str], bool] | None) -> Shift:
    inner_start = len(raw) - len(raw.lstrip())
    inner_end = max(inner_start, len(raw.rstrip()))
    if inner_start == 0 and inner_end == len(raw) and not GAP.search(raw):
        return Shift(raw, [0], [0])
    out: list[str] = []
    raw_places, places = [0], [0]
    length = place = 0

    def copy(until: int, gap: str, resume: int) -> None:
        nonlocal length, place
        out.append(raw[place:until])
        out.append(gap)
        raw_places.extend((place, until))
        places.extend((length, length + until - place))
        length += until - place + len(gap)
        place = resume

    place = inner_start
    for found in GAP.finditer(raw, inner_start, inner_end):
        if found.start() >= place:
            copy(found.start(), _choose_gap(raw, found, is_wide), found.end())
    copy(inner_end, "", len(raw))
    raw_places.append(len(raw))
    places.append(length)
    return Shift("".join(out), raw_places, places)


def _choose_gap(raw: str, found: re.Match[str], is_wide: Callable[[str, str], bool] | None) -> str:
    gap = found[0]
    if "\n" in gap:
        return "\n"
    if "\t" not in gap:
        return "\t" if len(gap) >= SPACES_FOR_GAP else " "
    if gap.count("\t") > 1 or len(gap) > SPACES_FOR_GAP or is_wide is None:
        return "\t"
    line_start = raw.rfind("\n", 0, found.start()) + 1
    line_end = raw.find("\n", found.end())
    after = raw[found.end() : line_end if line_end >= 0 else len(raw)]
    return "\t" if is_wide(raw[line_start : found.start()], after) else " "


def _find_emphasis(text: str, stretches: Sequence[tuple[int, int, Format]]) -> tuple[Emphasis, ...]:
    spans: list[Emphasis] = []
    for begin, end, form in stretches:
        if not (form.bold or form.italic):
            continue
        last = spans[-1] if spans else None
        if last and (last.bold, last.italic) == (form.bold, form.italic) and not text[last.end : begin].strip():
            spans[-1] = last._replace(end=end)
        elif text[begin:end].strip():
            spans.append(Emphasis(begin, end, form.bold, form.italic))
    return tuple(_trim(text, span) for span in spans)


def _trim(text: str, span: Emphasis) -> Emphasis:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return span._replace(start=start, end=start + len(piece.strip()))


def _prevailing_size(text: str, stretches: Sequence[tuple[int, int, Format]]) -> float | None:
    weights: dict[float, int] = {}
    for begin, end, form in stretches:
        weights[form.size] = weights.get(form.size, 0) + len(text[begin:end].strip())
    return max(weights, key=lambda size: (weights[size], size)) if weights else None


def _is_caps(text: str, stretches: Sequence[tuple[int, int, Format]]) -> bool:
    return text.isupper() or (bool(stretches) and all(form.caps for begin, end, form in stretches if end - begin > 1))
