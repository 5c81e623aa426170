"""Takes the follow-ups among the sources, says for each measure of a draft what was reported of it last time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from samsyn.drafting.sources import DraftSource, SourceRole, page_words, pages_of
from samsyn.models.agreement import Measure
from samsyn.models.draft import Note, NoteKind
from samsyn.similarity import shared_words_ratio
from samsyn.vocabulary.drafting import draft_text
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import PhrasePattern

_SAME = 0.8
"""Texts that share this much (0-1) are one promise, in the agreement and in the report of it."""

_SAME_KNOWN = 0.5
"""Enough when both are the same recurring measure."""


class Outcomes:
    """What the follow-ups report, by measure."""

    def __init__(self, sources: Iterable[DraftSource]) -> None:
        self._reported = [
            (source, measure)
            for source in sources
            if source.role is SourceRole.FOLLOW_UP
            for measure in source.agreement.measures
        ]

    def notes_on(self, measure: Measure) -> tuple[Note, ...]:
        """What was reported of the measure, and what to decide; none where no follow-up tells of it."""
        return tuple(self._notes(measure))

    def _notes(self, measure: Measure) -> Iterator[Note]:
        best = max(self._reported, key=lambda pair: _likeness(measure, pair[1]), default=None)
        if best is None or not _likeness(measure, best[1]):
            return
        source, reported = best
        words = " ".join(reported.outcomes or tuple(text for text in (reported.status, reported.follow_up) if text))
        if words:
            yield Note(NoteKind.FOLLOW_UP, outcome_words(source, reported, words))


def outcome_words(source: DraftSource, reported: Measure, words: str) -> str:
    """The report in a sentence, with the question that it raises: was it done or not?"""
    key = "outcome_not_done" if is_not_done(words) else "outcome_done"
    where = page_words(pages_of(reported.evidence))
    return draft_text("notes", key, source=source.name, page=where, outcome=words)


def is_not_done(words: str) -> bool:
    """True when a report says that something was not done, or not in full."""
    return PhrasePattern(load_toml("drafting.toml")["outcome"]["not_done"]).search(words) is not None


def _likeness(measure: Measure, reported: Measure) -> float:
    """How alike two measures are (0-1); 0 when they are not the same."""
    shared = max(
        (shared_words_ratio(ours, theirs) for ours in _texts(measure) for theirs in _texts(reported)), default=0
    )
    known = {match.id for match in measure.recurring} & {match.id for match in reported.recurring}
    return shared if shared >= (_SAME_KNOWN if known else _SAME) else 0.0


def _texts(measure: Measure) -> Sequence[str]:
    texts = (measure.title, measure.municipality_action, measure.police_action, measure.joint_action)
    return [text for text in texts if text]
