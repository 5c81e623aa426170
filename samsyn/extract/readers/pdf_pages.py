"""A PDF's bytes → one `PageContent` a page, read lazily; a broken page comes as its number alone.

Each page is loaded, read and released once. pdfium is not thread-safe: use processes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers.layout_page import PageContent, Word
from samsyn.extract.readers.pdf_characters import NOT_PLAIN, PageText, Piece, Style, clean_letters, read_pieces
from samsyn.extract.readers.pdf_drawing import Drawing, read_drawing
from samsyn.extract.readers.pdf_forms import calls_explode
from samsyn.extract.readers.pdf_frame import Frame, frame_of, quarter_of
from samsyn.limits import FORM_CALLS, PAGES
from samsyn.models.source import Box

ASCENT, DESCENT = 0.78, 0.22
"""How far a letter's box reaches from the baseline, in type sizes."""

NEAR = 2.0
"""Points by which a word that is drawn a second time, for boldness, may be moved."""

_ERROR_PASSWORD = 4
_ERROR_SECURITY = 5


@dataclass(frozen=True, slots=True)
class PdfPages:
    """An opened file: how many pages it has and the pages one by one; a broken page comes as its number alone."""

    count: int
    pages: Iterator[PageContent | int]


def open_pdf(data: bytes, *, file: str, password: str | None = None, max_pages: int = PAGES) -> PdfPages:
    """The pages of the PDF in `data`, read lazily in order.

    Raises UnreadableDocument when the bytes are no PDF, cut off, encrypted, without pages or with too many.
    """
    _check_bytes(data, file)
    if calls_explode(data, password):
        reason = f"its drawings call one another more than {FORM_CALLS} times on a page (a bomb?)"
        raise UnreadableDocument(file, reason)
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(file, _reason(error, password)) from error
    if count == 0 or count > max_pages:
        document.close()
        many = f"{count} pages are more than the limit of {max_pages} (--max-pages)"
        reason = many if count else "the document has no pages"
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
    from pypdfium2 import raw

    pages: list[Any] = []
    try:
        for index in range(count):
            if page := raw.FPDF_LoadPage(document.raw, index):
                pages.append(page)
            # A page stays open until the next is loaded, which nearly always has the same fonts: pdfium keeps them only
            # as long as a page does.
            while len(pages) > 1:
                raw.FPDF_ClosePage(pages.pop(0))
            content = _read_page(page, index + 1) if page else None
            yield index + 1 if content is None else content
    finally:
        for page in pages:
            raw.FPDF_ClosePage(page)
        document.close()


def _read_page(page: Any, number: int) -> PageContent | None:
    """The content of one page, or None when pdfium can't load its text."""
    from pypdfium2 import raw

    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        return None
    try:
        return _content(raw, page, text_page, number)
    finally:
        raw.FPDFText_ClosePage(text_page)


def _content(raw: Any, page: Any, text_page: Any, number: int) -> PageContent:
    frame = frame_of(raw, page)
    text = read_pieces(raw, text_page)
    turn = _main_turn(text, frame.turns)
    upright = frame._replace(turns=(frame.turns + turn) % 4)
    drawn = read_drawing(raw, page, upright)
    pieces, hidden = _visible(text, drawn, upright)
    words, turned = _place_words(pieces, upright, text)
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
        unmapped=text.unmapped,
        hidden=hidden,
        strokes=drawn.segments,
        cut=text.cut or drawn.cut,
        turn=turn,
    )


def _main_turn(text: PageText, page_turns: int) -> int:
    """The quarter turns that bring most of the letters upright, counted from the page as seen."""
    if text.pieces and len({style.angle for style in text.styles}) == 1:
        return quarter_of(text.styles[0].angle, page_turns) or 0
    angles: Counter[float] = Counter()
    for piece in text.pieces:
        angles[piece.style.angle] += len(piece.text)
    letters: Counter[int] = Counter()
    for angle, number in angles.items():
        quarter = quarter_of(angle, page_turns)
        if quarter is not None:
            letters[quarter] += number
    if not letters:
        return 0
    quarter, number = letters.most_common(1)[0]
    return quarter if 10 * number > 7 * letters.total() else 0


def _visible(text: PageText, drawn: Drawing, frame: Frame) -> tuple[list[Piece], int]:
    """The pieces a reader can see, and how many hidden letters were kept as the text layer of a picture."""
    pieces = text.pieces
    if not any(style.hidden or style.white for style in text.styles):
        return pieces, 0
    shown = [piece for piece in pieces if not piece.style.hidden]
    shown = [piece for piece in shown if not piece.style.white or _on_dark(piece, drawn, frame)]
    hidden = [piece for piece in pieces if piece.style.hidden]
    letters = sum(len(piece.text) for piece in hidden)
    width, height = frame.size
    pictured = drawn.picture > 0.3 * width * height
    if hidden and (pictured or letters > sum(len(piece.text) for piece in shown)):
        return [piece for piece in pieces if piece.style.hidden or piece in shown] if shown else hidden, letters
    return shown, 0


def _on_dark(piece: Piece, drawn: Drawing, frame: Frame) -> bool:
    x0, top, x1, bottom = frame.box(piece.left, piece.bottom, piece.right, piece.top)
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    if drawn.picture:
        return True
    return any(shade.x0 <= x <= shade.x1 and shade.top <= y <= shade.bottom for shade in drawn.shades)


def _place_words(pieces: list[Piece], frame: Frame, text: PageText) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The upright words and the turned ones among the page's text, in the order the file draws them."""
    width, height = frame.size
    words: list[Word] = []
    turned: list[Word] = []
    quarters = {style.angle: quarter_of(style.angle, frame.turns) for style in text.styles}
    # Pages have thousands of words: plain names, and numbers of one kind, take half of the time.
    edge, _, _, ceiling, turns = frame
    least, widest, deepest, largest = -1.0, width + 1.0, height + 2.0, max(width, height)
    new, plain = tuple.__new__, text.plain
    known: Style | None = None
    upright = bold = italic = symbol = False
    size = ascent = descent = 0.0
    for written, style, x, y, left, low, right, high, glued in pieces:
        if style is not known:
            known, size, bold, italic, symbol = style, style.size, style.bold, style.italic, style.symbol
            upright = quarters[style.angle] == 0
            ascent, descent = ASCENT * size, DESCENT * size
        letters = written
        if not plain and (symbol or NOT_PLAIN.search(written)):
            letters = clean_letters(written, symbol=symbol)
        if not letters:
            continue
        if upright and not turns:
            x0, x1, baseline = left - edge, right - edge, ceiling - y
        else:
            x0, top, x1, bottom = frame.box(left, low, right, high)
            _, baseline = frame.point(x, y)
        if upright:
            # Fonts tell absurd heights or none, and pdfium those of the letters at hand: one rule for all, even lines.
            top, bottom = baseline - ascent, baseline + descent
        # Of letters larger than the page nobody sees what they say.
        if least <= 0.5 * (x0 + x1) <= widest and least <= baseline <= deepest and size <= largest:
            # As Word(...) does, without its call.
            word = new(Word, (letters, x0, top, x1, bottom, baseline, size, bold, italic, glued, ""))
            (words if upright else turned).append(word)
    return _merge_doubles(words), tuple(turned)


def _merge_doubles(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, one for those drawn a second time at nearly the same place: so some programs make them bold."""
    first_of: dict[int, int] = {}
    rows: dict[int, dict[str, tuple[int, ...]]] = {}
    level = inf
    for index, word in enumerate(words):
        text, baseline = word[0], word[5]
        if baseline != level:
            level, row = baseline, int(baseline / NEAR)
            here = rows.setdefault(row, {})
            beside = [rows[near] for near in (row - 1, row + 1) if near in rows]
        if text in here or beside:
            alike = sorted(other for there in (here, *beside) for other in there.get(text, ()))
            first = next((other for other in alike if _is_near(words[other], word)), None)
            if first is not None:
                first_of[index] = first
                continue
        here[text] = (*here[text], index) if text in here else (index,)
    if not first_of:
        return tuple(words)
    twice = set(first_of.values())
    numbered = ((index, word) for index, word in enumerate(words) if index not in first_of)
    return tuple(word._replace(bold=True) if index in twice else word for index, word in numbered)


def _is_near(first: Word, second: Word) -> bool:
    return abs(first.x0 - second.x0) < NEAR and abs(first.baseline - second.baseline) < NEAR


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
            bullets.append(text._replace(text="•", x0=dot.x0, x1=dot.x1, bold=False, italic=False, glued=False))
    return (*words, *bullets)
