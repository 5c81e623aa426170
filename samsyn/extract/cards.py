"""Takes a run of blocks and gives it back with activity cards written as lines ('Vem: …', 'När: …') made tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from samsyn.extract.headings import MEASURES, area_title, heading_meanings
from samsyn.models.document import Block, BlockKind, Cell, Table
from samsyn.vocabulary.columns import column_lexicon

_LABEL = re.compile(r"^([^:\n\t]{2,50})(?::\s*|\t\s*)(?=\S)")
_LONGEST_VALUE = 80
"""Letters behind a label that no list has; what is longer is a paragraph that happens to begin so."""
_OF_AREAS = frozenset({"goal", "problem", "cause", "effect", "area"})
_DECISIVE = frozenset({"responsible", "schedule"})
_FEWEST_LINES = 3
"""So many labelled lines in a row make a card; two may be any paragraph's beginning."""


def gather_cards(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks in order, each run of labelled lines that makes a card replaced by a table of two columns.

    A run is a card when its labels are column words of three fields or more, one of them what is to be done; a label
    that comes back may be one that no list has ('Den som ser till det: …').
    """
    return tuple(_gather(blocks, _recurring_labels(blocks)))


def _recurring_labels(blocks: Sequence[Block]) -> frozenset[str]:
    """Labels of short lines that stand more than once, known as column words or not."""
    matches = (_LABEL.match(block.text) for block in blocks if block.kind is BlockKind.PARAGRAPH)
    short = (match for match in matches if match and len(match.string) - match.end() <= _LONGEST_VALUE)
    counts = Counter(match.group(1) for match in short)
    return frozenset(label for label, times in counts.items() if times > 1 and not heading_meanings(label))


def _gather(blocks: Sequence[Block], recurring: frozenset[str]) -> Iterator[Block]:
    run: list[tuple[Block, int]] = []
    heading: Block | None = None
    item: Block | None = None
    announced = 0
    for block in blocks:
        end = _label_end(block, recurring)
        if end is None:
            yield from _close(run, heading, item)
            run, heading = [], None
            item = block if block.kind is BlockKind.LIST_ITEM else None
            if block.kind is BlockKind.HEADING:
                announced = _announced_rank(block, announced)
                if announced and not heading_meanings(block.text):
                    heading = block
                    continue
            yield block
        else:
            run.append((block, end))
    yield from _close(run, heading, item)


def _label_end(block: Block, recurring: frozenset[str]) -> int | None:
    """Where the value begins, for a line such as 'Vem: Kommunpolisen'; None for any other block."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return None
    match = _LABEL.match(block.text)
    if match is None or not (column_lexicon().is_exact(match.group(1)) or match.group(1) in recurring):
        return None
    return match.end()


def _announced_rank(heading: Block, before: int) -> int:
    """The rank of the last heading that announces measures, while none of another meaning or a higher rank follows."""
    if meanings := heading_meanings(heading.text):
        return heading.level if MEASURES & set(meanings) else 0
    return before if heading.level >= before and area_title(heading.text) is None else 0


def _close(run: list[tuple[Block, int]], heading: Block | None, item: Block | None) -> Iterator[Block]:
    """The card under a heading of its own, where there is one; else the heading, and the lines or the card they are.

    Lines that say who and when right below a list item are part of it: 'Tid: …' there is no heading.
    """
    if heading is not None and _is_headed(run):
        yield _as_table(run, heading)
        return
    if heading is not None:
        yield heading
    if run and item is not None and _meaning(*run[0]) in _DECISIVE:
        ends = _OF_AREAS | {"title"}
        below = next((at for at, (block, end) in enumerate(run) if _meaning(block, end) in ends), len(run))
        yield from (replace(block, kind=BlockKind.LIST_ITEM, level=item.level + 1) for block, _ in run[:below])
        run = run[below:]
    lead = _lines_in_front(run)
    yield from (block for block, _ in run[:lead])
    yield from _close_card(run[lead:])


def _lines_in_front(run: list[tuple[Block, int]]) -> int:
    """How many labelled lines stand before the first card: the goal and the problem of the whole focus area."""
    meanings = [_meaning(block, end) for block, end in run]
    first = meanings.index("title") if "title" in meanings else 0
    return first if all(meaning in _OF_AREAS for meaning in meanings[:first]) else 0


def _meaning(block: Block, end: int) -> str | None:
    return column_lexicon().meaning(block.text[:end].strip(" :\t"))


def _close_card(run: list[tuple[Block, int]]) -> Iterator[Block]:
    known = {_meaning(block, end) for block, end in run} - {None}
    others = {block.text[:end] for block, end in run if _meaning(block, end) is None}
    fields = len(known) + (len(others) if _DECISIVE & known else 0)
    if len(run) < _FEWEST_LINES or fields < _FEWEST_LINES or "title" not in known:
        yield from (block for block, _ in run)
        return
    yield _as_table(run)


def _is_headed(run: list[tuple[Block, int]]) -> bool:
    """True for lines that say of the heading above them who does it or when, and more of it."""
    fields = {_meaning(block, end) for block, end in run} - {None}
    return len(fields) > 1 and bool(_DECISIVE & fields) and not {"title", "problem", "area"} & fields


def _as_table(run: list[tuple[Block, int]], heading: Block | None = None) -> Block:
    first = run[0][0] if heading is None else heading
    above = 0 if heading is None else 1
    title = () if heading is None else (replace(heading, kind=BlockKind.PARAGRAPH, level=0),)
    cells = tuple(
        Cell(row=row, column=column, blocks=(replace(text, kind=BlockKind.PARAGRAPH),))
        for row, (block, end) in enumerate(run, above)
        for column, text in enumerate((block.part(0, end), block.part(end)))
    )
    if title:
        cells = (Cell(row=0, column=0, blocks=title, column_span=2), *cells)
    table = Table(row_count=len(run) + above, column_count=2, cells=cells, ruled=False)
    lines = tuple(line for block in (*title, *(block for block, _ in run)) for line in block.lines)
    return Block(id=first.id, kind=BlockKind.TABLE, text="", lines=lines[:1] + lines[-1:], table=table)
