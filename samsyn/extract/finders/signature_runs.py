"""Takes a line of a signature block that has run together and gives its parties, names, titles and dates.

Columns have lost the gap between them, or a transcript has lost the line breaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from samsyn.extract.dates import Unit, find_dates, find_days
from samsyn.extract.finders.organisations import find_organisations, party_kind
from samsyn.extract.finders.passages import Stretch
from samsyn.extract.finders.signature_lines import (
    LETTERS,
    RULE,
    Token,
    TokenKind,
    is_role_word,
    is_title,
    lost_blank,
    may_be_name,
    name_pattern,
    read_party,
    split_caption,
    trimmed_name,
)
from samsyn.extract.finders.wording import words_under
from samsyn.vocabulary.gazetteer import county_words, find_places

_LEAST_RUN = 4
"""Words; a shorter line holds one person at most."""
_LONGEST_GLUED = 16
"""Words of two columns printed on one line."""


def glued_pair(stretch: Stretch) -> tuple[Token, ...]:
    """The two parties, titles or dates of a line whose columns have lost their gap; empty for any other line."""
    text = stretch.text
    words = text.split()
    if len(words) > _LONGEST_GLUED or not (
        sum(map(is_role_word, words)) == 2 or len(find_organisations(text)) == 2 or len(find_days(text)) == 2
    ):
        return ()
    tokens = tuple(split_running_text(stretch))
    alike = len(tokens) == 2 and tokens[0].kind is tokens[1].kind
    if "," in text or (alike and tokens[0].kind is TokenKind.PARTY and tokens[0].party == tokens[1].party):
        return ()
    return tokens if alike and tokens[0].kind in (TokenKind.PARTY, TokenKind.TITLE, TokenKind.DATE) else ()


def split_name(token: Token) -> tuple[Token, ...]:
    """The two names of four words side by side; empty where it cannot be told where one ends."""
    words = list(re.finditer(r"\S+", token.stretch.text))
    if len(words) != 4 or len(token.value.split()) != 4:
        return ()
    halves = (
        token.stretch.part(words[0].start(), words[1].end()),
        token.stretch.part(words[2].start(), words[3].end()),
    )
    return tuple(Token(TokenKind.NAME, half.text, half) for half in halves)


def run_together(stretch: Stretch) -> tuple[Token, ...]:
    """The tokens of a line that holds several people, or a caption's value and what follows it; else empty.

    'Alma Ek Kommunchef Bo Al Lokalpolisområdeschef', 'Befattning: Kommunchef Polismyndigheten Ale den 3 mars 2019'.
    """
    caption, rest = split_caption(stretch.text)
    part = stretch.part(len(stretch.text) - len(rest), len(stretch.text)) if caption is not None else stretch
    if len(part.text.split()) < _LEAST_RUN or not any(map(is_role_word, part.text.split())):
        return ()
    tokens = tuple(split_running_text(part))
    kinds = Counter(token.kind for token in tokens)
    people = min(kinds[TokenKind.NAME], kinds[TokenKind.TITLE]) >= 2
    labelled = caption is not None and len(tokens) > 1 and tokens[0].kind in (TokenKind.NAME, TokenKind.TITLE)
    return tokens if (people or labelled) and not kinds[TokenKind.OTHER] else ()


def split_running_text(stretch: Stretch) -> Iterator[Token]:
    """The tokens of a signature block that a transcript has run together; nothing when the text is prose.

    The fewest stretches win: 'Ydre kommun Österbymo den 2016 Asta Ek Kommunalråd' is party, date, name and title.
    """
    words = [stretch.part(hit.start(), hit.end()) for hit in re.finditer(r"\S+", stretch.text)]
    best: list[tuple[float, list[Token]]] = [(0, [])]
    for end in range(1, len(words) + 1):
        options: list[tuple[float, list[Token]]] = []
        for start in range(max(0, end - 8), end):
            piece = Stretch(stretch.block, words[start].start, words[end - 1].end)
            token = _whole_token(piece)
            cost = _cost(token) if token else 3 * (end - start)
            option = token or Token(TokenKind.OTHER, piece.text, piece)
            options.append((best[start][0] + cost, [*best[start][1], option]))
        best.append(min(options, key=lambda option: option[0]))
    tokens = best[-1][1]
    unknown = sum(token.kind is TokenKind.OTHER for token in tokens)
    if unknown <= 1:
        yield from _with_people_apart(tokens)


def _with_people_apart(tokens: list[Token]) -> Iterator[Token]:
    """The tokens; where titles outnumber names, four words of names are two people."""
    kinds = Counter(token.kind for token in tokens)
    apart = kinds[TokenKind.NAME] < kinds[TokenKind.TITLE]
    for token in tokens:
        yield from (apart and token.kind is TokenKind.NAME and split_name(token)) or (token,)


def _cost(token: Token) -> float:
    """One for each stretch; more for a party or title whose last two words may as well be a person."""
    last = token.value.split()[-2:]
    doubtful = token.kind in (TokenKind.PARTY, TokenKind.TITLE) and len(last) == 2
    return 2.5 if doubtful and trimmed_name(" ".join(last)) == " ".join(last) else 1


def _whole_token(stretch: Stretch) -> Token | None:
    """The one thing that the whole stretch is, told strictly."""
    text = stretch.text
    if RULE.fullmatch(text):
        return Token(TokenKind.RULE, "", stretch)
    caption, value = split_caption(text)
    if caption is not None and text.endswith(":") and not value:
        return Token(TokenKind.CAPTION, text.rstrip(":"), stretch)
    days = find_days(text)
    if not text[0].isupper() and not (days and days[0].start == 0):
        return None
    dated = (days and len(text.split()) <= 5 and days[0].end == len(text)) or lost_blank().fullmatch(text)
    if (dated or _is_place_and_month(text)) and party_kind(text) is None:
        return Token(TokenKind.DATE, text, stretch, date=days[0].first if days else None)
    if days or RULE.search(text):
        return None
    clean = LETTERS.sub("", text)
    name = name_pattern().fullmatch(clean)
    if name is not None and trimmed_name(clean) == clean:
        return Token(TokenKind.NAME, clean, stretch)
    if is_title(text) and _is_one_title(text.split()):
        return Token(TokenKind.TITLE, text, stretch)
    party = read_party(text)
    if party and _is_one_party(party[0]):
        return Token(TokenKind.PARTY, party[0], stretch, party=party[1])
    return None


def _is_one_title(words: list[str]) -> bool:
    """True when the words are one title with no part of a name in it: capitals behind the first word are suspect."""
    if sum(map(is_role_word, words)) != 1:
        return False
    capitals = [word for word in words[1:] if word[0].isupper() and not is_role_word(word) and not _is_place(word)]
    led = _words_of_led_bodies(" ".join(words))
    later = [word for word in capitals if word not in led]
    surname = len(words) > 1 and words[1][0].isupper() and words[0].isalpha() and may_be_name(words[0])
    modifiers = words_under("roles.toml", "title", "modifiers")
    return not later and (not surname or words[0].casefold() in modifiers or is_role_word(words[0]))


def _words_of_led_bodies(text: str) -> frozenset[str]:
    """The words of organisations that a title names behind a small word: 'Chef för Polisområde Skaraborg'."""
    leads = words_under("roles.toml", "names", "area_leads")
    behind = ((body, text[: body.start].split()[-1:]) for body in find_organisations(text))
    led = (text[body.start : body.end] for body, lead in behind if lead and lead[0] in leads)
    return frozenset(word for name in led for word in name.split())


def _is_place_and_month(text: str) -> bool:
    """'Ale i december 2023': a place and a month, without the day."""
    dates = find_dates(text)
    monthly = len(dates) == 1 and dates[0].unit is Unit.MONTH and dates[0].end == len(text)
    return monthly and len(text.split()) <= 4 and bool(find_places(text[: dates[0].start]))


def _is_place(word: str) -> bool:
    return bool(find_places(word)) or word.casefold() in county_words()


def _is_one_party(name: str) -> bool:
    """True when the whole text is one organisation's name: a place or a person behind it is none of it."""
    named = find_organisations(name)
    if any(map(is_role_word, name.split())):
        return False
    return len(named) == 1 and named[0].start == 0 and named[0].end == len(name)
