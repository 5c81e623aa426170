"""The corpus's page names what there is; that its commands run is for test_docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samsyn.commands.corpus import corpus as group
from samsyn.corpora.projection import QUERY_TABLES

ROOT = Path(__file__).parent.parent
REFERENCE = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")


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
