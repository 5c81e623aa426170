"""Takes the papers of a document, gives those who sign the agreement: name, title, party and day of signing.

Only the agreement's own signature block counts. Contact persons, attendance lists, steering groups and the officials
who sign a memo look alike; a block is told by what stands around the names: rules to write on, places and dates, the
parties' names, a heading. Names are known by their form alone, never from a list of persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from samsyn.extract.finders.passages import Paper, Stretch
from samsyn.extract.finders.signature_lines import Token, TokenKind, read_tokens
from samsyn.extract.finders.signature_rows import Row, Zone, zones_of
from samsyn.extract.finders.wording import phrase_pattern
from samsyn.models.agreement import PartyKind, Signatory
from samsyn.models.section import BINDING_PARTS, PartKind


class SigningParty(NamedTuple):
    """An organisation named above signatures, as written."""

    name: str
    stretch: Stretch


class SignatureBlock(NamedTuple):
    """What the signature blocks of a document hold."""

    signatories: tuple[Signatory, ...]
    parties: tuple[SigningParty, ...]


_ENOUGH = 3
"""Points of evidence that make a run of lines a signature block; tuned on the samples and the case files."""


def find_signatories(papers: tuple[Paper, ...]) -> SignatureBlock:
    """Those who sign, in reading order, and the parties above them; empty when there is no signature block."""
    for kinds in ({PartKind.AGREEMENT}, BINDING_PARTS - {PartKind.AGREEMENT}, {PartKind.OTHER}):
        people: list[_Person] = []
        headers: list[Token] = []
        for paper in papers:
            if paper.kind not in kinds:
                continue
            for zone in zones_of(paper):
                found, above = _read_zone(zone)
                people.extend(found)
                headers.extend(above)
        if people:
            parties = tuple(SigningParty(token.value, token.stretch) for token in headers)
            return SignatureBlock(tuple(_distinct(people)), parties)
    return SignatureBlock((), ())


class _Person(NamedTuple):
    """A name with what was found to belong to it."""

    name: Token
    title: Token | None
    header: Token | None
    date: str | None

    def signatory(self) -> Signatory:
        title = self.title.value if self.title else None
        party = title_party(title) or (self.header.party if self.header else None)
        evidence = self.name.stretch.locate() + (self.title.stretch.locate() if self.title and self.title.stretch != self.name.stretch else ())
        return Signatory(
            name=self.name.value,
            title=title,
            party=party,
            organisation=self.header.value if self.header else None,
            date=self.date,
            evidence=evidence,
        )


def title_party(title: str | None) -> PartyKind | None:
    """The party that a title belongs to by its own words; None when it does not say ('Områdeschef')."""
    if title is None:
        return None
    folded = title.casefold()
    kinds: tuple[PartyKind, ...] = ("police", "municipality", "other")
    for kind in kinds:
        if phrase_stems(kind).search(folded):
            return kind
    return None


def phrase_stems(kind: PartyKind) -> re.Pattern[str]:
    """A pattern over the beginnings of words that make a title the `kind` party's."""
    from samsyn.extract.finders.wording import words_under

    stems = "|".join(re.escape(stem) for stem in words_under("roles.toml", "party", kind))
    boundary = "" if kind == "police" else r"(?<!\w)"
    return re.compile(f"{boundary}(?:{stems})", re.IGNORECASE)


def _distinct(people: Iterable[_Person]) -> Iterator[Signatory]:
    """Each name once: a block repeated over two pages or in an annex counts once."""
    seen: set[tuple[str, str]] = set()
    for person in people:
        signatory = person.signatory()
        key = (signatory.name.casefold(), signatory.party or "")
        if key not in seen:
            seen.add(key)
            yield signatory


def _read_zone(zone: Zone) -> tuple[list[_Person], list[Token]]:
    """The people of one zone and the parties above them; nothing when the zone is no signature block."""
    streams = _streams(zone.rows)
    tokens = [token for stream in streams for token in stream]
    if not any(token.kind is TokenKind.NAME for token in tokens):
        return [], []
    if _points(zone, tokens) < _ENOUGH:
        return [], []
    dates = [token for token in tokens if token.kind is TokenKind.DATE]
    headers = [token for token in tokens if token.kind is TokenKind.PARTY]
    people = [person for stream in streams for person in _people(stream, headers)]
    if len(dates) == 1:
        people = [person._replace(date=dates[0].date) for person in people]
    people = [person for person in people if _belongs(person, zone)]
    return people, headers


def _belongs(person: _Person, zone: Zone) -> bool:
    """A name without a title needs a party or rule beside it, and the block to be announced."""
    return person.title is not None or (person.header is not None and (zone.about or zone.announced or zone.has_rule))


def _points(zone: Zone, tokens: list[Token]) -> int:
    kinds = {token.kind for token in tokens}
    points = 3 if zone.about else 2 if zone.announced else 0
    points += 2 if TokenKind.RULE in kinds else 0
    points += 2 if TokenKind.DATE in kinds else 0
    points += 1 if TokenKind.CAPTION in kinds else 0
    points += min(2, len({token.party for token in tokens if token.kind is TokenKind.PARTY}))
    titles = {title_party(token.value) for token in tokens if token.kind is TokenKind.TITLE}
    points += 2 if {"police", "municipality"} <= titles else 0
    points += 1 if zone.is_last else 0
    points -= 4 if zone.is_contact else 0
    points -= 4 if zone.is_list else 0
    return points


def _streams(rows: tuple[Row, ...]) -> list[list[Token]]:
    """The tokens in the order they belong together: column by column, or row by row when a row holds a whole person."""
    read = [[(cell.column, read_tokens(cell.stretch)) for cell in row.cells] for row in rows]
    if any(_holds_person(row) for row in read):
        return [[token for row in read for _, tokens in row for token in tokens]]
    columns = sorted({column for row in read for column, _ in row})
    return [[token for row in read for place, tokens in row if place == column for token in tokens] for column in columns]


def _holds_person(row: list[tuple[int, list[Token]]]) -> bool:
    """True when different cells of one row hold a name and a title."""
    kinds = [{token.kind for token in tokens} for _, tokens in row]
    names = [index for index, kind in enumerate(kinds) if TokenKind.NAME in kind and TokenKind.TITLE not in kind]
    titles = [index for index, kind in enumerate(kinds) if TokenKind.TITLE in kind and TokenKind.NAME not in kind]
    return bool(names) and bool(titles)


def _people(stream: list[Token], headers: list[Token]) -> Iterator[_Person]:
    """Names paired with titles, headers and dates, in the order of the stream."""
    pairs = _pair_titles(stream)
    for index, (name, title) in enumerate(pairs):
        header = _header_of(stream, name, index, headers, title)
        yield _Person(name, title, header, _date_of(stream, name))


def _pair_titles(stream: list[Token]) -> list[tuple[Token, Token | None]]:
    """Each name with its title: the run of titles behind a run of names, or before it when titles come first."""
    marked = [token for token in stream if token.kind in (TokenKind.NAME, TokenKind.TITLE)]
    runs: list[list[Token]] = []
    for token in marked:
        if runs and runs[-1][0].kind is token.kind:
            runs[-1].append(token)
        else:
            runs.append([token])
    title_first = bool(runs) and runs[0][0].kind is TokenKind.TITLE
    pairs: list[tuple[Token, Token | None]] = []
    for index, run in enumerate(runs):
        if run[0].kind is not TokenKind.NAME:
            continue
        beside = index - 1 if title_first else index + 1
        titles = runs[beside] if 0 <= beside < len(runs) else []
        pairs.extend(_matched(run, titles, title_first))
    return pairs


def _matched(names: list[Token], titles: list[Token], title_first: bool) -> list[tuple[Token, Token | None]]:
    if len(names) == len(titles):
        return list(zip(names, titles, strict=True))
    if not titles:
        return [(name, None) for name in names]
    if len(names) == 1:
        return [(names[0], titles[-1] if title_first else titles[0])]
    if len(titles) < len(names):
        lacking = len(names) - len(titles)
        padded: list[Token | None] = [*titles, *[None] * lacking] if title_first else [*[None] * lacking, *titles]
        return list(zip(names, padded, strict=True))
    return list(zip(names, titles, strict=False))


def _header_of(
    stream: list[Token], name: Token, index: int, headers: list[Token], title: Token | None
) -> Token | None:
    """The party a person stands under: of those before the name the nearest that suits the title."""
    place = stream.index(name)
    before = [token for token in stream[:place] if token.kind is TokenKind.PARTY]
    wanted = title_party(title.value if title else None)
    if wanted is not None:
        suiting = [token for token in before if token.party == wanted] or [t for t in headers if t.party == wanted]
        return suiting[-1] if suiting else None
    if not before:
        return headers[0] if len(headers) == 1 else None
    lump = _lump_before(stream, place, TokenKind.PARTY)
    return lump[min(index, len(lump) - 1)] if len(lump) > 1 else before[-1]


def _lump_before(stream: list[Token], place: int, kind: TokenKind) -> list[Token]:
    """The tokens of `kind` since the people before: two when both parties head the block together."""
    people = [i for i, token in enumerate(stream[:place]) if token.kind in (TokenKind.NAME, TokenKind.TITLE)]
    firsts = [i for i, token in enumerate(stream) if token.kind in (TokenKind.NAME, TokenKind.TITLE)]
    end = firsts[0] if firsts else place
    lump = [token for token in stream[:end] if token.kind is kind]
    later = [token for token in stream[end:place] if token.kind is kind]
    return lump if people and not later else later[-1:] or lump


def _date_of(stream: list[Token], name: Token) -> str | None:
    """The date of the group a name stands in: before the name, or behind it where dates follow names."""
    place = stream.index(name)
    dates = [i for i, token in enumerate(stream) if token.kind is TokenKind.DATE]
    names = [i for i, token in enumerate(stream) if token.kind is TokenKind.NAME]
    if not dates:
        return None
    if dates[0] > names[0]:
        following = [i for i in dates if i > place and not any(place < other < i for other in names)]
        return stream[following[0]].date if following else None
    lump = _lump_before(stream, place, TokenKind.DATE)
    if len(lump) > 1 and all(i < names[0] for i in dates):
        return lump[min(names.index(place), len(lump) - 1)].date
    before = [i for i in dates if i < place]
    return stream[before[-1]].date if before else None
