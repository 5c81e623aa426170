"""Takes a sentence or a line and says whether it commits a party, or announces that measures follow."""

from __future__ import annotations

from collections.abc import Sequence

from samsyn.extract.language import split_sentences
from samsyn.models.document import Block, BlockKind
from samsyn.vocabulary.phrases import has_phrase, phrase_list


def binds_somebody(text: str) -> bool:
    """True for a sentence of running prose that commits a party: 'Polisen ska …', 'Tillsyn ska göras …'."""
    return (
        has_phrase(text, "commitment", "strong")
        and not has_phrase(text, "goal", "cues")
        and not has_phrase(text, "goal", "exclude")
        and not text.rstrip().endswith(":")
    )


def binding_list(blocks: Sequence[Block]) -> bool:
    """True when most of the outermost list items among the blocks commit a party, cue or no cue."""
    items = [block for block in blocks if block.kind is BlockKind.LIST_ITEM and block.level <= 1]
    binding = [item for item in items if binds_somebody(item.text)]
    return len(binding) >= max(1, len(items) / 2)


def announces_measures(text: str) -> bool:
    """True for a line that a list of measures follows: 'Detta gör vi genom att:', 'Tillsammans ska vi:'."""
    stripped = text.rstrip()
    if not stripped.endswith((":", " att", ";")):
        return False
    last = split_sentences(stripped)[-1].text
    ending = last.rstrip(" :;").casefold()
    if has_phrase(last, "commitment", "promise_cues"):
        return True
    if any(ending.endswith(cue) for cue in phrase_list("commitment", "cues")):
        return True
    known = has_phrase(last, "commitment", "cues") and has_phrase(last, "commitment", "verbs")
    return known or (has_phrase(last, "commitment", "strong") and has_phrase(last, "commitment", "subjects"))


def announces_promises(text: str) -> bool:
    """True when the measures that a line announces are promises: 'Kommunen lovar att:'."""
    sentences = split_sentences(text.rstrip())
    return bool(sentences) and has_phrase(sentences[-1].text, "commitment", "promise_cues")
