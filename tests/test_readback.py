"""Drafts of the suite's documents, read back: nothing is lost or invented on the way."""

from __future__ import annotations

import pytest

from tests.accuracy.readback import read_back
from tests.accuracy.scoring import total
from tests.accuracy.suite import cases, run

LEAST = 98.0


@pytest.mark.slow
def test_drafts_read_back_as_their_sources() -> None:
    """Protects the draft: areas, goals, measures and cells of every Word file are found again in its draft."""
    chosen = [case for case in cases() if case.variant.endswith("docx")]
    outcomes = run(read_back, iter(chosen))
    assert not [outcome.error for outcome in outcomes if outcome.error]
    found = total(outcome.score for outcome in outcomes)
    for column in ("areas", "goals", "goal places", "problems", "rows", "measure areas", "cells"):
        assert (found.f1(column) or 0) >= LEAST, column
