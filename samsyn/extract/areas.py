"""Takes a part's tree of sections and gives it back with the focus areas marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, takewhile

from samsyn.extract.area_headings import COUNTED, is_about_party, names_party, tells_time, titles_alike
from samsyn.extract.area_lists import SAME_TITLE, is_bare_name
from samsyn.extract.cues import (
    announces_measures,
    binding_list,
    binds_somebody,
    first_sentence,
    names_actor,
    opens_with_deed,
)
from samsyn.extract.finders.columns import read_header
from samsyn.extract.finders.measure_cards import is_card
from samsyn.extract.finders.organisations import is_organisation
from samsyn.extract.finders.signature_lines import is_title, signs
from samsyn.extract.headings import CONTENT, GOALS, MEASURES, area_title, clean_title
from samsyn.extract.language import ends_with_that, leads_on, split_sentences
from samsyn.extract.papers import names_paper
from samsyn.models.document import Block, BlockKind
from samsyn.models.section import BINDING_PARTS, Part, Section
from samsyn.similarity import text_ratio
from samsyn.vocabulary.phrases import phrase_pattern

_AREA_LENGTH = 120
_LAST_SENTENCES = 2
"""Of the text right above the headings of areas so many sentences at its end may speak of them."""
_REFERS = re.compile(r"(?P<lead>[^\W\d]+)\s+(?P<number>\d{1,2}|[A-Z])$")


def mark_areas(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections with `area` set on each that opens a focus area.

    A heading opens one when its words say so ('Insatsområde 2: Trafik'), when it stands under 'Fokusområden',
    when it repeats an item of the list of areas or goals, or when it and its like hold goals, problems or measures.
    """
    known = _Known(tuple(_listed_titles(sections)), titles_alike(sections))
    return _mark_all(_Siblings(None, sections), known)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the whole part tells of its areas: titles that a list names, titles by the id of headings of one form."""

    listed: tuple[str, ...]
    alike: dict[str, str]


@dataclass(frozen=True)
class _Siblings:
    """The sections under one heading, with what each is judged by among its like, found once for all of them."""

    parent: Section | None
    sections: tuple[Section, ...]
    inside: bool = False
    """True below a promise that is a focus area: what the headings there name are its places or its steps."""

    @cached_property
    def actors(self) -> tuple[bool, ...]:
        """For each section whether its heading names who acts."""
        return tuple(map(_is_actor, self.sections))

    @cached_property
    def promised(self) -> frozenset[int]:
        """Where headings of one beginning name what is promised, each something else: 'Vi lovar ljusare platser'."""
        leads: dict[str, list[int]] = defaultdict(list)
        for at, section in enumerate(self.sections):
            words = section.title.split()
            if MEASURES & set(section.meanings) and not section.is_label and _names_matter(words):
                leads[" ".join(words[:2]).casefold()].append(at)
        return frozenset(at for places in leads.values() if len(places) > 1 for at in places)

    @cached_property
    def content(self) -> tuple[frozenset[str], ...]:
        """For each section what an area consists of that it holds."""
        return tuple(map(_content, self.sections))

    @cached_property
    def alike(self) -> int:
        """How many headings of no known meaning hold what an area consists of."""
        return sum(
            bool(content) and not (section.meanings or section.is_label or section.is_title)
            for section, content in zip(self.sections, self.content, strict=True)
        )

    @property
    def divides_measures(self) -> bool:
        """True below a heading of measures that has no text of its own: 'Det här ska vi göra', 'Trafik', 'Unga'."""
        parent = self.parent
        return parent is not None and bool(MEASURES & set(parent.meanings)) and not parent.blocks

    @cached_property
    def bound(self) -> int:
        """How many headings of no known meaning stand above undertakings, in a list or in running text."""
        return sum(map(self._is_bound, range(len(self.sections))))

    def _is_bound(self, at: int) -> bool:
        section = self.sections[at]
        return not section.meanings and (bool(self.content[at]) or _binds(section) or _opens_with_deed(section))

    @cached_property
    def announced(self) -> frozenset[int]:
        """Where headings, two at least, stand above undertakings right behind a text that ends by speaking of areas: '…
        har vi valt tre prioriterade områden. De kallas de tre hörnen.'"""
        if self.parent is not None and _speaks_of_areas(self.parent):
            first = 0
        else:
            first = next(
                (at for at, one in enumerate(self.sections, 1) if _speaks_of_areas(one) and not one.children), 0
            )
            if not first:
                return frozenset()
        behind = takewhile(lambda at: not self.sections[at].meanings, range(first, len(self.sections)))
        bound = frozenset(at for at in behind if self._is_bound(at))
        return bound if len(bound) > 1 else frozenset()


def _speaks_of_areas(section: Section) -> bool:
    last = section.blocks[-1] if section.blocks else None
    if last is None or last.kind is not BlockKind.PARAGRAPH or leads_on(last.text):
        return False
    sentences = split_sentences(last.text)[-_LAST_SENTENCES:]
    return any(phrase_pattern("areas", "announce").search(sentence.text) for sentence in sentences)


def _mark_all(siblings: _Siblings, known: _Known) -> tuple[Section, ...]:
    return tuple(
        replace(
            section,
            area=known.alike.get(section.id) or _area_of(section, at, siblings, known.listed),
            children=_mark_all(_Siblings(section, section.children, at in siblings.promised), known),
        )
        for at, section in enumerate(siblings.sections)
    )


def _names_matter(words: Sequence[str]) -> bool:
    """True for the words of a heading that, behind its first two, names a matter: no party, no year, no 'att'."""
    rest = " ".join(words[2:])
    if len(words) < 3 or any(letter.isdigit() for letter in rest) or ends_with_that(rest):
        return False
    return not names_party(rest)


def _area_of(section: Section, at: int, siblings: _Siblings, listed: tuple[str, ...]) -> str | None:
    parent = siblings.parent
    if section.heading is None or section.is_label or section.is_title or len(section.title) > _AREA_LENGTH:
        return None
    if at in siblings.promised:
        return clean_title(section.title)
    # Below a heading of areas, one with headings or a table of its own is an area, be it called as a party is.
    holds = section.children or any(block.table is not None for block in section.blocks)
    divided = parent is not None and "focus-areas" in parent.meanings and bool(holds)
    if is_title(section.title) and signs(section.title):
        return None  # 'Tf lokalpolisområdeschef' below a name, left over from the signatures
    if tells_time(section.title) or is_about_party(section.title) or (names_actor(section.title) and not divided):
        return None
    if _is_actor_among(section, at, siblings):
        return None
    named = area_title(section.heading.text)
    if named is not None:
        return named or _first_child_title(section)
    if section.meanings or siblings.inside:
        return None
    if parent is not None and "focus-areas" in parent.meanings:
        return clean_title(section.title)
    if any(text_ratio(section.title, title) >= SAME_TITLE for title in listed) and _has_text(section):
        return clean_title(section.title)
    if siblings.content[at] and _is_one_of_many(at, siblings):
        return clean_title(section.title)
    if at in siblings.announced:
        return clean_title(section.title)
    if siblings.divides_measures and siblings.bound >= 2 and _has_text(section):
        return clean_title(section.title)
    return None


def _is_actor_among(section: Section, at: int, siblings: _Siblings) -> bool:
    """'Västtrafik' and 'Mariehus' beside 'Polisen' under 'Våra löften' say who promises.

    A name that no word list knows is an actor when it stands among actors.
    """
    if is_organisation(section.title):
        return True
    if _is_named_area(section):
        return False
    actors = siblings.actors
    if siblings.parent is not None and MEASURES & set(siblings.parent.meanings):
        return sum(actors) >= max(2, len(actors) / 2)
    before, after = actors[max(0, at - 2) : at], actors[at + 1 : at + 3]
    around = (before, (*before[-1:], *after[:1]), after)
    return any(len(pair) == 2 and all(pair) for pair in around)


def _is_actor(section: Section) -> bool:
    return names_actor(section.title) or is_organisation(section.title) or is_about_party(section.title)


def _is_named_area(section: Section) -> bool:
    """True when the heading's own words say that it opens a focus area."""
    return section.heading is not None and area_title(section.heading.text) is not None


def _first_child_title(section: Section) -> str | None:
    """The title under a bare 'Fokusområde 1': its first subheading of no known meaning, or a short first line."""
    for child in section.children:
        if not child.meanings and child.heading is not None:
            return clean_title(child.title)
    first = section.blocks[0] if section.blocks else None
    if first is not None and first.kind is BlockKind.PARAGRAPH and len(first.text) <= _AREA_LENGTH:
        return clean_title(first.text)
    return None


def _has_text(section: Section) -> bool:
    return any(block.text or block.table for below in section.walk() for block in below.blocks)


def _content(section: Section) -> frozenset[str]:
    kinds = {meaning for child in section.children for meaning in child.meanings if meaning in CONTENT}
    if any(_holds_measures(block) for block in section.blocks):
        kinds.add("table")
    if binding_list(section.blocks) or _announces_list(section.blocks):
        kinds.add("measures")
    return frozenset() if kinds == {"goals-overall"} else frozenset(kinds)


def _announces_list(blocks: Sequence[Block]) -> bool:
    """True when a line such as 'Kommunen svarar för att' stands before a list item."""
    return any(
        after.kind is BlockKind.LIST_ITEM and block.kind is BlockKind.PARAGRAPH and announces_measures(block.text)
        for block, after in pairwise(blocks)
    )


def _holds_measures(block: Block) -> bool:
    if block.table is None:
        return False
    header = read_header(block.table)
    return is_card(block.table) or (header is not None and header.has_actions)


def _is_one_of_many(at: int, siblings: _Siblings) -> bool:
    """One heading with goals under it may be anything; two alike, or one with goals and measures, are focus areas."""
    return siblings.alike >= 2 or len(siblings.content[at] - {"table"}) >= 2


def _listed_titles(sections: Sequence[Section]) -> Iterator[str]:
    """Items of the lists under 'Fokusområden' and under the overall goals, and the short lines that name promises under
    'Våra löften', which areas' headings repeat."""
    for section in (below for top in sections for below in top.walk()):
        wanted = bool(({"focus-areas"} | GOALS) & set(section.meanings))
        for before, block in zip((None, *section.blocks), section.blocks, strict=False):
            is_item = block.kind is BlockKind.LIST_ITEM and (wanted or _announces_areas(before, block))
            is_line = block.kind is BlockKind.PARAGRAPH and "promises" in section.meanings
            if is_item or (is_line and is_bare_name(block.text)):
                yield clean_title(block.text)


def _announces_areas(before: Block | None, item: Block) -> bool:
    """Short noun phrases in a list ('Trygghet i centrum') may name areas; whole sentences do not."""
    return before is not None and len(item.text) <= 80 and not item.text.rstrip().endswith((".", "!", "?", ","))


def mark_prose_areas(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts with focus areas marked by their prose, for an agreement without lists, tables and named areas.

    Headings of no known meaning under which parties commit themselves are its focus areas, when there are two or more.
    """
    wanted = {section.id for part in parts if part.kind in BINDING_PARTS for section in part.walk() if _binds(section)}
    if len(wanted) < 2:
        return tuple(parts)
    return tuple(
        replace(part, sections=tuple(_mark_chosen(section, wanted) for section in part.sections)) for part in parts
    )


def _binds(section: Section) -> bool:
    if section.meanings or section.heading is None or section.is_label or names_paper(section.heading.text):
        return False
    return any(
        binds_somebody(sentence.text)
        for block in section.blocks
        if block.kind is BlockKind.PARAGRAPH
        for sentence in split_sentences(block.text)
    )


def _opens_with_deed(section: Section) -> bool:
    """True where the text begins with what is to be done: 'Utveckla stödet …'."""
    first = section.blocks[0] if section.blocks else None
    return first is not None and first.kind is BlockKind.PARAGRAPH and opens_with_deed(first_sentence(first.text))


def _mark_chosen(section: Section, wanted: set[str]) -> Section:
    return replace(
        section,
        area=clean_title(section.title) if section.id in wanted else section.area,
        children=tuple(_mark_chosen(child, wanted) for child in section.children),
    )


def mark_repeated_areas(parts: Sequence[Part], titles: Sequence[str]) -> tuple[Part, ...]:
    """The parts with the headings marked that repeat an area a table names: the plan's column 'Område' and the headings
    above the goals have the same names."""
    return tuple(
        replace(part, sections=tuple(_mark_repeated(section, titles) for section in part.sections))
        if part.kind in BINDING_PARTS
        else part
        for part in parts
    )


def _mark_repeated(section: Section, titles: Sequence[str]) -> Section:
    may_open = section.heading is not None and not (section.area or section.meanings or section.is_title)
    title = clean_title(section.title)
    repeats = may_open and _has_text(section) and any(text_ratio(title, other) >= SAME_TITLE for other in titles)
    children = tuple(_mark_repeated(child, titles) for child in section.children)
    return replace(section, area=title if repeats else section.area, children=children)


def link_areas(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts with headings that only refer to an area given its title: 'Åtgärder för fokusområde 2', 'Kort 1'.

    The area may have been named in another part: plans and annexes refer back to the agreement.
    """
    titles = {
        reference: section.area for part in parts for section in part.walk() if (reference := _reference(section))
    }
    if not titles:
        return tuple(parts)
    return tuple(replace(part, sections=tuple(_link(section, titles) for section in part.sections)) for part in parts)


def _reference(section: Section) -> tuple[str, str] | None:
    """What later headings may call the area that this heading names: ('fokusområde', '2')."""
    if section.area is None or section.heading is None:
        return None
    match = COUNTED.match(section.heading.text.strip())
    return (match["lead"].split()[-1].casefold(), match["number"]) if match else None


def _link(section: Section, titles: Mapping[tuple[str, str], str | None]) -> Section:
    area = section.area
    match = _REFERS.search(section.title) if section.heading is not None and not section.is_title else None
    if match is not None and (match["lead"].casefold(), match["number"]) in titles:
        area = titles[(match["lead"].casefold(), match["number"])]
    return replace(section, area=area, children=tuple(_link(child, titles) for child in section.children))
