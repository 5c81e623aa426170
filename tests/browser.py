"""A browser for the tests of pages: the system's Chromium, which fails the test that makes it complain."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
NEEDS_CHROMIUM = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
SIZES = {1280: 800, 390: 844}
"""Widths and heights in pixels at which pages are tried: a desk, a telephone."""


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser, without a window."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@contextmanager
def opened(started: Browser, address: str, width: int = 1280) -> Iterator[Page]:
    """The page at the address; what the browser says of it, a dialog, or a look outside fails the test."""
    page = started.new_page(viewport={"width": width, "height": SIZES[width]}, reduced_motion="reduce")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    page.on("request", lambda request: complaints.append(request.url) if _is_outside(request.url, address) else None)
    page.goto(address)
    yield page
    page.close()
    assert complaints == []


def _is_outside(url: str, address: str) -> bool:
    return not url.startswith(("data:", "blob:")) and url.partition("#")[0] != address
