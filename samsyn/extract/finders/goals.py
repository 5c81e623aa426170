"""Takes the divided document and gives its goals: under labels and headings, in lists, in tables, in running prose."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from samsyn.extract.area_lists import area_names
from samsyn.extract.cues import aims_list, binds_party, states_aim, tells_change
from samsyn.extract.finders.found import FoundGoal
from samsyn.extract.finders.targets import find_targets
from samsyn.extract.headings import ASIDE, GOALS, heading_meanings
from samsyn.extract.language import Sentence, split_sentences
from samsyn.extract.outline import Place, walk_places
from samsyn.models.agreement import GoalLevel
from samsyn.models.document import Block, BlockKind
from samsyn.models.section import Part
from samsyn.similarity import text_ratio
from samsyn.vocabulary.phrases import either_of, has_phrase, joining_words, phrase_list, phrase_pattern

_SILENT = ASIDE | {"measures", "promises", "cause"}
"""Sections whose prose states no goals of the agreement, whatever its words."""

_SAME_GOAL = 0.95
"""Goals this alike (0-1) in one focus area are one goal stated twice."""

_EDGE = 8
"""So many letters at the beginning or the end tell which goals may be the same."""

_COMPARED = 40


def find_goals(parts: Sequence[Part]) -> tuple[FoundGoal, ...]:
    """The goals of the parts that bind, in reading order, each once."""
    found = [goal for place in walk_places(parts) for goal in _goals_at(place)]
    return _each_once(found)


def _goals_at(place: Place) -> Iterator[FoundGoal]:
    meanings = place.meanings
    if meanings & GOALS or _lists_effects(place):
        yield from _under_goal_heading(place)
    elif not meanings & _SILENT:
        yield from _in_prose(place)


# ---- under a heading or label ---------------------------------------------------------------------------------


def _under_goal_heading(place: Place) -> Iterator[FoundGoal]:
    """List items are goals; so are the sentences that state one, the first of a run-in label in any case."""
    level = announced = _level_of(place)
    has_list = any(block.kind is BlockKind.LIST_ITEM for block in place.blocks)
    names = _names_of_areas(place.blocks)
    for index, block in enumerate(place.blocks):
        if block.id in names:
            continue
        if block.kind is BlockKind.LIST_ITEM:
            if block.level <= 1:
                whole = Sentence(block.text.strip(), 0, len(block.text))
                yield _goal(place, block, whole, announced, "goal-list")
        elif block.kind is BlockKind.PARAGRAPH and _announces(block):
            announced = "sub" if phrase_pattern("goal", "sub").search(block.text) else level
        elif block.kind is BlockKind.PARAGRAPH:
            sure = place.section.is_label and index == 0
            introduces = has_list and not block.text.rstrip().endswith((".", "!"))
            yield from _sentences(place, block, level, sure=sure and not introduces)


def _lists_effects(place: Place) -> bool:
    """True under a heading of effects ('Effekt') with a list of what is to come of it all, nothing that has come."""
    items = [block.text for block in place.blocks if block.kind is BlockKind.LIST_ITEM]
    heads = "effect" in place.meanings and not place.section.is_label
    return heads and bool(items) and not any(map(_tells_the_past, items))


def _names_of_areas(blocks: Sequence[Block]) -> frozenset[str]:
    """Ids of the items that only name focus areas below 'Samarbetet gäller tre fokusområden:', not what is to be."""
    names = area_names(blocks)
    if not names or any(states_aim(block.text) for block in names):
        return frozenset()
    before = next((one for one, after in pairwise(blocks) if after is names[0]), names[0])
    return frozenset() if _ends_by_announcing(before.text) else frozenset(block.id for block in names)


def _sentences(place: Place, block: Block, level: GoalLevel, *, sure: bool) -> Iterator[FoundGoal]:
    sentences = split_sentences(block.text)
    for number, sentence in enumerate(sentences):
        certain = sure and (number == 0 or len(sentences) == 1)
        if (certain and not _tells_a_deed(sentence.text)) or _states_goal(sentence.text):
            own = _sentence_level(sentence.text, level)
            for clause in _clauses(sentence):
                yield _goal(place, block, clause, own, "goal-section")


def _states_goal(text: str) -> bool:
    """Under a goal heading: a word of change or state or a number, and none that tells how it is measured."""
    if has_phrase(text, "goal", "exclude") or _tells_the_past(text) or _tells_a_deed(text):
        return False
    if phrase_pattern("goal", "explains").match(text) is not None:
        return False
    return (
        has_phrase(text, "goal", "direction") or bool(find_targets(text)) or _tells_a_state(text) or _shall_become(text)
    )


def _tells_a_deed(text: str) -> bool:
    """'Därför ska kommunen och polisen genomföra vandringar': what a party does, where nothing is said to change."""
    return has_phrase(text, "goal", "deeds") and binds_party(text) and not tells_change(text)


def _tells_a_state(text: str) -> bool:
    """'Hamnen ska vara en plats för alla': what shall be, where nobody is said to do anything."""
    shall_be = has_phrase(text, "goal", "shall") and has_phrase(text, "goal", "state")
    return shall_be and not has_phrase(text, "goal", "action")


def _shall_become(text: str) -> bool:
    """'Debuten ska skjutas upp': something shall be, and nobody is said to do it; of the goals themselves it tells how
    they are worked with."""
    if not has_phrase(text, "goal", "shall") or has_phrase(text, "goal", "action"):
        return False
    return not binds_party(text) and not phrase_pattern("goal", "about_goals").match(text)


def _tells_the_past(text: str) -> bool:
    """'I mätningen 2020 var andelen 71 procent' is where one comes from."""
    told = _every_so_many().sub("", text)
    return has_phrase(told, "goal", "past") and not has_phrase(text, "goal", "modal")


@cache
def _every_so_many() -> re.Pattern[str]:
    """'var sjätte' in 'Högst var sjätte kvinna avstår'."""
    each, counts = (either_of(phrase_list("goal", key)) for key in ("each", "counts"))
    return re.compile(rf"\b(?:{each})\s+(?:{counts})\b", re.IGNORECASE)


def _announces(block: Block) -> bool:
    """True for a line that only says that goals follow: 'Följande mål har satts upp:'."""
    return block.text.rstrip().endswith(":")


def _level_of(place: Place) -> GoalLevel:
    if "goals-sub" in place.meanings:
        return "sub"
    if "goals-area" in place.meanings:
        return "area"
    if place.area is None:
        return "overall"
    return "area"


def _sentence_level(text: str, level: GoalLevel) -> GoalLevel:
    """A sentence that speaks of the overall goal, or of a sub-goal, says its level itself."""
    if has_phrase(text, "goal", "overall") and _has_cue(text):
        return "overall"
    return level


# ---- in running prose -----------------------------------------------------------------------------------------


def _in_prose(place: Place) -> Iterator[FoundGoal]:
    """Sentences that call themselves a goal, and what follows a line that announces one."""
    announced: GoalLevel | None = None
    bare = _may_state_bare_goals(place) and aims_list(place.blocks)
    for block in place.blocks:
        if block.kind is BlockKind.TABLE:
            announced = None
        elif block.kind is BlockKind.LIST_ITEM and (announced is not None or bare):
            whole = Sentence(block.text.strip(), 0, len(block.text))
            level = announced or _prose_level(place, block.text)
            yield _goal(place, block, whole, level, "goal-announced" if announced else "goal-prose")
        elif block.kind is BlockKind.PARAGRAPH:
            if announced is not None and not _is_sentence_list(place):
                yield from _announced_paragraph(place, block, announced)
            announced = None
            yield from _prose_goals(place, block)
            if _ends_by_announcing(block.text):
                announced = _prose_level(place, block.text)


def _is_sentence_list(place: Place) -> bool:
    return any(block.kind is BlockKind.LIST_ITEM for block in place.blocks)


def _announced_paragraph(place: Place, block: Block, level: GoalLevel) -> Iterator[FoundGoal]:
    whole = Sentence(" ".join(block.text.split()), 0, len(block.text))
    yield _goal(place, block, whole, level, "goal-announced")


def _ends_by_announcing(text: str) -> bool:
    """True when the text ends like 'Det gemensamma målet är:'."""
    stripped = text.rstrip()
    if not stripped.endswith(":"):
        return False
    last = split_sentences(stripped)[-1].text.rstrip(" :").casefold()
    if has_phrase(last, "goal", "by_then") and last.endswith(phrase_list("goal", "reached")):
        return True
    return any(last.endswith(phrase) or last == phrase for phrase in phrase_list("goal", "announce"))


def _prose_goals(place: Place, block: Block) -> Iterator[FoundGoal]:
    for sentence in split_sentences(block.text):
        if sentence.text.endswith(":") or has_phrase(sentence.text, "goal", "exclude") or _reports_goal(sentence.text):
            continue
        if _has_cue(sentence.text) and _is_statement(sentence.text):
            level = _prose_level(place, sentence.text)
            for clause in _clauses(_own_clause(sentence)):
                yield _goal(place, block, clause, level, "goal-cue")
        elif _may_state_bare_goals(place) and states_aim(sentence.text):
            for clause in _clauses(_own_clause(sentence)):
                yield _goal(place, block, clause, _prose_level(place, sentence.text), "goal-prose")
        elif "purpose" in place.meanings and (end := _led_to(sentence)) is not None:
            yield _goal(place, block, end, _prose_level(place, sentence.text), "goal-purpose")


@cache
def _reported() -> re.Pattern[str]:
    """'Effektmålet är därmed inte uppnått': a goal, a few words, and whether it has been reached."""
    goals, reached = (either_of(phrase_list("goal", key)) for key in ("goals_told", "told_reached"))
    return re.compile(rf"\b(?:{goals})\s+(?:\w+\s+){{1,4}}?(?:{reached})\b", re.IGNORECASE)


def _reports_goal(text: str) -> bool:
    """True for a sentence that tells whether a goal has been reached, not what it is."""
    return _reported().search(text) is not None and not has_phrase(text, "goal", "modal")


def _led_to(sentence: Sentence) -> Sentence | None:
    """What 'Samverkan ska bidra till att …' is to lead to, where that tells a state: '… alla är trygga'; else None."""
    cue = phrase_pattern("goal", "lead_to").search(sentence.text)
    if cue is None or not has_phrase(sentence.text[: cue.start()], "goal", "modal"):
        return None
    behind = sentence.text[cue.end() :].strip()
    if not _is_statement(behind) or has_phrase(behind, "goal", "action") or binds_party(behind):
        return None
    return Sentence(behind, sentence.start + sentence.text.index(behind, cue.end()), sentence.end)


def _has_cue(text: str) -> bool:
    return has_phrase(text, "goal", "cues")


def _is_statement(text: str) -> bool:
    """A cue alone is no goal ('Målet är detsamma'): a word of change must stand beside it."""
    return has_phrase(text, "goal", "direction") or bool(find_targets(text))


def _may_state_bare_goals(place: Place) -> bool:
    """Prose that has no cue is read for goals under 'Syfte' and within a focus area."""
    return bool(place.meanings & {"purpose", "focus-areas"}) or place.area is not None


def _own_clause(sentence: Sentence) -> Sentence:
    """'X ska verka för att göra Y' states 'göra Y'; other sentences stay whole."""
    for cue in phrase_list("goal", "clause_after"):
        at = sentence.text.casefold().find(cue)
        if at >= 0:
            start = sentence.start + at + len(cue)
            return Sentence(sentence.text[at + len(cue) :].strip(), start + 1, sentence.end)
    return sentence


@cache
def _and_that() -> re.Pattern[str]:
    """What stands between two clauses of a sentence: ', och att'."""
    that = either_of(phrase_list("grammar", "that"))
    return re.compile(rf",?\s+(?:{joining_words()})\s+(?:{that})\s+", re.IGNORECASE)


def _clauses(sentence: Sentence) -> tuple[Sentence, ...]:
    """'Målet är att A ska minska och att B ska öka' states two goals; clauses that say less than that stay together."""
    cuts = [0, *(cut for joint in _and_that().finditer(sentence.text) for cut in joint.span()), len(sentence.text)]
    clauses = tuple(
        Sentence(sentence.text[start:end], sentence.start + start, sentence.start + end)
        for start, end in zip(cuts[::2], cuts[1::2], strict=True)
    )
    if all(has_phrase(clause.text, "goal", "shall") and _is_statement(clause.text) for clause in clauses):
        return clauses
    return (sentence,)


def _prose_level(place: Place, text: str) -> GoalLevel:
    if phrase_pattern("goal", "overall").search(text):
        return "overall"
    if phrase_pattern("goal", "sub").search(text):
        return "sub"
    return "area" if place.area is not None else "overall"


# ---- together -------------------------------------------------------------------------------------------------


def _goal(place: Place, block: Block, sentence: Sentence, level: GoalLevel, rule: str) -> FoundGoal:
    return FoundGoal(
        text=_without_label(sentence.text),
        level=level,
        area=None if level == "overall" else place.area,
        rule=rule,
        evidence=block.locate(sentence.start, sentence.end),
    )


def _without_label(text: str) -> str:
    """'Delmål 1: Färre brott' gives 'Färre brott'."""
    head, mark, rest = text.partition(":")
    number = re.sub(r"[\s\d.]+$", "", head)
    if mark and rest.strip() and len(head) < 40 and set(heading_meanings(number)) & GOALS:
        return rest.strip()
    return text


def _each_once(found: Sequence[FoundGoal]) -> tuple[FoundGoal, ...]:
    """The goals without those stated before.

    Texts as alike as that begin or end with the same letters; only the latest of those are compared, so that the work
    grows with the number of goals.
    """
    kept: list[FoundGoal] = []
    alike: dict[tuple[str, str], deque[FoundGoal]] = defaultdict(lambda: deque(maxlen=_COMPARED))
    for goal in found:
        text = goal.text.casefold()
        near = (alike["head", text[:_EDGE]], alike["tail", text[-_EDGE:]])
        if text and not any(_same(goal, other) for others in near for other in others):
            kept.append(goal)
            for others in near:
                others.append(goal)
    return tuple(kept)


def _same(goal: FoundGoal, other: FoundGoal) -> bool:
    return (goal.area is None or other.area is None or goal.area == other.area) and (
        text_ratio(goal.text, other.text) >= _SAME_GOAL
    )
