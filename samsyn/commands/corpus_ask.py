"""`samsyn corpus list`, `show`, `search`: what is in a corpus."""

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
    table_command,
    write_table,
)
from samsyn.commands.outputs import format_named, refuse_bytes_on_terminal, refuse_overwriting
from samsyn.terminal import complain, open_output, shows_output
from samsyn.write import FORMATS, format_of

if TYPE_CHECKING:
    from samsyn.corpora.corpus import Corpus
    from samsyn.corpora.filters import Filters
    from samsyn.models.table import Table


@table_command(filter_options, name="list")
def list_agreements(kept: Corpus, *, filters: Filters) -> Table:
    """List the agreements, by municipality and period."""
    return kept.listing(filters)


@click.command()
@corpus_argument
@click.argument("identities", nargs=-1, required=True, metavar="ID...")
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), help="Default: text on a terminal, else JSON.")
@output_option
def show(*, corpus: Path, identities: tuple[str, ...], form: str | None, output: str | None) -> None:
    """Show agreements whole, as 'samsyn extract' would print them, with people's corrections."""
    from samsyn.write import write_agreements

    refuse_overwriting([str(corpus)], output)
    form = format_named(form, output, format_of) or ("text" if shows_output() else "json")
    refuse_bytes_on_terminal(form, output, binary=FORMATS[form].binary)
    with open_corpus(corpus) as kept:
        agreements = [kept.agreement(identity) for identity in identities]
    with open_output(output, binary=FORMATS[form].binary) as stream:
        write_agreements(agreements, stream, form, several=len(agreements) > 1)


@click.command()
@corpus_argument
@click.argument("query")
@filter_options
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Agreements to show.")
@click.option("--hits", type=click.IntRange(1), default=3, show_default=True, help="Passages to show of each.")
@row_format
@output_option
def search(
    *, corpus: Path, query: str, filters: Filters, limit: int, hits: int, form: str | None, output: str | None
) -> None:
    """Find passages that answer QUERY, the best agreements first.

    \b
    word            in any inflection; several words: all of them, somewhere in the agreement
    "two words"     in a row
    word*  *word*   the beginning of a word, a part of a compound
    -word           not in the agreement
    one OR other    either of them
    """
    from samsyn.corpora.search import HITS
    from samsyn.models.table import Table

    refuse_overwriting([str(corpus)], output)
    with open_corpus(corpus) as kept:
        found = kept.search(query, filters, limit=limit, hits_each=hits)
    write_table(Table(HITS, found.hits), form, output)
    if found.agreements > limit:
        complain(f"the best {limit} of {found.agreements} agreements; --limit shows more")
