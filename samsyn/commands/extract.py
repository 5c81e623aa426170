"""`samsyn extract`: takes files, writes what was read of them in the format asked for."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.commands.outputs import format_named, refuse_bytes_on_terminal, refuse_overwriting
from samsyn.commands.reading import Reading, outcomes_of, reading_options
from samsyn.errors import CorrectionsError
from samsyn.terminal import complain, counted, debugging, open_output, shows_output
from samsyn.write import FORMATS, format_of

if TYPE_CHECKING:
    from samsyn.batch import Outcome
    from samsyn.models.agreement import Agreement
    from samsyn.models.corrections import Corrections

_FOLDER_FORMATS = ("csv",)
"""Formats that can fill a folder instead of a file."""


class _Tally:
    """Counts what happened while the results stream by."""

    def __init__(self) -> None:
        self.read = 0
        self.failed = 0
        self.warnings = 0


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), help="Default: text on a terminal, else JSON.")
@click.option("-o", "--output", metavar="OUT", help="Write to this file (csv: or folder) instead.")
@click.option("--all", "every", is_flag=True, help="Give every agreement of a file, not the main one alone.")
@click.option("--strict", is_flag=True, help="Exit with 1 when there are warnings.")
@click.option(
    "--corrections",
    "corrected",
    metavar="FILE",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Put in what was corrected on the page of `samsyn review`; may be repeated.",
)
@click.option("--name", metavar="NAME", help="What to call standard input (FILE '-'), such as plan.pdf.")
@reading_options
def extract(
    *,
    files: tuple[str, ...],
    form: str | None,
    output: str | None,
    every: bool,
    strict: bool,
    corrected: tuple[Path, ...],
    name: str | None,
    reading: Reading,
) -> int:
    """Read agreements from .pdf, .docx, .doc, .odt, .rtf, .txt and .md files; '-' is standard input.

    One file gives one JSON object, several give one object a line, unless --format or the ending of OUT says
    otherwise. A file that cannot be read is named on standard error; the others are read all the same.
    """
    _check_standard_input(files, name)
    refuse_overwriting(files, output)
    several = len(files) > 1 or every
    form = _choose_format(form, output, several=several)
    tally = _Tally()
    corrections = _Corrections(corrected)
    with contextlib.closing(outcomes_of(files, reading, name=name, every=every)) as outcomes:
        _write(_agreements(outcomes, tally, corrections), form, output, several=several)
    tally.failed += corrections.complain_of_unused()
    return _exit_code(tally, files=len(files), strict=strict, quiet=reading.quiet)


def _check_standard_input(files: Sequence[str], name: str | None) -> None:
    if files.count("-") > 1:
        raise click.UsageError("standard input ('-') can be read only once")
    if name is not None and "-" not in files:
        raise click.UsageError("--name is for standard input ('-')")


def _choose_format(form: str | None, output: str | None, *, several: bool) -> str:
    form = format_named(form, output, lambda written: "csv" if _is_folder(written) else format_of(written))
    if form is None:
        form = "text" if shows_output() else "jsonl" if several else "json"
    refuse_bytes_on_terminal(form, output, binary=FORMATS[form].binary)
    if output is not None and _is_folder(output) and form not in _FOLDER_FORMATS:
        raise click.UsageError(f"{output!r} is a folder; only {', '.join(_FOLDER_FORMATS)} can fill one")
    return form


def _is_folder(output: str) -> bool:
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


class _Corrections:
    """The files of corrections, and which of them were of a file that was read."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._files: list[tuple[Path, Corrections]] = []
        self._used: set[Path] = set()
        if paths:
            from samsyn.correct import read_corrections

            self._files = [(path, read_corrections(path)) for path in paths]

    def apply(self, agreements: tuple[Agreement, ...]) -> tuple[Agreement, ...]:
        """The agreements of one file, corrected. Raises CorrectionsError when its corrections do not fit."""
        for path, corrections in self._files:
            if any(agreement.source.sha256 == corrections.sha256 for agreement in agreements):
                from samsyn.correct import apply_corrections

                self._used.add(path)
                numbered = enumerate(agreements, 1)
                agreements = tuple(apply_corrections(found, corrections, number=number) for number, found in numbered)
        return agreements

    def complain_of_unused(self) -> int:
        """How many files of corrections were of no file that was read; each is named on standard error."""
        unused = [(path, corrections) for path, corrections in self._files if path not in self._used]
        for path, corrections in unused:
            complain(f"{path}: made for another file ({corrections.file or corrections.sha256[:12]}), not used")
        return len(unused)


def _agreements(outcomes: Iterable[Outcome], tally: _Tally, corrections: _Corrections) -> Iterator[Agreement]:
    """The agreements of the files that could be read; of the others, a line on standard error."""
    for outcome in outcomes:
        if outcome.error is not None:
            tally.failed += 1
            complain(f"{outcome.name}: {outcome.error}")
            if debugging() and outcome.trace:
                sys.stderr.write(outcome.trace)
            continue
        try:
            agreements = corrections.apply(outcome.agreements)
        except CorrectionsError as error:
            tally.failed += 1
            complain(f"{outcome.name}: {error}")
            continue
        tally.read += 1
        for agreement in agreements:
            tally.warnings += len(agreement.warnings)
            yield agreement


def _write(agreements: Iterator[Agreement], form: str, output: str | None, *, several: bool) -> None:
    from samsyn.write import write_agreements

    if output is not None and _is_folder(output):
        from samsyn.write.as_csv import write_csv_folder

        write_csv_folder(agreements, Path(output))
        return
    first = next(agreements, None)
    if first is None:
        return  # nothing could be read: what OUT holds stays
    agreements = chain((first,), agreements)
    with open_output(output, binary=FORMATS[form].binary) as stream:
        write_agreements(agreements, stream, form, several=several)


def _exit_code(tally: _Tally, *, files: int, strict: bool, quiet: bool) -> int:
    if not quiet and (tally.warnings or files > 1):
        complain(f"{tally.read} of {counted(files, 'file')} read, {counted(tally.warnings, 'warning')}")
    return 1 if tally.failed or (strict and tally.warnings) else 0
