"""Takes agreements, gives text or bytes: one module a format, listed in `FORMATS`. Computes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from samsyn.models.agreement import Agreement


class Format(NamedTuple):
    """An output format: where its writer is, by which file endings it is known, whether it is made of bytes."""

    writer: str
    suffixes: tuple[str, ...]
    binary: bool = False


FORMATS = {
    "json": Format("samsyn.write.as_json:write_json", (".json",)),
    "jsonl": Format("samsyn.write.as_json:write_json_lines", (".jsonl", ".ndjson")),
    "yaml": Format("samsyn.write.as_yaml:write_yaml", (".yaml", ".yml")),
    "markdown": Format("samsyn.write.as_markdown:write_markdown", (".md", ".markdown")),
    "csv": Format("samsyn.write.as_csv:write_csv", (".csv",)),
    "xlsx": Format("samsyn.write.as_xlsx:write_xlsx", (".xlsx",), binary=True),
    "text": Format("samsyn.write.as_text:write_text", (".txt",)),
}
"""What `--format` can name; a new format is one module and one line here."""

_JSON_LIST = Format("samsyn.write.as_json:write_json_list", ())


def format_of(file: str) -> str | None:
    """The name of the format that the file's ending stands for, or None."""
    suffix = PurePath(file).suffix.lower()
    return next((name for name, entry in FORMATS.items() if suffix in entry.suffixes), None)


def write_agreements(agreements: Iterable[Agreement], stream: IO[Any], form: str, *, several: bool = False) -> None:
    """Write the agreements to the stream as they come, in the format that `form` names.

    The stream takes bytes when `FORMATS[form].binary`, text otherwise. `several` says that there may be more
    than one: JSON is then a list. Raises KeyError for an unknown format.
    """
    entry = _JSON_LIST if several and form == "json" else FORMATS[form]
    module, _, function = entry.writer.partition(":")
    writer: Callable[[Iterable[Agreement], IO[Any]], None] = getattr(import_module(module), function)
    writer(agreements, stream)
