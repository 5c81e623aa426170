"""`samsyn corpus review`, `sample`, `quality`: what people say of the values, kept and counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.commands.corpus_options import corpus_argument, filter_options, open_corpus, table_command
from samsyn.terminal import complain, counted, open_output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samsyn.corpora.corpus import Corpus
    from samsyn.corpora.filters import Filters
    from samsyn.models.review import ReviewRow
    from samsyn.models.table import Table

_workbook = click.option("-o", "--output", required=True, metavar="FILE.xlsx", help="The workbook to write.")


@click.group()
def review() -> None:
    """Let people check and correct values in a workbook; their corrections are laid over what was read."""


@review.command("export")
@corpus_argument
@_workbook
@filter_options
@click.option("--limit", type=click.IntRange(1), default=5000, show_default=True, help="Values to write.")
def export_review(*, corpus: Path, output: str, filters: Filters, limit: int) -> None:
    """Write the values to a workbook, one a row with its evidence, the most doubtful first."""
    with open_corpus(corpus) as kept:
        rows = kept.review(filters, limit=limit)
    _write(rows, output)


@review.command("import")
@corpus_argument
@click.argument("workbook", metavar="FILE.xlsx", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--who", help="Who has judged the values. Default: your user name.")
def import_review(*, corpus: Path, workbook: Path, who: str | None) -> int:
    """Take a workbook back with verdicts and corrections; what was taken before is not taken twice.

    A file of corrections from the page of 'samsyn review' (.json) is taken the same way.
    """
    from samsyn.correct import read_corrections
    from samsyn.errors import CorpusError
    from samsyn.write.as_review import read_review

    with open_corpus(corpus) as kept:
        try:
            if workbook.suffix.lower() == ".json":
                rows = iter(kept.rows_of_corrections(read_corrections(workbook)))
            else:
                rows = read_review(workbook)
            taken = kept.take_review(rows, who=who or _user())
        except ValueError as error:
            raise CorpusError(str(error)) from error
    for problem in taken.problems:
        complain(f"{workbook}: {problem}")
    complain(f"{counted(taken.corrections, 'correction')} and {counted(taken.checks, 'check')} kept")
    return 1 if taken.problems else 0


@table_command(name="status")
def review_status(kept: Corpus) -> Table:
    """List the corrections in force and what became of each: whether what it corrected still reads as it did."""
    return kept.corrections()


review.add_command(review_status)


@click.command()
@corpus_argument
@click.option("--n", "size", type=click.IntRange(1), default=50, show_default=True, help="Values to draw.")
@click.option("--each-field", is_flag=True, help="Draw so many of each field.")
@click.option("--seed", default="0", show_default=True, help="Another seed draws other values.")
@_workbook
@filter_options
def sample(*, corpus: Path, size: int, each_field: bool, seed: str, output: str, filters: Filters) -> None:
    """Draw values by chance into a workbook, to be judged right or wrong by hand.

    Take the workbook back with 'samsyn corpus review import'; 'samsyn corpus quality' says what it shows.
    """
    with open_corpus(corpus) as kept:
        rows = kept.sample(size, seed=seed, each_field=each_field, filters=filters)
    _write(rows, output)


_every_check = click.option(
    "--every-check", is_flag=True, help="Count checks outside samples too; doubtful values weigh them down."
)


@table_command(_every_check)
def quality(kept: Corpus, *, every_check: bool) -> Table:
    """Show how right the values of each field are, from people's checks, with 95 percent confidence intervals."""
    return kept.quality(every_check=every_check)


def _write(rows: Sequence[ReviewRow], output: str) -> None:
    from samsyn.write.as_review import write_review

    if not output.lower().endswith(".xlsx"):
        raise click.UsageError(f"{output!r} is no .xlsx file")
    with open_output(output, binary=True) as stream:
        write_review(rows, stream)  # type: ignore[arg-type]  # opened as bytes
    complain(f"{counted(len(rows), 'value')} written to {output}")


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise click.UsageError("say who has judged the values: --who NAME") from None
