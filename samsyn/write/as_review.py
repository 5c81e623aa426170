"""Takes values to be reviewed, gives an Excel workbook to write verdicts in; and reads such a workbook back."""

from __future__ import annotations

import contextlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from samsyn.models.review import ReviewRow
from samsyn.write.labels import field_label, measure_label

_COLUMNS = {
    "agreement": ("Överenskommelse", 26),
    "municipality": ("Kommun", 16),
    "list": ("Lista", 16),
    "item": ("Post", 8),
    "field": ("Fält", 18),
    "value": ("Utläst värde", 50),
    "verdict": ("Bedömning", 12),
    "corrected": ("Rättat värde", 50),
    "comment": ("Kommentar", 26),
    "confidence": ("Säkerhet", 10),
    "doubt": ("Tveksamt för att", 28),
    "page": ("Sida", 7),
    "evidence": ("Ordalydelse", 50),
    "file": ("Fil", 24),
    "key": ("Nyckel", 10),
}
"""The columns in their order: field of the row, heading, width. The last is hidden."""

_LISTS = {
    "": "Överenskommelsen",
    "focus_areas": "Fokusområden",
    "goals": "Mål",
    "targets": "Målvärden",
    "problem_pictures": "Problembilder",
    "measures": "Åtgärder",
    "mentions": "Omnämnanden",
    "signatories": "Underskrifter",
    "parties": "Parter",
}
"""What the lists are called on the sheet; their English names are understood as well."""

_TEXTS = frozenset(_COLUMNS) - {"confidence", "page"}
_DEFAULTS = {name: ReviewRow._field_defaults.get(name, "") for name in ReviewRow._fields}
_FIELDS = {"period.start": "start", "period.end": "end", "decided.body": "decided_by", "decided.date": "decided_on"}
"""Fields within fields, as the labels know them."""
_WRITTEN = ("verdict", "corrected", "comment")
"""What the person fills in."""
_VERDICTS = ("rätt", "fel", "ta bort", "ny")
_MOST_BYTES = 200 * 2**20
_MOST_UNPACKED = 2 * 2**30
_SHEET = "Granska"
_HELP = (
    ("Så här gör du", ""),
    ("Bedömning", "Skriv rätt eller fel. Är värdet fel och du vet det rätta räcker det att fylla i Rättat värde."),
    ("Rättat värde", "Skriv hela värdet som det ska vara. (tomt) betyder att fältet ska vara tomt."),
    ("", "Flera enheter eller återkommande åtgärder skiljs med semikolon. Dagar skrivs 2025-01-31."),
    ("ta bort", "Hela posten (målet, åtgärden, personen …) är ingen sådan och ska bort."),
    ("ny", "Något saknas: kopiera en rad, behåll Överenskommelse och Lista, skriv texten i Rättat värde."),
    ("Nyckel", "Den dolda kolumnen säger vilket värde raden gäller. Rör den inte; rader får sorteras och tas bort."),
    ("Säkerhet", "Ordnar raderna så att de mest tveksamma kommer först. Det är ingen sannolikhet."),
    ("Läs in", "samsyn corpus review import KORPUS DENNA_FIL --who NAMN"),
)


def write_review(rows: Sequence[ReviewRow], stream: BinaryIO) -> None:
    """Write the workbook; the same rows give the same bytes."""
    from samsyn.write.as_xlsx import column_letter, heading_cell, new_workbook, save_workbook, text_cell

    workbook = new_workbook()
    sheet = workbook.create_sheet(_SHEET)
    sheet.freeze_panes = "A2"
    for number, (heading, width) in enumerate(_COLUMNS.values(), start=1):
        sheet.column_dimensions[column_letter(number)].width = width
        sheet.column_dimensions[column_letter(number)].hidden = heading == "Nyckel"
    sheet.append([heading_cell(sheet, heading) for heading, _ in _COLUMNS.values()])
    for row in rows:
        sheet.append([text_cell(sheet, _style(name), _shown(row, name)) for name in _COLUMNS])
    sheet.auto_filter.ref = f"A1:{column_letter(len(_COLUMNS))}{len(rows) + 1}"
    _offer_verdicts(sheet, len(rows) + 200)
    _add_help(workbook)
    save_workbook(workbook, stream)


def _shown(row: ReviewRow, name: str) -> Any:
    """What the cell says: lists and fields in the words of the documents."""
    if name == "list":
        return _LISTS.get(row.list, row.list)
    if name == "field":
        return measure_label(row.field) if row.list == "measures" else field_label(_FIELDS.get(row.field, row.field))
    return getattr(row, name)


def _style(name: str) -> str:
    """The kind of column that `as_xlsx` knows: long texts wrap, the others do not."""
    return "title" if name in ("value", "corrected", "evidence", "doubt", "comment") else "rule"


def _offer_verdicts(sheet: Any, rows: int) -> None:
    from samsyn.write.as_xlsx import column_letter, list_validation

    letter = column_letter(tuple(_COLUMNS).index("verdict") + 1)
    sheet.data_validations.append(list_validation(_VERDICTS, f"{letter}2:{letter}{rows + 1}"))


def _add_help(workbook: Any) -> None:
    from samsyn.write.as_xlsx import heading_cell, text_cell

    sheet = workbook.create_sheet("Så här gör du")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 100
    for number, (head, text) in enumerate(_HELP):
        cells = heading_cell(sheet, head) if number == 0 else text_cell(sheet, "rule", head)
        sheet.append([cells, text_cell(sheet, "rule", text)])


def read_review(path: Path) -> Iterator[tuple[int, ReviewRow]]:
    """The rows of a workbook that `write_review` wrote and a person filled in, each with its number on the sheet.

    Raises ValueError, with one line that says why, for a file that is no such workbook.
    """
    from samsyn.write.as_xlsx import open_workbook

    _check_size(path)
    try:
        workbook = open_workbook(path)
        sheet = workbook[_SHEET] if _SHEET in workbook.sheetnames else workbook.worksheets[0]
        rows = sheet.iter_rows(values_only=True)
        headings = [str(cell or "") for cell in next(rows, ())]
    except Exception as error:  # openpyxl lets through whatever goes wrong in the archive and its XML
        raise ValueError(f"{path}: is no workbook that can be read") from error
    known = {heading: name for name, (heading, _) in _COLUMNS.items()}
    names = [known.get(heading, "") for heading in headings]
    missing = [heading for name, (heading, _) in _COLUMNS.items() if name in ("key", *_WRITTEN) and name not in names]
    if missing:
        raise ValueError(f"{path}: has no column {missing[0]!r}; is it a review?")
    for number, cells in enumerate(rows, start=2):
        yield number, _row(names, cells)


def _check_size(path: Path) -> None:
    """Refuse what would fill the memory, before it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except FileNotFoundError as error:
        raise ValueError(f"{path}: there is no such file") from error
    except (OSError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path}: is no Excel workbook") from error
    if path.stat().st_size > _MOST_BYTES or unpacked > _MOST_UNPACKED:
        raise ValueError(f"{path}: is too large for a review")


def _row(names: Sequence[str], cells: Iterable[Any]) -> ReviewRow:
    texts = {name: _text(cell) for name, cell in zip(names, cells, strict=False) if name in _TEXTS}
    texts.update(_meant(texts))
    return ReviewRow(*(texts.get(name, default) for name, default in _DEFAULTS.items()))


def _meant(texts: Mapping[str, str]) -> dict[str, str]:
    """The list and field that the row is of: as its key says, else the list as it was written, for what is new."""
    with contextlib.suppress(ValueError, IndexError, TypeError, KeyError):
        key = json.loads(texts["key"])
        return {"list": str(key[2]), "field": str(key[4])}
    label = texts.get("list", "").strip()
    known = (name for name, shown in _LISTS.items() if shown.casefold() == label.casefold())
    return {"list": next(known, label)}


def _text(cell: Any) -> str:
    """What a cell says: Excel makes days and numbers of what looks like them."""
    if cell is None:
        return ""
    if hasattr(cell, "date") and hasattr(cell, "isoformat"):
        return str(cell.date().isoformat())
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
