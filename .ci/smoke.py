"""What an installed samsyn must do with the extras it has: python smoke.py [EXTRA ...], in a folder with the examples.

Without an extra its libraries must not be there, and asking for what they do must end in one line that names it.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

OLD, NEW = "ange-2021-2024.docx", "ange-2025-2028.pdf"
LIBRARIES = {
    "dataframes": ("pandas", "polars", "pyarrow"),
    "dask": ("distributed",),
    "reports": ("matplotlib",),
    "spacy": ("spacy",),
}
SAMSYN = str(Path(sys.executable).parent / "samsyn")


def run(*arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """The command's outcome; fails when it does not end with the code."""
    done = subprocess.run([SAMSYN, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code, (arguments, done.returncode, done.stderr)
    assert "Traceback" not in done.stderr, (arguments, done.stderr)
    return done


def core() -> None:
    """Every command that needs no extra, from files to results."""
    assert "samsyn " in run("--version").stdout
    run("doctor")
    json.loads(run("schema").stdout)
    for line in run("extract", OLD, NEW, "--format", "jsonl").stdout.splitlines():
        found = json.loads(line)
        assert all(found[name] for name in ("focus_areas", "goals", "measures", "signatories")), found["source"]
    for name in ("found.xlsx", "found.md", "found.csv", "found.yaml"):
        run("extract", NEW, "-o", name)
    for name in ("diff.html", "diff.docx", "diff.xlsx", "diff.md", "diff.json"):
        run("diff", OLD, NEW, "-o", name, "--no-exit-code")
    run("draft", OLD, "--period", "2029-2032", "-o", "draft.docx")
    run("check", "draft.docx", "-o", "check.html")
    run("review", NEW, "-o", "review.html")
    assert "Nattvandring" in run("corpus", "search", "all.db", "nattvandring").stdout
    for form in ("csv", "jsonl", "xlsx"):
        run("corpus", "export", "all.db", "-o", f"export-{form}", "--format", form)


def dataframes(*, here: bool) -> None:
    """Data frames and Parquet."""
    import samsyn

    code = 0 if here else 1
    done = run("corpus", "export", "all.db", "-o", "export-parquet", "--format", "parquet", code=code)
    with samsyn.Corpus("all.db") as corpus:
        if here:
            assert len(corpus.frame("measures")) == len(corpus.frame("measures", library="polars")) == 22
            return
        assert "samsyn[dataframes]" in done.stderr, done.stderr
        try:
            corpus.frame("measures")
        except samsyn.CorpusError as error:
            assert "samsyn[dataframes]" in str(error)
        else:
            raise AssertionError("a data frame without pandas")


def dask(*, here: bool) -> None:
    """Reading on a Dask cluster; here, one on this machine."""
    if not here:
        done = run("corpus", "add", "dask.db", NEW, "--executor", "dask://127.0.0.1:1", code=1)
        assert "samsyn[dask]" in done.stderr, done.stderr
        return
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address.removeprefix("tcp://")
        run("corpus", "add", "dask.db", OLD, NEW, "--executor", f"dask://{address}")
    assert len(json.loads(run("corpus", "list", "dask.db", "--format", "json").stdout)) == 2


def reports(*, here: bool) -> None:
    """A page about a corpus."""
    done = run("corpus", "report", "all.db", "-o", "report.html", code=0 if here else 1)
    assert here or "samsyn[reports]" in done.stderr, done.stderr


def spacy(*, here: bool) -> None:
    """Recurring measures as a component of spaCy, which finds it by its name."""
    if here:
        import spacy

        nlp = spacy.blank("sv")
        nlp.add_pipe("samsyn_measures")
        found = nlp("Nattvandring hålls varje fredag.")
        assert [span.id_ for span in found.spans["measures"]] == ["nattvandring"]


def main() -> None:
    """Try the core whole where nothing else is, and each extra as it is here or not."""
    extras = set(sys.argv[1:])
    if "all" in extras:
        extras = {*LIBRARIES}
    for extra, libraries in LIBRARIES.items():
        there = [name for name in libraries if importlib.util.find_spec(name)]
        assert bool(there) == (extra in extras), f"{extra}: {there}"
    run("corpus", "add", "all.db", OLD, NEW)
    if not extras or extras == {*LIBRARIES}:
        core()
    for extra, attempt in (("dataframes", dataframes), ("dask", dask), ("reports", reports), ("spacy", spacy)):
        attempt(here=extra in extras)
    sys.stdout.write(f"works with {', '.join(sorted(extras)) or 'the core alone'}\n")


if __name__ == "__main__":
    main()
