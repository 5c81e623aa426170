"""The corpus as a store: what is kept, under which names, how it is found again."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from samsyn.corpora.corpus import Corpus
from samsyn.corpora.filters import Filters, years_of
from samsyn.corpora.truth import Reading, Sighting
from samsyn.errors import CorpusError
from samsyn.extract.read import read_document
from samsyn.models.agreement import Goal, Measure, ProblemPicture, Signatory, Unit
from samsyn.models.stored import pack_document
from samsyn.pipeline import understand_document
from tests.corpora import keep, made, place, write_file


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """A new corpus."""
    with Corpus(tmp_path / "avtal.db", create=True) as made:
        yield made


def test_agreement_comes_back_as_it_was_kept(corpus: Corpus) -> None:
    """Protects the truth: nothing of an agreement is lost between keeping and showing it."""
    one = made()
    outcome = keep(corpus, one)
    assert outcome.outcome == "added"
    assert outcome.agreements == (one.id,)
    assert corpus.agreement(one.id) == one
    assert list(corpus.agreements()) == [one]


def test_same_content_is_kept_once(corpus: Corpus) -> None:
    """Protects against doubling: the second file with the same bytes is noted as another place, no more."""
    one = made()
    keep(corpus, one, name="a.pdf")
    assert keep(corpus, one, name="b.pdf").outcome == "known"
    assert len(corpus.ids(Filters(copies=True))) == 1
    assert [row[:2] for row in corpus.files().rows] == [("/papper/a.pdf", "added"), ("/papper/b.pdf", "known")]


def test_ids_are_unique_and_stay(corpus: Corpus) -> None:
    """Protects citations: agreements with one slug get names of their own, that making the tables anew leaves alone."""
    first, second = made(), made(seed="another")
    assert keep(corpus, first).agreements == ("habo-2025-2028",)
    assert keep(corpus, second).agreements == ("habo-2025-2028-2",)
    corpus.rebuild()
    assert corpus.agreement("habo-2025-2028-2") == second


def test_several_agreements_of_a_file_are_all_kept(corpus: Corpus) -> None:
    """Protects the second agreement of a bundle."""
    keep(corpus, made(start=2020, end=2023), made(start=2024, end=2027))
    assert corpus.ids() == ("habo-2020-2023", "habo-2024-2027")


def test_unreadable_content_is_remembered(corpus: Corpus) -> None:
    """Protects time and the record: why a file gave nothing stands in the corpus, and it is not read again."""
    run = corpus.start_run("add", "test", {})
    outcome = corpus.keep(run, Sighting("a.pdf", "/a.pdf"), Reading("f" * 64, 3, "test", error="is encrypted"))
    assert (outcome.outcome, outcome.reason) == ("failed", "is encrypted")
    assert corpus.is_read("f" * 64)
    assert [row[:3] for row in corpus.files().rows] == [("/a.pdf", "failed", "is encrypted")]


def test_unknown_id_is_told_with_what_there_is(corpus: Corpus) -> None:
    """Protects a slip of the finger from a dead end."""
    keep(corpus, made())
    with pytest.raises(CorpusError, match="there is habo-2025-2028"):
        corpus.agreement("habo-2026-2028")


def test_every_list_of_the_model_is_a_table(corpus: Corpus) -> None:
    """Protects the query tables: each value of the agreement has its row, with the page and the words behind it."""
    one = made()
    keep(corpus, one)
    for name in ("goals", "measures", "problem_pictures", "signatories", "mentions", "parties", "focus_areas"):
        rows = list(corpus.table(name).rows)
        assert len(rows) == len(getattr(one, name)), name
        assert all(row[1] == one.id for row in rows)
    evidence = list(corpus.table("evidence").rows)
    assert sum(row[0] == "measures" for row in evidence) == sum(len(m.evidence) for m in one.measures)
    assert ("measures", "habo-2025-2028.m1") in {row[:2] for row in evidence}


def test_abbreviated_units_have_their_names(corpus: Corpus) -> None:
    """Protects who counts by committee: 'SN' and 'socialnämnden' are the same, where the agreement says so."""
    measure = Measure(id="m1", form="row", title="Tillsyn", responsible=("SN", "Polisen"))
    units = (Unit(abbreviation="SN", name="socialnämnden", basis="document"), Unit(abbreviation="XY"))
    keep(corpus, made(measures=(measure,), units=units))
    rows = list(corpus.table("measure_responsible").rows)
    assert [row[1:] for row in rows] == [
        (1, "habo-2025-2028", "SN", "socialnämnden"),
        (2, "habo-2025-2028", "Polisen", None),
    ]
    assert [row[3:6] for row in corpus.table("units").rows] == [("SN", "socialnämnden", "document"), ("XY", None, None)]


def test_rebuilding_changes_nothing(corpus: Corpus) -> None:
    """Protects the projection: made along the way or all at once, the tables are the same."""
    for number in range(4):
        keep(corpus, made(seed=str(number)), name=f"{number}.pdf")
    corpus.settle()
    before = contents(corpus)
    corpus.rebuild()
    assert contents(corpus) == before
    assert corpus.problems() == ()


def contents(corpus: Corpus) -> dict[str, list[object]]:
    """Every row of every query table, in an order of its own."""
    names = [row[0] for row in corpus.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [name for name in names if "_fts" not in name and not name.startswith(("search_", "sqlite_", "words"))]
    truth = {"runs", "outcomes", "settings", "sources", "files", "extractions", "extracted_agreements", "identities"}
    truth |= {"corrections", "samples", "sample_items", "checks"}
    return {
        name: sorted(corpus.connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
        for name in sorted(set(kept) - truth - {"passages"})
    }


def test_problems_are_seen(corpus: Corpus) -> None:
    """Protects `check` from saying that all is well whatever happens."""
    keep(corpus, made())
    corpus.connection.execute("PRAGMA foreign_keys = OFF")
    corpus.connection.execute("DELETE FROM search_entries")
    corpus.connection.execute("DELETE FROM agreements")
    said = "\n".join(corpus.problems())
    assert "references lead nowhere" in said
    assert "1 agreements without a row" in said


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(municipalities=("Habo",)), ["habo-2025-2028"]),
        (Filters(municipalities=("0305",)), ["habo-2021-2024"]),
        (Filters(municipalities=("Håbo kommun", "Åre")), ["are-2019-2022", "habo-2021-2024"]),
        (Filters(counties=("Jämtland",)), ["are-2019-2022"]),
        (Filters(counties=("Uppsala län",)), ["habo-2021-2024"]),
        (Filters(regions=("mitt",)), ["habo-2021-2024"]),
        (Filters(first_year=2025), ["habo-2025-2028"]),
        (Filters(first_year=2022, last_year=2022), ["are-2019-2022", "habo-2021-2024"]),
        (Filters(last_year=2020), ["are-2019-2022"]),
        (Filters(kinds=("medborgarlöfte",)), []),
        (Filters(recurring=("est",)), ["are-2019-2022", "habo-2021-2024", "habo-2025-2028"]),
    ],
    ids=str,
)
def test_filters(corpus: Corpus, filters: Filters, expected: list[str]) -> None:
    """Protects each filter, and Habo from Håbo."""
    for one in (made("Habo", 2025, 2028), made("Håbo", 2021, 2024), made("Åre", 2019, 2022)):
        keep(corpus, one)
    assert list(corpus.ids(filters)) == expected


def test_open_ended_agreement_is_valid_in_later_years(corpus: Corpus) -> None:
    """Protects 'tills vidare': no last day is not a year that is over."""
    keep(corpus, made(start=2012, end=None))
    assert corpus.ids(Filters(first_year=2025))
    assert not corpus.ids(Filters(last_year=2011))


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(municipalities=("Habbo",)), "did you mean Habo"),
        (Filters(municipalities=("Angelholm",)), "did you mean Ängelholm"),
        (Filters(counties=("Blekinge och",)), "no county"),
        (Filters(regions=("Sydväst",)), "no police region"),
        (Filters(recurring=("grannstöd",)), "no recurring measure"),
    ],
    ids=str,
)
def test_name_that_nothing_has_is_told(corpus: Corpus, filters: Filters, told: str) -> None:
    """Protects against an empty answer to a misspelt question."""
    with pytest.raises(CorpusError, match=told):
        corpus.ids(filters)


@pytest.mark.parametrize(
    ("text", "years"),
    [("2016", (2016, 2016)), ("2016-2019", (2016, 2019)), ("2016–", (2016, None)), ("-2019", (None, 2019))],
)
def test_years(text: str, years: tuple[int | None, int | None]) -> None:
    """Protects the ways in which years are given."""
    assert years_of(text) == years


@pytest.mark.parametrize("text", ["", "-", "16", "2016-19", "förra året"])
def test_what_are_no_years(text: str) -> None:
    """Protects against years that are guessed."""
    with pytest.raises(CorpusError):
        years_of(text)


SEARCHED = {
    "goals": (Goal(id="g1", text="Färre ska råka ut för cykelstölder vid resecentrum.", level="overall"),),
    "problem_pictures": (
        ProblemPicture(id="p1", title="Lägesbild", text="Många boende känner otrygghet i gångtunneln på Håga."),
    ),
    "signatories": (Signatory(name="Gunnel Åkerlind-Sjö", title="Kommunalråd"),),
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cykelstöld", True),
        ("CYKELSTÖLDERNA", True),
        ("cykelstölder otrygghet", True),
        ("cykelstölder flygplats", False),
        ("stöld", False),
        ("*stöld*", True),
        ("*centrum", True),
        ("rese*", True),
        ("cykelstölder*", True),
        ("cykelstölders*", False),
        ("tunneln*", False),
        ('"känner otrygghet"', True),
        ('"otrygghet känner"', False),
        ("haga", False),
        ("Håga", True),
        ("Åkerlind-Sjö", True),
        ("flygplats OR gångtunnel", True),
        ("cykelstölder -gångtunnel", False),
        ("cykelstölder -flygplats", True),
        ("gångtunnel", True),
        ("gång", False),
    ],
)
def test_search(corpus: Corpus, query: str, found: bool) -> None:
    """Protects the ways of asking: inflections, parts of compounds, phrases, exclusion; å is not a."""
    keep(corpus, made("Ystad", 2020, 2023, measures=(), **SEARCHED))
    keep(corpus, made("Åre", 2020, 2023, measures=(), goals=(), problem_pictures=(), signatories=()))
    answer = corpus.search(query)
    assert answer.agreements == int(found)
    assert {hit.agreement for hit in answer.hits} == ({"ystad-2020-2023"} if found else set())


def test_hit_shows_the_words_in_their_context(corpus: Corpus) -> None:
    """Protects the reader of hits: which value, which page, the words found in brackets."""
    goal = Goal(id="g7", text="Vi vill se färre cykelstölder i hela Ystad.", level="overall")
    keep(corpus, made("Ystad", 2020, 2023, goals=(goal,)))
    (hit, *_) = corpus.search("cykelstöld").hits
    assert (hit.found_in, hit.value) == ("goal", "ystad-2020-2023.g7")
    assert hit.context == "Vi vill se färre [cykelstölder] i hela Ystad."


def test_text_outside_values_is_searched_once(corpus: Corpus, tmp_path: Path) -> None:
    """Protects the whole document: what is in no value is found too, and what is in one is not given twice."""
    path = write_file(tmp_path, "Ystad", 2020)
    document = read_document(path)
    run = corpus.start_run("add", "test", {})
    agreements = understand_document(document)
    corpus.keep(run, Sighting("a.md", "/a.md"), Reading("a" * 64, 1, "test", agreements, pack_document(document)))
    (hit,) = corpus.search("Giltighetstid").hits
    assert hit.found_in == "text"
    deed = agreements[0].measures[0].label
    assert [hit.found_in for hit in corpus.search(f'"{deed}"', hits_each=9).hits] == ["measure"]


def test_words_that_nearly_all_have_are_ranked_among_the_newest(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects the bound on ranking: every answer is counted, and the best of those added last come first."""
    monkeypatch.setattr("samsyn.corpora.search._MOST_RANKED", 2)
    for year in (2000, 2004, 2008):
        goals = tuple(Goal(id=f"g{n}", text="Färre cykelstölder.", level="overall") for n in range((2012 - year) // 4))
        keep(corpus, made("Ystad", year, year + 3, goals=goals))
    answer = corpus.search("cykelstöld", hits_each=1)
    assert answer.agreements == 3
    assert [hit.agreement for hit in answer.hits] == ["ystad-2004-2007", "ystad-2008-2011"]


@pytest.mark.parametrize("query", ["", "  ", '""', "***", "-trafik", "?!"])
def test_search_without_a_word_is_told(corpus: Corpus, query: str) -> None:
    """Protects against a listing of everything, and against SQL's own words."""
    with pytest.raises(CorpusError, match="no word"):
        corpus.search(query)


@pytest.mark.parametrize("query", ['trygg"', "trygg AND (", "NEAR(a b)", "stems:trygg", "a^b", "'; DROP TABLE runs"])
def test_search_takes_any_text(corpus: Corpus, query: str) -> None:
    """Protects against the query language of the index, and SQL's, showing through."""
    keep(corpus, made())
    assert corpus.search(query).agreements in (0, 1)


def test_search_under_filters_counts_what_is_left(corpus: Corpus) -> None:
    """Protects the count that is told when there is more than is shown."""
    for year in range(2000, 2030, 3):
        keep(corpus, made("Habo", year, year + 2))
    answer = corpus.search("trygga", Filters(first_year=2015), limit=2)
    assert answer.agreements == 5
    assert len({hit.agreement for hit in answer.hits}) == 2


def test_missing_corpus_is_told(tmp_path: Path) -> None:
    """Protects against an empty corpus made by a misspelt name."""
    with pytest.raises(CorpusError, match="no such corpus"):
        Corpus(tmp_path / "avtal.db")
    assert not list(tmp_path.iterdir())


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    """Protects a user's file that is given in the corpus's place by mistake."""
    text = tmp_path / "text.db"
    text.write_text("hej, detta är ingen databas" * 100)
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    before = text.read_bytes(), foreign.read_bytes()
    for path in (text, foreign):
        with pytest.raises(CorpusError, match="corpus"):
            Corpus(path, create=True)
    assert (text.read_bytes(), foreign.read_bytes()) == before


def test_newer_corpus_is_refused(tmp_path: Path) -> None:
    """Protects a corpus of a newer program from an older one that would not understand it."""
    path = tmp_path / "avtal.db"
    Corpus(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(CorpusError, match="newer samsyn"):
        Corpus(path)


def test_corpus_is_one_file_when_closed(tmp_path: Path) -> None:
    """Protects copying and publishing: nothing lies beside the file that belongs to it."""
    path = tmp_path / "avtal.db"
    with Corpus(path, create=True) as corpus:
        keep(corpus, made())
    assert [file.name for file in tmp_path.iterdir()] == ["avtal.db"]


def test_asking_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    """Protects a published corpus's hash: questions change no byte of it."""
    path = tmp_path / "avtal.db"
    with Corpus(path, create=True) as corpus:
        keep(corpus, made())
        corpus.settle()
    before = path.read_bytes()
    with Corpus(path) as corpus:
        assert corpus.search("trygga").agreements == 1
        assert list(corpus.matrix().rows)
        assert corpus.review()
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["avtal.db"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_corpus_can_be_asked(tmp_path: Path) -> None:
    """Protects a corpus on a disk that cannot be written to."""
    path = tmp_path / "avtal.db"
    with Corpus(path, create=True) as corpus:
        keep(corpus, made())
    path.chmod(stat.S_IRUSR)
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with Corpus(path) as corpus:
            assert corpus.search("trygga").agreements == 1
            with pytest.raises(CorpusError, match="cannot be written"):
                corpus.start_run("add", "test", {})
    finally:
        tmp_path.chmod(stat.S_IRWXU)


def test_measure_of_a_register_of_ones_own_is_kept(corpus: Corpus) -> None:
    """Protects own registers: a recurring measure that the built-in register lacks is no error."""
    one = made()
    own = one.measures[0].recurring[0].model_copy(update={"id": "byavandring", "name": "Byavandring"})
    measures = (one.measures[0].model_copy(update={"recurring": (own,)}),)
    keep(corpus, one.model_copy(update={"measures": measures}))
    assert corpus.ids(Filters(recurring=("byavandring",))) == (one.id,)


def test_two_municipalities_of_one_agreement_both_find_it(corpus: Corpus) -> None:
    """Protects agreements of several municipalities."""
    keep(corpus, made("Ystad", 2020, 2023, municipalities=place("Ystad") + place("Ängelholm")))
    assert corpus.ids(Filters(municipalities=("Ängelholm",))) == corpus.ids(Filters(municipalities=("Ystad",)))
