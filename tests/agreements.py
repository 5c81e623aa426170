"""Builds a small, complete agreement of invented content, for the tests of what comes after extraction."""

from __future__ import annotations

from typing import Any

from samsyn.models.agreement import (
    Agreement,
    AgreementPart,
    Decision,
    FocusArea,
    Goal,
    Measure,
    Mention,
    Municipality,
    Party,
    Period,
    ProblemPicture,
    RecurringMatch,
    Signatory,
    Target,
)
from samsyn.models.source import Caution, Evidence, Source


def evidence(text: str, page: int | None = 1) -> tuple[Evidence, ...]:
    """Evidence on one page, with a box where there are pages."""
    return (
        Evidence(page=page, bbox=(72.0, 100.0, 500.0, 112.0) if page else None, text=text, block="b1", end=len(text)),
    )


def measure(**fields: Any) -> Measure:
    """A measure with the given fields over a complete row."""
    row: dict[str, Any] = {
        "id": "m1",
        "form": "row",
        "title": "Kvällspatrull vid badplatsen",
        "municipality_action": "Fältassistenterna går varje fredag.",
        "police_action": "Områdespolisen deltar varannan fredag.",
        "responsible": ("SN", "KFN"),
        "schedule": "Maj–september",
        "follow_up": "Varje höst",
        "outcomes": ("Elva kvällar genomförda.", "Två orosanmälningar."),
        "focus_area": "f1",
        "recurring": (RecurringMatch(id="faltarbete", name="Fältarbete", score=0.91),),
        "cells": {"Vad": "Kvällspatrull vid badplatsen", "Klart": "Maj–september"},
        "rule": "table-row",
        "evidence": (*evidence("Kvällspatrull vid", 3), *evidence("badplatsen", 4)),
    }
    return Measure(**{**row, **fields})


def agreement(**fields: Any) -> Agreement:
    """An agreement with the given fields over a complete one; every list of the model has at least one item."""
    whole: dict[str, Any] = {
        "id": "habo-2025-2028",
        "title": "Överenskommelse om samverkan i Habo 2025–2028",
        "kind": "samverkansöverenskommelse",
        "municipalities": (Municipality(code="0643", name="Habo", county="Jönköpings län"),),
        "parties": (Party(name="Habo kommun", party="municipality"), Party(name="Polismyndigheten", party="police")),
        "period": Period(start="2025-01-01", end="2028-12-31", text="2025–2028", evidence=evidence("2025–2028")),
        "diary_number": "KS 2024/317",
        "replaces": "Överenskommelsen för 2021–2024",
        "decided": Decision(date="2024-12-12", body="Kommunfullmäktige", evidence=evidence("2024-12-12")),
        "parts": (AgreementPart(kind="agreement", title="Överenskommelse", pages=(1, 4)),),
        "focus_areas": (
            FocusArea(id="f1", title="Ungas fritid", evidence=evidence("Ungas fritid", 2)),
            FocusArea(id="f2", title="Trafik kring skolor", evidence=evidence("Trafik kring skolor", 3)),
        ),
        "goals": (
            Goal(
                id="g1", text="Fler ska trivas i Habo.", level="overall", evidence=evidence("Fler ska trivas i Habo.")
            ),
            Goal(
                id="g2",
                text="Andelen unga som känner sig trygga ökar från 62 till minst 70 procent.",
                level="area",
                focus_area="f1",
                targets=(
                    Target(
                        quantity="andelen unga som känner sig trygga",
                        comparator="at_least",
                        value=70,
                        unit="procent",
                        baseline=62.5,
                        by="2027-12-31",
                        text="från 62,5 till minst 70 procent",
                    ),
                ),
                evidence=evidence("Andelen unga", 2),
            ),
            Goal(id="g3", text="Lugnare lämning på morgonen.", level="sub", focus_area="f2"),
        ),
        "problem_pictures": (
            ProblemPicture(
                id="p1",
                title="Problembild",
                text="Kring badplatsen samlas många på kvällarna.\nBullret stör de boende.",
                focus_area="f1",
                evidence=evidence("Kring badplatsen", 2),
            ),
        ),
        "measures": (
            measure(),
            measure(
                id="m2",
                form="bullet",
                title="Vuxna vid övergångsstället",
                municipality_action=None,
                police_action=None,
                outcomes=(),
                focus_area="f2",
                recurring=(),
                cells={},
                evidence=evidence("Vuxna vid övergångsstället", 4),
            ),
        ),
        "mentions": (Mention(id="faltarbete", text="fältarbete", evidence=evidence("fältarbete", 2)),),
        "signatories": (
            Signatory(
                name="Vilgot Askelund",
                title="Kommunstyrelsens ordförande",
                party="municipality",
                organisation="Habo kommun",
                date="2024-12-16",
                evidence=evidence("Vilgot Askelund", 4),
            ),
            Signatory(name="Sabina Törnvik", title="Lokalpolisområdeschef", party="police", organisation="Polisen"),
        ),
        "source": Source(file="habo.pdf", sha256="0" * 64, media_type="application/pdf", pages=4),
        "warnings": (Caution(code="no-date", message="Polisens underskrift saknar datum.", evidence=evidence("", 4)),),
    }
    return Agreement(**{**whole, **fields})
