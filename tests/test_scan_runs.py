"""Runs over scans: progress by page, an end at any moment, and going on from the pages that are kept."""

from __future__ import annotations

import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from functools import cache
from operator import methodcaller
from pathlib import Path

import pytest

from samsyn.extract.ocr.tesseract import find_engine
from tests.pdf_builder import A4, Page, build

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_engine() is None, reason="Tesseract is not installed: no runs over scans tested"),
]
AREAS = ("Unga", "Trafik", "Inbrott", "Klotter", "Droger")
PAGES = len(AREAS)
SAMSYN = (sys.executable, "-c", "import sys; from samsyn.cli import main; sys.exit(main())")


@cache
def scan() -> bytes:
    """A scan of an agreement: pictures of its pages, nothing else."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader

    pages = []
    for number, area in enumerate(AREAS, 1):
        page = (
            Page().paragraph(f"{area} är det som behandlas på den här sidan.").heading(f"Fokusområde {number}: {area}")
        )
        page.heading("Mål", size=12).paragraph(f"Antalet anmälda brott som rör {area.lower()} ska minska varje år.")
        document = pypdfium2.PdfDocument(build(page))
        picture = ImageReader(document[0].render(scale=150 / 72, grayscale=True).to_pil())
        pages.append(Page().do(methodcaller("drawImage", picture, 0, 0, *A4)))
    return build(*pages)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The scan as a file; what is recognised is kept beside it."""
    monkeypatch.setenv("SAMSYN_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan())
    return path


def kept(file: Path) -> dict[str, int]:
    """The pages in the cache, with the moment each was put there."""
    return {path.name: path.stat().st_mtime_ns for path in (file.parent / "cache").rglob("*.json")}


def running(file: Path) -> list[str]:
    """The processes that work for this run."""
    mark = f"SAMSYN_CACHE={file.parent}/cache".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes() and path.parent.name != str(os.getpid()):
                found.append((path.parent / "cmdline").read_text())
        except OSError:
            continue
    return found


def _as_from_a_terminal() -> None:
    """Tests that a shell runs in the background are deaf to what Ctrl-C sends, and would hand that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_ended_run_goes_on_from_the_pages_that_are_kept(file: Path, end: signal.Signals) -> None:
    """Protects an hour of recognition: what ends a run costs the pages at work; no process of it stays behind."""
    command = [*SAMSYN, "extract", str(file), "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_as_from_a_terminal)  # noqa: PLW1509 - no threads here
    waited = time.monotonic() + 120
    while len(kept(file)) < 2 and time.monotonic() < waited:
        time.sleep(0.05)
    process.send_signal(end)
    out, error = process.communicate(timeout=60)
    before = kept(file)
    assert out == b""
    if end is signal.SIGINT:
        assert process.returncode == 130
        assert b"recognised pages are kept" in error
        assert error.endswith(b"samsyn: interrupted\n")
    waited = time.monotonic() + 30
    while running(file) and time.monotonic() < waited:
        time.sleep(0.2)
    assert running(file) == []
    assert 2 <= len(before) < PAGES

    done = subprocess.run([*SAMSYN, "extract", str(file)], capture_output=True, timeout=200, check=True)
    found = json.loads(done.stdout)
    assert found["source"]["ocr"]
    assert len(found["goals"]) == PAGES
    after = kept(file)
    assert len(after) == PAGES
    assert before.items() <= after.items()


def test_second_run_recognises_nothing(file: Path) -> None:
    """Protects time: the same file, under another name, is read from what is kept; --no-cache neither looks nor keeps."""
    command = [*SAMSYN, "extract", "--ocr-language", "swe"]
    first = subprocess.run([*command, "--no-cache", str(file)], capture_output=True, timeout=200, check=True)
    assert kept(file) == {}
    again = subprocess.run([*command, str(file)], capture_output=True, timeout=200, check=True)
    times = kept(file)
    other = file.rename(file.with_name("annan.pdf"))
    third = subprocess.run([*command, str(other)], capture_output=True, timeout=200, check=True)
    assert kept(file) == times
    assert first.stdout == again.stdout
    assert json.loads(third.stdout)["goals"] == json.loads(again.stdout)["goals"]


def test_progress_is_shown_by_page_on_a_terminal_alone(file: Path) -> None:
    """Protects the person who waits: pages are counted on the terminal; a pipe gets no bars."""
    mine, theirs = pty.openpty()
    process = subprocess.Popen([*SAMSYN, "extract", str(file)], stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = _everything_from(mine)  # at once: a terminal that nobody reads stops who writes to it
    json.loads(process.communicate(timeout=200)[0])
    assert "recognising" in shown
    assert "scan.pdf" in shown
    assert f"/{PAGES}" in shown
    quiet = subprocess.run([*SAMSYN, "extract", str(file), "--no-cache"], capture_output=True, timeout=200, check=True)
    assert b"recognising" not in quiet.stderr


def _everything_from(terminal: int) -> str:
    shown = io.BytesIO()
    try:
        while block := os.read(terminal, 65536):
            shown.write(block)
    except OSError:  # how a terminal says that nobody writes to it any more
        pass
    os.close(terminal)
    return shown.getvalue().decode("utf-8", "replace")
