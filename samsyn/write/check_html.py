"""Takes reports of checks, gives a page of HTML that stands alone: points with evidence and source, goals, areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from samsyn.models.check import CheckReport
from samsyn.write.check_view import SIGNS, area_row, check_words, source_label
from samsyn.write.diff_phrases import Language
from samsyn.write.page import render_page


def write_check_html(reports: Sequence[CheckReport], stream: TextIO, *, language: Language = "sv") -> None:
    """Write all reports on one page."""
    view = {"area_row": area_row, "source_label": source_label, "signs": SIGNS}
    values = {"reports": reports, "words": check_words(language), "view": view, "language": language}
    stream.write(render_page("check.html.j2", values))
