"""The README keeps its word: its Python runs, its commands exist, the example agreement is what it says."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import click
import pytest

import samsyn
from samsyn.cli import samsyn as command_line

ROOT = Path(samsyn.__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = tuple(sorted((ROOT / "examples").glob("ange-2025-2028.*")))


def blocks(language: str) -> list[str]:
    """The README's code blocks in a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the newcomer's first five lines: they run as they stand and print each measure."""
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    (code,) = blocks("python")
    with contextlib.redirect_stdout(printed):
        exec(code, {})
    assert printed.getvalue().count("· page") == len(samsyn.extract_agreement(EXAMPLES[-1]).measures)


@pytest.mark.parametrize(
    "line", [line for block in blocks("sh") for line in block.splitlines() if line.startswith("samsyn ")]
)
def test_command_of_the_readme_is_understood(line: str) -> None:
    """Protects the README from commands and options that are no more."""
    command: click.Command = command_line
    arguments = shlex.split(line, comments=True)[1:]
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), arguments.pop(0))
        assert found is not None
        command = found
    command.make_context("samsyn", arguments)


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
