"""Takes the papers of a document and its title, gives who enters into it: municipalities of the register, and parties.

Only those that are party count: named in the title, in a clause 'mellan A och B', on the cover, above the signatures
or in the running header. A municipality that is merely mentioned is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from samsyn.extract.finders.fields import Field
from samsyn.extract.finders.identity import Title, principal_paper
from samsyn.extract.finders.organisations import (
    NamedOrganisation,
    distinct_parties,
    find_organisations,
    party_kind,
)
from samsyn.extract.finders.passages import Paper, lines_of
from samsyn.extract.finders.wording import message, phrase_pattern, words_under
from samsyn.models.agreement import Municipality, Party, PartyKind
from samsyn.models.document import Block
from samsyn.models.section import PartKind
from samsyn.models.source import Caution
from samsyn.vocabulary.gazetteer import Standing, find_places, municipality
from samsyn.vocabulary.lexicon import strip_numbering
from samsyn.vocabulary.phrases import either_of

_MOST_PARTY_LINES = 6
_LONGEST_PARTY_LINE = 120
_BOTH = {"municipality", "police"}


def find_municipalities(
    papers: tuple[Paper, ...],
    title: Title | None,
    *,
    fields: tuple[Field, ...] = (),
    furniture: tuple[Block, ...] = (),
    signing: Iterable[str] = (),
) -> tuple[tuple[Municipality, ...], tuple[Caution, ...]]:
    """The municipalities that are party, in the order they are named; `signing` are names above the signatures."""
    titles = [title.text] if title else []
    cover, signed = _cover(papers), list(signing)
    headers = [line.text for block in furniture for line in lines_of(block)]
    clauses = list(_party_clauses(papers))
    stated = [field.value.text for field in fields if field.meaning == "municipality" and field.is_fact]
    codes = (
        _union(titles, signed, clauses)
        or _first((cover, headers), Standing.MUNICIPALITY)
        or _first((titles, stated, cover), Standing.PLACE)
        or _codes(titles, Standing.BRAND)
    )
    if not codes:
        common = _most_named(papers)
        codes = [common] if common else _codes(_joint_sentences(papers)[:1], Standing.MUNICIPALITY)
    if codes:
        return tuple(municipality(code) for code in codes), ()
    if not papers:
        return (), ()
    return (), (Caution(code="municipality-missing", message=message("municipality-missing")),)


def _union(titles: list[str], signed: list[str], clauses: list[str]) -> list[str]:
    """Those in the title with those above the signatures, or in the clauses that name the parties."""
    own = _codes([*titles, *signed], Standing.MUNICIPALITY)
    in_clauses = _codes(clauses[:1], Standing.MUNICIPALITY)
    return list(dict.fromkeys([*own, *in_clauses])) if set(own) <= set(in_clauses) else own


def _first(sources: Iterable[list[str]], standing: Standing) -> list[str]:
    return next((codes for texts in sources if (codes := _codes(texts, standing))), [])


def _codes(texts: Iterable[str], standing: Standing) -> list[str]:
    """Codes of the places with that standing, each once."""
    found = (place.code for text in texts for place in find_places(text) if place.standing is standing)
    return list(dict.fromkeys(found))


def _party_clauses(papers: tuple[Paper, ...]) -> Iterator[str]:
    """The stretches that name the parties: behind 'mellan' or 'parter är', where both sides are named."""
    paper = principal_paper(papers)
    if paper is None:
        return
    lead = phrase_pattern("metadata.toml", "parties", "leads")
    foreign = phrase_pattern("metadata.toml", "validity", "foreign")
    names = phrase_pattern("metadata.toml", "subjects", "all")
    for sentence in paper.sentences_with("metadata.toml", "parties", "leads"):
        text = sentence.stretch.text
        hit = lead.search(text)
        before = text[: hit.start()] if hit else ""
        opens = hit is not None and not before.strip()
        if hit is None or foreign.search(before):
            continue
        if not (_is_parties(hit) or names.search(text if opens else before)):
            continue
        clause = _clause(text[hit.end() :])
        if {"municipality", "police"} <= {organisation.kind for organisation in find_organisations(clause)}:
            yield clause


def _party_lines(papers: tuple[Paper, ...]) -> list[str]:
    """The few lines below a heading such as 'Parter' that name an organisation each."""
    paper = principal_paper(papers)
    if paper is None:
        return []
    lines = [line.text for line in paper.lines]
    for index, text in enumerate(lines):
        heading = strip_numbering(text).strip(" :")
        if phrase_pattern("metadata.toml", "parties", "headings").fullmatch(heading):
            return [
                line for line in lines[index + 1 : index + 1 + _MOST_PARTY_LINES] if len(line) <= _LONGEST_PARTY_LINE
            ]
    return []


def _is_parties(hit: re.Match[str]) -> bool:
    """True for a lead that speaks of parties by itself, not 'mellan', which stands before much else too."""
    return phrase_pattern("metadata.toml", "parties", "sure_leads").fullmatch(hit.group()) is not None


def _clause(text: str) -> str:
    """The list of names at the start of the text: up to a verb or a full stop."""
    stop = phrase_pattern("roles.toml", "title", "not_in_title").search(text)
    return re.split(r"[.;](?:\s|$)", text[: stop.start()] if stop else text, maxsplit=1)[0][:400]


def _cover(papers: tuple[Paper, ...]) -> list[str]:
    """The short lines before the body of the principal paper, labels and their values left out."""
    paper = principal_paper(papers)
    if paper is None:
        return []
    return [line.text for line in paper.lines if paper.is_cover(line.block) and len(line.text) <= 200]


def _most_named(papers: tuple[Paper, ...]) -> str | None:
    """The municipality named most often as one in the principal paper, when no other comes near."""
    paper = principal_paper(papers)
    if paper is None:
        return None
    places = [place for line in paper.lines for place in find_places(line.text)]
    ranked = Counter(place.code for place in places if place.standing is Standing.MUNICIPALITY).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]


def _joint_sentences(papers: tuple[Paper, ...]) -> list[str]:
    """What names both sides where no clause does: 'Polisen och Orsa kommun lovar …', '… avtal med Orsa kommun och
    polisen': the list of parties that a sentence opens with, a whole sentence that names the kind of document, then
    lists within other sentences."""
    names = phrase_pattern("metadata.toml", "subjects", "all")
    foreign = phrase_pattern("metadata.toml", "validity", "foreign")
    found: list[str] = []
    within: list[str] = []
    for text in _own_sentences(papers):
        if not _codes([text], Standing.MUNICIPALITY):
            continue  # as most, and organisations take longer to find
        organisations = find_organisations(text)
        if not {organisation.kind for organisation in organisations} >= _BOTH:
            continue
        lists = [listed for listed in _party_lists(text, organisations) if {one.kind for one in listed} >= _BOTH]
        if lists and lists[0][0].start == 0:
            found.append(text[: lists[0][-1].end])
        elif names.search(text) and not foreign.search(text):
            found.append(text)
        elif lists:
            within.append(text[lists[0][0].start : lists[0][-1].end])
    return found or within


def _own_sentences(papers: tuple[Paper, ...]) -> Iterator[str]:
    """The sentences of the principal paper, then of the other agreements in the document."""
    principal = principal_paper(papers)
    others = [paper for paper in papers if paper.kind is PartKind.AGREEMENT and paper is not principal]
    for paper in [principal, *others] if principal is not None else others:
        yield from (sentence.stretch.text for sentence in paper.sentences)


def _party_lists(text: str, organisations: tuple[NamedOrganisation, ...]) -> list[list[NamedOrganisation]]:
    """The organisations in groups that commas and 'och' join."""
    groups: list[list[NamedOrganisation]] = []
    for organisation in organisations:
        gap = text[groups[-1][-1].end : organisation.start].strip(" ,") if groups else None
        if gap is not None and (not gap or _joining().fullmatch(gap)):
            groups[-1].append(organisation)
        else:
            groups.append([organisation])
    return groups


@cache
def _joining() -> re.Pattern[str]:
    return re.compile(either_of(words_under("places.toml", "words", "and")))


def _by_their_kind(papers: tuple[Paper, ...]) -> tuple[Party, ...]:
    """The parties of a text that speaks of 'polisen och kommunen': the one municipality it names, and the police."""
    common = _most_named(papers)
    both = phrase_pattern("metadata.toml", "parties", "both_by_kind")
    sentences = list(_own_sentences(papers))
    if common is None or not any(both.search(sentence) for sentence in sentences):
        return ()
    named = _names_in(sentences)
    own = [party for party in named if _codes([party.name], Standing.MUNICIPALITY) == [common]]
    police = [party for party in named if party.party == "police"]
    return (*own[:1], *police[:1]) if own and police else ()


def find_parties(papers: tuple[Paper, ...], title: Title | None, *, signing: Iterable[str] = ()) -> tuple[Party, ...]:
    """Who enters into the agreement, names as written: from the first place that names both sides, others added.

    The places in order: title, signatures, a clause that names the parties, the cover.
    """
    titles = _names_in([title.text] if title else [])
    listed = _names_in(_party_lines(papers))
    signed = _whole_names(signing)
    clauses = _names_in(list(_party_clauses(papers))[:1])
    cover = _names_in(_cover(papers))
    known = [signed, titles, clauses, listed, cover]
    if not any(map(_has_both, known)):
        known.append(_names_in(_joint_sentences(papers)[:1]) or _by_their_kind(papers))
    for parties in known:
        if _has_both(parties):
            others = (party for party in (*signed, *titles, *clauses) if party.party in _sides(parties, signed))
            return distinct_parties((*parties, *others))
    return distinct_parties((*titles, *signed, *clauses, *listed, *cover))


def _has_both(parties: tuple[Party, ...]) -> bool:
    return {party.party for party in parties} >= _BOTH


def _sides(parties: tuple[Party, ...], signed: tuple[Party, ...]) -> set[str]:
    """Which sides another place may still give a fuller name or a further party of."""
    return {party.party for party in parties} | ({"other"} if signed else set())


def _whole_names(texts: Iterable[str]) -> tuple[Party, ...]:
    return distinct_parties(Party(name=text, party=kind) for text in texts if (kind := party_kind(text)) is not None)


def _names_in(texts: Iterable[str]) -> tuple[Party, ...]:
    return distinct_parties(
        Party(name=_without_genitive(" ".join(text[found.start : found.end].split()), found.kind), party=found.kind)
        for text in texts
        for found in find_organisations(text)
    )


def _without_genitive(name: str, kind: PartyKind) -> str:
    """'Orsa kommuns' is named 'Orsa kommun'."""
    last = name.rsplit(maxsplit=1)[-1].casefold()
    bare = last.removesuffix("s")
    return (
        name[:-1]
        if kind == "municipality" and bare != last and bare in words_under("places.toml", "words", "kinds")
        else name
    )
