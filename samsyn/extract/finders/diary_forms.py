"""Takes a text and gives the diary numbers in it, told by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samsyn.extract.dates import find_days

# The forms seen: KSKF/2015:569, KS/2016:215-003, KS 2016/0688 50163, KS.2015.144, Ks2016/0193.074, KSN-2015-2027,
# KS18/237, 2014/0531 KS, 2023/KS 0362, 1.6-692-2012, 19KS54, A123.456/2019, MK KS 2024/00561, 2023-KS-211. A
# trailing group is a classification code.
_NUMBER = re.compile(
    r"(?:[A-ZÅÄÖ]{2,6} (?=[A-ZÅÄÖ]))?"
    r"(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,9}(?:[-.]?[A-Z]{1,4})?[\s./:–-]{0,2})?\d[\w.:/–-]*\d[A-Z]{0,4}"
    r"(?:/[A-Z]{2,5}\s?\d+|\s[A-ZÅÄÖ]{2,6}(?![\w-])|\s(?=\d)\d{2,6}(?![\w/:-]|\.\d)|\s[–-]\s\d{3}(?![\w/:-]|\.\d))?"
)
_PREFIX = r"(?:[A-ZÅÄÖ]{2,8}|[A-ZÅÄÖ][a-zåäö]{1,3})"
_STRONG = re.compile(
    r"(?=[A-ZÅÄÖ\d])(?:"  # passes over other letters at once
    rf"{_PREFIX}[ ./-]?(?:(?:19|20)\d\d[:/.\s-]\s?\d{{1,6}}(?:[-/.]\d+)*|\d{{1,6}}/(?:19|20)?\d\d(?!\d)"
    r"|\d\d/\d{3,5}(?!\d))"
    rf"|(?:19|20)\d\d[-/][A-ZÅÄÖ]{{2,5}}[-/]\d{{1,5}}(?!\d)"
    rf"|(?:19|20)\d\d[/.:-]\d{{1,5}} [A-ZÅÄÖ]{{2,5}}|\d\d/?[A-ZÅÄÖ]{{2,4}}/?\d{{1,4}})"
)

_TWO_DIGITS = re.compile(r"\d\d")
"""Every shape above has them, most lines do not."""


def starts_with_diary_number(text: str) -> bool:
    """True when the text begins with something of the shape of a diary number."""
    return read_diary_number(text[:60]) is not None


def read_diary_number(text: str) -> tuple[int, int] | None:
    """Offsets of the diary number that the text begins with; a date, a law or a telephone number is none."""
    hit = _NUMBER.match(text.lstrip(" :\t"))
    if hit is None:
        return None
    lead = len(text) - len(text.lstrip(" :\t"))
    written = hit.group()
    if sum(character.isdigit() for character in written) < 3 and not re.search(r"\d[A-Z]|[/:]\d", written):
        return None
    if not re.search(r"[A-Za-zÅÄÖ./:-]", written) or _is_date(written):
        return None
    return lead, lead + hit.end()


def find_bare_diary_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the numbers that are diary numbers by their shape alone ('KSKF 2023:357')."""
    if _TWO_DIGITS.search(text) is None:
        return
    for hit in _STRONG.finditer(text):
        apart = hit.start() == 0 or not text[hit.start() - 1].isalnum()
        if apart and not text[hit.end() : hit.end() + 1].isalnum() and not find_days(hit.group()):
            yield hit.span()


def _is_date(text: str) -> bool:
    days = find_days(text)
    return bool(days) and days[0].start == 0 and days[0].end >= len(text) - 1
