"""Protects how well agreements are read: the F1 of each variant and column may not sink below its floor."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.accuracy.floors import Floors, read_floors, sunk
from tests.accuracy.page import outdated
from tests.accuracy.render.__main__ import DOCUMENTS, RENDERED, file_name, golds
from tests.accuracy.scoring import Counts, Score, goal_likeness, likeness, paired, score, total
from tests.accuracy.source import load_sources
from tests.accuracy.suite import blind, by_variant, cases, fingerprint, held_out, pipeline, run

SOURCES = load_sources()


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_gold_and_documents_come_from_their_source(source: Any) -> None:
    """Gold beside the documents is what the source says, and no document was made from an older source."""
    rendered = json.loads(RENDERED.read_text(encoding="utf-8"))
    for name, text in golds(source).items():
        assert (DOCUMENTS / name).read_text(encoding="utf-8") == text
    for variant in source.variants:
        name = file_name(source, variant)
        assert (DOCUMENTS / name).stat().st_size > 0
        assert rendered[name] == source.fingerprint


def test_split_is_the_one_written_down() -> None:
    """The lists of held-out and blind agreements and the agreements' own word agree; a good third is held out."""
    assert {source.name for source in SOURCES if source.split == "held-out"} == held_out()
    assert {source.name for source in SOURCES if source.split == "blind"} == blind()
    assert 0.3 <= len(held_out()) / (len(SOURCES) - len(blind())) <= 0.5


@pytest.mark.slow
def test_no_column_sinks_below_its_floor() -> None:
    """The whole suite, in process; floors.json names what was reached last."""
    floors = read_floors()
    assert floors.fingerprint == fingerprint(), "the corpus has changed: python -m tests.accuracy --write-floors"
    outcomes = run(pipeline(), cases())
    below = sunk(by_variant(outcomes), floors)
    assert not below, "\n".join(str(one) for one in below)


@pytest.mark.slow
def test_published_figures_are_those_of_this_code() -> None:
    """Protects those who trust docs/accuracy.md: tables and misses are what the suite gives now."""
    old = outdated(run(pipeline(), cases()))
    assert not old, f"{', '.join(old)}: make them anew with `python -m tests.accuracy --page`"


def test_gold_speaks_of_what_there_is() -> None:
    """Dates are ISO, municipalities are real with their own code, and recurring measures are known to the register."""
    from samsyn.vocabulary.gazetteer import municipality
    from samsyn.vocabulary.load import load_toml

    known = {entry["id"] for entry in load_toml("measures.toml")["measure"]}
    for path in sorted(DOCUMENTS.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        dates = [*(gold["meta"]["period"] or {}).values(), (gold["meta"]["decided"] or {}).get("date")]
        dates += [person["date"] for person in gold["signatories"]]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", date) for date in dates if date), (path.name, dates)
        for place in gold["meta"]["municipalities"]:
            assert municipality(place["code"]).name == place["name"]
        named = {identifier for measure in gold["measures"] for identifier in measure["canonical"]}
        assert {*named, *gold["mentions"], *gold["optional_mentions"]} <= known, path.name


def test_perfect_reading_scores_full_marks() -> None:
    """Gold handed in as an extraction is right in every column, so that no gold punishes a right answer."""
    for path in sorted(DOCUMENTS.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        result = score(gold, _as_extraction(gold))
        assert not result.misses, (path.name, result.misses)


def test_nothing_found_scores_nothing() -> None:
    """A crash counts as nothing found: no column that gold has a case for gets any marks."""
    gold = json.loads(next(iter(sorted(DOCUMENTS.glob("*.gold.json")))).read_text(encoding="utf-8"))
    result = score(gold, {})
    assert result.mean() == 0.0
    assert result.misses


def test_an_invention_costs_precision() -> None:
    """A signatory that is not in the gold lowers the F1 but takes nothing from what was found."""
    gold = _gold(signatories=[_person("Ann Ek")])
    right = score(gold, {"signatories": [_person("Ann Ek")]})
    invented = score(gold, {"signatories": [_person("Ann Ek"), _person("Bo Al")]})
    assert right.f1("signers") == 100.0
    assert invented.counts["signers"] == Counts(right=1, found=2, wanted=1)
    assert [miss.text for miss in invented.misses if miss.column == "signers"] == ["invented: Bo Al"]


def test_optional_goals_are_neither_rewarded_nor_punished() -> None:
    """A sentence of an effect cell may be called a goal or not."""
    gold = _gold(optional_goals=[{"text": "Färre bråk i kön.", "level": "sub", "focus_area": None}])
    assert score(gold, {"goals": [{"text": "Färre bråk i kön"}]}).f1("goals") is None
    assert score(gold, {"goals": [{"text": "Rent vatten i sjön"}]}).f1("goals") == 0.0


def test_counts_add_up() -> None:
    """The counts of two documents together are the sum of theirs: F1 is micro-averaged."""
    one, other = Score(), Score()
    one.add("rows", 1, 1, 4)
    other.add("rows", 3, 3, 3)
    assert total([one, other]).counts["rows"] == Counts(4, 4, 7)
    assert total([one, other]).f1("rows") == pytest.approx(200 * 4 / 11)


def test_pairs_are_one_to_one_best_first() -> None:
    """The most alike are paired first, and each only once."""
    assert paired(["ab", "abc"], ["abc"], likeness, 50.0) == {1: (0, 100.0)}


def test_a_clause_and_its_sentence_are_one_goal() -> None:
    """The clause alone counts as the goal, but not as a scrap of a much longer text."""
    clause = "antalet anmälda stölder ska ha minskat med en tiondel"
    assert goal_likeness(clause, f"Parterna är överens om att {clause}.") >= 88
    assert goal_likeness("minska", f"Parterna vill minska att {clause}.") < 88


def test_a_sunk_floor_is_named() -> None:
    """A column below its floor, or gone altogether, is reported with both figures."""
    one = Score()
    one.add("rows", 1, 2, 2)
    floors = Floors("", {"develop docx": {"rows": 75.0, "areas": 10.0}, "develop word-pdf": {"rows": 1.0}})
    found = sunk({"develop docx": one}, floors)
    assert [(entry.column, entry.floor, entry.now) for entry in found] == [
        ("rows", 75.0, 50.0),
        ("areas", 10.0, 0.0),
        ("rows", 1.0, 0.0),
    ]


def test_floors_do_not_sink_in_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing lower floors is refused unless it is allowed in so many words."""
    import tests.accuracy.floors as module

    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"fingerprint": "", "groups": {"develop": {"rows": 90.0}}}), encoding="utf-8")
    monkeypatch.setattr(module, "FLOORS", path)
    monkeypatch.setattr(module, "KNOWN_MISSES", tmp_path / "misses.json")
    refused = module.write_floors([], allow_lower=False)
    assert [entry.column for entry in refused] == ["rows"]
    assert read_floors_of(path) == {"develop": {"rows": 90.0}}
    assert module.write_floors([], allow_lower=True) == []
    assert read_floors_of(path) == {}


def read_floors_of(path: Path) -> dict[str, dict[str, float]]:
    groups: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))["groups"]
    return groups


def _person(name: str) -> dict[str, Any]:
    return {"name": name, "title": "Kommunchef", "party": "municipality", "organisation": None, "date": None}


def _gold(**changes: Any) -> dict[str, Any]:
    meta: dict[str, Any] = {"kind": "annat", "municipalities": [], "period": None, "decided": None}
    empty: dict[str, Any] = {name: [] for name in ("focus_areas", "goals", "problem_pictures", "measures")}
    return {"meta": meta, **empty, "signatories": [], "mentions": [], **changes}


def _as_extraction(gold: dict[str, Any]) -> dict[str, Any]:
    """The gold in the shape that the extraction prints."""
    titles = {title: f"a{index}" for index, title in enumerate(gold["focus_areas"])}
    meta = gold["meta"]
    return {
        **meta,
        "focus_areas": [{"id": identifier, "title": title} for title, identifier in titles.items()],
        "goals": [{**goal, "focus_area": titles.get(goal["focus_area"])} for goal in gold["goals"]],
        "problem_pictures": gold["problem_pictures"],
        "measures": [
            {
                **measure,
                "recurring": [{"id": identifier} for identifier in measure["canonical"]],
                "focus_area": titles.get(measure["focus_area"]),
            }
            for measure in gold["measures"]
        ],
        "signatories": gold["signatories"],
        "mentions": [{"id": identifier} for identifier in gold["mentions"]],
    }
