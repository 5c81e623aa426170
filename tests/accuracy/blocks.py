"""Blocks: what an agreement's neutral source is made of; the gold and every rendering are made from these."""

from __future__ import annotations

from dataclasses import dataclass, field

FIELDS = (
    "title",
    "cause",
    "municipality_action",
    "police_action",
    "joint_action",
    "participants",
    "target_group",
    "goal",
    "effect",
    "indicator",
    "schedule",
    "follow_up",
    "communication",
    "resources",
    "status",
    "place",
)
"""The text fields of a measure that the gold holds, in the contract's order."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `note` is the footnote that hangs on its end, `change` a tracked change."""

    text: str
    bold: bool = False
    italic: bool = False
    note: str | None = None
    change: str = ""  # "", "inserted" or "deleted"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 0 is a part's title. `area` names the focus area that starts here."""

    level: int
    text: str
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in inline markup, with the run-in label it may open with ('Problembild:')."""

    text: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A list item that is no measure; `area` where the item names a focus area."""

    text: str
    children: tuple[Item, ...] = ()
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of plain items; `marker` is bullet, dash, number, letter or paragraph."""

    items: tuple[Item, ...]
    marker: str = "bullet"


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A measure that stands as a list item or a paragraph, with the outcomes reported under it."""

    text: str
    recurring: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undertakings:
    """A list of measures; outcomes stand as nested items or, with `outcomes_below`, as paragraphs."""

    items: tuple[Undertaking, ...]
    form: str = "bullet"
    marker: str = "bullet"
    outcomes_below: bool = False


@dataclass(frozen=True, slots=True)
class Outcomes:
    """A list of what came of the undertakings listed last before it, one each, in their order."""

    items: tuple[str, ...]
    marker: str = "bullet"

    @property
    def listing(self) -> Listing:
        """The same as a plain list, which is how it is set."""
        return Listing(tuple(Item(text) for text in self.items), self.marker)


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its header, the measure field it holds (None: no field) and its share of the width."""

    header: str
    holds: str | None
    width: int = 10
    group: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A measure as a table row; a cell is text, '' (empty) or None (merged with the cell above)."""

    cells: tuple[str | None, ...]
    recurring: tuple[str, ...] = ()
    responsible: tuple[str, ...] | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A full-width row that heads what follows; `area` where it names a focus area."""

    text: str
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of measures, or of something else where `measures` is false."""

    columns: tuple[Column, ...]
    rows: tuple[Row | Band, ...]
    measures: bool = True
    repeat_header: bool = True
    split_rows: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """One activity card: label, text and the field the label stands for."""

    lines: tuple[tuple[str, str, str | None], ...]
    recurring: tuple[str, ...] = ()
    responsible: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Cards:
    """Activity cards, each set as a small table of two columns, or as 'Label: text' lines where `lines`.

    With `pairs` two cards stand side by side in one table where the format has tables.
    """

    cards: tuple[Card, ...]
    lines: bool = False
    pairs: bool = False

    def beside(self) -> tuple[tuple[Card, ...], ...]:
        """The cards that stand side by side, from the top down."""
        count = 2 if self.pairs else 1
        return tuple(self.cards[at : at + count] for at in range(0, len(self.cards), count))


@dataclass(frozen=True, slots=True)
class KeyValue:
    """Labels and values of the document itself (diary number, decided by ...), as a table or as lines."""

    rows: tuple[tuple[str, str], ...]
    table: bool = True


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents with leader dots, made of the headings that follow."""

    title: str = "Innehåll"


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs: name as printed, title, party letters in brackets, and the organisation after the title."""

    name: str
    title: str
    letters: str = ""
    organisation: str = ""

    @property
    def printed_title(self) -> str:
        """The title as it stands in the block."""
        return ", ".join(word for word in (self.title, self.organisation) if word)


@dataclass(frozen=True, slots=True)
class SigningParty:
    """A party of the signature block; `place_date` as printed, `date` in ISO or None where blank."""

    name: str
    party: str
    place_date: str
    date: str | None
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """The agreement's signature block; `layout` is columns, tabs, stacked, role-first or pairs."""

    layout: str
    parties: tuple[SigningParty, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page."""


@dataclass(frozen=True, slots=True)
class Region:
    """Blocks set in a way of their own: landscape, columns (two), box (a text box) or control (Word)."""

    kind: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Blocks that make up one problem picture; headings in them are left out of its text."""

    title: str
    blocks: tuple[Block, ...]


Block = (
    Heading
    | Paragraph
    | Listing
    | Undertakings
    | Outcomes
    | Table
    | Cards
    | KeyValue
    | Contents
    | Signatures
    | PageBreak
    | Region
    | Problem
)


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of the file: its kind by the contract, title, blocks and page furniture."""

    kind: str
    title: str
    blocks: tuple[Block, ...]
    header: tuple[str, str] = ("", "")
    footer: str = "{page}"


@dataclass(frozen=True, slots=True)
class Source:
    """An agreement's neutral source: what it says, what it is (`meta`) and how it is set (`look`)."""

    name: str
    meta: dict[str, object]
    parts: tuple[Part, ...]
    variants: tuple[str, ...]
    split: str
    look: dict[str, str] = field(default_factory=dict)
    mentions: tuple[tuple[str, str], ...] = ()
    optional_mentions: tuple[str, ...] = ()
    fingerprint: str = ""
