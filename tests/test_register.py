"""The register of recurring measures: every entry proves itself, and what does not hold together is refused."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from samsyn.errors import VocabularyError
from samsyn.match import Matcher, failing_examples
from samsyn.models.recurring import RecurringMeasure
from samsyn.vocabulary.register import Register, load_register, parse_register

_REGISTER = load_register()
_MATCHER = Matcher(_REGISTER)
_REPORTED = [measure for measure in _REGISTER if measure.reported]
_SILENT = [measure for measure in _REGISTER if not measure.reported]
_ENTRY = '[[measure]]\nid = "bryggrond"\nname = "Bryggrond"\ncategory = "narvaro"\nkind = "activity"\n'


@pytest.mark.parametrize("measure", _REPORTED, ids=lambda measure: measure.id)
def test_entry_meets_its_own_examples(measure: RecurringMeasure) -> None:
    """Protects every entry: its examples are recognised, its look-alikes are not."""
    assert not failing_examples(_MATCHER, [measure])


@pytest.mark.parametrize("measure", _REPORTED, ids=lambda measure: measure.id)
def test_entry_is_found_by_every_name(measure: RecurringMeasure) -> None:
    """Protects the names: alone on a line each gives its own measure and nothing else, but those that need
    company."""
    for wording in measure.wordings:
        if not wording.needs and not wording.opening:
            assert [match.id for match in _MATCHER.match(wording.text)] == [measure.id], wording.text


@pytest.mark.parametrize("measure", _REPORTED, ids=lambda measure: measure.id)
def test_entry_has_examples_both_ways(measure: RecurringMeasure) -> None:
    """Protects the proof: no reported entry without something it must, and something it must not, be found in."""
    assert measure.examples
    assert measure.counterexamples


@pytest.mark.parametrize("measure", _SILENT, ids=lambda measure: measure.id)
def test_known_but_silent_entries_are_never_reported(measure: RecurringMeasure) -> None:
    """Protects CONTRACT: roles, data sources and documents are known, never reported."""
    for wording in measure.wordings:
        assert _MATCHER.match(wording.text) == (), wording.text


def test_failing_examples_names_what_fails() -> None:
    """Protects the check itself: a wrong example and a wrong counterexample are told."""
    text = _ENTRY + 'examples = ["kaffe"]\nnot = ["en bryggrond"]\n'
    measures = parse_register(text, source="egen.toml")
    told = failing_examples(Matcher(Register(measures)), measures)
    assert [line.split(":")[0] for line in told] == ["bryggrond", "bryggrond"]
    assert "'kaffe'" in told[0]
    assert "'en bryggrond'" in told[1]


def test_own_file_lies_over_the_register(tmp_path: Path) -> None:
    """Protects --register: a known id is replaced in its place, a new one comes after, nothing else changes."""
    own = tmp_path / "egen.toml"
    own.write_text(_ENTRY + '\n[[measure]]\nid = "sig"\nname = "Insatslag"\ncategory = "individ"\nkind = "method"\n')
    register = load_register(own)
    assert [entry.id for entry in register] == [*(entry.id for entry in _REGISTER), "bryggrond"]
    assert [match.id for match in Matcher(register).match("bryggronden och insatslaget")] == ["bryggrond", "sig"]
    assert Matcher(register).match("social insatsgrupp") == ()
    assert load_register() == _REGISTER


def test_register_is_found_by_id_and_unchangeable() -> None:
    """Protects the value: looked up by id, ancestors nearest first, no assignment."""
    assert _REGISTER.get("andts-coach") is not None
    assert _REGISTER.get("finns-inte") is None
    assert "andt" in _REGISTER
    assert _REGISTER.ancestors("andts-coach") == ("andt",)
    with pytest.raises(FrozenInstanceError):
        _REGISTER.measures = ()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[measure]\n", "egen.toml"),
        ("[other]\n", "unknown key 'other'"),
        (_ENTRY.replace('name = "Bryggrond"\n', ""), "lacks 'name'"),
        (_ENTRY + 'aliaser = ["x"]\n', "'aliaser' is unknown"),
        (_ENTRY + "aliases = [1]\n", "'aliases' is unknown or of the wrong form"),
        (_ENTRY.replace("activity", "sak"), "unknown kind 'sak'"),
        (_ENTRY + 'parent = "finns-inte"\n', "unknown parent 'finns-inte'"),
        (_ENTRY + 'look_alikes = ["finns-inte"]\n', "unknown look-alike 'finns-inte'"),
        (_ENTRY + 'parent = "bryggrond"\n', "own ancestor"),
        (_ENTRY + 'patterns = ["gå rond + "]\nexamples = ["rond"]\n', "'patterns'"),
        (_ENTRY + 'patterns = [{ words = "rond", within = "tre" }]\nexamples = ["rond"]\n', "'patterns'"),
        (_ENTRY + 'patterns = ["rond + brygga"]\n', "no example"),
        (_ENTRY + 'rules = [{ alias = "BR", needs = "brygga" }]\n', "no name of it"),
        (_ENTRY + _ENTRY.replace("Bryggrond", "Kajrond"), "used twice"),
    ],
)
def test_what_does_not_hold_together_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """Protects the register: each fault is refused with file, entry and reason."""
    own = tmp_path / "egen.toml"
    own.write_text(text)
    with pytest.raises(VocabularyError, match=r"egen\.toml") as error:
        load_register(own)
    assert told in str(error.value)


def test_a_table_is_read_as_a_register(tmp_path: Path) -> None:
    """Protects a register kept as CSV: names, case, look-alikes, years and parents mean what they do in TOML."""
    own = tmp_path / "egen.csv"
    own.write_text(
        "id,name,aliases,case_sensitive,not_to_confuse,parent,category,kind,first_year,last_year,description,certainty\n"
        'bv,Bryggvakt,BV;kajvakt,BV,"sig;""bryggvaktmästare""",sspf,plats,activity,2019,,Går på bryggan.,A\n',
        encoding="utf-8",
    )
    register = load_register(own)
    entry = register.get("bv")
    assert entry is not None
    assert (entry.parent, entry.first_year, entry.last_year, entry.look_alikes) == ("sspf", 2019, None, ("sig",))
    assert entry.counterexamples == ("bryggvaktmästare",)
    matcher = Matcher(register)
    assert [match.id for match in matcher.match("kajvakterna och BV")] == ["bv"]
    assert matcher.match("bv") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "lacks the column 'id'"),
        ("id,namn\na,b\n", "lacks the column 'name'"),
        ("id,name,färg\na,b,c\n", "unknown column 'färg'"),
        ("id,name\na,b,c\n", "line 2: more cells"),
        ("id,name,first_year\na,b,igår\n", "line 2: 'igår' is no year"),
        ("id,name,kind\na,b,sak\n", "unknown kind 'sak'"),
        ("id,name\na\n", "lacks 'name'"),
    ],
)
def test_a_table_that_does_not_hold_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """Protects a register kept as CSV: each fault is told with file and line or entry."""
    own = tmp_path / "egen.csv"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"egen\.csv") as error:
        load_register(own)
    assert told in str(error.value)


def test_unreadable_file_is_told(tmp_path: Path) -> None:
    """Protects the message: a file that is not there, or not text, is named."""
    with pytest.raises(VocabularyError, match=r"saknas\.toml"):
        load_register(tmp_path / "saknas.toml")
    (tmp_path / "bild.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(VocabularyError, match=r"bild\.toml"):
        load_register(tmp_path / "bild.toml")
