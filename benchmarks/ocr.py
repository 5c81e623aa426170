"""Measures what recognising scanned pages takes, against Tesseract alone on the same rendered pages.

python -m benchmarks.ocr [FILE ...] [--jobs N] [--pages N]

Without FILE a worn scan of the example agreement is made. Processor seconds are compared, so that a busy machine does
not matter; then the file is read as a whole, with the most memory that this process and Tesseract needed. Needs
Tesseract with its Swedish data.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from samsyn.extract.ocr.page import scan_page
from samsyn.extract.ocr.recognise import DPI, Settings, recognise_pages
from samsyn.extract.ocr.tesseract import Engine, find_engine, see_words
from samsyn.extract.readers.pdf_pages import open_pdf
from samsyn.extract.readers.pdf_pictures import open_pictures
from tests.accuracy.render.scan import WORN, scan

EXAMPLE = Path(__file__).parent.parent / "examples" / "ange-2025-2028.pdf"
GOAL = 1.3
"""How many times what Tesseract alone takes a page may take."""
_USUAL_LAYOUT = 3
"""Tesseract's page segmentation when nothing is said."""


class Costs(NamedTuple):
    """Processor seconds a page."""

    rendering: float
    tesseract: float
    whole: float
    """Everything but rendering: making ready, Tesseract, measuring, the second look."""

    @property
    def ratio(self) -> float:
        """How many times what Tesseract alone takes."""
        return self.whole / self.tesseract


def main(arguments: Sequence[str]) -> int:
    """Runs what the arguments ask for; 1 when a file takes longer than the goal, 2 without Tesseract."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--jobs", type=int, default=2, help="pages side by side when the file is read as a whole")
    parser.add_argument("--pages", type=int, default=8, help="pages of each file that are measured one by one")
    options = parser.parse_args(arguments)
    engine = find_engine()
    if engine is None or not engine.knows("swe"):
        print("needs Tesseract with its Swedish data", file=sys.stderr)
        return 2
    files = {path.name: path.read_bytes() for path in options.files}
    files = files or {"example, worn": scan(EXAMPLE.read_bytes(), WORN, seed=1)}
    slow = False
    for name, data in files.items():
        contents = [page for page in open_pdf(data, file=name).pages if not isinstance(page, int)]
        costs = measure_pages(data, range(1, min(len(contents), options.pages) + 1), engine)
        slow = slow or costs.ratio > GOAL
        print(f"{name}: {len(contents)} pages; processor seconds a page:")
        print(f"  rendering {costs.rendering:.2f}, Tesseract alone {costs.tesseract:.2f}, all of it {costs.whole:.2f}")
        print(f"  {costs.ratio:.2f} times Tesseract alone (goal {GOAL})")
        started = time.perf_counter()
        recognise_pages(data, None, contents, settings=Settings(mode="always", cache=False, jobs=options.jobs))
        seconds = time.perf_counter() - started
        print(f"  whole file, {options.jobs} side by side: {seconds:.1f} s, most memory {_memory()}")
    return int(slow)


def measure_pages(data: bytes, numbers: Sequence[int], engine: Engine) -> Costs:
    """What the pages take on average, each recognised by Tesseract alone and then as this library does."""
    rendering = alone = whole = 0.0
    with open_pictures(data, None) as pictures:
        for number in numbers:
            picture, seconds = _timed(partial(pictures.render, number, DPI))
            rendering += seconds
            page = (picture.grey, picture.dpi)
            alone += _timed(partial(see_words, engine, *page, segmentation=_USUAL_LAYOUT))[1]
            whole += _timed(partial(scan_page, picture.grey, number, picture.dpi, engine, "swe"))[1]
    return Costs(rendering / len(numbers), alone / len(numbers), whole / len(numbers))


def _timed(call: Callable[[], Any]) -> tuple[Any, float]:
    """What a call gives, and its processor seconds, those of programs it ran included."""
    before = _processor()
    result = call()
    return result, _processor() - before


def _processor() -> float:
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _memory() -> str:
    own, others = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return f"{own} MB here, {others} MB in a Tesseract"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
