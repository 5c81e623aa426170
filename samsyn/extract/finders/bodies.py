"""Takes a text and gives the deciding bodies named in it (Kommunfullmäktige, KS), in their base form."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import either_of


class BodyMention(NamedTuple):
    """A body in a text: offsets and its base form with a capital."""

    start: int
    end: int
    name: str


def find_bodies(text: str) -> tuple[BodyMention, ...]:
    """Every deciding body in order; 'kommunstyrelsens ordförande' is a person and gives none."""
    found: list[BodyMention] = []
    for hit in _pattern().finditer(text):
        name = _name(hit.group())
        if name is None:
            continue
        place = _PLACE.match(text, hit.end()) if name in _with_place() else None
        owner = _OWNER.search(text, 0, hit.start()) if name in _with_place() and place is None else None
        if place is not None:
            found.append(BodyMention(hit.start(), place.end(), f"{name} {place.group().strip()}"))
        elif owner is not None:
            found.append(BodyMention(owner.start(), hit.end(), text[owner.start() : hit.end()]))
        else:
            found.append(BodyMention(hit.start(), hit.end(), name))
    return tuple(found)


# The district that a city's committee is of: 'Stadsdelsnämnden Lundby', 'Stadsdelsnämnden Askim-Frölunda-Högsbo'.
_PLACE = re.compile(r"\s+[A-ZÅÄÖ][\w-]+(?:\s+[A-ZÅÄÖ][\w-]+)?")

# Or its name stands before it: 'av Skärholmens stadsdelsnämnd', 'av Rinkeby-Kista stadsdelsnämnd'.
_OWNER = re.compile(r"(?<=\s)[A-ZÅÄÖ][\w-]+\s+$")


@cache
def _with_place() -> frozenset[str]:
    return frozenset(entry["name"] for entry in load_toml("bodies.toml")["body"] if entry.get("with_place"))


@cache
def _forms() -> dict[str, str]:
    return {form: entry["name"] for entry in load_toml("bodies.toml")["body"] for form in entry["forms"]}


@cache
def _pattern() -> re.Pattern[str]:
    data = load_toml("bodies.toml")
    listed = either_of(_forms())
    endings, roles = either_of(data["endings"]["body"]), either_of(data["endings"]["not_before"])
    return re.compile(rf"(?<![\w/-])(?:{listed}|\w{{3,}}(?:{endings}))(?![\w-]|\s+(?:{roles}))", re.IGNORECASE)


def _name(written: str) -> str | None:
    """The base form; short forms must be capitals ('KS', 'Kf'), a made-up committee keeps its own name."""
    folded = " ".join(written.casefold().split())
    if folded in load_toml("bodies.toml")["endings"]["not_body"]:
        return None
    known = _forms().get(folded)
    if known is not None:
        return known if len(folded) > 4 or written[0].isupper() else None
    return folded[0].upper() + folded[1:]
