"""Variants: the ways a document can be set, by the name that stands in its file name."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.accuracy.blocks import Source
from tests.accuracy.render.common import Options
from tests.accuracy.render.paper import render_reportlab
from tests.accuracy.render.text import render_markdown, render_text, render_transcript
from tests.accuracy.render.web import render_chromium, render_weasyprint
from tests.accuracy.render.word import render_word

Renderer = Callable[[Source, Options, Path], None]


class Variant(NamedTuple):
    """A way of setting: who sets it, how, and the ending of the file."""

    render: Renderer
    options: Options
    ending: str


def render_libreoffice(source: Source, options: Options, target: Path) -> None:
    """Writes the agreement as PDF made by LibreOffice from its DOCX."""
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / f"{target.stem}.docx"
        render_word(source, options, word)
        command = [
            *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"),
            *("--outdir", folder, str(word)),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        target.write_bytes(word.with_suffix(".pdf").read_bytes())


VARIANTS: dict[str, Variant] = {
    "docx": Variant(render_word, Options(), ".docx"),
    "bold-docx": Variant(render_word, Options(headings="bold", lists="typed"), ".docx"),
    "outline-docx": Variant(render_word, Options(headings="outline", tracked=True), ".docx"),
    "word-pdf": Variant(render_libreoffice, Options(), ".pdf"),
    "bold-word-pdf": Variant(render_libreoffice, Options(headings="bold", lists="typed"), ".pdf"),
    "unruled-pdf": Variant(render_libreoffice, Options(rules="none"), ".pdf"),
    "tabbed-docx": Variant(render_word, Options(rules="tabs"), ".docx"),
    "tabbed-pdf": Variant(render_libreoffice, Options(rules="tabs"), ".pdf"),
    "header-rule-pdf": Variant(render_libreoffice, Options(rules="header"), ".pdf"),
    "chromium-pdf": Variant(render_chromium, Options(), ".pdf"),
    "horizontal-pdf": Variant(render_chromium, Options(rules="horizontal"), ".pdf"),
    "unruled-chromium-pdf": Variant(render_chromium, Options(rules="none"), ".pdf"),
    "shaded-pdf": Variant(render_weasyprint, Options(rules="shaded"), ".pdf"),
    "weasyprint-pdf": Variant(render_weasyprint, Options(), ".pdf"),
    "header-rule-weasyprint-pdf": Variant(render_weasyprint, Options(rules="header"), ".pdf"),
    "reportlab-pdf": Variant(render_reportlab, Options(repeat_header=False), ".pdf"),
    "unruled-reportlab-pdf": Variant(render_reportlab, Options(rules="none"), ".pdf"),
    "markdown": Variant(render_markdown, Options(), ".md"),
    "web-text": Variant(render_text, Options(), ".txt"),
    "web-transcript": Variant(render_transcript, Options(), ".txt"),
}
