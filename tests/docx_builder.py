"""A compact way for tests to write Word documents: raw markup in, the bytes of a .docx out.

`p('Mål')` is a paragraph, `p(b('Mål:'), ' fler ska …')` one of several runs, `p('Bakgrund', style='Heading1')` a
heading; `tbl([['Vad', 'Vem'], …])` a table. `build(…)` packs what it is given into a file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "v": "urn:schemas-microsoft-com:vml",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

LONG = (
    "Kommunen och polisen har under flera år arbetat sida vid sida för att färre ska utsättas för brott i Lillköping."
)
"""A paragraph of running text, against which headings are told."""


class Markup(str):
    """Text that is markup already and is not escaped again."""


def r(text: str = "", *, props: str = "", raw: str = "") -> Markup:
    """A run: its text, run properties and any raw content."""
    inner = f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""
    return Markup(f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{inner}{raw}</w:r>")


def b(text: str) -> Markup:
    """A bold run."""
    return r(text, props="<w:b/>")


def i(text: str) -> Markup:
    """An italic run."""
    return r(text, props="<w:i/>")


def sup(text: str) -> Markup:
    """A raised run."""
    return r(text, props='<w:vertAlign w:val="superscript"/>')


TAB = r(raw="<w:tab/>")
BREAK = r(raw="<w:br/>")
PAGE_BREAK = r(raw='<w:br w:type="page"/>')


def note(note_id: int, kind: str = "footnote") -> Markup:
    """The mark of a footnote or endnote."""
    return r(raw=f'<w:{kind}Reference w:id="{note_id}"/>')


def p(*content: str, style: str = "", num: tuple[int, int] | None = None, props: str = "", mark: str = "") -> Markup:
    """A paragraph: plain strings become runs, markup stays; `mark` are the properties of the paragraph mark."""
    runs = "".join(part if isinstance(part, Markup) else r(part) for part in content)
    style_xml = f'<w:pStyle w:val="{style}"/>' if style else ""
    num_xml = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    mark_xml = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return Markup(f"<w:p><w:pPr>{style_xml}{num_xml}{props}{mark_xml}</w:pPr>{runs}</w:p>")


def size(points: float, *, bold: bool = False) -> str:
    """Run properties for a type size in points."""
    return f'{"<w:b/>" if bold else ""}<w:sz w:val="{int(points * 2)}"/>'


def tc(*content: str, span: int = 1, merge: str = "", fill: str = "", props: str = "") -> Markup:
    """A table cell of paragraphs (plain strings become paragraphs); `merge` is 'restart' or 'continue'."""
    inner = "".join(part if isinstance(part, Markup) else p(part) for part in content) or p()
    inner = inner if "<w:p>" in inner or "<w:p " in inner else p(Markup(inner))
    span_xml = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merge_xml = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    fill_xml = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return Markup(f"<w:tc><w:tcPr>{span_xml}{merge_xml}{fill_xml}{props}</w:tcPr>{inner}</w:tc>")


def tr(*cells: str, props: str = "") -> Markup:
    """A table row; plain strings become cells."""
    inner = "".join(
        cell if isinstance(cell, Markup) and cell.startswith(("<w:tc", "<w:sdt")) else tc(cell) for cell in cells
    )
    return Markup(f"<w:tr><w:trPr>{props}</w:trPr>{inner}</w:tr>")


def tbl(rows: Iterable[Sequence[str] | str], *, widths: Sequence[int] = (), props: str = "") -> Markup:
    """A table of rows: each a row's markup or a sequence of cells; `widths` of the grid in twips."""
    inner = "".join(row if isinstance(row, str) else tr(*row) for row in rows)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return Markup(f"<w:tbl><w:tblPr>{props}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>")


def field(instruction: str, result: str) -> Markup:
    """A complex field with its result."""
    parts = [
        _field_mark("begin"),
        r(raw=f"<w:instrText>{escape(instruction)}</w:instrText>"),
        _field_mark("separate"),
        result if isinstance(result, Markup) else r(result),
        _field_mark("end"),
    ]
    return Markup("".join(parts))


def _field_mark(kind: str) -> Markup:
    return r(raw=f'<w:fldChar w:fldCharType="{kind}"/>')


def style(style_id: str, name: str, *, kind: str = "paragraph", based: str = "", ppr: str = "", rpr: str = "") -> str:
    """A style definition."""
    based_xml = f'<w:basedOn w:val="{based}"/>' if based else ""
    default = ' w:default="1"' if name == "Normal" else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}"{default}><w:name w:val="{name}"/>{based_xml}'
        f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


DEFAULT_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + style("Normal", "Normal")
    + "".join(
        style(
            f"Heading{level}", f"heading {level}", based="Normal",
            ppr=f'<w:outlineLvl w:val="{level - 1}"/>', rpr=f'<w:b/><w:sz w:val="{34 - 4 * level}"/>',
        )
        for level in (1, 2, 3)
    )
    + style("Title", "Title", based="Normal", rpr='<w:sz w:val="56"/>')
    + style("Subtitle", "Subtitle", based="Normal", rpr='<w:sz w:val="26"/>')
    + style("TOC1", "toc 1", based="Normal")
    + style("TOCHeading", "TOC Heading", based="Heading1", ppr='<w:outlineLvl w:val="9"/>')
    + style("Quote", "Quote", based="Normal", rpr="<w:b/>")
    + style("Strong", "Strong", kind="character", rpr="<w:b/>")
    + style("PlaceholderText", "Placeholder Text", kind="character", rpr='<w:color w:val="808080"/>')
    + style("ListBullet", "List Bullet", based="Normal")
)  # fmt: skip


def level(at: int, fmt: str, text: str, *, left: int | None = None, extra: str = "", start: int = 1) -> str:
    """One depth of a numbering definition; `left` in twips."""
    indent = 360 * (at + 1) if left is None else left
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{extra}<w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def numbering(definitions: Mapping[int, Sequence[str]], instances: Mapping[int, int | str]) -> str:
    """Numbering definitions by abstract id, and instances by num id (an abstract id, or raw content)."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'
        for key, levels in definitions.items()
    )
    nums = "".join(
        f'<w:num w:numId="{key}">'
        + (target if isinstance(target, str) else f'<w:abstractNumId w:val="{target}"/>')
        + "</w:num>"
        for key, target in instances.items()
    )
    return abstract + nums


def sdt(content: str, *, props: str = "") -> Markup:
    """A content control around block or inline content."""
    return Markup(f"<w:sdt><w:sdtPr>{props}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")


def build(
    *body: str,
    styles: str = DEFAULT_STYLES,
    numbering_xml: str = "",
    footnotes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    headers: Sequence[str] = (),
    footers: Sequence[str] = (),
    settings: str = "",
    section: str = "",
    main_type: str = MAIN_TYPE,
    parts: Mapping[str, str | bytes] | None = None,
    relationships: str = "",
) -> bytes:
    """The bytes of a .docx; `parts` adds to or overrides the files in the package."""
    files: dict[str, str | bytes] = {}
    ties: list[tuple[str, str, str]] = []

    def add(name: str, kind: str, root: str, content: str) -> str:
        files[f"word/{name}"] = f"{HEAD}<w:{root} {NAMESPACES}>{content}</w:{root}>"
        ties.append((f"rId{len(ties) + 1}", kind, name))
        return ties[-1][0]

    add("styles.xml", "styles", "styles", styles)
    if numbering_xml:
        add("numbering.xml", "numbering", "numbering", numbering_xml)
    if settings:
        add("settings.xml", "settings", "settings", settings)
    for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes is not None:
            add(f"{kind}s.xml", f"{kind}s", f"{kind}s", _notes(kind, notes))
    references = ""
    for kind, tag, contents in (("header", "hdr", headers), ("footer", "ftr", footers)):
        for index, content in enumerate(contents):
            rid = add(f"{kind}{index}.xml", kind, tag, content)
            references += f'<w:{kind}Reference w:type="default" r:id="{rid}"/>'
    inner = "".join(part if isinstance(part, Markup) else p(part) for part in body)
    last = f"<w:sectPr>{references}{section}</w:sectPr>"
    files["word/document.xml"] = f"{HEAD}<w:document {NAMESPACES}><w:body>{inner}{last}</w:body></w:document>"
    files["word/_rels/document.xml.rels"] = _relationships(ties, relationships)
    files["_rels/.rels"] = _relationships([("rId1", "officeDocument", "word/document.xml")], "")
    files["[Content_Types].xml"] = (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>'
    )
    return pack({**files, **(parts or {})})


def pack(files: Mapping[str, str | bytes]) -> bytes:
    """The bytes of a zip archive of the files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _notes(kind: str, notes: Mapping[int, str]) -> str:
    bodies = {
        key: text if isinstance(text, Markup) else p(Markup(r(raw=f"<w:{kind}Ref/>") + r(f" {text}")))
        for key, text in notes.items()
    }
    return f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>' + "".join(
        f'<w:{kind} w:id="{key}">{text}</w:{kind}>' for key, text in bodies.items()
    )


def _relationships(ties: Iterable[tuple[str, str, str]], extra: str) -> str:
    inner = "".join(
        f'<Relationship Id="{rid}" Type="{OFFICE}/{kind}" Target="{target}"/>' for rid, kind, target in ties
    )
    return (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inner}{extra}</Relationships>"
    )
