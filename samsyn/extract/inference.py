"""Takes the tree of sections and gives it back with meanings inferred where the vocabulary knows none.

Officials find their own headings: 'Iakttagelser' for the problem picture, 'Hit siktar vi' for the goals. What stands
under them tells what they are. A heading that recurs, once in each focus area, is judged by all its occurrences
together; one that stands alone only when its list leaves no doubt.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from samsyn.extract.cues import aims_list, announces_measures, announces_promises, binding_list, names_actor, states_aim
from samsyn.extract.finders.organisations import is_organisation
from samsyn.extract.headings import GOALS, MEASURES, Label, heading_meanings, is_whole_heading
from samsyn.extract.language import leads_on, split_sentences
from samsyn.models.document import Block, BlockKind
from samsyn.models.section import Section
from samsyn.vocabulary.lexicon import normalise_phrase
from samsyn.vocabulary.phrases import has_phrase, phrase_pattern

_AIM_SHARE = 0.6
"""This share of the sentences under a recurring heading must state aims for it to announce goals."""

_SIGNS_EACH = 2
"""So many different words of description, in the mean, make a recurring heading one of problem pictures."""


_RUN_IN = re.compile(r"^([A-ZÅÄÖ][^:.\n\t]{2,50}):\s+(?=[A-ZÅÄÖ0-9])")
_SENTENCE_WORDS = 4
"""A heading of so many words may be a sentence."""

_KINDS = (
    dict.fromkeys(GOALS, "goals") | dict.fromkeys(MEASURES, "measures") | dict.fromkeys(("problem", "cause"), "problem")
)
"""What a focus area consists of, by the meanings of the headings below it."""


def infer_meanings(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections with meanings set on headings and labels whose content shows what they announce."""
    recurring = {title: meaning for title, meaning in _judge_recurring(sections) if meaning}
    return _share_out(tuple(_infer(section, recurring) for section in sections), _recurring_shares(sections))


def judge_labels(blocks: Sequence[Block]) -> Mapping[str, str]:
    """What run-in labels that come back announce ('Så upplevs det: …'), by what stands behind them.

    Keys are labels as `normalise_phrase` gives them; labels of which that does not tell are left out.
    """
    groups: dict[str, list[Section]] = defaultdict(list)
    opening: set[str] = set()
    for before, block in zip((None, *blocks), blocks, strict=False):
        match = _RUN_IN.match(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if match is not None and not heading_meanings(match.group(1)):
            text = block.part(match.end())
            label = normalise_phrase(match.group(1))
            groups[label].append(Section("", match.group(1), (), 0, None, (text,)))
            if before is not None and before.kind is BlockKind.HEADING:
                opening.add(label)
    judged = (
        (label, _judge(group) or ("problem" if label in opening and _describes(group, 1) else None))
        for label, group in groups.items()
        if len(group) > 1
    )
    return {label: meaning for label, meaning in judged if meaning in ("goals", "problem")}


def run_in_label(block: Block, judged: Mapping[str, str]) -> Label | None:
    """The label of `judged` that the paragraph begins with, None where it begins with none."""
    match = _RUN_IN.match(block.text) if judged and block.kind is BlockKind.PARAGRAPH else None
    meaning = judged.get(normalise_phrase(match.group(1))) if match is not None else None
    return Label(match.group(1), (meaning,), match.end()) if match is not None and meaning is not None else None


def _share_out(sections: Sequence[Section], recurring: frozenset[str], *, below: bool = False) -> tuple[Section, ...]:
    """The sections, 'Kommunens ansvar' and the like read as measures where the parties share out what is to be done.

    They do below or behind a bare heading of measures ('Så gör vi'), and where such a heading recurs; used once it
    tells of the organisation.
    """
    shared: list[Section] = []
    opened = below
    for section in sections:
        opens = bool(MEASURES & set(section.meanings))
        is_share = _is_share(section) and (opened or normalise_phrase(section.title) in recurring)
        if not is_share and not below:
            opened = opens and not section.blocks
        meanings = ("measures",) if is_share else section.meanings
        children = _share_out(section.children, recurring, below=opens)
        shared.append(replace(section, meanings=meanings, children=children))
    return tuple(shared)


def _recurring_shares(sections: Sequence[Section]) -> frozenset[str]:
    titles = Counter(
        normalise_phrase(section.title) for top in sections for section in top.walk() if _is_share(section)
    )
    return frozenset(title for title, times in titles.items() if times > 1)


def _is_share(section: Section) -> bool:
    """True for a list under a heading that names a party and its responsibility."""
    listed = any(block.kind is BlockKind.LIST_ITEM for block in section.blocks)
    parties = ("municipality", "police", "both")
    return (
        listed
        and section.meanings == ("organisation",)
        and any(has_phrase(section.title, "undertakers", party) for party in parties)
    )


def _infer(section: Section, recurring: dict[str, str]) -> Section:
    children = tuple(_infer(child, recurring) for child in section.children)
    section = replace(section, children=children)
    if _names_its_content(section):
        section = replace(section, meanings=())
    if section.meanings or section.heading is None or section.is_title:
        return section
    meaning = _by_wording(section) or recurring.get(normalise_phrase(section.title)) or _alone(section)
    return replace(section, meanings=(meaning,)) if meaning else section


def _names_its_content(section: Section) -> bool:
    """'Så här gör vi platserna ljusare' above the problem, the goal and the measures: a sentence that names an area,
    though its words announce one of the three."""
    if section.is_label or section.is_title or not _KINDS.keys() & set(section.meanings):
        return False
    if is_whole_heading(section.title) or len(section.title.split()) < _SENTENCE_WORDS:
        return False
    kinds = {_KINDS[meaning] for child in section.children for meaning in child.meanings if meaning in _KINDS}
    return len(kinds) > 1 and not re.search(r"\d{4}", section.title)


def _by_wording(section: Section) -> str | None:
    """'Polisen kommer under året att' as a heading announces what a line of these words would."""
    text = section.heading.text.rstrip() if section.heading is not None else ""
    if names_actor(text) and binding_list(section.blocks):
        return "measures"
    if is_organisation(section.title) and any(block.kind is BlockKind.LIST_ITEM for block in section.blocks):
        return "measures"
    if not leads_on(text) or not announces_measures(text):
        return None
    return "promises" if announces_promises(text) else "measures"


def _alone(section: Section) -> str | None:
    """A heading used once: its list states aims and nothing else, or it asks what its text answers with facts."""
    items = [block for block in section.blocks if block.kind is BlockKind.LIST_ITEM]
    if len(items) > 1 and aims_list(section.blocks):
        return "goals"
    return "problem" if _asks_for_facts(section) else None


def _asks_for_facts(section: Section) -> bool:
    """'Varför resecentrum?' above what a survey and the statistics say of the place."""
    text = "\n".join(block.text for block in section.blocks)
    heading = section.heading.text.rstrip() if section.heading is not None else ""
    asks = heading.endswith("?") and not has_phrase(heading, "descriptive", "paper")
    return asks and not section.children and _describes([section]) and re.search(r"\d", text) is not None


def _judge_recurring(sections: Sequence[Section]) -> Iterator[tuple[str, str | None]]:
    groups: dict[str, list[Section]] = defaultdict(list)
    for section in (below for top in sections for below in top.walk()):
        if not section.meanings and section.heading is not None and not section.is_title:
            groups[normalise_phrase(section.title)].append(section)
    for title, group in groups.items():
        if len(group) > 1:
            yield title, _judge(group)


def _judge(group: Sequence[Section]) -> str | None:
    """What a heading with several occurrences announces: goals, measures, a problem picture, or nothing known."""
    blocks = [block for section in group for block in section.blocks]
    if any(section.children for section in group):
        return None
    if any(block.kind is BlockKind.TABLE for block in blocks) and not _texts(blocks):
        return "measures"
    sentences = [sentence.text for block in _texts(blocks) for sentence in split_sentences(block.text)]
    if not sentences:
        return None
    aims = sum(states_aim(sentence) or has_phrase(sentence, "goal", "cues") for sentence in sentences)
    if aims >= _AIM_SHARE * len(sentences):
        return "goals"
    if binding_list(blocks):
        return "measures"
    topic = has_phrase(group[0].title, "descriptive", "words") and not group[0].title.rstrip().endswith("?")
    return "problem" if _describes(group) and not topic else None


def _texts(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.kind is not BlockKind.TABLE and block.text.strip()]


def _describes(group: Sequence[Section], signs_each: int = _SIGNS_EACH) -> bool:
    """True when the prose under each occurrence tells of crime and disorder, and promises nothing."""
    signs = 0
    for section in group:
        text = "\n".join(block.text for block in _texts(section.blocks) if block.kind is BlockKind.PARAGRAPH)
        if not text or has_phrase(text, "descriptive", "commitments"):
            return False
        signs += len({sign.casefold() for sign in phrase_pattern("descriptive", "words").findall(text)})
    return signs >= signs_each * len(group)
