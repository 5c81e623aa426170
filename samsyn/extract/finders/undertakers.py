"""Takes a measure and what it stands under, gives the parties that undertake it, as far as words tell.

'Polisen lovar att:' above a list, a heading 'Kommunens åtgärder', '(Polis)' behind an item, an item that begins
'Kommunen och polisen …', and the columns of a table each say who; 'vi' says no more than that somebody does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from samsyn.extract.cues import names_actor
from samsyn.extract.finders.found import FoundMeasure
from samsyn.extract.finders.organisations import party_kind
from samsyn.extract.finders.wording import words_under
from samsyn.extract.language import split_sentences
from samsyn.models.agreement import PartyKind
from samsyn.vocabulary.phrases import either_of, joining_words, phrase_list, phrase_pattern

_BOTH: tuple[PartyKind, ...] = ("municipality", "police")
_SHORT = 6
"""Words of a heading or line that say who without a verb: 'Kommunens åtaganden', 'Polis:'."""
_ACTIONS: tuple[tuple[str, PartyKind], ...] = (("municipality_action", "municipality"), ("police_action", "police"))


def find_undertakers(measure: FoundMeasure, headings: Sequence[str]) -> tuple[PartyKind, ...]:
    """'municipality' and 'police' in this order, as far as they are told; empty where nothing tells.

    What the measure says itself outranks the line above its list, and that the `headings`, the nearest first.
    """
    acting = [kind for field, kind in _ACTIONS if _says(measure.fields.get(field))]
    if acting:
        units = _of_units(measure.responsible)
        return _ordered((*acting, *units)) if units or not measure.responsible else ()
    title = measure.fields.get("title", "")
    # Where somebody is named as responsible, a heading over all the measures says nothing of this one.
    above = [text for text in (measure.led_by, *(() if measure.responsible else headings)) if text]
    told = _opening(title) or _of_units(measure.responsible)
    if not told and names_actor(title) and not _is_we(title) and not _opens_jointly(title):
        return ()  # 'Fastighetsägarna prövar …' under 'Tillsammans': somebody else does
    return told or next((kinds for text in above if (kinds := _leading(text))), ())


def _is_we(text: str) -> bool:
    return phrase_pattern("undertakers", "we").search(text) is not None


def _says(cell: str | None) -> bool:
    return cell is not None and any(letter.isalpha() for letter in cell)


def _opening(text: str) -> tuple[PartyKind, ...]:
    """Those that the text begins with: 'Polisen och kommunen genomför …'."""
    begins = _run().match(text.strip())
    # 'Tillsammans med föreningarna …' does not say who.
    return _kinds_in(begins.group()) if begins and not _opens_jointly(text) else ()


def _opens_jointly(text: str) -> bool:
    return phrase_pattern("undertakers", "jointly").match(text.strip()) is not None


def _of_units(units: Iterable[str]) -> tuple[PartyKind, ...]:
    """The parties among the responsible units; none when one of them is no party by its name."""
    kinds = [_kinds_in(unit) if _run().fullmatch(unit.strip()) else _of_name(unit) for unit in units]
    return _ordered(kind for some in kinds for kind in some) if all(kinds) else ()


def _of_name(unit: str) -> tuple[PartyKind, ...]:
    """'Socialnämnden' and 'Tekniska kontoret' are the municipality's, 'Områdespolis' the police's."""
    words = unit.casefold().split()
    for kind in _BOTH:
        if words and words[-1].endswith(phrase_list("undertakers", f"{kind}_endings")):
            return (kind,)
    named = party_kind(unit)
    return (named,) if named in _BOTH else ()


def _leading(text: str) -> tuple[PartyKind, ...]:
    """Those that a heading or a line above a list says undertake what follows."""
    sentence = split_sentences(text)[-1].text if text.strip() else ""
    # 'Kommunen ska tillsammans med skolan' names one party, 'tillsammans med polisen' the other too.
    partners = [
        named.group()
        for hit in phrase_pattern("undertakers", "with").finditer(sentence)
        if (named := _run().match(sentence[hit.end() :].lstrip()))
    ]
    sentence = phrase_pattern("undertakers", "with").sub("", sentence)
    acting = [hit.group() for hit in _acting().finditer(sentence)]
    if acting:
        return _kinds_in(" ".join((*acting, *partners)))
    if len(sentence.split()) > _SHORT:
        return ()
    bare = sentence.strip(" :;.")
    named = _run().match(bare) or _at_end().search(bare)
    return _kinds_in(named.group()) if named else ()


def _kinds_in(text: str) -> tuple[PartyKind, ...]:
    found = [kind for kind in _BOTH if phrase_pattern("undertakers", kind).search(text)]
    return _BOTH if phrase_pattern("undertakers", "both").search(text) else tuple(found)


def _ordered(kinds: Iterable[PartyKind]) -> tuple[PartyKind, ...]:
    named = set(kinds)
    return tuple(kind for kind in _BOTH if kind in named)


@cache
def _run() -> re.Pattern[str]:
    """One party or several joined, each with the name of its place: 'Habo kommun och polisen i Habo'."""
    return re.compile(rf"(?:{_parties()})(?!\w)")


@cache
def _at_end() -> re.Pattern[str]:
    """'Åtgärder – polisen', 'Åtagande kommun', but not 'Trygghet i kommunen'."""
    return re.compile(rf"{_no_place()}(?:{_parties()})$")


@cache
def _acting() -> re.Pattern[str]:
    """Parties beside a verb by which they undertake something: 'Polisen lovar', 'ska kommunen och polisen'."""
    verbs = rf"(?i:{either_of(phrase_list('undertakers', 'verbs'))})"
    before = rf"(?:{_parties()})\s+(?:\w+\s+){{0,2}}?{verbs}"
    return re.compile(rf"(?:{_no_place()}{before}|(?<!\w){verbs}\s+(?:{_parties()}))(?!\w)")


def _no_place() -> str:
    """No word such as 'i' before: in 'tryggheten i kommunen' the municipality is only the place."""
    before = (rf"(?<!\b{re.escape(word)}\s)" for word in words_under("places.toml", "words", "within"))
    return r"(?<!\w)" + "".join(before)


@cache
def _parties() -> str:
    names = either_of(name for key in (*_BOTH, "both") for name in phrase_list("undertakers", key))
    one = rf"(?:[A-ZÅÄÖ][\w-]*\s+){{0,2}}(?i:{names})(?:(?:\s+i)?(?:\s+[A-ZÅÄÖ][\w-]*){{1,2}})?"
    return rf"{one}(?:\s*(?:,|/|&|(?:{joining_words()})\s)\s*{one})*"
