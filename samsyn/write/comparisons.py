"""Takes a comparison or a series, gives text or bytes: one module a format, listed in `DIFF_FORMATS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from samsyn.models.comparison import Comparison, Series
    from samsyn.write.diff_phrases import Language


class DiffFormat(NamedTuple):
    """An output format: its module and the end of its functions' names, file endings, whether it is made of bytes."""

    name: str
    suffixes: tuple[str, ...]
    binary: bool = False
    linked: bool = False


DIFF_FORMATS = {
    "text": DiffFormat("text", (".txt",)),
    "markdown": DiffFormat("markdown", (".md", ".markdown")),
    "html": DiffFormat("html", (".html", ".htm"), linked=True),
    "docx": DiffFormat("docx", (".docx",), binary=True),
    "xlsx": DiffFormat("xlsx", (".xlsx",), binary=True),
    "json": DiffFormat("json", (".json",)),
}
"""What `samsyn diff --format` can name; a new format is one module diff_<name>.py and one line here."""


def diff_format_of(file: str) -> str | None:
    """The name of the format that the file's ending stands for, or None."""
    suffix = PurePath(file).suffix.lower()
    return next((name for name, entry in DIFF_FORMATS.items() if suffix in entry.suffixes), None)


def write_comparison(
    comparison: Comparison | Series,
    stream: IO[Any],
    form: str,
    *,
    language: Language = "sv",
    links: Sequence[str | None] | None = None,
) -> None:
    """Write two agreements' comparison, or a series, in the format that `form` names.

    The stream takes bytes when `DIFF_FORMATS[form].binary`, text otherwise. `links` say for each agreement where its
    document lies as seen from the output, for formats that can point there. Raises KeyError for an unknown format.
    """
    from samsyn.models.comparison import Comparison

    entry = DIFF_FORMATS[form]
    kind = "diff" if isinstance(comparison, Comparison) else "series"
    module = import_module(f"samsyn.write.diff_{entry.name}")
    writer: Callable[..., None] = getattr(module, f"write_{kind}_{entry.name}")
    options = {"links": links} if entry.linked and links is not None else {}
    writer(comparison, stream, language=language, **options)
