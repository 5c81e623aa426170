"""What every writer owes: all that was found, UTF-8, the same bytes twice, nothing that a document smuggles in."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from samsyn.models.agreement import Agreement
from samsyn.write import FORMATS, format_of, write_agreements
from samsyn.write.as_csv import write_csv_folder
from samsyn.write.as_text import _widths
from samsyn.write.clean import clean_text, one_line
from samsyn.write.labels import FIELD_LABELS, target_label
from samsyn.write.tables import TABLES, table_named
from tests.agreements import agreement, measure

ESCAPE = "\x1b[31m"


def written(form: str, *agreements: Agreement, several: bool = False) -> Any:
    """What a format makes of the agreements: text, or bytes for a binary format."""
    stream: Any = io.BytesIO() if FORMATS[form].binary else io.StringIO()
    write_agreements(agreements or (agreement(),), stream, form, several=several)
    return stream.getvalue()


def workbook(*agreements: Agreement) -> openpyxl.Workbook:
    """The Excel workbook of the agreements, opened."""
    return openpyxl.load_workbook(io.BytesIO(written("xlsx", *agreements)))


@pytest.mark.parametrize("form", FORMATS)
def test_same_agreement_gives_the_same_bytes(form: str) -> None:
    """Protects output byte for byte: no clock, no order of a set, in any format."""
    assert written(form) == written(form)


def test_xlsx_has_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the same bytes on another day: a workbook records when it was saved, twice over."""
    first = written("xlsx")
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 6, 7, 8, 9, 0, 0, 0))
    monkeypatch.setattr("time.time", lambda: 1_930_000_000.0)
    assert b"2031-" not in written("xlsx")
    assert written("xlsx") == first


@pytest.mark.parametrize("form", [form for form in FORMATS if not FORMATS[form].binary])
def test_readers_find_what_matters_in_every_format(form: str) -> None:
    """Protects against a format that silently leaves a measure out."""
    text = written(form)
    assert "Vuxna vid övergångsstället" in " ".join(text.split()) or "övergångsstället" in text
    assert "Fältassistenterna" in text


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_reports_show_every_kind_of_finding(form: str) -> None:
    """Protects the reports: who, when, areas, goals with targets, problem pictures, signatories, warnings."""
    text = " ".join(written(form).split())
    for expected in (
        "Habo",
        "2025-01-01 – 2028-12-31",
        "Kommunfullmäktige",
        "KS 2024/317",
        "Ungas fritid",
        "från 62,5 till minst 70 procent, senast 2027-12-31",
        "Kring badplatsen samlas många",
        "Vilgot Askelund",
        "Lokalpolisområdeschef",
        "Polisens underskrift saknar datum.",
    ):
        assert expected in text


def test_json_reads_back_as_the_same_agreement() -> None:
    """Protects JSON as the exchange format: nothing is lost on the way out and in."""
    assert Agreement.model_validate_json(written("json")) == agreement()


def test_json_of_several_is_a_list_and_lines_are_objects() -> None:
    """Protects the shapes of CONTRACT: one object; a list for several; one object a line for jsonl."""
    other = agreement(id="habo-2029")
    assert json.loads(written("json"))["id"] == "habo-2025-2028"
    assert [item["id"] for item in json.loads(written("json", agreement(), other, several=True))] == [
        "habo-2025-2028",
        "habo-2029",
    ]
    assert [json.loads(line)["id"] for line in written("jsonl", agreement(), other).splitlines()] == [
        "habo-2025-2028",
        "habo-2029",
    ]


def test_json_list_of_one_is_a_list_still() -> None:
    """Protects programs that read lists: the shape follows the call, not how many could be read."""
    assert isinstance(json.loads(written("json", several=True)), list)


def test_jsonl_is_written_as_the_agreements_come() -> None:
    """Protects bounded memory: the first line is out before the second agreement is asked for."""
    stream = io.StringIO()

    def agreements() -> Any:
        yield agreement()
        assert stream.getvalue().count("\n") == 1
        yield agreement()

    write_agreements(agreements(), stream, "jsonl")
    assert stream.getvalue().count("\n") == 2


def test_yaml_reads_back_as_plain_values() -> None:
    """Protects YAML: a safe loader reads it, codes and dates stay text, Swedish is not escaped."""
    text = written("yaml", agreement(), agreement(id="habo-2029"))
    first, second = yaml.safe_load_all(text)
    assert Agreement.model_validate(first) == agreement()
    assert second["id"] == "habo-2029"
    assert first["municipalities"][0]["code"] == "0643"
    assert "Överenskommelse" in text


def test_csv_has_a_row_for_each_measure() -> None:
    """Protects CSV: one row a measure, whatever line breaks and quotes its cells hold."""
    rows = list(csv.DictReader(io.StringIO(written("csv", agreement(measures=(measure(title='A "b",\nc'),))))))
    assert [row["title"] for row in rows] == ['A "b",\nc']
    assert rows[0]["responsible"] == "SN; KFN"
    assert rows[0]["focus_area"] == "Ungas fritid"
    assert rows[0]["pages"] == "3–4"
    assert json.loads(rows[0]["cells"])["Klart"] == "Maj–september"


def test_csv_of_a_folder_has_every_table(tmp_path: Path) -> None:
    """Protects the folder of CSV files: each table is there, with its rows."""
    write_csv_folder([agreement()], tmp_path / "out")
    assert {path.stem for path in (tmp_path / "out").iterdir()} == {table.name for table in TABLES}
    targets = list(csv.DictReader((tmp_path / "out" / "targets.csv").open(encoding="utf-8")))
    assert targets[0]["value"] == "70.0"
    assert targets[0]["goal"].startswith("Andelen unga")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_csv_neutralises_formulas(start: str) -> None:
    """Protects the one who opens the file in a spreadsheet: a document's text is never run as a formula."""
    text = written("csv", agreement(measures=(measure(title=f"{start}HYPERLINK(1)"),)))
    row = next(csv.DictReader(io.StringIO(text)))
    assert row["title"] == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_xlsx_keeps_formulas_as_text(start: str) -> None:
    """Protects the one who opens the workbook: what begins like a formula is a text cell, quoted, unchanged."""
    sheet = workbook(agreement(measures=(measure(title=f"{start}1+1"),)))["Åtgärder"]
    column = [cell.value for cell in sheet[1]].index("Åtgärd")
    cell = sheet[2][column]
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == (f"{start}1+1", "s", True)


def test_xlsx_has_a_sheet_for_each_table_frozen_and_filtered() -> None:
    """Protects the workbook's use: headings stay in sight and filter all the rows."""
    book = workbook()
    assert book.sheetnames == [table.label for table in TABLES]
    sheet = book["Åtgärder"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).coordinate.rstrip('1')}3"
    assert sheet.max_row == 3
    assert book["Underskrifter"].max_row == 3


def test_xlsx_hides_columns_that_nothing_fills() -> None:
    """Protects the eye: of some thirty columns only those with content are in sight; none is left out."""
    sheet = workbook()["Åtgärder"]
    hidden = {cell.value: sheet.column_dimensions[cell.coordinate.rstrip("1")].hidden for cell in sheet[1]}
    assert (hidden["Resurser"], hidden["Tidsplan"]) == (True, False)


def test_xlsx_rows_are_as_high_as_their_text() -> None:
    """Protects readability: a long text is in sight without dragging the row."""
    long = agreement(measures=(measure(), measure(title="ord " * 100)))
    heights = workbook(long)["Åtgärder"].row_dimensions
    assert heights[2].height < heights[3].height


def test_xlsx_cuts_what_no_cell_can_hold() -> None:
    """Protects the file from being called damaged: Excel takes 32,767 characters a cell."""
    sheet = workbook(agreement(measures=(measure(title="x" * 40_000),)))["Åtgärder"]
    longest = max(len(str(cell.value or "")) for cell in sheet[2])
    assert longest == 32_767


@pytest.mark.parametrize("form", ["text", "markdown", "csv"])
def test_control_characters_do_not_reach_the_reader(form: str) -> None:
    """Protects terminal and editor: escape sequences and reversed writing in a document are not passed on."""
    nasty = f"Ordinarie{ESCAPE}\x07\u202egnir\x9b31m"
    text = written(form, agreement(title=nasty, measures=(measure(title=nasty, police_action=nasty),)))
    assert not set(text) & set("\x1b\x07\u202e\x9b")
    assert "Ordinarie" in text


def test_xlsx_survives_control_characters() -> None:
    """Protects the workbook: characters that XML forbids are left out, not the whole file lost."""
    sheet = workbook(agreement(measures=(measure(title="a\x00b\x0bc"),)))["Åtgärder"]
    assert "abc" in [cell.value for cell in sheet[2]]


def test_markdown_shows_markup_instead_of_obeying_it() -> None:
    """Protects the report's readers: links, HTML and table bars in a document are shown as they stand."""
    text = written("markdown", agreement(measures=(measure(title="a | <img src=x> [b](http://c)"),)))
    assert "a \\| &lt;img src=x> \\[b\\](http://c)" in text


def test_markdown_puts_lines_of_a_cell_in_one_row() -> None:
    """Protects the table of measures: a line break in a cell is a <br>, not the end of the row."""
    assert "rad ett<br>rad två" in written("markdown", agreement(measures=(measure(title="rad ett\n\nrad två"),)))


def test_text_is_plain_and_narrow_when_not_for_a_terminal() -> None:
    """Protects pipes and files: no colours, no trailing blanks, lines of at most 100 characters."""
    text = written("text")
    assert "\x1b" not in text
    assert all(len(line) <= 100 and line == line.rstrip() for line in text.splitlines())


def test_text_fits_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects small windows: the table of measures gives up columns before it gives up words."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "48")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    write_agreements([agreement()], stream, "text")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())
    assert max(map(len, shown.splitlines())) <= 48
    assert "Kvällspatrull" in shown


@pytest.mark.parametrize("form", FORMATS)
def test_nearly_empty_agreement_can_be_written(form: str) -> None:
    """Protects the poor cases: a document in which nothing was found is written, not crashed on."""
    source = agreement().source.model_copy(update={"pages": None})
    assert written(form, Agreement(id="okand", title=None, kind="annat", source=source))


def test_measures_without_a_known_area_are_still_written() -> None:
    """Protects against loss: a measure that points to a focus area which is not there is shown all the same."""
    lost = agreement(measures=(measure(title="Utan hemvist", focus_area="f9"),))
    assert "Utan hemvist" in written("markdown", lost)
    assert "Utan hemvist" in written("text", lost)


def test_every_column_has_a_swedish_label() -> None:
    """Protects the workbook and the reports: a new field of the model gets a label, too."""
    columns = {column for table in TABLES for column in table.columns}
    assert columns <= FIELD_LABELS.keys()


def test_every_field_of_a_measure_is_a_column() -> None:
    """Protects the promise that a field is declared once: tables follow the model."""
    assert {"schedule", "place", "commitment", "recurring"} <= set(table_named("measures").columns)
    row = next(table_named("measures").rows(agreement()))
    assert set(table_named("measures").columns) == set(row)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"comparator": "halve", "value": None, "unit": None, "baseline": None}, "mått: halvera, senast 2027"),
        ({"comparator": "decrease_by", "value": 3.5, "baseline": None}, "mått: minska med 3,5 procent, senast 2027"),
        ({"comparator": "increase", "value": None, "unit": None, "baseline": None, "by": None}, "mått: öka"),
        ({"comparator": "at_most", "value": 10.0, "baseline": 20.0, "by": None}, "mått: från 20 till högst 10 procent"),
        (
            {"quantity": None, "comparator": None, "value": None, "unit": None, "baseline": None, "by": None},
            "som det stod",
        ),
    ],
)
def test_targets_are_said_in_a_few_words(changes: dict[str, Any], expected: str) -> None:
    """Protects the wording of targets; one without parts is said as it was written."""
    target = (
        agreement()
        .goals[1]
        .targets[0]
        .model_copy(update={"quantity": "mått", "by": "2027", "text": "som det stod", **changes})
    )
    assert target_label(target) == expected


def test_clean_text_keeps_swedish_and_line_breaks() -> None:
    """Protects the text itself: only what steers a terminal or a reader's eye goes."""
    assert clean_text("Åtgärd – ”så”\n\tnu\x00\x85\ud800") == "Åtgärd – ”så”\n\tnu"
    assert one_line(" a \n b\x1b ") == "a b"


@pytest.mark.parametrize(
    ("name", "form"), [("a.JSON", "json"), ("a.b.yml", "yaml"), ("a.xlsx", "xlsx"), ("a.pdf", None)]
)
def test_format_follows_from_the_ending(name: str, form: str | None) -> None:
    """Protects `-o FILE` without --format."""
    assert format_of(name) == form


def test_words_of_a_terminals_columns_stay_whole() -> None:
    """Protects reading: a column is as wide as its longest word where all have room, the rest is shared out."""
    rows = [["Åtgärd", "Kommunen", "Ansvarig"], ["Trygghetsvandringar", "Bjuder in boende och går en runda", "KS"]]
    for width in (60, 80, 120):
        widths = _widths(rows, [1.0, 4 / 3, 1.0], width)
        assert sum(widths) == width - 9
        assert widths[0] >= len("Trygghetsvandringar")
    assert sum(_widths(rows, [1.0, 4 / 3, 1.0], 30)) == 21
