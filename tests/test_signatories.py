"""Protects the signatories: who signs, as what, for whom and when; and that look-alikes sign nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.extract.finders.metadata import find_metadata
from tests.case_papers import build, case_files, read_case


@pytest.mark.parametrize("path", case_files("signatories"), ids=lambda path: path.stem)
def test_signatories_of_case(path: Path) -> None:
    """Each case file gives the people it expects, in order, with title, party, organisation and day."""
    document, parts, expected = read_case(path)
    found = [
        " | ".join((person.name, person.title or "", person.party or "", person.organisation or "", person.date or ""))
        for person in find_metadata(document, parts).signatories
    ]
    assert [" ".join(line.split()) for line in found] == [" ".join(line.split()) for line in expected.values()]


def test_evidence_points_at_the_name() -> None:
    """The first evidence of a signatory is the stretch of the block that holds the name."""
    document, parts = build("# Avtal\n# Underskrifter [signatures]\n________\nEva Tidan // Kommunchef")
    (person,) = find_metadata(document, parts).signatories
    block = next(block for block in document.blocks if block.id == person.evidence[0].block)
    assert "Eva Tidan" in block.text[person.evidence[0].start : person.evidence[0].end]
