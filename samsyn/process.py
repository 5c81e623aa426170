"""A process that reads one document at a time, can be ended, and is started again: asks it, gives what it says.

Whatever a document does to it, hang, crash, or eat memory, becomes an answer with one line.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

_START = (
    "import sys; from importlib import import_module; module, limit, parent, *sys.path[:] = sys.argv[1:]; "
    "import_module(module).main(int(limit), int(parent))"
)
_DOCUMENTS = 200
"""After so many documents a process is replaced, so that what libraries leak cannot add up."""

_OUT_OF_MEMORY = tuple(-number for number in (signal.SIGABRT, signal.SIGSEGV, getattr(signal, "SIGTRAP", 5)))
"""How libraries that are not Python end when they get no memory."""

Answer = dict[str, Any]
"""What the process said of a request; with `error`, one line, when there is nothing else to say."""
OnNote = Callable[[dict[str, Any]], None]
"""Told what the process says before its answer: `{"page", "pages"}` when it has recognised a page."""


def worker_command(memory: int, module: str = "samsyn.worker") -> list[str]:
    """The command that starts `module` with this process's interpreter and module path, within `memory` bytes.

    It ends with this process, even when this process is killed.
    """
    here = str(Path(__file__).resolve().parent.parent)
    paths = [here, *(path for path in sys.path if path and path != here)]
    return [sys.executable, "-P", "-c", _START, module, str(memory), str(os.getpid()), *paths]


class ReaderProcess:
    """Started when needed, and again after it was ended. One thread asks at a time; any may end it."""

    def __init__(self, command: Sequence[str], timeout: float) -> None:
        self._command = command
        self.timeout = timeout
        """Seconds without a sign of progress after which the process is killed."""
        self._process: subprocess.Popen[bytes] | None = None
        self._documents = 0
        self._ready = False
        self._closed = False
        self._lock = threading.Lock()

    def ask(self, request: Mapping[str, Any], on_note: OnNote | None = None) -> Answer:
        """What the process says of the request, also when it dies over it or takes too long."""
        process = self._running()
        if process is None:
            return _failure("not read: interrupted")
        if not self._is_ready(process):
            return _failure(f"the reader did not start ({_how_it_ended(self.drop())})")
        clock = _Clock(self.timeout, process)
        reply, noted = _converse(process, request, clock, on_note)
        clock.stop()
        if reply is not None:
            self._retire_in_time()
            return reply
        code = self.drop()
        if clock.expired:
            return _failure(_too_long(self.timeout, noted))
        perhaps = "; perhaps it needs more than --max-memory" if code in _OUT_OF_MEMORY else ""
        return _failure(f"the reader crashed over it ({_how_it_ended(code)}{perhaps})")

    def end(self) -> None:
        """Kill the process, whatever it is doing, and start none again."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is not None:
            _kill(process)

    def close(self) -> None:
        """End it and wait until it is gone."""
        self.end()
        self.drop()

    def drop(self) -> int:
        """Let the process end and forget it; its exit code, negative for a signal, 0 when there was none."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return 0
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        return process.wait()

    def _running(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._process is None and not self._closed:
                self._process = _start(self._command)
                self._documents, self._ready = 0, False
            return None if self._closed else self._process

    def _is_ready(self, process: subprocess.Popen[bytes]) -> bool:
        """True when the process has said that it is ready, so that no file pays for its start."""
        if not self._ready and process.stdout is not None:
            self._ready = process.stdout.readline() == b"ready\n"
        return self._ready

    def _retire_in_time(self) -> None:
        self._documents += 1
        if self._documents >= _DOCUMENTS:
            self.drop()


class _Clock:
    """Kills the process when so many seconds have passed since the last sign of progress, and remembers that it did."""

    def __init__(self, seconds: float, process: subprocess.Popen[bytes]) -> None:
        self.expired = False
        self._seconds = seconds
        self._of = process
        self._timer = self._started()

    def restart(self) -> None:
        self._timer.cancel()
        self._timer = self._started()

    def stop(self) -> None:
        self._timer.cancel()

    def _started(self) -> threading.Timer:
        timer = threading.Timer(self._seconds, self._expire)
        timer.daemon = True
        timer.start()
        return timer

    def _expire(self) -> None:
        self.expired = True
        _kill(self._of)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("SAMSYN_DEBUG") else subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the parent, which then ends its workers
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _converse(
    process: subprocess.Popen[bytes], request: Mapping[str, Any], clock: _Clock, on_note: OnNote | None
) -> tuple[Answer | None, dict[str, Any]]:
    """The process's answer, None when it died before it was done; and the last of its notes."""
    noted: dict[str, Any] = {}
    if process.stdin is None or process.stdout is None:
        return None, noted
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        while (line := process.stdout.readline()).endswith(b"\n"):
            said: Answer = json.loads(line)
            if "note" not in said:
                return said, noted
            noted = said["note"]
            clock.restart()
            if on_note is not None:
                on_note(noted)
    except (OSError, ValueError):  # the pipe is broken, or was closed
        pass
    return None, noted


def _failure(reason: str) -> Answer:
    return {"error": reason, "trace": ""}


def _too_long(seconds: float, noted: Mapping[str, Any]) -> str:
    if not noted:
        return f"took longer than {seconds:g} seconds"
    done = f"{noted['page']} of {noted['pages']} pages are recognised"
    return f"a page took longer than {seconds:g} seconds ({done}; give --timeout, and it goes on from there)"


def _how_it_ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit {code}"
