"""Takes the papers of a document, gives the labelled values of its control tables, covers and letterheads.

'Beslutad av | Kommunfullmäktige' is a field, and so are 'Dnr: KS 2019/12' on a line, a row of labels above a row of
values, and a block of labels followed by a block of values (a transcript's way).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from samsyn.extract.dates import find_days, find_spans, is_open_ended
from samsyn.extract.finders.bodies import find_bodies
from samsyn.extract.finders.diary_forms import starts_with_diary_number
from samsyn.extract.finders.measure_cards import is_card
from samsyn.extract.finders.passages import Paper, Stretch, cell_blocks, lines_of, sentences_of
from samsyn.extract.finders.wording import first_words, words_under
from samsyn.models.document import Block, Cell
from samsyn.vocabulary.lexicon import load_lexicon
from samsyn.vocabulary.phrases import words_in

_LONGEST_VALUE = 300
"""Longer text under a label is a section of prose, not a value."""
_LONGEST_LABEL = 50
_LONGEST_NOTE = 120
_HEAD = re.compile(r"§|\w+")
_LONGEST_LINE = 600
"""Longer lines are whole pages of a transcript."""


class Field(NamedTuple):
    """A labelled value: the label's meaning, the value, the paper, and whether it is a fact of the document itself.

    `is_fact` is true in a control table, on a cover and under a heading on validity; 'Tid' in an activity card is none.
    """

    meaning: str
    value: Stretch
    paper: Paper
    is_fact: bool = True


def find_fields(papers: Iterable[Paper]) -> tuple[Field, ...]:
    """Every field of the papers in order; an empty value gives none."""
    return tuple(field for paper in papers for field in _fields_of(paper))


def _fields_of(paper: Paper) -> Iterator[Field]:
    run: list[Stretch] = []
    for block in paper.blocks:
        if block.table is None:
            run.extend(lines_of(block))
            continue
        yield from _fields_of_lines(run, paper)
        run = []
        yield from _fields_of_table(block, paper)
    yield from _fields_of_lines(run, paper)


def label_meaning(text: str) -> str | None:
    """The meaning of a text that is a label and nothing else, or None."""
    if len(text) > _LONGEST_LABEL:
        return None
    return load_lexicon("metadata.toml", "label").meaning(text)


def _fields_of_table(block: Block, paper: Paper) -> Iterator[Field]:
    """The fields of a table; it is a control table when any of its labels speaks of the document alone."""
    fields = list(_read_table(block, paper))
    told = any(field.meaning not in _LOOSE for field in fields) and not (block.table and is_card(block.table))
    facts = told or paper.is_cover(block)
    yield from (field._replace(is_fact=facts) for field in fields)


def _read_table(block: Block, paper: Paper) -> Iterator[Field]:
    rows = block.table.rows() if block.table is not None else ()
    above: tuple[Cell | None, ...] = ()
    for row in rows:
        if above and not _is_label_row(row):
            yield from _pair_columns(above, row, paper)
        above = row if _is_label_row(row) else ()
        if not above:
            yield from _pair_row(_distinct(row), paper)


def _distinct(row: tuple[Cell | None, ...]) -> list[Cell]:
    """The row's cells, a merged one once, empty ones too."""
    cells: list[Cell] = []
    for cell in row:
        if cell is not None and (not cells or cells[-1] is not cell):
            cells.append(cell)
    return cells


def _is_label_row(row: tuple[Cell | None, ...]) -> bool:
    written = [cell for cell in _distinct(row) if cell.text.strip()]
    return len(written) >= 2 and all(label_meaning(cell.text) for cell in written)


def _pair_columns(labels: tuple[Cell | None, ...], values: tuple[Cell | None, ...], paper: Paper) -> Iterator[Field]:
    for label, value in zip(labels, values, strict=True):
        meaning = label_meaning(label.text) if label else None
        if meaning and value is not None:
            yield from _field(meaning, _lines(value), paper)


def _pair_row(cells: list[Cell], paper: Paper) -> Iterator[Field]:
    """Labels with the cell to their right; a cell that holds both is read by its lines."""
    index = 0
    while index < len(cells):
        meaning = label_meaning(cells[index].text)
        if meaning and index + 1 < len(cells):
            if label_meaning(cells[index + 1].text) is None:
                yield from _field(meaning, _lines(cells[index + 1]), paper)
                index += 1
        elif meaning is None:
            yield from _fields_of_lines(_lines(cells[index]), paper)
        index += 1


def _lines(cell: Cell) -> list[Stretch]:
    return [line for block in cell.blocks for inner in cell_blocks(block) for line in lines_of(inner)]


def _field(meaning: str, value: list[Stretch], paper: Paper) -> Iterator[Field]:
    """The field of a value; of several lines the first that is fit for the label, or the first."""
    if not value:
        return
    fits = _FITS.get(meaning)
    best = next((line for line in value if fits and fits(line.text)), value[0])
    yield Field(meaning, best, paper)


def _fields_of_lines(lines: list[Stretch], paper: Paper) -> Iterator[Field]:
    """Fields within lines, and labels that stand alone with their value on a later line."""
    waiting: list[str] = []
    for line in lines:
        alone = label_meaning(line.text)
        if alone:
            waiting.append(alone)
            continue
        inline = [field for piece in _pieces(line) for field in _inline(piece, paper)]
        if inline:
            fact = _is_fact(line, paper)
            yield from (field._replace(is_fact=fact) for field in inline if field.value.end > field.value.start)
            waiting = [field.meaning for field in inline[-1:] if field.value.end <= field.value.start]
            continue
        taken = next((meaning for meaning in waiting if _fit(meaning, line.text)), None)
        if taken is None:
            waiting = []
            continue
        waiting.remove(taken)
        yield Field(taken, line, paper, _is_fact(line, paper))


def _is_fact(line: Stretch, paper: Paper) -> bool:
    return paper.is_cover(line.block) or paper.is_about(line.block, "period")


def _pieces(line: Stretch) -> Iterator[Stretch]:
    """The line itself, or the sentences of one too long for a field (a transcript's page)."""
    if len(line.text) <= _LONGEST_LINE:
        yield line
    else:
        yield from (sentence for sentence in sentences_of(line) if len(sentence.text) <= _LONGEST_LINE)


def _fit(meaning: str, text: str) -> bool:
    fits = _FITS.get(meaning)
    return len(text) <= 80 and fits is not None and fits(text)


@cache
def _labels_by_head() -> dict[str, tuple[str, ...]]:
    """The labels by the word, or paragraph sign, that they begin with, the longest first."""
    phrases = {phrase for entry in load_lexicon("metadata.toml", "label").entries for phrase in entry.phrases["whole"]}
    labels: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        head = _HEAD.match(phrase)
        if head is not None:
            labels[head[0]] = (*labels.get(head[0], ()), phrase)
    return labels


@cache
def _label_pattern(head: str) -> re.Pattern[str]:
    """The labels that begin with the word, each with what parts it from its value."""
    ordered = _labels_by_head()[head]
    words = "|".join(r"[\s\-/]+".join(re.escape(word) for word in phrase.split()) for phrase in ordered)
    equals = "|".join(words_under("metadata.toml", "words", "equals"))
    return re.compile(
        rf"(?<![\w.])(?P<label>{words})\)?\.?\s*(?P<mark>:|\t|(?P<equals>{equals})\s|(?=\s|$))", re.IGNORECASE
    )


def _inline(line: Stretch, paper: Paper) -> Iterator[Field]:
    """The fields of one line: its first label must begin the line or a tabbed column, the others need a colon."""
    text = line.text
    if not _may_hold_label(text):
        return
    hits = [hit for hit in _labels_in(text) if _is_label(text, hit) or _is_glued(line, hit)]
    ends = [*(hit.start() for hit in hits[1:]), len(text)]
    for hit, end in zip(hits, ends, strict=bool(hits)):
        meaning = label_meaning(hit["label"])
        value = line.part(hit.end(), end)
        tab = value.text.find("\t")
        if tab > 0:
            value = value.part(0, tab)
        if meaning in _NUMBERS:
            value = value.part(0, _LONGEST_LABEL)
        if meaning and len(value.text) <= _LONGEST_VALUE:
            yield Field(meaning, value, paper)


def _labels_in(text: str) -> Iterator[re.Match[str]]:
    """What the pattern of labels finds in the text, tried only where a label's first word stands."""
    labels, end = _labels_by_head(), 0
    for word in _HEAD.finditer(text):
        head = word[0].casefold()
        if word.start() < end or head not in labels:
            continue
        hit = _label_pattern(head).match(text, word.start())
        if hit is not None:
            end = hit.end()
            yield hit


def _may_hold_label(text: str) -> bool:
    """False for plain prose, which most lines are: no colon, no column, too long for a note on a cover."""
    if len(text) <= _LONGEST_NOTE or ":" in text or "\t" in text:
        return not words_in(text).isdisjoint(_label_heads())
    heads, folded = first_words("metadata.toml", "decision", "diary_labels"), text.casefold()
    # Cutting a long text into words takes a while, and most hold none of these even within a word.
    return any(map(folded.__contains__, heads)) and not words_in(text).isdisjoint(heads)


@cache
def _label_heads() -> frozenset[str]:
    """The words that labels begin with."""
    entries = load_lexicon("metadata.toml", "label").entries
    phrases = (phrase for entry in entries for phrase in entry.phrases["whole"])
    return frozenset(re.split(r"\W+", phrase.lstrip("(§ "))[0] for phrase in phrases)


def _is_label(text: str, hit: re.Match[str]) -> bool:
    before = text[: hit.start()]
    opens = not before.strip() or before.endswith(("\t", "  ", "\n"))
    meaning = label_meaning(hit["label"])
    if hit["equals"]:
        return meaning in ("diary-number", "police-diary-number") and starts_with_diary_number(text[hit.end() :])
    if hit["mark"] in (":", "\t"):
        return opens or (hit["mark"] == ":" and len(text) <= _LONGEST_VALUE)
    rest = text[hit.end() :].strip()
    fits = _STARTS.get(meaning or "")
    ends = (";", ".", ",") if meaning in _NUMBERS and len(text) <= _LONGEST_VALUE else (";", ".")
    follows = before.rstrip().endswith(ends) and meaning not in _LOOSE
    return (opens or follows) and fits is not None and fits(rest)


def _is_glued(line: Stretch, hit: re.Match[str]) -> bool:
    """'… 2021 Dnr KS 2021/12 Om löftet': a cover that a transcript has run together keeps the label's capital."""
    at_start = line.start + hit.start() < _LONGEST_VALUE
    if not at_start or not hit["label"][0].isupper() or label_meaning(hit["label"]) != "diary-number":
        return False
    before = line.text[: hit.start()].rstrip()
    return not before.endswith("(") and starts_with_diary_number(line.text[hit.end() :].strip())


def _starts_with_day(text: str) -> bool:
    days = find_days(text)
    return bool(days) and days[0].start <= 1


def _starts_with_body(text: str) -> bool:
    bodies = find_bodies(text)
    return bool(bodies) and bodies[0].start <= 4 and len(text) <= 80


def _starts_with_span(text: str) -> bool:
    spans = find_spans(text)
    return bool(spans) and spans[0].start <= 12 and len(text) <= 60


_LOOSE = frozenset({"valid-loose", "other", "date", "municipality"})
"""Labels that tables of activities have too."""

_NUMBERS = frozenset({"diary-number", "police-diary-number"})
"""Labels of short values: running text may follow them on the same line."""

_STARTS: dict[str, Callable[[str], bool]] = {
    "diary-number": starts_with_diary_number,
    "decided-by": _starts_with_body,
    "decided-when": _starts_with_day,
    "decided": lambda text: _starts_with_body(text) or _starts_with_day(text),
    "valid-from": _starts_with_day,
    "valid-to": _starts_with_day,
    "valid": _starts_with_span,
    "valid-loose": _starts_with_span,
    "meeting-date": _starts_with_day,
    "date": _starts_with_day,
}
"""What must follow a label that no colon or tab parts from its value."""

_FITS: dict[str, Callable[[str], bool]] = {
    **_STARTS,
    "decided-by": lambda text: bool(find_bodies(text)),
    "decided-when": lambda text: bool(find_days(text)),
    "valid-from": lambda text: bool(find_days(text) or find_spans(text)),
    "valid-to": lambda text: bool(find_days(text) or find_spans(text)) or is_open_ended(text),
    "valid": lambda text: bool(find_spans(text)),
    "replaces": lambda text: text[:1].isupper(),
    "meeting-date": lambda text: bool(find_days(text)),
    "date": lambda text: bool(find_days(text)),
}
"""What a value on a line of its own must hold to belong to the label."""
