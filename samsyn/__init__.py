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
    from samsyn.compare import compare_agreements, compare_series
    from samsyn.errors import SamsynError, UnreadableDocument, VocabularyError
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
    from samsyn.models.comparison import Change, Comparison, Series
    from samsyn.models.source import Caution, Evidence, Source
    from samsyn.pipeline import extract_agreement, extract_agreements

__all__ = [
    "Agreement",
    "AgreementPart",
    "Caution",
    "Change",
    "Comparison",
    "Decision",
    "Evidence",
    "FocusArea",
    "Goal",
    "Measure",
    "Mention",
    "Municipality",
    "Party",
    "Period",
    "ProblemPicture",
    "RecurringMatch",
    "SamsynError",
    "Series",
    "Signatory",
    "Source",
    "Target",
    "UnreadableDocument",
    "VocabularyError",
    "compare_agreements",
    "compare_series",
    "extract_agreement",
    "extract_agreements",
]

_HOMES = {
    "samsyn.compare": ("compare_agreements", "compare_series"),
    "samsyn.models.comparison": ("Change", "Comparison", "Series"),
    "samsyn.errors": ("SamsynError", "UnreadableDocument", "VocabularyError"),
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
