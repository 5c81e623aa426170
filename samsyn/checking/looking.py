"""Takes one test of a requirement and an agreement, says whether it holds, where that was seen, and what it lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from samsyn.checking.areas import areas_without
from samsyn.checking.requirements import Test, word_pattern
from samsyn.checking.text import Piece, pieces_of, text_of, value_pieces, values_of
from samsyn.extract.dates import is_open_ended
from samsyn.extract.language import split_sentences
from samsyn.models.agreement import Agreement, Measure
from samsyn.models.check import GoalCheck
from samsyn.models.section import Part
from samsyn.models.source import Evidence

_MOST_EVIDENCE = 3
_FIGURE = re.compile(r"(?<![\d:])(?!(?:19|20)\d\d(?!\d))\d+(?:[ ,]\d+)*(?!\s*:\s*\d)")
"""A number that is no year and no number of a law."""
_FEWEST_LETTERS = 20
"""Less text under a heading than this says nothing."""

_FEWEST_WORDS = 5
"""Shorter lines are titles under a signature and cells, and state nothing."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a test saw: whether it holds, where, what is lacking, and of how many how many fall short."""

    holds: bool
    evidence: tuple[Evidence, ...] = ()
    lacking: tuple[str, ...] = ()
    short: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """An agreement under examination: its values, the goals judged, its text."""

    agreement: Agreement
    goals: tuple[GoalCheck, ...]
    has_document: bool
    pieces: tuple[Piece, ...] = field(repr=False, default=())


def subject_of(agreement: Agreement, goals: tuple[GoalCheck, ...], parts: Sequence[Part]) -> Subject:
    """The agreement made ready for tests; without parts only what its values say can be seen."""
    return Subject(agreement, goals, bool(parts), pieces_of(agreement, parts))


def look(test: Test, subject: Subject) -> Sight:
    """What the test sees; it holds when every key of it does."""
    sights = [see(test, subject) for key, see in _LOOKS.items() if getattr(test, key)]
    if test.words and not test.in_field:
        sights.append(_see_words(test, subject))
    return Sight(
        holds=all(sight.holds for sight in sights),
        evidence=tuple(item for sight in sights for item in sight.evidence)[:_MOST_EVIDENCE],
        lacking=tuple(dict.fromkeys(title for sight in sights for title in sight.lacking)),
        short=max((sight.short for sight in sights), default=0),
        total=max((sight.total for sight in sights), default=0),
    )


def needs_document(test: Test) -> bool:
    """True for a test that only a document can answer, and not the JSON of one."""
    return bool(test.sections or test.together or test.also) or (bool(test.words) and not test.in_field)


def _see_field(test: Test, subject: Subject) -> Sight:
    values = values_of(subject.agreement, test.field)
    evidence = tuple(item for value in values for item in value.evidence[:1])
    if not test.areas or not subject.agreement.focus_areas:
        return Sight(bool(values), evidence[:_MOST_EVIDENCE])
    return _by_area(subject, [value.focus_area for value in values], test.areas, evidence)


def _by_area(subject: Subject, holders: Sequence[str | None], share: float, evidence: tuple[Evidence, ...]) -> Sight:
    areas = subject.agreement.focus_areas
    lacking = areas_without(subject.agreement, holders)
    held = len(areas) - len(lacking)
    return Sight(held >= share * len(areas) and held > 0, evidence[:_MOST_EVIDENCE], lacking, len(lacking), len(areas))


def _see_chain(test: Test, subject: Subject) -> Sight:
    agreement = subject.agreement
    chained = [
        area.id
        for area in agreement.focus_areas
        if all(
            any(value.focus_area == area.id for value in values_of(agreement, name))
            for name in ("problem_pictures", "goals", "measures")
        )
    ]
    if agreement.focus_areas:
        return _by_area(subject, chained, test.chain, ())
    return Sight(bool(agreement.problem_pictures and agreement.goals and agreement.measures))


def _see_measures(test: Test, subject: Subject) -> Sight:
    measures = subject.agreement.measures
    said = [measure for measure in measures if _says(measure, test.measures)]
    enough = len(said) >= test.share * len(measures) and bool(said)
    evidence = tuple(item for measure in said for item in measure.evidence[:1])
    return Sight(enough, evidence[:_MOST_EVIDENCE], (), len(measures) - len(said), len(measures))


def _says(measure: Measure, fields: Sequence[str]) -> bool:
    return any(getattr(measure, name) for name in fields)


def _see_measurable(test: Test, subject: Subject) -> Sight:
    known = [goal for goal in subject.goals if goal.measurable == "yes"]
    total = len(subject.goals)
    evidence = tuple(item for goal in known for item in goal.evidence[:1])
    return Sight(
        len(known) >= test.measurable * total and bool(known), evidence[:_MOST_EVIDENCE], (), total - len(known), total
    )


def _see_sections(test: Test, subject: Subject) -> Sight:
    pieces = _under(subject, test.sections)
    if test.words:
        return Sight(bool(pieces))
    written = [piece for piece in pieces if len(piece.text) >= _FEWEST_LETTERS]
    evidence = tuple(item for piece in written[:_MOST_EVIDENCE] if piece.block for item in piece.block.locate()[:1])
    return Sight(bool(written), evidence)


def _under(subject: Subject, meanings: Sequence[str]) -> list[Piece]:
    return [piece for piece in subject.pieces if piece.meanings & set(meanings)]


def _see_words(test: Test, subject: Subject) -> Sight:
    pieces = _under(subject, test.sections) if test.sections else subject.pieces
    return _find_words(test.words, pieces)


def _find_words(lists: Sequence[str], pieces: Sequence[Piece]) -> Sight:
    evidence: list[Evidence] = []
    for name in lists:
        pattern = word_pattern(name)
        found = next(((piece, hit) for piece in pieces if (hit := pattern.search(piece.text))), None)
        if found is None:
            return Sight(False)
        evidence.extend(found[0].locate(found[1])[:1])
    return Sight(True, tuple(dict.fromkeys(evidence)))


def _see_together(test: Test, subject: Subject) -> Sight:
    """A sentence that has a word of every list."""
    patterns = [word_pattern(name) for name in test.together]
    for piece in subject.pieces:
        if not all(pattern.search(piece.text) for pattern in patterns):
            continue
        for sentence in split_sentences(piece.text):
            if len(sentence.text.split()) >= _FEWEST_WORDS and all(
                pattern.search(sentence.text) for pattern in patterns
            ):
                hit = patterns[0].search(piece.text, sentence.start)
                return Sight(True, piece.locate(hit) if hit is not None else ())
    return Sight(False)


def _see_also(test: Test, subject: Subject) -> Sight:
    return _find_words(test.also, subject.pieces)


def _see_in_field(test: Test, subject: Subject) -> Sight:
    agreement = subject.agreement
    if not test.words:
        return Sight(bool(values_of(agreement, test.in_field)))
    pieces = list(value_pieces(agreement, test.in_field))
    sight = _find_words(test.words, pieces)
    if not test.areas or not agreement.focus_areas:
        return sight
    patterns = [word_pattern(name) for name in test.words]
    holders = [
        value.focus_area
        for value in values_of(agreement, test.in_field)
        if all(pattern.search(text_of(value)) for pattern in patterns)
    ]
    return _by_area(subject, holders, test.areas, sight.evidence)


def _see_figures(test: Test, subject: Subject) -> Sight:
    for piece in value_pieces(subject.agreement, test.figures):
        hit = _FIGURE.search(piece.text)
        if hit is not None:
            return Sight(True, piece.locate(hit))
    return Sight(False)


def _see_period(test: Test, subject: Subject) -> Sight:
    period = subject.agreement.period
    return Sight(all(getattr(period, end) for end in test.period), period.evidence[:_MOST_EVIDENCE])


def _see_open_end(_: Test, subject: Subject) -> Sight:
    period = subject.agreement.period
    return Sight(is_open_ended(period.text or ""), period.evidence[:_MOST_EVIDENCE])


def _see_parties(test: Test, subject: Subject) -> Sight:
    named = {party.party for party in subject.agreement.parties}
    return Sight(set(test.parties) <= named)


def _see_signed(test: Test, subject: Subject) -> Sight:
    evidence: list[Evidence] = []
    lacking = []
    for party, words in test.signed:
        signed = [
            signatory
            for signatory in subject.agreement.signatories
            if signatory.party == party and (not words or word_pattern(words).search(signatory.title or ""))
        ]
        if not signed:
            lacking.append(party)
        evidence.extend(item for signatory in signed for item in signatory.evidence[:1])
    return Sight(not lacking, tuple(evidence), tuple(lacking))


_LOOKS: dict[str, Callable[[Test, Subject], Sight]] = {
    "field": _see_field,
    "chain": _see_chain,
    "measures": _see_measures,
    "measurable": _see_measurable,
    "sections": _see_sections,
    "together": _see_together,
    "also": _see_also,
    "in_field": _see_in_field,
    "figures": _see_figures,
    "period": _see_period,
    "open_ended": _see_open_end,
    "parties": _see_parties,
    "signed": _see_signed,
}
"""How each key of a test is seen; `words` is seen with the key it stands beside."""
