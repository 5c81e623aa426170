"""What the drawings of a report share: colours, letters, shades of a share, bars with their names, axes of years."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from samsyn.write.clean import cut, one_line

INK, MUTED, LINE, PAPER = "#1c2430", "#5a6473", "#d8dee6", "#ffffff"
DEEP, MIDDLE, PALE, WARM = "#1d5a86", "#8db4d0", "#e3e8ee", "#b5651d"
HATCH = "////"
"""Beside a colour, for those who do not see it."""
SCALE = ("#f1f4f7", "#d5e3ee", "#a9c8de", "#6fa2c5", "#3a7aa8", "#17496d")
"""From nothing to all; told apart by lightness alone."""
_LIGHT_FROM = 4
"""From this colour of the scale on, text on it is white."""
SMALL, USUAL = 11, 12
"""Sizes of letters, in pixels of the page."""

SETTINGS: Mapping[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "samsyn",
    "font.family": "DejaVu Sans",
    "font.size": 12,
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.labelsize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 12,
    "hatch.linewidth": 0.8,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
}


class Wording(NamedTuple):
    """What a drawing says: names of values by id, words of the legend and axes, percent as the language writes it."""

    name: Callable[[str], str]
    says: Mapping[str, str]
    percent: Callable[[float], str]


def shade(share: float) -> str:
    """The colour of a share, 0-1; nothing has one of its own."""
    return SCALE[_step(share)]


def ink_on(share: float) -> str:
    """The colour of letters that are read on the shade of the share."""
    return PAPER if _step(share) >= _LIGHT_FROM else INK


def _step(share: float) -> int:
    return min(len(SCALE) - 1, 1 + int(share * (len(SCALE) - 1))) if share > 0 else 0


def wrapped(text: str, width: int) -> str:
    """The text on one line or two of so many letters."""
    return "\n".join(textwrap.wrap(cut(one_line(text), 2 * width), width, break_on_hyphens=False)[:2])


def grid(axes: Any, shares: Sequence[Sequence[float]], texts: Sequence[Sequence[str]]) -> None:
    """Squares shaded by share, with a text in each."""
    from matplotlib.patches import Rectangle

    for y, line in enumerate(shares):
        for x, share in enumerate(line):
            axes.add_patch(Rectangle((x + 0.04, y + 0.04), 0.92, 0.92, facecolor=shade(share), lw=0))
            if texts[y][x]:
                place = (x + 0.5, y + 0.52)
                axes.text(*place, texts[y][x], color=ink_on(share), ha="center", va="center", fontsize=SMALL)
    axes.set_xlim(0, max((len(line) for line in shares), default=1))
    axes.set_ylim(len(shares), 0)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.xaxis.tick_top()


def bar_height(narrow: bool) -> float:
    """Of the room that a bar has; where it is narrow its name stands over it."""
    return 0.36 if narrow else 0.68


def name_bars(axes: Any, names: Sequence[str], narrow: bool) -> None:
    """The name of each bar: beside it, or over it where there is no room."""
    axes.set_ylim(len(names) - 0.4, -0.75 if narrow else -0.6)
    axes.tick_params(axis="y", length=0)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    if not narrow:
        axes.set_yticks(range(len(names)), [wrapped(name, 44) for name in names], fontsize=USUAL)
        return
    axes.set_yticks(())
    for place, name in enumerate(names):
        transform = axes.get_yaxis_transform()
        axes.text(0, place - 0.26, cut(one_line(name), 44), transform=transform, va="bottom", fontsize=USUAL)


def number_at(axes: Any, place: tuple[float, float], text: str, *, left: bool = False) -> None:
    """A number just outside the end of a bar."""
    offset, side = ((-4, 0), "right") if left else ((4, 0), "left")
    axes.annotate(
        text, place, xytext=offset, textcoords="offset points", va="center", ha=side, fontsize=SMALL, color=MUTED
    )


def without_axis(axes: Any) -> None:
    """No axis below the bars: numbers stand at their ends."""
    axes.set_xticks(())
    axes.spines["bottom"].set_visible(False)


def legend(sheet: Any, axes: Any, columns: int) -> None:
    """What the colours mean, over the drawing."""
    handles, labels = axes.get_legend_handles_labels()
    sheet.legend(
        handles, labels, loc="outside upper left", ncols=columns, frameon=False, fontsize=USUAL, handlelength=1.2
    )


def whole_numbers(axis: Any) -> None:
    """Marks at whole numbers, few of them."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=5, integer=True))


def year_axis(axes: Any, years: Sequence[int], most: int) -> None:
    """Round years, evenly spaced, at most so many."""
    if not years:
        return
    first, last = years[0], years[-1]
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000, 10_000) if last // step - (first - 1) // step <= most)
    ticks = [year for year in range(first, last + 1) if year % step == 0]
    axes.set_xticks(ticks, [str(year) for year in ticks])
    axes.set_xlim(first - 0.6, last + 0.6)
