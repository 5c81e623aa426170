"""Measures how well two agreements are aligned, beside difflib and rapidfuzz alone, and how long it takes.

python -m benchmarks.compare                 precision, recall and F1 on the pairs of tests/alignment
python -m benchmarks.compare --details       the same for each pair of agreements
python -m benchmarks.compare --speed         seconds for two agreements of 100, 500 and 1,000 measures
python -m benchmarks.compare --signals       a logistic fit of what each signal is worth, beside what is used
"""

from __future__ import annotations

import argparse
import difflib
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from rapidfuzz import fuzz, process

from samsyn.compare import compare_agreements
from samsyn.models.agreement import Agreement, FocusArea, Measure
from tests.alignment.pairs import BLIND, DEVELOPED_ON, HELD_OUT, SECTIONS, Pair, load_pairs
from tests.alignment.scoring import Pairs, Score, pairs_of, score, score_all

_NDIFF_CUTOFF = 0.75
"""How alike two lines must be for difflib's ndiff to set them beside each other."""
_FUZZ_CUTOFF = 40
"""The cut-off between 40 and 90 with which rapidfuzz's token_set_ratio does best on the pairs that are developed on."""
_SIZES = (100, 500, 1_000)


def main(arguments: Sequence[str]) -> None:
    """Runs what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--details", "--speed", "--signals"):
        parser.add_argument(option, action="store_true")
    options = parser.parse_args(arguments)
    if options.speed:
        _print_speed()
    elif options.signals:
        _print_signals()
    else:
        _print_quality(details=options.details)


def _print_quality(*, details: bool) -> None:
    pairs = load_pairs()
    halves = {name: [pair for pair in pairs if pair.group == name] for name in (DEVELOPED_ON, HELD_OUT, BLIND)}
    for name, half in halves.items():
        print(f"\n{name}: {len(half)} pairs of agreements")
        print(f"{'':<34} {'right':>6} {'made':>6} {'gold':>6} {'P':>7} {'R':>7} {'F1':>7}")
        for section in SECTIONS:
            _print_score(f"samsyn, {section}", score_all(half, section))
        _print_score("difflib lines, measures", score_all(half, "measures", _by_difflib))
        _print_score("rapidfuzz alone, measures", score_all(half, "measures", _by_rapidfuzz))
        if details:
            for pair in half:
                _print_score(f"  {pair.name} ({pair.shape})", score(pair, "measures", pairs_of(pair, "measures")))


def _print_score(name: str, found: Score) -> None:
    print(
        f"{name[:34]:<34} {found.right:>6} {found.made:>6} {found.gold:>6} "
        f"{found.precision:>7.3f} {found.recall:>7.3f} {found.f1:>7.3f}"
    )


def _line(measure: Measure) -> str:
    parts = (measure.title, measure.municipality_action, measure.police_action, measure.joint_action)
    return " ".join(part for part in parts if part)


def _by_difflib(pair: Pair, _: str) -> Pairs:
    """One line a measure, compared as ndiff does: equal lines, and within what was replaced the most alike."""
    old, new = (tuple(map(_line, agreement.measures)) for agreement in (pair.old, pair.new))
    return frozenset(
        (pair.old.measures[first].id, pair.new.measures[second].id) for first, second in _ndiff_pairs(old, new)
    )


def _ndiff_pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(start, end), range(new_start, new_end), strict=True)
        elif tag == "replace":
            yield from _most_alike(old, new, (start, end), (new_start, new_end))


def _most_alike(
    old: Sequence[str], new: Sequence[str], left: tuple[int, int], right: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """The most alike pair, then those before and after it, in order, as ndiff goes about it."""
    candidates = [
        (difflib.SequenceMatcher(None, old[first], new[second]).ratio(), first, second)
        for first in range(*left) for second in range(*right)
    ]  # fmt: skip
    if not candidates:
        return
    ratio, first, second = max(candidates)
    if ratio < _NDIFF_CUTOFF:
        return
    yield first, second
    yield from _most_alike(old, new, (left[0], first), (right[0], second))
    yield from _most_alike(old, new, (first + 1, left[1]), (second + 1, right[1]))


def _by_rapidfuzz(pair: Pair, _: str) -> Pairs:
    """The most alike first, by token_set_ratio of all that a measure says."""
    old, new = (tuple(map(_line, agreement.measures)) for agreement in (pair.old, pair.new))
    table = process.cdist(old, new, scorer=fuzz.token_set_ratio)
    order = sorted((-table[i, j], i, j) for i in range(len(old)) for j in range(len(new)))
    taken: tuple[set[int], set[int]] = set(), set()
    made = set()
    for distance, first, second in order:
        if -distance >= _FUZZ_CUTOFF and first not in taken[0] and second not in taken[1]:
            taken[0].add(first)
            taken[1].add(second)
            made.add((pair.old.measures[first].id, pair.new.measures[second].id))
    return frozenset(made)


def _print_speed() -> None:
    compare_agreements(load_pairs()[0].old, load_pairs()[0].new)  # what is loaded once is loaded
    print(f"{'measures':>10} {'seconds of the processor':>25}")
    for size in _SIZES:
        old, new = _invented(size, seed=1), _invented(size, seed=2)
        print(f"{size:>10,} {_seconds(partial(compare_agreements, old, new)):>25.2f}")


def _invented(size: int, *, seed: int) -> Agreement:
    """An agreement of many measures: those of all the pairs, each at a place and with a number of its own."""
    chance = random.Random(seed)
    known = [measure for pair in load_pairs() for agreement in (pair.old, pair.new) for measure in agreement.measures]
    places = ["Norrby", "Söderby", "Västerby", "Österby", "Holmen", "Sjöbo", "Ekudden", "Tallåsen", "Lugnet", "Rosta"]
    measures = []
    for number in range(size):
        measure = chance.choice(known)
        title = f"{measure.title or measure.label} i {chance.choice(places)} {number}"
        changes = {"id": f"m{number}", "title": title, "focus_area": f"a{1 + number % 5}"}
        measures.append(measure.model_copy(update=changes))
    areas = tuple(FocusArea(id=f"a{number}", title=f"Område {places[number]}") for number in range(1, 6))
    return load_pairs()[0].old.model_copy(update={"measures": tuple(measures), "focus_areas": areas, "goals": ()})


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _print_signals() -> None:
    """A logistic regression over every possible pair of measures, by Newton's method."""
    import numpy

    from samsyn.comparing.items import measure_items, names_of_places
    from samsyn.comparing.pairing import MEASURES
    from samsyn.comparing.signals import signals_of

    names = list(MEASURES.worth)
    rows, right = [], []
    for pair in load_pairs():
        if pair.group == HELD_OUT:
            continue
        gold = pair.gold("measures")
        signals = signals_of(
            measure_items(pair.old), measure_items(pair.new), common=names_of_places(pair.old, pair.new)
        )
        rows.append(numpy.stack([signals[name].ravel() for name in names], axis=1))
        right += [(old.id, new.id) in gold for old in pair.old.measures for new in pair.new.measures]
    table = numpy.hstack([numpy.vstack(rows), numpy.ones((len(right), 1))])
    truth, weights = numpy.array(right, dtype=float), numpy.zeros(len(names) + 1)
    ridge = numpy.diag([*([0.3] * len(names)), 1e-6])
    for _ in range(50):
        chance = 1 / (1 + numpy.exp(-table @ weights))
        slope = table.T @ (chance - truth) + ridge @ weights
        weights -= numpy.linalg.solve((table.T * (chance * (1 - chance))) @ table + ridge, slope)
    print(f"{'signal':<16} {'fit':>7} {'used':>7}")
    for name, weight in zip(names, weights, strict=False):
        print(f"{name:<16} {weight:>7.2f} {MEASURES.worth[name]:>7.2f}")
    print(f"{'doubt':<16} {-weights[-1]:>7.2f} {MEASURES.doubt:>7.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
