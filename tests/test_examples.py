"""The example agreements are what the README and the tutorials say of them, in both formats."""

from __future__ import annotations

from pathlib import Path

import pytest

import samsyn

ROOT = Path(samsyn.__file__).parent.parent
EXAMPLES = tuple(sorted((ROOT / "examples").glob("ange-2025-2028.*")))
OLDER = tuple(sorted((ROOT / "examples").glob("ange-2021-2024.*")))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.suffix)
def test_example_agreement_is_read_right(path: Path) -> None:
    """Protects `make demo`: both files of the example give what was written into it, the table over two pages too."""
    found = samsyn.extract_agreement(path)
    assert found.id == "ange-2025-2028"
    assert found.kind == "samverkansöverenskommelse"
    assert [municipality.code for municipality in found.municipalities] == ["2260"]
    assert (found.period.start, found.period.end) == ("2025-01-01", "2028-12-31")
    assert found.diary_number == "KS 25/118"
    assert (found.decided.body, found.decided.date) == ("Kommunfullmäktige", "2024-11-25")
    assert [area.title for area in found.focus_areas] == ["Ungas uppväxt", "Trygga platser", "Äldre och glesbygd"]
    assert [picture.focus_area for picture in found.problem_pictures] == [area.id for area in found.focus_areas]
    assert len(found.goals) == 9
    assert [measure.form for measure in found.measures] == ["row"] * 9 + ["bullet"] * 3
    assert found.measures[1].police_action == (
        "Bidrar med kännedom om den unges situation och håller en fast kontaktperson genom hela insatsen."
    )
    assert found.measures[6].recurring[0].id == "est"
    assert [(signatory.name, signatory.party) for signatory in found.signatories] == [
        ("Maj-Britt Orrenius", "municipality"),
        ("Joel Ståhlgren", "police"),
    ]


def test_example_pdf_has_a_table_over_a_page_turn() -> None:
    """Protects the example's worth: the table that the demo shows really runs over two pages."""
    found = samsyn.extract_agreement(ROOT / "examples" / "ange-2025-2028.pdf")
    pages = [{item.page for item in measure.evidence} for measure in found.measures[:4]]
    assert len(set.union(*pages)) == 2


@pytest.mark.parametrize("path", OLDER, ids=lambda path: path.suffix)
def test_older_example_is_read_right(path: Path) -> None:
    """Protects the first comparison a newcomer makes: the older agreement, in another layout, is read whole."""
    found = samsyn.extract_agreement(path)
    assert (found.id, found.diary_number) == ("ange-2021-2024", "KS 20/231")
    assert [area.title for area in found.focus_areas] == ["Barn och unga", "Trygga platser", "Äldre och glesbygd"]
    assert [measure.form for measure in found.measures] == ["row"] * 7 + ["bullet"] * 3
    assert len(found.goals) == 7
    assert [person.name for person in found.signatories] == ["Göran Hultqvist-Dahl", "Joel Ståhlgren"]


def test_examples_differ_as_the_tour_says() -> None:
    """Protects the tour's figures: seven measures stay, three go, five are new."""
    comparison = samsyn.compare_agreements(*map(samsyn.extract_agreement, (OLDER[0], EXAMPLES[-1])))
    changes = [change.change for change in comparison.measures]
    assert [changes.count(kind) for kind in ("removed", "added")] == [3, 5]
    assert len(changes) == 15
