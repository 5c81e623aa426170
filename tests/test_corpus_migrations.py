"""Corpora of every released schema are brought to the newest, whole; what goes wrong on the way changes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from samsyn.corpora import migrations
from samsyn.corpora.corpus import Corpus
from samsyn.corpora.database import transaction
from samsyn.corpora.filters import Filters
from samsyn.errors import CorpusError
from samsyn.models.agreement import Unit
from tests.corpora import keep, made

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("schema-*.sql"))


def restored(dump: Path, path: Path) -> Path:
    """The corpus that was dumped when its schema was released."""
    with sqlite3.connect(path) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
    connection.close()
    return path


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda dump: dump.stem)
def test_every_released_schema_is_brought_up_to_date(dump: Path, tmp_path: Path) -> None:
    """Protects old corpora: what they held is there, found by every question, and more can be added."""
    path = restored(dump, tmp_path / "avtal.db")
    with Corpus(path) as corpus:
        assert migrations.schema_version(corpus.connection) == len(migrations.MIGRATIONS)
        assert corpus.problems() == ()
        assert corpus.ids() == ("are-2020-2023", "habo-2025-2028")
        assert corpus.agreement("habo-2025-2028").municipalities[0].name == "Habo"
        assert len(corpus.agreement("are-2020-2023").measures) == 5
        assert corpus.search("trygga").agreements == 2
        assert [row[1] for row in corpus.files().rows if row[2]] == ["failed"]
        units = (Unit(abbreviation="SN", name="socialnämnden", basis="document"),)
        assert keep(corpus, made("Ystad", units=units)).outcome == "added"
        assert [row[1:5] for row in corpus.table("units").rows] == [("ystad-2025-2028", 1, "SN", "socialnämnden")]
        assert len(corpus.ids(Filters(copies=True))) == 3


def test_every_schema_has_its_dump() -> None:
    """Protects the test above: whoever adds a migration dumps a corpus of the schema before it."""
    versions = {int(dump.stem.removeprefix("schema-")) for dump in SCHEMAS}
    assert versions == set(range(1, len(migrations.MIGRATIONS) + 1))


def test_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects a corpus from a step that breaks half way, or a power cut in it: it is as before, and usable."""
    path = tmp_path / "avtal.db"
    with Corpus(path, create=True) as corpus:
        keep(corpus, made())

    def breaks(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE runs ADD COLUMN half TEXT")
        connection.execute("SELECT * FROM nowhere")

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, breaks))
        with pytest.raises(CorpusError, match="nowhere"):
            Corpus(path)
    with Corpus(path) as corpus:
        columns = {row[1] for row in corpus.connection.execute("PRAGMA table_info(runs)")}
        assert "half" not in columns
        assert len(corpus.ids()) == 1


def test_tables_of_an_older_program_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the query tables: a program that makes others makes them when it opens the corpus, and says so."""
    path = tmp_path / "avtal.db"
    with Corpus(path, create=True) as corpus:
        keep(corpus, made())
        corpus.connection.execute("UPDATE settings SET value = 'older' WHERE name = 'projection'")
        corpus.connection.execute("DROP TABLE parties")
    told: list[bool] = []
    with Corpus(path, notice=lambda: told.append(True)) as corpus:
        assert len(list(corpus.table("parties").rows)) == 2
    assert told == [True]


def test_transaction_within_another_is_part_of_it(tmp_path: Path) -> None:
    """Protects all or nothing: what an inner step did goes when the outer one fails."""
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:

        def fail_within() -> None:
            with transaction(corpus.connection):
                keep(corpus, made())
                raise ValueError("stopp")

        with pytest.raises(ValueError, match="stopp"):
            fail_within()
        assert corpus.ids() == ()
