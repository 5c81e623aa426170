"""Agreements of the suite as worn scans, made when they are asked for, with floors of their own.

python -m tests.accuracy.scans [--details] [--only WORD] [--write-floors] [--keep FOLDER]. Needs Tesseract with its
Swedish data. The same wear and seed give the same scans; versions of Tesseract differ a little in what they read, so
a column may lie a little below its floor before it counts as sunk.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.accuracy.floors import Floors, Sunk, reached, sunk
from tests.accuracy.render.scan import BAD, LIGHT, PHOTOGRAPHED, WORN, Wear, render_scan
from tests.accuracy.scoring import Score, lines, total
from tests.accuracy.source import load_sources
from tests.accuracy.suite import DOCUMENTS, Case, Outcome, held_out, pipeline, run

FLOORS = Path(__file__).parent / "scan_floors.json"
SLACK = 2.0
"""Points of F1 that another version of Tesseract may read worse."""


class Scan(NamedTuple):
    """A document of the suite and what its pages go through."""

    document: str
    wear: Wear

    @property
    def agreement(self) -> str:
        """The agreement's name."""
        return self.document.partition(".")[0]


SCANS = (
    Scan("arjeplog-2010-2012.word-pdf", LIGHT._replace(dpi=300)),
    Scan("degerfors-2020-2023.header-rule-pdf", WORN),
    Scan("gotland-medborgarlofte-2023-2024.chromium-pdf", BAD),
    Scan("karlsborg-2011-2014.reportlab-pdf", PHOTOGRAPHED),
    Scan("ljusdal-2018-2021.unruled-pdf", WORN._replace(skew=3.0)),
    Scan("molndal-2022-2025.horizontal-pdf", WORN._replace(turn=3)),
    Scan("ostersund-medborgarlofte-2021-2022.word-pdf", PHOTOGRAPHED._replace(turn=2, skew=3.0)),
    Scan("torsas-medborgarlofte-2025.word-pdf", BAD._replace(dpi=250, paper=205)),
    Scan("ystad-2019-2022.shaded-pdf", LIGHT._replace(turn=1, paper=225)),
    Scan("borlange-2017-2019.bold-word-pdf", WORN),
    Scan("solna-sundbyberg-2019-2022.chromium-pdf", PHOTOGRAPHED),
    Scan("varnamo-handlingsplan-2016-2017.word-pdf", LIGHT._replace(paper=215)),
)
"""Few enough for four minutes of one processor; of the agreements that developers may look at, and of others."""


def cases(folder: Path, word: str = "") -> Iterator[Case]:
    """The scans whose name holds `word`, written to `folder` one after the other, each beside its gold."""
    sources = {source.name: source for source in load_sources()}
    hidden = held_out()
    for scan in SCANS:
        if word in scan.document:
            path = folder / f"{scan.document.removesuffix('-pdf')}-scan.pdf"
            render_scan(sources[scan.agreement], DOCUMENTS / f"{scan.document}.pdf", scan.wear, path)
            split = "held-out" if scan.agreement in hidden else "develop"
            yield Case(path, DOCUMENTS / f"{scan.agreement}.gold.json", split)


def read_scan_floors() -> Floors:
    """The committed floors, less what versions of Tesseract may differ by."""
    groups = json.loads(FLOORS.read_text(encoding="utf-8"))
    return Floors("", {name: {column: f1 - SLACK for column, f1 in one.items()} for name, one in groups.items()})


def sunk_scans(outcomes: list[Outcome]) -> list[Sunk]:
    """The columns that lie below their floors."""
    return sunk(_by_split(outcomes), read_scan_floors())


def _by_split(outcomes: list[Outcome]) -> dict[str, Score]:
    splits = sorted({outcome.case.split for outcome in outcomes})
    return {split: total(one.score for one in outcomes if one.case.split == split) for split in splits}


def main() -> int:
    """Runs what is asked for; returns 1 where a floor has sunk."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--details", action="store_true", help="what was missed, document by document")
    parser.add_argument("--only", default="", metavar="WORD", help="documents whose name holds this")
    parser.add_argument("--write-floors", action="store_true", help="write down what is reached now")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the scans in this folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        outcomes = run(pipeline(), cases(folder, arguments.only))
    shown = [outcome for outcome in outcomes if outcome.case.split == "develop"]
    for line in lines({outcome.case.path.name: outcome.score for outcome in shown}):
        print(line)
    if arguments.details:
        for outcome in shown:
            for column, text in outcome.score.misses:
                print(f"  {outcome.case.path.name}  {column}: {text}")
    groups = _by_split(outcomes)
    for line in lines({**groups, "all": total(outcome.score for outcome in outcomes)}):
        print(line)
    if arguments.only:
        return 0
    if arguments.write_floors:
        FLOORS.write_text(json.dumps(reached(groups), indent=1) + "\n", encoding="utf-8")
    below = sunk_scans(outcomes)
    for one in below:
        print(one)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
