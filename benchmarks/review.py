"""How large the review page of a long document is, and how soon it can be used in a browser.

    python -m benchmarks.review [--pages 40] [--keep FOLDER]

The document is the example agreement over and over. Needs Chromium, and playwright from the development tools.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

import pypdfium2

from samsyn.cli import main as samsyn

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "ange-2025-2028.pdf"
ROUNDS = 5


def write_long(path: Path, pages: int) -> None:
    """Write a document of so many pages: those of the example in their order, again and again."""
    with pypdfium2.PdfDocument(EXAMPLE) as example, pypdfium2.PdfDocument.new() as whole:
        for number in range(pages):
            whole.import_pages(example, [number % len(example)])
        whole.save(path)


def ready_after(address: str) -> tuple[float, float]:
    """Milliseconds until the page at the address is loaded, and until a value that was clicked has lit its place."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        started = time.perf_counter()
        page.goto(address, wait_until="load")
        loaded = time.perf_counter() - started
        page.locator(".value[data-places]:not([data-places=''])").first.click()
        page.locator(".lit").first.wait_for()
        used = time.perf_counter() - started
        browser.close()
    return loaded * 1000, used * 1000


def main() -> None:
    """Make the page, measure it, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--keep", type=Path, help="a folder to work in, which is left as it is afterwards")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="samsyn-benchmark-") as folder:
        work = asked.keep or Path(folder)
        work.mkdir(exist_ok=True)
        document, page = work / "long.pdf", work / "long.html"
        write_long(document, asked.pages)
        started = time.perf_counter()
        samsyn(["review", str(document), "-o", str(page)])
        made = time.perf_counter() - started
        print(f"{asked.pages} pages: made in {made:.1f} s, {page.stat().st_size / 2**20:.1f} MB")
        times = sorted(ready_after(page.resolve().as_uri()) for _ in range(ROUNDS))
        loaded, used = times[ROUNDS // 2]
        print(f"loaded after {loaded:.0f} ms, first value lit after {used:.0f} ms (median of {ROUNDS})")


if __name__ == "__main__":
    main()
