"""The drawings over years: municipalities covered, recurring measures as they spread."""

from __future__ import annotations

import math
from typing import Any

from samsyn.models.corpus_report import Figure
from samsyn.models.table import Row
from samsyn.write.charts.style import (
    DEEP,
    INK,
    LINE,
    MIDDLE,
    MUTED,
    SMALL,
    USUAL,
    Wording,
    whole_numbers,
    wrapped,
    year_axis,
)


def draw_years(sheet: Any, figure: Figure, wording: Wording, narrow: bool) -> None:
    """In how many municipalities an agreement of the corpus is valid, year by year."""
    axes = sheet.add_subplot()
    rows = [*figure.table.rows]
    years = [int(row[0] or 0) for row in rows]
    axes.bar(years, [int(row[2] or 0) for row in rows], color=DEEP, width=0.75)
    axes.set_ylabel(wording.says["municipalities"])
    axes.tick_params(labelcolor=MUTED)
    whole_numbers(axes.yaxis)
    year_axis(axes, years, 5 if narrow else 8)


def draw_timeline(sheet: Any, figure: Figure, wording: Wording, narrow: bool) -> None:
    """A small drawing for each measure, all on one scale, those that reached furthest first."""
    measures: dict[str, list[Row]] = {}
    for row in figure.table.rows:
        measures.setdefault(str(row[0]), []).append(row)
    ordered = sorted(measures.items(), key=lambda one: (-max(int(row[4] or 0) for row in one[1]), one[0]))
    columns = 2 if narrow else 4
    panels = [*sheet.subplots(-(-len(ordered) // columns), columns, sharex=True, sharey=True, squeeze=False).flat]
    years = sorted({int(row[2] or 0) for row in figure.table.rows})
    top = math.ceil(5 * max(float(row[7] or 0) for row in figure.table.rows)) / 5
    for panel, (identity, rows) in zip(panels, ordered, strict=False):
        shown = [row for row in rows if row[7] is not None]
        x, y = [row[2] for row in shown], [row[7] for row in shown]
        panel.fill_between(x, y, color=MIDDLE, alpha=0.45, lw=0)
        panel.plot(x, y, color=DEEP, lw=1.8, marker="o", ms=2.5)
        title = wrapped(wording.name(identity), 22 if narrow else 30)
        panel.set_title(title, fontsize=SMALL if narrow else USUAL, loc="left", color=INK)
        panel.set_ylim(0, 1.04 * top)
        panel.set_yticks((0, top / 2, top), [wording.percent(share) for share in (0, top / 2, top)])
        panel.grid(axis="y", color=LINE, lw=0.7)
        panel.tick_params(labelcolor=MUTED, labelsize=SMALL, length=0)
        year_axis(panel, years, 3 if narrow else 4)
    for panel in panels[len(ordered) :]:
        panel.set_axis_off()
