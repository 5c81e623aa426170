"""`samsyn check`: takes agreements, writes how complete each is, point by point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import click

from samsyn.commands.outputs import format_named, refuse_overwriting
from samsyn.commands.reading import Reading, reading_options
from samsyn.commands.sources import try_sources
from samsyn.errors import UnreadableDocument
from samsyn.terminal import complain, open_output
from samsyn.write.checks import CHECK_FORMATS, check_format_of

if TYPE_CHECKING:
    from samsyn.models.check import CheckReport
    from samsyn.write.diff_phrases import Language


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format", "form", type=click.Choice(tuple(CHECK_FORMATS)), help="Default: by the ending of OUT, else text."
)
@click.option("-o", "--output", metavar="OUT", help="Write to this file instead.")
@click.option("--fail-under", type=click.IntRange(0, 100), metavar="PERCENT", help="Exit with 1 when a file has less.")
@click.option(
    "--lang", "language", type=click.Choice(("sv", "en")), default="sv", show_default=True, help="Of the report."
)
@reading_options
def check(
    *,
    files: tuple[str, ...],
    form: str | None,
    output: str | None,
    fail_under: int | None,
    language: str,
    reading: Reading,
) -> int:
    """Check what agreements hold of what they ought to: by Brå's guidance and by Lag (2023:196).

    Each FILE is a document, or the JSON that `samsyn extract` wrote. Every point is found, partly met or missing,
    with evidence and source; every goal is measurable or not, with the reason.
    """
    from samsyn.write.checks import write_checks

    refuse_overwriting(files, output)
    form = format_named(form, output, check_format_of) or "text"
    reports, failed = _reports(files, reading, cast("Language", language))
    if reports:
        with open_output(output, binary=False) as stream:
            write_checks(reports, stream, form, language=cast("Language", language))
    low = [report for report in reports if _is_low(report, fail_under)]
    for report in low:
        complain(f"{report.file}: {report.score} percent, less than {fail_under}")
    return 1 if failed or low else 0


def _reports(files: Sequence[str], reading: Reading, language: Language) -> tuple[list[CheckReport], bool]:
    """The reports of the files that can be read, and whether any could not."""
    from samsyn.check import check_agreement

    reports = []
    failed = False
    for _, source in try_sources(files, reading):
        if isinstance(source, UnreadableDocument):
            complain(str(source))
            failed = True
            continue
        reports.append(check_agreement(source.agreement, source.parts, language=language))
    return reports, failed


def _is_low(report: CheckReport, fail_under: int | None) -> bool:
    return fail_under is not None and report.score is not None and report.score < fail_under
