"""The drawings made of bars: goals that can be measured, who signs, what is complete, what is new and gone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from samsyn.models.corpus_report import Figure
from samsyn.models.table import Row
from samsyn.write.charts.style import (
    DEEP,
    HATCH,
    INK,
    MIDDLE,
    MUTED,
    PALE,
    PAPER,
    SMALL,
    WARM,
    Wording,
    bar_height,
    legend,
    name_bars,
    number_at,
    without_axis,
    year_axis,
)

_EDGE = {"edgecolor": PAPER, "lw": 0.5}
_THIRDS = ((DEEP, ""), (MIDDLE, HATCH), (PALE, ""))
"""Colours of wholly, in part, not at all."""


def draw_goals(sheet: Any, figure: Figure, wording: Wording, narrow: bool) -> None:
    """Of the goals of each year, how many can be measured, in part or not."""
    axes = sheet.add_subplot()
    rows = [*figure.table.rows]
    years = [int(row[0] or 0) for row in rows]
    below = [0.0] * len(rows)
    names = ("measurable", "partly", "not_measurable")
    for column, (name, (colour, hatch)) in enumerate(zip(names, _THIRDS, strict=True), 3):
        shares = _shares(rows, column, 2)
        axes.bar(years, shares, bottom=below, width=0.75, color=colour, hatch=hatch, label=wording.says[name], **_EDGE)
        below = [one + share for one, share in zip(below, shares, strict=True)]
    if len(rows) <= (12 if narrow else 32):
        for year, row in zip(years, rows, strict=True):
            axes.text(year, 1.02, str(row[2]), ha="center", va="bottom", fontsize=SMALL, color=MUTED)
    axes.set_ylim(0, 1.1)
    _percent_axis(axes.yaxis, wording)
    axes.tick_params(labelcolor=MUTED)
    year_axis(axes, years, 5 if narrow else 12)
    legend(sheet, axes, 3)


def draw_roles(sheet: Any, figure: Figure, wording: Wording, narrow: bool) -> None:
    """Which share of the signed agreements each role signs, coloured by party."""
    rows = [*figure.table.rows]
    axes = sheet.add_subplot()
    for party, colour, hatch in (("municipality", DEEP, ""), ("police", WARM, HATCH), ("other", MIDDLE, "")):
        shares = [float(row[6] or 0) if row[0] == party else 0.0 for row in rows]
        if any(shares):
            label, height = wording.says[party], bar_height(narrow)
            axes.barh(range(len(rows)), shares, color=colour, hatch=hatch, height=height, label=label, **_EDGE)
    names = [wording.name(str(row[1])) if row[1] else wording.says.get(str(row[2]), str(row[2])) for row in rows]
    name_bars(axes, names, narrow)
    without_axis(axes)
    most = max((float(row[6] or 0) for row in rows), default=0)
    axes.set_xlim(0, max(most, 0.01) * (1.2 if narrow else 1.1))
    for place, row in enumerate(rows):
        number_at(axes, (float(row[6] or 0), place), wording.percent(float(row[6] or 0)))
    legend(sheet, axes, 3)


def draw_completeness(sheet: Any, figure: Figure, wording: Wording, narrow: bool) -> None:
    """Of each requirement, which share of the agreements meets it, in part or not."""
    rows = [*figure.table.rows]
    axes = sheet.add_subplot()
    left = [0.0] * len(rows)
    height = bar_height(narrow)
    for column, (name, (colour, hatch)) in enumerate(zip(("found", "partly", "missing"), _THIRDS, strict=True), 2):
        shares = _shares(rows, column, 5)
        label = wording.says[name]
        axes.barh(range(len(rows)), shares, left=left, color=colour, hatch=hatch, height=height, label=label, **_EDGE)
        left = [one + share for one, share in zip(left, shares, strict=True)]
    name_bars(axes, [str(row[1]) for row in rows], narrow)
    axes.set_xlim(0, 1)
    _percent_axis(axes.xaxis, wording)
    legend(sheet, axes, 3)


def draw_renewals(sheet: Any, figure: Figure, wording: Wording, narrow: bool) -> None:
    """To the right where it is new, to the left where it is gone: municipalities."""
    rows = [*figure.table.rows]
    axes = sheet.add_subplot()
    new, gone = ([int(row[column] or 0) for row in rows] for column in (3, 5))
    height = bar_height(narrow)
    axes.barh(range(len(rows)), new, color=DEEP, height=height, label=wording.says["new"], **_EDGE)
    lost = [-count for count in gone]
    axes.barh(range(len(rows)), lost, color=WARM, hatch=HATCH, height=height, label=wording.says["gone"], **_EDGE)
    for place, (more, fewer) in enumerate(zip(new, gone, strict=True)):
        if more:
            number_at(axes, (more, place), str(more))
        if fewer:
            number_at(axes, (-fewer, place), str(fewer), left=True)
    name_bars(axes, [wording.name(f"{row[0]}:{row[1]}") for row in rows], narrow)
    room = 1.25 if narrow else 1.1
    axes.set_xlim(-max((*gone, 1)) * room, max((*new, 1)) * room)
    # Names that stand over their bars would be crossed by a line from end to end.
    reach = height / 2 if narrow else 0.5
    for place in range(len(rows)):
        axes.plot((0, 0), (place - reach, place + reach), color=INK, lw=0.8)
    without_axis(axes)
    legend(sheet, axes, 1 if narrow else 2)


def _shares(rows: Sequence[Row], column: int, whole: int) -> list[float]:
    return [int(row[column] or 0) / int(row[whole] or 1) for row in rows]


def _percent_axis(axis: Any, wording: Wording) -> None:
    axis.set_ticks((0, 0.5, 1), [wording.percent(share) for share in (0, 0.5, 1)])
