"""Takes a paragraph of a Word file, gives its text with the run of each letter, so that a stretch can be cut out."""

from __future__ import annotations

import copy
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samsyn.write.as_docx import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = f"{{{W}}}"
_WRAPPERS = frozenset(
    _W + name for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdtContent", "fldSimple")
)
_CHARACTERS = {_W + "tab": "\t", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_HYPHENS = dict.fromkeys("\u2010\u2011", "-")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a paragraph: its run, the element of the run it stands in, and where in that element's text."""

    text: str
    run: Element
    child: Element
    index: int


def letters_of(paragraph: Element) -> list[Letter]:
    """The letters that are read, in order; what is deleted, hidden in fields or drawn is left out."""
    letters: list[Letter] = []
    _collect(paragraph, letters)
    return letters


def _collect(parent: Element, letters: list[Letter]) -> None:
    for element in parent:
        if element.tag == _W + "r":
            _collect_run(element, letters)
        elif element.tag in _WRAPPERS:
            _collect(element, letters)
        elif element.tag == _W + "sdt" and element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is None:
            content = element.find(_W + "sdtContent")
            if content is not None:
                _collect(content, letters)


def _collect_run(run: Element, letters: list[Letter]) -> None:
    for child in run:
        if child.tag == _W + "t":
            letters.extend(Letter(letter, run, child, index) for index, letter in enumerate(child.text or ""))
        elif child.tag == _W + "br" and child.get(_W + "type") not in ("page", "column"):
            letters.append(Letter("\n", run, child, 0))
        elif child.tag in _CHARACTERS:
            letters.append(Letter(_CHARACTERS[child.tag], run, child, 0))


def text_of(paragraph: Element) -> str:
    """The paragraph's text as it stands in the file."""
    return "".join(letter.text for letter in letters_of(paragraph))


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text as the readers give it (composed, gaps collapsed), and where each of its letters stands in the raw one."""

    text: str
    places: tuple[int, ...]

    def find(self, words: str) -> tuple[int, int] | None:
        """Offsets in the raw text of the first stretch that reads like `words`; None when there is none."""
        wanted = plain(words).text
        start = self.text.find(wanted) if wanted else -1
        if start < 0:
            return None
        return self.places[start], self.places[start + len(wanted) - 1] + 1


def plain(raw: str) -> PlainText:
    """The text without what nobody sees, every gap one space; its letters' places in the raw text."""
    out: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(raw):
        if letter in _UNSEEN:
            continue
        if letter.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                places.append(place)
            continue
        if out and unicodedata.combining(letter):
            out[-1] = unicodedata.normalize("NFC", out[-1] + letter)
            continue
        for piece in unicodedata.normalize("NFC", _HYPHENS.get(letter, letter)):
            out.append(piece)
            places.append(place)
    while out and out[-1] == " ":
        out.pop()
        places.pop()
    return PlainText("".join(out), tuple(places))


def runs_between(paragraph: Element, start: int, end: int) -> list[Element]:
    """The runs that hold exactly the letters from `start` to `end`, split off from what stands before and after."""
    if start >= end:
        return []
    _split(paragraph, end)
    _split(paragraph, start)
    letters = letters_of(paragraph)[start:end]
    return list(dict.fromkeys(letter.run for letter in letters))


def run_before(paragraph: Element, place: int) -> Element | None:
    """The run that ends at `place`, split off from what follows; None at the beginning of the paragraph."""
    if place <= 0:
        return None
    _split(paragraph, place)
    letters = letters_of(paragraph)
    return letters[min(place, len(letters)) - 1].run if letters else None


def _split(paragraph: Element, place: int) -> None:
    """Make a new run begin at `place`, if none does."""
    letters = letters_of(paragraph)
    if not 0 < place < len(letters) or letters[place].run is not letters[place - 1].run:
        return
    letter = letters[place]
    run, child = letter.run, letter.child
    second = copy.deepcopy(run)
    for made in list(second):
        if made.tag != _W + "rPr":
            second.remove(made)
    following = list(run)[list(run).index(child) :]
    if letter.index:
        rest = copy.deepcopy(child)
        rest.text = (child.text or "")[letter.index :]
        rest.set(_SPACE, "preserve")
        child.text = (child.text or "")[: letter.index]
        child.set(_SPACE, "preserve")
        second.append(rest)
        following = following[1:]
    for moved in following:
        second.append(moved)
    run.addnext(second)
