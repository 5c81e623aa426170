"""The process that reads what was made: read, understand, write in every format; says what it cost and what was wrong.

It speaks `samsyn.worker`'s language, so that `samsyn.batch` starts it, ends it and tells how it ended.
"""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from samsyn.worker import limit_memory, serve

_WRITTEN = 8
"""One in so many is written in every format."""


def main(memory: int, _parent: int) -> None:
    """Serve requests until standard input closes, within so many bytes."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limit_memory(memory)
    serve(requests, replies, _answer)


def _answer(request: dict[str, Any]) -> dict[str, str]:
    from samsyn.errors import UnreadableDocument

    path = Path(request["file"])
    data = path.read_bytes()
    _forget_peak()
    before, started = _peak(), time.process_time()
    reason, wrong = None, []
    try:
        wrong = list(_read(data, path.name))
    except UnreadableDocument as error:
        reason = error.reason
    said = {"seconds": time.process_time() - started, "memory": _peak() - before, "reason": reason, "wrong": wrong}
    return {"agreements": "[]", "said": json.dumps(said)}


def _read(data: bytes, name: str) -> Iterator[str]:
    from samsyn.check import check_agreement
    from samsyn.explain import explain_document
    from samsyn.extract.read import read_document
    from samsyn.models.agreement import Agreement
    from samsyn.models.reading import ReadOptions
    from samsyn.models.stored import pack_document, unpack_document
    from samsyn.pipeline import understand_document
    from samsyn.review import review_document
    from samsyn.write import FORMATS, write_agreements
    from samsyn.write.as_explanation import write_explanation
    from samsyn.write.review_html import write_review

    document = read_document(data, file=name, options=ReadOptions(ocr="never"))
    agreements = understand_document(document)
    if unpack_document(pack_document(document)) != document:
        yield "the document is another one once it was kept"
    for agreement in agreements:
        if Agreement.model_validate_json(agreement.model_dump_json()) != agreement:
            yield "the agreement is another one once it was JSON"
        check_agreement(agreement)
    yield from _misplaced(document)
    if crc32(name.encode()) % _WRITTEN:  # writing costs more than reading
        return
    for form, entry in FORMATS.items():
        stream = io.BytesIO() if entry.binary else io.StringIO()
        write_agreements(agreements, stream, form)
        if not entry.binary:
            stream.getvalue().encode()  # type: ignore[union-attr]
    page = io.StringIO()
    write_review(review_document(document, agreements, {}), page)
    if "<script>alert(1)" in page.getvalue():
        yield "script of the document in the page of HTML"
    write_explanation(explain_document(document, agreements), page)
    page.getvalue().encode()


def _misplaced(document: Any) -> Iterator[str]:
    """What offsets and boxes of a document must hold."""
    pages = {page.number for page in document.pages}
    ids = set()
    for block in document.walk():
        if block.id in ids:
            yield f"two blocks are called {block.id}"
        ids.add(block.id)
        if any(line.start > len(block.text) for line in block.lines):
            yield f"a line of {block.id} begins behind its text"
        if any(line.page is not None and line.page not in pages for line in block.lines):
            yield f"a line of {block.id} is on a page that is not there"
        if any(line.box and not all(map(_is_sane, line.box)) for line in block.lines):
            yield f"a line of {block.id} has no place"


def _is_sane(value: float) -> bool:
    """True for a place that a page can have, be it as large as pdfium takes."""
    return -1e10 < value < 1e10


def _forget_peak() -> None:
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    """Most bytes of memory held since the peak was forgotten."""
    with suppress(OSError, IndexError, ValueError):
        lines = Path("/proc/self/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024
    return 0
