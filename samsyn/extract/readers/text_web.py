"""Takes the lines of a text and sets apart what belongs to the web page or the printed page and not to the document."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from samsyn.extract.readers.text_draft import SourceLine
from samsyn.vocabulary.load import load_toml

_FRAME_LINES = 60
"""A page's frame above the document is no longer than this."""
_LONGEST_FRAME_LINE = 300
_LONGEST_CLOSING = 30
"""Characters of what a page says behind the last word of a document."""
_EDGE_LINES = 2
"""How many lines at the top and the bottom of a page may be a running header or footer."""
_LEAST_PAGES = 3
_LEAST_TEASERS = 3
_TEASERS_FROM = 4
"""Lines of a page above 'Relevanta dokument' where the document itself comes below the names of others."""


def open_words() -> frozenset[str]:
    """Small words that leave a phrase open: no heading ends with one."""
    return _words("open")


def finite_verbs() -> frozenset[str]:
    """Verbs that make a sentence of what would else be a title."""
    return _words("verbs")


def relative_words() -> frozenset[str]:
    """Words that make what follows a clause of the noun before them: 'Löften som gäller i år'."""
    return _words("relative")


def asking_words() -> frozenset[str]:
    """Words that begin a heading which is a question or the answer to one: 'Vad vi vill nå'."""
    return _words("asking")


def opening_words() -> frozenset[str]:
    """Words that begin a sentence more often than they stand with a capital within one."""
    return _words("openers")


def pointing_words() -> frozenset[str]:
    """Words that begin a short heading which points to what stands below it: 'Det vi vill åstadkomma'."""
    return _words("pointing")


def abbreviations() -> frozenset[str]:
    """Words written with a full stop that ends no sentence."""
    return _words("abbreviations")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load_toml("web.toml")["words"][kind])


class Body(NamedTuple):
    """The lines of the document itself, the lines around it, and whether it stood in the frame of a copy."""

    lines: tuple[SourceLine, ...]
    furniture: tuple[SourceLine, ...]
    framed: bool
    title: str
    """The title that the frame gives the document; empty where there is none."""
    blanked: int = 0
    """How many of the document's lines are blank only because furniture stood there."""


@cache
def _patterns(kind: str) -> re.Pattern[str]:
    """All patterns of `kind` as one, for whole lines; group names would clash, so they are dropped."""
    parts = (re.sub(r"\(\?P<\w+>", "(", entry["pattern"]) for entry in load_toml("web.toml")[kind])
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


def is_line(kind: str, text: str) -> bool:
    """True when `text` as a whole is a line of `kind`: line, start, end, closing, teaser or page."""
    return len(text) <= _LONGEST_FRAME_LINE * 4 and _patterns(kind).fullmatch(text.strip()) is not None


def without_closing(text: str) -> str:
    """The text without the words of the page at its very end, such as 'Till toppen'."""
    last = text.rstrip()
    starts = (at for at in range(len(last) - 1, max(-1, len(last) - _LONGEST_CLOSING), -1) if last[at - 1 : at] == " ")
    cut = next((at for at in starts if last[at].isupper() and is_line("closing", last[at:])), len(text))
    return text[:cut]


def set_apart(lines: tuple[SourceLine, ...]) -> Body:
    """The document's own lines and, apart, everything that the web page or the printed page put around them."""
    start, stop = _frame(lines)
    framed = start > 0
    teasers = range(0) if framed else _teasers(lines)
    title = next((line.text.strip() for line in lines[:start] if not line.is_blank), "") if framed else ""
    furniture = set(range(start)) | set(range(stop, len(lines)))
    furniture |= {index for index in range(start, stop) if _is_furniture(lines[index])}
    furniture |= _running_lines(lines) | _counted_lines(lines) | set(teasers)
    kept = tuple(line._replace(text="") if index in furniture else line for index, line in enumerate(lines))
    others = {*teasers, *range(stop, len(lines))}  # they tell of other documents
    outside = tuple(lines[index] for index in sorted(furniture - others) if not lines[index].is_blank)
    blanked = sum(start <= index < stop and not lines[index].is_blank for index in furniture)
    return Body(kept[start:stop], outside, framed, title, blanked)


def _is_furniture(line: SourceLine) -> bool:
    text = line.text.strip().strip("*_ ")
    if not text or len(text) > _LONGEST_FRAME_LINE:
        return False
    return is_line("line", text) or is_line("page", text)


def _frame(lines: tuple[SourceLine, ...]) -> tuple[int, int]:
    """Where the document begins and ends, by the marks of a page that shows a copy of it."""
    start = 0
    seen = 0
    for index, line in enumerate(lines):
        seen += not line.is_blank
        if seen > _FRAME_LINES:
            break
        if is_line("start", line.text):
            start = index + 1
            break
    return start, _end_of_frame(lines, start) if start else len(lines)


def _end_of_frame(lines: tuple[SourceLine, ...], start: int) -> int:
    """The first line that tells of other documents; a teaser's title stands on the line before it."""
    title = start
    for index in range(start, len(lines)):
        text = lines[index].text
        if lines[index].is_blank:
            continue
        if is_line("end", text):
            return index
        if is_line("teaser", text):
            return title if title > start and len(lines[title].text) < _LONGEST_FRAME_LINE else index
        title = index
    return len(lines)


def _teasers(lines: tuple[SourceLine, ...]) -> range:
    """The names of other documents below 'Relevanta dokument', three at least: to the end, or to a page's long line.

    Lines in the midst of a text stay: there the words are a heading of its own.
    """
    written = [index for index, line in enumerate(lines) if not line.is_blank]
    first = next((place for place, index in enumerate(written) if is_line("end", lines[index].text)), len(written))
    last = next(
        (place for place in range(first + 1, len(written)) if len(lines[written[place]].text) > _LONGEST_FRAME_LINE),
        len(written),
    )
    near = first <= _TEASERS_FROM or last == len(written)
    if first == len(written) or last - first <= _LEAST_TEASERS or not near:
        return range(0)
    return range(written[first], written[last] if last < len(written) else len(lines))


def _running_lines(lines: tuple[SourceLine, ...]) -> set[int]:
    """Lines that stand at the top or the bottom of at least three pages and of two pages in five, numbers aside."""
    pages: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.page is not None and not line.is_blank:
            pages.setdefault(line.page, []).append(index)
    edges = {index for page in pages.values() for index in page[:_EDGE_LINES] + page[-_EDGE_LINES:]}
    shapes = {index: _shape(lines[index].text) for index in edges if _may_run(lines[index].text)}
    counts = Counter(shapes.values())
    least = max(_LEAST_PAGES, 0.4 * len(pages))
    return {index for index, shape in shapes.items() if counts[shape] >= least}


def _may_run(text: str) -> bool:
    """False for a sentence: a running header is none."""
    return len(text) <= _LONGEST_FRAME_LINE and not text.rstrip().endswith((".", ":", ";"))


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split())).casefold()


def _counted_lines(lines: tuple[SourceLine, ...]) -> set[int]:
    """Lines that are a number alone and count the pages: at least three that rise by one."""
    numbers = [(index, int(line.text)) for index, line in enumerate(lines) if re.fullmatch(r"\s*\d{1,3}\s*", line.text)]
    found: set[int] = set()
    for (index, number), (following, next_number) in pairwise(numbers):
        if next_number == number + 1:
            found |= {index, following}
    return found if len(found) >= _LEAST_PAGES else set()
