"""Takes the text of a responsible column, or a text with units in brackets, and gives the units as written."""

from __future__ import annotations

import re
from functools import cache

from samsyn.vocabulary.phrases import either_of, joining_words, phrase_list

_BRACKETS = re.compile(r"\(([^()]{2,80})\)")
_SEPARATORS = re.compile(r"\s*[,;/+]\s*|\n+|\s+(?:&)\s+|\s+(?=\d{1,2}[.)]\s+[^\W\d])")
_NUMBER = re.compile(r"^\d{1,2}[.)]\s+(?=\D)")
"""The number that ties a unit to a measure numbered in the cell beside it."""
_SUSPENDED = re.compile(r"\w-$")
_DEFINITE_NAME = re.compile(r"[A-ZÅÄÖ][a-zåäö]+(?:e[nt]|na)")
_LONGEST_PART = 3
_LEAST_SPELLED = 3
_COMMITTEE = "n"
_LONG_WORD = 12
"""Letters of a compound that an abbreviation may stand for by itself."""
_SMALL_WORD = 3
"""Letters of the joining words that an abbreviation passes over: 'samordning för trygghet'."""


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted((ending.casefold() for ending in phrase_list("units", "endings")), key=len, reverse=True))


@cache
def _joiners() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{either_of(phrase_list('units', 'joiners'))})\s+", re.IGNORECASE)


@cache
def _listed() -> re.Pattern[str]:
    """What stands between the parts of a plain list: 'kommun, polis och näringsliv'."""
    return re.compile(rf"\s*[,;/+]\s*|(?<!\w)(?:{joining_words()})(?!\w)")


@cache
def _in_place() -> re.Pattern[str]:
    """A place at the end of a unit's name: '… i Nybro'."""
    return re.compile(rf"\s(?:{either_of(phrase_list('units', 'places'))})\s+[A-ZÅÄÖ][\w-]+$")


@cache
def _abbreviation() -> re.Pattern[str]:
    from samsyn.vocabulary.load import load_toml

    return re.compile(load_toml("phrases.toml")["units"]["abbreviation"])


def split_units(text: str) -> tuple[str, ...]:
    """The units named in a cell of responsible units, as written.

    'Miljönämnden, folkhälsosamordnaren' are two, 'Kultur- och fritidsnämnden' and 'Kultur, park och fritid' one:
    a separator divides only where both sides name a unit.
    """
    units: list[str] = []
    for piece in _divide(text):
        for unit in _divide_at_joiners(piece):
            cleaned = _NUMBER.sub("", unit.strip(" .;,:\n\t"))
            units.extend(name for name in _names_in_a_row(cleaned) if name not in units)
    return tuple(units)


def _names_in_a_row(unit: str) -> list[str]:
    """'Alkoholhandläggaren Polisen', two lines of a cell, each a unit in its definite form; else the unit alone."""
    words = unit.split()
    if len(words) > 1 and all(_DEFINITE_NAME.fullmatch(word) and names_unit(word) for word in words):
        return words
    # 'Tekniska Polisen': the party's own name, in a capital, is a line of its own.
    if len(words) > 1 and words[-1].istitle() and words[-1].casefold() in phrase_list("units", "parties"):
        before = " ".join(words[:-1])
        if before[0].isupper() and before[-1].isalnum():
            return [before, words[-1]]
    return [unit] if unit else []


def _divide(text: str) -> list[str]:
    """Pieces between commas, slashes and line breaks; a piece that names no unit stays with the one before it."""
    matches = list(_SEPARATORS.finditer(text))
    pieces: list[str] = []
    start = 0
    for match in matches:
        before, after = text[start : match.start()], text[match.end() :]
        if "\n" in match.group() or "/" in match.group():
            divides = not _SUSPENDED.search(before.rstrip()) and (_starts_unit(after) or names_unit(before))
        else:
            divides = _next_names_unit(after) and (names_unit(before) or _stands_alone(after))
        if divides:
            pieces.append(before)
            start = match.end()
    pieces.append(text[start:])
    return pieces


def _next_names_unit(after: str) -> bool:
    """True when what follows, up to the next separator or 'och', names a unit: by its words, or by one proper name."""
    following = _SEPARATORS.split(after, maxsplit=1)[0]
    first = _joiners().split(following)[0]
    return names_unit(first) or bool(re.match(r"[A-ZÅÄÖ][\w-]+$", first.strip()))


def _stands_alone(after: str) -> bool:
    """'Bygg och miljö, polisen': a whole piece of one word that names a unit ends the one before it."""
    following = _SEPARATORS.split(after, maxsplit=1)[0].strip(" .")
    return re.fullmatch(r"[\w-]+", following) is not None and names_unit(following)


def _starts_unit(after: str) -> bool:
    named = _NUMBER.sub("", after)
    return bool(named[:1].isupper()) or _next_names_unit(named)


def _divide_at_joiners(piece: str) -> list[str]:
    divided: list[str] = []
    start = 0
    for match in _joiners().finditer(piece):
        before, after = piece[start : match.start()], piece[match.end() :]
        tail = re.split(r"[,;]", before)[-1].strip()
        if (
            _SUSPENDED.search(tail)
            or _is_one_name(tail, match.group(), after)
            or _continues_name(tail, after)
            or _names_places(tail, after)
            or not (names_unit(tail) or tail[:1].isupper())
        ):
            continue
        if names_unit(before) and (_next_names_unit(after) or _is_multiword(match)):
            divided.append(before)
            start = match.end()
    divided.append(piece[start:])
    return divided


def _continues_name(tail: str, after: str) -> bool:
    """'Sektor kultur' + 'fritid': the unit's word stands first and says what it is for, of which more follows."""
    words = re.findall(r"[\w&-]+", tail)
    following = _joiners().split(_SEPARATORS.split(after, maxsplit=1)[0])[0].strip()
    is_open = len(words) > 1 and names_unit(words[0]) and not names_unit(words[-1])
    return is_open and re.fullmatch(r"[a-zåäö-]+(?<!n|t)|[a-zåäö-]+(?<!e)n", following) is not None


def _is_one_name(tail: str, joiner: str, after: str) -> bool:
    """'Vård' + 'omsorg': two fields that are one administration, by the vocabulary."""
    following = _joiners().split(_SEPARATORS.split(after, maxsplit=1)[0])[0]
    return f"{tail}{joiner}{following}".strip(" .").casefold() in phrase_list("units", "one_name")


def _names_places(tail: str, after: str) -> bool:
    """'Alkoholhandläggaren i Nybro' + 'Emmaboda': one unit for two places."""
    following = _SEPARATORS.split(after, maxsplit=1)[0].strip()
    return bool(_in_place().search(tail)) and re.fullmatch(r"[A-ZÅÄÖ][\w-]+", following) is not None


def _is_multiword(match: re.Match[str]) -> bool:
    """'tillsammans med' joins whole parties; 'och' may stand inside a unit's name."""
    return len(match.group().split()) > 1


def names_unit(text: str) -> bool:
    """True when the text names a unit: an abbreviation (BUN), or a word that ends like one (…nämnden, …samordnare)."""
    words = re.findall(r"[\w&-]+", text)
    if not words:
        return False
    return any(_abbreviation().match(word) for word in words) or any(
        word.casefold().endswith(_endings()) for word in words
    )


def is_unit_abbreviation(text: str) -> bool:
    """True for a unit that is written as an abbreviation alone: 'BUN', 'SocN'."""
    return _abbreviation().match(text) is not None


def units_in_brackets(text: str) -> tuple[str, ...]:
    """The abbreviations in brackets within an action cell: '… på skolor. (KS, BUN)' gives KS and BUN."""
    units: list[str] = []
    for match in _BRACKETS.finditer(text):
        pieces = [piece.strip() for piece in _listed().split(match.group(1)) if piece.strip()]
        if not pieces or not _ends_clause(text, match) or _abbreviates(match.group(1), text[: match.start()]):
            continue
        if not all(_abbreviation().match(piece) for piece in pieces):
            pieces = _mixed_units(match.group(1))
        units.extend(piece for piece in pieces if piece not in units)
    return tuple(units)


def _mixed_units(inside: str) -> list[str]:
    """'SU, park- och naturförvaltningen': an abbreviation among names written out; nothing where none is one."""
    units = split_units(inside)
    mixed = len(units) > 1 and any(_abbreviation().match(unit) for unit in units)
    return list(units) if mixed and all(names_unit(unit) for unit in units) else []


def _ends_clause(text: str, match: re.Match[str]) -> bool:
    """Brackets after a programme's name explain it ('insatsgrupp (SIG) startas'); those at a clause's end assign it."""
    rest = text[match.end() :].lstrip(" ")
    return not rest or rest[0] in ".\n;" or rest[:1].isupper()


def trailing_units(text: str) -> tuple[str, ...]:
    """The units in brackets at the very end of a bullet: 'Trygghetsvandring (kommun, polis och näringsliv)'."""
    match = re.search(r"\(([^()]{2,80})\)\s*\.?\s*$", text)
    if match is None or "=" in match.group(1) or _explains(text[: match.start()]):
        return ()
    if _abbreviates(match.group(1), text[: match.start()]):
        return ()
    units = split_units(match.group(1))
    if units and all(names_unit(unit) for unit in units) and (len(units) > 1 or _is_certain(units[0])):
        return units
    parts = tuple(part.strip() for part in _listed().split(match.group(1)) if part.strip())
    named = len(parts) > 1 and all(len(part.split()) <= _LONGEST_PART for part in parts)
    return parts if named and parts[0].casefold() in phrase_list("commitment", "subjects") else ()


def _is_certain(unit: str) -> bool:
    """A single unit assigns when it is a proper name, a party or a committee; 'personal' may just explain."""
    small = unit.casefold()
    return (
        unit[0].isupper()
        or small in phrase_list("commitment", "subjects")
        or small.endswith(phrase_list("units", "certain"))
    )


def _explains(before: str) -> bool:
    """Brackets behind an abbreviation tell what it stands for: 'SSPF (skola, socialtjänst, polis och fritid)'."""
    last = before.split()[-1:] or [""]
    return bool(_abbreviation().match(last[0]))


def _abbreviates(inside: str, before: str) -> bool:
    """'trygghet i centrum (TIC)' names no unit: the letters begin the words just before the brackets.

    A letter may also stand within a word, as the S of 'alkoholservering' does in AAS; short words may give none. Two
    letters prove nothing, and a committee ends in N ('BUN').
    """
    letters = inside.casefold()
    if _shortens(inside, before):
        return True
    if len(letters) < _LEAST_SPELLED or not _abbreviation().match(inside) or letters.endswith(_COMMITTEE):
        return False
    words = re.findall(r"[^\W\d_]+", before.casefold())[-2 * len(letters) :]
    return any(word[0] == letters[0] and _spells(letters, words[at:]) for at, word in enumerate(words[:-1]))


def _shortens(inside: str, before: str) -> bool:
    """'tjänsteanteckningar (TA)': the letters stand, in order, in the one long word before them, no unit's name."""
    word = re.search(r"([^\W\d_]+)\s*$", before)
    if word is None or len(word.group(1)) < _LONG_WORD or names_unit(word.group(1)):
        return False
    letters, long = inside.casefold(), word.group(1).casefold()
    return _abbreviation().match(inside) is not None and letters[0] == long[0] and _within(letters, long)


def _spells(letters: str, words: list[str]) -> bool:
    """True when each word in turn gives its first letter, and perhaps later ones, until all letters are used."""
    if not words or not letters:
        return not words and not letters
    word, rest = words[0], words[1:]
    if len(word) <= _SMALL_WORD and _spells(letters, rest):
        return True
    if word[0] != letters[0]:
        return False
    return any(_spells(letters[taken:], rest) for taken in range(1, len(letters) + 1) if _within(letters[:taken], word))


def _within(letters: str, word: str) -> bool:
    """True when the letters stand in the word in that order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)
