"""Takes a table's first rows and gives its columns: header text, and the field of `Measure` each one fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from samsyn.extract.finders.column_content import is_unit_list, tells_what, tells_when, tells_who
from samsyn.extract.finders.organisations import party_kind
from samsyn.extract.finders.units import is_unit_abbreviation, names_unit
from samsyn.models.document import Cell, Table
from samsyn.remember import remembers_while_alive
from samsyn.vocabulary.columns import beside, column_lexicon, years_at_end
from samsyn.vocabulary.gazetteer import find_places
from samsyn.vocabulary.lexicon import normalise_phrase

Grid = tuple[tuple[Cell | None, ...], ...]

ACTIONS = ("title", "municipality_action", "police_action", "joint_action")
"""The fields of which a measure has at least one."""

_AREA_NAME = 60
"""A problem named in so few letters, once for several rows, is the focus area they stand in."""

_HEADER_LENGTH = 70
_SHORT_HEADER = 40
_KNOWN_SHARE = 0.5
"""At least half of the written header cells must be known words."""

_UNITS_ALONE = 0.8
"""Where this share of the cells of both parties' columns name units and nothing else, they name who is responsible."""

_MARK_LENGTH = 2
"""A column whose cells are no longer than this holds marks: X, S, ✓."""
_WHO = ("responsible", "participants")
"""In such a column 'SN' and 'KS' are committees."""

_DEEPEST_HEADER = 3
"""A header takes no more rows than this, whatever its merged cells say."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place, its header as printed, and the field it fills (None: kept as a raw cell only)."""

    index: int
    header: str
    field: str | None
    unit: str = ""
    """For a column that only holds marks (X): the unit that its header names."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, and how many rows at its top are no measures."""

    columns: tuple[Column, ...]
    first_row: int

    @property
    def fields(self) -> frozenset[str]:
        """The fields that some column fills."""
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def has_actions(self) -> bool:
        """True when the rows say what is to be done."""
        return bool(self.fields & set(ACTIONS))


@remembers_while_alive
def read_header(table: Table) -> Header | None:
    """The header of a table whose columns carry known words, None when there is none to be found.

    Full-width rows above it are passed over; a header of two or three rows is read as one
    ('Ansvarig' over 'Kommun' and 'Polis').
    """
    grid = table.rows()
    top = 0
    while top < min(3, len(grid)) and band_text(grid[top]) is not None:
        top += 1
    if top >= len(grid):
        return None
    natural = top + _natural_depth(grid[top])
    deepest = min(len(grid), max(natural, top + 2))
    candidates = [_header_at(grid, top, row - top) for row in range(top + 1, deepest + 1)]
    known = [candidate for candidate in candidates if candidate is not None]
    rank = {id(header): (len(header.fields), header.first_row == natural, -header.first_row) for header in known}
    return max(known, key=lambda header: rank[id(header)], default=None)


def _natural_depth(row: Sequence[Cell | None]) -> int:
    """How many rows the header takes by its merged cells: 'Aktivitet' beside 'Ansvarig' over 'Kommun' and 'Polis'."""
    return min(_DEEPEST_HEADER, max((cell.row_span for cell in row if cell is not None), default=1))


def _header_at(grid: Grid, top: int, depth: int) -> Header | None:
    rows = grid[top : top + depth]
    if len(rows) < depth or (depth > 1 and not _is_stacked(rows)):
        return None
    texts = [_stacked_text([row[index] for row in rows]) for index in range(len(grid[top]))]
    if any(len(text) > _HEADER_LENGTH for text in texts):
        return None
    body = grid[top + depth :]
    columns = tuple(
        _column(index, text, [row[index] for row in rows], [row[index] for row in body])
        for index, text in enumerate(texts)
    )
    columns = tuple(
        column if _is_unit_of_marks(column, columns) else replace(column, field=None, unit="") for column in columns
    )
    settled = _infer(_settle(columns, body), body)
    return Header(settled, top + depth) if _is_header(columns, settled, body) else None


def _is_header(columns: Sequence[Column], settled: Sequence[Column], body: Grid) -> bool:
    """Known words in most columns make a header; fewer do where the cells themselves tell what they hold."""
    named = sum(bool(column.header) for column in columns)
    known = {column.field for column in columns if column.field}
    counted = sum(column.field is not None for column in columns)
    if counted >= 2 and len(known) >= 2 and counted >= _KNOWN_SHARE * named:
        return True
    fields = {column.field for column in settled if column.field}
    told = fields & {"responsible", "schedule"}
    full = named == len(columns) > 2 and all(len(column.header) <= _SHORT_HEADER for column in columns)
    return full and len(body) > 1 and bool(fields & set(ACTIONS)) and len(known) + len(told - known) >= 2 and bool(told)


def _infer(columns: tuple[Column, ...], body: Grid) -> tuple[Column, ...]:
    """The columns with fields given to unknown ones by their content, as far as no known column fills them."""
    fields: list[str | None] = [column.field for column in columns]
    unknown = {
        column.index: _cell_texts(column.index, body) for column in columns if not column.field and column.header
    }
    for index, cells in unknown.items():
        if "schedule" not in fields and tells_when(cells):
            fields[index] = "schedule"
        elif tells_who(cells) and not {"responsible", "participants"} <= set(fields):
            fields[index] = "responsible" if "responsible" not in fields else "participants"
    if not set(ACTIONS) & set(fields):
        open_columns = {index: tells_what(cells) for index, cells in unknown.items() if fields[index] is None}
        best = max(open_columns, key=lambda index: open_columns[index], default=None)
        if best is not None and open_columns[best]:
            fields[best] = "title"
    return tuple(replace(column, field=field) for column, field in zip(columns, fields, strict=True))


def _cell_texts(index: int, body: Grid) -> list[str]:
    cells = [row[index] for row in body if band_text(row) is None]
    return [" ".join(cell.text.split()) for cell in cells if cell is not None]


def _column(index: int, text: str, header: Sequence[Cell | None], body: Sequence[Cell | None]) -> Column:
    written = [cell.text.strip() for cell in body if cell is not None and cell.column_span == 1 and cell.text.strip()]
    lowest = next((cell.text for cell in reversed(header) if cell is not None and cell.text.strip()), text)
    field = _field_of(text, " ".join(lowest.split()))
    abbreviated = field in _WHO and any(is_unit_abbreviation(cell) for cell in written)
    of_units = field is None or field in _WHO or field in ACTIONS
    if text and written and all(_is_mark(cell) for cell in written) and of_units and not abbreviated:
        return Column(index, text, "mark", unit=lowest.rpartition(":")[2].strip())
    return Column(index, text, field)


def _is_unit_of_marks(column: Column, columns: Sequence[Column]) -> bool:
    """False for marks under a header that may be no unit ('Avbockat?'): of several such columns each is one's."""
    if column.field != "mark" or names_unit(column.unit) or party_kind(column.unit) is not None:
        return True
    asks = column.header.rstrip().endswith("?")
    return not asks and sum(other.field == "mark" for other in columns) > 1


def _is_mark(text: str) -> bool:
    """'X', '●', 'ja': short and no figure, which would be a week, a number or an amount."""
    return len(text) <= _MARK_LENGTH and not any(letter.isdigit() for letter in text)


def _is_stacked(rows: Sequence[Sequence[Cell | None]]) -> bool:
    """True when the upper row is divided by the lower ones, or reaches down through them."""
    upper = [cell for cell in rows[0] if cell is not None]
    return any(1 < cell.column_span < len(rows[0]) or cell.row_span > 1 for cell in upper)


def _stacked_text(cells: Sequence[Cell | None]) -> str:
    distinct: list[Cell] = []
    for cell in cells:
        if cell is not None and cell not in distinct:
            distinct.append(cell)
    return " ".join(" ".join(cell.text.split()) for cell in distinct if cell.text.strip())


def _field_of(text: str, lowest: str) -> str | None:
    """The field of a header: by all of its words, by those of its lowest row, by its last word.

    A header of other words that names a municipality is the column of what it does.
    """
    lexicon = column_lexicon()
    text = years_at_end().sub("", text).strip() or text
    if not text or lexicon.is_exact(text):
        return lexicon.meaning(text)
    known = lexicon.meaning(lowest) or lexicon.meaning(text) or lexicon.meaning(text.rsplit(maxsplit=1)[-1])
    return known or ("municipality_action" if find_places(text) else None)


def _settle(columns: tuple[Column, ...], body: Grid) -> tuple[Column, ...]:
    """Decides between the meanings a header word can have, by its company."""
    fields: list[str | None] = [column.field for column in columns]
    for column in columns:
        if column.field == "area" and normalise_phrase(column.header) in beside("areas"):
            fields[column.index] = "area" if _groups_rows(column.index, body, first=column.index <= 1) else "place"
    _settle_named_problems(fields, body)
    _settle_shared_responsibility(fields, columns, body)
    _settle_unknown_pair(fields, columns)
    titles = [index for index, field in enumerate(fields) if field == "title"]
    for column in columns:
        if normalise_phrase(column.header) in beside("reasons") and titles and titles[0] < column.index:
            fields[column.index] = "effect"
    if len(titles) > 1 and "joint_action" not in fields:
        fields[titles[1]] = "joint_action"
    if not {"title", "municipality_action", "police_action"} & set(fields) and "joint_action" in fields:
        fields[fields.index("joint_action")] = "title"
    return tuple(replace(column, field=field) for column, field in zip(columns, fields, strict=True))


def _settle_named_problems(fields: list[str | None], body: Grid) -> None:
    """A leading column of problems whose cells are short names for several rows each holds the focus areas."""
    if "problem" not in fields or "area" in fields:
        return
    index = fields.index("problem")
    if index > 1 or any(field not in (None, "number") for field in fields[:index]):
        return
    cells = [row[index] for row in body if band_text(row) is None]
    texts = [text for cell in cells if cell is not None and (text := " ".join(cell.text.split()))]
    merged = any(cell is not None and cell.row_span > 1 for cell in cells)
    if texts and all(len(text) <= _AREA_NAME for text in texts) and (merged or len(set(texts)) < len(texts)):
        fields[index] = "area"


def _settle_shared_responsibility(fields: list[str | None], columns: Sequence[Column], body: Grid) -> None:
    """'Ansvar kommun' beside 'Ansvar polis' say what each does, unless their cells only name units."""
    pair: dict[str, int] = {}
    for column in columns:
        if column.field == "responsible":
            action = _party_of(column.header)
            if action is not None:
                pair.setdefault(action, column.index)
    if len(pair) < 2 or set(pair) & set(fields):
        return
    written = [text for index in pair.values() for text in _cell_texts(index, body) if text]
    if sum(is_unit_list(text) for text in written) < _UNITS_ALONE * len(written):
        for action, index in pair.items():
            fields[index] = action


def _settle_unknown_pair(fields: list[str | None], columns: Sequence[Column]) -> None:
    """'Det kommunen gör' beside 'Det polisen gör': two headers that nobody has listed, each with one party in it."""
    pair = {
        action: column.index
        for column in reversed(columns)
        if fields[column.index] is None and (action := _party_of(column.header)) is not None
    }
    if len(pair) == 2 and not set(pair) & set(fields):
        for action, index in pair.items():
            fields[index] = action


def _party_of(header: str) -> str | None:
    """The action field of the party that a header of responsibility names, None when it names none or both."""
    words = normalise_phrase(header).split()
    police = any(word.startswith(beside("police")) for word in words)
    municipality = any(word.startswith(beside("municipality")) for word in words) or bool(find_places(header))
    if police == municipality:
        return None
    return "police_action" if police else "municipality_action"


def _groups_rows(index: int, body: Grid, *, first: bool) -> bool:
    """True when the column's cells each stand for several rows: merged, repeated, or left blank below."""
    cells = [row[index] for row in body if band_text(row) is None]
    if not cells:
        return first
    texts = [cell.text.strip() for cell in cells if cell is not None]
    merged = any(cell is not None and cell.row_span > 1 for cell in cells)
    return merged or first or len(set(texts)) < len(texts)


def band_text(row: Sequence[Cell | None]) -> str | None:
    """The text of a full-width row, None when the row is divided.

    A row is full-width when one cell spans all columns, or when only its first cell is written and set apart by
    bold type or shading.
    """
    cells = [cell for cell in row if cell is not None]
    distinct = list(dict.fromkeys(id(cell) for cell in cells))
    if len(row) < 2 or not cells:
        return None
    if len(distinct) == 1 and len(cells) == len(row):
        return cells[0].text.strip() or None
    first = lone_first(row)
    return first.text.strip() if first is not None and (first.is_bold or first.shaded) else None


def lone_first(row: Sequence[Cell | None]) -> Cell | None:
    """The first cell of a row of three columns or more in which nothing else is written."""
    written = [cell for cell in row if cell is not None and cell.text.strip()]
    return written[0] if len(row) > 2 and len(written) == 1 and written[0] is row[0] else None


def has_plain_bands(grid: Grid, first_row: int) -> bool:
    """True for a table whose full-width rows are told by their emptiness alone, as in Markdown.

    They are few among the rows, none is the last, and a written row follows each.
    """
    lone = [lone_first(row) is not None for row in grid[first_row:]]
    return 0 < sum(lone) <= 0.4 * len(lone) and not lone[-1] and not any(a and b for a, b in pairwise(lone))
