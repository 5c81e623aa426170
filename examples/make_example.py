"""Takes the agreement written out below, gives it as examples/ange-2025-2028.docx and .pdf, the same bytes each time.

The municipality is real; the agreement, its figures and its people are made up. Run with `make example`.
"""

from __future__ import annotations

import io
import os
import zipfile
from datetime import datetime
from html import escape
from pathlib import Path
from typing import NamedTuple

from docx import Document as new_word_document
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

HERE = Path(__file__).parent
NAME = "ange-2025-2028"
MOMENT = datetime(2025, 1, 1)

TITLE = "Samverkansöverenskommelse mellan Ånge kommun och Polismyndigheten, lokalpolisområde Medelpad, 2025–2028"
RUNNING_HEAD = "Ånge kommun och Polisen\t\tDnr KS 25/118"


class Heading(NamedTuple):
    """A heading and its rank, 1 the highest."""

    level: int
    text: str


class Text(NamedTuple):
    """A paragraph; `label` stands before it in bold."""

    text: str
    label: str = ""


class Bullets(NamedTuple):
    """A list of bullets."""

    items: tuple[str, ...]


class Measures(NamedTuple):
    """A table with a heading row; its widths are parts of the whole."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


class Signatures(NamedTuple):
    """The two parties' signatures side by side, line by line."""

    left: tuple[str, ...]
    right: tuple[str, ...]


COLUMNS = ("Åtgärd", "Kommunen", "Polisen", "Ansvarig", "Tidsplan", "Uppföljning")
WIDTHS = (16, 22, 19, 16, 13, 14)

CONTENT: tuple[Heading | Text | Bullets | Measures | Signatures, ...] = (
    Heading(1, "Bakgrund"),
    Text(
        "Ånge kommun och lokalpolisområde Medelpad har arbetat tillsammans i många år. Hösten 2024 tog parterna fram "
        "en gemensam lägesbild av enkäter, anmälningsstatistik och samtal med föreningar i Ånge, Fränsta, Ljungaverk "
        "och Torpshammar. Lägesbilden visar att läget är lugnt på det hela taget, men att några platser och några "
        "grupper drabbas mer än andra."
    ),
    Heading(1, "Syfte"),
    Text(
        "Överenskommelsen samlar det som parterna gör tillsammans. Den talar om vilka problem som går först, vad som "
        "ska uppnås och vem som gör vad, så att arbetet kan följas år för år."
    ),
    Heading(1, "Giltighetstid"),
    Text(
        "Överenskommelsen gäller från och med den 1 januari 2025 till och med den 31 december 2028. Den ersätter "
        "överenskommelsen för 2021–2024 och är antagen av kommunfullmäktige den 25 november 2024."
    ),
    Heading(1, "Övergripande mål"),
    Bullets(
        (
            "Fler invånare ska känna sig trygga där de bor. Andelen som svarar att de är trygga i sitt bostadsområde "
            "ska öka från 71 procent till minst 80 procent senast 2028.",
            "Brott som drabbar enskilda ska bli färre under perioden.",
        )
    ),
    Heading(1, "Fokusområde 1 – Ungas uppväxt"),
    Text(
        "Vuxna i skola, fritid och socialtjänst ser att en liten grupp pojkar mellan tolv och femton år rör sig kring "
        "stationen i Ånge sena kvällar. I grupp klottras det, och två gånger under våren 2024 såldes narkotika i "
        "gångtunneln. Flera av pojkarna har hög frånvaro från skolan, och föräldrarna efterfrågar ett sammanhållet "
        "stöd.",
        label="Problembild",
    ),
    Text("Unga i riskzon ska få hjälp tidigt och av flera parter samtidigt.", label="Mål"),
    Bullets(
        (
            "Den ogiltiga frånvaron i årskurs 7–9 ska minska med 25 procent till juni 2027.",
            "Alla orosanmälningar som rör brott ska leda till ett samtal med hemmet inom fjorton dagar.",
        )
    ),
    Heading(2, "Åtgärder för ungas uppväxt"),
    Measures(
        COLUMNS,
        WIDTHS,
        (
            (
                "SSPF",
                "Sammankallar, för minnesanteckningar och ser till att samtycke finns från vårdnadshavarna.",
                "Deltar med områdespolis och lämnar uppgifter om pågående oro.",
                "Socialnämnden",
                "Varannan vecka",
                "Halvårsvis",
            ),
            (
                "Sociala insatsgrupper",
                "Leder gruppen och skriver en plan tillsammans med den unge, familjen och skolan. Planen ses över var "
                "sjätte vecka.",
                "Bidrar med kännedom om den unges situation och håller en fast kontaktperson genom hela insatsen.",
                "Socialnämnden",
                "Löpande",
                "Varje år",
            ),
            (
                "Nattvandring i Ånge och Fränsta",
                "Bjuder in föräldrar och föreningar, lånar ut västar och ordnar fika.",
                "Möter vandrarna när kvällen börjar och berättar om läget.",
                "Kultur och fritid",
                "Fredagar maj–september",
                "Efter säsongen",
            ),
            (
                "Föräldramöten om alkohol och narkotika",
                "Håller ett möte på varje skola när årskurs 7 börjar. Elevhälsan leder samtalet.",
                "Berättar om vad som syns lokalt och om hur man märker de första tecknen.",
                "Utbildningsnämnden",
                "Augusti–oktober",
                "Enkät till hemmen",
            ),
        ),
    ),
    Heading(1, "Fokusområde 2 – Trygga platser"),
    Text(
        "Stationsområdet, gångtunneln och parkeringen bakom biblioteket i Ånge pekas ut som otrygga i tre enkäter i "
        "rad. Belysningen är ojämn, buskaget skymmer sikten och cyklar stjäls nästan varje vecka under sommaren. "
        "Äldre resenärer undviker det sista tåget.",
        label="Problembild",
    ),
    Text("Stationsområdet ska upplevas som tryggt under dygnets alla timmar.", label="Mål"),
    Bullets(
        (
            "Antalet anmälda cykelstölder ska halveras till 2027.",
            "Minst fyra trygghetsvandringar ska genomföras varje år.",
        )
    ),
    Heading(2, "Åtgärder för trygga platser"),
    Measures(
        COLUMNS,
        WIDTHS,
        (
            (
                "Trygghetsvandringar",
                "Bjuder in boende, resenärer och fastighetsägare, går rundan i skymningen och redovisar på kommunens "
                "webbplats vad som har rättats till.",
                "Deltar med kommunpolis.",
                "Samhällsbyggnad",
                "April och oktober",
                "Protokoll efter varje vandring",
            ),
            (
                "Ljus och sikt i gångtunneln",
                "Byter armaturer, målar väggarna ljusa och gallrar buskaget längs spåret. Klotter tas bort inom ett "
                "dygn från det att det har anmälts, även på helger.",
                "Lämnar statistik över brott på platsen inför varje etapp.",
                "Samhällsbyggnad",
                "Klart 2026",
                "Mätning före och efter",
            ),
            (
                "EST",
                "Leder ett möte varannan vecka där det som har hänt i kommunen läggs in på karta och delas ut till "
                "dem som kan göra något åt det.",
                "Lämnar polisens händelser till kartan och deltar i mötet.",
                "Säkerhetssamordnaren",
                "Varannan vecka",
                "Tertialvis",
            ),
            (
                "Synlig polis vid sista tåget",
                "Ser till att väntsalen hålls öppen till dess att tåget har gått och att fritidsledare finns på plats.",
                "Patrullerar till fots på perrongen minst två kvällar i veckan och noterar vad resenärerna säger.",
                "Områdespolisen",
                "Hela perioden",
                "Månadsvis",
            ),
            (
                "Märkning av cyklar",
                "Upplåter lokal och sprider inbjudan genom skolor och föreningar.",
                "Märker cyklar vid tre tillfällen på våren.",
                "Kommunpolisen",
                "April–maj",
                "Antal märkta cyklar",
            ),
        ),
    ),
    Heading(1, "Fokusområde 3 – Äldre och glesbygd"),
    Text(
        "Bedragare ringer till äldre i hela kommunen, och i byarna kring Borgsjö och Haverö är det långt till närmaste "
        "patrull. Diesel, verktyg och båtmotorer försvinner från gårdar som står tomma på vintern. Få anmäler, "
        "eftersom man inte tror att det leder till något.",
        label="Problembild",
    ),
    Text("Äldre ska stå emot bedrägerier, och stölder på landsbygden ska anmälas och bli färre.", label="Mål"),
    Heading(2, "Åtgärder för äldre och glesbygd"),
    Text("Parterna ska under perioden:"),
    Bullets(
        (
            "starta grannsamverkan i minst sex byar till 2027 (kommun och polis)",
            "besöka alla pensionärsföreningar varje år och visa hur bedragare går till väga (polis)",
            "hålla medborgarkontor med polis i Torpshammar en dag i månaden (kommun och polis)",
        )
    ),
    Heading(1, "Uppföljning"),
    Text(
        "Styrgruppen träffas fyra gånger om året. I februari varje år redovisas till kommunstyrelsen vad som har "
        "gjorts, och lägesbilden görs om vartannat år."
    ),
    Heading(1, "Underskrifter"),
    Text("Ånge den 9 december 2024"),
    Signatures(
        ("För Ånge kommun", "", "Maj-Britt Orrenius", "Kommunstyrelsens ordförande"),
        ("För Polismyndigheten", "", "Joel Ståhlgren", "Chef lokalpolisområde Medelpad"),
    ),
)


def main() -> None:
    """Write both files beside this script."""
    (HERE / f"{NAME}.docx").write_bytes(word_file())
    (HERE / f"{NAME}.pdf").write_bytes(pdf_file())


def word_file() -> bytes:
    """The agreement as a Word file with real styles, lists and tables."""
    document = new_word_document()
    _set_up(document)
    document.add_heading(TITLE, level=0)
    for item in CONTENT:
        _add_to_word(document, item)
    draft = io.BytesIO()
    document.save(draft)
    return _without_clock(draft)


def _set_up(document: Document) -> None:
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "Ånge kommun", TITLE, ""
    properties.created = properties.modified = MOMENT
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Title"].font.size = Pt(22)
    section.header.paragraphs[0].text = RUNNING_HEAD
    _add_page_number(section.footer.paragraphs[0])


def _add_page_number(paragraph: Paragraph) -> None:
    paragraph.add_run("Sida ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _add_to_word(document: Document, item: Heading | Text | Bullets | Measures | Signatures) -> None:
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
  @top-left { content: "Ånge kommun och Polisen" }
  @top-right { content: "Dnr KS 25/118" }
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


def pdf_file() -> bytes:
    """The agreement as a PDF; one of its tables runs over a page turn."""
    os.environ["SOURCE_DATE_EPOCH"] = str(int(MOMENT.timestamp()))
    from weasyprint import HTML

    body = "\n".join(_html(item) for item in CONTENT)
    page = f"<html lang='sv'><head><title>{escape(TITLE)}</title><style>{STYLE}</style></head><body>"
    return bytes(HTML(string=f"{page}<h1 class='title'>{escape(TITLE)}</h1>{body}</body></html>").write_pdf())


def _html(item: Heading | Text | Bullets | Measures | Signatures) -> str:
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
