"""Pages of documentation as something to run: takes a Markdown file, gives its code blocks, runs them in a folder.

A page runs from top to bottom, in one folder that has a copy of `examples/` and the files that the page asks for in a
comment nobody sees: `<!-- files: examples/ange-2021-2024.docx as old.docx -->`; a name that ends in a slash is a folder,
and a pattern brings several files. What runs:

- `sh`: each line as a shell would; it must end with 0, or with the code that its comment names (`# exits with 1`).
  Lines that install or build (`pip`, `make`, `git` ...) are looked at, not run: the extra or target must exist.
- `python`: all blocks of a page share their names.
- `text` right after one of these: lines that its output holds, in this order; `...` stands for any lines.
- `toml`, `json`, `yaml`: must be valid.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parent.parent
PAGES = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted(path for path in (ROOT / "docs").glob("*.md") if not path.name.startswith("reference-")),
)
LOOKED_AT = ("pip", "make", "git", "apt-get", "brew", "datasette", "py", "uv", "pipx")
"""Programs whose lines are not run: they would install something, need the network, or run all tests."""


class Block(NamedTuple):
    """A code block: its language, its text, and the line on which it begins."""

    language: str
    code: str
    line: int


class Page(NamedTuple):
    """A page: its name from the root, its blocks in order, and the files it asks for as (pattern, name)."""

    name: str
    blocks: tuple[Block, ...]
    files: tuple[tuple[str, str], ...]


def read_page(path: Path) -> Page:
    """The page's blocks, also those in lists, and its files."""
    text = path.read_text(encoding="utf-8")
    fence = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<code>.*?)^(?P=indent)```$", re.DOTALL | re.MULTILINE)
    blocks = [
        Block(found["language"], _dedent(found["code"], found["indent"]), text.count("\n", 0, found.start()) + 1)
        for found in fence.finditer(text)
    ]
    asked = re.findall(r"<!-- files: (.*?) -->", text, flags=re.DOTALL)
    files = [item.split(" as ") for items in asked for item in " ".join(items.split()).split(", ")]
    return Page(path.relative_to(ROOT).as_posix(), tuple(blocks), tuple((pattern, name) for pattern, name in files))


def _dedent(code: str, indent: str) -> str:
    return "".join(line.removeprefix(indent) for line in code.splitlines(keepends=True))


def commands(block: Block) -> Iterator[str]:
    """The lines of a shell block, those that go on joined."""
    for line in block.code.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def words_of(line: str) -> list[str]:
    """The words of a command without its comment and what the shell does with its output."""
    return list(shlex.split(re.split(r" [|>] ?| && ", line)[0], comments=True))


def run_page(page: Page, folder: Path) -> dict[str, Any]:
    """Runs the page's blocks in the folder; the names its Python left. Fails with the block that does not run."""
    _lay_out(page, folder)
    names: dict[str, Any] = {"__name__": "__page__"}
    printed = ""
    for block in page.blocks:
        where = f"{page.name}:{block.line}"
        if block.language == "sh":
            printed = "".join(_run_line(line, folder, where) for line in commands(block))
        elif block.language == "python":
            printed = _run_python(block, names, folder, where)
        elif block.language == "text" and printed:
            assert_shown(block.code, printed, where)
            printed = ""
    return names


def _lay_out(page: Page, folder: Path) -> None:
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    for pattern, name in page.files:
        found = sorted(ROOT.glob(pattern))
        assert found, f"{page.name}: no file {pattern}"
        for path in found:
            target = folder / name / path.name if name.endswith("/") else folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)


def _run_line(line: str, folder: Path, where: str) -> str:
    """What the command prints; lines that are only looked at print nothing."""
    words = words_of(line)
    if is_looked_at(words):
        return ""
    told = re.search(r"# .*exits? with (\d+)", line)
    wanted = {int(told[1])} if told else {0, 1} if "diff" in words[1:3] else {0}
    if re.search(r"\| head\b", line):
        wanted.add(141)  # what writes into a pipe that has seen enough ends so, unseen
    bin_folder = str(Path(sys.executable).parent)
    environment = os.environ | {"PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode in wanted, f"{where}: {line}\nexit code {done.returncode}\n{done.stderr[-2000:]}"
    return done.stdout


def is_looked_at(words: list[str]) -> bool:
    """True for commands that are not run: what installs, builds or measures."""
    return words[0] in LOOKED_AT or words[:2] == [".", ".venv/bin/activate"] or words[:2] == ["python", "-m"]


def _run_python(block: Block, names: dict[str, Any], folder: Path, where: str) -> str:
    printed = io.StringIO()
    before = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(block.code, where, "exec"), names)
    finally:
        os.chdir(before)
    return printed.getvalue()


def assert_shown(shown: str, printed: str, where: str) -> None:
    """Fails unless the output holds the lines that the page shows, in their order; `...` stands for any lines."""
    lines = iter(line.rstrip() for line in printed.splitlines())
    for wanted in (line.rstrip() for line in shown.splitlines()):
        if wanted.strip() in ("...", "…", ""):
            continue
        assert wanted in lines, f"{where}: not printed: {wanted!r}\n{printed}"


def check_data(block: Block) -> None:
    """Fails when a block of data is not valid in its language."""
    if block.language == "toml":
        tomllib.loads(block.code)
    elif block.language == "json":
        json.loads(block.code)
    elif block.language == "yaml":
        yaml.safe_load(block.code)
