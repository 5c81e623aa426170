"""Takes the first source and gives the block in which the next agreement is signed: roles, no names, no dates."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.drafting.facts import municipality_name
from samsyn.drafting.sources import DraftSource
from samsyn.models.agreement import PartyKind, Signatory
from samsyn.models.draft import Note, NoteKind, SignatureLine, Signatures
from samsyn.vocabulary.drafting import draft_text
from samsyn.vocabulary.load import load_toml


def signature_block(source: DraftSource) -> Signatures:
    """The roles that signed last time, in their order; the usual ones for a party that nobody signed for."""
    signed = source.agreement.signatories
    lines = [_line(signatory, source) for signatory in signed]
    lines.extend(_missing(signed, source))
    return Signatures(tuple(lines))


def _line(signatory: Signatory, source: DraftSource) -> SignatureLine:
    note = Note(NoteKind.ORIGIN, draft_text("notes", "signed", name=signatory.name))
    return SignatureLine(_party(signatory, source), signatory.title or "", (note,))


def _party(signatory: Signatory, source: DraftSource) -> str:
    names = load_toml("drafting.toml")["signatures"]["party"]
    if signatory.party is None or (signatory.party == "other" and not signatory.organisation):
        return draft_text("signatures", "other_party")
    template: str = names[signatory.party]
    return template.format(municipality=municipality_name(source), organisation=signatory.organisation)


def _missing(signed: tuple[Signatory, ...], source: DraftSource) -> Iterator[SignatureLine]:
    known = {signatory.party for signatory in signed}
    parties: tuple[PartyKind, ...] = ("municipality", "police")
    for party in parties:
        if party not in known:
            name: str = load_toml("drafting.toml")["signatures"]["party"][party]
            for role in load_toml("drafting.toml")["signatures"][party]:
                yield SignatureLine(name.format(municipality=municipality_name(source)), role)
