"""From Python: the corpus's values as objects of the model and as data frames."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import samsyn
from samsyn.corpora.corpus import Corpus
from samsyn.corpora.filters import Filters
from samsyn.errors import CorpusError
from samsyn.models.agreement import Measure
from tests.agreements import measure
from tests.corpora import keep, made


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """A corpus of two municipalities."""
    with Corpus(tmp_path / "avtal.db", create=True) as corpus:
        keep(corpus, made("Habo", measures=(measure(), measure(id="m2", schedule=None, cells={}, outcomes=()))))
        keep(corpus, made("Åre", 2019, None))
        yield corpus


@pytest.mark.parametrize("name", ["focus_areas", "goals", "problem_pictures", "measures", "mentions", "signatories"])
def test_values_are_objects_of_the_model(corpus: Corpus, name: str) -> None:
    """Protects the iterators: every value of every agreement that is asked for, as it is in the agreement."""
    expected = [value for agreement in corpus.agreements() for value in getattr(agreement, name)]
    assert list(getattr(corpus, name)()) == expected
    of_habo = list(getattr(corpus, name)(Filters(municipalities=("Habo",))))
    assert 0 < len(of_habo) < len(expected)


def test_corpus_is_had_from_the_package(corpus: Corpus) -> None:
    """Protects the public face."""
    with samsyn.Corpus(corpus.path) as again:
        assert isinstance(next(again.measures(samsyn.Filters(municipalities=("Habo",)))), Measure)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frame_has_the_types_of_the_columns(corpus: Corpus, library: str) -> None:
    """Protects analysis: numbers are numbers, lists are lists, nothing is nothing."""
    pytest.importorskip(library)
    agreements = corpus.frame("agreements", library=library)  # type: ignore[arg-type]
    assert agreements.shape[0] == 2
    assert list(agreements["first_year"]) == [2019, 2025]
    assert [bool(value) for value in agreements["open_ended"]] == [True, False]
    assert "Int64" in str(agreements["last_year"].dtype)
    measures = corpus.frame("measures", Filters(municipalities=("Habo",)), library=library)  # type: ignore[arg-type]
    assert measures.shape[0] == 2
    assert [list(value) for value in measures["responsible"]] == [["SN", "KFN"], ["SN", "KFN"]]
    nothing = measures["schedule"].isna() if library == "pandas" else measures["schedule"].is_null()
    assert list(nothing) == [False, True]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_every_table_is_a_frame(corpus: Corpus, library: str) -> None:
    """Protects every column kind, also in a table without rows."""
    pytest.importorskip(library)
    for name in ("evidence", "targets", "relations", "warnings", "mentions", "municipalities", "correction_states"):
        table = corpus.table(name)
        frame = corpus.frame(name, library=library)  # type: ignore[arg-type]
        assert tuple(frame.columns) == table.schema.names


def test_unknown_table_is_told(corpus: Corpus) -> None:
    """Protects a slip of the finger: the names that there are are told."""
    with pytest.raises(CorpusError, match="there are municipalities"):
        corpus.frame("mesures")


def test_missing_library_is_told(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects those without the extra: what to install is told in one line."""
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(CorpusError, match=r"samsyn\[dataframes\]"):
        corpus.frame("agreements", library="polars")
