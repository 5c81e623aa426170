"""The text reader on anything: a document or UnreadableDocument, every offset inside its text, work that grows with size."""

from __future__ import annotations

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
        document = read_text(
            data, file="x.txt", known_headings=("bakgrund",), known_columns=("åtgärd", "ansvarig", "tid")
        )
    except UnreadableDocument:
        return
    check(document)
    again = read_text(data, file="x.txt", known_headings=("bakgrund",), known_columns=("åtgärd", "ansvarig", "tid"))
    assert document == again


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
)
def test_any_bytes(data: bytes) -> None:
    """Bytes of any kind give a sound document or the one error."""
    try:
        document = read_text(data, file="x.txt")
    except UnreadableDocument as refused:
        assert str(refused).startswith("x.txt: ")  # noqa: PT017 - either is right, neither is sure
    else:
        check(document)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40), min_size=2, max_size=4))
def test_any_transcript(pages: list[list[str]]) -> None:
    """Long numbered lines with anything on them are taken apart into a sound document."""
    filler = "Kommunen och polisen möts varje månad på torget. " * 10
    lines = [f"{number} {filler}{' '.join(page)} {filler}".replace("\n", " ") for number, page in enumerate(pages, 1)]
    data = ("Titel\n\nTranskript\n\n" + "\n\n".join(line.replace("\f", " ") for line in lines)).encode()
    check(read_text(data, file="x.txt", known_headings=("bakgrund",), known_columns=("åtgärd", "ansvarig", "tid")))
