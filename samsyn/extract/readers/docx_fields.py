"""Field marks in, a word on each text out: whether it is printed, and whether it is part of a table of contents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samsyn.extract.readers.docx_markup import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CONTENTS_FIELDS = frozenset({"TOC", "TOA", "INDEX"})
LONGEST_KIND = 40
"""Letters of an instruction that are kept: its first word is all that matters."""


@dataclass(slots=True)
class Field:
    """A field being read: the beginning of its instruction, and whether its result has begun."""

    instruction: str = ""
    in_result: bool = False
    is_contents: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at one place of a story, outermost first."""

    closed: frozenset[Element] = frozenset()
    """The beginnings of those that also end; one without an end would swallow all that follows."""
    _open: list[Field] = field(default_factory=list)
    _hiding: int = 0
    _contents: int = 0

    @property
    def hide_text(self) -> bool:
        """True within an instruction, which is not printed."""
        return self._hiding > 0

    @property
    def in_contents(self) -> bool:
        """True within the result of a field that makes a table of contents."""
        return self._contents > 0

    def meet(self, mark: Element) -> None:
        """Takes a `w:fldChar` into account: the beginning, the middle or the end of a field."""
        kind = mark.get(W + "fldCharType")
        if kind == "begin" and mark in self.closed:
            self._open.append(Field())
            self._hiding += 1
        elif kind == "separate" and self._open and not self._open[-1].in_result:
            self._begin_result(self._open[-1])
        elif kind == "end" and self._open:
            self._close(self._open.pop())

    def instruct(self, text: str) -> None:
        """Takes a piece of an instruction into account."""
        if self._open and not self._open[-1].in_result and len(self._open[-1].instruction) < LONGEST_KIND:
            self._open[-1].instruction += text[:LONGEST_KIND]

    def end_paragraph(self) -> None:
        """Forgets fields whose instruction has no end in this paragraph, lest the text after them be lost."""
        if self._hiding:
            self._open = [each for each in self._open if each.in_result]
            self._hiding = 0

    def _begin_result(self, current: Field) -> None:
        current.in_result = True
        current.is_contents = is_contents_instruction(current.instruction)
        self._hiding -= 1
        self._contents += current.is_contents

    def _close(self, current: Field) -> None:
        self._hiding -= not current.in_result
        self._contents -= current.is_contents


def is_contents_instruction(instruction: str) -> bool:
    """True for the instruction of a field that makes a table of contents or an index."""
    return instruction.strip().split(" ", 1)[0].upper() in CONTENTS_FIELDS


def find_closed_fields(root: Element) -> frozenset[Element]:
    """The beginnings of the fields under `root` that also end."""
    waiting: list[Element] = []
    closed: set[Element] = set()
    for mark in root.iter(W + "fldChar"):
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            waiting.append(mark)
        elif kind == "end" and waiting:
            closed.add(waiting.pop())
    return frozenset(closed)
