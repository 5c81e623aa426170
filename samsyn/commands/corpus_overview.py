"""`samsyn corpus areas`, `goals`, `roles`, `renewals`, `completeness`, `report`: what agreements hold, and its page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from samsyn.commands.corpus_options import (
    corpus_argument,
    filter_options,
    open_corpus,
    output_option,
    row_format,
    write_table,
)
from samsyn.terminal import Progress, open_output, shows_output, shows_progress

if TYPE_CHECKING:
    from samsyn.checking.summary import Checked, CompletenessBy, GoalsBy
    from samsyn.corpora.areas import By as AreasBy
    from samsyn.corpora.corpus import Corpus
    from samsyn.corpora.filters import Filters
    from samsyn.corpora.renewals import By as RenewalsBy
    from samsyn.write.diff_phrases import Language

_MANY = 20
"""Checks that take long enough for a bar."""


@click.command()
@corpus_argument
@filter_options
@click.option(
    "--by",
    type=click.Choice(("all", "year")),
    default="all",
    show_default=True,
    help="One row a theme with its titles, or its share year by year.",
)
@row_format
@output_option
def areas(*, corpus: Path, filters: Filters, by: AreasBy, form: str | None, output: str | None) -> None:
    """Show what focus areas are about, the commonest themes first, and how that changes."""
    with open_corpus(corpus) as kept:
        write_table(kept.areas(filters, by=by), form, output)


@click.command()
@corpus_argument
@filter_options
@click.option(
    "--by",
    type=click.Choice(("year", "county", "kind", "agreement")),
    default="year",
    show_default=True,
    help="What the rows are; the year is that in which the agreement begins.",
)
@row_format
@output_option
def goals(*, corpus: Path, filters: Filters, by: GoalsBy, form: str | None, output: str | None) -> None:
    """Show how many goals can be measured, judged as 'samsyn check' does."""
    from samsyn.checking.summary import measurable_goals

    with open_corpus(corpus) as kept:
        write_table(measurable_goals(_checks(kept, filters), by=by), form, output)


@click.command()
@corpus_argument
@filter_options
@row_format
@output_option
def roles(*, corpus: Path, filters: Filters, form: str | None, output: str | None) -> None:
    """Show in which roles agreements are signed, by party; no names."""
    with open_corpus(corpus) as kept:
        write_table(kept.roles(filters), form, output)


@click.command()
@corpus_argument
@filter_options
@click.option(
    "--by",
    type=click.Choice(("item", "municipality")),
    default="item",
    show_default=True,
    help="One row a recurring measure or theme, or one for each municipality.",
)
@row_format
@output_option
def renewals(*, corpus: Path, filters: Filters, by: RenewalsBy, form: str | None, output: str | None) -> None:
    """Show what is new and gone in the newest agreement of each municipality, beside the one before it."""
    with open_corpus(corpus) as kept:
        write_table(kept.renewals(filters, by=by), form, output)


@click.command()
@corpus_argument
@filter_options
@click.option(
    "--by",
    type=click.Choice(("requirement", "agreement", "year")),
    default="requirement",
    show_default=True,
    help="What the rows are.",
)
@row_format
@output_option
def completeness(*, corpus: Path, filters: Filters, by: CompletenessBy, form: str | None, output: str | None) -> None:
    """Show how complete agreements are by what 'samsyn check' asks."""
    from samsyn.checking.summary import completeness as complete

    with open_corpus(corpus) as kept:
        write_table(complete(_checks(kept, filters), by=by), form, output)


@click.command()
@corpus_argument
@click.option("-o", "--output", metavar="OUT", help="Write the page to this file, such as report.html.")
@click.option(
    "--lang", "language", type=click.Choice(("sv", "en")), default="sv", show_default=True, help="Of the page."
)
@filter_options
def report(*, corpus: Path, output: str | None, language: str, filters: Filters) -> None:
    """Write a page about the corpus: coverage, measures, focus areas, goals, who signs, completeness, what is new.

    Each figure has its table and the command that gives it. The page works offline.
    """
    from samsyn.overview import report_on
    from samsyn.write.report_html import write_report

    if output is None and shows_output():
        raise click.UsageError("a page is not for the terminal; give -o report.html")
    with open_corpus(corpus) as kept:
        made = report_on(kept, _checks(kept, filters), filters)
    with open_output(output, binary=False) as stream:
        write_report(made, stream, language=cast("Language", language))


def _checks(corpus: Corpus, filters: Filters) -> Iterator[Checked]:
    """The checks of all agreements, with a bar while they are made."""
    from samsyn.survey import check_all

    total = len(corpus.ids(filters))
    with Progress(total=total, shown=total > _MANY and shows_progress()) as progress:
        yield from progress.follow(check_all(corpus, filters))
