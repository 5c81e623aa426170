"""Takes a Word document and gives it the styles a draft needs: all of ours, or those that a template lacks."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from samsyn.vocabulary.load import load_toml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class StyleIds:
    """The ids that a document knows its styles by: Word keeps 'heading 1' as 'Rubrik1' where it speaks Swedish."""

    def __init__(self, root: Element) -> None:
        self._ids = {_name_of(style): style.get(W + "styleId", "") for style in root.iter(W + "style")}

    def __getitem__(self, name: str) -> str:
        """The id of the style called `name`, as Word names it in English; empty when there is none."""
        return str(self._ids.get(name.casefold(), ""))

    def beginning(self, words: str) -> frozenset[str]:
        """The ids of the styles whose names begin with the words, as 'toc ' those of a table of contents do."""
        return frozenset(key for name, key in self._ids.items() if name.startswith(words))


def add_styles(document: Any, *, own: bool) -> StyleIds:
    """The document's style ids, after its styles were replaced by ours (`own`) or completed with them."""
    root = document.styles.element
    ours = _our_styles()
    if own:
        for child in list(root):
            root.remove(child)
        root.extend(copy.deepcopy(child) for child in ours)
    else:
        _complete(root, ours)
    return StyleIds(root)


_OF_REVISIONS = frozenset({"annotation text", "annotation reference", "normal table", "table grid"})


def add_revision_styles(document: Any) -> StyleIds:
    """The document's style ids, after the styles that comments and new tables need were added where it has none."""
    root = document.styles.element
    _complete(root, [style for style in _our_styles() if _name_of(style) in _OF_REVISIONS])
    return StyleIds(root)


def _our_styles() -> Element:
    from lxml import etree

    text = files("samsyn.write").joinpath("templates/styles.xml").read_bytes()
    return etree.fromstring(text, etree.XMLParser(remove_comments=True, remove_blank_text=True))


def _complete(root: Element, ours: Iterable[Element]) -> None:
    """Add the styles that the template does not have; what they are based on is named by the template's own ids."""
    known = StyleIds(root)
    added = {}
    styles = [style for style in ours if style.tag == W + "style"]
    for style in styles:
        if not known[_name_of(style)]:
            added[style.get(W + "styleId", "")] = copy.deepcopy(style)
    for style in added.values():
        _take_look(style, root)
    names = {style.get(W + "styleId", ""): _name_of(style) for style in _our_styles() if style.tag == W + "style"}
    for style in added.values():
        for tag in ("basedOn", "next"):
            for reference in style.findall(W + tag):
                wanted = reference.get(W + "val", "")
                if wanted in added or (tag == "basedOn" and style.get(_TAKEN)):
                    continue
                if known[names.get(wanted, "")]:
                    reference.set(W + "val", known[names.get(wanted, "")])
                else:
                    style.remove(reference)
        style.attrib.pop(W + "default", None)
        style.attrib.pop(_TAKEN, None)
        root.append(style)


_TAKEN = "taken"
_OF_HEADINGS = frozenset(W + name for name in ("keepNext", "keepLines", "outlineLvl"))


def _take_look(style: Element, root: Element) -> None:
    """Give a heading that the template has no style for the look of the one it has of its own: 'Kommunens Rubrik 1'."""
    kind, _, level = _name_of(style).rpartition(" ")
    if kind != "heading":
        return
    words = "|".join(load_toml("drafting.toml")["template_styles"]["heading_names"])
    named = re.compile(rf"(?:^|[\s_-])(?:{words})[\s_-]?{level}$", re.IGNORECASE)
    of_text = (one for one in root.iter(W + "style") if one.get(W + "type") == "paragraph")
    own = next((one for one in of_text if named.search(_name_of(one))), None)
    if own is None:
        return
    for look in (*style.iter(W + "rPr"), *(part for pPr in style.iter(W + "pPr") for part in pPr)):
        if look.tag not in _OF_HEADINGS:
            look.getparent().remove(look)
    for base in style.findall(W + "basedOn"):
        base.set(W + "val", own.get(W + "styleId", ""))
        style.set(_TAKEN, "1")


def _name_of(style: Element) -> str:
    name = style.find(W + "name")
    return (name.get(W + "val", "") if name is not None else "").casefold()
