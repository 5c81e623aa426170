"""The corpus's pages keep their word: the tutorial runs from top to bottom, the reference names what there is."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from samsyn.cli import main
from samsyn.commands.corpus import corpus as group
from samsyn.corpora.projection import QUERY_TABLES

ROOT = Path(__file__).parent.parent
TUTORIAL = (ROOT / "docs" / "tutorial-researcher.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")


def blocks(text: str) -> list[tuple[str, str]]:
    """The code blocks that are to be run, in order: language and code."""
    return re.findall(r"```(sh|python)\n(.*?)```", text, flags=re.DOTALL)


def test_tutorial_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the researcher's first hour: every command and line as printed, to the finding and the plot."""
    for library in ("pandas", "matplotlib", "openpyxl"):
        pytest.importorskip(library)
    (tmp_path / "papper").mkdir()
    for path in sorted((ROOT / "tests" / "accuracy" / "documents").glob("*.docx")):
        shutil.copy(path, tmp_path / "papper")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        for language, code in blocks(TUTORIAL):
            if language == "python":
                exec(code, names)
                continue
            for line in code.splitlines():
                command, *arguments = shlex.split(line, comments=True)
                if command == "samsyn":
                    assert main(arguments) == 0, line
    shares = names["by_form"]["mean"]
    assert shares["row"] > max(shares["bullet"], shares["promise"]), "the finding in the text is none any more"
    assert Path("uppföljningsbara.png").stat().st_size > 5_000
    assert Path("datamängd/datapackage.json").exists()
    assert Path("vandringar.csv").read_text(encoding="utf-8").count("\n") > 5


@pytest.mark.parametrize("name", QUERY_TABLES)
def test_every_table_is_in_the_reference(name: str) -> None:
    """Protects those who open the file in Datasette: each table is described, in the words of the export."""
    assert f"| `{name}` | {QUERY_TABLES[name].description} |" in REFERENCE


def test_every_command_is_in_the_reference() -> None:
    """Protects the reference from commands that it does not know, and those that are no more."""
    table = REFERENCE.partition("| command | what |")[2].partition("\n\n")[0]
    named = {
        word
        for cell in re.findall(r"^\| (.*?) \|", table, flags=re.MULTILINE)
        for word in re.findall(r"`([a-z]+)", cell)
    }
    commands = {*group.commands, *group.commands["review"].commands}  # type: ignore[attr-defined]
    assert named == commands
