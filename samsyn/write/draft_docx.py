"""Takes a draft, gives it as a Word file to go on writing in; what a reader should know stands in comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatchmethod
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from samsyn.models.draft import (
    Block,
    Card,
    Chapter,
    Draft,
    Item,
    MeasureRow,
    MeasureTable,
    Note,
    Paragraph,
    Passage,
    PlainTable,
    Signatures,
    Standing,
)
from samsyn.vocabulary.drafting import draft_text
from samsyn.vocabulary.load import load_toml
from samsyn.write.as_docx import (
    CellContent,
    Run,
    TableLook,
    block_prompt,
    contents_field,
    in_contents_control,
    make_paragraph,
    make_table,
    number_paragraph,
    prompt,
)
from samsyn.write.as_docx_document import WordFile
from samsyn.write.as_docx_widths import column_widths, least_width

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_STYLES = {
    Standing.CARRIED: "samsyn Överförd text",
    Standing.OUTDATED: "samsyn Att uppdatera",
    Standing.PROPOSED: "samsyn Förslag",
    Standing.QUESTION: "samsyn Fråga",
}
_NUMBER_WIDTH = 600
_HEADS = 2
"""So many lines of a column's header stand in front of its texts."""
_LABEL_WIDTH = 2400
_SIGN_LINE = "_" * 40


def draft_docx(draft: Draft, *, clean: bool = False, template: bytes | None = None) -> bytes:
    """The draft as the bytes of a .docx file.

    `clean` leaves out comments, marks and legend; prompts for what must be written stay. `template` is a Word file
    whose styles, header and footer are taken. Raises ValueError when the template is no Word document.
    """
    return _DraftWriter(draft, clean=clean, template=template).write()


class _DraftWriter:
    """Writes one draft."""

    def __init__(self, draft: Draft, *, clean: bool, template: bytes | None) -> None:
        self._draft = draft
        self._clean = clean
        self._file = WordFile(draft.title, template)
        self._bullets = self._file.number_list([("bullet", "•", 360), ("bullet", "–", 720)])
        self._row_lists: dict[str, str] = {}
        self._entries: list[tuple[int, str, str]] = []
        self._is_wide = False
        self._heads_table = False

    def write(self) -> bytes:
        file = self._file
        words = (draft_text("layout", "page"), draft_text("layout", "of"))
        file.header_and_footer(draft_text("layout", "header", title=self._draft.title), words)
        self._title_page()
        contents = file.paragraph([Run(draft_text("headings", "contents"))], "TOC Heading")
        if not self._clean:
            self._legend()
        chapters = [chapter for chapter in self._draft.chapters if not (self._clean and chapter.is_question)]
        for number, chapter in enumerate(chapters):
            self._chapter(chapter, on_new_page=number == 0)
        if self._is_wide:
            self._turn(wide=False)
        self._contents(contents)
        return file.to_bytes()

    # ---- front ----

    def _title_page(self) -> None:
        """The title and the facts; those that the template has places for stand there."""
        controls = load_toml("drafting.toml")["template"]
        values = {fact.key: fact.value.text for fact in self._draft.facts if fact.value.standing is not Standing.PROMPT}
        values |= {"title": self._draft.title, "municipality": self._draft.municipality}
        names = {name: key for key, names in controls.items() for name in names}
        filled = self._file.fill(names, values) if self._file.has_template else frozenset()
        self._file.write_into(controls["content"])
        if "title" not in filled:
            self._file.paragraph([Run(self._draft.title)], "Title")
        for fact in self._draft.facts:
            if fact.key not in filled:
                label = Run(f"{fact.label}: ", style=self._file.styles["samsyn Etikett"])
                self._file.paragraph([label, *self._runs(fact.value)])

    def _legend(self) -> None:
        """What the marks mean, each line in the look it explains; one prompt, so that it goes with a single key."""
        styles = self._file.styles
        sources = "; ".join(self._draft.sources)
        title = [Run(draft_text("legend", "title"), bold=True)]
        lines = [make_paragraph(title, style=styles["samsyn Teckenförklaring"], keep_next=True)]
        for key, style in (("carried", "samsyn Överförd text"), ("outdated", "samsyn Att uppdatera")):
            lines.append(make_paragraph([Run(draft_text("legend", key, sources=sources))], style=styles[style]))
        if self._draft.has_proposals:
            lines.append(make_paragraph([Run(draft_text("legend", "proposed"))], style=styles["samsyn Förslag"]))
        year = [Run(draft_text("legend", "year"), highlight="yellow"), Run(draft_text("legend", "year_means"))]
        lines.append(make_paragraph(year))
        means = Run(draft_text("legend", "prompt_means"))
        lines.append(make_paragraph([Run(draft_text("legend", "prompt"), style=styles["Placeholder Text"]), means]))
        lines.append(make_paragraph([Run(draft_text("legend", "comments"))]))
        self._file.add(block_prompt(lines, title=draft_text("legend", "title")))

    def _contents(self, heading: Element) -> None:
        styles = {level: self._file.styles[f"toc {level}"] for level in (1, 2)}
        control = in_contents_control(contents_field([entry for entry in self._entries if entry[0] in styles], styles))
        heading.addnext(control)
        content = control.find("{*}sdtContent")
        if content is not None:
            content.insert(0, heading)

    # ---- chapters ----

    def _chapter(self, chapter: Chapter, *, on_new_page: bool) -> None:
        tables = [block for block in chapter.blocks if isinstance(block, MeasureTable)]
        wide = any(_least_width(table) > self._file.text_width(wide=False) for table in tables)
        if wide != self._is_wide:
            self._turn(wide=wide)
        runs = _marked(chapter.heading, () if self._clean else chapter.stale)
        heading, bookmark = self._file.heading(runs, chapter.level, on_new_page=on_new_page)
        self._entries.append((chapter.level, chapter.heading, bookmark))
        self._comment(heading, chapter.notes)
        for block, following in zip_longest(chapter.blocks, chapter.blocks[1:]):
            self._heads_table = isinstance(following, MeasureTable | Card | PlainTable)
            self._block(block)

    def _turn(self, *, wide: bool) -> None:
        """End the section that the pages so far make; the next chapter is set the other way round."""
        self._file.end_section(wide=self._is_wide)
        self._is_wide = wide

    @singledispatchmethod
    def _block(self, block: Block) -> None:
        raise TypeError(f"no way to write {type(block).__name__}")

    @_block.register
    def _(self, block: Paragraph) -> None:
        if self._is_left_out(block.passage):
            return
        runs = self._runs(block.passage)
        if block.label:
            runs.insert(0, Run(f"{block.label} ", bold=True))
        made = self._file.paragraph(runs, self._style(block.passage.standing), keep_next=self._heads_table)
        self._comment(made, block.passage.notes)

    @_block.register
    def _(self, block: Item) -> None:
        if self._is_left_out(block.passage):
            return
        made = self._file.paragraph(self._runs(block.passage), "List Bullet")
        number_paragraph(made, self._bullets, block.depth - 1)
        self._comment(made, block.passage.notes)

    @_block.register
    def _(self, block: MeasureTable) -> None:
        header = self._header(block)
        rows = [*header, *(self._row(row) for row in block.rows)]
        width = self._width() - (_NUMBER_WIDTH if block.number else 0)
        widths = column_widths(_columns(block), width, heads=_HEADS)
        if block.number:
            widths = (_NUMBER_WIDTH, *widths)
            for row in rows[len(header) :]:
                row.insert(0, CellContent([self._row_number(block.number)]))
        look = TableLook(self._file.styles["samsyn Tabell"], widths, title=block.caption, header_rows=len(header))
        made = self._file.add(make_table(rows, look))
        self._comment_table(made, block.notes)
        self._file.paragraph([])

    @_block.register
    def _(self, block: Card) -> None:
        rows = [[CellContent(self._paragraphs(block.title))]] if block.title is not None else []
        for label, value in block.entries:
            rows.append([CellContent([self._cell([Run(label)])]), CellContent(self._paragraphs(value))])
        look = TableLook(
            self._file.styles["samsyn Tabell"],
            (_LABEL_WIDTH, self._width() - _LABEL_WIDTH),
            title=block.title.text if block.title is not None else draft_text("layout", "card_title"),
            header_rows=1 if block.title is not None else 0,
            first_column=True,
        )
        made = self._file.add(make_table(rows, look, in_one_piece=True))
        self._comment_table(made, block.notes)
        self._file.paragraph([])

    @_block.register
    def _(self, block: PlainTable) -> None:
        rows = [[CellContent(self._paragraphs(cell)) for cell in row] for row in block.rows]
        columns = list(zip(*([cell.text for cell in row] for row in block.rows), strict=True))
        widths = column_widths(columns, self._width())
        look = TableLook(self._file.styles["samsyn Tabell"], widths, header_rows=int(block.has_header))
        self._file.add(make_table(rows, look))
        self._file.paragraph([])

    @_block.register
    def _(self, block: Signatures) -> None:
        for line in block.lines:
            sign = "samsyn Underskrift"
            self._file.paragraph([Run(line.party, bold=True)], sign)
            self._file.paragraph([prompt(draft_text("prompts", "place_and_date"))], sign)
            made = self._file.paragraph([Run(_SIGN_LINE)], sign)
            self._comment(made, line.notes)
            self._file.paragraph([prompt(draft_text("prompts", "name"))], sign)
            self._file.paragraph([Run(line.role)] if line.role else [], sign)
            self._file.paragraph([])

    # ---- pieces ----

    def _row(self, row: MeasureRow) -> list[CellContent]:
        cells = [CellContent(self._paragraphs(cell)) for cell in row.cells]
        written = next((cell.paragraphs[0] for cell, text in zip(cells, row.cells, strict=True) if text.text), None)
        if written is not None:
            self._comment(written, row.notes)
        return cells

    def _header(self, block: MeasureTable) -> list[list[CellContent]]:
        """The header in one row, or in two where words stand over several columns."""
        number = [("", draft_text("layout", "number"))] if block.number else []
        columns = [*number, *block.columns]
        if not any(upper for upper, _ in columns):
            return [[CellContent([self._cell([Run(lower)])]) for _, lower in columns]]
        above: list[CellContent] = []
        below: list[CellContent] = []
        for (upper, lower), group in groupby(columns, key=lambda column: (column[0], "" if column[0] else column[1])):
            members = list(group)
            if not upper:
                above.append(CellContent([self._cell([Run(lower)])], merge="restart"))
                below.append(CellContent([self._cell([])], merge="continue"))
                continue
            above.append(CellContent([self._cell([Run(upper)])], span=len(members)))
            below.extend(CellContent([self._cell([Run(name)])]) for _, name in members)
        return [above, below]

    def _runs(self, passage: Passage) -> list[Run | Element]:
        """The passage's runs, old years highlighted; a prompt is a content control."""
        if self._is_left_out(passage):
            return []
        if passage.standing in (Standing.PROMPT, Standing.QUESTION):
            return [prompt(passage.text)]
        return [*_marked(passage.text, () if self._clean else passage.stale)]

    def _is_left_out(self, passage: Passage) -> bool:
        """True in a clean draft for questions, and for what told of last period alone."""
        return self._clean and (passage.standing is Standing.QUESTION or passage.is_past)

    def _width(self) -> int:
        return self._file.text_width(wide=self._is_wide)

    def _paragraphs(self, passage: Passage) -> list[Element]:
        made = self._cell(self._runs(passage))
        self._comment(made, passage.notes)
        return [made]

    def _cell(self, runs: Iterable[Run | Element]) -> Element:
        return make_paragraph(runs, style=self._file.styles["samsyn Tabelltext"])

    def _style(self, standing: Standing) -> str:
        return "" if self._clean else _STYLES.get(standing, "")

    def _row_number(self, prefix: str) -> Element:
        """An empty paragraph that Word numbers '2.1', '2.2' …, anew when rows are added or taken out."""
        if prefix not in self._row_lists:
            self._row_lists[prefix] = self._file.number_list([("decimal", f"{prefix}.%1", 0)])
        made = self._cell([])
        number_paragraph(made, self._row_lists[prefix], 0)
        return made

    def _comment(self, paragraph: Element, notes: Iterable[Note]) -> None:
        if not self._clean:
            for note in notes:
                self._file.comment(paragraph, note.text)

    def _comment_table(self, table: Element, notes: Iterable[Note]) -> None:
        """Comments on a table hang on its first written paragraph."""
        written = next((made for made in table.iter("{*}p") if made.find("{*}r") is not None), None)
        if written is not None:
            self._comment(written, notes)


def _marked(text: str, stale: Sequence[tuple[int, int]]) -> list[Run]:
    """The text in runs, its old years highlighted."""
    runs = []
    place = 0
    for start, end in stale:
        runs += [Run(text[place:start]), Run(text[start:end], highlight="yellow")]
        place = end
    return [run for run in (*runs, Run(text[place:])) if run.text]


def _columns(block: MeasureTable) -> list[list[str]]:
    """The texts of each column, header first."""
    return [
        [upper, lower, *(row.cells[index].text for row in block.rows)]
        for index, (upper, lower) in enumerate(block.columns)
    ]


def _least_width(block: MeasureTable) -> int:
    """The width below which words of the table would be broken."""
    return (_NUMBER_WIDTH if block.number else 0) + sum(least_width(texts, heads=_HEADS) for texts in _columns(block))
