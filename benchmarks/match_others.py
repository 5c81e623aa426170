"""Measures what other ways of recognising reach on the measured half of the labelled lines, beside our own.

python -m benchmarks.match_others      needs spaCy; simplemma is measured where it is installed

Each way gets the same names of the register. What it costs to import is the time of a new process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

import samsyn.matching.terms
import samsyn.matching.text
import samsyn.words
from samsyn.match import Matcher
from samsyn.vocabulary.register import Register, load_register
from samsyn.write.as_spacy_patterns import spacy_patterns
from tests.labelled import Counts, read_lines

_STEMMED = (samsyn.words, samsyn.matching.terms, samsyn.matching.text)
_NEAR_ENOUGH = 90

Way = Callable[[str], Iterable[str]]


def main() -> None:
    """Prints a line a way: precision and recall on the measured half."""
    register = load_register()
    _show("samsyn", _ours(register))
    _show("  stems left out", _with_stems(register, str))
    if _imports("simplemma"):
        from simplemma import lemmatize

        _show("  stems by simplemma", _with_stems(register, lambda word: lemmatize(word, lang="sv").lower()))
    _show("spaCy PhraseMatcher, all names", _phrase_matcher(register))
    _show("spaCy EntityRuler, exported patterns", _entity_ruler(register))
    _show(f"rapidfuzz partial_ratio >= {_NEAR_ENOUGH}, all names", _partial_ratio(register))
    for module in ("spacy", "simplemma", "snowballstemmer", "rapidfuzz", "samsyn.match"):
        if _imports(module):
            print(f"import {module}: {_import_time(module):.2f} s")


def _show(name: str, way: Way) -> None:
    counts = Counts()
    for line in read_lines("measured"):
        counts.add(frozenset(way(line.text)), line.measures)
    print(f"{name:42} {counts}")


def _ours(register: Register) -> Way:
    matcher = Matcher(register)
    return lambda text: [match.id for match in matcher.match(text)]


def _with_stems(register: Register, stem: Callable[[str], str]) -> Way:
    """Our own way with another stemmer in the place of Snowball's."""
    before = {module: module.stem for module in _STEMMED}
    for module in _STEMMED:
        module.stem = stem  # type: ignore[attr-defined]
    samsyn.words._forms.cache_clear()
    matcher = Matcher(register)

    def way(text: str) -> Iterable[str]:
        return [match.id for match in matcher.match(text)]

    found = {line.text: list(way(line.text)) for line in read_lines("measured")}
    for module, original in before.items():
        module.stem = original  # type: ignore[attr-defined]
    samsyn.words._forms.cache_clear()
    return lambda text: found[text]


def _phrase_matcher(register: Register) -> Way:
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("sv")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for measure in register:
        if measure.reported:
            matcher.add(measure.id, [nlp.make_doc(wording.text) for wording in measure.wordings])
    return lambda text: {nlp.vocab.strings[key] for key, _, _ in matcher(nlp.make_doc(text))}


def _entity_ruler(register: Register) -> Way:
    import spacy

    nlp = spacy.blank("sv")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([json.loads(line) for line in spacy_patterns(register)])  # type: ignore[attr-defined]
    return lambda text: {entity.ent_id_ for entity in nlp(text).ents}


def _partial_ratio(register: Register) -> Way:
    from rapidfuzz import fuzz, process

    names = [
        (wording.text.lower(), measure.id) for measure in register if measure.reported for wording in measure.wordings
    ]
    texts = [name for name, _ in names]

    def way(text: str) -> Iterable[str]:
        near = process.extract(text.lower(), texts, scorer=fuzz.partial_ratio, limit=None, score_cutoff=_NEAR_ENOUGH)
        return {names[place][1] for _, _, place in near}

    return way


def _imports(module: str) -> bool:
    return subprocess.run([sys.executable, "-c", f"import {module}"], check=False, capture_output=True).returncode == 0


def _import_time(module: str) -> float:
    """Seconds that a new process takes longer for the import, the best of three."""

    def run(code: str) -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - started

    return min(run(f"import {module}") for _ in range(3)) - min(run("pass") for _ in range(3))


if __name__ == "__main__":
    main()
