"""Takes the goals of a focus area and gives their chapters: each with last period's figures, or what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from samsyn.drafting.content import AreaContent, Taken
from samsyn.drafting.questions import ask, ask_below
from samsyn.drafting.setting import DraftSetting
from samsyn.drafting.sources import origin_note, years_label
from samsyn.drafting.years import carried
from samsyn.models.agreement import Goal, GoalLevel, Target
from samsyn.models.draft import Block, Chapter, Item, Note, Passage, Standing
from samsyn.vocabulary.drafting import draft_text
from samsyn.vocabulary.load import load_toml
from samsyn.write.labels import number_label


def overall_goals(area: AreaContent, around: Sequence[Block], setting: DraftSetting) -> Iterator[Chapter]:
    """The goals of the whole agreement; `around` is what the source says beside them."""
    levels = _by_level(area.goals)
    if not levels and not around:
        return
    chapter = _chapter(draft_text("headings", "goals_overall"), 1, levels.pop("overall", ()), setting)
    yield replace(chapter, blocks=(*around, *chapter.blocks))
    for level, goals in levels.items():
        key = "goals_sub" if level == "sub" else "goals_area_alone"
        yield _chapter(draft_text("headings", key), 2, goals, setting)


def area_goals(area: AreaContent, around: Sequence[Block], setting: DraftSetting) -> Iterator[Chapter]:
    """The goals of a focus area, sub-goals by themselves; a question where there are none."""
    levels = _by_level(area.goals)
    if not levels and around:
        yield Chapter(draft_text("headings", "goals_area"), 3, tuple(around))
    for level, goals in levels.items():
        key = "goals_sub" if level == "sub" else "goals_area"
        chapter = _chapter(draft_text("headings", key), 3, goals, setting)
        yield replace(chapter, blocks=(*around, *chapter.blocks))
        around = ()
    asked = setting.questions.in_area("goals", area.title)
    if asked and not levels:
        yield Chapter(draft_text("headings", "goals_area"), 3, (ask(asked),))


def _by_level(goals: Iterable[Taken[Goal]]) -> dict[GoalLevel, tuple[Taken[Goal], ...]]:
    levels: dict[GoalLevel, tuple[Taken[Goal], ...]] = {}
    for level in ("overall", "area", "sub"):
        found = tuple(taken for taken in goals if taken.value.level == level)
        if found:
            levels[level] = found
    return levels


def _chapter(heading: str, level: int, goals: Sequence[Taken[Goal]], setting: DraftSetting) -> Chapter:
    blocks = tuple(block for taken in goals for block in _goal(taken, setting))
    return Chapter(heading, level, blocks, _origins(goals))


def _goal(taken: Taken[Goal], setting: DraftSetting) -> Iterator[Block]:
    notes = setting.changes.get(taken.value.id, ())
    yield Item(carried(taken.value.text, setting.first_year, notes=notes))
    targets = [_target_words(target) for target in taken.value.targets]
    if targets:
        period = taken.source.agreement.period
        years = years_label(period.start, period.end) or draft_text("baseline", "unknown_years")
        text = draft_text("baseline", "text", years=years, targets="; ".join(dict.fromkeys(targets)))
        yield Item(Passage(text, Standing.NEW), depth=2)
        yield Item(Passage(draft_text("baseline", "prompt"), Standing.PROMPT), depth=2)
    asked = setting.questions.on_goal(taken.value.id)
    if asked is not None:
        yield ask_below(*asked)


def _target_words(target: Target) -> str:
    """The figure as it was written, with where one came from when the goal says so elsewhere."""
    if target.comparator == "none":
        return draft_text("baseline", "none")
    first, _, rest = target.text.partition(" ")
    told = rest if first.casefold() in load_toml("drafting.toml")["baseline"]["left_out"] else target.text
    words = draft_text("baseline", "target", text=told)
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
