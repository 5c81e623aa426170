"""A table on a screen: what cannot be cut is whole or left out, what is left out is named, values are Swedish."""

from __future__ import annotations

import io
import os
import shutil

import pytest

from samsyn.models.table import Column, Table, TableSchema
from samsyn.write.as_rows import write_rows
from samsyn.write.row_labels import _STATISTICS, shown_value

LISTING = TableSchema(
    "listing",
    "agreements",
    (
        Column("id"),
        Column("municipality"),
        Column("start_date", "date"),
        Column("title"),
        Column("measures", "integer"),
        Column("file"),
    ),
)
ROWS = [
    (
        "arboga-hallstahammar-kungsor-medborgarlofte-2019",
        "Arboga",
        "2019-01-01",
        "Löften för ett tryggt år",
        12,
        "a.pdf",
    ),
    ("habo-2020-2023", "Habo", "2020-01-01", "Överenskommelse mellan kommunen och polisen " * 3, 7, "en-lang-fil.docx"),
]


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, width: int, schema: TableSchema = LISTING, rows: object = ROWS) -> list[str]:
    """The lines of the table on a terminal of that width."""
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((width, 24)))
    stream = Terminal()
    write_rows(Table(schema, rows), stream, "table")  # type: ignore[arg-type]  # rows of this test
    return stream.getvalue().splitlines()


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_ids_days_and_numbers_are_whole(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Protects who copies an id from the screen into the next command."""
    lines = shown(monkeypatch, width)
    assert all(len(line) <= width for line in lines[:4])
    assert lines[2].startswith("arboga-hallstahammar-kungsor-medborgarlofte-2019  Arboga")
    assert "2019-01-…" not in "\n".join(lines)


def test_columns_that_do_not_fit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects against reading half a table as the whole."""
    lines = shown(monkeypatch, 100)
    assert lines[0].split() == ["Id", "Kommun", "Från", "Åtgärder", "Fil"]
    assert lines[-1] == "Ryms inte: Rubrik. Allt finns med --format csv eller -o FIL.csv."
    assert shown(monkeypatch, 300)[-1].startswith("habo-2020-2023")


def test_what_was_found_is_within_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects hits late in a long passage: the words around them are shown, not those the passage begins with."""
    schema = TableSchema("hits", "hits", (Column("agreement"), Column("context")))
    lines = shown(monkeypatch, 60, schema, [("habo-2020-2023", "ord " * 20 + "där [nattvandring] sker " + "ord " * 20)])
    assert "[nattvandring]" in lines[2]
    assert len(lines[2]) <= 60


def test_fixed_values_are_swedish() -> None:
    """Protects screens from half English: each value that the corpus itself writes has its word."""
    assert shown_value("relation", "copy_of") == "kopia av"
    assert shown_value("reason", "names its years: 2016–2019") == "anger åren: 2016–2019"
    assert shown_value("title", "replaces") == "replaces"


def test_each_statistic_has_its_swedish() -> None:
    """Protects `samsyn corpus stats`: a new statistic is translated too."""
    from samsyn.corpora import statistics as of

    names = {name for name, _ in of._TOTALS} | {"agreements", "municipalities with an agreement", *of._COUNTED}
    names |= {f"agreements {name}" for name, _ in of._OF_AGREEMENTS} | {
        f"measures {name}" for name, _ in of._OF_MEASURES
    }
    assert names == set(_STATISTICS)
