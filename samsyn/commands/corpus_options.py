"""Options that the commands of a corpus share: takes what the user gave, gives filters; writes tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import click

from samsyn.commands.outputs import format_named, refuse_overwriting
from samsyn.terminal import open_output, shows_output

if TYPE_CHECKING:
    from samsyn.corpora.corpus import Corpus
    from samsyn.corpora.filters import Filters
    from samsyn.models.table import Table

Command = TypeVar("Command", bound=Callable[..., Any])
Option: TypeAlias = Callable[[Any], Any]
Question: TypeAlias = "Callable[..., Table]"

KINDS = ("samverkansöverenskommelse", "handlingsplan", "medborgarlöfte", "uppföljning", "annat")
ROW_FORMATS = ("table", "csv", "json", "jsonl")

corpus_argument = click.argument("corpus", metavar="CORPUS", type=click.Path(readable=False, path_type=Path))
row_format = click.option(
    "--format", "form", type=click.Choice(ROW_FORMATS), help="Default: table on a terminal, else JSON."
)
output_option = click.option("-o", "--output", metavar="OUT", help="Write to this file instead.")


def table_command(*options: Option, name: str | None = None) -> Callable[[Question], click.Command]:
    """Make a command of a question: a function that takes a corpus and the values of `options` and gives a table.

    The command, called `name` or as the function, opens the corpus and writes the table in the format asked for.
    """

    def command(question: Question) -> click.Command:
        @wraps(question)
        def ask(*, corpus: Path, form: str | None, output: str | None, **given: Any) -> None:
            refuse_overwriting([str(corpus)], output)
            with open_corpus(corpus) as kept:
                write_table(question(kept, **given), form, output)

        decorated: Any = ask
        for option in reversed((corpus_argument, *options, row_format, output_option)):
            decorated = option(decorated)
        return click.command(name)(decorated)

    return command


def by_option(*choices: str, help: str = "What the rows are.") -> Option:
    """The option --by of a table; the first choice is the default."""
    return click.option("--by", type=click.Choice(choices), default=choices[0], show_default=True, help=help)


_FILTERS = (
    click.option("--municipality", "municipalities", multiple=True, help="Name or code. May be given several times."),
    click.option("--county", "counties", multiple=True, help="Such as Skåne."),
    click.option("--region", "regions", multiple=True, help="Police region, such as Öst."),
    click.option("--year", "years", metavar="YEARS", help="Valid in 2016, 2016-2019, 2016- or -2019."),
    click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Kind of document."),
    click.option("--recurring", multiple=True, metavar="ID", help="Has this recurring measure, or a form of it."),
    click.option("--copies", is_flag=True, help="Count every copy of an agreement, not one of them."),
)


def filter_options(command: Command) -> Command:
    """The options that say which agreements are meant; the command gets them as `filters`."""

    @wraps(command)
    def with_filters(**options: Any) -> Any:
        names = ("municipalities", "counties", "regions", "years", "kinds", "recurring", "copies")
        given = {name: options.pop(name) for name in names}
        return command(filters=_filters(**given), **options)

    decorated: Any = with_filters
    for option in reversed(_FILTERS):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def _filters(*, years: str | None, **given: Any) -> Filters:
    from samsyn.corpora.filters import Filters, years_of

    first, last = years_of(years) if years else (None, None)
    return Filters(first_year=first, last_year=last, **given)


def open_corpus(path: Path, *, create: bool = False) -> Corpus:
    """The corpus at `path`; says so when its query tables are made anew, which takes a while."""
    from samsyn.corpora.corpus import Corpus
    from samsyn.terminal import complain

    exists = path.exists() and path.stat().st_size > 0

    def notice() -> None:
        if exists:
            complain(f"{path}: making the query tables anew")

    return Corpus(path, create=create, notice=notice)


def write_table(table: Table, form: str | None, output: str | None = None) -> None:
    """Write the table to `output` or standard output, in the format asked for or the usual one."""
    from samsyn.write.as_rows import write_rows

    form = format_named(form, output, _format_of) or ("table" if shows_output() else "json")
    with open_output(output, binary=False) as stream:
        write_rows(table, stream, form)  # type: ignore[arg-type]  # opened as text


def _format_of(output: str) -> str | None:
    suffix = Path(output).suffix.lower().removeprefix(".")
    return "table" if suffix == "txt" else suffix if suffix in ROW_FORMATS else None
