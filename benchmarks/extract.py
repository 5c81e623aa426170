"""Times the whole extraction of PDFs, stage by stage, beside other tools on the same files in one run.

python -m benchmarks.extract                 the samples (../shared/samples) and made documents of 10, 100, 500 pages
python -m benchmarks.extract FILE...         these files
python -m benchmarks.extract --pages 10 100  made documents of these sizes only

Every tool runs in a process of its own, once to warm up and then on the clock, the tools in turn. Shown are the best
processor time (so that other work on the machine counts little), the most memory the process took, and how many times
as long as ours it takes, in the middle of the turns.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tests.pdf_builder import Page

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"

ROUNDS = 15
"""Runs on the clock, unless they take long."""

LEAST_ROUNDS, ENOUGH = 2, 40.0
"""Runs on the clock of a document that takes long, and the seconds that all the runs of a document may take then."""

OURS, PLAIN = "samsyn", "pdfplumber"
"""The tools whose times are set against each other in the end."""


class Timing(NamedTuple):
    """What one tool took on one file: seconds, pages, and megabytes at the most."""

    seconds: float
    pages: int
    memory: float


# --- the tools --------------------------------------------------------------------------------------------------------


def run_samsyn(path: Path) -> int:
    """The whole extraction, from bytes to agreement."""
    from samsyn.extract.read import read_document
    from samsyn.pipeline import understand_document

    document = read_document(path.read_bytes(), file=path.name)
    understand_document(document)
    return len(document.pages)


def run_samsyn_read(path: Path) -> int:
    """Reading alone: layout, tables, headings, no understanding."""
    from samsyn.extract.read import read_document

    return len(read_document(path.read_bytes(), file=path.name).pages)


def run_pdfplumber(path: Path) -> int:
    """Plain pdfplumber: the text and the tables of every page."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(pdf.pages)


def run_pdfium(path: Path) -> int:
    """pypdfium2's plain text, without any layout: the floor."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
    return len(document)


def run_camelot(path: Path) -> int:
    """camelot's ruled tables, where it is installed."""
    import camelot
    import pypdfium2

    camelot.read_pdf(str(path), pages="all", flavor="lattice")
    return len(pypdfium2.PdfDocument(path))


def run_tablers(path: Path) -> int:
    """tablers' tables, where it is installed."""
    import tablers

    document = tablers.Document(path=str(path))
    for page in document.pages():
        tablers.find_tables(page, extract_text=True)
    return int(document.page_count)


TOOLS: dict[str, Callable[[Path], int]] = {
    OURS: run_samsyn,
    "samsyn, reading only": run_samsyn_read,
    PLAIN: run_pdfplumber,
    "pypdfium2 text": run_pdfium,
    "camelot": run_camelot,
    "tablers": run_tablers,
}
"""What is compared; those that are not installed are left out."""


def installed() -> list[str]:
    """The tools that can run here."""
    optional = ("camelot", "tablers")
    return [name for name in TOOLS if name not in optional or importlib.util.find_spec(name)]


def measure(path: Path) -> dict[str, list[Timing]]:
    """The runs of each tool, each warm in a process of its own; a tool that fails on the file is left out.

    The tools take turns, so that a machine that is slow for a while is slow for all of them. Before each run a tool
    forgets what it has read: a document is measured as one that it has not seen.
    """
    context = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        pools = {tool: stack.enter_context(context.Pool(1)) for tool in installed()}
        for tool in tuple(pools):
            if pools[tool].apply(_run, (tool, path)) is None:
                del pools[tool]
        runs: dict[str, list[Timing]] = {tool: [] for tool in pools}
        start = time.monotonic()
        for turn in range(ROUNDS):
            if turn >= LEAST_ROUNDS and time.monotonic() - start > ENOUGH:
                break
            for tool, pool in pools.items():
                timing = pool.apply(_run, (tool, path))
                if timing is not None:
                    runs[tool].append(timing)
        return runs


def _run(tool: str, path: Path) -> Timing | None:
    from samsyn.remember import forget

    forget()
    start = time.process_time()
    try:
        pages = TOOLS[tool](path)
    except Exception as error:
        # Other tools raise what they like on files they can't read; the comparison goes on without them.
        print(f"  {tool}: {type(error).__name__}: {error}", file=sys.stderr)
        return None
    seconds = time.process_time() - start
    return Timing(seconds, max(1, pages), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


# --- stages -----------------------------------------------------------------------------------------------------------


def stages(path: Path) -> dict[str, float]:
    """Seconds that each stage of the extraction takes, in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_time_stages, (path,))


def _time_stages(path: Path) -> dict[str, float]:
    from samsyn.extract.divide import divide_document
    from samsyn.extract.read import read_document
    from samsyn.extract.readers.layout_sheet import lay_out
    from samsyn.extract.readers.pdf_pages import open_pdf
    from samsyn.pipeline import understand_document
    from samsyn.remember import forget

    data = path.read_bytes()
    understand_document(read_document(data, file=path.name))
    forget()
    clock = _Clock()
    contents = [page for page in open_pdf(data, file=path.name).pages if not isinstance(page, int)]
    clock.stop("words")
    for content in contents:
        lay_out(content)
    clock.stop("lines, ruled tables")
    document = read_document(data, file=path.name)
    clock.stop("whole reading")
    divide_document(document)
    clock.stop("divide")
    understand_document(document)
    clock.stop("divide, find, assemble")
    return clock.taken


class _Clock:
    def __init__(self) -> None:
        self.taken: dict[str, float] = {}
        self.start = time.process_time()

    def stop(self, name: str) -> None:
        self.taken[name] = time.process_time() - self.start
        self.start = time.process_time()


# --- documents --------------------------------------------------------------------------------------------------------


def make_document(pages: int, folder: Path) -> Path:
    """A made agreement of so many pages: prose, headings, and a table on every other page."""
    from tests.pdf_builder import Page, build

    path = folder / f"made-{pages}.pdf"
    path.write_bytes(build(*_pages(pages, Page)))
    return path


def _pages(count: int, page_type: type[Page]) -> Iterator[Page]:
    prose = (
        "Kommunen och polisen arbetar tillsammans med trygghet i centrum och i bostadsområdena. Arbetet utgår från en "
        "gemensam lägesbild som uppdateras två gånger om året och visar var brott begås och vilka som utsätts för dem."
    )
    head = ("Åtgärd", "Ansvarig", "Effekt", "Tidplan")
    for number in range(1, count + 1):
        page = page_type()
        page.heading(f"Fokusområde {number}").paragraph(f"Avsnitt {number}. {prose}")
        # No two texts alike, so that nothing is won by remembering.
        for place in range(3 if number % 2 else 7):
            page.paragraph(f"I område {number}.{place}: {prose}")
        if number % 2:
            rows = (
                (
                    f"Trygghetsvandring i område {number}.{row} med boende",
                    f"Säkerhetssamordnare {number}.{row}",
                    f"Fler än {100 * number + row} känner sig trygga",
                    f"April {2000 + row}",
                )
                for row in range(8)
            )
            page.table((head, *rows), (170, 110, 100, 75))
        page.text(70, 40, "Sjöviks kommun", size=9)
        page.text(280, 815, f"Sida {number} av {count}", size=9)
        yield page


# --- printing ---------------------------------------------------------------------------------------------------------


def show(path: Path) -> float | None:
    """Prints one file's times, all tools and all stages; gives how many times quicker than pdfplumber it is read."""
    print(f"\n{path.name}")
    runs = measure(path)
    base = runs[OURS]
    for tool, timings in runs.items():
        best = min(timings)
        print(
            f"  {tool:22} {1000 * best.seconds / best.pages:8.2f} ms/page {best.pages / best.seconds:8.1f} pages/s"
            f" {max(timing.memory for timing in timings):7.0f} MB {_times(timings, base):7.2f} x"
        )
    taken = stages(path)
    print("  " + ", ".join(f"{name} {1000 * seconds:.0f} ms" for name, seconds in taken.items()), flush=True)
    return _times(runs[PLAIN], base) if PLAIN in runs else None


def _times(timings: Sequence[Timing], base: Sequence[Timing]) -> float:
    """How many times as long it takes: the middle of the turns, in each of which both met the same machine."""
    return statistics.median(one.seconds / other.seconds for one, other in zip(timings, base, strict=True))


def sum_up(ratios: Sequence[float | None]) -> None:
    """Prints how many times quicker than pdfplumber the files were read: the least, the middle and the most."""
    known = [ratio for ratio in ratios if ratio is not None]
    if known:
        print(
            f"\n{len(known)} files: {min(known):.1f} to {max(known):.1f} times quicker than {PLAIN}, "
            f"{statistics.median(known):.1f} in the middle"
        )


def main(arguments: Sequence[str]) -> None:
    """Runs what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", nargs="*", type=int)
    options = parser.parse_args(arguments)
    made = options.pages if options.pages is not None else [] if options.files else [10, 100, 500]
    files = list(options.files)
    if not files and options.pages is None and SAMPLES.is_dir():
        files = sorted(path for path in SAMPLES.glob("*.pdf") if "scan" not in path.name)
    with tempfile.TemporaryDirectory() as folder:
        sum_up([show(path) for path in (*files, *(make_document(pages, Path(folder)) for pages in made))])


if __name__ == "__main__":
    main(sys.argv[1:])
