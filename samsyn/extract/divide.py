"""Takes a document and gives its parts (memo, minutes, agreement, plan, annex), each with its tree of sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from samsyn.extract.areas import link_areas, mark_areas
from samsyn.extract.cards import gather_cards
from samsyn.extract.cues import announces_measures, names_actor, promises_in_prose, reads_as_measure
from samsyn.extract.finders.organisations import is_organisation
from samsyn.extract.headings import (
    CONTENT,
    GOALS,
    MEASURES,
    Label,
    area_title,
    clean_title,
    find_label,
    heading_meanings,
)
from samsyn.extract.inference import infer_meanings, judge_labels, run_in_label
from samsyn.extract.language import leads_on
from samsyn.extract.papers import Paper, names_paper, split_papers
from samsyn.extract.party_columns import part_party_columns
from samsyn.extract.tab_rows import gather_tab_rows
from samsyn.models.document import Block, BlockKind, Document
from samsyn.models.section import Part, Section
from samsyn.vocabulary.lexicon import normalise_phrase

_LABEL_LEVEL = 1000
"""Run-in labels stand below every heading."""

_STEP = 10
"""Heading levels are spread by this, so that a heading can be put between two of them."""

_FRONT_LENGTH = 120
"""Names and logos in front of a title are shorter than this."""

_DIVIDED = frozenset({"problem", "focus-areas", "measures"})
"""Headings that often have no text of their own, only headings below them."""

_ENDED_BY_TABLE = frozenset({"problem", "cause", "purpose", "background", "effect"}) | GOALS
"""Labels whose text a table does not belong to."""


def divide_document(document: Document) -> tuple[Part, ...]:
    """The parts of the document in order; every block lies in exactly one section of one part."""
    papers = split_papers(document.blocks)
    return link_areas([_build_part(paper, number) for number, paper in enumerate(papers, 1)])


def _build_part(paper: Paper, number: int) -> Part:
    tree = _Tree(f"s{number}").build(gather_cards(gather_tab_rows(part_party_columns(paper.blocks))))
    sections = mark_areas(infer_meanings(tree))
    pages = [page for block in paper.blocks for page in (block.page, block.last_page) if page is not None]
    return Part(
        kind=paper.kind,
        title=paper.title,
        sections=sections,
        pages=(min(pages), max(pages)) if pages else None,
    )


@dataclass(slots=True)
class _Branch:
    """A section while it is being built."""

    title: str
    meanings: tuple[str, ...]
    level: int
    heading: Block | None
    is_label: bool = False
    is_title: bool = False
    blocks: list[Block] = field(default_factory=list)
    children: list[_Branch] = field(default_factory=list)

    def freeze(self, identifier: str) -> Section:
        return Section(
            id=identifier,
            title=self.title,
            meanings=self.meanings,
            level=self.level,
            heading=self.heading,
            blocks=tuple(self.blocks),
            children=tuple(child.freeze(f"{identifier}.{n}") for n, child in enumerate(self.children, 1)),
            is_label=self.is_label,
            is_title=self.is_title,
        )


class _Tree:
    """Builds the tree of sections from a run of blocks."""

    def __init__(self, identifier: str) -> None:
        self._identifier = identifier
        self._root = _Branch("", (), 0, None)
        self._path = [self._root]
        self._recurring: frozenset[tuple[int, str]] = frozenset()
        self._lone_area: str | None = None
        self._times: Counter[str] = Counter()
        self._labels: Mapping[str, str] = {}

    def build(self, blocks: Sequence[Block]) -> tuple[Section, ...]:
        titles = title_blocks(blocks)
        self._recurring = _recurring_meanings(blocks)
        self._lone_area = _lone_area(blocks)
        self._labels = judge_labels(blocks)
        self._times = Counter(normalise_phrase(block.text) for block in blocks if block.kind is BlockKind.HEADING)
        for block, after in zip(blocks, (*blocks[1:], None), strict=True):
            if block.id in titles:
                self._open(block, _title_meanings(block), (block.level or 1) * _STEP - 1, is_title=True)
            elif after is not None and after.id not in titles and _leads_to_headings(block, after):
                self._add(replace(block, kind=BlockKind.HEADING, level=after.level))
            else:
                self._add(block)
        whole = self._root.freeze(self._identifier)
        front = () if not whole.blocks else (_without_children(whole),)
        return front + whole.children

    def _add(self, block: Block) -> None:
        label = find_label(block) or run_in_label(block, self._labels)
        if label is not None and "focus-areas" in label.meanings and _reads_as_area(block):
            self._open(block, (), self._level_of_area(block))
        elif label is not None and (block.kind is not BlockKind.HEADING or _is_label_heading(block, label)):
            self._open_label(block, label)
        elif block.kind is BlockKind.HEADING:
            meanings = heading_meanings(block.text)
            self._open(block, meanings, self._level_of(block, meanings))
        elif _reads_as_area(block):
            self._open(block, (), self._path_level() + 1)
        else:
            self._append(block)

    def _level_of(self, block: Block, meanings: tuple[str, ...]) -> int:
        """A heading's level; one below its own where a flat layout gives a heading and those under it the same rank.

        That is so where 'Mål' and the like recur or stand below the one focus area there is, and where 'Lägesbild' has
        no text of its own but unnamed headings.
        """
        level = (block.level or 1) * _STEP
        alike = [branch for branch in self._path if level <= branch.level < level + _STEP and not branch.is_title]
        if not alike:
            return level
        owners = [branch for branch in alike if not branch.meanings and not self._comes_back(branch)]
        if not meanings and not (owners and self._is_recurring_party(block)):
            divides = _takes_in(alike[0], block, level) or self._divides_promises(alike[0], block)
            return alike[0].level + 1 if divides else level
        recurs = not meanings or any((block.level, meaning) in self._recurring for meaning in meanings)
        if owners and owners[-1].heading is not None and owners[-1].heading.id == self._lone_area:
            recurs = recurs or set(meanings) <= CONTENT - {"goals-overall"}
        return owners[-1].level + 1 if recurs and owners else level

    def _divides_promises(self, branch: _Branch, heading: Block) -> bool:
        """True below the one heading of promises, where it has no text of its own: 'Vad vi lovar', 'Trafik', 'Unga'.

        'Hur går det?' behind them stands beside it.
        """
        alone = "promises" in branch.meanings and (heading.level, "promises") not in self._recurring
        deeper = any(child.level > branch.level + 1 for child in branch.children)
        return alone and not branch.blocks and not deeper and not heading.text.rstrip().endswith("?")

    def _is_recurring_party(self, block: Block) -> bool:
        """'Orsa kommun' and 'Polisen', each more than once: what either does in one focus area after the other."""
        title = clean_title(block.text)
        return self._times[normalise_phrase(block.text)] > 1 and (names_actor(title) or is_organisation(title))

    def _comes_back(self, branch: _Branch) -> bool:
        """True for a heading of no known meaning that stands more than once: it is part of the pattern that recurs."""
        return self._times[normalise_phrase(branch.title)] > 1

    def _open(self, block: Block, meanings: tuple[str, ...], level: int, *, is_title: bool = False) -> None:
        while self._path[-1].level >= level:
            self._path.pop()
        branch = _Branch(clean_title(block.text), meanings, level, block, is_title=is_title)
        self._path[-1].children.append(branch)
        self._path.append(branch)

    def _open_label(self, block: Block, label: Label) -> None:
        self._close_label()
        branch = _Branch(label.text, label.meanings, _LABEL_LEVEL, None, is_label=True)
        rest = block.part(label.end)
        branch.heading = block.part(0, label.end)
        if rest.text:
            branch.blocks.append(rest)
        self._path[-1].children.append(branch)
        self._path.append(branch)

    def _append(self, block: Block) -> None:
        if self._path[-1].is_label and self._ends_label(self._path[-1], block):
            self._close_label()
        self._path[-1].blocks.append(block)

    def _close_label(self) -> None:
        if self._path[-1].is_label:
            self._path.pop()

    def _level_of_area(self, block: Block) -> int:
        """The level of a line 'Insatsområde: Trafik'; a heading stands beside those like it of its rank."""
        headings = (branch for branch in self._path if branch.heading is not None)
        alike = (one for one in headings if one.heading and one.heading.level == block.level > 0)
        found = next((one.level for one in alike if one.heading and _reads_as_area(one.heading)), None)
        return self._path_level() + 1 if found is None else found

    def _path_level(self) -> int:
        """The level of the innermost heading that opens no focus area of the same kind."""
        headings = [branch for branch in self._path if not branch.is_label]
        while len(headings) > 1 and headings[-1].heading is not None and _reads_as_area(headings[-1].heading):
            headings.pop()
        return headings[-1].level

    @staticmethod
    def _ends_label(branch: _Branch, block: Block) -> bool:
        """A table, or a line that announces measures, ends a descriptive label; text ends a list right under one."""
        if block.kind is BlockKind.TABLE:
            return bool(_ENDED_BY_TABLE & set(branch.meanings))
        if block.kind is BlockKind.PARAGRAPH and announces_measures(block.text):
            return bool(_ENDED_BY_TABLE & set(branch.meanings))
        if not branch.blocks:
            return False
        if block.kind is BlockKind.PARAGRAPH and promises_in_prose(block.text):
            return bool(_ENDED_BY_TABLE & set(branch.meanings))
        if block.kind is BlockKind.LIST_ITEM:
            return _is_said(branch) and reads_as_measure(block.text)
        is_list = all(item.kind is BlockKind.LIST_ITEM for item in branch.blocks)
        return is_list and bool((GOALS | MEASURES) & set(branch.meanings))


def _leads_to_headings(block: Block, after: Block) -> bool:
    """True for a line that announces measures right above a heading of no known meaning: 'Vi gör det genom att:'."""
    if block.kind is not BlockKind.PARAGRAPH or after.kind is not BlockKind.HEADING or heading_meanings(after.text):
        return False
    label = find_label(block)
    whole = label is not None and label.end >= len(block.text.rstrip()) and block.text.rstrip().endswith(":")
    return whole and label is not None and bool(MEASURES & set(label.meanings))


def _takes_in(branch: _Branch, heading: Block, level: int) -> bool:
    """True where a heading of no known meaning stands below 'Lägesbild' or 'Fokusområden' of its own rank.

    Among 'Insatsområde 1: …' and 'Insatsområde 2: …' a heading that is none of them stands beside the whole.
    """
    if not _DIVIDED & set(branch.meanings) or branch.blocks:
        return False
    headings = [child.heading for child in branch.children if child.heading is not None]
    named = any(_reads_as_area(child) for child in headings)
    deeper = any(child.level >= level + _STEP for child in branch.children)
    return not deeper and not (named and not _reads_as_area(heading))


def _is_said(branch: _Branch) -> bool:
    """True for a goal label whose goal stands beside it, so that a list below is about something else."""
    first = branch.blocks[0]
    alone = len(branch.blocks) == 1 and first.kind is BlockKind.PARAGRAPH
    return alone and bool(GOALS & set(branch.meanings)) and not leads_on(first.text)


def title_blocks(blocks: Sequence[Block]) -> frozenset[str]:
    """Ids of the headings that make the paper's title, which announce nothing: 'Medborgarlöfte', 'Uppföljning 2022'.

    They are the run of headings at the very beginning, as far as their words name a paper or a year's follow-up.
    """
    titles: list[str] = []
    areas = _recurring_areas(blocks)
    for block in blocks:
        if block.id in areas or "." in block.id:  # a party's heading, out of a table
            break
        if block.kind is not BlockKind.HEADING:
            if titles or len(block.text) > _FRONT_LENGTH:
                break
            continue
        if titles and not (names_paper(block.text) or {"outcomes", "promises"} & set(heading_meanings(block.text))):
            if heading_meanings(block.text):
                break
            continue
        titles.append(block.id)
    return frozenset(titles)


def _recurring_areas(blocks: Sequence[Block]) -> frozenset[str]:
    """Ids of headings that open areas by their words, where two begin alike: 'Löfte: Skolvägar', 'Löfte: Parker'."""
    leads = {
        block.id: (block.level, block.text.split(maxsplit=1)[0].rstrip(":").casefold())
        for block in blocks
        if block.kind is BlockKind.HEADING and area_title(block.text)
    }
    counts = Counter(leads.values())
    return frozenset(identifier for identifier, lead in leads.items() if counts[lead] > 1)


def _lone_area(blocks: Sequence[Block]) -> str | None:
    """The id of the heading that opens a focus area by its words, where there is just one."""
    named = [block.id for block in blocks if block.kind is BlockKind.HEADING and area_title(block.text)]
    return named[0] if len(named) == 1 else None


def _title_meanings(block: Block) -> tuple[str, ...]:
    """A title announces nothing, but that of an annex which is a problem picture, or tells of work under way."""
    return tuple(meaning for meaning in heading_meanings(block.text) if meaning in ("problem", "ongoing"))


def _recurring_meanings(blocks: Sequence[Block]) -> frozenset[tuple[int, str]]:
    """The meanings that two or more headings of one level have: a pattern that repeats for each focus area."""
    counts = Counter(
        (block.level, meaning)
        for block in blocks
        if block.kind is BlockKind.HEADING
        for meaning in heading_meanings(block.text)
        if meaning in CONTENT
    )
    return frozenset(key for key, count in counts.items() if count > 1)


def _is_label_heading(block: Block, label: Label) -> bool:
    """A bold line 'Delmål:' announces what follows it directly; it ranks below every heading."""
    return (
        block.text.rstrip().endswith(":")
        and label.end >= len(block.text.rstrip())
        and bool((CONTENT - MEASURES) & set(label.meanings))
    )


def _reads_as_area(block: Block) -> bool:
    """True for a short line 'Fokusområde 2: Trafik' that is set as ordinary text."""
    if block.kind is not BlockKind.PARAGRAPH and block.kind is not BlockKind.HEADING:
        return False
    text = block.text.strip()
    return len(text) <= 100 and not text.endswith((".", ",", ";")) and area_title(text) is not None


def _without_children(section: Section) -> Section:
    return Section(
        id=f"{section.id}.0",
        title="",
        meanings=(),
        level=0,
        heading=None,
        blocks=section.blocks,
    )
