"""The drawings made of squares: counties where they lie, measures by municipality, themes of focus areas by year."""

from __future__ import annotations

from typing import Any

from samsyn.models.corpus_report import Figure
from samsyn.vocabulary.load import load_table
from samsyn.write.charts.style import LINE, MUTED, SMALL, USUAL, Wording, grid, ink_on, shade
from samsyn.write.clean import cut, one_line

_DARKEST = 4
"""So many agreements of a municipality, or the most there are, have the darkest shade."""
_MOST_NUMBERS = 30
"""Years beyond which there is no room for numbers."""


def draw_counties(sheet: Any, figure: Figure, wording: Wording, _: bool) -> None:
    """Each county a square where it lies in the country, roughly."""
    from matplotlib.patches import Rectangle

    axes = sheet.add_subplot()
    found = {str(row[0]): row for row in figure.table.rows}
    for county in load_table("counties.csv"):
        row = found.get(county["county"])
        column, line = int(county["column"]), int(county["row"])
        share = int(row[2] or 0) / int(row[1] or 1) if row else 0.0
        ink = ink_on(share) if row else MUTED
        axes.add_patch(Rectangle((column + 0.03, line + 0.03), 0.94, 0.94, facecolor=shade(share), edgecolor=LINE))
        parts = county["label"].split("|")
        joint = "-\n" if len(parts) > 1 and parts[1][0].islower() else "\n"
        axes.text(column + 0.5, line + 0.38, joint.join(parts), color=ink, ha="center", va="center", fontsize=SMALL)
        number = wording.says["of"].format(row[2], row[1]) if row else "–"
        axes.text(column + 0.5, line + 0.8, number, color=ink, ha="center", va="center", fontsize=SMALL, weight="bold")
    axes.set_xlim(1, 5)
    axes.set_ylim(9, 1)
    axes.set_axis_off()


def draw_matrix(sheet: Any, figure: Figure, wording: Wording, _: bool) -> None:
    """How many agreements of each municipality have each recurring measure."""
    rows = [*figure.table.rows]
    places = [column.name for column in figure.table.schema.columns[4:]]
    cells = [[int(value or 0) for value in row[4:]] for row in rows]
    most = max((value for line in cells for value in line), default=1)
    whole = max(most, _DARKEST)
    axes = sheet.add_subplot()
    texts = [[str(value) if value else "" for value in line] for line in cells]
    grid(axes, [[value / whole for value in line] for line in cells], texts)
    axes.set_xticks([n + 0.5 for n in range(len(places))], places, rotation=90, fontsize=SMALL)
    names = [cut(one_line(wording.name(str(row[0]))), 38) for row in rows]
    axes.set_yticks([n + 0.5 for n in range(len(rows))], names, fontsize=USUAL)


def draw_areas(sheet: Any, figure: Figure, wording: Wording, _: bool) -> None:
    """Which share of the agreements of each year has a focus area of each theme."""
    rows = [*figure.table.rows]
    years = [column.name for column in figure.table.schema.columns[3:]]
    shares = [[float(value or 0) for value in row[3:]] for row in rows]
    fits = len(years) <= _MOST_NUMBERS
    axes = sheet.add_subplot()
    grid(axes, shares, [[str(round(100 * share)) if share and fits else "" for share in line] for line in shares])
    step = 1 if len(years) <= _MOST_NUMBERS / 2 else 2 if fits else 5
    axes.set_xticks([n + 0.5 for n in range(0, len(years), step)], years[::step], fontsize=SMALL)
    names = [cut(one_line(wording.name(str(row[0])) if row[0] else str(row[1])), 40) for row in rows]
    axes.set_yticks([n + 0.5 for n in range(len(rows))], names, fontsize=USUAL)
