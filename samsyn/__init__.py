"""Reads Swedish police and municipality cooperation agreements into one shared, traceable model.

    import samsyn
    agreement = samsyn.extract_agreement("agreement.pdf")
    for measure in agreement.measures:
        print(measure.label, measure.responsible)

The public names below are loaded when they are first used, so that `import samsyn` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samsyn.check import check_agreement
    from samsyn.collect import ReadSettings, collect_files, refresh_files
    from samsyn.compare import compare_agreements, compare_series
    from samsyn.corpora.corpus import Corpus
    from samsyn.corpora.filters import Filters
    from samsyn.draft import draft_agreement, read_source
    from samsyn.errors import CorpusError, SamsynError, UnreadableDocument, VocabularyError
    from samsyn.models.agreement import (
        Agreement,
        AgreementPart,
        Decision,
        FocusArea,
        Goal,
        Measure,
        Mention,
        Municipality,
        Party,
        Period,
        ProblemPicture,
        RecurringMatch,
        Signatory,
        Target,
    )
    from samsyn.models.check import CheckReport
    from samsyn.models.comparison import Change, Comparison, Series
    from samsyn.models.draft import Draft
    from samsyn.models.reading import ReadOptions
    from samsyn.models.source import Caution, Evidence, Source
    from samsyn.pipeline import extract_agreement, extract_agreements

__all__ = [
    "Agreement",
    "AgreementPart",
    "Caution",
    "Change",
    "CheckReport",
    "Comparison",
    "Corpus",
    "CorpusError",
    "Decision",
    "Draft",
    "Evidence",
    "Filters",
    "FocusArea",
    "Goal",
    "Measure",
    "Mention",
    "Municipality",
    "Party",
    "Period",
    "ProblemPicture",
    "ReadOptions",
    "ReadSettings",
    "RecurringMatch",
    "SamsynError",
    "Series",
    "Signatory",
    "Source",
    "Target",
    "UnreadableDocument",
    "VocabularyError",
    "check_agreement",
    "collect_files",
    "compare_agreements",
    "compare_series",
    "draft_agreement",
    "extract_agreement",
    "extract_agreements",
    "read_source",
    "refresh_files",
]

_HOMES = {
    "samsyn.check": ("check_agreement",),
    "samsyn.draft": ("draft_agreement", "read_source"),
    "samsyn.models.check": ("CheckReport",),
    "samsyn.models.draft": ("Draft",),
    "samsyn.collect": ("ReadSettings", "collect_files", "refresh_files"),
    "samsyn.compare": ("compare_agreements", "compare_series"),
    "samsyn.models.comparison": ("Change", "Comparison", "Series"),
    "samsyn.corpora.corpus": ("Corpus",),
    "samsyn.corpora.filters": ("Filters",),
    "samsyn.errors": ("CorpusError", "SamsynError", "UnreadableDocument", "VocabularyError"),
    "samsyn.models.reading": ("ReadOptions",),
    "samsyn.models.source": ("Caution", "Evidence", "Source"),
    "samsyn.pipeline": ("extract_agreement", "extract_agreements"),
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("samsyn")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home = next((module for module, names in _HOMES.items() if name in names), "samsyn.models.agreement")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
