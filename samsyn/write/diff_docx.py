"""Takes a comparison or a series, gives a Word document for the council's papers: headings, tables, marked words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from samsyn.models.comparison import Comparison, Series, WordRun
from samsyn.write.archive import write_without_clock
from samsyn.write.clean import clean_text
from samsyn.write.diff_phrases import Language
from samsyn.write.diff_view import Entry, Group, Section, View, edition_label, short_label, view_of
from samsyn.write.labels import period_label
from samsyn.write.series_view import SeriesView, series_view_of

if TYPE_CHECKING:
    from docx.document import Document

_FONT = "Calibri"
_HEADINGS = tuple(f"Heading {level}" for level in range(1, 6))
_PAGE, _MARGIN = (210, 297), 22
"""Millimetres: A4."""
_TEXT_WIDTH = _PAGE[0] - 2 * _MARGIN
_QUIET = ("kept", "renewed")
_LABEL_SHARE, _SIDE_SHARE = 0.16, 0.42
_HEAD_FILL = "E8EDF3"
_TABLE_TEXT = "Table Text"


def write_diff_docx(comparison: Comparison, stream: BinaryIO, *, language: Language = "sv") -> None:
    """Write the document: what is gone is struck through, what is new is bold. The same input gives the same bytes."""
    view = view_of(comparison, language)
    document = _new_document(view.title, language)
    _add_comparison(document, view, level=0)
    _save(document, stream)


def write_series_docx(series: Series, stream: BinaryIO, *, language: Language = "sv") -> None:
    """Write a table of the lives of the measures, then each step as a comparison."""
    view = series_view_of(series, language)
    document = _new_document(view.title, language)
    _add_lives(document, view)
    for step in view.steps:
        document.add_page_break()  # type: ignore[no-untyped-call]
        _add_comparison(document, step, level=1)
    _save(document, stream)


def _add_comparison(document: Document, view: View, *, level: int) -> None:
    says = view.words.says
    document.add_heading(view.title if level == 0 else f"{short_label(view.old)} → {short_label(view.new)}", level)
    for side, edition in ((says["old_agreement"], view.old), (says["new_agreement"], view.new)):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{side}: ").bold = True
        paragraph.add_run(", ".join(part for part in (edition_label(edition), period_label(edition.period)) if part))
    for sentence in (view.headline, view.periods, *view.cautions):
        if sentence:
            document.add_paragraph(clean_text(sentence))
    if not view.differs:
        document.add_paragraph(says["nothing"])
    _add_summary(document, view, level)
    _add_facts(document, view, level)
    document.add_paragraph(says["legend_docx"], style="Caption")
    for section in view.sections:
        if section.entries:
            _add_section(document, section, view, level)
    document.add_paragraph(says["reading"], style="Caption")


def _add_summary(document: Document, view: View, level: int) -> None:
    sections = [section for section in view.sections if section.entries]
    if not sections:
        return
    says = view.words.says
    document.add_heading(says["summary"], level + 1)
    rows = [[says["total_old"], *(str(section.old_count) for section in sections)]]
    rows += [[says["total_new"], *(str(section.new_count) for section in sections)]]
    rows += [
        [view.words.kinds[kind], *(str(section.counts.get(kind) or "–") for section in sections)] for kind in view.kinds
    ]
    shares = [0.15, *([0.85 / len(sections)] * len(sections))]
    _add_table(document, ["", *(section.label for section in sections)], rows, shares)


def _add_facts(document: Document, view: View, level: int) -> None:
    if not view.facts:
        return
    says = view.words.says
    document.add_heading(says["facts"], level + 1)
    rows = [[name, old or says["none"], new or says["none"]] for name, old, new in view.facts]
    _add_table(document, [says["fact"], says["old"], says["new"]], rows, (_LABEL_SHARE, _SIDE_SHARE, _SIDE_SHARE))


def _add_section(document: Document, section: Section, view: View, level: int) -> None:
    document.add_heading(f"{section.label} ({section.old_count} → {section.new_count})", level + 1)
    for group in section.groups:
        document.add_heading(f"{group.label} ({len(group.entries)})", level + 2)
        if group.kind in _QUIET:
            _add_quiet(document, group)
            continue
        for entry in group.entries:
            _add_entry(document, entry, view, level + 3)


def _add_quiet(document: Document, group: Group) -> None:
    for entry in group.entries:
        document.add_paragraph(_headline(entry), style="List Bullet")


def _headline(entry: Entry) -> str:
    where = ", ".join(part for part in (entry.area, entry.pages) if part)
    return clean_text(f"{entry.title} ({where})" if where else entry.title)


def _add_entry(document: Document, entry: Entry, view: View, level: int) -> None:
    """The part under a heading of its own, by which one finds it in Word's navigation pane."""
    paragraph = document.add_heading("", level)
    paragraph.paragraph_format.keep_with_next = bool(entry.notes or entry.rows or entry.same)
    paragraph.paragraph_format.space_before = _points(8)
    paragraph.add_run(clean_text(entry.title)).bold = True
    where = ", ".join(part for part in (entry.area, entry.pages) if part)
    if where:
        paragraph.add_run(clean_text(f" ({where})")).bold = False
    for note in entry.notes:
        document.add_paragraph(clean_text(note), style="List Bullet").paragraph_format.keep_with_next = bool(entry.rows)
    if entry.rows:
        _add_rows(document, entry, view)
    elif entry.change.change in ("added", "removed"):
        _add_content(document, entry)


def _add_rows(document: Document, entry: Entry, view: View) -> None:
    says = view.words.says
    table = _start_table(document, ["", says["old"], says["new"]], (_LABEL_SHARE, _SIDE_SHARE, _SIDE_SHARE))
    for row in entry.rows:
        cells = _new_row(table)
        _fill(cells[0], f"{row.label} ({row.remark})" if row.remark else row.label)
        for cell, text, gone in ((cells[1], row.old, True), (cells[2], row.new, False)):
            _fill(cell, "" if text else says["none"])
            if text:
                _mark(cell.paragraphs[0], row.words, gone=gone)
    document.add_paragraph().paragraph_format.space_after = _points(0)


def _add_content(document: Document, entry: Entry) -> None:
    """What is new or gone, field by field; its label has been said already."""
    for label, text in entry.same:
        if clean_text(text) != entry.title:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.left_indent = _points(14)
            paragraph.paragraph_format.space_after = _points(2)
            paragraph.add_run(f"{label}: ").italic = True
            paragraph.add_run(clean_text(text))


def _mark(paragraph: Any, runs: Iterable[WordRun], *, gone: bool) -> None:
    """One side of the words: what is gone struck through, or what is new in bold and underlined."""
    for run in runs:
        if run.op == "equal":
            paragraph.add_run(_spaced(paragraph, clean_text(run.text)))
        elif (run.op == "delete") == gone:
            text = _spaced(paragraph, clean_text(run.text))
            bare = text.lstrip(" ")
            paragraph.add_run(text[: len(text) - len(bare)])
            marked = paragraph.add_run(bare)
            marked.font.strike = gone or None
            marked.bold = not gone or None
            marked.underline = not gone or None


def _spaced(paragraph: Any, text: str) -> str:
    """The text without the space before it where nothing stands before it on this side."""
    return text if paragraph.text else text.lstrip(" ")


def _add_lives(document: Document, view: SeriesView) -> None:
    document.add_heading(view.title, 0)
    for edition in view.editions:
        document.add_paragraph(f"{short_label(edition)}: {edition_label(edition)}", style="List Number")
    rows = [[row.label, *("\n".join((cell.tag, *cell.notes)) for cell in row.cells)] for row in view.lives]
    share = 0.64 / len(view.editions)
    headings = [view.words.fields["measure"], *map(short_label, view.editions)]
    _add_table(document, headings, rows, (0.36, *([share] * len(view.editions))))


def _add_table(
    document: Document, headings: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[float]
) -> None:
    table = _start_table(document, headings, shares)
    for row in rows:
        for cell, text in zip(_new_row(table), row, strict=True):
            _fill(cell, text)


def _start_table(document: Document, headings: Sequence[str], shares: Sequence[float]) -> Any:
    """A table with a row of headings that is repeated on every page, its columns as wide as their shares."""
    from docx.oxml import OxmlElement

    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = _millimetres(_TEXT_WIDTH * share)
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, heading in zip(head.cells, headings, strict=True):
        _fill(cell, heading, bold=True)
        _shade(cell)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    return table


def _new_row(table: Any) -> Any:
    """The cells of a new row, which no page turn cuts in two."""
    from docx.oxml import OxmlElement

    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row.cells


def _shade(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), _HEAD_FILL)
    cell._tc.get_or_add_tcPr().append(shading)


def _fill(cell: Any, text: str, *, bold: bool = False) -> None:
    cell.paragraphs[0].style = _TABLE_TEXT
    run = cell.paragraphs[0].add_run(clean_text(text))
    if bold:
        run.bold, run.font.size = True, _points(7.5)


def _points(number: float) -> Any:
    from docx.shared import Pt

    return Pt(number)


def _millimetres(number: float) -> Any:
    from docx.shared import Mm

    return Mm(number)


def _new_document(title: str, language: Language) -> Document:
    """An A4 document in one typeface, with its language set so that Word checks the spelling in it."""
    from docx import Document as new_document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(_PAGE[0]), Mm(_PAGE[1])
    section.left_margin = section.right_margin = Mm(_MARGIN)
    document.core_properties.title = title
    document.core_properties.author = ""
    for style in document.styles:
        if style.type == 1 and style.name in (
            "Normal",
            "Title",
            "Heading 1",
            "Heading 2",
            "Heading 3",
            "Heading 4",
            "Heading 5",
            "Caption",
        ):
            style.font.name = _FONT
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(kind), None)
            if style.name != "Normal":
                style.font.color.rgb = RGBColor(0x1C, 0x24, 0x30)
    for name in ("Heading 4", "Heading 5"):
        document.styles[name].font.size, document.styles[name].font.italic = Pt(10.5), False
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    table_text = document.styles.add_style(_TABLE_TEXT, 1)
    table_text.base_style = normal
    table_text.font.size = Pt(9)
    table_text.paragraph_format.space_after = Pt(1)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), {"sv": "sv-SE", "en": "en-GB"}[language])
    normal.element.get_or_add_rPr().append(spoken)
    return document


def _save(document: Document, stream: BinaryIO) -> None:
    draft = io.BytesIO()
    document.save(draft)
    write_without_clock(draft, stream)
