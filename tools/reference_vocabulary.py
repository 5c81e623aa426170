"""Takes the files of the vocabulary, gives a page that says what each holds and how it is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import samsyn
from samsyn.vocabulary.load import load_table
from tools.markdown import code, made_by, table

FOLDER = Path(samsyn.__file__).parent / "vocabulary"

_HEAD = """\
# The vocabulary

{made}

All the Swedish that steers how documents are understood is data: TOML and CSV files in `samsyn/vocabulary/`, with
examples that are run as tests. Most of what a new document teaches is one more word in one of them
([how-to-heading.md](how-to-heading.md), [how-to-measure.md](how-to-measure.md)). Each file's own head, repeated here,
says how it is written.
"""

_TABLES = {
    "counties.csv": "The counties as squares of the map in `samsyn corpus report`: column and row from the upper left, "
    "the label with a bar where it may be broken.",
    "municipalities.csv": "Every municipality of Sweden, with the names, spellings and genitives it goes by. Codes are "
    "text (`0486`), several names in a cell stand between semicolons.",
    "local-police-areas.csv": "The local police areas and the municipalities they cover.",
}
"""What the tables hold; a CSV file has no place for a comment."""


def vocabulary_page() -> str:
    """The page: every file with its head and its sections."""
    lines = [_HEAD.format(made=made_by("make reference"))]
    for path in sorted(FOLDER.glob("*.toml")):
        lines += _toml(path)
    for path in sorted(FOLDER.glob("*.csv")):
        lines += _csv(path)
    return "\n".join(lines).rstrip() + "\n"


def _toml(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    head = [line.removeprefix("#").removeprefix(" ") for line in takewhile(_is_comment, text.splitlines())]
    yield f"## {path.name}\n"
    yield _prose(head) + "\n"
    rows = [(code(name), _holds(value)) for name, value in tomllib.loads(text).items()]
    yield from table(("section", "holds"), rows)


def _is_comment(line: str) -> bool:
    return line.startswith("#")


def _prose(lines: list[str]) -> str:
    """The head as running text; where it is laid out in columns it stays as it is."""
    if any("  " in line.strip() for line in lines):
        return "```text\n" + "\n".join(lines) + "\n```"
    return "\n".join(lines)


def _holds(value: Any) -> str:
    """What there is: entries, words, the first names of a table, or a single value. No counts: they change daily."""
    if isinstance(value, list):
        keys = sorted({key for entry in value if isinstance(entry, dict) for key in entry})
        return f"entries with {', '.join(map(code, keys))}" if keys else "words"
    if isinstance(value, dict):
        keys = list(value)
        return ", ".join(code(key) for key in keys[:8]) + (" …" if len(keys) > 8 else "")
    if isinstance(value, str) and "|" in value:
        return "words"
    return code(str(value))


def _csv(path: Path) -> Iterator[str]:
    rows = load_table(path.name)
    yield f"## {path.name}\n"
    yield f"{_TABLES[path.name]} Columns: {', '.join(map(code, rows[0]))}.\n"
