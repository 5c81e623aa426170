"""Takes a series of comparisons, gives it in words: each measure's life, and the comparison at each step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from samsyn.models.comparison import ChangeKind, Edition, Life, Series, Side
from samsyn.write.clean import cut, one_line
from samsyn.write.diff_kinds import phrases_of
from samsyn.write.diff_phrases import Language, Phrases
from samsyn.write.diff_view import LONGEST_LABEL, Entry, View, view_of


class LifeCell(NamedTuple):
    """A measure in one agreement of a series: what it is called there, what the step to it did, and the notes."""

    label: str
    kind: ChangeKind | None
    tag: str
    notes: tuple[str, ...]


class LifeRow(NamedTuple):
    """One measure through a series, with a cell for each agreement."""

    label: str
    cells: tuple[LifeCell, ...]


class SeriesView(NamedTuple):
    """A series in words: the agreements, each measure's life, and the comparison at each step."""

    words: Phrases
    title: str
    editions: tuple[Edition, ...]
    lives: tuple[LifeRow, ...]
    steps: tuple[View, ...]
    differs: bool


def series_view_of(series: Series, language: Language = "sv") -> SeriesView:
    """The series in the words of the language."""
    words = phrases_of(series.editions, language)
    steps = tuple(view_of(comparison, language) for comparison in series.comparisons)
    entries = [_by_id(step) for step in steps]
    lives = tuple(
        LifeRow(cut(one_line(life.label), LONGEST_LABEL), tuple(_life_cells(life, entries, words)))
        for life in series.measures
    )
    return SeriesView(words, words.says["series_title"], series.editions, lives, steps, series.differs)


def _by_id(step: View) -> dict[tuple[str, str], Entry]:
    """The measures of a step by ('old' or 'new', id)."""
    measures = next(section for section in step.sections if section.name == "measures")
    return {
        (which, side.id): entry
        for entry in measures.entries
        for which, side in (("old", entry.change.old), ("new", entry.change.new))
        if side
    }


def _life_cells(life: Life, entries: Sequence[Mapping[tuple[str, str], Entry]], words: Phrases) -> Iterator[LifeCell]:
    before: Side | None = None
    seen = False
    for number, side in enumerate(life.appearances):
        kind = life.kinds[number - 1] if number else None
        key = ("new", side.id) if side else ("old", before.id if before else "")
        entry = entries[number - 1].get(key) if number else None
        label = one_line(side.label) if side else ""
        if kind == "new" and seen:
            yield LifeCell(label, kind, words.says["returned"], ())
        else:
            there = words.says["there"] if side and not seen else ""
            yield LifeCell(label, kind, words.kinds[kind] if kind else there, entry.notes if entry else ())
        before, seen = side, seen or side is not None
