"""A page's text as pdfium gives it → pieces of words in one style, in PDF coordinates, with clean letters.

A call into the library costs half a microsecond and a page has thousands of characters, so the text comes in one call
and only the ends of each word are asked for their place and style.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from samsyn.extract.readers.pdf_calls import Places, array_of, pdf_calls, reference_to

MAX_CHARACTERS = 60_000
"""Per page; an A4 page set in 6-point type holds some 15 000."""
TINY_SIZE = 2.5
_STEP = 2048
"""Letters by which room for a page's text grows."""
_NAME_LENGTH = 256
"""Letters of the longest name of a font that is read in one call."""

_WORD = re.compile(r"\d{1,2}(?:\.(?:\d{1,2})?)+(?=[A-ZÅÄÖ][a-zåäö])|[^\s\x00]+")
"""A word; the number of a heading is one of its own, though it may fill the way to its tab: '3.1.1Problembild'."""
_MIXED = re.compile(r"[^\W\d_]\W?\d|\d\W?[^\W\d_]|[*†‡]")
"""Words that may hold a raised footnote mark: letters and digits side by side."""

_INVISIBLE = (3, 7)
_FLAG_ITALIC, _FLAG_FORCE_BOLD = 1 << 6, 1 << 18
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
NOT_PLAIN = re.compile("[^\\s!-~\u00a1-\u00ac\u00ae-\u024f–—‘’“”•…]")
"""What is no space and may not stand for itself; all others are printable, and composed already."""

_CHECKS = {"ü": "✓", "û": "✗", "x": "☒", "þ": "☒", "ý": "☒", "o": "☐", "q": "☐", "¨": "☐"}
"""What the letters of the Wingdings fonts look like where they are not bullets."""


class Font(NamedTuple):
    """What a font's name and flags say of it; `symbol` for fonts of signs such as Wingdings."""

    bold: bool
    italic: bool
    symbol: bool


@dataclass(frozen=True, slots=True)
class Style:
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


class Piece(NamedTuple):
    """A word or a part of one in a single style, in PDF coordinates."""

    text: str
    style: Style
    x: float
    y: float
    left: float
    bottom: float
    right: float
    top: float
    glued: bool


class PageText(NamedTuple):
    """The text of a page: its words in pieces, and the styles among them."""

    pieces: list[Piece]
    styles: tuple[Style, ...]
    plain: bool
    """True when every letter stands for itself."""
    unmapped: int
    """How many of the letters have no Unicode, as far as samples tell."""
    cut: bool
    """True when the page has more letters than are read."""


_NO_STYLE = Style(0, 0.0, 0.0, False, False, False, 0.0, False, False)


class _TextReader:
    """Reads words off one text page, asking for each text object's style once."""

    def __init__(self, raw: Any, text_page: Any) -> None:
        self.raw = raw
        self.page = reference_to(text_page)
        self.calls = pdf_calls()
        self.loose_box = self.calls.loose_box
        # Per page: pdfium frees a page's fonts, and another may come to lie where one was.
        self.fonts: dict[int, Font] = {}
        self.looks: dict[tuple[int, float, bytes, int, bool], Style] = {}
        self.styles: dict[int | None, Style] = {None: _NO_STYLE}
        self.levels: dict[int | None, float] = {}
        boxes = Places(8)
        self.boxes, self.first_box, self.last_box = boxes.values, boxes.references[0], boxes.references[4]
        self.point = Places(2, ctypes.c_double)
        transform = Places(6)
        self.transform, self.matrix = transform.references[0], transform.values[:4]
        self.color = Places(4, ctypes.c_uint)
        self.checked: Counter[int] = Counter()
        self.faulty: Counter[int] = Counter()

    def pieces(self, text: str) -> list[Piece]:
        """Every word of `text`, whose indexes are those of the page's characters."""
        found: list[Piece] = []
        page, text_object, style_of, read_run = self.page, self.calls.text_object, self.styles.get, self._run
        words = [(match[0], match.start()) for match in _WORD.finditer(text)]
        handles = [text_object(page, first) for _, first in words]
        for (word, first), (handle, following) in zip(words, pairwise([*handles, None]), strict=True):
            last = first + len(word) - 1
            style = style_of(handle) or self._new_style(handle or 0, first)
            if last == first:
                found.append(self._piece(word, first, style))
                continue
            if word.isalpha() or not _MIXED.search(word):
                # An object's letters follow each other: where it sets the next word too, it sets all of this one.
                end = handle if handle and handle == following else text_object(page, last)
                if end == handle or self._is_alike(end, style, last):
                    whole = read_run(word, first, last, style, handle)
                    if whole is not None:
                        found.append(whole)
                        continue
            found.extend(self._split(word, first))
        return found

    def _run(self, text: str, first: int, last: int, style: Style, handle: int | None) -> Piece | None:
        """The word from its first letter to its last, None when they don't stand on one line: glued by pdfium."""
        page, loose_box = self.page, self.loose_box
        loose_box(page, first, self.first_box)
        loose_box(page, last, self.last_box)
        left, top, right, bottom, end_left, end_top, end_right, end_bottom = self.boxes
        if style.angle:
            x, y = self._origin(first)
            if not self._runs_straight(x, y, last, style):
                return None
            left = left if left < end_left else end_left
        elif end_left < left or abs(end_bottom - bottom) > 0.5 * style.size:
            return None
        else:
            # What one text object sets level stands on one baseline.
            x, known = left, self.levels.get(handle)
            if known is None:
                known = self.levels[handle] = self._origin(first)[1]
            y = known
        bottom = bottom if bottom < end_bottom else end_bottom
        right = right if right > end_right else end_right
        top = top if top > end_top else end_top
        # As Piece(...) does, without its call: pages have thousands.
        return tuple.__new__(Piece, (text, style, x, y, left, bottom, right, top, False))

    def _origin(self, index: int) -> tuple[float, float]:
        """Where a letter stands on its baseline."""
        self.calls.origin(self.page, index, *self.point.references)
        x, y = self.point.values
        return x, y

    def _runs_straight(self, x: float, y: float, last: int, style: Style) -> bool:
        """True when the letter at `last` stands further along the writing direction, on the same line."""
        end_x, end_y = self._origin(last)
        dx, dy = end_x - x, end_y - y
        angle = math.radians(style.angle)
        along = dx * math.cos(angle) + dy * math.sin(angle)
        across = dy * math.cos(angle) - dx * math.sin(angle)
        return bool(along > 0 and abs(across) < 0.2 * style.size)

    def _split(self, text: str, first: int) -> list[Piece]:
        pieces: list[Piece] = []
        for offset, letter in enumerate(text):
            index = first + offset
            style = self._style(index)
            piece = self._piece(letter, index, style)
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

    def _piece(self, letter: str, index: int, style: Style) -> Piece:
        x, y = self._origin(index)
        self.loose_box(self.page, index, self.first_box)
        left, top, right, bottom, *_ = self.boxes
        return Piece(letter, style, x, y, left, bottom, right, top, False)

    def _is_alike(self, handle: int | None, style: Style, index: int) -> bool:
        """True when a word's last letter, which the text object `handle` sets, looks like its first."""
        if not handle:
            return True
        known = self.styles.get(handle)
        if known is not None:
            return known == style
        # Some programs make each letter an object: the font and size of a word's end tell enough.
        return self.calls.font(handle) == style.font and self.calls.font_size(self.page, index) == style.raw_size

    def _style(self, index: int) -> Style:
        handle = self.calls.text_object(self.page, index)
        return self.styles.get(handle) or self._new_style(handle or 0, index)

    def _new_style(self, handle: int, index: int) -> Style:
        """The style of a text object not met before; most look like one that was."""
        calls = self.calls
        font = calls.font(handle) or 0
        self._check_mapping(font, index)
        calls.matrix(self.page, index, self.transform)
        look = (
            font,
            calls.font_size(self.page, index),
            self.matrix.tobytes(),
            calls.render_mode(handle),
            self._is_white(handle, index),
        )
        style = self.looks.get(look)
        if style is None:
            style = self.looks[look] = self._make_style(*look)
        self.styles[handle] = style
        return style

    def _is_white(self, handle: int, index: int) -> bool:
        self.calls.letter_color(self.page, index, *self.color.references)
        red, green, blue, _ = self.color.values
        if red <= 250 or green <= 250 or blue <= 250:
            return False
        # What is filled with a pattern is told as white: the object itself knows that it has no colour.
        return bool(self.calls.fill_color(handle, *self.color.at))

    def _make_style(self, handle: int, raw_size: float, transform: bytes, mode: int, white: bool) -> Style:
        a, b, c, d = memoryview(transform).cast("f")
        font = self.fonts.get(handle)
        if font is None:
            font = self.fonts[handle] = _read_font(self.raw, handle)
        size = abs(raw_size) * (math.hypot(c, d) or 1.0)
        slanted = abs(a * c + b * d) > 0.12 * (math.hypot(a, b) * math.hypot(c, d) or 1.0)
        return Style(
            font=handle,
            raw_size=raw_size,
            size=round(size, 2),
            bold=font.bold or mode == 2,
            italic=font.italic or slanted,
            symbol=font.symbol,
            angle=round(math.degrees(math.atan2(b, a)), 1) + 0.0,
            hidden=mode in _INVISIBLE,
            white=white,
        )

    def _check_mapping(self, font: int, index: int) -> None:
        """Samples whether the font's codes have letters: 40 tries a font and page are enough."""
        if self.checked[font] < 40:
            self.checked[font] += 1
            self.faulty[font] += self.calls.map_error(self.page, index) == 1


def _continues(before: Piece, piece: Piece) -> bool:
    return before.style == piece.style and abs(before.y - piece.y) < 0.1 and not _parted(before, piece)


def _parted(before: Piece, piece: Piece) -> bool:
    """True when more than a third of the type size lies between two letters, or they lie on different lines."""
    size = max(before.style.size, piece.style.size, 1.0)
    if before.style.angle or piece.style.angle:
        return False
    return piece.left - before.right > 0.35 * size or piece.right < before.left or abs(piece.y - before.y) > size


def _read_font(raw: Any, handle: int) -> Font:
    if not handle:
        return Font(False, False, False)
    pointer = ctypes.cast(handle, raw.FPDF_FONT)
    name = _font_name(raw, pointer)
    flags = raw.FPDFFont_GetFlags(pointer)
    angle = ctypes.c_int()
    leans = bool(raw.FPDFFont_GetItalicAngle(pointer, angle)) and angle.value != 0
    return Font(
        bold=bool(_BOLD_NAME.search(name)) or raw.FPDFFont_GetWeight(pointer) >= 600 or bool(flags & _FLAG_FORCE_BOLD),
        italic=bool(_ITALIC_NAME.search(name)) or leans or bool(flags & _FLAG_ITALIC),
        symbol=bool(_SYMBOL_NAME.search(name)),
    )


def _font_name(raw: Any, pointer: Any) -> str:
    """The font's name without the prefix of a subset."""
    buffer = array_of(ctypes.c_char, _NAME_LENGTH)()
    length = raw.FPDFFont_GetBaseFontName(pointer, buffer, _NAME_LENGTH)
    if length > _NAME_LENGTH:
        buffer = array_of(ctypes.c_char, length)()
        raw.FPDFFont_GetBaseFontName(pointer, buffer, length)
    return bytes(buffer.value).decode("utf-8", "replace").split("+")[-1]


def read_pieces(raw: Any, text_page: Any) -> PageText:
    """The words of a page, in pieces of one style each."""
    total = max(0, raw.FPDFText_CountChars(text_page))
    count = min(total, MAX_CHARACTERS)
    reader = _TextReader(raw, text_page)
    text = _page_text(raw, text_page, count)
    pieces = [piece for piece in reader.pieces(text) if piece.style.size > TINY_SIZE]
    styles = tuple(reader.looks.values())
    faulty = {font for font, number in reader.faulty.items() if 2 * number > reader.checked[font]}
    plain = not NOT_PLAIN.search(text)
    garbled = not plain and ("\ufffd" in text or not "".join(text.split()).isprintable())
    doubted = (
        [piece for piece in pieces if piece.style.font in faulty or _is_garbage(piece)] if faulty or garbled else []
    )
    unmapped = sum(len(piece.text) for piece in doubted)
    plain = plain and not any(style.symbol for style in styles)
    return PageText(pieces, styles, plain, unmapped, total > count)


def _is_garbage(piece: Piece) -> bool:
    """Replacement characters, private letters and control codes where words should be."""
    if piece.text.isprintable() and "\ufffd" not in piece.text:
        return False
    odd = sum(1 for letter in piece.text if letter == "�" or unicodedata.category(letter) in ("Co", "Cn", "Cc"))
    return 2 * odd > len(piece.text) and not piece.style.symbol and len(piece.text) > 1


def _page_text(raw: Any, text_page: Any, count: int) -> str:
    """One letter for each of the page's characters, so that an index into the text is a character's index."""
    if not count:
        return ""
    # Of a few lengths only: the library makes a type for each.
    buffer = array_of(ctypes.c_ushort, (count // _STEP + 1) * _STEP)()
    got = raw.FPDFText_GetText(text_page, 0, count, buffer) - 1
    if got == count:
        text = bytes(memoryview(buffer).cast("B")[: 2 * count]).decode("utf-16-le", "surrogatepass")
        if len(text) == count:
            return text
    # Characters without a letter and those beyond the basic plane upset the count: ask for each by itself.
    codes = (raw.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join("�" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code) for code in codes)


def clean_letters(text: str, *, symbol: bool = False) -> str:
    """`text` in NFC with ligatures spelt out and bullets of symbol fonts as '•'; a soft hyphen stays only at the end.

    >>> clean_letters("eﬀekt")
    'effekt'
    """
    if symbol and len(text) == 1:
        return _CHECKS.get(text, "•")
    if not NOT_PLAIN.search(text):
        return text
    text = unicodedata.normalize("NFC", text.translate(_LETTERS))
    if "\u00ad" in text:
        end = "\u00ad" if text.endswith("\u00ad") and len(text) > 1 else ""
        text = text.replace("\u00ad", "") + end
    return "".join(letter for letter in text if letter.isprintable() or letter == "\u00ad")
