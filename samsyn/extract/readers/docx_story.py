"""One story of a Word file (body, header, note) in, its paragraphs and tables out, in order and nothing judged yet.

The accepted reading: insertions are in, deletions out, and paragraphs whose dividing mark was deleted are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from samsyn.extract.readers.docx_fields import Fields, find_closed_fields
from samsyn.extract.readers.docx_inline import Content, ParagraphReader, Shared, is_placeholder
from samsyn.extract.readers.docx_items import Item, Paragraph
from samsyn.extract.readers.docx_markup import MC, W, chosen_branch, value
from samsyn.extract.readers.docx_numbering import ListLabel, Numberings
from samsyn.extract.readers.docx_styles import NO_LOOK, Look, Shape, Style, read_shape
from samsyn.extract.readers.docx_table import read_table
from samsyn.extract.readers.docx_text import Piece, split_at_gaps

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CONTENTS_GALLERY = "Table of Contents"
DELETED = tuple(W + name for name in ("del", "moveFrom"))
BLOCK_WRAPPERS = frozenset(W + name for name in ("customXml", "ins", "moveTo", "sdtContent", "smartTag"))


@dataclass(slots=True)
class StoryReader:
    """Reads stories of one document; counters for lists and notes go on from one story to the next."""

    shared: Shared
    numberings: Numberings
    _fields: Fields = field(default_factory=Fields)
    _in_contents: int = 0

    def read(self, root: Element) -> tuple[Item, ...]:
        """The paragraphs and tables of a story in order; text boxes stand by the paragraph they hang on."""
        self._fields = Fields(find_closed_fields(root))
        return self._finish(self._items(root, NO_LOOK))

    def _finish(self, items: Iterable[tuple[Item, bool]]) -> tuple[Item, ...]:
        return tuple(_join_drop_caps(_join_deleted_marks(items)))

    def _items(self, parent: Element, look: Look) -> Iterator[tuple[Item, bool]]:
        """The items in `parent`, each with whether its end was deleted, so that it runs on into the next."""
        for element in parent:
            tag = element.tag
            if tag == W + "p":
                yield from self._paragraph(element, look)
            elif tag == W + "tbl":
                yield read_table(element, self.shared.styles, self._cell_items), False
            elif tag == W + "sdt":
                yield from self._content_control(element, look)
            elif tag in BLOCK_WRAPPERS:
                yield from self._items(element, look)
            elif tag == MC + "AlternateContent":
                branch = chosen_branch(element)
                if branch is not None:
                    yield from self._items(branch, look)
            elif tag == W + "altChunk":
                self.shared.tally.has_foreign_parts = True

    def _content_control(self, element: Element, look: Look) -> Iterator[tuple[Item, bool]]:
        content = element.find(W + "sdtContent")
        if content is None or is_placeholder(element):
            return
        is_contents = value(element.find(f"{W}sdtPr/{W}docPartObj"), "docPartGallery") == CONTENTS_GALLERY
        self._in_contents += is_contents
        yield from self._items(content, look)
        self._in_contents -= is_contents

    def _cell_items(self, cell: Element, look: Look) -> tuple[Item, ...]:
        return self._apart(cell, look)

    def _apart(self, parent: Element, look: Look) -> tuple[Item, ...]:
        """The items of a cell or text box: no field goes on into it or out of it."""
        outer, self._fields = self._fields, Fields(self._fields.closed)
        items = self._finish(self._items(parent, look))
        self._fields = outer
        return items

    def _paragraph(self, element: Element, table_look: Look) -> Iterator[tuple[Item, bool]]:
        properties = element.find(W + "pPr")
        style = self.shared.styles.paragraph_style(value(properties, "pStyle"))
        content = ParagraphReader(self.shared, self._fields, style, table_look).read(element)
        mark_deleted = _is_mark_deleted(properties)
        paragraph = self._describe(properties, style, content, counts=not mark_deleted)
        yield from self._boxes(content, above=True)
        yield from _cut_at_gaps(paragraph, mark_deleted)
        yield from self._boxes(content, above=False)
        for text in content.drawn:
            plain = self.shared.styles.paragraph_style("")
            form = self.shared.styles.format(plain, plain, NO_LOOK)
            yield Paragraph((Piece(text, form),), plain, Shape()), False
        if properties is not None and properties.find(W + "sectPr") is not None:
            self.shared.notes.end_section()

    def _describe(self, properties: Element | None, style: Style, content: Content, *, counts: bool) -> Paragraph:
        own = read_shape(properties)
        shape = own.over(style.shape)
        label = self.numberings.label(shape.numbering, shape.depth, style) if counts and shape.numbering else None
        by_style = shape.left is not None and style.numbered_by_itself
        if own.left is None and not by_style and label is not None and label.left is not None:
            shape = shape._replace(left=label.left)
        pieces = tuple(content.pieces)
        if label is not None and label.has_words and pieces:
            # 'Fokusområde 2:' before a heading is part of what it says, not a mere number.
            pieces, label = (Piece(label.text + " ", pieces[0].format), *pieces), None
        in_field = 0 < content.length <= 2 * content.contents_length
        return Paragraph(
            pieces=pieces,
            style=style,
            shape=shape,
            label=label,
            outline=_outline(style, own),
            in_contents=self._in_contents > 0 or style.is_contents or in_field,
            drop_cap=_is_drop_cap(properties),
        )

    def _boxes(self, content: Content, *, above: bool) -> Iterator[tuple[Item, bool]]:
        for stands_above, box in content.boxes:
            if stands_above == above:
                for item in self._apart(box, NO_LOOK):
                    yield item, False


def _outline(style: Style, own: Shape) -> int:
    if own.outline is not None:
        return own.outline + 1 if 0 <= own.outline < 9 else 0
    return style.heading_level


def _is_mark_deleted(properties: Element | None) -> bool:
    mark = properties.find(W + "rPr") if properties is not None else None
    return mark is not None and any(mark.find(tag) is not None for tag in DELETED)


def _is_drop_cap(properties: Element | None) -> bool:
    frame = properties.find(W + "framePr") if properties is not None else None
    return frame is not None and frame.get(W + "dropCap", "none") in ("drop", "margin")


def _cut_at_gaps(paragraph: Paragraph, mark_deleted: bool) -> Iterator[tuple[Item, bool]]:
    parts = split_at_gaps(paragraph.pieces)
    for index, part in enumerate(parts):
        label = paragraph.label if index == 0 else None
        cut = paragraph if len(parts) == 1 else _with(paragraph, part, label)
        yield cut, mark_deleted and index == len(parts) - 1


def _with(paragraph: Paragraph, pieces: Iterable[Piece], label: ListLabel | None) -> Paragraph:
    return replace(paragraph, pieces=tuple(pieces), label=label)


def _join_deleted_marks(items: Iterable[tuple[Item, bool]]) -> Iterator[Item]:
    waiting: list[Paragraph] = []
    for item, runs_on in items:
        if isinstance(item, Paragraph):
            waiting.append(item)
            if runs_on:
                continue
            yield _merge(waiting)
        else:
            if waiting:
                yield _merge(waiting)
            yield item
        waiting = []
    if waiting:
        yield _merge(waiting)


def _merge(paragraphs: list[Paragraph]) -> Paragraph:
    """Paragraphs whose dividing marks were deleted; the format is that of the last that has text, as in Word."""
    if len(paragraphs) == 1:
        return paragraphs[0]
    frame = next((paragraph for paragraph in reversed(paragraphs) if paragraph.has_text), paragraphs[-1])
    label = next((paragraph.label for paragraph in reversed(paragraphs) if paragraph.label is not None), None)
    return _with(frame, (piece for paragraph in paragraphs for piece in paragraph.pieces), label)


def _join_drop_caps(items: Iterable[Item]) -> Iterator[Item]:
    waiting: Paragraph | None = None
    for item in items:
        if isinstance(item, Paragraph) and item.drop_cap and item.has_text and waiting is None:
            waiting = item
        elif isinstance(item, Paragraph) and waiting is not None:
            yield _with_initial(waiting, item)
            waiting = None
        else:
            if waiting is not None:
                yield waiting
                waiting = None
            yield item
    if waiting is not None:
        yield waiting


def _with_initial(initial: Paragraph, paragraph: Paragraph) -> Paragraph:
    # The large letter is set like the text it begins, or it would seem a heading's.
    form = next((piece.format for piece in paragraph.pieces if piece.text.strip()), None)
    letter = "".join(piece.text for piece in initial.pieces).strip()
    start = (Piece(letter, form),) if form is not None else initial.pieces
    return _with(paragraph, start + paragraph.pieces, paragraph.label)
