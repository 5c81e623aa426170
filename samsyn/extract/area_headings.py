"""Takes a tree of sections, gives the focus areas that headings of one form name, each beside its like."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from samsyn.extract.headings import clean_title
from samsyn.models.section import Section
from samsyn.vocabulary.phrases import either_of, has_phrase, phrase_list, phrase_pattern

COUNTED = re.compile(
    r"^(?P<lead>[^\W\d][^\d:–—]{2,40}?)\s+(?P<number>\d{1,2}|[A-Z]|[IVX]{1,4})\s*[.:)–—-]+\s*(?P<title>[^\W\d].*)$"
)
"""'Arena 2: Skolan': a word that its like share, what counts them, and the title."""

_PARTIES = ("municipality", "police", "both", "we")


def titles_alike(sections: Sequence[Section]) -> dict[str, str]:
    """The titles of areas by the id of their section, for headings that name them in the same form as others do."""
    return {**dict(_numbered_alike(sections)), **dict(_about_alike(sections))}


def tells_time(title: str) -> bool:
    """'Kvartal 1' and 'Steg 2' count times and steps, not areas."""
    return bool(phrase_pattern("areas", "times").match(title.strip()))


def names_party(text: str) -> bool:
    """True where a text names who acts: the municipality, the police, both, 'vi'."""
    return any(has_phrase(text, "undertakers", party) for party in _PARTIES)


def is_about_party(title: str) -> bool:
    """'Åtaganden gällande polisen' says who acts, not in what."""
    match = _undertaken_about().match(title.strip(" .:;"))
    return match is not None and any(
        phrase_pattern("undertakers", party).fullmatch(match["matter"]) for party in _PARTIES
    )


def _numbered_alike(siblings: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """Headings of one rank that share a word and count on: 'Arena 1: Hemmet', 'Arena 2: Skolan'."""
    groups: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for section in siblings:
        match = COUNTED.match(section.heading.text.strip()) if section.heading is not None else None
        if match is not None and not section.meanings and not tells_time(match["lead"]):
            groups[match["lead"].casefold()][match["number"]] = (section.id, clean_title(match["title"]))
    for numbers in groups.values():
        if len(numbers) > 1:
            yield from numbers.values()
    for section in siblings:
        yield from _numbered_alike(section.children)


def _about_alike(siblings: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """Headings of one rank that say what undertakings are about: 'Löften gällande Sjöstaden', 'Löften gällande …'."""
    matters: dict[str, tuple[str, str]] = {}
    for section in siblings:
        matter = _matter(section.heading.text) if section.heading is not None and not section.is_title else ""
        if matter:
            matters[matter.casefold()] = (section.id, clean_title(matter))
    if len(matters) > 1:
        yield from matters.values()
    for section in siblings:
        yield from _about_alike(section.children)


def _matter(title: str) -> str:
    """'Löften gällande Sjöstaden under 2022:' without its first words and its time; empty for any other heading."""
    match = _undertaken_about().match(title.strip(" .:;"))
    return "" if match is None or names_party(match["matter"]) else match["matter"]


@cache
def _undertaken_about() -> re.Pattern[str]:
    what, about, meanwhile = (either_of(phrase_list("areas", key)) for key in ("undertaken", "about", "meanwhile"))
    years = rf"(?:\s+(?:{meanwhile}))?(?:\s*\d{{4}}(?:\s*[-–—/]\s*\d{{2,4}})?)?"
    return re.compile(rf"(?:{what})\s+(?:{about})\s+(?P<matter>[^\W\d].*?){years}$", re.IGNORECASE)
