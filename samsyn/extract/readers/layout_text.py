"""Printed lines → one running text that knows where each line starts, what is bold and where the note marks stood.

Hyphens at line ends carry meaning in Swedish and are undone on evidence only: the words of the document itself tell
whether 'brottsföre-' + 'byggande' is one word, and that 'brotts-' + 'och' is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_cuts import KnownWords, Spelling, cut_words
from samsyn.extract.readers.layout_lines import TextLine, join_words
from samsyn.models.document import Emphasis, Line, NoteMark, Reading

_TAIL = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u00ad]$")
_HEAD = re.compile(r"^([^\W\d_]+)")
_LINE_END = "\n"
"""Stands between the words of two lines, which are no neighbours."""
_WORDS = re.compile(rf"[^\W\d_]+(?:-[^\W\d_]+)*|{_LINE_END}")
_OPEN_WEB = re.compile(r"(?:https?://|www\.)\S*$")
_WEB_SIGNS = tuple("/_.=&?")


class WordStock(NamedTuple):
    """The words a document uses within its lines, lower case, with their numbers; and words that hyphens hang on."""

    counts: Counter[str]
    spelling: Spelling
    joining: Collection[str] = ()
    """Conjunctions that a suspended hyphen stands before ('och'); the caller's to know, the reader has no Swedish."""

    def knows(self, word: str) -> bool:
        """True when the document has `word` somewhere inside a line."""
        return word.lower() in self.counts

    def is_small_word(self, word: str) -> bool:
        """True for a short word that stands by itself here and there, as conjunctions do."""
        if self.joining:
            return word.lower() in self.joining
        return len(word) <= 4 and self.counts[word.lower()] >= 2


def count_words(
    lines: Iterable[TextLine], joining: Collection[str] = (), known_words: KnownWords | None = None
) -> WordStock:
    """The stock of words in `lines`; lone words, and the last of a line that ends in a hyphen, don't count."""
    texts: list[str] = []
    for line in lines:
        # A lone word in a narrow column may be the first half of one that the column's edge cut, the first word of
        # the next line its second.
        if len(line.words) == 1:
            continue
        text = line.text
        if text[:1].islower() and line.x1 - line.x0 < 14 * line.size:
            text = text.partition(" ")[2]
        texts.append(text.rpartition(" ")[0] if text.endswith(("-", "\u00ad")) else text)
    words = _WORDS.findall(_LINE_END.join(texts).lower())
    counts = Counter(words)
    del counts[_LINE_END]
    return WordStock(counts, Spelling(counts, words, known_words), joining)


class Composed(NamedTuple):
    """A running text with its lines, emphasis and notes, ready for a block."""

    text: str
    lines: tuple[Line, ...]
    emphasis: tuple[Emphasis, ...]
    notes: tuple[NoteMark, ...]
    size: float
    readings: tuple[Reading, ...] = ()


def compose(lines: Sequence[TextLine], stock: WordStock, *, reach: float | None = None, skip: int = 0) -> Composed:
    """One text of `lines`, in order; the first `skip` words (a list marker) are left out.

    `reach` is how far the lines of a table cell can go: a narrow column cuts long words there without a hyphen.
    """
    builder = _Builder(stock)
    cuts = cut_words(lines, stock.spelling, reach) if reach is not None else frozenset()
    for index, line in enumerate(lines):
        builder.add(line, skip=skip if index == 0 else 0, cut=index in cuts)
    return builder.finish(lines)


class _Builder:
    def __init__(self, stock: WordStock) -> None:
        self.stock = stock
        self.parts: list[str] = []
        self.length = 0
        self.lines: list[Line] = []
        self.spans: list[tuple[int, int, bool, bool]] = []
        self.notes: list[NoteMark] = []
        self.readings: list[Reading] = []
        self.before: TextLine | None = None

    def add(self, line: TextLine, *, skip: int, cut: bool) -> None:
        self._join(line, cut=cut)
        self.lines.append(Line(self.length, line.page, line.box))
        if line.marks or not line.plain:
            self._add_words(line, skip)
        elif skip < len(line.words):
            self._write(join_words(line.words[skip:]) if skip else line.text)
        self.before = line

    def _add_words(self, line: TextLine, skip: int) -> None:
        """Writes a line word by word, with the emphasis, the note marks and the repairs in it."""
        marks = [(at, label) for at, label in line.marks if at >= skip]
        for index, word in enumerate(line.words):
            if index < skip:
                continue
            self._note(marks, index)
            if index > skip and not word.glued:
                self._write(" ")
            start = self.length
            self._write(word.text)
            if word.seen:
                self.readings.append(Reading(start, self.length, word.seen))
            if word.bold or word.italic:
                self.spans.append((start, self.length, word.bold, word.italic))
        self._note(marks, len(line.words))

    def _note(self, marks: list[tuple[int, str]], index: int) -> None:
        while marks and marks[0][0] <= index:
            self.notes.append(NoteMark(self.length, marks.pop(0)[1]))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _join(self, line: TextLine, *, cut: bool) -> None:
        """Writes what stands between the line before and this one, or takes its hyphen away."""
        before = self.before
        if before is None or not self.parts:
            return
        if (
            before.page == line.page
            and abs(before.baseline - line.baseline) < 0.65 * line.size
            and line.x0 >= before.x1
        ):
            self._write("\t")
            return
        match Join.NOTHING if cut else join_of(before, line, self.stock):
            case Join.SPACE:
                self._write(" ")
            case Join.DROP_HYPHEN:
                last = self.parts.pop()
                self.parts.append(last[:-1])
                self.length -= 1
                if self.readings and self.readings[-1].end > self.length:
                    repaired = self.readings[-1]
                    self.readings[-1] = repaired._replace(end=self.length, seen=repaired.seen.rstrip("-"))
                if self.spans and self.spans[-1][1] > self.length:
                    start, _, bold, italic = self.spans[-1]
                    self.spans[-1] = (start, self.length, bold, italic)
            case Join.NOTHING:
                pass

    def finish(self, lines: Sequence[TextLine]) -> Composed:
        sizes: dict[float, int] = {}
        for line in lines:
            sizes[line.size] = sizes.get(line.size, 0) + len(line.text)
        text = "".join(self.parts)
        size = max(sizes, key=sizes.__getitem__, default=0.0)
        return Composed(
            text, tuple(self.lines), merge_spans(text, self.spans), tuple(self.notes), size, tuple(self.readings)
        )


def merge_spans(text: str, spans: Iterable[tuple[int, int, bool, bool]]) -> tuple[Emphasis, ...]:
    """Stretches of emphasis, those joined that only spaces part."""
    merged: list[Emphasis] = []
    for start, end, bold, italic in spans:
        last = merged[-1] if merged else None
        if last and (last.bold, last.italic) == (bold, italic) and not text[last.end : start].strip():
            merged[-1] = Emphasis(last.start, end, bold, italic)
        elif end > start:
            merged.append(Emphasis(start, end, bold, italic))
    return tuple(merged)


class Join:
    """What stands between two lines of a text once they are joined."""

    SPACE = "space"
    NOTHING = "nothing"
    DROP_HYPHEN = "drop-hyphen"


def join_of(before: TextLine, line: TextLine, stock: WordStock) -> str:
    """How `line` goes on after `before`: with a space, at once, or at once without the hyphen."""
    text = before.text
    if text.endswith(("-", "\u00ad")):
        return _join_hyphen(text, line.text, stock)
    if text.endswith(("–", "—")) and text[-2:-1].isalnum():
        return Join.NOTHING
    if text.endswith(_WEB_SIGNS) and line.text[:1].islower() and _OPEN_WEB.search(text):
        return Join.NOTHING
    return Join.SPACE


def _join_hyphen(text: str, following: str, stock: WordStock) -> str:
    tail, head = _TAIL.search(text), _HEAD.match(following)
    if text.endswith("\u00ad"):
        return Join.DROP_HYPHEN
    if tail is None:
        # '2025-' + '12-31' goes on at once; a dash after a space is a dash.
        return Join.SPACE if text.endswith((" -", "--")) or text == "-" else Join.NOTHING
    if head is None:
        return Join.NOTHING if following[:1].isdigit() else Join.SPACE
    first, second = tail.group(1), head.group(1)
    if stock.knows(f"{first}-{second}"):
        return Join.NOTHING
    if stock.knows(first.rpartition("-")[2] + second) and second[:1].islower():
        return Join.DROP_HYPHEN
    if stock.is_small_word(second):
        return Join.SPACE
    if second[:1].isupper() or first[-1:].isupper() or len(first.rpartition("-")[2]) < 2:
        return Join.NOTHING
    return Join.DROP_HYPHEN
