"""Takes two agreements, gives the facts of them as wholes that differ, and how the periods follow on one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from samsyn.comparing.wording import same_wording
from samsyn.models.agreement import Agreement, Period
from samsyn.models.comparison import MetadataChange, Note, PeriodStep, Value

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FIELDS = ("title", "kind", "municipalities", "parties", "period", "decided", "diary_number", "replaces")


def compare_metadata(old: Agreement, new: Agreement) -> tuple[MetadataChange, ...]:
    """The facts that differ, in reading order, each in the form in which `extract` prints it."""
    pairs = ((field, fact(old, field), fact(new, field)) for field in FIELDS)
    return tuple(
        MetadataChange(field=field, old=first, new=second) for field, first, second in pairs if not _same(first, second)
    )


def fact(agreement: Agreement, field: str) -> Value:
    """A fact of the agreement: names for municipalities and parties, a mapping for period and decision."""
    if field in ("municipalities", "parties"):
        return tuple(one.name for one in getattr(agreement, field)) or None
    if field == "period":
        period = agreement.period
        return {"start": period.start, "end": period.end, "text": period.text}
    if field == "decided":
        return {"date": agreement.decided.date, "body": agreement.decided.body}
    value: str | None = getattr(agreement, field)
    return value


def _same(old: Value, new: Value) -> bool:
    if isinstance(old, tuple) and isinstance(new, tuple):
        return {name.casefold() for name in old} == {name.casefold() for name in new}
    if isinstance(old, dict) and isinstance(new, dict):
        return all(old[key] == new[key] for key in old if key != "text")
    if isinstance(old, str) and isinstance(new, str):
        return same_wording(old, new)
    return old == new


def step_between(old: Period, new: Period) -> PeriodStep:
    """Whether the new period follows at once, after a gap or before the old one has ended, with the number of days."""
    if old.start and new.start and new.start < old.start:
        return PeriodStep(relation="reversed")
    if old.start and (old.start, old.end) == (new.start, new.end):
        return PeriodStep(relation="same")
    if not old.end or not new.start:
        return PeriodStep(relation="unknown")
    days = (date.fromisoformat(new.start) - date.fromisoformat(old.end)).days - 1
    if days == 0:
        return PeriodStep(relation="adjoining", days=0)
    return PeriodStep(relation="gap", days=days) if days > 0 else PeriodStep(relation="overlap", days=-days)


def of_different_places(old: Agreement, new: Agreement) -> bool:
    """True when the municipalities of both are known, and none is of both."""
    codes = [{municipality.code for municipality in agreement.municipalities} for agreement in (old, new)]
    return bool(codes[0] and codes[1]) and not codes[0] & codes[1]


def notes_on(old: Agreement, new: Agreement) -> tuple[Note, ...]:
    """What a reader of the comparison should doubt."""
    return tuple(_notes(old, new))


def _notes(old: Agreement, new: Agreement) -> Iterator[Note]:
    if of_different_places(old, new):
        yield "other_municipality"
    if step_between(old.period, new.period).relation == "reversed":
        yield "reversed"
    if old.source.sha256 == new.source.sha256:
        yield "same_document"
    if new.replaces and _replaces_other(new.replaces, old.period):
        yield "replaces_other"
    if not old.measures:
        yield "no_measures_in_old"
    if not new.measures:
        yield "no_measures_in_new"


def _replaces_other(named: str, period: Period) -> bool:
    """True when what the new agreement says that it replaces is of other years than the old one."""
    years = {*_YEAR.findall(named)}
    own = {day[:4] for day in (period.start, period.end) if day}
    return bool(years and own) and not years & own
