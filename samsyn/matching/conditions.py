"""Takes a prepared text, says whether words that a name asks for, or that speak against one, stand where they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from samsyn.matching.index import MatchIndex, Phrase
from samsyn.matching.terms import Relation
from samsyn.matching.text import PreparedText, Spot
from samsyn.words import Word

_LONGEST_GAP = 3
# How far from the name the words may stand that a rule asks for, where they are not in its sentence.
_NEIGHBOURHOOD = 12
# What speaks against a name stands this near to it; a transcript without full stops has sentences of hundreds of words.
_FARTHEST_OBJECTION = 15
# A word that opens a clause stands at most this far before its verb or negation.
_LONGEST_CLAUSE_OPENING = 5
# A misspelt word fills the slot of a pattern from this length and nearness on.
_SHORTEST_SLIP = 9
_NEAREST_SLIP = 0.88


def is_near(text: PreparedText, index: MatchIndex, condition: str, spots: Sequence[Spot]) -> bool:
    """True when one of the condition's phrases stands in the same sentence or a few words away."""
    sentence = text.words[spots[0].first].sentence
    return any(
        text.words[found[0].first].sentence == sentence or abs(found[0].first - spots[0].first) <= _NEIGHBOURHOOD
        for found in phrases_in(text, index, index.conditions[condition])
    )


def in_sentence(text: PreparedText, index: MatchIndex, condition: str, spots: Sequence[Spot]) -> bool:
    """True when one of the condition's phrases stands in the same sentence, and in an endless one not far away."""
    return any(_is_close(text, found, spots) for found in phrases_in(text, index, index.conditions[condition]))


def _is_close(text: PreparedText, found: Sequence[Spot], spots: Sequence[Spot]) -> bool:
    """True when what was found stands in the sentence of the spots, and not far from them."""
    first, last = spots[0].first, spots[-1].last
    return (
        text.words[found[0].first].sentence == text.words[first].sentence
        and first - found[-1].last <= _FARTHEST_OBJECTION
        and found[0].first - last <= _FARTHEST_OBJECTION
    )


def is_doubted(text: PreparedText, index: MatchIndex, spots: Sequence[Spot]) -> bool:
    """True when the sentence tells of a problem or of what is not done, and nobody undertakes anything in it."""
    sentence = text.words[spots[0].first].sentence
    doubts = (
        found[0].first
        for found in phrases_in(text, index, index.conditions[index.doubts])
        if _is_close(text, found, spots) and not _is_subordinate(text, index, found[0].first)
    )
    if next(doubts, None) is None:
        return False
    return not any(
        text.words[found[0].first].sentence == sentence
        for found in phrases_in(text, index, index.conditions[index.undertakings])
    )


def _is_subordinate(text: PreparedText, index: MatchIndex, place: int) -> bool:
    """True when a word that opens a clause stands shortly before the place, in its sentence."""
    sentence = text.words[place].sentence
    return any(
        word.sentence == sentence and word.norm in index.subordinators
        for word in text.words[max(0, place - _LONGEST_CLAUSE_OPENING) : place]
    )


def phrases_in(
    text: PreparedText, index: MatchIndex, phrases: Sequence[Phrase], *, misspelt: bool = False
) -> Iterator[list[Spot]]:
    """The places where one of the phrases stands, each as the spots of its words.

    A long word with one letter wrong counts as well where `misspelt` is asked for.
    """
    for phrase in phrases:
        for spot in text.spots.get(phrase[0], ()):
            if spot.relation is Relation.MISSPELT and not (misspelt and _is_slip(text, spot)):
                continue
            found = in_order(text, index, phrase, 0, spot)
            if found is not None:
                yield found


def _is_slip(text: PreparedText, spot: Spot) -> bool:
    """True for a long word so near to the one that is meant that it is no other ('beslysning', not 'besökare')."""
    return spot.nearness >= _NEAREST_SLIP and len(text.words[spot.first].norm) >= _SHORTEST_SLIP


def in_order(text: PreparedText, index: MatchIndex, terms: Sequence[int], anchor: int, spot: Spot) -> list[Spot] | None:
    """The spots of the terms around the anchor's, in order and with only small words between."""
    found = [spot]
    for term in reversed(terms[:anchor]):
        before = _neighbour(text, index, term, found[0], -1)
        if before is None:
            return None
        found.insert(0, before)
    for term in terms[anchor + 1 :]:
        after = _neighbour(text, index, term, found[-1], 1)
        if after is None:
            return None
        found.append(after)
    return found


def _neighbour(text: PreparedText, index: MatchIndex, term: int, spot: Spot, step: int) -> Spot | None:
    for other in text.spots.get(term, ()):
        between = range(spot.last + 1, other.first) if step > 0 else range(other.last + 1, spot.first)
        ahead = other.first > spot.last if step > 0 else other.last < spot.first
        if not ahead or len(between) > _LONGEST_GAP:
            continue
        if text.words[other.first].sentence != text.words[spot.first].sentence:
            continue
        if all(is_small(text.words[place], index) for place in between):
            return other
    return None


def is_small(word: Word, index: MatchIndex) -> bool:
    """True for a small word, or a footnote's number within a name ('SIG 2 -grupp')."""
    return word.norm in index.gap_words or (word.norm.isdigit() and len(word.norm) <= 2)
