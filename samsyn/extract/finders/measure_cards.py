"""Takes a table of labels and values and gives its measures: one an activity card ('Aktivitet', 'Ansvarig', 'Tid')."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from samsyn.extract.finders.columns import ACTIONS
from samsyn.extract.finders.found import FoundMeasure
from samsyn.extract.finders.measure_rows import merge_evidence
from samsyn.extract.finders.units import split_units
from samsyn.models.document import Block, Cell, Table
from samsyn.remember import remembers_while_alive
from samsyn.vocabulary.columns import column_lexicon
from samsyn.vocabulary.phrases import phrase_list

_KNOWN_SHARE = 0.6
"""This share of a card's labels must be known column words."""

_FEWEST_LABELS = 2
_LABEL_LENGTH = 50
_OF_MEASURES = frozenset(
    {"joint_action", "participants", "target_group", "goal", "effect", "indicator", "follow_up", "communication"}
)
"""Labels of measures only; dates and contacts stand in any table of facts ('Dnr', 'Gäller', 'Kontaktperson')."""


@dataclass(slots=True)
class _Card:
    fields: dict[str, str] = field(default_factory=dict)
    responsible: list[str] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return name in self.fields or (name == "responsible" and bool(self.responsible))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label with its value; a full-width row has no label."""

    label: str
    value: Cell
    name: str | None
    label_cell: Cell | None


def read_cards(block: Block, area: str | None) -> tuple[FoundMeasure, ...]:
    """The measures of a block of activity cards; empty when the table is none.

    A repeated label begins a new card, and so does a full-width row in front of labels, whose text is the title.
    """
    if block.table is None or not is_card(block.table):
        return ()
    cards = _collect(_titled(_entries(block.table)))
    return tuple(_measure(card, area) for card in cards if any(name in card.fields for name in ACTIONS))


@remembers_while_alive
def is_card(table: Table) -> bool:
    """True when the first column holds labels: known column words, each with its value beside it."""
    if table.column_count not in (2, 4, 6) or (table.column_count == 6 and not _stand_beside(table)):
        return False
    if _heads_columns(table):
        return False
    labelled = [entry for entry in _titled(_entries(table)) if entry.label]
    known = [entry.name for entry in labelled if entry.name]
    if len(set(known)) < _FEWEST_LABELS or len(known) < _KNOWN_SHARE * len(labelled):
        return False
    values = [entry for entry in labelled if entry.name and column_lexicon().is_exact(entry.value.text)]
    titled = "title" in known or any(not entry.label for entry in _entries(table))
    return titled and len(values) <= len(known) / 3


def _heads_columns(table: Table) -> bool:
    """True when nearly all of the first row's cells are column words: it heads a table of rows."""
    first = [cell for cell in dict.fromkeys(table.rows()[0]) if cell is not None] if table.column_count > 2 else []
    known = sum(column_lexicon().meaning(cell.text) is not None for cell in first)
    return len(first) > 2 and known >= len(first) - 1


@remembers_while_alive
def _entries(table: Table) -> tuple[_Entry, ...]:
    """The labels with their values, row by row; cards that stand side by side one after the other."""
    rows, offsets = table.rows(), range(0, table.column_count, 2)
    places = ((row, offset) for row in rows for offset in offsets)
    if _stand_beside(table):
        places = ((row, offset) for offset in offsets for row in rows)
    return tuple(entry for row, offset in places if (entry := _entry(row, offset)) is not None)


def _stand_beside(table: Table) -> bool:
    """True when each pair of columns has the labels of the first: cards side by side, not one card with wide rows."""
    if table.column_count <= 2:
        return False
    columns = [
        {entry.label for row in table.rows() if (entry := _entry(row, offset)) is not None and entry.name}
        for offset in range(0, table.column_count, 2)
    ]
    first = columns[0]
    return all(len(first & labels) > len(first | labels) / 2 for labels in columns[1:])


def _titled(entries: Sequence[_Entry]) -> Sequence[_Entry]:
    """The entries with the first label as the title's, where no label is known to say what is to be done.

    Every card begins with its name; 'Rubriken' or 'Kortets namn' need not be known words.
    """
    entries_named = [entry for entry in entries if not _is_number(entry)]
    if not entries_named or entries_named[0].name is not None or not entries_named[0].label:
        return entries
    if any(entry.name in ACTIONS for entry in entries if entry.name != "joint_action"):
        return entries
    if not any(entry.name in _OF_MEASURES for entry in entries):
        return entries
    first = entries_named[0].label
    return [replace(entry, name="title") if entry.label == first else entry for entry in entries]


def _is_number(entry: _Entry) -> bool:
    """'Kort: 3' in front of the card's name only counts."""
    return bool(entry.label) and entry.value.text.strip(" .#").isdigit()


def _entry(row: Sequence[Cell | None], offset: int) -> _Entry | None:
    first, second = row[offset], row[offset + 1]
    if first is None or (second is not None and first is second):
        only = second or first
        whole = only is not None and offset == 0 and only.text.strip()
        return _Entry("", only, None, None) if whole and only is not None else None
    label = " ".join(first.text.split()).rstrip(" :")
    if second is None or not label or len(label) > _LABEL_LENGTH:
        return None
    return _Entry(label, second, column_lexicon().meaning(label), first)


def _collect(entries: Sequence[_Entry]) -> list[_Card]:
    cards: list[_Card] = [_Card()]
    for entry in entries:
        if _begins_card(cards[-1], entry):
            cards.append(_Card())
        _fill(cards[-1], entry)
    return cards


def _begins_card(card: _Card, entry: _Entry) -> bool:
    if not entry.label:
        return bool(card.cells)
    return entry.label in card.cells or (entry.name == "title" and card.has("title") and len(card.cells) > 1)


def _fill(card: _Card, entry: _Entry) -> None:
    text = entry.value.text.strip()
    if entry.label_cell is not None:
        card.blocks.extend(entry.label_cell.blocks)
    card.blocks.extend(entry.value.blocks)
    if not entry.label:
        card.fields["title"] = text
        return
    card.cells[entry.label] = text
    if not text or text in phrase_list("cells", "empty"):
        return
    if entry.name == "responsible":
        card.responsible.extend(unit for unit in split_units(text) if unit not in card.responsible)
    elif entry.name and entry.name not in ("number", "area", "problem"):
        name = "joint_action" if entry.name == "title" and card.has("title") else entry.name
        card.fields[name] = text if name not in card.fields else f"{card.fields[name]}\n{text}"


def _measure(card: _Card, area: str | None) -> FoundMeasure:
    return FoundMeasure(
        form="card",
        fields=_promoted(card.fields),
        area=area,
        rule="activity-card",
        evidence=merge_evidence(block for block in card.blocks if block.text),
        responsible=tuple(card.responsible),
        cells=card.cells,
    )


def _promoted(fields: dict[str, str]) -> dict[str, str]:
    """A card without a title says what is to be done under 'Hur' or 'Beskrivning'."""
    if not {"title", "municipality_action", "police_action"} & set(fields) and "joint_action" in fields:
        return {"title" if name == "joint_action" else name: text for name, text in fields.items()}
    return fields
