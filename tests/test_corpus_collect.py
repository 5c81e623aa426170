"""From files to a corpus: lists with known facts, reading again, other executors."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from samsyn.cli import main
from samsyn.collect import ReadSettings, collect_files, executor_at, refresh_files
from samsyn.corpora import versions
from samsyn.corpora.corpus import Corpus
from samsyn.corpora.filters import Filters
from samsyn.corpora.manifest import period_of, read_manifest
from samsyn.corpora.versions import extractor_version
from samsyn.errors import CorpusError
from tests.corpora import read_here, write_file


@pytest.fixture
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads files in this process; that others read them is tested elsewhere."""
    monkeypatch.setattr("samsyn.collect.read_with", read_here)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """A new corpus."""
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:
        yield corpus


def manifest(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A list of files."""
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("path,municipality,kind,period,address\na.md,Åre,handlingsplan,2019-2021,https://x.se/a\n", "utf-8"),
        ("Fil;Kommun;Typ;Från;Till;Länk\r\na.md;Åre kommun;Åtgärdsplan;2019;2021-12-31;https://x.se/a\r\n", "cp1252"),
        (
            "sökväg\tKommun\tSlag\tGäller_från\tGäller till\tURL\na.md\t2321\tplan\t2019-01-01\t2021\thttps://x.se/a\n",
            "utf-16",
        ),
        ("\ufefffilename,municipalities,type,period,källa\na.md,åre,Handlingsplan,2019–2021,https://x.se/a\n", "utf-8"),
    ],
    ids=["english", "excel", "tabs", "bom"],
)
def test_list_of_files_is_understood(tmp_path: Path, text: str, encoding: str) -> None:
    """Protects lists as people make them: Swedish or English headings, commas or semicolons, Excel's encodings."""
    (listed,) = read_manifest(manifest(tmp_path / "lista.csv", text, encoding))
    assert (listed.path, listed.address) == ("a.md", "https://x.se/a")
    assert listed.facts == {"municipality": "2321", "kind": "handlingsplan", "start": "2019-01-01", "end": "2021-12-31"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kommun\nÅre\n", "no column says which file"),
        ("path,kommun\na.md,Åree\n", "line 2: no municipality is called 'Åree'; did you mean Åre"),
        ("path,period\na.md,förra året\n", "line 2: 'förra året' is no period"),
        ("path,period\na.md,2019\nb.md,2021-2019\n", "line 3: the period '2021-2019' ends before it starts"),
        ("path,start\na.md,2019-02-30\n", "is no day"),
        ("path,kind\na.md,avtal\n", "is no kind of document"),
    ],
)
def test_list_that_is_wrong_is_told_by_line(tmp_path: Path, text: str, told: str) -> None:
    """Protects against facts that are none: nothing is read before the list is right."""
    with pytest.raises(CorpusError) as error:
        read_manifest(manifest(tmp_path / "lista.csv", text))
    assert told in str(error.value)
    assert "lista.csv" in str(error.value)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2016", (("start", "2016-01-01"), ("end", "2016-12-31"))),
        ("2016 - 2019", (("start", "2016-01-01"), ("end", "2019-12-31"))),
        ("2016-", (("start", "2016-01-01"),)),
        ("2016-04-01--2019-03-31", (("start", "2016-04-01"), ("end", "2019-03-31"))),
        ("2016 till 2019", (("start", "2016-01-01"), ("end", "2019-12-31"))),
    ],
)
def test_periods_of_a_list(text: str, days: tuple[tuple[str, str], ...]) -> None:
    """Protects the ways in which periods are written; a day is no period's two years."""
    assert period_of(text) == days


@pytest.mark.usefixtures("read_at_once")
def test_files_of_a_list_are_read_with_their_facts(corpus: Corpus, tmp_path: Path) -> None:
    """Protects the collector's knowledge on its way in: paths are as seen from the list, a missing file is told."""
    (tmp_path / "papper").mkdir()
    write_file(tmp_path / "papper", "Habo", 2020)
    text = "path,municipality,anteckning,address\nHabo-2020.md,Håbo,från arkivet,https://x.se/h\nsaknas.pdf,Åre,,\n"
    found = {
        Path(one.place).name: one.outcome
        for one in collect_files(corpus, [manifest(tmp_path / "papper" / "lista.csv", text)])
    }
    assert found == {"Habo-2020.md": "added", "saknas.pdf": "failed"}
    assert corpus.agreement("habo-2020-2023").municipalities[0].code == "0305"
    (row,) = corpus.table("agreements").rows
    assert "https://x.se/h" in row
    assert corpus.ids(Filters(municipalities=("Håbo",))) == ("habo-2020-2023",)


def pretend_older(corpus: Corpus) -> None:
    """Make all that was read look as if an older extractor had read it, with less."""
    corpus.connection.execute("UPDATE extractions SET extractor = 'older'")
    corpus.connection.execute(
        "UPDATE extracted_agreements SET agreement = json_set(agreement, '$.measures', json('[]'))"
    )
    corpus.rebuild()


@pytest.mark.usefixtures("read_at_once")
def test_refresh_reads_again_what_an_older_extractor_read(corpus: Corpus, tmp_path: Path) -> None:
    """Protects progress: from the file where it is, else from the document that was kept; then nothing is left."""
    folder = tmp_path / "papper"
    folder.mkdir()
    paths = [write_file(folder, name, 2020) for name in ("Habo", "Åre", "Ystad")]
    list(collect_files(corpus, [folder]))
    pretend_older(corpus)
    assert not list(corpus.measures())
    paths[0].unlink()
    paths[1].write_text("något helt annat")
    found = Counter(one.outcome for one in refresh_files(corpus))
    assert found == {"refreshed": 3}
    assert len(list(corpus.measures())) == 15
    read_from = dict(corpus.connection.execute("SELECT read_from, count(*) FROM extractions GROUP BY 1"))
    assert read_from == {"document": 2, "file": 1}
    assert corpus.outdated(extractor_version()) == ()
    assert not list(refresh_files(corpus))
    assert corpus.problems() == ()


@pytest.mark.usefixtures("read_at_once")
def test_refresh_of_everything(corpus: Corpus, tmp_path: Path) -> None:
    """Protects a full reading: also what this extractor has read; nothing changes, and it is told so."""
    list(collect_files(corpus, [write_file(tmp_path, "Habo", 2020)]))
    assert [one.outcome for one in refresh_files(corpus, everything=True)] == ["unchanged"]


@pytest.mark.usefixtures("read_at_once")
def test_file_in_an_archive_is_found_again(corpus: Corpus, tmp_path: Path) -> None:
    """Protects refreshing from archives."""
    import zipfile

    path = tmp_path / "alla.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(write_file(tmp_path, "Habo", 2020), "år!/Habo.md")
    list(collect_files(corpus, [path]))
    pretend_older(corpus)
    assert [one.outcome for one in refresh_files(corpus)] == ["refreshed"]
    assert corpus.connection.execute("SELECT read_from FROM extractions").fetchone() == ("file",)


@pytest.mark.usefixtures("read_at_once")
def test_former_id_leads_to_the_agreement(corpus: Corpus, tmp_path: Path) -> None:
    """Protects citations: when a newer extractor names the agreement otherwise, the old name still finds it."""
    path = write_file(tmp_path, "Habo", 2020)
    list(collect_files(corpus, [path]))
    corpus.connection.execute("UPDATE extractions SET extractor = 'older'")
    corpus.connection.execute("UPDATE extracted_agreements SET slug = 'habo'")
    corpus.connection.execute("UPDATE identities SET slug = 'habo', id = 'habo'")
    corpus.rebuild()
    assert corpus.ids() == ("habo",)
    list(refresh_files(corpus))
    assert corpus.ids() == ("habo-2020-2023",)
    assert corpus.agreement("habo") == corpus.agreement("habo-2020-2023")


def test_extractor_version_follows_what_reads() -> None:
    """Protects corpora from being read again for a theme or a requirement; and from staying as they were for a rule."""
    names = {file.name for file in versions._files()}
    assert {"headings.toml", "measures.toml", "municipalities.csv", "pipeline.py", "goals.py"} <= names
    assert not names & versions._ONLY_TOLD
    assert all(
        any(file.name == name for file in Path(versions.__file__).parent.parent.rglob("*.*"))
        for name in versions._ONLY_TOLD
    )


def test_extractor_version_follows_the_register(tmp_path: Path) -> None:
    """Protects refreshing: what was read with a register of one's own is not what was read without."""
    register = tmp_path / "eget.toml"
    register.write_text("")
    assert extractor_version() != extractor_version(register)
    assert extractor_version().startswith(f"{extractor_version(register).partition('+')[0]}+")


def folder_of_four(tmp_path: Path) -> Path:
    """Four agreements and a file that cannot be read."""
    folder = tmp_path / "papper"
    folder.mkdir()
    for name in ("Habo", "Åre", "Ystad", "Håbo"):
        write_file(folder, name, 2020)
    (folder / "tom.pdf").write_bytes(b"")
    return folder


def test_any_executor_reads(corpus: Corpus, tmp_path: Path) -> None:
    """Protects other ways of running: an executor of the standard library; it stays open, bad files are told."""
    with ThreadPoolExecutor(2) as executor:
        settings = ReadSettings(executor=executor)
        found = Counter(one.outcome for one in collect_files(corpus, [folder_of_four(tmp_path)], settings))
        assert executor.submit(lambda: 7).result() == 7
    assert found == {"added": 4, "failed": 1}
    assert corpus.problems() == ()


@pytest.mark.slow
def test_dask_cluster_reads(corpus: Corpus, tmp_path: Path) -> None:
    """Protects reading on many machines: a local cluster of two workers, both of which read, gives the same corpus."""
    distributed = pytest.importorskip("distributed")
    folder = folder_of_four(tmp_path)
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, scheduler_port=0
    )
    with cluster:
        address = cluster.scheduler_address.removeprefix("tcp://")
        assert main(["corpus", "add", str(corpus.path), str(folder), "--executor", f"dask://{address}"]) == 1
    assert Counter(str(row[1]) for row in corpus.files().rows) == {"added": 4, "failed": 1}
    assert corpus.problems() == ()
    with Corpus(tmp_path / "här.db", create=True) as here:
        list(collect_files(here, [folder]))
        assert list(here.agreements()) == list(corpus.agreements())


@pytest.mark.parametrize("address", ["dask://", "spark://a:1", "host:8786"])
def test_address_that_is_none_is_told(address: str) -> None:
    """Protects against a silent fall back to this machine."""
    with pytest.raises(CorpusError, match="dask://host:8786"), executor_at(address):
        pass


def test_cluster_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects against waiting for ever: one line after the time is up."""
    pytest.importorskip("distributed")
    monkeypatch.setattr("samsyn.collect._CONNECT_SECONDS", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(CorpusError, match="no Dask cluster answers"), executor_at(f"dask://127.0.0.1:{port}"):
        pass
