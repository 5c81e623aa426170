"""Takes the papers and fields of a document, gives who adopted it and when.

A date of signing, of proposing or of revising is not a date of decision; a body that is only about to decide is given
without a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeVar

from samsyn.extract.dates import DateMention, find_days, read_short_day
from samsyn.extract.finders.bodies import BodyMention, find_bodies
from samsyn.extract.finders.fields import Field
from samsyn.extract.finders.identity import names_kind
from samsyn.extract.finders.passages import Paper, Stretch
from samsyn.extract.finders.wording import first_words, message, phrase_pattern, words_under
from samsyn.models.agreement import Decision, DocumentKind
from samsyn.models.document import Block
from samsyn.models.section import BINDING_PARTS, PartKind
from samsyn.models.source import Caution, Evidence
from samsyn.vocabulary.phrases import PhrasePattern, either_of

LONGEST_NOTE = 160
"""A line of at most so many characters that begins with 'Antagen …' is a note on a cover, not prose."""


_HEAD_LINES = 2
"""So many blocks at the end of the paper before the minutes, or at their beginning, may be their header."""

_Mention = TypeVar("_Mention", BodyMention, DateMention)


class _Statement(NamedTuple):
    """What one place says of the decision, and how much it counts: 0 most."""

    rank: int
    body: str | None
    date: str | None
    evidence: tuple[Evidence, ...]


def find_decision(
    papers: tuple[Paper, ...], fields: tuple[Field, ...], kind: DocumentKind, furniture: tuple[Block, ...] = ()
) -> tuple[Decision, tuple[Caution, ...]]:
    """The body and date of adoption with evidence; a caution when two equally good places differ."""
    statements = sorted(
        [
            *_from_fields(fields),
            *_from_binding(papers, kind),
            *_from_minutes(papers, fields, furniture),
            *_from_proposals(papers, kind),
        ],
        key=lambda statement: statement.rank,
    )
    body = next((statement for statement in statements if statement.body), None)
    dated = next((statement for statement in statements if statement.date and _agrees(statement, body)), None)
    if body is None and dated is None:
        return Decision(), ()
    evidence = tuple(dict.fromkeys((*(body.evidence if body else ()), *(dated.evidence if dated else ()))))
    decision = Decision(date=dated.date if dated else None, body=body.body if body else None, evidence=evidence)
    return decision, tuple(_differences(statements, decision))


def _agrees(statement: _Statement, body: _Statement | None) -> bool:
    return body is None or statement.body in (None, body.body)


def _differences(statements: list[_Statement], decision: Decision) -> Iterator[Caution]:
    for statement in statements:
        if statement.rank > 2 or not statement.date or not decision.date:
            continue
        if statement.date != decision.date or (statement.body and statement.body != decision.body):
            first, second = (
                f"{body} {day}" for body, day in ((decision.body, decision.date), (statement.body, statement.date))
            )
            yield Caution(
                code="decision-differs",
                message=message("decision-differs", first=first, second=second),
                evidence=decision.evidence + statement.evidence,
            )
            return


def _from_fields(fields: tuple[Field, ...]) -> Iterator[_Statement]:
    """Control-table fields; those of an agreement or its annexes count most."""
    for index, field in enumerate(fields):
        if not field.is_fact:
            continue
        rank = 0 if field.paper.kind in BINDING_PARTS else 3
        text = _before_revision(field.value.text)
        bodies, days = find_bodies(text), find_days(text)
        body = bodies[0].name if bodies else None
        day = days[0].first if days else None
        is_decision = field.meaning in ("decided", "decided-when") or (field.meaning == "decided-by" and body)
        if is_decision and (body or day):
            yield _Statement(rank, body, day, field.value.locate())
        if field.meaning == "decided-by" and body and day is None:
            yield from _dated_beside(fields, index, rank)


def _dated_beside(fields: tuple[Field, ...], index: int, rank: int) -> Iterator[_Statement]:
    """'Fastställd av | KS' and next to it only 'Datum | 2018-05-17': the day of the decision."""
    for other in fields[index + 1 : index + 3]:
        days = find_days(other.value.text)
        if other.meaning == "date" and other.paper is fields[index].paper and days:
            yield _Statement(rank, None, days[0].first, other.value.locate())
            return


def _before_revision(text: str) -> str:
    """The text up to a word of revising or preparing: only the first decision counts."""
    hit = phrase_pattern("metadata.toml", "decision", "not_decision").search(text)
    return text[: hit.start()] if hit else text


def _from_binding(papers: tuple[Paper, ...], kind: DocumentKind) -> Iterator[_Statement]:
    for paper in papers:
        if paper.kind not in BINDING_PARTS and paper.kind is not PartKind.OTHER:
            continue
        penalty = 0 if paper.kind is PartKind.AGREEMENT else 1
        notes = [_bare_note(line) for line in paper.lines if paper.is_cover(line.block)]
        deciding = paper.sentences_with("metadata.toml", "decision", "verbs")
        notes += [_read_note(sentence.stretch, sentence.line, kind) for sentence in deciding]
        yield from (note._replace(rank=note.rank + penalty) for note in notes if note is not None)


def _read_note(sentence: Stretch, line: Stretch, kind: DocumentKind) -> _Statement | None:
    """A note on a cover ('Antagen av …') or a sentence about this agreement ('Löftet är godkänt av …')."""
    text = _before_revision(sentence.text)
    if _foreign().search(text):
        return None
    for verb in _verbs().finditer(text):
        is_note = (verb.start() <= 1 and len(line.text) <= LONGEST_NOTE) or _is_glued_note(text, verb)
        if is_note or _is_about_this(text, verb, kind):
            body, day = _nearest(find_bodies(text), verb), _nearest(find_days(text), verb)
            if body is not None and _stands_near(text, verb, body):
                date = day.first if day else read_short_day(text[verb.end() :]) if is_note else None
                return _Statement(1, body.name, date, sentence.locate())
    return None


def _bare_note(line: Stretch) -> _Statement | None:
    """'Kommunfullmäktige 2019-03-25 § 33': a cover's line that is body, day and paragraph and nothing else."""
    text = line.text
    bodies, days = find_bodies(text), find_days(text)
    if len(bodies) != 1 or len(days) != 1 or len(text) > LONGEST_NOTE:
        return None
    rest = text.replace(text[bodies[0].start : bodies[0].end], "").replace(text[days[0].start : days[0].end], "")
    rest = _verbs().sub("", rest)
    if re.fullmatch(r"\W*(?:§+\s*\d+)?\W*", rest) is None:
        return None
    return _Statement(1, bodies[0].name, days[0].first, line.locate())


def _is_glued_note(text: str, verb: re.Match[str]) -> bool:
    """'… LÄN Antaget av kommunfullmäktige 2010-06-14': a transcript runs the cover together; the capital stays."""
    bodies = [body for body in find_bodies(text) if body.start >= verb.end()]
    if not verb.group()[0].isupper() or not bodies:
        return False
    return bodies[0].start - verb.end() <= 5 and any(day.start >= verb.end() for day in find_days(text))


def _stands_near(text: str, verb: re.Match[str], body: BodyMention) -> bool:
    if body.start < verb.end():
        return True
    between = text[verb.end() : body.start]
    return len(between) <= 90 and not re.search(r"[.;]", between)


def _nearest(mentions: tuple[_Mention, ...], verb: re.Match[str]) -> _Mention | None:
    """The mention behind the verb if there is one, else the last before it."""
    behind = [mention for mention in mentions if mention.start >= verb.end()]
    if behind:
        return behind[0]
    return mentions[-1] if mentions else None


def _is_about_this(text: str, verb: re.Match[str], kind: DocumentKind) -> bool:
    """True when the sentence's subject or object is this very document, named in the definite form."""
    names = phrase_pattern("metadata.toml", "subjects", kind)
    subject = names.search(text[: verb.start()])
    if subject is not None and (verb.start() - subject.end() <= 40 or _is_linked(text, verb)):
        return True
    pronoun = phrase_pattern("metadata.toml", "decision", "pronouns").match(text)
    if pronoun is not None and verb.start() - pronoun.end() <= 12 and find_days(text):
        return True
    return names.search(text[verb.end() :]) is not None and bool(find_bodies(text[: verb.start()]))


def _is_linked(text: str, verb: re.Match[str]) -> bool:
    """True for a second statement on the sentence's subject: '… ersätter det förra och är godkänt av …'."""
    before = text[max(0, verb.start() - 20) : verb.start()].rstrip().casefold()
    return before.endswith(words_under("metadata.toml", "decision", "linked"))


@cache
def _verbs() -> PhrasePattern:
    return phrase_pattern("metadata.toml", "decision", "verbs")


@cache
def _foreign() -> PhrasePattern:
    return phrase_pattern("metadata.toml", "decision", "foreign")


def _from_minutes(
    papers: tuple[Paper, ...], fields: tuple[Field, ...], furniture: tuple[Block, ...]
) -> Iterator[_Statement]:
    """Minutes in which a body adopts: the body that meets, on the day it meets."""
    for before, paper in zip((None, *papers), papers, strict=False):
        if paper.kind is not PartKind.MINUTES:
            continue
        heads = (*furniture, *(before.blocks[-_HEAD_LINES:] if before else ()), *paper.blocks[:_HEAD_LINES])
        meeting = _meeting_day(paper, fields) or _day_in_header(heads)
        for sentence in paper.sentences:
            body = _adopting_body(sentence.stretch.text, paper.lines)
            if body is not None:
                yield _Statement(3, body, meeting, sentence.stretch.locate())


def _adopting_body(text: str, lines: tuple[Stretch, ...]) -> str | None:
    if phrase_pattern("metadata.toml", "decision", "not_decision").search(text):
        return None
    verb = phrase_pattern("metadata.toml", "decision", "adopting").search(text)
    if verb is None or not _objects().search(text) or _foreign().search(text):
        return None
    named = [body for body in find_bodies(text) if body.start < verb.start()]
    if named:
        return named[0].name
    return next((body.name for line in lines[:10] for body in find_bodies(line.text)), None)


@cache
def _objects() -> re.Pattern[str]:
    return re.compile(either_of(words_under("metadata.toml", "decision", "objects")), re.IGNORECASE)


def _meeting_day(paper: Paper, fields: tuple[Field, ...]) -> str | None:
    ids = {block.id for block in paper.blocks}
    for field in fields:
        if field.meaning == "meeting-date" and _outer(field.value.block) in ids:
            days = find_days(field.value.text)
            if days:
                return days[0].first
    heads = [day for line in paper.lines[:10] for day in find_days(line.text)]
    return heads[0].first if len({day.first for day in heads}) == 1 else None


def _day_in_header(heads: tuple[Block, ...]) -> str | None:
    """The day in the running header of minutes, or in one left among the text: 'SAMMANTRÄDESPROTOKOLL 2019-06-13'."""
    words = phrase_pattern("metadata.toml", "decision", "minutes_heads")
    days = {day.first for block in heads if words.search(block.text) for day in find_days(block.text)}
    return days.pop() if len(days) == 1 else None


def _outer(block: Block) -> str:
    return block.id.split(".", 1)[0]


def _from_proposals(papers: tuple[Paper, ...], kind: DocumentKind) -> Iterator[_Statement]:
    """'Förslag till kommunfullmäktige' and the like: the body that is to decide, without a date."""
    proposals = first_words("metadata.toml", "decision", "proposals")
    for paper in papers:
        rank = 4 if paper.kind in BINDING_PARTS else 5
        for sentence in paper.sentences:
            body = None
            if not proposals.isdisjoint(sentence.words):
                body = _proposed_body(sentence.stretch.text, kind)
            if body is None and paper.kind is PartKind.MEMO:
                body = _asked_body(sentence.stretch.text)
            if body is not None:
                yield _Statement(rank, body, None, sentence.stretch.locate())


def _proposed_body(text: str, kind: DocumentKind) -> str | None:
    """The body right behind the last word of proposing; of another document than this one none."""
    if _foreign().search(text):
        return None
    names = phrase_pattern("metadata.toml", "subjects", kind)
    found = None
    for hit in phrase_pattern("metadata.toml", "decision", "proposals").finditer(text):
        before = text[: hit.start()]
        if names_kind(before) and not names.search(before):
            continue
        behind = (body for body in find_bodies(text) if body.start >= hit.end())
        body = next(behind, None)
        between = text[hit.end() : body.start] if body else ""
        if body is not None and len(between.split()) <= 1 and not re.search(r"[.;:]", between):
            found = body.name
    return found


def _asked_body(text: str) -> str | None:
    """'Kommunstyrelsen föreslås besluta att godkänna …': in a memo, the last body before the word of adopting."""
    verb = phrase_pattern("metadata.toml", "decision", "adopting").search(text)
    if verb is None or not _objects().search(text) or _foreign().search(text):
        return None
    bodies = [body for body in find_bodies(text) if body.start < verb.start()]
    return bodies[-1].name if bodies else None
