"""A series of agreements: the life of each measure, also of one that was dropped and comes back."""

from __future__ import annotations

import pytest

from samsyn.compare import compare_series
from samsyn.models.agreement import Agreement
from samsyn.models.comparison import Series
from tests.alignment.pairs import load_pairs

SALA = next(pair for pair in load_pairs() if pair.name == "sala")


def third() -> Agreement:
    """A third promise: some of the second's, and one of the first's that the second had dropped."""
    kept = [*SALA.new.measures[:4], SALA.old.measures[6]]
    measures = tuple(one.model_copy(update={"id": f"m{number}"}) for number, one in enumerate(kept, start=1))
    period = SALA.new.period.model_copy(update={"start": "2023-01-01", "end": "2023-12-31", "text": "2023"})
    return SALA.new.model_copy(update={"id": "sala-2023", "period": period, "measures": measures})


def series() -> Series:
    """Three promises in a row."""
    return compare_series((SALA.old, SALA.new, third()))


def test_every_appearance_is_in_one_life() -> None:
    """Protects completeness: each measure of each agreement is in exactly one life, in its place."""
    lives = series().measures
    for number, whole in enumerate((SALA.old, SALA.new, third())):
        found = [side.id for life in lives if (side := life.appearances[number])]
        assert sorted(found) == sorted(measure.id for measure in whole.measures)


def test_lives_follow_what_stays_ends_and_begins() -> None:
    """Protects the matrix: kept throughout, dropped at a step, begun at a step."""
    lives = {life.label: life for life in series().measures}
    torg = next(life for label, life in lives.items() if "Stora torget" in label)
    assert all(torg.appearances)
    assert torg.kinds[1] == "kept"
    dropped = next(life for label, life in lives.items() if "EPA" in label)
    assert dropped.kinds == ("dropped", None)
    begun = next(life for label, life in lives.items() if "nattvandringen" in label)
    assert begun.appearances[0] is None
    assert begun.kinds == ("new", "kept")


def test_what_comes_back_is_one_life() -> None:
    """Protects memory: a measure that was left out for a period is told as returned, not as invented."""
    back = next(life for life in series().measures if "en gång i kvartalet" in life.label)
    assert [side is not None for side in back.appearances] == [True, False, True]
    assert back.kinds == ("dropped", "new")


def test_a_series_needs_two() -> None:
    """Protects against nonsense: one agreement is no series."""
    with pytest.raises(ValueError, match="two agreements"):
        compare_series((SALA.old,))


def test_series_survives_json() -> None:
    """Protects those who keep it: a series is read back from its JSON as it was."""
    whole = series()
    assert Series.model_validate_json(whole.model_dump_json()) == whole
