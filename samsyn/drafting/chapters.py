"""Takes the content of the focus areas and gives the chapters of a draft, in the order an agreement is read in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from samsyn.drafting.carry import AreaText, CarriedText
from samsyn.drafting.content import SAME_AREA, AreaContent, Taken
from samsyn.drafting.leads import Leads
from samsyn.drafting.measures import MeasureSetting, measure_blocks
from samsyn.drafting.sources import origin_note, years_label
from samsyn.drafting.years import carried, old_year_note
from samsyn.extract.headings import area_title, heading_meanings
from samsyn.extract.papers import names_paper
from samsyn.models.agreement import Goal, GoalLevel, ProblemPicture, Target
from samsyn.models.draft import (
    Block,
    Card,
    Chapter,
    Item,
    MeasureTable,
    Note,
    Paragraph,
    Passage,
    PlainTable,
    Standing,
)
from samsyn.similarity import text_ratio
from samsyn.vocabulary.drafting import draft_text
from samsyn.write.labels import number_label


@dataclass(frozen=True, slots=True)
class ChapterSetting:
    """What all chapters of a draft share."""

    first_year: int
    leads: Leads
    groups: frozenset[str]
    """Words that stand over several columns of the sources' tables."""
    promises: bool
    text: CarriedText
    """What the sources say besides goals, problems and measures."""


def area_chapters(areas: Sequence[AreaContent], setting: ChapterSetting) -> tuple[Chapter, ...]:
    """The chapters of problems, goals and measures: those of the whole agreement, then each focus area's."""
    whole, *named = areas
    chapters = [*_overall(whole, setting)]
    if named:
        around = setting.text.areas[None].around["focus-areas"]
        intro = around or [Paragraph(Passage(draft_text("sentences", "focus_areas"), Standing.NEW))]
        chapters.append(Chapter(draft_text("headings", "focus_areas"), 1, tuple(intro)))
    for number, area in enumerate(named, 1):
        chapters.extend(_area(area, number, setting))
    chapters.extend(_measures(whole, str(len(named) + 1) if named else "", 1, setting))
    return tuple(with_old_years(chapter) for chapter in chapters)


def _overall(area: AreaContent, setting: ChapterSetting) -> Iterator[Chapter]:
    yield from _problems(area, 1, setting)
    levels = _by_level(area.goals)
    around = tuple(setting.text.areas[None].around["goals"])
    if levels or around:
        overall = levels.pop("overall", ())
        chapter = _goal_chapter(draft_text("headings", "goals_overall"), 1, overall, setting)
        yield replace(chapter, blocks=around + chapter.blocks)
        for level, goals in levels.items():
            yield _goal_chapter(_goal_heading(level, alone=True), 2, goals, setting)


def _area(area: AreaContent, number: int, setting: ChapterSetting) -> Iterator[Chapter]:
    title = area.title or ""
    heading = draft_text("headings", "focus_area", number=number, title=title)
    text = _text_of(area, setting)
    yield Chapter(heading if area_title(heading) == title else title, 2, (*text.intro, *text.around["focus-areas"]))
    yield from _problems(area, 3, setting)
    yield from text.sections
    around = tuple(text.around["goals"])
    for level, goals in _by_level(area.goals).items() or ([("area", ())] if around else []):
        chapter = _goal_chapter(_goal_heading(level, alone=False), 3, goals, setting)
        yield replace(chapter, blocks=around + chapter.blocks)
        around = ()
    yield from _measures(area, str(number), 3, setting)


def _text_of(area: AreaContent, setting: ChapterSetting) -> AreaText:
    """The carried-over text of the area, whose title the source may have in two spellings."""
    found = [
        title for title in setting.text.areas if title and area.title and text_ratio(title, area.title) >= SAME_AREA
    ]
    texts = [setting.text.areas[title] for title in found]
    joined = AreaText()
    for text in texts:
        joined.intro.extend(text.intro)
        joined.sections.extend(text.sections)
        for kind, blocks in text.around.items():
            joined.around[kind].extend(blocks)
    return joined


# ---- problem pictures ----


def _problems(area: AreaContent, level: int, setting: ChapterSetting) -> Iterator[Chapter]:
    """One chapter a problem picture; those whose own heading does not say so stand below one that does."""
    general = draft_text("headings", "problem" if level > 1 else "problem_overall")
    below = False
    for taken in area.problems:
        title = (taken.value.title or "").strip(" :")
        if _says_problem(title):
            below = False
            yield _problem(taken, title, level, setting)
        elif not title or len(area.problems) == 1:
            below = False
            yield _problem(taken, general, level, setting)
        else:
            if not below:
                yield Chapter(general, level)
            below = True
            yield _problem(taken, title, level + 1, setting)


def _says_problem(title: str) -> bool:
    """True for a heading that announces a problem picture and does not read as the title of another paper."""
    return "problem" in heading_meanings(title) and not names_paper(title)


def _problem(taken: Taken[ProblemPicture], heading: str, level: int, setting: ChapterSetting) -> Chapter:
    paragraphs = taken.value.text.split("\n")
    blocks = tuple(
        Paragraph(carried(text, setting.first_year, standing=Standing.OUTDATED)) for text in paragraphs if text
    )
    note = origin_note(taken.source, taken.value.evidence, key="origin_update")
    return Chapter(heading, level, blocks, (note,))


# ---- goals ----


def _by_level(goals: Iterable[Taken[Goal]]) -> dict[GoalLevel, tuple[Taken[Goal], ...]]:
    levels: dict[GoalLevel, tuple[Taken[Goal], ...]] = {}
    for level in ("overall", "area", "sub"):
        found = tuple(taken for taken in goals if taken.value.level == level)
        if found:
            levels[level] = found
    return levels


def _goal_heading(level: GoalLevel, *, alone: bool) -> str:
    if level == "sub":
        return draft_text("headings", "goals_sub")
    return draft_text("headings", "goals_area_alone" if alone else "goals_area")


def _goal_chapter(heading: str, level: int, goals: Sequence[Taken[Goal]], setting: ChapterSetting) -> Chapter:
    blocks = tuple(block for taken in goals for block in _goal(taken, setting))
    return Chapter(heading, level, blocks, _origins(goals))


def _goal(taken: Taken[Goal], setting: ChapterSetting) -> Iterator[Block]:
    yield Item(carried(taken.value.text, setting.first_year))
    targets = [_target_words(target) for target in taken.value.targets]
    if targets:
        period = taken.source.agreement.period
        years = years_label(period.start, period.end) or draft_text("baseline", "unknown_years")
        text = draft_text("baseline", "text", years=years, targets="; ".join(dict.fromkeys(targets)))
        yield Item(Passage(text, Standing.NEW), depth=2)
        yield Item(Passage(draft_text("baseline", "prompt"), Standing.PROMPT), depth=2)


def _target_words(target: Target) -> str:
    """The figure as it was written, with where one came from when the goal says so elsewhere."""
    words = draft_text("baseline", "target", text=target.text)
    from_where = number_label(target.baseline) if target.baseline is not None else ""
    if from_where and from_where not in target.text:
        words += draft_text("baseline", "from", value=from_where)
    return words


def _origins(goals: Sequence[Taken[Goal]]) -> tuple[Note, ...]:
    """One note a source."""
    notes = []
    for source in dict.fromkeys(taken.source.name for taken in goals):
        taken = [goal for goal in goals if goal.source.name == source]
        notes.append(origin_note(taken[0].source, (item for goal in taken for item in goal.value.evidence)))
    return tuple(notes)


# ---- measures ----


def _measures(area: AreaContent, number: str, level: int, setting: ChapterSetting) -> Iterator[Chapter]:
    around = tuple(
        _text_of(area, setting).around["measures"] if area.title else setting.text.areas[None].around["measures"]
    )
    if not area.measures and not around:
        return
    title = area.title
    caption = (
        draft_text("sentences", "table_caption", title=title)
        if title
        else draft_text("sentences", "table_caption_alone")
    )
    table = MeasureSetting(caption, number, setting.first_year, setting.leads, setting.groups)
    blocks = measure_blocks(area.measures, table)
    heading = draft_text("headings", "promises" if setting.promises else "measures")
    yield Chapter(heading, level, around + blocks)


# ---- old years ----


def with_old_years(chapter: Chapter) -> Chapter:
    """The chapter with a note on the old years in its text, if there are any."""
    notes = old_year_note(passage for block in chapter.blocks for passage in passages_of(block))
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
