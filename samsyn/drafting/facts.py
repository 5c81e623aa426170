"""Takes the first source and the new period, gives what stands on the title page and in the clause of validity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samsyn.drafting.redating import day_words
from samsyn.drafting.sources import DraftSource, years_label
from samsyn.extract.dates import find_spans
from samsyn.extract.finders.identity import kind_of_title
from samsyn.models.agreement import DocumentKind
from samsyn.models.draft import Fact, Passage, Standing
from samsyn.vocabulary.drafting import draft_text

_FOLLOWED_UP: dict[DocumentKind, DocumentKind] = {"uppföljning": "medborgarlöfte", "annat": "samverkansöverenskommelse"}
"""What is drafted from a document that is no agreement itself: a new promise from the follow-up of one."""


def draft_kind(source: DraftSource) -> DocumentKind:
    """What the draft is: as its source, but for a report or a document of no known kind."""
    return _FOLLOWED_UP.get(source.agreement.kind, source.agreement.kind)


def municipality_name(source: DraftSource) -> str:
    """The municipality as it names itself among the parties, else by the register; 'kommunen' when unknown."""
    party = next((party.name for party in source.agreement.parties if party.party == "municipality"), "")
    names = ", ".join(municipality.name for municipality in source.agreement.municipalities)
    return party or names or draft_text("titles", "unknown_municipality")


def draft_title(source: DraftSource, period: tuple[str, str]) -> str:
    """The source's title with the new years in place of the old; a plain one where the source has none that fits."""
    old = source.agreement.title or ""
    years = years_label(*period)
    kind = draft_kind(source)
    if kind_of_title(old) != kind:
        return draft_text("titles", kind, municipality=municipality_name(source), years=years)
    spans = [span for span in find_spans(old) if re.search(r"\d{4}", old[span.start : span.end])]
    if not spans:
        return f"{old} {years}"
    first = spans[0]
    return f"{old[: first.start]}{years}{old[first.end :]}"


def title_facts(source: DraftSource, period: tuple[str, str]) -> Iterator[Fact]:
    """The lines of the title page; what nobody can know yet is a prompt."""
    parties = "; ".join(party.name for party in source.agreement.parties)
    yield _fact("parties", parties, Standing.CARRIED)
    yield _fact("valid", f"{period[0]} – {period[1]}", Standing.NEW)
    yield _fact("replaces", source.name if source.agreement.kind != "uppföljning" else "", Standing.NEW)
    yield _fact("diary_number", "", Standing.PROMPT)
    yield _fact("decided", "", Standing.PROMPT)


def _fact(key: str, value: str, standing: Standing) -> Fact:
    passage = Passage(value, standing) if value else Passage(draft_text("prompts", key), Standing.PROMPT)
    return Fact(key, draft_text("facts", key), passage)


def validity_clause(kind: DocumentKind, period: tuple[str, str]) -> str:
    """The sentence that says from which day to which the draft is to be valid."""
    subjects = {"medborgarlöfte": "period_subject_promise", "handlingsplan": "period_subject_plan"}
    subject = draft_text("sentences", subjects.get(kind, "period_subject"))
    return draft_text("sentences", "period", subject=subject, start=day_words(period[0]), end=day_words(period[1]))
