"""Takes a table block and gives its measures: one a row, with focus areas from full-width rows and merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from samsyn.extract.finders.columns import ACTIONS, Column, Grid, Header, band_text, has_plain_bands, lone_first
from samsyn.extract.finders.found import FoundArea, FoundGoal, FoundMeasure, FoundProblem
from samsyn.extract.finders.units import split_units, units_in_brackets
from samsyn.extract.headings import GOALS, area_title, clean_title, heading_meanings, is_whole_heading
from samsyn.models.document import Block, Cell, PageSpot, around
from samsyn.models.source import Evidence
from samsyn.vocabulary.gazetteer import find_places
from samsyn.vocabulary.phrases import phrase_list

_BAND_LENGTH = 90
_LONGEST_AREA = 200
"""A full-width row longer than this is running text, such as the rows of a table that a transcript has flattened."""
_UNFILLED = frozenset({"number", "area", "problem", "responsible", "mark"})
"""Columns that fill no text field of a measure."""

_SPANNING = frozenset({"goal", "cause", "effect"})
"""Columns that several measures are set under, when they come first."""

_YEARS = re.compile(r"^[\s\d–/-]+$")


@dataclass(frozen=True, slots=True)
class TableFindings:
    """What one table yields."""

    measures: tuple[FoundMeasure, ...] = ()
    areas: tuple[FoundArea, ...] = ()
    goals: tuple[FoundGoal, ...] = ()
    problems: tuple[FoundProblem, ...] = ()


def read_rows(block: Block, header: Header, area: str | None) -> TableFindings:
    """The measures of a table below its header; `area` is the focus area the table stands in, if any."""
    if block.table is None:
        return TableFindings()
    grid = block.table.rows()
    reader = _RowReader(header, area, plain_bands=has_plain_bands(grid, header.first_row), ruled=block.table.ruled)
    reader.learn_units(grid)
    for index, row in enumerate(grid):
        if index < header.first_row:
            reader.read_band_above(row)
        else:
            reader.read(row, grid, index)
    return reader.findings()


class _RowReader:
    """Reads the rows in order, remembering the focus area that the last full-width row or merged cell opened."""

    def __init__(self, header: Header, area: str | None, *, plain_bands: bool, ruled: bool) -> None:
        self._header = header
        # Without rules an empty cell beneath a goal, in front of what is done, can't be told from a merged one.
        self._spanning = () if ruled else _leading_columns(header)
        self._ruled = ruled
        self._spans: dict[int, str] = {}
        self._plain_bands = plain_bands
        self._area = area
        self._measures: list[FoundMeasure] = []
        self._areas: list[FoundArea] = []
        self._goals: list[FoundGoal] = []
        self._problems: list[FoundProblem] = []
        self._seen_goals: set[int] = set()
        self._units: frozenset[str] = frozenset()

    def learn_units(self, grid: Grid) -> None:
        """Remembers what stands alone in a cell of units: where it is the first line of another cell it ends there."""
        cells = [_text(row[column.index]) for row in grid for column in self._columns("responsible")]
        self._units = frozenset(cell for cell in cells if len(split_units(cell)) == 1)

    def findings(self) -> TableFindings:
        return TableFindings(tuple(self._measures), tuple(self._areas), tuple(self._goals), tuple(self._problems))

    def read_band_above(self, row: Sequence[Cell | None]) -> None:
        """A full-width row above the header names an area, or says a goal or problem, only when its words say so."""
        text = band_text(row)
        head = (text or "").partition(":")[0] if ":" in (text or "") else ""
        labelled = is_whole_heading(head) and {*GOALS, "problem"} & set(heading_meanings(head))
        if text is not None and (area_title(text) or labelled):
            self._read_band(row, text)

    def read(self, row: Sequence[Cell | None], grid: Grid, index: int) -> None:
        band = band_text(row) or self._plain_band(row)
        if band is not None:
            # With nothing below it, it is all that a transcript has left of the rows.
            if self._ruled or index + 1 < len(grid):
                self._read_band(row, band)
        elif not self._repeats_header(row):
            self._read_measure(row, grid, index)

    # ---- full-width rows ----

    def _plain_band(self, row: Sequence[Cell | None]) -> str | None:
        first = lone_first(row) if self._plain_bands else None
        text = first.text.strip() if first is not None else ""
        return text if text and len(text) <= _BAND_LENGTH and not text.endswith(".") else None

    def _read_band(self, row: Sequence[Cell | None], text: str) -> None:
        cell = next(cell for cell in row if cell is not None and cell.text.strip())
        head, mark, rest = text.partition(":")
        meanings = set(heading_meanings(head)) if mark and rest.strip() else set()
        if meanings & GOALS:
            self._add_goal(rest.strip(), cell, "goal-band")
        elif "problem" in meanings:
            self._problems.append(FoundProblem(head.strip(), rest.strip(), self._area, "problem-band", _where([cell])))
        elif not heading_meanings(text) and not _YEARS.match(text) and not _tells_times(text):
            self._open_area(text, cell)

    def _open_area(self, text: str, cell: Cell) -> None:
        first_line = text.split("\n", maxsplit=1)[0]
        if len(first_line) > _LONGEST_AREA:
            return
        title = area_title(first_line) or clean_title(first_line)
        if title != self._area:
            self._area = title
            self._spans.clear()
            self._areas.append(FoundArea(title, _where([cell])))

    def _add_goal(self, text: str, cell: Cell, rule: str) -> None:
        self._goals.append(FoundGoal(text, "area" if self._area else "overall", self._area, rule, _where([cell])))

    # ---- rows ----

    def _repeats_header(self, row: Sequence[Cell | None]) -> bool:
        written = [(column, _text(row[column.index])) for column in self._header.columns if _text(row[column.index])]
        return bool(written) and all(text.casefold() == column.header.casefold() for column, text in written)

    def _read_measure(self, row: Sequence[Cell | None], grid: Grid, index: int) -> None:
        self._read_area_column(row)
        self._read_merged_goal(row, grid, index)
        texts = {index: text for index, cell in enumerate(row) if (text := _text(cell))}
        for column in self._columns("responsible"):
            if (cell := row[column.index]) is not None and column.index in texts:
                texts[column.index] = _cut_behind(cell, self._units)
        if any(texts.get(column.index) for column in self._header.columns if column.field in ACTIONS):
            self._span(texts)
        self._read_texts(texts, _where([cell for cell in row if cell is not None]))

    def _read_texts(self, texts: Mapping[int, str], where: tuple[Evidence, ...]) -> None:
        fields, cells = self._fields(texts), self._cells(texts)
        if not fields and not cells:
            return
        responsible = self._responsible(texts, fields)
        if any(name in fields for name in ACTIONS):
            self._measures.append(
                FoundMeasure(
                    form="row",
                    fields=fields,
                    area=self._area,
                    rule="table-row",
                    evidence=where,
                    responsible=responsible,
                    cells=cells,
                )
            )
        elif self._measures and self._measures[-1].area == self._area:
            self._measures[-1] = _continued(self._measures[-1], fields, cells, responsible, where)

    def _span(self, texts: dict[int, str]) -> None:
        """Fills the empty cells of columns whose text counts for the rows below it too."""
        for column in self._spanning:
            text = texts.get(column.index) or self._spans.get(column.index)
            if text:
                texts[column.index] = self._spans[column.index] = text

    def _read_area_column(self, row: Sequence[Cell | None]) -> None:
        for column in self._columns("area"):
            cell = row[column.index]
            text = _text(cell)
            if cell is not None and text:
                self._open_area(text, cell)

    def _read_merged_goal(self, row: Sequence[Cell | None], grid: Grid, index: int) -> None:
        """A goal cell that stands beside several measures is a goal of the area, not of one measure."""
        for column in self._columns("goal"):
            cell = row[column.index]
            if cell is None or cell.row_span < 2 or cell.row != index or id(cell) in self._seen_goals:
                continue
            self._seen_goals.add(id(cell))
            if len(grid) > index + 1 and _text(cell):
                self._add_goal(_text(cell), cell, "goal-merged-cell")

    def _columns(self, field: str) -> list[Column]:
        return [column for column in self._header.columns if column.field == field]

    def _fields(self, texts: Mapping[int, str]) -> dict[str, str]:
        """Text by field; two columns of one field are joined by a newline."""
        fields: dict[str, str] = {}
        for column in self._header.columns:
            text = texts.get(column.index, "")
            if text and column.field is not None and column.field not in _UNFILLED and not _is_empty(text):
                fields[column.field] = _join(fields.get(column.field), text)
        return fields

    def _cells(self, texts: Mapping[int, str]) -> dict[str, str]:
        cells: dict[str, str] = {}
        for column in self._header.columns:
            text = texts.get(column.index, "")
            if text:
                name = column.header or f"Kolumn {column.index + 1}"
                cells[name] = _join(cells.get(name), text)
        return cells

    def _responsible(self, texts: Mapping[int, str], fields: dict[str, str]) -> tuple[str, ...]:
        columns = self._columns("responsible")
        written = [texts.get(column.index, "") for column in columns]
        units = [unit for text in written for unit in split_units(text) if not _is_empty(unit)]
        units.extend(self._marked(texts))
        if not columns and not units:
            units = [unit for name in ACTIONS for unit in units_in_brackets(fields.get(name, ""))]
        return tuple(dict.fromkeys(units))

    def _marked(self, texts: Mapping[int, str]) -> list[str]:
        """The units whose columns hold a mark in this row: a matrix of measures and units, X for taking part."""
        return [column.unit for column in self._columns("mark") if not _is_empty(texts.get(column.index, "-"))]


def _tells_times(text: str) -> bool:
    """'Januari–april' and 'Våren och sommaren 2025' say when the rows below are done, not what they are about."""
    joining = {*phrase_list("units", "joiners"), *phrase_list("grammar", "and")}
    words = [word for word in re.split(r"[\W_]+", text.casefold()) if word and word not in joining]
    return any(not word.isdigit() for word in words) and all(
        word.isdigit() or word in phrase_list("areas", "times") for word in words
    )


def _leading_columns(header: Header) -> tuple[Column, ...]:
    """The columns of goals and causes that stand before those that say what is done."""
    first = min((column.index for column in header.columns if column.field in ACTIONS), default=0)
    return tuple(column for column in header.columns if column.index < first and column.field in _SPANNING)


def _continued(
    last: FoundMeasure,
    fields: Mapping[str, str],
    cells: Mapping[str, str],
    responsible: Sequence[str],
    where: tuple[Evidence, ...],
) -> FoundMeasure:
    """A row that says nothing of what is to be done goes on with the row above it."""
    return replace(
        last,
        fields={**last.fields, **{name: _join(last.fields.get(name), text) for name, text in fields.items()}},
        cells={**last.cells, **{name: _join(last.cells.get(name), text) for name, text in cells.items()}},
        responsible=tuple(dict.fromkeys([*last.responsible, *responsible])),
        evidence=last.evidence + where,
    )


def _join(before: str | None, text: str) -> str:
    return text if before is None or before == text else f"{before}\n{text}"


def _text(cell: Cell | None) -> str:
    return cell.text.strip() if cell is not None else ""


def _cut_behind(cell: Cell, units: frozenset[str]) -> str:
    """The cell's text with a line break kept behind a unit that other cells hold alone: 'Sektor service', 'Västtrafik'.

    A place in the next line belongs to the unit before it ('Polisen', 'Ystad').
    """
    if len(cell.blocks) != 1:
        return _text(cell)
    whole = cell.blocks[0].text
    for line in cell.blocks[0].lines[1:]:
        first, rest = whole[: line.start].strip(), whole[line.start :].strip()
        if first in units and rest[:1].isupper() and not find_places(rest):
            return f"{first}\n{rest}"
    return _text(cell)


def _is_empty(text: str) -> bool:
    return text.strip() in phrase_list("cells", "empty")


def _where(cells: Sequence[Cell]) -> tuple[Evidence, ...]:
    distinct = {id(cell): cell for cell in cells}
    return merge_evidence(block for cell in distinct.values() for block in cell.blocks if block.text)


def merge_evidence(blocks: Iterable[Block]) -> tuple[Evidence, ...]:
    """The evidence for all the blocks: one item a page, the box around what stands there, the texts joined by ' | '."""
    pages: dict[int | None, list[tuple[Block, PageSpot]]] = {}
    for block in blocks:
        for spot in block.spots():
            pages.setdefault(spot.page, []).append((block, spot))
    return tuple(_merged(items) for items in pages.values())


def _merged(items: Sequence[tuple[Block, PageSpot]]) -> Evidence:
    first, only = items[0]
    if len(items) == 1:
        return first.evidence(only)
    box = around([spot.box for _, spot in items if spot.box is not None])
    text = " | ".join(spot.text for _, spot in items if spot.text)
    return Evidence(page=only.page, bbox=box and box.rounded, text=text, block=first.id.split(".")[0])
