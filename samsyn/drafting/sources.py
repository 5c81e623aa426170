"""An older document that a draft is made from: what was understood of it, its sections, and how it is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from samsyn.models.agreement import Agreement
from samsyn.models.draft import Note, NoteKind
from samsyn.models.section import Part
from samsyn.models.source import Evidence
from samsyn.vocabulary.drafting import draft_text


class SourceRole(StrEnum):
    """What a source is to the draft."""

    OWN = "own"
    """The parties' own agreement or plan: carried over."""
    FOLLOW_UP = "follow-up"
    """A report of what was done: informs what goes on."""
    NEIGHBOUR = "neighbour"
    """Somebody else's agreement: its measures are proposed."""


@dataclass(frozen=True, slots=True)
class DraftSource:
    """An older document; `parts` is empty where only its JSON is at hand."""

    agreement: Agreement
    parts: tuple[Part, ...] = ()
    role: SourceRole = SourceRole.OWN

    @property
    def name(self) -> str:
        """The document as a reader knows it: 'Medborgarlöfte 2021–2022', with the municipality when it is another's."""
        agreement = self.agreement
        kind = agreement.kind if agreement.kind != "annat" else agreement.title or agreement.source.file
        place = ", ".join(municipality.name for municipality in agreement.municipalities)
        words = [kind[:1].upper() + kind[1:], years_label(agreement.period.start, agreement.period.end)]
        if self.role is SourceRole.NEIGHBOUR and place:
            words.insert(1, place)
        return " ".join(word for word in words if word)


def years_label(start: str | None, end: str | None) -> str:
    """'2024–2027', '2024' for one year, '2024–' without an end; empty when there is no beginning."""
    if not start:
        return end[:4] if end else ""
    if not end:
        return f"{start[:4]}–"
    return start[:4] if start[:4] == end[:4] else f"{start[:4]}–{end[:4]}"


def pages_of(evidence: Iterable[Evidence]) -> tuple[int, ...]:
    """The pages that the evidence lies on, in order, each once."""
    return tuple(sorted({item.page for item in evidence if item.page is not None}))


def page_words(pages: tuple[int, ...]) -> str:
    """', s. 4–5', or nothing where the source has no pages."""
    if not pages:
        return ""
    label = str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}"
    return draft_text("notes", "page", pages=label)


def origin_note(source: DraftSource, evidence: Iterable[Evidence], *, key: str = "origin") -> Note:
    """Where a text was taken from: document and page."""
    if source.role is SourceRole.NEIGHBOUR:
        key = "origin_proposed"
    where = page_words(pages_of(evidence))
    return Note(NoteKind.ORIGIN, draft_text("notes", key, source=source.name, page=where))
