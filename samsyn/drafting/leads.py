"""Takes the sections of the sources and says which line announced a measure of a list: 'Polisen lovar att'."""

from __future__ import annotations

from collections.abc import Iterable

from samsyn.drafting.content import Taken
from samsyn.drafting.sources import DraftSource
from samsyn.extract.cues import announces_measures
from samsyn.extract.headings import MEASURES
from samsyn.models.agreement import Measure
from samsyn.models.document import BlockKind
from samsyn.models.section import Section


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
        for block in section.blocks:
            if block.kind is BlockKind.PARAGRAPH:
                lead = block.text.strip() if announces_measures(block.text) else _heading_lead(section)
            elif lead:
                self._leads.setdefault((_key(source), block.id), lead)


def _heading_lead(section: Section) -> str:
    """The section's own heading or label when it says who undertakes what follows."""
    if not MEASURES & set(section.meanings) or not section.is_label:
        return ""
    title = section.title.strip(" :")
    return f"{title}:" if title else ""


def _key(source: DraftSource) -> str:
    return source.agreement.source.sha256
