"""How fast a corpus is filled and searched: two processes against one, memory, the last documents against the first.

    python -m benchmarks.corpus [--documents 2000] [--agreements 20000] [--keep FOLDER]

The documents are the Word files of the accuracy suite with other numbers and words in them, so that each is new
content. Nothing is downloaded and nothing is left behind, unless --keep says where.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from samsyn.collect import ReadSettings, collect_files
from samsyn.corpora.corpus import Corpus
from samsyn.corpora.database import transaction
from samsyn.corpora.filters import Filters
from samsyn.corpora.truth import Reading, Sighting
from samsyn.models.agreement import Agreement, Goal, Measure, Municipality, Period, ProblemPicture, RecurringMatch
from samsyn.models.source import Evidence, Source
from samsyn.models.table import Row
from samsyn.vocabulary.load import load_table
from samsyn.vocabulary.register import load_register

ROOT = Path(__file__).resolve().parent.parent
ORIGINALS = sorted((ROOT / "tests" / "accuracy" / "documents").glob("*.docx"))
QUERIES = (
    "trygghet", "polis", "kommunen ansvarar", "trygghetsvandring", "*vandring*", "trygg*", '"sociala insatsgrupper"',
    "narkotika -skola", "cykelstölder OR inbrott", "grannsamverkan seniorer", "ungdomar riskzon", "Åre",
)  # fmt: skip
MUNICIPALITIES, YEARS_OF_PAPERS = 290, 20
TENTHS = 10


def make_documents(folder: Path, count: int) -> None:
    """Fill the folder with `count` Word files, no two alike."""
    chance = random.Random(1)
    for number in range(count):
        original = ORIGINALS[number % len(ORIGINALS)]
        write_varied(original, folder / f"{number:05}-{original.name}", chance)


def write_varied(original: Path, path: Path, chance: random.Random) -> None:
    """Write the file with every number of three digits and every tenth long word changed."""

    def changed(match: re.Match[bytes]) -> bytes:
        word = match.group()
        if word.isdigit():
            return str(chance.randint(100, 999)).encode()
        return word + chance.choice((b"vis", b"et", b"sam", b"bar")) if chance.random() < 0.1 else word

    with zipfile.ZipFile(original) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                data = re.sub(rb"(?<=[ >])(?:\d{3}|[a-z]{8,})(?=[ <.,])", changed, data)
            target.writestr(entry, data)
        target.comment = path.name.encode()  # a short document may hold nothing that was changed


def add_all(folder: Path, path: Path, jobs: int) -> None:
    """Add the folder in this process and report how it went, as JSON: time by quarters, memory by tenths."""
    started, marks = time.perf_counter(), []
    memory: list[int] = []
    readers: list[int] = []
    with Corpus(path, create=True) as corpus:
        with closing(collect_files(corpus, [folder], ReadSettings(jobs=jobs))) as outcomes:
            for outcome in outcomes:
                if outcome.outcome != "added":
                    raise SystemExit(f"{outcome.place}: {outcome.outcome} {outcome.reason}")
                marks.append(time.perf_counter())
                memory.append(resident_bytes("self"))
                readers.append(max(map(resident_bytes, children()), default=0))
        seconds = [row[0] for row in corpus.connection.execute("SELECT seconds FROM extractions ORDER BY rowid")]
    quarter = len(marks) // 4
    report = {
        "seconds": time.perf_counter() - started,
        "reading": [statistics.mean(part) * 1000 for part in (seconds[:quarter], seconds[-quarter:])],
        "every": [
            (end - begin) / quarter * 1000
            for begin, end in ((marks[0], marks[quarter]), (marks[-quarter - 1], marks[-1]))
        ],
        "memory": tenths(memory),
        "reader": tenths(readers),
        "largest reader": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 2**10,
    }
    print(json.dumps(report))


def tenths(sizes: list[int]) -> list[int]:
    """The largest size within each tenth of a run, in MB."""
    step = max(1, len(sizes) // TENTHS)
    return [max(sizes[start : start + step]) // 2**20 for start in range(0, step * TENTHS, step) if sizes[start:]]


def resident_bytes(process: str) -> int:
    """Memory of the process that is in use now; 0 when it has just ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def children() -> list[str]:
    """The processes that this one has started and that run now."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # a thread that has just ended
            found += (task / "children").read_text().split()
    return found


def measure_adding(documents: int, work: Path) -> None:
    """Add the same documents on one core and on two, each run in a program of its own."""
    folder = work / "documents"
    folder.mkdir()
    make_documents(folder, documents)
    rates = {}
    print(f"== Adding {documents} documents ({os.cpu_count()} cores)")
    # A reader works beside the process that writes: 'one process' is both of them on one core.
    for name, jobs, cores in (("one core", 1, 1), ("one reader", 1, 2), ("two readers", 2, 2)):
        command = [sys.executable, "-m", "benchmarks.corpus", "--add", str(folder), str(work / f"{name}.db"), str(jobs)]
        line = subprocess.run(
            [*command, "--cores", str(cores)], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        told = json.loads(line)
        rates[name] = documents / told["seconds"]
        print(f"{name}: {documents} documents in {told['seconds']:.1f} s, {rates[name]:.2f} a second")
        print("   reading one: {:.0f} ms in the first quarter, {:.0f} ms in the last".format(*told["reading"]))
        print("   one every:   {:.0f} ms in the first quarter, {:.0f} ms in the last".format(*told["every"]))
        print(f"   memory, MB, tenth by tenth:     {' '.join(map(str, told['memory']))}")
        print(
            f"   of a reader, MB:                {' '.join(map(str, told['reader']))}; {told['largest reader']} at most"
        )
    print(f"two readers on two cores against one core: {rates['two readers'] / rates['one core']:.2f} times")
    size = (work / "two readers.db").stat().st_size
    papers = MUNICIPALITIES * YEARS_OF_PAPERS
    print(
        f"{MUNICIPALITIES} municipalities x {YEARS_OF_PAPERS} years = {papers} documents: "
        f"{papers / rates['two readers'] / 60:.0f} minutes on two cores, {papers * size / documents / 2**20:.0f} MB"
    )


def synthetic(count: int) -> Iterator[Agreement]:
    """Agreements in words drawn by chance, common ones often: as long as real ones, all different."""
    chance = random.Random(2)
    texts = re.findall(r"[a-zåäöA-ZÅÄÖ]{3,}", (ROOT / "samsyn" / "vocabulary" / "measures.toml").read_text("utf-8"))
    words = sorted({*texts})
    weights = [1 / (1 + rank) for rank in range(len(words))]
    chance.shuffle(words)
    register = [measure for measure in load_register() if measure.reported]
    places = load_table("municipalities.csv")
    pool = chance.choices(words, weights, k=200_000)

    def text(length: int) -> str:
        at = chance.randrange(len(pool) - length)
        return " ".join((*pool[at : at + length], chance.choice(words)))

    for number in range(count):
        place, start = places[number % len(places)], 2000 + number % 26
        recurring = chance.choice(register)
        yield Agreement(
            id=f"{number}-{start}",
            title=f"Överenskommelse {place['name']} {start}",
            kind="samverkansöverenskommelse",
            municipalities=(Municipality(code=place["code"], name=place["name"], county=place["county"]),),
            period=Period(start=f"{start}-01-01", end=f"{start + 3}-12-31"),
            goals=tuple(Goal(id=f"g{n}", text=text(18), level="overall") for n in range(8)),
            problem_pictures=tuple(ProblemPicture(id=f"p{n}", title=None, text=text(120)) for n in range(3)),
            measures=tuple(
                Measure(
                    id=f"m{n}",
                    form="row",
                    title=text(8),
                    police_action=text(15),
                    recurring=(RecurringMatch(id=recurring.id, name=recurring.name, score=0.9),) if n == 0 else (),
                    evidence=(Evidence(page=n, bbox=None, text=""),),
                )
                for n in range(20)
            ),
            source=Source(file=f"{number}.pdf", sha256=f"{number:064x}", media_type="application/pdf", pages=12),
        )


def measure_search(agreements: int, work: Path) -> None:
    """Search a corpus of so many agreements, and list and tabulate it."""
    with Corpus(work / "search.db", create=True) as corpus:
        started = time.perf_counter()
        run = corpus.start_run("add", "benchmark", {})
        with transaction(corpus.connection):
            for number, agreement in enumerate(synthetic(agreements)):
                sighting = Sighting(f"{number}.pdf", f"/{number}.pdf")
                corpus.keep(run, sighting, Reading(f"{number:064x}", 1, "benchmark", (agreement,)))
        kept = time.perf_counter() - started
        corpus.settle()
        settled = time.perf_counter() - started - kept
    print(f"== A corpus of {agreements} agreements")
    print(f"kept in {kept:.0f} s, relations in {settled:.0f} s, {(work / 'search.db').stat().st_size / 2**20:.0f} MB")
    with Corpus(work / "search.db") as corpus:
        for filters in (Filters(), Filters(counties=("Skåne",), first_year=2015)):
            place = "one county since 2015" if filters.counties else "all"
            print(f"searching {place}, milliseconds (median and worst of 5; of the processor alone, median):")
            for query in QUERIES:
                times, busy = zip(*(timed(partial(corpus.search, query, filters)) for _ in range(5)), strict=True)
                found = corpus.search(query, filters).agreements
                waited = f"{statistics.median(times):6.1f} {max(times):6.1f} {statistics.median(busy):6.1f}"
                print(f"   {query:28} {waited}   {found} agreements")
        for name in ("listing", "matrix", "timeline", "coverage", "areas", "renewals", "statistics"):
            print(f"{name}: {timed(partial(_rows_of, corpus, name))[0]:.0f} ms")


def _rows_of(corpus: Corpus, table: str) -> list[Row]:
    return list(getattr(corpus, table)().rows)


def timed(ask: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that the call takes, and those of them in which the processor worked on it."""
    started, busy = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - started) * 1000, (time.process_time() - busy) * 1000


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--agreements", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="a folder to work in, which is left as it is afterwards")
    parser.add_argument("--add", nargs=3, metavar=("FOLDER", "CORPUS", "JOBS"), help=argparse.SUPPRESS)
    parser.add_argument("--cores", type=int, default=os.cpu_count(), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.add:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: asked.cores])
        add_all(Path(asked.add[0]), Path(asked.add[1]), int(asked.add[2]))
        return
    with tempfile.TemporaryDirectory(prefix="samsyn-benchmark-") as folder:
        work = asked.keep or Path(folder)
        work.mkdir(exist_ok=True)
        if asked.documents:
            measure_adding(asked.documents, work)
        if asked.agreements:
            measure_search(asked.agreements, work)


if __name__ == "__main__":
    main()
