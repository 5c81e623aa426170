"""Takes a document and its parts, gives what it is, whose, from when, decided and signed by whom."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from samsyn.extract.finders.decision import find_decision
from samsyn.extract.finders.diary import find_diary_number
from samsyn.extract.finders.fields import find_fields
from samsyn.extract.finders.identity import find_kind, find_title, make_slug, names_promise
from samsyn.extract.finders.impossible_days import find_impossible
from samsyn.extract.finders.municipalities import find_municipalities, find_parties
from samsyn.extract.finders.passages import papers_of
from samsyn.extract.finders.period import find_period
from samsyn.extract.finders.replaces import find_replaced
from samsyn.extract.finders.signatories import find_signatories
from samsyn.models.agreement import Decision, DocumentKind, Municipality, Party, Period, Signatory
from samsyn.models.document import Document
from samsyn.models.section import Part
from samsyn.models.source import Caution, Evidence


@dataclass(frozen=True, slots=True)
class Metadata:
    """All that an agreement says of itself, with where it says so; absent is None or empty."""

    id: str
    title: str | None
    title_evidence: tuple[Evidence, ...]
    kind: DocumentKind
    municipalities: tuple[Municipality, ...]
    parties: tuple[Party, ...]
    period: Period
    diary_number: str | None
    diary_number_evidence: tuple[Evidence, ...]
    replaces: str | None
    replaces_evidence: tuple[Evidence, ...]
    decided: Decision
    signatories: tuple[Signatory, ...]
    cautions: tuple[Caution, ...]

    @property
    def is_promise(self) -> bool:
        """True for a promise to the citizens and for the follow-up of one."""
        return self.kind == "medborgarlöfte" or (self.kind == "uppföljning" and names_promise(self.title or ""))


def find_metadata(document: Document, parts: tuple[Part, ...]) -> Metadata:
    """The metadata and signatories of the agreement in the document, with cautions where sources differ."""
    papers = papers_of(document, parts)
    fields = find_fields(papers)
    title = find_title(papers, document.furniture)
    block = find_signatories(papers)
    municipalities, municipality_cautions = find_municipalities(
        papers, title, fields=fields, furniture=document.furniture, signing=block.parties
    )
    parties = find_parties(papers, title, signing=block.parties)
    kind, kind_cautions = find_kind(papers, title, parties, signed=bool(block.signatories))
    days = tuple(signatory.date for signatory in block.signatories if signatory.date)
    period, period_cautions = find_period(papers, fields, title, kind, signing_days=days, furniture=document.furniture)
    number, number_cautions = find_diary_number(papers, fields, document.furniture)
    decided, decision_cautions = find_decision(papers, fields, kind, document.furniture)
    replaced = find_replaced(papers, fields)
    return Metadata(
        id=make_slug(municipalities, kind, period, PurePath(document.source.file).stem),
        title=title.text if title else None,
        title_evidence=title.evidence if title else (),
        kind=kind,
        municipalities=municipalities,
        parties=parties,
        period=period,
        diary_number=number.text if number else None,
        diary_number_evidence=number.evidence if number else (),
        replaces=replaced.text if replaced else None,
        replaces_evidence=replaced.locate() if replaced else (),
        decided=decided,
        signatories=block.signatories,
        cautions=(
            *municipality_cautions,
            *kind_cautions,
            *period_cautions,
            *find_impossible(papers, fields),
            *number_cautions,
            *decision_cautions,
        ),
    )
