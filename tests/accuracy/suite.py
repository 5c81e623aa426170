"""Suite: runs the pipeline over all documents and groups the scores by split and by variant."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.accuracy.scoring import Miss, Record, Score, score, total

DOCUMENTS = Path(__file__).parent / "documents"
HELD_OUT = Path(__file__).parent / "held_out.txt"
BLIND = Path(__file__).parent / "blind.txt"
ENDINGS = (".pdf", ".docx", ".txt", ".md")


class Case(NamedTuple):
    """A document beside its gold."""

    path: Path
    gold: Path
    split: str

    @property
    def agreement(self) -> str:
        """The agreement's name: all its renderings share it."""
        return self.gold.name.removesuffix(".gold.json")

    @property
    def variant(self) -> str:
        """How it is set."""
        return self.path.name.removeprefix(f"{self.agreement}.").rsplit(".", 1)[0]


class Outcome(NamedTuple):
    """A case's score and, where the pipeline raised, what it said."""

    case: Case
    score: Score
    error: str | None


def held_out() -> set[str]:
    """The agreements whose misses developers do not look at."""
    return _names(HELD_OUT)


def blind() -> set[str]:
    """The agreements whose author never saw the extractor; no floors are kept on them."""
    return _names(BLIND)


def _names(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def cases(folder: Path = DOCUMENTS) -> Iterator[Case]:
    """Every document that has gold beside it, in the order of their names."""
    splits = dict.fromkeys(held_out(), "held-out") | dict.fromkeys(blind(), "blind")
    for gold in sorted(folder.glob("*.gold.json")):
        name = gold.name.removesuffix(".gold.json")
        split = splits.get(name.removesuffix("-transcript"), "develop")
        for path in sorted(folder.glob(f"{name}.*")):
            if path.suffix in ENDINGS:
                yield Case(path, gold, split)


def pipeline() -> Callable[[Path], Record]:
    """The extraction, as a function from a path to the contract's JSON."""
    from samsyn.pipeline import extract_agreement

    def extract(path: Path) -> Record:
        result: Any = extract_agreement(path)
        record: Record = result.model_dump(mode="json")
        return record

    return extract


def run(extract: Callable[[Path], Record], chosen: Iterator[Case]) -> list[Outcome]:
    """Scores the cases; one that raises counts as nothing found."""
    outcomes = []
    for case in chosen:
        error = None
        try:
            extracted = extract(case.path)
        except Exception as problem:  # whatever it was, the other documents are still scored
            extracted, error = {}, f"{type(problem).__name__}: {str(problem)[:160]}"
        gold = json.loads(case.gold.read_text(encoding="utf-8"))
        outcomes.append(Outcome(case, score(gold, extracted), error))
    return outcomes


def by_variant(outcomes: list[Outcome]) -> dict[str, Score]:
    """The scores of each split and variant, 'develop docx' and so on, with the splits as a whole last."""
    names = sorted({f"{outcome.case.split} {outcome.case.variant}" for outcome in outcomes})
    found = {
        name: total(one.score for one in outcomes if f"{one.case.split} {one.case.variant}" == name) for name in names
    }
    for split in sorted({outcome.case.split for outcome in outcomes}):
        found[split] = total(one.score for one in outcomes if one.case.split == split)
    return found


def misses(outcomes: list[Outcome], split: str) -> dict[str, list[str]]:
    """What was missed by document, sorted, for the documents of a split."""
    return {
        outcome.case.path.name: sorted(_words(miss) for miss in outcome.score.misses)
        for outcome in outcomes
        if outcome.case.split == split and outcome.score.misses
    }


def _words(miss: Miss) -> str:
    return f"{miss.column}: {miss.text}"


def fingerprint(folder: Path = DOCUMENTS) -> str:
    """A hash of every document and gold that floors are kept on: the same as long as the corpus is."""
    digest = hashlib.sha256()
    for case in (one for one in cases(folder) if one.split != "blind"):
        for path in (case.gold, case.path):
            digest.update(path.name.encode() + path.read_bytes())
    digest.update("\n".join(sorted(held_out())).encode())
    return digest.hexdigest()[:16]
