"""Takes the measures of one focus area and gives them as tables, cards and lists, in the order they stood in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from samsyn.drafting.columns import merge_columns, number_column, row_cells, split_header, status_columns
from samsyn.drafting.content import Taken
from samsyn.drafting.outcomes import is_not_done
from samsyn.drafting.questions import question_on_cell
from samsyn.drafting.setting import DraftSetting
from samsyn.drafting.sources import DraftSource, SourceRole, page_words, pages_of
from samsyn.drafting.years import carried
from samsyn.models.agreement import Measure
from samsyn.models.draft import (
    Block,
    Card,
    Item,
    MeasureRow,
    MeasureTable,
    Note,
    NoteKind,
    Paragraph,
    Passage,
    Standing,
)
from samsyn.vocabulary.drafting import draft_text


@dataclass(frozen=True, slots=True)
class MeasureSetting:
    """What the tables of an area are called and counted under, and what the whole draft shares."""

    caption: str
    number: str
    draft: DraftSetting


def measure_blocks(measures: Sequence[Taken[Measure]], setting: MeasureSetting) -> tuple[Block, ...]:
    """The measures as blocks: rows in tables, cards, the rest in lists; those of a neighbour apart."""
    return tuple(_blocks(measures, setting))


def _blocks(measures: Sequence[Taken[Measure]], setting: MeasureSetting) -> Iterator[Block]:
    announced = ""
    for (form, name), group in groupby(measures, key=lambda taken: (_layout(taken.value), taken.source.name)):
        members = tuple(group)
        if members[0].source.role is SourceRole.NEIGHBOUR and name != announced:
            announced = name
            yield Paragraph(Passage(draft_text("sentences", "proposals", source=name), Standing.PROPOSED))
        yield from _BUILDERS[form](members, setting)


def _layout(measure: Measure) -> str:
    return measure.form if measure.form in ("row", "card") else "list"


# ---- tables ----


@dataclass(slots=True)
class _Table:
    columns: tuple[str, ...]
    rows: list[Taken[Measure]] = field(default_factory=list)


def _tables(measures: Sequence[Taken[Measure]], setting: MeasureSetting) -> Iterator[Block]:
    tables: list[_Table] = []
    for taken in measures:
        columns = tuple(row_cells(taken.value))
        merged = merge_columns(tables[-1].columns, columns) if tables else None
        if merged is None:
            tables.append(_Table(columns))
        else:
            tables[-1].columns = merged
        tables[-1].rows.append(taken)
    yield from (_measure_table(table, setting) for table in tables)


def _measure_table(table: _Table, setting: MeasureSetting) -> MeasureTable:
    rows = tuple(_row(taken, table.columns, setting.draft) for taken in table.rows)
    return MeasureTable(
        caption=setting.caption,
        columns=tuple(split_header(column, setting.draft.groups) for column in table.columns),
        rows=rows,
        number="" if number_column(table.columns) else setting.number,
        notes=(_origin_of_rows(table.rows), *_status_notes(table.columns)),
    )


def _row(taken: Taken[Measure], columns: Sequence[str], setting: DraftSetting) -> MeasureRow:
    cells = row_cells(taken.value)
    old = status_columns(columns)
    passages = []
    for column in columns:
        asked = question_on_cell(column) if column not in cells else None
        standing = Standing.OUTDATED if column in old else _standing(taken.source)
        passage = carried(cells.get(column, ""), setting.first_year, standing=standing)
        passage = replace(passage, is_past=column in old)
        passages.append(Passage(asked, Standing.QUESTION) if asked else passage)
    return MeasureRow(tuple(passages), _told(taken, setting))


def _told(taken: Taken[Measure], setting: DraftSetting) -> tuple[Note, ...]:
    """What follow-ups and a comparison tell of the measure."""
    if taken.source.role is SourceRole.NEIGHBOUR:
        return ()
    return (*setting.outcomes.notes_on(taken.value), *setting.changes.get(taken.value.id, ()))


def _standing(source: DraftSource) -> Standing:
    return Standing.PROPOSED if source.role is SourceRole.NEIGHBOUR else Standing.CARRIED


def _status_notes(columns: Sequence[str]) -> Iterator[Note]:
    for column in status_columns(columns):
        yield Note(NoteKind.ORIGIN, draft_text("notes", "status", column=column))


def _origin_of_rows(rows: Sequence[Taken[Measure]]) -> Note:
    """Where each row was taken from: one line for each stretch of rows of the same document and pages."""
    places = [(taken.source.name, pages_of(taken.value.evidence)) for taken in rows]
    if len(set(places)) == 1:
        return _origin(rows[0].source, places[0][1])
    lines = []
    number = 1
    for (name, pages), group in groupby(places):
        last = number + len(list(group)) - 1
        label = str(number) if last == number else f"{number}–{last}"
        lines.append(draft_text("notes", "rows", rows=label, source=name, page=page_words(pages)))
        number = last + 1
    return Note(NoteKind.ORIGIN, "\n".join(lines))


def _origin(source: DraftSource, pages: tuple[int, ...]) -> Note:
    key = "origin_proposed" if source.role is SourceRole.NEIGHBOUR else "origin"
    return Note(NoteKind.ORIGIN, draft_text("notes", key, source=source.name, page=page_words(pages)))


# ---- cards ----


def _cards(measures: Sequence[Taken[Measure]], setting: MeasureSetting) -> Iterator[Block]:
    for taken in measures:
        yield _card(taken, setting)


def _card(taken: Taken[Measure], setting: MeasureSetting) -> Card:
    measure = taken.value
    standing = _standing(taken.source)
    entries = row_cells(measure)
    titled = measure.title and measure.title not in entries.values()
    return Card(
        title=carried(measure.title, setting.draft.first_year, standing=standing) if measure.title and titled else None,
        entries=tuple(
            (label, carried(text, setting.draft.first_year, standing=standing)) for label, text in entries.items()
        ),
        notes=(_origin(taken.source, pages_of(measure.evidence)), *_told(taken, setting.draft)),
    )


# ---- lists ----


def _lists(measures: Sequence[Taken[Measure]], setting: MeasureSetting) -> Iterator[Block]:
    """Bullets under the line that announced them, as far as the source is at hand."""
    for lead, group in groupby(measures, key=setting.draft.leads.of):
        if lead:
            yield Paragraph(carried(lead, setting.draft.first_year))
        for taken in group:
            yield from _items(taken, setting)


def _items(taken: Taken[Measure], setting: MeasureSetting) -> Iterator[Block]:
    measure = taken.value
    first, *nested = measure.label.split("\n")
    note = _origin(taken.source, pages_of(measure.evidence))
    standing = _standing(taken.source)
    notes = (note, *_told(taken, setting.draft))
    yield Item(carried(first, setting.draft.first_year, standing=standing, notes=notes))
    for line in nested:
        yield Item(carried(line, setting.draft.first_year, standing=standing), depth=2)
    for outcome in measure.outcomes:
        yield Item(_outcome(outcome, setting.draft.first_year), depth=2)


def _outcome(outcome: str, first_year: int) -> Passage:
    """The outcome reported last time, with what it asks to be decided."""
    label = draft_text("outcome", "label")
    key = "outcome_left" if is_not_done(outcome) else "outcome"
    note = Note(NoteKind.FOLLOW_UP, draft_text("notes", key))
    told = carried(f"{label}: {outcome}", first_year, standing=Standing.OUTDATED, notes=(note,))
    return replace(told, is_past=True)


_BUILDERS = {"row": _tables, "card": _cards, "list": _lists}
