"""What stands in one paragraph in, its pieces of text out, with the text boxes and drawn words that hang on it.

Of fields the result is read and not the instruction; deleted and hidden text, comments and prompts are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samsyn.extract.readers.docx_fields import Fields, is_contents_instruction
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
    flag,
    number,
    points,
    value,
)
from samsyn.extract.readers.docx_notes import NOTE_KINDS, NoteCounter
from samsyn.extract.readers.docx_numbering import plain_bullet
from samsyn.extract.readers.docx_styles import Format, Look, Style, StyleSheet, read_look
from samsyn.extract.readers.docx_text import PAGE_BREAK, Piece, merge_pieces

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

A4 = (595.3, 841.9)
PAGE_SHARE = 0.6
"""A picture that covers this much of the page both ways carries a whole page."""
ON = ("1", "true", "on")
PLACEHOLDER_STYLE = "placeholder text"
SYMBOLS = {
    "f0fc": "✓", "f0fb": "✗", "f0fe": "☑", "f0fd": "☒", "f0a8": "☐", "f06f": "☐", "f071": "☐", "f052": "☑",
    "f0e0": "→", "f0e8": "→", "f0ae": "→", "f0b3": "≥", "f0a3": "≤", "f0b1": "±", "f0b0": "°", "f02d": "–", "f0b7": "•",
    "f0a7": "▪", "f04a": "☺",
}  # fmt: skip
"""Characters of Word's symbol fonts, by the code they are saved with."""
INLINE_WRAPPERS = frozenset(
    W + name for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "dir", "bdo", "sdtContent")
)
DRAWINGS = frozenset(W + name for name in ("drawing", "pict", "object"))


@dataclass(slots=True)
class Tally:
    """What a document holds beside text."""

    page_pictures: int = 0
    inline_page_pictures: int = 0
    has_foreign_parts: bool = False
    """True for text in an embedded file of another format (`w:altChunk`)."""
    struck: int = 0
    """Letters set with a line through them."""


@dataclass(slots=True)
class Content:
    """What one paragraph holds."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[tuple[bool, Element]] = field(default_factory=list)
    """Text boxes anchored here: whether they stand above the paragraph, and their content."""
    drawn: list[str] = field(default_factory=list)
    """Words drawn as a picture (WordArt) or in a diagram."""
    length: int = 0
    contents_length: int = 0
    """How much of the length is the result of a field that makes a table of contents."""


@dataclass(slots=True)
class Shared:
    """What all paragraphs of a document share."""

    styles: StyleSheet
    notes: NoteCounter
    tally: Tally = field(default_factory=Tally)
    diagram_text: Callable[[str], list[str]] = field(default=lambda _: [])
    """The texts of the diagram part that a relationship id leads to."""
    page_size: tuple[float, float] = A4


@dataclass(slots=True)
class ParagraphReader:
    """Reads the content of one paragraph of the given style, in a table of the given look."""

    shared: Shared
    fields: Fields
    style: Style
    table_look: Look
    content: Content = field(default_factory=Content)
    _contents_depth: int = 0

    def read(self, paragraph: Element) -> Content:
        """The paragraph's content, neighbouring runs of one format joined."""
        self._inline(paragraph)
        self.fields.end_paragraph()
        self.content.pieces = merge_pieces(self.content.pieces)
        return self.content

    def _inline(self, parent: Element) -> None:
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                self._run(element)
            elif tag in INLINE_WRAPPERS:
                self._inline(element)
            elif tag == W + "sdt":
                inner = element.find(W + "sdtContent")
                if inner is not None and not is_placeholder(element):
                    self._inline(inner)
            elif tag == W + "fldSimple":
                self._simple_field(element)
            elif tag == MC + "AlternateContent":
                branch = chosen_branch(element)
                if branch is not None:
                    self._inline(branch)

    def _simple_field(self, element: Element) -> None:
        is_contents = is_contents_instruction(element.get(W + "instr", ""))
        self._contents_depth += is_contents
        self._inline(element)
        self._contents_depth -= is_contents

    def _run(self, element: Element) -> None:
        properties = element.find(W + "rPr")
        styles = self.shared.styles
        run_style = styles.run_style(value(properties, "rStyle"))
        if PLACEHOLDER_STYLE in run_style.names:
            return
        form = styles.format(self.style, run_style, read_look(properties), self.table_look)
        before = self.content.length
        self._run_content(element, form)
        if flag(properties, "strike") or flag(properties, "dstrike"):
            self.shared.tally.struck += self.content.length - before

    def _run_content(self, element: Element, form: Format) -> None:
        for child in element:
            tag = child.tag
            if tag in CHARACTERS:
                self._add(CHARACTERS[tag](child), form)
            elif tag == W + "fldChar":
                self._field_mark(child, form)
            elif tag == W + "instrText":
                self.fields.instruct(child.text or "")
            elif tag in NOTE_KINDS:
                self._note_mark(child, form)
            elif tag in DRAWINGS:
                self._drawing(child)
            elif tag == W + "ruby":
                for base in child.findall(W + "rubyBase"):
                    self._inline(base)
            elif tag == MC + "AlternateContent":
                branch = chosen_branch(child)
                if branch is not None:
                    self._run_content(branch, form)

    def _add(self, text: str, form: Format) -> None:
        if not text or form.hidden or self.fields.hide_text:
            return
        self.content.length += len(text)
        if self._contents_depth or self.fields.in_contents:
            self.content.contents_length += len(text)
        self.content.pieces.append(Piece(text, form))

    def _field_mark(self, element: Element, form: Format) -> None:
        box = element.find(f"{W}ffData/{W}checkBox")
        if box is not None:
            self._add("☒" if _is_checked(box) else "☐", form)
        self.fields.meet(element)

    def _note_mark(self, element: Element, form: Format) -> None:
        kind, note_id = NOTE_KINDS[element.tag], element.get(W + "id", "")
        if form.hidden or self.fields.hide_text:
            return
        if element.get(W + "customMarkFollows", "0") in ON:
            label = self.shared.notes.mark(kind, note_id, _take_custom_mark(element) or "*")
        else:
            label = self.shared.notes.label(kind, note_id)
        self.content.pieces.append(Piece("", form, label))

    def _drawing(self, drawing: Element) -> None:
        wanted = (W + "txbxContent", V + "textpath", DIAGRAM + "relIds", A + "blip", V + "imagedata")
        for found in drawing.iter(*wanted):
            # What stands within a text box is read with its paragraphs.
            if _is_read_elsewhere(found, drawing):
                continue
            if found.tag == W + "txbxContent":
                self.content.boxes.append((_stands_above(drawing), found))
            elif found.tag == V + "textpath":
                self.content.drawn.append(found.get("string", ""))
            elif found.tag == DIAGRAM + "relIds":
                self.content.drawn.extend(self.shared.diagram_text(found.get(R + "dm", "")))
            else:
                self._count_picture(drawing)

    def _count_picture(self, drawing: Element) -> None:
        extent = drawing.find(f".//{WP}extent")
        if extent is None:
            return
        width = (number(extent.get("cx")) or 0) / EMU_PER_POINT
        height = (number(extent.get("cy")) or 0) / EMU_PER_POINT
        page_width, page_height = self.shared.page_size
        if width >= PAGE_SHARE * page_width and height >= PAGE_SHARE * page_height:
            self.shared.tally.page_pictures += 1
            self.shared.tally.inline_page_pictures += drawing.find(WP + "inline") is not None


def is_placeholder(control: Element) -> bool:
    """True for a content control that still shows its prompt ('Klicka här …') and holds no text of its own."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def page_size(section: Element | None) -> tuple[float, float]:
    """Width and height in points that a `w:sectPr` asks for; A4 when it does not say."""
    size = section.find(W + "pgSz") if section is not None else None
    if size is None:
        return A4
    width, height = points(size.get(W + "w")), points(size.get(W + "h"))
    return (width, height) if width and height and width > 0 and height > 0 else A4


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
    return plain_bullet(character)


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
    return state is not None and state.get(W + "val", "1") in ON


def _take_custom_mark(reference: Element) -> str:
    """The mark typed after a reference, taken out of the tree (ours alone) since it is the label and not text."""
    following = reference.getnext()
    if following is None or following.tag != W + "t":
        return ""
    label = (following.text or "").strip()
    following.text = ""
    return label


def _is_read_elsewhere(element: Element, top: Element) -> bool:
    """True within a text box, or in a branch of alternates that is not the one to be read."""
    child, parent = element, element.getparent()
    while parent is not None and child is not top:
        if parent.tag == W + "txbxContent":
            return True
        if parent.tag == MC + "AlternateContent" and chosen_branch(parent) is not child:
            return True
        child, parent = parent, parent.getparent()
    return False


def _stands_above(drawing: Element) -> bool:
    """True when a floating drawing is placed above the line it is anchored to."""
    position = drawing.find(f"{WP}anchor/{WP}positionV")
    offset = position.find(WP + "posOffset") if position is not None else None
    if position is None or offset is None:
        return False
    return position.get("relativeFrom", "") in ("paragraph", "line") and (number(offset.text) or 0) < 0
