"""Sorted paragraphs in, headings out: those that style or outline level state, and those set apart by type alone.

A short paragraph wholly in bold or in larger type, on a line of its own and not ending like a sentence, is a heading;
its rank follows from its size, then weight, then capitals, measured against the stated headings of the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from samsyn.extract.readers.docx_lists import Entry, goes_on
from samsyn.extract.readers.docx_ranks import rank_headings, type_of
from samsyn.extract.readers.docx_text import RichText

LONGEST_BOLD = 120
LONGEST_LARGE = 200
LONGEST_UNDERLINED = 60
LONGEST_STATED = 240
"""Letters; a stated heading longer than this that ends in a full stop is running text in the wrong style."""
MOST_LINES = 4
LARGER = 1.12
"""Times the body's size; 12 against 11 points is told by few readers, 13 against 11 by all."""
RUN_IS_NO_HEADINGS = 4
"""So many bold lines in a row with nothing between them are a bold text, such as names or an address."""
RUNNING_TEXT = 60
SHORT_SENTENCE = 25

ENDS_LIKE_SENTENCE = re.compile(r"(?:(?<!\b\w)(?<!\.\w)\.|;|,|\.\.\.|…)[”\"')\]]*$")
SENTENCE_INSIDE = re.compile(r"[^\W\d_]{3,}[.!?]\s+[^\W\d_]")
ADDRESS = re.compile(r"www\.|://|@")
"""Addresses of the web are underlined for another reason."""
QUOTED = re.compile(r"^[”\"“»].*[”\"“«»][.!?]?$", re.DOTALL)


class Body(NamedTuple):
    """The type of the running text, against which lines are set apart."""

    size: float
    bold: bool


def measure_body(texts: Iterable[RichText]) -> Body | None:
    """The prevailing type of what reads like running text; None when there is no such text."""
    sizes: Counter[float] = Counter()
    weights: Counter[bool] = Counter()
    for text in texts:
        if len(text.text) >= RUNNING_TEXT and text.size is not None:
            sizes[text.size] += len(text.text)
            weights[text.is_bold] += len(text.text)
    if not sizes:
        return None
    return Body(sizes.most_common(1)[0][0], weights.most_common(1)[0][0])


def set_ranks(entries: Sequence[Entry | None], body: Body) -> list[Entry | None]:
    """The entries with the rank of each heading; None stands for a table between them."""
    stated = [_is_stated(entry) for entry in entries]
    assumed = [not said and _is_set_apart(entries, index, body) for index, said in enumerate(stated)]
    _add_ended(entries, stated, assumed, body)
    _drop_bold_runs(entries, assumed, body)
    _drop_slogans(entries, stated, assumed, body)
    _drop_last(entries, stated, assumed)
    ranks = rank_headings(
        [entry for entry, said in zip(entries, stated, strict=True) if said and entry is not None],
        [entry for entry, said in zip(entries, assumed, strict=True) if said and entry is not None],
    )
    return [
        entry if entry is None or not (stated[index] or assumed[index]) else replace(entry, rank=ranks[id(entry)])
        for index, entry in enumerate(entries)
    ]


def split_headlines(text: RichText, body: Body) -> list[RichText]:
    """Bold lines and the running text after their manual breaks, apart; the text alone when there are none.

    A name in bold over a role stays one: what follows must read like running text.
    """
    if "\n" not in text.text or body.bold:
        return [text]
    lines = _lines(text)
    cuts: list[int] = []
    for index, (start, line) in enumerate(lines[:-1]):
        after_text = index == 0 or not lines[index - 1][1].is_bold
        if after_text and _is_headline(line, lines[index + 1][1]):
            cuts += [start, lines[index + 1][0]]
    ends = [*cuts, len(text.text)]
    parts = [text.part(start, end) for start, end in pairwise([0, *ends])] if cuts else [text]
    return [part for part in parts if part.text]


def _lines(text: RichText) -> list[tuple[int, RichText]]:
    starts = [0, *(found.end() for found in re.finditer("\n", text.text))]
    return [(start, text.part(start, end)) for start, end in pairwise([*starts, len(text.text) + 1])]


def _is_headline(line: RichText, below: RichText) -> bool:
    reads_on = len(below.text) >= RUNNING_TEXT or (below.text.endswith(".") and len(below.text) >= SHORT_SENTENCE)
    starts_bold = any(span.bold and span.start == 0 for span in below.emphasis)
    return line.is_bold and reads_on and not starts_bold and _reads_like_heading(line, LONGEST_BOLD)


def _is_stated(entry: Entry | None) -> bool:
    if entry is None or not (entry.paragraph.outline or entry.paragraph.style.is_rankless_heading):
        return False
    text = entry.full.text
    return not (len(text) > LONGEST_STATED and text.endswith("."))


def _is_set_apart(entries: Sequence[Entry | None], index: int, body: Body) -> bool:
    entry = entries[index]
    if entry is None or not entry.paragraph.style.may_be_heading or _is_list_style(entry):
        return False
    larger = _is_larger(entry.full, body)
    if entry.marker and not (entry.ordered and (larger or _stands_alone(entries, index))):
        return False
    if entry.full.is_bold and (larger or not body.bold):
        return _is_bold_heading(entry, larger=larger)
    if larger:
        # Large italics are the words of a guest, pulled out of the text.
        return not _is_italic(entry.full) and _reads_like_heading(entry.full, LONGEST_LARGE)
    return _is_underlined_heading(entries, index)


def _is_bold_heading(entry: Entry, *, larger: bool) -> bool:
    # In larger type, or when Word is told to keep it with what follows, even a line with a full stop is a heading.
    if not larger and not entry.paragraph.shape.keep_next:
        return _reads_like_heading(entry.full, LONGEST_BOLD)
    text = entry.full.part(0, len(entry.full.text) - 1) if entry.full.text.endswith(".") else entry.full
    return _reads_like_heading(text, LONGEST_LARGE)


def _is_underlined_heading(entries: Sequence[Entry | None], index: int) -> bool:
    """True for an underlined line over running text, a list or a table, as on a typewriter."""
    entry = entries[index]
    if entry is None or entry.marker or not entry.full.underlined or ADDRESS.search(entry.full.text):
        return False
    below = entries[index + 1] if index + 1 < len(entries) else entry
    heads = below is None or (below is not entry and (bool(below.marker) or len(below.full.text) >= RUNNING_TEXT))
    return heads and _reads_like_heading(entry.full, LONGEST_UNDERLINED)


def _is_italic(text: RichText) -> bool:
    return sum(span.end - span.start for span in text.emphasis if span.italic) >= 0.9 * len(text.text)


def _is_list_style(entry: Entry) -> bool:
    style = entry.paragraph.style
    return style.list_depth is not None or style.is_ordered_list


def _is_larger(text: RichText, body: Body) -> bool:
    return text.size is not None and text.size >= LARGER * body.size


def _reads_like_heading(text: RichText, longest: int) -> bool:
    words = text.text
    letters = sum(letter.isalpha() for letter in words)
    return (
        letters >= 2
        and len(words) <= longest
        and "\t" not in words
        and words.count("\n") < MOST_LINES
        and not ENDS_LIKE_SENTENCE.search(words)
        and not SENTENCE_INSIDE.search(words)
        and not QUOTED.match(words)
    )


def _add_ended(entries: Sequence[Entry | None], stated: Sequence[bool], assumed: list[bool], body: Body) -> None:
    """Bold lines right above a list and set as another heading is are headings, full stop or not."""
    types = {
        type_of(entry)
        for entry, said, guessed in zip(entries, stated, assumed, strict=True)
        if entry is not None and (said or guessed)
    }
    for index, (entry, below) in enumerate(pairwise(entries)):
        if entry is None or below is None or stated[index] or assumed[index] or body.bold or entry.marker:
            continue
        above_list = bool(below.marker) and not below.full.is_bold and entry.full.is_bold
        if above_list and entry.full.text.endswith(".") and type_of(entry) in types:
            bare = entry.full.part(0, len(entry.full.text) - 1)
            assumed[index] = entry.paragraph.style.may_be_heading and _reads_like_heading(bare, LONGEST_BOLD)


def _stands_alone(entries: Sequence[Entry | None], index: int) -> bool:
    """True for a numbered line with no item of the same list next to it: '1. Bakgrund' over its text."""
    entry = entries[index]
    before = entries[index - 1] if index else None
    after = entries[index + 1] if index + 1 < len(entries) else None
    return entry is not None and not goes_on(before, entry) and not goes_on(entry, after)


def _drop_bold_runs(entries: Sequence[Entry | None], assumed: list[bool], body: Body) -> None:
    begin = 0
    for index in range(len(entries) + 1):
        if index < len(entries) and assumed[index] and _same_plain_type(entries[begin], entries[index], body):
            continue
        if index - begin >= RUN_IS_NO_HEADINGS and assumed[begin]:
            assumed[begin:index] = [False] * (index - begin)
        begin = index


def _same_plain_type(first: Entry | None, second: Entry | None, body: Body) -> bool:
    if first is None or second is None or _is_larger(second.full, body):
        return False
    return type_of(first) == type_of(second)


def _drop_slogans(entries: Sequence[Entry | None], stated: Sequence[bool], assumed: list[bool], body: Body) -> None:
    """Centred bold lines of the text's size within running text are slogans where headings are not centred."""
    plain = [
        index
        for index, entry in enumerate(entries)
        if assumed[index] and entry is not None and not _is_larger(entry.full, body)
    ]
    centred = [index for index in plain if _is_centred(entries[index])]
    if len(centred) >= len(plain) - len(centred) + sum(stated):
        return
    texts = [
        entry is not None and len(entry.full.text) >= RUNNING_TEXT and not (stated[index] or assumed[index])
        for index, entry in enumerate(entries)
    ]
    for index in centred:
        if 0 < index < len(entries) - 1 and texts[index - 1] and texts[index + 1]:
            assumed[index] = False


def _is_centred(entry: Entry | None) -> bool:
    return entry is not None and entry.paragraph.shape.alignment == "center"


def _drop_last(entries: Sequence[Entry | None], stated: Sequence[bool], assumed: list[bool]) -> None:
    """A line with nothing below it heads nothing: the last bold lines are names or a place and date."""
    for index in range(len(entries) - 1, -1, -1):
        if not assumed[index] or stated[index]:
            return
        assumed[index] = False
