"""Takes agreements in the order of their periods, gives what became of everything from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from samsyn.comparing.metadata import compare_metadata, notes_on, step_between
from samsyn.comparing.persons import compare_signatories
from samsyn.comparing.sections import compare_sections
from samsyn.comparing.series import lives_of
from samsyn.comparing.substance import Periods
from samsyn.models.agreement import Agreement
from samsyn.models.comparison import Comparison, Edition, Series


def compare_agreements(old: Agreement, new: Agreement) -> Comparison:
    """What became of everything in the old agreement, and what is new in the new one.

    Every focus area, goal, problem picture, measure and signatory of both is in exactly one change: with its pair,
    or alone. Pairs are the best over the whole; what has no likely pair has none. Nothing is read from disk.

        >>> comparison = compare_agreements(old, new)                         # doctest: +SKIP
        >>> [change.label for change in comparison.measures if change.kind == "dropped"]   # doctest: +SKIP
    """
    return Comparison(
        old=_edition(old),
        new=_edition(new),
        metadata=compare_metadata(old, new),
        period_step=step_between(old.period, new.period),
        notes=notes_on(old, new),
        signatories=compare_signatories(old.signatories, new.signatories, Periods(old.period, new.period)),
        **compare_sections(old, new),
    )


def compare_series(agreements: Sequence[Agreement]) -> Series:
    """What changed at each step of a series of agreements, and the life of each measure over all of them.

    Raises ValueError for fewer than two agreements.
    """
    if len(agreements) < 2:
        raise ValueError("a series needs two agreements or more")
    comparisons = tuple(compare_agreements(old, new) for old, new in pairwise(agreements))
    return Series(
        editions=tuple(map(_edition, agreements)),
        comparisons=comparisons,
        measures=lives_of(agreements, comparisons),
    )


def _edition(agreement: Agreement) -> Edition:
    return Edition(
        id=agreement.id,
        title=agreement.title,
        period=agreement.period.model_copy(update={"evidence": ()}),
        kind=agreement.kind,
        file=agreement.source.file,
    )
