"""Text: an agreement's source as Markdown, as text taken from a document, and as a flattened web transcript."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
    Problem,
    Region,
    Row,
    Signatures,
    Source,
    Table,
    Undertakings,
)
from tests.accuracy.gold import Gold
from tests.accuracy.render.common import Numbers, Options, heading_text, marker, numbers
from tests.accuracy.render.word import arrangement, signing_lines
from tests.accuracy.source import runs

LOST = re.compile(r"\s?\b(?:19|20)\d\d\s?[-–—]\s?(?:19|20)\d\d\b|§|[”\"“]")
"""What docplayer-like transcripts delete: year ranges, section signs and quotation marks."""
PAGE = 2600


def render_markdown(source: Source, options: Options, target: Path) -> None:
    """Writes the agreement as Markdown with pipe tables."""
    target.write_text(_Text(source, markdown=True).text(), encoding="utf-8")


def render_text(source: Source, options: Options, target: Path) -> None:
    """Writes the agreement as text taken from a document: no heading marks, tables by tabs."""
    target.write_text(_Text(source, markdown=False).text(), encoding="utf-8")


def render_transcript(source: Source, options: Options, target: Path) -> None:
    """Writes the agreement as a web transcript: pages glued to their numbers, tables flattened."""
    title = lossy(str(source.meta["title"]))
    frame = (
        f'{title}\n\nStorlek: px\nStarta visningen från sidan:\n\nDownload "{title}"\n\nTranskript\n\n'
        f"{_pages(_Text(source, markdown=False, flat=True).text())}\n\nRelevanta dokument\n"
        "Plan för lika behandling Läs mer Riktlinjer för föreningsbidrag Läs mer\n"
    )
    target.write_text(frame, encoding="utf-8")


def lossy(text: str) -> str:
    """The text as a transcript gives it."""
    return re.sub(r" {2,}", " ", LOST.sub("", text)).strip()


def lossy_gold(gold: Gold) -> Gold:
    """The gold of a transcript: its texts as mangled there; tables cannot be held and are skipped."""
    meta = dict(gold["meta"]) if isinstance(gold["meta"], dict) else {}
    meta["title"] = lossy(str(meta["title"]))
    meta["replaces"] = lossy(meta["replaces"]) if meta["replaces"] else None
    changed: Gold = {**gold, "id": f"{gold['id']}-transcript", "meta": meta, "skip": ["rows", "cells", "recurring"]}
    for key in ("goals", "optional_goals", "problem_pictures"):
        entries = gold[key]
        assert isinstance(entries, list)
        changed[key] = [{**entry, "text": lossy(entry["text"])} for entry in entries]
    return changed


def _pages(text: str) -> str:
    """The lines run together, cut into pages that open with their number."""
    words = lossy(re.sub(r"\s*\n\s*", " ", text)).split(" ")
    pages: list[list[str]] = [[]]
    length = 0
    for word in words:
        if length > PAGE:
            pages.append([])
            length = 0
        pages[-1].append(word)
        length += len(word) + 1
    return "\n\n".join(f"{number} {' '.join(page)}" for number, page in enumerate(pages, 1))


class _Text:
    """An agreement as lines of text."""

    def __init__(self, source: Source, markdown: bool, flat: bool = False) -> None:
        self.source, self.look = source, source.look
        self.markdown, self.flat = markdown, flat
        self.residue = bool(source.look.get("residue")) and not flat
        self.numbers: Numbers = numbers(source)
        self.notes: list[str] = []
        self.part = 0

    def text(self) -> str:
        lines: list[str] = []
        for index, part in enumerate(self.source.parts):
            self.part = index
            lines.extend(self._blocks(part.blocks))
        if self.markdown:
            lines += [f"[^{number}]: {note}" for number, note in enumerate(self.notes, 1)]
        elif self.notes:
            lines += [f"{_superscript(number)} {note}" for number, note in enumerate(self.notes, 1)]
        return "\n\n".join(line for line in lines if line.strip()) + "\n"

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(level, _):
                text = self._text(heading_text(block, self.numbers))
                if self.residue:
                    yield f"**{text}**" if level == 2 else f"{'#' * (level + 2)} {text}" if level else text
                else:
                    yield f"{'#' * (level + 1)} {text}" if self.markdown else text
            case Paragraph(text, label):
                mark = "**" if self.markdown or self.residue else ""
                yield (f"{mark}{label}{mark} " if label else "") + self._text(text)
            case Listing(items, kind):
                yield self._list(items, kind)
            case Outcomes():
                yield self._list(block.listing.items, block.marker)
            case Undertakings():
                yield from self._undertakings(block)
            case Table():
                yield self._table(block)
            case Cards(cards):
                for card in cards:
                    pairs = [(label, text) for label, text, _ in card.lines]
                    yield self._pairs(pairs, not block.lines)
            case KeyValue(rows, table):
                yield self._pairs(rows, table)
            case Contents(title):
                yield title
                yield "\n".join(
                    f"{text} {'.' * (60 - len(text) // 2)} {page}"
                    for level, text, page in self.numbers.contents[self.part]
                    if level <= 2
                )
            case Signatures():
                yield from self._signatures(block)
            case Region(_, inner) | Problem(_, inner):
                yield from self._blocks(inner)
            case PageBreak():
                return

    def _text(self, text: str) -> str:
        found = []
        for run in runs(text):
            if run.change == "deleted":
                continue
            piece = run.text
            if (self.markdown or self.residue) and run.bold:
                piece = f"**{piece}**"
            elif run.italic and (self.markdown or self.residue):
                piece = f"*{piece}*" if self.markdown else f"<i>{piece}</i>"
            if run.note is not None:
                self.notes.append(run.note)
                number = len(self.notes)
                piece += f"[^{number}]" if self.markdown else _superscript(number)
            found.append(piece)
        return "".join(found)

    def _list(self, items: Iterable[Item], kind: str) -> str:
        lines = []
        for index, item in enumerate(items):
            lines.append(f"{self._mark(kind, index)}{self._text(item.text)}")
            lines += [f"  - {self._text(child.text)}" for child in item.children]
        return ("\n\n" if kind == "paragraph" else "\n").join(lines)

    def _mark(self, kind: str, index: int) -> str:
        if kind == "paragraph":
            return ""
        mark = marker(kind, index, self.look)
        return f"{'-' if self.markdown and kind in ('bullet', 'o') else mark} "

    def _undertakings(self, block: Undertakings) -> Iterator[str]:
        lines = []
        for index, item in enumerate(block.items):
            lines.append(f"{self._mark(block.marker, index)}{self._text(item.text)}")
            lead = "" if block.outcomes_below else "  - "
            lines += [f"{lead}{self._text(outcome)}" for outcome in item.outcomes]
        yield ("\n\n" if block.outcomes_below or block.marker == "paragraph" else "\n").join(lines)

    def _table(self, table: Table) -> str:
        lines = [[column.header for column in table.columns]]
        if any(column.group for column in table.columns):
            lines[0] = [
                column.header if column.group in ("", column.header) else f"{column.group}: {column.header}"
                for column in table.columns
            ]
        above: tuple[str | None, ...] = ()
        for row in table.rows:
            if isinstance(row, Band):
                lines.append([self._text(row.text)] + [""] * (len(table.columns) - 1))
                continue
            cells = tuple(self._cell(row, at, above) for at in range(len(row.cells)))
            above = tuple(cell if cell is not None else above[at] for at, cell in enumerate(row.cells))
            lines.append(list(cells))
        if self.flat:
            return "\n".join(" ".join(cell for cell in line if cell).replace("\n", " ") for line in lines)
        if not self.markdown:
            return "\n".join("\t".join(self._tabbed(cell) for cell in line) for line in lines)
        rows = ["| " + " | ".join(cell.replace("\n", "<br>") for cell in line) + " |" for line in lines]
        rows.insert(1, "|" + " --- |" * len(table.columns))
        return "\n".join(rows)

    def _cell(self, row: Row, at: int, above: tuple[str | None, ...]) -> str:
        """The cell's text; a merged one says again what it spans, since text has no spans."""
        text = row.cells[at]
        if text is None:
            return "" if self.flat else self._text(above[at] or "")
        return self._text(text)

    @staticmethod
    def _tabbed(cell: str) -> str:
        if "\n" not in cell:
            return cell
        return " ".join(f"<p>{piece}</p>" for piece in cell.split("\n"))

    def _pairs(self, pairs: Iterable[tuple[str, str]], table: bool) -> str:
        lines = [(label, self._text(text)) for label, text in pairs]
        if self.flat or not table:
            return "\n".join(f"{label}: {text}" for label, text in lines)
        if self.markdown:
            body = [f"| **{label}** | {text.replace(chr(10), '<br>')} |" for label, text in lines]
            return "\n".join([body[0], "| --- | --- |", *body[1:]])
        return "\n".join(f"{label}\t{self._tabbed(text)}" for label, text in lines)

    def _signatures(self, block: Signatures) -> Iterator[str]:
        beside, layout = arrangement(block.layout)
        columns = [signing_lines(party, layout) for party in block.parties]
        if beside and self.flat:
            yield "\n".join(line for column in columns for line in column if line)
        elif beside:
            height = max(len(column) for column in columns)
            rows = ([column[at] if at < len(column) else "" for column in columns] for at in range(height))
            yield "\n".join("\t".join(row).rstrip() for row in rows)
        else:
            yield from ("\n\n".join(line for line in column if line) for column in columns)


def _superscript(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
