"""`samsyn corpus diff`: what changed from one period of a municipality to the next, its agreements found by name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from samsyn.commands.corpus_options import KINDS, corpus_argument, open_corpus, output_option
from samsyn.commands.diff import compare_in_order, exit_code
from samsyn.commands.outputs import format_named, refuse_bytes_on_terminal, refuse_overwriting
from samsyn.terminal import complain, open_output
from samsyn.write.comparisons import DIFF_FORMATS, diff_format_of

if TYPE_CHECKING:
    from samsyn.models.agreement import Agreement
    from samsyn.write.diff_phrases import Language


@click.command()
@corpus_argument
@click.argument("names", nargs=-1, required=True, metavar="MUNICIPALITY | ID ID...")
@click.option("--kind", type=click.Choice(KINDS), default=KINDS[0], show_default=True, help="Kind of document.")
@click.option("--year", "years", metavar="YEARS", help="Only agreements valid in 2016, 2016-2019, 2016- or -2019.")
@click.option("--all", "every", is_flag=True, help="All its agreements in their order, not the two newest.")
@click.option("--format", "form", type=click.Choice(tuple(DIFF_FORMATS)), help="Default: by OUT, else text.")
@output_option
@click.option("--no-exit-code", is_flag=True, help="Exit with 0 also when there are differences.")
@click.option(
    "--lang", "language", type=click.Choice(("sv", "en")), default="sv", show_default=True, help="Of the report."
)
def diff(
    *,
    corpus: Path,
    names: tuple[str, ...],
    kind: str,
    years: str | None,
    every: bool,
    form: str | None,
    output: str | None,
    no_exit_code: bool,
    language: str,
) -> int:
    """Compare the two newest agreements of a municipality, or those with these ids, in the order of their periods.

    Exit codes: 0 no difference, 1 differences, 2 trouble.
    """
    from samsyn.write.comparisons import write_comparison

    refuse_overwriting([str(corpus)], output)
    form = format_named(form, output, diff_format_of) or "text"
    refuse_bytes_on_terminal(form, output, binary=DIFF_FORMATS[form].binary)

    def differs() -> bool:
        result = compare_in_order(_agreements(corpus, names, kind, years, every=every))
        with open_output(output, binary=DIFF_FORMATS[form].binary) as stream:
            write_comparison(result, stream, form, language=cast("Language", language))
        return result.differs

    return exit_code(differs, no_exit_code=no_exit_code)


def _agreements(
    corpus: Path, names: tuple[str, ...], kind: str, years: str | None, *, every: bool
) -> tuple[Agreement, ...]:
    """The agreements with these ids, or those of the municipality, in order; says on standard error which they are."""
    from samsyn.corpora.filters import Filters, years_of

    with open_corpus(corpus) as kept:
        ids = names
        if len(names) == 1:
            first, last = years_of(years) if years else (None, None)
            filters = Filters(municipalities=names, first_year=first, last_year=last, kinds=(kind,))
            ids = kept.generations(filters)
            ids = ids if every else ids[-2:]
        agreements = tuple(entry.agreement.model_copy(update={"id": entry.id}) for entry in map(kept.entry, ids))
    if len(agreements) < 2:
        raise click.UsageError(f"there are not two of {names[0]} to compare (found: {', '.join(ids) or 'none'})")
    complain(f"comparing {', '.join(ids)}")
    return agreements
