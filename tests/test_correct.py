"""Corrections made by people: laid over the values they name, marked as such, refused with one line if unfit."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from samsyn.cli import main
from samsyn.correct import apply_corrections, read_corrections
from samsyn.errors import CorrectionsError
from samsyn.models.agreement import Agreement
from samsyn.models.corrections import Corrections, ValueCorrection
from samsyn.review import review_document, value_path
from tests.agreements import agreement

EXAMPLE = Path(__file__).parent.parent / "examples" / "ange-2025-2028.pdf"


def corrections(*said: dict[str, Any], sha256: str = "0" * 64) -> Corrections:
    """Corrections of the small agreement."""
    return Corrections(sha256=sha256, file="habo.pdf", corrections=tuple(ValueCorrection(**item) for item in said))


def wrong(path: str, value: str | None, **more: Any) -> dict[str, Any]:
    """One value called wrong, with the right one."""
    return {"path": path, "verdict": "wrong", "value": value, **more}


def corrected(*said: dict[str, Any]) -> Agreement:
    """The small agreement with the corrections in it."""
    return apply_corrections(agreement(warnings=()), corrections(*said))


def test_every_kind_of_value_is_corrected() -> None:
    """Protects the person's work: own facts, texts, several texts, numbers, areas by title reach their place."""
    found = corrected(
        wrong("period.end", "2029-12-31"),
        wrong("municipalities", "Gnosjö"),
        wrong("goals[g3].text", "Lugnare hämtning på kvällen."),
        wrong("goals[g3].focus_area", "Ungas fritid"),
        wrong("targets[g2.t1].value", "72,5"),
        wrong("measures[m1].responsible", "KS; Polisen"),
        wrong("signatories[s2].name", "Sabina Törnqvist"),
    )
    assert found.period.end == "2029-12-31"
    assert [municipality.name for municipality in found.municipalities] == ["Gnosjö"]
    assert (found.goals[2].text, found.goals[2].focus_area) == ("Lugnare hämtning på kvällen.", "f1")
    assert found.goals[1].targets[0].value == 72.5
    assert found.measures[0].responsible == ("KS", "Polisen")
    assert found.signatories[1].name == "Sabina Törnqvist"


def test_corrected_items_are_marked_and_counted() -> None:
    """Protects whoever uses the result: what a person wrote is told from what was read."""
    found = corrected(wrong("measures[m1].schedule", "Hela året"), {"path": "title", "verdict": "right"})
    assert [measure.rule for measure in found.measures] == ["corrected", "table-row"]
    (caution,) = found.warnings
    assert caution.code == "corrected"
    assert caution.message == "1 uppgift är rättad för hand (measures[m1].schedule), 1 är bekräftad."


def test_mention_and_measure_of_the_same_number_are_told_apart() -> None:
    """Protects the mark: mention 1 and measure m1 are both called m1 in paths."""
    found = corrected(wrong("mentions[m1].id", "est"))
    assert found.mentions[0].id == "est"
    assert found.measures[0].rule == "table-row"


def test_empty_correction_takes_the_value_out_and_with_it_what_it_makes() -> None:
    """Protects against what is not there: a goal that is none goes; a measure stays while an action is left."""
    found = corrected(
        wrong("goals[g1].text", None), wrong("measures[m1].title", None), wrong("measures[m2].title", None)
    )
    assert [goal.id for goal in found.goals] == ["g2", "g3"]
    assert [measure.label for measure in found.measures] == ["Fältassistenterna går varje fredag."]


def test_wrong_without_a_better_value_stays_and_is_named() -> None:
    """Protects against loss: who only doubts a value does not take it out."""
    text = agreement().goals[0].text
    found = corrected(wrong("goals[g1].text", text, ground=text))
    assert found.goals[0].text == text
    assert found.goals[0].rule == ""
    assert [caution.code for caution in found.warnings] == ["doubted"]


def test_correction_of_what_is_read_otherwise_now_is_left_out() -> None:
    """Protects against another extraction: g3 may be another goal than the one that was judged."""
    found = corrected(wrong("goals[g3].text", "Något nytt.", ground="Ett mål som inte finns längre."))
    assert found.goals == agreement().goals
    (caution,) = found.warnings
    assert caution.code == "corrections-outdated"
    assert "goals[g3].text" in caution.message


@pytest.mark.parametrize(
    "path", ["goals[g99].text", "goals[g1].rule", "goals.text", "source.file", "", "goals[g1]", "parts[1].title"]
)
def test_path_that_leads_nowhere_is_refused(path: str) -> None:
    """Protects against silence: a correction that can't be made is said, not skipped."""
    with pytest.raises(CorrectionsError, match="there is no value"):
        corrected(wrong(path, "x"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("period.start", "snart"),
        ("targets[g2.t1].value", "många"),
        ("goals[g1].level", "högst"),
        ("goals[g1].focus_area", "Rymden"),
        ("municipalities", "Atlantis"),
    ],
)
def test_value_that_does_not_fit_is_refused_by_name(path: str, value: str) -> None:
    """Protects the model: no text where a date, a number or a fixed value stands; the line says which."""
    with pytest.raises(CorrectionsError) as refused:
        corrected(wrong(path, value))
    assert path in str(refused.value)
    assert "\n" not in str(refused.value)


def test_corrections_of_another_agreement_of_the_file_are_not_used() -> None:
    """Protects files of several agreements: each has its own."""
    found = apply_corrections(agreement(warnings=()), corrections(wrong("title", "Nytt", agreement=2)))
    assert found == agreement(warnings=())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sha256": "x"}', '{"sha256": "' + "0" * 64 + '", "more": 1}'])
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    """Protects the user who takes the wrong file: one line that names it."""
    path = tmp_path / "odd.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorrectionsError, match=r"odd\.json: not a file of corrections") as refused:
        read_corrections(path)
    assert "\n" not in str(refused.value)


def test_every_value_of_the_page_can_be_corrected_by_its_path() -> None:
    """Protects the way from page to extraction: what the page calls a value is understood here."""
    from samsyn.corpora.values import values_of
    from samsyn.models.document import Document

    found = agreement()
    review = review_document(Document(found.source, ()), [found], {})
    shown = [value for group in review.groups for item in group.items for value in item.values]
    assert {value.path for value in shown} == {value_path(value) for value in values_of(found)}
    said = [{"path": value.path, "verdict": "right", "ground": value.text} for value in shown]
    (caution,) = apply_corrections(agreement(warnings=()), corrections(*said)).warnings
    assert caution.message == f"0 uppgifter är rättade för hand, {len(said)} är bekräftade."


def test_extract_takes_corrections(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the command: the file that fits is corrected; those of another are said, with exit 1."""
    sha256 = hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
    mine, other = tmp_path / "mine.json", tmp_path / "other.json"
    mine.write_text(corrections(wrong("diary_number", "KS 25/119"), sha256=sha256).model_dump_json(), encoding="utf-8")
    other.write_text(corrections().model_dump_json(), encoding="utf-8")
    assert main(["extract", str(EXAMPLE), "--quiet", "--corrections", str(mine)]) == 0
    assert json.loads(capsys.readouterr().out)["diary_number"] == "KS 25/119"
    assert main(["extract", str(EXAMPLE), "--quiet", "--corrections", str(other)]) == 1
    assert "other.json: made for another file (habo.pdf), not used" in capsys.readouterr().err


def test_extract_refuses_a_file_whose_corrections_do_not_fit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Protects against half-corrected results: nothing is printed, one line says why."""
    sha256 = hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
    path = tmp_path / "mine.json"
    path.write_text(corrections(wrong("goals[g99].text", "x"), sha256=sha256).model_dump_json(), encoding="utf-8")
    assert main(["extract", str(EXAMPLE), "--quiet", "--corrections", str(path)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "there is no value 'goals[g99].text' to correct" in shown.err
    assert shown.err.count("\n") == 1
