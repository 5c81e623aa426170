"""What the generators of pages share: takes values, gives Markdown that GitHub and MkDocs show alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table, with what would break a cell made harmless, and an empty line after it."""
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    lines += [f"| {' | '.join(cell(text) for text in row)} |" for row in rows]
    return [*lines, ""]


def cell(text: str) -> str:
    """The text on one line, with its bars escaped."""
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """The text as code; nothing for no text."""
    return f"`{text}`" if text else ""


def made_by(command: str) -> str:
    """A comment for those who would edit a page that is made."""
    return f"<!-- Made by `{command}`; edit what it is made from instead. -->"
