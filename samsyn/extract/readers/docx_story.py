"""One story of a Word file (body, header, notes) in, its paragraphs and tables out, in order and nothing judged yet.

The accepted reading: insertions are in, deletions out; of fields the result is read and not the instruction; hidden
text, comments and placeholders are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from samsyn.extract.readers.docx_items import Item, Paragraph
from samsyn.extract.readers.docx_markup import (
    DIAGRAM,
    EMU_PER_POINT,
    MC,
    WP,
    A,
    R,
    V,
    W,
    chosen_branch,
    number,
    points,
    value,
    whole,
)
from samsyn.extract.readers.docx_numbering import ListLabel, Numberings, plain_bullet, write_number
from samsyn.extract.readers.docx_styles import (
    NO_LOOK,
    Format,
    Look,
    Shape,
    Style,
    StyleSheet,
    read_look,
    read_shape,
)
from samsyn.extract.readers.docx_table import read_table
from samsyn.extract.readers.docx_text import PAGE_BREAK, Piece, split_at_page_breaks

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

A4 = (595.3, 841.9)
PAGE_SHARE = 0.6
"""A picture that covers this much of the page both ways carries a whole page."""

SYMBOLS = {
    "f0fc": "✓", "f0fb": "✗", "f0fe": "☑", "f0fd": "☒", "f0a8": "☐", "f06f": "☐", "f071": "☐", "f052": "☑",
    "f0e0": "→", "f0e8": "→", "f0ae": "→", "f0b3": "≥", "f0a3": "≤", "f0b1": "±", "f0b0": "°", "f02d": "–", "f0b7": "•",
    "f0a7": "▪", "f04a": "☺",
}  # fmt: skip
CONTENTS_FIELDS = frozenset({"TOC", "TOA", "INDEX"})
CONTENTS_GALLERY = "Table of Contents"
DELETED = frozenset(W + name for name in ("del", "moveFrom"))


@dataclass(slots=True)
class Tally:
    """What a story holds beside text."""

    page_pictures: int = 0
    inline_page_pictures: int = 0
    has_foreign_parts: bool = False
    """True for text in an embedded file of another format (`w:altChunk`)."""


class NoteNumbers(NamedTuple):
    """How a document numbers its footnotes or endnotes."""

    format: str = "decimal"
    start: int = 1
    per_section: bool = False


FOOTNOTES = NoteNumbers()
ENDNOTES = NoteNumbers("lowerRoman")


@dataclass(slots=True)
class NoteCounter:
    """Gives each note the label it is printed with, in the order of the marks."""

    footnotes: NoteNumbers = FOOTNOTES
    endnotes: NoteNumbers = ENDNOTES
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    """Label by kind ('footnote', 'endnote') and id, in the order met."""
    _counts: dict[str, int] = field(default_factory=dict)

    def label(self, kind: str, note_id: str) -> str:
        """The label of the note of that kind and id, counted when it is met for the first time."""
        if (kind, note_id) not in self.labels:
            numbers = self.footnotes if kind == "footnote" else self.endnotes
            count = self._counts.get(kind, numbers.start - 1) + 1
            self._counts[kind] = count
            self.labels[kind, note_id] = write_number(count, numbers.format)
        return self.labels[kind, note_id]

    def mark(self, kind: str, note_id: str, label: str) -> None:
        """Keeps a mark the author wrote by hand ('*'), which counts for nothing."""
        self.labels.setdefault((kind, note_id), label)

    def end_section(self) -> None:
        """Starts over the counts that start over with each section."""
        for kind, numbers in (("footnote", self.footnotes), ("endnote", self.endnotes)):
            if numbers.per_section:
                self._counts.pop(kind, None)


@dataclass(slots=True)
class Field:
    """A field being read: its instruction so far, and whether its result has begun."""

    instruction: str = ""
    in_result: bool = False

    @property
    def kind(self) -> str:
        """The first word of the instruction, such as 'TOC'."""
        return self.instruction.split(maxsplit=1)[0].upper() if self.instruction.split() else ""


@dataclass(slots=True)
class Inline:
    """What is gathered while one paragraph is read."""

    style: Style
    table_look: Look
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[tuple[bool, Element]] = field(default_factory=list)
    """Text boxes anchored here: whether they stand above the paragraph, and their content."""
    drawn_text: list[str] = field(default_factory=list)
    """Text drawn as a picture (WordArt) or in a diagram."""
    contents_length: int = 0


@dataclass(slots=True)
class StoryReader:
    """Reads stories of one document; counters for lists and notes go on from one story to the next."""

    styles: StyleSheet
    numberings: Numberings
    notes: NoteCounter
    tally: Tally = field(default_factory=Tally)
    diagram_text: Callable[[str], list[str]] = field(default=lambda _: [])
    """The texts of the diagram part that a relationship id leads to."""
    page_size: tuple[float, float] = A4
    _fields: list[Field] = field(default_factory=list)
    _closed_fields: set[Element] = field(default_factory=set)
    _in_contents: int = 0

    def read(self, root: Element) -> tuple[Item, ...]:
        """The paragraphs and tables of a story in order; text boxes stand by the paragraph they hang on."""
        self._fields = []
        self._closed_fields = find_closed_fields(root)
        return tuple(_join_drop_caps(self._join_deleted_marks(self._items(root, NO_LOOK))))

    # -- blocks ------------------------------------------------------------------------------------------------------

    def _items(self, parent: Element, look: Look) -> Iterator[tuple[Item, bool]]:
        """The items in `parent`, each with whether its end was deleted, so that it runs on into the next."""
        for element in parent:
            tag = element.tag
            if tag == W + "p":
                yield from self._paragraph(element, look)
            elif tag == W + "tbl":
                yield from self._table(element)
            elif tag == W + "sdt":
                yield from self._content_control(element, look)
            elif tag in BLOCK_WRAPPERS:
                yield from self._items(element, look)
            elif tag == MC + "AlternateContent":
                branch = chosen_branch(element)
                if branch is not None:
                    yield from self._items(branch, look)
            elif tag == W + "altChunk":
                self.tally.has_foreign_parts = True

    def _content_control(self, element: Element, look: Look) -> Iterator[tuple[Item, bool]]:
        content = element.find(W + "sdtContent")
        if content is None or is_placeholder(element):
            return
        gallery = value(element.find(f"{W}sdtPr/{W}docPartObj"), "docPartGallery")
        self._in_contents += gallery == CONTENTS_GALLERY
        yield from self._items(content, look)
        self._in_contents -= gallery == CONTENTS_GALLERY

    def _paragraph(self, element: Element, table_look: Look) -> Iterator[tuple[Item, bool]]:
        properties = element.find(W + "pPr")
        style = self.styles.paragraph_style(value(properties, "pStyle"))
        own = read_shape(properties)
        shape = own.over(style.shape)
        inline = Inline(style, table_look)
        self._inline(element, inline)
        self._drop_unfinished_fields()
        marks = properties.find(W + "rPr") if properties is not None else None
        mark_deleted = marks is not None and any(marks.find(tag) is not None for tag in DELETED)
        label = None if mark_deleted else self.numberings.label(shape.numbering, shape.depth, style)
        by_style = shape.left is not None and style.numbered_by_itself
        if own.left is None and not by_style and label is not None and label.left is not None:
            shape = shape._replace(left=label.left)
        length = sum(len(piece.text) for piece in inline.pieces)
        first = Paragraph(
            pieces=tuple(inline.pieces),
            style=style,
            shape=shape,
            label=label,
            outline=_outline(style, own),
            in_contents=self._in_contents > 0 or style.is_contents or 0 < length <= 2 * inline.contents_length,
            drop_cap=_is_drop_cap(properties),
        )
        yield from self._boxes(inline, above=True)
        yield from _cut_at_page_breaks(first, mark_deleted)
        yield from self._boxes(inline, above=False)
        for text in inline.drawn_text:
            plain = self.styles.paragraph_style("")
            yield Paragraph((Piece(text, self.styles.format(plain, plain, NO_LOOK)),), plain, Shape()), False
        if properties is not None and properties.find(W + "sectPr") is not None:
            self.notes.end_section()

    def _boxes(self, inline: Inline, *, above: bool) -> Iterator[tuple[Item, bool]]:
        for stands_above, content in inline.boxes:
            if stands_above == above:
                outer, self._fields = self._fields, []
                yield from self._items(content, NO_LOOK)
                self._fields = outer

    def _join_deleted_marks(self, items: Iterable[tuple[Item, bool]]) -> Iterator[Item]:
        waiting: Paragraph | None = None
        for item, runs_on in items:
            if isinstance(item, Paragraph):
                merged = item if waiting is None else _merge(waiting, item)
                waiting = merged if runs_on else None
                if not runs_on:
                    yield merged
                continue
            if waiting is not None:
                yield waiting
                waiting = None
            yield item
        if waiting is not None:
            yield waiting

    # -- tables ------------------------------------------------------------------------------------------------------

    def _table(self, element: Element) -> Iterator[tuple[Item, bool]]:
        yield read_table(element, self.styles, self._cell_items), False

    def _cell_items(self, cell: Element, look: Look) -> tuple[Item, ...]:
        outer, self._fields = self._fields, []
        items = tuple(_join_drop_caps(self._join_deleted_marks(self._items(cell, look))))
        self._fields = outer
        return items

    # -- what stands in a paragraph ----------------------------------------------------------------------------------

    def _inline(self, parent: Element, inline: Inline) -> None:
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                self._run(element, inline)
            elif tag in INLINE_WRAPPERS:
                self._inline(element, inline)
            elif tag == W + "sdt":
                content = element.find(W + "sdtContent")
                if content is not None and not is_placeholder(element):
                    self._inline(content, inline)
            elif tag == W + "fldSimple":
                self._simple_field(element, inline)
            elif tag == MC + "AlternateContent":
                branch = chosen_branch(element)
                if branch is not None:
                    self._inline(branch, inline)
            elif tag == W + "ruby":
                for base in element.findall(W + "rubyBase"):
                    self._inline(base, inline)

    def _simple_field(self, element: Element, inline: Inline) -> None:
        kind = Field(element.get(W + "instr", "")).kind
        self._in_contents += kind in CONTENTS_FIELDS
        self._inline(element, inline)
        self._in_contents -= kind in CONTENTS_FIELDS

    def _run(self, element: Element, inline: Inline) -> None:
        properties = element.find(W + "rPr")
        run_style = self.styles.run_style(value(properties, "rStyle"))
        if "placeholder text" in run_style.names:
            return
        form = self.styles.format(inline.style, run_style, read_look(properties), inline.table_look)
        self._run_content(element, form, inline)

    def _run_content(self, element: Element, form: Format, inline: Inline) -> None:
        for child in element:
            tag = child.tag
            if tag in CHARACTERS:
                self._add(inline, CHARACTERS[tag](child), form)
            elif tag == W + "fldChar":
                self._field_mark(child, form, inline)
            elif tag == W + "instrText":
                if self._fields and not self._fields[-1].in_result:
                    self._fields[-1].instruction += child.text or ""
            elif tag in NOTE_KINDS:
                self._note_mark(child, form, inline)
            elif tag in (W + "drawing", W + "pict", W + "object"):
                self._drawing(child, inline)
            elif tag == W + "ruby":
                for base in child.findall(W + "rubyBase"):
                    self._inline(base, inline)
            elif tag == MC + "AlternateContent":
                branch = chosen_branch(child)
                if branch is not None:
                    self._run_content(branch, form, inline)

    def _add(self, inline: Inline, text: str, form: Format) -> None:
        if not text or form.hidden or not all(field.in_result for field in self._fields):
            return
        if any(field.kind in CONTENTS_FIELDS for field in self._fields):
            inline.contents_length += len(text)
        last = inline.pieces[-1] if inline.pieces else None
        if last is not None and not last.note and last.format == form:
            inline.pieces[-1] = last._replace(text=last.text + text)
        else:
            inline.pieces.append(Piece(text, form))

    def _field_mark(self, element: Element, form: Format, inline: Inline) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin" and element in self._closed_fields:
            box = element.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                self._add(inline, "☒" if _is_checked(box) else "☐", form)
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drop_unfinished_fields(self) -> None:
        """Forgets fields whose instruction has no end in this paragraph, lest the text after them be lost."""
        self._fields = [field for field in self._fields if field.in_result]

    def _note_mark(self, element: Element, form: Format, inline: Inline) -> None:
        kind = NOTE_KINDS[element.tag]
        note_id = element.get(W + "id", "")
        if form.hidden or not all(field.in_result for field in self._fields):
            return
        if element.get(W + "customMarkFollows", "0") in ("1", "true", "on"):
            following = element.getnext()
            label = (following.text or "").strip() if following is not None and following.tag == W + "t" else ""
            if following is not None and label:
                # The typed mark is the label, not text; the tree is ours alone.
                following.text = ""
            self.notes.mark(kind, note_id, label or "*")
        inline.pieces.append(Piece("", form, self.notes.label(kind, note_id)))

    # -- drawings ----------------------------------------------------------------------------------------------------

    def _drawing(self, element: Element, inline: Inline) -> None:
        for found in element.iter(W + "txbxContent", V + "textpath", DIAGRAM + "relIds", A + "blip", V + "imagedata"):
            if found.tag == W + "txbxContent":
                if not _within(found, W + "txbxContent", element) and not _is_fallback(found, element):
                    inline.boxes.append((_stands_above(element), found))
            elif _within(found, W + "txbxContent", element) or _is_fallback(found, element):
                continue
            elif found.tag == V + "textpath":
                inline.drawn_text.append(found.get("string", ""))
            elif found.tag == DIAGRAM + "relIds":
                inline.drawn_text.extend(self.diagram_text(found.get(R + "dm", "")))
            else:
                self._count_picture(element)

    def _count_picture(self, element: Element) -> None:
        extent = element.find(f".//{WP}extent")
        if extent is None:
            return
        width = (number(extent.get("cx")) or 0) / EMU_PER_POINT
        height = (number(extent.get("cy")) or 0) / EMU_PER_POINT
        if width >= PAGE_SHARE * self.page_size[0] and height >= PAGE_SHARE * self.page_size[1]:
            self.tally.page_pictures += 1
            self.tally.inline_page_pictures += element.find(WP + "inline") is not None


NOTE_KINDS = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
BLOCK_WRAPPERS = frozenset(W + name for name in ("customXml", "ins", "moveTo", "sdtContent", "smartTag"))
INLINE_WRAPPERS = frozenset(
    W + name for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "dir", "bdo", "sdtContent")
)


def find_closed_fields(root: Element) -> set[Element]:
    """The beginnings of fields that also end; one without an end would swallow all that follows."""
    waiting: list[Element] = []
    closed: set[Element] = set()
    for mark in root.iter(W + "fldChar"):
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            waiting.append(mark)
        elif kind == "end" and waiting:
            closed.add(waiting.pop())
    return closed


def is_placeholder(control: Element) -> bool:
    """True for a content control that still shows its prompt ('Klicka här …') and holds no text of its own."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def plain_text(items: Iterable[Item]) -> str:
    """All text of the items, for counting letters."""
    found: list[str] = []
    waiting = list(items)
    while waiting:
        item = waiting.pop()
        if isinstance(item, Paragraph):
            found.extend(piece.text for piece in item.pieces)
        else:
            waiting.extend(inner for row in item.rows for cell in row.cells for inner in cell.items)
    return " ".join(found)


def _outline(style: Style, own: Shape) -> int:
    if own.outline is not None:
        return own.outline + 1 if 0 <= own.outline < 9 else 0
    return style.heading_level


def _cut_at_page_breaks(paragraph: Paragraph, mark_deleted: bool) -> Iterator[tuple[Item, bool]]:
    if not any(PAGE_BREAK in piece.text for piece in paragraph.pieces):
        yield paragraph, mark_deleted
        return
    parts = [part for part in split_at_page_breaks(paragraph.pieces) if any(p.text.strip() or p.note for p in part)]
    for index, part in enumerate(parts):
        label = paragraph.label if index == 0 else None
        yield _with(paragraph, pieces=tuple(part), label=label), mark_deleted and index == len(parts) - 1


def _with(paragraph: Paragraph, *, pieces: tuple[Piece, ...], label: ListLabel | None) -> Paragraph:
    return Paragraph(
        pieces, paragraph.style, paragraph.shape, label, paragraph.outline, paragraph.in_contents, paragraph.drop_cap
    )


def _merge(first: Paragraph, second: Paragraph) -> Paragraph:
    """Two paragraphs whose dividing mark was deleted; the format is that of the second unless it is empty."""
    frame = second if second.has_text else first
    return _with(frame, pieces=first.pieces + second.pieces, label=frame.label or first.label)


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
    return _with(paragraph, pieces=start + paragraph.pieces, label=paragraph.label)


def _is_drop_cap(properties: Element | None) -> bool:
    frame = properties.find(W + "framePr") if properties is not None else None
    return frame is not None and frame.get(W + "dropCap", "none") in ("drop", "margin")


def _plain_text(element: Element) -> str:
    text = element.text or ""
    if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
        text = text.strip(" \t\r\n")
    return text.replace("\r", " ").replace("\n", " ").replace(PAGE_BREAK, " ")


def _symbol(element: Element) -> str:
    code = element.get(W + "char", "").lower()
    if code in SYMBOLS:
        return SYMBOLS[code]
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    if "\ud800" <= character <= "\udfff" or ord(character) < 32:
        return ""
    # Symbol fonts repeat the letters 32-126 from F020 on.
    return character if not "\uf000" <= character <= "\uf8ff" else plain_bullet(character)


CHARACTERS: dict[str, Callable[[Element], str]] = {
    W + "br": lambda element: PAGE_BREAK if element.get(W + "type") in ("page", "column") else "\n",
    W + "cr": lambda _: "\n",
    W + "noBreakHyphen": lambda _: "-",
    W + "ptab": lambda _: "\t",
    W + "sym": _symbol,
    W + "t": _plain_text,
    W + "tab": lambda _: "\t",
}
"""What stands for text in a run; soft hyphens, page numbers and rendering hints stand for none."""


def _is_checked(box: Element) -> bool:
    state = box.find(W + "checked")
    state = box.find(W + "default") if state is None else state
    return state is not None and state.get(W + "val", "1") not in ("0", "false", "off")


def _within(element: Element, tag: str, top: Element) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not top:
        if parent.tag == tag:
            return True
        parent = parent.getparent()
    return False


def _is_fallback(element: Element, top: Element) -> bool:
    """True when the element lies in a branch of alternates that is not the one to be read."""
    child = element
    parent = element.getparent()
    while parent is not None and child is not top:
        if parent.tag == MC + "AlternateContent" and chosen_branch(parent) is not child:
            return True
        child, parent = parent, parent.getparent()
    return False


def _stands_above(drawing: Element) -> bool:
    """True when a floating drawing is placed above the line it is anchored to."""
    offset = drawing.find(f"{WP}anchor/{WP}positionV/{WP}posOffset")
    if offset is None:
        return False
    origin = drawing.find(f"{WP}anchor/{WP}positionV")
    relative = origin.get("relativeFrom", "") if origin is not None else ""
    return relative in ("paragraph", "line") and (number(offset.text) or 0) < 0


def page_size(section: Element | None) -> tuple[float, float]:
    """Width and height in points that a `w:sectPr` asks for; A4 when it does not say."""
    size = section.find(W + "pgSz") if section is not None else None
    if size is None:
        return A4
    width, height = points(size.get(W + "w")), points(size.get(W + "h"))
    return (width, height) if width and height and width > 0 and height > 0 else A4


def read_note_numbers(settings: Element | None, section: Element | None, kind: str) -> NoteNumbers:
    """How footnotes or endnotes (`kind`) are numbered, by the section's word before the document's."""
    found = FOOTNOTES if kind == "footnote" else ENDNOTES
    for owner in (settings, section):
        properties = owner.find(f"{W}{kind}Pr") if owner is not None else None
        if properties is not None:
            found = NoteNumbers(
                format=value(properties, "numFmt", found.format),
                start=whole(value(properties, "numStart"), found.start),
                per_section=value(properties, "numRestart", "eachSect" if found.per_section else "") == "eachSect",
            )
    return found
