"""The pages keep their word: every block of code in the README and in docs/ runs, every command and link is there."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from samsyn.cli import samsyn as command_line
from tests.pages import PAGES, ROOT, Block, Page, check_data, commands, is_looked_at, read_page, run_page, words_of
from tools.reference import PAGES as MADE

READ = [read_page(path) for path in PAGES]
RUN = [page for page in READ if any(block.language in ("sh", "python") for block in page.blocks)]
LANGUAGES = {"sh", "python", "text", "toml", "json", "yaml", "xml", "bibtex", "csv"}
SHOWN_ALONE = {"", "text"}

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def shell_lines() -> list[tuple[str, str]]:
    """Every command on every page, with the name of its page."""
    return [
        (page.name, line)
        for page in READ
        for block in page.blocks
        if block.language == "sh"
        for line in commands(block)
    ]


LINES = shell_lines()


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_page_runs_from_top_to_bottom(page: Page, tmp_path: Path) -> None:
    """Protects those who follow a page: each command and each line of Python works as it stands, in this order."""
    names = run_page(page, tmp_path)
    if page.name in AFTERWARDS:
        AFTERWARDS[page.name](names, tmp_path)


def _after_researcher(names: dict[str, Any], folder: Path) -> None:
    shares = names["by_form"]["mean"]
    assert shares["row"] > max(shares["bullet"], shares["promise"]), "the finding in the text is none any more"
    assert (folder / "uppföljningsbara.png").stat().st_size > 5_000
    assert (folder / "datamängd" / "datapackage.json").exists()
    assert (folder / "vandringar.csv").read_text(encoding="utf-8").count("\n") > 5


AFTERWARDS: dict[str, Callable[[dict[str, Any], Path], None]] = {"docs/tutorial-researcher.md": _after_researcher}
"""What a page's own words claim of what it leaves behind."""


@pytest.mark.parametrize(
    "line", sorted({line for _, line in LINES if line.startswith("samsyn ") and "COMPLETE" not in line})
)
def test_command_is_understood(line: str) -> None:
    """Protects the pages from commands and options that are no more."""
    command: click.Command = command_line
    arguments = words_of(line)[1:]
    while isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        found = command.get_command(click.Context(command), arguments.pop(0))
        assert found is not None
        command = found
    try:
        command.make_context("samsyn", arguments, resilient_parsing=isinstance(command, click.Group))
    except click.BadParameter as error:  # a file that only the page makes
        if "does not exist" not in error.message:
            raise


@pytest.mark.parametrize("line", sorted({line for _, line in LINES if is_looked_at(words_of(line))}))
def test_command_that_is_not_run_can_work(line: str) -> None:
    """Protects what the tests cannot run (it installs or measures): extras, targets and modules are there."""
    words = words_of(line)
    for extra in re.findall(r"\[([\w,-]+)\]", line) if "install" in words else ():
        assert set(extra.split(",")) <= set(PROJECT["project"]["optional-dependencies"])
    if words[0] == "make":
        assert all(re.search(rf"^{target}:", MAKEFILE, flags=re.MULTILINE) for target in words[1:])
    if words[:2] == ["python", "-m"] and words[2] not in ("venv", "pip"):
        assert importlib.util.find_spec(words[2]) is not None


@pytest.mark.parametrize("page", READ, ids=lambda page: page.name)
def test_blocks_have_a_language_and_data_is_valid(page: Page) -> None:
    """Protects against blocks that no test looks at."""
    for block in page.blocks:
        assert block.language in LANGUAGES, f"{page.name}:{block.line} has no known language"
        check_data(block)


@pytest.mark.parametrize("name", sorted(MADE))
def test_made_page_is_current(name: str) -> None:
    """Protects the reference from saying what the code no longer does; `make reference` writes it anew."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == MADE[name]()


@pytest.mark.parametrize("path", [*PAGES, *sorted((ROOT / "docs").glob("reference-*.md"))], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Protects readers on GitHub: files that a page links to exist, pictures have words for those who cannot see them."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for mark, shown, target in re.findall(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)", text):
        if mark:
            assert len(shown) > 15, f"{path.name}: {target} has no alternative text"
        if not re.match(r"https?:|#|mailto:", target):
            assert (path.parent / target.partition("#")[0]).exists(), f"{path.name}: {target}"


def test_pictures_are_small_and_shown() -> None:
    """Protects those who clone: no picture is heavy, and none lies there unused."""
    text = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    for path in (ROOT / "docs" / "pictures").iterdir():
        assert path.stat().st_size < 200_000, path.name
        assert f"pictures/{path.name}" in text, f"{path.name} is on no page"


def test_every_page_is_in_the_navigation() -> None:
    """Protects pages from being written and never found."""
    import yaml

    class Loader(yaml.SafeLoader):
        """Reads mkdocs.yml, whose tags name Python objects that are not needed here."""

    Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
    site = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader)
    named = set(_leaves(site["nav"]))
    assert {path.name for path in (ROOT / "docs").glob("*.md")} <= named


def _leaves(nav: Any) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    children = nav if isinstance(nav, list) else list(nav.values())
    return [leaf for child in children for leaf in _leaves(child)]


def test_the_runner_notices() -> None:
    """Protects the other tests: a block that fails, an output that is not printed, an unknown file are noticed."""
    from tests.pages import assert_shown

    with pytest.raises(AssertionError, match="not printed"):
        assert_shown("one\nthree\ntwo", "one\ntwo\nthree\n", "page:1")
    assert_shown("one\n...\nthree", "one\ntwo\nthree\n", "page:1")
    block = Block("sh", "samsyn extract a.pdf \\\n  b.pdf  # both\n\n# alone\nmake test\n", 1)
    assert [words_of(line) for line in commands(block)] == [["samsyn", "extract", "a.pdf", "b.pdf"], ["make", "test"]]
