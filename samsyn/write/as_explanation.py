"""Takes an explanation, gives it as text: the outline, each finding with its rule, what was left out, the doubts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from samsyn.models.explanation import Explanation, Finding, OutlinePart, OutlineSection, Understood
from samsyn.write.clean import cut, one_line
from samsyn.write.labels import number_label, pages_label, value_label

_LONGEST = 110
"""Characters shown of a text; the evidence leads to the rest."""


def write_explanation(explanation: Explanation, stream: IO[str]) -> None:
    """Write the explanation, a line an entry, the same on a terminal and in a file."""
    stream.writelines(f"{line}\n" for line in _lines(explanation))


def _lines(explanation: Explanation) -> Iterator[str]:
    source = explanation.source
    pages = f", {source.pages} sidor" if source.pages else ""
    yield f"{one_line(source.file)} ({source.media_type}{pages})"
    yield f"sha256 {source.sha256}"
    yield from ("", "Disposition")
    for part in explanation.parts:
        yield from _part(part)
    for agreement in explanation.agreements:
        yield from _agreement(agreement)
    yield from ("", "Utelämnat som sidhuvud, sidfot eller innehållsförteckning")
    for left in explanation.furniture:
        yield f"  {_cut(left.text)}{_page_note(left.pages)}"
    if not explanation.furniture:
        yield "  (inget)"


def _part(part: OutlinePart) -> Iterator[str]:
    pages = tuple(dict.fromkeys(part.pages)) if part.pages else ()
    span = f" · sida {'–'.join(map(str, pages))}" if pages else ""
    read = "" if part.binding else " · ger inga mål eller åtgärder"
    yield f"  {value_label(part.kind)}: {_cut(part.title) or '(utan rubrik)'}{span}{read}"
    for section in part.sections:
        yield _section(section)


def _section(section: OutlineSection) -> str:
    name = f"{_cut(section.title) or '(utan rubrik)'}{':' if section.is_label else ''}"
    notes = (
        f"[{', '.join(section.meanings)}]" if section.meanings else "",
        f"fokusområde: {_cut(section.area)}" if section.area is not None else "",
        f"sida {section.page}" if section.page is not None else "",
        f"{section.blocks} block",
    )
    return f"{'  ' * (section.depth + 2)}{name} · {' · '.join(filter(None, notes))}"


def _agreement(agreement: Understood) -> Iterator[str]:
    yield from ("", f"Fynd i {agreement.id}")
    for finding in agreement.findings:
        yield f"  {finding.path}: {_cut(finding.text)}"
        yield f"      {_how(finding)}"
    if not agreement.findings:
        yield "  (inget)"
    yield from ("", f"Att kontrollera i {agreement.id}")
    for caution in agreement.cautions:
        yield f"  {caution.code}: {one_line(caution.message)}"
    if not agreement.cautions:
        yield "  (inget)"


def _how(finding: Finding) -> str:
    notes = (
        f"sida {finding.page}" if finding.page is not None else "",
        f"under '{_cut(finding.section)}'" if finding.section else "",
        f"regel {finding.rule}" if finding.rule else "",
        f"säkerhet {number_label(finding.score)}" if finding.score is not None else "",
    )
    return " · ".join(filter(None, notes)) or "ingen plats angiven"


def _page_note(pages: tuple[int, ...]) -> str:
    return f" · sida {pages_label(pages)}" if pages else ""


def _cut(text: str) -> str:
    return cut(one_line(text), _LONGEST)
