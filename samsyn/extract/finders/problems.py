"""Takes the divided document and gives its problem pictures: the text under 'Problembild', 'Lägesbild', 'Nuläge'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from samsyn.extract.cues import (
    binds_party,
    binds_somebody,
    first_commitment,
    first_sentence,
    names_actor,
    opens_with_deed,
    states_aim,
)
from samsyn.extract.finders.found import FoundProblem
from samsyn.extract.language import split_sentences
from samsyn.extract.outline import Place, walk_places
from samsyn.models.document import Block, BlockKind
from samsyn.models.section import Part, Section
from samsyn.models.source import Evidence
from samsyn.remember import remembers_while_alive
from samsyn.vocabulary.phrases import has_phrase, phrase_list, phrase_pattern

_SIGNS = 3
"""So many words of description (problem, ökat, anmälda …) make an unlabelled text a problem picture."""


_LONGEST_WANTER = 40
"""So many letters may name who wants something, before the words that call it a goal."""


def find_problems(parts: Sequence[Part]) -> tuple[FoundProblem, ...]:
    """One problem picture a heading or label, in reading order; its paragraphs joined by newlines."""
    places = list(walk_places(parts))
    alike = _open_alike(places)
    clear = alike or any(_is_described(place, _SIGNS) for place in places)
    needed = 0 if alike else 1 if clear else _SIGNS
    return tuple(problem for place in places for problem in _problems_at(place, needed))


def _open_alike(places: Sequence[Place]) -> bool:
    """True when the focus areas, two at least, open with a text of their own, and half of these hold a sign.

    Where every area opens so it is the pattern of the document: what the problem is, then what is to be done.
    """
    areas = [place for place in places if place.opens_area]
    texts = [_opening_text(place) for place in areas if not _has_labelled_problem(place.section)]
    told = [text for text in texts if text]
    signed = sum(bool(_signs_in(text) | _stems_in(text)) for text in told)
    return len(told) > 1 and 3 * len(told) >= 2 * len(areas) and 2 * signed >= len(told)


def _problems_at(place: Place, needed: int) -> Iterator[FoundProblem]:
    if "problem" in place.meanings and not _belongs_to_parent(place):
        blocks = [*_labelled(place), *_cause_blocks(place.section)]
        if blocks:
            yield _problem(place, blocks, "problem-label" if place.section.is_label else "problem-heading")
    elif _is_background_of_area(place) or _is_analysis_of_area(place):
        yield _problem(place, _text_blocks(place.blocks), "problem-background")
    elif _is_described(place, needed):
        yield _problem(place, _description(place.section), "problem-unlabelled")


def _is_background_of_area(place: Place) -> bool:
    """'Bakgrund till löftet: …' within a focus area that names no problem, where it tells of crime or unease."""
    owner = next((one for one in (*reversed(place.parents),) if one.area is not None), None)
    if owner is None or "background" not in place.section.meanings or _has_labelled_problem(owner):
        return False
    text = "\n".join(block.text for block in _text_blocks(place.blocks)).casefold()
    return bool(_signs_in(text) | _stems_in(text)) and not _promises(text)


def _is_analysis_of_area(place: Place) -> bool:
    """'Analys' right below a focus area without a text or a problem of its own tells what the problem is."""
    owner = place.parents[-1] if place.parents else None
    if owner is None or owner.area is None or "cause" not in place.section.meanings:
        return False
    return not owner.blocks and not _has_labelled_problem(owner)


def _labelled(place: Place) -> list[Block]:
    """The text under the heading; without a last paragraph that opens with a goal, where a run-in label ends nowhere.

    A goal in the midst of the description is part of it.
    """
    blocks = _text_blocks(place.blocks[: first_commitment(place.blocks)])
    if _tells_how(blocks):
        return []
    if place.section.is_title and not any(block.text.rstrip().endswith(".") for block in blocks):
        return []  # the second line of a title
    if place.opens_area:
        blocks = list(takewhile(lambda block: not (_wants(block.text) or _opens_with_goal(block)), blocks))
    if not place.section.is_label or not blocks:
        return blocks
    if len(blocks) > 1 and _opens_with_goal(blocks[-1]):
        return blocks[:-1]
    end = _end_of_description(blocks[-1].text)
    return [*blocks[:-1], blocks[-1].part(0, end)] if end else blocks


def _end_of_description(text: str) -> int:
    """Where in a paragraph the goal begins that only goals and undertakings stand behind; 0 where none does.

    A transcript has run the description, the goal and what is to be done together.
    """
    sentences = split_sentences(text)
    for at, sentence in enumerate(sentences[1:], 1):
        if _calls_goal(sentence.text):
            rest = sentences[at + 1 :]
            ends = all(_calls_goal(one.text) or states_aim(one.text) or binds_somebody(one.text) for one in rest)
            return sentence.start if ends and len(sentences) > 2 else 0
    return 0


def _tells_how(blocks: Sequence[Block]) -> bool:
    """True where every sentence says how the picture is to be drawn up: 'Parterna ska kartlägga läget', 'Lägesbilden
    bör bygga på …'."""
    prose = [block for block in blocks if block.kind is BlockKind.PARAGRAPH]
    sentences = [sentence.text for block in prose for sentence in split_sentences(block.text)]
    if not sentences or not any(stem in sentences[0].casefold() for stem in phrase_list("descriptive", "picture")):
        return False
    return all(has_phrase(sentence, "descriptive", "ought") for sentence in sentences)


def _opens_with_goal(block: Block) -> bool:
    """True for 'Målet är att …', and for 'Parterna eftersträvar att …': who wants it stands in front."""
    return block.kind is BlockKind.PARAGRAPH and _calls_goal(first_sentence(block.text))


def _calls_goal(sentence: str) -> bool:
    cue = phrase_pattern("goal", "cues").search(sentence)
    return cue is not None and (cue.start() == 0 or (cue.start() <= _LONGEST_WANTER and names_actor(sentence)))


def _is_described(place: Place, needed: int) -> bool:
    """True for a focus area that opens with a description and labels none.

    Where one focus area clearly does, a single sign of description is enough in its like.
    """
    if not place.opens_area or _has_labelled_problem(place.section):
        return False
    text = _opening_text(place)
    told = re.search(r"\d", text) is not None or any(word in text for word in phrase_list("descriptive", "evidence"))
    within = _stems_in(text) if told or needed <= 1 else frozenset()
    return bool(text) and max(len(_signs_in(text)), len(within)) >= needed


def _opening_text(place: Place) -> str:
    return "\n".join(block.text for block in _description(place.section)).casefold()


def _signs_in(text: str) -> frozenset[str]:
    return frozenset(phrase_pattern("descriptive", "words").findall(text))


def _stems_in(text: str) -> frozenset[str]:
    return frozenset(stem for stem in phrase_list("descriptive", "stems") if stem in text)


def _belongs_to_parent(place: Place) -> bool:
    """A cause analysis under the problem's own heading belongs to the problem picture above it."""
    return "cause" in place.section.meanings


def _cause_blocks(section: Section) -> list[Block]:
    return [block for child in section.children if "cause" in child.meanings for block in _text_blocks(child.blocks)]


def _text_blocks(blocks: Sequence[Block]) -> list[Block]:
    return [
        block for block in blocks if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and block.text.strip()
    ]


def _has_labelled_problem(section: Section) -> bool:
    return any("problem" in below.meanings for below in section.walk())


@remembers_while_alive
def _description(section: Section) -> Sequence[Block]:
    """The leading paragraphs under a focus area's heading that describe and promise nothing."""
    described: list[Block] = []
    for block in section.blocks:
        if block.kind is not BlockKind.PARAGRAPH or _promises(block.text) or block.text.rstrip().endswith(":"):
            break
        if _wants(block.text) or _undertakes(block.text):
            break
        goal = _goal_in(block.text)
        if goal is not None:
            return [*described, block.part(0, goal)] if goal else described
        described.append(block)
    return described


def _goal_in(text: str) -> int | None:
    """Where a sentence that states a goal begins ('Målet är att …', 'Andelen ska öka …'), None where none does."""
    cues = phrase_pattern("goal", "cues")
    sentences = split_sentences(text)
    return next((one.start for one in sentences if cues.match(one.text) or states_aim(one.text)), None)


def _wants(text: str) -> bool:
    """True for a paragraph that tells what is to become, from its first sentence on: it describes nothing."""
    sentences = split_sentences(text)
    return bool(sentences) and all(has_phrase(sentence.text, "goal", "modal") for sentence in sentences)


def _undertakes(text: str) -> bool:
    """True for a paragraph that tells what is to be done, from its first sentence on."""
    first = first_sentence(text)
    return binds_party(first) or opens_with_deed(first)


def _promises(text: str) -> bool:
    return has_phrase(text, "descriptive", "commitments")


def _problem(place: Place, blocks: Sequence[Block], rule: str) -> FoundProblem:
    evidence: tuple[Evidence, ...] = tuple(item for block in blocks for item in block.locate())
    return FoundProblem(
        title=place.section.title or None,
        text="\n".join(block.text.strip() for block in blocks),
        area=place.area,
        rule=rule,
        evidence=evidence,
    )
