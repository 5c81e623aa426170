"""A corpus as a data set: complete, described, the same bytes each time, without names when asked."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from samsyn.corpora.corpus import Corpus
from samsyn.corpora.export import Wishes
from samsyn.corpora.filters import Filters
from samsyn.corpora.pseudonyms import Pseudonyms
from samsyn.errors import CorpusError
from samsyn.models.agreement import Goal, ProblemPicture
from samsyn.write.as_dataset import DATASET_FORMATS, write_dataset
from tests.corpora import keep, made

ABOUT = {"datapackage.json", "README.md", "DATA_DICTIONARY.md", "CITATION.cff", "SHA256SUMS"}


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """A corpus of three agreements, one of them in two copies."""
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:
        picture = ProblemPicture(id="p1", title=None, text="Enligt VILGOT  ASKELUND är det stökigt vid åkanten.")
        keep(corpus, made("Habo", problem_pictures=(picture,)), address="https://example.org/habo.pdf")
        keep(corpus, made("Habo", problem_pictures=(picture,), diary_number="KS 1"))
        keep(corpus, made("Åre", goals=(Goal(id="g1", text="=1+1 är ett mål", level="overall"),)))
        keep(corpus, made("Ystad", 2021, 2024))
        corpus.settle()
        yield corpus


def files_in(folder: Path) -> dict[str, bytes]:
    """The folder's files by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("form", DATASET_FORMATS)
def test_same_corpus_gives_the_same_bytes(corpus: Corpus, tmp_path: Path, form: str) -> None:
    """Protects citing and comparing: no clock and no chance in what is published."""
    if form == "parquet":
        pytest.importorskip("pyarrow")
    for name in ("ett", "två"):
        write_dataset(corpus.dataset(Wishes()), tmp_path / name, form)
    assert files_in(tmp_path / "ett") == files_in(tmp_path / "två")
    assert set(files_in(tmp_path / "ett")) > ABOUT


def test_csv_holds_every_row_and_value(corpus: Corpus, tmp_path: Path) -> None:
    """Protects the data: as many rows as in the corpus, values as they are, one copy of each agreement."""
    write_dataset(corpus.dataset(Wishes()), tmp_path / "ut", "csv")
    agreements = read(tmp_path / "ut" / "agreements.csv")
    assert [row["municipality"] for row in agreements] == ["Åre", "Habo", "Ystad"]
    assert all(row["copy_of"] == "" for row in agreements)
    measures = read(tmp_path / "ut" / "measures.csv")
    assert len(measures) == 9
    assert measures[0]["agreement"] == agreements[0]["id"]
    assert json.loads(measures[0]["responsible"]) == ["Kommunen", "Polisen"]
    assert len(read(tmp_path / "ut" / "municipalities.csv")) == 290


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_filters_choose_what_is_published(corpus: Corpus, tmp_path: Path) -> None:
    """Protects a part of a corpus: rows of other agreements are in no table."""
    wishes = Wishes(Filters(municipalities=("Ystad",)))
    write_dataset(corpus.dataset(wishes), tmp_path / "ut", "csv")
    for path in (tmp_path / "ut").glob("*.csv"):
        assert "habo-2025" not in path.read_text(encoding="utf-8"), path.name
    assert "Ystad" in (tmp_path / "ut" / "README.md").read_text(encoding="utf-8")
    with pytest.raises(CorpusError, match="no such agreements"):
        corpus.dataset(Wishes(Filters(first_year=2090)))


def test_every_copy_can_be_published(corpus: Corpus, tmp_path: Path) -> None:
    """Protects those who study the copies: with `copies` each is there, and says whose copy it is."""
    write_dataset(corpus.dataset(Wishes(Filters(copies=True))), tmp_path / "ut", "csv")
    agreements = {row["id"]: row["copy_of"] for row in read(tmp_path / "ut" / "agreements.csv")}
    assert len(agreements) == 4
    assert [copy for copy in agreements.values() if copy] == ["habo-2025-2028"]
    assert read(tmp_path / "ut" / "disagreements.csv")[0]["field"] == "diary_number"


def test_formulas_are_only_text(corpus: Corpus, tmp_path: Path) -> None:
    """Protects those who open a table in a spreadsheet: what a document says is not run."""
    openpyxl = pytest.importorskip("openpyxl")
    write_dataset(corpus.dataset(Wishes()), tmp_path / "csv", "csv")
    write_dataset(corpus.dataset(Wishes()), tmp_path / "xlsx", "xlsx")
    assert read(tmp_path / "csv" / "goals.csv")[0]["text"] == "'=1+1 är ett mål"
    book = openpyxl.load_workbook(tmp_path / "xlsx" / "corpus.xlsx")
    cells = [cell for row in book["goals"].iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [cell.data_type for cell in cells] == ["s"]


def test_jsonl_holds_the_agreements_whole(corpus: Corpus, tmp_path: Path) -> None:
    """Protects those who want the model itself: the same objects as `samsyn extract` prints, under the corpus's ids."""
    write_dataset(corpus.dataset(Wishes()), tmp_path / "ut", "jsonl")
    lines = (tmp_path / "ut" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == list(corpus.ids())
    agreements = (tmp_path / "ut" / "agreements.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(agreements[0])["open_ended"] is False


def test_parquet_has_types(corpus: Corpus, tmp_path: Path) -> None:
    """Protects analysis: numbers are numbers and what is or is not is a boolean."""
    parquet = pytest.importorskip("pyarrow.parquet")
    write_dataset(corpus.dataset(Wishes()), tmp_path / "ut", "parquet")
    table = parquet.read_table(tmp_path / "ut" / "agreements.parquet")
    assert table.num_rows == 3
    assert str(table.schema.field("first_year").type) == "int64"
    assert str(table.schema.field("open_ended").type) == "bool"
    assert table.column("municipality").to_pylist() == ["Åre", "Habo", "Ystad"]


def test_xlsx_has_a_sheet_a_table(corpus: Corpus, tmp_path: Path) -> None:
    """Protects those who work in Excel: Swedish headings, and a sheet that says what each column is."""
    openpyxl = pytest.importorskip("openpyxl")
    write_dataset(corpus.dataset(Wishes()), tmp_path / "ut", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "ut" / "corpus.xlsx")
    assert book.sheetnames[:4] == ["Ordlista", "municipalities", "recurring_measures", "agreements"]
    assert book["agreements"]["D1"].value == "Kommun"
    assert book["agreements"].max_row == 4


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_package_describes_each_file(corpus: Corpus, tmp_path: Path, form: str) -> None:
    """Protects machines that read datapackage.json: names, sizes and hashes are those of the files."""
    write_dataset(corpus.dataset(Wishes(authors=("Region Exempel",), licence="CC-BY-4.0")), tmp_path / "ut", form)
    files = files_in(tmp_path / "ut")
    package = json.loads(files["datapackage.json"])
    assert {resource["path"] for resource in package["resources"]} == set(files) - ABOUT
    for resource in package["resources"]:
        data = files[resource["path"]]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert package["samsyn"]["versions"]["extractors"] == "test"


def test_package_is_valid_frictionless(corpus: Corpus, tmp_path: Path) -> None:
    """Protects the promise of the package: types, keys and references hold for every row."""
    frictionless = pytest.importorskip("frictionless")
    write_dataset(corpus.dataset(Wishes(Filters(copies=True))), tmp_path / "ut", "csv")
    report = frictionless.validate(str(tmp_path / "ut" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])


def test_every_column_is_in_the_dictionary(corpus: Corpus, tmp_path: Path) -> None:
    """Protects the reader of the data: no column without a line that says what it is."""
    dataset = corpus.dataset(Wishes())
    write_dataset(dataset, tmp_path / "ut", "csv")
    dictionary = (tmp_path / "ut" / "DATA_DICTIONARY.md").read_text(encoding="utf-8")
    for table in dataset.tables:
        assert f"## {table.schema.name}\n" in dictionary
        for column in table.schema.columns:
            assert f"| `{column.name}` | {column.kind} |" in dictionary


def test_card_and_citation_can_be_read_by_machines(corpus: Corpus, tmp_path: Path) -> None:
    """Protects catalogues: the card's head and the citation file are YAML, whatever the title holds."""
    wishes = Wishes(title='Avtal: "alla" #1', authors=("Åsa Ö",), licence="CC0-1.0")
    write_dataset(corpus.dataset(wishes), tmp_path / "ut", "csv")
    card = (tmp_path / "ut" / "README.md").read_text(encoding="utf-8")
    head = yaml.safe_load(card.split("---\n")[1])
    assert head["pretty_name"] == 'Avtal: "alla" #1'
    citation = yaml.safe_load((tmp_path / "ut" / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["authors"] == [{"name": "Åsa Ö"}]
    assert citation["type"] == "dataset"


@pytest.mark.parametrize("form", DATASET_FORMATS)
def test_pseudonymised_export_names_nobody(corpus: Corpus, tmp_path: Path, form: str) -> None:
    """Protects those who signed: their names are in no file, not in evidence and texts either."""
    if form == "parquet":
        pytest.importorskip("pyarrow")
    write_dataset(corpus.dataset(Wishes(pseudonymise=True, texts=True)), tmp_path / "ut", form)
    for path in (tmp_path / "ut").iterdir():
        text = content(path).casefold()
        for word in ("askelund", "törnvik", "vilgot", "sabina"):
            assert word not in text, path.name
    assert "person-" in "".join(content(path) for path in (tmp_path / "ut").iterdir())


def content(path: Path) -> str:
    """All text in a file, also in one that is packed."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return "".join(book.read(name).decode("utf-8") for name in book.namelist())
    if path.suffix == ".parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        return str(parquet.read_table(path).to_pylist())
    return path.read_text(encoding="utf-8")


def test_pseudonyms_are_one_a_person_and_one_a_corpus() -> None:
    """Protects the study of who signs, and against looking a name up: same person, same word; another salt, another."""
    names = ("Vilgot Askelund", "Vilgot Askelund-Ek")
    one, other = Pseudonyms(names, "salt"), Pseudonyms(names, "peppar")
    assert one.name("Vilgot Askelund") == one.name("vilgot  ASKELUND")
    assert one.name("Vilgot Askelund") != one.name("Vilgot Askelund-Ek")
    assert one.name("Vilgot Askelund") != other.name("Vilgot Askelund")
    treated = one.text("Möte med Vilgot\nAskelund, ordförande, och Vilgot Askelund-Ek. Vilgot gick.")
    assert "Askelund" not in treated
    assert treated.startswith("Möte med person-")
    assert treated.endswith(". Vilgot gick.")


def test_folder_of_others_is_left_alone(corpus: Corpus, tmp_path: Path) -> None:
    """Protects a user's folder: what is no earlier export is never written into or removed."""
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / "viktigt.txt").write_text("hej")
    with pytest.raises(FileExistsError):
        write_dataset(corpus.dataset(Wishes()), tmp_path / "ut", "csv")
    assert [path.name for path in (tmp_path / "ut").iterdir()] == ["viktigt.txt"]


def test_new_export_replaces_the_old_one(corpus: Corpus, tmp_path: Path) -> None:
    """Protects against two exports in one folder: files of the earlier one go, what a person put there stays."""
    write_dataset(corpus.dataset(Wishes(texts=True)), tmp_path / "ut", "csv")
    (tmp_path / "ut" / "anteckning.txt").write_text("min")
    write_dataset(corpus.dataset(Wishes()), tmp_path / "ut", "jsonl")
    names = set(files_in(tmp_path / "ut"))
    assert not [name for name in names if name.endswith(".csv")]
    assert {"anteckning.txt", "agreements.jsonl"} <= names


def test_failed_export_leaves_nothing(corpus: Corpus, tmp_path: Path) -> None:
    """Protects against half a data set: what fails on the way leaves no folder behind."""
    corpus.connection.execute("PRAGMA foreign_keys = OFF")
    corpus.connection.execute("DROP TABLE warnings")
    dataset = corpus.dataset(Wishes())
    with pytest.raises(Exception, match="warnings"):
        write_dataset(dataset, tmp_path / "ut", "csv")
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []
