"""Takes a line of a signature block and gives what it is: name, title, party, place and date, rule or caption.

Names are known by their form alone (two or more capitalised words, none of them a word of the vocabulary).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from samsyn.extract.dates import find_dates, find_days, find_spans, read_short_day
from samsyn.extract.finders.identity import names_kind
from samsyn.extract.finders.organisations import party_kind
from samsyn.extract.finders.passages import Stretch
from samsyn.extract.finders.wording import phrase_pattern, words_under
from samsyn.models.agreement import PartyKind
from samsyn.vocabulary.gazetteer import county_words, find_places
from samsyn.vocabulary.phrases import either_of


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


class ReadLine(NamedTuple):
    """A printed line with what it holds."""

    stretch: Stretch
    tokens: tuple[Token, ...]
    kinds: frozenset[TokenKind]


_UNKNOWN = frozenset({TokenKind.OTHER})
"""The kinds of a line that is nothing of a signature block."""


class Person(NamedTuple):
    """A name with the title that stands in the same line, before or behind it, and the organisation at its end."""

    name: str
    title: str | None
    title_first: bool
    organisation: str | None = None


_LONGEST_TITLE = 12
"""Words; a title longer than this is prose."""
_LONGEST_PARTY = 9
RULE = re.compile(r"[._…‗–—―=\-]{4,}|(?:[._…]\s?){4,}")
LETTERS = re.compile(r"\s*\((?:[A-ZÅÄÖa-zåäö]{1,4})\)")
"""Party letters behind a name: '(M)', '(SD)', '(s)'."""
_CLOCK = re.compile(r"\s\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?!\w)")
"""The time of day that a signing service prints behind the day."""
_MARKS = " ,;:–-()/"
"""What may part a name from its title."""
_LOWER = "a-zåäöéèüøæáíóñçčšžćëïß'’"
_UPPER = "A-ZÅÄÖÉÈÜØÆÁÍÓČŠŽĆ"
_WORD = rf"[{_UPPER}][{_LOWER}]+(?:-?[{_UPPER}][{_LOWER}]+)*"
_CAPITALS = rf"[{_UPPER}]{{2,}}(?:-[{_UPPER}]{{2,}})*"
_INITIAL = rf"[{_UPPER}]\.?"


def read_tokens(stretch: Stretch) -> list[Token]:
    """What a line holds, in order: 'Anna Ek, kommunchef' is a name and a title, an unknown line is OTHER."""
    text = stretch.text
    if not text:
        return []
    rule = RULE.search(text)
    bare = RULE.sub(" ", text).strip(" .:_-–—*|/")
    tokens = [Token(TokenKind.RULE, "", stretch)] if rule and not is_blank_date(text) else []
    return [*tokens, *_read(stretch, bare)] if bare else tokens


def _read(stretch: Stretch, bare: str) -> list[Token]:
    caption, rest = split_caption(bare)
    if caption is not None and not rest.strip(" :"):
        blank = caption == "date_captions" and RULE.search(stretch.text)
        return [Token(TokenKind.DATE if blank else TokenKind.CAPTION, bare, stretch)]
    if caption == "date_captions":
        return [_date(stretch, rest)]
    if rest.startswith("("):
        rest = rest.strip("() ")
    elif caption == "name_captions" and "(" not in rest:
        rest = rest.rstrip(") ")
    if phrase_pattern("roles.toml", "block", "electronic").search(rest):
        return _electronic(stretch, rest)
    return _labelled(stretch, rest) or _parts(stretch, rest) or [Token(TokenKind.OTHER, rest, stretch)]


def _labelled(stretch: Stretch, text: str) -> list[Token]:
    """'Kommunchef: Anna Ek', 'Polisen: Bo Ask, kommunpolis'; under any other label ('Ansvarig:') nobody signs."""
    label, colon, rest = text.partition(": ")
    if not colon or find_days(text):
        return []
    person = read_person(rest)
    party = read_party(label)
    if party and person:
        return [Token(TokenKind.PARTY, party[0], stretch, party=party[1]), *_person_tokens(stretch, person)]
    if person and not person.title and is_title(label):
        return _person_tokens(stretch, Person(person.name, label, True))
    return [Token(TokenKind.OTHER, text, stretch)] if person else []


def _electronic(stretch: Stretch, text: str) -> list[Token]:
    """'Elektroniskt signerad 2023-05-04 av Anna Ek, kommunchef': the person and the day; else only a note."""
    days = find_days(text)
    cut = text[: days[0].start] + text[days[0].end :] if days else text
    lead = phrase_pattern("roles.toml", "block", "signer_leads").pattern
    signer = re.split(rf"{lead}|:", cut, maxsplit=1)
    person = read_person(signer[1]) if len(signer) > 1 else None
    if person is None and not days:
        return [Token(TokenKind.NOTE, text, stretch)]
    dated = [Token(TokenKind.DATE, text, stretch, date=days[0].first)] if days else []
    return [*dated, *_person_tokens(stretch, person)] if person else dated


def _person_tokens(stretch: Stretch, person: Person) -> list[Token]:
    tokens = [Token(TokenKind.NAME, person.name, stretch)]
    if person.title:
        tokens.insert(0 if person.title_first else 1, Token(TokenKind.TITLE, person.title, stretch))
    party = read_party(person.organisation) if person.organisation else None
    return [Token(TokenKind.PARTY, party[0], stretch, party=party[1]), *tokens] if party else tokens


def split_caption(text: str) -> tuple[str | None, str]:
    """The kind of caption the text begins with, and what stands behind it."""
    for key in ("name_captions", "title_captions", "date_captions", "signature_captions"):
        hit = phrase_pattern("roles.toml", "block", key).match(text)
        if hit is None:
            continue
        rest = text[hit.end() :].lstrip()
        names_signer = hit.group().casefold().endswith(words_under("roles.toml", "block", "signer_leads"))
        if rest[:1] in ("", ":", "(") or (names_signer and read_person(rest) is not None):
            return key, rest.lstrip(" :")
    return None, text


def _parts(stretch: Stretch, text: str) -> list[Token]:
    """The tokens of a line without caption or rule; empty when it is nothing of a signature block."""
    dated = _place_and_date(stretch, text)
    if dated:
        return dated
    person = read_person(text)
    if person is not None:
        return _person_tokens(stretch, person)
    if is_title(text):
        return [Token(TokenKind.TITLE, LETTERS.sub("", text).strip(" ,;:"), stretch)]
    party = read_party(text)
    return [Token(TokenKind.PARTY, party[0], stretch, party=party[1])] if party else []


def read_party(text: str) -> tuple[str, PartyKind] | None:
    """The name and kind of an organisation that the line is, without a 'För' before it."""
    lead = phrase_pattern("roles.toml", "block", "party_leads").match(text)
    name = (text[lead.end() :] if lead else text).strip(" ,:;")
    words = name.split()
    if len(words) > _LONGEST_PARTY or name.endswith((".", "?")) or not name[:1].isupper() or names_kind(name):
        return None
    if any(word.casefold() in words_under("roles.toml", "title", "not_in_title") for word in words):
        return None
    kind = party_kind(name)
    return (name, kind) if kind else None


def is_blank_date(text: str) -> bool:
    """'Eskilstuna den ____ 2016', 'Ort och datum: .....': a date still to be written."""
    if not RULE.search(text) or find_days(text):
        return False
    bare = RULE.sub(" ", text).strip(" .:_-")
    if split_caption(bare)[0] == "date_captions":
        return True
    if _day_left_out().search(bare):
        return True
    return bool(find_dates(bare)) and len(bare.split()) <= 4


def _date(stretch: Stretch, text: str) -> Token:
    days = find_days(text)
    day = days[0].first if days else read_short_day(text)
    return Token(TokenKind.DATE, text, stretch, date=day)


@cache
def lost_blank() -> re.Pattern[str]:
    """'Ale den 2016': a transcript has lost the blank between; 'Ale den   /   2016', 'Ale 2016-  -'."""
    day = either_of(words_under("dates.toml", "words", "day_leads"))
    blank = rf"\s+(?:{day})[\s/_.-]*(?:(?:20)?\d\d)?\.?"
    return re.compile(rf"[^\W\d]\S*(?:\s\S+)?(?:{blank}|,?\s+20\d\d\s?-[\s-]*)")


@cache
def _day_left_out() -> re.Pattern[str]:
    """A text that ends where the day is to be written: 'Ale den', 'Ale den 2016'."""
    day = either_of(words_under("dates.toml", "words", "day_leads"))
    return re.compile(rf"(?<!\w)(?:{day})\s*(?:\d{{4}})?\s*$")


def _place_and_date(stretch: Stretch, text: str) -> list[Token]:
    """A place and a date ('Piteå den 4 mars 2019'), or a party or person and a date; empty when it is none."""
    days = find_days(text)
    if not days:
        if is_blank_date(stretch.text) or lost_blank().fullmatch(text) or lost_blank().fullmatch(stretch.text):
            return [Token(TokenKind.DATE, text, stretch)]
        short = read_short_day(text) if len(text.split()) <= 4 else None
        return [Token(TokenKind.DATE, text, stretch, date=short)] if short else []
    rest = _CLOCK.sub("", text[: days[0].start] + " " + text[days[0].end :]).strip(" ,.:;-–")
    is_span = len(days) > 1 and bool(find_spans(text))  # '2018-01-01 till 2021-12-31': how long it is valid
    if is_span or len(rest.split()) > 6 or phrase_pattern("metadata.toml", "validity", "cues").search(text):
        return []
    date = Token(TokenKind.DATE, text, stretch, date=days[0].first)
    person = read_person(rest) if rest else None
    if person is not None:
        return [*_person_tokens(stretch, person), date]
    party = read_party(rest) if len(rest.split()) > 1 else None
    return [Token(TokenKind.PARTY, party[0], stretch, party=party[1]), date] if party else [date]


@cache
def name_pattern() -> re.Pattern[str]:
    """A person's name by its form: two to five words with capitals, particles and initials among them."""
    particles = either_of(words_under("roles.toml", "names", "particles"))
    word = rf"(?:{_WORD}|{_CAPITALS})"
    further = rf"\s+(?:(?:{particles})\s+){{0,2}}(?:{word}|{_INITIAL}(?=\s))"
    initials = rf"(?:[{_UPPER}]\.\s?){{1,2}}\s?{word}"
    return re.compile(rf"(?<![\w-])(?:{word}(?:{further}){{1,4}}|{initials})(?![\w-])")


@cache
def _beside_capital() -> re.Pattern[str]:
    """A capitalised word with another behind it, at most a particle, dots to write on or party letters between."""
    particles = either_of(words_under("roles.toml", "names", "particles"))
    between = r"[\s\"”“._…‗–—―=-]"
    return re.compile(
        rf"[{_UPPER}][^\W_]*(?:[-’'\"”“][^\W_]+)*(?:{between}|\([^\W\d_]{{1,4}}\))+"
        rf"(?:(?:{particles}){between}+){{0,2}}[{_UPPER}]"
    )


def may_hold_name(text: str) -> bool:
    """False for a text in which no two capitalised words stand together, as in most: it names nobody."""
    return _beside_capital().search(text) is not None


def read_person(text: str) -> Person | None:
    """The person of a line that holds one and nothing else, or None."""
    clean = " ".join(re.sub(r"[\"”“]", "", LETTERS.sub("", text)).split()).strip(" .,;:/")
    if len(clean.split()) > _LONGEST_TITLE + 3:
        return None
    for hit in name_pattern().finditer(clean):
        name = trimmed_name(hit.group())
        if name is None:
            continue
        start = hit.start() + hit.group().index(name)
        before, after = clean[:start].strip(_MARKS), clean[start + len(name) :].strip(_MARKS)
        person = _with_title(name, before, after)
        if person is not None:
            return person
    return None


def _with_title(name: str, before: str, after: str) -> Person | None:
    """The person when what stands around the name is a title or an organisation, or nothing."""
    if not before:
        if not after or is_title(after):
            return Person(name, after or None, False)
        return Person(name, None, False, after) if read_party(after) else None
    if is_title(before) and not _is_area(before, name):
        organisation, _, rest = before.rpartition(",")
        if organisation and read_party(organisation) and is_title(rest):
            return Person(name, rest.strip(), True, organisation) if not after else None
        if not after:
            return Person(name, before, True)
        return Person(name, before, True, after) if read_party(after) else None
    return None


def trimmed_name(text: str) -> str | None:
    """The words of the name without those that are no name ('Kommunchef Anna Ek'); None when too few are left."""
    words = text.split()
    while words and not may_be_name(words[0]):
        words.pop(0)
    end = next((index for index, word in enumerate(words) if not may_be_name(word)), len(words))
    words = words[:end]
    while words and words[-1].casefold() in words_under("roles.toml", "names", "particles"):
        words.pop()
    if len(words) < 2 or find_places(words[0]):
        return None
    return " ".join(words)


def may_be_name(word: str) -> bool:
    """False for a word that is no part of a person's name: a role, an organisation, a month."""
    small = word.casefold().strip(".,")
    common = small.endswith(words_under("roles.toml", "names", "not_name_endings"))
    return not common and small not in _not_names() and not is_role_word(word)


@cache
def _not_names() -> frozenset[str]:
    kinds: tuple[PartyKind, ...] = ("police", "municipality", "other")
    organisations = (word for kind in kinds for word in words_under("bodies.toml", "organisation", kind))
    genitives = words_under("roles.toml", "names", "of_bodies")
    modifiers = words_under("roles.toml", "title", "modifiers")
    own = words_under("roles.toml", "names", "not_names")
    return frozenset((*own, *organisations, *genitives, *modifiers, *county_words()))


def _is_area(title: str, name: str) -> bool:
    """True when the capitalised words behind a title name its area: 'Chef lokalpolisområde Piteå Älvdal'."""
    last = title.rsplit(maxsplit=1)[-1].casefold()
    return bool(find_places(name.split(maxsplit=1)[0])) or last in words_under("roles.toml", "names", "area_leads")


def is_role_word(word: str) -> bool:
    """True for a word that is a role: 'kommundirektör', 'KSO'."""
    folded = word.casefold().strip(".,;:()")
    if folded in words_under("roles.toml", "title", "words"):
        return True
    return folded.endswith(words_under("roles.toml", "title", "endings"))


def signs(title: str) -> bool:
    """True when the title is of those who sign agreements (chiefs, chairs), not only coordinate the work."""
    words = (word.casefold().strip(".,;:()") for word in title.replace("/", " ").split())
    return any(word.endswith(words_under("roles.toml", "title", "signing")) for word in words)


def is_title(text: str) -> bool:
    """True for a line that is a title: few words, one of them a role, and no verb."""
    words = text.replace("/", " ").replace(",", " ").split()
    if not words or len(words) > _LONGEST_TITLE or _ends_sentence(words[-1]):
        return False
    if any(word.casefold().strip(",.") in words_under("roles.toml", "title", "not_in_title") for word in words):
        return False
    return any(is_role_word(word) for word in words)


def _ends_sentence(word: str) -> bool:
    """True for a last word with a full stop that is no abbreviation's ('ordf.')."""
    bare = word.rstrip(".?!")
    return bare != word and bare.casefold() not in words_under("metadata.toml", "words", "abbreviations")


def read_line(stretch: Stretch) -> ReadLine:
    """The line with what it holds."""
    tokens = tuple(read_tokens(stretch))
    return ReadLine(stretch, tokens, frozenset(token.kind for token in tokens))


def join_lines(first: ReadLine, second: ReadLine) -> ReadLine | None:
    """Two printed lines as one where the first goes on in the second ('Kommunstyrelsens' + 'ordförande'), else None."""
    if TokenKind.RULE in first.kinds | second.kinds:
        return None
    if first.kinds != _UNKNOWN and (second.kinds != _UNKNOWN or not first.kinds <= {TokenKind.PARTY, TokenKind.TITLE}):
        return None
    joined = read_line(Stretch(first.stretch.block, first.stretch.start, second.stretch.end))
    if joined.kinds == _UNKNOWN:
        return None
    known = {kinds for kinds in (first.kinds, second.kinds) if kinds != _UNKNOWN}
    return joined if known <= {joined.kinds} else None


def joined_titles(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a column, titles that its width has cut made whole: 'Kommunstyrelsens' + 'ordförande'."""
    whole: list[Token] = []
    for token in tokens:
        title = _joined_title(whole[-1], token) if whole else None
        if title is None:
            whole.append(token)
        else:
            whole[-1] = title
    return whole


def _joined_title(first: Token, second: Token) -> Token | None:
    kinds = {first.kind, second.kind}
    if TokenKind.OTHER not in kinds or not kinds <= {TokenKind.OTHER, TokenKind.TITLE}:
        return None
    comma = "," if first.stretch.text.rstrip().endswith(",") else ""
    text = f"{first.value}{comma} {second.value}"
    goes_on = second.value[:1].islower() and first.stretch != second.stretch
    return Token(TokenKind.TITLE, text, second.stretch) if goes_on and is_title(text) else None
