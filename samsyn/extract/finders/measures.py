"""Takes the divided document and gives its measures in all their forms, with what their tables say besides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from samsyn.extract.finders.columns import Header, band_text, read_header
from samsyn.extract.finders.found import FoundArea, FoundGoal
from samsyn.extract.finders.measure_cards import is_card, read_cards
from samsyn.extract.finders.measure_lists import RESTATED, Setting, read_lists, reports_of
from samsyn.extract.finders.measure_rows import TableFindings, read_rows
from samsyn.extract.finders.outcomes import pair_outcomes
from samsyn.extract.finders.undertakers import find_undertakers
from samsyn.extract.headings import GOALS, MEASURES, clean_title, heading_meanings
from samsyn.extract.outline import Place, walk_places
from samsyn.models.agreement import GoalLevel
from samsyn.models.document import Block, BlockKind, Cell, Table
from samsyn.models.section import Part
from samsyn.models.source import Evidence
from samsyn.vocabulary.phrases import has_phrase

_SILENT = frozenset(
    {"outcomes", "definitions", "contacts", "sources", "costs", "memo", "contents", "signatures", "annexes", "period"}
)
"""Sections whose tables hold no measures of this agreement."""


_PARTIES = frozenset({"municipality_action", "police_action"})
_SIGNATURE_LINE = re.compile(r"[._…]{6,}")


def find_measures(parts: Sequence[Part], setting: Setting) -> tuple[TableFindings, ...]:
    """What each table and list yields, in reading order: measures, and the areas and goals stated in tables."""
    found: list[TableFindings] = []
    for place, findings in _find(parts, setting):
        if findings is not None:
            found.append(findings)
        if setting.reported:
            found = _with_outcomes(found, place)
    return tuple(found)


def _with_outcomes(found: list[TableFindings], place: Place) -> list[TableFindings]:
    """What was promised with what came of it, listed apart: under a heading or behind a line of its own."""
    listed = (block for block in place.blocks if block.kind is BlockKind.LIST_ITEM and block.level <= 1)
    blocks = tuple(listed) if "outcomes" in place.meanings else reports_of(place.blocks)
    reports = [block.text.strip() for block in blocks]
    last = found[-1].measures[-1] if found and found[-1].measures else None
    if reports and last is not None and last.rule == RESTATED and not last.outcomes:
        answered = replace(last, outcomes=tuple(reports))
        return [*found[:-1], replace(found[-1], measures=(*found[-1].measures[:-1], answered))]
    promised = [measure for findings in found for measure in findings.measures]
    if not reports or not promised or any(measure.outcomes for measure in promised):
        return found
    paired = iter(pair_outcomes([measure.fields.get("title", "") for measure in promised], reports))
    return [
        replace(findings, measures=tuple(replace(measure, outcomes=next(paired)) for measure in findings.measures))
        for findings in found
    ]


def _find(parts: Sequence[Part], setting: Setting) -> Iterator[tuple[Place, TableFindings | None]]:
    """Each place with what its tables and lists yield, and with None where it yields nothing."""
    last: Header | None = None
    silent = _SILENT - {"outcomes"} if setting.reported else _SILENT
    for place in walk_places(parts):
        told = not place.meanings & silent
        for block in place.blocks:
            if block.kind is BlockKind.TABLE and block.table is not None:
                header = _header_of(block, last, place)
                if told or (place.meanings & silent == {"definitions"} and _says_who_and_when(header)):
                    last = header or last
                    yield place, _with_undertakers(_read_table(block, header, place), place)
        listed = read_lists(place, setting)
        yield place, _with_undertakers(TableFindings(measures=listed), place) if listed else None


def _says_who_and_when(header: Header | None) -> bool:
    """True for a table of measures whatever its heading says: 'Plan' heads one, or a list of what papers are called."""
    return header is not None and header.has_actions and {"responsible", "schedule"} <= header.fields


def _with_undertakers(findings: TableFindings, place: Place) -> TableFindings:
    """The findings, each measure with the parties that undertake it, by its words and the headings above it."""
    if not findings.measures:
        return findings
    around = (place.section, *reversed(place.parents))
    headings = [one.title for one in around if MEASURES & set(one.meanings) and not one.is_title]
    told = (replace(one, undertaken_by=find_undertakers(one, headings)) for one in findings.measures)
    return replace(findings, measures=tuple(told))


def _header_of(block: Block, last: Header | None, place: Place) -> Header | None:
    """The table's own header; else that of the table before it, when it has as many columns and goes on with it."""
    table = block.table
    if table is None or is_card(table):
        return None
    header = read_header(table)
    if header is not None:
        return header if _is_measure_header(header, table, place) else None
    if last is not None and len(last.columns) == table.column_count and last.has_actions:
        return Header(last.columns, 0)
    return None


def _is_measure_header(header: Header, table: Table, place: Place) -> bool:
    """A table of measures says what is to be done and something more; under a goal heading it must say who or when."""
    if not header.has_actions or _is_signed(table):
        return False
    if header.fields == _PARTIES and not place.meanings & MEASURES and not _commits(table):
        return False
    if place.meanings & GOALS and not place.meanings & MEASURES:
        return bool(header.fields & {"responsible", "schedule", "participants", "police_action", "municipality_action"})
    return True


def _goal_rows(block: Block, place: Place) -> TableFindings:
    """The goals of a table that lists goals with their figures and says of no measure: one a row, with its area."""
    header = read_header(block.table) if block.table is not None else None
    if header is None or block.table is None or "goal" not in header.fields:
        return TableFindings()
    if header.has_actions and not place.meanings & GOALS:  # below a heading of goals a column only looks like actions
        return TableFindings()
    column = next(column for column in header.columns if column.field == "goal")
    of_area = next((one.index for one in header.columns if one.field in ("area", "place")), None)
    is_sub = "goals-sub" in {*place.meanings, *heading_meanings(column.header)}
    area, goals, areas = place.area, dict[int, FoundGoal](), list[FoundArea]()
    for row in block.table.rows()[header.first_row :]:
        named, cell = row[of_area] if of_area is not None else None, row[column.index]
        if cell is None or not cell.text.strip() or band_text(row) is not None:
            continue
        if named is not None and named.text.strip() and clean_title(named.text) != area:
            area = clean_title(named.text)
            areas.append(FoundArea(area, _located(named)))
        level: GoalLevel = "sub" if is_sub else "area" if area else "overall"
        goals[id(cell)] = FoundGoal(
            text=" ".join(cell.text.split()),
            level=level,
            area=area if level != "overall" else None,
            rule="goal-row",
            evidence=_located(cell),
        )
    return TableFindings(goals=tuple(goals.values()), areas=tuple(areas))


def _located(cell: Cell) -> tuple[Evidence, ...]:
    return tuple(item for block in cell.blocks for item in block.locate())


def _is_signed(table: Table) -> bool:
    """True for a table with lines to sign on; 'Kommunen | Polisen' heads signatures too."""
    return any(_SIGNATURE_LINE.search(cell.text) for cell in table.cells)


def _commits(table: Table) -> bool:
    """True when some of the rows are worded as undertakings; those of a list of members are not."""
    written = [cell.text for cell in table.cells if cell.text.strip()]
    return sum(has_phrase(text, "commitment", "verbs") or len(text) > 60 for text in written) >= len(written) / 4


def _read_table(block: Block, header: Header | None, place: Place) -> TableFindings:
    if header is not None:
        return read_rows(block, header, place.area)
    goals = _goal_rows(block, place)
    if goals.goals:
        return goals
    return TableFindings(measures=read_cards(block, place.area))
