"""Takes the agreement that is renewed, with its document, gives what to change in that document itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from samsyn.drafting.content import Selection, collect_areas
from samsyn.drafting.facts import draft_title
from samsyn.drafting.measures import MeasureSetting, measure_blocks
from samsyn.drafting.questions import Questions
from samsyn.drafting.redating import redate
from samsyn.drafting.setting import DraftSetting
from samsyn.drafting.sources import DraftSource, SourceRole, years_label
from samsyn.drafting.years import stale_years
from samsyn.extract.dates import find_days, find_spans
from samsyn.extract.headings import area_title
from samsyn.extract.papers import names_paper
from samsyn.models.agreement import Measure
from samsyn.models.document import Block
from samsyn.models.draft import Chapter, Remark, Removal, RevisionPlan, Rewording
from samsyn.models.section import BINDING_PARTS, Section
from samsyn.models.source import Evidence
from samsyn.vocabulary.drafting import draft_text

_NEAR = 12
"""So many blocks around a signature are looked through for the day it was signed."""


def plan_revisions(
    sources: Sequence[DraftSource], period: tuple[str, str], *, selection: Selection, shared: DraftSetting
) -> RevisionPlan:
    """The changes that make the next agreement of the first source's document."""
    first = sources[0]
    return RevisionPlan(
        rewordings=(*_new_years(first, period), *_new_period(first, period), *_unsigned(first)),
        removals=tuple(_removals(first, selection)),
        remarks=tuple(_remarks(first, shared, selection.drop)),
        additions=tuple(_proposals(sources, selection, shared)),
        last_measure=_last_measure(first),
    )


# ---- what is reworded ----


def _new_years(source: DraftSource, period: tuple[str, str]) -> Iterator[Rewording]:
    """The years in the title, wherever the cover and the running headers give them."""
    old = source.agreement.title or ""
    years = years_label(*period)
    for span in find_spans(old)[:1]:
        written = old[span.start : span.end]
        if written in draft_title(source, period):
            continue
        yield Rewording(old, written, years, everywhere=True)
    period_years = (source.agreement.period.start, source.agreement.period.end)
    for heading in _headings(source):
        # The plan in the same file is called after the same years.
        for span in find_spans(heading)[:1] if heading != old and names_paper(heading) else ():
            if _years(span.first, span.last) == _years(*period_years):
                yield Rewording(heading, heading[span.start : span.end], years)


def _headings(source: DraftSource) -> Iterator[str]:
    return (section.heading.text for section in _sections(source) if section.heading is not None)


def _years(first: str | None, last: str | None) -> tuple[str, str]:
    return (first or "")[:4], (last or "")[:4]


def _new_period(source: DraftSource, period: tuple[str, str]) -> Iterator[Rewording]:
    agreement = source.agreement
    texts = dict.fromkeys(item.text for item in agreement.period.evidence if item.text)
    for text in texts:
        new = redate(text, agreement.period, period)
        if new != text:
            yield Rewording(text, text, new)


def _unsigned(source: DraftSource) -> Iterator[Rewording]:
    """The names of those who signed and the days on which they did."""
    signed = source.agreement.signatories
    for signatory in signed:
        for item in signatory.evidence:
            if signatory.name in item.text:
                yield Rewording(item.text, signatory.name, "")
                break
    days = {signatory.date for signatory in signed if signatory.date}
    for block in _near(source, {item.block.split(".")[0] for signatory in signed for item in signatory.evidence}):
        for day in find_days(block.text):
            if day.first in days:
                yield Rewording(block.text, block.text[day.start : day.end], "")


def _near(source: DraftSource, wanted: set[str]) -> Iterator[Block]:
    """The blocks around those in which the agreement was signed, with what stands in their cells."""
    blocks = [block for part in source.parts for block in part.blocks()]
    places = [index for index, block in enumerate(blocks) if block.id in wanted]
    if not places:
        return
    for block in blocks[max(0, places[0] - _NEAR) : places[-1] + _NEAR]:
        yield from _with_cells(block)


def _with_cells(block: Block) -> Iterator[Block]:
    if block.text:
        yield block
    for cell in block.table.cells if block.table is not None else ():
        for inner in cell.blocks:
            yield from _with_cells(inner)


# ---- what goes ----


def _removals(source: DraftSource, selection: Selection) -> Iterator[Removal]:
    agreement = source.agreement
    for measure in agreement.measures:
        unknown = selection.only_recurring and not measure.recurring
        if unknown or {measure.id, measure.focus_area} & selection.drop:
            yield _removal(measure)
    for goal in agreement.goals:
        if {goal.id, goal.focus_area} & selection.drop:
            yield Removal(_texts(goal.evidence))
    for problem in agreement.problem_pictures:
        if {problem.id, problem.focus_area} & selection.drop:
            yield Removal(_texts(problem.evidence))
    for area in agreement.focus_areas:
        if area.id in selection.drop:
            yield from _area_removals(source, area.title)


def _area_removals(source: DraftSource, title: str) -> Iterator[Removal]:
    """All that stands under the focus area's headings, and its heading rows in tables shared with other areas."""
    for section in _sections(source):
        if section.area == title:
            blocks = [
                block for below in section.walk() for block in (below.heading, *below.blocks) if block is not None
            ]
            yield Removal(_paragraphs(blocks), is_stretch=True)
            tables = [block.table for block in blocks if block.table is not None]
            for row in (row for table in tables for row in table.rows()):
                yield Removal(tuple(cell.text for cell in row if cell is not None and cell.text), is_row=True)
        for table in (block.table for block in section.blocks if block.table is not None):
            for row in table.rows():
                texts = {cell.text for cell in row if cell is not None}
                if len(texts) == 1 and area_title(next(iter(texts))) == title:
                    yield Removal(tuple(texts), is_row=True)


def _blocks_in(section: Section) -> Iterator[Block]:
    for below in section.walk():
        if below.heading is not None:
            yield below.heading
        yield from below.blocks


def _paragraphs(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The texts of the blocks, those that a label was cut off from whole again."""
    written = (block for block in blocks if block.text and block.table is None)
    return tuple(" ".join(block.text for block in pieces) for _, pieces in groupby(written, key=lambda one: one.id))


def _removal(measure: Measure) -> Removal:
    if measure.form == "row" and measure.cells:
        return Removal(tuple(measure.cells.values()), is_row=True)
    return Removal(_texts(measure.evidence))


def _texts(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(item.text for item in evidence if item.text)


# ---- what is asked ----


def _remarks(source: DraftSource, shared: DraftSetting, dropped: frozenset[str]) -> Iterator[Remark]:
    agreement = source.agreement
    for goal in agreement.goals:
        if {goal.id, goal.focus_area} & dropped:
            continue
        asked = shared.questions.on_goal(goal.id)
        if asked is not None and goal.evidence:
            yield Remark(goal.evidence[0].text, " ".join(asked))
        yield from _noted(goal.evidence, [note.text for note in shared.changes.get(goal.id, ())])
    for measure in agreement.measures:
        if {measure.id, measure.focus_area} & dropped:
            continue
        notes = (*shared.outcomes.notes_on(measure), *shared.changes.get(measure.id, ()))
        yield from _noted(measure.evidence, [note.text for note in notes])
    yield from _decided(source)
    yield from _on_sections(source, shared.questions)
    yield from _old_years(source, shared.first_year)


def _decided(source: DraftSource) -> Iterator[Remark]:
    """The old decision and its number stand there until somebody writes the new ones."""
    agreement = source.agreement
    texts = [item.text for item in agreement.decided.evidence if item.text] if agreement.decided.date else []
    if agreement.diary_number:
        texts.append(agreement.diary_number)
    for text in dict.fromkeys(texts):
        yield Remark(text, draft_text("notes", "decided", source=source.name))


def _noted(evidence: Sequence[Evidence], texts: Iterable[str]) -> Iterator[Remark]:
    for text in texts:
        if evidence:
            yield Remark(_first_text(evidence[0]), text)


def _first_text(evidence: Evidence) -> str:
    """The first cell of a row, or the text itself."""
    return evidence.text.split(" | ")[0]


def _on_sections(source: DraftSource, questions: Questions) -> Iterator[Remark]:
    """The questions of the check, each on the heading it belongs to, or on the title where there is none."""
    headed = [(section, section.heading.text) for section in _sections(source) if section.heading is not None]
    headings = {meaning: heading for section, heading in headed for meaning in section.meanings}
    areas = {section.area: heading for section, heading in headed if section.area}
    for point in questions.points.values():
        if not point.question or point.place in ("goal", ""):
            continue
        text = f"{point.reason or ''} {point.question}".strip()
        lacking = [areas[title] for title in point.lacking if title in areas]
        if point.place == "area" and lacking:
            yield from (Remark(heading, text) for heading in lacking)
        else:
            yield Remark(headings.get(point.place, ""), text)


def _old_years(source: DraftSource, first_year: int) -> Iterator[Remark]:
    """One remark a section that names the old years in it; the period and the decision are dealt with elsewhere."""
    agreement = source.agreement
    known = {item.text for item in (*agreement.period.evidence, *agreement.decided.evidence)}
    for section in _sections(source):
        texts = [block.text for outer in section.blocks for block in _with_cells(outer) if block.text not in known]
        years = sorted({text[start:end] for text in texts for start, end in stale_years(text, first_year)})
        if years and texts:
            context = section.heading.text if section.heading is not None else texts[0]
            yield Remark(context, draft_text("notes", "old_year", years=", ".join(years)))


def _sections(source: DraftSource) -> Iterator[Section]:
    for part in source.parts:
        if part.kind in BINDING_PARTS:
            yield from part.walk()


# ---- what comes ----


def _proposals(sources: Sequence[DraftSource], selection: Selection, shared: DraftSetting) -> Iterator[Chapter]:
    """What others' agreements lend, each under a heading of its own."""
    if not any(source.role is SourceRole.NEIGHBOUR for source in sources):
        return
    areas = collect_areas(sources, selection)
    taken = [one for area in areas for one in area.measures if one.source.role is SourceRole.NEIGHBOUR]
    for name, group in groupby(taken, key=lambda one: one.source.name):
        setting = MeasureSetting(name, "", shared)
        yield Chapter(draft_text("sentences", "proposals", source=name), 2, measure_blocks(tuple(group), setting)[1:])


def _last_measure(source: DraftSource) -> str:
    texts = [_first_text(measure.evidence[0]) for measure in source.agreement.measures if measure.evidence]
    return texts[-1] if texts else ""
