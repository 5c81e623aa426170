"""`samsyn diff`: takes agreements in the order of their periods, writes what became of everything in them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from samsyn.commands.outputs import format_named, refuse_bytes_on_terminal, refuse_overwriting
from samsyn.commands.reading import Reading, read_whole, reading_options
from samsyn.errors import SamsynError, UnreadableDocument
from samsyn.terminal import complain, counted, debugging, open_output, spool_input
from samsyn.write.comparisons import DIFF_FORMATS, diff_format_of

if TYPE_CHECKING:
    from samsyn.models.agreement import Agreement
    from samsyn.models.comparison import Comparison, Series
    from samsyn.write.diff_phrases import Language

_REDLINE = "redline"
"""The format that is made from the documents themselves: OLD as a Word file with every change tracked."""

SAME, DIFFERENT, TROUBLE = 0, 1, 2
"""Exit codes, as `diff` has them."""


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="OLD NEW...")
@click.option(
    "--format", "form", type=click.Choice((*DIFF_FORMATS, _REDLINE)), help="Default: by the ending of OUT, else text."
)
@click.option("-o", "--output", metavar="OUT", help="Write to this file instead.")
@click.option(
    "--lang", "language", type=click.Choice(("sv", "en")), default="sv", show_default=True, help="Of the report."
)
@click.option(
    "--corpus",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CORPUS",
    help="A corpus; OLD and NEW that are no files are ids in it.",
)
@click.option("--no-exit-code", is_flag=True, help="Exit with 0 also when there are differences.")
@reading_options
def diff(
    *,
    files: tuple[str, ...],
    form: str | None,
    output: str | None,
    language: str,
    corpus: Path | None,
    no_exit_code: bool,
    reading: Reading,
) -> int:
    """Compare an agreement with the one before it: what was kept, changed, dropped and added.

    OLD and NEW are documents, JSON that extract wrote, or with --corpus ids in a corpus (samsyn corpus list shows
    them); '-' is standard input. Three or more, in the order of their periods, give the life of each measure as well.
    Exit codes: 0 no difference, 1 differences, 2 trouble.
    """
    if form == _REDLINE:
        return _redline(files, output, reading, no_exit_code=no_exit_code)
    form = _check(files, form, output)

    def differs() -> bool:
        agreements = _read(files, reading, corpus)
        result = compare_in_order(agreements)
        links = _links(files, output, corpus)
        _write(result, form, output, cast("Language", language), links)
        if not reading.quiet:
            _warn(files, agreements)
        return result.differs

    return exit_code(differs, no_exit_code=no_exit_code)


def exit_code(differs: Callable[[], bool], *, no_exit_code: bool) -> int:
    """What a command that compares ends with: 0 no difference, 1 differences, 2 trouble, told in one line."""
    try:
        found = differs()
    except (click.UsageError, BrokenPipeError):
        raise
    except Exception as error:  # 1 means differences: whatever goes wrong must end with 2
        if debugging():
            raise
        complain(reason_of(error))
        return TROUBLE
    return DIFFERENT if found and not no_exit_code else SAME


def _redline(files: Sequence[str], output: str | None, reading: Reading, *, no_exit_code: bool) -> int:
    """Write OLD as a Word file in which every difference to NEW is a native revision."""
    from samsyn.drafting.redlining import redline_documents

    if len(files) != 2 or output is None:
        raise click.UsageError("a redline is of two documents, OLD and NEW, and needs -o FILE.docx")
    refuse_overwriting(files, output, what="compare")
    if any(file == "-" or _is_json(file) for file in files):
        raise click.UsageError("a redline is made of documents, not of standard input or JSON")

    def differs() -> bool:
        old, new = (found.document for found in read_whole(files, reading))
        made = redline_documents(old, Path(files[0]).read_bytes(), new)
        with open_output(output, binary=True) as stream:
            stream.write(made.data)
        return bool(made.changes)

    return exit_code(differs, no_exit_code=no_exit_code)


def _check(files: Sequence[str], form: str | None, output: str | None) -> str:
    """The format to write; raises UsageError for what cannot be done."""
    if len(files) < 2:
        raise click.UsageError("two files or more are needed to compare")
    if files.count("-") > 1:
        raise click.UsageError("standard input ('-') can be read only once")
    refuse_overwriting(files, output, what="compare")
    form = format_named(form, output, diff_format_of) or "text"
    refuse_bytes_on_terminal(form, output, binary=DIFF_FORMATS[form].binary)
    return form


def _read(files: Sequence[str], reading: Reading, corpus: Path | None) -> tuple[Agreement, ...]:
    """The agreement of each file or id, in order; raises SamsynError for the first that cannot be read or found."""
    ids = [file for file in files if _is_id(file, corpus)]
    kept = _kept(corpus, ids) if corpus is not None and ids else {}
    read = iter(_read_files([file for file in files if file not in kept], reading))
    return tuple(kept[file] if file in kept else next(read) for file in files)


def _is_id(file: str, corpus: Path | None) -> bool:
    """True for what names no file while there is a corpus to look it up in."""
    return corpus is not None and file != "-" and not os.path.exists(file)


def _kept(corpus: Path, ids: Sequence[str]) -> dict[str, Agreement]:
    from samsyn.commands.corpus_options import open_corpus

    with open_corpus(corpus) as opened:
        return {one: opened.entry(one).agreement.model_copy(update={"id": one}) for one in ids}


def _read_files(files: Sequence[str], reading: Reading) -> tuple[Agreement, ...]:
    """The agreement of each file, in order."""
    with contextlib.ExitStack() as stack:
        paths = [str(stack.enter_context(spool_input("stdin"))) if file == "-" else file for file in files]
        read = {path: _agreement_in(path, file) for path, file in zip(paths, files, strict=True) if _is_json(path)}
        named = [(path, file) for path, file in zip(paths, files, strict=True) if path not in read]
        documents = _documents(named, reading)
        return tuple(read[path] if path in read else next(documents) for path in paths)


def _documents(named: Sequence[tuple[str, str]], reading: Reading) -> Iterator[Agreement]:
    reading = reading.for_files(len(named))
    tasks = [reading.task(path, name) for path, name in named]
    with contextlib.closing(reading.read(tasks)) as outcomes:
        for outcome in outcomes:
            if outcome.error is not None:
                raise UnreadableDocument(outcome.name, outcome.error)
            yield outcome.agreements[0]


def _is_json(path: str) -> bool:
    """True for a file whose name or first character says that it is JSON."""
    if path.lower().endswith(".json"):
        return True
    if Path(path).suffix and Path(path).name != "stdin":
        return False
    try:
        with open(path, "rb") as stream:
            return stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    except OSError:
        return False


def _agreement_in(path: str, name: str) -> Agreement:
    from pydantic import ValidationError

    from samsyn.models.agreement import Agreement

    try:
        return Agreement.model_validate_json(Path(path).read_bytes())
    except OSError as error:
        raise UnreadableDocument(name, (error.strerror or "cannot be read").lower()) from error
    except ValidationError as error:
        raise UnreadableDocument(name, "not the JSON of an agreement that samsyn extract wrote") from error


def compare_in_order(agreements: Sequence[Agreement]) -> Comparison | Series:
    """The comparison of two agreements, or the series of more."""
    from samsyn.compare import compare_agreements, compare_series

    if len(agreements) == 2:
        return compare_agreements(*agreements)
    return compare_series(agreements)


def _links(files: Sequence[str], output: str | None, corpus: Path | None) -> list[str | None]:
    """Where each document lies as seen from the output; None where there is no file or no output."""
    if output is None:
        return [None] * len(files)
    folder = os.path.dirname(os.path.abspath(output))
    unseen = [file == "-" or _is_id(file, corpus) or _is_json(file) for file in files]
    return [None if hidden else _seen_from(folder, file) for file, hidden in zip(files, unseen, strict=True)]


def _seen_from(folder: str, file: str) -> str | None:
    try:
        return os.path.relpath(os.path.abspath(file), folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return None


def _write(
    result: Comparison | Series, form: str, output: str | None, language: Language, links: Sequence[str | None]
) -> None:
    from samsyn.write.comparisons import write_comparison

    with open_output(output, binary=DIFF_FORMATS[form].binary) as stream:
        write_comparison(result, stream, form, language=language, links=links)


def _warn(files: Sequence[str], agreements: Sequence[Agreement]) -> None:
    """Say which of the agreements were read with doubts: a comparison is no better than what it compares."""
    for file, agreement in zip(files, agreements, strict=True):
        count = len(agreement.warnings)
        if count:
            complain(f"{file}: {counted(count, 'warning')} (samsyn extract shows them)")


def reason_of(error: Exception) -> str:
    """What went wrong, in one line."""
    if isinstance(error, SamsynError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return f"unexpected {type(error).__name__} (SAMSYN_DEBUG=1 shows where)"
