"""Names of WordprocessingML elements and ways of reading their attributes; takes elements, gives plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"

OFF = frozenset({"0", "false", "off", "none"})
TWIPS_PER_POINT = 20
EMU_PER_POINT = 12700
LARGEST = 1_000_000_000
"""Numbers beyond this are damage; cut there so that nothing is allocated or counted by them."""


def value(parent: Element | None, name: str, default: str = "") -> str:
    """The `w:val` of the child `w:name`, such as 'Heading1' of `w:pStyle`; `default` when there is none."""
    child = parent.find(W + name) if parent is not None else None
    return default if child is None else child.get(W + "val", default)


def flag(parent: Element | None, name: str) -> bool | None:
    """True or False as the on/off child `w:name` says; None when it is not there."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else str(child.get(W + "val", "1")).lower() not in OFF


def number(text: str | None) -> float | None:
    """The number at the start of an attribute ('24', '12.5', '1.5cm' gives points); None when there is none."""
    if not text:
        return None
    units = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0}
    factor = units.get(text[-2:], 0.0)
    try:
        # Measures with a unit ("Strict Open XML") are given back in twips like the others.
        amount = float(text[:-2]) * factor * TWIPS_PER_POINT if factor else float(text)
    except ValueError:
        return None
    return amount if -LARGEST <= amount <= LARGEST else None


def whole(text: str | None, default: int = 0) -> int:
    """The whole number in an attribute, `default` when it is missing or damaged."""
    amount = number(text)
    return default if amount is None else int(amount)


def points(text: str | None) -> float | None:
    """A measure in twentieths of a point as points."""
    amount = number(text)
    return None if amount is None else amount / TWIPS_PER_POINT


def children(parent: Element, wanted: str) -> Iterator[Element]:
    """The children `w:wanted` in order, also those wrapped in content controls, custom XML or alternates."""
    for child in parent:
        if child.tag == W + wanted:
            yield child
        elif child.tag in WRAPPERS:
            yield from children(child, wanted)
        elif child.tag == MC + "AlternateContent":
            branch = chosen_branch(child)
            if branch is not None:
                yield from children(branch, wanted)


def chosen_branch(alternate: Element) -> Element | None:
    """The one branch of an `mc:AlternateContent` to be read: the first choice, else the fallback."""
    branch = alternate.find(MC + "Choice")
    return alternate.find(MC + "Fallback") if branch is None else branch


WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
