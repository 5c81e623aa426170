"""What `samsyn explain` and `samsyn read` show: the outline, each finding's place and rule, what was left out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from samsyn.cli import main
from samsyn.explain import explain_document
from samsyn.extract.read import read_document
from samsyn.models.document import Document
from samsyn.pipeline import understand_document
from samsyn.write.as_explanation import write_explanation
from samsyn.write.as_read_document import write_document_json, write_document_text

EXAMPLE = Path(__file__).parent.parent / "examples" / "ange-2025-2028.pdf"

TEXT = """# Samverkansöverenskommelse mellan Kiruna kommun och Polismyndigheten 2025–2028

## Fokusområde 1: Isbanan

### Mål

- Fler ska åka skridskor utan oro.

### Åtgärder

- Kommunen håller banan upplyst varje kväll.
- Polisen besöker banan varje \x1b[31mfredag.
"""


@pytest.fixture(scope="module")
def document() -> Document:
    """A small agreement with a mark that would colour a terminal."""
    return read_document(TEXT.encode(), file="isbanan.md")


def explained(document: Document) -> str:
    """The explanation of the document as text."""
    stream = io.StringIO()
    write_explanation(explain_document(document, understand_document(document)), stream)
    return stream.getvalue()


def test_finding_is_under_the_section_it_was_read_in(document: Document) -> None:
    """Protects the report of an error: each value says where it came from and which rule took it."""
    explanation = explain_document(document, understand_document(document))
    findings = {finding.path: finding for finding in explanation.agreements[0].findings}
    assert findings["goals[g1]"].text == "Fler ska åka skridskor utan oro."
    assert findings["goals[g1]"].section == "Mål"
    assert findings["goals[g1]"].rule
    assert findings["measures[m1]"].section == "Åtgärder"
    assert findings["focus_areas[a1]"].section == "Fokusområde 1: Isbanan"


def test_findings_say_what_they_were_taken_for() -> None:
    """Protects reports of errors: who signed, and as which recurring measure a text was recognised."""
    shown = explained(read_document(EXAMPLE.read_bytes(), file="example.pdf"))
    assert "measures[m1]: SSPF → sspf\n" in shown
    assert "mentions[1]: SSPF → sspf\n" in shown
    assert "signatories[1]: Maj-Britt Orrenius, Kommunstyrelsens ordförande\n" in shown


def test_outline_shows_meanings_and_areas(document: Document) -> None:
    """Protects the first question of every report: which heading was understood as what."""
    lines = explained(document).splitlines()
    assert any("Mål" in line and "[goals" in line for line in lines)
    assert any("fokusområde: Isbanan" in line for line in lines)


def test_furniture_is_named_with_its_pages() -> None:
    """Protects against text that vanishes: what was taken for a running header is shown, once, with all its pages."""
    found = read_document(EXAMPLE)
    left = {item.text: item.pages for item in explain_document(found, understand_document(found)).furniture}
    assert left["Dnr KS 25/118"] == (1, 2, 3)


def test_cell_of_a_table_lies_in_the_section_of_its_table() -> None:
    """Protects findings of tables, most measures, from having no section."""
    found = read_document(EXAMPLE)
    findings = explain_document(found, understand_document(found)).agreements[0].findings
    sections = {finding.path: finding.section for finding in findings}
    assert sections["measures[m1]"] == "Åtgärder för ungas uppväxt"


def test_nothing_in_the_document_steers_the_terminal(document: Document) -> None:
    """Protects the terminal of whoever looks at a hostile file."""
    stream = io.StringIO()
    write_document_text(document, stream)
    assert "\x1b" not in explained(document) + stream.getvalue()


def test_read_gives_every_block_and_cell() -> None:
    """Protects the bare document: text of paragraphs, of cells and of furniture, in order."""
    stream = io.StringIO()
    found = read_document(EXAMPLE)
    write_document_text(found, stream)
    text = stream.getvalue()
    assert all(block.id + " " in text for block in found.walk())
    assert text.index("--- sida 1 ---") < text.index("--- sida 3 ---") < text.index("--- utelämnat ---")


def test_read_gives_the_same_document_as_json(document: Document) -> None:
    """Protects programs: the JSON has the fields of the model."""
    stream = io.StringIO()
    write_document_json(document, stream)
    data = json.loads(stream.getvalue())
    assert data["source"]["file"] == "isbanan.md"
    assert [block["text"] for block in data["blocks"]] == [block.text for block in document.blocks]


def test_commands_read_a_file_apart(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Protects the command line: a readable file is shown, another costs one line and exit 1."""
    assert main(["explain", str(EXAMPLE)]) == 0
    assert "goals[g1]" in capsys.readouterr().out
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing else")
    assert main(["read", str(broken)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "broken.pdf: " in shown.err
