"""Programs of others that are used where they are installed: found by name, run without a shell, within limits."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence

from samsyn.errors import SamsynError


class ProgramFailed(SamsynError):
    """A program that ended with an error or not in time; the text is one line with its name and the reason."""

    def __init__(self, program: str, reason: str, *, timed_out: bool = False) -> None:
        super().__init__(f"{program}: {reason}")
        self.program = program
        self.reason = reason
        self.timed_out = timed_out


def find_program(*names: str) -> str | None:
    """The path of the first of these programs that is installed; None when none is."""
    return next((path for name in names if (path := shutil.which(name)) is not None), None)


def run_program(
    arguments: Sequence[str],
    *,
    data: bytes = b"",
    seconds: float = 60,
    environment: Mapping[str, str] | None = None,
    own_group: bool = False,
) -> bytes:
    """What a program writes to standard output when it is given `data` on standard input.

    `environment` is added to this process's own. `own_group` is for a program that starts others: they are ended
    with it, and none of them may use more processor time than `seconds`, whatever becomes of this process.
    Raises ProgramFailed when it can't be started, ends with an error or takes longer than `seconds`.
    """
    name = os.path.basename(arguments[0])
    try:
        process = subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
            start_new_session=own_group,
        )
    except OSError as error:
        raise ProgramFailed(name, (error.strerror or "cannot be started").lower()) from error
    if own_group:
        _limit_processor_time(process.pid, seconds)
    return _communicate(process, name, data, seconds, own_group=own_group)


def _communicate(process: subprocess.Popen[bytes], name: str, data: bytes, seconds: float, *, own_group: bool) -> bytes:
    try:
        output, complaint = process.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise ProgramFailed(name, f"took longer than {seconds:g} seconds", timed_out=True) from error
    finally:
        if process.poll() is None:
            _end(process, own_group=own_group)
            process.communicate()
    if process.returncode != 0:
        raise ProgramFailed(name, _reason(process.returncode, complaint))
    return output


def _end(process: subprocess.Popen[bytes], *, own_group: bool) -> None:
    with contextlib.suppress(OSError):
        if own_group and hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _reason(code: int, complaint: bytes) -> str:
    lines = [line.strip() for line in complaint.decode("utf-8", "replace").splitlines() if line.strip()]
    ended = f"signal {-code}" if code < 0 else f"exit {code}"
    return f"{lines[-1][:200]} ({ended})" if lines else ended


def _limit_processor_time(process: int, seconds: float) -> None:
    with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        limit = max(1, int(seconds))
        resource.prlimit(process, resource.RLIMIT_CPU, (limit, limit + 5))
