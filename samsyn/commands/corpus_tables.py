"""`samsyn corpus matrix`, `timeline`, `coverage`, `series`, `relations`, `stats`: a corpus's answers as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from samsyn.commands.corpus_options import by_option, filter_options, table_command

if TYPE_CHECKING:
    from samsyn.corpora.corpus import Corpus
    from samsyn.corpora.coverage import By as CoverageBy
    from samsyn.corpora.filters import Filters
    from samsyn.corpora.spread import Basis, By
    from samsyn.models.table import Table

_basis = click.option(
    "--basis",
    type=click.Choice(("any", "measures")),
    default="any",
    show_default=True,
    help="Named anywhere in the agreement, or only measures that are it.",
)
_measures = click.argument("measures", nargs=-1, metavar="[ID]...")
_one = click.argument("identity", required=False, metavar="[ID]")
_columns = by_option("agreement", "municipality", "county", "year", help="What the columns are.")


@table_command(filter_options, _columns, _basis)
def matrix(kept: Corpus, *, filters: Filters, by: By, basis: Basis) -> Table:
    """Show recurring measures against agreements, municipalities, counties or years.

    A cell counts how often an agreement has the measure; of the others, how many of their agreements have it.
    """
    return kept.matrix(filters, by=by, basis=basis)


@table_command(_measures, filter_options, _basis)
def timeline(kept: Corpus, *, measures: tuple[str, ...], filters: Filters, basis: Basis) -> Table:
    """Show year by year how far recurring measures have spread: all, or those with these ids and their forms."""
    return kept.timeline(filters, measures, basis=basis)


@table_command(filter_options, by_option("municipality", "county", "year"))
def coverage(kept: Corpus, *, filters: Filters, by: CoverageBy) -> Table:
    """Show for which municipalities and years there are agreements, and which are missing."""
    return kept.coverage(filters, by=by)


@table_command(filter_options)
def series(kept: Corpus, *, filters: Filters) -> Table:
    """Show the agreements of each municipality and kind in order, with the gaps between them."""
    return kept.series(filters)


@table_command(_one)
def relations(kept: Corpus, *, identity: str | None) -> Table:
    """Show which agreement replaces which, belongs to which, is a copy of which; all, or those of one."""
    return kept.relations(identity)


@table_command(_one)
def disagreements(kept: Corpus, *, identity: str | None) -> Table:
    """Show where copies of one agreement differ in what was read of them."""
    return kept.disagreements(identity)


@table_command(filter_options)
def stats(kept: Corpus, *, filters: Filters) -> Table:
    """Show how much there is, and how complete it is."""
    return kept.statistics(filters)
