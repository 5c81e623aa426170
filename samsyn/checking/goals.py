"""Takes a goal, says whether it can be measured and what it lacks if not."""

from __future__ import annotations

import re
from functools import cache

from samsyn.checking.requirements import Language, goal_pattern, goal_text
from samsyn.models.agreement import Agreement, Goal, Target
from samsyn.models.check import GoalCheck, Measurable
from samsyn.vocabulary.load import load_toml

_RELATIVE = frozenset({"decrease_by", "increase_by", "halve", "double"})
_NUMBER = re.compile(r"(?<![\d,.])\d+(?:[ .,]\d+)*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def check_goal(goal: Goal, agreement: Agreement, language: Language = "sv") -> GoalCheck:
    """Whether the goal can be measured: it names a figure, or all or none; a bare direction is half the way."""
    figures = [target for target in goal.targets if _is_figure(target)]
    measurable, reasons = _judge(goal.text, figures, language)
    titles = {area.id: area.title for area in agreement.focus_areas}
    return GoalCheck(
        id=goal.id,
        text=goal.text,
        level=goal.level,
        focus_area=titles.get(goal.focus_area or ""),
        measurable=measurable,
        figures=tuple(dict.fromkeys(target.text for target in figures)),
        reasons=reasons,
        evidence=goal.evidence,
    )


def _is_figure(target: Target) -> bool:
    """True for a number, a multiple, none at all, and a level that is named: '2019 års nivå'."""
    named = target.comparator in ("at_least", "at_most", "equals") or _YEAR.search(target.text) is not None
    return target.value is not None or named or target.comparator in ("halve", "double", "none")


def _is_relative(target: Target) -> bool:
    """True for a change by so much, and for a level that nobody says: 'ska inte öka'."""
    unnamed = target.value is None and target.text.casefold() in _unnamed_levels()
    return target.comparator in _RELATIVE or unnamed


@cache
def _unnamed_levels() -> frozenset[str]:
    levels = load_toml("quantities.toml")["levels"]
    return frozenset(word for name in ("at_most", "at_least", "equals") for word in levels[f"{name}_alone"])


def _judge(text: str, figures: list[Target], language: Language) -> tuple[Measurable, tuple[str, ...]]:
    if figures:
        relative = all(_is_relative(target) for target in figures)
        if relative and not any(_has_baseline(text, target) for target in figures):
            return "partly", (goal_text("baseline", language),)
        return "yes", ()
    if goal_pattern("absolute_first").match(text) or goal_pattern("absolute").search(text):
        return "yes", ()
    if goal_pattern("change").search(text):
        return "partly", (goal_text("change_without_figure", language),)
    vague = goal_pattern("vague").search(text)
    why = goal_text("vague_words", language).format(words=vague.group()) if vague else goal_text("direction", language)
    return "no", (goal_text("figure", language), why)


def _has_baseline(text: str, target: Target) -> bool:
    """True when the goal says where one comes from: a figure besides the change itself, or a year to compare with."""
    if target.baseline is not None or _YEAR.search(text):
        return True
    return len(_NUMBER.findall(text.replace(target.text, ""))) > 0
