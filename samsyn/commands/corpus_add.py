"""`samsyn corpus add`, `files`, `rebuild`, `check`: what goes into a corpus, and whether it is whole."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.commands.corpus_options import corpus_argument, open_corpus, output_option, row_format, write_table
from samsyn.terminal import complain, follow

if TYPE_CHECKING:
    from samsyn.corpora.corpus import Outcome

_OUTCOMES = ("added", "refreshed", "unchanged", "known", "failed")


_register = click.option(
    "--register",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path),
    help="Recurring measures of your own, laid over the built-in register.",
)


@click.command()
@corpus_argument
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Files read at a time. Default: one a core.")
@click.option("--timeout", type=click.FloatRange(0.1), default=300, show_default=True, help="Seconds a file may take.")
@click.option("--password", envvar="SAMSYN_PASSWORD", help="Opens encrypted files. Also $SAMSYN_PASSWORD.")
@_register
@click.option("--executor", metavar="ADDRESS", help="Read on a Dask cluster, such as dask://host:8786.")
@click.option("--quiet", is_flag=True, help="No progress and no count.")
def add(
    *,
    corpus: Path,
    paths: tuple[Path, ...],
    jobs: int | None,
    timeout: float,
    password: str | None,
    register: Path | None,
    executor: str | None,
    quiet: bool,
) -> int:
    """Read files into CORPUS, which is made when it is not there.

    PATH is a file, a folder, an archive (.zip) or a list of files (.csv with a column 'path' and what is known:
    municipality, kind, period, address). What the corpus has already is not read again. Stopped at any moment, it
    goes on where it was when started again.
    """
    from samsyn.collect import ReadSettings, collect, executor_at
    from samsyn.corpora.intake import list_files

    files = list_files(paths)
    if not files:
        complain("there is nothing to read in it")
    with contextlib.ExitStack() as stack:
        kept = stack.enter_context(open_corpus(corpus, create=True))
        settings = ReadSettings(jobs=min(jobs or _cores(), max(1, len(files))), timeout=timeout, password=password)
        if executor is not None:
            settings = settings._replace(executor=stack.enter_context(executor_at(executor)))
        settings = settings._replace(register=register)
        outcomes = stack.enter_context(contextlib.closing(collect(kept, files, settings)))
        shown = not quiet and len(files) > 1 and sys.stderr.isatty()
        return report(follow(outcomes, total=len(files), shown=shown), quiet=quiet)


@click.command()
@corpus_argument
@click.option("--all", "everything", is_flag=True, help="Also what this version of the extractor has read.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Files read at a time. Default: one a core.")
@click.option("--timeout", type=click.FloatRange(0.1), default=300, show_default=True, help="Seconds a file may take.")
@click.option("--password", envvar="SAMSYN_PASSWORD", help="Opens encrypted files. Also $SAMSYN_PASSWORD.")
@_register
@click.option("--quiet", is_flag=True, help="No progress and no count.")
def refresh(
    *,
    corpus: Path,
    everything: bool,
    jobs: int | None,
    timeout: float,
    password: str | None,
    register: Path | None,
    quiet: bool,
) -> int:
    """Read again what an older version of the extractor has read; people's corrections stay.

    A file that is no longer where it was is understood anew from the document that was kept of it.
    """
    from samsyn.collect import ReadSettings, refresh_files
    from samsyn.corpora.versions import extractor_version

    settings = ReadSettings(jobs=jobs or _cores(), timeout=timeout, password=password, register=register)
    with open_corpus(corpus) as kept:
        total = len(kept.outdated("" if everything else extractor_version(register)))
        with contextlib.closing(refresh_files(kept, settings, everything=everything)) as outcomes:
            shown = not quiet and total > 1 and sys.stderr.isatty()
            code = report(follow(outcomes, total=total, shown=shown), quiet=quiet)
        doubtful = [row for row in kept.corrections().rows if row[6] not in ("applied", "agrees")]
    if doubtful:
        complain(f"{len(doubtful)} corrections need a look; see 'samsyn corpus review status {corpus}'")
    return code


def report(outcomes: Iterable[Outcome], *, quiet: bool) -> int:
    """Say on standard error what failed, and at the end how many did what; the exit code."""
    counts = Counter(_told(outcomes))
    if not quiet:
        said = [f"{counts[name]} {name}" for name in _OUTCOMES if counts[name]]
        complain(", ".join(said) or "nothing done")
    return 1 if counts["failed"] else 0


def _told(outcomes: Iterable[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        if outcome.reason is not None:
            complain(f"{outcome.place}: {outcome.reason}")
        yield outcome.outcome


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return min(8, len(os.sched_getaffinity(0)))
    return min(8, os.cpu_count() or 1)


@click.command()
@corpus_argument
@row_format
@output_option
def files(*, corpus: Path, form: str | None, output: str | None) -> None:
    """List every file that was met, and what became of it."""
    with open_corpus(corpus) as kept:
        write_table(kept.files(), form, output)


@click.command()
@corpus_argument
def rebuild(*, corpus: Path) -> None:
    """Make the query tables anew from what is kept."""
    with open_corpus(corpus) as kept:
        kept.rebuild()


@click.command()
@corpus_argument
def check(*, corpus: Path) -> int:
    """Say whether the corpus is whole: the file, its references, its search index."""
    with open_corpus(corpus) as kept:
        problems = kept.problems()
    for problem in problems:
        complain(f"{corpus}: {problem}")
    if not problems:
        click.echo("whole")
    return 1 if problems else 0
