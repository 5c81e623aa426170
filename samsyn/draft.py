"""Takes older agreements and a period, gives a draft of the next one: carried over, proposed, and left to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Unpack

from samsyn.check import check_agreement
from samsyn.drafting.carry import carry_text
from samsyn.drafting.changes import Changes
from samsyn.drafting.chapters import all_chapters, with_old_years
from samsyn.drafting.columns import header_groups
from samsyn.drafting.content import Selection, collect_areas
from samsyn.drafting.facts import draft_kind, draft_title, municipality_name, title_facts, validity_clause
from samsyn.drafting.leads import Leads
from samsyn.drafting.outcomes import Outcomes
from samsyn.drafting.questions import questions_of
from samsyn.drafting.revising import plan_revisions
from samsyn.drafting.setting import DraftSetting
from samsyn.drafting.signing import signature_block
from samsyn.drafting.sources import DraftSource, SourceRole
from samsyn.models.agreement import Agreement
from samsyn.models.draft import Block, Chapter, Draft, Note, NoteKind, Paragraph, Passage, RevisionPlan, Standing
from samsyn.models.reading import ReadArguments, ReadOptions
from samsyn.vocabulary.drafting import draft_text


def read_source(
    path: str | Path, *, role: SourceRole = SourceRole.OWN, **reading: Unpack[ReadArguments]
) -> DraftSource:
    """The document at `path`, or the agreement in a JSON file that `samsyn extract` wrote, as a source of a draft.

    `reading` says how a document is read, as for `extract_agreement`.
    Raises UnreadableDocument for a file that cannot be read.
    """
    from samsyn.drafting.reading import read_draft_source

    return read_draft_source(Path(path), role=role, options=ReadOptions(**reading))


def draft_agreement(
    sources: Sequence[DraftSource | Agreement],
    period: tuple[str, str],
    *,
    selection: Selection | None = None,
    changes: Changes | None = None,
) -> Draft:
    """A draft for the period (first and last day, ISO) from one source or more; the first is the one that is renewed.

    `selection` leaves things out; `changes` are what a comparison means for the draft (`read_changes`). Nothing is
    invented: what no source says is a prompt. Raises ValueError when there is no source.
    """
    read, selection, setting = _prepared(sources, period, selection, changes)
    first = read[0]
    chapters = (
        *all_chapters(collect_areas(read, selection), setting),
        _validity(first, period, setting.text.validity),
        _signing(first, setting),
    )
    return Draft(
        title=draft_title(first, period),
        municipality=municipality_name(first),
        period=period,
        facts=tuple(title_facts(first, period)),
        chapters=tuple(with_old_years(chapter) for chapter in chapters),
        sources=tuple(source.name for number, source in enumerate(read) if source.role is SourceRole.OWN or not number),
        has_proposals=any(source.role is SourceRole.NEIGHBOUR for source in read),
    )


def plan_draft_revisions(
    sources: Sequence[DraftSource | Agreement],
    period: tuple[str, str],
    *,
    selection: Selection | None = None,
    changes: Changes | None = None,
) -> RevisionPlan:
    """What to change in the first source's own document to make the next agreement of it; arguments as for a draft.

    Raises ValueError when there is no source.
    """
    read, selection, setting = _prepared(sources, period, selection, changes)
    return plan_revisions(read, period, selection=selection, shared=setting)


def _prepared(
    sources: Sequence[DraftSource | Agreement],
    period: tuple[str, str],
    selection: Selection | None,
    changes: Changes | None,
) -> tuple[tuple[DraftSource, ...], Selection, DraftSetting]:
    """The sources with what a comparison proposes, what is left out, and what all parts of the draft share."""
    if not sources:
        raise ValueError("there is nothing to draft from")
    selection, changes = selection or Selection(), changes or Changes()
    read = tuple(source if isinstance(source, DraftSource) else DraftSource(source) for source in sources)
    read += changes.proposals
    selection = selection._replace(drop=selection.drop | changes.drop)
    promises = draft_kind(read[0]) == "medborgarlöfte"
    return read, selection, _setting(read, int(period[0][:4]), promises=promises, notes=changes.notes)


def _setting(
    sources: Sequence[DraftSource], first_year: int, *, promises: bool, notes: Mapping[str, tuple[Note, ...]]
) -> DraftSetting:
    first = sources[0]
    return DraftSetting(
        first_year=first_year,
        promises=promises,
        leads=Leads(sources),
        groups=header_groups(measure for source in sources for measure in source.agreement.measures),
        text=carry_text(first, first_year),
        questions=questions_of(check_agreement(first.agreement, first.parts)),
        outcomes=Outcomes(sources[1:]),
        changes=notes,
    )


def _validity(source: DraftSource, period: tuple[str, str], further: Sequence[Block]) -> Chapter:
    clause = Passage(validity_clause(draft_kind(source), period), Standing.NEW)
    return Chapter(draft_text("headings", "period"), 1, (Paragraph(clause), *further))


def _signing(source: DraftSource, setting: DraftSetting) -> Chapter:
    notes = tuple(
        Note(NoteKind.QUESTION, f"{point.reason or ''} {point.question}".strip())
        for point in setting.questions.at("signatures")
    )
    return Chapter(draft_text("headings", "signatures"), 1, (signature_block(source),), notes)
