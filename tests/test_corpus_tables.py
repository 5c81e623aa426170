"""The researcher's questions: the matrix, the spread over years, what is missing, how much there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samsyn.corpora.corpus import Corpus
from samsyn.corpora.coverage import spans_of
from samsyn.corpora.filters import Filters
from samsyn.errors import CorpusError
from samsyn.models.agreement import Agreement, Measure, Mention, RecurringMatch
from tests.corpora import keep, made


def having(name: str, start: int, end: int | None, *, measures: str = "", mentions: str = "") -> Agreement:
    """An agreement with these recurring measures, by ids with spaces between."""
    own = tuple(
        Measure(id=f"m{n}", form="row", title=one, recurring=(RecurringMatch(id=one, name=one, score=0.9),))
        for n, one in enumerate(measures.split(), start=1)
    )
    named = tuple(Mention(id=one, text=one) for one in mentions.split())
    return made(name, start, end, measures=own, mentions=named)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """Four agreements of three municipalities; EST spreads from Habo to Ystad."""
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:
        keep(corpus, having("Habo", 2016, 2019, measures="est nattvandring"))
        keep(corpus, having("Habo", 2020, 2023, measures="est", mentions="est est nattvandring"))
        keep(corpus, having("Ystad", 2018, None, mentions="est"))
        keep(corpus, having("Åre", 2012, 2013, measures="andts-coach"))
        corpus.settle()
        yield corpus


def test_matrix_of_agreements(corpus: Corpus) -> None:
    """Protects the cells: how often each agreement has each measure; a measure that is mentioned too counts once."""
    table = corpus.matrix()
    assert table.schema.names == (
        "id", "name", "category", "total", "are-2012-2013", "habo-2016-2019", "habo-2020-2023", "ystad-2018",
    )  # fmt: skip
    cells = {row[0]: row[3:] for row in table.rows}
    assert cells == {
        "est": (4, 0, 1, 2, 1),
        "nattvandring": (2, 0, 1, 1, 0),
        "andts-coach": (1, 1, 0, 0, 0),
    }


def test_matrix_of_measures_alone(corpus: Corpus) -> None:
    """Protects the narrower question: only measures that are it, not what is named in passing."""
    cells = {row[0]: row[3] for row in corpus.matrix(basis="measures").rows}
    assert cells == {"est": 2, "nattvandring": 1, "andts-coach": 1}


@pytest.mark.parametrize(
    ("by", "columns", "est"),
    [
        ("municipality", ("Habo", "Ystad", "Åre"), (2, 1, 0)),
        ("county", ("Jämtlands län", "Jönköpings län", "Skåne län"), (0, 2, 1)),
    ],
)
def test_matrix_by_place(corpus: Corpus, by: str, columns: tuple[str, ...], est: tuple[int, ...]) -> None:
    """Protects the other groupings: a cell counts agreements that have the measure, once each."""
    table = corpus.matrix(by=by)  # type: ignore[arg-type]
    assert table.schema.names[4:] == columns
    assert next(row for row in table.rows if row[0] == "est")[4:] == est


def test_matrix_by_year(corpus: Corpus) -> None:
    """Protects years: each agreement counts in every year it is valid, 'tills vidare' up to the newest year known."""
    table = corpus.matrix(Filters(first_year=2018, last_year=2021), by="year")
    assert table.schema.names[4:] == ("2018", "2019", "2020", "2021")
    est = next(row for row in table.rows if row[0] == "est")
    assert est[4:] == (2, 2, 2, 2)
    assert est[3] == 3, "an agreement of several years is one agreement"


def test_timeline_of_a_measure(corpus: Corpus) -> None:
    """Protects the spread: municipalities a year, who is new, and of how many with any agreement."""
    rows = {row[2]: row[3:] for row in corpus.timeline(recurring=("est",)).rows}
    assert rows[2016] == (1, 1, 1, 1, 1.0)
    assert rows[2018] == (2, 2, 1, 2, 1.0)
    assert rows[2023] == (2, 2, 0, 2, 1.0)
    assert set(rows) == set(range(2016, 2024))


def test_timeline_counts_the_forms_of_a_measure(corpus: Corpus) -> None:
    """Protects families: an ANDTS coach is ANDT work when ANDT is asked for."""
    rows = list(corpus.timeline(recurring=("andt",)).rows)
    assert [(row[0], row[2], row[4]) for row in rows] == [("andt", 2012, 1), ("andt", 2013, 1)]


def test_timeline_of_an_unknown_measure_is_told(corpus: Corpus) -> None:
    """Protects against an empty answer to a misspelt id; one that nobody has is no error."""
    with pytest.raises(CorpusError, match="no recurring measure"):
        corpus.timeline(recurring=("ets",))
    assert list(corpus.timeline(recurring=("sig",)).rows) == []


def test_timeline_of_all(corpus: Corpus) -> None:
    """Protects the overview: without an id, every measure that is there."""
    assert {row[0] for row in corpus.timeline().rows} == {"est", "nattvandring", "andts-coach"}


def test_coverage_names_what_is_missing(corpus: Corpus) -> None:
    """Protects the gap list: every municipality of the register is there, with covered and missing years."""
    rows = {row[1]: row[3:] for row in corpus.coverage(Filters(first_year=2015, last_year=2024)).rows}
    assert len(rows) == 290
    assert rows["Habo"] == (2, "2016–2023", "2015, 2024", 0.8)
    assert rows["Åre"] == (0, None, "2015–2024", 0.0)
    assert rows["Håbo"] == (0, None, "2015–2024", 0.0)


def test_coverage_of_a_county(corpus: Corpus) -> None:
    """Protects the county's coordinator: its own municipalities, and no others."""
    rows = list(corpus.coverage(Filters(counties=("Jämtland",))).rows)
    assert len(rows) == 8
    assert {row[2] for row in rows} == {"Jämtlands län"}


def test_coverage_by_county_and_year(corpus: Corpus) -> None:
    """Protects the sums."""
    asked = Filters(first_year=2016, last_year=2019)
    by_county = {row[0]: row[1:] for row in corpus.coverage(asked, by="county").rows}
    assert by_county["Jönköpings län"] == (13, 1, round(4 / 52, 4))
    by_year = {row[0]: row[1:] for row in corpus.coverage(asked, by="year").rows}
    assert by_year[2017] == (290, 1, round(1 / 290, 4))
    assert by_year[2018] == (290, 2, round(2 / 290, 4))


def test_coverage_without_years_is_told(corpus: Corpus) -> None:
    """Protects against a table of nothing."""
    with pytest.raises(CorpusError, match="--year"):
        corpus.coverage(Filters(kinds=("annat",)))


@pytest.mark.parametrize(
    ("years", "text"), [((), None), ((2016,), "2016"), ((2016, 2017, 2018, 2020), "2016–2018, 2020")]
)
def test_years_in_few_words(years: tuple[int, ...], text: str | None) -> None:
    """Protects the reading of spans."""
    assert spans_of(years) == text


def test_statistics(corpus: Corpus) -> None:
    """Protects the counts and their shares."""
    rows = {row[0]: row[1:] for row in corpus.statistics().rows}
    assert rows["files"] == (4, None)
    assert rows["agreements"] == (4, None)
    assert rows["samverkansöverenskommelse"] == (4, 1.0)
    assert rows["municipalities with an agreement"] == (3, round(3 / 290, 4))
    assert rows["agreements with measures"] == (3, 0.75)
    assert rows["measures"] == (4, None)
    assert rows["measures that are a recurring measure"] == (4, 1.0)
    assert {row[0]: row[1] for row in corpus.statistics(Filters(first_year=2019)).rows}["agreements"] == 3
