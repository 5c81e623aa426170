"""The pages of a PDF that are pictures → the same pages with the words, rules and shades seen in them.

Pages are rendered one after the other and recognised side by side, one Tesseract to a core; no more pages are in
memory than are being worked at. Each is kept in the cache as soon as it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import cache
from typing import NamedTuple

from samsyn.extract.ocr.cache import NoCache, PageCache
from samsyn.extract.ocr.doubts import doubt_layers, is_noise, judge_pages
from samsyn.extract.ocr.layer import better_read, doubted_layers
from samsyn.extract.ocr.lexis import Lexis
from samsyn.extract.ocr.missing import advise
from samsyn.extract.ocr.page import ScannedPage, scan_page
from samsyn.extract.ocr.repair import Stock
from samsyn.extract.ocr.settle import measure_type, settle_page
from samsyn.extract.ocr.tesseract import Engine, find_engine
from samsyn.extract.readers.layout_page import PageContent
from samsyn.extract.readers.pdf_cautions import has_text
from samsyn.extract.readers.pdf_pictures import open_pictures
from samsyn.extract.readers.pdf_reader import Recognition
from samsyn.programs import ProgramFailed

DPI = 200
"""Measured on scans of 150 to 300 dots an inch: more dots cost time and read no better."""

Progress = Callable[[int, int], None]
"""Told how many pages are recognised, of how many."""


class Settings(NamedTuple):
    """How pages are recognised."""

    mode: str = "auto"
    """'auto' for pages that need it, 'always' for all, 'never'."""
    language: str = "swe"
    cache: bool = True
    jobs: int = 1
    """Pages recognised side by side."""
    progress: Progress | None = None


def recognise_pages(
    data: bytes, password: str | None, contents: Sequence[PageContent], *, settings: Settings
) -> Recognition:
    """The pages, those that need it recognised, with what should be doubted about them.

    A page needs it that has no text, or whose text layer is doubted; the layer stays unless the picture reads better.
    """
    if settings.mode == "never":
        return Recognition(contents)
    unread = {content.number for content in contents if settings.mode == "always" or not has_text(content)}
    lexis = _lexis(settings.language)
    doubted = doubted_layers([content for content in contents if content.number not in unread], lexis)
    wanted = sorted(unread | doubted)
    if not wanted:
        return Recognition(contents)
    engine = find_engine()
    if engine is None or not engine.knows(settings.language):
        return Recognition(contents, cautions=doubt_layers(doubted), advice=advise(settings.language))
    pages = _scan(data, password, wanted, engine, settings)
    unreadable = [number for number, page in sorted(pages.items()) if is_noise(page, lexis)]
    pages |= {number: pages[number]._replace(words=(), dots=()) for number in unreadable}
    kind = measure_type(pages.values())
    stock = Stock(lexis, ((word.text, word.confidence) for page in pages.values() for word in page.words))
    seen = {
        content.number: settle_page(pages[content.number], kind, content, stock)
        for content in contents
        if content.number in pages
    }
    settled = [page for number, page in seen.items() if number in doubted]
    better = better_read(settled, [content for content in contents if content.number in doubted], lexis)
    taken = frozenset(number for number in seen if number not in doubted or number in better)
    return Recognition(
        [seen[content.number] if content.number in taken else content for content in contents],
        taken,
        judge_pages([pages[number] for number in sorted(taken)], better, unreadable),
    )


@cache
def _lexis(language: str) -> Lexis:
    """The words that documents in a language are expected to hold; none but Swedish ones are known."""
    from samsyn.vocabulary.words import known_words

    return Lexis(known_words() if "swe" in language.split("+") else frozenset())


def _scan(
    data: bytes, password: str | None, numbers: Iterable[int], engine: Engine, settings: Settings
) -> dict[int, ScannedPage]:
    """The recognised pages by number; a page that Tesseract fails over is left out."""
    cache = PageCache(data, engine.version, settings.language, str(DPI)) if settings.cache else NoCache()
    known = {number: page for number in numbers if (page := cache.get(number)) is not None}
    missing = [number for number in numbers if number not in known]
    report = settings.progress or (lambda _done, _total: None)
    total = len(known) + len(missing)
    if not missing:
        return known
    report(len(known), total)
    jobs = max(1, settings.jobs)
    with open_pictures(data, password) as pictures, ThreadPoolExecutor(jobs, thread_name_prefix="ocr") as pool:
        pending: set[Future[ScannedPage]] = set()
        try:
            for number in missing:
                if len(pending) > jobs:
                    pending = _collect(pending, known, cache, report, total)
                picture = pictures.render(number, DPI)
                pending.add(pool.submit(scan_page, picture.grey, number, picture.dpi, engine, settings.language))
            while pending:
                pending = _collect(pending, known, cache, report, total)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return known


def _collect(
    pending: set[Future[ScannedPage]], known: dict[int, ScannedPage], cache: PageCache, report: Progress, total: int
) -> set[Future[ScannedPage]]:
    done, rest = wait(pending, return_when=FIRST_COMPLETED)
    for future in done:
        try:
            page = future.result()
        except ProgramFailed:
            continue
        known[page.number] = page
        cache.put(page)
        report(len(known), total)
    return rest
