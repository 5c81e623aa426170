"""Takes the old agreement's Word file and a plan, gives it as a draft: changes tracked, questions as comments."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from samsyn.models.draft import (
    Card,
    Chapter,
    Item,
    MeasureTable,
    Paragraph,
    Passage,
    Remark,
    Removal,
    RevisionPlan,
    Rewording,
    Standing,
)
from samsyn.write.archive import write_without_clock
from samsyn.write.as_docx import CellContent, Run, TableLook, W, make_paragraph, make_table
from samsyn.write.as_docx_document import hang_comment
from samsyn.write.as_docx_styles import add_revision_styles
from samsyn.write.as_docx_widths import column_widths
from samsyn.write.revisions import Edit, Reviser
from samsyn.write.revisions_align import word_edits
from samsyn.write.revisions_redline import Redline
from samsyn.write.revisions_text import plain, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = f"{{{W}}}"
_FRONT = 40
"""So many paragraphs from the beginning are looked through for the title's years."""
_USUAL_WIDTH = 9070
_LONGEST_LABEL = 40


def revise_docx(old: bytes, plan: RevisionPlan, *, clean: bool = False) -> Redline:
    """The old file with the plan's changes as native revisions, and its remarks as comments (not if `clean`).

    Raises ValueError when `old` is no Word file.
    """
    from docx import Document

    try:
        document: Any = Document(io.BytesIO(old))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError("not a Word document (.docx)") from error
    planned = _Planned(document)
    planned.carry_out(plan, clean=clean)
    draft, final = io.BytesIO(), io.BytesIO()
    document.save(draft)
    write_without_clock(draft, final)
    return Redline(final.getvalue(), planned.changes)


class _Planned:
    """Carries a plan out in one document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._body: Element = document.element.body
        self._styles = add_revision_styles(document)
        self._reviser = Reviser(document.element)
        self._paragraphs = [(paragraph, plain(text_of(paragraph)).text) for paragraph in self._body.iter(_W + "p")]

    @property
    def changes(self) -> int:
        return self._reviser.count

    def carry_out(self, plan: RevisionPlan, *, clean: bool) -> None:
        """Remarks and additions are placed first: what is deleted is no longer found by its words."""
        places = [(self._holding(remark.context), remark) for remark in _each_once(plan.remarks)]
        last = self._holding(plan.last_measure) if plan.additions else None
        if not clean:
            for paragraph, remark in places:
                if paragraph is not None:
                    hang_comment(self._document, paragraph, remark.text, self._styles)
        self._add(plan.additions, last)
        for rewording in plan.rewordings:
            self._reword(rewording)
        for removal in plan.removals:
            self._remove(removal)

    def _holding(self, context: str) -> Element | None:
        """The paragraph with this text, one that is nothing else before one that only holds it."""
        wanted = plain(context).text
        written = [(paragraph, text) for paragraph, text in self._paragraphs if text]
        if not wanted:
            return written[0][0] if written else None
        same = next((paragraph for paragraph, text in written if text == wanted), None)
        return same if same is not None else next((paragraph for paragraph, text in written if wanted in text), None)

    # ---- rewording ----

    def _reword(self, rewording: Rewording) -> None:
        if rewording.everywhere:
            stories = (story._element for section in self._document.sections for story in _margins(section))
            front = (paragraph for paragraph, _ in self._paragraphs[:_FRONT])
            title = plain(rewording.context).text
            for paragraph in chain(front, *(story.iter(_W + "p") for story in stories)):
                text = plain(text_of(paragraph)).text
                if text and (text in title or title in text):
                    self._reword_in(paragraph, rewording)
            return
        paragraph = self._holding(rewording.context)
        if paragraph is not None:
            self._reword_in(paragraph, rewording)
            return
        for line in rewording.context.split("\n"):
            # A text of several lines may stand in as many paragraphs.
            paragraph = self._holding(line) if line.strip() else None
            if paragraph is not None and rewording.old in line:
                self._reword_in(paragraph, rewording)

    def _reword_in(self, paragraph: Element, rewording: Rewording) -> None:
        found = plain(text_of(paragraph))
        start = found.text.find(plain(rewording.old).text)
        if start < 0:
            return
        old = plain(rewording.old).text
        edits = word_edits(old, rewording.new) if rewording.new else [Edit(0, len(old), "")]
        self._reviser.edit(paragraph, [_placed(edit, start, found.places) for edit in edits])

    # ---- removing ----

    def _remove(self, removal: Removal) -> None:
        if removal.is_row:
            row = self._row_of(removal.texts)
            if row is not None:
                self._reviser.delete_row(row)
            return
        if removal.is_stretch:
            for paragraph in self._stretch(removal.texts):
                self._reviser.delete_paragraph(paragraph)
            return
        for text in removal.texts:
            paragraph = self._holding(text)
            if paragraph is None:
                continue
            if _says_nothing_without(text_of(paragraph), text):
                self._reviser.delete_paragraph(paragraph)
            else:
                self._reword_in(paragraph, Rewording(text, text, ""))

    def _stretch(self, texts: Sequence[str]) -> list[Element]:
        """The paragraphs with these texts that follow one another, where most of them do; tables between are passed."""
        wanted = [text for text in (plain(text).text for text in texts) if text]
        written = [one for one in self._paragraphs if one[1]]
        best: list[Element] = []
        for start, (_, text) in enumerate(written):
            if wanted and text == wanted[0]:
                found = _following(wanted, written[start:])
                best = max(best, found, key=len)
        return best

    def _row_of(self, cells: Sequence[str]) -> Element | None:
        """The row whose cells hold all of the texts."""
        wanted = [plain(cell).text for cell in cells]
        for row in self._body.iter(_W + "tr"):
            texts = {_cell_text(cell) for cell in row.iter(_W + "tc")}
            if all(any(want == text for text in texts) for want in wanted):
                return row
        return None

    # ---- adding ----

    def _add(self, chapters: Iterable[Chapter], after: Element | None) -> None:
        place = _outermost(after, self._body) if after is not None else None
        for chapter in chapters:
            # A heading would open a focus area of its own among the others.
            made = [self._reviser.inserted_paragraph([Run(chapter.heading)]), *self._blocks(chapter)]
            for element in made:
                place = self._put(element, place)

    def _put(self, element: Element, place: Element | None) -> Element:
        if place is not None:
            place.addnext(element)
        else:
            last = self._body[-1]
            last.addprevious(element) if last.tag == _W + "sectPr" else self._body.append(element)
        return element

    def _blocks(self, chapter: Chapter) -> Iterator[Element]:
        for block in chapter.blocks:
            if isinstance(block, Paragraph):
                yield self._reviser.inserted_paragraph([Run(block.passage.text)])
            elif isinstance(block, Item):
                yield self._reviser.inserted_paragraph([Run(f"• {block.passage.text}")])
            elif isinstance(block, MeasureTable):
                columns = [" ".join(part for part in column if part) for column in block.columns]
                yield self._table([columns, *([_words(cell) for cell in row.cells] for row in block.rows)])
                yield self._reviser.inserted_paragraph([])
            elif isinstance(block, Card):
                title = [[block.title.text]] if block.title is not None else []
                yield self._table([*title, *([label, _words(value)] for label, value in block.entries)])
                yield self._reviser.inserted_paragraph([])

    def _table(self, rows: Sequence[Sequence[str]]) -> Element:
        count = max(len(row) for row in rows)
        widths = column_widths(
            [[row[index] for row in rows if index < len(row)] for index in range(count)], _USUAL_WIDTH
        )
        cells = [[CellContent([make_paragraph([Run(text)] if text else [])]) for text in row] for row in rows]
        table = make_table(cells, TableLook(self._styles["table grid"], widths))
        for row in table.iter(_W + "tr"):
            self._reviser.insert_row(row)
        return table


def _following(wanted: Sequence[str], written: Sequence[tuple[Element, str]]) -> list[Element]:
    """The paragraphs with the wanted texts, in whatever order, up to the first that is none of them and in no table."""
    left = Counter(wanted)
    found: list[Element] = []
    for paragraph, text in written:
        if left[text]:
            left[text] -= 1
            found.append(paragraph)
        elif not _in_table(paragraph):
            break
    return found


def _in_table(paragraph: Element) -> bool:
    return any(above.tag == _W + "tc" for above in paragraph.iterancestors())


def _says_nothing_without(written: str, text: str) -> bool:
    """True when nothing is left of what is written without the text, or a mere label: 'Mål:'."""
    left = plain(written).text.replace(plain(text).text, "", 1).strip()
    return not left or (left.endswith(":") and len(left) <= _LONGEST_LABEL)


def _words(passage: Passage) -> str:
    return "" if passage.standing in (Standing.PROMPT, Standing.QUESTION) else passage.text


def _each_once(remarks: Iterable[Remark]) -> list[Remark]:
    return list(dict.fromkeys(remarks))


def _margins(section: Any) -> Iterator[Any]:
    for story in (section.header, section.footer, section.first_page_header, section.first_page_footer):
        if not story.is_linked_to_previous:
            yield story


def _placed(edit: Edit, start: int, places: Sequence[int]) -> Edit:
    """An edit of the words found at `start`, as one of the paragraph's raw text."""
    first, last = start + edit.start, start + edit.end
    begin = places[first] if first < len(places) else places[-1] + 1
    return Edit(begin, places[last - 1] + 1 if last > first else begin, edit.text)


def _cell_text(cell: Element) -> str:
    return plain(" ".join(text_of(paragraph) for paragraph in cell.iter(_W + "p"))).text


def _outermost(element: Element, body: Element) -> Element:
    """The child of the body in which the element stands, such as its table."""
    while element.getparent() is not None and element.getparent() is not body:
        element = element.getparent()
    return element
