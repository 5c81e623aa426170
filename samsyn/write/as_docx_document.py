"""A Word document to write in: its styles, pages, header and footer, comments and numbered lists; gives its bytes.

No clock: two runs give the same bytes.
"""

from __future__ import annotations

import copy
import datetime
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from samsyn.write.archive import write_without_clock
from samsyn.write.as_docx import (
    MARGIN,
    PAGE,
    Run,
    W,
    add_text,
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
        self._numbering: Element = _numbering_of(self._document)
        self._bookmarks = _highest_bookmark(self._body)
        self._before: Element | None = None
        self.has_template = template is not None
        if template is None:
            _clear(self._numbering)
            _set_page(self._document)
            _reset_settings(self._document)
        for lock in list(self._document.settings.element.iter(f"{{{W}}}documentProtection")):
            lock.getparent().remove(lock)  # a form that may only be filled in cannot be written on
        _set_properties(self._document, title)

    def add(self, made: Element) -> Element:
        """Put the element last in the body, in front of the last section's properties."""
        last = self._body[-1] if len(self._body) else None
        if self._before is not None:
            self._before.addprevious(made)
        elif last is not None and last.tag == f"{{{W}}}sectPr":
            last.addprevious(made)
        else:
            self._body.append(made)
        return made

    def paragraph(self, runs: Iterable[Run | Element], style: str = "", *, keep_next: bool = False) -> Element:
        """A paragraph in the style called `style`, put last."""
        return self.add(make_paragraph(runs, style=self.styles[style], keep_next=keep_next))

    def heading(self, runs: Iterable[Run], level: int, *, on_new_page: bool = False) -> tuple[Element, str]:
        """A heading of the level (1-4), put last, and the name of the bookmark around it."""
        made = self.paragraph(runs, f"heading {level}")
        properties = made.find(f"{{{W}}}pPr")
        if on_new_page and properties is not None:
            within(properties, "pageBreakBefore")
        self._bookmarks += 1
        name = f"_Toc{self._bookmarks:08d}"
        bookmark(made, name, self._bookmarks)
        return made, name

    def comment(self, paragraph: Element, text: str) -> None:
        """Hang a comment on the whole paragraph."""
        hang_comment(self._document, paragraph, text, self.styles)

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
        section = self._document.sections[-1]
        section.header.is_linked_to_previous = False
        section.footer.is_linked_to_previous = False
        _fill(section.header, [make_run(Run(header))], self.styles["header"])
        before, between = page_words
        runs = [make_run(Run(f"\t{before} ")), *simple_field("PAGE", "1")]
        runs += [make_run(Run(f" {between} ")), *simple_field("NUMPAGES", "1")]
        _fill(section.footer, runs, self.styles["footer"])

    def end_section(self, *, wide: bool) -> None:
        """End a section here: what was put since the one before is set on pages of its own, on their side if `wide`.

        Header, footer and margins are those of the document's last section.
        """
        made = make_paragraph([])
        section = copy.deepcopy(self._section())
        size = section.find(f"{{{W}}}pgSz")
        if size is not None:
            _turn_page(size, wide=wide)
        within(made, "pPr").append(section)
        self.add(made)

    def text_width(self, *, wide: bool) -> int:
        """How wide the text is set, in twentieths of a point."""
        section = self._section()
        size, margins = section.find(f"{{{W}}}pgSz"), section.find(f"{{{W}}}pgMar")
        sides = (_measure(size, "w", PAGE[0]), _measure(size, "h", PAGE[1]))
        across = max(sides) if wide else min(sides)
        return across - _measure(margins, "left", MARGIN) - _measure(margins, "right", MARGIN)

    def _section(self) -> Element:
        section: Element = self._document.sections[-1]._sectPr
        return section

    def fill(self, names: Mapping[str, str], values: Mapping[str, str]) -> frozenset[str]:
        """Fill the template's content controls: `names` gives the key of a control's tag or title, `values` its text.

        Gives the keys that were found. A control in a table or a running header counts too.
        """
        filled = set()
        stories = [self._body, *(part._element for section in self._document.sections for part in _margins_of(section))]
        for control in (control for story in stories for control in list(story.iter(f"{{{W}}}sdt"))):
            key = names.get(_control_name(control).casefold(), "")
            if values.get(key):
                _fill_control(control, values[key])
                filled.add(key)
        return frozenset(filled)

    def write_into(self, names: Collection[str]) -> bool:
        """Write from now on in place of the template's content control of one of these names, if it has one."""
        for control in self._body.iter(f"{{{W}}}sdt"):
            if _control_name(control).casefold() in names and control.getparent() is self._body:
                self._before = element("bookmarkEnd", id="0")
                control.addprevious(self._before)
                self._body.remove(control)
                return True
        return False

    def to_bytes(self) -> bytes:
        """The document as a file; the same for the same content."""
        if self._before is not None:
            self._body.remove(self._before)
            self._before = None
        draft, final = io.BytesIO(), io.BytesIO()
        self._document.save(draft)
        write_without_clock(draft, final)
        return final.getvalue()


def hang_comment(document: Any, paragraph: Element, text: str, styles: StyleIds) -> None:
    """Hang a comment on a whole paragraph of the document, in the styles that it knows comments by."""
    made = document.comments.add_comment(text=clean_text(text), author=AUTHOR, initials="S")
    made._comment_elm.attrib.pop(f"{{{W}}}date", None)
    for tag, name in (("pStyle", "annotation text"), ("rStyle", "annotation reference")):
        for look in made._comment_elm.iter(f"{{{W}}}{tag}"):
            look.set(f"{{{W}}}val", styles[name])
    number = str(made.comment_id)
    first = 1 if paragraph.find(f"{{{W}}}pPr") is not None else 0
    paragraph.insert(first, element("commentRangeStart", id=number))
    within(paragraph, "commentRangeEnd", id=number)
    run = within(paragraph, "r")
    within(within(run, "rPr"), "rStyle", val=styles["annotation reference"])
    within(run, "commentReference", id=number)


def _open(template: bytes | None) -> Any:
    from docx import Document

    if template is None:
        document = Document()
        # python-docx's own blank file brings parts along that say nothing of this one.
        for rels in (document.part.rels, document.part.package.rels):
            for key, tie in list(rels.items()):
                if tie.reltype.endswith(("/stylesWithEffects", "/customXml", "/thumbnail")):
                    del rels[key]
        return document
    try:
        return Document(io.BytesIO(_as_document(template)))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError("the template is no Word document (.docx)") from error


_KINDS = (b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml")


def _as_document(template: bytes) -> bytes:
    """A Word template (.dotx) as the document it would open as; other files as they are."""
    with zipfile.ZipFile(io.BytesIO(template)) as old:
        types = old.read("[Content_Types].xml")
        if _KINDS[0] not in types:
            return template
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for item in old.infolist():
                is_types = item.filename == "[Content_Types].xml"
                new.writestr(item, types.replace(*_KINDS) if is_types else old.read(item))
    return out.getvalue()


def _numbering_of(document: Any) -> Element:
    """The lists of the document; a new part for them where a template has none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.numbering import NumberingPart

    if any(tie.reltype == RELATIONSHIP_TYPE.NUMBERING for tie in document.part.rels.values()):
        made: Element = document.part.numbering_part.element
        return made
    # python-docx's own parser is needed for the part to be saved: its elements are lxml's with a little more.
    from docx.oxml import parse_xml

    root: Any = parse_xml(f'<w:numbering xmlns:w="{W}"/>')
    part = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return root


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


def _turn_page(size: Element, *, wide: bool) -> None:
    sides = sorted((_measure(size, "w", PAGE[0]), _measure(size, "h", PAGE[1])))
    width, height = reversed(sides) if wide else sides
    size.set(f"{{{W}}}w", str(width))
    size.set(f"{{{W}}}h", str(height))
    if wide:
        size.set(f"{{{W}}}orient", "landscape")
    else:
        size.attrib.pop(f"{{{W}}}orient", None)


def _measure(holder: Element | None, name: str, usual: int) -> int:
    text = holder.get(f"{{{W}}}{name}", "") if holder is not None else ""
    return int(text) if text.isdigit() else usual


def _highest_bookmark(body: Element) -> int:
    numbers = (mark.get(f"{{{W}}}id", "0") for mark in body.iter(f"{{{W}}}bookmarkStart"))
    return max((int(number) for number in numbers if number.isdigit()), default=0)


def _margins_of(section: Any) -> Iterator[Any]:
    for story in (section.header, section.footer, section.first_page_header, section.first_page_footer):
        if not story.is_linked_to_previous:
            yield story


def _control_name(control: Element) -> str:
    """The tag of a content control, or its title."""
    for name in ("tag", "alias"):
        found = control.find(f"{{{W}}}sdtPr/{{{W}}}{name}")
        if found is not None and found.get(f"{{{W}}}val"):
            return str(found.get(f"{{{W}}}val", ""))
    return ""


def _fill_control(control: Element, text: str) -> None:
    """Put the text in the control's first run, which keeps its look; it is no prompt any longer."""
    showing = control.find(f"{{{W}}}sdtPr/{{{W}}}showingPlcHdr")
    if showing is not None:
        showing.getparent().remove(showing)
    content = control.find(f"{{{W}}}sdtContent")
    runs = list(content.iter(f"{{{W}}}r")) if content is not None else []
    if not runs:
        return
    for run in runs[1:]:
        run.getparent().remove(run)
    for child in list(runs[0]):
        if child.tag != f"{{{W}}}rPr":
            runs[0].remove(child)
    for look in runs[0].iter(f"{{{W}}}rStyle"):
        look.getparent().remove(look)
        break
    add_text(runs[0], text)
