"""Takes the parts of a document, gives the focus areas that lists and sentences name rather than headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from samsyn.extract.cues import announces_measures, binds_somebody, first_sentence, tells_to_do
from samsyn.extract.finders.found import FoundArea
from samsyn.extract.headings import clean_title
from samsyn.extract.language import split_sentences
from samsyn.models.document import Block, BlockKind
from samsyn.models.section import BINDING_PARTS, Part
from samsyn.similarity import text_ratio
from samsyn.vocabulary.phrases import has_phrase, joining_words, phrase_pattern

SAME_TITLE = 0.88
"""Titles this alike (0-1) name the same focus area: 'Öka kommunikation …' and 'Öka kommunikationen …'."""

_BEFORE_LIST = 40
"""So far before the end of a sentence without a colon the words stand that announce a list."""
_LONGEST_NAME = 9
"""Words of a listed area that no colon or dash sets off."""
_LONGEST_SURE_NAME = 18
"""Words of one behind a sentence that ends in a colon: 'Insatserna görs inom följande fokusområden:'."""
_BEFORE_FOCUS = 40
"""Letters between who and what is done: 'Vi har under perioden valt att fokusera på …'."""
_LEAST_IN_FOCUS = 3
_DASH = re.compile(r"\s+[–—-]\s+|:\s")


def with_listed(areas: Sequence[FoundArea], parts: Sequence[Part]) -> tuple[FoundArea, ...]:
    """The areas, and those that only a list names: where it names every one of the areas it names the others too."""
    listed = _listed_areas(parts)
    if all(_is_among(area, listed) for area in areas):
        return (*areas, *(area for area in listed if not _is_among(area, areas)))
    return tuple(areas)


def _is_among(area: FoundArea, others: Sequence[FoundArea]) -> bool:
    return any(text_ratio(area.title, other.title) >= SAME_TITLE for other in others)


def _listed_areas(parts: Sequence[Part]) -> tuple[FoundArea, ...]:
    """Items under 'Fokusområden'; where there are none, of lists of names behind a line that announces areas."""
    sections = [section for part in parts if part.kind in BINDING_PARTS for section in part.walk()]
    under = tuple(
        FoundArea(clean_title(_name(block.text)), block.locate())
        for section in sections
        if "focus-areas" in section.meanings
        for block in section.blocks
        if block.kind is BlockKind.LIST_ITEM and block.level <= 1 and _name(block.text)
    )
    named = (block for section in sections for block in area_names(section.blocks))
    return under or tuple(FoundArea(clean_title(block.text), block.locate()) for block in named)


def area_names(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The items of a list of names behind '… har lett fram till fyra prioriterade områden.'"""
    announced = ""
    names: list[Block] = []
    for block in blocks:
        if block.kind is not BlockKind.LIST_ITEM:
            told = not names and block.kind is BlockKind.PARAGRAPH and _announces_names(block.text)
            announced = block.text if told else "" if not names else announced
        elif announced and block.level <= 1:
            names.append(block)
    longest = _LONGEST_SURE_NAME if announced.rstrip().endswith((":", ";")) else _LONGEST_NAME
    firsts = [first_sentence(block.text) for block in names]
    listed = len(names) > 1 and all(is_bare_name(text, longest) for text in firsts)
    return tuple(names) if listed and 2 * sum(map(tells_to_do, firsts)) <= len(firsts) else ()


def _announces_names(text: str) -> bool:
    """True for a text whose last sentence ends with the areas, not one that says what is done about them.

    Behind a colon the words may stand anywhere in it; 'Dessa är:' speaks of what the sentence before it named.
    """
    sentences = [sentence.text for sentence in split_sentences(text)]
    if len(sentences) > 1 and phrase_pattern("areas", "these_are").fullmatch(sentences[-1].rstrip(" .:;")):
        sentences = [*sentences[:-2], f"{sentences[-2].rstrip(' .')}:"]
    if not sentences:
        return False
    last = sentences[-1].rstrip()
    where = last if last.endswith((":", ";")) else last.rstrip(" .")[-_BEFORE_LIST:]
    return phrase_pattern("areas", "announce").search(where) is not None and not announces_measures(last)


def stated_areas(parts: Sequence[Part]) -> tuple[FoundArea, ...]:
    """The focus areas that a sentence names, where no heading, table or list does: 'Fokusområdena är A, B och C.'"""
    blocks = (
        block for part in parts if part.kind in BINDING_PARTS for section in part.walk() for block in section.blocks
    )
    for block in blocks:
        for sentence in split_sentences(block.text) if block.kind is BlockKind.PARAGRAPH else ():
            names = tuple(_named_in(sentence.text))
            if len(names) > 1 and all(is_bare_name(name) and not _tells_how_it_is(name) for name in names):
                starts = [sentence.text.find(name) + sentence.start for name in names]
                return tuple(
                    FoundArea(clean_title(name), block.locate(start, start + len(name)))
                    for name, start in zip(names, starts, strict=True)
                )
    return ()


def _named_in(sentence: str) -> Iterator[str]:
    """The names behind '… prioriterade områden är', 'inom områdena' or 'Vi har valt att fokusera på', divided at the
    commas and at the last 'och'."""
    announced = phrase_pattern("areas", "announce").search(sentence)
    behind = phrase_pattern("areas", "are").match(sentence[announced.end() :].lstrip()) if announced else None
    if announced is not None and behind is not None:
        yield from _divided(sentence[announced.end() :].lstrip()[behind.end() :])
        return
    apposed = phrase_pattern("areas", "apposed").search(sentence)
    if apposed is not None:
        yield from _divided(_until_told(sentence[apposed.end() :]))
        return
    focus = phrase_pattern("areas", "focus").search(sentence)
    who = phrase_pattern("areas", "focusing").match(sentence) if focus else None
    if focus is not None and who is not None and focus.start() - who.end() <= _BEFORE_FOCUS:
        names = tuple(_divided(_until_told(sentence[focus.end() :])))
        yield from names if len(names) >= _LEAST_IN_FOCUS else ()


def _until_told(text: str) -> str:
    """The names in front of what is told of them: 'trafik och stölder genom att' gives 'trafik och stölder'."""
    told = phrase_pattern("areas", "behind_names").search(text)
    return text[: told.start()] if told else text


def _divided(text: str) -> Iterator[str]:
    rest = text.strip(" :.;")
    *pieces, last = re.split(r"\s*[,;]\s*", rest)
    yield from (piece for piece in pieces if piece)
    joint = re.compile(rf"(?:^|(?<![-\s])\s+)(?:{joining_words()})\s+").search(last)
    yield from (piece for piece in ((last[: joint.start()], last[joint.end() :]) if joint else (last,)) if piece)


def is_bare_name(text: str, longest: int = _LONGEST_NAME) -> bool:
    """True for a name of at most so many words that tells nothing to be done; a longer one is sure of its list."""
    words = text.rstrip(" .").split()
    told = longest == _LONGEST_NAME and tells_to_do(text)
    return 1 <= len(words) <= longest and not binds_somebody(text) and not told


def _tells_how_it_is(name: str) -> bool:
    """'bor sju tusen personer' is no name: it holds a verb."""
    return has_phrase(name, "commitment", "no_action")


def _name(item: str) -> str:
    """'Trygghet i centrum – fler ska …' names 'Trygghet i centrum'; a whole sentence names nothing."""
    head = _DASH.split(item.strip(), maxsplit=1)[0].strip()
    return head if len(head) <= 80 and not head.endswith((".", "!", "?")) else ""
