"""Takes a text or the fields of a measure, gives the recurring measures named in it or the one it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import partial

from samsyn.matching.candidate import Candidate
from samsyn.matching.find import find_candidates
from samsyn.matching.identity import ACTION_FIELDS, TITLE_FIELDS, Identity, Phrases, topic_beside
from samsyn.matching.index import MatchIndex
from samsyn.matching.score import method_name, score_of
from samsyn.matching.settle import Family, Scored, settle
from samsyn.matching.text import PreparedText, prepare_text
from samsyn.models.recurring import Match, RecurringMeasure
from samsyn.vocabulary.register import Register

#: A match is reported from this score on; docs/matching.md shows what a score is worth.
THRESHOLD = 0.8

#: Between a heading and a text under it, in the examples of the register.
UNDER = " ▸ "


class Matcher:
    """Finds the measures of a register in texts; made once, used for many."""

    def __init__(self, register: Register, *, threshold: float = THRESHOLD) -> None:
        self.register = register
        self.threshold = threshold
        self._measures: tuple[RecurringMeasure, ...] = register.measures
        self._index = MatchIndex(register)
        self._family = _family(register, self._index)
        self._identity = Identity(Phrases.load())
        self._last_heading: tuple[str | None, PreparedText | None] = (None, None)
        self._seen: dict[tuple[str, str | None], tuple[Match, ...]] | None = None

    def remembering(self) -> Matcher:
        """The same matcher that keeps its answers, for the texts of one document: a row's title is asked for twice."""
        matcher = copy(self)
        matcher._seen = {}
        return matcher

    def match(self, text: str, *, heading: str | None = None) -> tuple[Match, ...]:
        """The recurring measures named in the text, best first; empty where none is.

        `heading` is what the text stands under, where that is known: it may name what the text only speaks of
        ('Tillsyn görs gemensamt' under 'Krogar'). One match a measure: its best. Roles, data sources and documents are
        never among them, nor a measure whose child is named at the same place.
        """
        best: dict[str, Match] = {}
        for match in self.mentions(text, heading=heading):
            if match.id not in best or match.score > best[match.id].score:
                best[match.id] = match
        return tuple(sorted(best.values(), key=lambda match: (-match.score, match.start, match.id)))

    def mentions(self, text: str, *, heading: str | None = None) -> tuple[Match, ...]:
        """Every place in the text where a recurring measure is named, in the order of the text."""
        if self._seen is not None and (text, heading) in self._seen:
            return self._seen[text, heading]
        found = [match for match in self.candidates(text, heading=heading) if match.score >= self.threshold]
        mentions = tuple(sorted(found, key=lambda match: (match.start, match.end, match.id))) if found else ()
        if self._seen is not None:
            self._seen[text, heading] = mentions
        return mentions

    def candidates(self, text: str, *, heading: str | None = None) -> tuple[Match, ...]:
        """All that may be named in the text, also below the threshold, best first, for a person to judge."""
        above = self._heading(heading)
        found = [match for stretch in prepare_text(text, self._index) for match in self._candidates_in(stretch, above)]
        return tuple(sorted(found, key=lambda match: (-match.score, match.start))) if found else ()

    def identify(self, fields: Mapping[str, str | None], *, heading: str | None = None) -> tuple[Match, ...]:
        """Which recurring measure a row, card, bullet or promise IS, best first; empty where it is none.

        `fields` are keyed as in the published model: title, municipality_action, police_action, joint_action
        and so on. The title decides, and what the parties do where it names nothing, or more closely what the title
        names ('Föräldrautbildning' | 'Komet i fyra grupper'). A measure that only frames
        another ('inom ramen för Purple flag'), that is named after the first sentence or among effects and
        follow-up, is not what the row is. Offsets are those of the field that the first reason names.
        """
        mentions = partial(self.mentions, heading=heading)
        found = self._identity.identify(fields, mentions)
        parents = {parent for match in found for parent in self.register.ancestors(match.id)}
        kept = {match.id: match for match in found if match.id not in parents}
        for match in self._identity.details(fields, mentions):
            if not kept.keys().isdisjoint(self.register.ancestors(match.id)):
                kept.setdefault(match.id, match)
        return tuple(kept.values()) or self._identify_by_row(fields, heading)

    def _identify_by_row(self, fields: Mapping[str, str | None], heading: str | None) -> tuple[Match, ...]:
        """What a field that alone names nothing is when the row's other cells say what it is about.

        'Tillsyn två gånger om året' is the inspection of restaurants where the target group is restaurants.
        """
        for name in (*TITLE_FIELDS, *ACTION_FIELDS):
            topic = topic_beside(fields, name, heading)
            if not topic or not fields.get(name):
                continue
            found = self._identity.identify({name: fields[name]}, partial(self.mentions, heading=topic))
            if found:
                return tuple(_as_told_by_row(match) for match in found)
        return ()

    def _heading(self, heading: str | None) -> PreparedText | None:
        """The heading made ready; the last one is remembered, because many texts stand under it."""
        if self._last_heading[0] != heading:
            ready = next(prepare_text(heading, self._index), None) if heading else None
            self._last_heading = (heading, ready)
        return self._last_heading[1]

    def _candidates_in(self, stretch: PreparedText, heading: PreparedText | None) -> Iterator[Match]:
        found = find_candidates(stretch, self._index, heading)
        scored = [Scored(one, score_of(one.grade)) for one in found]
        for one in settle(scored, stretch.words, self._family) if scored else ():  # most texts name nothing
            yield self._as_match(stretch, one.candidate, one.score)

    def _as_match(self, text: PreparedText, candidate: Candidate, score: float) -> Match:
        measure = self._measures[candidate.measure]
        start, end = text.words[candidate.words[0]].start, text.words[candidate.words[-1]].end
        reasons = (f"{method_name(candidate.method)}: {candidate.alias}", f"säkerhet mätt för {candidate.grade}")
        return Match(
            measure.id,
            measure.name,
            score,
            text.text[start:end],
            start,
            end,
            candidate.method,
            candidate.alias,
            reasons,
        )


def _as_told_by_row(match: Match) -> Match:
    field, *_ = match.reasons
    reasons = (field, f"{method_name('row')}: {match.alias}", "säkerhet mätt för row")
    return match._replace(score=score_of("row"), method="row", reasons=reasons)


def failing_examples(matcher: Matcher, measures: Iterable[RecurringMeasure]) -> tuple[str, ...]:
    """One line for each example of the measures that is not recognised, and each counterexample that is.

    In 'Krogar ▸ Tillsyn görs gemensamt' the text stands under the heading 'Krogar'.
    """
    failing = []
    for measure in measures:
        for text in measure.examples if measure.reported else ():
            if measure.id not in _named_in(matcher, text):
                failing.append(f"{measure.id}: not found in its example {text!r}")
        for text in measure.counterexamples:
            if measure.id in _named_in(matcher, text):
                failing.append(f"{measure.id}: found in {text!r}, where it must not be")
    return tuple(failing)


def _named_in(matcher: Matcher, example: str) -> set[str]:
    heading, mark, text = example.rpartition(UNDER)
    return {match.id for match in matcher.match(text, heading=heading if mark else None)}


def _family(register: Register, index: MatchIndex) -> Family:
    numbers = {measure.id: number for number, measure in enumerate(register)}
    return Family(
        reported=tuple(measure.reported for measure in register),
        actors=tuple(measure.kind == "role" for measure in register),
        ancestors=tuple(
            frozenset(numbers[ancestor] for ancestor in register.ancestors(measure.id)) for measure in register
        ),
        list_words=index.list_words,
    )
