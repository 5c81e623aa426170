"""Takes a drawing as an SVG file, gives it as an element of a page: ids of its own, text in the page's letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

_REFERENCE = re.compile(r"url\(#([^)]+)\)|^#(.+)$")
_ADDRESS = re.compile(r"url\(#([^)]+)\)")
_FONT = re.compile(r"font:\s*(?:normal\s+)?(?:(bold|\d{3})\s+)?([\d.]+)px[^;]*")
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"


def svg_element(data: bytes, *, name: str, label: str, width: float) -> str:
    """The drawing as markup: an image called `label`, `width` pixels wide where there is room.

    `name` begins each of its ids. It brings no stylesheet, which would be laid on the whole page.
    """
    from lxml import etree

    root = etree.fromstring(data)
    for element in [*root.iter(f"{_SVG}metadata"), *root.iter(f"{_SVG}style")]:
        element.getparent().remove(element)
    used = {part for element in root.iter() for value in element.attrib.values() for part in _references(value)}
    for element in root.iter(etree.Element):
        for key, value in [*element.attrib.items()]:
            del element.attrib[key]
            element.attrib.update(_own(key, value, name, used))
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.set("role", "img")
    root.set("aria-label", label)
    root.set("class", "chart")
    root.set("style", f"max-width: {width:g}px")
    etree.cleanup_namespaces(root)
    text: str = etree.tostring(root, encoding="unicode")
    return text.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)


def _references(value: str) -> Iterator[str]:
    return (match.group(1) or match.group(2) for match in _REFERENCE.finditer(value))


def _own(key: str, value: str, name: str, used: set[str]) -> dict[str, str]:
    """The attribute with ids that no other drawing on the page has; ids that nothing refers to are left out."""
    if key == "id":
        return {key: f"{name}-{value}"} if value in used else {}
    if key == _XLINK:
        return {"href": f"#{name}-{value.removeprefix('#')}"}
    value = _ADDRESS.sub(rf"url(#{name}-\1)", value)
    return {key: _FONT.sub(_own_font, value) if key == "style" else value}


def _own_font(match: re.Match[str]) -> str:
    weight = f"; font-weight: {match.group(1)}" if match.group(1) else ""
    return f"font-size: {match.group(2)}px{weight}"
