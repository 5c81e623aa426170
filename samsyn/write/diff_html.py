"""Takes a comparison or a series, gives a page of HTML: side by side, changed words marked, with filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from samsyn.models.comparison import Comparison, Edition, Series
from samsyn.write.diff_phrases import Language
from samsyn.write.diff_view import counted, edition_label, short_label, view_of
from samsyn.write.labels import pages_label, period_label
from samsyn.write.page import render_page
from samsyn.write.series_view import series_view_of


def write_diff_html(
    comparison: Comparison, stream: TextIO, *, language: Language = "sv", links: Sequence[str | None] = (None, None)
) -> None:
    """Write the page; `links` say where the documents lie as seen from it, None for those that lie nowhere."""
    view = view_of(comparison, language)
    values = {"view": view, "language": language, "links": links, **_labels((view.old, view.new))}
    stream.write(render_page("diff.html.j2", {**values, "script": "filter.js"}))


def write_series_html(
    series: Series, stream: TextIO, *, language: Language = "sv", links: Sequence[str | None] = ()
) -> None:
    """Write the page of a series; `links` as for two agreements."""
    view = series_view_of(series, language)
    links = links or [None] * len(view.editions)
    values = {"view": view, "language": language, "links": links, **_labels(view.editions)}
    stream.write(render_page("series.html.j2", values))


def _labels(editions: Sequence[Edition]) -> dict[str, object]:
    return {
        "titles": [edition_label(edition) for edition in editions],
        "periods": [period_label(edition.period) for edition in editions],
        "years": [short_label(edition) for edition in editions],
        "pages_label": pages_label,
        "counted": counted,
    }
