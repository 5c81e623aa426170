"""Takes a text, gives the organisations named in it: municipalities, police authorities, others that may be party."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from samsyn.extract.finders.wording import phrase_pattern, words_under
from samsyn.models.agreement import Party, PartyKind
from samsyn.vocabulary.gazetteer import Standing, find_places
from samsyn.vocabulary.phrases import PhrasePattern, either_of


class NamedOrganisation(NamedTuple):
    """An organisation in a text: offsets and its party."""

    start: int
    end: int
    kind: PartyKind


def party_kind(text: str) -> PartyKind | None:
    """Whether a name is that of a municipality, the police or another organisation; None when it is none of them.

    The first word that tells decides: 'Polismyndigheten, region Syd' is police, 'Länsstyrelsen i Kalmar län' other.
    """
    hits: list[tuple[int, PartyKind]] = []
    hits += [(place.start, "municipality") for place in find_places(text) if place.standing is Standing.MUNICIPALITY]
    kinds: tuple[PartyKind, ...] = ("police", "municipality", "other")
    for kind in kinds:
        hit = phrase_pattern("bodies.toml", "organisation", kind).search(text)
        if hit is not None:
            hits.append((hit.start(), kind))
    return min(hits, key=lambda hit: hit[0])[1] if hits else None


def find_organisations(text: str) -> tuple[NamedOrganisation, ...]:
    """The municipalities, police authorities and other organisations named in a text, in order, none within another."""
    found: list[NamedOrganisation] = [
        NamedOrganisation(place.start, place.end, "municipality")
        for place in find_places(text)
        if place.standing is Standing.MUNICIPALITY
    ]
    police = (hit for hit in _named(text, "police") if _is_name(hit.group()))
    found += [NamedOrganisation(hit.start(), hit.end(), "police") for hit in police]
    found += [NamedOrganisation(hit.start(), hit.end(), "other") for hit in _named(text, "other")]
    return tuple(_without_overlap(sorted(found)))


@lru_cache(4096)
def is_organisation(title: str) -> bool:
    """True when the whole title is the name of an organisation: 'Orsa kommun', 'Räddningstjänsten Dala Mitt'."""
    clean = title.strip(" .:")
    named = find_organisations(clean)
    return len(named) == 1 and named[0].start == 0 and named[0].end == len(clean)


def _is_name(text: str) -> bool:
    """True for a name, not the mere word 'lokalpolisområdet'."""
    return any(word[0].isupper() for word in text.split()) or _is_plain(text)


def _is_plain(name: str) -> bool:
    """True for 'Polisen' and the like, which name no particular part of the police."""
    return name.casefold() in words_under("bodies.toml", "organisation", "plain")


def _without_overlap(found: Iterable[NamedOrganisation]) -> Iterator[NamedOrganisation]:
    last = -1
    for organisation in found:
        if organisation.start >= last:
            yield organisation
            last = organisation.end


def _named(text: str, kind: PartyKind) -> Iterator[re.Match[str]]:
    return _names(kind).finditer(text) if _words_of_names(kind).may_be_in(text) else iter(())


@cache
def _words_of_names(kind: PartyKind) -> PhrasePattern:
    """What every name of `_names` has one of."""
    keys = ("police", "areas", "region") if kind == "police" else (kind,)
    return PhrasePattern(
        [*(word for key in keys for word in words_under("bodies.toml", "organisation", key)), _COMPANY]
    )


_COMPANY = "AB"


@cache
def _names(kind: PartyKind) -> re.Pattern[str]:
    """'Polismyndigheten i X län', 'Polismyndigheten, lokalpolisområde X Y', 'Länsstyrelsen i X'."""
    lead = either_of(word for word in words_under("bodies.toml", "organisation", kind) if len(word) > 2)
    directions, county, within, through = (
        either_of(words_under("places.toml", "words", key)) for key in ("directions", "county", "within", "through")
    )
    areas, region, regions = (
        either_of(words_under("bodies.toml", "organisation", key)) for key in ("areas", "region", "police_regions")
    )
    proper = rf"(?:[A-ZÅÄÖ][\w-]*|{directions})"
    place = rf"{proper}(?:(?:\s+|\s?/\s?|\s?–\s?){proper})*(?:\s+(?:{county}))?"
    name = rf"(?i:{lead})(?:\s+(?:(?:{within})\s+)?{place})?"
    if kind == "police":
        area = rf"{place}\s+(?:{areas})(?!\s+[A-ZÅÄÖ])"
        name = rf"(?i:(?:(?:{lead}),?\s+)?(?:{region})\s+(?:{regions})(?!\w))|{name}|{area}"
        joint = rf"(?:,?\s+(?:(?:{through})\s+)?|\s?/\s?)"
        return re.compile(rf"(?<![\w-])(?:{name})(?:{joint}(?:{name}))?(?![\w-])")
    company = r"[A-ZÅÄÖ][\w-]*(?:\s+[A-ZÅÄÖ][\w-]*)*\s+" + _COMPANY
    return re.compile(rf"(?<![\w-])(?:{company}|{name})(?![\w-])")


def distinct_parties(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Each party once: a fuller name ('Polismyndigheten, lokalpolisområde X') stands for its start and 'Polisen'."""
    kept: list[Party] = []
    for party in parties:
        rival = next((index for index, known in enumerate(kept) if _same_name(known, party)), None)
        if rival is None:
            kept.append(party)
        elif len(party.name) > len(kept[rival].name):
            kept[rival] = party
    return tuple(kept)


def _same_name(one: Party, other: Party) -> bool:
    first, second = (re.sub(r"\W+", " ", party.name).casefold().strip() for party in (one, other))
    if one.party == other.party == "police" and (_is_plain(first) or _is_plain(second)):
        return True
    return one.party == other.party and (first.startswith(second) or second.startswith(first))
