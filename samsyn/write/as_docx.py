"""Takes text, gives elements of WordprocessingML: paragraphs, fields, content controls with prompts, tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from samsyn.write.clean import clean_text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PAGE = (11906, 16838)
"""A4 in twentieths of a point."""
MARGIN = 1418


class Run(NamedTuple):
    """A stretch of text in one look; `style` is the id of a character style."""

    text: str
    bold: bool = False
    style: str = ""
    highlight: str = ""


def element(tag: str, **attributes: str) -> Element:
    """An element of WordprocessingML: `element('tab', val='left')` is <w:tab w:val='left'/>."""
    from lxml import etree

    made = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W})
    for name, value in attributes.items():
        made.set(f"{{{W}}}{name}", value)
    return made


def within(parent: Element, tag: str, **attributes: str) -> Element:
    """A new element put last in `parent`."""
    made = element(tag, **attributes)
    parent.append(made)
    return made


def make_run(run: Run) -> Element:
    """A run; newlines are manual breaks, tabs are tabs, characters that XML cannot hold are left out."""
    made = element("r")
    if run.bold or run.style or run.highlight:
        made.append(run_look(run))
    add_text(made, run.text)
    return made


def run_look(run: Run) -> Element:
    """The `w:rPr` of a run."""
    look = element("rPr")
    if run.style:
        within(look, "rStyle", val=run.style)
    if run.bold:
        within(look, "b")
    if run.highlight:
        within(look, "highlight", val=run.highlight)
    return look


def add_text(run: Element, text: str, *, tag: str = "t") -> None:
    """Put the text in the run; `tag` is 'delText' for deleted text."""
    for index, line in enumerate(clean_text(text).split("\n")):
        if index:
            within(run, "br")
        for number, piece in enumerate(line.split("\t")):
            if number:
                within(run, "tab")
            if piece:
                holder = within(run, tag)
                holder.text = piece
                holder.set(_XML_SPACE, "preserve")


def make_paragraph(runs: Iterable[Run | Element], *, style: str = "", keep_next: bool = False) -> Element:
    """A paragraph of the runs, in the paragraph style whose id is `style`."""
    made = element("p")
    if style or keep_next:
        properties = within(made, "pPr")
        if style:
            within(properties, "pStyle", val=style)
        if keep_next:
            within(properties, "keepNext")
    for run in runs:
        made.append(make_run(run) if isinstance(run, Run) else run)
    return made


def number_paragraph(paragraph: Element, number: str, level: int) -> None:
    """Make the paragraph an item of the list with the id `number`, on the level (0 outermost)."""
    properties = paragraph.find(f"{{{W}}}pPr")
    if properties is None:
        properties = element("pPr")
        paragraph.insert(0, properties)
    listed = within(properties, "numPr")
    within(listed, "ilvl", val=str(level))
    within(listed, "numId", val=number)


def prompt(text: str, *, title: str = "") -> Element:
    """A content control that shows what is to be written in it; the first letter typed takes the prompt's place."""
    control = element("sdt")
    properties = within(control, "sdtPr")
    if title:
        within(properties, "alias", val=title)
    within(properties, "temporary")
    within(properties, "showingPlcHdr")
    within(properties, "text", multiLine="1")
    content = within(control, "sdtContent")
    content.append(make_run(Run(f"[{text}]", style="PlaceholderText")))
    return control


def block_prompt(paragraphs: Iterable[Element], *, title: str) -> Element:
    """Whole paragraphs as one prompt: a click marks all of it, and the first key takes it away."""
    control = element("sdt")
    properties = within(control, "sdtPr")
    within(properties, "alias", val=title)
    within(properties, "temporary")
    within(properties, "showingPlcHdr")
    within(control, "sdtContent").extend(paragraphs)
    return control


def simple_field(instruction: str, shown: str) -> list[Element]:
    """The runs of a field such as PAGE, with the result shown until Word works it out."""
    return [
        _field_mark("begin"),
        _field_instruction(instruction),
        _field_mark("separate"),
        make_run(Run(shown)),
        _field_mark("end"),
    ]


def _field_mark(kind: str, *, dirty: bool = False) -> Element:
    run = element("r")
    mark = within(run, "fldChar", fldCharType=kind)
    if dirty:
        mark.set(f"{{{W}}}dirty", "true")
    return run


def _field_instruction(text: str) -> Element:
    run = element("r")
    instruction = within(run, "instrText")
    instruction.text = f" {text} "
    instruction.set(_XML_SPACE, "preserve")
    return run


def contents_field(entries: Sequence[tuple[int, str, str]], styles: Mapping[int, str]) -> list[Element]:
    """The paragraphs of a table of contents, as a field that Word brings up to date when it opens the file.

    Each entry is a level, a heading and the name of its bookmark; `styles` are the style ids by level. Page numbers are
    Word's to work out.
    """
    paragraphs = []
    for index, (level, heading, bookmark) in enumerate(entries):
        paragraph = make_paragraph([], style=styles.get(level, ""))
        if index == 0:
            paragraph.extend(
                [
                    _field_mark("begin", dirty=True),
                    _field_instruction(r'TOC \o "1-2" \h \z \u'),
                    _field_mark("separate"),
                ]
            )
        link = within(paragraph, "hyperlink", anchor=bookmark, history="1")
        link.append(make_run(Run(heading)))
        paragraphs.append(paragraph)
    if paragraphs:
        paragraphs[-1].append(_field_mark("end"))
    return paragraphs


def in_contents_control(paragraphs: Iterable[Element]) -> Element:
    """The paragraphs as Word's own building block of a table of contents."""
    control = element("sdt")
    part = within(within(control, "sdtPr"), "docPartObj")
    within(part, "docPartGallery", val="Table of Contents")
    within(part, "docPartUnique")
    within(control, "sdtContent").extend(paragraphs)
    return control


def bookmark(paragraph: Element, name: str, number: int) -> None:
    """Put a bookmark around the paragraph's content."""
    start = element("bookmarkStart", id=str(number), name=name)
    first = 1 if paragraph.find(f"{{{W}}}pPr") is not None else 0
    paragraph.insert(first, start)
    within(paragraph, "bookmarkEnd", id=str(number))


# ---- tables ----


class TableLook(NamedTuple):
    """How a table is set: its style and the widths of its columns in twentieths of a point."""

    style: str
    widths: tuple[int, ...]
    title: str = ""
    """What a screen reader says of the table."""
    header_rows: int = 1
    first_column: bool = False


class CellContent(NamedTuple):
    """What stands in a cell, how many columns it spans, and whether it is merged with cells below or above.

    `merge` is 'restart' for the topmost of cells merged downwards and 'continue' for those below it.
    """

    paragraphs: Sequence[Element]
    span: int = 1
    merge: str = ""


def make_table(rows: Sequence[Sequence[CellContent]], look: TableLook, *, in_one_piece: bool = False) -> Element:
    """A table of cells; its header rows are repeated on each page and no row is broken over two.

    `in_one_piece` keeps a short table on one page.

    A row of fewer columns than the widest one ends in a cell that spans the rest.
    """
    table = element("tbl")
    table.append(_table_properties(look))
    grid = within(table, "tblGrid")
    for width in look.widths:
        within(grid, "gridCol", w=str(width))
    for number, row in enumerate(rows):
        table.append(_make_row(row, look.widths, is_header=number < look.header_rows))
    if in_one_piece:
        for made in list(table.iter(f"{{{W}}}tr"))[:-1]:
            for paragraph in made.iter(f"{{{W}}}p"):
                _keep_next(paragraph)
    return table


def _keep_next(paragraph: Element) -> None:
    properties = paragraph.find(f"{{{W}}}pPr")
    if properties is None:
        properties = element("pPr")
        paragraph.insert(0, properties)
    style = properties.find(f"{{{W}}}pStyle")
    properties.insert(0 if style is None else 1, element("keepNext"))


def _table_properties(look: TableLook) -> Element:
    properties = element("tblPr")
    if look.style:
        within(properties, "tblStyle", val=look.style)
    within(properties, "tblW", w=str(sum(look.widths)), type="dxa")
    within(properties, "tblLayout", type="fixed")
    first_row, first_column = str(int(look.header_rows > 0)), str(int(look.first_column))
    shown = within(properties, "tblLook", val="04A0", firstRow=first_row, lastRow="0")
    for name, value in (("firstColumn", first_column), ("lastColumn", "0"), ("noHBand", "1"), ("noVBand", "1")):
        shown.set(f"{{{W}}}{name}", value)
    if look.title:
        within(properties, "tblCaption", val=look.title)
    return properties


def _make_row(cells: Sequence[CellContent], widths: Sequence[int], *, is_header: bool) -> Element:
    row = element("tr")
    properties = within(row, "trPr")
    within(properties, "cantSplit")
    if is_header:
        within(properties, "tblHeader")
    spare = len(widths) - sum(cell.span for cell in cells)
    place = 0
    for index, cell in enumerate(cells):
        span = cell.span + (spare if index == len(cells) - 1 else 0)
        row.append(_make_cell(cell._replace(span=span), sum(widths[place : place + span])))
        place += span
    return row


def _make_cell(content: CellContent, width: int) -> Element:
    cell = element("tc")
    properties = within(cell, "tcPr")
    within(properties, "tcW", w=str(width), type="dxa")
    if content.span > 1:
        within(properties, "gridSpan", val=str(content.span))
    if content.merge:
        within(properties, "vMerge", val=content.merge)
    cell.extend(content.paragraphs or [element("p")])
    return cell
