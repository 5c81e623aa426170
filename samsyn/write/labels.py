"""The Swedish words that people read: takes names of fields and fixed values, gives labels. Steers nothing."""

from __future__ import annotations

from samsyn.models.agreement import Agreement, Period, Target

FIELD_LABELS = {
    "abbreviation": "Förkortning",
    "action": "Åtgärd",
    "agreement": "Överenskommelse",
    "baseline": "Utgångsvärde",
    "basis": "Känt genom",
    "body": "Beslutad av",
    "by": "Senast",
    "cause": "Orsak",
    "cells": "Hela raden",
    "code": "Kod",
    "commitment": "Åtagande",
    "communication": "Kommunikation",
    "comparator": "Jämförelse",
    "decided": "Beslut",
    "decided_by": "Beslutad av",
    "decided_on": "Beslutsdatum",
    "date": "Datum",
    "diary_number": "Diarienummer",
    "effect": "Effekt",
    "end": "Gäller till",
    "file": "Fil",
    "focus_area": "Fokusområde",
    "focus_areas": "Fokusområden",
    "follow_up": "Uppföljning",
    "form": "Form",
    "goal": "Mål",
    "id": "Id",
    "indicator": "Indikator",
    "joint_action": "Gemensamt",
    "kind": "Typ",
    "level": "Nivå",
    "message": "Varning",
    "municipalities": "Kommun",
    "municipality_action": "Kommunen",
    "name": "Namn",
    "organisation": "Organisation",
    "outcomes": "Utfall",
    "pages": "Sida",
    "participants": "Deltagare",
    "parties": "Parter",
    "parts": "Delar",
    "party": "Part",
    "period": "Gäller",
    "place": "Plats",
    "police_action": "Polisen",
    "quantity": "Mått",
    "recurring": "Återkommande åtgärd",
    "replaces": "Ersätter",
    "resources": "Resurser",
    "responsible": "Ansvarig",
    "rule": "Regel",
    "schedule": "Tidsplan",
    "schema_version": "Schemaversion",
    "score": "Säkerhet",
    "sha256": "Filens hash",
    "start": "Gäller från",
    "status": "Status",
    "target_group": "Målgrupp",
    "targets": "Målvärden",
    "text": "Text",
    "title": "Rubrik",
    "undertaken_by": "Åtar sig",
    "unit": "Enhet",
    "units": "Förkortningar",
    "value": "Värde",
    "warnings": "Varningar",
}
"""What a field is called on paper and screen; a field of the model without a line here fails a test."""

VALUE_LABELS = {
    "area": "fokusområde",
    "agreement": "överenskommelse",
    "bullet": "punkt",
    "card": "kort",
    "committed": "åtagande",
    "conditional": "villkorat",
    "descriptive": "beskrivning",
    "document": "dokumentet",
    "general": "allmänt bruk",
    "municipality": "kommun",
    "other": "annan",
    "overall": "övergripande",
    "plan": "plan",
    "police": "polis",
    "promise": "löfte",
    "prose": "löptext",
    "reported": "redovisat",
    "row": "tabellrad",
    "sub": "delmål",
}
"""What the model's fixed English values are called; Swedish ones are printed as they are."""

_COMPARATORS = {
    "at_least": "minst",
    "at_most": "högst",
    "decrease": "minska till",
    "decrease_by": "minska med",
    "double": "fördubbla",
    "equals": "",
    "halve": "halvera",
    "increase": "öka till",
    "increase_by": "öka med",
    "none": "inga",
}


def field_label(field: str) -> str:
    """The Swedish label of a field; the field's own name where there is none."""
    return FIELD_LABELS.get(field, field)


def measure_label(field: str) -> str:
    """The Swedish label of a field of a measure, where a title says what is to be done."""
    return FIELD_LABELS["action"] if field == "title" else field_label(field)


def value_label(value: str | None) -> str:
    """The Swedish word for a fixed value; the value itself where there is none."""
    return VALUE_LABELS.get(value or "", value or "")


def period_label(period: Period) -> str:
    """The period on one line: '2025-01-01 – 2028-12-31', or what is known of it; empty when nothing is."""
    if period.start and period.end:
        return f"{period.start} – {period.end}"
    if period.start:
        return f"från {period.start}"
    if period.end:
        return f"till {period.end}"
    return period.text or ""


def municipality_label(agreement: Agreement) -> str:
    """The names of the municipalities, by comma."""
    return ", ".join(municipality.name for municipality in agreement.municipalities)


def decision_label(agreement: Agreement) -> str:
    """Who adopted the agreement and when, on one line; empty when neither is known."""
    return ", ".join(part for part in (agreement.decided.body, agreement.decided.date) if part)


def target_label(target: Target) -> str:
    """The target in a few words, such as 'andel trygga: från 62 till minst 70 procent, senast 2027-12-31'."""
    if target.unit == "andel" and target.value is not None and target.value <= 1:
        hundreds = {
            field: round(value * 100, 4)
            for field in ("value", "baseline")
            if (value := getattr(target, field)) is not None
        }
        target = target.model_copy(update={**hundreds, "unit": "procent"})
    comparator = _COMPARATORS.get(target.comparator or "", target.comparator or "")
    if target.value is None and comparator.endswith((" till", " med")):
        comparator = comparator.rpartition(" ")[0]
    elif target.value is None and target.comparator not in ("halve", "double"):
        comparator = target.text  # a level that is named: 'understiga 2019 års nivå'
    start = f"från {number_label(target.baseline)}" if target.baseline is not None else ""
    value = number_label(target.value) if target.value is not None and target.comparator != "none" else ""
    between = "till" if start and value and target.comparator in ("at_least", "at_most", "equals") else ""
    words = " ".join(part for part in (start, between, comparator, value, target.unit) if part)
    until = f"senast {target.by}" if target.by else ""
    head = f"{target.quantity}: " if target.quantity and words else target.quantity or ""
    return ", ".join(part for part in (head + words, until) if part) or target.text


def number_label(number: float) -> str:
    """The number as Swedes write it: a decimal comma, no decimals where there are none."""
    return f"{number:.10g}".replace(".", ",")


def pages_label(pages: tuple[int, ...]) -> str:
    """Page numbers in order: '', '4' or '4–5'."""
    if not pages:
        return ""
    return str(pages[0]) if pages[0] == pages[-1] else f"{pages[0]}–{pages[-1]}"
