"""Paragraphs and tables of a Word file as written, before anything is judged: what the story reader hands on."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.extract.readers.docx_numbering import ListLabel
from samsyn.extract.readers.docx_styles import Shape, Style
from samsyn.extract.readers.docx_text import Piece


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as written: its pieces, and what style and numbering say of it. Measures in points."""

    pieces: tuple[Piece, ...]
    style: Style
    shape: Shape
    label: ListLabel | None = None
    outline: int = 0
    """Rank as a heading that style or paragraph states, 1 highest; 0 when none does."""
    in_contents: bool = False
    """True for a line of a table of contents."""
    drop_cap: bool = False

    @property
    def has_text(self) -> bool:
        """True when anything is printed."""
        return any(piece.text.strip() or piece.note for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class CellSource:
    """One table cell as written; `column` and `span` count the columns of the table's own grid."""

    column: int
    span: int
    items: tuple[Item, ...]
    merge: str = ""
    """'restart' where cells merged downwards begin, 'continue' for those below."""
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class RowSource:
    """One table row as written."""

    cells: tuple[CellSource, ...]
    is_header: bool = False
    """True when Word repeats it on each page."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table as written, its grid columns with their widths in points."""

    rows: tuple[RowSource, ...]
    widths: tuple[float, ...]


Item = Paragraph | TableSource
