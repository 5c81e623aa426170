"""Does a printed line go on with a table row or begin the next one? Each column votes; nothing looks at one sign alone.

In a row set from the top, a column that has ended gets no more text, and a column without text gets none later: where
either happens a new row begins. Where every column runs on, the sentences tell: whether they had ended, go on in
lower case, or were broken although the next word would have fit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from samsyn.extract.readers.layout_flow import would_have_fit
from samsyn.extract.readers.layout_lines import TextLine

ENDED = re.compile(r"[.!?:;…][)”\"'’]*$|\)$")
_NUMBER = re.compile(r"\d{1,4}(?:[.,]?$|\s)")
_OPEN = re.compile(r"(?:,|[^\W\d]-|\u00ad|[(/&+])$")


class Vote(NamedTuple):
    """How strongly a column speaks for a new row (above 0) or for going on (below), and why."""

    weight: float
    reason: str


def vote_of_column(
    before: Sequence[TextLine], line: TextLine, *, right: float, ended: bool, leading: Collection[str] = ()
) -> Vote:
    """What a column says about `line`, given the lines it has in the row so far.

    `ended` tells that the row went on below the column's last line, so that the column was closed; `right` is the
    edge its text could reach; `leading` are words that no cell ends with ('i', 'och').
    """
    if not before:
        return Vote(1.6, "a column without text gets some")
    last = before[-1]
    if _OPEN.search(last.text) or last.words[-1].text in leading:
        return Vote(-3.0, "a cell stopped inside a phrase")
    if ended:
        return Vote(1.5, "a column that had ended gets text")
    weight = 1.0 if would_have_fit(last, line, right) else -0.4
    first = line.text[:1]
    if first.islower():
        full = last.x1 - last.x0 > 0.6 * (right - last.x0)
        cut = weight < 0 and full and not ENDED.search(last.text)
        return Vote(-4.5 if cut else weight - 1.6, "a cell goes on in lower case")
    if first == "(":
        return Vote(weight - 2.5, "a cell goes on with a bracket")
    if _NUMBER.match(line.text) and weight < 0 and not ENDED.search(last.text):
        return Vote(weight - 0.6, "a cell goes on with a number")
    weight += 0.3
    if ENDED.search(last.text):
        weight += 0.5
    if len(line.text) > 2 and line.text == before[0].text:
        weight += 1.2
    return Vote(weight, "a cell had ended" if weight > 0 else "a cell had not ended")
