"""Takes the abbreviations of units an agreement uses, gives what they stand for: by its own words, or as is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from samsyn.extract.finders.passages import cell_blocks
from samsyn.extract.finders.units import is_unit_abbreviation, names_unit
from samsyn.extract.outline import walk_places
from samsyn.models.agreement import Municipality, Unit
from samsyn.models.document import Block
from samsyn.models.section import Part
from samsyn.models.source import Evidence
from samsyn.vocabulary.load import load_toml

# A committee's name is no longer than this many words ('kultur- och fritidsnämnden', 'Torshälla stads nämnd').
_LONGEST_NAME = 6
_SHORTEST_NAME = 5
_BEFORE_BRACKETS = r"(?P<name>(?:[\w-]+,?\s+){{0,{most}}}[\w-]+)\s*\(\s*{abbreviation}\s*\)"
_AFTER_SIGN = r"(?<![\w-]){abbreviation}\s*(?:[=:–-]|,|\()?\s*(?P<name>[^\W\d_][\w-]*(?:,?\s+[\w-]+){{0,{most}}})"


def find_units(
    parts: Sequence[Part], responsible: Iterable[str], municipalities: Sequence[Municipality]
) -> tuple[Unit, ...]:
    """The abbreviations among the responsible units, in the order of their use, with what they stand for.

    What the agreement itself says outranks what is known of its municipality, and that what holds everywhere; the name
    is None where none of them tells.
    """
    used = dict.fromkeys(unit for unit in responsible if is_unit_abbreviation(unit))
    if not used:
        return ()
    blocks = [(block, block.text) for block in _blocks(parts)]
    return tuple(_unit(abbreviation, blocks, municipalities) for abbreviation in used)


def _unit(abbreviation: str, blocks: Sequence[tuple[Block, str]], municipalities: Sequence[Municipality]) -> Unit:
    for block, text in blocks:
        told = _told(abbreviation, block) if abbreviation in text else None
        if told is not None:
            return Unit(abbreviation=abbreviation, name=told[0], basis="document", evidence=told[1])
    known = load_toml("units.toml")
    local = {_of(known["municipalities"].get(one.code, {}), abbreviation) for one in municipalities}
    if len(local) == 1 and None not in local:
        return Unit(abbreviation=abbreviation, name=local.pop(), basis="municipality")
    if not local - {None}:
        name = _of(known["general"], abbreviation)
        return Unit(abbreviation=abbreviation, name=name, basis="general" if name else None)
    return Unit(abbreviation=abbreviation)


def _of(names: Mapping[str, str], abbreviation: str) -> str | None:
    return names.get(abbreviation.upper())


def _told(abbreviation: str, block: Block) -> tuple[str, tuple[Evidence, ...]] | None:
    """The name that stands before the abbreviation's brackets, or behind it in a list of abbreviations."""
    bracketed = re.search(rf"\(\s*{re.escape(abbreviation)}\s*\)", block.text)
    for form in (_BEFORE_BRACKETS, _AFTER_SIGN) if bracketed else (_AFTER_SIGN,):
        pattern = re.compile(form.format(abbreviation=re.escape(abbreviation), most=_LONGEST_NAME - 1))
        for match in pattern.finditer(block.text):
            for start, end in _stretches(match, from_end=form is _BEFORE_BRACKETS):
                name = " ".join(block.text[start:end].split())
                if _stands_for(abbreviation, name):
                    return name, block.locate(start, end)
    return None


def _stretches(match: re.Match[str], *, from_end: bool) -> Iterator[tuple[int, int]]:
    """The name's possible stretches, the shortest first: its last words before brackets, its first behind a sign."""
    start, end = match.span("name")
    words = [(start + word.start(), start + word.end()) for word in re.finditer(r"\S+", match.group("name"))]
    for count in range(1, len(words) + 1):
        if from_end:
            yield words[-count][0], end
        else:
            yield start, start + len(match.group("name")[: words[count - 1][1] - start].rstrip(","))


def _stands_for(abbreviation: str, name: str) -> bool:
    """True when the name is a unit's, begins as the abbreviation does and has its last letter."""
    letters, rest = abbreviation.casefold(), name.casefold()
    words = name.split()
    if len(name) < max(_SHORTEST_NAME, 2 * len(letters)) or rest[0] != letters[0]:
        return False
    if not names_unit(words[-1]) or any(is_unit_abbreviation(word.strip(",")) for word in words):
        return False
    return letters[-1] in rest[1:]


def _blocks(parts: Sequence[Part]) -> Iterator[Block]:
    for place in walk_places(parts):
        if place.section.heading is not None:
            yield place.section.heading
        for block in place.blocks:
            yield from cell_blocks(block)
