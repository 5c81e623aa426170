"""Takes reports of checks, gives a page of HTML that stands alone: points with evidence and source, goals, areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from samsyn.models.check import CheckReport
from samsyn.write import check_view
from samsyn.write.page import render_page


def write_check_html(reports: Sequence[CheckReport], stream: TextIO) -> None:
    """Write all reports on one page."""
    stream.write(render_page("check.html.j2", {"reports": reports, "words": check_view, "language": "sv"}))
