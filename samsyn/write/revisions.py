"""Tracked changes of Word: takes paragraphs and rows of a file, marks stretches as deleted and inserted by samsyn.

Rejecting all changes gives the old file, accepting all gives the new text. No clock: revisions carry no date.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from samsyn.write.as_docx import Run, W, add_text, element, make_run, within
from samsyn.write.revisions_text import letters_of, run_before, runs_between

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

AUTHOR = "samsyn"
_W = f"{{{W}}}"
_AFTER_RUN_LOOK = frozenset(_W + name for name in ("sectPr", "pPrChange"))


class Edit(NamedTuple):
    """A stretch of a paragraph's text (offsets) and what is to stand there instead."""

    start: int
    end: int
    text: str


class Reviser:
    """Marks changes in one document; every revision has its own number."""

    def __init__(self, root: Element) -> None:
        used = (node.get(_W + "id", "") for node in root.iter(_W + "ins", _W + "del", _W + "moveFrom", _W + "moveTo"))
        self._last = max((int(number) for number in used if number.isdigit()), default=0)
        self.count = 0
        """How many changes were marked."""

    def _mark(self, kind: str) -> Element:
        self._last += 1
        return element(kind, id=str(self._last), author=AUTHOR)

    # ---- within a paragraph ----

    def edit(self, paragraph: Element, edits: Iterable[Edit]) -> None:
        """Make the edits, given in order and without overlap; what is inserted looks like what stood there."""
        for change in sorted(edits, key=lambda edit: -edit.start):
            self._edit(paragraph, change)

    def _edit(self, paragraph: Element, change: Edit) -> None:
        before = run_before(paragraph, change.start)
        gone = runs_between(paragraph, change.start, change.end)
        place: Element | None = None
        for run in gone:
            place = self._delete_run(run)
        if change.text:
            self._insert(paragraph, change.text, look=gone[0] if gone else before, after=place, before=before)
        self.count += 1

    def _delete_run(self, run: Element) -> Element:
        """Wrap a run in a deletion; its text is text that was."""
        mark = self._mark("del")
        run.addprevious(mark)
        mark.append(run)
        for text in list(run.iter(_W + "t")):
            text.tag = _W + "delText"
        return mark

    def _insert(
        self, paragraph: Element, text: str, *, look: Element | None, after: Element | None, before: Element | None
    ) -> None:
        mark = self._mark("ins")
        run = within(mark, "r")
        own = look.find(_W + "rPr") if look is not None else None
        if own is not None:
            run.append(copy.deepcopy(own))
        add_text(run, text)
        place = after if after is not None else before
        if place is not None:
            place.addnext(mark)
        else:
            paragraph.insert(1 if paragraph.find(_W + "pPr") is not None else 0, mark)

    # ---- whole paragraphs ----

    def delete_paragraph(self, paragraph: Element) -> None:
        """Mark all of the paragraph's text and its end as deleted."""
        for run in dict.fromkeys(letter.run for letter in letters_of(paragraph)):
            self._delete_run(run)
        self._mark_end(paragraph, "del")
        self.count += 1

    def inserted_paragraph(self, runs: Sequence[Run], *, style: str = "") -> Element:
        """A new paragraph, all of it marked as inserted; to be put where it belongs."""
        made = element("p")
        properties = within(made, "pPr")
        if style:
            within(properties, "pStyle", val=style)
        self._mark_end(made, "ins")
        mark = self._mark("ins")
        mark.extend(make_run(run) for run in runs if run.text)
        if len(mark):
            made.append(mark)
        self.count += 1
        return made

    def _mark_end(self, paragraph: Element, kind: str) -> None:
        """Mark the paragraph's end, so that it goes or comes as a whole."""
        properties = paragraph.find(_W + "pPr")
        if properties is None:
            properties = element("pPr")
            paragraph.insert(0, properties)
        look = properties.find(_W + "rPr")
        if look is None:
            look = element("rPr")
            later = next((child for child in properties if child.tag in _AFTER_RUN_LOOK), None)
            if later is None:
                properties.append(look)
            else:
                later.addprevious(look)
        look.insert(0, self._mark(kind))

    # ---- rows ----

    def delete_row(self, row: Element) -> None:
        """Mark a table row and all its text as deleted."""
        for paragraph in row.iter(_W + "p"):
            for run in dict.fromkeys(letter.run for letter in letters_of(paragraph)):
                self._delete_run(run)
        self._mark_row(row, "del")
        self.count += 1

    def insert_row(self, row: Element) -> None:
        """Mark a row, put in its place already, and all its text as inserted."""
        for paragraph in row.iter(_W + "p"):
            for run in [child for child in paragraph if child.tag == _W + "r"]:
                mark = self._mark("ins")
                run.addprevious(mark)
                mark.append(run)
        self._mark_row(row, "ins")
        self.count += 1

    def _mark_row(self, row: Element, kind: str) -> None:
        properties = row.find(_W + "trPr")
        if properties is None:
            properties = element("trPr")
            own = row.find(_W + "tblPrEx")
            row.insert(0 if own is None else 1, properties)
        properties.append(self._mark(kind))
