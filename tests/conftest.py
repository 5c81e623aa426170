"""Says at the end, where Tesseract is missing, that its tests were left out."""

from __future__ import annotations

from typing import Any

from tests.ocr import MISSING


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One red line when tests of recognition were skipped."""
    skipped = [report for report in terminalreporter.stats.get("skipped", ()) if MISSING in str(report.longrepr)]
    if skipped:
        line = f"{len(skipped)} tests of scanned pages were NOT RUN: {MISSING}"
        terminalreporter.write_line(line, red=True, bold=True)
