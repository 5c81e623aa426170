"""Outcomes in, what is published of them out: the tables of `docs/accuracy.md`, the list of `docs/accuracy-misses.md`.

Precision, recall and F1 a column, with the doubt there is, by split, by layout and by format; and every miss in words.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
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


DOCS = Path(__file__).parents[2] / "docs"
PAGE, MISSES = DOCS / "accuracy.md", DOCS / "accuracy-misses.md"

LAYOUTS = {
    "row": "tables",
    "card": "activity cards",
    "bullet": "bullets",
    "promise": "promises",
    "prose": "prose",
    None: "no measures",
}
"""How an agreement is laid out, by the form that most of its measures have."""


def published(outcomes: Sequence[Outcome]) -> dict[Path, str]:
    """The pages as they are to be, by path. ValueError where the page of tables has no place for them."""
    text = PAGE.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{PAGE}: no place for the tables")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    return {PAGE: f"{before}{BEGIN}\n\n{tables(outcomes)}\n{END}{after}", MISSES: miss_list(outcomes)}


def write_pages(outcomes: Sequence[Outcome]) -> None:
    """Put the tables between their marks, and write the list of misses."""
    for path, text in published(outcomes).items():
        path.write_text(text, encoding="utf-8")


def outdated(outcomes: Sequence[Outcome]) -> list[str]:
    """The names of the pages that do not say what the outcomes are."""
    return [
        path.name
        for path, text in published(outcomes).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def tables(outcomes: Sequence[Outcome]) -> str:
    """Markdown: a table for each split with a row for each column, and one of F1 by format."""
    parts = ["\n".join(["### What the suite holds\n", *_plan(outcomes)])]
    for split, title in SPLITS.items():
        chosen = [outcome for outcome in outcomes if outcome.case.split == split]
        if chosen:
            agreements = len({_agreement(outcome) for outcome in chosen})
            head = f"### {title}\n\n{agreements} agreements, {len(chosen)} documents.\n"
            parts.append("\n".join([head, *_by_column(chosen)]))
    layouts = _grouped(outcomes, lambda one: _layout(one.case.gold), tuple(LAYOUTS.values()))
    formats = _grouped(outcomes, lambda one: _format(one.case.variant), tuple(name for name, _ in _FORMATS))
    note = "F1 with its 95 % interval; an agreement counts where most of its measures belong.\n"
    parts.append("\n".join(["### By layout, all splits\n", note, *_by_group(layouts)]))
    parts.append("\n".join(["### By format, all splits\n", "F1 with its 95 % interval.\n", *_by_group(formats)]))
    return "\n\n".join(parts) + "\n"


def _plan(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """How many agreements of each kind there are in each layout, and how many of them are in which split."""
    golds = {_agreement(outcome): (outcome.case.gold, outcome.case.split) for outcome in outcomes}
    kinds = {name: _kind(gold) for name, (gold, _) in golds.items()}
    layouts = [title for title in LAYOUTS.values() if any(_layout(gold) == title for gold, _ in golds.values())]
    yield f"| kind | agreements | {' | '.join(layouts)} | {' | '.join(SPLITS)} |"
    yield "| --- |" + " ---: |" * (1 + len(layouts) + len(SPLITS))
    for kind in sorted(set(kinds.values())):
        some = [golds[name] for name, its_kind in kinds.items() if its_kind == kind]
        counts = [len(some), *(sum(_layout(gold) == title for gold, _ in some) for title in layouts)]
        counts += [sum(its_split == split for _, its_split in some) for split in SPLITS]
        yield f"| {kind} | " + " | ".join(map(str, counts)) + " |"


@cache
def _kind(gold: Path) -> str:
    return str(json.loads(gold.read_text(encoding="utf-8"))["meta"]["kind"])


def _by_column(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| field | precision | recall | F1 | 95 % interval |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for column in COLUMNS:
        counts = _sum(outcomes, column)
        if counts.f1 is not None:
            low, high = _interval(outcomes, column)
            precision, recall = _share(counts.right, counts.found), _share(counts.right, counts.wanted)
            yield f"| {column} | {precision} | {recall} | {counts.f1:.1f} | {low:.1f}–{high:.1f} |"


def _grouped(
    outcomes: Sequence[Outcome], group: Callable[[Outcome], str], names: Sequence[str]
) -> dict[str, list[Outcome]]:
    """The outcomes by group, in the order of the names, without groups that have none."""
    found = {name: [one for one in outcomes if group(one) == name] for name in names}
    return {name: chosen for name, chosen in found.items() if chosen}


@cache
def _layout(gold: Path) -> str:
    forms = Counter(measure.get("form") for measure in json.loads(gold.read_text(encoding="utf-8"))["measures"])
    return LAYOUTS[forms.most_common(1)[0][0] if forms else None]


def _by_group(groups: dict[str, list[Outcome]]) -> Iterator[str]:
    yield "| field | " + " | ".join(groups) + " |"
    yield "| --- |" + " ---: |" * len(groups)
    yield "| agreements | " + " | ".join(str(len({_agreement(one) for one in some})) for some in groups.values()) + " |"
    yield "| documents | " + " | ".join(str(len(chosen)) for chosen in groups.values()) + " |"
    for column in COLUMNS:
        yield f"| {column} | " + " | ".join(_f1_with_interval(chosen, column) for chosen in groups.values()) + " |"


def _f1_with_interval(outcomes: Sequence[Outcome], column: str) -> str:
    f1 = _sum(outcomes, column).f1
    if f1 is None:
        return "–"
    low, high = _interval(outcomes, column)
    return f"{f1:.1f} ({low:.0f}–{high:.0f})"


def _agreement(outcome: Outcome) -> str:
    return outcome.case.agreement.removesuffix("-transcript")


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
        name = _agreement(outcome)
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


_MISSES_HEAD = """\
# What is missed, one by one

<!-- made by python -m tests.accuracy --page -->

Every miss and every invention in the documents of the accuracy suite ([how it is measured](accuracy.md)), by agreement,
with the renderings in which it happens. Of the agreements that are held out only the number is told: their misses are
not to be looked at by those who write the rules.
"""


def miss_list(outcomes: Sequence[Outcome]) -> str:
    """The page that lists what was missed, as Markdown."""
    lines = [_MISSES_HEAD]
    for split, title in (("develop", "Develop"), ("blind", "Blind")):
        lines += [f"## {title}", "", *_misses_of([one for one in outcomes if one.case.split == split])]
    closed = [one for one in outcomes if one.case.split == "held-out"]
    lines += ["## Held out", "", f"{sum(len(one.score.misses) for one in closed)} in {len(closed)} documents.", ""]
    return "\n".join(lines)


def _misses_of(outcomes: Sequence[Outcome]) -> Iterator[str]:
    missed: dict[str, dict[str, set[str]]] = {}
    renderings: Counter[str] = Counter()
    for outcome in outcomes:
        renderings[_agreement(outcome)] += 1
        for column, text in outcome.score.misses:
            words = " ".join(f"{column}: {text}".split())
            missed.setdefault(_agreement(outcome), {}).setdefault(words, set()).add(outcome.case.variant)
    whole = sorted(set(renderings) - set(missed))
    for name in sorted(missed):
        yield f"### {name}\n"
        for words, variants in sorted(missed[name].items()):
            where = "all" if len(variants) == renderings[name] else ", ".join(sorted(variants))
            yield f"- {_escaped(words)} ({where})"
        yield ""
    if whole:
        yield f"Nothing is missed of {', '.join(whole)}.\n"


def _escaped(words: str) -> str:
    """The words as they are, whatever Markdown makes of their signs."""
    for sign in "\\`*_[]<>|#":
        words = words.replace(sign, f"\\{sign}")
    return words
