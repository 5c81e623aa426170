"""The spaCy component `samsyn_measures`: takes a Doc, gives it with the recurring measures it names as spans.

The only module that knows spaCy, which is an extra (`pip install 'samsyn[spacy]'`). spaCy finds it by its entry point:

    nlp = spacy.blank("sv")
    nlp.add_pipe("samsyn_measures")
    doc = nlp("EST-möten hålls varannan vecka")
    for span in doc.spans["measures"]:
        print(span.id_, span._.measure_score, span._.measure_commitment)
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from samsyn.match import THRESHOLD, Matcher
from samsyn.standing import commitments_at
from samsyn.vocabulary.register import load_register

#: The label of the spans; their `id_` and `kb_id_` are the measure's id in the register.
LABEL = "MEASURE"
SPANS_KEY = "measures"

_DATA_KEY = "samsyn_measures"
_FIELDS = ("name", "category", "matched", "score", "commitment", "method", "alias", "reasons")


class MeasureComponent:
    """Marks the recurring measures of the register in a Doc, as spans and, where there is room, as entities."""

    def __init__(self, matcher: Matcher, *, spans_key: str, as_entities: bool) -> None:
        self._matcher = matcher
        self._spans_key = spans_key
        self._as_entities = as_entities

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with `doc.spans[spans_key]` in the order of the text; entities of earlier pipes keep their tokens.

        A span reaches over whole tokens, also where only a part of one is the name. `span._.measure_matched` is the
        name itself. Found by another pipe: `span._.measure_name` and the rest are None.
        """
        matches = self._matcher.mentions(doc.text)
        commitments = commitments_at(doc.text, [(match.start, match.end) for match in matches])
        known = dict(doc.user_data.get(_DATA_KEY, {}))
        spans = []
        for match, commitment in zip(matches, commitments, strict=True):
            span = doc.char_span(
                match.start, match.end, label=LABEL, kb_id=match.id, span_id=match.id, alignment_mode="expand"
            )
            measure = self._matcher.register.get(match.id)
            if span is None or measure is None:
                continue
            spans.append(span)
            known[_key(span)] = {
                "name": match.name,
                "score": match.score,
                "commitment": commitment,
                "method": match.method,
                "alias": match.alias,
                "reasons": list(match.reasons),
                "category": measure.category,
                "matched": match.matched,
            }
        doc.user_data[_DATA_KEY] = known
        doc.spans[self._spans_key] = spans
        if self._as_entities:
            doc.ents = filter_spans([*doc.ents, *_apart(spans, doc)])
        return doc


@Language.factory(
    "samsyn_measures",
    assigns=["doc.ents", "doc.spans"],
    default_config={"register": None, "threshold": THRESHOLD, "spans_key": SPANS_KEY, "as_entities": True},
)
def make_measures(
    nlp: Language,  # noqa: ARG001 - spaCy gives these two by name
    name: str,  # noqa: ARG001
    *,
    register: str | None,
    threshold: float,
    spans_key: str,
    as_entities: bool,
) -> MeasureComponent:
    """The component; `register` is a file laid over the built-in register, `threshold` the least score reported.

    Raises VocabularyError when the file cannot be read.
    """
    for field in _FIELDS:
        if not Span.has_extension(f"measure_{field}"):
            Span.set_extension(f"measure_{field}", getter=_getter(field))
    matcher = Matcher(load_register(Path(register) if register else None), threshold=threshold)
    return MeasureComponent(matcher, spans_key=spans_key, as_entities=as_entities)


def _getter(field: str) -> Any:
    def value(span: Span) -> Any:
        return span.doc.user_data.get(_DATA_KEY, {}).get(_key(span), {}).get(field)

    return value


def _key(span: Span) -> str:
    return f"{span.start_char}:{span.end_char}:{span.id_ or span.ent_id_}"


def _apart(spans: list[Span], doc: Doc) -> list[Span]:
    """The spans of which no token is an earlier entity's."""
    taken = {token.i for entity in doc.ents for token in entity}
    return [span for span in spans if taken.isdisjoint(range(span.start, span.end))]
