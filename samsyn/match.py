"""Takes a text or the fields of a measure, gives the recurring measures named in it or the one it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from samsyn.match_index import Hit, MatchIndex, Phrase, Relation, WordingEntry, is_abbreviation
from samsyn.models.recurring import Match, RecurringMeasure
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.register import Register
from samsyn.words import Word, words_of

#: A match is reported from this score on; see docs/matching.md for what a score is worth.
THRESHOLD = 0.8

#: The fields of a measure that say what is done, in the order they are asked.
TITLE_FIELDS = ("title",)
ACTION_FIELDS = ("municipality_action", "police_action", "joint_action")

_LONGEST_GAP = 3

_METHOD_SCORES = {
    "exact": 0.99,
    "inflected": 0.98,
    "abbreviation": 0.96,
    "compound": 0.95,
    "split": 0.93,
    "pattern": 0.92,
    "reordered": 0.9,
    "misspelt": 0.9,
    "ambiguous": 0.5,
}


class Candidate(NamedTuple):
    """A measure that may be named: which words met which wording, and how."""

    measure: int
    alias: str
    words: tuple[int, ...]
    method: str
    score: float
    block: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text made ready: its words and the terms each may stand for."""

    text: str
    words: tuple[Word, ...]
    hits: tuple[tuple[Hit, ...], ...]

    def places_of(self, term: int) -> list[int]:
        return [place for place, hits in enumerate(self.hits) if any(hit.term == term for hit in hits)]

    def hit(self, place: int, term: int) -> Hit | None:
        for hit in self.hits[place]:
            if hit.term == term:
                return hit
        return None


class Matcher:
    """Finds the measures of a register in texts; made once, used for many."""

    def __init__(self, register: Register, *, threshold: float = THRESHOLD) -> None:
        self.register = register
        self.threshold = threshold
        self._measures: tuple[RecurringMeasure, ...] = register.measures
        self._index = MatchIndex(register)
        self._ancestors = {measure.id: frozenset(register.ancestors(measure.id)) for measure in register}
        self._list_words = frozenset(load_toml("matching.toml")["list_words"])

    # -- public --------------------------------------------------------------------------------------------

    def match(self, text: str) -> tuple[Match, ...]:
        """The recurring measures named in the text, best first; empty where none is.

        One match a measure: its best. Roles, data sources and documents are never among them, nor a measure
        whose child is named at the same place.
        """
        best: dict[str, Match] = {}
        for match in self.mentions(text):
            if match.id not in best or match.score > best[match.id].score:
                best[match.id] = match
        return tuple(sorted(best.values(), key=lambda match: (-match.score, match.start, match.id)))

    def mentions(self, text: str) -> tuple[Match, ...]:
        """Every place in the text where a recurring measure is named, in the order of the text."""
        found = [match for match in self.candidates(text) if match.score >= self.threshold]
        return tuple(sorted(found, key=lambda match: (match.start, match.end, match.id)))

    def candidates(self, text: str) -> tuple[Match, ...]:
        """All that may be named in the text, also below the threshold, best first, for a person to judge."""
        prepared = self._prepare(text)
        kept = self._settle(prepared, list(self._all_candidates(prepared)))
        return tuple(self._as_match(prepared, candidate) for candidate in kept)

    def identify(self, fields: Mapping[str, str | None]) -> tuple[Match, ...]:
        """Which recurring measure a row, card, bullet or promise IS, by its fields; empty where none.

        The title decides; without a match there, what the parties do. Offsets are those of the field that
        the first reason names. A measure that is only the frame or the source of another ('inom ramen för
        Purple flag'), or named after the first sentence, is not what the row is.
        """
        for group in (TITLE_FIELDS, ACTION_FIELDS):
            found: dict[str, Match] = {}
            for name in group:
                for match in self._identities(fields.get(name) or ""):
                    reasons = (f"fält: {name}", *match.reasons)
                    if match.id not in found:
                        found[match.id] = match._replace(reasons=reasons)
            if found:
                return self._without_parents(sorted(found.values(), key=lambda match: (-match.score, match.id)))
        return ()

    # -- finding -------------------------------------------------------------------------------------------

    def _prepare(self, text: str) -> _Text:
        words = words_of(text)
        hits = tuple(self._index.hits(word.norm, word.stem) for word in words)
        return _Text(text, words, hits)

    def _all_candidates(self, text: _Text) -> Iterator[Candidate]:
        tried: set[int] = set()
        for place, hits in enumerate(text.hits):
            for hit in hits:
                for number, anchor in self._index.wording_anchors.get(hit.term, ()):
                    candidate = self._try_wording(text, self._index.wordings[number], place, anchor)
                    if candidate is not None:
                        yield candidate
                for number in self._index.pattern_anchors.get(hit.term, ()):
                    if number not in tried:
                        tried.add(number)
                        yield from self._try_pattern(text, number)

    def _try_wording(self, text: _Text, entry: WordingEntry, place: int, anchor: int) -> Candidate | None:
        places = self._walk(text, entry, place, anchor)
        method = None
        if places is None and len(entry.terms) > 1 and not entry.wording.fixed and not entry.wording.cased:
            places = self._gather(text, entry, place)
            method = "reordered"
        if places is None:
            return None
        worst, nearness = self._worst_relation(text, entry, places)
        if worst is None or not self._conditions_hold(text, entry):
            return None
        if method is None:
            method = _METHOD_OF[worst]
            if worst <= Relation.INFLECTED and len(entry.raws) == 1 and is_abbreviation(entry.raws[0]):
                method = "abbreviation"
            elif worst == Relation.EXACT:
                method = "exact"
        if entry.wording.cased and not entry.wording.needs and self._capitals_say_nothing(text, entry, places):
            method = "ambiguous"
        score = _METHOD_SCORES[method]
        if worst == Relation.MISSPELT:
            score = min(score, 0.75 + 0.2 * (nearness - 0.8) / 0.2)
        reason = f"{_METHOD_NAMES[method]}: {entry.wording.text}"
        return Candidate(
            entry.measure, entry.wording.text, places, method, round(score, 3), entry.block, (reason,)
        )

    def _walk(self, text: _Text, entry: WordingEntry, place: int, anchor: int) -> tuple[int, ...] | None:
        left = self._steps(text, entry.terms[:anchor][::-1], place, -1)
        if left is None:
            return None
        right = self._steps(text, entry.terms[anchor + 1 :], place, 1)
        if right is None:
            return None
        return (*reversed(left), place, *right)

    def _steps(self, text: _Text, terms: Sequence[int], place: int, step: int) -> list[int] | None:
        found: list[int] = []
        sentence = text.words[place].sentence
        for term in terms:
            place += step
            gap = 0
            while True:
                if not 0 <= place < len(text.words) or text.words[place].sentence != sentence:
                    return None
                if text.hit(place, term) is not None:
                    break
                word = text.words[place]
                gap += 1
                if gap > _LONGEST_GAP or not (word.norm in self._index.gap_words or _is_mark(word.norm)):
                    return None
                place += step
            found.append(place)
        return found

    def _gather(self, text: _Text, entry: WordingEntry, place: int) -> tuple[int, ...] | None:
        """The words of a name in another order, near each other, with at most one other word among them."""
        found = [place]
        reach = len(entry.terms) + 3
        sentence = text.words[place].sentence
        low, high = max(0, place - reach), min(len(text.words), place + reach + 1)
        for term in entry.terms:
            if text.hit(place, term) is not None and term not in (
                text_term for text_term in entry.terms if text_term != term and text.hit(place, text_term)
            ):
                continue
            near = [
                other
                for other in range(low, high)
                if other not in found and text.words[other].sentence == sentence and text.hit(other, term)
            ]
            if not near:
                return None
            found.append(min(near, key=lambda other: abs(other - place)))
        if len(found) < len(entry.terms):
            return None
        found.sort()
        others = sum(
            1
            for other in range(found[0], found[-1])
            if other not in found and text.words[other].norm not in self._index.gap_words
        )
        return tuple(found) if others <= 1 else None

    def _worst_relation(
        self, text: _Text, entry: WordingEntry, places: tuple[int, ...]
    ) -> tuple[Relation | None, float]:
        worst, nearness = Relation.EXACT, 1.0
        last = len(places) - 1
        for number, place in enumerate(places):
            word = text.words[place]
            hit = next((hit for term in entry.terms if (hit := text.hit(place, term))), None)
            if hit is None:
                return None, 0.0
            relation = hit.relation
            if relation <= Relation.INFLECTED:
                relation = Relation.EXACT if word.norm in entry.norms else Relation.INFLECTED
                if relation is Relation.INFLECTED and not _plausible_inflection(word.norm, entry, hit.term):
                    return None, 0.0
            if relation is Relation.COMPOUND_HEAD and number != last:
                return None, 0.0
            if relation is Relation.COMPOUND_TAIL and number != 0:
                return None, 0.0
            if entry.wording.cased and not _capitals_agree(word.raw, entry, hit.term):
                return None, 0.0
            if (entry.wording.fixed or entry.wording.cased) and relation not in (
                Relation.EXACT,
                Relation.INFLECTED,
            ):
                return None, 0.0
            worst, nearness = max(worst, relation), min(nearness, hit.nearness)
        if entry.wording.whole and len(places) != len(
            [word for word in text.words if word.norm not in self._index.function_words]
        ):
            return None, 0.0
        if entry.wording.fixed and places[-1] - places[0] != last:
            return None, 0.0
        return worst, nearness

    def _conditions_hold(self, text: _Text, entry: WordingEntry) -> bool:
        needs, unless = entry.wording.needs, entry.wording.unless
        if needs and not self._any_phrase(text, needs):
            return False
        return not (unless and self._any_phrase(text, unless))

    def _any_phrase(self, text: _Text, condition: str) -> bool:
        return any(
            self._phrase_at(text, phrase, place) is not None
            for phrase in self._index.conditions[condition]
            for place in text.places_of(phrase.terms[0])
        )

    def _phrase_at(self, text: _Text, phrase: Phrase, place: int) -> tuple[int, ...] | None:
        steps = self._steps(text, phrase.terms[1:], place, 1)
        return None if steps is None else (place, *steps)

    def _capitals_say_nothing(self, text: _Text, entry: WordingEntry, places: tuple[int, ...]) -> bool:
        """True where a cased word stands in capitals for another reason: all is, or a sentence begins."""
        if len(places) > 1:
            return False
        word = text.words[places[0]]
        if len(text.words) == 1 or _in_company(text, places[0]):
            return False
        letters = [other for other in text.words if len(other.raw) > 3]
        if len(letters) > 1 and all(other.raw.isupper() for other in letters):
            return True
        starts = places[0] == 0 or text.words[places[0] - 1].sentence != word.sentence
        return starts and not is_abbreviation(entry.raws[0])

    def _try_pattern(self, text: _Text, number: int) -> Iterator[Candidate]:
        entry = self._index.patterns[number]
        if entry.pattern.unless and self._any_phrase(text, entry.pattern.unless):
            return
        slots = [
            [
                places
                for phrase in slot
                for place in text.places_of(phrase.terms[0])
                if (places := self._phrase_at(text, phrase, place)) is not None
            ]
            for slot in entry.slots
        ]
        if not all(slots):
            return
        for start in slots[entry.anchor]:
            chosen = self._nearest_slots(text, slots, entry.anchor, start, entry.pattern.within)
            if chosen is not None:
                reason = f"{_METHOD_NAMES['pattern']}: {entry.pattern.words}"
                yield Candidate(
                    entry.measure, entry.pattern.words, chosen, "pattern", _METHOD_SCORES["pattern"], False, (reason,)
                )

    def _nearest_slots(
        self, text: _Text, slots: list[list[tuple[int, ...]]], anchor: int, start: tuple[int, ...], within: int
    ) -> tuple[int, ...] | None:
        sentence = text.words[start[0]].sentence
        chosen = set(start)
        for number, slot in enumerate(slots):
            if number == anchor:
                continue
            near = [
                places
                for places in slot
                if text.words[places[0]].sentence == sentence and not chosen & set(places)
            ]
            if not near:
                return None
            chosen.update(min(near, key=lambda places: abs(places[0] - start[0])))
        ordered = tuple(sorted(chosen))
        return ordered if ordered[-1] - ordered[0] <= within + len(ordered) else None

    # -- deciding ------------------------------------------------------------------------------------------

    def _settle(self, text: _Text, found: list[Candidate]) -> list[Candidate]:
        """The candidates that are left when each word belongs to the one that explains it best."""
        found.sort(key=lambda one: (-self._strength(one), one.words, one.measure))
        kept: list[Candidate] = []
        taken: set[int] = set()
        for candidate in found:
            if taken.isdisjoint(candidate.words):
                kept.append(candidate)
                taken.update(candidate.words)
        kept = [one for one in kept if not one.block and self._measures[one.measure].reported]
        return sorted(self._most_specific(text, kept), key=lambda one: (-one.score, one.words))

    def _strength(self, candidate: Candidate) -> float:
        """How well the candidate explains its words: names before patterns, longer before shorter."""
        named = 0.3 if candidate.method != "pattern" else 0.0
        return len(candidate.words) * 0.1 + candidate.score + named + (0.05 if candidate.block else 0.0)

    def _most_specific(self, text: _Text, kept: list[Candidate]) -> Iterable[Candidate]:
        for candidate in kept:
            identity = self._measures[candidate.measure].id
            if not any(
                identity in self._ancestors[self._measures[other.measure].id] and self._same_place(text, candidate, other)
                for other in kept
            ):
                yield candidate

    def _same_place(self, text: _Text, parent: Candidate, child: Candidate) -> bool:
        """True when nothing of a list stands between the two: then the parent only says what the child is."""
        low = min(parent.words[-1], child.words[-1])
        high = max(parent.words[0], child.words[0])
        between = text.words[low + 1 : high + 1]
        if len(between) > 5:
            return False
        return not any(
            word.norm in self._list_words or "," in word.gap or ";" in word.gap or word.sentence != text.words[low].sentence
            for word in between
        )

    def _as_match(self, text: _Text, candidate: Candidate) -> Match:
        measure = self._measures[candidate.measure]
        start, end = text.words[candidate.words[0]].start, text.words[candidate.words[-1]].end
        return Match(
            measure.id,
            measure.name,
            candidate.score,
            text.text[start:end],
            start,
            end,
            candidate.method,
            candidate.alias,
            candidate.reasons,
        )

    # -- identity ------------------------------------------------------------------------------------------

    def _identities(self, text: str) -> Iterator[Match]:
        if not text:
            return
        words = words_of(text)
        if not words:
            return
        end = next((word.start for word in words if word.sentence > 0), len(text))
        for match in self.mentions(text):
            if match.start < end:
                yield match

    def _without_parents(self, matches: Sequence[Match]) -> tuple[Match, ...]:
        parents = {parent for match in matches for parent in self._ancestors[match.id]}
        return tuple(match for match in matches if match.id not in parents)


_METHOD_OF = {
    Relation.EXACT: "exact",
    Relation.INFLECTED: "inflected",
    Relation.COMPOUND_HEAD: "compound",
    Relation.COMPOUND_TAIL: "compound",
    Relation.MISSPELT: "misspelt",
}
_METHOD_NAMES = {
    "exact": "namnet som det står",
    "inflected": "namnet böjt",
    "abbreviation": "förkortning",
    "compound": "sammansättning",
    "split": "särskrivet eller avstavat",
    "pattern": "ordmönster",
    "reordered": "namnets ord i annan ordning",
    "misspelt": "felskrivet",
    "ambiguous": "kan vara ett vanligt ord",
}


def _is_mark(norm: str) -> bool:
    """True for a footnote's number, which may stand glued within a name ('SIG 2 -grupp')."""
    return norm.isdigit() and len(norm) <= 2


def _in_company(text: _Text, place: int) -> bool:
    """True when a hyphen binds the word to the next one ('ART-träning'), which makes it a name."""
    return place + 1 < len(text.words) and text.words[place + 1].gap in ("-", "‑", "–")


def _plausible_inflection(norm: str, entry: WordingEntry, term: int) -> bool:
    """False where a stemmer has cut away what makes the word another ('fält' is not 'fältare')."""
    for own, own_term in zip(entry.norms, entry.terms, strict=True):
        if own_term == term:
            shared = 0
            for first, second in zip(norm, own, strict=False):
                if first != second:
                    break
                shared += 1
            return shared >= len(own) - 3 and (len(norm) >= len(own) - 2)
    return True


def _capitals_agree(raw: str, entry: WordingEntry, term: int) -> bool:
    for own, own_term in zip(entry.raws, entry.terms, strict=True):
        if own_term == term:
            if is_abbreviation(own):
                return raw == own
            return not own[0].isupper() or raw[0].isupper()
    return True
