"""A Word document to write in: its styles, pages, header and footer, comments and numbered lists; gives its bytes.

No clock: two runs give the same bytes.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from samsyn.write.as_docx import (
    MARGIN,
    PAGE,
    Run,
    W,
    bookmark,
    element,
    make_paragraph,
    make_run,
    simple_field,
    within,
)
from samsyn.write.as_docx_styles import StyleIds, add_styles
from samsyn.write.clean import clean_text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LANGUAGE = "sv-SE"
AUTHOR = "samsyn"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class WordFile:
    """A document being written; elements are put last in its body.

    With a template its styles, headers, footers and page set-up stay, and so does what stands in its body (a logo, a
    cover): the new text comes behind it. Raises ValueError when the template is no Word document.
    """

    def __init__(self, title: str, template: bytes | None = None) -> None:
        self._document = _open(template)
        self.styles: StyleIds = add_styles(self._document, own=template is None)
        self._body: Element = self._document.element.body
        self._numbering: Element = self._document.part.numbering_part.element
        self._bookmarks = 0
        self.has_template = template is not None
        if template is None:
            _clear(self._numbering)
            _set_page(self._document)
            _reset_settings(self._document)
        _set_properties(self._document, title)

    def add(self, made: Element) -> Element:
        """Put the element last in the body, in front of the last section's properties."""
        last = self._body[-1] if len(self._body) else None
        if last is not None and last.tag == f"{{{W}}}sectPr":
            last.addprevious(made)
        else:
            self._body.append(made)
        return made

    def paragraph(self, runs: Iterable[Run | Element], style: str = "", *, keep_next: bool = False) -> Element:
        """A paragraph in the style called `style`, put last."""
        return self.add(make_paragraph(runs, style=self.styles[style], keep_next=keep_next))

    def heading(self, text: str, level: int, *, on_new_page: bool = False) -> tuple[Element, str]:
        """A heading of the level (1-4), put last, and the name of the bookmark around it."""
        made = self.paragraph([Run(text)], f"heading {level}")
        properties = made.find(f"{{{W}}}pPr")
        if on_new_page and properties is not None:
            within(properties, "pageBreakBefore")
        self._bookmarks += 1
        name = f"_Toc{self._bookmarks:08d}"
        bookmark(made, name, self._bookmarks)
        return made, name

    def comment(self, paragraph: Element, text: str) -> None:
        """Hang a comment on the whole paragraph."""
        made = self._document.comments.add_comment(text=clean_text(text), author=AUTHOR, initials="S")
        made._comment_elm.attrib.pop(f"{{{W}}}date", None)
        number = str(made.comment_id)
        first = 1 if paragraph.find(f"{{{W}}}pPr") is not None else 0
        paragraph.insert(first, element("commentRangeStart", id=number))
        within(paragraph, "commentRangeEnd", id=number)
        run = within(paragraph, "r")
        within(within(run, "rPr"), "rStyle", val=self.styles["annotation reference"])
        within(run, "commentReference", id=number)

    def number_list(self, levels: Sequence[tuple[str, str, int]]) -> str:
        """The id of a new list; each level is a number format ('bullet', 'decimal'), its text and its indent."""
        number = 1 + max(
            (int(old.get(f"{{{W}}}abstractNumId", "0")) for old in self._numbering.iter(f"{{{W}}}abstractNum")),
            default=0,
        )
        abstract = element("abstractNum", abstractNumId=str(number))
        within(abstract, "multiLevelType", val="hybridMultilevel")
        for index, (form, text, indent) in enumerate(levels):
            _add_level(abstract, index, form, text, indent)
        first = self._numbering.find(f"{{{W}}}num")
        if first is None:
            self._numbering.append(abstract)
        else:
            first.addprevious(abstract)
        used = (int(old.get(f"{{{W}}}numId", "0")) for old in self._numbering.iter(f"{{{W}}}num"))
        identifier = str(1 + max(used, default=0))
        within(within(self._numbering, "num", numId=identifier), "abstractNumId", val=str(number))
        return identifier

    def header_and_footer(self, header: str, page_words: tuple[str, str]) -> None:
        """The running header's text, and the footer 'Sida 1 av 9'; a template keeps its own."""
        if self.has_template:
            return
        section = self._document.sections[0]
        section.header.is_linked_to_previous = False
        section.footer.is_linked_to_previous = False
        _fill(section.header, [make_run(Run(header))], self.styles["header"])
        before, between = page_words
        runs = [make_run(Run(f"\t{before} ")), *simple_field("PAGE", "1")]
        runs += [make_run(Run(f" {between} ")), *simple_field("NUMPAGES", "1")]
        _fill(section.footer, runs, self.styles["footer"])

    def end_section(self, *, wide: bool) -> None:
        """End a section here: what was put since the one before is set on pages of its own, on their side if `wide`."""
        made = make_paragraph([])
        properties = within(made, "pPr")
        section = within(properties, "sectPr")
        section.extend(page_setup(wide=wide))
        self.add(made)

    def to_bytes(self) -> bytes:
        """The document as a file; the same for the same content."""
        buffer = io.BytesIO()
        self._document.save(buffer)
        return _without_clock(buffer.getvalue())


def _open(template: bytes | None) -> Any:
    from docx import Document

    if template is None:
        return Document()
    try:
        return Document(io.BytesIO(template))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError("the template is no Word document (.docx)") from error


def _clear(parent: Element) -> None:
    for child in list(parent):
        parent.remove(child)


def _set_page(document: Any) -> None:
    properties = document.sections[0]._sectPr
    _clear(properties)
    properties.extend(page_setup())


def page_setup(*, wide: bool = False) -> list[Element]:
    """Size and margins of a section; `wide` for a page on its side."""
    width, height = (PAGE[1], PAGE[0]) if wide else PAGE
    size = element("pgSz", w=str(width), h=str(height))
    if wide:
        size.set(f"{{{W}}}orient", "landscape")
    margins = {side: str(MARGIN) for side in ("top", "right", "bottom", "left")}
    return [size, element("pgMar", **margins, header="708", footer="708", gutter="0"), element("cols", space="708")]


def _reset_settings(document: Any) -> None:
    """Settings for Swedish and today's Word in place of those python-docx brings along."""
    root = document.settings.element
    _clear(root)
    within(root, "zoom", percent="100")
    within(root, "defaultTabStop", val="720")
    within(root, "autoHyphenation")
    within(root, "doNotHyphenateCaps")
    within(root, "characterSpacingControl", val="doNotCompress")
    setting = within(within(root, "compat"), "compatSetting", name="compatibilityMode", val="15")
    setting.set(f"{{{W}}}uri", "http://schemas.microsoft.com/office/word")
    within(root, "themeFontLang", val=LANGUAGE)
    within(root, "decimalSymbol", val=",")
    within(root, "listSeparator", val=";")


def _set_properties(document: Any, title: str) -> None:
    properties = document.core_properties
    properties.title = clean_text(title)[:255]
    properties.author = AUTHOR
    properties.last_modified_by = AUTHOR
    properties.language = LANGUAGE
    properties.comments = ""
    properties.keywords = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.datetime(*_EPOCH)


def _add_level(abstract: Element, index: int, form: str, text: str, indent: int) -> None:
    level = within(abstract, "lvl", ilvl=str(index))
    within(level, "start", val="1")
    within(level, "numFmt", val=form)
    if not indent:
        within(level, "suff", val="nothing")
    within(level, "lvlText", val=text)
    within(level, "lvlJc", val="left")
    hanging = min(indent, 360)
    within(within(level, "pPr"), "ind", left=str(indent), hanging=str(hanging))


def _fill(story: Any, runs: Sequence[Element], style: str) -> None:
    root = story._element
    _clear(root)
    root.append(make_paragraph(runs, style=style))


def _without_clock(data: bytes) -> bytes:
    """The package with the time of every file in it set to one and the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(item))
    return out.getvalue()
