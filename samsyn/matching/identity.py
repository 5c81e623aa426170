"""Takes the fields of a row, card, bullet or promise, gives the recurring measure it is rather than only names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from samsyn.models.recurring import Match
from samsyn.vocabulary.load import load_toml
from samsyn.vocabulary.phrases import either_of, phrase_list
from samsyn.words import words_of

TITLE_FIELDS = ("title",)
ACTION_FIELDS = ("municipality_action", "police_action", "joint_action")
_JOINT = "joint_action"
# The cells that tell what a row is about, besides what is to be done: not how it is followed up or told of.
_TOPIC_FIELDS = (*TITLE_FIELDS, *ACTION_FIELDS, "cause", "target_group", "goal", "effect", "participants", "place")

_LONGEST_LEAD = 60
# A first sentence of no more words than this is a label ('Trygghet.'), and what follows it is read too.
_LABEL_WORDS = 3
# So many words may stand before what a field opens with ('Kommunen erbjuder Komet').
_OPENING_WORDS = 2

Mentions = Callable[[str], tuple[Match, ...]]


def topic_beside(fields: Mapping[str, str | None], name: str, heading: str | None) -> str:
    """What a row's other cells and its heading say it is about, as one text; '' where they are empty."""
    beside = (fields.get(other) or "" for other in _TOPIC_FIELDS if other != name)
    return "\n".join(text for text in (heading or "", *beside) if text)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The wordings after which a name only frames, exemplifies or is the source of what is done."""

    frames: re.Pattern[str]
    verbs: re.Pattern[str]
    """A frame that is a verb, at the beginning and behind who does it: 'Kommunen inför …'."""
    occasions: re.Pattern[str]
    lists: re.Pattern[str]
    limits: re.Pattern[str]
    actors: re.Pattern[str]

    @classmethod
    def load(cls) -> Phrases:
        """The phrases of matching.toml."""
        words = load_toml("matching.toml")
        fillers = rf"(?:(?:{either_of(words['frame_fillers'])})\s+){{0,3}}[\"”“»«'(]*$"
        framing = either_of((*words["frames"], *words["frames_or_verbs"]))
        subjects, staff = (either_of(phrase_list("commitment", key)) for key in ("subjects", "staff"))
        either = either_of(words["frames_or_verbs"])
        return cls(
            frames=re.compile(rf"(?<!\w)(?:{framing})\s+{fillers}", re.IGNORECASE),
            verbs=re.compile(rf"^\W*(?:{subjects}|\w*(?:{staff}))\s+(?:{either})\s+{fillers}", re.IGNORECASE),
            occasions=re.compile(rf"(?<!\w)(?:{either_of(words['occasions'])})\s+{fillers}", re.IGNORECASE),
            lists=re.compile(rf"[,;/]|(?<!\w)(?:{either_of(words['list_words'])})(?!\w)", re.IGNORECASE),
            limits=re.compile(rf"\s+(?:{either_of(words['limits'])})(?!\w)", re.IGNORECASE),
            actors=re.compile(rf"\s?[-‐‑](?:{either_of(words['actors'])})", re.IGNORECASE),
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """Decides what a measure is; `mentions` finds the names in one of its fields."""

    phrases: Phrases

    def identify(self, fields: Mapping[str, str | None], mentions: Mentions) -> tuple[Match, ...]:
        """The measures that the first group of fields with any says it is, best first."""
        for group in (TITLE_FIELDS, ACTION_FIELDS):
            found: dict[str, Match] = {}
            for name in group:
                text = fields.get(name) or ""
                for match in self._in_field(text, mentions):
                    if name == _JOINT and found and self._is_limited(text, match):
                        continue
                    found.setdefault(match.id, match._replace(reasons=(f"fält: {name}", *match.reasons)))
            if found:
                return tuple(sorted(found.values(), key=lambda match: (-match.score, match.id)))
        return ()

    def details(self, fields: Mapping[str, str | None], mentions: Mentions) -> Iterator[Match]:
        """The measures that what the parties do opens with, whatever the title says."""
        for name in ACTION_FIELDS:
            text = fields.get(name) or ""
            for match in self._in_field(text, mentions):
                if len(words_of(text[: match.start])) <= _OPENING_WORDS:
                    yield match._replace(reasons=(f"fält: {name}", *match.reasons))

    def _in_field(self, text: str, mentions: Mentions) -> Iterator[Match]:
        named = mentions(text)
        if not named:
            return  # as most often, and the words need not be counted
        end = _end_of_first_sentence(text)
        before: Match | None = None
        found = [match for match in named if match.end <= end]
        for number, match in enumerate(found):
            if self._only_frames(text, match) or (self._only_acts(text, match) and number + 1 < len(found)):
                continue
            if before is None or not self._is_occasion(text, before, match):
                yield match
            before = match

    def _only_frames(self, text: str, match: Match) -> bool:
        before = text[max(0, match.start - _LONGEST_LEAD) : match.start]
        return self.phrases.frames.search(before) is not None and self.phrases.verbs.match(before) is None

    def _only_acts(self, text: str, match: Match) -> bool:
        """True for the name in 'Ung och trygg-samordnare driver SSPF': who does it, where more follows."""
        return self.phrases.actors.match(text, match.end) is not None

    def _is_limited(self, text: str, match: Match) -> bool:
        return self.phrases.limits.match(text, match.end) is not None

    def _is_occasion(self, text: str, before: Match, match: Match) -> bool:
        between = text[before.end : match.start]
        return self.phrases.occasions.search(between) is not None and self.phrases.lists.search(between) is None


def _end_of_first_sentence(text: str) -> int:
    words: Sequence[tuple[int, int]] = [(word.sentence, word.start) for word in words_of(text)]
    if not words:
        return 0
    last = 0
    if sum(1 for sentence, _ in words if sentence == 0) <= _LABEL_WORDS:
        last = 1
    return next((start for sentence, start in words if sentence > last), len(text))
