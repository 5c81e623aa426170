"""Takes the sections of an older document and gives the text that is no goal, measure or problem picture.

Such text (purpose, organisation, follow-up, what is said around the goals) is carried over under its own headings, in
its own order: what stood before the focus areas, what stood in each of them, and what stood behind them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from samsyn.drafting.leads import is_lead_item, leads_list
from samsyn.drafting.sources import DraftSource, origin_note
from samsyn.drafting.years import carried, stale_years
from samsyn.extract.cues import announces_measures
from samsyn.extract.dates import find_dates
from samsyn.extract.finders.identity import kind_of_title
from samsyn.extract.headings import GOALS, MEASURES
from samsyn.extract.language import split_sentences
from samsyn.extract.papers import names_paper
from samsyn.models.document import Block, BlockKind
from samsyn.models.draft import Block as DraftBlock
from samsyn.models.draft import Chapter, Item, Paragraph, PlainTable
from samsyn.models.section import BINDING_PARTS, Part, PartKind, Section
from samsyn.models.source import Evidence
from samsyn.vocabulary.drafting import draft_text
from samsyn.vocabulary.lexicon import strip_numbering

_LEFT_OUT = frozenset({"contents", "signatures", "contacts", "memo", "outcomes", "annexes", "sources"})
"""Sections that belong to the old document alone: people, last period's results, lists of its own parts."""

_STRUCTURED = GOALS | MEASURES | {"problem", "focus-areas"}
"""Sections whose findings have chapters of their own in a draft; what else they say is put in front of those."""

_WHOLE = 0.9
"""A paragraph of which this share was read as goals or measures is not carried over as text besides."""

_PROSE = 80
"""Shorter lines in front of the first heading are the cover's: names, dates, numbers."""

_DEEPEST = 3
_SIGNING_LINE = re.compile(r"[._…]{6,}")


@dataclass(slots=True)
class AreaText:
    """What one focus area says besides its findings; key None is the whole agreement."""

    intro: list[DraftBlock] = field(default_factory=list)
    around: dict[str, list[DraftBlock]] = field(default_factory=lambda: defaultdict(list))
    """Text of the area's own sections on goals, measures, problems, by what they are about."""
    sections: list[Chapter] = field(default_factory=list)


@dataclass(slots=True)
class CarriedText:
    """The text that is carried over, by where it stands."""

    front: list[Chapter] = field(default_factory=list)
    back: list[Chapter] = field(default_factory=list)
    areas: dict[str | None, AreaText] = field(default_factory=lambda: defaultdict(AreaText))
    validity: list[DraftBlock] = field(default_factory=list)
    """What the clause of validity says besides the dates."""
    meanings: set[str] = field(default_factory=set)
    """The meanings of the headings outside the focus areas, so that a missing one can be asked for."""


def carry_text(source: DraftSource, first_year: int) -> CarriedText:
    """The text of the source besides its findings; empty where the source is JSON and has no text."""
    return _Carrier(source, first_year).carry()


class _Carrier:
    """Walks one source's sections in reading order."""

    def __init__(self, source: DraftSource, first_year: int) -> None:
        self._source = source
        self._first_year = first_year
        self._read = _read_places(source)
        self._signed = _blocks_of(signatory.evidence for signatory in source.agreement.signatories)
        self._dated = _blocks_of([source.agreement.period.evidence, source.agreement.decided.evidence])
        self._kept = CarriedText()
        self._met_content = False
        self._opening = draft_text("headings", "background")
        """What stands right below the title of a paper is put under this heading."""

    def _with_head(self) -> CarriedText:
        """The text behind the focus areas below a heading of its own, where its first chapter has none above it."""
        if self._kept.back and self._kept.back[0].level > 1:
            self._kept.back.insert(0, Chapter(draft_text("headings", "other"), 1, ()))
        return self._kept

    def carry(self) -> CarriedText:
        binding = [part for part in self._source.parts if part.kind in BINDING_PARTS and not self._is_wrapping(part)]
        for number, part in enumerate(binding):
            if number:
                plan = part.kind is PartKind.PLAN or kind_of_title(part.title) is not None
                self._opening = draft_text("headings", "about_plan") if plan else strip_numbering(part.title)
            for section in part.sections:
                self._section(part, section, 1, None)
        return self._with_head()

    def _is_wrapping(self, part: Part) -> bool:
        """True for a paper that only proposes the agreement: it speaks as a memo, and nothing was read from it."""
        speaks = any("memo" in section.meanings for section in part.walk())
        return speaks and not any(block.id in self._read for block in part.blocks())

    def _section(self, part: Part, section: Section, depth: int, area: str | None) -> None:
        if _LEFT_OUT & set(section.meanings):
            return
        if area is None and section.area is None:
            self._kept.meanings.update(section.meanings)
        if section.is_title and section.meanings and not _holds_area(section):
            self._whole(section, depth)
        elif section.is_title or section.heading is None:
            self._front_matter(section)
            for child in section.children:
                self._section(part, child, depth, area)
        elif section.area is not None or area is not None or _STRUCTURED & set(section.meanings):
            self._met_content = True
            self._in_content(section, section.area or area)
            for child in section.children:
                self._section(part, child, depth if area is None else depth + 1, section.area or area)
        else:
            self._whole(section, depth)

    def _front_matter(self, section: Section) -> None:
        """Prose in front of the first heading; names, dates and numbers of a cover are left where they are."""
        prose = [block for block in section.blocks if block.kind is BlockKind.PARAGRAPH and _is_prose(block.text)]
        blocks = tuple(self._blocks(prose))
        if blocks:
            self._chapters().append(self._chapter(self._opening, 1, blocks, prose))
            self._kept.meanings.add("background")

    def _in_content(self, section: Section, area: str | None) -> None:
        """Text around the findings of a focus area, or of the whole agreement."""
        blocks = tuple(self._blocks(_without_leads(section), cut_goals=True))
        if not blocks:
            return
        text = self._kept.areas[area]
        kinds = [meaning for meaning in section.meanings if meaning in _STRUCTURED]
        if section.area is not None:
            text.intro.extend(blocks)
        elif kinds:
            text.around[_kind_of(kinds[0])].extend(blocks)
        else:
            text.sections.append(self._chapter(section.title, _DEEPEST, blocks, section.blocks))

    def _whole(self, section: Section, depth: int) -> None:
        """A section that no finding was read from, with all below it."""
        if section.meanings == ("period",):
            for below in section.walk():
                self._kept.validity.extend(self._blocks(below.blocks, only_undated=True))
            return
        chapters = list(self._with_children(section, depth))
        if any(chapter.blocks for chapter in chapters):
            self._chapters().extend((*self._head_for(chapters[0], depth), *chapters))
            self._kept.meanings.update(meaning for below in section.walk() for meaning in below.meanings)
            if section.is_title:
                self._kept.meanings.add("background")

    def _head_for(self, chapter: Chapter, depth: int) -> Iterator[Chapter]:
        """A heading above a chapter that may not be of the first rank, so that it seems no part of what is above."""
        other = draft_text("headings", "other")
        above = next((one.heading for one in reversed(self._chapters()) if one.level == 1), "")
        if depth == 1 and chapter.level > 1 and above != other:
            yield Chapter(other, 1)

    def _with_children(self, section: Section, depth: int) -> Iterator[Chapter]:
        if _LEFT_OUT & set(section.meanings):
            return
        signed = any("signatures" in child.meanings for child in section.children)
        own = _prose_only(section.blocks) if signed else section.blocks
        blocks = tuple(self._blocks(own, only_undated="period" in section.meanings))
        # The document's own title is the draft's; what stands right below it opens the text.
        title = self._opening if section.is_title else section.title
        made = self._chapter(title, min(depth, _DEEPEST), blocks, section.blocks)
        deeper = min(depth, _DEEPEST - 1) if made.level == depth else made.level
        below = [chapter for child in section.children for chapter in self._with_children(child, deeper + 1)]
        if blocks or below:
            yield replace(made, meanings=("background",) if section.is_title else section.meanings)
            yield from below

    def _chapters(self) -> list[Chapter]:
        return self._kept.back if self._met_content else self._kept.front

    def _chapter(self, title: str, level: int, blocks: tuple[DraftBlock, ...], read: Sequence[Block]) -> Chapter:
        evidence = [item for block in read for item in block.locate()]
        if names_paper(title):
            # 'Handlingsplan' as a chapter of its own would read as another paper bundled with this one.
            level = max(level, 2)
        heading = title.strip(" :")
        notes = (origin_note(self._source, evidence),) if blocks else ()
        return Chapter(heading, level, blocks, notes, stale=stale_years(heading, self._first_year))

    # ---- blocks ----

    def _blocks(
        self, blocks: Sequence[Block], *, only_undated: bool = False, cut_goals: bool = False
    ) -> Iterator[DraftBlock]:
        for block in self._unsigned(blocks):
            if block.table is not None:
                # A table of the old document's facts (period, decision) belongs to it alone.
                if block.id not in self._read and block.id not in self._dated:
                    yield _plain_table(block, self._first_year)
                continue
            undated = only_undated or block.id in self._dated
            text = _undated(block.text) if undated else self._unread(block, cut_goals=cut_goals)
            if not text:
                continue
            passage = carried(text, self._first_year)
            yield Item(passage, max(1, block.level)) if block.kind is BlockKind.LIST_ITEM else Paragraph(passage)

    def _unsigned(self, blocks: Sequence[Block]) -> Sequence[Block]:
        """The blocks in front of those in which the old agreement was signed, and of the short lines above these."""
        signed = next((index for index, block in enumerate(blocks) if self._is_signed(block)), len(blocks))
        while 0 < signed < len(blocks) and not _is_prose(blocks[signed - 1].text):
            signed -= 1
        return blocks[:signed]

    def _is_signed(self, block: Block) -> bool:
        return block.id in self._signed or _SIGNING_LINE.search(block.text) is not None

    def _unread(self, block: Block, *, cut_goals: bool) -> str:
        """The block's text without the measures read from it, and around the goals without these.

        A sentence under 'Syfte' that states a goal stays: the text would not hold together without it.
        """
        read = self._read.get(block.id, [])
        spans = [(max(0, start - block.offset), end - block.offset) for start, end, _ in read]
        covered = sum(max(0, min(end, len(block.text)) - start) for start, end in spans)
        if read and (covered >= _WHOLE * len(block.text.strip()) or any(end <= 0 for _, end in spans)):
            return ""
        cut = sorted(span for span, (_, _, is_measure) in zip(spans, read, strict=True) if is_measure or cut_goals)
        return _without(block.text, cut)


def _read_places(source: DraftSource) -> dict[str, list[tuple[int, int, bool]]]:
    """What was read from each block: offsets, and whether it was a measure, which must not stand there twice."""
    agreement = source.agreement
    places: dict[str, list[tuple[int, int, bool]]] = defaultdict(list)

    def note(evidence: Iterable[Evidence], *, is_measure: bool) -> None:
        for item in evidence:
            places[item.block.split(".")[0]].append((item.start, item.end, is_measure))

    for goal in agreement.goals:
        note(goal.evidence, is_measure=False)
    for problem in agreement.problem_pictures:
        note(problem.evidence, is_measure=False)
    for measure in agreement.measures:
        note(measure.evidence, is_measure=True)
    for area in agreement.focus_areas:
        note(area.evidence, is_measure=False)
    return places


def _blocks_of(evidence: Iterable[Iterable[Evidence]]) -> frozenset[str]:
    """The blocks of the document that the evidence lies in, tables as a whole."""
    return frozenset(item.block.split(".")[0] for items in evidence for item in items if item.block)


def _holds_area(section: Section) -> bool:
    return any(below.area is not None for below in section.walk())


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces = []
    place = 0
    for start, end in spans:
        pieces.append(text[place : max(place, start)].strip())
        place = max(place, end)
    pieces.append(text[place:].strip())
    return " ".join(piece for piece in pieces if piece)


def _undated(text: str) -> str:
    """The sentences that name no date: how the agreement is ended or changed stays, from when to when does not."""
    return " ".join(sentence.text for sentence in split_sentences(text) if not find_dates(sentence.text))


def _prose_only(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks without the short lines at their end: 'För Lekebergs kommun' over a line to sign on."""
    last = len(blocks)
    while last and not _is_prose(blocks[last - 1].text):
        last -= 1
    return blocks[:last]


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE and text.rstrip().endswith((".", "!", "?"))


def _without_leads(section: Section) -> list[Block]:
    """The section's blocks without the lines over lists of measures; those go with their measures."""
    blocks = section.blocks
    if not MEASURES & set(section.meanings):
        return [one for one in blocks if not (announces_measures(one.text) and (_is_line(one) or is_lead_item(one)))]
    return [one for one, following in zip_longest(blocks, blocks[1:]) if not leads_list(one, following)]


def _is_line(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH


def _kind_of(meaning: str) -> str:
    return "goals" if meaning in GOALS else "measures" if meaning in MEASURES else meaning


def _plain_table(block: Block, first_year: int) -> PlainTable:
    rows = block.table.rows() if block.table is not None else ()
    return PlainTable(
        tuple(tuple(carried(cell.text if cell is not None else "", first_year) for cell in row) for row in rows)
    )
