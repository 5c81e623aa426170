"""Drafts the next agreement from each document, reads the draft back and scores it against the gold of the old one.

python -m tests.accuracy.readback                         the documents of the suite
python -m tests.accuracy.readback --folder FOLDER         other documents with gold beside them
python -m tests.accuracy.readback --only docx --details   one variant, and what the draft lost of what its source had
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from samsyn.draft import draft_agreement
from samsyn.drafting.reading import read_draft_source
from samsyn.drafting.sources import SourceRole
from samsyn.models.reading import ReadOptions
from samsyn.pipeline import extract_agreement
from samsyn.write.draft_docx import draft_docx
from tests.accuracy.scoring import Record, Score, total
from tests.accuracy.suite import DOCUMENTS, Outcome, cases, pipeline, run

PERIOD = ("2032-01-01", "2035-12-31")
SCORED = ("areas", "goals", "goal places", "problems", "rows", "measure areas", "cells")
"""The period, who decided and who signed belong to the old agreement alone."""


def main(arguments: Sequence[str]) -> int:
    """Prints the figures; 1 when a document could not be drafted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=DOCUMENTS)
    parser.add_argument("--only", default="", help="words in the file's name")
    parser.add_argument("--skip", default="scan", help="words in the file's name")
    parser.add_argument("--details", action="store_true", help="list what the draft lost")
    options = parser.parse_args(arguments)
    chosen = [
        case for case in cases(options.folder)
        if options.only in case.path.name and not (options.skip and options.skip in case.path.name)
    ]  # fmt: skip
    sources, drafts = run(pipeline(), iter(chosen)), run(read_back, iter(chosen))
    names = sorted({case.variant for case in chosen})
    print(f"{'':26} {'':7}" + "".join(f"{name[:12]:>14}" for name in SCORED))
    for name in (*names, "all"):
        for label, outcomes in (("source", sources), ("draft", drafts)):
            scores = [one.score for one in outcomes if name in ("all", one.case.variant)]
            print(f"{name[:26]:26} {label:7}" + "".join(f"{_shown(total(scores), column):>14}" for column in SCORED))
    for source, draft in zip(sources, drafts, strict=True):
        if draft.error:
            print(f"{draft.case.path.name}: {draft.error}", file=sys.stderr)
        if options.details:
            _print_lost(source, draft)
    return int(any(draft.error for draft in drafts))


def read_back(path: Path) -> Record:
    """What `samsyn extract` finds in the draft that the document gives, as the contract's JSON."""
    source = read_draft_source(path, role=SourceRole.OWN, options=ReadOptions())
    data = draft_docx(draft_agreement((source,), PERIOD))
    found: Record = extract_agreement(data, file="draft.docx").model_dump(mode="json")
    return found


def _shown(score: Score, column: str) -> str:
    value = score.f1(column)
    return "-" if value is None else f"{value:.1f}"


def _print_lost(source: Outcome, draft: Outcome) -> None:
    """The misses in the scored columns that the draft has and its source has not."""
    known = {(miss.column, miss.text) for miss in source.score.misses}
    for miss in draft.score.misses:
        if miss.column in SCORED and (miss.column, miss.text) not in known:
            print(f"{draft.case.path.name}: {miss.column}: {miss.text[:150]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
