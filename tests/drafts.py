"""Reads drafts back, for the tests of drafting: what was carried over must be found again."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import Any

from lxml import etree

from samsyn.draft import draft_agreement
from samsyn.drafting.sources import DraftSource
from samsyn.models.agreement import Agreement
from samsyn.pipeline import extract_agreement
from samsyn.write.draft_docx import draft_docx
from tests.agreements import agreement, evidence

PERIOD = ("2029-01-01", "2032-12-31")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def plain_agreement(**fields: Any) -> Agreement:
    """The small agreement with measures whose raw rows hold all that their fields say."""
    cells = {"Insats": "Cykelvärdar vid stationen", "Ansvarig": "Tekniska", "Klart": "Maj 2026", "Uppföljning": "Höst"}
    row = (
        agreement()
        .measures[0]
        .model_copy(
            update={
                "title": "Cykelvärdar vid stationen",
                "municipality_action": None,
                "police_action": None,
                "responsible": ("Tekniska",),
                "schedule": "Maj 2026",
                "follow_up": "Höst",
                "outcomes": (),
                "cells": cells,
                "recurring": (),
                "evidence": evidence("Cykelvärdar vid stationen | Tekniska | Maj 2026 | Höst", 3),
            }
        )
    )
    bullet = (
        agreement()
        .measures[1]
        .model_copy(
            update={
                "responsible": (),
                "schedule": None,
                "follow_up": None,
                "title": "Vuxna vid övergångsstället varje dag",
            }
        )
    )
    return agreement(**{"measures": (row, bullet), **fields})


def drafted(*sources: DraftSource | Agreement, clean: bool = False, **options: Any) -> bytes:
    """A draft of the sources for a later period, as a Word file."""
    return draft_docx(draft_agreement(sources, PERIOD, **options), clean=clean)


def read_back(data: bytes) -> Agreement:
    """What `samsyn extract` finds in a Word file."""
    return extract_agreement(data, file="new.docx")


def parts_of(data: bytes) -> dict[str, etree._Element]:
    """The XML parts of a Word file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}


def texts_in(root: etree._Element) -> str:
    """All text of a part."""
    return "\n".join("".join(node.text or "" for node in p.iter(W + "t")) for p in root.iter(W + "p"))


def goals_of(found: Agreement) -> Counter[tuple[str, str, str | None]]:
    """The goals with level and focus area."""
    titles = {area.id: area.title for area in found.focus_areas}
    return Counter((goal.text, goal.level, titles.get(goal.focus_area or "")) for goal in found.goals)


def measures_of(found: Agreement) -> Counter[tuple[object, ...]]:
    """The measures with all their fields and focus area."""
    titles = {area.id: area.title for area in found.focus_areas}
    left_out = {"id", "form", "rule", "evidence", "cells", "commitment", "recurring", "focus_area"}
    names = [name for name in type(found.measures[0]).model_fields if name not in left_out] if found.measures else []
    return Counter(
        (titles.get(m.focus_area or ""), *((name, getattr(m, name)) for name in names if getattr(m, name)))
        for m in found.measures
    )


def share_kept(old: Counter[Any], new: Counter[Any]) -> float:
    """F1 of what is in both, 1 when nothing was there."""
    both = sum((old & new).values())
    total = sum(old.values()) + sum(new.values())
    return 2 * both / total if total else 1.0
