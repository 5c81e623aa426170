"""The process that reads documents for `batch`: takes a request a line, gives a reply a line, both JSON.

It says 'ready' once, when it has started.
A request is `{"file", "options", "register", "all", "keep", "stored", "pictures"}`; a reply `{"agreements": [...],
"notice"}`, or `{"error", "trace"}` with one line for the user and, when the error was not foreseen, a traceback for the
developer. With `keep` the reply also has `document` (packed, base64) and `seconds`, with `pictures` too those of the
pages; with `stored` the file is such a document. Before a reply there may be lines `{"note": {"page", "pages"}}`: how
many pages have been recognised, of how many.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from samsyn.errors import SamsynError, UnreadableDocument

if TYPE_CHECKING:
    from samsyn.models.agreement import Agreement
    from samsyn.models.document import Document

Answer = Callable[[dict[str, Any]], dict[str, str]]
"""From a request to the members of its reply, each as JSON text."""
Tell = Callable[[int, int], None]
"""Told how many pages are recognised, of how many."""

_MOST_PICTURES = 80
"""Pages whose pictures are drawn; of a longer file those that something was read from."""
_LOOK_UP = 2.0
"""Seconds between looks at whether whoever asked is still there."""


def main(memory: int, parent: int) -> None:
    """Serve requests from standard input until it closes or the parent process is gone, within so many bytes of memory.

    Replies go to what was standard output.
    Both streams are taken for the conversation alone: nothing that a library or a program it starts reads or
    prints can disturb it.
    """
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    limit_memory(memory)
    threading.Thread(target=_leave_with_parent, args=(parent,), daemon=True).start()
    with contextlib.suppress(Exception):  # what is wrong there is said in the reply to the first request
        import_module("samsyn.pipeline")
    with contextlib.suppress(BrokenPipeError):
        serve(requests, replies, partial(_extract, tell=partial(_note, replies)))


def serve(requests: BinaryIO, replies: BinaryIO, answer: Answer) -> None:
    """Say 'ready', then reply to each request with what `answer` gives."""
    replies.write(b"ready\n")
    replies.flush()
    for line in requests:
        replies.write(_reply(json.loads(line), answer) + b"\n")
        replies.flush()


def _note(replies: BinaryIO, page: int, pages: int) -> None:
    replies.write(b'{"note": {"page": %d, "pages": %d}}\n' % (page, pages))
    replies.flush()


def _leave_with_parent(parent: int) -> None:
    """End this process, and what it has started, when whoever started it is gone and can no longer do so."""
    while os.getppid() == parent:
        time.sleep(_LOOK_UP)
    with contextlib.suppress(OSError, AttributeError):
        if os.getpgid(0) == os.getpid():
            os.killpg(0, signal.SIGKILL)
    os._exit(1)


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


def _extract(request: dict[str, Any], tell: Tell) -> dict[str, str]:
    """Every agreement asked for; with `keep` also the document they were found in: read, or as it was kept before."""
    from samsyn.extract.read import read_document, say_unread
    from samsyn.models.reading import ReadOptions
    from samsyn.models.stored import pack_document, unpack_document
    from samsyn.pipeline import name_others, understand_document

    started, path = time.perf_counter(), request["file"]
    options = ReadOptions(**request["options"])
    if request.get("stored"):
        document = unpack_document(Path(path).read_bytes())
    else:
        document = read_document(path, file=_name_of(path), options=options, on_page=tell)
    agreements = understand_document(document, register=_register_of(request), options=options)
    if not request["all"] and not request.get("keep"):
        agreements = (name_others(agreements),)
    reply = {"agreements": _list(agreements), "notice": json.dumps(say_unread(document, options))}
    if request.get("keep"):
        reply["document"] = json.dumps(base64.b64encode(pack_document(document)).decode("ascii"))
        reply["seconds"] = json.dumps(round(time.perf_counter() - started, 3))
    if request.get("pictures"):
        reply["pictures"] = _pictures(request, document, agreements)
    return reply


def _pictures(request: dict[str, Any], document: Document, agreements: Sequence[Agreement]) -> str:
    """Pictures of the pages by number, base64; none for a format that has no pages."""
    if document.source.media_type != "application/pdf":
        return "{}"
    from samsyn.extract.readers.pdf_snapshots import draw_pages
    from samsyn.review import pages_to_draw

    wanted = pages_to_draw(len(document.pages), agreements, _MOST_PICTURES)
    drawn = draw_pages(Path(request["file"]).read_bytes(), wanted, password=request["options"]["password"])
    return json.dumps({number: base64.b64encode(picture).decode("ascii") for number, picture in drawn.items()})


def _name_of(path: str) -> str:
    return os.fsencode(Path(path).name).decode("utf-8", "replace")  # a name may hold bytes that JSON cannot


def _register_of(request: dict[str, Any]) -> Path | None:
    return Path(request["register"]) if request["register"] else None


def _list(agreements: Iterable[Agreement]) -> str:
    return f"[{','.join(agreement.model_dump_json() for agreement in agreements)}]"


def limit_memory(limit: int) -> None:
    """Let this process take no more than so many bytes of address space, where the system can enforce it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
