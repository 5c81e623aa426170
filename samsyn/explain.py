"""Takes a document and the agreements found in it, gives the explanation: outline, findings with their rules, rest."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from samsyn.extract.divide import divide_document
from samsyn.models.agreement import Agreement, Measure, Mention, Signatory
from samsyn.models.document import Block, Document
from samsyn.models.explanation import Explanation, Finding, Left, OutlinePart, OutlineSection, Understood
from samsyn.models.section import BINDING_PARTS, Part, Section
from samsyn.models.source import Evidence

_LISTS = ("focus_areas", "goals", "problem_pictures", "measures", "mentions", "signatories")


def explain_document(document: Document, agreements: Sequence[Agreement]) -> Explanation:
    """How the document was divided, and where and by what each value of its agreements was found."""
    parts = divide_document(document)
    places = _Places(parts)
    return Explanation(
        source=document.source,
        parts=tuple(_part(part) for part in parts),
        agreements=tuple(
            Understood(agreement.id, agreement.title, tuple(_findings(agreement, places)), agreement.warnings)
            for agreement in agreements
        ),
        furniture=_left(document.furniture),
    )


class _Places:
    """Which section a place of the document lies in."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._by_block: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for part in parts:
            for section in part.walk():
                for block in (*filter(None, (section.heading,)), *section.blocks):
                    self._by_block[block.id].append((block.offset, section.title))
        for places in self._by_block.values():
            places.sort(key=itemgetter(0))

    def section_of(self, evidence: Evidence) -> str:
        """The title of the section; a cell of a table ('b14.r2.c0.0') lies where its table does."""
        places = self._by_block.get(evidence.block)
        if places is None:
            places = self._by_block.get(evidence.block.partition(".")[0], [])
        if not places:
            return ""
        return places[max(0, bisect_right([start for start, _ in places], evidence.start) - 1)][1]


def _part(part: Part) -> OutlinePart:
    sections = tuple(_outline(part.sections, 0))
    return OutlinePart(part.kind.value, part.title, part.pages, part.kind in BINDING_PARTS, sections)


def _outline(sections: Iterable[Section], depth: int) -> Iterator[OutlineSection]:
    for section in sections:
        yield OutlineSection(
            depth=depth,
            title=section.title,
            meanings=section.meanings,
            area=section.area,
            page=_first_page(section),
            blocks=len(section.blocks),
            is_label=section.is_label,
        )
        yield from _outline(section.children, depth + 1)


def _first_page(section: Section) -> int | None:
    blocks = (section.heading, *section.blocks)
    return next((block.page for block in blocks if block is not None and block.page is not None), None)


def _findings(agreement: Agreement, places: _Places) -> Iterator[Finding]:
    period, decided = agreement.period, agreement.decided
    if period.start or period.end:
        yield _finding("period", f"{period.start or ''} – {period.end or ''}", period, places)
    if decided.date or decided.body:
        yield _finding("decided", " ".join(filter(None, (decided.body, decided.date))), decided, places)
    for name in _LISTS:
        for number, item in enumerate(getattr(agreement, name), 1):
            identity = item.id if name not in ("mentions", "signatories") else str(number)
            yield _finding(f"{name}[{identity}]", _text(item), item, places)


def _finding(path: str, text: str, item: Any, places: _Places) -> Finding:
    first = item.evidence[0] if item.evidence else None
    return Finding(
        path=path,
        text=text,
        page=first.page if first else None,
        section=places.section_of(first) if first else "",
        rule=getattr(item, "rule", ""),
        score=_score(item),
    )


def _text(item: Any) -> str:
    if isinstance(item, Measure):
        ids = ", ".join(match.id for match in item.recurring)
        return f"{item.label} → {ids}" if ids else item.label
    if isinstance(item, Mention):
        return f"{item.text} → {item.id}"
    if isinstance(item, Signatory):
        return ", ".join(filter(None, (item.name, item.title)))
    named = (getattr(item, field, None) for field in ("text", "title", "name"))
    return str(next((name for name in named if name), ""))


def _score(item: Any) -> float | None:
    matches = getattr(item, "recurring", ())
    if matches:
        return float(min(match.score for match in matches))
    return float(item.score) if hasattr(item, "score") else None


def _left(furniture: Iterable[Block]) -> tuple[Left, ...]:
    pages: dict[str, list[int]] = {}
    for block in furniture:
        known = pages.setdefault(block.text, [])
        if block.page is not None and block.page not in known:
            known.append(block.page)
    return tuple(Left(text, tuple(numbers)) for text, numbers in pages.items())
