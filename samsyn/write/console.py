"""Takes a stream and what fills a console, writes it: coloured and as wide as the terminal, or plain of fixed width."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TextIO

from samsyn.write.clean import one_line

if TYPE_CHECKING:
    from rich.console import Console

PLAIN_WIDTH = 100
"""Characters of a line where there is no terminal to ask."""


def print_on(stream: TextIO, fill: Callable[[Console], None]) -> None:
    """Let `fill` print on a console of the stream; without a terminal no line has colours or trailing blanks."""
    from rich.console import Console

    if stream.isatty():
        fill(Console(file=stream, highlight=False, markup=False, emoji=False))
        return
    draft = io.StringIO()
    fill(
        Console(
            file=draft, width=PLAIN_WIDTH, color_system=None, force_terminal=False, highlight=False, markup=False,
            emoji=False,
        )
    )  # fmt: skip
    stream.writelines(f"{line.rstrip()}\n" for line in draft.getvalue().splitlines())


def print_heading(console: Console, text: str) -> None:
    """A blank line and a heading on one line."""
    console.print()
    console.print(one_line(text), style="bold cyan")


def print_pairs(console: Console, pairs: Sequence[tuple[str, str]]) -> None:
    """Names and their values in two columns, each pair on a line of its own."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name, value in pairs:
        grid.add_row(Text(f"  {name}"), Text(one_line(value)))
    console.print(grid)


def print_line(console: Console, text: str, *, indent: int = 0, style: str = "") -> None:
    """A text without line breaks of its own, so many columns in; where it is too long it wraps below its beginning."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(Padding(Text(one_line(text), style=style), (0, 0, 0, indent)))
