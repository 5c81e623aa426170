"""Footnote and endnote marks in, the labels they are printed with out: '1', 'ii', '*'."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from samsyn.extract.readers.docx_markup import W, value, whole
from samsyn.extract.readers.docx_numbering import write_number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NOTE_KINDS = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}


class NoteNumbers(NamedTuple):
    """How a document numbers its footnotes or endnotes."""

    format: str = "decimal"
    start: int = 1
    per_section: bool = False


FOOTNOTES = NoteNumbers()
ENDNOTES = NoteNumbers("lowerRoman")


@dataclass(slots=True)
class NoteCounter:
    """Gives each note the label it is printed with, in the order of the marks."""

    footnotes: NoteNumbers = FOOTNOTES
    endnotes: NoteNumbers = ENDNOTES
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    """Label by kind ('footnote', 'endnote') and id, in the order met."""
    custom: set[tuple[str, str]] = field(default_factory=set)
    """Those whose label the author wrote, there and before the note."""
    _counts: dict[str, int] = field(default_factory=dict)

    def label(self, kind: str, note_id: str) -> str:
        """The label of the note of that kind and id, counted when it is met for the first time."""
        if (kind, note_id) not in self.labels:
            numbers = self.footnotes if kind == "footnote" else self.endnotes
            count = self._counts.get(kind, numbers.start - 1) + 1
            self._counts[kind] = count
            self.labels[kind, note_id] = write_number(count, numbers.format)
        return self.labels[kind, note_id]

    def mark(self, kind: str, note_id: str, label: str) -> str:
        """Keeps a mark the author wrote by hand ('*'), which counts for nothing, and gives it back."""
        self.custom.add((kind, note_id))
        return self.labels.setdefault((kind, note_id), label)

    def end_section(self) -> None:
        """Starts over the counts that start over with each section."""
        for kind, numbers in (("footnote", self.footnotes), ("endnote", self.endnotes)):
            if numbers.per_section:
                self._counts.pop(kind, None)


def read_note_numbers(settings: Element | None, section: Element | None, kind: str) -> NoteNumbers:
    """How footnotes or endnotes (`kind`) are numbered, by the section's word before the document's."""
    found = FOOTNOTES if kind == "footnote" else ENDNOTES
    for owner in (settings, section):
        properties = owner.find(f"{W}{kind}Pr") if owner is not None else None
        if properties is not None:
            found = NoteNumbers(
                format=value(properties, "numFmt", found.format),
                start=whole(value(properties, "numStart"), found.start),
                per_section=value(properties, "numRestart", "eachSect" if found.per_section else "") == "eachSect",
            )
    return found
