"""`samsyn corpus areas`, `goals`, `roles`, `renewals`, `completeness`, `report`: what agreements hold, and its page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from samsyn.commands.corpus_options import by_option, corpus_argument, filter_options, open_corpus, table_command
from samsyn.commands.outputs import refuse_overwriting, refuse_page_on_terminal
from samsyn.terminal import Progress, open_output, shows_progress

if TYPE_CHECKING:
    from samsyn.checking.summary import Checked, CompletenessBy, GoalsBy
    from samsyn.corpora.areas import By as AreasBy
    from samsyn.corpora.corpus import Corpus
    from samsyn.corpora.filters import Filters
    from samsyn.corpora.renewals import By as RenewalsBy
    from samsyn.models.table import Table
    from samsyn.write.diff_phrases import Language

_MANY = 20
"""Checks that take long enough for a bar."""

_by_year = by_option("all", "year", help="One row a theme with its titles, or its share year by year.")
_groups = by_option(
    "year", "county", "kind", "agreement", help="What the rows are; the year is that in which the agreement begins."
)
_items = by_option("item", "municipality", help="One row a recurring measure or theme, or one for each municipality.")


@table_command(filter_options, _by_year)
def areas(kept: Corpus, *, filters: Filters, by: AreasBy) -> Table:
    """Show what focus areas are about, the commonest themes first, and how that changes."""
    return kept.areas(filters, by=by)


@table_command(filter_options, _groups)
def goals(kept: Corpus, *, filters: Filters, by: GoalsBy) -> Table:
    """Show how many goals can be measured, judged as 'samsyn check' does."""
    from samsyn.checking.summary import measurable_goals

    return measurable_goals(_checks(kept, filters), by=by)


@table_command(filter_options)
def roles(kept: Corpus, *, filters: Filters) -> Table:
    """Show in which roles agreements are signed, by party; no names."""
    return kept.roles(filters)


@table_command(filter_options, _items)
def renewals(kept: Corpus, *, filters: Filters, by: RenewalsBy) -> Table:
    """Show what is new and gone in the newest agreement of each municipality, beside the one before it."""
    return kept.renewals(filters, by=by)


@table_command(filter_options, by_option("requirement", "agreement", "year"))
def completeness(kept: Corpus, *, filters: Filters, by: CompletenessBy) -> Table:
    """Show how complete agreements are by what 'samsyn check' asks."""
    from samsyn.checking.summary import completeness as complete

    return complete(_checks(kept, filters), by=by)


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

    refuse_page_on_terminal(output, "report.html")
    refuse_overwriting([str(corpus)], output)
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
