"""Takes a document as read, gives it bare: as JSON with every field, or as text with a line a block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from samsyn.models.document import Block, Document
from samsyn.write.clean import clean_text, one_line


def write_document_json(document: Document, stream: IO[str]) -> None:
    """Write the document as one indented JSON object, fields as in `samsyn.models.document`."""
    from pydantic import TypeAdapter

    stream.write(TypeAdapter(Document).dump_json(document, indent=2).decode() + "\n")


def write_document_text(document: Document, stream: IO[str]) -> None:
    """Write the document's blocks, a line each: id, kind and rank, page, text; cells below their table."""
    stream.writelines(f"{line}\n" for line in _lines(document))


def _lines(document: Document) -> Iterator[str]:
    page: int | None = None
    for block in document.blocks:
        if block.page is not None and block.page != page:
            page = block.page
            yield f"--- sida {page} ---"
        yield from _block(block, 0)
    if document.footnotes:
        yield "--- fotnoter ---"
    for note in document.footnotes:
        yield f"{one_line(note.label)} {_text(note.block)}"
    if document.furniture:
        yield "--- utelämnat ---"
    for block in document.furniture:
        yield from _block(block, 0)
    if document.cautions:
        yield "--- att kontrollera ---"
    for caution in document.cautions:
        yield f"{caution.code}: {one_line(caution.message)}"


def _block(block: Block, depth: int) -> Iterator[str]:
    rank = str(block.level) if block.level else ""
    marker = f"{one_line(block.marker)} " if block.marker else ""
    yield f"{'  ' * depth}{block.id} {block.kind.value}{rank} | {marker}{_text(block)}".rstrip()
    if block.table is not None:
        for cell in block.table.cells:
            for inner in cell.blocks:
                yield from _block(inner, depth + 1)


def _text(block: Block) -> str:
    """The text with what parts it shown: ' ⏎ ' for a newline, ' ⇥ ' for a wide gap."""
    return clean_text(block.text).replace("\n", " ⏎ ").replace("\t", " ⇥ ")
