"""Takes the papers and fields of a document, gives the diary number of the case, as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from samsyn.extract.finders.decision import LONGEST_NOTE
from samsyn.extract.finders.diary_forms import find_bare_diary_numbers, read_diary_number
from samsyn.extract.finders.fields import Field
from samsyn.extract.finders.passages import Paper, Stretch, lines_of, sentences_of
from samsyn.extract.finders.wording import message, phrase_pattern
from samsyn.models.document import Block
from samsyn.models.section import BINDING_PARTS
from samsyn.models.source import Caution, Evidence
from samsyn.vocabulary.phrases import either_of, phrase_list


class DiaryNumber(NamedTuple):
    """A diary number as written, with where it was read."""

    text: str
    evidence: tuple[Evidence, ...]


def find_diary_number(
    papers: tuple[Paper, ...], fields: tuple[Field, ...], furniture: tuple[Block, ...]
) -> tuple[DiaryNumber | None, tuple[Caution, ...]]:
    """The case's diary number as written; a caution when the binding papers give two."""
    sources = (
        _labelled(fields, "diary-number", binding=True),
        _in_furniture(furniture),
        _labelled(fields, "diary-number", binding=False),
        _bare(papers),
        _labelled(fields, "police-diary-number", binding=True),
    )
    candidates = next((found for source in sources if (found := _distinct(source))), ())
    if len(candidates) <= 1:
        return next(iter(candidates), None), ()
    first, second = candidates[0], candidates[1]
    caution = Caution(
        code="diary-number-differs",
        message=message("diary-number-differs", first=first.text, second=second.text),
        evidence=first.evidence + second.evidence,
    )
    return first, (caution,)


def _labelled(fields: Iterable[Field], meaning: str, *, binding: bool) -> Iterator[DiaryNumber]:
    for field in fields:
        if field.meaning == meaning and (field.paper.kind in BINDING_PARTS) is binding:
            span = read_diary_number(field.value.text)
            if span is not None:
                yield _number(field.value.part(*span))


def _number(stretch: Stretch) -> DiaryNumber:
    return DiaryNumber(stretch.text, stretch.locate())


def _in_furniture(furniture: tuple[Block, ...]) -> Iterator[DiaryNumber]:
    """Numbers in running headers and footers, labelled or by shape."""
    label = phrase_pattern("metadata.toml", "decision", "diary_labels")
    for block in furniture:
        for line in lines_of(block):
            hit = label.search(line.text)
            if hit is not None:
                rest = line.part(hit.end())
                span = read_diary_number(rest.text.lstrip(":. \t"))
                if span is not None:
                    lead = len(rest.text) - len(rest.text.lstrip(":. \t"))
                    yield _number(rest.part(lead + span[0], lead + span[1]))
                    continue
            for start, end in find_bare_diary_numbers(line.text):
                yield _number(line.part(start, end))


def _bare(papers: tuple[Paper, ...]) -> Iterator[DiaryNumber]:
    """Numbers that are a line or a sentence of their own, or in brackets behind a note on the decision."""
    label = phrase_pattern("metadata.toml", "decision", "diary_labels")
    verbs = phrase_pattern("metadata.toml", "decision", "verbs")
    for paper in papers:
        for line in paper.lines:
            spans = list(find_bare_diary_numbers(line.text))
            if not spans:
                continue
            verb = verbs.search(line.text)
            note = verb is not None and verb.start() <= 1 and len(line.text) <= LONGEST_NOTE
            bracketed = label.sub("", line.text[: spans[0][0]]).rstrip(" :.").endswith("(")
            if note and bracketed:
                yield _number(line.part(*spans[0]))
            else:
                yield from _alone(line)


def _alone(line: Stretch) -> Iterator[DiaryNumber]:
    """'KS 2015/102.' and 'Ärendenummer KS 2021.318.' among the sentences of a line; 'Dnr i Eda: KS 2021/7' too."""
    label = phrase_pattern("metadata.toml", "decision", "diary_labels")
    for sentence in sentences_of(line):
        lead = label.match(sentence.text)
        text = sentence.text[lead.end() if lead else 0 :]
        if lead and (place := _of_a_place().match(text)):
            text = text[place.end() :]
        spans = list(find_bare_diary_numbers(text))
        if len(spans) == 1 and spans[0][1] - spans[0][0] >= len(text.strip(" .:,;()")):
            start = len(sentence.text) - len(text)
            yield _number(sentence.part(start + spans[0][0], start + spans[0][1]))


@cache
def _of_a_place() -> re.Pattern[str]:
    """Behind the label of an agreement of several municipalities: whose number it is, and a colon."""
    return re.compile(rf"\s+(?:{either_of(phrase_list('units', 'places'))})\s+[^\W\d_][^:.]{{1,40}}:\s*")


def _distinct(numbers: Iterable[DiaryNumber]) -> tuple[DiaryNumber, ...]:
    """The numbers without repetitions: 'KSKF 2023:357' and 'KSKF/2023:357' are one case."""
    seen: dict[str, DiaryNumber] = {}
    for number in numbers:
        seen.setdefault(re.sub(r"\W", "", number.text).casefold(), number)
    return tuple(seen.values())
