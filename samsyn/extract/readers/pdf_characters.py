"""From a PDF's bytes to one `PageContent` a page; the only module that knows pypdfium2.

Each page is loaded, read and released once. A call into the library costs half a microsecond and a page has thousands
of characters, so the text comes in one call and only the ends of each word are asked for their place and style.
pdfium is not thread-safe: use processes.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers.layout_page import PageContent, Rule, Shade, Word
from samsyn.models.source import Box

MAX_CHARACTERS = 60_000
"""Per page; an A4 page set in 6-point type holds some 15 000."""
MAX_OBJECTS = 40_000
MAX_SEGMENTS = 60_000
MAX_FORM_DEPTH = 6
MAX_DOTS = 500

TINY_SIZE = 2.5
ASCENT, DESCENT = 0.78, 0.22
"""How far a letter's box reaches from the baseline, in type sizes."""
THIN = 3.0
"""A filled rectangle up to this thick is a rule (borders of 3 points are the thickest in use)."""

_WORD = re.compile(r"[^\s\x00]+")
_MIXED = re.compile(r"[^\W\d_]\W?\d|\d\W?[^\W\d_]|[*†‡]")
"""Words that may hold a raised footnote mark: letters and digits side by side."""

_ERROR_PASSWORD = 4
_ERROR_SECURITY = 5
_OBJECT_PATH, _OBJECT_IMAGE, _OBJECT_FORM = 2, 3, 5
_SEGMENT_LINE, _SEGMENT_CURVE, _SEGMENT_MOVE = 0, 1, 2
_INVISIBLE = (3, 7)
_FLAG_ITALIC, _FLAG_FORCE_BOLD, _FLAG_SYMBOLIC = 1 << 6, 1 << 18, 1 << 2
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi|[-,]bd|[-_]B$", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"ital|obliq|kursiv|[-,]it$", re.IGNORECASE)
_SYMBOL_NAME = re.compile(r"wingding|webding|dingbat|symbol", re.IGNORECASE)

# What pdfium leaves in the text: U+0002 and U+FFFE stand for a hyphen at a line end.
_LETTERS = {
    0x02: "-",
    0xFFFE: "-",
    0x2010: "-",
    0x2011: "-",
    0x200B: "",
    0x200C: "",
    0x200D: "",
    0xFEFF: "",
    0x2060: "",
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},
    **dict.fromkeys(range(0xF020, 0xF100), "•"),
}
_CHECKS = {"ü": "✓", "û": "✗", "x": "☒", "þ": "☒", "ý": "☒", "o": "☐", "q": "☐", "¨": "☐"}
"""What the letters of the Wingdings fonts look like where they are not bullets."""


class PdfPages(NamedTuple):
    """An opened file: how many pages it has and the pages one by one; a broken page comes as its number alone."""

    count: int
    pages: Iterator[PageContent | int]


def open_pdf(data: bytes, *, file: str, password: str | None = None, max_pages: int = 2000) -> PdfPages:
    """The pages of the PDF in `data`, read lazily in order.

    Raises UnreadableDocument when the bytes are no PDF, cut off, encrypted, without pages or with too many.
    """
    _check_bytes(data, file)
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(file, _reason(error, password)) from error
    if count == 0 or count > max_pages:
        document.close()
        reason = "the document has no pages" if count == 0 else f"{count} pages are more than the limit of {max_pages}"
        raise UnreadableDocument(file, reason)
    return PdfPages(count, _iterate(document, count))


def _check_bytes(data: bytes, file: str) -> None:
    if not data.strip(b"\0\t\r\n\f "):
        raise UnreadableDocument(file, "the file is empty")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableDocument(file, "not a PDF")
    if b"%%EOF" not in data.rstrip(b"\0\t\r\n\f ")[-2048:]:
        raise UnreadableDocument(file, "the PDF is cut off (its end is missing)")


def _reason(error: Exception, password: str | None) -> str:
    code = getattr(error, "err_code", None)
    if code == _ERROR_PASSWORD:
        return "encrypted, and the password is wrong" if password else "encrypted: give its password"
    if code == _ERROR_SECURITY:
        return "encrypted in a way that is not supported"
    return "the PDF is damaged and cannot be opened"


def _iterate(document: Any, count: int) -> Iterator[PageContent | int]:
    fonts: dict[int, _Font] = {}
    try:
        for index in range(count):
            content = _read_page(document.raw, index, fonts)
            yield index + 1 if content is None else content
    finally:
        document.close()


# --- calls into pdfium ------------------------------------------------------------------------------------------------


class _Calls(NamedTuple):
    """The functions called most often, with plain addresses instead of typed pointers: twice as fast."""

    text_object: Callable[[int, int], int | None]
    origin: Callable[[int, int, int, int], int]
    loose_box: Callable[[int, int, int], int]
    matrix: Callable[[int, int, int], int]
    font_size: Callable[[int, int], float]
    map_error: Callable[[int, int], int]
    font: Callable[[int], int | None]
    render_mode: Callable[[int], int]
    fill_color: Callable[[int, int, int, int, int], int]
    stroke_color: Callable[[int, int, int, int, int], int]
    page_object: Callable[[int, int], int | None]
    form_object: Callable[[int, int], int | None]
    object_type: Callable[[int], int]
    object_matrix: Callable[[int, int], int]
    object_bounds: Callable[[int, int, int, int, int], int]
    count_segments: Callable[[int], int]
    segment: Callable[[int, int], int | None]
    segment_type: Callable[[int], int]
    segment_point: Callable[[int, int, int], int]
    segment_close: Callable[[int], int]
    draw_mode: Callable[[int, int, int], int]
    stroke_width: Callable[[int, int], int]


@lru_cache(maxsize=1)
def _calls() -> _Calls:
    from pypdfium2 import raw

    address, integer = ctypes.c_void_p, ctypes.c_int

    def declare(name: str, result: Any, *arguments: Any) -> Any:
        return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(getattr(raw, name), address).value or 0)

    four = (address, address, address, address)
    return _Calls(
        text_object=declare("FPDFText_GetTextObject", address, address, integer),
        origin=declare("FPDFText_GetCharOrigin", integer, address, integer, address, address),
        loose_box=declare("FPDFText_GetLooseCharBox", integer, address, integer, address),
        matrix=declare("FPDFText_GetMatrix", integer, address, integer, address),
        font_size=declare("FPDFText_GetFontSize", ctypes.c_double, address, integer),
        map_error=declare("FPDFText_HasUnicodeMapError", integer, address, integer),
        font=declare("FPDFTextObj_GetFont", address, address),
        render_mode=declare("FPDFTextObj_GetTextRenderMode", integer, address),
        fill_color=declare("FPDFPageObj_GetFillColor", integer, address, *four),
        stroke_color=declare("FPDFPageObj_GetStrokeColor", integer, address, *four),
        page_object=declare("FPDFPage_GetObject", address, address, integer),
        form_object=declare("FPDFFormObj_GetObject", address, address, ctypes.c_ulong),
        object_type=declare("FPDFPageObj_GetType", integer, address),
        object_matrix=declare("FPDFPageObj_GetMatrix", integer, address, address),
        object_bounds=declare("FPDFPageObj_GetBounds", integer, address, *four),
        count_segments=declare("FPDFPath_CountSegments", integer, address),
        segment=declare("FPDFPath_GetPathSegment", address, address, integer),
        segment_type=declare("FPDFPathSegment_GetType", integer, address),
        segment_point=declare("FPDFPathSegment_GetPoint", integer, address, address, address),
        segment_close=declare("FPDFPathSegment_GetClose", integer, address),
        draw_mode=declare("FPDFPath_GetDrawMode", integer, address, address, address),
        stroke_width=declare("FPDFPageObj_GetStrokeWidth", integer, address, address),
    )


class _Floats:
    """A block of C floats that pdfium writes into, and the addresses of its places."""

    def __init__(self, count: int, kind: Any = ctypes.c_float) -> None:
        self.values = (kind * count)()
        step = ctypes.sizeof(kind)
        start = ctypes.addressof(self.values)
        self.at = tuple(start + index * step for index in range(count))


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


# --- one page ---------------------------------------------------------------------------------------------------------


class _Frame(NamedTuple):
    """The page's visible rectangle in PDF space and the quarter turns clockwise that bring it upright."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The place of a PDF point, from the top left of the upright page."""
        match self.turns:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A PDF rectangle as (x0, top, x1, bottom) of the upright page."""
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _read_page(document: Any, index: int, fonts: dict[int, _Font]) -> PageContent | None:
    """The content of one page, or None when pdfium can't load it."""
    from pypdfium2 import raw

    page = raw.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            return None
        try:
            return _content(raw, page, text_page, index + 1, fonts)
        finally:
            raw.FPDFText_ClosePage(text_page)
    finally:
        raw.FPDF_ClosePage(page)


def _content(raw: Any, page: Any, text_page: Any, number: int, fonts: dict[int, _Font]) -> PageContent:
    frame = _frame_of(raw, page)
    pieces, unmapped, cut_text = _read_pieces(raw, text_page, fonts)
    turn = _main_turn(pieces, frame.turns)
    upright = frame._replace(turns=(frame.turns + turn) % 4)
    drawn = _read_drawing(raw, page, upright)
    pieces, hidden = _visible(pieces, drawn, upright)
    words, turned = _place_words(pieces, upright)
    words = add_drawn_bullets(words, drawn.dots)
    width, height = upright.size
    return PageContent(
        number=number,
        width=width,
        height=height,
        words=words,
        turned=turned,
        rules=tuple(drawn.rules),
        shades=tuple(drawn.shades),
        picture_share=min(1.0, drawn.picture / (width * height)) if width and height else 0.0,
        unmapped=unmapped,
        hidden=hidden,
        strokes=drawn.segments,
        cut=cut_text or drawn.cut,
        turn=turn,
    )


def _frame_of(raw: Any, page: Any) -> _Frame:
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    return _Frame(box.left, box.bottom, box.right, box.top, raw.FPDFPage_GetRotation(page) % 4)


# --- text -------------------------------------------------------------------------------------------------------------


class _Font(NamedTuple):
    bold: bool
    italic: bool
    symbol: bool


class _Style(NamedTuple):
    """How one text object sets its letters; `angle` in degrees against the PDF page's horizontal."""

    font: int
    raw_size: float
    """The size as the file states it, before any scaling."""
    size: float
    bold: bool
    italic: bool
    symbol: bool
    angle: float
    hidden: bool
    white: bool


class _Piece(NamedTuple):
    """A word or a part of one in a single style, in PDF coordinates."""

    text: str
    style: _Style
    x: float
    y: float
    left: float
    bottom: float
    right: float
    top: float
    glued: bool


_NO_STYLE = _Style(0, 0.0, 0.0, False, False, False, 0.0, False, False)


class _TextReader:
    """Reads words off one text page, asking for each text object's style once."""

    def __init__(self, raw: Any, text_page: Any, fonts: dict[int, _Font]) -> None:
        self.raw = raw
        self.page = _address(text_page)
        self.calls = _calls()
        self.fonts = fonts
        self.styles: dict[int, _Style] = {}
        self.box = _Floats(4)
        self.point = _Floats(2, ctypes.c_double)
        self.transform = _Floats(6)
        self.color = _Floats(4, ctypes.c_uint)
        self.checked: Counter[int] = Counter()
        self.faulty: Counter[int] = Counter()

    def pieces(self, text: str) -> list[_Piece]:
        """Every word of `text`, whose indexes are those of the page's characters."""
        found: list[_Piece] = []
        for match in _WORD.finditer(text):
            found.extend(self._word(match.group(), match.start(), match.end() - 1))
        return found

    def _word(self, text: str, first: int, last: int) -> list[_Piece]:
        style = self._style(first)
        whole = last == first or (self._same_style(style, last) and not _MIXED.search(text))
        if whole:
            piece = self._piece(text, first, last, style, glued=False)
            # A word that turns back or climbs was glued together by pdfium over a line end.
            if last == first or self._runs_straight(piece, last):
                return [piece]
        return self._split(text, first)

    def _runs_straight(self, piece: _Piece, last: int) -> bool:
        self.calls.origin(self.page, last, *self.point.at)
        dx, dy = self.point.values[0] - piece.x, self.point.values[1] - piece.y
        angle = math.radians(piece.style.angle)
        along = dx * math.cos(angle) + dy * math.sin(angle)
        across = dy * math.cos(angle) - dx * math.sin(angle)
        return along > 0 and abs(across) < 0.2 * piece.style.size

    def _split(self, text: str, first: int) -> list[_Piece]:
        pieces: list[_Piece] = []
        for offset, letter in enumerate(text):
            index = first + offset
            style = self._style(index)
            piece = self._piece(letter, index, index, style, glued=bool(pieces))
            if not pieces or not _continues(pieces[-1], piece):
                pieces.append(piece._replace(glued=bool(pieces) and not _parted(pieces[-1], piece)))
                continue
            before = pieces[-1]
            pieces[-1] = before._replace(
                text=before.text + letter,
                left=min(before.left, piece.left),
                right=max(before.right, piece.right),
                bottom=min(before.bottom, piece.bottom),
                top=max(before.top, piece.top),
            )
        return pieces

    def _piece(self, text: str, first: int, last: int, style: _Style, *, glued: bool) -> _Piece:
        self.calls.origin(self.page, first, *self.point.at)
        x, y = self.point.values
        box = self.box
        self.calls.loose_box(self.page, first, box.at[0])
        left, top, right, bottom = box.values
        if last != first:
            self.calls.loose_box(self.page, last, box.at[0])
            left, top = min(left, box.values[0]), max(top, box.values[1])
            right, bottom = max(right, box.values[2]), min(bottom, box.values[3])
        return _Piece(text, style, x, y, left, bottom, right, top, glued)

    def _same_style(self, style: _Style, index: int) -> bool:
        handle = self.calls.text_object(self.page, index)
        if not handle:
            return True
        known = self.styles.get(handle)
        if known is not None:
            return known == style
        # Some programs make each letter an object: the font and size of a word's end tell enough.
        return self.calls.font(handle) == style.font and self.calls.font_size(self.page, index) == style.raw_size

    def _style(self, index: int) -> _Style:
        handle = self.calls.text_object(self.page, index)
        if not handle:
            return _NO_STYLE
        style = self.styles.get(handle)
        if style is None:
            style = self.styles[handle] = self._read_style(handle, index)
        return style

    def _read_style(self, handle: int, index: int) -> _Style:
        calls = self.calls
        font_handle = calls.font(handle) or 0
        font = self.fonts.get(font_handle)
        if font is None:
            font = self.fonts[font_handle] = _read_font(self.raw, font_handle)
        self._check_mapping(font_handle, index)
        calls.matrix(self.page, index, self.transform.at[0])
        a, b, c, d, _, _ = self.transform.values
        raw_size = calls.font_size(self.page, index)
        size = abs(raw_size) * (math.hypot(c, d) or 1.0)
        mode = calls.render_mode(handle)
        calls.fill_color(handle, *self.color.at)
        red, green, blue, _ = self.color.values
        slanted = abs(a * c + b * d) > 0.12 * (math.hypot(a, b) * math.hypot(c, d) or 1.0)
        return _Style(
            font=font_handle,
            raw_size=raw_size,
            size=round(size, 2),
            bold=font.bold or mode == 2,
            italic=font.italic or slanted,
            symbol=font.symbol,
            angle=round(math.degrees(math.atan2(b, a)), 1) + 0.0,
            hidden=mode in _INVISIBLE,
            white=min(red, green, blue) > 250,
        )

    def _check_mapping(self, font: int, index: int) -> None:
        """Samples whether the font's codes have letters: 40 tries a font and page are enough."""
        if self.checked[font] < 40:
            self.checked[font] += 1
            self.faulty[font] += self.calls.map_error(self.page, index) == 1


def _continues(before: _Piece, piece: _Piece) -> bool:
    return before.style == piece.style and abs(before.y - piece.y) < 0.1 and not _parted(before, piece)


def _parted(before: _Piece, piece: _Piece) -> bool:
    """True when more than a third of the type size lies between two letters, or they lie on different lines."""
    size = max(before.style.size, piece.style.size, 1.0)
    if before.style.angle or piece.style.angle:
        return False
    return piece.left - before.right > 0.35 * size or piece.right < before.left or abs(piece.y - before.y) > size


def _read_font(raw: Any, handle: int) -> _Font:
    if not handle:
        return _Font(False, False, False)
    pointer = ctypes.cast(handle, raw.FPDF_FONT)
    length = raw.FPDFFont_GetBaseFontName(pointer, None, 0)
    buffer = ctypes.create_string_buffer(max(1, length))
    raw.FPDFFont_GetBaseFontName(pointer, buffer, length)
    name = buffer.value.decode("utf-8", "replace").split("+")[-1]
    flags = raw.FPDFFont_GetFlags(pointer)
    angle = ctypes.c_int()
    leans = bool(raw.FPDFFont_GetItalicAngle(pointer, angle)) and angle.value != 0
    return _Font(
        bold=bool(_BOLD_NAME.search(name)) or raw.FPDFFont_GetWeight(pointer) >= 600 or bool(flags & _FLAG_FORCE_BOLD),
        italic=bool(_ITALIC_NAME.search(name)) or leans or bool(flags & _FLAG_ITALIC),
        symbol=bool(_SYMBOL_NAME.search(name)),
    )


def _read_pieces(raw: Any, text_page: Any, fonts: dict[int, _Font]) -> tuple[list[_Piece], int, bool]:
    """The words, how many of the letters sampled have no Unicode, and whether the page was cut."""
    total = max(0, raw.FPDFText_CountChars(text_page))
    count = min(total, MAX_CHARACTERS)
    reader = _TextReader(raw, text_page, fonts)
    text = _page_text(raw, text_page, count)
    pieces = [piece for piece in reader.pieces(text) if piece.style.size > TINY_SIZE]
    faulty = {font for font, number in reader.faulty.items() if 2 * number > reader.checked[font]}
    unmapped = sum(len(piece.text) for piece in pieces if piece.style.font in faulty or _is_garbage(piece))
    return pieces, unmapped, total > count


def _is_garbage(piece: _Piece) -> bool:
    """Replacement characters, private letters and control codes where words should be."""
    odd = sum(1 for letter in piece.text if letter == "�" or unicodedata.category(letter) in ("Co", "Cn", "Cc"))
    return 2 * odd > len(piece.text) and not piece.style.symbol and len(piece.text) > 1


def _page_text(raw: Any, text_page: Any, count: int) -> str:
    """One letter for each of the page's characters, so that an index into the text is a character's index."""
    if not count:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = raw.FPDFText_GetText(text_page, 0, count, buffer) - 1
    if got == count and not any(0xD800 <= unit < 0xE000 for unit in buffer):
        return bytes(memoryview(buffer).cast("B")[: 2 * count]).decode("utf-16-le", "replace")
    # Characters without a letter and those beyond the basic plane upset the count: ask for each by itself.
    codes = (raw.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join("�" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code) for code in codes)


def _main_turn(pieces: list[_Piece], page_turns: int) -> int:
    """The quarter turns that bring most of the letters upright, counted from the page as seen."""
    angles: Counter[float] = Counter()
    for piece in pieces:
        angles[piece.style.angle] += len(piece.text)
    letters: Counter[int] = Counter()
    for angle, number in angles.items():
        quarter = _quarter(angle, page_turns)
        if quarter is not None:
            letters[quarter] += number
    if not letters:
        return 0
    quarter, number = letters.most_common(1)[0]
    return quarter if 10 * number > 7 * letters.total() else 0


def _quarter(angle: float, page_turns: int) -> int | None:
    """The direction of text in quarter turns against the page as seen; None for slanting text."""
    seen = (angle - 90 * page_turns) % 360
    quarter = round(seen / 90)
    return quarter % 4 if abs(seen - 90 * quarter) < 5 else None


def _visible(pieces: list[_Piece], drawn: _Drawing, frame: _Frame) -> tuple[list[_Piece], int]:
    """The pieces a reader can see, and how many hidden letters were kept as the text layer of a picture."""
    shown = [piece for piece in pieces if not piece.style.hidden]
    shown = [piece for piece in shown if not piece.style.white or _on_dark(piece, drawn, frame)]
    hidden = [piece for piece in pieces if piece.style.hidden]
    letters = sum(len(piece.text) for piece in hidden)
    width, height = frame.size
    pictured = drawn.picture > 0.3 * width * height
    if hidden and (pictured or letters > sum(len(piece.text) for piece in shown)):
        return [piece for piece in pieces if piece.style.hidden or piece in shown] if shown else hidden, letters
    return shown, 0


def _on_dark(piece: _Piece, drawn: _Drawing, frame: _Frame) -> bool:
    x0, top, x1, bottom = frame.box(piece.left, piece.bottom, piece.right, piece.top)
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    if drawn.picture:
        return True
    return any(shade.x0 <= x <= shade.x1 and shade.top <= y <= shade.bottom for shade in drawn.shades)


def _place_words(pieces: list[_Piece], frame: _Frame) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The upright words and the turned ones, in the order the file draws them."""
    width, height = frame.size
    words: list[Word] = []
    turned: list[Word] = []
    seen: dict[str, list[int]] = {}
    quarters = {angle: _quarter(angle, frame.turns) for angle in {piece.style.angle for piece in pieces}}
    for piece in pieces:
        upright = quarters[piece.style.angle] == 0
        word = _place_word(piece, frame, upright=upright)
        if word is None or not (-1 <= (word.x0 + word.x1) / 2 <= width + 1 and -1 <= word.baseline <= height + 2):
            continue
        if not upright:
            turned.append(word)
            continue
        double = _drawn_before(word, words, seen)
        if double is not None:
            words[double] = words[double]._replace(bold=True)
            continue
        seen.setdefault(word.text, []).append(len(words))
        words.append(word)
    return tuple(words), tuple(turned)


def _drawn_before(word: Word, words: Sequence[Word], seen: dict[str, list[int]]) -> int | None:
    """The index of the same word drawn at nearly the same place: bold made by drawing twice."""
    for index in seen.get(word.text, ()):
        other = words[index]
        if abs(other.x0 - word.x0) < 2 and abs(other.baseline - word.baseline) < 2:
            return index
    return None


def _place_word(piece: _Piece, frame: _Frame, *, upright: bool) -> Word | None:
    text = clean_letters(piece.text, symbol=piece.style.symbol)
    if not text:
        return None
    x0, top, x1, bottom = frame.box(piece.left, piece.bottom, piece.right, piece.top)
    _, baseline = frame.point(piece.x, piece.y)
    size = piece.style.size
    if upright:
        # Fonts tell absurd heights or none, and pdfium those of the letters at hand: one rule for all keeps lines even.
        top, bottom = baseline - ASCENT * size, baseline + DESCENT * size
    return Word(text, x0, top, x1, bottom, baseline, size, piece.style.bold, piece.style.italic, piece.glued)


def clean_letters(text: str, *, symbol: bool = False) -> str:
    """`text` in NFC with ligatures spelt out and bullets of symbol fonts as '•'; a soft hyphen stays only at the end.

    >>> clean_letters("eﬀekt")
    'effekt'
    """
    if symbol and len(text) == 1:
        return _CHECKS.get(text, "•")
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.translate(_LETTERS))
    if "\u00ad" in text:
        end = "\u00ad" if text.endswith("\u00ad") and len(text) > 1 else ""
        text = text.replace("\u00ad", "") + end
    return "".join(letter for letter in text if letter.isprintable() or letter == "\u00ad")


def add_drawn_bullets(words: tuple[Word, ...], dots: Sequence[Box]) -> tuple[Word, ...]:
    """The words with a '•' for each dot drawn a little to the left of a word, on its height."""
    if not dots:
        return words
    ordered = sorted(words, key=lambda word: word.top)
    tops = [word.top for word in ordered]
    bullets: list[Word] = []
    for dot in dots:
        middle = (dot.top + dot.bottom) / 2
        near = ordered[bisect_left(tops, middle - 30) : bisect_right(tops, middle)]
        right = [word for word in near if word.bottom > middle and dot.x1 < word.x0 < dot.x1 + 2.5 * word.size]
        beside = [word for word in near if word.bottom > middle and -3 < dot.x0 - word.x1 < word.size]
        if right and not beside:
            text = min(right, key=lambda word: word.x0)
            place = {"x0": dot.x0, "x1": dot.x1, "bold": False, "italic": False, "glued": False}
            bullets.append(text._replace(text="•", **place))
    return (*words, *bullets)


# --- drawings ---------------------------------------------------------------------------------------------------------


class _Drawing:
    """Collects rules, shaded rectangles and the largest picture of a page."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.shades: list[Shade] = []
        self.dots: list[Box] = []
        """Small filled shapes: some programs draw their bullets."""
        self.picture = 0.0
        self.objects = 0
        self.segments = 0

    @property
    def cut(self) -> bool:
        return self.objects > MAX_OBJECTS or self.segments > MAX_SEGMENTS


Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _DrawingReader:
    def __init__(self, raw: Any, frame: _Frame) -> None:
        self.raw = raw
        self.calls = _calls()
        self.frame = frame
        self.drawing = _Drawing()
        self.floats = _Floats(6)
        self.flags = _Floats(2, ctypes.c_int)
        self.color = _Floats(4, ctypes.c_uint)

    def walk(self, parent: int, count: int, get: Callable[[int, int], int | None], outer: Matrix, depth: int) -> None:
        calls = self.calls
        for index in range(count):
            self.drawing.objects += 1
            if self.drawing.cut:
                return
            handle = get(parent, index)
            kind = calls.object_type(handle) if handle else 0
            if not handle:
                continue
            if kind == _OBJECT_PATH:
                self._path(handle, outer)
            elif kind == _OBJECT_IMAGE:
                self._picture(handle, outer)
            elif kind == _OBJECT_FORM and depth < MAX_FORM_DEPTH:
                inner = self.raw.FPDFFormObj_CountObjects(ctypes.cast(handle, self.raw.FPDF_PAGEOBJECT))
                self.walk(handle, inner, calls.form_object, _multiply(self._matrix(handle), outer), depth + 1)

    def _matrix(self, handle: int) -> Matrix:
        if not self.calls.object_matrix(handle, self.floats.at[0]):
            return _IDENTITY
        a, b, c, d, e, f = self.floats.values
        return a, b, c, d, e, f

    def _picture(self, handle: int, outer: Matrix) -> None:
        matrix = _multiply(self._matrix(handle), outer)
        corners = [_apply(matrix, x, y) for x, y in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))]
        x0, top, x1, bottom = self.frame.box(
            min(x for x, _ in corners),
            min(y for _, y in corners),
            max(x for x, _ in corners),
            max(y for _, y in corners),
        )
        width, height = self.frame.size
        across = max(0.0, min(x1, width) - max(x0, 0.0))
        down = max(0.0, min(bottom, height) - max(top, 0.0))
        self.drawing.picture = max(self.drawing.picture, across * down)

    def _path(self, handle: int, outer: Matrix) -> None:
        calls = self.calls
        calls.draw_mode(handle, *self.flags.at)
        fill, stroke = self.flags.values
        count = calls.count_segments(handle)
        if not (fill or stroke) or count < 2:
            return
        self.drawing.segments += count
        if self.drawing.cut:
            return
        filled = bool(fill) and self._is_inked(handle, calls.fill_color)
        stroked = bool(stroke) and self._is_inked(handle, calls.stroke_color)
        if not (filled or stroked):
            return
        dark = filled and sum(self.color.values[:3]) < 450 and not stroked
        matrix = _multiply(self._matrix(handle), outer)
        for points, closed, straight in self._subpaths(handle, count, matrix):
            self._add(points, closed=closed, straight=straight, filled=filled, stroked=stroked, dark=dark)

    def _is_inked(self, handle: int, color: Callable[[int, int, int, int, int], int]) -> bool:
        """True unless the colour is white or fully transparent; an unknown colour (a pattern) counts as ink."""
        if not color(handle, *self.color.at):
            return True
        red, green, blue, alpha = self.color.values
        return alpha > 8 and min(red, green, blue) < 250

    def _subpaths(
        self, handle: int, count: int, matrix: Matrix
    ) -> Iterator[tuple[list[tuple[float, float]], bool, bool]]:
        calls = self.calls
        points: list[tuple[float, float]] = []
        closed, straight = False, True
        for index in range(count):
            segment = calls.segment(handle, index)
            if not segment:
                continue
            kind = calls.segment_type(segment)
            calls.segment_point(segment, self.floats.at[0], self.floats.at[1])
            point = self.frame.point(*_apply(matrix, self.floats.values[0], self.floats.values[1]))
            if kind == _SEGMENT_MOVE:
                if len(points) > 1:
                    yield points, closed, straight
                points, closed, straight = [point], False, True
                continue
            points.append(point)
            straight = straight and kind == _SEGMENT_LINE
            closed = closed or bool(calls.segment_close(segment))
        if len(points) > 1:
            yield points, closed, straight

    def _add(
        self,
        points: list[tuple[float, float]],
        *,
        closed: bool,
        straight: bool,
        filled: bool,
        stroked: bool,
        dark: bool,
    ) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if _is_dot(x1 - x0, bottom - top) and len(points) > 3 and len(self.drawing.dots) < MAX_DOTS:
            self.drawing.dots.append(Box(x0, top, x1, bottom))
            return
        thin = min(x1 - x0, bottom - top) <= THIN
        if filled and not stroked and straight and thin and max(x1 - x0, bottom - top) > THIN:
            self._add_rule(x0, top, x1, bottom)
            return
        if filled and straight and _is_rectangle(points) and not thin:
            self.drawing.shades.append(Shade(x0, top, x1, bottom, dark))
        if stroked:
            around = [*points, points[0]] if closed else points
            for (ax, ay), (bx, by) in pairwise(around):
                if min(abs(ax - bx), abs(ay - by)) < 0.6 and max(abs(ax - bx), abs(ay - by)) > 1.0:
                    self._add_rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _add_rule(self, x0: float, top: float, x1: float, bottom: float) -> None:
        if x1 - x0 > bottom - top:
            y = (top + bottom) / 2
            self.drawing.rules.append(Rule(x0, y, x1, y))
        else:
            x = (x0 + x1) / 2
            self.drawing.rules.append(Rule(x, top, x, bottom))


def _is_dot(width: float, height: float) -> bool:
    return 1.2 <= width <= 7 and 1.2 <= height <= 7 and 0.7 < width / height < 1.4


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    """True when every side of the outline runs straight along the page."""
    if not 4 <= len(points) <= 6:
        return False
    around = [*points, points[0]]
    return all(min(abs(ax - bx), abs(ay - by)) < 0.6 for (ax, ay), (bx, by) in pairwise(around))


def _multiply(first: Matrix, second: Matrix) -> Matrix:
    if second == _IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _read_drawing(raw: Any, page: Any, frame: _Frame) -> _Drawing:
    reader = _DrawingReader(raw, frame)
    reader.walk(_address(page), raw.FPDFPage_CountObjects(page), reader.calls.page_object, _IDENTITY, 0)
    return reader.drawing
