"""Takes the papers and fields of a document, gives when it is valid.

The document's own clause of validity outranks its title, the title other mentions; the periods of statistics, of an
agreement that is replaced and of another document never count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from samsyn.extract.cues import announces_measures
from samsyn.extract.dates import SpanMention, add_months, find_duration, find_spans, is_open_ended, is_vague
from samsyn.extract.finders.fields import Field
from samsyn.extract.finders.identity import Title, names_kind, principal_paper
from samsyn.extract.finders.passages import Paper, Sentence, Stretch, lines_of
from samsyn.extract.finders.wording import message, phrase_pattern, words_under
from samsyn.extract.language import leads_on
from samsyn.models.agreement import DocumentKind, Period
from samsyn.models.document import Block, BlockKind
from samsyn.models.section import BINDING_PARTS, PartKind
from samsyn.models.source import Caution, Evidence
from samsyn.vocabulary.gazetteer import find_places
from samsyn.vocabulary.phrases import PhrasePattern, either_of, has_phrase

_LONGEST_PERIOD_YEARS = 15
_LONGEST_SENTENCE = 500
_LONGEST_BARE = 100
_LEAD_SENTENCES = 4
"""So many sentences, headings among them, may say in passing which year the document is for."""


class Rank(IntEnum):
    """How much a place counts; the lowest outranks the others."""

    FIELD = 0
    CLAUSE = 1
    SECTION = 2
    ANNEX = 4
    TITLE = 5
    COVER = 6
    PURPOSE = 7
    HEADING = 8
    LEAD = 9
    WRAPPER = 10
    HEADER = 11
    VAGUE = 12


class _Clause(NamedTuple):
    """A period that one place gives; `open_ended` says that it has no end."""

    rank: Rank
    start: str | None
    end: str | None
    open_ended: bool
    text: str
    evidence: tuple[Evidence, ...]
    from_signing: bool = False

    @property
    def days(self) -> str:
        """The two days as a reader sees them in a warning."""
        end = self.end or (message("open-ended") if self.open_ended else "–")
        return message("days", start=self.start or "–", end=end)


def find_period(
    papers: tuple[Paper, ...],
    fields: tuple[Field, ...],
    title: Title | None,
    kind: DocumentKind,
    *,
    signing_days: tuple[str, ...] = (),
    furniture: tuple[Block, ...] = (),
) -> tuple[Period, tuple[Caution, ...]]:
    """The period of validity; `signing_days` are the days of the signatures, for a period that begins with them."""
    principal = principal_paper(papers)
    titled = tuple(_from_title(title))
    reader = _Reader(kind, tuple(sorted(set(signing_days))), within_a_year=bool(titled) and _is_one_year(titled[0]))
    clauses = [
        *_from_fields(fields, principal),
        *_from_papers(papers, principal, reader),
        *titled,
        *_from_cover(principal),
        *_from_headings(papers, reader),
        *_from_headers(furniture),
    ]
    clauses.sort(key=lambda clause: clause.rank)
    if not clauses:
        return Period(), ()
    chosen = _completed(clauses)
    period = Period(start=chosen.start, end=chosen.end, text=chosen.text, evidence=chosen.evidence)
    return period, tuple(_cautions(chosen, clauses))


def _completed(clauses: list[_Clause]) -> _Clause:
    """The best clause; the end it lacks is taken from the next that does not contradict what it has."""
    chosen = clauses[0]
    for other in clauses[1:]:
        fits = not _contradicts(chosen, other) and _shares_an_end(chosen, other)
        if chosen.start is None and other.start and fits:
            chosen = chosen._replace(start=other.start, evidence=chosen.evidence + other.evidence)
        if chosen.end is None and not chosen.open_ended and other.end and fits:
            chosen = chosen._replace(end=other.end, evidence=chosen.evidence + other.evidence)
    return chosen


def _shares_an_end(chosen: _Clause, other: _Clause) -> bool:
    """True when the other clause may complete the chosen one: it has the same end, or lacks just that end too."""
    if chosen.end and other.end:
        return chosen.end[:4] == other.end[:4]
    if chosen.start and other.start:
        return chosen.start[:4] == other.start[:4]
    return other.rank <= Rank.SECTION and bool(chosen.start or chosen.end)


def _cautions(chosen: _Clause, clauses: list[_Clause]) -> Iterator[Caution]:
    """A warning when clauses differ, when the title differs from the clause, when the days cannot be told."""
    for other in clauses[1:]:
        counts = chosen.rank <= Rank.SECTION and other.rank <= Rank.TITLE and other.rank != Rank.ANNEX
        if counts and _contradicts(chosen, other):
            code = "period-differs" if other.rank == Rank.TITLE else "period-clauses-differ"
            yield _caution(code, chosen, other)
            break
    if chosen.from_signing and chosen.start is None:
        yield Caution(code="period-from-signing", message=message("period-from-signing"), evidence=chosen.evidence)
    elif chosen.start is None and chosen.end is None and not chosen.open_ended:
        text = message("period-vague", clause=chosen.text)
        yield Caution(code="period-vague", message=text, evidence=chosen.evidence)


def _contradicts(one: _Clause, other: _Clause) -> bool:
    """True when both cannot hold; a period in whole years contradicts another only by its years."""
    precision = 4 if _whole_years(one) or _whole_years(other) else 10
    starts = bool(one.start and other.start and one.start[:precision] != other.start[:precision])
    ends = bool(one.end and other.end and one.end[:precision] != other.end[:precision])
    return starts or ends


def _whole_years(clause: _Clause) -> bool:
    starts = clause.start is None or clause.start.endswith("-01-01")
    return starts and (clause.end is None or clause.end.endswith("-12-31"))


def _caution(code: str, chosen: _Clause, other: _Clause) -> Caution:
    text = message(code, clause=chosen.days, title=other.days)
    return Caution(code=code, message=text, evidence=chosen.evidence + other.evidence)


def _is_sane(span: SpanMention) -> bool:
    if span.first and span.last:
        return 0 <= int(span.last[:4]) - int(span.first[:4]) <= _LONGEST_PERIOD_YEARS
    return True


def _from_title(title: Title | None) -> Iterator[_Clause]:
    if title is None:
        return
    span = _widest([span for span in find_spans(title.text) if _is_sane(span)])
    if span is not None:
        yield _of_span(span, Rank.TITLE, title.text[span.start : span.end], title.evidence)


def _of_span(span: SpanMention, rank: Rank, text: str, evidence: tuple[Evidence, ...]) -> _Clause:
    return _Clause(rank, span.first, span.last, span.open_ended, text, evidence)


def _from_cover(paper: Paper | None) -> Iterator[_Clause]:
    """A line of the cover that is a period and nothing else."""
    if paper is None:
        return
    for block in paper.blocks:
        if not paper.is_cover(block) or block.table is not None:
            continue
        for line in lines_of(block):
            yield from _bare_period(line, Rank.COVER)
            yield from _kind_and_years(line, Rank.COVER)


def _bare_period(line: Stretch, rank: Rank) -> Iterator[_Clause]:
    if len(line.text) > _LONGEST_BARE:
        return
    for span in find_spans(line.text):
        rest = (line.text[: span.start] + line.text[span.end :]).strip(" .,:()–-")
        lead = phrase_pattern("metadata.toml", "validity", "purpose_cues").sub("", rest).strip()
        if _is_sane(span) and span.first and span.last and not lead:
            yield _of_span(span, rank, line.text, line.locate())


def _kind_and_years(line: Stretch, rank: Rank) -> Iterator[_Clause]:
    """'Vårt medborgarlöfte för 2022–2023': a line of a cover that names the kind and the years it is for."""
    if len(line.text) > _LONGEST_BARE or line.text.endswith(".") or not names_kind(line.text):
        return
    lead = _phrases_before("kind_for")
    for span in find_spans(line.text):
        if span.first and span.last and lead.search(line.text[: span.start]) and _is_sane(span):
            yield _of_span(span, rank, line.text, line.locate())


def _from_headings(papers: tuple[Paper, ...], reader: _Reader) -> Iterator[_Clause]:
    """'Medborgarlöfte 2023–2025' as a heading within a page that has another title."""
    for paper in papers:
        if paper.kind is not PartKind.AGREEMENT:
            continue
        for block in paper.blocks:
            if block.kind is BlockKind.HEADING and len(block.text) <= _LONGEST_BARE:
                span = next(
                    (span for span in find_spans(block.text) if span.first and span.last and _is_sane(span)), None
                )
                if span is not None and reader.is_called(block.text[: span.start], block.text[span.end :]):
                    yield _of_span(span, Rank.HEADING, block.text, block.locate())


def _from_headers(furniture: tuple[Block, ...]) -> Iterator[_Clause]:
    """Years in a running header that names the kind of document: the least of all."""
    names = phrase_pattern("metadata.toml", "subjects", "all")
    for block in furniture:
        if names.search(block.text) is None:
            continue
        for span in find_spans(block.text):
            if span.first and span.last and span.first[:4] != span.last[:4] and _is_sane(span):
                yield _of_span(span, Rank.HEADER, block.text[span.start : span.end], block.locate(span.start, span.end))


def _from_fields(fields: tuple[Field, ...], principal: Paper | None) -> Iterator[_Clause]:
    """'Gäller fr o m' with 'Gäller t o m', or one field with both ends; a plan's own fields count less."""
    for paper in dict.fromkeys(field.paper for field in fields):
        if paper is not principal and paper.kind not in BINDING_PARTS:
            continue
        own = [field for field in fields if field.paper is paper and field.is_fact]
        rank = Rank.FIELD if paper is principal or paper.kind is PartKind.AGREEMENT else Rank.ANNEX
        yield from (clause._replace(rank=rank) for clause in _of_fields(own))


def _of_fields(fields: list[Field]) -> Iterator[_Clause]:
    starts = [field for field in fields if field.meaning == "valid-from"]
    ends = [field for field in fields if field.meaning == "valid-to"]
    if starts or ends:
        yield from _paired(starts[0] if starts else None, ends[0] if ends else None)
    for field in fields:
        if field.meaning in ("valid", "valid-loose"):
            yield from _first_span(field.value, Rank.FIELD)


def _paired(first: Field | None, last: Field | None) -> Iterator[_Clause]:
    held = [field.value for field in (first, last) if field]
    leads = (words_under("dates.toml", "words", key)[0] for key in ("from", "until"))
    ends = zip((first, last), leads, strict=True)
    spans = [span for field, lead in ends if field for span in _read(field.value.text, lead)]
    start = next((span.first for span in spans if span.first), None) if first else None
    end = next((span.last for span in reversed(spans) if span.last and span.last != start), None)
    open_ended = end is None and any(is_open_ended(value.text) for value in held)
    if start or end or open_ended:
        evidence = tuple(item for value in held for item in value.locate())
        yield _Clause(Rank.FIELD, start, end, open_ended, " – ".join(value.text for value in held), evidence)


def _read(value: str, lead: str) -> tuple[SpanMention, ...]:
    """The periods of a value, a lone day read as the end that its label names."""
    return tuple(span for span in find_spans(f"{lead} {value}") if span.first or span.last)


def _first_span(value: Stretch, rank: Rank) -> Iterator[_Clause]:
    for span in find_spans(value.text):
        if _is_sane(span):
            yield _of_span(span, rank, value.text, value.locate())
            return


def _from_papers(papers: tuple[Paper, ...], principal: Paper | None, reader: _Reader) -> Iterator[_Clause]:
    """Clauses in the principal paper, the other binding papers, and the papers in front."""
    for paper in papers:
        if paper is principal:
            yield from reader.clauses(paper)
        elif paper.kind is PartKind.AGREEMENT:
            yield from (
                clause for clause in reader.clauses(paper) if clause.rank <= Rank.SECTION or clause.rank == Rank.LEAD
            )
        elif paper.kind in BINDING_PARTS:
            own = (clause for clause in reader.clauses(paper) if clause.rank <= Rank.SECTION)
            yield from (clause._replace(rank=Rank.ANNEX) for clause in own)
        else:
            yield from reader.purposes(paper, Rank.WRAPPER)


class _Reader:
    """Reads the sentences of a document of one kind, signed on known days or not."""

    def __init__(self, kind: DocumentKind, signing_days: tuple[str, ...], *, within_a_year: bool) -> None:
        self._subjects = "uppföljning-part" if kind == "uppföljning" and within_a_year else kind
        self._names = phrase_pattern("metadata.toml", "subjects", self._subjects)
        self._signing_days = signing_days
        self._past = kind == "uppföljning"

    def clauses(self, paper: Paper) -> Iterator[_Clause]:
        """Every sentence of the paper that says how long the document holds."""
        before: Sentence | None = None
        for sentence in paper.sentences:
            about = paper.is_about(sentence.line.block, "period")
            named = sentence.may_hold("metadata.toml", "subjects", self._subjects) or _is_validity_noun(sentence)
            if about or named or self._goes_on(sentence, before):
                clause = self._clause(sentence.stretch, about=about, named=named)
                if clause is not None:
                    yield clause
            before = sentence
        yield from self._lead(paper)

    def _lead(self, paper: Paper) -> Iterator[_Clause]:
        """'Polisens och kommunens medborgarlöften för 2024 handlar om …' first on a page, a sentence that opens with
        the paper's name, 'Medborgarlöftet för år 2024 innehåller …', or one that a list of measures follows, 'Under
        perioden 2024–2027 ska vi:': the years it is for."""
        for place, sentence in enumerate(paper.sentences):
            text = sentence.stretch.text
            if place >= _LEAD_SENTENCES and not (self._names.match(text) or leads_on(text)):
                continue
            for span in find_spans(text):
                before, behind = text[: span.start], text[span.end :]
                named = _is_named_for(before, self._names) or _is_of_year(before, behind, self._names)
                leads = place < _LEAD_SENTENCES // 2 or announces_measures(text)
                named = named or (leads and self._tells_for_how_long(text, before))
                if span.first and span.last and named and _is_sane(span) and not self._is_foreign(text):
                    where = sentence.stretch.part(span.start, span.end)
                    yield _of_span(span, Rank.LEAD, where.text, where.locate())

    def _tells_for_how_long(self, text: str, before: str) -> bool:
        """'Polisen kommer under perioden 2023–2024 att …': who shall, or the paper, and a range."""
        told = has_phrase(text, "commitment", "strong") or self._names.match(text) is not None
        return told and _phrases_before("for_period").search(before) is not None

    def purposes(self, paper: Paper, rank: Rank) -> Iterator[_Clause]:
        """'… överenskommelsen för perioden 2024–2027': the period named in passing."""
        for sentence in paper.sentences:
            text = sentence.stretch.text
            if self._names.search(text) and not self._is_foreign(text):
                yield from _period_phrase(sentence.stretch, rank, self._names)

    def is_called(self, before: str, behind: str) -> bool:
        """True when what stands around a period is a name of this kind of document and nothing else, or a name that a
        word of validity follows: 'Medborgarlöfte som kommer att löpa under'."""
        around = f"{before}{behind}".strip(" .:,–-")
        if self._names.fullmatch(_without_place(around)) is not None:
            return True
        held = phrase_pattern("metadata.toml", "validity", "cues").search(before) is not None
        return (
            held and self._names.match(before) is not None and not behind.strip(" .:") and not self._is_foreign(around)
        )

    def _goes_on(self, sentence: Sentence, before: Sentence | None) -> bool:
        """'Den gäller från …' behind a sentence of the same line that names the document."""
        if before is None or before.line is not sentence.line or not self._names.search(before.stretch.text):
            return False
        lead = phrase_pattern("metadata.toml", "validity", "pronouns").match(sentence.stretch.text)
        cue = phrase_pattern("metadata.toml", "validity", "cues").search(sentence.stretch.text)
        return lead is not None and cue is not None and cue.start() - lead.end() <= 12

    def _clause(self, sentence: Stretch, *, about: bool, named: bool) -> _Clause | None:
        text = sentence.text
        own = self._is_own(text) if named else not about
        if len(text) > _LONGEST_SENTENCE:
            return None
        if self._is_foreign(text[: _validity_end(text)]):
            second = phrase_pattern("metadata.toml", "validity", "second").search(text) if own else None
            return self._dated(sentence.part(second.start()), Rank.SECTION) if second else None
        cue = phrase_pattern("metadata.toml", "validity", "cues").search(text)
        if cue is not None and (own or about):
            return self._dated(sentence, Rank.CLAUSE if own and about else Rank.SECTION)
        if about and not self._is_foreign(text):
            return self._dated(sentence, Rank.SECTION)
        return next(_period_phrase(sentence, Rank.PURPOSE, self._names, own=own), None)

    def _is_foreign(self, text: str) -> bool:
        """True when the words are about another agreement, or about something else than validity."""
        if phrase_pattern("metadata.toml", "validity", "foreign").search(text):
            return True
        return not self._past and phrase_pattern("metadata.toml", "validity", "past").search(text) is not None

    def _is_own(self, text: str) -> bool:
        """True when the sentence names this very document: in the definite form, with 'denna', or by its validity."""
        if phrase_pattern("metadata.toml", "validity", "nouns").search(text):
            return True
        for hit in self._names.finditer(text):
            if hit.group().casefold().endswith(words_under("metadata.toml", "words", "definite_endings")):
                return True
            before = text[: hit.start()].split()
            if before and before[-1].casefold() in words_under("metadata.toml", "words", "determiners"):
                return True
        return False

    def _dated(self, sentence: Stretch, rank: Rank) -> _Clause | None:
        """The clause with its days, as far as they can be told; None when it gives none and no reason why."""
        text = sentence.text
        span = _stated([span for span in find_spans(text) if _is_sane(span)], text)
        start, end = (span.first, span.last) if span else (None, None)
        open_ended = bool(span and span.open_ended)
        signed = phrase_pattern("metadata.toml", "validity", "from_signing").search(text) is not None
        if signed and start is None:
            start = self._signing_day(text)
        duration = find_duration(text)
        if duration and start and end is None and not open_ended:
            end = add_months(start, duration[2])
        mandate = phrase_pattern("metadata.toml", "validity", "mandate").search(text)
        if span is None and not signed and duration is None and mandate is None and not is_vague(text):
            return None
        if not (start or end or open_ended or signed):
            rank = Rank.VAGUE
        return _Clause(rank, start, end, open_ended, text, sentence.locate(), signed)

    def _signing_day(self, text: str) -> str | None:
        """The day of signing: the one there is, or the last where both must sign; None when it cannot be told."""
        if len(self._signing_days) == 1:
            return self._signing_days[0]
        both = phrase_pattern("metadata.toml", "validity", "both_sign").search(text)
        return self._signing_days[-1] if self._signing_days and both else None


def _without_place(name: str) -> str:
    """'Medborgarlöfte i Orsa kommun' without the place it is for."""
    for place in reversed(find_places(name)):
        within = _within_place().search(name[: place.start])
        if within is not None:
            name = f"{name[: within.start()]}{name[place.end :]}"
    return " ".join(name.split())


@cache
def _within_place() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either_of(words_under('places.toml', 'words', 'within'))})\s+$", re.IGNORECASE)


def _is_one_year(clause: _Clause) -> bool:
    """A follow-up of one year may be of a part of it; of a promise for several years the promise's time counts."""
    return clause.start is not None and clause.end is not None and clause.start[:4] == clause.end[:4]


def _is_validity_noun(sentence: Sentence) -> bool:
    return sentence.may_hold("metadata.toml", "validity", "nouns")


def _validity_end(text: str) -> int:
    """Where the sentence has said how long: what follows, on notice or prolongation, is another matter."""
    ends = [span.end for span in find_spans(text)]
    duration = find_duration(text)
    if duration:
        ends.append(duration[1])
    signing = phrase_pattern("metadata.toml", "validity", "from_signing").search(text)
    if signing:
        ends.append(signing.end())
    return min(ends, default=len(text))


def _widest(spans: list[SpanMention]) -> SpanMention | None:
    """The span that says most: both ends over two years, then one end, then a single year."""

    def worth(span: SpanMention) -> int:
        if span.first and span.last:
            return 2 if span.first[:4] == span.last[:4] and span.first.endswith("01-01") else 0
        if span.open_ended:
            return 0 if span.first else 3
        return 1

    return min(spans, key=worth, default=None)


def _stated(spans: list[SpanMention], text: str) -> SpanMention | None:
    """The span behind the word of validity: what follows may be the period of another document."""
    cue = phrase_pattern("metadata.toml", "validity", "cues").search(text)
    behind = [span for span in spans if cue is not None and span.end > cue.end() and (span.first or span.last)]
    return behind[0] if behind else _widest(spans)


@cache
def _phrases_before(key: str) -> re.Pattern[str]:
    """The phrases of the list at the very end of what stands before a period."""
    phrases = phrase_pattern("metadata.toml", "validity", key).pattern
    year = phrase_pattern("metadata.toml", "validity", "year").pattern
    return re.compile(rf"{phrases}\W*(?:{year}\W*)?$", re.IGNORECASE)


def _period_phrase(sentence: Stretch, rank: Rank, names: PhrasePattern, *, own: bool = True) -> Iterator[_Clause]:
    """'under perioden 2024–2027', 'en överenskommelse för 2019–2022', 'Medborgarlöften 2023–2024 bygger på …': a range
    right behind such words."""
    text = sentence.text
    for span in find_spans(text):
        several_years = bool(span.first and span.last and span.first[:4] != span.last[:4])
        before = text[: span.start]
        opens = names.fullmatch(before.strip()) is not None
        purpose = opens or (own and _phrases_before("purpose_cues").search(before)) or _is_named_for(before, names)
        if several_years and _is_sane(span) and purpose:
            yield _of_span(span, rank, text[span.start : span.end], sentence.part(span.start, span.end).locate())
            return


def _is_of_year(before: str, behind: str, names: PhrasePattern) -> bool:
    """'Polisens medborgarlöften 2022', '2024 års medborgarlöfte': the document's name right beside the year."""
    if before.split() and names.fullmatch(before.rsplit(maxsplit=1)[-1]) is not None:
        return True
    year = phrase_pattern("metadata.toml", "validity", "of_year").match(behind.lstrip())
    return year is not None and names.match(behind.lstrip()[year.end() :].lstrip()) is not None


def _is_named_for(before: str, names: PhrasePattern) -> bool:
    """True behind the name of this kind of document with 'för': '… har tecknat en överenskommelse för'."""
    lead = _phrases_before("kind_for").search(before)
    words = before[: lead.start()].split() if lead else []
    return bool(words) and names.fullmatch(words[-1]) is not None
