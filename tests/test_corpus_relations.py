"""How agreements belong together: copies, successors, plans of an agreement, texts that were taken over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from samsyn.corpora import relations
from samsyn.corpora.corpus import Corpus
from samsyn.corpora.filters import Filters
from samsyn.corpora.sketches import likeness, pack, sketch_of, unpack
from samsyn.models.agreement import Agreement, Goal, Measure, Period, ProblemPicture
from tests.agreements import evidence
from tests.corpora import keep, made

_WORDS = (
    "kvällar", "vandrar", "föräldrar", "skolan", "möter", "unga", "torget", "belysning", "buskar", "gallras", "dialog",
    "krogar", "tillsyn", "cykel", "märkning", "inbrott", "grannar", "trafik", "hastighet", "mäter", "höstlov", "samtal",
    "aktiviteter", "fritidsgård", "öppen", "helg", "stöd", "utsatta", "kvinnor", "skydd", "boende", "orosanmälan",
    "rutiner", "utbildning", "personal", "uppföljning", "våren", "hösten", "statistik", "enkät",
)  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """A new corpus."""
    with Corpus(tmp_path / "avtal.db", create=True) as made:
        yield made


def text_of(seed: int, words: int = 120) -> str:
    """A text that is no other seed's."""
    return " ".join(_WORDS[(seed * 7919 + n * n * (seed + 3) + n) % len(_WORDS)] for n in range(words))


def about(seed: int, name: str = "Habo", start: int = 2020, end: int | None = 2023, **fields: object) -> Agreement:
    """An agreement with a text of its own."""
    picture = ProblemPicture(id="p1", title=None, text=text_of(seed), evidence=evidence("kvällar"))
    only = {"problem_pictures": (picture,), "measures": (), "goals": (), "signatories": ()}
    return made(name, start, end, **{**only, **fields})


def related(corpus: Corpus) -> set[tuple[object, ...]]:
    """Every relation: agreement, relation, other."""
    corpus.settle()
    return {row[:3] for row in corpus.relations().rows}


def test_copies_of_one_agreement_are_one(corpus: Corpus) -> None:
    """Protects every count: a PDF and a Word file of the same agreement are one agreement, the fuller stands for it."""
    poorer = about(1, warnings=())
    fuller = about(1, signatories=made().signatories)
    keep(corpus, poorer)
    keep(corpus, fuller)
    assert related(corpus) == {("habo-2020-2023", "copy_of", "habo-2020-2023-2")}
    assert corpus.ids() == ("habo-2020-2023-2",)
    assert corpus.ids(Filters(copies=True)) == ("habo-2020-2023", "habo-2020-2023-2")


@pytest.mark.parametrize(
    "other",
    [
        about(1, start=2024, end=2027),
        about(1, "Åre"),
        about(1, kind="handlingsplan"),
        about(2),
    ],
    ids=["another period", "another municipality", "another kind", "another text"],
)
def test_other_agreements_are_no_copies(corpus: Corpus, other: Agreement) -> None:
    """Protects against agreements lost: a text that was taken over into the next period is another agreement."""
    keep(corpus, about(1))
    keep(corpus, other)
    assert "copy_of" not in {relation for _, relation, _ in related(corpus)}
    assert len(corpus.ids()) == 2


def test_copy_with_less_known_of_it_is_a_copy(corpus: Corpus) -> None:
    """Protects transcripts: no period and no municipality is no contradiction."""
    keep(corpus, about(1))
    keep(corpus, about(1, municipalities=(), period=Period(), title="Överenskommelse"))
    assert {relation for _, relation, _ in related(corpus)} == {"copy_of"}


def test_copies_that_disagree_are_reported(corpus: Corpus) -> None:
    """Protects the trust report: field by field what the two say, near texts side by side, small marks forgiven."""
    measures = tuple(
        Measure(id=f"m{n}", form="row", title=title)
        for n, title in enumerate(("Vandra på kvällen", "Mäta farten vid skolan", "Klippa buskar"), start=1)
    )
    mangled = (
        measures[0].model_copy(update={"title": "Vandra på kväl-len"}),
        measures[1].model_copy(update={"title": "Mäta farten vid"}),
    )
    keep(corpus, about(1, measures=measures))
    keep(corpus, about(1, measures=mangled, diary_number="KS 2"))
    corpus.settle()
    rows = [row[2:] for row in corpus.disagreements().rows]
    assert rows == [
        ("diary_number", 1, "KS 2", "KS 2024/317"),
        ("measures", 1, "Mäta farten vid", "Mäta farten vid skolan"),
        ("measures", 2, None, "Klippa buskar"),
    ]


def test_next_agreement_replaces_the_one_before(corpus: Corpus) -> None:
    """Protects the line of a municipality: each replaces the latest before it, whatever order they were added in."""
    for start in (2020, 2012, 2016):
        keep(corpus, about(start, start=start, end=start + 3))
    keep(corpus, about(5, "Håbo", 2016, 2019))
    assert related(corpus) == {
        ("habo-2016-2019", "replaces", "habo-2012-2015"),
        ("habo-2020-2023", "replaces", "habo-2016-2019"),
    }


def test_stated_replacement_is_told_as_such(corpus: Corpus) -> None:
    """Protects the reason: what the agreement says itself is worth more than the order of years."""
    keep(corpus, about(1, start=2016, end=2019, diary_number="KS 15/200"))
    keep(corpus, about(2, replaces="Ersätter överenskommelsen KS 15/200"))
    keep(corpus, about(3, start=2024, end=2027, replaces="avtalet för 2020–2023"))
    corpus.settle()
    reasons = {row[0]: row[3:] for row in corpus.relations().rows}
    assert reasons["habo-2020-2023"] == (1.0, "names its diary number: Ersätter överenskommelsen KS 15/200")
    assert reasons["habo-2024-2027"] == (1.0, "names its years: avtalet för 2020–2023")


def test_plan_and_promise_belong_to_the_agreement_of_their_time(corpus: Corpus) -> None:
    """Protects the family: plan and promise go with the agreement valid then, a follow-up with what it names."""
    keep(corpus, about(1, start=2016, end=2019))
    keep(corpus, about(2, start=2020, end=2023))
    plan = about(3, kind="handlingsplan", id="habo-plan", period=Period(start="2019-07-01", end="2021-12-31"))
    promise = about(4, kind="medborgarlöfte", id="habo-lofte", period=Period(start="2022-01-01", end="2022-12-31"))
    follow_up = about(
        5, kind="uppföljning", id="habo-uppf", title="Uppföljning av medborgarlöfte 2022", period=promise.period
    )
    late = about(6, kind="medborgarlöfte", id="habo-sen", period=Period(start="2030-01-01", end="2030-12-31"))
    for one in (plan, promise, follow_up, late):
        keep(corpus, one)
    belongs = {(a, b) for a, relation, b in related(corpus) if relation == "belongs_to"}
    assert belongs == {
        ("habo-plan", "habo-2020-2023"),
        ("habo-lofte", "habo-2020-2023"),
        ("habo-uppf", "habo-lofte"),
    }


def test_text_taken_over_is_seen(corpus: Corpus) -> None:
    """Protects the study of reuse: from the period before, and between municipalities."""
    keep(corpus, about(1, start=2016, end=2019))
    keep(corpus, about(1, start=2020, end=2023))
    keep(corpus, about(1, "Åre", 2021, 2024))
    found = related(corpus)
    assert ("habo-2020-2023", "reuses", "habo-2016-2019") in found
    assert ("are-2021-2024", "shares_text", "habo-2016-2019") in found


def test_series_shows_the_gaps(corpus: Corpus) -> None:
    """Protects the question of gaps: days that none is valid, also when an older one lasts longer than the last."""
    keep(corpus, about(1, start=2010, end=2013))
    keep(corpus, about(2, start=2011, end=2011))
    keep(corpus, about(3, start=2015, end=None))
    keep(corpus, about(4, start=2020, end=2023))
    corpus.settle()
    rows = [(row[2], row[6]) for row in corpus.series().rows]
    assert rows == [
        ("habo-2010-2013", None),
        ("habo-2011-2011", None),
        ("habo-2015", 365),
        ("habo-2020-2023", None),
    ]


def test_relations_of_one_agreement(corpus: Corpus) -> None:
    """Protects a look at one: only what it has a part in, also by a former name."""
    for start in (2012, 2016, 2020):
        keep(corpus, about(start, start=start, end=start + 3))
    corpus.settle()
    assert {row[0] for row in corpus.relations("habo-2012-2015").rows} == {"habo-2016-2019"}


def test_relations_are_settled_by_whoever_opens_the_corpus_next(tmp_path: Path) -> None:
    """Protects a run that was killed before its end: the next one makes up for it."""
    path = tmp_path / "avtal.db"
    with Corpus(path, create=True) as corpus:
        keep(corpus, about(1))
        keep(corpus, about(1, diary_number="KS 9"))
    with Corpus(path) as corpus:
        assert len(corpus.ids()) == 1


def test_many_agreements_of_one_template_are_settled_quickly(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects time: text that everyone has is no reason to compare everyone with everyone."""
    monkeypatch.setattr(relations, "_COMMON", 20)
    shared = " ".join(f"mall{n}" for n in range(300))
    for number in range(60):
        own = Goal(id="g1", text=f"{shared} {text_of(number, 20)} kommun{number}", level="overall")
        keep(corpus, about(number, start=1900 + number, goals=(own,), id=f"mall-{number}"))
    corpus.settle()
    (pairs,) = corpus.connection.execute("SELECT count(*) FROM text_pairs").fetchone()
    assert pairs < 60 * 20


def test_sketches_tell_how_much_is_shared() -> None:
    """Protects the measure behind it all: half the text shared is told as about a third of both together."""
    words = [f"ord{n}" for n in range(3000)]
    first, second = sketch_of([words[:2000]]), sketch_of([words[1000:]])
    assert likeness(first, first) == 1.0
    assert abs(likeness(first, second) - 1 / 3) < 0.12
    assert likeness(first, sketch_of([[f"annat{n}" for n in range(500)]])) == 0.0
    assert likeness((), ()) == 0.0
    assert unpack(pack(first)) == first
