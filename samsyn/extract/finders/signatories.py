"""Takes the papers of a document, gives those who sign the agreement: name, title, party and day of signing.

Only the agreement's own signature block counts. Contact persons, attendance lists, steering groups and the officials
who sign a memo look alike; a block is told by what stands around the names: rules to write on, places and dates, the
parties' names, a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from samsyn.extract.finders.organisations import party_kind
from samsyn.extract.finders.passages import Paper
from samsyn.extract.finders.signature_lines import Token, TokenKind, joined_titles, signs
from samsyn.extract.finders.signature_rows import Row, Zone, zones_of
from samsyn.extract.finders.wording import words_under
from samsyn.models.agreement import PartyKind, Signatory
from samsyn.models.section import BINDING_PARTS, PartKind
from samsyn.vocabulary.phrases import either_of

_ENOUGH = 3
"""Points of evidence that make a run of lines a signature block; tuned on the samples and the case files."""


class SignatureBlock(NamedTuple):
    """What the signature blocks of a document hold: the people, and the names of the parties above them."""

    signatories: tuple[Signatory, ...]
    parties: tuple[str, ...]


class _Person(NamedTuple):
    """A name with what was found to belong to it."""

    name: Token
    title: Token | None
    header: Token | None
    date: str | None


def find_signatories(papers: tuple[Paper, ...]) -> SignatureBlock:
    """Those who sign, in reading order, and the parties above them; empty when there is no signature block.

    The block may stand behind the plan or the annexes; the agreement's own comes first.
    """
    for kinds in ({PartKind.AGREEMENT}, BINDING_PARTS - {PartKind.AGREEMENT}, {PartKind.OTHER}):
        zones = [zone for paper in papers if paper.kind in kinds for zone in zones_of(paper)]
        read = _likeliest([_read_zone(zone) for zone in zones])
        people = [person for zone in read for person in zone.people]
        if people:
            headers = dict.fromkeys(header.value for zone in read for header in zone.headers)
            return SignatureBlock(tuple(_distinct(people)), tuple(headers))
    return SignatureBlock((), ())


class _ReadZone(NamedTuple):
    """The people of a zone, the parties above them, and how much speaks for a signature block."""

    people: list[_Person]
    headers: list[Token]
    points: int


_FAR_BEHIND = 4
"""Points: a foreword signed by two leaders is that much weaker than the signature block itself."""


def _likeliest(zones: list[_ReadZone]) -> list[_ReadZone]:
    """The zones with people, those left out that look much less like a signature block than another."""
    best = max((zone.points for zone in zones if zone.people), default=0)
    return [zone for zone in zones if zone.people and zone.points > best - _FAR_BEHIND]


def title_party(title: str | None) -> PartyKind | None:
    """The party that a title belongs to by its own words; None when it does not say ('Områdeschef')."""
    kinds: tuple[PartyKind, ...] = ("police", "other", "municipality")
    if title is None:
        return None
    return next((kind for kind in kinds if _title_words(kind).search(title)), None)


@cache
def _title_words(kind: PartyKind) -> re.Pattern[str]:
    """Words of a title that begin with one of the stems; 'polis' and the like count within words too."""
    stems = either_of(words_under("roles.toml", "party", kind))
    return re.compile(stems if kind == "police" else rf"(?<!\w)(?:{stems})", re.IGNORECASE)


def _distinct(people: Iterable[_Person]) -> Iterator[Signatory]:
    """Each name once: a block repeated over two pages or in an annex counts once."""
    seen: set[tuple[str, str]] = set()
    for person in people:
        signatory = _signatory(person)
        key = (signatory.name.casefold(), signatory.party or "")
        if key not in seen:
            seen.add(key)
            yield signatory


def _signatory(person: _Person) -> Signatory:
    title = person.title.value if person.title else None
    own = _own_organisation(title)
    header = person.header
    apart = person.title is not None and person.title.stretch != person.name.stretch
    return Signatory(
        name=person.name.value,
        title=title,
        party=title_party(title)
        or (header.party if header else None)
        or (own and (party_kind(own) or "other"))
        or None,
        organisation=header.value if header else own,
        date=person.date,
        evidence=person.name.stretch.locate() + (person.title.stretch.locate() if apart and person.title else ()),
    )


def _own_organisation(title: str | None) -> str | None:
    """'Kommunchef, Ljusdals kommun': the organisation that the title names behind its last comma."""
    if title is None or "," not in title:
        return None
    tail = title.rsplit(",", 1)[1].strip()
    return tail if tail[:1].isupper() else None


def _read_zone(zone: Zone) -> _ReadZone:
    """The people of one zone and the parties above them; nobody when the zone is no signature block."""
    streams = _streams(_from_block_start(zone.rows))
    tokens = [token for stream in streams for token in stream]
    points = _points(zone, tokens) if any(token.kind is TokenKind.NAME for token in tokens) else 0
    if points < _ENOUGH:
        return _ReadZone([], [], 0)
    headers = [token for token in tokens if token.kind is TokenKind.PARTY]
    dates = [token for token in tokens if token.kind is TokenKind.DATE]
    people = [person for stream in streams for person in _people(stream, headers)]
    if len(dates) == 1:
        people = [person._replace(date=dates[0].date) for person in people]
    elif not dates and zone.signing_day:
        people = [person._replace(date=zone.signing_day) for person in people]
    has_rule = any(token.kind is TokenKind.RULE for token in tokens)
    certain = zone.is_about or zone.is_announced or has_rule or _one_under_each_party(tokens)
    people = [person for person in people if person.title or (certain and person.header)]
    return _ReadZone(people, headers, points)


def _from_block_start(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows behind the last unknown line before the first name: what stands there belongs to the text above."""
    first_name = next((n for n, row in enumerate(rows) if TokenKind.NAME in _kinds(row)), 0)
    foreign = (n for n in range(first_name - 1, -1, -1) if _kinds(rows[n]) == {TokenKind.OTHER})
    start = next((n + 1 for n in foreign if not _goes_on_party(rows, n)), 0)
    return rows[start:]


def _goes_on_party(rows: tuple[Row, ...], index: int) -> bool:
    """True for the second line of a party's long name: a few words right below it, in one column or the other."""
    above = rows[max(0, index - 2) : index]
    short = len(rows[index].text.split()) <= 3 and rows[index].text[:1].isupper()
    return short and any(TokenKind.PARTY in _kinds(row) for row in above)


def _kinds(row: Row) -> set[TokenKind]:
    return {token.kind for cell in row.cells for token in cell.tokens}


def _points(zone: Zone, tokens: list[Token]) -> int:
    """How much speaks for a signature block, less what speaks against it."""
    kinds = {token.kind for token in tokens}
    titles = [token.value for token in tokens if token.kind is TokenKind.TITLE]
    sides = {title_party(title) for title in titles}
    unknown = sum(token.kind is TokenKind.OTHER for token in tokens)
    points = 3 if zone.is_about else 2 if zone.is_announced else 0
    points += 2 if TokenKind.RULE in kinds else 0
    points += 2 if TokenKind.DATE in kinds else 0
    points += 1 if TokenKind.CAPTION in kinds else 0
    points += min(2, len({token.party for token in tokens if token.kind is TokenKind.PARTY}))
    points += 2 if {"police", "municipality"} <= sides or _one_under_each_party(tokens) else 0
    points += 1 if zone.is_last else 0
    points += 1 if any(map(signs, titles)) else -3 if titles and not zone.is_about else 0
    points -= 4 if zone.is_contact else 0
    points -= 4 if zone.is_list else 0
    points -= 4 if zone.follows_list and not zone.is_about and not kinds & {TokenKind.RULE, TokenKind.DATE} else 0
    points -= 3 if unknown * 2 > len(tokens) else 0
    points -= 3 if zone.is_cover and not zone.is_about and TokenKind.RULE not in kinds else 0
    return points


def _one_under_each_party(tokens: list[Token]) -> bool:
    """True where a name stands right below the municipality's and another right below the police's, and no one else."""
    marked = [token for token in tokens if token.kind in (TokenKind.PARTY, TokenKind.NAME, TokenKind.TITLE)]
    kinds = [token.kind for token in marked]
    parties = {token.party for token in marked if token.kind is TokenKind.PARTY}
    return kinds == [TokenKind.PARTY, TokenKind.NAME] * 2 and parties == {"police", "municipality"}


def _streams(rows: tuple[Row, ...]) -> list[list[Token]]:
    """The tokens in the order they belong together: column by column, or row by row where a row holds a person."""
    columns: dict[int, list[Token]] = {}
    for row in rows:
        for cell in row.cells:
            columns.setdefault(cell.column, []).extend(cell.tokens)
    if len(columns) > 1:
        columns = {column: joined_titles(tokens) for column, tokens in columns.items()}
    if _rows_hold_people(columns):
        return [[token for row in rows for cell in row.cells for token in cell.tokens]]
    return [columns[column] for column in sorted(columns)]


def _rows_hold_people(columns: dict[int, list[Token]]) -> bool:
    """True when one column holds names and no titles, another titles and no names."""
    kinds = [{token.kind for token in tokens} for tokens in columns.values()]
    names = any(TokenKind.NAME in held and TokenKind.TITLE not in held for held in kinds)
    titles = any(TokenKind.TITLE in held and TokenKind.NAME not in held for held in kinds)
    return names and titles


def _people(stream: list[Token], headers: list[Token]) -> Iterator[_Person]:
    """Names paired with titles, headers and dates, in the order of the stream."""
    pairs = _pair_titles(stream)
    for index, (name, title) in enumerate(pairs):
        header = _header_of(stream, name, index, headers, title.value if title else None)
        yield _Person(name, title, header, _date_of(stream, name))


def _pair_titles(stream: list[Token]) -> list[tuple[Token, Token | None]]:
    """Each name with its title, in order: the one of its own line, else by the runs of names and titles."""
    marked = [token for token in stream if token.kind in (TokenKind.NAME, TokenKind.TITLE)]
    own = {id(name): title for name in marked for title in marked if _share_line(name, title)}
    apart = [token for token in marked if id(token) not in own and not any(token is title for title in own.values())]
    titles = {**own, **{id(name): title for name, title in _pair_runs(apart)}}
    return [(token, titles.get(id(token))) for token in marked if token.kind is TokenKind.NAME]


def _share_line(name: Token, title: Token) -> bool:
    return name.kind is TokenKind.NAME and title.kind is TokenKind.TITLE and name.stretch == title.stretch


def _pair_runs(marked: list[Token]) -> Iterator[tuple[Token, Token | None]]:
    """The run of titles behind a run of names, or before it when titles come first."""
    runs: list[list[Token]] = []
    for token in marked:
        if runs and runs[-1][0].kind is token.kind:
            runs[-1].append(token)
        else:
            runs.append([token])
    title_first = bool(runs) and runs[0][0].kind is TokenKind.TITLE
    for index, run in enumerate(runs):
        if run[0].kind is TokenKind.NAME:
            beside = index - 1 if title_first else index + 1
            yield from _matched(run, runs[beside] if 0 <= beside < len(runs) else [], title_first)


def _matched(names: list[Token], titles: list[Token], title_first: bool) -> list[tuple[Token, Token | None]]:
    """Names with titles one to one; where titles are fewer they belong to the names that stand nearest."""
    lacking: list[Token | None] = [None] * max(0, len(names) - len(titles))
    if title_first:
        return list(zip(names, [*titles[-len(names) :], *lacking], strict=True))
    return list(zip(names, [*lacking, *titles[: len(names)]], strict=True))


def _header_of(stream: list[Token], name: Token, index: int, headers: list[Token], title: str | None) -> Token | None:
    """The party a person stands under: of those before the name the nearest that suits the title."""
    place = _place(stream, name)
    before = [token for token in stream[:place] if token.kind is TokenKind.PARTY]
    wanted = title_party(title)
    if wanted is not None:
        suiting = [token for token in before if token.party == wanted]
        elsewhere = [token for token in headers if token.party == wanted]
        if suiting or wanted == "other" or not elsewhere:
            return suiting[-1] if suiting else None
        return elsewhere[-1]
    if not before:
        return headers[0] if len(headers) == 1 else None
    lump = _lump(stream, place, TokenKind.PARTY)
    return lump[min(index, len(lump) - 1)] if len(lump) > 1 else before[-1]


def _place(stream: list[Token], name: Token) -> int:
    return next(index for index, token in enumerate(stream) if token is name)


def _lump(stream: list[Token], place: int, kind: TokenKind) -> list[Token]:
    """The tokens of `kind` that head the whole stream, or those since: two when both parties stand together on top."""
    people = (TokenKind.NAME, TokenKind.TITLE)
    first = next((index for index, token in enumerate(stream) if token.kind in people), place)
    later = [token for token in stream[first:place] if token.kind is kind]
    return later[-1:] or [token for token in stream[:first] if token.kind is kind]


def _date_of(stream: list[Token], name: Token) -> str | None:
    """The date of the group a name stands in: before the name, or behind it where dates follow names."""
    place = _place(stream, name)
    dates = [index for index, token in enumerate(stream) if token.kind is TokenKind.DATE]
    names = [index for index, token in enumerate(stream) if token.kind is TokenKind.NAME]
    if not dates:
        return None
    if dates[0] > names[0]:
        following = next((index for index in dates if index > place), None)
        next_name = next((index for index in names if index > place), len(stream))
        return stream[following].date if following is not None and following < next_name else None
    lump = _lump(stream, place, TokenKind.DATE)
    if len(lump) > 1 and all(index < names[0] for index in dates):
        return lump[min(names.index(place), len(lump) - 1)].date
    before = [index for index in dates if index < place]
    return stream[before[-1]].date if before else None
