"""What an example agreement is made of, whatever file it becomes: headings, paragraphs, lists, tables, signatures."""

from __future__ import annotations

from typing import NamedTuple


class Heading(NamedTuple):
    """A heading and its rank, 1 the highest."""

    level: int
    text: str


class Text(NamedTuple):
    """A paragraph; `label` stands before it in bold."""

    text: str
    label: str = ""


class Bullets(NamedTuple):
    """A list of bullets."""

    items: tuple[str, ...]


class Measures(NamedTuple):
    """A table with a heading row; its widths are parts of the whole."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


class Signatures(NamedTuple):
    """The two parties' signatures side by side, line by line."""

    left: tuple[str, ...]
    right: tuple[str, ...]


Item = Heading | Text | Bullets | Measures | Signatures


class Example(NamedTuple):
    """An agreement of our own writing: the name of its files, what stands on every page, and its content in order."""

    name: str
    title: str
    running_head: str
    diary_number: str
    content: tuple[Item, ...]
