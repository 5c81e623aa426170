"""Paper: an agreement's source as PDF made by ReportLab, as a records system would print it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageTemplate,
    Spacer,
    TableStyle,
)
from reportlab.platypus import (
    PageBreak as NewPage,
)
from reportlab.platypus import (
    Paragraph as Text,
)
from reportlab.platypus import (
    Table as Grid,
)

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
    Signatures,
    Source,
    Table,
    Undertakings,
)
from tests.accuracy.render.common import Numbers, Options, blocks_of, heading_text, is_wide, marker, numbers
from tests.accuracy.render.word import arrangement, signing_lines
from tests.accuracy.source import runs

MARGIN = 22 * mm
FONTS = {"serif": ("Times-Roman", "Times-Bold"), "sans": ("Helvetica", "Helvetica-Bold")}
HEADING_SIZES = {0: 18, 1: 14, 2: 11.5, 3: 10.5, 4: 10}


def render_reportlab(source: Source, options: Options, target: Path) -> None:
    """Writes the agreement as PDF made by ReportLab with the standard fonts."""
    pages = _build(source, options, target, 0)
    _build(source, options, target, pages)


def _build(source: Source, options: Options, target: Path, pages: int) -> int:
    """Sets the document once; returns its number of pages, which the second setting prints."""
    story = _Story(source, options)
    flowables = story.all()
    document = BaseDocTemplate(str(target), pagesize=A4, title="", invariant=True)
    for index, part in enumerate(source.parts):
        document.addPageTemplates([_template(index, part, pages, wide) for wide in (is_wide(part), not is_wide(part))])
    document.build(flowables)
    return int(document.page)


def _template(index: int, part: Part, pages: int, wide: bool) -> PageTemplate:
    size = landscape(A4) if wide else A4
    frame = Frame(MARGIN, 18 * mm, size[0] - 2 * MARGIN, size[1] - 42 * mm, 0, 0, 0, 0)

    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8.5)
        canvas.drawString(MARGIN, size[1] - 15 * mm, part.header[0])
        canvas.drawRightString(size[0] - MARGIN, size[1] - 15 * mm, part.header[1])
        words = part.footer.replace("{pages}", str(pages)).replace("{page}", str(document.page))
        canvas.drawString(MARGIN, 10 * mm, words)

    return PageTemplate(f"{'w' if wide else 'p'}{index}", [frame], onPage=draw, pagesize=size)


class _Story:
    """An agreement as ReportLab's flowables."""

    def __init__(self, source: Source, options: Options) -> None:
        self.source, self.options, self.look = source, options, source.look
        self.numbers: Numbers = numbers(source)
        self.plain_font, self.bold_font = FONTS[self.look.get("paper_font", "sans")]
        self.size = float(self.look.get("size", "10.5")) - 0.5
        self.notes: list[str] = []
        self.part = 0

    def all(self) -> list[Flowable]:
        found: list[Flowable] = []
        for index, part in enumerate(self.source.parts):
            self.part = index
            if index:
                found += [NextPageTemplate(f"{'w' if is_wide(part) else 'p'}{index}"), NewPage()]
            first = len(self.notes)
            found += self._blocks(blocks_of(part))
            if self.notes[first:]:
                found.append(Spacer(1, 10))
            found += [
                self._text(f"{number} {note}", size=8) for number, note in enumerate(self.notes[first:], first + 1)
            ]
        return found

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Flowable]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Flowable]:
        match block:
            case Heading(level, _):
                yield self._heading(heading_text(block, self.numbers), level)
            case Paragraph(text, label):
                yield self._text(text, label)
            case Listing(items, kind):
                yield from self._list(items, kind)
            case Outcomes():
                yield from self._list(block.listing.items, block.marker)
            case Undertakings():
                yield from self._undertakings(block)
            case Table():
                yield self._table(block)
                yield Spacer(1, 8)
            case Cards():
                yield from self._cards(block)
            case KeyValue(rows, table):
                yield from self._key_value(rows, table)
            case Contents(title):
                yield from self._contents(title)
            case Signatures():
                yield from self._signatures(block)
            case PageBreak():
                yield NewPage()
            case Region("landscape", inner):
                yield from (NextPageTemplate(f"w{self.part}"), NewPage())
                yield from self._blocks(inner)
                yield from (NextPageTemplate(f"p{self.part}"), NewPage())
            case Region(_, inner) | Problem(_, inner):
                yield from self._blocks(inner)

    def _style(self, size: float, bold: bool = False, indent: float = 0, after: float = 5) -> ParagraphStyle:
        return ParagraphStyle(
            "text",
            fontName=self.bold_font if bold else self.plain_font,
            fontSize=size,
            leading=size * 1.28,
            leftIndent=indent,
            bulletIndent=max(indent - 11, 0),
            spaceAfter=after,
        )

    def _markup(self, text: str) -> str:
        found = []
        for run in runs(text):
            if run.change == "deleted":
                continue
            piece = escape(run.text).replace("\n", "<br/>")
            piece = f'<font name="{self.bold_font}">{piece}</font>' if run.bold else piece
            found.append(f"<i>{piece}</i>" if run.italic else piece)
            if run.note is not None:
                self.notes.append(run.note)
                found.append(f"<super size=6>{len(self.notes)}</super>")
        return "".join(found)

    def _heading(self, text: str, level: int) -> Flowable:
        style = self._style(HEADING_SIZES[level], bold=True, after=4)
        style.spaceBefore, style.keepWithNext = 9, 1
        return Text(self._markup(text), style)

    def _text(self, text: str, label: str | None = None, size: float | None = None) -> Flowable:
        lead = f'<font name="{self.bold_font}">{escape(label)}</font> ' if label else ""
        return Text(lead + self._markup(text), self._style(size or self.size))

    def _item(self, text: str, mark: str, indent: float) -> Flowable:
        return Text(self._markup(text), self._style(self.size, indent=indent, after=2), bulletText=mark)

    def _list(self, items: Iterable[Item], kind: str) -> Iterator[Flowable]:
        for index, item in enumerate(items):
            if kind == "paragraph":
                yield self._text(item.text)
                continue
            yield self._item(item.text, marker(kind, index, self.look), 16)
            yield from (self._item(child.text, "–", 32) for child in item.children)
        yield Spacer(1, 4)

    def _undertakings(self, block: Undertakings) -> Iterator[Flowable]:
        for index, item in enumerate(block.items):
            if block.marker == "paragraph":
                yield self._text(item.text)
            else:
                yield self._item(item.text, marker(block.marker, index, self.look), 16)
            for outcome in item.outcomes:
                yield self._text(outcome) if block.outcomes_below else self._item(outcome, "–", 32)
        yield Spacer(1, 4)

    def _width(self, wide: bool) -> float:
        return float((landscape(A4) if wide else A4)[0] - 2 * MARGIN)

    def _cell(self, text: str, bold: bool = False) -> list[Flowable]:
        style = self._style(float(self.look.get("table_size", "8.5")), bold, after=1)
        return [Text(self._markup(piece), style) for piece in text.split("\n")]

    def _table(self, table: Table) -> Flowable:
        blocks = self.source.parts[self.part].blocks
        wide = any(
            isinstance(block, Region) and block.kind == "landscape" and table in block.blocks for block in blocks
        )
        total = sum(column.width for column in table.columns)
        widths = [self._width(wide) * column.width / total for column in table.columns]
        commands: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP"), *self._rules()]
        lines: list[list[Any]] = []
        head = self._head(table, lines, commands)
        for number, row in enumerate(table.rows, head):
            if isinstance(row, Band):
                lines.append([self._cell(row.text, bold=True)] + [""] * (len(widths) - 1))
                commands += [
                    ("SPAN", (0, number), (-1, number)),
                    ("BACKGROUND", (0, number), (-1, number), colors.HexColor("#e3e7ea")),
                ]
                continue
            lines.append([self._cell(cell) if cell is not None else "" for cell in row.cells])
            commands += self._spans(table, number - head, head)
        repeat = head if table.repeat_header and self.options.repeat_header else 0
        return Grid(lines, widths, repeatRows=repeat, splitInRow=1, style=TableStyle(commands))

    def _head(self, table: Table, lines: list[list[Any]], commands: list[tuple[Any, ...]]) -> int:
        columns = table.columns
        if not any(column.group for column in columns):
            lines.append([self._cell(column.header, bold=True) for column in columns])
            return 1
        first: list[Any] = []
        second: list[Any] = []
        for at, column in enumerate(columns):
            alone = column.group == column.header
            new = at == 0 or columns[at - 1].group != column.group
            first.append(self._cell(column.group, bold=True) if new else "")
            second.append("" if alone else self._cell(column.header, bold=True))
            if alone:
                commands.append(("SPAN", (at, 0), (at, 1)))
            elif new:
                last = max(index for index, other in enumerate(columns) if other.group == column.group)
                commands.append(("SPAN", (at, 0), (last, 0)))
        lines += [first, second]
        return 2

    @staticmethod
    def _spans(table: Table, index: int, head: int) -> Iterator[tuple[Any, ...]]:
        row = table.rows[index]
        assert isinstance(row, Row)
        for at, cell in enumerate(row.cells):
            last = index
            while last + 1 < len(table.rows):
                below = table.rows[last + 1]
                if not isinstance(below, Row) or below.cells[at] is not None:
                    break
                last += 1
            if cell is not None and last > index:
                yield ("SPAN", (at, index + head), (at, last + head))

    def _rules(self) -> list[tuple[Any, ...]]:
        everywhere = ((0, 0), (-1, -1))
        rules: dict[str, list[tuple[Any, ...]]] = {
            "grid": [("GRID", *everywhere, 0.5, colors.black)],
            "none": [],
            "header": [("LINEBELOW", (0, 0), (-1, 0), 1, colors.black)],
            "horizontal": [("LINEBELOW", *everywhere, 0.4, colors.grey)],
            "shaded": [("ROWBACKGROUNDS", (0, 1), (-1, -1), (colors.whitesmoke, colors.white))],
        }
        return rules[self.options.rules]

    def _cards(self, block: Cards) -> Iterator[Flowable]:
        for card in block.cards:
            if block.lines:
                yield from (self._text(text, f"{label}:") for label, text, _ in card.lines)
            else:
                yield self._pairs([(label, text) for label, text, _ in card.lines])
            yield Spacer(1, 8)

    def _pairs(self, rows: Iterable[tuple[str, str]]) -> Flowable:
        lines = [[self._cell(label, bold=True), self._cell(text)] for label, text in rows]
        width = self._width(False)
        style = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *self._rules()])
        return Grid(lines, [width * 0.25, width * 0.75], splitInRow=1, style=style)

    def _key_value(self, rows: Iterable[tuple[str, str]], table: bool) -> Iterator[Flowable]:
        if table:
            yield self._pairs(rows)
        else:
            yield from (self._text(text, f"{label}:") for label, text in rows)
        yield Spacer(1, 8)

    def _contents(self, title: str) -> Iterator[Flowable]:
        yield self._heading(title, 1)
        for level, text, page in self.numbers.contents[self.part]:
            if level <= 2:
                style = self._style(self.size, indent=10 * (level - 1), after=1)
                dots = " ." * max(4, 62 - len(text) // 2 - 4 * level)
                yield Text(f"{escape(text)} {dots} {page}", style)
        yield NewPage()

    def _signatures(self, block: Signatures) -> Iterator[Flowable]:
        beside, layout = arrangement(block.layout)
        if beside:
            cells = [self._cell("\n".join(signing_lines(party, layout))) for party in block.parties]
            yield Grid([cells], [self._width(False) / len(cells)] * len(cells))
            return
        for party in block.parties:
            for line in signing_lines(party, layout):
                yield self._text(line) if line else Spacer(1, 8)
