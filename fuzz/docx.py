"""Word files: made from what Word can write, or a good one with its markup rearranged and its archive broken."""

from __future__ import annotations

import copy
import io
import zipfile
from random import Random

from lxml import etree

from fuzz.strange import MOST_BYTES, broken_bytes, number, phrase
from tests import docx_builder as word

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAGS = ("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "hyperlink", "ins", "del", "numPr", "pPr", "tab", "br")
_MOST_ELEMENTS = 30_000


def make(random: Random) -> bytes:
    """A Word file of paragraphs, lists, tables in tables, notes and fields."""
    body = [_block(random, depth=0) for _ in range(random.randint(1, 25))]
    levels = [word.level(at, random.choice(("decimal", "bullet", "x")), random.choice(("%1.", "•", "%9%9"))) for at in
              range(random.randint(0, 9))]  # fmt: skip
    return word.build(
        *body,
        footnotes={note: _clean(phrase(random)) for note in range(random.randint(0, 3))},
        numbering_xml=word.numbering({0: levels}, {1: 0}) if levels else "",
        headers=[word.p(_clean(phrase(random)))] if random.random() < 0.3 else [],
    )


def _block(random: Random, depth: int) -> str:
    kind = random.randrange(6)
    if kind == 0:
        style = random.choice(("Heading1", "Heading2", "Title", "ListParagraph", "x"))
        return word.p(_clean(phrase(random)), style=style)
    if kind == 1 and depth < 4:
        return _table(random, depth + 1)
    if kind == 2:
        return word.p(_clean(phrase(random)), num=(random.choice((1, 7)), random.randint(0, 9)))
    if kind == 3:
        return word.p(word.b(_clean(phrase(random))), word.note(random.randint(0, 4)), _clean(phrase(random)))
    if kind == 4 and depth < 6:
        return word.sdt(_block(random, depth + 1))
    return word.p(_clean(phrase(random)), word.r(raw="<w:tab/>" * random.randint(0, 9)), _clean(phrase(random)))


def _table(random: Random, depth: int) -> str:
    rows = []
    for _ in range(random.randint(1, 8)):
        cells = []
        for _ in range(random.randint(1, 6)):
            merge = random.choice(("", "", "", "restart", "continue"))
            span = random.choice((1, 1, 1, 2, 5, 999, -1, 100000))
            content = _block(random, depth + 1) if random.random() < 0.1 else word.p(_clean(phrase(random)))
            cells.append(word.tc(content, span=span, merge=merge))
        rows.append(cells)
    return word.tbl(rows, widths=[random.choice((0, 1, 2000, -5, 10**7)) for _ in range(random.randint(0, 6))])


def _clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " and letter not in "\ufffe\uffff")


def mutate(data: bytes, random: Random) -> bytes:
    """The file with its markup or its archive broken."""
    if random.random() < 0.15:
        return broken_bytes(data, random)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return broken_bytes(data, random)
    named = [name for name in parts if name.startswith("word/") and name.endswith((".xml", ".rels"))]
    main = "word/document.xml"
    for _ in range(random.randint(1, 3)):
        name = main if main in parts and random.random() < 0.7 else random.choice(named)
        if random.random() < 0.15:
            parts[name] = broken_bytes(parts[name], random)
        elif random.random() < 0.05:
            parts[name] = parts[random.choice(named)]
        else:
            parts[name] = _rearranged(parts[name], random)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def _rearranged(part: bytes, random: Random) -> bytes:
    try:
        root = etree.fromstring(part)
    except etree.XMLSyntaxError:
        return broken_bytes(part, random)
    elements = list(root.iter(etree.Element))
    for _ in range(random.randint(1, 12)):
        element = random.choice(elements)
        if element.getparent() is None:
            continue
        _change(element, random.choice(elements), random, len(elements))
        elements = list(root.iter(etree.Element))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written[: 20 * MOST_BYTES]


def _change(element: etree._Element, other: etree._Element, random: Random, count: int) -> None:
    parent = element.getparent()
    assert parent is not None
    kind = random.randrange(9)
    if kind == 0:
        parent.remove(element)
    elif kind == 1 and count < _MOST_ELEMENTS:
        for _ in range(random.choice((1, 2, 50))):
            parent.insert(parent.index(element), copy.deepcopy(element))
    elif kind == 2 and element not in other.iterancestors() and element is not other:
        other.append(element)
    elif kind == 3:
        element.tag = _W + random.choice(_TAGS)
    elif kind == 4 and element.attrib:
        element.set(random.choice(list(element.attrib)), random.choice((number(random), "x", "on", "restart")))
    elif kind == 5:
        element.text = _clean(phrase(random))
    elif kind == 6:
        _wrap(element, parent, random.choice((1, 3, 40)), random)
    elif kind == 7:
        element.append(etree.Element(_W + random.choice(_TAGS)))
    else:
        for child in element:
            parent.insert(parent.index(element), child)


def _wrap(element: etree._Element, parent: etree._Element, depth: int, random: Random) -> None:
    tag = _W + random.choice(_TAGS)
    at = parent.index(element)
    for _ in range(depth):
        wrapper = etree.Element(tag)
        wrapper.append(element)
        element = wrapper
    parent.insert(at, element)
