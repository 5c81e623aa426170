"""Where a command writes to and in which format: takes what the user gave, raises UsageError for what cannot be."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

import click

from samsyn.terminal import shows_output


def refuse_overwriting(files: Iterable[str], output: str | None, *, what: str = "read") -> None:
    """Raise UsageError when OUT is one of the files; `what` says what they are for."""
    if output is None or not os.path.exists(output):
        return
    if any(os.path.exists(file) and os.path.samefile(file, output) for file in files):
        raise click.UsageError(f"{output!r} is one of the files to {what}; it would be overwritten")


def format_named(form: str | None, output: str | None, of_ending: Callable[[str], str | None]) -> str | None:
    """The format asked for, else the one that OUT's ending stands for; None without either.

    Raises UsageError for an ending that stands for none.
    """
    if form is not None or output is None:
        return form
    named = of_ending(output)
    if named is None:
        raise click.UsageError(f"the ending of {output!r} names no format; give --format")
    return named


def refuse_bytes_on_terminal(form: str, output: str | None, *, binary: bool) -> None:
    """Raise UsageError when a format of bytes would be shown on a terminal."""
    if output is None and binary and shows_output():
        raise click.UsageError(f"{form} is not for the terminal; give -o FILE")


def refuse_page_on_terminal(output: str | None, name: str) -> None:
    """Raise UsageError when a page of HTML would be shown on a terminal; `name` is one that it could be called."""
    if output is None and shows_output():
        raise click.UsageError(f"a page is not for the terminal; give -o {name}")
