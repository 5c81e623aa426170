"""Every page that samsyn writes, in a real browser at two widths: accessible, no wider than the screen, harmless."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from samsyn.cli import main
from tests.browser import NEEDS_CHROMIUM, SIZES, browser, opened
from tests.corpora import write_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLES = Path(__file__).parent.parent / "examples"
OLD, NEW = EXAMPLES / "ange-2021-2024.docx", EXAMPLES / "ange-2025-2028.pdf"
PAGES = ("diff", "diff-en", "series", "check", "review-pdf", "review-docx", "report", "report-en")
GRAVE = ("serious", "critical")
GOAL = 'Fler ska "våga" gå ut <script>alert(1)</script> <img src=x onerror=alert(2)> på kvällen i Habo.'
MEASURES = (
    (
        "Vuxna vandrar </script></style></textarea><script>alert(3)</script> & 'samtalar'",
        "Kommunen",
        "\u202eHösten 2025",
    ),
    ("{{ 7 * 7 }} $\\frac{1}{2}$ javascript:alert(4)", "<b onmouseover=alert(5)>Polisen</b>", "Våren 2026"),
)

pytestmark = [pytest.mark.slow, NEEDS_CHROMIUM]


def run(*arguments: object) -> None:
    differs = int(arguments[0] == "diff")  # diff tells by its exit code that there is a difference
    assert main([*map(str, arguments)]) == differs, arguments


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pages of the example agreements, and of a corpus of several municipalities."""
    folder = tmp_path_factory.mktemp("pages")
    run("diff", OLD, NEW, "--format", "html", "-o", folder / "diff.html")
    run("diff", OLD, NEW, "--format", "html", "--lang", "en", "-o", folder / "diff-en.html")
    papers = folder / "papers"
    papers.mkdir()
    for start in (2012, 2016, 2020):
        write_file(papers, "Habo", start)
        write_file(papers, "Ystad", start + 1)
    run("diff", *sorted(papers.glob("Habo*")), "--format", "html", "-o", folder / "series.html")
    run("check", NEW, "-o", folder / "check.html")
    run("review", NEW, "-o", folder / "review-pdf.html")
    run("review", OLD, "-o", folder / "review-docx.html")
    run("corpus", "add", folder / "all.db", papers, OLD, NEW, "--quiet")
    run("corpus", "report", folder / "all.db", "-o", folder / "report.html")
    run("corpus", "report", folder / "all.db", "--lang", "en", "-o", folder / "report-en.html")
    return folder


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits(started: Browser, folder: Path, name: str, width: int) -> None:
    """Protects readers with a screen reader, weak sight or a telephone: axe finds nothing grave, nothing sticks out."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    with opened(started, (folder / f"{name}.html").as_uri(), width) as page:
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = axe.Axe().run(page).response["violations"]
    told = [f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:200]}" for one in found]
    assert [line for line, one in zip(told, found, strict=True) if one["impact"] in GRAVE] == []
    assert told == [], "nothing grave, and still better mended"


def write_hostile(path: Path) -> None:
    """A Word file whose goal and measures hold markup, code of templates and scripts, and turned text."""
    document = docx.Document()
    document.add_heading("Samverkansöverenskommelse mellan Habo kommun och Polismyndigheten 2025–2028", 1)
    document.add_heading("Mål", 2)
    document.add_paragraph(GOAL, style="List Bullet")
    document.add_heading("Åtgärder", 2)
    table = document.add_table(0, 3)
    for cells in (("Åtgärd", "Ansvarig", "När"), *MEASURES):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.add_heading("Giltighetstid", 2)
    document.add_paragraph("Överenskommelsen gäller från den 1 januari 2025 till den 31 december 2028.")
    document.save(str(path))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same pages of an agreement that tries to be a program."""
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / "fientlig.docx"
    write_hostile(file)
    run("review", file, "-o", folder / "review.html")
    run("check", file, "-o", folder / "check.html")
    run("diff", file, OLD, "--format", "html", "-o", folder / "diff.html")
    run("corpus", "add", folder / "all.db", file, "--quiet")
    run("corpus", "report", folder / "all.db", "-o", folder / "report.html")
    return folder


MEASURE, TEMPLATE = MEASURES[0][0], MEASURES[1][0]
SHOWN = {"review": (GOAL, MEASURE, TEMPLATE), "check": (GOAL,), "diff": (GOAL, MEASURE, TEMPLATE), "report": ()}
"""What each page shows of it."""


@pytest.mark.parametrize("name", SHOWN)
def test_hostile_text_shows_as_text(started: Browser, hostile: Path, name: str) -> None:
    """Protects the reader of other people's documents: nothing in them runs, is fetched, or turns the page around."""
    with opened(started, (hostile / f"{name}.html").as_uri()) as page:
        text = page.evaluate("document.body.textContent")
        assert page.locator("[onerror], [onmouseover], img:not([src^='data:'])").count() == 0
    assert "\u202e" not in text
    for words in SHOWN[name]:
        assert words in text
