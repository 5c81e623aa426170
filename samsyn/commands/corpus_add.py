"""`samsyn corpus add`, `files`, `rebuild`, `check`: what goes into a corpus, and whether it is whole."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.commands.corpus_options import corpus_argument, open_corpus, table_command
from samsyn.commands.reading import Reading, reading_options
from samsyn.terminal import Progress, complain, shows_progress

if TYPE_CHECKING:
    from samsyn.collect import ReadSettings
    from samsyn.corpora.corpus import Corpus, Outcome
    from samsyn.models.table import Table

_OUTCOMES = ("added", "refreshed", "unchanged", "known", "failed")


@click.command()
@corpus_argument
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(readable=False, path_type=Path))
@click.option("--executor", metavar="ADDRESS", help="Read on a Dask cluster, such as dask://host:8786.")
@reading_options
def add(*, corpus: Path, paths: tuple[Path, ...], executor: str | None, reading: Reading) -> int:
    """Read files into CORPUS, which is made when it is not there.

    PATH is a file, a folder, an archive (.zip) or a list of files (.csv with a column 'path' and what is known:
    municipality, kind, period, address). What the corpus has already is not read again. Stopped at any moment, it
    goes on where it was when started again.
    """
    from samsyn.collect import collect, executor_at
    from samsyn.corpora.intake import list_files

    files = list_files(paths)
    if not files:
        complain(f"{', '.join(map(str, paths))}: no document is in it")
    with contextlib.ExitStack() as stack:
        kept = stack.enter_context(open_corpus(corpus, create=True))
        progress = stack.enter_context(_progress(reading, len(files)))
        settings = _settings(reading, len(files), progress)
        if executor is not None:
            settings = settings._replace(executor=stack.enter_context(executor_at(executor)))
        outcomes = stack.enter_context(contextlib.closing(collect(kept, files, settings)))
        return report(progress.follow(outcomes), quiet=reading.quiet)


@click.command()
@corpus_argument
@click.option("--all", "everything", is_flag=True, help="Also what this version of the extractor has read.")
@reading_options
def refresh(*, corpus: Path, everything: bool, reading: Reading) -> int:
    """Read again what an older version of the extractor has read; people's corrections stay.

    A file that is no longer where it was is understood anew from the document that was kept of it.
    """
    from samsyn.collect import refresh_files
    from samsyn.corpora.versions import extractor_version

    with open_corpus(corpus) as kept:
        total = len(kept.outdated("" if everything else extractor_version(reading.register)))
        with _progress(reading, total) as progress:
            outcomes = refresh_files(kept, _settings(reading, total, progress), everything=everything)
            with contextlib.closing(outcomes):
                code = report(progress.follow(outcomes), quiet=reading.quiet)
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


def _progress(reading: Reading, files: int) -> Progress:
    return Progress(total=files, shown=not reading.quiet and shows_progress())


def _settings(reading: Reading, files: int, progress: Progress) -> ReadSettings:
    from samsyn.collect import ReadSettings

    reading = reading.for_files(files)
    return ReadSettings(
        jobs=reading.processes(files),
        timeout=reading.timeout,
        memory=reading.memory,
        options=reading.options,
        register=reading.register,
        on_page=progress.page,
    )


@table_command()
def files(kept: Corpus) -> Table:
    """List every file that was met, and what became of it."""
    return kept.files()


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
