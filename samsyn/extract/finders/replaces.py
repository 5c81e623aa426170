"""Takes the papers and fields of a document, gives what the agreement replaces, as written."""

from __future__ import annotations

import re

from samsyn.extract.dates import find_dates
from samsyn.extract.finders.fields import Field
from samsyn.extract.finders.passages import Paper, Stretch
from samsyn.extract.finders.wording import phrase_pattern, words_under
from samsyn.models.section import BINDING_PARTS
from samsyn.vocabulary.phrases import either_of


def find_replaced(papers: tuple[Paper, ...], fields: tuple[Field, ...]) -> Stretch | None:
    """What the agreement replaces, as written: a field 'Ersätter', else the object of a sentence that says so."""
    for field in fields:
        if (
            field.meaning == "replaces"
            and any(character.isalnum() for character in field.value.text)
            and len(field.value.text) > 4
        ):
            return field.value
    for paper in sorted(papers, key=lambda paper: paper.kind not in BINDING_PARTS):
        for sentence in paper.sentences_with("metadata.toml", "replacing", "verbs"):
            found = _replaced_object(sentence.stretch)
            if found is not None:
                return found
    return None


def _replaced_object(sentence: Stretch) -> Stretch | None:
    text = sentence.text
    verb = phrase_pattern("metadata.toml", "replacing", "verbs").search(text)
    if verb is None or len(text) > 400:
        return None
    subject = phrase_pattern("metadata.toml", "replacing", "subjects").search(text[: verb.start()])
    if subject is None and verb.start() > 0:  # 'Ersätter överenskommelsen från 2019.' has none
        return None
    rest = text[verb.end() :]
    end = re.search(r"[.;,](?:\s|$)|$", rest)
    value = sentence.part(verb.end(), verb.end() + (end.start() if end else len(rest)))
    further = phrase_pattern("metadata.toml", "replacing", "ends").search(value.text)
    if further is not None:
        value = value.part(0, further.start())
    relative = phrase_pattern("metadata.toml", "replacing", "relative").search(value.text)
    if relative is not None and not find_dates(value.text[relative.start() :]):
        value = value.part(0, relative.start())
    objects = either_of(words_under("metadata.toml", "replacing", "objects"))
    if not re.search(objects, value.text, re.IGNORECASE):
        return None
    negated = phrase_pattern("metadata.toml", "replacing", "negations").match(value.text)
    return None if negated else value
