"""What the text reader builds before there are blocks: source lines, drafts of blocks, and tables as raw cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from samsyn.models.source import Caution

_TAB = 4


class SourceLine(NamedTuple):
    """One line of the file, without its line end; `hard` when Markdown marks its end as a break."""

    text: str
    page: int | None = None
    hard: bool = False

    @property
    def is_blank(self) -> bool:
        """True for a line with nothing to see."""
        return not self.text.strip()

    @property
    def indent(self) -> int:
        """How far in the text begins, in spaces."""
        head = self.text[: len(self.text) - len(self.text.lstrip())]
        return len(head.expandtabs(_TAB))


class DraftKind(StrEnum):
    """What a draft will become."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE = "table"
    NOTE = "note"


class Piece(NamedTuple):
    """A stretch of raw text from one line, and what joins it to the stretch before."""

    text: str
    page: int | None
    glue: str = ""


class RawCell(NamedTuple):
    """A cell with its paragraphs as raw text; a nested table stands among them."""

    row: int
    column: int
    paragraphs: tuple[str | RawTable, ...]
    row_span: int = 1
    column_span: int = 1


class RawTable(NamedTuple):
    """A table before its cells are read."""

    row_count: int
    column_count: int
    cells: tuple[RawCell, ...]
    header_rows: int = 0
    ruled: bool = True
    joins: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A block to be: its kind by markup alone, and the raw text it is made from."""

    kind: DraftKind
    pieces: tuple[Piece, ...]
    level: int = 0
    marker: str = ""
    indent: int = 0
    gap: int = 0
    """How many blank lines stand above it."""
    marked: bool = False
    """True when markup says that it is a heading."""
    table: RawTable | None = None

    @property
    def raw(self) -> str:
        """The raw text, joined."""
        return "".join(piece.glue + piece.text for piece in self.pieces)

    @property
    def page(self) -> int | None:
        """The page it begins on."""
        return self.pieces[0].page if self.pieces else None
