"""The accuracy suite by hand: python -m tests.accuracy [--details] [--samples] [--write-floors] [--page]."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.accuracy.floors import changes, read_floors, sunk, write_floors
from tests.accuracy.page import outdated, write_pages
from tests.accuracy.scoring import lines, total
from tests.accuracy.suite import Outcome, by_variant, cases, pipeline, run

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


def main() -> int:
    """Runs what is asked for; returns 1 where a floor has sunk."""
    arguments = _arguments()
    folder = SAMPLES if arguments.samples else None
    chosen = [case for case in (cases(folder) if folder else cases()) if _wanted(case.path.name, arguments)]
    if not chosen:
        print("no such documents here")
        return 2
    outcomes = run(pipeline(), iter(chosen))
    _print(outcomes, arguments.details, {"develop", "blind"} if arguments.blind else {"develop"})
    if arguments.check_page or (arguments.page and not arguments.write_floors):
        return _publish(outcomes, arguments)
    if arguments.samples or arguments.only or arguments.skip:
        return 0
    better, worse = changes(outcomes)
    _list("found now, not before", better)
    _list("before, not now", worse)
    if arguments.write_floors:
        refused = write_floors(outcomes, arguments.allow_lower)
        _list("floors not written, these would sink (--allow-lower to accept)", [str(one) for one in refused])
        published = _publish(outcomes, arguments) if arguments.page else 0
        return 1 if refused else published
    below = sunk(by_variant(outcomes), read_floors())
    _list("below the floor", [str(one) for one in below])
    return 1 if below else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--details", action="store_true", help="what was missed, document by document")
    parser.add_argument("--blind", action="store_true", help="blind documents one by one, once their F1 is recorded")
    parser.add_argument("--only", action="append", default=[], help="documents whose name holds this")
    parser.add_argument("--skip", action="append", default=[], help="not documents whose name holds this")
    parser.add_argument("--samples", action="store_true", help="score ../shared/samples instead")
    parser.add_argument("--write-floors", action="store_true", help="write down what is reached now")
    parser.add_argument("--allow-lower", action="store_true", help="let floors sink when writing them")
    parser.add_argument("--page", action="store_true", help="write what is published: docs/accuracy.md and its misses")
    parser.add_argument("--check-page", action="store_true", help="exit with 1 where what is published is out of date")
    return parser.parse_args()


def _publish(outcomes: list[Outcome], arguments: argparse.Namespace) -> int:
    """Writes the published pages, or checks them; wrong use where the run was not the whole suite."""
    if arguments.samples or arguments.only or arguments.skip:
        print("only the whole suite is published")
        return 2
    if arguments.page:
        write_pages(outcomes)
        return 0
    old = outdated(outcomes)
    _list("out of date; make them anew with python -m tests.accuracy --page", old)
    return 1 if old else 0


def _wanted(name: str, arguments: argparse.Namespace) -> bool:
    return all(word in name for word in arguments.only) and not any(word in name for word in arguments.skip)


def _print(outcomes: list[Outcome], details: bool, open_splits: set[str]) -> None:
    """Scores by document (those of closed splits only within their groups), then by variant."""
    shown = {o.case.path.name: o.score for o in outcomes if o.case.split in open_splits}
    for line in lines(shown):
        print(line)
    for outcome in outcomes:
        if outcome.error and outcome.case.split in open_splits:
            print(f"{outcome.case.path.name}: {outcome.error}")
        if details and outcome.case.split in open_splits:
            for column, text in outcome.score.misses:
                print(f"  {outcome.case.path.name}  {column}: {text}")
    crashed = sum(1 for outcome in outcomes if outcome.error and outcome.case.split not in open_splits)
    if crashed:
        print(f"{crashed} held-out or blind documents could not be read")
    print()
    groups = by_variant(outcomes)
    for line in lines({**groups, "all": total(outcome.score for outcome in outcomes)}):
        print(line)


def _list(title: str, entries: list[str]) -> None:
    if entries:
        print(f"\n{title}:")
        for entry in entries:
            print(f"  {entry}")


if __name__ == "__main__":
    sys.exit(main())
