"""A cell of responsible units is divided into units, and a unit's own name is not."""

from __future__ import annotations

import pytest

from samsyn.extract.finders.units import split_units, trailing_units, units_in_brackets


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("Miljönämnden, folkhälsosamordnaren", ["Miljönämnden", "folkhälsosamordnaren"]),
        ("Kultur- och fritidsnämnden", ["Kultur- och fritidsnämnden"]),
        ("Barn och utbildningsnämnden", ["Barn och utbildningsnämnden"]),
        ("Förvaltningen Kultur, park och fritid", ["Förvaltningen Kultur, park och fritid"]),
        ("Polisen tillsammans med Kultur, park och fritid", ["Polisen", "Kultur, park och fritid"]),
        ("Sektor kultur och fritid", ["Sektor kultur och fritid"]),
        ("Sektor kultur och kommunpolisen", ["Sektor kultur", "kommunpolisen"]),
        ("Fritidsledarna och kommunpolisen", ["Fritidsledarna", "kommunpolisen"]),
        ("Bygg och miljö, polisen", ["Bygg och miljö", "polisen"]),
        ("Bjurholmshus och polisen", ["Bjurholmshus", "polisen"]),
        ("Samhällsbyggnad/Polisen", ["Samhällsbyggnad", "Polisen"]),
        ("KS; BUN", ["KS", "BUN"]),
        ("Utbildningsförvaltningen och kommunpolis", ["Utbildningsförvaltningen", "kommunpolis"]),
        ("Servicenämnden,\nÅmålshem", ["Servicenämnden", "Åmålshem"]),
        ("Säkerhetschefen", ["Säkerhetschefen"]),
        ("Alkoholhandläggaren Polisen", ["Alkoholhandläggaren", "Polisen"]),
        ("Sektor Bildning", ["Sektor Bildning"]),
        ("Alkoholhandläggaren i Nybro och Emmaboda", ["Alkoholhandläggaren i Nybro och Emmaboda"]),
        ("Vård och omsorg", ["Vård och omsorg"]),
        ("Polisen, vård och omsorg", ["Polisen", "vård och omsorg"]),
        ("1. Folkhälsoplaneraren\n2. föräldraföreningarna", ["Folkhälsoplaneraren", "föräldraföreningarna"]),
        ("", []),
    ],
)
def test_split_units(cell: str, units: list[str]) -> None:
    assert list(split_units(cell)) == units


def test_brackets_that_explain_assign_nothing() -> None:
    assert units_in_brackets("Social insatsgrupp (SIG) startas. (SN, BUN)") == ("SN", "BUN")
    assert units_in_brackets("Gäller två områden (Norr, Söder). (SN)") == ("SN",)
    assert trailing_units("träffas i SSPF (skola, socialtjänst, polis och fritid)") == ()
    assert trailing_units("gå trygghetsvandring (kommun och polis)") == ("kommun", "polis")
    assert trailing_units("gå trygghetsvandring (kommun, polis och näringsliv)") == ("kommun", "polis", "näringsliv")
    assert trailing_units("ge stöd till den som lämnar gäng (socialnämnden)") == ("socialnämnden",)
    assert trailing_units("vara fler på torget (personal)") == ()


def test_brackets_that_abbreviate_the_words_before_them_assign_nothing() -> None:
    assert trailing_units("utbilda krögare i ansvarsfull alkoholservering (AAS)") == ()
    assert trailing_units("mötas varje vecka enligt effektiv samordning för trygghet (EST)") == ()
    assert trailing_units("svara på frågor om tobak (ANDT = alkohol, narkotika, dopning och tobak)") == ()
    assert trailing_units("skriva besöken i tjänsteanteckningar (TA)") == ()
    assert units_in_brackets("Starta sociala insatsgrupper (SIG)") == ()
    assert trailing_units("Besök av barn- och utbildningsnämnden (BUN)") == ("BUN",)
    assert trailing_units("möta unga på kvällen (IFO)") == ("IFO",)
