"""Text layers that are there but wrong: which pages to recognise anew, and whether that reads better.

Fonts without a map, lost letters, and the bad recognition of an old scanner all leave a text that looks like one to a
program. A layer is doubted when too few of its words are known, too few of its letters follow each other as letters
do, or letters that no page of Swedish is without are missing; it is replaced only when what the page shows reads
clearly better. A page in another language is doubted, reads no better, and stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from samsyn.extract.ocr.lexis import Fluency, Lexis
from samsyn.extract.readers.layout_page import PageContent
from samsyn.extract.readers.pdf_cautions import FULL_PICTURE, has_text

_ENOUGH = 40
"""Words from which a page speaks for itself; one of fewer is judged with the document's others."""
_KNOWN, _LIKELY = 0.62, 0.955
"""Shares of known words and likely letters: a layer is doubted when both lie lower."""
_FEW_KNOWN, _UNLIKELY = 0.4, 0.92
"""The same for one of them alone: no sound page is so poor."""
_PICTURED_KNOWN, _PICTURED_LIKELY = 0.72, 0.955
"""Shares for the layer of a scanned page, which a recogniser has written: one of them is enough."""
_LONG_PAGE = 240
"""Words from which a third of them tells whether a page may be doubted at all."""
_SURE_KNOWN, _SURE_LIKELY = 0.7, 0.97
"""Shares of a third of the words that leave no doubt: either alone would do."""
_STRANGE = 0.006
"""Share of signs without meaning: one in twenty-five words has one."""
_MARKED, _MARKED_LETTERS = 0.008, 150
"""Share of å, ä and ö; hardly any page has less than 0.016, from so many letters on."""
_CLEARLY = 0.06
"""By how much more of its words must be known for a recognised page to take the place of its layer."""
_COMPLETE = 0.6
"""Share of the layer's letters that recognition must find at least."""


def doubted_layers(contents: Sequence[PageContent], lexis: Lexis) -> frozenset[int]:
    """The numbers of the pages whose text layer may be wrong."""
    if not lexis.words:
        return frozenset()
    layered = [content for content in contents if content.words and has_text(content)]
    own = {content.number: _fluency([content], lexis) for content in layered if not _is_plainly_sound(content, lexis)}
    few = any(text.words < _ENOUGH for text in own.values())
    whole = _fluency(layered, lexis) if few else Fluency(0, 0)
    return frozenset(
        content.number
        for content in layered
        if content.number in own
        and _is_doubtful(
            own[content.number] if own[content.number].words >= _ENOUGH else whole, pictured=_is_pictured(content)
        )
    )


def _is_plainly_sound(content: PageContent, lexis: Lexis) -> bool:
    """True for a long page, no scan, of which every third word already reads far better than a page that is doubted."""
    if len(content.words) < _LONG_PAGE or _is_pictured(content):
        return False
    part = lexis.fluency(word.text for word in content.words[::3])
    return part.known >= _SURE_KNOWN and part.likely >= _SURE_LIKELY and not part.strange and part.marked >= 2 * _MARKED


def better_read(recognised: Sequence[PageContent], layers: Sequence[PageContent], lexis: Lexis) -> frozenset[int]:
    """The numbers of the pages that read better as recognised than in their layers."""
    before = {content.number: content for content in layers}
    pooled = _reads_better(_fluency(recognised, lexis), _fluency([before[page.number] for page in recognised], lexis))
    better = set()
    for page in recognised:
        new, old = _fluency([page], lexis), _fluency([before[page.number]], lexis)
        if _reads_better(new, old) if max(new.words, old.words) >= _ENOUGH else pooled:
            better.add(page.number)
    return frozenset(better)


def _fluency(contents: Iterable[PageContent], lexis: Lexis) -> Fluency:
    return lexis.fluency(word.text for content in contents for word in content.words)


def _is_pictured(content: PageContent) -> bool:
    return content.picture_share >= FULL_PICTURE


def _is_doubtful(text: Fluency, *, pictured: bool) -> bool:
    if text.strange > _STRANGE or (text.letters >= _MARKED_LETTERS and not _is_marked(text)):
        return True
    if not text.words:
        return False
    if pictured:
        return text.known < _PICTURED_KNOWN or text.likely < _PICTURED_LIKELY
    return text.known < _FEW_KNOWN or text.likely < _UNLIKELY or (text.known < _KNOWN and text.likely < _LIKELY)


def _reads_better(new: Fluency, old: Fluency) -> bool:
    """True when recognition gave a text that is nearly whole and clearly more of one."""
    whole = new.letters >= _COMPLETE * old.letters or old.known < new.known / 2
    if not new.words or not whole or new.likely < _UNLIKELY or new.strange > _STRANGE + old.strange / 2:
        return False
    mended = (_is_marked(new) and not _is_marked(old)) or old.strange > _STRANGE
    return new.known - old.known >= (0 if mended else _CLEARLY)


def _is_marked(text: Fluency) -> bool:
    return text.marked >= _MARKED
