"""Takes the papers and fields of a document, gives when it is valid.

The document's own clause of validity outranks its title, the title other mentions; the periods of statistics, of an
agreement that is replaced and of another document never count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from samsyn.extract.dates import SpanMention, add_months, find_duration, find_spans, is_open_ended
from samsyn.extract.finders.fields import Field
from samsyn.extract.finders.identity import Title, principal_paper
from samsyn.extract.finders.passages import Paper, Stretch, sentences_of
from samsyn.extract.finders.wording import message, phrase_pattern
from samsyn.models.agreement import DocumentKind, Period
from samsyn.models.section import BINDING_PARTS
from samsyn.models.source import Caution, Evidence

_LONGEST_PERIOD_YEARS = 15


class _Clause(NamedTuple):
    """A period that one place gives; `rank` 0 counts most, `open_ended` says that it has no end."""

    rank: int
    start: str | None
    end: str | None
    open_ended: bool
    text: str
    evidence: tuple[Evidence, ...]
    from_signing: bool = False

    @property
    def days(self) -> str:
        """The two days as a reader sees them in a warning."""
        return f"{self.start or '–'} till {self.end or ('tills vidare' if self.open_ended else '–')}"


def find_period(
    papers: tuple[Paper, ...],
    fields: tuple[Field, ...],
    title: Title | None,
    kind: DocumentKind,
    signing_days: tuple[str, ...] = (),
) -> tuple[Period, tuple[Caution, ...]]:
    """The period of validity; `signing_days` are the days of the signatures, for one that begins with them."""
    clauses = [*_from_fields(fields), *_from_sentences(papers, kind, signing_days)]
    clauses.sort(key=lambda clause: clause.rank)
    named = _from_title(title)
    chosen = _complete(clauses, named)
    if chosen is None:
        return Period(), ()
    period = Period(start=chosen.start, end=chosen.end, text=chosen.text, evidence=chosen.evidence)
    return period, tuple(_cautions(chosen, clauses, named))


def _complete(clauses: list[_Clause], named: _Clause | None) -> _Clause | None:
    """The best clause; a missing end is taken from another place that does not contradict it."""
    if not clauses:
        return named
    chosen = clauses[0]
    for other in (*clauses[1:], *((named,) if named else ())):
        if chosen.start is None and other.start and (chosen.end is None or other.end == chosen.end):
            chosen = chosen._replace(start=other.start, end=chosen.end or other.end, evidence=chosen.evidence + other.evidence)
        if chosen.end is None and not chosen.open_ended and other.end and other.start == chosen.start:
            chosen = chosen._replace(end=other.end, evidence=chosen.evidence + other.evidence)
    return chosen


def _cautions(chosen: _Clause, clauses: list[_Clause], named: _Clause | None) -> Iterator[Caution]:
    for other in clauses:
        if other.rank <= 2 and _contradicts(chosen, other):
            yield _caution("period-clauses-differ", chosen, other)
            return
    if named is not None and _contradicts(chosen, named):
        yield _caution("period-differs", chosen, named)
    if chosen.start is None and chosen.end is None and not chosen.open_ended:
        yield Caution(code="period-vague", message=message("period-vague", clause=chosen.text), evidence=chosen.evidence)
    elif chosen.from_signing and chosen.start is None:
        yield Caution(code="period-from-signing", message=message("period-from-signing"), evidence=chosen.evidence)


def _contradicts(one: _Clause, other: _Clause) -> bool:
    starts = bool(one.start and other.start and one.start != other.start)
    ends = bool(one.end and other.end and one.end != other.end)
    return starts or ends or bool(one.open_ended and other.end) or bool(other.open_ended and one.end)


def _caution(code: str, chosen: _Clause, other: _Clause) -> Caution:
    return Caution(
        code=code,
        message=message(code, clause=chosen.days, title=other.days),
        evidence=chosen.evidence + other.evidence,
    )


def _from_title(title: Title | None) -> _Clause | None:
    if title is None:
        return None
    spans = [span for span in find_spans(title.text) if _is_sane(span)]
    ranges = [span for span in spans if span.first and span.last and span.first[:4] != span.last[:4]]
    span = next(iter(ranges or spans), None)
    if span is None:
        return None
    return _Clause(9, span.first, span.last, span.open_ended, title.text[span.start : span.end], title.evidence)


def _is_sane(span: SpanMention) -> bool:
    if span.first and span.last:
        return 0 <= int(span.last[:4]) - int(span.first[:4]) <= _LONGEST_PERIOD_YEARS
    return True


def _from_fields(fields: tuple[Field, ...]) -> Iterator[_Clause]:
    """'Gäller fr o m' with 'Gäller t o m', or one field with both ends."""
    own = [field for field in fields if field.paper in BINDING_PARTS]
    starts = [field for field in own if field.meaning == "valid-from"]
    ends = [field for field in own if field.meaning == "valid-to"]
    for index, field in enumerate(starts or ends):
        first = field if starts else None
        last = ends[index] if starts and index < len(ends) else None if starts else field
        yield from _pair(first, last)
    for field in own:
        if field.meaning == "valid":
            yield from _spans_of(field.value, 0)


def _pair(first: Field | None, last: Field | None) -> Iterator[_Clause]:
    start = _first_day(first.value.text) if first else (None, None)
    end = _last_day(last.value.text) if last else None
    held = [field.value for field in (first, last) if field]
    open_ended = any(is_open_ended(value.text) for value in held)
    if start[0] or end or open_ended:
        evidence = tuple(item for value in held for item in value.locate())
        text = " – ".join(value.text for value in held)
        yield _Clause(0, start[0], end or start[1], open_ended, text, evidence)


def _first_day(text: str) -> tuple[str | None, str | None]:
    """The first day of a 'valid from' value, and its last when it gives a whole range."""
    spans = find_spans(text if " " in text and any(c.isalpha() for c in text) else f"från {text}")
    for span in spans or find_spans(f"från {text}"):
        if span.first:
            return span.first, span.last if span.last and span.first[:4] != span.last[:4] else None
    return None, None


def _last_day(text: str) -> str | None:
    for span in find_spans(f"till {text}"):
        if span.last:
            return span.last
    return None


def _spans_of(value: Stretch, rank: int) -> Iterator[_Clause]:
    for span in find_spans(value.text):
        if _is_sane(span):
            yield _Clause(rank, span.first, span.last, span.open_ended, value.text, value.locate())
            return


def _from_sentences(papers: tuple[Paper, ...], kind: DocumentKind, signing_days: tuple[str, ...]) -> Iterator[_Clause]:
    """Clauses of validity in the binding papers, the agreement's own first; then sentences that name the period."""
    principal = principal_paper(papers)
    for paper in papers:
        if paper.kind not in BINDING_PARTS and paper is not principal:
            continue
        own = 0 if paper is principal else 3
        for line in paper.lines():
            about = paper.is_about(line.block, "period")
            for sentence in sentences_of(line):
                clause = _read_clause(sentence, kind, about, signing_days)
                if clause is not None and (own == 0 or clause.rank <= 2):
                    yield clause._replace(rank=clause.rank + own)
    for paper in papers:
        if paper.kind not in BINDING_PARTS and paper is not principal:
            yield from _from_wrapper(paper, kind)


def _from_wrapper(paper: Paper, kind: DocumentKind) -> Iterator[_Clause]:
    """'… för perioden 2024–2027' in the papers in front: the least of all."""
    for line in paper.lines():
        for sentence in sentences_of(line):
            if _names(kind).search(sentence.text) and not _foreign().search(sentence.text):
                yield from _period_phrase(sentence, 12)


def _names(kind: DocumentKind) -> re.Pattern[str]:
    return phrase_pattern("metadata.toml", "subjects", kind)


def _foreign() -> re.Pattern[str]:
    return phrase_pattern("metadata.toml", "validity", "foreign")


def _read_clause(
    sentence: Stretch, kind: DocumentKind, about: bool, signing_days: tuple[str, ...]
) -> _Clause | None:
    """The period of a sentence that says how long this document holds, or None."""
    text = sentence.text
    if len(text) > 500:
        return None
    cue = phrase_pattern("metadata.toml", "validity", "cues").search(text)
    subject = _own_subject(text, kind)
    if _foreign().search(text[: _cut(text)]):
        return None
    if cue is None or not (subject or about):
        if about:
            return next(_spans_of(sentence, 2), None)
        return next(_period_phrase(sentence, 5), None) if subject else None
    rank = 1 if subject or about else 2
    return _clause_of(sentence, rank, signing_days)


def _cut(text: str) -> int:
    """Where the sentence's validity part ends: what follows on notice or prolongation is another matter."""
    spans = find_spans(text)
    return spans[0].end if spans else len(text)


def _own_subject(text: str, kind: DocumentKind) -> bool:
    """True when the sentence speaks of this very document: its own kind in the definite form, or with 'denna'."""
    for hit in _names(kind).finditer(text):
        word = hit.group().casefold()
        before = text[: hit.start()].rstrip().rsplit(" ", 1)[-1].casefold()
        if before not in ("en", "ett", "ny", "nytt", "varje"):
            return True
        if word.endswith(("en", "et", "na")):
            return True
    return False


def _clause_of(sentence: Stretch, rank: int, signing_days: tuple[str, ...]) -> _Clause | None:
    text = sentence.text
    spans = [span for span in find_spans(text) if _is_sane(span)]
    span = _widest(spans)
    signed = phrase_pattern("metadata.toml", "validity", "from_signing").search(text) is not None
    start = span.first if span else None
    end = span.last if span else None
    open_ended = span.open_ended if span else False
    if signed and start is None and len(set(signing_days)) == 1:
        start = signing_days[0]
    duration = find_duration(text)
    if duration and end is None and not open_ended and start:
        end = add_months(start, duration[2])
    mandate = phrase_pattern("metadata.toml", "validity", "mandate").search(text)
    if span is None and not signed and duration is None and mandate is None:
        return None
    return _Clause(rank, start, end, open_ended, text, sentence.locate(), signed)


def _widest(spans: list[SpanMention]) -> SpanMention | None:
    """The span with both ends, else the first that has one; single years count least."""
    def worth(span: SpanMention) -> int:
        if span.first and span.last:
            return 0 if span.first[:4] != span.last[:4] or span.first[5:] != "01-01" else 2
        return 0 if span.open_ended and span.first else 1

    return min(spans, key=worth, default=None)


def _period_phrase(sentence: Stretch, rank: int) -> Iterator[_Clause]:
    """'under perioden 2024–2027': only a range that stands right behind such a word."""
    text = sentence.text
    cue = phrase_pattern("metadata.toml", "validity", "purpose_cues")
    for span in find_spans(text):
        before = text[max(0, span.start - 25) : span.start]
        if span.first and span.last and span.first[:4] != span.last[:4] and cue.search(before) and _is_sane(span):
            yield _Clause(rank, span.first, span.last, False, text[span.start : span.end], sentence.part(span.start, span.end).locate())
            return
