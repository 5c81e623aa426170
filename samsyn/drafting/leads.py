"""Takes the sections of the sources and says which line announced a measure of a list: 'Polisen lovar att'."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from samsyn.drafting.content import Taken
from samsyn.drafting.sources import DraftSource
from samsyn.extract.cues import announces_measures
from samsyn.extract.headings import MEASURES
from samsyn.models.agreement import Measure
from samsyn.models.document import Block, BlockKind
from samsyn.models.section import Section
from samsyn.vocabulary.drafting import draft_text

_ENDS = (".", "!", "?")


class Leads:
    """The announcing line of each block of the sources that stands under one."""

    def __init__(self, sources: Iterable[DraftSource]) -> None:
        self._leads: dict[tuple[str, str], str] = {}
        for source in sources:
            for part in source.parts:
                for section in part.walk():
                    self._read(source, section)

    def of(self, taken: Taken[Measure]) -> str:
        """The line that announced the measure, empty where none is known."""
        blocks = (item.block for item in taken.value.evidence)
        return next((lead for block in blocks if (lead := self._leads.get((_key(taken.source), block)))), "")

    def _read(self, source: DraftSource, section: Section) -> None:
        lead = _heading_lead(section)
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            if is_lead_item(block):
                lead = block.text.strip()
            elif block.kind is BlockKind.PARAGRAPH:
                lead = block.text.strip() if leads_list(block, following) else _heading_lead(section)
            elif lead:
                self._leads.setdefault((_key(source), block.id), lead)


def leads_list(block: Block, following: Block | None) -> bool:
    """True for a line that a list of measures follows: it announces one, or runs on into it without a full stop."""
    if block.kind is not BlockKind.PARAGRAPH:
        return is_lead_item(block)
    runs_on = (
        following is not None and following.kind is BlockKind.LIST_ITEM and not block.text.rstrip().endswith(_ENDS)
    )
    return runs_on or announces_measures(block.text)


def is_lead_item(block: Block) -> bool:
    """True for a numbered or bulleted line that only announces those below it: '1. Polisen lovar:'."""
    text = block.text.rstrip()
    return block.kind is BlockKind.LIST_ITEM and text.endswith(":") and announces_measures(text)


def _heading_lead(section: Section) -> str:
    """The section's own heading or label as the line over its list, when it says who undertakes what follows.

    'Åtgärder' says nothing of that, 'Tillsammans lovar vi att' does; a label always stood right over its list.
    """
    title = section.title.strip(" :")
    general = (draft_text("headings", "measures"), draft_text("headings", "promises"))
    if not title or title in general or not MEASURES & set(section.meanings):
        return ""
    return f"{title}:" if section.is_label or announces_measures(f"{title}:") else ""


def _key(source: DraftSource) -> str:
    return source.agreement.source.sha256
