"""Word: an agreement's source as DOCX, with styled, outlined or merely bold headings and Word's own oddities."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import docx.enum.text
import docx.text.paragraph
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as OpcPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from tests.accuracy.blocks import (
    Band,
    Block,
    Cards,
    Contents,
    Heading,
    Item,
    KeyValue,
    Listing,
    Outcomes,
    PageBreak,
    Paragraph,
    Part,
    Problem,
    Region,
    Row,
    Run,
    Signatures,
    SigningParty,
    Source,
    Table,
    Undertakings,
)
from tests.accuracy.render.common import (
    Numbers,
    Options,
    blocks_of,
    footer_words,
    heading_text,
    is_wide,
    marker,
    numbers,
)
from tests.accuracy.source import runs

SIZES = {0: 20, 1: 15, 2: 12.5, 3: 11, 4: 10.5}
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
NAMESPACES = (
    nsdecls("w", "a", "wp")
    + f' xmlns:wps="{SHAPE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def render_word(source: Source, options: Options, target: Path) -> None:
    """Writes the agreement as DOCX."""
    writer = _Writer(source, options)
    writer.write()
    writer.document.save(str(target))


class _Writer:
    """A DOCX in the making."""

    def __init__(self, source: Source, options: Options) -> None:
        self.source, self.options, self.look = source, options, source.look
        self.document: Any = docx.Document()
        self.numbers: Numbers = numbers(source)
        self.notes: list[str] = []
        self.container: Any = self.document
        self.wide = False
        self.part = 0
        self._prepare()

    def _prepare(self) -> None:
        properties = self.document.core_properties
        properties.author, properties.title = "Kommunledningskontoret", ""
        properties.comments = ""
        normal = self.document.styles["Normal"]
        normal.font.name = self.look.get("font", "Liberation Serif")
        normal.font.size = Pt(float(self.look.get("size", "11")))
        normal.paragraph_format.space_after = Pt(6)
        for level in range(1, 5):
            style = self.document.styles[f"Heading {level}"]
            style.element.set(qn("w:styleId"), f"Rubrik{level}")
            self._dress(style, level)
        for number in (1, 2):
            self._contents_style(number)
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(float(self.look.get("margin", "24")))
        if self.options.headings == "outline":
            self._outline_styles()
        if self.look.get("numbered") == "auto" and self.options.headings == "styles":
            self._automatic_numbers()

    def _dress(self, style: Any, level: int) -> None:
        style.font.name = self.look.get("heading_font", self.look.get("font", "Liberation Sans"))
        for fonts in style.element.iter(qn("w:rFonts")):
            for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{name}"), None)
        style.font.size = Pt(SIZES[level])
        style.font.bold = True
        style.font.italic = level >= 4
        style.font.color.rgb = RGBColor.from_string(self.look.get("colour", "000000"))

    def _contents_style(self, number: int) -> None:
        style = self.document.styles.add_style(f"toc {number}", 1)
        style.element.set(qn("w:styleId"), f"Innehll{number}")
        style.base_style = self.document.styles["Normal"]
        style.paragraph_format.left_indent = Mm(6 * (number - 1))
        style.paragraph_format.space_after = Pt(2)

    def _outline_styles(self) -> None:
        for level in range(1, 5):
            style = self.document.styles.add_style(f"Avsnittsnivå {level}", 1)
            style.base_style = self.document.styles["Normal"]
            self._dress(style, level)
            style.paragraph_format.space_before = Pt(12)
            properties = style.element.get_or_add_pPr()
            outline = OxmlElement("w:outlineLvl")
            outline.set(qn("w:val"), str(level - 1))
            properties.append(outline)

    def _automatic_numbers(self) -> None:
        numbering = self.document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
            f'<w:pStyle w:val="Rubrik{level + 1}"/>'
            f'<w:lvlText w:val="{".".join(f"%{n + 1}" for n in range(level + 1))}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
            for level in range(3)
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>'
            f"{levels}</w:abstractNum>"
        )
        numbering.insert(0, abstract)
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        for level in range(3):
            properties = self.document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
            )

    def write(self) -> None:
        for index, part in enumerate(self.source.parts):
            self.part = index
            if index:
                self._section(WD_SECTION.NEW_PAGE)
            if is_wide(part):
                self._orient(self.document.sections[-1], True)
            self._furniture(part)
            self._blocks(blocks_of(part))
        self._add_notes()

    def _section(self, kind: Any, columns: int = 1) -> Any:
        section = self.document.add_section(kind)
        cols = section._sectPr.find(qn("w:cols"))
        if cols is None:
            cols = OxmlElement("w:cols")
            section._sectPr.append(cols)
        cols.set(qn("w:num"), str(columns))
        cols.set(qn("w:space"), "560")
        return section

    def _furniture(self, part: Part) -> None:
        section = self.document.sections[-1]
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        header = section.header.paragraphs[0]
        width = section.page_width - section.left_margin - section.right_margin
        header.style = self.document.styles["Normal"]  # the style Header has tab stops of its own
        header.paragraph_format.tab_stops.add_tab_stop(width, docx.enum.text.WD_TAB_ALIGNMENT.RIGHT)
        if any(part.header):
            header.add_run("\t".join(part.header)).font.size = Pt(9)
        footer = section.footer.paragraphs[0]
        footer.style = self.document.styles["Normal"]
        footer.alignment = {"right": 2, "center": 1}.get(self.look.get("footer", "center"), 0)
        for word in footer_words(part.footer):
            if word in ("{page}", "{pages}"):
                _field(footer, "PAGE" if word == "{page}" else "NUMPAGES")
            else:
                footer.add_run(word).font.size = Pt(9)

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._paragraph(block)
            case Listing(items, kind):
                self._list(items, kind)
            case Outcomes():
                self._list(block.listing.items, block.marker)
            case Undertakings():
                self._undertakings(block)
            case Table():
                self._table(block)
            case Cards():
                self._cards(block)
            case KeyValue():
                self._key_value(block)
            case Contents(title):
                self._contents(title)
            case Signatures():
                self._signatures(block)
            case PageBreak():
                self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case Region():
                self._region(block)
            case Problem():
                self._blocks(block.blocks)

    def _heading(self, heading: Heading) -> None:
        styled, level = self.options.headings, heading.level
        automatic = self.look.get("numbered") == "auto" and styled == "styles"
        text = heading_text(heading, self.numbers, automatic)
        if level == 0:
            paragraph = self.container.add_paragraph(style="Title" if styled == "styles" else None)
            for run in self._runs(paragraph, text):
                run.font.size, run.bold = Pt(SIZES[0]), True
                run.font.name = self.look.get("heading_font", self.look.get("font", "Liberation Sans"))
                run.font.color.rgb = RGBColor.from_string(self.look.get("colour", "000000"))
            return
        names = {"styles": f"Heading {level}", "outline": f"Avsnittsnivå {level}"}
        paragraph = self.container.add_paragraph(style=names.get(styled))
        added = self._runs(paragraph, text)
        if id(heading) not in self.numbers.of and automatic:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
            )
        if styled == "bold":
            for run in added:
                run.bold = True
                if level <= 2 and self.look.get("same_size") != "yes":
                    run.font.size = Pt(SIZES[level] - 0.5)
            paragraph.paragraph_format.space_before = Pt(10)
            paragraph.paragraph_format.keep_with_next = True

    def _paragraph(self, block: Paragraph, paragraph: Any = None) -> Any:
        paragraph = self.container.add_paragraph() if paragraph is None else paragraph
        if block.label:
            label = paragraph.add_run(f"{block.label} ")
            label.bold = self.look.get("labels", "bold") == "bold"
            label.underline = self.look.get("labels") == "underline" or None
        self._runs(paragraph, block.text)
        return paragraph

    def _runs(self, paragraph: Any, text: str, size: float | None = None) -> list[Any]:
        """Adds the text's runs; deleted ones only where changes are tracked."""
        added = []
        for piece in runs(text):
            if piece.change == "deleted" and not self.options.tracked:
                continue
            run = self._run(paragraph, piece)
            if size:
                run.font.size = Pt(size)
            added.append(run)
            if piece.note is not None:
                self._note(paragraph, piece.note)
        return added

    def _run(self, paragraph: Any, piece: Run) -> Any:
        run = paragraph.add_run()
        for index, line in enumerate(piece.text.split("\n")):
            if index:
                run.add_break()
            run.add_text(line)
        run.bold, run.italic = piece.bold or None, piece.italic or None
        if piece.change and self.options.tracked:
            tag = "w:ins" if piece.change == "inserted" else "w:del"
            change = OxmlElement(tag)
            change.set(qn("w:id"), str(900 + len(self.notes)))
            change.set(qn("w:author"), "Handläggare")
            change.set(qn("w:date"), "2020-01-01T00:00:00Z")
            run._r.addprevious(change)
            change.append(run._r)
            if tag == "w:del":
                for text in run._r.findall(qn("w:t")):
                    text.tag = qn("w:delText")
        return run

    def _note(self, paragraph: Any, text: str) -> None:
        self.notes.append(text)
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self.notes) + 1))
        run._r.append(reference)

    def _list(self, items: Iterable[Item], kind: str) -> None:
        if kind == "paragraph":
            for item in items:
                self._paragraph(Paragraph(item.text))
            return
        self.restart = True
        for index, item in enumerate(items):
            self._list_item(item.text, kind, index)
            for child in item.children:
                self._list_item(child.text, "dash", 0, deep=True)

    def _list_item(self, text: str, kind: str, index: int, deep: bool = False) -> None:
        if self.options.lists == "typed" or kind in ("letter", "o"):
            paragraph = self.container.add_paragraph()
            paragraph.paragraph_format.left_indent = Mm(12 if deep else 6)
            paragraph.paragraph_format.first_line_indent = Mm(-5)
            paragraph.add_run(f"{marker(kind, index, self.look)}\t")
        else:
            name = "List Number" if kind == "number" else "List Bullet"
            paragraph = self.container.add_paragraph(style=f"{name} 2" if deep else name)
            if kind == "number":
                self._number_anew(paragraph, index)
        paragraph.paragraph_format.space_after = Pt(3)
        self._runs(paragraph, text)

    def _number_anew(self, paragraph: Any, index: int) -> None:
        """A numbered list of its own: a new num with its start overridden."""
        numbering = self.document.part.numbering_part.element
        if index == 0:
            style = self.document.styles["List Number"].element
            old = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
            first = next(num for num in numbering.findall(qn("w:num")) if num.get(qn("w:numId")) == old)
            abstract = first.find(qn("w:abstractNumId")).get(qn("w:val"))
            self.number_id = 200 + len(numbering)
            numbering.append(
                parse_xml(
                    f'<w:num {nsdecls("w")} w:numId="{self.number_id}"><w:abstractNumId w:val="{abstract}"/>'
                    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
                )
            )
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{self.number_id}"/></w:numPr>')
        )

    def _undertakings(self, block: Undertakings) -> None:
        for index, item in enumerate(block.items):
            if block.marker == "paragraph":
                self._paragraph(Paragraph(item.text))
            else:
                self._list_item(item.text, block.marker, index)
            for outcome in item.outcomes:
                if block.outcomes_below:
                    self._paragraph(Paragraph(outcome))
                else:
                    self._list_item(outcome, "dash", 0, deep=True)

    def _grid(self, rows: int, widths: list[int], rules: str) -> Any:
        section = self.document.sections[-1]
        width = section.page_width - section.left_margin - section.right_margin
        table = (
            self.container.add_table(rows, len(widths))
            if self.container is self.document
            else (self.container.add_table(rows, len(widths), width))
        )
        table.style = self.document.styles["Table Grid" if rules == "grid" else "Normal Table"]
        table.autofit = False
        share = width / sum(widths)
        for grid, wide in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
            grid.set(qn("w:w"), str(int(share * wide / 635)))
        for row in table._tbl.tr_lst:
            for cell, wide in zip(row.tc_lst, widths, strict=True):
                cell.width = int(share * wide)
        return table

    def _tabbed(self, block: Table) -> None:
        """The table as people set it without one: a line a row, the cells at tab stops."""
        section = self.document.sections[-1]
        width = section.page_width - section.left_margin - section.right_margin
        ends = list(itertools.accumulate(column.width for column in block.columns))
        rows = [row.cells if isinstance(row, Row) else (row.text,) for row in block.rows]
        for number, cells in enumerate([tuple(column.header for column in block.columns), *rows]):
            paragraph = self.container.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            for end in ends[:-1]:
                paragraph.paragraph_format.tab_stops.add_tab_stop(int(width * end / ends[-1]))
            for index, cell in enumerate(cells):
                if index:
                    paragraph.add_run("\t")
                for run in self._runs(paragraph, cell or "", float(self.look.get("table_size", "9.5"))):
                    run.bold = number == 0 or run.bold
        self._small_gap()

    def _table(self, block: Table) -> None:
        if self.options.rules == "tabs":
            self._tabbed(block)
            return
        widths = [column.width for column in block.columns]
        grouped = any(column.group for column in block.columns)
        head = 2 if grouped else 1
        table = self._grid(head + len(block.rows), widths, self.options.rules)
        lines = [row.tc_lst for row in table._tbl.tr_lst]
        if grouped:
            self._groups(block, lines)
        else:
            for cell, column in zip(lines[0], block.columns, strict=True):
                self._cell(cell, column.header, bold=True)
        for line, row in zip(lines[head:], block.rows, strict=True):
            if isinstance(row, Band):
                self._cell(line[0], row.text, bold=True, shade=self.look.get("band", "E7E6E6"))
                _span(line, 0, len(line))
            else:
                self._row(line, row)
        self._finish_rows(table, block, head)
        self._small_gap()

    def _groups(self, block: Table, lines: list[Any]) -> None:
        index = 0
        while index < len(block.columns):
            group = block.columns[index].group
            last = index
            while last + 1 < len(block.columns) and block.columns[last + 1].group == group:
                last += 1
            self._cell(lines[0][index], group, bold=True)
            alone = last == index and group == block.columns[index].header
            for at in range(index, last + 1):
                if alone:
                    _merge_down(lines[0][at], "restart")
                    _merge_down(lines[1][at], None)
                else:
                    self._cell(lines[1][at], block.columns[at].header, bold=True)
            if last > index:
                _span(lines[0], index, last - index + 1)
            index = last + 1

    def _row(self, line: Any, row: Row) -> None:
        for cell, text in zip(line, row.cells, strict=True):
            if text is None:
                _merge_down(cell, None)
            else:
                _merge_down(cell, "restart", only_if_needed=True)
                self._cell(cell, text)

    def _cell(self, cell: Any, text: str, bold: bool = False, shade: str = "") -> None:
        size = float(self.look.get("table_size", "9.5"))
        first = True
        for piece in text.split("\n"):
            paragraph = cell.p_lst[0] if first else cell.add_p()
            proxy = docx.text.paragraph.Paragraph(paragraph, self.document)
            proxy.paragraph_format.space_after = Pt(1)
            for run in self._runs(proxy, piece, size):
                run.bold = bold or run.bold
            first = False
        if shade:
            cell.get_or_add_tcPr().append(
                parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{shade}"/>')
            )

    def _finish_rows(self, table: Any, block: Table, head: int) -> None:
        for cells in zip(*(self._column_cells(table, block)), strict=True) if block.rows else ():
            for above, cell in itertools.pairwise(cells):
                if _is_continued(cell) and not _is_continued(above):
                    _merge_down(above, "restart")
        for number, row in enumerate(table._tbl.tr_lst):
            properties = row.get_or_add_trPr()
            if number < head and block.repeat_header and self.options.repeat_header:
                properties.append(OxmlElement("w:tblHeader"))
            if not block.split_rows:
                properties.append(OxmlElement("w:cantSplit"))
            if number < head and self.options.rules in ("grid", "shaded") and self.look.get("head_shade"):
                for cell in row.tc_lst:
                    cell.get_or_add_tcPr().append(
                        parse_xml(
                            f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{self.look["head_shade"]}"/>'
                        )
                    )
            if self.options.rules in ("header", "horizontal") and (
                number == head - 1 or self.options.rules == "horizontal"
            ):
                for cell in row.tc_lst:
                    cell.get_or_add_tcPr().append(
                        parse_xml(
                            f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="8" w:color="404040"/>'
                            "</w:tcBorders>"
                        )
                    )
            if self.options.rules == "shaded" and number >= head and number % 2:
                for cell in row.tc_lst:
                    cell.get_or_add_tcPr().append(
                        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EEF3F7"/>')
                    )

    def _column_cells(self, table: Any, block: Table) -> list[list[Any]]:
        """The cells of the full rows; bands are left out since nothing merges over them."""
        return [row.tc_lst for row in table._tbl.tr_lst if len(row.tc_lst) == len(block.columns)]

    def _cards(self, block: Cards) -> None:
        for cards in block.beside():
            if block.lines:
                for label, text, _ in cards[0].lines:
                    self._paragraph(Paragraph(text, f"{label}:")).paragraph_format.space_after = Pt(1)
                self._small_gap()
                continue
            height = max(len(card.lines) for card in cards)
            table = self._grid(height, [3, 10] if len(cards) == 1 else [3, 5] * len(cards), self.options.rules)
            for number, card in enumerate(cards):
                for row, (label, text, _) in zip(table._tbl.tr_lst, card.lines, strict=False):
                    self._cell(row.tc_lst[2 * number], label, bold=True, shade=self.look.get("card_shade", ""))
                    self._cell(row.tc_lst[2 * number + 1], text)
            self._small_gap()

    def _key_value(self, block: KeyValue) -> None:
        if not block.table:
            for label, text in block.rows:
                paragraph = self._paragraph(Paragraph(text, f"{label}:"))
                paragraph.paragraph_format.space_after = Pt(1)
            return
        table = self._grid(len(block.rows), [4, 9], "grid")
        for row, (label, text) in zip(table._tbl.tr_lst, block.rows, strict=True):
            self._cell(row.tc_lst[0], label, bold=True)
            self._cell(row.tc_lst[1], text)
        self._small_gap()

    def _small_gap(self) -> None:
        self.container.add_paragraph().paragraph_format.space_after = Pt(0)

    def _contents(self, title: str) -> None:
        paragraph = self.container.add_paragraph()
        run = paragraph.add_run(title)
        run.bold, run.font.size = True, Pt(14)
        width = self.document.sections[-1].page_width - 2 * self.document.sections[-1].left_margin
        for level, text, page in self.numbers.contents[self.part]:
            if level <= 2:
                entry = self.container.add_paragraph(style=f"toc {level}")
                stops = entry.paragraph_format.tab_stops
                stops.add_tab_stop(width, docx.enum.text.WD_TAB_ALIGNMENT.RIGHT, docx.enum.text.WD_TAB_LEADER.DOTS)
                entry.add_run(f"{text}\t{page}")
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _region(self, region: Region) -> None:
        if region.kind == "landscape":
            self._turn(True)
            self._blocks(region.blocks)
            self._turn(False)
        elif region.kind == "columns":
            self._section(WD_SECTION.CONTINUOUS, 2)
            self._blocks(region.blocks)
            self._section(WD_SECTION.CONTINUOUS, 1)
        elif region.kind == "box":
            self._box(region.blocks)
        else:
            self._control(region.blocks)

    def _turn(self, wide: bool) -> None:
        self._orient(self._section(WD_SECTION.NEW_PAGE), wide)

    @staticmethod
    def _orient(section: Any, wide: bool) -> None:
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))

    def _taken_out(self, blocks: Iterable[Block]) -> list[Any]:
        """The elements that the blocks make, taken out of the body again."""
        body = self.document.element.body
        before = len(body)
        self._blocks(blocks)
        made = list(body)[before - 1 : -1]
        for element in made:
            body.remove(element)
        return made

    def _box(self, blocks: Iterable[Block]) -> None:
        made = self._taken_out(blocks)
        width = int(self.document.sections[-1].page_width - 2 * self.document.sections[-1].left_margin)
        length = sum(len("".join(element.itertext())) for element in made)
        height = int(Mm(6 + 5.5 * (length // 95 + len(made))))
        holder = self.document.add_paragraph()
        content = "<w:txbxContent/>"
        alternate = parse_xml(
            f'<w:r {NAMESPACES}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            f'<wp:inline><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{70 + self.part}" name="Textruta"/>'
            f'<a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
            f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="444444"/>'
            f"</a:solidFill></a:ln></wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>"
            "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
            f'<v:shape style="width:{width // 12700}pt;height:{height // 12700}pt"><v:textbox>{content}'
            "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
        for box in alternate.iter(qn("w:txbxContent")):
            for element in made:
                box.append(copy.deepcopy(element))
        holder._p.append(alternate)

    def _control(self, blocks: Iterable[Block]) -> None:
        made = self._taken_out(blocks)
        control = parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="Innehåll"/><w:id w:val="{4711 + len(made)}"/></w:sdtPr>'
            "<w:sdtContent/></w:sdt>"
        )
        for element in made:
            control[-1].append(element)
        self.document.element.body.insert(len(self.document.element.body) - 1, control)

    def _signatures(self, block: Signatures) -> None:
        beside, layout = arrangement(block.layout)
        if beside == "columns":
            self._signing_columns(block.parties, layout)
        elif beside == "tabs":
            self._signing_tabs(block.parties, layout)
        else:
            for party in block.parties:
                self._signing_stack(party, layout)

    def _signing_columns(self, parties: tuple[SigningParty, ...], layout: str) -> None:
        table = self._grid(1, [1] * len(parties), "none")
        for cell, party in zip(table._tbl.tr_lst[0].tc_lst, parties, strict=True):
            lines = signing_lines(party, layout)
            self._cell(cell, "\n".join(lines))
        self._small_gap()

    def _signing_tabs(self, parties: tuple[SigningParty, ...], layout: str) -> None:
        columns = [signing_lines(party, layout) for party in parties]
        for index in range(max(len(column) for column in columns)):
            paragraph = self.container.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            for number in range(1, len(columns)):
                paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(number * 162 / len(columns)))
            words = [column[index] if index < len(column) else "" for column in columns]
            paragraph.add_run("\t".join(words).rstrip("\t"))

    def _signing_stack(self, party: SigningParty, layout: str) -> None:
        for line in signing_lines(party, layout):
            paragraph = self.container.add_paragraph(line)
            paragraph.paragraph_format.space_after = Pt(2)

    def _add_notes(self) -> None:
        if not self.notes:
            return
        body = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {escape(text)}'
            "</w:t></w:r></w:p></w:footnote>"
            for number, text in enumerate(self.notes, 2)
        )
        marks = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
            for number, (kind, mark) in enumerate(
                (("separator", "separator"), ("continuationSeparator", "continuationSeparator"))
            )
        )
        blob = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{marks}{body}</w:footnotes>'
        package = self.document.part.package
        part = OpcPart(PackURI("/word/footnotes.xml"), FOOTNOTES, blob.encode(), package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def arrangement(layout: str) -> tuple[str, str]:
    """How the parties stand (columns, tabs, or one below the other: '') and how each one's lines are set."""
    first, _, rest = layout.partition("-")
    return (first, rest or "stacked") if first in ("columns", "tabs") else ("", layout)


def signing_lines(party: SigningParty, layout: str) -> list[str]:
    """The lines of one party's signatures.

    stacked (dots, name, title), role-first, pairs (no dots, a blank line between), plain (neither), clarified
    ('Namnförtydligande: ...'), captions (what a line is stands below it) or digital (the page a signing service
    adds: 'Signerat av ...', and below it what the person is, for whom and when).
    """
    if layout == "digital":
        signed = [(f"Signerat av {one.name}", one.printed_title, party.name, party.place_date) for one in party.people]
        return [line for lines in signed for line in (*lines, "")]
    lines = [line for line in (party.name, party.place_date) if line]
    for person in party.people:
        name = f"{person.name} {person.letters}".strip()
        lines += [line for line in _person_lines(name, person.printed_title, layout) if line is not None]
    return [*lines, ""]


def _person_lines(name: str, title: str, layout: str) -> list[str | None]:
    dots = "................................"
    lines: dict[str, list[str | None]] = {
        "role-first": ["", dots, title or None, name],
        "pairs": ["", name, title or None],
        "plain": [name, title or None],
        "clarified": ["", f"Underskrift: {dots}", f"Namnförtydligande: {name}", f"Befattning: {title}"],
        "captions": ["", dots, "Underskrift", name, "Namnförtydligande", title or None],
    }
    return lines.get(layout, ["", dots, name, title or None])


def _field(paragraph: Any, name: str) -> None:
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        if kind == "text":
            run.add_text(text)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.text = f" {text} "
            run._r.append(instruction)


def _span(line: Any, first: int, count: int) -> None:
    """Makes the cell span `count` grid columns and takes the others away."""
    cell = line[first]
    span = OxmlElement("w:gridSpan")
    span.set(qn("w:val"), str(count))
    properties = cell.get_or_add_tcPr()
    width = properties.find(qn("w:tcW"))
    width.addnext(span) if width is not None else properties.insert(0, span)
    for other in line[first + 1 : first + count]:
        other.getparent().remove(other)


def _merge_down(cell: Any, value: str | None, only_if_needed: bool = False) -> None:
    if only_if_needed:
        return
    properties = cell.get_or_add_tcPr()
    merge = OxmlElement("w:vMerge")
    if value:
        merge.set(qn("w:val"), value)
    width = properties.find(qn("w:tcW"))
    width.addnext(merge) if width is not None else properties.insert(0, merge)


def _is_continued(cell: Any) -> bool:
    merge = cell.get_or_add_tcPr().find(qn("w:vMerge"))
    return merge is not None and merge.get(qn("w:val")) is None
