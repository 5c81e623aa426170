"""Bytes of a Word document in, a `Document` out: headings, paragraphs, lists, tables, notes, furniture and cautions.

The accepted reading of tracked changes is given. Nothing outside the file is ever fetched.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers.docx_contents import take_contents
from samsyn.extract.readers.docx_headings import Body, measure_body, set_ranks, split_headlines
from samsyn.extract.readers.docx_inline import Shared, Tally, page_size
from samsyn.extract.readers.docx_items import Item, Paragraph, TableSource
from samsyn.extract.readers.docx_lists import (
    Entry,
    is_lone_letter_bullet,
    set_depths,
    sort_entry,
    split_typed_list,
    with_letter_bullet,
)
from samsyn.extract.readers.docx_markup import A, R, W, points, value
from samsyn.extract.readers.docx_notes import NoteCounter, read_note_numbers
from samsyn.extract.readers.docx_numbering import read_numberings
from samsyn.extract.readers.docx_package import DamagedPart, Package, open_package
from samsyn.extract.readers.docx_story import StoryReader
from samsyn.extract.readers.docx_styles import DEFAULT_SIZE, read_styles
from samsyn.extract.readers.docx_tabbed import gather_tab_rows
from samsyn.extract.readers.docx_table import Header, Placed, count_header_rows, count_repeated_rows, lay_out
from samsyn.extract.readers.docx_tabs import sets_apart
from samsyn.extract.readers.docx_text import PLAIN_DIGITS, RichText, compose, join_texts, typed_label, typed_marks
from samsyn.models.document import Block, BlockKind, Cell, Document, Footnote, Table
from samsyn.models.source import Caution, Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_NESTING = 8
"""Tables within tables; deeper ones are read as the paragraphs they hold."""
LEAST_TEXT_A_PAGE = 200
"""Letters; with less text than this for each picture that fills a page, the document is a scan."""
DEFAULT_TAB_STOP = 36.0
MARK_BEFORE_NOTE = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3}|[^\w\s]{1,5}|\w{1,3}(?=[\s.)]))[.)]?\s*")
CHANGES = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"))


def read_docx(data: bytes, *, file: str) -> Document:
    """The document in the bytes of a .docx, .docm or .dotx file; `file` is its name, for the source and for errors.

    The format has no pages: blocks have no lines and evidence no page. Raises UnreadableDocument when the file is
    empty, damaged, encrypted, no Word document, or over a limit.
    """
    package = open_package(data, file=file)
    try:
        root = package.required_part(package.main)
    except DamagedPart as error:
        raise UnreadableDocument(file, "the file is damaged (the document's main part cannot be read)") from error
    body = root.find(W + "body")
    if root.tag != W + "document" or body is None:
        raise UnreadableDocument(file, "not a Word document (docx)")
    source = Source(file=file, sha256=hashlib.sha256(data).hexdigest(), media_type=MEDIA_TYPE, pages=None)
    return _Reading(package, root, body, source).document()


@dataclass(slots=True)
class _Reading:
    """One document being read: its parts opened, its stories read, its blocks built."""

    package: Package
    root: Element
    body: Element
    source: Source
    shared: Shared = field(init=False)
    reader: StoryReader = field(init=False)
    ties: dict[str, str] = field(init=False)
    tab_stop: float = DEFAULT_TAB_STOP
    note_labels: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        relationships = self.package.relationships(self.package.main)
        self.ties = {key: tie.target for key, tie in relationships.items()}
        kinds = {tie.kind: tie.target for tie in relationships.values()}
        styles = read_styles(self._part(kinds.get("styles")))
        settings = self._part(kinds.get("settings"))
        section = self.body.find(W + "sectPr")
        self.tab_stop = points(value(settings, "defaultTabStop")) or DEFAULT_TAB_STOP
        self.shared = Shared(
            styles=styles,
            notes=NoteCounter(
                read_note_numbers(settings, section, "footnote"), read_note_numbers(settings, section, "endnote")
            ),
            diagram_text=self._diagram_text,
            page_size=page_size(section),
        )
        self.reader = StoryReader(self.shared, read_numberings(self._part(kinds.get("numbering")), styles))
        self._note_parts = {kind: self._part(kinds.get(kind + "s")) for kind in ("footnote", "endnote")}

    _note_parts: dict[str, Element | None] = field(init=False)

    def document(self) -> Document:
        """The whole document."""
        items = list(gather_tab_rows(list(_unwrap(self.reader.read(self.body)))))
        items, typed_notes = self._take_typed_notes(items)
        flow = self._entries(items)
        flow, contents = take_contents(flow)
        measured = self._measure(flow, items)
        flow = [part for entry in flow for part in self._split(entry, measured)]
        ranked = set_ranks([entry if isinstance(entry, Entry) else None for entry in flow], measured)
        flow = [new if new is not None else old for new, old in zip(ranked, flow, strict=True)]
        blocks = tuple(self._blocks(flow, [f"b{number}" for number in range(1, len(flow) + 1)], depth=0))
        footnotes = self._footnotes(typed_notes)
        furniture = self._furniture(contents)
        return Document(
            source=self.source,
            blocks=blocks,
            footnotes=footnotes,
            furniture=furniture,
            cautions=tuple(self._cautions(blocks, self.shared.tally)),
        )

    def _part(self, name: str | None) -> Element | None:
        return None if name is None else self.package.part(name)

    # -- paragraphs --------------------------------------------------------------------------------------------------

    def _compose(self, paragraph: Paragraph) -> RichText:
        def is_wide(before: str, after: str) -> bool:
            return sets_apart(before, after, paragraph, self.tab_stop)

        return compose(paragraph.pieces, labels=self.note_labels, is_wide=is_wide)

    def _entries(self, items: Iterable[Item]) -> list[Entry | TableSource]:
        entries: list[Entry | TableSource] = []
        for item in items:
            if isinstance(item, TableSource):
                entries.append(item)
                continue
            text = self._compose(item)
            if not text.text:
                continue
            parts = [text] if item.label or item.outline else split_typed_list(text)
            entries.extend(sort_entry(item, part) for part in parts)
        return list(_find_letter_bullets(entries))

    def _measure(self, flow: Sequence[Entry | TableSource], items: Sequence[Item]) -> Body:
        running = [entry.full for entry in flow if isinstance(entry, Entry) and not entry.paragraph.outline]
        in_tables = (self._compose(paragraph) for paragraph in _paragraphs(items))
        default = self.shared.styles.paragraph_style("")
        size = default.look.size or self.shared.styles.defaults.size or DEFAULT_SIZE
        return measure_body(running) or measure_body(in_tables) or Body(size, False)

    def _split(self, entry: Entry | TableSource, body: Body) -> list[Entry | TableSource]:
        if isinstance(entry, TableSource) or entry.marker or entry.paragraph.outline:
            return [entry]
        parts = split_headlines(entry.full, body)
        return [entry] if len(parts) == 1 else [sort_entry(entry.paragraph, part) for part in parts]

    # -- blocks ------------------------------------------------------------------------------------------------------

    def _blocks(self, flow: Sequence[Entry | TableSource], ids: Sequence[str], *, depth: int) -> Iterator[Block]:
        # A table ends a list: the entries between two tables are nested by themselves.
        flow = list(_with_depths(flow))
        for block_id, entry in zip(ids, flow, strict=True):
            if isinstance(entry, Entry):
                yield _block(block_id, entry)
            else:
                table = self._table(block_id, entry, depth=depth)
                yield Block(id=block_id, kind=BlockKind.TABLE, text="", table=table)

    def _table(self, table_id: str, source: TableSource, *, depth: int) -> Table:
        layout = lay_out(source)
        cells = tuple(self._cell(table_id, placed, depth=depth) for placed in layout.cells)
        headings = frozenset((placed.row, placed.column) for placed in layout.cells if _is_heading_cell(placed))
        header = Header(cells, headings, count_repeated_rows(source))
        header_rows = count_header_rows(header, layout.row_count, layout.column_count)
        return Table(layout.row_count, layout.column_count, cells, header_rows)

    def _cell(self, table_id: str, placed: Placed, *, depth: int) -> Cell:
        items = placed.source.items
        flow = self._entries(_unwrap(items) if depth + 1 < MAX_NESTING else _paragraphs(items))
        name = f"{table_id}.r{placed.row}.c{placed.column}"
        ids = [f"{name}.{index}" for index in range(len(flow))]
        blocks = tuple(self._blocks(flow, ids, depth=depth + 1))
        return Cell(placed.row, placed.column, blocks, placed.row_span, placed.column_span, shaded=placed.source.shaded)

    # -- notes -------------------------------------------------------------------------------------------------------

    def _take_typed_notes(self, items: list[Item]) -> tuple[list[Item], list[tuple[str, Paragraph]]]:
        """Parts footnotes typed as paragraphs ('¹ Enligt …') from the text, where a mark in the text calls for them."""
        paragraphs = [item for item in items if isinstance(item, Paragraph)]
        begins = {id(paragraph): typed_label(paragraph.pieces) for paragraph in paragraphs}
        called = {
            mark
            for paragraph in _paragraphs(items)
            if not begins.get(id(paragraph))
            for mark in typed_marks(paragraph.pieces)
        }
        notes = [(begins[id(item)], item) for item in paragraphs if begins[id(item)] in called]
        taken = {id(paragraph) for _, paragraph in notes}
        printed = {label for label in self.shared.notes.labels.values() if label.isdigit()}
        self.note_labels = frozenset(label for label, _ in notes) | (printed & called)
        return [item for item in items if id(item) not in taken], notes

    def _footnotes(self, typed: Sequence[tuple[str, Paragraph]]) -> tuple[Footnote, ...]:
        found: list[tuple[str, RichText]] = []
        for kind in ("footnote", "endnote"):
            texts = self._note_texts(kind)
            for key, label in self.shared.notes.labels.items():
                if key[0] == kind:
                    text = texts.get(key[1], RichText())
                    found.append((label, _without_mark(text, label) if key in self.shared.notes.custom else text))
        found += [(label, _without_mark(compose(note.pieces), label)) for label, note in typed]
        return tuple(
            Footnote(label, _paragraph_block(f"n{index}", text)) for index, (label, text) in enumerate(found, 1)
        )

    def _note_texts(self, kind: str) -> dict[str, RichText]:
        root = self._note_parts[kind]
        texts: dict[str, RichText] = {}
        wanted = {key[1] for key in self.shared.notes.labels if key[0] == kind}
        for element in root.findall(W + kind) if root is not None else ():
            note_id = element.get(W + "id", "")
            if note_id in wanted and element.get(W + "type", "normal") == "normal":
                paragraphs = [self._compose(paragraph) for paragraph in _paragraphs(self.reader.read(element))]
                texts[note_id] = join_texts([text for text in paragraphs if text.text], "\n")
        return texts

    # -- furniture ---------------------------------------------------------------------------------------------------

    def _furniture(self, contents: Sequence[RichText]) -> tuple[Block, ...]:
        texts: dict[str, RichText] = {}
        for name in self._running_parts():
            root = self._part(name)
            for paragraph in _paragraphs(self.reader.read(root)) if root is not None else ():
                text = self._compose(paragraph)
                if text.text:
                    texts.setdefault(text.text, text)
        every = [*texts.values(), *contents]
        return tuple(_paragraph_block(f"f{index}", text) for index, text in enumerate(every, 1))

    def _running_parts(self) -> list[str]:
        """The header and footer parts that some section uses, each once."""
        references = self.root.iter(W + "headerReference", W + "footerReference")
        targets = (self.ties.get(reference.get(R + "id", "")) for reference in references)
        return list(dict.fromkeys(target for target in targets if target))

    def _diagram_text(self, relationship: str) -> list[str]:
        root = self._part(self.ties.get(relationship))
        if root is None:
            return []
        texts = ("".join(run.text or "" for run in line.iter(A + "t")) for line in root.iter(A + "p"))
        return [text for text in texts if text.strip()]

    # -- cautions ----------------------------------------------------------------------------------------------------

    def _cautions(self, blocks: Sequence[Block], tally: Tally) -> Iterator[Caution]:
        if next(self.root.iter(*CHANGES), None) is not None:
            yield Caution(
                code="tracked-changes",
                message="Dokumentet innehåller spårade ändringar; det är läst som om alla vore godkända.",
            )
        if tally.has_foreign_parts:
            yield Caution(
                code="embedded-content",
                message="Dokumentet innehåller infogade filer i annat format; deras text är inte läst.",
            )
        if tally.struck:
            yield Caution(
                code="struck-text",
                message="Dokumentet innehåller överstruken text; den är läst som övrig text.",
            )
        letters = sum(len(text) for block in blocks for text in _texts(block))
        if tally.page_pictures and letters < LEAST_TEXT_A_PAGE * tally.page_pictures:
            yield Caution(
                code="scanned-pages",
                message="Dokumentet består av inklistrade sidbilder (skannade sidor); bildernas text är inte läst.",
            )
        elif tally.inline_page_pictures > 1:
            yield Caution(
                code="scanned-pages",
                message=f"Dokumentet innehåller {tally.inline_page_pictures} bilder som täcker var sin sida, kanske "
                "skannade sidor; bildernas text är inte läst.",
            )
        elif not letters:
            yield Caution(code="no-text", message="Dokumentet innehåller ingen text.")
        for name in dict.fromkeys(self.package.damaged):
            yield Caution(code="damaged-part", message=f"En del av filen är skadad och kunde inte läsas: {name}.")


def _unwrap(items: Iterable[Item]) -> Iterator[Item]:
    """The items, where a table of one cell is what it holds: it is a frame around text, no table."""
    for item in items:
        if isinstance(item, TableSource) and len(item.rows) == 1 and len(item.rows[0].cells) == 1:
            yield from _unwrap(item.rows[0].cells[0].items)
        elif isinstance(item, Paragraph) or any(row.cells for row in item.rows):
            yield item


def _paragraphs(items: Iterable[Item]) -> Iterator[Paragraph]:
    """Every paragraph, those in tables included, in order."""
    waiting = list(items)[::-1]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Paragraph):
            yield item
        else:
            waiting.extend(inner for row in item.rows[::-1] for cell in row.cells[::-1] for inner in cell.items[::-1])


def _is_heading_cell(placed: Placed) -> bool:
    written = [item for item in placed.source.items if isinstance(item, TableSource) or item.has_text]
    return bool(written) and all(isinstance(item, Paragraph) and item.outline for item in written)


def _find_letter_bullets(entries: Sequence[Entry | TableSource]) -> Iterator[Entry | TableSource]:
    for index, entry in enumerate(entries):
        near = (*entries[max(0, index - 1) : index], *entries[index + 1 : index + 2])
        among = any(isinstance(other, Entry) and (other.marker or is_lone_letter_bullet(other)) for other in near)
        yield (
            with_letter_bullet(entry) if isinstance(entry, Entry) and among and is_lone_letter_bullet(entry) else entry
        )


def _with_depths(flow: Sequence[Entry | TableSource]) -> Iterator[Entry | TableSource]:
    depths = iter(set_depths([entry for entry in flow if isinstance(entry, Entry)]))
    for entry in flow:
        yield next(depths) if isinstance(entry, Entry) else entry


def _block(block_id: str, entry: Entry) -> Block:
    if entry.rank:
        # A number the author typed stays in a heading's text; one Word counts is its marker.
        text, kind, level = entry.full, BlockKind.HEADING, entry.rank
        marker = "" if entry.typed else entry.marker
    else:
        text, level, marker = entry.text, entry.depth, entry.marker
        kind = BlockKind.LIST_ITEM if entry.depth else BlockKind.PARAGRAPH
    return Block(
        id=block_id,
        kind=kind,
        text=text.text,
        level=level,
        marker=marker,
        emphasis=text.emphasis,
        notes=text.notes,
        size=text.size,
    )


def _paragraph_block(block_id: str, text: RichText) -> Block:
    return Block(block_id, BlockKind.PARAGRAPH, text.text, emphasis=text.emphasis, notes=text.notes, size=text.size)


def _without_mark(text: RichText, label: str) -> RichText:
    """A note's text without the mark typed before it."""
    found = MARK_BEFORE_NOTE.match(text.text)
    return text.part(found.end()) if found and found[1].translate(PLAIN_DIGITS) == label else text


def _texts(block: Block) -> Iterator[str]:
    yield block.text
    for cell in block.table.cells if block.table is not None else ():
        for inner in cell.blocks:
            yield from _texts(inner)
