"""The page for judging in a real browser: pointing works both ways, keys judge, what is judged can be saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.review import write_long
from samsyn.cli import main
from samsyn.correct import apply_corrections, read_corrections
from samsyn.pipeline import extract_agreement
from tests.browser import NEEDS_CHROMIUM, browser, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

EXAMPLE = Path(__file__).parent.parent / "examples" / "ange-2025-2028.pdf"
VALUE = '[data-path="measures[m2].police_action"]'

pytestmark = [pytest.mark.slow, NEEDS_CHROMIUM]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the example agreement."""
    path = tmp_path_factory.mktemp("review") / "review.html"
    assert main(["review", str(EXAMPLE), "-o", str(path)]) == 0
    return path.as_uri()


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    """The page opened; every complaint of the browser fails the test that provoked it."""
    with browser() as started, opened(started, address) as page:
        yield page


def test_pointing_at_a_value_lights_its_box_and_brings_it_into_view(page: Page) -> None:
    """Protects the look from value to page."""
    page.click(VALUE)
    lit = page.locator(".lit")
    assert lit.count() == 1
    assert lit.get_attribute("data-place") == page.locator(VALUE).get_attribute("data-places")
    box = lit.bounding_box()
    assert box is not None
    assert 0 < box["y"] < 800


def test_clicking_a_box_chooses_its_value(page: Page) -> None:
    """Protects the look from page to value, through the text that lies over the box."""
    page.click('[data-path="goals[g1].text"]')
    place = page.locator('[data-path="goals[g2].text"]').get_attribute("data-places")
    box = page.locator(f'rect[data-place="{place}"]').bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.locator(".chosen").get_attribute("data-path") == "goals[g2].text"


def test_text_over_the_picture_can_be_selected(page: Page) -> None:
    """Protects copying from the page."""
    line = page.locator(".sheet-face text", has_text="Brott som drabbar enskilda")
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 1, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, middle, steps=4)
    page.mouse.up()
    selected = page.evaluate("String(getSelection())")
    page.evaluate("getSelection().removeAllRanges()")
    assert "rott som drabbar enskilda ska bli färre" in selected


def test_keys_judge_and_the_corrections_are_saved(page: Page, tmp_path: Path) -> None:
    """Protects the work of an hour: what was judged by keys is in the file that 'Spara' gives."""
    page.click('[data-path="goals[g1].text"]')
    page.keyboard.press("r")
    page.click(VALUE)
    page.keyboard.press("w")
    page.keyboard.type('Bidrar med "kunskap".')
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator(".chosen").get_attribute("data-path") == "measures[m2].responsible"
    with page.expect_download() as download:
        page.click("[data-save]")
    assert download.value.suggested_filename == "ange-2025-2028.rattelser.json"
    download.value.save_as(tmp_path / "saved.json")
    saved = json.loads((tmp_path / "saved.json").read_text(encoding="utf-8"))
    judged = {item["path"]: (item["verdict"], item["value"]) for item in saved["corrections"]}
    assert judged["goals[g1].text"][0] == "right"
    assert judged["measures[m2].police_action"] == ("wrong", 'Bidrar med "kunskap".')
    assert len(judged) == 2
    corrected = apply_corrections(extract_agreement(EXAMPLE), read_corrections(tmp_path / "saved.json"))
    assert corrected.measures[1].police_action == 'Bidrar med "kunskap".'
    _assert_commands_take(tmp_path / "saved.json", tmp_path)


def _assert_commands_take(saved: Path, folder: Path) -> None:
    """Both commands that the page names for its file put the corrected value in, and say who and when."""
    output, corpus = folder / "corrected.json", folder / "all.db"
    assert main(["extract", str(EXAMPLE), "--corrections", str(saved), "-o", str(output)]) == 0
    assert main(["corpus", "add", str(corpus), str(EXAMPLE), "--quiet"]) == 0
    assert main(["corpus", "review", "import", str(corpus), str(saved), "--who", "Kim"]) == 0
    shown, status = folder / "shown.json", folder / "status.json"
    assert main(["corpus", "show", str(corpus), "ange-2025-2028", "-o", str(shown)]) == 0
    assert main(["corpus", "review", "status", str(corpus), "-o", str(status)]) == 0
    for file in (output, shown):
        found = json.loads(file.read_text(encoding="utf-8"))
        assert found["measures"][1]["police_action"] == 'Bidrar med "kunskap".'
    (told,) = json.loads(status.read_text(encoding="utf-8"))
    assert (told["who"], told["state"]) == ("Kim", "applied")


def test_page_fits_a_narrow_screen(page: Page) -> None:
    """Protects the telephone: nothing is wider than the screen, and a value is still beside its place."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.click(VALUE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert (
        page.evaluate("(({scrollWidth, clientWidth}) => scrollWidth - clientWidth)(document.querySelector('.found'))")
        == 0
    )
    box = page.locator(".lit").bounding_box()
    assert box is not None
    assert 0 < box["y"] < 844 / 2
    page.set_viewport_size({"width": 1280, "height": 800})


def test_page_of_a_long_document_is_small_and_whole(page: Page, tmp_path: Path) -> None:
    """Protects a long document: forty pages are under 15 MB, all of them there; benchmarks/review.py times them."""
    document, long = tmp_path / "long.pdf", tmp_path / "long.html"
    write_long(document, 40)
    assert main(["review", str(document), "-o", str(long)]) == 0
    assert long.stat().st_size < 15 * 2**20
    assert page.context.browser is not None
    with page.context.browser.new_page() as shown:
        shown.goto(long.as_uri(), wait_until="load")
        shown.click(".value >> nth=4")
        assert shown.locator(".lit").count() == 1
        assert shown.locator(".sheet").count() == 40
