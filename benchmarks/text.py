"""How the text reader's work grows: python benchmarks/text.py prints, for text of each kind, the seconds by size.

Each size is eight times the one before; work that grows with the size takes about eight times as long, work that grows
with its square sixty-four times.
"""

from __future__ import annotations

import contextlib
import time

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers.text_reader import read_text

SIZES = (12_000, 96_000, 768_000)
"""Bytes."""

GROWING = {
    "markup never closed": "*a **b _c <b> ",
    "tables never closed": "<table><tr><td>",
    "broken tags": "<table",
    "brackets": "<",
    "rows": "a\tb\tc\n",
    "a table of contents": "Mål och syfte\t3\n",
    "bars": "|a|b|\n",
    "cut paragraphs": "ord\n\n",
    "footnotes": "¹ En not\n\n",
    "numbered lines": "1 En rad\n\n",
    "columns of spaces": "aaa    bbb    ccc\n",
    "short lines": "Torget\n\n",
    "pages": "Torget\f",
    "hyphens": "trygg-\n",
    "words": "Torget är lugnt. ",
    "capitals": "TORG ",
    "labels": "Mål: ",
    "bullets": "• Torg ",
    "numbers": "1. Torg ",
}


def main() -> None:
    """Print a line for each kind of text."""
    print(f"{'':22}" + "".join(f"{size // 1000:>10} kB" for size in SIZES) + "   last / first, per byte")
    for name, unit in GROWING.items():
        seconds = [_seconds(unit, size) for size in SIZES]
        growth = seconds[-1] / SIZES[-1] / (seconds[0] / SIZES[0])
        print(f"{name:22}" + "".join(f"{one:>11.3f} s" for one in seconds) + f"{growth:>12.1f}")


def _seconds(unit: str, size: int) -> float:
    data = (unit * (size // len(unit.encode()) + 1)).encode()
    started = time.process_time()
    with contextlib.suppress(UnreadableDocument):
        read_text(data, file="x.txt", known_headings=("mål",), known_columns=("mål",))
    return max(time.process_time() - started, 1e-6)


if __name__ == "__main__":
    main()
