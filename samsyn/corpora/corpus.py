"""A corpus: one SQLite file that holds agreements of many municipalities and years; opened, added to, asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from samsyn.corpora import areas, coverage, renewals, review, roles, sampling, spread, statistics, truth
from samsyn.corpora.corrections import STATES, laid_over
from samsyn.corpora.database import fold_in, is_read_only, open_database, reading, transaction
from samsyn.corpora.export import Wishes, dataset_of
from samsyn.corpora.filters import EVERYTHING, Filters, condition_of
from samsyn.corpora.frames import Library, frame_of
from samsyn.corpora.integrity import problems_of
from samsyn.corpora.migrations import migrate
from samsyn.corpora.projection import QUERY_TABLES, ensure_projection, project_source, rebuild
from samsyn.corpora.relations import DISAGREEMENTS, RELATIONS, settle, unsettled
from samsyn.corpora.review import Imported
from samsyn.corpora.search import Found, search
from samsyn.corpora.tables import AGREEMENTS
from samsyn.corpora.truth import Kept, Reading, Sighting
from samsyn.corpora.versions import extractor_version
from samsyn.errors import CorpusError
from samsyn.models.agreement import (
    Agreement,
    FocusArea,
    Goal,
    Measure,
    Mention,
    ProblemPicture,
    Signatory,
)
from samsyn.models.corrections import Corrections
from samsyn.models.dataset import Dataset
from samsyn.models.review import ReviewRow
from samsyn.models.table import Column, Row, Table, TableSchema


class Outcome(NamedTuple):
    """What became of a file: added, known, refreshed, unchanged or failed, with the reason of a failure."""

    place: str
    outcome: str
    reason: str | None = None
    agreements: tuple[str, ...] = ()
    """The ids of the agreements in it."""


class Corpus:
    """The corpus in the file at `path`; with `create`, a new one where there is none.

    A context manager. Raises CorpusError when the file is missing, no corpus, or of a newer program.
    """

    def __init__(self, path: str | Path, *, create: bool = False, notice: Callable[[], None] = lambda: None) -> None:
        self.path = Path(path)
        self.connection = open_database(self.path, create=create)
        try:
            migrate(self.connection)
            ensure_projection(self.connection, notice)
            self._settle_if_needed()
        except BaseException:
            self.connection.close()
            raise

    def __enter__(self) -> Corpus:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; what was written is brought into it first."""
        if not self.read_only:
            fold_in(self.connection)
        self.connection.close()

    @property
    def read_only(self) -> bool:
        """True when the file cannot be written to."""
        return is_read_only(self.connection)

    # What is kept

    def start_run(self, command: str, extractor: str, settings: Mapping[str, object]) -> int:
        """The number of a new run; outcomes are recorded under it."""
        if self.read_only:
            raise CorpusError(f"{self.path}: cannot be written to")
        with transaction(self.connection):
            return truth.start_run(self.connection, command, extractor, settings)

    def finish_run(self, run: int) -> None:
        """Record that the run came to its end."""
        with transaction(self.connection):
            truth.finish_run(self.connection, run)

    def renew(self, run: int, sighting: Sighting, result: Reading) -> Outcome:
        """Put a new reading in the place of the old one; one that failed leaves what was read before as it is."""
        with transaction(self.connection):
            before = truth.kept_of_source(self.connection, result.sha256)
            if result.error is not None and before:
                return self._note(run, sighting, result.sha256, "failed", result.error)
            truth.keep_reading(self.connection, run, result)
            project_source(self.connection, result.sha256)
            same = tuple(kept.agreement for kept in before) == result.agreements
            outcome = "failed" if result.error else "unchanged" if same else "refreshed"
            return self._note(run, sighting, result.sha256, outcome, result.error)

    def outdated(self, extractor: str) -> tuple[str, ...]:
        """The hashes of the sources that another extractor read, in order."""
        return truth.read_by_others(self.connection, extractor)

    def sightings(self, sha256: str) -> tuple[Sighting, ...]:
        """Where a source was met."""
        return truth.sightings_of(self.connection, sha256)

    def document(self, sha256: str) -> bytes | None:
        """The document read of a source, as packed by `samsyn.models.stored`; None when there is none."""
        return truth.document_of(self.connection, sha256)

    def is_read(self, sha256: str, extractor: str | None = None) -> bool:
        """True when this content was read before; with `extractor`, by that one."""
        known = truth.extraction_of(self.connection, sha256)
        return known is not None and extractor in (None, known[0])

    def keep(self, run: int, sighting: Sighting, result: Reading) -> Outcome:
        """Record what was read of a file, all of it or nothing; content that another run has kept stays as it is."""
        with transaction(self.connection):
            if self.is_read(result.sha256):
                return self.keep_known(run, sighting, result.sha256)
            truth.keep_source(self.connection, run, result.sha256, result.size)
            truth.keep_sighting(self.connection, run, result.sha256, sighting)
            truth.keep_reading(self.connection, run, result)
            project_source(self.connection, result.sha256)
            return self._note(run, sighting, result.sha256, "failed" if result.error else "added", result.error)

    def keep_known(self, run: int, sighting: Sighting, sha256: str) -> Outcome:
        """Record that a file holds content that was read before."""
        with transaction(self.connection):
            if truth.keep_sighting(self.connection, run, sha256, sighting):
                project_source(self.connection, sha256)
            known = truth.extraction_of(self.connection, sha256)
            return self._note(run, sighting, sha256, "known", known[1] if known else None)

    def keep_failure(self, run: int, sighting: Sighting, reason: str) -> Outcome:
        """Record a file whose bytes could not be had."""
        with transaction(self.connection):
            return self._note(run, sighting, None, "failed", reason)

    def _note(self, run: int, sighting: Sighting, sha256: str | None, outcome: str, reason: str | None) -> Outcome:
        truth.note_outcome(self.connection, run, sighting.place, outcome, source=sha256, reason=reason)
        ids = truth.ids_of_source(self.connection, sha256) if sha256 else ()
        return Outcome(sighting.place, outcome, reason, ids)

    def rebuild(self) -> None:
        """Make the query tables anew from what is kept."""
        with transaction(self.connection):
            rebuild(self.connection)
            settle(self.connection)

    def settle(self) -> None:
        """Bring copies and relations up to date after something was added; needed to see them at once."""
        settle(self.connection)

    def _settle_if_needed(self) -> None:
        """A run that was killed has left it to the next who opens the corpus."""
        if not self.read_only and unsettled(self.connection):
            settle(self.connection)

    def problems(self) -> tuple[str, ...]:
        """What is not whole in the corpus, one line each; empty when all is well."""
        return problems_of(self.connection)

    # What is asked

    def agreements(self, filters: Filters = EVERYTHING) -> Iterator[Agreement]:
        """The agreements that the filters let through, by id, with people's corrections laid over them."""
        for kept in self.kept(filters):
            yield kept.agreement

    def kept(self, filters: Filters = EVERYTHING) -> Iterator[Kept]:
        """The same with the id that each agreement has in the corpus."""
        for identity in self.ids(filters):
            yield self._kept(identity)

    def ids(self, filters: Filters = EVERYTHING) -> tuple[str, ...]:
        """The ids of the agreements that the filters let through, in order."""
        condition = condition_of(self.connection, filters)
        rows = self._rows(f"SELECT id FROM agreements WHERE {condition.sql} ORDER BY id", condition.parameters)
        return tuple(str(row[0]) for row in rows)

    def agreement(self, identity: str) -> Agreement:
        """The agreement of that name, present or former. Raises CorpusError when there is none."""
        return self._kept(identity).agreement

    def entry(self, identity: str) -> Kept:
        """The agreement of that name with its id, source and place there. Raises CorpusError when there is none."""
        return self._kept(identity)

    def focus_areas(self, filters: Filters = EVERYTHING) -> Iterator[FocusArea]:
        """The focus areas of the agreements."""
        return (value for agreement in self.agreements(filters) for value in agreement.focus_areas)

    def goals(self, filters: Filters = EVERYTHING) -> Iterator[Goal]:
        """The goals of the agreements."""
        return (value for agreement in self.agreements(filters) for value in agreement.goals)

    def problem_pictures(self, filters: Filters = EVERYTHING) -> Iterator[ProblemPicture]:
        """The problem pictures of the agreements."""
        return (value for agreement in self.agreements(filters) for value in agreement.problem_pictures)

    def measures(self, filters: Filters = EVERYTHING) -> Iterator[Measure]:
        """The measures of the agreements."""
        return (value for agreement in self.agreements(filters) for value in agreement.measures)

    def mentions(self, filters: Filters = EVERYTHING) -> Iterator[Mention]:
        """The recurring measures that are named in the agreements."""
        return (value for agreement in self.agreements(filters) for value in agreement.mentions)

    def signatories(self, filters: Filters = EVERYTHING) -> Iterator[Signatory]:
        """Those who sign the agreements."""
        return (value for agreement in self.agreements(filters) for value in agreement.signatories)

    def frame(self, name: str, filters: Filters = EVERYTHING, *, library: Library = "pandas") -> Any:
        """A query table as a data frame of pandas or polars; of its rows, those of the agreements let through.

        Raises CorpusError for an unknown table, and without the extra `dataframes`.
        """
        with reading(self.connection):
            return frame_of(self._chosen(name, filters), library)

    def _chosen(self, name: str, filters: Filters) -> Table:
        whole = self.table(name)
        if "agreement" in whole.schema.names:
            place = whole.schema.names.index("agreement")
        elif name == "agreements":
            place = 0
        else:
            return whole
        wanted = {*self.ids(filters)}
        return Table(whole.schema, [row for row in whole.rows if row[place] in wanted])

    def generations(self, filters: Filters) -> tuple[str, ...]:
        """The ids of the agreements that have a first day, in the order of their periods."""
        condition = condition_of(self.connection, filters)
        rows = self._rows(
            f"SELECT id FROM agreements WHERE start_date IS NOT NULL AND {condition.sql} ORDER BY start_date, id",
            condition.parameters,
        )
        return tuple(str(row[0]) for row in rows)

    def _kept(self, identity: str) -> Kept:
        found = truth.kept_by_id(self.connection, identity)
        if found is None:
            raise CorpusError(f"{self.path}: no agreement is called {identity!r}{self._perhaps(identity)}")
        return found._replace(agreement=laid_over(self.connection, found).agreement)

    def _perhaps(self, identity: str) -> str:
        start = identity.partition("-")[0]
        near = (
            self._rows("SELECT id FROM agreements WHERE id LIKE ? ORDER BY id LIMIT 5", (f"{start}%",)) if start else []
        )
        return f"; there is {', '.join(str(row[0]) for row in near)}" if near else ""

    def search(self, query: str, filters: Filters = EVERYTHING, *, limit: int = 20, hits_each: int = 3) -> Found:
        """The passages that answer the query, best agreements first; `samsyn.corpora.search` says what it may hold."""
        with reading(self.connection):
            condition = condition_of(self.connection, filters)
            return search(self.connection, query, condition, limit=limit, hits_each=hits_each)

    def listing(self, filters: Filters = EVERYTHING) -> Table:
        """The agreements that the filters let through, one row each, by municipality and period."""
        condition = condition_of(self.connection, filters)
        columns = [next(column for column in AGREEMENTS.columns if column.name == name) for name in _LISTED]
        rows = self._rows(
            f"SELECT {', '.join(column.name for column in columns)} FROM agreements WHERE {condition.sql} "
            "ORDER BY municipality, start_date, kind, id",
            condition.parameters,
        )
        return Table(TableSchema("agreements", AGREEMENTS.description, tuple(columns)), rows)

    def matrix(
        self, filters: Filters = EVERYTHING, *, by: spread.By = "agreement", basis: spread.Basis = "any"
    ) -> Table:
        """Recurring measures against agreements, municipalities, counties or years; see `samsyn.corpora.spread`."""
        with reading(self.connection):
            return spread.matrix(self.connection, filters, by=by, basis=basis)

    def timeline(
        self, filters: Filters = EVERYTHING, recurring: Sequence[str] = (), *, basis: spread.Basis = "any"
    ) -> Table:
        """Year by year in how many municipalities each recurring measure is in force."""
        with reading(self.connection):
            return spread.timeline(self.connection, filters, recurring, basis=basis)

    def coverage(self, filters: Filters = EVERYTHING, *, by: coverage.By = "municipality") -> Table:
        """Which municipalities and years the corpus has agreements for, and which are missing."""
        with reading(self.connection):
            return coverage.coverage(self.connection, filters, by=by)

    def series(self, filters: Filters = EVERYTHING) -> Table:
        """The agreements of each municipality and kind in order, with the gaps between them."""
        with reading(self.connection):
            return coverage.series(self.connection, filters)

    def statistics(self, filters: Filters = EVERYTHING) -> Table:
        """How much the corpus holds, and how complete it is."""
        with reading(self.connection):
            return statistics.statistics(self.connection, filters)

    def areas(self, filters: Filters = EVERYTHING, *, by: areas.By = "all") -> Table:
        """What focus areas are about, and how many agreements have one of each; see `samsyn.corpora.areas`."""
        with reading(self.connection):
            return areas.areas(self.connection, filters, by=by)

    def roles(self, filters: Filters = EVERYTHING) -> Table:
        """The roles in which agreements are signed, by party; no names."""
        with reading(self.connection):
            return roles.roles(self.connection, filters)

    def renewals(self, filters: Filters = EVERYTHING, *, by: renewals.By = "item") -> Table:
        """What is new and gone in the newest agreement of each municipality, beside the one before it."""
        with reading(self.connection):
            return renewals.renewals(self.connection, filters, by=by)

    def relations(self, identity: str | None = None) -> Table:
        """How agreements belong together: all relations, or those that one agreement has a part in."""
        return self._of_agreement(RELATIONS, identity)

    def disagreements(self, identity: str | None = None) -> Table:
        """Where copies of an agreement differ in what was read of them: all, or those of one agreement."""
        return self._of_agreement(DISAGREEMENTS, identity)

    def dataset(self, wishes: Wishes) -> Dataset:
        """What is to be published; go through its rows before the corpus is closed."""
        return dataset_of(self.connection, wishes, self.quality())

    # What people say

    def review(self, filters: Filters = EVERYTHING, *, limit: int = 5000) -> list[ReviewRow]:
        """The most doubtful values, the least sure first, to be judged by people."""
        with reading(self.connection):
            return review.review_rows(self.connection, self.ids(filters), limit=limit)

    def take_review(self, rows: Iterable[tuple[int, ReviewRow]], *, who: str) -> Imported:
        """Keep the verdicts and corrections of numbered rows; each value of a row is taken whole or not at all."""
        extractor = extractor_version()
        run = self.start_run("review", extractor, {"who": who})
        with transaction(self.connection):
            taken = review.take_review(self.connection, run, rows, who, extractor)
            for (source,) in self.connection.execute(
                "SELECT DISTINCT source FROM corrections WHERE run = ? ORDER BY source", (run,)
            ).fetchall():
                project_source(self.connection, source)
        self.settle()
        self.finish_run(run)
        return taken

    def correct(self, identity: str, path: str, value: str | None, *, who: str, note: str = "") -> None:
        """Lay a corrected value over what was read, at a path such as 'period.end' or 'goals[g3].text'.

        Values are written as in a review: several texts parted by semicolons, days as 2025-01-31; None empties the
        field. Raises CorpusError when there is no such value, or it cannot be that.
        """
        taken = self.take_review([(1, review.row_at(self.connection, identity, path, value, note))], who=who)
        for problem in taken.problems:
            raise CorpusError(problem.removeprefix("row 1: "))

    def rows_of_corrections(self, given: Corrections) -> list[tuple[int, ReviewRow]]:
        """The verdicts of a corrections file as rows for `take_review`. Raises CorpusError for an unknown file."""
        return list(review.rows_of_corrections(self.connection, given))

    def corrections(self) -> Table:
        """Every correction in force, and what became of it."""
        return self.table(STATES.name)

    def sample(
        self, size: int, *, seed: str = "0", each_field: bool = False, filters: Filters = EVERYTHING
    ) -> list[ReviewRow]:
        """`size` values (of each field) drawn by chance, to be judged by people; the draw is recorded."""
        run = self.start_run("sample", extractor_version(), {"seed": seed, "size": size})
        with transaction(self.connection):
            values = review.present_values(self.connection, self.ids(filters))
            drawn, population = sampling.draw(values, size=size, seed=seed, each_field=each_field)
            sampling.keep_sample(self.connection, run, drawn, seed=seed, each_field=each_field, population=population)
            rows = review.rows_of_sample(self.connection, drawn)
        self.finish_run(run)
        return rows

    def quality(self, *, every_check: bool = False) -> Table:
        """How right the values of each field are, by the checks of samples; see `samsyn.corpora.sampling.quality`."""
        with reading(self.connection):
            checked = self._rows("SELECT id FROM agreements WHERE sha256 IN (SELECT source FROM checks) ORDER BY id")
            present = review.present_values(self.connection, (str(row[0]) for row in checked))
            return sampling.quality(self.connection, present, every_check=every_check)

    def _of_agreement(self, schema: TableSchema, identity: str | None) -> Table:
        if identity is None:
            return self.table(schema.name)
        name = self._kept(identity).id
        sql = f"SELECT {', '.join(schema.names)} FROM {schema.name} WHERE ? IN (agreement, other) ORDER BY 1, 2, 3, 4"
        return Table(schema, self._rows(sql, (name,)))

    def table(self, name: str) -> Table:
        """A query table whole, its rows in the order of their key. Raises CorpusError for a name that none has."""
        schema = QUERY_TABLES.get(name)
        if schema is None:
            raise CorpusError(f"no table is called {name!r}; there are {', '.join(QUERY_TABLES)}")
        columns = ", ".join(f'"{column}"' for column in schema.names)
        order = ", ".join(f'"{column}"' for column in schema.key)
        return Table(schema, self._rows(f"SELECT {columns} FROM {name} ORDER BY {order}"))

    def files(self) -> Table:
        """Every file that was met, with the newest outcome."""
        rows = self._rows(_FILES)
        return Table(TableSchema("files", "Files that were met, and what became of them last", _FILE_COLUMNS, ()), rows)

    def _rows(self, sql: str, parameters: Sequence[str | int] = ()) -> list[Row]:
        try:
            return self.connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise CorpusError(f"{self.path}: {error}") from error


_LISTED = (
    "id", "kind", "municipality", "county", "start_date", "end_date", "title", "goals", "measures", "signatories",
    "warnings", "copy_of", "file",
)  # fmt: skip
_FILE_COLUMNS = (
    Column("place", description="path of the file, or archive!name"),
    Column("outcome", description="what became of it last"),
    Column("reason"),
    Column("sha256"),
    Column("at"),
)
_FILES = """
    SELECT place, outcome, reason, source, at FROM outcomes
    WHERE id IN (SELECT max(id) FROM outcomes GROUP BY place) ORDER BY place
"""
