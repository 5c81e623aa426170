"""Word's style sheet in, resolved formats out: what a paragraph or a run looks like after all inheritance."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from samsyn.extract.readers.docx_markup import W, flag, number, points, value, whole

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DEFAULT_SIZE = 10.0
"""Points; what Word takes when neither style nor document says."""
MAX_CHAIN = 50
"""Styles based on styles based on …: longer chains are damage (Word itself writes at most a handful)."""
LONGEST_NAME = 100

# The names word processors give their built-in heading styles; Word saves them in English whatever its language,
# others (and styles made by hand after them) in their own.
HEADING_NAME = re.compile(r"\b(?:heading|rubrik|overskrift|otsikko|überschrift)\s*([1-9])\b", re.IGNORECASE)
TITLE_NAMES = frozenset({"title", "rubrik", "huvudrubrik", "dokumentrubrik", "dokumenttitel", "titel"})
# Headings for certain, but of a rank that only their look can tell.
RANKLESS_NAME = re.compile(
    r"^(?:subtitle|heading|undertitel|(?:under|mellan|sido|avsnitts|kapitel|del|stycke|liten|stor)[ -]?rubrik)\b",
    re.IGNORECASE,
)
CONTENTS_NAME = re.compile(
    r"^(?:toc|contents|innehåll|innehållsförteckning)[ -]?(?:\d+|heading|title|rubrik)$|^table of figures$|"
    r"^innehållsförteckningsrubrik$",
    re.IGNORECASE,
)
BULLET_NAME = re.compile(r"^(?:list bullet|punktlista)\s*(\d?)$", re.IGNORECASE)
NUMBER_NAME = re.compile(r"^(?:list number|numrerad lista)\s*(\d?)$", re.IGNORECASE)
# Set apart by design, never because a section begins.
NOT_HEADING_NAMES = frozenset(
    {"caption", "beskrivning", "quote", "intense quote", "citat", "starkt citat", "signature", "closing", "header"}
    | {"footer", "footnote text", "endnote text", "list paragraph", "block text"}
)


class Look(NamedTuple):
    """What one layer (a style, a run's own properties) says of type; None where it says nothing."""

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    underline: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    size: float | None = None

    def over(self, base: Look) -> Look:
        """This layer laid over another: its own word where it has one."""
        if self == NO_LOOK:
            return base
        return Look._make(mine if mine is not None else theirs for mine, theirs in zip(self, base, strict=True))


NO_LOOK = Look()


class Format(NamedTuple):
    """How a run of text is set, all layers resolved; `size` in points."""

    bold: bool = False
    italic: bool = False
    caps: bool = False
    underline: bool = False
    hidden: bool = False
    raised: bool = False
    size: float = DEFAULT_SIZE


class Shape(NamedTuple):
    """What one layer says of a paragraph; None where it says nothing. Measures in points."""

    outline: int | None = None
    """Outline level from 0; 9 is body text."""
    numbering: str | None = None
    depth: int | None = None
    left: float | None = None
    first: float | None = None
    """Indent of the first line against the others; negative when hanging."""
    alignment: str | None = None
    stops: tuple[tuple[float, str, str], ...] | None = None
    """Tab stops: position, kind, leader."""
    keep_next: bool | None = None
    """True when Word keeps the paragraph on the page of the next one."""

    def over(self, base: Shape) -> Shape:
        """This layer laid over another: its own word where it has one."""
        if self == NO_SHAPE:
            return base
        merged = Shape._make(mine if mine is not None else theirs for mine, theirs in zip(self, base, strict=True))
        if self.stops and base.stops:
            cleared = {stop[0] for stop in self.stops}
            kept = tuple(stop for stop in base.stops if stop[0] not in cleared)
            merged = merged._replace(stops=tuple(sorted(kept + self.stops)))
        return merged


NO_SHAPE = Shape()


@dataclass(frozen=True, slots=True)
class Style:
    """One style with everything it inherits."""

    id: str
    names: tuple[str, ...]
    """Its name and those of the styles it is based on, nearest first, in lower case."""
    look: Look = NO_LOOK
    shape: Shape = NO_SHAPE
    heading_level: int = 0
    """The rank its name or outline level gives, 1 highest; 0 when it is no heading style."""
    is_rankless_heading: bool = False
    """True for a heading style without a rank of its own, such as a subtitle."""
    is_contents: bool = False
    """True for the lines of a table of contents and its heading."""
    may_be_heading: bool = True
    """False for styles that set text apart for another reason, such as captions and quotations."""
    list_depth: int | None = None
    """For a bulleted list style by name: its depth from 0."""
    is_ordered_list: bool = False
    """True for a numbered list style by name."""
    numbered_by_itself: bool = False
    """True when the numbering comes with the style, whose indents then outrank the numbering's."""


def describe_style(style_id: str, names: tuple[str, ...], look: Look, shape: Shape) -> Style:
    """A style with what its names and outline level say of its use."""
    if "hyperlink" in names:
        # A link is underlined to be clicked, not to be noticed.
        look = look._replace(underline=False)
    is_contents = bool(names) and CONTENTS_NAME.match(names[0]) is not None
    rank = 0 if is_contents else _heading_rank(names, shape)
    bullets = (BULLET_NAME.match(name) for name in names)
    return Style(
        id=style_id,
        names=names,
        look=look,
        shape=shape,
        heading_level=rank,
        is_rankless_heading=not rank and not is_contents and any(RANKLESS_NAME.match(name) for name in names),
        is_contents=is_contents,
        may_be_heading=not any(name in NOT_HEADING_NAMES for name in names),
        list_depth=next((max(0, int(found[1] or 1) - 1) for found in bullets if found), None),
        is_ordered_list=any(NUMBER_NAME.match(name) for name in names),
        numbered_by_itself=shape.numbering is not None,
    )


def _heading_rank(names: tuple[str, ...], shape: Shape) -> int:
    if shape.outline is not None:
        return shape.outline + 1 if 0 <= shape.outline < 9 else 0
    for name in names:
        if found := HEADING_NAME.search(name):
            return int(found[1])
        if name in TITLE_NAMES:
            return 1
    return 0


class Regions(NamedTuple):
    """Looks and shading of a table style by region ('' for the whole table, 'firstRow', 'firstCol' …)."""

    looks: dict[str, Look]
    shaded: frozenset[str]


NO_STYLE = Style(id="", names=())
NO_REGIONS = Regions({}, frozenset())


@dataclass(slots=True)
class StyleSheet:
    """All styles of a document, resolved when asked for and remembered."""

    defaults: Look = NO_LOOK
    default_paragraph: str = ""
    default_table: str = ""
    elements: dict[str, Element] = field(default_factory=dict)
    _resolved: dict[str, Style] = field(default_factory=dict)
    _regions: dict[str, Regions] = field(default_factory=dict)
    _formats: dict[tuple[str, str, Look, Look], Format] = field(default_factory=dict)

    def paragraph_style(self, style_id: str) -> Style:
        """The style of that id; the default paragraph style for an empty or unknown id."""
        return self._resolve(style_id if style_id in self.elements else self.default_paragraph)

    def run_style(self, style_id: str) -> Style:
        """The character style of that id; an empty style for an empty or unknown id."""
        return self._resolve(style_id) if style_id in self.elements else NO_STYLE

    def table_regions(self, style_id: str) -> Regions:
        """What the table style of that id says of the whole table and of its regions."""
        wanted = style_id if style_id in self.elements else self.default_table
        if wanted not in self._regions:
            self._regions[wanted] = self._read_regions(wanted)
        return self._regions[wanted]

    def format(self, paragraph: Style, run: Style, own: Look, table: Look = NO_LOOK) -> Format:
        """The type a run is set in; bold and the like switch each other off between style kinds, as in Word."""
        key = (paragraph.id, run.id, own, table)
        if key not in self._formats:
            self._formats[key] = self._resolve_format(paragraph.look, run.look, own, table)
        return self._formats[key]

    def _resolve_format(self, paragraph: Look, run: Look, own: Look, table: Look) -> Format:
        size = _first(own.size, run.size, paragraph.size, table.size, self.defaults.size, DEFAULT_SIZE)
        toggles = [
            mine if mine is not None else bool(default) or (bool(of_table) ^ bool(of_paragraph) ^ bool(of_run))
            for mine, default, of_table, of_paragraph, of_run in zip(
                own[:3], self.defaults[:3], table[:3], paragraph[:3], run[:3], strict=True
            )
        ]
        others = [
            bool(mine if mine is not None else of_run if of_run is not None else of_paragraph)
            for mine, of_run, of_paragraph in zip(own[3:6], run[3:6], paragraph[3:6], strict=True)
        ]
        return Format._make((*toggles, *others, size))

    def _chain(self, style_id: str) -> list[Element]:
        chain: list[Element] = []
        seen: set[str] = set()
        while style_id in self.elements and style_id not in seen and len(chain) < MAX_CHAIN:
            seen.add(style_id)
            chain.append(self.elements[style_id])
            style_id = value(chain[-1], "basedOn")
        return chain

    def _resolve(self, style_id: str) -> Style:
        if style_id not in self._resolved:
            self._resolved[style_id] = self._read_style(style_id)
        return self._resolved[style_id]

    def _read_style(self, style_id: str) -> Style:
        chain = self._chain(style_id)
        look, shape = Look(), Shape()
        for element in reversed(chain):
            look = read_look(element.find(W + "rPr")).over(look)
            shape = read_shape(element.find(W + "pPr")).over(shape)
        names = tuple(value(element, "name")[:LONGEST_NAME].strip().lower() for element in chain)
        return describe_style(style_id, names, look, shape)

    def _read_regions(self, style_id: str) -> Regions:
        looks: dict[str, Look] = {}
        shaded: set[str] = set()
        for element in reversed(self._chain(style_id)):
            parts = [("", element), *((part.get(W + "type", ""), part) for part in element.findall(W + "tblStylePr"))]
            for region, part in parts:
                looks[region] = read_look(part.find(W + "rPr")).over(looks.get(region, Look()))
                if is_shaded(part.find(W + "tcPr")):
                    shaded.add(region)
        return Regions(looks, frozenset(shaded))


def read_styles(root: Element | None) -> StyleSheet:
    """The style sheet in `word/styles.xml`; an empty one when there is none."""
    sheet = StyleSheet()
    if root is None:
        return sheet
    sheet.defaults = read_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    for element in root.findall(W + "style"):
        style_id = element.get(W + "styleId", "")
        sheet.elements.setdefault(style_id, element)
        if element.get(W + "default", "0").lower() in ("1", "true", "on"):
            if element.get(W + "type") == "paragraph":
                sheet.default_paragraph = style_id
            elif element.get(W + "type") == "table":
                sheet.default_table = style_id
    return sheet


def read_look(properties: Element | None) -> Look:
    """What a `w:rPr` says of type."""
    if properties is None or len(properties) == 0:
        return NO_LOOK
    size = number(value(properties, "sz"))
    underline = value(properties, "u", "single") if properties.find(W + "u") is not None else None
    return Look(
        bold=flag(properties, "b"),
        italic=flag(properties, "i"),
        caps=flag(properties, "caps"),
        underline=None if underline is None else underline != "none",
        hidden=flag(properties, "vanish"),
        raised=_read_raised(properties),
        size=size / 2 if size and size > 0 else None,
    )


def read_shape(properties: Element | None) -> Shape:
    """What a `w:pPr` says of its paragraph."""
    if properties is None or len(properties) == 0:
        return NO_SHAPE
    outline = number(value(properties, "outlineLvl"))
    counted = properties.find(W + "numPr")
    depth = number(value(counted, "ilvl"))
    indent = properties.find(W + "ind")
    first = points(indent.get(W + "firstLine")) if indent is not None else None
    hanging = points(indent.get(W + "hanging")) if indent is not None else None
    left = points(indent.get(W + "left", indent.get(W + "start"))) if indent is not None else None
    return Shape(
        outline=None if outline is None else int(outline),
        numbering=value(counted, "numId") or None,
        depth=None if depth is None else min(8, max(0, int(depth))),
        left=left,
        first=-hanging if hanging is not None else first,
        alignment=value(properties, "jc") or None,
        stops=_read_stops(properties.find(W + "tabs")),
        keep_next=flag(properties, "keepNext"),
    )


def is_shaded(properties: Element | None) -> bool:
    """True when a `w:tcPr` (or `w:pPr`) fills its ground with a colour other than white."""
    shading = properties.find(W + "shd") if properties is not None else None
    if shading is None:
        return False
    fill = shading.get(W + "fill", "auto").lower()
    if shading.get(W + "val", "clear") not in ("clear", "nil"):
        return True
    return bool(shading.get(W + "themeFill")) or fill not in ("auto", "ffffff", "")


def _read_raised(properties: Element) -> bool | None:
    upright = properties.find(W + "vertAlign")
    if upright is not None:
        return bool(upright.get(W + "val") == "superscript")
    # Some raise marks by hand: a position of 4 half-points or more above the line.
    position = properties.find(W + "position")
    return None if position is None else whole(position.get(W + "val")) >= 4


def _read_stops(tabs: Element | None) -> tuple[tuple[float, str, str], ...] | None:
    if tabs is None:
        return None
    found = [
        (points(tab.get(W + "pos")), tab.get(W + "val", "left"), tab.get(W + "leader", "none"))
        for tab in tabs.findall(W + "tab")
    ]
    return tuple(sorted((position, kind, leader) for position, kind, leader in found if position is not None))


def _first(*sizes: float | None) -> float:
    return next(size for size in sizes if size)
