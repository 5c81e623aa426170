"""Protects the period of validity: which clause counts, how it is read, and when the reader is warned."""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.extract.finders.metadata import find_metadata
from tests.case_papers import build, case_files, read_case


@pytest.mark.parametrize("path", case_files("period"), ids=lambda path: path.stem)
def test_period_of_case(path: Path) -> None:
    """Each case file gives the days it expects, and the cautions on the period it names."""
    document, parts, expected = read_case(path)
    found = find_metadata(document, parts)
    codes = [caution.code for caution in found.cautions if caution.code.startswith(("period", "impossible"))]
    assert (found.period.start or "", found.period.end or "", " ".join(codes)) == (
        expected["start"],
        expected["end"],
        expected.get("cautions", ""),
    )


def test_the_words_and_their_place_are_kept() -> None:
    """The period's text is what stands in the document at the place that the evidence names."""
    document, parts = build("# Samverkansöverenskommelse 2020\n# Tid [period]\nAvtalet gäller 2020-02-01--2021-01-31.")
    period = find_metadata(document, parts).period
    (evidence,) = period.evidence
    block = next(block for block in document.blocks if block.id == evidence.block)
    assert "2020-02-01--2021-01-31" in block.text[evidence.start : evidence.end]
    assert period.text is not None
    assert period.text in block.text
