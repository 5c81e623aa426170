"""Takes a document, the agreements found in it and pictures of its pages; gives what a person needs to judge them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import get_args

from samsyn.corpora.corrections import shown
from samsyn.corpora.values import FIELDS, ValueAt, values_of
from samsyn.models.agreement import Agreement, Commitment, DocumentKind, GoalLevel, PartyKind
from samsyn.models.document import Block, Cell, Document
from samsyn.models.review_page import (
    Place,
    PrintedLine,
    Review,
    ReviewCaution,
    ReviewGroup,
    ReviewItem,
    ReviewPage,
    ReviewValue,
)
from samsyn.models.source import Box, Caution, Evidence

_SURE = 0.85
"""A match with a lower score (0-1) is worth a look."""
_EXPECTED = frozenset({"title", "municipalities", "period.start", "decided.date"})
"""Facts that every agreement has; where one is missing, it was probably overlooked."""
_SEARCHED = frozenset({"title", "municipalities", "diary_number", "replaces"})
"""Facts whose place the model does not keep; they are looked up by their words."""

_CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("", "kind"): get_args(DocumentKind),
    ("goals", "level"): get_args(GoalLevel),
    ("measures", "commitment"): get_args(Commitment),
    ("signatories", "party"): get_args(PartyKind),
}
"""The fields whose values are fixed."""


def value_path(value: ValueAt) -> str:
    """The value's path in a corrections file: 'period.start', 'goals[g3].text', 'targets[g3.t1].value'."""
    return f"{value.list}[{value.anchor.id}].{value.field}" if value.list else value.field


def review_document(document: Document, agreements: Sequence[Agreement], pictures: Mapping[int, bytes]) -> Review:
    """The review of the file: doubtful items first, then the rest by kind, each value with its places."""
    places = _Places(document)
    cautions = tuple(dict.fromkeys(chain.from_iterable(agreement.warnings for agreement in agreements)))
    doubted = _Doubts(document, cautions)
    found = enumerate(agreements, 1)
    items = [item for number, agreement in found for item in _items(number, agreement, places, doubted)]
    told = tuple(ReviewCaution(caution.message, places.add(caution.evidence)) for caution in cautions)
    return Review(
        source=document.source,
        title=agreements[0].title or document.source.file if agreements else document.source.file,
        cautions=told,
        groups=tuple(_groups(items)),
        pages=tuple(_pages(document, pictures, places.all)),
        blocks=() if document.pages else _unpaged(document),
        places=tuple(places.all),
    )


def pages_to_draw(page_count: int, agreements: Iterable[Agreement], most: int) -> list[int]:
    """The pages whose pictures are needed: all of a short file, else those that values were read from, `most` of them.

    Pages count from 1.
    """
    if page_count <= most:
        return list(range(1, page_count + 1))
    read = {
        item.page
        for agreement in agreements
        for value in values_of(agreement)
        for item in value.evidence
        if item.page is not None
    }
    return sorted({1, *read})[:most]


def _groups(items: Sequence[ReviewItem]) -> Iterator[ReviewGroup]:
    names = ("facts", *FIELDS)
    grouped: defaultdict[str, list[ReviewItem]] = defaultdict(list)
    for item in items:
        grouped["doubtful" if item.doubts else item.list or "facts"].append(item)
    for name in ("doubtful", *names):
        if grouped[name]:
            yield ReviewGroup(name, tuple(grouped[name]))


def _items(number: int, agreement: Agreement, places: _Places, doubted: _Doubts) -> Iterator[ReviewItem]:
    areas = tuple(area.title for area in agreement.focus_areas)
    for (name, identity), group in groupby(values_of(agreement), key=lambda value: (value.list, value.anchor.id)):
        members = list(group)
        if not name:
            missing = [value for value in members if value.field in _EXPECTED and not shown(value.value)]
            if missing:
                yield _item(number, missing, places, areas, ("no-value",))
            members = [value for value in members if value not in missing]
        if members:
            yield _item(number, members, places, areas, doubted.of(members) if identity else ())


def _item(
    number: int, values: Sequence[ValueAt], places: _Places, areas: tuple[str, ...], doubts: tuple[str, ...]
) -> ReviewItem:
    first = values[0]
    scores = [value.score for value in values if value.score is not None]
    return ReviewItem(
        agreement=number,
        list=first.list,
        id=first.anchor.id,
        score=min(scores, default=None),
        values=tuple(_value(value, places, areas) for value in values),
        doubts=doubts,
    )


def _value(value: ValueAt, places: _Places, areas: tuple[str, ...]) -> ReviewValue:
    text = shown(value.value)
    found = places.of(value.evidence, text)
    searched = not found and bool(text) and value.field in _SEARCHED and not value.list
    if searched:
        found = places.search(text.split(";")[0])
    choices = areas if value.field == "focus_area" else _CHOICES.get((value.list, value.field), ())
    return ReviewValue(value_path(value), value.field, text, found, searched and bool(found), choices)


class _Doubts:
    """What makes an item doubtful."""

    def __init__(self, document: Document, cautions: Iterable[Caution]) -> None:
        self._recognised = {page.number for page in document.pages if page.recognised}
        self._cautioned = {
            (item.block, item.page) for caution in cautions for item in caution.evidence if item.block
        }  # fmt: skip

    def of(self, values: Sequence[ValueAt]) -> tuple[str, ...]:
        """The codes of the doubts about the item that the values make up."""
        evidence = [item for value in values for item in value.evidence]
        scores = [value.score for value in values if value.score is not None]
        reasons = {
            "no-place": not evidence,
            "low-score": min(scores, default=1.0) < _SURE,
            "recognised": any(item.page in self._recognised for item in evidence),
            "cautioned": any((item.block, item.page) in self._cautioned for item in evidence),
        }
        return tuple(code for code, holds in reasons.items() if holds)


class _Places:
    """Numbers the places of values; a row of a table is narrowed to the cell that says the value."""

    def __init__(self, document: Document) -> None:
        self.all: list[Place] = []
        self._known: dict[tuple[int | None, Box | None, str], int] = {}
        self._document = document
        self._tables = {block.id: block for block in document.walk() if block.table is not None}
        self._rows: dict[tuple[str, str], tuple[Cell, ...]] = {}

    def of(self, evidence: Sequence[Evidence], text: str) -> tuple[int, ...]:
        """The ids of the places that the evidence names, only those that hold the text if any do."""
        wanted = _squeezed(text)
        narrowed = [item for whole in evidence for item in self._narrow(whole, wanted)]
        holding = [item for item in narrowed if wanted and wanted in _squeezed(item.text)]
        return self.add(holding or narrowed)

    def search(self, text: str) -> tuple[int, ...]:
        """The first place in the document where the words stand; none when they stand nowhere as they are."""
        wanted = text.strip()
        for block in chain(self._document.walk(), self._document.furniture):
            start = block.text.find(wanted)
            if wanted and start >= 0:
                return self.add(block.locate(start, start + len(wanted)))
        return ()

    def add(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        """The ids of the places, each once; evidence of the text alone has none."""
        return tuple(dict.fromkeys(self._number(item) for item in evidence if item.bbox or item.block))

    def _number(self, item: Evidence) -> int:
        box = Box(*item.bbox) if item.bbox else None
        key = (item.page, box, "" if box else item.block)
        if key not in self._known:
            self._known[key] = len(self.all) + 1
            self.all.append(Place(len(self.all) + 1, item.page, box, item.block))
        return self._known[key]

    def _narrow(self, item: Evidence, wanted: str) -> Sequence[Evidence]:
        if item.block not in self._tables:
            return (item,)
        row = self._row(item)
        cells = [cell for cell in row if wanted and wanted in _squeezed(cell.text)]
        if not cells and item.bbox:
            return (item,)
        blocks = (block for cell in cells or row for block in cell.blocks if block.text)
        return tuple(evidence for block in blocks for evidence in block.locate()) or (item,)

    def _row(self, item: Evidence) -> tuple[Cell, ...]:
        """The cells of the table's row whose text the evidence is."""
        key = (item.block, item.text)
        if key not in self._rows:
            table = self._tables[item.block].table
            said = _squeezed(item.text)
            rows = groupby(table.cells, key=attrgetter("row")) if table else ()
            found = [tuple(cell for cell in cells if _said_in(cell, said)) for _, cells in rows]
            self._rows[key] = max(found, key=lambda cells: sum(len(cell.text) for cell in cells), default=())
        return self._rows[key]


def _said_in(cell: Cell, said: str) -> bool:
    text = _squeezed(cell.text)
    return bool(text) and text in said


def _squeezed(text: str) -> str:
    """The text's letters alone, so that line ends and list marks do not part what is the same."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _pages(document: Document, pictures: Mapping[int, bytes], places: Collection[Place]) -> Iterator[ReviewPage]:
    lines: defaultdict[int, list[PrintedLine]] = defaultdict(list)
    heights = {page.number: page.height for page in document.pages}
    heads = {id(block) for block in document.furniture if _is_head(block, heights)}
    upper = (block for block in document.furniture if id(block) in heads)
    lower = (block for block in document.furniture if id(block) not in heads)
    notes = (note.block for note in document.footnotes)
    for block in chain(upper, document.walk(), notes, lower):  # as read, so that text is selected in order
        for number, line in _lines(block):
            lines[number].append(line)
    for page in document.pages:
        yield ReviewPage(
            number=page.number,
            width=page.width,
            height=page.height,
            picture=pictures.get(page.number),
            lines=tuple(lines[page.number]),
            places=tuple(place for place in places if place.page == page.number and place.box),
        )


def _unpaged(document: Document) -> tuple[Block, ...]:
    """All of a document without pages; notes and furniture behind the text."""
    return (*document.blocks, *(note.block for note in document.footnotes), *document.furniture)


def _is_head(block: Block, heights: Mapping[int, float]) -> bool:
    """True for a running header: it begins in the upper half of its page."""
    first = block.lines[0] if block.lines else None
    if first is None or first.box is None or first.page is None:
        return False
    return first.box.top < heights.get(first.page, 0.0) / 2


def _lines(block: Block) -> Iterator[tuple[int, PrintedLine]]:
    """The block's printed lines with their pages; a table has none of its own."""
    if block.table is not None:
        return
    ends = [*(line.start for line in block.lines[1:]), len(block.text)]
    for line, end in zip(block.lines, ends, strict=True) if block.lines else ():
        text = " ".join(block.text[line.start : end].split())
        if line.page is not None and line.box is not None and text:
            yield line.page, PrintedLine(text, line.box)
