"""The report of a corpus and the tables behind it: counts that can be checked by hand, a page that stands alone."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from samsyn.cli import main
from samsyn.corpora.corpus import Corpus
from samsyn.corpora.filters import Filters
from samsyn.models.agreement import FocusArea, Goal, Measure, RecurringMatch, Signatory
from samsyn.models.table import Row
from samsyn.overview import options_of, report_on
from samsyn.survey import check_all
from samsyn.write.clean import clean_text
from tests.corpora import keep, made, write_file

HOSTILE = 'Trivsel <script>alert("1")</script> & $\\frac{1}{2}$ \u202etxet'


def areas(*titles: str) -> tuple[FocusArea, ...]:
    return tuple(FocusArea(id=f"f{number}", title=title) for number, title in enumerate(titles, 1))


def recurring(*ids: str) -> tuple[Measure, ...]:
    return tuple(
        Measure(id=f"m{n}", form="row", title=one, recurring=(RecurringMatch(id=one, name=one, score=0.9),))
        for n, one in enumerate(ids, 1)
    )


SIGNED = (
    Signatory(name="Kim Ek", title="Kommunstyrelsens ordförande", party="municipality"),
    Signatory(name="Bo Al", title="Lokalpolisområdeschef Norra", party="police"),
    Signatory(name="Li Ask", title=None, party="municipality"),
)
GOALS = tuple(
    Goal(id=f"g{number}", text=text, level="overall")
    for number, text in enumerate(("Inga inbrott ska ske.", "Otryggheten ska minska.", "Vi ska samverka väl."), 1)
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three municipalities; Habo and Ystad have two agreements each."""
    path = tmp_path / "avtal.db"
    common: dict[str, Any] = {"goals": GOALS, "signatories": SIGNED, "mentions": ()}
    with Corpus(path, create=True) as corpus:
        keep(corpus, made("Habo", 2016, 2019, focus_areas=areas("Trafik"), measures=recurring("est"), **common))
        keep(
            corpus,
            made(
                "Habo",
                2020,
                2023,
                focus_areas=areas("Unga och trafik"),
                measures=recurring("sms-livraddning", "est"),
                **common,
            ),
        )
        keep(
            corpus,
            made(
                "Ystad",
                2018,
                2019,
                focus_areas=areas("Trafiken", "Narkotika", HOSTILE),
                measures=recurring("est"),
                **common,
            ),
        )
        keep(
            corpus,
            made("Ystad", 2020, 2023, focus_areas=areas(HOSTILE), measures=recurring("grannsamverkan"), **common),
        )
        keep(corpus, made("Åre", 2020, 2023, focus_areas=(), measures=(), goals=(), signatories=(), mentions=()))
        corpus.settle()
    return path


@pytest.fixture
def corpus(path: Path) -> Iterator[Corpus]:
    with Corpus(path) as opened:
        yield opened


def by_first(rows: Any, *places: int) -> dict[Any, Row]:
    return {tuple(row[place] for place in places) if len(places) > 1 else row[places[0]]: row for row in rows}


def test_focus_areas_are_counted_by_theme(corpus: Corpus) -> None:
    """Protects the count: inflected titles are one theme, a title of two counts in both, one of none for itself."""
    rows = by_first(corpus.areas().rows, 1)
    assert rows["Trafik"][:5] == ("trafik", "Trafik", 3, 4, 0.75)
    assert rows["Trafik"][5:] == (2016, 2023, "Trafik; Trafiken; Unga och trafik")
    assert rows["Barn och unga"][2] == 1
    assert rows[HOSTILE][:3] == (None, HOSTILE, 2)


def test_focus_areas_by_year_are_shares_of_that_years_agreements(corpus: Corpus) -> None:
    """Protects the change over time: agreements without focus areas do not count."""
    table = corpus.areas(by="year")
    years = table.schema.names[3:]
    assert years == tuple(map(str, range(2016, 2024)))
    row = by_first(table.rows, 0)["trafik"]
    assert row[3:] == (1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5)


def test_roles_are_counted_by_party_without_names(corpus: Corpus) -> None:
    """Protects what is said of those who sign, and their names."""
    rows = [*corpus.roles().rows]
    assert [(row[0], row[1], row[4], row[6]) for row in rows] == [
        ("municipality", None, 4, 1.0),
        ("municipality", "kommunstyrelsens-ordforande", 4, 1.0),
        ("police", "lokalpolisomradeschef", 4, 1.0),
    ]
    assert "Kim Ek" not in repr(rows)


def test_what_is_new_is_told_from_the_one_before(corpus: Corpus) -> None:
    """Protects the newest period: new, kept and gone by municipality; who has one agreement is not compared."""
    rows = by_first(corpus.renewals().rows, 0, 1)
    assert rows["measure", "est"][3:] == (0, 1, 1, 2)
    assert rows["measure", "grannsamverkan"][3:] == (1, 0, 0, 2)
    assert rows["area", "unga"][3:] == (1, 0, 0, 2)
    assert rows["area", "trafik"][3:] == (0, 1, 1, 2)
    of_ystad = [row for row in corpus.renewals(by="municipality").rows if row[0] == "Ystad"]
    assert {(row[4], row[6]) for row in of_ystad} == {
        ("est", "gone"), ("grannsamverkan", "new"), ("narkotika", "gone"), ("trafik", "gone"),
    }  # fmt: skip
    assert {row[6] for row in corpus.renewals(Filters(last_year=2019)).rows} <= {0}


def answer(path: Path, *arguments: str) -> list[dict[str, Any]]:
    """What the command prints as JSON."""
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "stdout", stream)
        assert main(["corpus", arguments[0], str(path), *arguments[1:]]) == 0
    rows: list[dict[str, Any]] = json.loads(stream.getvalue())
    return rows


def test_goals_and_requirements_are_judged_as_check_does(path: Path) -> None:
    """Protects the figures: measurable goals by year, and each requirement over the agreements it is asked of."""
    by_year = {row["year"]: row for row in answer(path, "goals")}
    assert set(by_year) == {2016, 2018, 2020}
    counts = ("agreements", "goals", "measurable", "partly", "not_measurable", "share")
    assert [by_year[2020][name] for name in counts] == [2, 6, 2, 2, 2, 0.3333]
    assert {row["kind"] for row in answer(path, "goals", "--by", "kind")} == {"samverkansöverenskommelse"}
    assert len(answer(path, "goals", "--by", "county")) == 2
    requirements = {row["id"]: row for row in answer(path, "completeness")}
    assert requirements["period"]["found"] == 5
    assert all(row["found"] + row["partly"] + row["missing"] == row["of"] for row in requirements.values())
    each = answer(path, "completeness", "--by", "agreement")
    assert len(each) == 5
    assert each[0]["agreement"] == "are-2020-2023", "the least complete comes first"
    assert sum(row["agreements"] for row in answer(path, "completeness", "--by", "year")) == 5


def test_check_sees_the_documents_that_the_corpus_keeps(tmp_path: Path) -> None:
    """Protects the points that only the text can show: they are the same as `samsyn check` finds in the file."""
    file = write_file(tmp_path, "Habo", 2020)
    assert main(["corpus", "add", str(tmp_path / "a.db"), str(file), "--quiet"]) == 0
    assert main(["check", str(file), "--format", "json", "-o", str(tmp_path / "c.json")]) == 0
    said = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    said = said[0] if isinstance(said, list) else said
    with Corpus(tmp_path / "a.db") as corpus:
        (one,) = check_all(corpus)
    assert one.score == said["score"]
    assert dict(one.verdicts) == {point["id"]: point["verdict"] for point in said["points"] if point["counted"]}


def written(path: Path, *options: str) -> str:
    output = path.with_suffix(".html")
    assert main(["corpus", "report", str(path), "-o", str(output), *options]) == 0
    return output.read_text(encoding="utf-8")


def test_every_command_on_the_page_gives_its_table(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the reader who doubts a figure: each command runs, and its first rows are those of the table."""
    with Corpus(path) as corpus:
        filters = Filters(counties=("Skåne", "Jönköping"), first_year=2017)
        report = report_on(corpus, check_all(corpus, filters), filters)
    assert len(report.figures) == 9
    for figure in report.figures:
        program, command, *arguments = shlex.split(figure.command)
        assert (program, command) == ("samsyn", "corpus")
        output = path.with_suffix(".csv")
        assert main(["corpus", *arguments, "--format", "csv", "-o", str(output)]) == 0
        given = list(csv.DictReader(io.StringIO(output.read_text(encoding="utf-8"))))
        names = figure.table.schema.names
        for row, shown in zip(given, figure.table.rows, strict=False):
            assert [row[name] for name in names[:3]] == [
                "" if value is None else clean_text(str(value)) for value in shown[:3]
            ]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["sv", "en"])
def test_page_stands_alone_and_says_everything_twice(path: Path, language: str) -> None:
    """Protects the page: nothing foreign, each figure with words, table and command, no text taken for markup."""
    page = written(path, "--lang", language)
    assert not re.search(r"""(?:src|href)=["'](?!#|data:)""", page)
    tree = html.fromstring(page)
    assert tree.get("lang") == language
    figures = tree.xpath("//section[contains(@class, 'figure')]")
    assert len(figures) == 9
    for figure in figures:
        assert figure.xpath(".//svg[@role='img']/@aria-label")[0].startswith(figure.xpath("./h2")[0].text_content())
        assert figure.xpath(".//table//tbody/tr")
        assert figure.xpath(".//code")[0].text_content().startswith("samsyn corpus ")
    ids = tree.xpath("//@id")
    assert len({*ids}) == len(ids)
    assert "<script" not in page
    assert "frac{1}{2}" in tree.text_content()
    assert "\u202e" not in page


@pytest.mark.slow
def test_page_is_the_same_each_time(path: Path) -> None:
    """Protects comparisons of reports: no clock, no chance."""
    assert written(path) == written(path)


def test_report_under_filters_says_so(path: Path) -> None:
    """Protects against a part that is taken for the whole."""
    page = written(path, "--county", "Skåne", "--year", "-2021")
    assert "--county Skåne --year=-2021" in page
    assert options_of(Filters(municipalities=("Upplands Väsby",), first_year=2016, last_year=2016)) == (
        "--municipality 'Upplands Väsby' --year 2016"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--county", "Norge"), "no county is called 'Norge'"),
        (("--kind", "uppföljning"), "no agreement to report on"),
        ((), "pip install 'samsyn[reports]'"),
    ],
)
def test_what_cannot_be_reported_is_one_line(
    path: Path,
    options: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Protects the user: an unknown name, nothing to report on, no library to draw with; no page is left behind."""
    if not options:
        monkeypatch.setitem(sys.modules, "matplotlib", None)
    output = path.with_suffix(".html")
    assert main(["corpus", "report", str(path), "-o", str(output), *options]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not output.exists()


def test_corpus_without_periods_or_measures_has_a_report(tmp_path: Path) -> None:
    """Protects the small corpus: a figure without values says that there is nothing to show."""
    path = tmp_path / "a.db"
    with Corpus(path, create=True) as corpus:
        bare = made("Habo", measures=(), mentions=(), goals=(), signatories=(), focus_areas=())
        keep(corpus, bare.model_copy(update={"period": bare.period.model_copy(update={"start": None, "end": None})}))
    page = written(path)
    assert page.count("Här finns inget att visa") == 8
