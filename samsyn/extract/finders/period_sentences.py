"""Takes the sentences of a paper, gives the periods of validity that they state or name in passing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from samsyn.extract.cues import announces_areas, announces_measures, promises_in_prose
from samsyn.extract.date_patterns import has_year
from samsyn.extract.dates import SpanMention, add_months, find_duration, find_spans, is_vague
from samsyn.extract.finders.passages import Paper, Sentence, Stretch
from samsyn.extract.finders.period_clause import Clause, Rank, clause_of, is_sane, phrases_before, widest
from samsyn.extract.finders.wording import first_words, phrase_pattern, words_under
from samsyn.extract.language import leads_on
from samsyn.models.agreement import DocumentKind
from samsyn.vocabulary.gazetteer import find_places
from samsyn.vocabulary.phrases import PhrasePattern, either_of, has_phrase

_LONGEST_SENTENCE = 500
_LEAD_SENTENCES = 4
"""So many sentences, headings among them, may say in passing which year the document is for."""
_NEAR = 6
"""So many words before the years must speak of nothing else."""
_LONGEST_VERB = 3
"""Words between a verb of promising and the years: 'lovar att tillsammans under 2021'."""


class PeriodReader:
    """Reads the sentences of a document of one kind, signed on known days or not."""

    def __init__(self, kind: DocumentKind, signing_days: tuple[str, ...], *, within_a_year: bool) -> None:
        subjects = "uppföljning-part" if kind == "uppföljning" and within_a_year else kind
        self._names = phrase_pattern("metadata.toml", "subjects", subjects)
        self._naming = first_words("metadata.toml", "subjects", subjects) | first_words(
            "metadata.toml", "validity", "nouns"
        )
        self._signing_days = signing_days
        self._past = kind == "uppföljning"
        self._promises = kind == "medborgarlöfte"

    def clauses(self, paper: Paper) -> Iterator[Clause]:
        """Every sentence of the paper that says how long the document holds."""
        before: Sentence | None = None
        for sentence in paper.sentences:
            about = paper.is_about(sentence.line.block, "period")
            named = not self._naming.isdisjoint(sentence.words)
            if about or named or self._goes_on(sentence, before):
                clause = self._clause(sentence.stretch, about=about, named=named)
                if clause is not None:
                    yield clause
            before = sentence
        yield from self._lead(paper)

    def _lead(self, paper: Paper) -> Iterator[Clause]:
        """'Polisens och kommunens medborgarlöften för 2024 handlar om …' first on a page, a sentence that opens with
        the paper's name, 'Medborgarlöftet för år 2024 innehåller …', or one that a list of measures follows, 'Under
        perioden 2024–2027 ska vi:': the years it is for."""
        for place, sentence in enumerate(paper.sentences):
            text = sentence.stretch.text
            if not has_year(text) or (place >= _LEAD_SENTENCES and not (self._names.match(text) or leads_on(text))):
                continue
            for span in find_spans(text):
                before, behind = text[: span.start], text[span.end :]
                named = _is_named_for(before, self._names) or _is_of_year(before, behind, self._names)
                leads = place < _LEAD_SENTENCES // 2 or announces_measures(text)
                named = named or (leads and self._tells_for_how_long(text, before))
                named = named or (place < _LEAD_SENTENCES and self._promises_for(text, before))
                begins = span.last is None and self.is_called(before, behind)
                own = not self._is_foreign(text) and (begins or (span.last and named))
                own = own or (span.last is not None and self._announces_for(text, before, behind))
                if span.first and own and is_sane(span):
                    where = sentence.stretch.part(span.start, span.end)
                    yield clause_of(span, Rank.LEAD, where.text, where.locate())

    def _tells_for_how_long(self, text: str, before: str) -> bool:
        """'Polisen kommer under perioden 2023–2024 att …': who shall, or the paper, and a range."""
        told = has_phrase(text, "commitment", "strong") or self._names.match(text) is not None
        return told and phrases_before("for_period").search(before) is not None

    def _promises_for(self, text: str, before: str) -> bool:
        """'Polisen och kommunen lovar att tillsammans under 2021–2022 …' in a medborgarlöfte: the promise names its
        years right behind its verb."""
        if not self._promises or not promises_in_prose(text):
            return False
        verbs = list(phrase_pattern("phrases.toml", "commitment", "promise_verbs").finditer(before))
        lead = phrases_before("for_promise").search(before)
        return bool(verbs) and lead is not None and len(before[verbs[-1].end() : lead.start()].split()) <= _LONGEST_VERB

    def _announces_for(self, text: str, before: str, behind: str) -> bool:
        """'Följande områden ska utvecklas under 2016:' in a medborgarlöfte: a line that ends with the years of its
        list."""
        if not self._promises or behind.strip(" .:;") or not leads_on(text):
            return False
        lead = phrases_before("for_promise").search(before)
        told = before[: lead.start()].rstrip() if lead else ""
        near = " ".join(told.split()[-_NEAR:])
        return bool(near) and not self._is_foreign(near) and (announces_measures(f"{told}:") or announces_areas(told))

    def purposes(self, paper: Paper, rank: Rank) -> Iterator[Clause]:
        """'… överenskommelsen för perioden 2024–2027': the period named in passing."""
        for sentence in paper.sentences:
            text = sentence.stretch.text
            if self._names.search(text) and not self._is_foreign(text):
                yield from _period_phrase(sentence.stretch, rank, self._names)

    def is_called(self, before: str, behind: str) -> bool:
        """True when what stands around a period is a name of this kind of document and nothing else, or a name that a
        word of validity follows: 'Medborgarlöfte som kommer att löpa under'."""
        around = f"{before}{behind}".strip(" .:,–-")
        if self._names.fullmatch(_without_place(_without_adjectives(around))) is not None:
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

    def _clause(self, sentence: Stretch, *, about: bool, named: bool) -> Clause | None:
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

    def _dated(self, sentence: Stretch, rank: Rank) -> Clause | None:
        """The clause with its days, as far as they can be told; None when it gives none and no reason why."""
        text = sentence.text
        span = _stated([span for span in find_spans(text) if is_sane(span)], text)
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
        return Clause(rank, start, end, open_ended, text, sentence.locate(), signed)

    def _signing_day(self, text: str) -> str | None:
        """The day of signing: the one there is, or the last where both must sign; None when it cannot be told."""
        if len(self._signing_days) == 1:
            return self._signing_days[0]
        both = phrase_pattern("metadata.toml", "validity", "both_sign").search(text)
        return self._signing_days[-1] if self._signing_days and both else None


def _without_adjectives(name: str) -> str:
    """'Gemensamma medborgarlöften i Orsa kommun' without the word before the name."""
    lead = phrase_pattern("metadata.toml", "words", "adjectives").match(name)
    return name[lead.end() :].lstrip() if lead else name


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


def _stated(spans: list[SpanMention], text: str) -> SpanMention | None:
    """The span behind the word of validity: what follows may be the period of another document."""
    cue = phrase_pattern("metadata.toml", "validity", "cues").search(text)
    behind = [span for span in spans if cue is not None and span.end > cue.end() and (span.first or span.last)]
    return behind[0] if behind else widest(spans)


def _period_phrase(sentence: Stretch, rank: Rank, names: PhrasePattern, *, own: bool = True) -> Iterator[Clause]:
    """'under perioden 2024–2027', 'en överenskommelse för 2019–2022', 'Medborgarlöften 2023–2024 bygger på …': a range
    right behind such words."""
    text = sentence.text
    for span in find_spans(text):
        several_years = bool(span.first and span.last and span.first[:4] != span.last[:4])
        before = text[: span.start]
        opens = names.fullmatch(before.strip()) is not None
        purpose = opens or (own and phrases_before("purpose_cues").search(before)) or _is_named_for(before, names)
        if several_years and is_sane(span) and purpose:
            yield clause_of(span, rank, text[span.start : span.end], sentence.part(span.start, span.end).locate())
            return


def _is_of_year(before: str, behind: str, names: PhrasePattern) -> bool:
    """'Polisens medborgarlöften 2022', '2024 års medborgarlöfte': the document's name right beside the year."""
    if before.split() and names.fullmatch(before.rsplit(maxsplit=1)[-1]) is not None:
        return True
    year = phrase_pattern("metadata.toml", "validity", "of_year").match(behind.lstrip())
    return year is not None and names.match(behind.lstrip()[year.end() :].lstrip()) is not None


def _is_named_for(before: str, names: PhrasePattern) -> bool:
    """True behind the name of this kind of document with 'för': '… har tecknat en överenskommelse för'."""
    lead = phrases_before("kind_for").search(before)
    words = before[: lead.start()].split() if lead else []
    return bool(words) and names.fullmatch(words[-1]) is not None
