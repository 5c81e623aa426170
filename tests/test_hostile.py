"""Every file made to do harm is read or refused with one line, within time and memory, by the reader that users have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from samsyn.batch import Outcome, Task, read_files
from samsyn.extract.office import find_office
from samsyn.limits import MB
from samsyn.models.reading import ReadOptions
from samsyn.process import ReaderProcess, worker_command
from tests.hostile.docx import docxs
from tests.hostile.pdf import pdfs
from tests.hostile.text import texts

FILES = {**pdfs(), **docxs(), **texts()}
SECONDS = 120.0
"""By the clock, on a machine that has other things to do; alone the slowest takes a tenth."""
MEMORY = 2048 * MB

REFUSED = {
    "many pages.pdf": "3000 pages are more than the limit of 2000 (--max-pages)",
    "font without map.pdf": "its pages are pictures without usable text, not read (--ocr never)",
    "cut off.pdf": "the PDF is cut off (its end is missing)",
    "forms doubled.pdf": "its drawings call one another more than 100000 times on a page (a bomb?)",
    "forms doubled, packed.pdf": "its drawings call one another more than 100000 times on a page (a bomb?)",
    "entities.docx": "the file is damaged (the document's main part cannot be read)",
    "a million cells.docx": "the file unpacks to an absurd amount of data (a zip bomb?)",
    "bomb.docx": "the file unpacks to an absurd amount of data (a zip bomb?)",
    "deep.docx": "the file is damaged (the document's main part cannot be read)",
    "empty.docx": "a zip archive without a Word document in it",
    "nul.txt": "not a text file",
    "lone surrogates.txt": "not a text file",
}
"""Files that must be refused, and how the line begins."""
READ = (
    "plain.pdf", "form in itself.pdf", "deep states.pdf", "a million cells.pdf", "huge type.pdf", "acting.pdf", "plain.docx",
    "entities in styles.docx", "outside.docx", "paths.docx", "wide spans.docx", "long table.md", "wide spans.md",
)  # fmt: skip
"""Files whose harmless text must be read all the same."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Outcome]]:
    """What came of each file; the readers go on from one to the next as they do for users."""
    folder = tmp_path_factory.mktemp("hostile")
    tasks = []
    for number, (name, data) in enumerate(FILES.items()):
        path = folder / f"{number}{Path(name).suffix}"
        path.write_bytes(data)
        tasks.append(Task(str(path), name, ReadOptions(ocr="never"), keep=True))
    with closing(read_files(tasks, jobs=1, timeout=SECONDS, memory=MEMORY)) as found:
        yield {outcome.name: outcome for outcome in found}


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_hostile_file_costs_its_own_outcome(name: str, outcomes: dict[str, Outcome]) -> None:
    """Protects whoever reads files of strangers: each ends in time, as a document or one line that was foreseen."""
    outcome = outcomes[name]
    reason = outcome.error or ""
    assert "unexpected" not in reason, outcome.trace
    assert not reason.startswith("took longer")
    assert "\n" not in reason
    assert outcome.agreements or reason
    if name in REFUSED:
        assert reason.startswith(REFUSED[name])
    if name in READ:
        assert outcome.error is None


@pytest.mark.slow
def test_nothing_of_the_machine_gets_into_a_document(outcomes: dict[str, Outcome]) -> None:
    """Protects secrets: no file beside the document is read into it, whatever it asks for."""
    from samsyn.models.stored import unpack_document

    for outcome in outcomes.values():
        if outcome.document:
            assert "root:" not in " ".join(block.text for block in unpack_document(outcome.document).walk()), (
                outcome.name
            )
    assert not Path("/tmp/utanför.xml").exists()


@pytest.mark.slow
def test_memory_has_a_limit_that_is_said(tmp_path: Path) -> None:
    """Protects the machine's memory: a reader that wants more than it may have says so, and the next file is read."""
    path = tmp_path / "bomb.pdf"
    path.write_bytes(FILES["bomb.pdf"])
    process = ReaderProcess(worker_command(512 * MB), SECONDS)
    request = {"register": None, "all": False, "keep": False, "stored": False, "pictures": False}
    options = ReadOptions(ocr="never")._asdict()
    try:
        said = process.ask({**request, "file": str(path), "options": options})
        assert "error" in said
        path.write_bytes(FILES["plain.pdf"])
        assert process.ask({**request, "file": str(path), "options": options}).get("agreements")
    finally:
        process.close()


@pytest.mark.slow
@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed: no hostile RTF tested")
def test_deep_rtf_costs_its_own_outcome(tmp_path: Path) -> None:
    """Protects the batch from what LibreOffice does with groups nested without end."""
    path = tmp_path / "djup.rtf"
    path.write_bytes(b"{\\rtf1 " + b"{" * 100_000 + b"x" + b"}" * 100_000 + b"}")
    (outcome,) = read_files([Task(str(path), path.name)], timeout=SECONDS)
    assert outcome.agreements or outcome.error
    assert "unexpected" not in (outcome.error or "")
