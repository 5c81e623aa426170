"""A draft of the next agreement: chapters of paragraphs, lists and tables, each text with where it comes from.

What a text is (carried over, to be brought up to date, proposed from elsewhere, a prompt to write) is said by its
`Standing`; what a reader should know of it stands in its notes, which a writer may show as comments.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What a text of a draft is."""

    NEW = "new"
    """Written by the program from facts that were asked for: the title, the period, headings."""
    CARRIED = "carried"
    """Taken over word by word from an older document."""
    OUTDATED = "outdated"
    """Taken over as a start, to be brought up to date: a problem picture, an outcome, a status."""
    PROPOSED = "proposed"
    """Taken over from another document than the parties' own, as a proposal."""
    PROMPT = "prompt"
    """A place that must be written in: what is to be written, no text of the agreement."""
    QUESTION = "question"
    """A place to write in for what the old agreement lacks or is weak in."""


class NoteKind(StrEnum):
    """What a note is about."""

    ORIGIN = "origin"
    OLD_YEAR = "old-year"
    QUESTION = "question"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark to the one who goes on writing, in Swedish."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text with its standing; `stale` are the offsets of years that lie before the new period."""

    text: str
    standing: Standing = Standing.CARRIED
    stale: tuple[tuple[int, int], ...] = ()
    notes: tuple[Note, ...] = ()
    is_past: bool = False
    """True for what tells of last period alone, an outcome or a status: nothing a finished agreement holds."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; `label` is set in bold in front of it."""

    passage: Passage
    label: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A list item; depth 1 is outermost."""

    passage: Passage
    depth: int = 1


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A row of a measure table: one passage a column, empty where nothing was written."""

    cells: tuple[Passage, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureTable:
    """A table of measures with its header; `number` is what the rows are counted under ('2' gives 2.1, 2.2 …).

    An empty `number` means that the rows carry numbers of their own.
    """

    caption: str
    columns: tuple[tuple[str, str], ...]
    """Each header as two lines, the upper one shared by neighbours ('Ansvarig' over 'Kommunen', 'Polisen') or empty."""
    rows: tuple[MeasureRow, ...]
    number: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """An activity card: an optional title over labels with their values."""

    title: Passage | None
    entries: tuple[tuple[str, Passage], ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table carried over as it was: rows of cells, the first one its header when `has_header`."""

    rows: tuple[tuple[Passage, ...], ...]
    has_header: bool = True


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Where one person signs: the party that is bound and the role, both without a name or date."""

    party: str
    role: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatures:
    """The block in which the parties sign."""

    lines: tuple[SignatureLine, ...]


Block = Paragraph | Item | MeasureTable | Card | PlainTable | Signatures


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with what stands under it; level 1 is a chapter."""

    heading: str
    level: int
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    meanings: tuple[str, ...] = ()
    """What the heading announces, where it comes from a source: keys of headings.toml."""
    stale: tuple[tuple[int, int], ...] = ()
    """Offsets of the years in the heading that lie before the new period."""

    @property
    def is_question(self) -> bool:
        """True when nothing stands here but questions."""
        asked = [
            isinstance(block, Paragraph | Item) and block.passage.standing is Standing.QUESTION for block in self.blocks
        ]
        return bool(asked) and all(asked)


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the title page: a label and its value; `key` is what it is called in drafting.toml."""

    key: str
    label: str
    value: Passage


@dataclass(frozen=True, slots=True)
class Draft:
    """A new agreement for a period, drafted from older documents."""

    title: str
    municipality: str
    period: tuple[str, str]
    """First and last day, ISO."""
    facts: tuple[Fact, ...]
    chapters: tuple[Chapter, ...]
    sources: tuple[str, ...]
    """The parties' own documents that text is carried over from, as they are named to a reader."""
    has_proposals: bool = False
    """True when something is proposed from another's agreement."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words of the old document that give way to others; found by `context`, the text they stand in."""

    context: str
    old: str
    new: str
    everywhere: bool = False
    """True for what is changed in every line of the cover and the running headers that is part of `context`."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A table row, known by the texts of its cells, or paragraphs, known by their texts, that are taken out."""

    texts: tuple[str, ...]
    is_row: bool = False
    is_stretch: bool = False
    """True for paragraphs that follow one another: the same words elsewhere are not meant."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment to hang on the paragraph that holds the text `context`; on the first one where it is empty."""

    context: str
    text: str


@dataclass(frozen=True, slots=True)
class RevisionPlan:
    """What is to be changed in the old document itself to make the next agreement of it."""

    rewordings: tuple[Rewording, ...] = ()
    removals: tuple[Removal, ...] = ()
    remarks: tuple[Remark, ...] = ()
    additions: tuple[Chapter, ...] = ()
    """Chapters that are put behind the last measure."""
    last_measure: str = ""
    """A text of the last measure, behind which they go."""
