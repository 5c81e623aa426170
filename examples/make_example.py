"""Takes the agreements written out beside it, gives each as a Word file and a PDF, the same bytes each time.

The municipality is real; the agreements, their figures and their people are made up. Run with `make example`.
"""

from __future__ import annotations

import io
import os
import zipfile
from datetime import datetime
from html import escape
from pathlib import Path

import ange_2021_2024
import ange_2025_2028
from content import Bullets, Example, Heading, Item, Measures, Signatures, Text
from docx import Document as new_word_document
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

HERE = Path(__file__).parent
EXAMPLES = (ange_2021_2024.EXAMPLE, ange_2025_2028.EXAMPLE)
MOMENT = datetime(2025, 1, 1)


def main() -> None:
    """Write the files of each agreement beside this script."""
    for example in EXAMPLES:
        (HERE / f"{example.name}.docx").write_bytes(word_file(example))
        (HERE / f"{example.name}.pdf").write_bytes(pdf_file(example))


def word_file(example: Example) -> bytes:
    """The agreement as a Word file with real styles, lists and tables."""
    document = new_word_document()
    _set_up(document, example)
    document.add_heading(example.title, level=0)
    for item in example.content:
        _add_to_word(document, item)
    draft = io.BytesIO()
    document.save(draft)
    return _without_clock(draft)


def _set_up(document: Document, example: Example) -> None:
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "Ånge kommun", example.title, ""
    properties.created = properties.modified = MOMENT
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Title"].font.size = Pt(22)
    section.header.paragraphs[0].text = f"{example.running_head}\t\t{example.diary_number}"
    _add_page_number(section.footer.paragraphs[0])


def _add_page_number(paragraph: Paragraph) -> None:
    paragraph.add_run("Sida ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _add_to_word(document: Document, item: Item) -> None:
    match item:
        case Heading(level, text):
            document.add_heading(text, level=level)
        case Text(text, label):
            paragraph = document.add_paragraph()
            if label:
                paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(text)
        case Bullets(items):
            for text in items:
                document.add_paragraph(text, style="List Bullet")
        case Measures():
            _add_table(document, item)
        case Signatures(left, right):
            _add_signatures(document, left, right)


def _add_table(document: Document, measures: Measures) -> None:
    table = document.add_table(rows=1, cols=len(measures.columns), style="Table Grid")
    _fill(table.rows[0], measures.columns, bold=True)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in measures.rows:
        _fill(table.add_row(), row)
    table.autofit = False
    for column, width in zip(table.columns, measures.widths, strict=True):
        column.width = Cm(16.6 * width / 100)
        for cell in column.cells:
            cell.width = Cm(16.6 * width / 100)


def _fill(row: _Row, texts: tuple[str, ...], *, bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.bold = bold
        run.font.size = Pt(9)


def _add_signatures(document: Document, left: tuple[str, ...], right: tuple[str, ...]) -> None:
    table = document.add_table(rows=0, cols=2)
    for texts in zip(left, right, strict=True):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text or "_" * 28


def _without_clock(draft: io.BytesIO) -> bytes:
    """The same archive with one date on all its entries."""
    final = io.BytesIO()
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            dated = zipfile.ZipInfo(entry.filename, (2025, 1, 1, 0, 0, 0))
            archive.writestr(dated, source.read(entry), zipfile.ZIP_DEFLATED)
    return final.getvalue()


STYLE = """
@page { size: A4; margin: 26mm 22mm 24mm; font: 9pt "Liberation Sans", "DejaVu Sans", sans-serif;
  @top-left { content: "%(running_head)s" }
  @top-right { content: "%(diary_number)s" }
  @bottom-right { content: "Sida " counter(page) " (" counter(pages) ")" } }
body { font: 11pt/1.4 "Liberation Serif", "DejaVu Serif", serif; hyphens: auto }
h1.title { font: bold 18pt/1.25 "Liberation Sans", "DejaVu Sans", sans-serif; margin-bottom: 9mm }
h1 { font: bold 13pt "Liberation Sans", "DejaVu Sans", sans-serif; margin: 7mm 0 2mm }
h2 { font: bold 11pt "Liberation Sans", "DejaVu Sans", sans-serif; margin: 5mm 0 2mm }
h1, h2 { break-after: avoid }
p { margin: 0 0 2.5mm }
table.measures { border-collapse: collapse; width: 100%; table-layout: fixed;
  font: 8.5pt "Liberation Sans", "DejaVu Sans", sans-serif }
table.measures td, table.measures th { border: 0.5pt solid #333; padding: 1.5mm; vertical-align: top; text-align: left }
table.measures th { background: #e4ebf2 }
table.signatures { width: 100%; margin-top: 8mm; break-inside: avoid }
table.signatures td { height: 7mm; width: 50% }
"""


def pdf_file(example: Example) -> bytes:
    """The agreement as a PDF; one of the newer one's tables runs over a page turn."""
    os.environ["SOURCE_DATE_EPOCH"] = str(int(MOMENT.timestamp()))
    from weasyprint import HTML

    body = "\n".join(_html(item) for item in example.content)
    style = STYLE.replace("%(running_head)s", example.running_head).replace("%(diary_number)s", example.diary_number)
    page = f"<html lang='sv'><head><title>{escape(example.title)}</title><style>{style}</style></head><body>"
    return bytes(HTML(string=f"{page}<h1 class='title'>{escape(example.title)}</h1>{body}</body></html>").write_pdf())


def _html(item: Item) -> str:
    match item:
        case Heading(level, text):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Text(text, label):
            return f"<p>{f'<b>{escape(label)}:</b> ' if label else ''}{escape(text)}</p>"
        case Bullets(items):
            return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in items)}</ul>"
        case Measures(columns, widths, rows):
            widths_html = "".join(f"<col style='width: {width}%'>" for width in widths)
            body = "".join(_html_row(row, "td") for row in rows)
            head = _html_row(columns, "th")
            return f"<table class='measures'>{widths_html}<thead>{head}</thead><tbody>{body}</tbody></table>"
        case Signatures(left, right):
            lines = (_html_row(line, "td", blank="_" * 28) for line in zip(left, right, strict=True))
            return f"<table class='signatures'>{''.join(lines)}</table>"


def _html_row(texts: tuple[str, ...], tag: str, blank: str = "") -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(text or blank)}</{tag}>' for text in texts)}</tr>"


if __name__ == "__main__":
    main()
