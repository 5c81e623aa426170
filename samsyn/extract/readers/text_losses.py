"""Takes the blocks read from a web transcript and says, as cautions, what the copy has lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from samsyn.models.document import Block
from samsyn.models.source import Caution, Evidence
from samsyn.vocabulary.load import load_toml

_MOST_EVIDENCE = 5
_CONTEXT = 30
_LOSSY = (
    "Texten är en avskrift från en webbsida utan radbrytningar. Årtal, tecken och upprepade ord kan ha fallit bort."
)
_FLATTENED = (
    "Tabeller har flutit ihop till löpande text: kolumnrubrikerna finns kvar, men raderna går inte att skilja åt."
)


def find_losses(blocks: Sequence[Block]) -> tuple[Caution, ...]:
    """One caution for the copy itself and one for each kind of loss, with the first places where it shows."""
    tables = [block for block in blocks if block.table is not None]
    flattened = [item for block in tables for item in _header_evidence(block)]
    found = [Caution(code="lossy-transcript", message=_LOSSY)]
    if flattened:
        found.append(Caution(code="flattened-table", message=_FLATTENED, evidence=tuple(flattened[:_MOST_EVIDENCE])))
    for code, message, patterns in _losses():
        places = tuple(islice(_places(blocks, patterns), _MOST_EVIDENCE))
        if places:
            found.append(Caution(code=code, message=message, evidence=places))
    return tuple(found)


@cache
def _losses() -> tuple[tuple[str, str, tuple[re.Pattern[str], ...]], ...]:
    """Each kind of loss: its code, what to say, and the patterns that show it."""
    return tuple(
        (entry["code"], entry["message"], tuple(re.compile(pattern) for pattern in entry["patterns"]))
        for entry in load_toml("web.toml")["loss"]
    )


def _places(blocks: Sequence[Block], patterns: tuple[re.Pattern[str], ...]) -> Iterator[Evidence]:
    for block in blocks:
        for pattern in patterns:
            for match in pattern.finditer(block.text):
                start = max(0, match.start() - _CONTEXT)
                yield from block.locate(start, min(len(block.text), match.end() + _CONTEXT))


def _header_evidence(block: Block) -> Iterator[Evidence]:
    """The column headers of a flattened table as one stretch: they are cells, each a block of its own."""
    table = block.table
    if table is None or table.ruled or table.row_count > 2:
        return
    headers = " | ".join(cell.text for cell in table.cells if cell.row == 0)
    yield Evidence(page=block.page, bbox=None, text=headers, block=block.id)
