"""The process that reads documents for `batch`: takes a request a line, gives a reply a line, both JSON.

It says 'ready' once, when it has started.
A request is `{"file", "password", "register", "all", "keep", "stored", "pictures"}`; a reply `{"agreements": [...]}`,
or `{"error", "trace"}` with one line for the user and, when the error was not foreseen, a traceback for the developer.
With `keep` the reply also has `document` (packed, base64) and `seconds`, with `pictures` too those of the pages; with
`stored` the file is such a document.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from samsyn.errors import SamsynError, UnreadableDocument

if TYPE_CHECKING:
    from samsyn.models.agreement import Agreement

Answer = Callable[[dict[str, Any]], dict[str, str]]
"""From a request to the members of its reply, each as JSON text."""

MEMORY_LIMIT = 6 * 2**30
"""Bytes of address space that reading one document may take, where the system can enforce it."""


_MOST_PICTURES = 80
"""Pages whose pictures are drawn; of a longer file those that something was read from."""


def main() -> None:
    """Serve requests from standard input until it closes; replies go to what was standard output.

    Both streams are taken for the conversation alone: nothing that a library or a program it starts reads or
    prints can disturb it.
    """
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    _limit_memory(MEMORY_LIMIT)
    with contextlib.suppress(Exception):  # what is wrong there is said in the reply to the first request
        import_module("samsyn.pipeline")
    with contextlib.suppress(BrokenPipeError):
        serve(requests, replies, _extract)


def serve(requests: BinaryIO, replies: BinaryIO, answer: Answer) -> None:
    """Say 'ready', then reply to each request with what `answer` gives."""
    replies.write(b"ready\n")
    replies.flush()
    for line in requests:
        replies.write(_reply(json.loads(line), answer) + b"\n")
        replies.flush()


def _reply(request: dict[str, Any], answer: Answer) -> bytes:
    try:
        members = [f'"{name}": {text}' for name, text in answer(request).items()]
        return f"{{{', '.join(members)}}}".encode()
    except UnreadableDocument as error:
        return _failure(error.reason)
    except SamsynError as error:
        return _failure(str(error))
    except OSError as error:
        return _failure(error.strerror or type(error).__name__, _trace())
    except MemoryError:
        return _failure("needs more memory than one document may take")
    except Exception as error:  # the border: whatever a document provokes becomes one line, never a traceback
        return _failure(f"unexpected {type(error).__name__} (SAMSYN_DEBUG=1 shows where)", _trace())


def _trace() -> str:
    import traceback

    return traceback.format_exc()


def _failure(reason: str, trace: str = "") -> bytes:
    return json.dumps({"error": " ".join(reason.split()), "trace": trace}).encode()


def _extract(request: dict[str, Any]) -> dict[str, str]:
    if request.get("keep") or request.get("stored"):
        return _extract_and_keep(request)
    from samsyn.pipeline import extract_agreement, extract_agreements

    path, password = request["file"], request["password"]
    name, register = _name_of(path), _register_of(request)
    if request["all"]:
        agreements = extract_agreements(path, file=name, password=password, register=register)
    else:
        agreements = (extract_agreement(path, file=name, password=password, register=register),)
    return {"agreements": _list(agreements)}


def _extract_and_keep(request: dict[str, Any]) -> dict[str, str]:
    """Every agreement, and the document they were found in: read from the file, or as it was kept the last time."""
    from samsyn.extract.read import ReadOptions, read_document
    from samsyn.models.stored import pack_document, unpack_document
    from samsyn.pipeline import understand_document

    started, path = time.perf_counter(), request["file"]
    if request.get("stored"):
        packed = Path(path).read_bytes()
        document = unpack_document(packed)
    else:
        document = read_document(path, file=_name_of(path), options=ReadOptions(password=request["password"]))
        packed = pack_document(document)
    agreements = understand_document(document, register=_register_of(request))
    seconds = round(time.perf_counter() - started, 3)
    reply = {
        "agreements": _list(agreements),
        "document": json.dumps(base64.b64encode(packed).decode("ascii")),
        "seconds": json.dumps(seconds),
    }
    if request.get("pictures") and document.source.media_type == "application/pdf":
        reply["pictures"] = _pictures(request, len(document.pages), agreements)
    return reply


def _pictures(request: dict[str, Any], pages: int, agreements: Sequence[Agreement]) -> str:
    """Pictures of the pages by number, base64."""
    from samsyn.extract.readers.pdf_snapshots import draw_pages
    from samsyn.review import pages_to_draw

    wanted = pages_to_draw(pages, agreements, _MOST_PICTURES)
    drawn = draw_pages(Path(request["file"]).read_bytes(), wanted, password=request["password"])
    return json.dumps({number: base64.b64encode(picture).decode("ascii") for number, picture in drawn.items()})


def _name_of(path: str) -> str:
    return os.fsencode(Path(path).name).decode("utf-8", "replace")  # a name may hold bytes that JSON cannot


def _register_of(request: dict[str, Any]) -> Path | None:
    return Path(request["register"]) if request["register"] else None


def _list(agreements: Iterable[Agreement]) -> str:
    return f"[{','.join(agreement.model_dump_json() for agreement in agreements)}]"


def _limit_memory(limit: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
