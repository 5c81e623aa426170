"""Takes a stream and what fills a console, writes it: coloured and as wide as the terminal, or plain of fixed width."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

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
