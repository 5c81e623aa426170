"""`samsyn corpus export`: a corpus as a data set to publish."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.commands.corpus_options import corpus_argument, filter_options, open_corpus
from samsyn.terminal import complain

if TYPE_CHECKING:
    from samsyn.corpora.filters import Filters

_FORMATS = ("csv", "jsonl", "parquet", "xlsx")


@click.command()
@corpus_argument
@click.option("-o", "--output", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Where it is put.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="csv", show_default=True, help="Of the tables.")
@filter_options
@click.option("--pseudonymise", is_flag=True, help="Leave out the names of those who signed.")
@click.option("--texts", is_flag=True, help="Also the texts of the documents.")
@click.option("--title", help="What the data set is called.")
@click.option("--author", "authors", multiple=True, help="Who is to be cited. May be given several times.")
@click.option("--licence", help="Such as CC-BY-4.0.")
def export(
    *,
    corpus: Path,
    output: Path,
    form: str,
    filters: Filters,
    pseudonymise: bool,
    texts: bool,
    title: str | None,
    authors: tuple[str, ...],
    licence: str | None,
) -> None:
    """Write the tables to a folder, with data dictionary, datapackage.json, dataset card and citation file.

    The same corpus gives the same bytes. Empty values mean that nothing was found.
    """
    from samsyn.corpora.export import Wishes
    from samsyn.errors import CorpusError
    from samsyn.write.as_dataset import write_dataset

    wishes = Wishes(filters, authors=authors, licence=licence, pseudonymise=pseudonymise, texts=texts)
    if title:
        wishes = wishes._replace(title=title)
    with open_corpus(corpus) as kept:
        try:
            dataset = kept.dataset(wishes)
            write_dataset(dataset, output, form)
        except (FileExistsError, ValueError) as error:
            raise CorpusError(str(error)) from error
    complain(f"written to {output}")
