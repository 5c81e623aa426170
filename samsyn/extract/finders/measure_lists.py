"""Takes a place in the text and gives its measures outside tables: bullets under a cue, promises, prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from samsyn.extract.cues import (
    acts_list,
    announces_measures,
    announces_promises,
    binding_list,
    binds_somebody,
    explains_layout,
    first_commitment,
    is_formal,
    is_promise_again,
    opens_with_deed,
    promises_in_prose,
    titled_list,
)
from samsyn.extract.finders.found import FoundMeasure
from samsyn.extract.finders.particulars import is_particulars, read_particulars, split_particulars
from samsyn.extract.finders.units import trailing_units
from samsyn.extract.headings import ASIDE, MEASURES, heading_meanings
from samsyn.extract.language import Sentence, leads_on, split_sentences
from samsyn.extract.outline import Place
from samsyn.models.agreement import Commitment, MeasureForm
from samsyn.models.document import Block, BlockKind
from samsyn.vocabulary.phrases import has_phrase, phrase_list, phrase_pattern

_SILENT = ASIDE | {"problem", "cause", "effect", "goals", "goals-overall", "goals-sub", "background", "purpose"}
"""Places where a list under a cue is no list of measures."""

RESTATED = "promise-restated"
"""The rule by which a promise is read that stands above its outcome."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole document says of its measures."""

    promises: bool
    """True in a medborgarlöfte or its follow-up: every undertaking is a promise."""
    reported: bool
    """True in a follow-up: what stands nested under a promise is its outcome."""
    prose: bool = False
    """True for an agreement written in running text alone: its focus areas' sentences are read for measures."""


@dataclass(slots=True)
class _Item:
    """A list item or paragraph with what is nested under it."""

    block: Block
    nested: list[Block] = field(default_factory=list)


def read_lists(place: Place, setting: Setting) -> tuple[FoundMeasure, ...]:
    """The measures of one place in reading order; empty where no heading, label or cue announces any."""
    restated = (tuple(_restated(place, setting)) or _answered(place, setting)) if setting.reported else ()
    if restated:
        return restated
    if (place.meanings & MEASURES or _divides_measures(place)) and not _is_inside_silent(place):
        return tuple(_under_heading(place, setting))
    if place.meanings & _SILENT:
        return tuple(_behind_description(place, setting)) if _may_commit(place) else ()
    cued = tuple(_under_cues(place, setting))
    listed = (place.area is not None or setting.promises) and binding_list(place.blocks)
    listed = listed or ((_is_side_of_area(place) or _lists_promise(place, setting)) and acts_list(place.blocks))
    if not cued and (listed or (place.area is not None and titled_list(place.blocks))):
        cued = tuple(_listed(place, setting, place.blocks))
    promised = tuple(_promised_in_prose(place, setting))
    if setting.prose and place.opens_area and not cued:
        return tuple(measure for block in place.blocks for measure in _strong_prose(place, block, setting))
    return (*promised, *cued)


def _behind_description(place: Place, setting: Setting) -> Iterator[FoundMeasure]:
    """The undertakings below a description of the problem or the purpose."""
    first = first_commitment(place.blocks)
    if first < len(place.blocks) and place.blocks[first].kind is BlockKind.LIST_ITEM:
        yield from _listed(place, setting, place.blocks[first:])
    else:
        yield from _under_cues(place, setting, first)


def _is_side_of_area(place: Place) -> bool:
    """True for a heading of no known meaning within a focus area that has no heading of measures: 'Tidigt stöd'."""
    owner = next((parent for parent in reversed(place.parents) if parent.area is not None), None)
    if owner is None or place.section.meanings or place.opens_area or place.section.is_label:
        return False
    return not any(MEASURES & set(below.meanings) for below in owner.walk())


def _may_commit(place: Place) -> bool:
    """True for a description of the problem or the purpose, in which a line may yet begin a list of undertakings."""
    return not place.meanings & (_SILENT - {"problem", "purpose", "background"})


def _promised_in_prose(place: Place, setting: Setting) -> Iterator[FoundMeasure]:
    """In a medborgarlöfte the sentences in which a party itself promises: 'Polisen lovar dessutom att …'."""
    if not setting.promises or setting.reported:
        return
    spelled_out = {before.id for before, block in pairwise(place.blocks) if _spells_out(block)}
    if _lists_promise(place, setting) and acts_list(place.blocks):
        spelled_out |= {before.id for before, block in pairwise(place.blocks) if block.kind is BlockKind.LIST_ITEM}
    for block in place.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            sentences = split_sentences(block.text)
            for sentence in sentences[:-1] if block.id in spelled_out else sentences:
                if promises_in_prose(sentence.text):
                    yield _from_sentences(place, block, [sentence], "promise")


def _lists_promise(place: Place, setting: Setting) -> bool:
    """True where in a medborgarlöfte a list stands right below a sentence in which a party promises what it lists."""
    above = (before.text for before, block in pairwise(place.blocks) if block.kind is BlockKind.LIST_ITEM)
    last = (sentences[-1].text for text in above if (sentences := split_sentences(text)))
    return setting.promises and any(map(promises_in_prose, last))


def _spells_out(block: Block) -> bool:
    """True for a line that says what the promise before it means, or that it is why others are given: 'Detta uppnås
    genom att:', 'Parterna ger därför följande löften:'."""
    if block.kind is not BlockKind.PARAGRAPH or not announces_measures(block.text):
        return False
    if announces_promises(block.text) and has_phrase(block.text, "commitment", "therefore"):
        return True
    return phrase_pattern("commitment", "spells_out").match(block.text.strip()) is not None


def _restated(place: Place, setting: Setting) -> Iterator[FoundMeasure]:
    """Promises that a follow-up says again as headings or lines of their own, with what came of each below it.

    They are told by who promised, in brackets at the end: 'Minst 20 trafikkontroller. (Polis)'; a heading also by
    committing a party.
    """
    if place.section.meanings or place.section.area is not None:
        return
    heading = place.section.heading
    items: list[_Item] = []
    if heading is not None and not place.section.is_title and (_is_tagged(heading) or binds_somebody(heading.text)):
        items.append(_Item(heading))
    for block in place.blocks:
        if _is_tagged(block):
            items.append(_Item(block))
        elif items and block.kind is not BlockKind.TABLE and not block.text.rstrip().endswith(":"):
            items[-1].nested.append(block)
    if items:
        below = (child for child in place.section.children if "outcomes" in child.meanings)
        items[-1].nested.extend(block for child in below for block in child.blocks if block.kind is not BlockKind.TABLE)
    tagged = (item for item in items if item.nested or _is_tagged(item.block))
    yield from (replace(_measure(place, item, "promise", setting), rule=RESTATED) for item in tagged)


def _answered(place: Place, setting: Setting) -> tuple[FoundMeasure, ...]:
    """Promises that a follow-up says again in paragraphs, each with what came of it in the paragraphs below.

    They are told by committing a party, and what came of them by its past tense; empty where a promise has no answer.
    """
    items: list[_Item] = []
    if set(place.section.meanings) - MEASURES or (place.area is None and not setting.prose):
        return ()
    for block in place.blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            return ()
        if is_promise_again(block.text):
            items.append(_Item(block))
        elif items and not block.text.rstrip().endswith(":"):
            items[-1].nested.append(block)
    answered = bool(items) and all(item.nested and _tells_what_came(item.nested[0].text) for item in items)
    if not answered:
        return ()
    return tuple(replace(_measure(place, item, "promise", setting), rule=RESTATED) for item in items)


def _tells_what_came(text: str) -> bool:
    return has_phrase(text, "promise", "reported") or has_phrase(text, "promise", "outcome_labels")


def _is_tagged(block: Block) -> bool:
    """True for a line with the party that promised in brackets at its end."""
    units = trailing_units(block.text) if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) else ()
    return bool(units) and units[0].casefold() in phrase_list("commitment", "subjects")


def _listed(place: Place, setting: Setting, blocks: Sequence[Block]) -> Iterator[FoundMeasure]:
    """The items of a list that no line announces, whose own words commit the parties."""
    items = [item for item in _gather(blocks, setting) if item.block.kind is BlockKind.LIST_ITEM]
    yield from (_measure(place, item, "promise" if setting.promises else "bullet", setting) for item in items)


def _strong_prose(place: Place, block: Block, setting: Setting) -> Iterator[FoundMeasure]:
    if block.kind is BlockKind.PARAGRAPH:
        yield from _in_prose(place, block, "promise" if setting.promises else "prose", strong=True)


def _divides_measures(place: Place) -> bool:
    """True under an unnamed heading right below an empty one of measures: 'Aktiviteter', 'Trafik'."""
    parent = place.parents[-1] if place.parents else None
    if parent is None or place.meanings or place.section.is_label:
        return False
    return bool(MEASURES & set(parent.meanings)) and not parent.blocks


def _is_inside_silent(place: Place) -> bool:
    """'Polisen' as a heading under 'Organisation' announces no measures."""
    return any(_SILENT & set(parent.meanings) - {"purpose"} for parent in place.parents)


# ---- under a heading or a label that announces measures ----


def _under_heading(place: Place, setting: Setting) -> Iterator[FoundMeasure]:
    is_promise = setting.promises or "promises" in place.meanings
    form: MeasureForm = "promise" if is_promise else "bullet"
    items = _gather(place.blocks, setting)
    has_list = any(item.block.kind is BlockKind.LIST_ITEM for item in items)
    for item in items:
        if item.block.kind is BlockKind.LIST_ITEM or any(_is_labelled(block) for block in item.nested):
            yield _measure(place, item, form, setting)
        elif not has_list:
            yield from _in_prose(place, item.block, "promise" if is_promise else "prose")


def _gather(blocks: Sequence[Block], setting: Setting) -> list[_Item]:
    """The outermost list items with those nested below them; paragraphs stand for themselves.

    In a follow-up the paragraphs after a promise tell what came of it.
    """
    items: list[_Item] = []
    leads = _leads(blocks)
    for block in blocks:
        if block.kind is BlockKind.TABLE or not block.text.strip() or block.id in leads:
            continue
        nested = block.kind is BlockKind.LIST_ITEM and items and items[-1].block.kind is BlockKind.LIST_ITEM
        reported = setting.reported and block.kind is BlockKind.PARAGRAPH and items
        labelled = bool(items) and (_is_outcome_label(block) or _is_labelled(block))
        if (nested and block.level > items[-1].block.level) or labelled or reported:
            items[-1].nested.append(block)
        else:
            items.append(_Item(block))
    return items


def _leads(blocks: Sequence[Block]) -> frozenset[str]:
    """Numbered lines that only say whose promises follow: '1. Polisen lovar:' above bullets of its own."""
    return frozenset(
        block.id
        for block, after in pairwise(blocks)
        if block.kind is after.kind is BlockKind.LIST_ITEM and _is_lead(block.text.rstrip())
    )


def _is_lead(text: str) -> bool:
    return leads_on(text) and bool(MEASURES & set(heading_meanings(text.strip(" :;"))))


def _is_outcome_label(block: Block) -> bool:
    head, mark, rest = block.text.partition(":")
    return bool(mark and rest.strip()) and head.strip().casefold() in phrase_list("promise", "outcome_labels")


def _is_labelled(block: Block) -> bool:
    """'Ansvarig: Rektor  När: varje höst' under a measure says more of it; 'Utfall: …' reports what came of it."""
    return block.kind is not BlockKind.TABLE and is_particulars(block.text) and not _is_outcome_label(block)


def _is_to_be_followed_up(block: Block) -> bool:
    return is_particulars(block.text) and set(read_particulars(block.text).fields) == {"follow_up"}


# ---- under a cue in running text ----


def _under_cues(place: Place, setting: Setting, first: int | None = None) -> Iterator[FoundMeasure]:
    """Lists that a line such as 'Detta gör vi genom att:' introduces; the block `first`, where given, is one."""
    cued: MeasureForm | None = None
    items: list[_Item] = []
    opening = place.blocks[first : first + 1] if first is not None else ()
    leads = _leads(place.blocks) | {block.id for block in opening}
    blocks = place.blocks[first:]
    blocks = _without_reports(blocks) if setting.reported else blocks
    for block in blocks:
        if items and _is_labelled(block):
            items[-1].nested.append(block)
            continue
        if block.kind is BlockKind.LIST_ITEM and cued is not None and block.id not in leads:
            if items and block.level > items[-1].block.level:
                items[-1].nested.append(block)
            else:
                items.append(_Item(block))
            continue
        if items and cued is not None:
            yield from (_measure(place, item, cued, setting) for item in items)
        items = []
        cued = _cue_form(block, setting, is_lead=block.id in leads)
    if items and cued is not None:
        yield from (_measure(place, item, cued, setting) for item in items)


def _introduces(block: Block, key: str) -> bool:
    """True for a line above a list with one of the phrases: 'Följande aktiviteter utlovades 2018:'."""
    sentences = split_sentences(block.text.rstrip())
    is_line = block.kind is BlockKind.PARAGRAPH and block.text.rstrip().endswith(":")
    return is_line and bool(sentences) and has_phrase(sentences[-1].text, "commitment", key)


def reports_of(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The outermost items of the lists that tell what came of it, behind a line such as 'Utfallet blev:'."""
    reported: list[Block] = []
    reporting = False
    for block in blocks:
        if block.kind is BlockKind.LIST_ITEM:
            if reporting and block.level <= 1:
                reported.append(block)
        else:
            reporting = _introduces(block, "came_of_it") and not _introduces(block, "promised")
    return tuple(reported)


def _without_reports(blocks: Sequence[Block]) -> tuple[Block, ...]:
    reported = {block.id for block in reports_of(blocks)}
    return tuple(block for block in blocks if block.id not in reported)


def _cue_form(block: Block, setting: Setting, *, is_lead: bool) -> MeasureForm | None:
    """The form of the measures that a paragraph announces, None when it announces none."""
    promised = setting.reported and _introduces(block, "promised")
    if not is_lead and (block.kind is not BlockKind.PARAGRAPH or not (promised or announces_measures(block.text))):
        return None
    return "promise" if setting.promises or announces_promises(block.text) else "bullet"


# ---- prose ----


def _in_prose(place: Place, block: Block, form: MeasureForm, *, strong: bool = False) -> Iterator[FoundMeasure]:
    """One measure a sentence that commits somebody; sentences that follow on belong to it."""
    group: list[Sentence] = []
    commits = binds_somebody if strong else _commits_or_tells
    for sentence in split_sentences(block.text):
        if commits(sentence.text) and not (group and _follows_on(sentence.text)):
            if group:
                yield _from_sentences(place, block, group, form)
            group = [sentence]
        elif group and (not strong or _follows_on(sentence.text)):
            group.append(sentence)
        elif group:
            yield _from_sentences(place, block, group, form)
            group = []
    if group:
        yield _from_sentences(place, block, group, form)


def _follows_on(text: str) -> bool:
    """True for a sentence that begins so that it goes on with the measure before it: 'Det sker …', 'Dessutom …'."""
    begins = phrase_pattern("commitment", "follows_on").match(text)
    return begins is not None and phrase_pattern("commitment", "opens_anew").match(text) is None


def _commits(text: str) -> bool:
    return (
        has_phrase(text, "commitment", "verbs")
        and not text.rstrip().endswith(":")
        and not (explains_layout(text) or is_formal(text))
    )


def _commits_or_tells(text: str) -> bool:
    return _commits(text) or opens_with_deed(text)


def _from_sentences(place: Place, block: Block, group: list[Sentence], form: MeasureForm) -> FoundMeasure:
    start, end = group[0].start, group[-1].end
    text = block.text[start:end]
    return FoundMeasure(
        form=form,
        fields={"title": text},
        area=place.area,
        rule="commitment-in-prose",
        evidence=block.locate(start, end),
        responsible=trailing_units(text),
        commitment=_commitment(text),
    )


# ---- one item ----


def _measure(place: Place, item: _Item, form: MeasureForm, setting: Setting) -> FoundMeasure:
    labelled = [block for block in item.nested if _is_labelled(block)]
    if labelled and not setting.reported:
        # Beside who and when, 'Uppföljning: …' says how it will be followed up.
        labelled = [block for block in item.nested if block in labelled or _is_to_be_followed_up(block)]
    reported = [block for block in item.nested if block not in labelled and _is_outcome(block, setting)]
    specified = [block for block in item.nested if block not in labelled and block not in reported]
    own, behind = split_particulars(item.block.text.strip())
    said = read_particulars("\n".join([behind, *(block.text.strip() for block in labelled)]))
    text = "\n".join([own, *(block.text.strip() for block in specified)])
    blocks = [item.block, *item.nested]
    return FoundMeasure(
        form=form,
        fields={"title": text, **said.fields},
        area=place.area,
        rule="list-item",
        evidence=tuple(evidence for block in blocks for evidence in block.locate()),
        responsible=tuple(dict.fromkeys([*trailing_units(own), *said.responsible])),
        cells=said.cells,
        led_by=_line_above(place.blocks, item.block),
        outcomes=tuple(_outcome_text(block) for block in reported),
        commitment=_commitment(text),
    )


def _line_above(blocks: Sequence[Block], item: Block) -> str:
    """The line that leads on to the list of the item, '' where the text before the list is none."""
    at = next((index for index, block in enumerate(blocks) if block is item), 0)
    before = next((block for block in reversed(blocks[:at]) if _is_before_list(block)), None)
    return before.text if before is not None and leads_on(before.text.rstrip()) else ""


def _is_before_list(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH or (block.kind is BlockKind.LIST_ITEM and _is_lead(block.text.rstrip()))


def _is_outcome(block: Block, setting: Setting) -> bool:
    """Nested text is the reported outcome in a follow-up, or where it speaks of what has been done."""
    return (
        setting.reported
        or _is_outcome_label(block)
        or (setting.promises and has_phrase(block.text, "promise", "reported") and not _is_to_come(block.text))
    )


def _is_to_come(text: str) -> bool:
    """'Ska genomföras tre gånger under året' says more of the promise, not what came of it."""
    return has_phrase(text, "commitment", "strong")


def _outcome_text(block: Block) -> str:
    return block.text.partition(":")[2].strip() if _is_outcome_label(block) else block.text.strip()


def _commitment(text: str) -> Commitment:
    return "conditional" if has_phrase(text, "commitment", "conditional") else "committed"
