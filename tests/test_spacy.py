"""The spaCy component: spans and entities of the register's measures, with what the matcher knows of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from samsyn.cli import main
from samsyn.match import Matcher
from samsyn.vocabulary.register import load_register

_TEXT = (
    "EST-möten hålls varannan vecka. Vid behov erbjuds ANDTS-coacher. Tre trygghets-\nvandringar genomfördes. "
    "Effekt: fler ska känna sig trygga."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    """A blank Swedish pipeline with the component, added by name as a user does."""
    pipeline = spacy.blank("sv")
    pipeline.add_pipe("samsyn_measures")
    return pipeline


def test_spans_say_what_the_matcher_says(nlp: Language) -> None:
    """Protects the component: ids, names, scores and the name itself as from `Matcher.mentions`, and the standing."""
    doc = nlp(_TEXT)
    spans = doc.spans["measures"]
    mentions = Matcher(load_register()).mentions(_TEXT)
    assert [(span.id_, span._.measure_score) for span in spans] == [(match.id, match.score) for match in mentions]
    assert [span._.measure_commitment for span in spans] == ["descriptive", "conditional", "reported"]
    assert (spans[0].text, spans[0]._.measure_matched) == ("EST-möten", "EST")
    assert spans[0].kb_id_ == "est"
    assert spans[0].label_ == "MEASURE"
    assert spans[0]._.measure_name == "Effektiv samordning för trygghet"
    assert spans[0]._.measure_reasons


def test_entities_leave_those_of_others_alone() -> None:
    """Protects pipelines with other components: an earlier entity keeps its tokens, the span is there all the same."""
    pipeline = spacy.blank("sv")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "Nattvandring"}])  # type: ignore[attr-defined]
    pipeline.add_pipe("samsyn_measures")
    doc = pipeline("Nattvandring och SIG")
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Nattvandring", "ORG"), ("SIG", "MEASURE")]
    assert [span.id_ for span in doc.spans["measures"]] == ["nattvandring", "sig"]
    assert doc.ents[0]._.measure_name is None


def test_overlapping_measures_are_all_spans(nlp: Language) -> None:
    """Protects `doc.spans`: two measures with a common head are both there, of the entities only one."""
    doc = nlp("Information om bedrägerier och inbrottsskydd")
    assert [span.id_ for span in doc.spans["measures"]] == ["bedrageriinformation", "inbrottsinformation"]
    assert len(doc.ents) == 1


def test_settings_are_obeyed(tmp_path: Path) -> None:
    """Protects the configuration: an own register, another threshold and key, no entities; a bad file is told."""
    own = tmp_path / "own.toml"
    own.write_text('[[measure]]\nid = "bv"\nname = "Bryggvakt"\ncategory = "x"\nkind = "activity"\n', encoding="utf-8")
    pipeline = spacy.blank("sv")
    config = {"register": str(own), "threshold": 0.98, "spans_key": "s", "as_entities": False}
    pipeline.add_pipe("samsyn_measures", config=config)
    doc = pipeline("Bryggvakt och SIG")
    assert [span.id_ for span in doc.spans["s"]] == ["bv"]
    assert doc.ents == ()
    with pytest.raises(Exception, match="saknas"):
        spacy.blank("sv").add_pipe("samsyn_measures", config={"register": str(tmp_path / "saknas.toml")})


def test_what_is_saved_comes_back(nlp: Language, tmp_path: Path) -> None:
    """Protects storage: documents keep what is known of their measures, a saved pipeline does the same again."""
    doc = nlp(_TEXT)
    wanted = [(span.id_, span._.measure_score, span._.measure_commitment) for span in doc.spans["measures"]]
    box = DocBin(store_user_data=True)
    box.add(doc)
    (from_box,) = DocBin().from_bytes(box.to_bytes()).get_docs(nlp.vocab)
    nlp.to_disk(tmp_path)
    for other in (Doc(nlp.vocab).from_bytes(doc.to_bytes()), from_box, spacy.load(tmp_path)(_TEXT)):
        assert [(s.id_, s._.measure_score, s._.measure_commitment) for s in other.spans["measures"]] == wanted


def test_exported_names_are_patterns_for_an_entity_ruler(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Protects `list --format spacy-patterns`: spaCy reads it, finds plain names, and none of the silent kinds."""
    assert main(["measures", "list", "--format", "spacy-patterns"]) == 0
    lines = capsys.readouterr().out
    (tmp_path / "measures.jsonl").write_text(lines, encoding="utf-8")
    pipeline = spacy.blank("sv")
    pipeline.add_pipe("entity_ruler").from_disk(tmp_path / "measures.jsonl")  # type: ignore[attr-defined]
    doc = pipeline("NATTVANDRING, SIG och walk & talk, inte sig, kommunpolis eller Belysning")
    assert [(entity.text, entity.ent_id_) for entity in doc.ents] == [
        ("NATTVANDRING", "nattvandring"), ("SIG", "sig"), ("walk & talk", "walk-and-talk"),
    ]  # fmt: skip
    register = load_register()
    assert all(register.get(json.loads(line)["id"]).reported for line in lines.splitlines())  # type: ignore[union-attr]


def test_spacy_is_imported_only_when_asked_for() -> None:
    """Protects everybody else: neither the package nor its commands import spaCy."""
    code = (
        "import sys, samsyn\nfrom samsyn.cli import main\nmain(['measures', 'match', 'SIG'])\n"
        "main(['measures', 'list', '--format', 'spacy-patterns', '--category', 'trafik'])\nassert 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
