"""Takes the papers and fields of a document, gives when it is valid.

The document's own clause of validity outranks its title, the title other mentions; the periods of statistics, of an
agreement that is replaced and of another document never count.
"""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.extract.dates import SpanMention, find_spans, is_open_ended
from samsyn.extract.finders.fields import Field
from samsyn.extract.finders.identity import Title, names_kind, principal_paper
from samsyn.extract.finders.passages import Paper, Stretch, lines_of
from samsyn.extract.finders.period_clause import Clause, Rank, clause_of, is_sane, phrases_before, widest
from samsyn.extract.finders.period_sentences import PeriodReader
from samsyn.extract.finders.wording import message, phrase_pattern, words_under
from samsyn.models.agreement import DocumentKind, Period
from samsyn.models.document import Block, BlockKind
from samsyn.models.section import BINDING_PARTS, PartKind
from samsyn.models.source import Caution

_LONGEST_BARE = 100


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
    reader = PeriodReader(
        kind, tuple(sorted(set(signing_days))), within_a_year=bool(titled) and _is_one_year(titled[0])
    )
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


def _completed(clauses: list[Clause]) -> Clause:
    """The best clause; the end it lacks is taken from the next that does not contradict what it has."""
    chosen = clauses[0]
    for other in clauses[1:]:
        fits = not _contradicts(chosen, other) and _shares_an_end(chosen, other)
        if chosen.start is None and other.start and fits:
            chosen = chosen._replace(start=other.start, evidence=chosen.evidence + other.evidence)
        if chosen.end is None and not chosen.open_ended and other.end and fits:
            chosen = chosen._replace(end=other.end, evidence=chosen.evidence + other.evidence)
    return chosen


def _shares_an_end(chosen: Clause, other: Clause) -> bool:
    """True when the other clause may complete the chosen one: it has the same end, or lacks just that end too."""
    if chosen.end and other.end:
        return chosen.end[:4] == other.end[:4]
    if chosen.start and other.start:
        return chosen.start[:4] == other.start[:4]
    return other.rank <= Rank.SECTION and bool(chosen.start or chosen.end)


def _cautions(chosen: Clause, clauses: list[Clause]) -> Iterator[Caution]:
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


def _contradicts(one: Clause, other: Clause) -> bool:
    """True when both cannot hold; a period in whole years contradicts another only by its years."""
    precision = 4 if _whole_years(one) or _whole_years(other) else 10
    starts = bool(one.start and other.start and one.start[:precision] != other.start[:precision])
    ends = bool(one.end and other.end and one.end[:precision] != other.end[:precision])
    return starts or ends


def _whole_years(clause: Clause) -> bool:
    starts = clause.start is None or clause.start.endswith("-01-01")
    return starts and (clause.end is None or clause.end.endswith("-12-31"))


def _caution(code: str, chosen: Clause, other: Clause) -> Caution:
    text = message(code, clause=chosen.days, title=other.days)
    return Caution(code=code, message=text, evidence=chosen.evidence + other.evidence)


def _from_title(title: Title | None) -> Iterator[Clause]:
    if title is None:
        return
    span = widest([span for span in find_spans(title.text) if is_sane(span)])
    if span is not None:
        yield clause_of(span, Rank.TITLE, title.text[span.start : span.end], title.evidence)


def _from_cover(paper: Paper | None) -> Iterator[Clause]:
    """A line of the cover that is a period and nothing else."""
    if paper is None:
        return
    for block in paper.blocks:
        if not paper.is_cover(block) or block.table is not None:
            continue
        for line in lines_of(block):
            yield from _bare_period(line, Rank.COVER)
            yield from _kind_and_years(line, Rank.COVER)


def _bare_period(line: Stretch, rank: Rank) -> Iterator[Clause]:
    if len(line.text) > _LONGEST_BARE:
        return
    for span in find_spans(line.text):
        rest = (line.text[: span.start] + line.text[span.end :]).strip(" .,:()–-")
        lead = phrase_pattern("metadata.toml", "validity", "purpose_cues").sub("", rest).strip()
        if is_sane(span) and span.first and span.last and not lead:
            yield clause_of(span, rank, line.text, line.locate())


def _kind_and_years(line: Stretch, rank: Rank) -> Iterator[Clause]:
    """'Vårt medborgarlöfte för 2022–2023': a line of a cover that names the kind and the years it is for."""
    if len(line.text) > _LONGEST_BARE or line.text.endswith(".") or not names_kind(line.text):
        return
    lead = phrases_before("kind_for")
    for span in find_spans(line.text):
        if span.first and span.last and lead.search(line.text[: span.start]) and is_sane(span):
            yield clause_of(span, rank, line.text, line.locate())


def _from_headings(papers: tuple[Paper, ...], reader: PeriodReader) -> Iterator[Clause]:
    """'Medborgarlöfte 2023–2025' as a heading within a page that has another title."""
    for paper in papers:
        if paper.kind is not PartKind.AGREEMENT:
            continue
        for block in paper.blocks:
            if block.kind is BlockKind.HEADING and len(block.text) <= _LONGEST_BARE:
                span = next(
                    (span for span in find_spans(block.text) if span.first and span.last and is_sane(span)), None
                )
                if span is not None and reader.is_called(block.text[: span.start], block.text[span.end :]):
                    yield clause_of(span, Rank.HEADING, block.text, block.locate())


def _from_headers(furniture: tuple[Block, ...]) -> Iterator[Clause]:
    """Years in a running header that names the kind of document: the least of all."""
    names = phrase_pattern("metadata.toml", "subjects", "all")
    for block in furniture:
        if names.search(block.text) is None:
            continue
        for span in find_spans(block.text):
            if span.first and span.last and span.first[:4] != span.last[:4] and is_sane(span):
                yield clause_of(
                    span, Rank.HEADER, block.text[span.start : span.end], block.locate(span.start, span.end)
                )


def _from_fields(fields: tuple[Field, ...], principal: Paper | None) -> Iterator[Clause]:
    """'Gäller fr o m' with 'Gäller t o m', or one field with both ends; a plan's own fields count less."""
    for paper in dict.fromkeys(field.paper for field in fields):
        if paper is not principal and paper.kind not in BINDING_PARTS:
            continue
        own = [field for field in fields if field.paper is paper and field.is_fact]
        rank = Rank.FIELD if paper is principal or paper.kind is PartKind.AGREEMENT else Rank.ANNEX
        yield from (clause._replace(rank=rank) for clause in _of_fields(own))


def _of_fields(fields: list[Field]) -> Iterator[Clause]:
    starts = [field for field in fields if field.meaning == "valid-from"]
    ends = [field for field in fields if field.meaning == "valid-to"]
    if starts or ends:
        yield from _paired(starts[0] if starts else None, ends[0] if ends else None)
    for field in fields:
        if field.meaning in ("valid", "valid-loose"):
            yield from _first_span(field.value, Rank.FIELD)


def _paired(first: Field | None, last: Field | None) -> Iterator[Clause]:
    held = [field.value for field in (first, last) if field]
    leads = (words_under("dates.toml", "words", key)[0] for key in ("from", "until"))
    ends = zip((first, last), leads, strict=True)
    spans = [span for field, lead in ends if field for span in _read(field.value.text, lead)]
    start = next((span.first for span in spans if span.first), None) if first else None
    end = next((span.last for span in reversed(spans) if span.last and span.last != start), None)
    open_ended = end is None and any(is_open_ended(value.text) for value in held)
    if start or end or open_ended:
        evidence = tuple(item for value in held for item in value.locate())
        yield Clause(Rank.FIELD, start, end, open_ended, " – ".join(value.text for value in held), evidence)


def _read(value: str, lead: str) -> tuple[SpanMention, ...]:
    """The periods of a value, a lone day read as the end that its label names."""
    return tuple(span for span in find_spans(f"{lead} {value}") if span.first or span.last)


def _first_span(value: Stretch, rank: Rank) -> Iterator[Clause]:
    for span in find_spans(value.text):
        if is_sane(span):
            yield clause_of(span, rank, value.text, value.locate())
            return


def _from_papers(papers: tuple[Paper, ...], principal: Paper | None, reader: PeriodReader) -> Iterator[Clause]:
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


def _is_one_year(clause: Clause) -> bool:
    """A follow-up of one year may be of a part of it; of a promise for several years the promise's time counts."""
    return clause.start is not None and clause.end is not None and clause.start[:4] == clause.end[:4]
