"""Takes a text and gives the municipalities, counties and police areas named in it, by the register.

A name alone is weak evidence: Vara, Mark, Ale and Sala are also words, and a place lends its name to a police area, a
county and a surname. So each mention says how it stands: as a municipality ('Vara kommun', 'Borås Stad', 'Region
Gotland'), as a bare place, or as part of a police area's or a county's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from samsyn.models.agreement import Municipality
from samsyn.remember import remembers
from samsyn.vocabulary.load import load_table, load_toml
from samsyn.vocabulary.phrases import either_of


class Standing(StrEnum):
    """How a name stands in the text."""

    MUNICIPALITY = "municipality"
    PLACE = "place"
    POLICE = "police"
    COUNTY = "county"
    BRAND = "brand"


class PlaceMention(NamedTuple):
    """A municipality's name in a text: offsets, SCB's code, and how it stands."""

    start: int
    end: int
    code: str
    standing: Standing


def municipality(code: str) -> Municipality:
    """The municipality with SCB's four-digit `code`; KeyError when there is none."""
    row = _rows()[code]
    return Municipality(code=row["code"], name=row["name"], county=row["county"])


@remembers(4096, longest=1000)
def find_places(text: str) -> tuple[PlaceMention, ...]:
    """Every municipality named in the text, in order; in 'Solna och Sundbybergs kommuner' both stand as one."""
    mentions = [mention for hit in _named(text) if (mention := _mention(text, hit)) is not None]
    districts = list(_districts(text))
    if not mentions and not districts:
        return ()  # as most often
    return tuple(sorted((*_spread_over_lists(text, mentions), *districts)))


def _named(text: str) -> Iterator[re.Match[str]]:
    """The names of the register in the text: each capitalised word is looked up, then read to the name's end."""
    last, groups = 0, _names().groups
    for word in _CAPITALISED.finditer(text):
        names = groups.get(word.group().casefold())
        hit = _any_of(names).match(text, word.start()) if names is not None and word.start() >= last else None
        if hit is not None:
            last = hit.end()
            yield hit


@cache
def county_words() -> frozenset[str]:
    """The counties' names in lower case, with and without the genitive s: 'jämtland', 'jämtlands'."""
    names = {row["county"].casefold().removesuffix(_words()["county"][0]).strip() for row in _rows().values()}
    return frozenset(names | {name.removesuffix("s") for name in names})


_CAPITALISED = re.compile(r"[A-ZÅÄÖ](?<![\w-][A-ZÅÄÖ])\w*")
_PARTS = re.compile(r"[\s-]+")


class _Names(NamedTuple):
    """The names by their first word, longest first, and the code of each name."""

    groups: dict[str, tuple[str, ...]]
    codes: dict[str, str]


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in load_table("municipalities.csv")}


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {key: tuple(value) for key, value in load_toml("places.toml")["words"].items()}


@cache
def _names() -> _Names:
    """All bare names and their genitives; the words around a hit say how it stands."""
    codes: dict[str, str] = {}
    for row in _rows().values():
        for alias in row["aliases"].split(";"):
            bare = _bare(alias)
            codes.setdefault(_folded(bare), row["code"])
            if not bare.endswith(("s", "x", "z")):
                codes.setdefault(_folded(f"{bare}s"), row["code"])
        codes.setdefault(_folded(row["genitive"]), row["code"])
    groups: dict[str, list[str]] = {}
    for name in sorted(codes, key=lambda name: (-len(name), name)):
        groups.setdefault(name.split(maxsplit=1)[0], []).append(name)
    return _Names({first: tuple(names) for first, names in groups.items()}, codes)


def _folded(name: str) -> str:
    """Lower case, a space for a hyphen: 'Upplands-Bro' and 'Upplands Bro' are the same."""
    return _PARTS.sub(" ", name).casefold()


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern over names with the same first word; made when the word is first met, for most never are."""
    joined = "|".join(r"[\s-]+".join(re.escape(word) for word in name.split()) for name in names)
    return re.compile(rf"(?:{joined})(?!\w|-\w)", re.IGNORECASE)


def _bare(alias: str) -> str:
    """The alias without kommun, stad or Region: a place's name or its genitive."""
    words = alias.split()
    if words[0].casefold() in _words()["regions"]:
        return " ".join(words[1:])
    if words[-1].casefold() in _words()["kinds"]:
        return " ".join(words[:-1])
    return alias


def _mention(text: str, hit: re.Match[str]) -> PlaceMention | None:
    written = hit.group()
    code = _names().codes[_folded(written)]
    start, end, standing = hit.start(), hit.end(), Standing.PLACE
    before, after = text[max(0, start - 60) : start], text[end : end + 40]
    kind = _patterns().kind_after.match(after)
    if kind is not None:
        return PlaceMention(start, end + kind.end(), code, Standing.MUNICIPALITY)
    region = _patterns().region_before.search(before)
    if region is not None and _rows()[code]["full_name"].casefold().startswith(tuple(_words()["regions"])):
        return PlaceMention(start - len(region.group()), end, code, Standing.MUNICIPALITY)
    if _patterns().county_after.match(after):
        standing = Standing.COUNTY
    elif region is not None or _is_of_police(before) or _patterns().police_after.match(after):
        standing = Standing.POLICE
    elif _patterns().brand_before.search(before):
        standing = Standing.BRAND
    elif written.casefold() in _words()["also_words"] and _opens_sentence(text, start) and not written.isupper():
        return None
    return PlaceMention(start, end, code, standing)


def _is_of_police(before: str) -> bool:
    """True behind 'polisen i', but not behind 'kommunen och polisen i', which are both of the place."""
    police = _patterns().police_before.search(before)
    return police is not None and _patterns().with_police.search(before[: police.start()]) is None


def _districts(text: str) -> Iterator[PlaceMention]:
    """The city districts that enter into agreements for their city: 'Skärholmens stadsdelsförvaltning'."""
    if not any(map(text.casefold().__contains__, _signs_of_districts())):
        return
    pattern, codes = _district_names()
    for hit in pattern.finditer(text):
        yield PlaceMention(hit.start(), hit.end(), codes[hit["name"].casefold()], Standing.MUNICIPALITY)


@cache
def _signs_of_districts() -> tuple[str, ...]:
    """What stands behind a district's name, inflections left out: a text without any of these names no district."""
    words = _words()["district_after"]
    return tuple(word for word in words if not any(other in word for other in words if other != word))


@cache
def _district_names() -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {name.casefold(): code for code, names in load_toml("places.toml")["districts"].items() for name in names}
    ordered = either_of(codes)
    behind = _either("district_after")
    return re.compile(rf"(?<!\w)(?P<name>{ordered})\s+(?:{behind})(?!\w)", re.IGNORECASE), codes


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in ".!?:;\n•-–"


class _Patterns(NamedTuple):
    kind_after: re.Pattern[str]
    county_after: re.Pattern[str]
    region_before: re.Pattern[str]
    police_before: re.Pattern[str]
    police_after: re.Pattern[str]
    with_police: re.Pattern[str]
    brand_before: re.Pattern[str]
    list_gap: re.Pattern[str]
    list_lead: re.Pattern[str]
    plural_after: re.Pattern[str]


def _either(key: str) -> str:
    return either_of(_words()[key])


@cache
def _patterns() -> _Patterns:
    # 'polisen i A', 'lokalpolisområde A/B', 'LPO A och B', 'polisområde Södra A' are the police's, not A's.
    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Patterns(
        kind_after=compiled(rf"\s+(?:{_either('kinds')})s?(?!\w|-)"),
        county_after=compiled(rf"\s+(?:{_either('county')})(?!\w)"),
        region_before=compiled(rf"(?<!\w)(?:{_either('regions')})\s+$"),
        police_before=compiled(
            rf"(?<!\w)(?:{_either('police_before')})\s+(?:(?:{_either('within')}|{_either('directions')})\s+)?$"
        ),
        police_after=compiled(rf"\s+(?:{_either('police_after')})(?!\w)"),
        with_police=compiled(rf"(?<!\w)(?:{_either('with_police')})\s*$"),
        brand_before=compiled(rf"(?<!\w)(?:{_either('brands')})\s+$"),
        list_gap=compiled(rf"-?\s*(?:,|/|-|–|,?\s*(?:{_either('and')}))\s*"),
        list_lead=compiled(rf"(?<!\w)(?:{_either('plural_before')})\s+$"),
        plural_after=compiled(rf"\s+(?:{_either('plural_after')})(?!\w)"),
    )


def _spread_over_lists(text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Names joined by commas and 'och' share what stands before the first ('kommunerna …', 'lokalpolisområde …') or
    behind the last ('… och Umeå kommun')."""
    spread: list[PlaceMention] = []
    for group in _lists(text, mentions):
        first, last = group[0], group[-1]
        shared: Standing | None = None
        if first.standing is Standing.POLICE:
            shared = Standing.POLICE
        elif _patterns().list_lead.search(text[max(0, first.start - 40) : first.start]) or (
            len(group) > 1 and last.standing is Standing.MUNICIPALITY
        ):
            shared = Standing.MUNICIPALITY
        spread.extend(
            mention._replace(standing=shared) if shared and mention.standing is Standing.PLACE else mention
            for mention in group
        )
    return spread


def _lists(text: str, mentions: list[PlaceMention]) -> list[list[PlaceMention]]:
    groups: list[list[PlaceMention]] = []
    for mention in mentions:
        if groups and _patterns().list_gap.fullmatch(text[groups[-1][-1].end : mention.start]):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups
