"""Alignment of agreements: how good it is on pairs of our own, and what it must never do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from samsyn.compare import compare_agreements
from samsyn.models.agreement import Agreement, FocusArea, Period
from samsyn.models.comparison import SECTIONS, Change, Comparison
from tests.agreements import agreement, measure
from tests.alignment.documents import DocumentPair, counts, load_document_pairs, read_rendered
from tests.alignment.pairs import BLIND, DEVELOPED_ON, HELD_OUT, Pair, load_pairs
from tests.alignment.scoring import Score, pairs_of, score, score_all, score_relations

PAIRS = {pair.name: pair for pair in load_pairs()}
GROUPS = {name: [pair for pair in load_pairs() if pair.group == name] for name in (DEVELOPED_ON, HELD_OUT, BLIND)}
LEAST_F1 = 0.95
MOST_WRONG = 1 / 50
IN_BOTH_PLACES = {
    ("Erbjuda haschavvänjning för unga (SN)", "Rådgivning om cannabis"),
    ("Rutinmässiga frågor om våldsutsatthet i socialtjänsten", "Att fråga om våld"),
    ("Skyddat boende i samarbete med Säffle och Eda", "Skyddat boende"),
    ("Kommunen ska ordna lovskola på Hässleholmen under sportlov och höstlov.", "Lovskola"),
    ("Registrering av motorer", "Märkning av båtmotorer tillsammans med båtklubbarna."),
}
"""Measures of two agreements of different places that are the same undertaking, though the register has no name for it."""


def compared(name: str) -> Comparison:
    """The comparison of one of our pairs."""
    return compare_agreements(PAIRS[name].old, PAIRS[name].new)


def labelled(comparison: Comparison, label: str, section: str = "measures") -> Change:
    """The change of the part whose new or old label begins so."""
    return next(
        change
        for change in comparison.section(section)
        if any(side and side.label.startswith(label) for side in (change.old, change.new))
    )


def following(old: Agreement, **changes: object) -> Agreement:
    """The agreement four years on, with the given fields."""
    period = Period(start="2029-01-01", end="2032-12-31", text="2029–2032")
    source = old.source.model_copy(update={"sha256": "1" * 64})
    return old.model_copy(update={"id": "habo-2029-2032", "period": period, "source": source, **changes})


@pytest.mark.parametrize("pairs", GROUPS.values(), ids=list(GROUPS))
def test_measures_are_aligned_well_enough(pairs: list[Pair]) -> None:
    """Protects the floor: F1 of measure pairs at least 0.95, no more than one wrong pair in fifty."""
    found = score_all(pairs, "measures")
    assert found.gold >= 36
    assert found.f1 >= LEAST_F1
    assert found.made - found.right <= found.made * MOST_WRONG + 1


def test_wrong_pairs_are_rare_over_all() -> None:
    """Protects trust: over all our pairs, fewer than one pair of measures in fifty is wrong."""
    found = score_all(load_pairs(), "measures")
    assert 1 - found.precision < MOST_WRONG


@pytest.mark.parametrize("pair", load_pairs(), ids=lambda pair: pair.name)
def test_no_pair_of_agreements_falls_behind(pair: Pair) -> None:
    """Protects each layout: table, cards, bullets, other columns and promises, none is aligned badly."""
    found = score(pair, "measures", pairs_of(pair, "measures"))
    assert found.made - found.right <= 1
    assert found.gold - found.right <= 2


@pytest.mark.parametrize("section", [name for name in SECTIONS if name != "measures"])
def test_other_parts_are_aligned_well_enough(section: str) -> None:
    """Protects renamed focus areas, goals with other numbers, rewritten problem pictures, new people in a role."""
    assert score_all(load_pairs(), section).f1 >= LEAST_F1


@pytest.mark.parametrize("pair", load_document_pairs(), ids=lambda pair: pair.new)
def test_documents_are_read_and_aligned(pair: DocumentPair, tmp_path: Path) -> None:
    """Protects the whole way: from two files to their pairs, with what reading makes of them."""
    comparison = compare_agreements(read_rendered(pair.old, tmp_path), read_rendered(pair.new, tmp_path))
    assert Score(*counts(pair, comparison, "measures")).f1 >= LEAST_F1
    assert Score(*counts(pair, comparison, "signatories")).f1 == 1
    right, made, _ = counts(pair, comparison, "focus_areas")
    assert right == made


def test_agreements_of_different_places_have_little_in_common() -> None:
    """Protects against wrong pairs: unlike agreements are not forced together; what is paired shares a method.

    Some undertakings both places have, in words that name no method of the register: `IN_BOTH_PLACES`, read one by one.
    """
    names = sorted(PAIRS)
    pairs = wrong = 0
    for first, second in zip(names, names[1:] + names[:1], strict=True):
        comparison = compare_agreements(PAIRS[first].old, PAIRS[second].new)
        assert "other_municipality" in comparison.notes
        for change in comparison.measures:
            pairs += 1
            named = any(reason.signal == "identity" and reason.weight > 0 for reason in change.reasons)
            if change.old is not None and change.new is not None and not named:
                wrong += (change.old.label, change.new.label) not in IN_BOTH_PLACES
    assert wrong <= pairs * 0.02


@pytest.mark.parametrize("name", ["alvesta", "hoganas", "sala"])
def test_every_part_is_in_exactly_one_change(name: str) -> None:
    """Protects completeness: nothing of either agreement is lost or told twice."""
    comparison = compared(name)
    for section in SECTIONS:
        changes = comparison.section(section)
        for side, whole in (("old", PAIRS[name].old), ("new", PAIRS[name].new)):
            found = [getattr(change, side).id for change in changes if getattr(change, side)]
            assert len(found) == len(set(found)) == len(getattr(whole, section))


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_an_agreement_does_not_differ_from_itself(name: str) -> None:
    """Protects exit code 0: the same content twice, look-alikes included, gives no difference at all."""
    for whole in (PAIRS[name].old, PAIRS[name].new):
        comparison = compare_agreements(whole, whole)
        assert not comparison.differs
        assert all(change.old == change.new for section in SECTIONS for change in comparison.section(section))


def test_order_does_not_decide() -> None:
    """Protects 'best over the whole': the pairs are the same when the new agreement lists its measures backwards."""
    pair = PAIRS["alvesta"]
    turned = pair.new.model_copy(update={"measures": pair.new.measures[::-1]})
    made = {
        (change.old.id, change.new.id)
        for change in compare_agreements(pair.old, turned).measures
        if change.old and change.new
    }
    assert made == pairs_of(pair, "measures")


def test_empty_agreements_can_be_compared() -> None:
    """Protects the poor cases: nothing found on one side or both is told, not crashed on."""
    full = agreement()
    empty = following(
        full, measures=(), goals=(), problem_pictures=(), focus_areas=(), signatories=(), municipalities=()
    )
    assert {change.kind for change in compare_agreements(full, empty).measures} == {"dropped"}
    assert {change.kind for change in compare_agreements(empty, full).goals} == {"new"}
    assert "no_measures_in_new" in compare_agreements(full, empty).notes
    assert compare_agreements(empty, empty).measures == ()


def test_renamed_area_is_no_move() -> None:
    """Protects 'moved': what stays in an area that only has a new name has not moved; what changes area has."""
    comparison = compared("alvesta")
    assert labelled(comparison, "Ungas uppväxtvillkor", "focus_areas").new is not None
    assert "moved" not in labelled(comparison, "Fältverksamhet").kinds
    assert "moved" in labelled(comparison, "Stöd till nattvandrare").kinds


def test_numbers_are_told_with_their_direction() -> None:
    """Protects what a council asks first: more or fewer, more often or less often."""
    comparison = compared("alvesta")
    directions = {
        label: [(aspect.kind, aspect.direction) for aspect in labelled(comparison, label).aspects if aspect.direction]
        for label in ("Utveckla SSPF", "Kontroll av A-traktorer", "Trygghetsvandringar")
    }
    assert ("frequency", "up") in directions["Utveckla SSPF"]
    assert ("number", "up") in directions["Kontroll av A-traktorer"]
    assert ("number", "down") in directions["Trygghetsvandringar"]


def test_responsible_unit_that_changes_is_substance() -> None:
    """Protects responsibility: another unit is a change of substance, the same one under its abbreviation is none."""
    old = agreement(measures=(measure(responsible=("SN", "KFN")), measure(id="m2", title="Annat", responsible=("SN",))))
    renamed = following(
        old, measures=(measure(responsible=("Kultur- och fritidsnämnden", "Socialnämnden")), old.measures[1])
    )
    moved = following(old, measures=(measure(responsible=("Tekniska nämnden",)), old.measures[1]))
    assert compare_agreements(old, renamed).measures[0].change == "unchanged"
    (aspect,) = compare_agreements(old, moved).measures[0].aspects
    assert (aspect.kind, aspect.old, aspect.new) == ("responsible", "SN, KFN", "Tekniska nämnden")


def test_column_that_a_whole_agreement_lacks_is_no_change_of_substance() -> None:
    """Protects against layout: where no measure names a unit any more, nobody was relieved of anything."""
    old = agreement(measures=(measure(), measure(id="m2", title="Vuxna på stan")))
    new = following(old, measures=tuple(one.model_copy(update={"responsible": ()}) for one in old.measures))
    assert not any(change.aspects for change in compare_agreements(old, new).measures)


def test_text_that_changed_column_is_unchanged() -> None:
    """Protects 'table against cards': the same words under another heading are the same undertaking."""
    old = agreement(
        measures=(measure(municipality_action=None, police_action="Går varje fredag i centrum.", joint_action=None),)
    )
    new = following(
        old,
        measures=(measure(municipality_action=None, police_action=None, joint_action="Går varje fredag i centrum."),),
    )
    assert compare_agreements(old, new).measures[0].change == "unchanged"


def test_units_in_brackets_are_no_part_of_the_wording() -> None:
    """Protects the wording: '(SN)' at the end of a cell says who, and is compared as that."""
    old = agreement(measures=(measure(municipality_action="Fältarna går ut. (SN)", responsible=("SN",)),))
    new = following(old, measures=(measure(municipality_action="Fältarna går ut.", responsible=("SN",)),))
    assert compare_agreements(old, new).measures[0].change == "unchanged"


@pytest.mark.parametrize(
    ("schedule", "kind", "direction"),
    [
        ("2029–2032", "renewed", None),
        ("2029-2032", "renewed", None),
        ("2029–2031", "substance", "earlier"),
        ("Våren 2030", "substance", None),
    ],
)
def test_schedule_that_follows_the_period_is_renewed(schedule: str, kind: str, direction: str | None) -> None:
    """Protects against noise: '2025–2028' that became '2029–2032' along with the rest has not changed."""
    old = agreement(measures=(measure(schedule="2025–2028"),))
    (change,) = compare_agreements(old, following(old, measures=(measure(schedule=schedule),))).measures
    assert change.kind == kind
    assert [aspect.direction for aspect in change.aspects] == ([direction] if kind == "substance" else [])


def test_targets_are_told_from_and_to() -> None:
    """Protects goals: the old and the new figure of the same target, and which way it went."""
    old = agreement()
    goal = old.goals[1]
    raised = goal.model_copy(update={"targets": (goal.targets[0].model_copy(update={"value": 75.0}),)})
    changes = compare_agreements(old, following(old, goals=(old.goals[0], raised, old.goals[2]))).goals
    (aspect,) = next(change for change in changes if change.old and change.old.id == "g2").aspects
    assert (aspect.kind, aspect.direction) == ("target", "up")
    assert aspect.old_target
    assert aspect.new_target
    assert (aspect.old_target.value, aspect.new_target.value) == (70, 75)


def test_merged_and_split_measures_are_told() -> None:
    """Protects against false loss: what went into another measure, or was made into two, is not dropped or new."""
    comparison = compared("hoganas")
    kinds = {
        label: labelled(comparison, label).kind for label in ("Grannsamverkan", "Märk-DNA", "Kommunen ska genomföra")
    }
    assert kinds == {"Grannsamverkan": "merged", "Märk-DNA": "merged", "Kommunen ska genomföra": "split"}
    alone, whole = labelled(comparison, "Grannsamverkan"), labelled(comparison, "Märk-DNA")
    assert alone.new is None
    assert whole.new
    assert alone.relatives == (whole.new.id,)


def test_measures_said_to_be_merged_or_split_are() -> None:
    """Protects what is told of merging and splitting: none that is not so, and most of those that are."""
    right = told = gold = 0
    for pair in (pair for pair in load_pairs() if pair.group != HELD_OUT):
        found = score_relations(pair)
        right, told, gold = right + found.right, told + found.made, gold + found.gold
    assert told == right
    assert right >= 0.8 * gold


def test_what_kind_of_change_it_is_is_told() -> None:
    """Protects what the council reads: kept, reworded, changed in substance, moved, merged or split, as a reader would."""
    told, wrong = 0, []
    for pair in load_pairs():
        for change in compare_agreements(pair.old, pair.new).measures:
            right = pair.told.get(change.new.id) if change.old and change.new else None
            if right and change.old and change.new and (change.old.id, change.new.id) in pair.gold("measures"):
                told += 1
                if not set(right) & set(change.kinds):
                    wrong.append((change.new.label, change.kinds, right))
    assert told >= 50
    assert len(wrong) <= 0.05 * told, wrong


def test_merged_areas_are_told_and_nothing_in_them_has_moved() -> None:
    """Protects focus areas: one that went into another is neither dropped, nor are its measures told as moved."""
    comparison = compared("blind-koping")
    gone = labelled(comparison, "Trygg skolmiljö", "focus_areas")
    whole = labelled(comparison, "Barns och ungas uppväxtvillkor", "focus_areas")
    assert whole.old
    assert whole.new
    assert (gone.kind, gone.relatives) == ("merged", (whole.new.id,))
    assert (whole.kind, whole.relatives) == ("merged", (whole.old.id, "a1"))
    inside = [
        change for change in comparison.measures
        if change.old and change.new and change.old.focus_area == "Trygg skolmiljö"
    ]  # fmt: skip
    assert inside
    assert not any("moved" in change.kinds for change in inside)


def test_split_areas_are_told() -> None:
    """Protects focus areas: of one that was made into two, the second half is not new."""
    merged = PAIRS["blind-koping"]
    comparison = compare_agreements(following(merged.new), following(merged.old))
    half = labelled(comparison, "Trygg skolmiljö", "focus_areas")
    assert half.kind == "split"
    assert half.old is None


def test_area_split_off_with_one_measure_is_told_where_the_titles_say_so() -> None:
    """Protects focus areas: 'Alkohol och trafik' that became 'Alkohol' and 'Trafik' was split, however much of it is new."""
    whole = (FocusArea(id="a1", title="Alkohol och trafik"),)
    halves = (FocusArea(id="a1", title="Alkohol"), FocusArea(id="a2", title="Trafik"))
    titles = ("Kontrollköp av folköl", "Krogtillsyn", "Brev om langning", "Hastighetskontroller vid skolor")
    fresh = ("Skyltar vid övergångsställen", "Cykelreflexer", "Farthinder på Torggatan", "Trafikvakter")
    none: dict[str, Any] = {"municipality_action": None, "police_action": None, "recurring": (), "cells": {}}
    old = agreement(
        measures=tuple(measure(id=f"m{n}", title=title, focus_area="a1", **none) for n, title in enumerate(titles)),
        focus_areas=whole, goals=(), problem_pictures=(),
    )  # fmt: skip
    kept = (*old.measures[:3], old.measures[3].model_copy(update={"focus_area": "a2"}))
    added = tuple(measure(id=f"m{n}", title=title, focus_area="a2", **none) for n, title in enumerate(fresh, start=4))
    new = following(old, measures=(*kept, *added), focus_areas=halves)
    assert labelled(compare_agreements(old, new), "Trafik", "focus_areas").kind == "split"


def test_area_that_gave_one_measure_away_is_dropped() -> None:
    """Protects against untrue mergers: a measure that moved is no merger of the areas."""
    areas = tuple(FocusArea(id=f"a{number}", title=title) for number, title in enumerate(("Bus", "Trafik"), start=1))
    titles = ("Grannsamverkan", "Nattvandring", "Medling", "Hastighetskontroller", "Trafikövervakning vid skolor")
    measures = tuple(
        measure(id=f"m{number}", title=title, municipality_action=None, police_action=None, recurring=(), cells={},
                focus_area="a1" if number < 4 else "a2")
        for number, title in enumerate(titles, start=1)
    )  # fmt: skip
    old = agreement(measures=measures, focus_areas=areas, goals=(), problem_pictures=())
    left = (measures[2].model_copy(update={"focus_area": "a2"}), *measures[3:])
    new = following(old, measures=left, focus_areas=areas[1:])
    assert labelled(compare_agreements(old, new), "Bus", "focus_areas").kind == "dropped"


def test_look_alikes_of_other_places_are_kept_apart() -> None:
    """Protects walks and visits that differ in place alone: the village that lost its walk is told so."""
    comparison = compared("nora")
    assert labelled(comparison, "Trygghetsvandring i centrum").kind == "dropped"
    assert labelled(comparison, "Trygghetsvandring i Striberg").kind == "new"
    assert labelled(comparison, "Trygghetsvandring i Gyttorp").new is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Städa skateparken varje vecka", "Städa bouleplanen varje vecka"),
        ("Råd om inbrottsskydd till koloniägare", "Råd om inbrottsskydd till biodlare"),
        ("Utbilda rastvärdar i konflikthantering", "Utbilda simlärare i konflikthantering"),
        ("Kanotklubben tar emot nyanlända barn", "Ridklubben tar emot nyanlända barn"),
        ("Föreläsning om hedersvåld för skolsköterskor", "Föreläsning om hedersvåld för skolvaktmästare"),
        ("Måla bänkarna på Lilla torget", "Flytta bänkarna på Lilla torget"),
        ("Skateparken: röja buskar", "Skateparken: sätta upp fler papperskorgar"),
        ("Byta hissarna i Rosenhill", "Rulltrapporna i Rosenhill byts"),
        ("Ny belysning vid Norasjön", "Ny belysning vid minigolfbanan"),
    ],
)
def test_one_sentence_about_two_things_is_two_measures(old: str, new: str) -> None:
    """Protects 'no pair is better than a wrong pair': words that no list has tell two measures of one pattern apart."""
    assert _paired(old, new) is False


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Kurs för personal i konflikthantering", "Utbildning för medarbetare i konflikthantering"),
        ("Inventera belysningen i parkeringshuset", "Gå igenom belysningen i parkeringshuset"),
        ("Trygghetsvandring på torget och i parken", "Trygghetsvandring på torget och i hamnen"),
        ("Samtalsstöd till våldsutövare", "Samtal med den som utövar våld"),
        ("Möten med föreningar om droger", "Dialog med föreningarna om droger"),
        ("Simkunnighet för elever i årskurs 4", "Simundervisning för elever i årskurs 4"),
        ("STÄDA SKATEPARKEN VARJE VECKA", "Städning av skateparken en gång i veckan"),
    ],
)
def test_one_thing_told_anew_is_one_measure(old: str, new: str) -> None:
    """Protects rewordings: another verb, another form, a longer list or another word for the same is the same measure."""
    assert _paired(old, new) is True


def _paired(old: str, new: str) -> bool:
    """Whether two measures of one area and unit are paired, among others that are kept."""
    kept = [measure(id="m2", title="Grannsamverkan"), measure(id="m3", title="Nattvandring")]
    first, second = (
        measure(id="m1", title=text, municipality_action=None, police_action=None, joint_action=None, recurring=(),
                cells={})
        for text in (old, new)
    )  # fmt: skip
    before = agreement(measures=(first, *kept))
    comparison = compare_agreements(before, following(before, measures=(second, *kept)))
    return any(change.old and change.new and change.new.id == "m1" for change in comparison.measures)


def test_agreements_of_different_places_are_doubted_more() -> None:
    """Protects against borrowed likeness: what may be one measure carried over is not, where nothing was carried over."""
    pair = PAIRS["blind-nybro"]
    elsewhere = PAIRS["blind-sunne"].new.municipalities
    made = len(pairs_of(pair, "measures"))
    stranger = pair.new.model_copy(update={"municipalities": elsewhere})
    far = sum(bool(change.old and change.new) for change in compare_agreements(pair.old, stranger).measures)
    assert 0 < far < made


def test_each_pair_says_why() -> None:
    """Protects those who must answer for it: every pair has reasons that add to more than they take away."""
    for change in compared("mora").measures:
        if change.old and change.new:
            assert change.confidence is not None
            assert sum(reason.weight for reason in change.reasons) > 0
            assert all(reason.signal for reason in change.reasons)


@pytest.mark.parametrize(
    ("old", "new", "relation", "days"),
    [
        (("2025-01-01", "2028-12-31"), ("2029-01-01", "2032-12-31"), "adjoining", 0),
        (("2025-01-01", "2028-12-31"), ("2029-03-01", "2032-12-31"), "gap", 59),
        (("2025-01-01", "2028-12-31"), ("2028-07-01", "2032-12-31"), "overlap", 184),
        (("2025-01-01", "2028-12-31"), ("2021-01-01", "2024-12-31"), "reversed", None),
        (("2025-01-01", "2028-12-31"), ("2025-01-01", "2028-12-31"), "same", None),
        (("2025-01-01", None), ("2029-01-01", "2032-12-31"), "unknown", None),
    ],
)
def test_periods_follow_on_one_another(
    old: tuple[str, str], new: tuple[str, str], relation: str, days: int | None
) -> None:
    """Protects the coordinator: a gap or an overlap between two agreements is told in days."""
    first = agreement(period=Period(start=old[0], end=old[1]))
    second = agreement(period=Period(start=new[0], end=new[1]))
    step = compare_agreements(first, second).period_step
    assert (step.relation, step.days) == (relation, days)
    assert ("reversed" in compare_agreements(first, second).notes) == (relation == "reversed")


def test_metadata_that_differs_is_listed_as_extract_prints_it() -> None:
    """Protects the facts: each that differs, none that does not, in the shapes of the contract."""
    old = agreement()
    new = following(old, diary_number="KS 2028/12", replaces="Överenskommelsen för 2017–2020")
    comparison = compare_agreements(old, new)
    facts = {fact.field: (fact.old, fact.new) for fact in comparison.metadata}
    assert facts.keys() == {"period", "diary_number", "replaces"}
    assert facts["period"][1] == {"start": "2029-01-01", "end": "2032-12-31", "text": "2029–2032"}
    assert "replaces_other" in comparison.notes


def test_column_without_a_field_is_compared_by_its_heading() -> None:
    """Protects the whole row: a change in a column that the model has no field for is not lost, nor told twice."""
    cells = {"Vad": "Kvällspatrull vid badplatsen", "Område": "Ungas fritid", "Ansvarig": "SN; KFN", "Nr": "1"}
    old = agreement(measures=(measure(cells={**cells, "Kostnadsställe": "Trygghetskontot"}),))
    new = following(old, measures=(measure(cells={**cells, "Nr": "4", "Kostnadsställe": "Fritidskontot"}),))
    (change,) = compare_agreements(old, new).measures
    assert [field.field for field in change.fields] == ["cells.Kostnadsställe"]
    assert change.new is not None
    assert "cells.Ansvarig" not in change.new.content


def test_a_promise_that_goes_to_the_other_party() -> None:
    """Protects from calling it unchanged: the same words under 'Polisen lovar' are another's promise."""
    bare: dict[str, Any] = {
        "form": "promise",
        "municipality_action": None,
        "police_action": None,
        "responsible": (),
        "cells": {},
    }
    old, new = (agreement(measures=(measure(**bare, undertaken_by=(party,)),)) for party in ("municipality", "police"))
    (change,) = compare_agreements(old, new).measures
    assert (change.change, change.kind) == ("changed", "substance")
    assert [(field.field, field.old, field.new) for field in change.fields] == [
        ("undertaken_by", "Kommunen", "Polisen")
    ]
