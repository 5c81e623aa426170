"""Protects the metadata as a whole: its word lists hold together, its evidence is true, absurd input takes no time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from samsyn.extract.finders.bodies import find_bodies
from samsyn.extract.finders.fields import label_meaning
from samsyn.extract.finders.metadata import Metadata, find_metadata
from samsyn.extract.finders.signatories import title_party
from samsyn.models.document import Block, Document
from samsyn.models.source import Evidence
from samsyn.vocabulary.lexicon import load_lexicon
from samsyn.vocabulary.load import load_toml
from tests.case_papers import build, case_files, read_case

CASES = [path for folder in ("period", "decision", "identity", "signatories") for path in case_files(folder)]


def test_no_label_stands_under_two_meanings() -> None:
    """A label listed twice would get whichever meaning comes last in the file."""
    meanings: dict[str, str] = {}
    twice = []
    for entry in load_lexicon("metadata.toml", "label").entries:
        for phrase in entry.phrases["whole"]:
            if meanings.setdefault(phrase, entry.meaning) != entry.meaning:
                twice.append(phrase)
    assert twice == []


@pytest.mark.parametrize("label", ["Diarienumer:", "BESLUTAD AV", "Gäller fr.o.m.", "Diarienr (åberopas):"])
def test_labels_are_known_in_other_dress(label: str) -> None:
    """Capitals, colons and a misspelling do not hide a label."""
    assert label_meaning(label) is not None


@pytest.mark.parametrize("text", ["Bakgrund", "Mål för perioden", "Beslut om samverkan", "Kommunfullmäktige"])
def test_headings_and_values_are_no_labels(text: str) -> None:
    """A heading of the body or a value is not taken for a label."""
    assert label_meaning(text) is None


@pytest.mark.parametrize(
    ("name", "example"),
    [(entry["name"], example) for entry in load_toml("bodies.toml")["body"] for example in entry.get("examples", ())],
)
def test_bodies_own_examples(name: str, example: str) -> None:
    """Each body is found in the examples that the vocabulary gives for it, in its base form."""
    assert name in [body.name for body in find_bodies(example)]


@pytest.mark.parametrize("text", ["kommunstyrelsens ordförande", "Rikspolisstyrelsen", "vi kf:ar", "Länsstyrelsen"])
def test_what_is_no_deciding_body(text: str) -> None:
    """A person, a national authority and small letters that happen to be an abbreviation are no bodies."""
    assert find_bodies(text) == ()


@pytest.mark.parametrize(
    ("title", "party"),
    [
        ("Kommunpolis", "police"),
        ("tf lokalpolisområdeschef", "police"),
        ("Chef LPO Syd", "police"),
        ("Länspolismästare", "police"),
        ("Kommunstyrelsens ordförande", "municipality"),
        ("Stadsdirektör", "municipality"),
        ("KSO", "municipality"),
        ("Landshövding", "other"),
        ("VD", "other"),
        ("Områdeschef", None),
        (None, None),
    ],
)
def test_party_of_a_title(title: str | None, party: str | None) -> None:
    """A title tells whose it is by its own words, or says nothing."""
    assert title_party(title) == party


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_evidence_is_what_stands_there(path: Path) -> None:
    """Every piece of evidence is the text of its block between its offsets."""
    document, parts, _ = read_case(path)
    blocks = {block.id: block for block in (*document.walk(), *document.furniture)}
    for evidence in _all_evidence(find_metadata(document, parts)):
        assert blocks[evidence.block].text[evidence.start : evidence.end].strip() == evidence.text


def _all_evidence(found: Metadata) -> list[Evidence]:
    places = [*found.title_evidence, *found.diary_number_evidence, *found.replaces_evidence]
    places += [*found.period.evidence, *found.decided.evidence]
    places += [evidence for person in found.signatories for evidence in person.evidence]
    return places + [evidence for caution in found.cautions for evidence in caution.evidence]


def test_the_same_document_gives_the_same_metadata() -> None:
    """Two runs over one document agree to the last detail."""
    document, parts, _ = read_case(CASES[0])
    assert find_metadata(document, parts) == find_metadata(document, parts)


def test_a_document_without_text_has_no_metadata_and_no_doubts() -> None:
    """An empty document is no reason for warnings of its own."""
    document, _ = build("")
    empty: tuple[Block, ...] = ()
    found = find_metadata(Document(source=document.source, blocks=empty), ())
    assert (found.title, found.kind, found.municipalities, found.period.start) == (None, "annat", (), None)
    assert (found.id, found.cautions) == ("prov", ())


@pytest.mark.parametrize(
    "unit", ["2019-", "2017 och ", "den 4 mars 2019 ", "antagen av kommunfullmäktige ", "Dnr: ", "→Anna Ek", ".", "A. "]
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    """Repetitions that make patterns go astray are read in a moment: untrusted files must not hang the program."""
    document, parts = build("# Samverkansöverenskommelse\n" + unit * (40_000 // len(unit)))
    start = time.process_time()
    find_metadata(document, parts)
    assert time.process_time() - start < 3
