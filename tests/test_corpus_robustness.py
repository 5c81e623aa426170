"""What must never happen to a corpus: losing or doubling what was read, whatever ends the program or comes in."""

from __future__ import annotations

import io
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from samsyn.batch import Outcome as ReadOutcome
from samsyn.batch import Task
from samsyn.collect import ReadSettings, collect_files
from samsyn.corpora import intake
from samsyn.corpora.corpus import Corpus
from samsyn.corpora.filters import Filters
from samsyn.errors import CorpusError
from tests.corpora import PLACES, read_here, write_file

ROOT = Path(__file__).parent.parent
KILLS = int(os.environ.get("SAMSYN_KILLS", "3"))
"""How often the program is killed in the middle; more by SAMSYN_KILLS=20."""


@pytest.fixture
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads files in this process; the tests of isolation do without."""
    monkeypatch.setattr("samsyn.collect.read_with", read_here)


def folder_of(path: Path, count: int) -> Path:
    """A folder of so many different agreements."""
    path.mkdir()
    names = list(PLACES)
    for number in range(count):
        write_file(path, names[number % len(names)], 1990 + 2 * (number % 20), seed=f"-{number // 20}")
    return path


def start_adding(corpus: Path, *paths: Path, jobs: int = 1) -> subprocess.Popen[bytes]:
    """`samsyn corpus add` in a process of its own."""
    command = [sys.executable, "-m", "samsyn.cli", "corpus", "add", str(corpus), *map(str, paths), "--jobs", str(jobs)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)


def assert_whole(path: Path, count: int) -> None:
    """Each of `count` files is in the corpus once, and nothing is wrong with it."""
    with Corpus(path) as corpus:
        assert corpus.problems() == ()
        assert len(corpus.ids(Filters(copies=True))) == count
        sources = [row[0] for row in corpus.connection.execute("SELECT source FROM files")]
        assert len(sources) == len(set(sources)) == count


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Protects what was read: after every kill -9 the corpus is whole, and in the end all is there, once."""
    count = 15 * (KILLS + 1)
    files, path = folder_of(tmp_path / "papper", count), tmp_path / "avtal.db"
    kept = 0
    for _ in range(KILLS):
        process = start_adding(path, files)
        wait_for_more(path, process, than=kept)
        time.sleep(random.uniform(0, 0.15))
        assert process.poll() is None, "too few files to be killed among"
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if path.exists() and path.stat().st_size:
            with Corpus(path) as corpus:
                assert corpus.problems() == ()
                assert len(corpus.ids(Filters(copies=True))) >= kept
                kept = len(corpus.ids(Filters(copies=True)))
    assert kept
    assert start_adding(path, files).wait() == 0
    assert_whole(path, count)


def wait_for_more(path: Path, process: subprocess.Popen[bytes], *, than: int) -> None:
    """Wait until the corpus holds more than so many agreements, or its process has ended."""
    while process.poll() is None:
        time.sleep(0.02)
        try:
            with Corpus(path) as corpus:
                if len(corpus.ids(Filters(copies=True))) > than:
                    return
        except CorpusError:
            continue


def test_two_processes_add_at_once(tmp_path: Path) -> None:
    """Protects two people and two terminals: both succeed, also in making the file, and nothing is there twice."""
    files, path = folder_of(tmp_path / "papper", 12), tmp_path / "avtal.db"
    processes = [start_adding(path, files) for _ in range(2)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    assert_whole(path, 12)


def test_reader_is_not_in_a_writers_way(tmp_path: Path) -> None:
    """Protects asking while another adds: neither waits for the other, and what is asked is one state."""
    path = tmp_path / "avtal.db"
    Corpus(path, create=True).close()
    with Corpus(path) as writer, Corpus(path) as reader:
        writer.connection.execute("BEGIN IMMEDIATE")
        assert reader.ids() == ()
        writer.connection.execute("ROLLBACK")


def outcomes(corpus: Corpus, *paths: Path, **settings: object) -> dict[str, tuple[str, str]]:
    """By file name: what became of it, and why."""
    found = collect_files(corpus, paths, ReadSettings(**settings))  # type: ignore[arg-type]
    return {Path(one.place).name: (one.outcome, one.reason or "") for one in found}


def test_bad_files_cost_their_own_outcome(tmp_path: Path) -> None:
    """Protects the run: broken, empty, foreign and missing files are recorded with their reason, others read."""
    folder = folder_of(tmp_path / "papper", 2)
    (folder / "tom.pdf").write_bytes(b"")
    (folder / "trasig.pdf").write_bytes(b"%PDF-1.7\n" + b"x" * 200)
    (folder / "gammal.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    (folder / "bild.docx").write_bytes(b"PK\x03\x04 inte en zip")
    (folder / ".gömd.pdf").write_bytes(b"")
    (folder / "bild.png").write_bytes(b"\x89PNG")
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:
        found = outcomes(corpus, folder, tmp_path / "saknas.pdf", jobs=2)
        added = [name for name, (outcome, _) in found.items() if outcome == "added"]
        assert added == ["Habo-1990-0.md", "Håbo-1992-0.md"]
        failed = {name: reason for name, (outcome, reason) in found.items() if outcome == "failed"}
        assert set(failed) == {"tom.pdf", "trasig.pdf", "gammal.doc", "bild.docx", "saknas.pdf"}
        assert all(reason and "\n" not in reason for reason in failed.values())
        assert failed["saknas.pdf"] == "there is no such file"
        assert corpus.problems() == ()
        assert len(list(corpus.files().rows)) == 7


def test_nothing_is_read_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects time: the second run reads nothing, whatever the files are called now."""
    folder = folder_of(tmp_path / "papper", 3)
    read: list[str] = []

    def read_and_count(tasks: Iterable[Task], *_: object) -> Iterator[ReadOutcome]:
        for outcome in read_here(tasks):
            read.append(outcome.name)
            yield outcome

    monkeypatch.setattr("samsyn.collect.read_with", read_and_count)
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:
        outcomes(corpus, folder)
        (folder / "Habo-1990-0.md").rename(folder / "nytt namn.md")
        again = outcomes(corpus, folder)
    assert len(read) == 3
    assert {outcome for outcome, _ in again.values()} == {"known"}
    assert len(again) == 3


@pytest.mark.usefixtures("read_at_once")
def test_two_copies_in_one_run_are_read_once(tmp_path: Path) -> None:
    """Protects against the same bytes under two names in one folder, both on their way at once."""
    folder = folder_of(tmp_path / "papper", 1)
    (folder / "kopia.md").write_bytes((folder / "Habo-1990-0.md").read_bytes())
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:
        found = outcomes(corpus, folder, jobs=2)
        assert sorted(outcome for outcome, _ in found.values()) == ["added", "known"]
        assert len(corpus.ids(Filters(copies=True))) == 1


def archive(path: Path, entries: dict[str, bytes]) -> Path:
    """An archive of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return path


@pytest.mark.usefixtures("read_at_once")
def test_archive_is_read_entry_by_entry(tmp_path: Path) -> None:
    """Protects archives: files in folders are read, names with dots that lead out are only names."""
    folder = folder_of(tmp_path / "papper", 3)
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    entries = {f"år/{name}": data for name, data in files.items()}
    entries |= {"../../utanför.md": b"# Brev\n\nHej.", "läsmig.rtf": b"{\\rtf1}", "inre.zip": b"PK", "bild.png": b"x"}
    path = archive(tmp_path / "alla.zip", entries)
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:
        found = outcomes(corpus, path)
        added = {name for name, (outcome, _) in found.items() if outcome == "added"}
        assert added == {*files, "utanför.md"}
        assert "archive" in found["alla.zip!inre.zip"][1]
        assert not (tmp_path.parent / "utanför.md").exists()
        places = [row[0] for row in corpus.files().rows]
        assert f"{path}!år/Habo-1990-0.md" in places


@pytest.mark.usefixtures("read_at_once")
def test_archives_have_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects memory and disk from archives made to fill them: too many entries, too much, a lie about the size."""
    bomb = archive(tmp_path / "bomb.zip", {"stor.txt": b"0" * 5_000_000})
    many = archive(tmp_path / "many.zip", {f"{number}.txt": b"x" for number in range(30)})
    lie = archive(tmp_path / "lie.zip", {"lögn.txt": b"0" * 5_000_000})
    data = lie.read_bytes()
    lie.write_bytes(data.replace((5_000_000).to_bytes(4, "little"), (50).to_bytes(4, "little")))
    monkeypatch.setattr(intake, "FILE_BYTES", 1_000_000)
    monkeypatch.setattr(intake, "ARCHIVE_ENTRIES", 20)
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:
        found = outcomes(corpus, bomb, many, lie)
    assert "larger than" in found["bomb.zip!stor.txt"][1]
    assert "more than 20 files" in found["many.zip"][1]
    assert found["lie.zip!lögn.txt"][0] == "failed"


@pytest.mark.usefixtures("read_at_once")
def test_broken_archive_is_told(tmp_path: Path) -> None:
    """Protects the run from an archive that was cut off."""
    whole = archive(tmp_path / "hel.zip", {"a.txt": b"text" * 500}).read_bytes()
    (tmp_path / "halv.zip").write_bytes(whole[: len(whole) // 2])
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:
        assert outcomes(corpus, tmp_path / "halv.zip")["halv.zip"][0] == "failed"


def test_names_of_entries_written_by_a_mac(tmp_path: Path) -> None:
    """Protects å, ä and ö in archives that hold UTF-8 without saying so."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("XYre.md", "# Överenskommelse")
    path = tmp_path / "mac.zip"
    path.write_bytes(stream.getvalue().replace(b"XYre.md", "Åre.md".encode()))
    (incoming,) = intake.list_files([path])
    assert incoming.sighting.name == "Åre.md"


@pytest.mark.usefixtures("read_at_once")
def test_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    """Protects files from old disks, whose names are not UTF-8."""
    source = write_file(tmp_path, "Habo", 2020)
    os.rename(os.fsencode(source), os.fsencode(tmp_path) + b"/\xe5re.md")
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:
        (found,) = collect_files(corpus, [tmp_path])
        assert found.outcome == "added"
        assert "\ufffd" in found.place


def test_outcomes_come_as_they_are_kept(tmp_path: Path) -> None:
    """Protects the progress bar and an early stop: what was told is in the corpus already."""
    folder = folder_of(tmp_path / "papper", 6)
    path = tmp_path / "avtal.db"
    with Corpus(path, create=True) as corpus:
        running = collect_files(corpus, [folder])
        first = next(running)
        with Corpus(path) as other:
            assert first.agreements[0] in other.ids(Filters(copies=True))
        running.close()
    with Corpus(path) as corpus:
        assert corpus.problems() == ()
