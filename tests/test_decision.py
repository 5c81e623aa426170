"""Protects who decided and when, the diary number and what is replaced: which places count and which are traps."""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.extract.finders.diary_forms import read_diary_number
from samsyn.extract.finders.metadata import find_metadata
from tests.case_papers import build, case_files, read_case


@pytest.mark.parametrize("path", case_files("decision"), ids=lambda path: path.stem)
def test_decision_of_case(path: Path) -> None:
    """Each case file gives the date, body, diary number and replaced document it expects, and no more."""
    document, parts, expected = read_case(path)
    found = find_metadata(document, parts)
    codes = [caution.code for caution in found.cautions if caution.code.startswith(("decision", "diary"))]
    assert {
        "date": found.decided.date or "",
        "body": found.decided.body or "",
        "diary": found.diary_number or "",
        "replaces": found.replaces or "",
        "cautions": " ".join(codes),
    } == {"date": "", "body": "", "diary": "", "replaces": "", "cautions": ""} | expected


@pytest.mark.parametrize(
    "written",
    [
        "KSKF/2015:569", "KSKF 2023:357", "KS/2016:215-003", "KS 2016/0688 50163", "KS.2015.144", "Ks2016/0193.074",
        "KSN-2015-2027", "KS-2013/705.173", "KS-345/2011", "ATVKS 2019-00147 168", "2016/723 100", "2014/0531 KS",
        "1009/15", "1.6-692-2012", "3.1.3-81/2017", "KU.2018.6", "SN16/76", "VLK-128-1398/11", "A123.456/2019",
    ],
)  # fmt: skip
def test_every_form_of_diary_number_is_read_whole(written: str) -> None:
    """The forms that municipalities and the police use are read to their end, and no further."""
    assert read_diary_number(f"{written} Sida 1") == (0, len(written))


@pytest.mark.parametrize("written", ["2019-12-20", "den 3 maj 2019", "Kommunstyrelsen", "12", "§ 64"])
def test_what_is_no_diary_number(written: str) -> None:
    """Dates, words and bare numbers behind a label give nothing."""
    assert read_diary_number(written) is None


def test_evidence_of_the_decision_is_its_own_place() -> None:
    """The evidence of body and date is the note they were read from."""
    document, parts = build("# Samverkansöverenskommelse\nAntagen av kommunstyrelsen 2019-01-02")
    (evidence,) = find_metadata(document, parts).decided.evidence
    assert evidence.text in "Antagen av kommunstyrelsen 2019-01-02"
