"""Takes a goal's text and the place of a figure in it, gives what the figure measures and when it is to be reached."""

from __future__ import annotations

import re
from functools import cache

from samsyn.extract.dates import find_dates
from samsyn.extract.finders.target_words import listed, small, words
from samsyn.vocabulary.phrases import PhrasePattern, either_of

_QUANTITY_WITHIN = 400


def quantity_before(text: str, end: int) -> str | None:
    """What is measured: the clause's words before its verb, such as 'andelen elever som har prövat narkotika'."""
    first = max(0, end - _QUANTITY_WITHIN)
    start = max(first, *(text.rfind(mark, first, end) + 1 for mark in (". ", "; ", ": ", "\n")))
    clause = text[start:end].strip(" .;:")
    for verbs in _finite():
        found = list(verbs.finditer(clause))
        if found:
            behind = clause[found[-1].end() :]
            clause = _without_lead(clause[: found[-1].start()]).strip(" ,") or _subject_behind(behind)
            break
    return _named(_without_lead(clause))


@cache
def _finite() -> tuple[PhrasePattern, ...]:
    return tuple(PhrasePattern(verbs) for verbs in words()["verbs"]["finite"])


def _named(clause: str) -> str | None:
    """The words without what leads on to the number; None where they begin with a number themselves."""
    words_ = _leads_on().sub("", clause).strip(" ,:")
    return words_ if words_ and not words_[0].isdigit() and words_.casefold() not in words()["verbs"]["leads"] else None


def _subject_behind(clause: str) -> str:
    """'Senast 2026 ska andelen trygga ha ökat': what stands between the verb and the next."""
    found = listed("verbs", "infinitives").search(clause)
    return clause[: found.start()] if found else ""


def _without_lead(clause: str) -> str:
    """'Hösten 2014 ska …', 'Målet är att …' and 'Minska …' name no quantity."""
    aim = _aim().search(clause)
    clause = clause[aim.end() :] if aim else clause
    lead = listed("verbs", "leads").match(clause.lstrip())
    rest = clause.lstrip()[lead.end() :] if lead else clause
    return _idle_start().sub("", rest)


@cache
def _leads_on() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{either_of(words()['verbs']['trailing'])})\s*$")


@cache
def _aim() -> re.Pattern[str]:
    aims = either_of(words()["verbs"]["aims"])
    return re.compile(rf"\b(?:{aims})\s+(?:(?:{small('is')})\s+)?(?:{small('that')})\s+", re.IGNORECASE)


@cache
def _idle_start() -> re.Pattern[str]:
    """A year, a small word or a sign that a clause begins with once its lead is gone."""
    return re.compile(rf"^\s*(?:(?:(?:{small('year')})\s+)?(?:19|20)\d\d|{small('that', 'of')}|[^\w\s]+)(?!\w)")


def object_after(text: str, start: int) -> str | None:
    """What a verb in front of `start` is done to: 'halvera cannabisbruket till 2027' gives 'cannabisbruket'."""
    clause = re.split(r"[.;,(]", text[start : start + _QUANTITY_WITHIN], maxsplit=1)[0]
    end = _noun_ends(every=False).search(clause)
    return _small_start("after_object").sub("", clause[: end.start()] if end else clause).strip() or None


@cache
def _small_start(name: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:{small(name)})\s+")


def noun_after(text: str, start: int) -> str | None:
    """The word right behind a number, when it can be what is counted."""
    match = re.match(r"\s+([a-zåäöA-ZÅÄÖ-]{3,})", text[start:])
    return match.group(1) if match and match.group(1).casefold() not in words()["units"]["not_nouns"] else None


def counted_noun(text: str, start: int) -> str | None:
    """What 'tre av fyra' and 'var tionde' are of: the words up to the verb."""
    clause = re.split(r"[.;,(]", text[start : start + _QUANTITY_WITHIN], maxsplit=1)[0]
    end = _noun_ends(every=True).search(clause)
    noun = clause[: end.start()].strip() if end else ""
    first = noun.partition(" ")[0].casefold()
    return noun if noun and first not in (*words()["verbs"]["trailing"], *words()["units"]["not_nouns"]) else None


@cache
def _noun_ends(*, every: bool) -> PhrasePattern:
    """Words that end what is counted: verbs and 'till'; not `every` leaves those out that may stand within it."""
    verbs = words()["verbs"]
    more = (*verbs["finite"][1], *verbs["infinitives"]) if every else ()
    return PhrasePattern([*verbs["finite"][0], *verbs["ends"], *more])


# ---- when ----


def deadline_of(text: str) -> str | None:
    """When: 'senast 2021-10-31', 'till juni 2022', 'vid utgången av 2014'; else the words used; else 'under 2019'."""
    deadlines = words()["deadlines"]
    said = listed("deadlines", "words").search(text)
    return (
        _latest_day(text, tuple(deadlines["before"]))
        or (said.group() if said else None)
        or _latest_day(text, tuple(deadlines["during"]))
    )


def _latest_day(text: str, leads: tuple[str, ...]) -> str | None:
    """The last day of the latest date behind one of the words; an earlier one is where the goal starts from."""
    days = [
        date.last
        for date in find_dates(text)
        if _lead_pattern(leads).search(text[: date.start]) and not _of_year().match(text, date.end)
    ]
    return max(days, default=None)


@cache
def _of_year() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{small('of_year')})\s")


@cache
def _lead_pattern(leads: tuple[str, ...]) -> re.Pattern[str]:
    fill = either_of(words()["deadlines"]["fill"])
    return re.compile(rf"(?<!\w)(?:{either_of(leads)})\s+(?:(?:{fill})\s+)?$", re.IGNORECASE)
