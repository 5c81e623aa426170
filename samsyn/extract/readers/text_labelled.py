"""Takes the cuts of running text and makes headings of the titles that flowed together in front of labels.

'… ringa hem samma kväll Skadegörelse Mål: …' holds the heading 'Skadegörelse': a label such as 'Mål:' that recurs opens
what each heading stands above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from samsyn.extract.readers.text_cuts import Cut, CutKind
from samsyn.extract.readers.text_hints import Hints
from samsyn.extract.readers.text_signs import Signs
from samsyn.extract.readers.text_web import open_words
from samsyn.extract.readers.text_words import RunningText, Word

_LONGEST_TITLE = 8
_LONGEST_LABEL = 4


def part_labelled(text: RunningText, cuts: Sequence[Cut], hints: Hints, signs: Signs) -> list[Cut]:
    """The cuts, with a heading for the title right before a label that stands in front of two paragraphs or more."""
    labels = {cut.start: _label_of(text, cut, hints) for cut in cuts}
    counts = Counter(label for label in labels.values() if label)
    parted: list[Cut] = []
    for cut, after in pairwise([*cuts, None]):
        if cut is None:
            break
        label = labels[after.start] if after is not None else ""
        title = _title_at(text, cut, after.start, signs) if after is not None and counts[label] > 1 and label else 0
        if title > cut.start + bool(cut.marker):
            parted.append(cut)
        parted.append(Cut(title, CutKind.HEADING) if title else cut)
    return parted


def _label_of(text: RunningText, cut: Cut, hints: Hints) -> str:
    """The known label with a colon that a paragraph begins with; empty when it begins with none."""
    if cut.kind is not CutKind.PARAGRAPH:
        return ""
    for stop in range(cut.start + 1, min(cut.start + _LONGEST_LABEL, len(text.words)) + 1):
        last = text.words[stop - 1]
        if last.text.endswith(":"):
            return text.key(cut.start, stop) if hints.is_heading(text.slice(cut.start, stop).rstrip(":")) else ""
        if last.closes:
            return ""
    return ""


def _title_at(text: RunningText, cut: Cut, stop: int, signs: Signs) -> int:
    """Where the title that ends at `stop` begins: a paragraph, the words behind its last sentence, or the end of an
    item; 0 for none."""
    words = text.words
    if cut.kind is CutKind.PARAGRAPH:
        behind = range(max(cut.start + 1, stop - _LONGEST_TITLE), stop)
        begun = next((at for at in reversed(behind) if _ends_sentence(words[at - 1])), cut.start)
        near = words[begun].is_upper and stop - begun <= _LONGEST_TITLE
        return begun if near and begun and _may_be_title(text, begun, stop, signs) else 0
    if cut.kind is not CutKind.ITEM:
        return 0
    first = max(cut.start + 2, stop - _LONGEST_TITLE)
    at = next((at for at in range(stop - 1, first - 1, -1) if words[at].is_upper), 0)
    before = words[at - 1]
    begins = at > 0 and before.core[:1].islower() and before.key not in open_words() and not before.closes
    return at if begins and not signs.is_name(at) and _may_be_title(text, at, stop, signs) else 0


def _ends_sentence(word: Word) -> bool:
    """False behind a colon: what a label tells is no title."""
    return word.text.endswith((".", "!", "?"))


def _may_be_title(text: RunningText, start: int, stop: int, signs: Signs) -> bool:
    return not any(word.closes for word in text.words[start:stop]) and signs.has_shape(start, stop)
