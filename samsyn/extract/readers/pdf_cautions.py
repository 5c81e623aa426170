"""What a reader should doubt about the pages of a PDF: scanned, unreadable or cut pages, as cautions in Swedish."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from samsyn.extract.readers.layout_page import PageContent
from samsyn.models.source import Caution

FULL_PICTURE = 0.75
"""Share of the page from which a picture counts as a scan of all of it."""
FEW_LETTERS = 60
"""A scanned page may carry a stamp or page number as text."""
BROKEN = 0.3
"""Share of letters without meaning from which a page's text layer is doubted."""
USELESS = 0.7
MANY_STROKES = 800
"""Drawn segments on a page without text that may be letters drawn as outlines."""


def count_letters(page: PageContent) -> int:
    """How many letters the page's words hold."""
    return sum([len(word.text) for words in (page.words, page.turned) for word in words])


def has_text(page: PageContent) -> bool:
    """False for a page that is only a picture, or whose letters have no meaning; an empty page has nothing to miss."""
    if page.unmapped and page.unmapped > USELESS * count_letters(page):
        return False
    if page.picture_share >= FULL_PICTURE:
        return count_letters(page) >= FEW_LETTERS
    has_words = bool(page.words or page.turned)
    return has_words or (page.picture_share < 0.2 and page.strokes < MANY_STROKES)


def _is_garbled(page: PageContent) -> bool:
    letters = count_letters(page) if page.unmapped else 0
    return letters > 0 and page.unmapped > BROKEN * letters


def _is_scanned(page: PageContent) -> bool:
    return not has_text(page) and not _is_garbled(page)


def _has_layer(page: PageContent) -> bool:
    """True for a text layer under or over the picture of a whole page."""
    return has_text(page) and page.picture_share >= FULL_PICTURE


_KINDS: tuple[tuple[str, Callable[[PageContent], bool], str], ...] = (
    ("scanned-pages", _is_scanned, "{pages} saknar läsbar text (bara bild) och har inte lästs."),
    ("ocr-text-layer", _has_layer, "{pages}: texten kommer från en skanners teckentolkning och kan ha fel."),
    ("broken-text-layer", _is_garbled, "{pages} har ett textlager som inte går att tyda; innehåll kan saknas."),
    ("cut-pages", lambda page: page.cut, "{pages} har mer innehåll än som kan läsas; resten saknas."),
)

_UNREAD = ("scanned-pages", "broken-text-layer")


def find_cautions(pages: Sequence[PageContent], broken: Sequence[int], advice: str = "") -> tuple[Caution, ...]:
    """One caution for each kind of doubt, naming its pages; `broken` are pages that could not be loaded.

    `advice` says what would let pages without usable text be read.
    """
    cautions = []
    if broken:
        message = f"{name_pages(broken)} går inte att läsa: filen är skadad."
        cautions.append(Caution(code="broken-pages", message=message))
    for code, concerns, message in _KINDS:
        numbers = [page.number for page in pages if concerns(page)]
        if numbers:
            text = message.format(pages=name_pages(numbers))
            cautions.append(Caution(code=code, message=f"{text} {advice}".rstrip() if code in _UNREAD else text))
    return tuple(cautions)


def name_pages(numbers: Sequence[int]) -> str:
    """Page numbers for a person, runs as spans.

    >>> name_pages([1, 2, 3, 7])
    'Sidorna 1–3, 7'
    """
    return ("Sida " if len(numbers) == 1 else "Sidorna ") + join_spans(numbers)


def join_spans(numbers: Sequence[int]) -> str:
    """Numbers in rising order, runs as spans: '1–3, 7'."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
