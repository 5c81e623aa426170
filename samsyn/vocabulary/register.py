"""The register of recurring measures: takes measures.toml, and a user's file over it, gives a checked Register."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from samsyn.errors import VocabularyError
from samsyn.models.recurring import (
    REPORTED_KINDS,
    SILENT_KINDS,
    RecurringMeasure,
    Wording,
    WordPattern,
)
from samsyn.vocabulary.load import read_data
from samsyn.vocabulary.register_csv import entries_of_table

_DATA_FILE = "measures.toml"
_TABLE_SUFFIX = ".csv"
_REQUIRED = ("id", "name", "category", "kind")
_TEXTS = frozenset({"id", "name", "category", "kind", "description", "certainty", "parent", "unless"})
_YEARS = frozenset({"first_year", "last_year"})
_NAMES = ("aliases", "cased", "fixed", "whole", "opening", "in_order")
_LISTS = frozenset({*_NAMES, "look_alikes", "not_here", "examples", "not"})
_TABLES = frozenset({"rules", "patterns"})


@dataclass(frozen=True)
class Register:
    """Recurring measures in the order of their file; built by `load_register`, checked, unchangeable."""

    measures: tuple[RecurringMeasure, ...]
    _by_id: dict[str, RecurringMeasure] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {measure.id: measure for measure in self.measures})

    def __iter__(self) -> Iterator[RecurringMeasure]:
        return iter(self.measures)

    def __len__(self) -> int:
        return len(self.measures)

    def __contains__(self, identity: object) -> bool:
        return identity in self._by_id

    def get(self, identity: str) -> RecurringMeasure | None:
        """The measure with that id, or None."""
        return self._by_id.get(identity)

    def ancestors(self, identity: str) -> tuple[str, ...]:
        """The ids of the measure's parent, its parent and so on, nearest first."""
        found: list[str] = []
        measure = self._by_id.get(identity)
        while measure is not None and measure.parent is not None and measure.parent not in found:
            found.append(measure.parent)
            measure = self._by_id.get(measure.parent)
        return tuple(found)


def load_register(extra: Path | None = None) -> Register:
    """The package's register, with the entries of the user's file `extra` laid over it.

    `extra` is TOML in the form of measures.toml, or a table (.csv). An entry of it with a known id replaces that
    entry, others come after. Raises VocabularyError, naming
    file and entry, when a file cannot be read or an entry does not hold together.
    """
    built_in = _built_in()
    if extra is None:
        return built_in
    merged = {measure.id: measure for measure in built_in}
    merged.update({measure.id: measure for measure in _read_file(extra)})
    register = Register(tuple(merged.values()))
    check_register(register, source=extra.name)
    return register


@cache
def _built_in() -> Register:
    register = Register(parse_register(read_data(_DATA_FILE), source=_DATA_FILE))
    check_register(register, source=_DATA_FILE)
    return register


def _read_file(path: Path) -> tuple[RecurringMeasure, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path.name}: {error}") from error
    if path.suffix.lower() == _TABLE_SUFFIX:
        return _entries(entries_of_table(text, source=path.name), path.name)
    return parse_register(text, source=path.name)


def parse_register(text: str, *, source: str) -> tuple[RecurringMeasure, ...]:
    """The entries of a register written as TOML; `source` names it in a VocabularyError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{source}: {error}") from error
    unknown = set(data) - {"measure"}
    if unknown:
        raise VocabularyError(f"{source}: unknown key {sorted(unknown)[0]!r}; entries are [[measure]] tables")
    return _entries(data.get("measure", ()), source)


def _entries(entries: Iterable[Mapping[str, Any]], source: str) -> tuple[RecurringMeasure, ...]:
    measures = tuple(_measure(entry, source) for entry in entries)
    for identity, count in Counter(measure.id for measure in measures).items():
        if count > 1:
            raise VocabularyError(f"{source}: measure {identity!r}: the id is used twice")
    return measures


def _measure(entry: Mapping[str, Any], source: str) -> RecurringMeasure:
    _check_entry(entry, source)
    return RecurringMeasure(
        id=entry["id"],
        name=entry["name"],
        category=entry["category"],
        kind=entry["kind"],
        description=entry.get("description", ""),
        certainty=entry.get("certainty", ""),
        wordings=_wordings(entry),
        patterns=tuple(_pattern(value, entry.get("unless", "")) for value in entry.get("patterns", ())),
        look_alikes=tuple(entry.get("look_alikes", ())),
        not_here=tuple(entry.get("not_here", ())),
        parent=entry.get("parent"),
        first_year=entry.get("first_year"),
        last_year=entry.get("last_year"),
        examples=tuple(entry.get("examples", ())),
        counterexamples=tuple(entry.get("not", ())),
    )


def _wordings(entry: Mapping[str, Any]) -> tuple[Wording, ...]:
    """The name first, then every other wording once; a list an alias stands in says which rules it is under."""
    texts = dict.fromkeys([entry["name"], *(text for key in _NAMES for text in entry.get(key, ()))])
    rules = {rule["alias"]: rule for rule in entry.get("rules", ())}
    return tuple(
        Wording(
            text=text,
            cased=text in entry.get("cased", ()),
            fixed=text in entry.get("fixed", ()),
            whole=text in entry.get("whole", ()),
            opening=text in entry.get("opening", ()),
            in_order=text in entry.get("in_order", ()),
            needs=rules.get(text, {}).get("needs", ""),
            unless=_any_of(rules.get(text, {}).get("unless", ""), entry.get("unless", "")),
            or_capitals=rules.get(text, {}).get("or_capitals", False),
        )
        for text in texts
    )


def _pattern(value: str | Mapping[str, Any], unless: str) -> WordPattern:
    pattern = {"words": value} if isinstance(value, str) else dict(value)
    return WordPattern(**{**pattern, "unless": _any_of(pattern.get("unless", ""), unless)})


def _any_of(first: str, second: str) -> str:
    """The choices of two conditions as one."""
    return " | ".join(part for part in (first, second) if part)


def _check_entry(entry: Mapping[str, Any], source: str) -> None:
    name = str(entry.get("id", entry.get("name", "?")))
    missing = [key for key in _REQUIRED if not entry.get(key)]
    if missing:
        raise VocabularyError(f"{source}: measure {name!r} lacks {missing[0]!r}")
    for key, value in entry.items():
        if not _well_formed(key, value):
            raise VocabularyError(f"{source}: measure {name!r}: {key!r} is unknown or of the wrong form")
    named = {entry["name"], *(text for key in _NAMES for text in entry.get(key, ()))}
    for rule in entry.get("rules", ()):
        if rule["alias"] not in named:
            raise VocabularyError(f"{source}: measure {name!r}: a rule for {rule['alias']!r}, which is no name of it")
    if entry["kind"] not in REPORTED_KINDS + SILENT_KINDS:
        kinds = ", ".join(REPORTED_KINDS + SILENT_KINDS)
        raise VocabularyError(f"{source}: measure {name!r}: unknown kind {entry['kind']!r}; kinds are {kinds}")


def _well_formed(key: str, value: object) -> bool:
    if key in _TEXTS:
        return isinstance(value, str)
    if key in _YEARS:
        return isinstance(value, int)
    if key in _LISTS:
        return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    if key == "rules":
        return isinstance(value, list) and all(map(_is_rule, value))
    if key == "patterns":
        return isinstance(value, list) and all(_is_pattern(item) for item in value)
    return False


def _is_rule(item: object) -> bool:
    types = {"alias": str, "needs": str, "unless": str, "or_capitals": bool}
    return (
        _is_table(item, "alias", tuple(types))
        and isinstance(item, dict)
        and all(type(value) is types[key] for key, value in item.items())
    )


def _is_pattern(item: object) -> bool:
    """True for the words of a pattern, or a table with them: each slot has a choice, each rule its type."""
    if isinstance(item, str):
        return all(choice.strip(" *=") for slot in item.split("+") for choice in slot.split("|"))
    types = {"words": str, "within": int, "unless": str, "ordered": bool, "under": str}
    return (
        _is_table(item, "words", ("within", "unless", "ordered", "under"))
        and isinstance(item, dict)
        and all(type(value) is types[key] for key, value in item.items())
        and _is_pattern(item["words"])
    )


def _is_table(item: object, required: str, optional: Iterable[str]) -> bool:
    return isinstance(item, dict) and required in item and set(item) <= {required, *optional}


def check_register(register: Register, *, source: str) -> None:
    """Nothing when the register holds together: parents and look-alikes known, examples where needed.

    Raises VocabularyError naming `source` and the entry otherwise.
    """
    for measure in register:
        problem = _problem_of(measure, register)
        if problem:
            raise VocabularyError(f"{source}: measure {measure.id!r}: {problem}")


def _problem_of(measure: RecurringMeasure, register: Register) -> str | None:
    if measure.parent is not None and measure.parent not in register:
        return f"unknown parent {measure.parent!r}"
    if measure.id in register.ancestors(measure.id):
        return "is its own ancestor"
    for other in measure.look_alikes:
        if other not in register:
            return f"unknown look-alike {other!r}"
    if not measure.examples and (measure.patterns or any(w.needs or w.cased for w in measure.wordings)):
        return "has patterns or case rules but no example"
    return None
