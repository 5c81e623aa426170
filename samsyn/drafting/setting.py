"""What all chapters of a draft share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from samsyn.drafting.carry import CarriedText
from samsyn.drafting.leads import Leads
from samsyn.drafting.outcomes import Outcomes
from samsyn.drafting.questions import Questions
from samsyn.models.draft import Note


@dataclass(frozen=True, slots=True)
class DraftSetting:
    """The period's first year, what the sources say besides their findings, and what is to be asked."""

    first_year: int
    promises: bool
    leads: Leads
    groups: frozenset[str]
    """Words that stand over several columns of the sources' tables."""
    text: CarriedText
    questions: Questions
    outcomes: Outcomes
    changes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    """Notes on the first source's goals and measures by their id, from a comparison."""
