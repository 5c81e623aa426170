"""Measures how long it takes to draft the next agreement: reading the old one, drafting, writing the Word file.

python -m benchmarks.draft                   from the longest Word document of the accuracy suite
python -m benchmarks.draft FILE...           from these documents
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from samsyn.draft import draft_agreement, read_source
from samsyn.write.draft_docx import draft_docx
from tests.accuracy.suite import DOCUMENTS


def main(files: Sequence[str]) -> None:
    """Prints seconds of the processor for each file; what is loaded once is loaded before."""
    chosen = [Path(file) for file in files] or [max(DOCUMENTS.glob("*.docx"), key=lambda path: path.stat().st_size)]
    _draft(chosen[0])
    print(f"{'seconds':>9}  file")
    for path in chosen:
        start = time.process_time()
        _draft(path)
        print(f"{time.process_time() - start:>9.2f}  {path.name}")


def _draft(path: Path) -> bytes:
    return draft_docx(draft_agreement((read_source(path),), ("2032-01-01", "2035-12-31")))


if __name__ == "__main__":
    main(sys.argv[1:])
