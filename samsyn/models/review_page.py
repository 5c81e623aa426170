"""A file laid out to be looked at: its pages or blocks on one side, every value found on the other, and where it is."""

from __future__ import annotations

from typing import NamedTuple

from samsyn.models.document import Block
from samsyn.models.source import Box, Source


class Place(NamedTuple):
    """A stretch of the document that values were read from: a box on a page, or a block where there are no pages."""

    id: int
    page: int | None
    box: Box | None
    block: str


class PrintedLine(NamedTuple):
    """A line of text and where it stands, so that it can be selected over the page's picture."""

    text: str
    box: Box


class ReviewPage(NamedTuple):
    """A page: its size in points, its picture (JPEG; None when there is none to show), its lines and places."""

    number: int
    width: float
    height: float
    picture: bytes | None
    lines: tuple[PrintedLine, ...]
    places: tuple[Place, ...]


class ReviewValue(NamedTuple):
    """A value to be judged: its path in corrections, what it is called, its text, and the ids of its places."""

    path: str
    field: str
    text: str
    places: tuple[int, ...]
    searched: bool = False
    """True when its place was looked up by its words, because nothing says where it was read."""
    choices: tuple[str, ...] = ()
    """The values that there are, where they are fixed; a correction is one of them."""


class ReviewItem(NamedTuple):
    """A goal, measure, signatory …, or the agreement's own facts, with its values."""

    agreement: int
    """Which agreement of the file, from 1."""
    list: str
    """The list of the model it stands in; empty for the agreement's own facts."""
    id: str
    score: float | None
    values: tuple[ReviewValue, ...]
    doubts: tuple[str, ...] = ()
    """Codes of what makes it doubtful: no-value, no-place, low-score, recognised, cautioned."""


class ReviewCaution(NamedTuple):
    """A warning and the places it concerns."""

    message: str
    places: tuple[int, ...]


class ReviewGroup(NamedTuple):
    """Items of one kind; `name` is the list of the model, 'doubtful' or 'facts'."""

    name: str
    items: tuple[ReviewItem, ...]


class Review(NamedTuple):
    """Everything the page of a file shows."""

    source: Source
    title: str
    cautions: tuple[ReviewCaution, ...]
    groups: tuple[ReviewGroup, ...]
    pages: tuple[ReviewPage, ...]
    blocks: tuple[Block, ...]
    """The document's blocks, where it has no pages."""
    places: tuple[Place, ...]
