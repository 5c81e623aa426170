"""Labelled lines for the matching of recurring measures: reads them, and counts how well a matcher does on them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from samsyn.match import Matcher

_FOLDER = Path(__file__).parent
_BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)


class Line(NamedTuple):
    """A text, the ids of the measures named in it, and the kind of case it is."""

    kind: str
    measures: frozenset[str]
    text: str


@dataclass
class Counts:
    """True, false and missed matches; `kinds` holds the same by kind of case."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    kinds: dict[str, Counts] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        """The share of the matches that are right; 1 without any."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the named measures that were found; 1 without any."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def add(self, found: frozenset[str], wanted: frozenset[str]) -> None:
        """Counts one line."""
        self.right += len(found & wanted)
        self.wrong += len(found - wanted)
        self.missed += len(wanted - found)

    def __str__(self) -> str:
        return (
            f"right {self.right:4} wrong {self.wrong:3} missed {self.missed:3}"
            f"  precision {self.precision:.3f} recall {self.recall:.3f}"
        )


class Bin(NamedTuple):
    """The candidates with a score from `low` to `high`: how many, their mean score, the share that was right."""

    low: float
    high: float
    size: int
    said: float
    right: float


def read_lines(half: str) -> tuple[Line, ...]:
    """The lines of 'develop' or 'measured'."""
    with (_FOLDER / f"{half}.tsv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(
            Line(row["kind"], frozenset(row["measures"].split()) - {"-"}, row["text"].replace("\\n", "\n"))
            for row in rows
        )


def read_under_headings() -> tuple[tuple[str, Line], ...]:
    """Lines with the heading they stand under, which alone says what some of them are about."""
    with (_FOLDER / "headings.tsv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(
            (row["heading"], Line("heading", frozenset(row["measures"].split()) - {"-"}, row["text"])) for row in rows
        )


def measure(matcher: Matcher, lines: Iterable[Line]) -> Counts:
    """How the matcher does on the lines, in all and by kind."""
    counts = Counts()
    for line in lines:
        found = frozenset(match.id for match in matcher.match(line.text))
        counts.add(found, line.measures)
        counts.kinds.setdefault(line.kind, Counts()).add(found, line.measures)
    return counts


def reliability(matcher: Matcher, lines: Sequence[Line]) -> tuple[Bin, ...]:
    """What the scores were worth: candidates by score, and how many of them were right."""
    cases = [(match.score, match.id in line.measures) for line in lines for match in matcher.candidates(line.text)]
    bins = []
    for low, high in pairwise(_BINS):
        inside = [(score, right) for score, right in cases if low <= score < high or score == high == 1.0]
        if inside:
            said = sum(score for score, _ in inside) / len(inside)
            bins.append(Bin(low, high, len(inside), said, sum(right for _, right in inside) / len(inside)))
    return tuple(bins)


def by_grade(matcher: Matcher, lines: Sequence[Line]) -> Mapping[str, tuple[int, int, float]]:
    """By the way they were met (grade): how many candidates were right, of how many, and the score they were given."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    scores: dict[str, float] = {}
    for line in lines:
        for match in matcher.candidates(line.text):
            grade = match.reasons[-1].split()[-1]
            counts[grade][0] += match.id in line.measures
            counts[grade][1] += 1
            scores[grade] = match.score
    return {grade: (right, count, scores[grade]) for grade, (right, count) in sorted(counts.items())}
