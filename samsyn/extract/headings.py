"""Takes a heading or a paragraph's first words and says what they announce, by the vocabulary's headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from samsyn.models.document import Block, BlockKind
from samsyn.vocabulary.lexicon import Lexicon, load_lexicon, normalise_phrase, strip_numbering
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import either_of, joining_words, phrase_pattern

GOALS = frozenset({"goals", "goals-overall", "goals-area", "goals-sub"})
MEASURES = frozenset({"measures", "promises"})
CONTENT = GOALS | MEASURES | {"problem", "cause", "effect"}
"""Meanings that make a heading above them a focus area."""

ASIDE = frozenset(
    {"ongoing", "outcomes", "definitions", "contacts", "sources", "costs", "memo", "communication", "contents"}
    | {"period", "signatures", "annexes", "organisation", "follow-up"}
)
"""Meanings of sections that tell of the agreement or its surroundings; no goal or measure of it is stated there."""

_LABEL_LENGTH = 70
"""A run-in label is short; the longest seen ('Polisen och X kommun lovar tillsammans att:') has under 60 letters."""

_SENTENCE_END = re.compile(r"[.!?]$")


@cache
def heading_lexicon() -> Lexicon:
    """The lexicon of headings and labels."""
    return load_lexicon("headings.toml", "heading")


@cache
def heading_meanings(text: str) -> tuple[str, ...]:
    """The meanings of a heading: of its whole wording, or of each of its pieces ('Syfte och mål'); else none."""
    lexicon = heading_lexicon()
    if lexicon.is_exact(text):
        return _as_tuple(lexicon.meaning(text))
    head, mark, _ = text.partition(":")
    if mark and lexicon.is_exact(head):
        return _as_tuple(lexicon.meaning(head))
    bare = _without_lead_in(text)
    if lexicon.is_exact(bare):
        return _as_tuple(lexicon.meaning(bare))
    pieces = _pieces(text)
    if len(pieces) > 1 and all(lexicon.is_exact(piece) for piece in pieces):
        return tuple(dict.fromkeys(meaning for piece in pieces for meaning in _as_tuple(lexicon.meaning(piece))))
    return _as_tuple(lexicon.meaning(text))


def is_whole_heading(text: str) -> bool:
    """True for a heading listed word by word, without its lead-in ('Vårt mål') or in pieces ('Syfte och mål')."""
    lexicon = heading_lexicon()
    if lexicon.is_exact(text) or lexicon.is_exact(_without_lead_in(text)):
        return True
    pieces = _pieces(text)
    return len(pieces) > 1 and all(lexicon.is_exact(piece) for piece in pieces)


@cache
def _joints() -> re.Pattern[str]:
    """What stands between the ideas of a heading: 'Syfte och mål', 'Mål/delmål'."""
    return re.compile(rf"\s+(?:{joining_words()}|&)\s+|\s*[/,]\s*")


def _pieces(text: str) -> list[str]:
    """The ideas of a heading, its numbering left out."""
    return [piece for piece in _joints().split(strip_numbering(text).strip(" .:")) if piece]


def _without_lead_in(text: str) -> str:
    """'Vårt gemensamma mål' without the words that only say whose it is."""
    words = normalise_phrase(text).split()
    lead_in = load_toml("headings.toml")["lead_in"]["words"]
    while len(words) > 1 and words[0] in lead_in:
        words.pop(0)
    return " ".join(words)


def _as_tuple(meaning: str | None) -> tuple[str, ...]:
    return (meaning,) if meaning else ()


@cache
def _area_pattern() -> re.Pattern[str]:
    words = either_of(load_toml("headings.toml")["area"]["lead"])
    number = r"\s*(?:(?:nr\.?\s*)?(?P<number>\d{1,2}(?:\.\d{1,2})*|(?-i:[IVX]{1,4}|[A-Z]))(?=[\s.:)–—-]|$))?\s*"
    return re.compile(rf"^(?:{words})(?!\w){number}(?P<mark>[.:)–—-]*)\s*(?P<title>.*)$", re.IGNORECASE | re.DOTALL)


@cache
def area_title(text: str) -> str | None:
    """The focus area that a heading such as 'Fokusområde 1 - Trygg uppväxt' names; '' when only the number stands.

    None when the heading opens no focus area: a lead word needs a number or a mark behind it.
    """
    match = _area_pattern().match(strip_numbering(text.strip()))
    if match is None or not (match["number"] or match["mark"].strip() or _names_behind(match)):
        return None
    title = match["title"].strip(" \t.:–—-")
    if title and not title[0].isalnum() and title[0] not in "\"'”“»(":
        return None
    return title


def _names_behind(match: re.Match[str]) -> bool:
    """'Insatsområde Ungas fritid': a lead word for nothing but areas, and a name in capitals behind it."""
    lead = match.string[: match.start("title")].split()
    certain = bool(lead) and lead[-1].casefold() in load_toml("headings.toml")["area"]["certain"]
    return certain and match["title"][:1].isupper() and lead[0][:1].isupper()


def clean_title(text: str) -> str:
    """A heading's title without numbering and closing marks, white space collapsed."""
    return " ".join(strip_numbering(text).split()).strip(" .:–—-") or text.strip()


@dataclass(frozen=True, slots=True)
class Label:
    """A run-in label: its words, what it announces, and where the text after it begins."""

    text: str
    meanings: tuple[str, ...]
    end: int


def find_label(block: Block) -> Label | None:
    """The run-in label a paragraph begins with ('Mål: …', '**Delmål** …', 'Polisen lovar att:'), or None."""
    if block.kind in (BlockKind.TABLE, BlockKind.LIST_ITEM):
        return None
    return _label_at_colon(block) or _label_in_bold(block) or _label_alone(block) or _question(block)


def _label_at_colon(block: Block) -> Label | None:
    colon = block.text.find(":", 0, _LABEL_LENGTH)
    if colon < 1:
        return None
    words = block.text[:colon]
    if _SENTENCE_END.search(words) or "." in words.rstrip("."):
        return None
    meanings = heading_meanings(words)
    return Label(words.strip(), meanings, colon + 1) if meanings else None


def _label_in_bold(block: Block) -> Label | None:
    lead = block.bold_lead
    if not 1 < lead <= _LABEL_LENGTH or lead >= len(block.text.rstrip()):
        return None
    words = block.text[:lead].rstrip(" .:–—-")
    if phrase_pattern("grammar", "that").match(block.text[lead:].lstrip()):
        return None  # '**Polisen lovar** att …' is one sentence
    meanings = heading_meanings(words) if heading_lexicon().is_exact(words) else ()
    return Label(words, meanings, lead) if meanings else None


def _label_alone(block: Block) -> Label | None:
    """A short paragraph that is a known heading word by word, though set as ordinary text."""
    text = block.text.strip()
    if (
        block.kind is BlockKind.HEADING
        or len(text) > _LABEL_LENGTH
        or not heading_lexicon().is_exact(text)
        or text.endswith(".")
    ):
        return None
    return Label(text, heading_meanings(text), len(block.text))


def _question(block: Block) -> Label | None:
    """A known heading that asks what the rest of the paragraph answers: 'Vad är problemet? Mopeder …'."""
    mark = block.text.find("?", 0, _LABEL_LENGTH)
    words = block.text[: mark + 1].strip()
    if mark < 1 or not block.text[mark + 1 :].strip() or not heading_lexicon().is_exact(words):
        return None
    return Label(words, heading_meanings(words), mark + 1)


def same_phrase(left: str, right: str) -> bool:
    """True when two titles are the same but for case, numbering, hyphens and closing marks."""
    return normalise_phrase(left) == normalise_phrase(right)
