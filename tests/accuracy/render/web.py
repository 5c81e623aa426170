"""Web: an agreement's source as HTML, and through headless Chromium or WeasyPrint as PDF."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

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
from tests.accuracy.render.common import Numbers, Options, footer_words, heading_text, marker, numbers
from tests.accuracy.render.word import arrangement, signing_lines
from tests.accuracy.source import runs

RULES = {
    "grid": "td, th {border: 0.7pt solid #333}",
    "none": "th {text-align: left} td {padding-bottom: 5pt}",
    "header": "th {border-bottom: 1.2pt solid #222; text-align: left} td {padding-bottom: 5pt}",
    "horizontal": "td, th {border-bottom: 0.6pt solid #999; text-align: left} table {border-top: 1pt solid #333}",
    "shaded": (
        "th {background: #2f5d73; color: white; text-align: left} tbody tr:nth-child(even) td {background: #e9f0f3}"
    ),
}


def render_chromium(source: Source, options: Options, target: Path) -> None:
    """Writes the agreement as PDF printed by headless Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(_Page(source, options, footnotes=False).html(), encoding="utf-8")
        command = [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"),
            *(f"--print-to-pdf={target}", "--no-pdf-header-footer", "--generate-pdf-document-outline"),
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def render_weasyprint(source: Source, options: Options, target: Path) -> None:
    """Writes the agreement as PDF set by WeasyPrint, hyphenated."""
    import weasyprint

    weasyprint.HTML(string=_Page(source, options, footnotes=True).html()).write_pdf(str(target))


class _Page:
    """An agreement as one HTML page."""

    def __init__(self, source: Source, options: Options, footnotes: bool) -> None:
        self.source, self.options, self.look = source, options, source.look
        self.footnotes = footnotes
        self.numbers: Numbers = numbers(source)
        self.notes: list[str] = []
        self.counted = 0
        self.part = 0

    def html(self) -> str:
        body = "".join(self._part(index, part) for index, part in enumerate(self.source.parts))
        return (
            f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><style>{self._style()}</style></head>'
            f"<body>{body}</body></html>"
        )

    def _style(self) -> str:
        look = self.look
        rules = RULES[self.options.rules]
        head = "table-header-group" if self.options.repeat_header else "table-row-group"
        font, size = look.get("web_font", look.get("font", "Liberation Sans")), look.get("size", "10.5")
        hyphens = "p, li, td {hyphens: auto}" if self.footnotes else ""
        return f"""
        body {{font-family: '{font}'; font-size: {size}pt; line-height: 1.35; margin: 0}}
        h1, h2, h3, h4, h5 {{font-family: '{look.get("heading_font", font)}'; color: #{look.get("colour", "000000")};
          margin: 14pt 0 4pt 0; break-after: avoid; hyphens: none}}
        h1 {{font-size: 20pt}} h2 {{font-size: 15pt}} h3 {{font-size: 12pt}} h4 {{font-size: 10.5pt}}
        h5 {{font-size: 10.5pt; font-style: italic}}
        p {{margin: 0 0 6pt 0}} ul, ol {{margin: 2pt 0 8pt 0; padding-left: 20pt}} li {{margin-bottom: 2pt}}
        table {{border-collapse: collapse; width: 100%; table-layout: fixed; margin: 6pt 0 10pt 0;
          font-size: {look.get("table_size", "9")}pt}}
        td, th {{padding: 2.5pt 4pt; vertical-align: top; overflow-wrap: break-word}}
        thead {{display: {head}}} {rules}
        table.kv td {{border: 0.6pt solid #777}} table.sign td {{border: none; width: auto}}
        table.card td:first-child {{font-weight: bold; width: 24%}}
        .pairs table.card {{display: inline-table; width: 48%; margin-right: 1%; vertical-align: top}}
        td.band {{font-weight: bold; background: #{look.get("band", "e7e6e6")}}}
        tr.whole {{break-inside: avoid}}
        .columns {{column-count: 2; column-gap: 22pt}} .box {{border: 1pt solid #555; padding: 8pt; margin: 8pt 0}}
        .toc p {{margin: 0; display: flex}} .toc .dots {{flex: 1; overflow: hidden; white-space: nowrap}}
        .typed {{padding-left: 14pt; text-indent: -12pt; margin-bottom: 3pt}} .deep {{margin-left: 16pt}}
        .notes {{font-size: 8pt; border-top: 0.5pt solid #555; margin-top: 14pt; padding-top: 4pt}}
        .fn {{float: footnote; font-size: 8pt}} sup {{font-size: 65%; line-height: 0}}
        .break {{break-before: page}} {hyphens}
        {"".join(self._page_rules(index, part) for index, part in enumerate(self.source.parts))}
        """

    def _page_rules(self, index: int, part: Part) -> str:
        words = " ".join(
            {"{page}": "counter(page)", "{pages}": "counter(pages)"}.get(word, f'"{word}"')
            for word in footer_words(part.footer)
        )
        place = {"right": "@bottom-right", "left": "@bottom-left"}.get(self.look.get("footer", ""), "@bottom-center")
        left, right = (word.replace('"', "”") for word in part.header)
        margins = (
            f'@top-left {{content: "{left}"; font-size: 8.5pt; white-space: nowrap}} '
            f'@top-right {{content: "{right}"; font-size: 8.5pt; white-space: nowrap}} '
            f"{place} {{content: {words or 'none'}; font-size: 8.5pt}}"
        )
        return (
            f"@page p{index} {{size: A4; margin: 24mm 22mm 22mm 22mm; {margins}}}"
            f"@page w{index} {{size: A4 landscape; margin: 22mm 20mm 20mm 20mm; {margins}}}"
            f".p{index} {{page: p{index}; break-before: {'page' if index else 'auto'}}} .w{index} {{page: w{index}}}"
        )

    def _part(self, index: int, part: Part) -> str:
        self.part = index
        self.notes = []
        body = "".join(self._blocks(part.blocks))
        notes = ""
        if self.notes and not self.footnotes:
            first = self.counted - len(self.notes) + 1
            lines = (f"<p><sup>{number}</sup> {escape(text)}</p>" for number, text in enumerate(self.notes, first))
            notes = f'<div class="notes">{"".join(lines)}</div>'
        return f'<section class="p{index}">{body}{notes}</section>'

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            yield self._block(block)

    def _block(self, block: Block) -> str:
        match block:
            case Heading(level, _):
                tag = f"h{level + 1}"
                return f"<{tag}>{self._text(heading_text(block, self.numbers))}</{tag}>"
            case Paragraph(text, label):
                return f"<p>{self._label(label)}{self._text(text)}</p>"
            case Listing(items, kind):
                return self._list(items, kind)
            case Outcomes():
                return self._list(block.listing.items, block.marker)
            case Undertakings():
                return self._undertakings(block)
            case Table():
                return self._table(block)
            case Cards():
                cards = "".join(self._card(block, index) for index in range(len(block.cards)))
                return f'<div class="pairs">{cards}</div>' if block.pairs else cards
            case KeyValue(rows, table):
                return self._key_value(rows, table)
            case Contents(title):
                return self._contents(title)
            case Signatures():
                return self._signatures(block)
            case PageBreak():
                return '<div class="break"></div>'
            case Region("landscape", inner):
                return f'<div class="w{self.part}">{"".join(self._blocks(inner))}</div>'
            case Region(kind, inner):
                return f'<div class="{kind}">{"".join(self._blocks(inner))}</div>'
            case Problem(_, inner):
                return "".join(self._blocks(inner))
        raise TypeError(f"no way to set {block!r}")

    def _label(self, label: str | None) -> str:
        tag = "u" if self.look.get("labels") == "underline" else "b"
        return f"<{tag}>{escape(label)}</{tag}> " if label else ""

    def _text(self, text: str) -> str:
        found = []
        for run in runs(text):
            if run.change == "deleted":
                continue
            piece = escape(run.text).replace("\n", "<br>")
            if run.bold:
                piece = f"<b>{piece}</b>"
            if run.italic:
                piece = f"<i>{piece}</i>"
            found.append(piece + (self._note(run.note) if run.note is not None else ""))
        return "".join(found)

    def _note(self, text: str) -> str:
        if self.footnotes:
            return f'<span class="fn">{escape(text)}</span>'
        self.notes.append(text)
        self.counted += 1
        return f"<sup>{self.counted}</sup>"

    def _list(self, items: Iterable[Item], kind: str) -> str:
        if kind == "paragraph":
            return "".join(f"<p>{self._text(item.text)}</p>" for item in items)
        entries = (
            self._entry(kind, index, item.text, [child.text for child in item.children])
            for index, item in enumerate(items)
        )
        return self._wrap(kind, "".join(entries))

    def _wrap(self, kind: str, entries: str) -> str:
        if self.options.lists == "typed" or kind in ("letter", "dash", "o"):
            return entries
        tag = "ol" if kind == "number" else "ul"
        return f"<{tag}>{entries}</{tag}>"

    def _entry(self, kind: str, index: int, text: str, deeper: Iterable[str]) -> str:
        if self.options.lists == "typed" or kind in ("letter", "dash", "o"):
            inner = "".join(f'<p class="typed deep">- {self._text(child)}</p>' for child in deeper)
            return f'<p class="typed">{marker(kind, index, self.look)} {self._text(text)}</p>{inner}'
        inner = "".join(f"<li>{self._text(child)}</li>" for child in deeper)
        return f"<li>{self._text(text)}{f'<ul>{inner}</ul>' if inner else ''}</li>"

    def _undertakings(self, block: Undertakings) -> str:
        if block.marker == "paragraph" or block.outcomes_below:
            found = []
            for index, item in enumerate(block.items):
                mark = "" if block.marker == "paragraph" else f"{marker(block.marker, index, self.look)} "
                found.append(f"<p>{mark}{self._text(item.text)}</p>")
                found.extend(f"<p>{self._text(outcome)}</p>" for outcome in item.outcomes)
            return "".join(found)
        entries = (self._entry(block.marker, index, item.text, item.outcomes) for index, item in enumerate(block.items))
        return self._wrap(block.marker, "".join(entries))

    def _table(self, table: Table) -> str:
        total = sum(column.width for column in table.columns)
        widths = "".join(f'<col style="width:{100 * column.width / total:.1f}%">' for column in table.columns)
        head = self._head(table)
        repeat = "" if table.repeat_header else ' style="display: table-row-group"'
        whole = "" if table.split_rows else ' class="whole"'
        rows = "".join(self._row(table, index, whole) for index in range(len(table.rows)))
        return f"<table><colgroup>{widths}</colgroup><thead{repeat}>{head}</thead><tbody>{rows}</tbody></table>"

    def _head(self, table: Table) -> str:
        columns = table.columns
        if not any(column.group for column in columns):
            return f"<tr>{''.join(f'<th>{escape(column.header)}</th>' for column in columns)}</tr>"
        first, second, index = "", "", 0
        while index < len(columns):
            group = columns[index].group
            count = 1
            while index + count < len(columns) and columns[index + count].group == group:
                count += 1
            if count == 1 and group == columns[index].header:
                first += f'<th rowspan="2">{escape(group)}</th>'
            else:
                first += f'<th colspan="{count}">{escape(group)}</th>'
                second += "".join(f"<th>{escape(columns[at].header)}</th>" for at in range(index, index + count))
            index += count
        return f"<tr>{first}</tr><tr>{second}</tr>"

    def _row(self, table: Table, index: int, whole: str) -> str:
        row = table.rows[index]
        if isinstance(row, Band):
            return f'<tr><td class="band" colspan="{len(table.columns)}">{self._text(row.text)}</td></tr>'
        cells = []
        for at, cell in enumerate(row.cells):
            if cell is None:
                continue
            span = 1 + self._merged_below(table, index, at)
            attribute = f' rowspan="{span}"' if span > 1 else ""
            cells.append(f"<td{attribute}>{self._text(cell)}</td>")
        return f"<tr{whole}>{''.join(cells)}</tr>"

    @staticmethod
    def _merged_below(table: Table, index: int, at: int) -> int:
        count = 0
        for row in table.rows[index + 1 :]:
            if not isinstance(row, Row) or row.cells[at] is not None:
                break
            count += 1
        return count

    def _card(self, block: Cards, index: int) -> str:
        lines = block.cards[index].lines
        if block.lines:
            return "".join(f"<p><b>{escape(label)}:</b> {self._text(text)}</p>" for label, text, _ in lines) + "<br>"
        rows = "".join(f"<tr><td>{escape(label)}</td><td>{self._text(text)}</td></tr>" for label, text, _ in lines)
        return f'<table class="card">{rows}</table>'

    def _key_value(self, rows: Iterable[tuple[str, str]], table: bool) -> str:
        if not table:
            return "".join(f"<p><b>{escape(label)}:</b> {self._text(text)}</p>" for label, text in rows)
        lines = "".join(f"<tr><td><b>{escape(label)}</b></td><td>{self._text(text)}</td></tr>" for label, text in rows)
        return f'<table class="kv">{lines}</table>'

    def _contents(self, title: str) -> str:
        lines = "".join(
            f'<p style="padding-left:{12 * (level - 1)}pt"><span>{escape(text)}</span>'
            f'<span class="dots">{"." * 160}</span><span>{page}</span></p>'
            for level, text, page in self.numbers.contents[self.part]
            if level <= 2
        )
        return f'<div class="toc"><p><b>{escape(title)}</b></p>{lines}</div><div class="break"></div>'

    def _signatures(self, block: Signatures) -> str:
        beside, layout = arrangement(block.layout)
        if beside:
            cells = (
                f"<td>{'<br>'.join(escape(line) for line in signing_lines(party, layout))}</td>"
                for party in block.parties
            )
            return f'<table class="sign"><tr>{"".join(cells)}</tr></table>'
        return "".join(
            f"<p>{escape(line) or '&nbsp;'}</p>" for party in block.parties for line in signing_lines(party, layout)
        )
