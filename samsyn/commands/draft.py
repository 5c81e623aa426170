"""`samsyn draft`: takes older agreements and a period, writes the draft of the next one as a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from samsyn.commands.outputs import refuse_overwriting
from samsyn.commands.reading import Reading, reading_options
from samsyn.commands.sources import read_sources
from samsyn.terminal import complain, counted, open_output

if TYPE_CHECKING:
    from samsyn.drafting.changes import Changes
    from samsyn.drafting.content import Selection
    from samsyn.drafting.sources import DraftSource


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="OLD...")
@click.option("--period", "period_text", required=True, metavar="PERIOD", help="Such as 2028-2031, or two days.")
@click.option("-o", "--output", required=True, metavar="NEW.docx", help="The Word file to write.")
@click.option("--also", multiple=True, metavar="FILE", help="A neighbour's agreement to propose from.")
@click.option("--drop", multiple=True, metavar="ID", help="Leave out what has this id in OLD: m3, g2, p1, a4.")
@click.option("--only", type=click.Choice(["recurring"]), help="Carry over only measures known from the register.")
@click.option(
    "--from-diff",
    "diff",
    metavar="DIFF.json",
    help="What `samsyn diff --format json` wrote of OLD and another: follow it.",
)
@click.option("--template", metavar="FILE.docx", help="Fill the municipality's own Word template.")
@click.option("--as-revisions", is_flag=True, help="OLD, a Word file, itself with every change tracked.")
@click.option("--clean", is_flag=True, help="No comments, marks and legend.")
@reading_options
def draft(
    *,
    files: tuple[str, ...],
    period_text: str,
    output: str,
    also: tuple[str, ...],
    drop: tuple[str, ...],
    only: str | None,
    diff: str | None,
    template: str | None,
    as_revisions: bool,
    clean: bool,
    reading: Reading,
) -> int:
    """Draft the next agreement from older ones: OLD is the one to renew, then its plan and the follow-ups of promises.

    Each is a document, or the JSON that `samsyn extract` wrote. Text is carried over with its
    origin in comments; old years in it are marked and never changed; what is missing is put in as questions.
    """
    from samsyn.drafting.changes import read_changes
    from samsyn.drafting.content import Selection

    _check_output((*files, *also), output)
    if as_revisions and template is not None:
        raise click.UsageError("--as-revisions changes OLD itself; there is no --template to fill")
    period = _parse_period(period_text)
    sources = _sources(files, also, reading)
    _check_ids(drop, sources[0])
    changes = read_changes(Path(diff), sources[0].agreement) if diff else None
    order = _Order(sources, period, Selection(frozenset(drop), only_recurring=only == "recurring"), changes)
    data = _revised(order, files[0], clean=clean) if as_revisions else _drafted(order, template, clean=clean)
    with open_output(output, binary=True) as stream:
        stream.write(data)
    if not reading.quiet:
        complain(_summary(sources, output))
    return 0


class _Order(NamedTuple):
    """What a draft is to be made of."""

    sources: list[DraftSource]
    period: tuple[str, str]
    selection: Selection
    changes: Changes | None


def _drafted(order: _Order, template: str | None, *, clean: bool) -> bytes:
    from samsyn.draft import draft_agreement
    from samsyn.write.draft_docx import draft_docx

    made = draft_agreement(order.sources, order.period, selection=order.selection, changes=order.changes)
    try:
        return draft_docx(made, clean=clean, template=Path(template).read_bytes() if template else None)
    except ValueError as error:
        raise click.UsageError(f"--template {template}: {error}") from error


def _revised(order: _Order, file: str, *, clean: bool) -> bytes:
    from samsyn.draft import plan_draft_revisions
    from samsyn.write.revisions_draft import revise_docx

    plan = plan_draft_revisions(order.sources, order.period, selection=order.selection, changes=order.changes)
    try:
        return revise_docx(Path(file).read_bytes(), plan, clean=clean).data
    except ValueError as error:
        raise click.UsageError(f"--as-revisions needs OLD as a Word file; {file} is {error}") from error


def _check_output(files: Sequence[str], output: str) -> None:
    if not output.lower().endswith(".docx"):
        raise click.UsageError(f"a draft is a Word file; {output!r} does not end in .docx")
    refuse_overwriting(files, output)


def _parse_period(text: str) -> tuple[str, str]:
    from samsyn.extract.dates import find_spans

    spans = find_spans(text)
    first, last = (spans[0].first, spans[0].last) if len(spans) == 1 else (None, None)
    if not first or not last or last < first:
        raise click.BadParameter(
            f"{text!r} is no period; write 2028-2031 or 2028-07-01--2031-06-30", param_hint="--period"
        )
    return first, last


def _sources(files: Sequence[str], also: Sequence[str], reading: Reading) -> list[DraftSource]:
    from samsyn.drafting.sources import SourceRole

    roles = [*[SourceRole.OWN] * len(files), *[SourceRole.NEIGHBOUR] * len(also)]
    return list(read_sources((*files, *also), roles, reading))


def _check_ids(drop: Sequence[str], source: DraftSource) -> None:
    agreement = source.agreement
    lists = (agreement.focus_areas, agreement.goals, agreement.problem_pictures, agreement.measures)
    unknown = sorted(set(drop) - {item.id for items in lists for item in items})
    if unknown:
        raise click.BadParameter(f"{agreement.source.file} holds no {', '.join(unknown)}", param_hint="--drop")


def _summary(sources: Sequence[DraftSource], output: str) -> str:
    agreement = sources[0].agreement
    areas, goals, measures = len(agreement.focus_areas), len(agreement.goals), len(agreement.measures)
    counts = f"{counted(areas, 'focus area')}, {counted(goals, 'goal')}, {counted(measures, 'measure')}"
    return f"{output}: drafted from {counted(len(sources), 'file')} ({counts} in {agreement.source.file})"
