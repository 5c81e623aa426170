"""Takes a prepared text, gives every measure that may be named in it, each with its words and how it was met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from samsyn.matching.candidate import Candidate
from samsyn.matching.capitals import capitals_say_nothing, capitals_tell, is_namesake, same_capitals
from samsyn.matching.conditions import in_order, in_sentence, is_near, is_small, phrases_in
from samsyn.matching.index import MatchIndex, WordingEntry
from samsyn.matching.patterns import is_under, pattern_in
from samsyn.matching.terms import (
    MISSPELT_IN_NAME_ONLY,
    SHORTEST_MISSPELT,
    Relation,
    is_abbreviation,
    is_plausible_inflection,
)
from samsyn.matching.text import PreparedText, Spot
from samsyn.models.recurring import Wording
from samsyn.words import Word, words_of

_LONGEST_TITLE = 6
# What stands between a label and what it is about ('Belysning – lampor hålls tända').
_LABEL_END = re.compile(r"\s*:\s*|\s+[-–—]\s+")
# So near is a word that only lacks its marks ('falt' for 'fält').
_ONLY_MARKS = 0.97
_AS_WRITTEN = (Relation.SAME, Relation.INFLECTED)


def find_candidates(text: PreparedText, index: MatchIndex, heading: PreparedText | None = None) -> list[Candidate]:
    """All candidates in the text, weak and contradictory ones included.

    Below a heading those too whose topic only the heading names ('Tillsyn görs gemensamt' under 'Krogar').
    """
    found: list[Candidate] = []
    terms = frozenset(text.spots)
    for term in filter(index.wording_anchors.__contains__, text.spots):
        for entry, anchor in index.wording_anchors[term]:
            if entry.may_be_among(terms):
                for spot in text.spots[term]:
                    candidate = _wording_at(text, index, entry, anchor, spot, heading=heading)
                    if candidate is not None:
                        found.append(candidate)
    anchored = map(index.pattern_anchors.__getitem__, filter(index.pattern_anchors.__contains__, text.spots))
    for number in dict.fromkeys(chain.from_iterable(anchored)):
        pattern = index.patterns[number]
        if pattern.may_be_among(terms) and is_under(heading, index, pattern.pattern.under):
            found.extend(pattern_in(text, index, pattern))
    return found


# ---- names -----------------------------------------------------------------------------------------------


def _wording_at(
    text: PreparedText,
    index: MatchIndex,
    entry: WordingEntry,
    anchor: int,
    spot: Spot,
    *,
    heading: PreparedText | None,
) -> Candidate | None:
    spots = in_order(text, index, entry.terms, anchor, spot) if len(entry.terms) > 1 else [spot]
    method = ""
    if spots is None and entry.may_be_reordered:
        spots, method = _in_any_order(text, index, entry, spot), "reordered"
    if spots is None and entry.may_be_partial:
        spots, method = _all_but_one(text, index, entry, anchor, spot), "partial"
    if spots is None or not _fits(text, index, entry, spots) or is_namesake(text, index, spots):
        return None
    wording = entry.wording
    if wording.unless and in_sentence(text, index, wording.unless, spots):
        return None
    words = tuple(place for one in spots for place in range(one.first, one.last + 1))
    lacks = bool(wording.needs) and not is_near(text, index, wording.needs, spots)
    if lacks and not (wording.or_capitals and capitals_tell(text, spots)):
        if not _is_told_above(heading, index, wording):
            return None
        return Candidate(entry.measure, wording.text, words, "heading", "pattern-under", entry.block)
    method = method or _method_of(text, entry, spots)
    grade = "capitals" if lacks else _grade_of(spots, method)
    return Candidate(entry.measure, wording.text, words, method, grade, entry.block)


def _is_told_above(heading: PreparedText | None, index: MatchIndex, wording: Wording) -> bool:
    """True when the heading has what the name needs near it ('AAS' below 'Krogar'), and nothing against it."""
    if heading is None or next(phrases_in(heading, index, index.conditions[wording.needs]), None) is None:
        return False
    return not wording.unless or next(phrases_in(heading, index, index.conditions[wording.unless]), None) is None


def _in_any_order(text: PreparedText, index: MatchIndex, entry: WordingEntry, spot: Spot) -> list[Spot] | None:
    """The spots of all the terms near one another; in long names one other word may stand between."""
    found = [spot]
    reach = 2 * len(entry.terms) + 1
    sentence = text.words[spot.first].sentence
    for term in entry.terms:
        if any(one in found for one in text.spots.get(term, ())):
            continue
        near = [
            other
            for other in text.spots.get(term, ())
            if abs(other.first - spot.first) <= reach
            and text.words[other.first].sentence == sentence
            and not any(one.first <= other.first <= one.last for one in found)
        ]
        if not near:
            return None
        found.append(min(near, key=lambda other: abs(other.first - spot.first)))
    found.sort()
    allowed = 1 if len(entry.terms) > 2 else 0
    return found if len(found) == len(entry.terms) and _others_between(text, index, found) <= allowed else None


def _all_but_one(
    text: PreparedText, index: MatchIndex, entry: WordingEntry, anchor: int, spot: Spot
) -> list[Spot] | None:
    """The spots in order when one term other than the anchor is left out."""
    for left_out in range(len(entry.terms) - 1, -1, -1):
        if left_out == anchor:
            continue
        terms = entry.terms[:left_out] + entry.terms[left_out + 1 :]
        found = in_order(text, index, terms, anchor - (left_out < anchor), spot)
        if found is not None:
            return found
    return None


def _others_between(text: PreparedText, index: MatchIndex, spots: Sequence[Spot]) -> int:
    taken = {place for spot in spots for place in range(spot.first, spot.last + 1)}
    between = range(spots[0].first, spots[-1].last)
    return sum(1 for place in between if place not in taken and not is_small(text.words[place], index))


def _fits(text: PreparedText, index: MatchIndex, entry: WordingEntry, spots: Sequence[Spot]) -> bool:
    """True when each word's form is one the wording allows."""
    wording = entry.wording
    if (wording.whole or wording.opening) and not _is_title(text, index, wording, spots):
        return False
    if wording.fixed and not entry.joined and _has_gaps(spots):
        return False
    if any(spot.relation not in _AS_WRITTEN for spot in spots) and not _forms_fit(entry, spots):
        return False
    if entry.joined or len(spots) != len(entry.terms):
        return not wording.cased or text.words[spots[0].first].raw[0].isupper()
    if len(spots) == 1:
        return _agrees(text.words[spots[0].first], entry.words[0], wording, spots[0], first=True)
    return all(
        _agrees(text.words[spot.first], own, wording, spot, first=number == 0)
        for number, (spot, own) in enumerate(zip(sorted(spots), _own_words(text, entry, spots), strict=True))
    )


def _forms_fit(entry: WordingEntry, spots: Sequence[Spot]) -> bool:
    """True when the words that are compounds, written in two or misspelt may be so in this name."""
    wording = entry.wording
    for number, spot in enumerate(spots):
        if spot.relation is Relation.COMPOUND_HEAD and number != len(spots) - 1:
            return False
        if spot.relation is Relation.COMPOUND_TAIL and number != 0:
            return False
        if wording.cased and spot.relation > Relation.INFLECTED:
            return False
        if wording.fixed and spot.relation in (Relation.COMPOUND_HEAD, Relation.COMPOUND_TAIL):
            return False
    return _misspelling_is_plausible(entry, spots)


def _has_gaps(spots: Sequence[Spot]) -> bool:
    return spots[-1].last - spots[0].first + 1 != sum(spot.last - spot.first + 1 for spot in spots)


def _misspelling_is_plausible(entry: WordingEntry, spots: Sequence[Spot]) -> bool:
    """False for a short word alone, or a name with most of its words wrong."""
    wrong = [spot for spot in spots if spot.relation is Relation.MISSPELT]
    if not wrong or entry.block:
        return not wrong
    if len(spots) == 1:
        return len(entry.words[0].norm) >= SHORTEST_MISSPELT and wrong[0].nearness > MISSPELT_IN_NAME_ONLY
    if len(wrong) == 1 or all(spot.nearness >= _ONLY_MARKS for spot in wrong):
        return True
    # Two letters lost or doubled in two words of a name ('Socala insatsgruper') are carelessness, not another name.
    return all(spot.nearness != MISSPELT_IN_NAME_ONLY for spot in wrong)


def _own_words(text: PreparedText, entry: WordingEntry, spots: Sequence[Spot]) -> Iterator[Word]:
    """The wording's words in the order in which they stand in the text."""
    terms = [
        next((number for number, term in enumerate(entry.terms) if spot in text.spots.get(term, ())), 0)
        for spot in sorted(spots)
    ]
    return (entry.words[number] for number in terms)


def _agrees(word: Word, own: Word, wording: Wording, spot: Spot, *, first: bool) -> bool:
    if wording.cased and not same_capitals(word, own, first=first):
        return False
    if wording.fixed and spot.relation is Relation.MISSPELT and word.stem == own.stem:
        return False  # 'välja att sluta' is another form, not 'Välj att sluta' misspelt
    return spot.relation is not Relation.INFLECTED or is_plausible_inflection(word.norm, own.norm)


def _is_title(text: PreparedText, index: MatchIndex, wording: Wording, spots: Sequence[Spot]) -> bool:
    """True when the text is nothing more, or a short title that goes on with a place or a purpose."""
    if spots[0].first != 0 or not text.is_whole or any(spot.relation > Relation.INFLECTED for spot in spots):
        return False
    if spots[-1].last == len(text.words) - 1:
        return wording.whole
    if _LABEL_END.fullmatch(text.words[spots[-1].last + 1].gap):
        return text.words[0].raw[0].isupper()
    if wording.opening and text.words[spots[-1].last].norm != words_of(wording.text)[-1].norm:
        return False  # 'Belysningen vid skolan släcks': a sentence, no title
    if len(text.words) > _LONGEST_TITLE or text.text.rstrip().endswith(".") or not text.words[0].raw[0].isupper():
        return False
    return text.words[spots[-1].last + 1].norm in index.title_prepositions


# ---- naming the way --------------------------------------------------------------------------------------


def _method_of(text: PreparedText, entry: WordingEntry, spots: Sequence[Spot]) -> str:
    worst = max(spot.relation for spot in spots)
    if worst is Relation.MISSPELT:
        return "misspelt"
    if worst is Relation.SPLIT or entry.joined:
        return "split"
    if entry.wording.cased and not entry.wording.needs and capitals_say_nothing(text, entry.words[0], spots):
        return "ambiguous"
    if worst in (Relation.COMPOUND_HEAD, Relation.COMPOUND_TAIL):
        return "compound"
    if len(spots) == 1 and is_abbreviation(entry.words[0].raw):
        return "abbreviation"
    norms = [text.words[spot.first].norm for spot in spots]
    return "exact" if norms == [word.norm for word in entry.words] else "inflected"


def _grade_of(spots: Sequence[Spot], method: str) -> str:
    if method == "misspelt":
        nearness = min(spot.nearness for spot in spots)
        return "misspelt-near" if nearness >= 0.9 else "misspelt-far"
    if method == "compound":
        return "compound-tail" if spots[0].relation is Relation.COMPOUND_TAIL else "compound-head"
    if method == "reordered":
        misspelt = any(spot.relation is Relation.MISSPELT for spot in spots)
        return "reordered-misspelt" if misspelt else "reordered"
    return method
