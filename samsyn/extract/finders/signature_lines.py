"""Takes a line of a signature block and gives what it is: name, title, party, place and date, rule or caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from samsyn.extract.dates import find_dates, find_days, read_short_day
from samsyn.extract.finders.municipalities import party_kind
from samsyn.extract.finders.passages import Stretch
from samsyn.extract.finders.wording import phrase_pattern, words_under
from samsyn.models.agreement import PartyKind
from samsyn.vocabulary.gazetteer import find_places


class TokenKind(StrEnum):
    """What a stretch of a signature block is."""

    NAME = "name"
    TITLE = "title"
    PARTY = "party"
    DATE = "date"
    RULE = "rule"
    CAPTION = "caption"
    NOTE = "note"
    OTHER = "other"


class Token(NamedTuple):
    """A stretch with what it is; `value` is the name, title or party as published, `date` an ISO day or None."""

    kind: TokenKind
    value: str
    stretch: Stretch
    date: str | None = None
    party: PartyKind | None = None


_RULE = re.compile(r"[._…‗–—―=\-]{4,}|(?:[._…]\s?){4,}")
_LETTERS = re.compile(r"\s*\((?:[A-ZÅÄÖa-zåäö]{1,4})\)")
"""Party letters behind a name: '(M)', '(SD)', '(s)'."""
_WORD = r"[A-ZÅÄÖÉÈÜØÆÁÍÓČŠŽĆ][a-zåäöéèüøæáíóñçčšžćíëïß'’]+(?:-?[A-ZÅÄÖÉÜØ][a-zåäöéèüøæ]+)*(?:-[A-ZÅÄÖÉÜØ][a-zåäöéèüøæ]+)*"
_CAPITALS = r"[A-ZÅÄÖÉÜ]{2,}(?:-[A-ZÅÄÖÉÜ]{2,})*"
_INITIAL = r"[A-ZÅÄÖ]\.?"


def read_tokens(stretch: Stretch) -> list[Token]:
    """What a line holds, in order: 'Anna Ek, kommunchef' is a name and a title, an unknown line is OTHER."""
    text = stretch.text
    if not text:
        return []
    rule = _RULE.search(text)
    bare = _RULE.sub(" ", text).strip(" .:_-–—*|")
    tokens = [Token(TokenKind.RULE, "", stretch)] if rule and not _is_blank_date(text) else []
    if not bare:
        return tokens
    return [*tokens, *_read(stretch, bare)]


def _read(stretch: Stretch, bare: str) -> list[Token]:
    caption, rest = _split_caption(bare)
    if caption is not None and not rest.strip(" :"):
        blank = caption == "date_captions"
        return [Token(TokenKind.DATE if blank and _RULE.search(stretch.text) else TokenKind.CAPTION, bare, stretch)]
    if caption == "date_captions":
        return [_date(stretch, rest)]
    if caption == "name_captions" or (caption is None and rest.startswith("(")):
        rest = rest.strip("() ")
    if phrase_pattern("roles.toml", "block", "electronic").search(rest) and not read_person(rest):
        return [Token(TokenKind.NOTE, rest, stretch)]
    return list(_parts(stretch, rest)) or [Token(TokenKind.OTHER, rest, stretch)]


def _split_caption(text: str) -> tuple[str | None, str]:
    """The kind of caption the text begins with, and what stands behind it."""
    for key in ("name_captions", "title_captions", "date_captions", "signature_captions"):
        hit = phrase_pattern("roles.toml", "block", key).match(text)
        if hit is not None and (hit.end() == len(text) or text[hit.end() :].lstrip()[:1] in ":(" or hit.end() + 1 == len(text)):
            return key, text[hit.end() :].lstrip(" :")
    return None, text


def _parts(stretch: Stretch, text: str) -> Iterator[Token]:
    date = _place_and_date(stretch, text)
    if date is not None:
        yield from date
        return
    person = read_person(text)
    if person is not None:
        name, title, title_first = person
        tokens = [Token(TokenKind.NAME, name, stretch)]
        if title:
            tokens.insert(0 if title_first else 1, Token(TokenKind.TITLE, title, stretch))
        yield from tokens
        return
    if is_title(text):
        yield Token(TokenKind.TITLE, text.strip(" ,;:"), stretch)
        return
    party = _party(text)
    if party is not None:
        yield Token(TokenKind.PARTY, party[0], stretch, party=party[1])


def _party(text: str) -> tuple[str, PartyKind] | None:
    lead = phrase_pattern("roles.toml", "block", "party_leads").match(text)
    name = (text[lead.end() :] if lead else text).strip(" ,:;")
    kind = party_kind(name)
    if kind is None or len(name.split()) > 9 or name.endswith(".") or not name[:1].isupper():
        return None
    return name, kind


def _is_blank_date(text: str) -> bool:
    """'Eskilstuna den ____ 2016', 'Ort och datum: .....': a date still to be written."""
    if not _RULE.search(text) or find_days(text):
        return False
    bare = _RULE.sub(" ", text).strip(" .:_-")
    if _split_caption(bare)[0] == "date_captions":
        return True
    return re.search(r"(?<!\w)den\s*(?:\d{4})?\s*$", bare) is not None or bool(find_dates(bare) and len(bare.split()) <= 4)


def _date(stretch: Stretch, text: str) -> Token:
    days = find_days(text)
    day = days[0].first if days else read_short_day(text)
    return Token(TokenKind.DATE, text, stretch, date=day)


def _place_and_date(stretch: Stretch, text: str) -> list[Token] | None:
    """A line that is a place and a date, 'Piteå den 4 mars 2019', or a party and a date, 'Strängnäs kommun 2019-12-20'."""
    days = find_days(text)
    if not days:
        if _is_blank_date(stretch.text) or re.fullmatch(r"\S+(?:\s\S+)?\s+den(?:\s+(?:20)?\d\d)?\.?", text):
            return [Token(TokenKind.DATE, text, stretch)]
        short = read_short_day(text)
        return [Token(TokenKind.DATE, text, stretch, date=short)] if short and len(text.split()) <= 4 else None
    rest = (text[: days[0].start] + " " + text[days[0].end :]).strip(" ,.:;-–")
    if len(rest.split()) > 6:
        return None
    person = read_person(rest) if rest else None
    date = Token(TokenKind.DATE, text, stretch, date=days[0].first)
    if person is not None:
        name, title, title_first = person
        tokens = [Token(TokenKind.NAME, name, stretch)]
        if title:
            tokens.insert(0 if title_first else 1, Token(TokenKind.TITLE, title, stretch))
        return [*tokens, date]
    party = _party(rest) if len(rest.split()) > 1 else None
    return [Token(TokenKind.PARTY, party[0], stretch, party=party[1]), date] if party else [date]


@cache
def _name_pattern() -> re.Pattern[str]:
    particles = "|".join(sorted(words_under("roles.toml", "names", "particles"), key=len, reverse=True))
    word = rf"(?:{_WORD}|{_CAPITALS})"
    return re.compile(rf"(?<![\w-]){word}(?:\s+(?:(?:{particles})\s+){{0,2}}(?:{word}|{_INITIAL}(?=\s))){{1,4}}(?![\w-])")


def read_person(text: str) -> tuple[str, str | None, bool] | None:
    """Name, title and whether the title came first, of a line that holds a person and nothing else; None if not."""
    clean = _LETTERS.sub("", text).strip(" .,;:")
    if len(clean.split()) > 14:
        return None
    for hit in _name_pattern().finditer(clean):
        name = _trim_name(hit.group())
        if name is None:
            continue
        start = hit.start() + hit.group().index(name)
        before, after = clean[:start].strip(" ,;:–-"), clean[start + len(name) :].strip(" ,;:–-")
        if not before and not after:
            return name, None, False
        if not before and is_title(after):
            return name, after, False
        if not after and is_title(before) and not _is_area(before, name):
            return name, before, True
    return None


def _trim_name(text: str) -> str | None:
    """The name without capitalised words that are none ('Kommunchef Anna Ek'); None when fewer than two are left."""
    words = text.split()
    while words and not _may_be_name(words[0]):
        words.pop(0)
    for index, word in enumerate(words):
        if not _may_be_name(word):
            words = words[:index]
            break
    while words and words[-1].casefold() in words_under("roles.toml", "names", "particles"):
        words.pop()
    if len(words) < 2 or find_places(words[0]):
        return None
    return " ".join(words)


def _may_be_name(word: str) -> bool:
    folded = word.casefold().strip(".,")
    return folded not in _not_names() and not is_role_word(word)


@cache
def _not_names() -> frozenset[str]:
    return frozenset(words_under("roles.toml", "names", "not_names"))


def _is_area(title: str, name: str) -> bool:
    """True when the capitalised words behind a title name its area: 'Chef lokalpolisområde Piteå Älvdal'."""
    last = title.split()[-1].casefold()
    return bool(find_places(name.split()[0])) or last in ("för", "i", "lpo", "lokalpolisområde", "polisområde", "polisregion", "region")


def is_role_word(word: str) -> bool:
    """True for a word that is a role: 'kommundirektör', 'KSO'."""
    folded = word.casefold().strip(".,;:()")
    if folded in words_under("roles.toml", "title", "words"):
        return True
    return any(folded.endswith(ending) for ending in words_under("roles.toml", "title", "endings"))


def is_title(text: str) -> bool:
    """True for a line that is a title: few words, one of them a role, and no verb."""
    words = text.replace("/", " ").replace(",", " ").split()
    longest = int(_title_data()["longest_words"])
    if not words or len(words) > longest or text.rstrip().endswith((".", "?", "!")) and not text.rstrip().endswith("ordf."):
        return False
    if any(word.casefold().strip(",.") in words_under("roles.toml", "title", "not_in_title") for word in words):
        return False
    return any(is_role_word(word) for word in words)


@cache
def _title_data() -> dict[str, int]:
    from samsyn.vocabulary.load import load_toml

    return {"longest_words": int(load_toml("roles.toml")["title"]["longest_words"])}
