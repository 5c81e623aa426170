"""The text reader on anything: a document or UnreadableDocument, every offset inside its text, work that grows with size."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.errors import UnreadableDocument
from samsyn.extract.readers.text_reader import read_text
from samsyn.models.document import Block, Document

PIECES = (
    "Bakgrund", "Mål: fler vuxna", "polisen och kommunen", "är överens.", "\n", "\n\n", "\t", "  ", "    ", "- ", "• ", "1. ",
    "2 ", "# ", "## ", "**", "*", "_", "<b>", "</b>", "<p>", "</p>", "<table>", "<tr>", "<td>", "</table>", "<sup>1</sup>",
    "¹", "² En not", "|", "| a | b |\n", "|---|---|\n", "---\n", "===\n", "\f", "&amp;", "&#xfe;", "[^1]", "[^1]: not", "http://x.se/a_b",
    "Transkript\n", "Läs mer\n", "Åtgärd\tAnsvarig\tTid\n", "a\tb\tc\n", "____", "......", "\u00ad", "\u0301", "2031", "3.1 ", "o ",
)  # fmt: skip


def check(document: Document) -> None:
    """Every offset lies inside its text, spans are in order, ids are unique and evidence quotes the text."""
    blocks = [*document.walk(), *(note.block for note in document.footnotes), *document.furniture]
    assert len({block.id for block in blocks}) == len(blocks)
    for block in blocks:
        check_block(block)


def check_block(block: Block) -> None:
    size = len(block.text)
    assert block.text == block.text.strip()
    assert all(0 <= note.offset <= size for note in block.notes)
    assert all(0 <= span.start < span.end <= size and (span.bold or span.italic) for span in block.emphasis)
    assert all(a.end <= b.start for a, b in zip(block.emphasis, block.emphasis[1:], strict=False))
    starts = [line.start for line in block.lines]
    assert starts == sorted(starts)
    assert all(0 <= start <= size for start in starts)
    for item in block.locate():
        assert item.text == block.text[item.start : item.end].strip()
    if block.table is not None:
        check_table(block)


def check_table(block: Block) -> None:
    table = block.table
    assert table is not None
    assert table.cells
    for cell in table.cells:
        assert 0 <= cell.row < table.row_count
        assert 0 <= cell.column < table.column_count
    assert 0 <= table.header_rows <= table.row_count


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_mixture_of_markup(pieces: list[str]) -> None:
    """Markup in any order gives a sound document, the same every time."""
    data = "".join(pieces).encode()
    try:
        document = read_text(data, file="x.txt", known_headings=("bakgrund",), known_columns=("åtgärd", "ansvarig", "tid"))
    except UnreadableDocument:
        return
    check(document)
    again = read_text(data, file="x.txt", known_headings=("bakgrund",), known_columns=("åtgärd", "ansvarig", "tid"))
    assert document == again


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes(data: bytes) -> None:
    """Bytes of any kind give a sound document or the one error."""
    try:
        check(read_text(data, file="x.txt"))
    except UnreadableDocument as error:
        assert str(error).startswith("x.txt: ")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40), min_size=2, max_size=4))
def test_any_transcript(pages: list[list[str]]) -> None:
    """Long numbered lines with anything on them are taken apart into a sound document."""
    filler = "Kommunen och polisen möts varje månad på torget. " * 10
    lines = [f"{number} {filler}{' '.join(page)} {filler}".replace("\n", " ") for number, page in enumerate(pages, 1)]
    data = ("Titel\n\nTranskript\n\n" + "\n\n".join(line.replace("\f", " ") for line in lines)).encode()
    check(read_text(data, file="x.txt", known_headings=("bakgrund",), known_columns=("åtgärd", "ansvarig", "tid")))


GROWING = {
    "markup never closed": "*a **b _c <b> ",
    "tables never closed": "<table><tr><td>",
    "broken tags": "<table",
    "brackets": "<",
    "rows": "a\tb\tc\n",
    "a table of contents": "Mål och syfte\t3\n",
    "bars": "|a|b|\n",
    "cut paragraphs": "ord\n\n",
    "footnotes": "¹ En not\n\n",
    "numbered lines": "1 En rad\n\n",
    "columns of spaces": "aaa    bbb    ccc\n",
    "short lines": "Torget\n\n",
    "pages": "Torget\f",
    "hyphens": "trygg-\n",
    "words": "Torget är lugnt. ",
    "capitals": "TORG ",
    "labels": "Mål: ",
    "bullets": "• Torg ",
    "numbers": "1. Torg ",
}


@pytest.mark.parametrize("unit", GROWING.values(), ids=GROWING.keys())
def test_work_grows_with_size(unit: str) -> None:
    """Eight times the text takes well under the 64 times that work growing with its square would."""
    times = []
    for size in (12_000, 96_000):
        data = (unit * (size // len(unit.encode()) + 1)).encode()
        started = time.process_time()
        try:
            read_text(data, file="x.txt", known_headings=("mål",), known_columns=("mål",))
        except UnreadableDocument:
            return
        times.append(time.process_time() - started)
    assert times[1] < 24 * max(times[0], 0.004)


def test_a_megabyte_of_agreement() -> None:
    """A megabyte of ordinary text takes a second or two, not a minute."""
    chance = random.Random(7)
    words = "kommunen polisen arbetar tillsammans för trygghet i parken och på torget varje vecka med föreningar".split()
    paragraphs = [" ".join(chance.choices(words, k=60)).capitalize() + "." for _ in range(1_900)]
    text = "".join(f"Rubrik nummer {n}\n\n{paragraph}\n\n- ett\n- två\n\n" for n, paragraph in enumerate(paragraphs))
    started = time.process_time()
    document = read_text(text.encode(), file="stor.txt")
    assert time.process_time() - started < 6
    assert len(document.blocks) == 4 * len(paragraphs)
