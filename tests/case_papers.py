"""Builds documents from case files: a paper as lines, a blank line, what is expected of it.

A line is a paragraph; `# Text [meaning]` a heading, `- ` a list item, `| a | b |` a row of a table, `~ ` a running
header or footer, `@tjänsteskrivelse` (or another kind of paper) the start of a new paper. Within a line ` // ` is a
manual break, `¦` the end of a printed line and `→` a wide gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from samsyn.models.document import Block, BlockKind, Cell, Document, Line, Table
from samsyn.models.section import Part, PartKind, Section
from samsyn.models.source import Box, Source

CASES = Path(__file__).parent / "cases"


@dataclass
class _Draft:
    """A part under construction."""

    kind: PartKind
    sections: list[Section] = field(default_factory=list)
    heading: Block | None = None
    meanings: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)

    def close_section(self) -> None:
        if self.heading is not None or self.blocks:
            title = self.heading.text if self.heading else ""
            self.sections.append(
                Section(f"s{len(self.sections)}", title, self.meanings, 1, self.heading, tuple(self.blocks))
            )
        self.heading, self.meanings, self.blocks = None, (), []

    def part(self) -> Part:
        self.close_section()
        return Part(self.kind, self.sections[0].title if self.sections else "", tuple(self.sections), None)


def case_files(folder: str) -> list[Path]:
    """The case files of one finder, sorted."""
    return sorted((CASES / folder).glob("*.txt"))


def read_case(path: Path) -> tuple[Document, tuple[Part, ...], dict[str, str]]:
    """The document of a case, its parts, and the expected values by name."""
    text, _, expected = path.read_text(encoding="utf-8").rstrip("\n").partition("\n\n")
    document, parts = build(text)
    pairs = (line.split(":", 1) for line in expected.split("\n") if line)
    return document, parts, {key.strip(): value.strip() for key, value in pairs}


def build(text: str) -> tuple[Document, tuple[Part, ...]]:
    """The document and parts that a text in the cases' notation describes."""
    drafts = [_Draft(PartKind.AGREEMENT)]
    blocks: list[Block] = []
    furniture: list[Block] = []
    for number, lines in enumerate(_grouped(text.split("\n")), start=1):
        first = lines[0]
        if first.startswith("@"):
            drafts.append(_Draft(PartKind(first[1:].strip())))
            continue
        if first.startswith("~"):
            furniture.append(_text_block(f"f{number}", BlockKind.PARAGRAPH, first[1:].strip()))
            continue
        draft = drafts[-1]
        block = _table(f"b{number}", lines) if first.startswith("|") else _block(f"b{number}", first)
        blocks.append(block)
        if block.kind is BlockKind.HEADING:
            draft.close_section()
            draft.heading = block
            draft.meanings = _meanings(first)
        else:
            draft.blocks.append(block)
    source = Source(file="prov.docx", sha256="0", media_type="text/plain", pages=None)
    parts = tuple(part for draft in drafts if (part := draft.part()).sections)
    return Document(source=source, blocks=tuple(blocks), furniture=tuple(furniture)), parts


def _grouped(lines: list[str]) -> Iterator[list[str]]:
    """The lines one by one, the rows of a table together."""
    table: list[str] = []
    for line in lines:
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            yield table
            table = []
        yield [line]
    if table:
        yield table


def _meanings(line: str) -> tuple[str, ...]:
    return tuple(line.rsplit("[", 1)[1].rstrip("] ").split()) if line.endswith("]") else ()


def _block(identifier: str, line: str) -> Block:
    if line.startswith("#"):
        level = len(line) - len(line.lstrip("#"))
        text = line.lstrip("# ").rsplit(" [", 1)[0] if line.endswith("]") else line.lstrip("# ")
        block = _text_block(identifier, BlockKind.HEADING, text)
        return Block(block.id, block.kind, block.text, level=level, lines=block.lines)
    if line.startswith("- "):
        return _text_block(identifier, BlockKind.LIST_ITEM, line[2:])
    return _text_block(identifier, BlockKind.PARAGRAPH, line)


def _text_block(identifier: str, kind: BlockKind, text: str) -> Block:
    plain = text.replace(" // ", "\n").replace("→", "\t")
    if "¦" not in plain:
        return Block(identifier, kind, plain)
    starts = [0]
    pieces = [piece.strip() for piece in plain.split("¦")]
    for piece in pieces[:-1]:
        starts.append(starts[-1] + len(piece) + 1)
    lines = tuple(Line(start, 1, Box(70, 100 + 14 * n, 300, 112 + 14 * n)) for n, start in enumerate(starts))
    return Block(identifier, kind, " ".join(pieces), lines=lines)


def _table(identifier: str, lines: list[str]) -> Block:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    cells = tuple(
        Cell(r, c, (_text_block(f"{identifier}.r{r}.c{c}.0", BlockKind.PARAGRAPH, text),) if text else ())
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    table = Table(len(rows), max(map(len, rows)), cells)
    return Block(identifier, BlockKind.TABLE, "\n".join("\t".join(row) for row in rows), table=table)
