"""What the register knows of a recurring measure, and what the matcher says when it finds one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

#: Kinds that are looked for in agreements and reported.
REPORTED_KINDS = ("method", "programme", "activity", "forum")
#: Kinds that are known, so that nothing else is seen in their place, but never reported.
SILENT_KINDS = ("role", "data-source", "document")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of writing a measure's name, with the rules it is recognised under.

    `cased`: the capitals must be as written. `fixed`: word for word, no inflection and no compound.
    `whole`: only when a text or a title is nothing more; `opening`: only where more of a short title follows.
    `in_order`: never with its words in another order. `needs` and `unless` are phrases of which one must, or none
    may, stand near; with `or_capitals`, capitals that tell a name of itself do for what it needs.
    """

    text: str
    cased: bool = False
    fixed: bool = False
    whole: bool = False
    opening: bool = False
    in_order: bool = False
    needs: str = ""
    unless: str = ""
    or_capitals: bool = False


@dataclass(frozen=True, slots=True)
class WordPattern:
    """Words that together leave no doubt about a measure without being its name.

    `words` is written in the pattern language of `docs/matching.md`; all its parts must stand in one sentence
    within `within` words of each other. `unless` as in `Wording`. `under` names the heading below which alone they
    say so ('Tillsyn görs gemensamt' under 'Krogar').
    """

    words: str
    within: int = 8
    unless: str = ""
    ordered: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True)
class RecurringMeasure:
    """An entry of the register; `examples` must be recognised as this measure, `counterexamples` must not."""

    id: str
    name: str
    category: str
    kind: str
    description: str
    certainty: str
    wordings: tuple[Wording, ...]
    patterns: tuple[WordPattern, ...] = ()
    look_alikes: tuple[str, ...] = ()
    not_here: tuple[str, ...] = ()
    parent: str | None = None
    first_year: int | None = None
    last_year: int | None = None
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def reported(self) -> bool:
        """True when the measure is reported; roles, data sources and documents are only known."""
        return self.kind in REPORTED_KINDS

    @property
    def aliases(self) -> tuple[str, ...]:
        """The ways of writing the name beside the name itself."""
        return tuple(wording.text for wording in self.wordings if wording.text != self.name)


class Match(NamedTuple):
    """A recurring measure found in a text.

    `score` is the measured chance that it is right (0-1), `matched` the text between the offsets `start` and
    `end`, `method` how it was recognised, `alias` the wording or pattern of the register that it met, and
    `reasons` what spoke for and against, for a person to read (Swedish).
    """

    id: str
    name: str
    score: float
    matched: str
    start: int
    end: int
    method: str
    alias: str
    reasons: tuple[str, ...] = ()
