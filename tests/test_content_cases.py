"""Each file in `cases/content` is a small agreement in the tests' notation and what must be found in it.

The first line says what the case protects. After the document stand parts such as `=== goals`, one found value a line,
in reading order; a part that is not there is not compared. To add a case, write a file.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.models.agreement import Agreement, Measure, Target
from samsyn.pipeline import understand_document
from tests.notation import document_of

CASES = sorted((Path(__file__).parent / "cases" / "content").glob("*.txt"))
PARTS = ("areas", "goals", "problems", "measures", "targets")
SHOWN = (
    *("title", "cause", "municipality_action", "police_action", "joint_action", "participants", "target_group"),
    *("goal", "effect", "indicator", "schedule", "follow_up", "communication", "resources", "status", "place"),
)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    _, _, rest = path.read_text(encoding="utf-8").partition("\n")
    text, *parts = rest.split("\n=== ")
    agreement = understand_document(document_of(text))[0]
    assert parts, "a case without expectations protects nothing"
    for part in parts:
        name, _, lines = part.partition("\n")
        assert name in PARTS
        assert _found(agreement, name) == [line for line in lines.strip().split("\n") if line]


def _found(agreement: Agreement, name: str) -> list[str]:
    titles: dict[str | None, str] = {area.id: area.title for area in agreement.focus_areas}
    titles[None] = "-"
    found = {
        "areas": [area.title for area in agreement.focus_areas],
        "goals": [f"{goal.level} | {titles[goal.focus_area]} | {goal.text}" for goal in agreement.goals],
        "problems": [
            f"{problem.title} | {titles[problem.focus_area]} | {problem.text}" for problem in agreement.problem_pictures
        ],
        "targets": [_target(target) for goal in agreement.goals for target in goal.targets],
        "measures": [_measure(measure, titles[measure.focus_area]) for measure in agreement.measures],
    }
    return [value.replace("\n", " / ") for value in found[name]]


def _target(target: Target) -> str:
    shown = target.model_dump(exclude_none=True)
    return "; ".join(f"{key}={value}" for key, value in shown.items() if key != "text")


def _measure(measure: Measure, area: str) -> str:
    fields = [f"{name}={value}" for name in SHOWN if (value := getattr(measure, name))]
    lists = {"responsible": measure.responsible, "outcomes": measure.outcomes}
    fields += [f"{name}={', '.join(values)}" for name, values in lists.items() if values]
    return f"{measure.form} | {area} | {'; '.join(fields)}"
