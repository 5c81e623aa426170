"""Takes the content of the focus areas and gives the chapters of a draft, in the order an agreement is read in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from samsyn.drafting.carry import AreaText
from samsyn.drafting.content import SAME_AREA, AreaContent, Taken
from samsyn.drafting.goals import area_goals, overall_goals
from samsyn.drafting.measures import MeasureSetting, measure_blocks
from samsyn.drafting.problems import problem_chapters
from samsyn.drafting.questions import ask, ask_points, requirement_question
from samsyn.drafting.setting import DraftSetting
from samsyn.drafting.years import old_year_note
from samsyn.extract.headings import area_title
from samsyn.models.agreement import Measure
from samsyn.models.draft import (
    Block,
    Card,
    Chapter,
    Item,
    MeasureTable,
    Note,
    NoteKind,
    Paragraph,
    Passage,
    PlainTable,
    Standing,
)
from samsyn.similarity import text_ratio
from samsyn.vocabulary.drafting import draft_text

_FRONT = (("background", "background"), ("purpose", "purpose"))
_BACK = (("organisation", "organisation"), ("communication", "communication"), ("follow-up", "follow_up"))
"""Chapters every agreement needs: the meaning of the heading, and its key in drafting.toml."""


def all_chapters(areas: Sequence[AreaContent], setting: DraftSetting) -> Iterator[Chapter]:
    """The chapters in order: what stands in front, the focus areas, what stands behind them."""
    text = setting.text
    chapters = (*text.front, *_framing(_FRONT, setting), *_content(areas, setting), *text.back)
    yield from _with_questions(chapters, setting)
    yield from _framing(_BACK, setting)


def _content(areas: Sequence[AreaContent], setting: DraftSetting) -> Iterator[Chapter]:
    """The chapters of problems, goals and measures: those of the whole agreement, then each focus area's."""
    whole, *named = areas
    general = setting.text.areas[None]
    yield from problem_chapters(whole, 1, setting)
    yield from overall_goals(whole, general.around["goals"], setting)
    if named:
        around = general.around["focus-areas"]
        intro = around or [Paragraph(Passage(draft_text("sentences", "focus_areas"), Standing.NEW))]
        yield Chapter(draft_text("headings", "focus_areas"), 1, tuple(intro))
    for number, area in enumerate(named, 1):
        yield from _area(area, number, setting)
    around = general.around["measures"]
    yield from _measures(whole, around, str(len(named) + 1) if named else "", 1, setting)


def _area(area: AreaContent, number: int, setting: DraftSetting) -> Iterator[Chapter]:
    title = area.title or ""
    heading = draft_text("headings", "focus_area", number=number, title=title)
    text = _text_of(area, setting)
    yield Chapter(heading if area_title(heading) == title else title, 2, (*text.intro, *text.around["focus-areas"]))
    problems = list(problem_chapters(area, 3, setting))
    # A heading that has no text of its own takes those below it for its parts: what is known comes first.
    yield from problems if area.problems else text.sections
    yield from text.sections if area.problems else problems
    yield from area_goals(area, text.around["goals"], setting)
    yield from _measures(area, text.around["measures"], str(number), 3, setting)


def _text_of(area: AreaContent, setting: DraftSetting) -> AreaText:
    """The carried-over text of the area, whose title the source may have in two spellings."""
    joined = AreaText()
    for title, text in setting.text.areas.items():
        if title and area.title and text_ratio(title, area.title) >= SAME_AREA:
            joined.intro.extend(text.intro)
            joined.sections.extend(text.sections)
            for kind, blocks in text.around.items():
                joined.around[kind].extend(blocks)
    return joined


# ---- measures ----


def _measures(
    area: AreaContent, around: Sequence[Block], number: str, level: int, setting: DraftSetting
) -> Iterator[Chapter]:
    heading = draft_text("headings", "promises" if setting.promises else "measures")
    asked = setting.questions.in_area("measures", area.title) if level > 1 else None
    if not area.measures and not around:
        if asked:
            yield Chapter(heading, level, (ask(asked),))
        return
    caption = draft_text("sentences", "table_caption", title=area.title) if area.title else heading
    blocks = measure_blocks(area.measures, MeasureSetting(caption, number, setting))
    yield Chapter(heading, level, (*around, *blocks), _lacking(area.measures))


def _lacking(measures: Sequence[Taken[Measure]]) -> tuple[Note, ...]:
    """How many of the measures say nothing of who, when and how they are followed up, with what to ask."""
    said = {
        "responsible": [bool(m.responsible or m.municipality_action or m.police_action) for m, _ in measures],
        "time": [bool(m.schedule) for m, _ in measures],
        "measure-follow-up": [bool(m.follow_up or m.indicator) for m, _ in measures],
    }
    return tuple(
        Note(
            NoteKind.QUESTION,
            draft_text("notes", key, count=told.count(False), total=len(told), question=requirement_question(key)),
        )
        for key, told in said.items()
        if told.count(False)
    )


# ---- what frames the content ----


def _framing(wanted: Sequence[tuple[str, str]], setting: DraftSetting) -> Iterator[Chapter]:
    """The chapters that no source has text for, with what is to be written there."""
    if setting.promises:
        return
    for meaning, key in wanted:
        if meaning not in setting.text.meanings:
            points = setting.questions.at(meaning)
            blocks = ask_points(points) or (ask(draft_text("prompts", key)),)
            yield Chapter(draft_text("headings", key), 1, blocks)


def _with_questions(chapters: Iterable[Chapter], setting: DraftSetting) -> Iterator[Chapter]:
    """The chapters, the first of each carried-over meaning with the questions that belong there behind its text."""
    asked: set[str] = set()
    for chapter in chapters:
        meaning = next((one for one in chapter.meanings if one not in asked and setting.questions.at(one)), None)
        if meaning is None:
            yield chapter
            continue
        asked.add(meaning)
        yield replace(chapter, blocks=chapter.blocks + ask_points(setting.questions.at(meaning)))


# ---- old years ----


def with_old_years(chapter: Chapter) -> Chapter:
    """The chapter with a note on the old years in its heading and text, if there are any."""
    heading = Passage(chapter.heading, stale=chapter.stale)
    notes = old_year_note([heading, *(passage for block in chapter.blocks for passage in passages_of(block))])
    return replace(chapter, notes=chapter.notes + notes) if notes else chapter


def passages_of(block: Block) -> Iterator[Passage]:
    """Every passage of a block."""
    if isinstance(block, Paragraph | Item):
        yield block.passage
    elif isinstance(block, MeasureTable):
        yield from (cell for row in block.rows for cell in row.cells)
    elif isinstance(block, PlainTable):
        yield from (cell for row in block.rows for cell in row)
    elif isinstance(block, Card):
        if block.title is not None:
            yield block.title
        yield from (passage for _, passage in block.entries)
