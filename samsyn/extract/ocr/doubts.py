"""What a reader should doubt about pages that were recognised, or ought to have been, as cautions in Swedish."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from samsyn.extract.ocr.lexis import Lexis
from samsyn.extract.ocr.page import ScannedPage
from samsyn.extract.readers.pdf_cautions import name_pages
from samsyn.models.source import Caution

UNSURE = 0.8
"""Mean trust in a page's letters below which it is named: about one word in ten is wrong there."""


_NO_TEXT, _NO_WORDS = 0.55, 0.25
"""Mean trust and share of known words below which what was recognised is no text."""
_TOLD_BY = 3
"""Letters of the words that are counted: shorter ones are met in grain by chance."""


def is_noise(page: ScannedPage, lexis: Lexis) -> bool:
    """True for a page on which letters were seen that are none: a photograph, a drawing, grain."""
    words = (word.text for word in page.words if len(word.text) >= _TOLD_BY)
    return page.confidence < _NO_TEXT and lexis.fluency(words).known < _NO_WORDS


def judge_pages(
    pages: Iterable[ScannedPage], replaced: Collection[int], unreadable: Sequence[int] = ()
) -> tuple[Caution, ...]:
    """The doubts about recognised pages.

    `replaced` are those whose text layer they take the place of, on `unreadable` ones nothing could be read.
    """
    return (*_judge(tuple(pages), replaced), *_judge_unreadable(unreadable))


def _judge_unreadable(numbers: Sequence[int]) -> Iterator[Caution]:
    if numbers:
        message = f"{name_pages(numbers)} är bild; ingen text gick att läsa."
        yield Caution(code="unreadable-pages", message=message)


def _judge(pages: Collection[ScannedPage], replaced: Collection[int]) -> Iterator[Caution]:
    read = [page.number for page in pages if page.words]
    scanned = sorted(set(read) - set(replaced))
    if scanned:
        message = f"{name_pages(scanned)} är bild och har lästs med teckentolkning; jämför med originalet."
        yield Caution(code="recognised-pages", message=message)
    if replaced:
        named = name_pages(sorted(replaced))
        message = f"{named} hade ett felaktigt textlager och har i stället lästs med teckentolkning."
        yield Caution(code="replaced-text-layer", message=message)
    unsure = [page.number for page in pages if page.words and page.confidence < UNSURE]
    if unsure:
        message = f"{name_pages(unsure)} är svårläst; ord kan vara fel eller saknas."
        yield Caution(code="unsure-pages", message=message)


def doubt_layers(numbers: Collection[int]) -> tuple[Caution, ...]:
    """The doubt about pages whose text layer seems wrong and that can't be recognised."""
    if not numbers:
        return ()
    message = f"{name_pages(sorted(numbers))} har ett textlager som verkar vara felaktigt; innehåll kan saknas."
    return (Caution(code="doubtful-text-layer", message=message),)
