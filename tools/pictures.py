"""Takes the example agreements, makes the pictures of docs/pictures from what the commands really give: make pictures.

Terminal pictures are SVG, drawn from what a command prints on a terminal; pages are screenshots by Chromium, Word files
go through LibreOffice. Both programs must be installed. A picture is made anew when its command's output has changed.
"""

from __future__ import annotations

import io
import os
import pty
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
SAMSYN = Path(sys.executable).parent / "samsyn"
COLUMNS = 96
OLD, NEW = "ange-2021-2024.docx", "ange-2025-2028.pdf"


class Terminal(NamedTuple):
    """A command and how many lines of what it prints are shown, from which one on."""

    name: str
    arguments: tuple[str, ...]
    lines: int
    start: int = 0


class Screenshot(NamedTuple):
    """A page that a command writes, and the part of it that is shown: from which point down, how wide and high."""

    name: str
    arguments: tuple[str, ...]
    top: int
    width: int
    height: int


TERMINALS = (
    Terminal("extract", ("extract", NEW), 38),
    Terminal("diff", ("diff", OLD, NEW), 51),
    Terminal("check", ("check", OLD), 30),
    Terminal("explain", ("explain", NEW), 26),
)
SCREENSHOTS = (
    Screenshot("diff-report", ("diff", OLD, NEW, "-o", "page.html"), 1280, 1100, 1080),
    Screenshot("check-report", ("check", OLD, "-o", "page.html"), 0, 1100, 900),
    Screenshot("review", ("review", NEW, "-o", "page.html"), 0, 1200, 850),
)
DRAWN_BY_PAGES = (
    ("tutorial-programmer.md", "evidence.png", "evidence.png"),
    ("tutorial-researcher.md", "uppföljningsbara.png", "followable.png"),
)
"""Pictures that a page's own code draws: the page, the file it writes, the name in docs."""
DRAFT = ("draft", "ange-2025-2028.docx", "--period", "2029-2032", "-o", "draft.docx")

_SVG = """\
<svg class="terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Consolas, Menlo, monospace; font-size: {char_height}px;
  line-height: {line_height}px; font-variant-east-asian: full-width }}
{styles}
</style>
<defs>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""The form of rich's pictures of terminals, without its web font."""


def main() -> None:
    """Make every picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in (ROOT / "examples").glob("ange-*.*"):
            shutil.copy(path, folder)
        for terminal in TERMINALS:
            _draw_terminal(terminal, folder)
        for screenshot in SCREENSHOTS:
            _take_screenshot(screenshot, folder)
        _draw_draft(folder)
    for page, made, name in DRAWN_BY_PAGES:
        _run_page(page, made, name)


def printed_on_terminal(arguments: tuple[str, ...], folder: Path) -> str:
    """What the command prints on a terminal of 96 columns, with its colours."""
    screen, terminal = pty.openpty()
    environment = os.environ | {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color", "COLORTERM": "", "LINES": "50"}
    process = subprocess.Popen(
        [SAMSYN, *arguments], cwd=folder, env=environment, stdout=terminal, stderr=subprocess.DEVNULL
    )
    os.close(terminal)
    printed = b""
    while True:
        try:
            block = os.read(screen, 65536)
        except OSError:  # the other side is closed
            break
        if not block:
            break
        printed += block
    process.wait()
    os.close(screen)
    return printed.decode("utf-8").replace("\r\n", "\n")


def _draw_terminal(terminal: Terminal, folder: Path) -> None:
    from rich.console import Console
    from rich.terminal_theme import TerminalTheme
    from rich.text import Text

    ground, ink = (250, 250, 248), (36, 41, 47)
    colours = [
        ink,
        (179, 38, 30),
        (26, 110, 60),
        (140, 90, 0),
        (30, 90, 160),
        (120, 60, 140),
        (20, 110, 120),
        (90,) * 3,
    ]
    theme = TerminalTheme(ground, ink, colours, colours)
    lines = printed_on_terminal(terminal.arguments, folder).splitlines()
    shown = lines[terminal.start : terminal.start + terminal.lines]
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(Text(f"$ samsyn {' '.join(terminal.arguments)}", style="bold"))
    for line in shown:
        console.print(Text.from_ansi(line), soft_wrap=True)
    if len(lines) > terminal.start + terminal.lines:
        console.print(Text("…", style="dim"))
    picture = console.export_svg(title="", theme=theme, code_format=_SVG, unique_id="terminal")
    (PICTURES / f"terminal-{terminal.name}.svg").write_text(picture, encoding="utf-8")


def _take_screenshot(screenshot: Screenshot, folder: Path) -> None:
    subprocess.run([SAMSYN, *screenshot.arguments], cwd=folder, stdout=subprocess.DEVNULL, check=False)
    flags = (
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking",
        "--virtual-time-budget=4000", f"--window-size={screenshot.width},{screenshot.top + screenshot.height}",
    )  # fmt: skip
    target = folder / "page.png"
    command = ["chromium", *flags, f"--screenshot={target}", f"file://{folder / 'page.html'}"]
    subprocess.run(command, check=True, capture_output=True)
    _save_small(target, f"{screenshot.name}.png", screenshot.top)


def _draw_draft(folder: Path) -> None:
    import pypdfium2

    subprocess.run([SAMSYN, *DRAFT], cwd=folder, stderr=subprocess.DEVNULL, check=True)
    office = ["soffice", "--headless", "--convert-to", "pdf", "draft.docx"]
    subprocess.run(office, cwd=folder, check=True, capture_output=True)
    page = pypdfium2.PdfDocument(folder / "draft.pdf")[1]
    page.render(scale=1.25).to_pil().save(folder / "draft.png")
    _save_small(folder / "draft.png", "draft.png")


def _run_page(page: str, made: str, name: str) -> None:
    from tests.pages import read_page, run_page

    with tempfile.TemporaryDirectory() as folder:
        run_page(read_page(ROOT / "docs" / page), Path(folder))
        _save_small(Path(folder) / made, name)


def _save_small(path: Path, name: str, top: int = 0) -> None:
    """Put the picture from `top` down into docs, with few colours; flat pages lose nothing by it."""
    from PIL import Image

    with Image.open(path) as picture:
        picture.convert("RGB").crop((0, top, picture.width, picture.height)).quantize(
            colors=64, dither=Image.Dither.NONE
        ).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
