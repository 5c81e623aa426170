"""Takes reports of checks, gives text: one module a format, listed in `CHECK_FORMATS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samsyn.models.check import CheckReport
    from samsyn.write.diff_phrases import Language

CHECK_FORMATS = {
    "text": (".txt",),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "json": (".json",),
}
"""What `samsyn check --format` can name, with the endings of files; a new format is one module check_<name>.py."""


def check_format_of(file: str) -> str | None:
    """The name of the format that the file's ending stands for, or None."""
    suffix = PurePath(file).suffix.lower()
    return next((name for name, suffixes in CHECK_FORMATS.items() if suffix in suffixes), None)


def write_checks(reports: Sequence[CheckReport], stream: IO[Any], form: str, *, language: Language = "sv") -> None:
    """Write the reports in the format that `form` names; KeyError for an unknown one.

    `language` is that of the words around the reports; they themselves are in the one they were made in.
    """
    if form not in CHECK_FORMATS:
        raise KeyError(form)
    module = import_module(f"samsyn.write.check_{form}")
    writer: Callable[..., None] = getattr(module, f"write_check_{form}")
    writer(reports, stream, language=language)
