"""Takes a register, gives its plain names as the patterns of a spaCy EntityRuler, one JSON object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from samsyn.models.recurring import RecurringMeasure, Wording
from samsyn.vocabulary.register import Register

#: The label of every pattern; its id is the measure's.
LABEL = "MEASURE"

# What spaCy's Swedish tokens hold apart; names with other signs are given as they are written.
_PLAIN = re.compile(r"\w[\w-]*(?: (?:\w[\w-]*|&))*")


def spacy_patterns(register: Register) -> Iterator[str]:
    """The names of the measures that are reported, without those that only their company makes a name.

    A name that must have its capitals is given as written, every other one word by word without regard to case.
    Inflections, compounds and paraphrases are not in it: they are the component's (`samsyn.spacy_component`).
    """
    for measure in register:
        for wording in measure.wordings if measure.reported else ():
            if not (wording.needs or wording.unless or wording.whole or wording.opening):
                yield json.dumps(_pattern(measure, wording), ensure_ascii=False)


def _pattern(measure: RecurringMeasure, wording: Wording) -> dict[str, object]:
    pattern: object = wording.text
    if not wording.cased and _PLAIN.fullmatch(wording.text):
        pattern = [{"LOWER": word.lower()} for word in wording.text.split()]
    return {"label": LABEL, "pattern": pattern, "id": measure.id}
