"""python -m fuzz [--minutes N] [--kind pdf|docx|text] [--seed N] [--keep FOLDER]; FILE... reads those again instead.

What counts as found: an error that was not foreseen, a reader that dies, more than SECONDS of processor time, more
than MEMORY, a result that contradicts itself. Each find is kept as a file, with one line that says what it was.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from fuzz import docx, pdf, text
from fuzz.seeds import ROOT, seeds

SECONDS = 10.0
"""Processor time that any of these small documents may take; a good one takes a tenth of a second."""
MEMORY = 600 * 2**20
ADDRESSES = 3 * 2**30
"""Bytes of address space that a reader gets."""
GIVE_UP = 120.0
"""Seconds by the clock after which a reader is ended."""
KINDS: dict[str, Any] = {"pdf": pdf, "docx": docx, "text": text}
_ENDINGS = {"pdf": "pdf", "docx": "docx", "text": "txt"}
_MADE = 0.35
"""Share of documents that are made from nothing; the others are good ones, broken."""


class Trial(NamedTuple):
    """A document to be read: its kind, what number it is, its bytes."""

    kind: str
    name: str
    data: bytes


def main() -> int:
    """Fuzz for the time given; 1 when something was found."""
    arguments = _arguments()
    keep = Path(arguments.keep)
    keep.mkdir(parents=True, exist_ok=True)
    trials = _again(arguments.files) if arguments.files else _trials(arguments)
    counts: Counter[str] = Counter()
    slowest: dict[str, float] = {}
    started = time.monotonic()
    for trial, finding, said in _outcomes(trials):
        counts[trial.kind] += 1
        counts["refused"] += bool(said.get("reason"))
        slowest[trial.kind] = max(slowest.get(trial.kind, 0.0), said.get("seconds", 0.0))
        if finding:
            counts["found"] += 1
            path = keep / trial.name
            path.write_bytes(trial.data)
            print(f"{path}: {finding}", flush=True)
        if sum(counts[kind] for kind in KINDS) % 500 == 0:
            print(_summary(counts, slowest, time.monotonic() - started), file=sys.stderr, flush=True)
    print(_summary(counts, slowest, time.monotonic() - started))
    return 1 if counts["found"] else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("files", nargs="*", help="read these instead, such as what was found before")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--kind", choices=sorted(KINDS), action="append", help="default: all in turn")
    parser.add_argument("--seed", type=int, default=None, help="default: another one each time; it is printed")
    parser.add_argument("--keep", default=str(ROOT / "build" / "fuzz"), help="folder for what is found")
    return parser.parse_args()


def _trials(arguments: argparse.Namespace) -> Iterator[Trial]:
    seed = arguments.seed if arguments.seed is not None else Random().randrange(10**9)
    print(f"seed {seed}", flush=True)
    kinds = arguments.kind or list(KINDS)
    good = {kind: seeds(kind) for kind in kinds}
    until = time.monotonic() + 60 * arguments.minutes
    number = 0
    while time.monotonic() < until:
        number += 1
        kind = kinds[number % len(kinds)]
        random = Random(f"{seed}-{number}")
        maker = KINDS[kind]
        data = maker.make(random) if random.random() < _MADE else maker.mutate(random.choice(good[kind]), random)
        yield Trial(kind, f"{seed}-{number}.{_ENDINGS[kind]}", data)


def _again(files: list[str]) -> Iterator[Trial]:
    kinds = {ending: kind for kind, ending in _ENDINGS.items()}
    for file in map(Path, files):
        yield Trial(kinds.get(file.suffix.removeprefix("."), "text"), file.name, file.read_bytes())


def _outcomes(trials: Iterator[Trial]) -> Iterator[tuple[Trial, str | None, dict[str, Any]]]:
    """Each trial with what was found wrong, and what the reader said of it."""
    from samsyn.process import ReaderProcess, worker_command

    reader = ReaderProcess([*worker_command(ADDRESSES, "fuzz.reader"), str(ROOT)], GIVE_UP)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder, contextlib.closing(reader):
        for trial in trials:
            path = Path(folder) / trial.name
            path.write_bytes(trial.data)
            answer = reader.ask({"file": str(path)})
            path.unlink()
            said = answer.get("said", {})
            yield trial, _finding(answer, said), said


def _finding(answer: dict[str, Any], said: dict[str, Any]) -> str | None:
    if answer.get("error"):
        last = [line.strip() for line in answer.get("trace", "").splitlines() if line.strip()][-1:]
        place = [line.strip() for line in answer.get("trace", "").splitlines() if "/samsyn/" in line][-1:]
        return " · ".join((answer["error"], *last, *place))
    if said.get("seconds", 0.0) > SECONDS:
        return f"took {said['seconds']:.1f} seconds"
    if said.get("memory", 0) > MEMORY:
        return f"took {said['memory'] / 2**20:.0f} MB"
    return said["wrong"][0] if said.get("wrong") else None


def _summary(counts: Counter[str], slowest: dict[str, float], seconds: float) -> str:
    kinds = ", ".join(f"{counts[kind]} {kind} (slowest {slowest.get(kind, 0):.1f} s)" for kind in KINDS if counts[kind])
    return f"{seconds / 60:.0f} minutes: {kinds}; {counts['refused']} refused, {counts['found']} found"


if __name__ == "__main__":
    sys.exit(main())
