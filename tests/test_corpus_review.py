"""Corrections and checks by people: laid over what was read, surviving every new reading, counted with their doubt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from samsyn.corpora.corpus import Corpus
from samsyn.corpora.sampling import wilson
from samsyn.corpora.truth import Reading
from samsyn.errors import CorpusError
from samsyn.models.agreement import Agreement, Goal, Measure, Municipality
from samsyn.models.corrections import Corrections, ValueCorrection
from samsyn.models.review import ReviewRow
from samsyn.models.source import Caution
from samsyn.write.as_review import read_review, write_review
from tests.agreements import evidence
from tests.corpora import keep, made

GOALS = (
    Goal(id="g1", text="Fler ska trivas i parken.", level="overall", evidence=evidence("Fler ska trivas", 2)),
    Goal(id="g2", text="Färre inbrott i villor.", level="overall", evidence=evidence("Färre inbrott", 3)),
)
IDENTITY = "habo-2025-2028"


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """A corpus with one agreement."""
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:
        keep(corpus, made(goals=GOALS))
        yield corpus


def row_of(corpus: Corpus, field: str, item: str = "") -> ReviewRow:
    """The row of a value as it is exported."""
    return next(row for row in corpus.review() if (row.field, row.item) == (field, item))


def say(corpus: Corpus, row: ReviewRow, **said: Any) -> tuple[int, int, tuple[str, ...]]:
    """Give the row back with what a person wrote in it; how many corrections and checks are new, and problems."""
    taken = corpus.take_review([(2, row._replace(**said))], who="Kim")
    assert corpus.problems() == ()
    return taken


def read_again(corpus: Corpus, agreement: Agreement) -> None:
    """Put another reading of the agreement's file in place of the first, as a refresh does."""
    (sha256,) = [row[0] for row in corpus.connection.execute("SELECT sha256 FROM sources")]
    run = corpus.start_run("refresh", "newer", {})
    corpus.renew(run, corpus.sightings(sha256)[0], Reading(sha256, 1, "newer", (agreement,)))


def states(corpus: Corpus) -> list[object]:
    """What became of each correction."""
    return [row[6] for row in corpus.corrections().rows]


def test_correction_is_laid_over(corpus: Corpus) -> None:
    """Protects the point of a review: the corrected value is what everyone sees, the extraction stays as it was."""
    row = row_of(corpus, "text", "g1")
    assert say(corpus, row, corrected="Fler ska trivas i stadsparken.") == (1, 1, ())
    assert corpus.agreement(IDENTITY).goals[0].text == "Fler ska trivas i stadsparken."
    assert next(iter(corpus.table("goals").rows))[3] == "Fler ska trivas i stadsparken."
    assert corpus.search("stadsparken").agreements == 1
    (kept,) = corpus.connection.execute("SELECT agreement FROM extracted_agreements").fetchone()
    assert "stadsparken" not in kept
    (told,) = corpus.corrections().rows
    assert told[3:8] == (f"{IDENTITY}.g1", "text", "set", "applied", "Fler ska trivas i parken.")
    assert "Kim" in told


@pytest.mark.parametrize(
    ("field", "item", "corrected", "value"),
    [
        ("municipalities", "", "Habo; Mullsjö", ["Habo", "Mullsjö"]),
        ("kind", "", "handlingsplan", "handlingsplan"),
        ("period.end", "", "2026-12-31", "2026-12-31"),
        ("decided.body", "", "(tomt)", None),
        ("responsible", "m1", "SN; BUN", ("SN", "BUN")),
        ("recurring", "m1", "nattvandring", ["Nattvandring"]),
        ("title", "m2", "Något annat", "Något annat"),
    ],
)
def test_every_kind_of_field_can_be_corrected(
    corpus: Corpus, field: str, item: str, corrected: str, value: object
) -> None:
    """Protects each kind of value: text, fixed words, days, lists, names of the register, nothing."""
    assert say(corpus, row_of(corpus, field, item), corrected=corrected)[0] == 1
    agreement = corpus.agreement(IDENTITY)
    found: object = agreement
    if item:
        found = next(measure for measure in agreement.measures if measure.id == item)
    for part in field.split("."):
        found = getattr(found, part)
    if field in ("municipalities", "recurring"):
        assert isinstance(found, tuple)
        found = [one.name for one in found]
    assert found == value


def test_target_and_focus_area_can_be_corrected(corpus: Corpus) -> None:
    """Protects what hangs on something else: a goal's target, a measure's focus area by its title."""
    keep(corpus, made("Åre", goals=made_with_targets()))
    target = next(row for row in corpus.review() if row.list == "targets" and row.field == "value")
    area = row_of(corpus, "focus_area", "g2")
    assert say(corpus, target, corrected="75,5")[2] == ()
    assert say(corpus, area, corrected="Trafik kring skolor")[2] == ()
    agreement = corpus.agreement("are-2025-2028")
    assert agreement.goals[1].targets[0].value == 75.5
    assert agreement.goals[1].focus_area == "f2"


def made_with_targets() -> tuple[Goal, ...]:
    """Goals of which one can be measured."""
    from tests.agreements import agreement

    return agreement().goals


def test_wrong_item_is_removed_and_missing_one_added(corpus: Corpus) -> None:
    """Protects against values that are none, and for those that were not found."""
    row = row_of(corpus, "text", "g2")
    assert say(corpus, row, verdict="Ta bort")[:2] == (1, 1)
    new = ReviewRow("", IDENTITY, list="goals", verdict="ny", corrected="Alla ska våga gå hem.", comment="sidan 2")
    assert say(corpus, new) == (1, 0, ())
    assert say(corpus, new) == (0, 0, ())
    assert [goal.text for goal in corpus.agreement(IDENTITY).goals] == [
        "Fler ska trivas i parken.",
        "Alla ska våga gå hem.",
    ]


@pytest.mark.parametrize(
    ("field", "item", "said", "told"),
    [
        ("kind", "", {"corrected": "avtal"}, "does not fit"),
        ("municipalities", "", {"corrected": "Habbo"}, "did you mean Habo"),
        ("text", "g1", {"verdict": "kanske"}, "no verdict"),
        ("text", "g1", {"corrected": "x", "key": "[1]"}, "does not say which value"),
        ("text", "g1", {"corrected": "x", "key": '["f", 0, "goals", ["g1", "x"], "text", null]'}, "not in this corpus"),
        ("focus_area", "m1", {"corrected": "Inget sådant område"}, "no focus area"),
    ],
)
def test_what_cannot_be_is_told_and_not_kept(
    corpus: Corpus, field: str, item: str, said: dict[str, Any], told: str
) -> None:
    """Protects the corpus from slips: the row is named with the reason, the others are taken."""
    keep(corpus, made("Åre", measures=()))
    rows = corpus.review()
    row = next(
        (one for one in rows if (one.field, one.item, one.agreement) == (field, item, IDENTITY)),
        row_of(corpus, "title", "m1")._replace(
            field=field, key=row_of(corpus, "title", "m1").key.replace('"title"', f'"{field}"')
        ),
    )
    good = row_of(corpus, "text", "g2")._replace(verdict="rätt")
    taken = corpus.take_review([(2, row._replace(**said)), (3, good)], who="Kim")
    assert (taken.corrections, taken.checks) == (0, 1)
    assert taken.problems[0].startswith("row 2: ")
    assert told in taken.problems[0]


def test_same_workbook_twice_changes_nothing(corpus: Corpus) -> None:
    """Protects against counting a person's work twice."""
    row = row_of(corpus, "text", "g1")
    said = {"corrected": "Fler ska trivas i stadsparken."}
    assert say(corpus, row, **said)[:2] == (1, 1)
    assert say(corpus, row, **said)[:2] == (0, 0)
    assert say(corpus, row_of(corpus, "text", "g1"))[:2] == (0, 0)


def test_newer_correction_outranks_and_can_take_back(corpus: Corpus) -> None:
    """Protects changing one's mind: the newest holds, and writing the value as read again takes it back."""
    row = row_of(corpus, "text", "g1")
    say(corpus, row, corrected="Första.")
    say(corpus, row, corrected="Andra.")
    assert corpus.agreement(IDENTITY).goals[0].text == "Andra."
    say(corpus, row, corrected="Fler ska trivas i parken.")
    assert corpus.agreement(IDENTITY).goals[0].text == "Fler ska trivas i parken."
    assert states(corpus) == ["agrees"]


def test_correction_survives_a_new_reading(corpus: Corpus) -> None:
    """Protects people's work: goals in another order, with other ids, still carry their corrections."""
    say(corpus, row_of(corpus, "text", "g2"), corrected="Färre inbrott i villor och förråd.")
    renamed = (GOALS[1].model_copy(update={"id": "g1"}), GOALS[0].model_copy(update={"id": "g2"}))
    read_again(corpus, made(goals=renamed))
    assert [goal.text for goal in corpus.agreement(IDENTITY).goals] == [
        "Färre inbrott i villor och förråd.",
        "Fler ska trivas i parken.",
    ]
    assert states(corpus) == ["applied"]


def test_correction_whose_ground_changed_is_reported(corpus: Corpus) -> None:
    """Protects trust: the correction still holds, and that it stands on something else now is told."""
    say(corpus, row_of(corpus, "period.end"), corrected="2027-12-31")
    say(corpus, row_of(corpus, "text", "g1"), corrected="Fler ska trivas i stadsparken.")
    say(corpus, row_of(corpus, "text", "g2"), corrected="Färre inbrott.")
    changed = made(goals=(GOALS[0].model_copy(update={"text": "Fler ska trivas i parken i sommar."}),))
    read_again(corpus, changed.model_copy(update={"period": changed.period.model_copy(update={"end": "2029-12-31"})}))
    assert corpus.agreement(IDENTITY).period.end == "2027-12-31"
    assert corpus.agreement(IDENTITY).goals[0].text == "Fler ska trivas i stadsparken."
    assert states(corpus) == ["ground changed", "ground changed", "lost"]


def test_correction_that_the_extractor_learnt_is_settled(corpus: Corpus) -> None:
    """Protects the list of what needs a look from what is right by now."""
    say(corpus, row_of(corpus, "text", "g1"), corrected="Fler ska trivas i stadsparken.")
    read_again(corpus, made(goals=(GOALS[0].model_copy(update={"text": "Fler ska trivas i stadsparken."}), GOALS[1])))
    assert states(corpus) == ["agrees"]


def test_failed_reading_leaves_what_was_read(corpus: Corpus) -> None:
    """Protects what is known: a new version that cannot read the file takes nothing away."""
    (sha256,) = [row[0] for row in corpus.connection.execute("SELECT sha256 FROM sources")]
    run = corpus.start_run("refresh", "newer", {})
    result = corpus.renew(run, corpus.sightings(sha256)[0], Reading(sha256, 1, "newer", error="crashed"))
    assert (result.outcome, result.reason) == ("failed", "crashed")
    assert corpus.agreement(IDENTITY).goals == GOALS


def test_doubtful_values_come_first(corpus: Corpus) -> None:
    """Protects a person's time: what a warning is about, what was read from a picture, what copies disagree on."""
    doubtful = Measure(id="m1", form="prose", title="Vid behov något", evidence=evidence("Vid behov", 7))
    doubtful = doubtful.model_copy(
        update={"evidence": tuple(e.model_copy(update={"block": "b99"}) for e in doubtful.evidence)}
    )
    warning = Caution(code="vague", message="Vagt formulerad.", evidence=doubtful.evidence)
    keep(corpus, made("Åre", measures=(doubtful,), warnings=(warning,)))
    first = corpus.review(limit=3)[0]
    assert (first.agreement, first.item, first.doubt) == ("are-2025-2028", "m1", "Vagt formulerad.")
    assert first.page == 7
    scores = [row.confidence or 0 for row in corpus.review()]
    assert scores == sorted(scores)
    assert len(corpus.review(limit=3)) == 3


def test_checked_fields_are_as_sure_as_they_were_right(corpus: Corpus) -> None:
    """Protects the order of a review from guesses once there is knowledge: a field that was often wrong is first."""
    for number in range(12):
        keep(corpus, made("Åre", 1990 + number, 1990 + number, seed=str(number)))
    titles = [row for row in corpus.review() if (row.list, row.field) == ("measures", "title")][:12]
    corpus.take_review(enumerate([row._replace(verdict="fel") for row in titles]), who="Kim")
    assert {row.field for row in corpus.review(limit=20) if row.list == "measures"} == {"title"}


def test_workbook_comes_back_as_it_was(corpus: Corpus, tmp_path: Path) -> None:
    """Protects the way through Excel: every row is understood again, whatever its texts hold."""
    pytest.importorskip("openpyxl")
    keep(corpus, made("Åre", goals=(Goal(id="g1", text='=SUMMA(A1) "citat"\nrad två', level="overall"),)))
    path = tmp_path / "granska.xlsx"
    rows = corpus.review()
    with path.open("wb") as stream:
        write_review(rows, stream)
    again = [
        row._replace(confidence=old.confidence, page=old.page)
        for (_, row), old in zip(read_review(path), rows, strict=True)
    ]
    assert again == rows
    with (tmp_path / "igen.xlsx").open("wb") as stream:
        write_review(rows, stream)
    assert (tmp_path / "igen.xlsx").read_bytes() == path.read_bytes()


def test_days_and_numbers_that_excel_makes_are_understood(corpus: Corpus, tmp_path: Path) -> None:
    """Protects against Excel's help: a day that became a date, a number that became one."""
    openpyxl = pytest.importorskip("openpyxl")
    import datetime

    path = tmp_path / "granska.xlsx"
    with path.open("wb") as stream:
        write_review([row_of(corpus, "period.end"), row_of(corpus, "diary_number")], stream)
    book = openpyxl.load_workbook(path)
    book["Granska"]["H2"] = datetime.datetime(2027, 6, 30)
    book["Granska"]["H3"] = 317
    book.save(path)
    corpus.take_review(read_review(path), who="Kim")
    agreement = corpus.agreement(IDENTITY)
    assert (agreement.period.end, agreement.diary_number) == ("2027-06-30", "317")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"text"])
def test_other_files_are_no_review(tmp_path: Path, data: bytes) -> None:
    """Protects against the wrong file: one line says that it is none."""
    path = tmp_path / "fel.xlsx"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"fel\.xlsx: "):
        list(read_review(path))


def test_word_file_is_no_review(tmp_path: Path) -> None:
    """Protects against the wrong file when it is an archive of the same family: the library has words of its own."""
    path = tmp_path / "fel.docx"
    docx.Document().save(str(path))
    with pytest.raises(ValueError, match="no workbook"):
        list(read_review(path))


def test_new_value_may_name_its_list_in_either_language(tmp_path: Path) -> None:
    """Protects those who add what is missing: the sheet's own word for the list is understood, and the model's."""
    rows = [ReviewRow("", IDENTITY, list=name, verdict="ny", corrected="Ny") for name in ("goals", "measures")]
    with (tmp_path / "ny.xlsx").open("wb") as stream:
        write_review(rows, stream)
    assert [row.list for _, row in read_review(tmp_path / "ny.xlsx")] == ["goals", "measures"]


def test_workbook_without_the_columns_is_told(tmp_path: Path) -> None:
    """Protects against a workbook of another kind."""
    openpyxl = pytest.importorskip("openpyxl")
    openpyxl.Workbook().save(tmp_path / "fel.xlsx")
    with pytest.raises(ValueError, match="is it a review"):
        list(read_review(tmp_path / "fel.xlsx"))


def many(corpus: Corpus) -> None:
    """Fill the corpus with values enough to draw from."""
    for number in range(20):
        keep(corpus, made("Åre", 1990 + number, 1991 + number, seed=str(number)))


def test_sample_is_by_chance_and_can_be_drawn_again(corpus: Corpus) -> None:
    """Protects the estimate: the same seed draws the same values, another seed others, none of them empty."""
    many(corpus)
    first, again, other = corpus.sample(30), corpus.sample(30), corpus.sample(30, seed="1")
    assert first == again
    assert len({row.key for row in first}) == 30
    assert {row.key for row in first} != {row.key for row in other}
    assert all(row.value for row in first)
    assert len({row.field for row in first}) > 5


def test_sample_of_each_field(corpus: Corpus) -> None:
    """Protects rare fields: with so many of each, none is left out."""
    many(corpus)
    drawn = corpus.sample(2, each_field=True)
    counts = {(row.list, row.field): 0 for row in drawn}
    for row in drawn:
        counts[row.list, row.field] += 1
    assert counts["goals", "text"] == counts["", "kind"] == 2
    assert set(counts.values()) == {2}


def test_quality_is_the_share_of_right_values_with_its_interval(corpus: Corpus) -> None:
    """Protects the figures that are published: only values of a sample count, each once, by its newest check."""
    many(corpus)
    drawn = corpus.sample(40)
    judged = [row._replace(verdict="fel" if number % 8 == 0 else "rätt") for number, row in enumerate(drawn)]
    corpus.take_review(enumerate(judged), who="Kim")
    outside = next(row for row in corpus.review() if row.key not in {one.key for one in drawn})
    corpus.take_review([(2, outside._replace(verdict="fel"))], who="Kim")
    rows = {row[0]: row for row in corpus.quality().rows}
    assert rows["all"][1:3] == (40, 35)
    assert rows["all"][4:6] == tuple(round(end, 4) for end in wilson(35, 40))
    assert sum(int(row[1] or 0) for name, row in rows.items() if name != "all") == 40
    assert {row[0]: row for row in corpus.quality(every_check=True).rows}["all"][1:3] == (41, 35)
    corpus.take_review(enumerate(row._replace(verdict="rätt") for row in drawn), who="Kim")
    assert {row[0]: row for row in corpus.quality().rows}["all"][1:3] == (40, 40)


def test_check_of_a_value_that_changed_is_outdated(corpus: Corpus) -> None:
    """Protects the figures of a new version from checks of the old one's values."""
    drawn = corpus.sample(100)
    corpus.take_review(enumerate(row._replace(verdict="rätt") for row in drawn), who="Kim")
    before = {row[0]: row for row in corpus.quality().rows}["goals.text"]
    read_again(corpus, made(goals=(GOALS[0].model_copy(update={"text": "Något helt annat."}), GOALS[1])))
    after = {row[0]: row for row in corpus.quality().rows}["goals.text"]
    assert (before[1], before[6]) == (2, 0)
    assert (after[1], after[6]) == (1, 1)


@pytest.mark.parametrize(
    ("right", "every", "interval"),
    [(0, 0, (0.0, 1.0)), (0, 10, (0.0, 0.2775)), (10, 10, (0.7225, 1.0)), (81, 263, (0.2553, 0.3662))],
)
def test_wilson(right: int, every: int, interval: tuple[float, float]) -> None:
    """Protects the interval: known cases (the last is Newcombe's 1998 example), and no share below 0 or above 1."""
    assert tuple(round(end, 4) for end in wilson(right, every)) == interval


def test_facts_of_a_list_are_laid_over_with_a_warning(corpus: Corpus) -> None:
    """Protects what the collector knows: it outranks the document, and that they differ is told."""
    facts = {"municipality": "1286", "start": "2020-01-01", "kind": "handlingsplan", "källa": "arkivet"}
    keep(corpus, made("Åre", measures=()), facts=facts, address="https://example.org/a.pdf")
    agreement = corpus.agreement("are-2025-2028")
    assert agreement.municipalities == (Municipality(code="1286", name="Ystad", county="Skåne län"),)
    assert (agreement.period.start, agreement.kind) == ("2020-01-01", "handlingsplan")
    assert [caution.code for caution in agreement.warnings].count("fact-differs") == 3
    row = next(row for row in corpus.table("agreements").rows if row[0] == "are-2025-2028")
    assert "https://example.org/a.pdf" in row
    assert any("arkivet" in str(cell) for cell in row)


def test_facts_that_come_later_are_laid_over(corpus: Corpus) -> None:
    """Protects lists that are made afterwards: the same file again, with facts, changes what is seen, reads nothing."""
    one = made("Åre")
    keep(corpus, one, name="a.pdf")
    assert keep(corpus, one, name="a.pdf", facts={"municipality": "1286"}).outcome == "known"
    assert corpus.agreement("are-2025-2028").municipalities[0].name == "Ystad"


def test_corrections_of_the_review_page_are_taken(corpus: Corpus) -> None:
    """Protects work done on the page of `samsyn review`: the same verdicts, kept in the corpus."""
    (sha256,) = [row[0] for row in corpus.connection.execute("SELECT sha256 FROM sources")]
    said = (
        ValueCorrection(path="goals[g1].text", verdict="wrong", ground=GOALS[0].text, value="Fler i stadsparken."),
        ValueCorrection(path="goals[g2].text", verdict="wrong", ground=GOALS[1].text),
        ValueCorrection(path="kind", verdict="right", ground="samverkansöverenskommelse"),
        ValueCorrection(path="decided.body", verdict="wrong", ground="Kommunfullmäktige"),
        ValueCorrection(path="period.end", verdict="wrong", ground="2020-12-31", value="2027-12-31"),
    )
    rows = corpus.rows_of_corrections(Corrections(sha256=sha256, corrections=said))
    taken = corpus.take_review(rows, who="Kim")
    assert (taken.corrections, taken.checks) == (3, 4)
    assert taken.problems[0].startswith("row 5: ")
    agreement = corpus.agreement(IDENTITY)
    assert [goal.text for goal in agreement.goals] == ["Fler i stadsparken."]
    assert agreement.decided.body is None
    assert agreement.period.end == "2028-12-31"
    with pytest.raises(CorpusError, match="not in this corpus"):
        corpus.rows_of_corrections(Corrections(sha256="f" * 64))


def test_correction_from_python(corpus: Corpus) -> None:
    """Protects scripts: a value by its path, what cannot be is an error and changes nothing."""
    corpus.correct(IDENTITY, "period.end", "2027-12-31", who="Kim", note="sidan 4")
    corpus.correct(IDENTITY, "goals[g1].text", "Fler i stadsparken.", who="Kim")
    corpus.correct(IDENTITY, "decided.body", None, who="Kim")
    agreement = corpus.agreement(IDENTITY)
    assert (agreement.period.end, agreement.decided.body) == ("2027-12-31", None)
    assert agreement.goals[0].text == "Fler i stadsparken."
    for identity, path, value in (
        (IDENTITY, "kind", "avtal"),
        (IDENTITY, "goals[g9].text", "x"),
        (IDENTITY, "goals", "x"),
        ("ingen", "kind", "handlingsplan"),
    ):
        with pytest.raises(CorpusError):
            corpus.correct(identity, path, value, who="Kim")
    assert len(list(corpus.corrections().rows)) == 3
