"""The requirements as data: takes requirements.toml, gives each with its tests, checked when it is loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias, get_args

from samsyn.errors import VocabularyError
from samsyn.models.agreement import Agreement, DocumentKind, Measure
from samsyn.models.check import RequirementSource
from samsyn.vocabulary.load import load_toml
from samsyn.write.labels import value_label

_FILE = "requirements.toml"
_LISTS = ("problem_pictures", "goals", "measures")
_TEST_KEYS = frozenset(
    {"field", "areas", "chain", "measures", "share", "measurable", "sections", "words", "in_field", "figures"}
    | {"together", "also", "period", "open_ended", "parties", "signed"}
)
_KEYS = frozenset(
    {"id", "title", "asks", "source", "paragraph", "kinds", "optional", "found", "partly", "gap", "question", "place"}
    | {"en"}
)


@dataclass(frozen=True, slots=True)
class Test:
    """One sign that a requirement is met; every key that is given must hold. See requirements.toml."""

    field: str = ""
    areas: float = 0.0
    chain: float = 0.0
    measures: tuple[str, ...] = ()
    share: float = 0.0
    measurable: float = 0.0
    sections: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    in_field: str = ""
    figures: str = ""
    period: tuple[str, ...] = ()
    open_ended: bool = False
    parties: tuple[str, ...] = ()
    signed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """What is asked, by whom and of which documents, and the tests that tell whether it is met."""

    id: str
    title: str
    asks: str
    source: RequirementSource
    first_day: str
    """Agreements that ended before this day (ISO) are not asked; empty for all."""
    kinds: frozenset[str]
    optional: bool
    found: tuple[Test, ...]
    partly: tuple[Test, ...]
    gap: str
    question: str | None
    place: str


Language: TypeAlias = Literal["sv", "en"]
"""In which a report is told."""


@cache
def load_requirements(language: Language = "sv") -> tuple[Requirement, ...]:
    """All requirements, in the order of the file; VocabularyError names the one that does not hold together."""
    return tuple(_requirement(raw, language) for raw in load_toml(_FILE)["requirement"])


@cache
def word_pattern(name: str) -> re.Pattern[str]:
    """A pattern for the words of the list `name`; an asterisk leaves the end of a word open."""
    return _pattern(load_toml(_FILE)["words"][name])


@cache
def goal_pattern(name: str) -> re.Pattern[str]:
    """A pattern for the words of the list `name` about goals."""
    return _pattern(load_toml(_FILE)["goals"][name])


def goal_text(name: str, language: Language = "sv") -> str:
    """What is said of a goal, as listed under `name`."""
    goals = load_toml(_FILE)["goals"]
    text: str = (goals if language == "sv" else goals[language])[name]
    return text


def gap_word(name: str, language: Language) -> str:
    """The word for a party, or for 'and', in a gap; the name itself for what needs no word, as a focus area's title.

    'measures' and 'goals' give the sentence that there are none.
    """
    word: str = load_toml(_FILE)["values"][language].get(name, value_label(name) if language == "sv" else name)
    return word


def _pattern(words: list[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    escaped = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(escaped)})(?!\w)", re.IGNORECASE)


def _requirement(raw: dict[str, Any], language: Language) -> Requirement:
    name = raw.get("id", "?")
    sources = load_toml(_FILE)["sources"]
    unknown = set(raw) - _KEYS
    kinds = frozenset(raw.get("kinds", ()))
    if unknown or raw.get("source") not in sources or not kinds <= set(get_args(DocumentKind)):
        raise VocabularyError(f"{_FILE}: requirement {name}: {sorted(unknown) or 'unknown source or kind'}")
    source = sources[raw["source"]]
    told = raw if language == "sv" else {**raw, **raw[language]}
    source_title = source["title"] if language == "sv" else source[language]
    return Requirement(
        id=name,
        title=told["title"],
        asks=told["asks"],
        source=RequirementSource(title=source_title, url=source["url"], paragraph=raw.get("paragraph")),
        first_day=source.get("from", ""),
        kinds=kinds,
        optional=raw.get("optional", False),
        found=tuple(_test(name, test) for test in raw["found"]),
        partly=tuple(_test(name, test) for test in raw["partly"]),
        gap=told["gap"],
        question=told.get("question"),
        place=raw.get("place", ""),
    )


def _test(name: str, raw: dict[str, Any]) -> Test:
    unknown = set(raw) - _TEST_KEYS
    if unknown or not raw:
        raise VocabularyError(f"{_FILE}: requirement {name}: a test has unknown keys {sorted(unknown)}")
    _check_names(name, raw)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    values["signed"] = tuple(raw.get("signed", {}).items())
    return Test(**values)


def _check_names(name: str, raw: dict[str, Any]) -> None:
    words = load_toml(_FILE)["words"]
    lists = [name for key in ("words", "together", "also") for name in raw.get(key, ())]
    lists += [value for value in raw.get("signed", {}).values() if value]
    wrong = [word for word in lists if word not in words]
    wrong += [key for key in ("field", "in_field", "figures") if raw.get(key, "goals") not in _LISTS]
    wrong += [field for field in raw.get("measures", ()) if field not in Measure.model_fields]
    if wrong:
        raise VocabularyError(f"{_FILE}: requirement {name}: nothing is called {', '.join(wrong)}")


def applies_to(requirement: Requirement, agreement: Agreement) -> bool:
    """True when the requirement is asked of documents of this kind and time."""
    end = agreement.period.end
    return agreement.kind in requirement.kinds and not (end and end < requirement.first_day)
