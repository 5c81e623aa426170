"""Takes a prepared text and a pattern of the register, gives the candidates whose words together leave no doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samsyn.matching.candidate import Candidate
from samsyn.matching.conditions import in_sentence, is_doubted, phrases_in
from samsyn.matching.index import MatchIndex, PatternEntry
from samsyn.matching.text import PreparedText, Spot
from samsyn.models.recurring import WordPattern

# A pattern whose words stand farther apart than it allows, up to this many times, is kept as a weak candidate.
_LOOSE = 2


def is_under(heading: PreparedText | None, index: MatchIndex, topic: str) -> bool:
    """True when the heading names the topic, or none is asked for."""
    if not topic:
        return True
    return heading is not None and next(phrases_in(heading, index, index.conditions[topic]), None) is not None


def pattern_in(text: PreparedText, index: MatchIndex, entry: PatternEntry) -> Iterator[Candidate]:
    """A candidate for each place where the pattern's rarest slot is filled and the others near it are too."""
    slots = []
    for phrases in entry.slots:
        found = list(phrases_in(text, index, phrases, misspelt=True))
        if not found:
            return
        slots.append(found)
    for start in slots[entry.anchor]:
        chosen = _nearest_of_slots(text, slots, entry, start)
        if chosen is None:
            continue
        flat = sorted(spot for spots in chosen for spot in spots)
        if entry.pattern.unless and _is_objected(text, index, entry.pattern, flat):
            continue
        words = tuple(sorted({place for spot in flat for place in range(spot.first, spot.last + 1)}))
        distance = words[-1] - words[0] + 1 - len(words)
        if distance <= entry.pattern.within * _LOOSE:
            grade = _pattern_grade(entry.pattern, len(slots), distance)
            by_words = len(slots) > 1 or bool(entry.pattern.under)
            if by_words and is_doubted(text, index, flat):
                grade = "pattern-doubtful"
            method = "heading" if entry.pattern.under else "pattern" if by_words else "inflected"
            yield Candidate(entry.measure, entry.pattern.words, words, method, grade, False)


def _is_objected(text: PreparedText, index: MatchIndex, pattern: WordPattern, spots: Sequence[Spot]) -> bool:
    """True when what speaks against the pattern stands near, or anywhere where its topic is only the heading's."""
    if pattern.under:
        return next(phrases_in(text, index, index.conditions[pattern.unless]), None) is not None
    return in_sentence(text, index, pattern.unless, spots)


def _nearest_of_slots(
    text: PreparedText, slots: Sequence[list[list[Spot]]], entry: PatternEntry, start: list[Spot]
) -> list[list[Spot]] | None:
    sentence = text.words[start[0].first].sentence
    chosen = [start]
    for number, slot in enumerate(slots):
        if number == entry.anchor:
            continue
        near = [
            spots
            for spots in slot
            if text.words[spots[0].first].sentence == sentence
            and not any(one.first == other.first for one in spots for used in chosen for other in used)
            and (not entry.pattern.ordered or (spots[0].first > start[0].first) == (number > entry.anchor))
        ]
        if not near:
            return None
        chosen.append(min(near, key=lambda spots: abs(spots[0].first - start[0].first)))
    return chosen


def _pattern_grade(pattern: WordPattern, slots: int, distance: int) -> str:
    if distance > pattern.within:
        return "pattern-loose"
    if pattern.under:
        return "pattern-under"
    if slots == 1:
        return "pattern-one"
    size = "many" if slots > 2 else "two"
    return f"pattern-{size}-{'near' if distance <= 3 else 'far'}"
