"""Protects who is party: municipalities of the register and other parties, and that mere mentions are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.extract.finders.metadata import find_metadata
from tests.case_papers import case_files, read_case


@pytest.mark.parametrize("path", case_files("municipalities"), ids=lambda path: path.stem)
def test_municipalities_of_case(path: Path) -> None:
    """Each case file gives the codes it expects in order, the parties it names, and the cautions."""
    document, parts, expected = read_case(path)
    found = find_metadata(document, parts)
    assert " ".join(place.code for place in found.municipalities) == expected["codes"]
    if "parties" in expected:
        written = [f"{party.name} ({party.party})" for party in found.parties]
        named = (part.strip() for part in expected["parties"].replace("),", ")|").split("|"))
        assert sorted(written) == sorted(part for part in named if part)
    codes = [caution.code for caution in found.cautions if caution.code.startswith("municipality")]
    assert " ".join(codes) == expected.get("cautions", "")
