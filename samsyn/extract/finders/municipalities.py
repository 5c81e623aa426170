"""Takes the papers of a document and its title, gives who enters into it: municipalities of the register, and parties.

Only those that are party count: named in the title, in a clause 'mellan A och B', on the cover, above the signatures
or in the running header. A municipality that is merely mentioned is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple, get_args

from samsyn.extract.finders.identity import Title, principal_paper
from samsyn.extract.finders.passages import Paper, Stretch, lines_of, sentences_of
from samsyn.extract.finders.wording import message, phrase_pattern
from samsyn.models.agreement import Municipality, Party, PartyKind
from samsyn.models.document import Block
from samsyn.models.source import Caution
from samsyn.vocabulary.gazetteer import Standing, find_places, municipality
from samsyn.vocabulary.load import load_toml

_COVER_LINES = 25


def find_municipalities(
    papers: tuple[Paper, ...], title: Title | None, furniture: tuple[Block, ...], signing: Iterable[str] = ()
) -> tuple[tuple[Municipality, ...], tuple[Caution, ...]]:
    """The municipalities that are party, in the order they are named; `signing` are names above the signatures."""
    sources: list[list[str]] = [[title.text] if title else [], list(signing), _clauses(papers), _cover(papers)]
    sources.append([line.text for block in furniture for line in lines_of(block)])
    for texts in sources:
        codes = _codes(texts, Standing.MUNICIPALITY)
        if codes:
            return tuple(municipality(code) for code in codes), ()
    for texts in ([title.text] if title else [], _cover(papers)):
        codes = _codes(texts, Standing.PLACE)
        if codes:
            return tuple(municipality(code) for code in codes), ()
    common = _most_named(papers)
    if common is not None:
        return (municipality(common),), ()
    return (), (Caution(code="municipality-missing", message=message("municipality-missing")),)


def _codes(texts: Iterable[str], standing: Standing) -> list[str]:
    """Codes of the places with that standing, each once."""
    found = (place.code for text in texts for place in find_places(text) if place.standing is standing)
    return list(dict.fromkeys(found))


def _clauses(papers: tuple[Paper, ...]) -> list[str]:
    return [clause.text for clause in _party_clauses(papers)]


def _party_clauses(papers: tuple[Paper, ...]) -> Iterator[Stretch]:
    """The stretches that name the parties: behind 'mellan' in a sentence on this agreement, and under 'Parter'."""
    paper = principal_paper(papers)
    if paper is None:
        return
    lead = phrase_pattern("metadata.toml", "parties", "leads")
    for line in paper.lines():
        for sentence in sentences_of(line):
            hit = lead.search(sentence.text)
            if hit is None:
                continue
            clause = sentence.part(hit.end())
            kinds = {party_kind(piece.text) for piece in _pieces(clause)}
            if {"municipality", "police"} <= kinds:
                yield clause


def _cover(papers: tuple[Paper, ...]) -> list[str]:
    paper = principal_paper(papers)
    return [line.text for line in paper.lines()[:_COVER_LINES] if len(line.text) <= 200] if paper else []


def _most_named(papers: tuple[Paper, ...]) -> str | None:
    """The municipality named most often as one in the principal paper, when no other comes near."""
    paper = principal_paper(papers)
    if paper is None:
        return None
    counts = Counter(
        place.code
        for line in paper.lines()
        for place in find_places(line.text)
        if place.standing is Standing.MUNICIPALITY
    )
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]


def find_parties(papers: tuple[Paper, ...], title: Title | None, signing: Iterable[str] = ()) -> tuple[Party, ...]:
    """Who enters into the agreement, names as written: from the title, the signatures, a party clause or the cover."""
    texts = [title.text] if title else []
    for names in (_names_in(texts), _whole_names(signing), _names_in(_clauses(papers)), _names_in(_cover(papers))):
        kinds = {party.party for party in names}
        if {"municipality", "police"} <= kinds:
            return names
    everywhere = (*_names_in(texts), *_whole_names(signing), *_names_in(_cover(papers)))
    return _distinct(everywhere)


def _whole_names(texts: Iterable[str]) -> tuple[Party, ...]:
    return _distinct(Party(name=text, party=kind) for text in texts if (kind := party_kind(text)) is not None)


def _names_in(texts: Iterable[str]) -> tuple[Party, ...]:
    parties: list[Party] = []
    for text in texts:
        stretch = re.sub(r"\s+", " ", text)
        parties.extend(_organisations(stretch))
    return _distinct(parties)


def _distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Each party once: a fuller name ('Polismyndigheten, lokalpolisområde X') stands for its beginning."""
    kept: dict[str, Party] = {}
    for party in parties:
        key = re.sub(r"\W+", " ", party.name).casefold().strip()
        rivals = [known for known in kept if known.startswith(key) or key.startswith(known)]
        if not rivals:
            kept[key] = party
        elif len(key) > len(rivals[0]):
            kept = {key if known == rivals[0] else known: party if known == rivals[0] else value for known, value in kept.items()}
    return tuple(kept.values())


class _Piece(NamedTuple):
    text: str


def _pieces(clause: Stretch) -> Iterator[_Piece]:
    for party in _organisations(clause.text):
        yield _Piece(party.name)


@cache
def _police_name() -> re.Pattern[str]:
    """'Polismyndigheten i X län', 'Polismyndigheten, lokalpolisområde Piteå Älvdal', 'lokalpolisområde A/B'."""
    words = load_toml("bodies.toml")["organisation"]["police"]
    lead = "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
    proper = r"(?:[A-ZÅÄÖ][\w-]*|södra|norra|östra|västra)"
    area = rf"(?:{lead})\s+(?:i\s+)?{proper}(?:(?:\s+|/|\s?[-–]\s?){proper})*(?:\s+läns?)?"
    return re.compile(
        rf"(?<!\w)(?:(?:{lead})(?:\s+i)?\s+{proper}(?:(?:\s+|/|\s?[-–]\s?){proper})*(?:\s+läns?)?|(?:{lead}))(?!\w)"
        rf"(?:,?\s+(?:genom\s+)?{area})?",
        re.IGNORECASE if False else 0,
    )


def _organisations(text: str) -> Iterator[Party]:
    """The municipalities, police authorities and other organisations named in a text, in order."""
    found: list[tuple[int, Party]] = []
    for place in find_places(text):
        if place.standing is Standing.MUNICIPALITY:
            found.append((place.start, Party(name=text[place.start : place.end], party="municipality")))
    for hit in _police_name().finditer(text):
        found.append((hit.start(), Party(name=hit.group().strip(" ,"), party="police")))
    yield from (party for _, party in sorted(found, key=lambda item: item[0]))


def party_kind(text: str) -> PartyKind | None:
    """Whether a name is that of a municipality, the police or another organisation; None when it is none of them."""
    if any(place.standing is Standing.MUNICIPALITY for place in find_places(text)):
        return "municipality"
    for kind in ("police", "municipality", "other"):
        if phrase_pattern("bodies.toml", "organisation", kind).search(text):
            return next(known for known in get_args(PartyKind) if known == kind)
    return None
