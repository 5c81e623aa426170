"""The text's paragraphs and tables in; out the same without tables of contents, generated or typed, and those apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samsyn.extract.readers.docx_items import TableSource
from samsyn.extract.readers.docx_lists import Entry
from samsyn.extract.readers.docx_text import RichText

CONTENTS_LINE = re.compile(r"^(.{2,200}?)(\t|\.{4,}|…{2,}|(?: \.){4,}|_{4,})[ .\t]*(\d{1,3})$", re.DOTALL)
LONGEST_CONTENTS_LINE = 300
CONTENTS_LEAST = 3
"""Lines in a row that end in page numbers, from which a typed table of contents is told."""


def take_contents(
    flow: Sequence[Entry | TableSource],
) -> tuple[list[Entry | TableSource], list[RichText]]:
    """Parts the lines of tables of contents, generated or typed, from the text."""
    typed = _typed_contents(flow)
    kept: list[Entry | TableSource] = []
    contents: list[RichText] = []
    for index, entry in enumerate(flow):
        if isinstance(entry, Entry) and (entry.paragraph.in_contents or index in typed):
            contents.append(entry.full)
        else:
            kept.append(entry)
    return kept, contents


def _typed_contents(flow: Sequence[Entry | TableSource]) -> set[int]:
    found: set[int] = set()
    run: list[int] = []
    last_page = 0
    for index in range(len(flow) + 1):
        page = _contents_page(flow[index]) if index < len(flow) else None
        if page is not None and page >= last_page:
            run.append(index)
            last_page = page
            continue
        if len(run) >= CONTENTS_LEAST:
            found.update(run)
        run, last_page = ([index], page) if page is not None else ([], 0)
    return found


def _contents_page(entry: Entry | TableSource) -> int | None:
    """The page number a line of a typed table of contents leads to; None when it is no such line."""
    if not isinstance(entry, Entry) or len(entry.full.text) > LONGEST_CONTENTS_LINE:
        return None
    found = CONTENTS_LINE.match(entry.full.text)
    if found is None:
        return None
    dotted = found[2] != "\t" or any(stop[2] not in ("none", "") for stop in entry.paragraph.shape.stops or ())
    return int(found[3]) if dotted else None
