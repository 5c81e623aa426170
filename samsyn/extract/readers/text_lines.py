"""Takes tidied text and gives its lines with their pages, and how they are laid out: wrapped or not, spaced or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from samsyn.extract.readers.text_draft import SourceLine

_WIDEST_WRAP = 140
_NARROWEST_WRAP = 40
_LEAST_LINES = 8


class Layout(NamedTuple):
    """How a text is set: the width it is wrapped at (0 when it is not), and whether blank lines part its paragraphs."""

    width: int
    spaced: bool


def split_lines(text: str) -> tuple[SourceLine, ...]:
    """The lines of `text`; with form feeds in it, each knows its page from 1."""
    pages = text.rstrip("\f\n ").split("\f")
    numbered = len(pages) > 1
    return tuple(
        _make_line(line, number if numbered else None)
        for number, page in enumerate(pages, start=1)
        for line in page.split("\n")
    )


def _make_line(line: str, page: int | None) -> SourceLine:
    text = line.rstrip(" ")
    hard = line.endswith("  ") and bool(text)
    if text.endswith("\\") and not text.endswith("\\\\"):
        return SourceLine(text[:-1], page, hard=True)
    return SourceLine(text, page, hard)


def measure_layout(lines: tuple[SourceLine, ...], *, blanked: int = 0) -> Layout:
    """The layout of `lines`, by the lengths of those that look like running text; `blanked` blank lines are none."""
    lengths = sorted(len(line.text) for line in lines if not line.is_blank and "\t" not in line.text)
    if not lengths:
        return Layout(0, True)
    blank = sum(line.is_blank for line in lines) - blanked
    spaced = blank >= 0.06 * len(lines) or len(lengths) < 4
    widest = lengths[min(len(lengths) - 1, int(0.96 * len(lengths)))]
    full = sum(length >= 0.8 * widest for length in lengths)
    wrapped = len(lengths) >= _LEAST_LINES and _NARROWEST_WRAP <= widest <= _WIDEST_WRAP and full >= 0.3 * len(lengths)
    return Layout(widest if wrapped else 0, spaced)


_BLOCK_TAG = re.compile(
    r"<(?P<close>/)?(?P<name>p|div|h[1-6]|li|ul|ol|hr|section|article|header|footer|main|body|html|head|blockquote|"
    r"center|dl|dt|dd|title|meta|link|!doctype)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)


def drop_hidden(text: str) -> str:
    """`text` without scripts, style sheets and comments, their line ends kept."""
    if "<" not in text:
        return text
    return _HIDDEN.sub(lambda match: "\n" * match.group().count("\n"), text)


def open_tags(lines: tuple[SourceLine, ...]) -> tuple[SourceLine, ...]:
    """The lines with HTML headings, paragraphs and list items on lines of their own, as Markdown would write them.

    Lines that hold table cells are left as they are.
    """
    return tuple(opened for index, line in enumerate(lines) for opened in _open_line(lines, index, line))


def _open_line(lines: tuple[SourceLine, ...], index: int, line: SourceLine) -> Iterator[SourceLine]:
    if "<" not in line.text or not _BLOCK_TAG.search(line.text) or _is_in_row(lines, index):
        yield line
        return
    for part in _BLOCK_TAG.sub(_mark_up, line.text).split("\n"):
        yield line._replace(text=part.rstrip())


def _is_in_row(lines: tuple[SourceLine, ...], index: int) -> bool:
    """True when the line is part of a table's row: it holds a tab or a bar, or a line soon after it does."""
    for line in lines[index : index + 8]:
        if "\t" in line.text or line.text.count("|") >= 2 or re.search(r"</?t[drh]\b", line.text, re.IGNORECASE):
            return True
        if not line.is_blank and not line.text.lstrip().lower().startswith("<p"):
            return False
    return False


def _mark_up(match: re.Match[str]) -> str:
    name = match["name"].lower()
    if match["close"]:
        return "\n" if name in ("li", "ul", "ol") else "\n\n"
    if name[0] == "h" and name[1:].isdigit():
        return "\n\n" + "#" * int(name[1]) + " "
    if name == "hr":
        return "\n\n---\n\n"
    return "\n- " if name == "li" else "\n\n" if name not in ("ul", "ol") else "\n"


_HYPHEN_END = re.compile(r"(?P<head>[^\W\d_]{2,})[-‐]$")
_WORD = re.compile(r"[^\W\d_]+")


class Joiner:
    """Joins lines of one text; knows the text's words, to tell a hyphen at a line end from a broken word."""

    def __init__(self, words: Counter[str]) -> None:
        self._words = words

    def glue(self, left: str, right: str) -> tuple[str, str]:
        """What `left` becomes, and what stands between it and `right` when they are one running text.

        'brotts-' before 'och' keeps its hyphen; 'brottsföre-' before 'byggande' loses it.
        """
        broken = _HYPHEN_END.search(left.rstrip())
        follower = _WORD.match(right.lstrip())
        if not broken or not follower or not follower.group()[0].islower():
            return left, " "
        tail = follower.group()
        whole = self._words[(broken["head"] + tail).lower()]
        if not whole and self._words[tail] > 1 and self._words[tail] >= 2 * self._words[broken["head"].lower()]:
            return left, " "
        return left.rstrip()[:-1], ""


def count_words(lines: tuple[SourceLine, ...]) -> Counter[str]:
    """How often each word stands in `lines`, in lower case."""
    return Counter(word.lower() for line in lines for word in _WORD.findall(line.text))


_ENDED = re.compile(r"[.!?:;…][\"”’'»)\]*_]*(?:</\w+>)*[*_]*$")


def has_ended(text: str) -> bool:
    """True when `text` closes with the sign of a finished sentence or lead-in."""
    return _ENDED.search(text.rstrip()) is not None


def goes_on(text: str) -> bool:
    """True when `text` begins as the middle of a sentence does: in lower case."""
    head = text.lstrip().lstrip("*_\"”“'(»«")
    return head[:1].islower()
