"""`samsyn corpus matrix`, `timeline`, `coverage`, `series`, `relations`, `stats`: a corpus's answers as tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.commands.corpus_options import (
    corpus_argument,
    filter_options,
    open_corpus,
    output_option,
    row_format,
    write_table,
)

if TYPE_CHECKING:
    from samsyn.corpora.coverage import By as CoverageBy
    from samsyn.corpora.filters import Filters
    from samsyn.corpora.spread import Basis, By

_basis = click.option(
    "--basis",
    type=click.Choice(("any", "measures")),
    default="any",
    show_default=True,
    help="Named anywhere in the agreement, or only measures that are it.",
)


@click.command()
@corpus_argument
@filter_options
@click.option(
    "--by",
    type=click.Choice(("agreement", "municipality", "county", "year")),
    default="agreement",
    show_default=True,
    help="What the columns are.",
)
@_basis
@row_format
@output_option
def matrix(*, corpus: Path, filters: Filters, by: By, basis: Basis, form: str | None, output: str | None) -> None:
    """Show recurring measures against agreements, municipalities, counties or years.

    A cell counts how often an agreement has the measure; of the others, how many of their agreements have it.
    """
    with open_corpus(corpus) as kept:
        write_table(kept.matrix(filters, by=by, basis=basis), form, output)


@click.command()
@corpus_argument
@click.argument("measures", nargs=-1, metavar="[ID]...")
@filter_options
@_basis
@row_format
@output_option
def timeline(
    *, corpus: Path, measures: tuple[str, ...], filters: Filters, basis: Basis, form: str | None, output: str | None
) -> None:
    """Show year by year how far recurring measures have spread: all, or those with these ids and their forms."""
    with open_corpus(corpus) as kept:
        write_table(kept.timeline(filters, measures, basis=basis), form, output)


@click.command()
@corpus_argument
@filter_options
@click.option(
    "--by",
    type=click.Choice(("municipality", "county", "year")),
    default="municipality",
    show_default=True,
    help="What the rows are.",
)
@row_format
@output_option
def coverage(*, corpus: Path, filters: Filters, by: CoverageBy, form: str | None, output: str | None) -> None:
    """Show for which municipalities and years there are agreements, and which are missing."""
    with open_corpus(corpus) as kept:
        write_table(kept.coverage(filters, by=by), form, output)


@click.command()
@corpus_argument
@filter_options
@row_format
@output_option
def series(*, corpus: Path, filters: Filters, form: str | None, output: str | None) -> None:
    """Show the agreements of each municipality and kind in order, with the gaps between them."""
    with open_corpus(corpus) as kept:
        write_table(kept.series(filters), form, output)


@click.command()
@corpus_argument
@click.argument("identity", required=False, metavar="[ID]")
@row_format
@output_option
def relations(*, corpus: Path, identity: str | None, form: str | None, output: str | None) -> None:
    """Show which agreement replaces which, belongs to which, is a copy of which; all, or those of one."""
    with open_corpus(corpus) as kept:
        write_table(kept.relations(identity), form, output)


@click.command()
@corpus_argument
@click.argument("identity", required=False, metavar="[ID]")
@row_format
@output_option
def disagreements(*, corpus: Path, identity: str | None, form: str | None, output: str | None) -> None:
    """Show where copies of one agreement differ in what was read of them."""
    with open_corpus(corpus) as kept:
        write_table(kept.disagreements(identity), form, output)


@click.command()
@corpus_argument
@filter_options
@row_format
@output_option
def stats(*, corpus: Path, filters: Filters, form: str | None, output: str | None) -> None:
    """Show how much there is, and how complete it is."""
    with open_corpus(corpus) as kept:
        write_table(kept.statistics(filters), form, output)
