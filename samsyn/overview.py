"""Takes a corpus, gives the figures of its report: each a table that one command of `samsyn corpus` gives."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence

from samsyn.checking.summary import Checked, completeness, measurable_goals
from samsyn.corpora.corpus import Corpus
from samsyn.corpora.coverage import By
from samsyn.corpora.filters import EVERYTHING, Filters
from samsyn.errors import CorpusError
from samsyn.models.corpus_report import CorpusReport, Figure, FigureName
from samsyn.models.table import Row, Table, TableSchema

_LINES = 8
"""Recurring measures followed over the years."""
_MATRIX_ROWS, _MATRIX_COLUMNS = 25, 40
"""Recurring measures and municipalities of the heat map."""
_AREAS, _ROLES, _RENEWALS = 15, 14, 16
_MATRIX_LEAD = 4
"""Columns of the matrix before those of the municipalities."""


def report_on(corpus: Corpus, checks: Iterable[Checked], filters: Filters = EVERYTHING) -> CorpusReport:
    """The report of the agreements that the filters let through; `checks` are those of `samsyn.survey.check_all`.

    Raises CorpusError when there are none.
    """
    ids = corpus.ids(filters)
    if not ids:
        raise CorpusError(f"{corpus.path}: there is no agreement to report on")
    every_one = list(checks)
    maker = _Maker(corpus, filters)
    figures = (
        maker.coverage("counties", "county"),
        maker.coverage("years", "year"),
        maker.timeline(),
        maker.matrix(),
        maker.areas(),
        maker.whole("goals", measurable_goals(every_one, by="year"), "goals", "--by year"),
        maker.whole("roles", corpus.roles(filters), "roles", most=_ROLES),
        maker.whole("completeness", completeness(every_one), "completeness"),
        maker.whole("renewals", _changed(corpus.renewals(filters)), "renewals", most=_RENEWALS),
    )
    counts = {str(row[0]): int(row[1] or 0) for row in corpus.statistics(filters).rows}
    return CorpusReport(corpus.path.name, options_of(filters), counts, figures)


def options_of(filters: Filters) -> str:
    """The filters as one would give them on the command line."""
    words: list[str] = []
    for option, values in (
        ("--municipality", filters.municipalities),
        ("--county", filters.counties),
        ("--region", filters.regions),
        ("--kind", filters.kinds),
        ("--recurring", filters.recurring),
    ):
        for value in values:
            words += [option, value]
    first, last = filters.first_year, filters.last_year
    if first is not None or last is not None:
        years = str(first) if first == last else f"{first or ''}-{last or ''}"
        words.append(f"--year={years}" if years.startswith("-") else f"--year {years}")
    words += ["--copies"] if filters.copies else []
    return " ".join(word if word.startswith("--") else _quoted(word) for word in words)


def _quoted(word: str) -> str:
    """The word as a shell takes it; Swedish letters need no marks around them."""
    return word if re.fullmatch(r"[\w./:-]+", word) else shlex.quote(word)


class _Maker:
    """Makes figures of a corpus under filters."""

    def __init__(self, corpus: Corpus, filters: Filters) -> None:
        self._corpus = corpus
        self._filters = filters

    def whole(self, name: FigureName, table: Table, *command: str, most: int | None = None) -> Figure:
        """The first rows of the table that the command gives, or all."""
        rows = list(table.rows)
        return Figure(name, Table(table.schema, rows[:most]), self._command(*command), len(rows))

    def coverage(self, name: FigureName, by: By) -> Figure:
        """Coverage; without rows when no agreement has a period."""
        try:
            table = self._corpus.coverage(self._filters, by=by)
        except CorpusError:
            table = Table(TableSchema("coverage", "", ()), [])
        return self.whole(name, table, "coverage", f"--by {by}")

    def areas(self) -> Figure:
        """Themes, and titles of none that more than one agreement has."""
        table = self._corpus.areas(self._filters, by="year")
        rows = [*table.rows]
        shown = [row for row in rows if row[0] or int(row[2] or 0) > 1][:_AREAS]
        return Figure("areas", Table(table.schema, shown), self._command("areas", "--by year"), len(rows))

    def timeline(self) -> Figure:
        """The recurring measures that have reached furthest in any year."""
        furthest: dict[str, float] = {}
        for row in self._corpus.timeline(self._filters).rows:
            furthest[str(row[0])] = max(furthest.get(str(row[0]), 0.0), float(row[4] or 0))
        ids = sorted(furthest, key=lambda one: (-furthest[one], one))[:_LINES]
        if not ids:
            return self.whole("timeline", Table(TableSchema("timeline", "", ()), []), "timeline")
        return self.whole("timeline", self._corpus.timeline(self._filters, ids), "timeline", *ids)

    def matrix(self) -> Figure:
        """The commonest recurring measures in the municipalities that have most agreements."""
        table = self._corpus.matrix(self._filters, by="municipality")
        rows = list(table.rows)
        places = self._most_agreements([column.name for column in table.schema.columns[_MATRIX_LEAD:]])
        kept = [*range(_MATRIX_LEAD), *(n for n, column in enumerate(table.schema.columns) if column.name in places)]
        schema = TableSchema(table.schema.name, table.schema.description, tuple(table.schema.columns[n] for n in kept))
        shown: list[Row] = [tuple(row[n] for n in kept) for row in rows[:_MATRIX_ROWS]]
        columns = len(table.schema.columns) - _MATRIX_LEAD
        command = self._command("matrix", "--by municipality")
        return Figure("matrix", Table(schema, shown), command, len(rows), columns)

    def _most_agreements(self, names: Sequence[str]) -> set[str]:
        counted = dict.fromkeys(names, 0)
        for row in self._corpus.listing(self._filters).rows:
            for name in str(row[2] or "").split(", "):
                if name in counted:
                    counted[name] += 1
        return {*sorted(names, key=lambda name: (-counted[name], name))[:_MATRIX_COLUMNS]}

    def _command(self, name: str, *rest: str) -> str:
        words = ("samsyn corpus", name, _quoted(str(self._corpus.path)), *rest, options_of(self._filters))
        return " ".join(word for word in words if word)


def _changed(table: Table) -> Table:
    """The rows that are new or gone anywhere; the others come behind them."""
    return Table(table.schema, [row for row in table.rows if row[3] or row[5]])
