"""Outcomes in, the tables of `docs/accuracy.md` out: precision, recall and F1 a column, with the doubt there is."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.accuracy.scoring import COLUMNS, Counts
from tests.accuracy.suite import Outcome

BEGIN, END = "<!-- tables: made by python -m tests.accuracy --page -->", "<!-- end of tables -->"

SPLITS = {
    "develop": "Develop: seen while the rules were written",
    "held-out": "Held out: written beside the others; most of their misses have been seen since",
    "blind": "Blind: written by somebody who had not seen the extraction; their misses have been looked at since",
}

_FORMATS = (
    ("Word", ("docx",)),
    ("PDF with ruled tables", ("word-pdf", "chromium-pdf", "weasyprint-pdf", "reportlab-pdf")),
    ("PDF with few rules or none", ("unruled", "header-rule", "horizontal", "shaded")),
    ("text and Markdown", ("web-text", "markdown")),
    ("transcript of a web page", ("web-transcript",)),
    ("scan", ("scan",)),
)
_DRAWS = 1000
_SEED = 20
"""The same page from the same outcomes."""


def write_page(outcomes: Sequence[Outcome], path: Path) -> None:
    """Puts the tables between the marks in the Markdown file at `path`; ValueError where it has no marks."""
    text = path.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{path}: no place for the tables")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    path.write_text(f"{before}{BEGIN}\n\n{tables(outcomes)}\n{END}{after}", encoding="utf-8")


def tables(outcomes: Sequence[Outcome]) -> str:
    """Markdown: a table for each split with a row for each column, and one of F1 by format."""
    parts = []
    for split, title in SPLITS.items():
        chosen = [outcome for outcome in outcomes if outcome.case.split == split]
        if chosen:
            agreements = len({outcome.case.agreement.removesuffix("-transcript") for outcome in chosen})
            head = f"### {title}\n\n{agreements} agreements, {len(chosen)} documents.\n"
            parts.append("\n".join([head, *_by_column(chosen)]))
    parts.append("\n".join(["### F1 by format, all splits\n", *_by_format(outcomes)]))
    return "\n\n".join(parts) + "\n"


def _by_column(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| field | precision | recall | F1 | 95 % interval |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for column in COLUMNS:
        counts = _sum(outcomes, column)
        if counts.f1 is not None:
            low, high = _interval(outcomes, column)
            precision, recall = _share(counts.right, counts.found), _share(counts.right, counts.wanted)
            yield f"| {column} | {precision} | {recall} | {counts.f1:.1f} | {low:.1f}–{high:.1f} |"


def _by_format(outcomes: Sequence[Outcome]) -> Iterator[str]:
    groups = {name: [one for one in outcomes if _format(one.case.variant) == name] for name, _ in _FORMATS}
    shown = {name: chosen for name, chosen in groups.items() if chosen}
    yield "| field | " + " | ".join(shown) + " |"
    yield "| --- |" + " ---: |" * len(shown)
    yield "| documents | " + " | ".join(str(len(chosen)) for chosen in shown.values()) + " |"
    for column in COLUMNS:
        found = [_sum(chosen, column).f1 for chosen in shown.values()]
        yield f"| {column} | " + " | ".join("–" if f1 is None else f"{f1:.1f}" for f1 in found) + " |"


def _format(variant: str) -> str:
    """The format of a variant; a PDF whose tables have few rules counts as such whoever made it."""
    few = next(words for name, words in _FORMATS if name.startswith("PDF with few"))
    if any(word in variant for word in few):
        return "PDF with few rules or none"
    return next((name for name, words in reversed(_FORMATS) if any(word in variant for word in words)), "other")


def _sum(outcomes: Sequence[Outcome], column: str) -> Counts:
    total = Counts()
    for outcome in outcomes:
        total = total.plus(outcome.score.counts.get(column, Counts()))
    return total


def _share(right: float, of: float) -> str:
    return f"{100 * right / of:.1f}" if of else "–"


def _interval(outcomes: Sequence[Outcome], column: str) -> tuple[float, float]:
    """The middle 95 % of F1 over draws of agreements with replacement; renderings of one are no new evidence."""
    by_agreement: dict[str, Counts] = {}
    for outcome in outcomes:
        name = outcome.case.agreement.removesuffix("-transcript")
        before = by_agreement.get(name, Counts())
        by_agreement[name] = before.plus(outcome.score.counts.get(column, Counts()))
    drawn = random.Random(_SEED)
    values = sorted(_draw(list(by_agreement.values()), drawn) for _ in range(_DRAWS))
    return values[int(0.025 * _DRAWS)], values[int(0.975 * _DRAWS) - 1]


def _draw(counts: Sequence[Counts], drawn: random.Random) -> float:
    total = Counts()
    for chosen in drawn.choices(counts, k=len(counts)):
        total = total.plus(chosen)
    return 100.0 if total.f1 is None else total.f1
