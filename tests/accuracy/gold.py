"""Gold: from an agreement's neutral source to what an honest reader finds in it, in the samples' gold format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.accuracy.blocks import (
    FIELDS,
    Band,
    Block,
    Card,
    Cards,
    Column,
    Heading,
    Item,
    Listing,
    Outcomes,
    Paragraph,
    Part,
    Problem,
    Region,
    Row,
    Signatures,
    Source,
    Table,
    Undertaking,
    Undertakings,
)
from tests.accuracy.source import SourceError, plain

Gold = dict[str, object]
GOAL = re.compile(r"<(g|og):(\w+)>(.*?)</\1>", re.DOTALL)
MEASURE = re.compile(r"<m(?::([\w,-]*))?>(.*?)</m>", re.DOTALL)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])|\n")
SEVERAL = re.compile(r"[,;/+\n]| och | samt | med ")
NUMBER = re.compile(r"^\d+(?:–\d+)?\.\s")
DASHES = re.compile(r"[–—-]+$")
"""A cell that holds only dashes says nothing."""

GOAL_FIELDS = ("goal", "effect", "indicator")
FRONT_PAPERS = ("tjänsteskrivelse", "protokollsutdrag")


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and the focus area one stands in."""

    gold: Gold
    area: str | None = None
    area_level: int = 99
    goals: list[Gold] = field(default_factory=list)
    optional: list[Gold] = field(default_factory=list)
    problems: list[Gold] = field(default_factory=list)
    measures: list[Gold] = field(default_factory=list)
    signatories: list[Gold] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)

    def enter(self, area: str | None, level: int = 99) -> None:
        """Stand in the area from here on; '-' leaves it."""
        if area and area != "-":
            self.area, self.area_level = area, level
            if area not in self.areas:
                self.areas.append(area)
        elif area == "-":
            self.area, self.area_level = None, 99


def build_gold(source: Source) -> Gold:
    """The gold of an agreement, as every rendering that loses nothing should be read."""
    reading = _Reading({})
    for part in source.parts:
        reading.area, reading.area_level = None, 99
        if part.kind not in FRONT_PAPERS:
            _read(part.blocks, reading)
    named = {identifier for identifier, _ in source.mentions}
    named |= {identifier for measure in reading.measures for identifier in _strings(measure["canonical"])}
    _check_mentions(source)
    return {
        "id": source.name,
        "meta": {**source.meta, "municipalities": _municipalities(source)},
        "focus_areas": reading.areas,
        "goals": reading.goals,
        "optional_goals": reading.optional,
        "problem_pictures": reading.problems,
        "measures": reading.measures,
        "signatories": reading.signatories,
        "mentions": sorted(named),
        "parts": [part.kind for part in source.parts],
        "optional_mentions": list(source.optional_mentions),
        "skip": [],
    }


def dump(gold: Gold) -> str:
    """The gold as it is written to its file."""
    return json.dumps(gold, ensure_ascii=False, indent=1) + "\n"


def texts_of(parts: Iterable[Part]) -> str:
    """All text of the parts, for checking that what the gold names is there."""
    return "\n".join(text for part in parts for text in (part.title, *_texts(part.blocks)))


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []


def _municipalities(source: Source) -> list[dict[str, str]]:
    named = (pair.strip().partition(" ") for pair in str(source.meta["municipalities"]).split(";"))
    return [{"code": code, "name": name} for code, _, name in named]


def _check_mentions(source: Source) -> None:
    text = texts_of(part for part in source.parts if part.kind not in FRONT_PAPERS)
    for identifier, quote in source.mentions:
        if quote not in text:
            raise SourceError(f"{source.name}: {identifier} is said to be named by {quote!r}, which is not there")


def _read(blocks: Iterable[Block], reading: _Reading) -> None:
    for block in blocks:
        _read_block(block, reading)


def _read_block(block: Block, reading: _Reading) -> None:
    match block:
        case Heading(level, text, area):
            if area is None and level <= reading.area_level:
                reading.enter("-")
            reading.enter(area, level)
            _marks(text, reading)
        case Paragraph(text):
            _marks(text, reading)
        case Listing(items):
            _items(items, reading)
        case Undertakings():
            _undertakings(block, reading)
        case Outcomes(items):
            for measure, outcome in zip(reading.measures[-len(items) :], items, strict=True):
                measure["outcomes"] = [*_strings(measure["outcomes"]), plain(outcome)]
        case Table():
            _table(block, reading)
        case Cards(cards):
            for card in cards:
                reading.measures.append(_card(card, reading))
                _optional_goals(reading.measures[-1], reading)
        case Region(_, inner):
            _read(inner, reading)
        case Problem():
            _problem(block, reading)
        case Signatures():
            reading.signatories.extend(_signatories(block))
        case _:
            pass


def _marks(text: str, reading: _Reading) -> None:
    """The goals and measures that stand in running text between marks."""
    for kind, level, inner in GOAL.findall(text):
        goal = _goal(plain(inner), level, reading.area)
        (reading.goals if kind == "g" else reading.optional).append(goal)
    for ids, inner in MEASURE.findall(text):
        measure = _measure("prose", [word for word in ids.split(",") if word], reading.area)
        measure["title"] = plain(inner)
        reading.measures.append(measure)


def _goal(text: str, level: str, area: str | None) -> Gold:
    return {"text": text, "level": level, "focus_area": None if level == "overall" else area}


def _items(items: Iterable[Item], reading: _Reading) -> None:
    for item in items:
        if item.area and item.area not in reading.areas:
            reading.areas.append(item.area)
        _marks(item.text, reading)
        _items(item.children, reading)


def _measure(form: str, recurring: Iterable[str], area: str | None) -> Gold:
    return {
        "key": "",
        "canonical": sorted(recurring),
        "focus_area": area,
        "form": form,
        "responsible": [],
        "outcomes": [],
    }


def _undertakings(block: Undertakings, reading: _Reading) -> None:
    for item in block.items:
        reading.measures.append(_undertaking(item, block.form, reading.area))
        _marks(item.text, reading)


def _undertaking(item: Undertaking, form: str, area: str | None) -> Gold:
    measure = _measure(form, item.recurring, area)
    measure["title"] = plain(item.text)
    measure["responsible"] = list(item.responsible)
    measure["outcomes"] = [plain(outcome) for outcome in item.outcomes]
    return measure


def _table(table: Table, reading: _Reading) -> None:
    area_before, level_before = reading.area, reading.area_level
    above: tuple[str | None, ...] = ()
    for row in table.rows:
        if isinstance(row, Band):
            reading.enter(row.area, reading.area_level if row.area == "-" else 98)
            _marks(row.text, reading)
            continue
        new = tuple(cell is not None for cell in row.cells)
        cells = tuple(cell if cell is not None else above[index] for index, cell in enumerate(row.cells))
        above = cells
        if table.measures:
            _table_row(table, row, cells, new, reading)
        else:
            for column, cell in zip(table.columns, row.cells, strict=True):
                if column.holds == "area" and cell:
                    reading.enter(cell.replace("\n", " "), 98)
                _marks(cell or "", reading)
    reading.area, reading.area_level = area_before, level_before


def _table_row(table: Table, row: Row, cells: tuple[str | None, ...], new: tuple[bool, ...], reading: _Reading) -> None:
    held = [(column.holds, plain(cell or "")) for column, cell in zip(table.columns, cells, strict=True)]
    area = row.area or next((text for name, text in held if name == "area" and text), "")
    if area:
        reading.enter(area.replace("\n", " "), 98)
    for index, cell in enumerate(cells):
        if new[index]:
            _marks(cell or "", reading)
    measure = _measure("row", row.recurring, reading.area)
    marked = [column.header for column, cell in zip(table.columns, cells, strict=True) if _is_mark(column, cell)]
    _fill(measure, [(name, text) for name, text in held if name], tuple(marked) or row.responsible)
    reading.measures.append(measure)
    if any(name in FIELDS for name in measure):
        _optional_goals(measure, reading)


def _is_mark(column: Column, cell: str | None) -> bool:
    """Whether the cell says, with a cross or the like, that the unit heading the column is responsible."""
    return column.holds == "unit" and bool(cell)


def _card(card: Card, reading: _Reading) -> Gold:
    measure = _measure("card", card.recurring, reading.area)
    _fill(measure, [(name, plain(text)) for _, text, name in card.lines if name], card.responsible)
    return measure


def _fill(measure: Gold, held: list[tuple[str, str]], responsible: tuple[str, ...] | None) -> None:
    for name, text in held:
        if DASHES.match(text):
            continue
        if name == "responsible" and responsible is None and text:
            if SEVERAL.search(text):
                raise SourceError(f"say with {{by=...}} whom {text!r} names")
            responsible = (NUMBER.sub("", text),)
        elif name in FIELDS and text:
            measure[name] = f"{measure[name]}\n{text}" if name in measure else text
        elif name not in ("responsible", "area", "unit", "") and name not in FIELDS:
            raise SourceError(f"{name!r} is no field of a measure")
    measure["responsible"] = list(responsible or ())


def _optional_goals(measure: Gold, reading: _Reading) -> None:
    """Sentences of effect and goal cells may be called goals; neither rewarded nor punished."""
    known = {str(goal["text"]) for goal in (*reading.goals, *reading.optional)}
    for name in GOAL_FIELDS:
        text = str(measure.get(name) or "")
        for candidate in dict.fromkeys([text, *SENTENCE.split(text)]):
            if candidate.strip() and candidate not in known:
                known.add(candidate)
                reading.optional.append(_goal(candidate, "sub", reading.area))


def _problem(problem: Problem, reading: _Reading) -> None:
    for block in problem.blocks:
        if isinstance(block, Heading):
            _read_block(block, reading)
    text = "\n".join(line for block in problem.blocks for line in _problem_lines(block))
    reading.problems.append({"title": problem.title, "text": text, "focus_area": reading.area})
    for block in problem.blocks:
        if not isinstance(block, Heading):
            _read_block(block, reading)


def _problem_lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield plain(text)
        case Listing(items):
            for item in items:
                yield plain(item.text)
                for child in item.children:
                    yield plain(child.text)
        case _:
            return


def _signatories(block: Signatures) -> Iterator[Gold]:
    for party in block.parties:
        for person in party.people:
            yield {
                "name": person.name,
                "title": person.title or None,
                "party": party.party,
                "organisation": person.organisation or party.name or None,
                "date": party.date,
            }


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(_, text) | Paragraph(text):
                yield plain(text)
            case Listing(items):
                for item in items:
                    yield from (plain(item.text), *(plain(child.text) for child in item.children))
            case Undertakings(items):
                for undertaking in items:
                    yield from map(plain, (undertaking.text, *undertaking.outcomes))
            case Outcomes(items):
                yield from map(plain, items)
            case Table(_, rows):
                for row in rows:
                    texts = (row.text,) if isinstance(row, Band) else row.cells
                    yield from (plain(text) for text in texts if text)
            case Cards(cards):
                yield from (plain(text) for card in cards for _, text, _ in card.lines)
            case Region(_, inner) | Problem(_, inner):
                yield from _texts(inner)
            case _:
                pass
