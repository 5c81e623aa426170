"""Renders pairs of our own agreements as files and reads them: alignment from end to end, reading included."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samsyn.models.agreement import Agreement
from samsyn.models.comparison import Change, Comparison
from samsyn.pipeline import extract_agreement
from tests.accuracy.render.common import Options
from tests.accuracy.render.text import render_markdown
from tests.accuracy.render.word import render_word
from tests.accuracy.source import load_source

DOCUMENTS = Path(__file__).parent / "documents"
OLDER = Path(__file__).parent.parent / "accuracy" / "agreements"


@dataclass(frozen=True)
class DocumentPair:
    """Two sources by name, and which labels an honest reader pairs, by their beginnings."""

    old: str
    new: str
    shape: str
    gold: dict[str, tuple[tuple[str, str], ...]]

    def right(self, section: str, change: Change) -> bool:
        """True when the pair is one of the gold."""
        if change.old is None or change.new is None:
            return False
        labels = change.old.label, change.new.label
        return any(labels[0].startswith(old) and labels[1].startswith(new) for old, new in self.gold[section])


@cache
def load_document_pairs() -> tuple[DocumentPair, ...]:
    """Every pair of gold.toml."""
    entries = tomllib.loads((DOCUMENTS / "gold.toml").read_text(encoding="utf-8"))["pair"]
    return tuple(
        DocumentPair(
            entry["old"],
            entry["new"],
            entry["shape"],
            {
                name: tuple((old, new) for old, new in entry[name])
                for name in ("measures", "focus_areas", "signatories")
            },
        )
        for entry in entries
    )


def read_rendered(name: str, folder: Path) -> Agreement:
    """The agreement as read from the file that its source is rendered to: Markdown if it asks for that, else Word."""
    path = DOCUMENTS / f"{name}.agreement"
    source = load_source(path if path.exists() else OLDER / f"{name}.agreement")
    plain = source.variants == ("markdown",)
    target = folder / f"{name}.{'md' if plain else 'docx'}"
    (render_markdown if plain else render_word)(source, Options(), target)
    return extract_agreement(target)


def counts(pair: DocumentPair, comparison: Comparison, section: str) -> tuple[int, int, int]:
    """How many pairs are right, how many were found, how many there are."""
    found = [change for change in comparison.section(section) if change.old and change.new]
    return sum(pair.right(section, change) for change in found), len(found), len(pair.gold[section])
