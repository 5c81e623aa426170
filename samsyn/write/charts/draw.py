"""Draws a figure of a report as SVG with real text: takes its table and words, gives markup to stand in a page.

The same table gives the same bytes; nothing in the text is taken for a formula.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from samsyn.errors import SamsynError
from samsyn.models.corpus_report import Figure, FigureName
from samsyn.write.charts import bars, grids, lines
from samsyn.write.charts.style import SETTINGS, Wording
from samsyn.write.svg import svg_element

WIDE, NARROW = 1060, 340
"""Pixels: the drawing is shown in its own size where there is room."""

_DRAWINGS: Mapping[FigureName, Callable[[Any, Figure, Wording, bool], None]] = {
    "counties": grids.draw_counties,
    "years": lines.draw_years,
    "timeline": lines.draw_timeline,
    "matrix": grids.draw_matrix,
    "areas": grids.draw_areas,
    "goals": bars.draw_goals,
    "roles": bars.draw_roles,
    "completeness": bars.draw_completeness,
    "renewals": bars.draw_renewals,
}


def draw(figure: Figure, wording: Wording, *, label: str, narrow: bool = False) -> str:
    """The figure as an SVG element, `label` read out in its place; for a narrow screen with `narrow`.

    Raises SamsynError when matplotlib is not there (the extra `reports`).
    """
    try:
        from matplotlib import rc_context
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure as Sheet
    except ImportError as error:
        raise SamsynError("a report needs matplotlib, which is not there: pip install 'samsyn[reports]'") from error
    settings: Any = dict(SETTINGS)
    with rc_context(settings):
        width, height = _size(figure, narrow)
        sheet = Sheet(figsize=(width / 72, height / 72), layout="constrained")
        FigureCanvasSVG(sheet)
        _DRAWINGS[figure.name](sheet, figure, wording, narrow)
        stream = io.BytesIO()
        sheet.savefig(stream, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    name = f"{figure.name}-{'narrow' if narrow else 'wide'}"
    return svg_element(stream.getvalue(), name=name, label=label, width=width)


def is_scrolled(name: FigureName) -> bool:
    """True for a figure too fine for a narrow screen, which is moved sideways there instead of drawn anew."""
    return name in ("matrix", "areas")


def _size(figure: Figure, narrow: bool) -> tuple[float, float]:
    """Width and height in pixels."""
    width = NARROW if narrow else WIDE
    rows = len([*figure.table.rows])
    if figure.name == "counties":
        return (NARROW, 8 * 58) if narrow else (460, 8 * 58)
    if figure.name == "years":
        return (NARROW, 240) if narrow else (520, 8 * 58)
    if figure.name == "timeline":
        panels = len({row[0] for row in figure.table.rows})
        return width, (150 if narrow else 180) * -(-panels // (2 if narrow else 4)) + 20
    if figure.name in ("matrix", "areas"):
        return WIDE, (150 if figure.name == "matrix" else 40) + 25 * rows
    if figure.name == "goals":
        return width, 320
    return width, 60 + (48 if narrow else 27) * rows
