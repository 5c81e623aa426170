"""The process that reads documents for `batch`: takes a request a line, gives a reply a line, both JSON.

It says 'ready' once, when it has started.
A request is `{"file", "password", "register", "all"}`; a reply `{"agreements": [...]}`, or `{"error", "trace"}`
with one line for the user and, when the error was not foreseen, a traceback for the developer.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from samsyn.errors import SamsynError, UnreadableDocument

MEMORY_LIMIT = 6 * 2**30
"""Bytes of address space that reading one document may take, where the system can enforce it."""


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


def serve(requests: BinaryIO, replies: BinaryIO, answer: Callable[[dict[str, Any]], list[str]]) -> None:
    """Say 'ready', then reply to each request with what `answer` gives: a list of agreements, each as JSON text."""
    replies.write(b"ready\n")
    replies.flush()
    for line in requests:
        replies.write(_reply(json.loads(line), answer) + b"\n")
        replies.flush()


def _reply(request: dict[str, Any], answer: Callable[[dict[str, Any]], list[str]]) -> bytes:
    try:
        return f'{{"agreements": [{",".join(answer(request))}]}}'.encode()
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


def _extract(request: dict[str, Any]) -> list[str]:
    from samsyn.pipeline import extract_agreement, extract_agreements

    path, password = request["file"], request["password"]
    name = os.fsencode(Path(path).name).decode("utf-8", "replace")  # a name may hold bytes that JSON cannot
    register = Path(request["register"]) if request["register"] else None
    if request["all"]:
        agreements = extract_agreements(path, file=name, password=password, register=register)
    else:
        agreements = (extract_agreement(path, file=name, password=password, register=register),)
    return [agreement.model_dump_json() for agreement in agreements]


def _limit_memory(limit: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
