"""Takes a list of files (CSV), gives what is known of each beforehand: municipality, kind, period, address.

The headings may be English or Swedish (`vocabulary/corpus.toml`). Columns it does not know are kept as facts too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

from samsyn.corpora.places import municipality_named
from samsyn.errors import CorpusError
from samsyn.models.agreement import DocumentKind
from samsyn.vocabulary.load import load_toml

_LARGEST = 50 * 2**20
_SPAN = re.compile(r"\s*(\d{4}(?:-\d\d-\d\d)?)\s*(?:(?:--|–|—|-|/|till|to)\s*(\d{4}(?:-\d\d-\d\d)?)?)?\s*")
"""A period: '2016', '2016-2019', '2016–', '2016-01-01--2019-12-31'."""


class Listed(NamedTuple):
    """A file of the list: its path as written, where it was published, what is known of it."""

    path: str
    address: str | None
    facts: dict[str, str]


def read_manifest(path: Path) -> tuple[Listed, ...]:
    """The files of the list. Facts are in the terms of the model: codes by ';', ISO days, a kind of document.

    Raises CorpusError, naming the file and the line, for a list that has no column of paths or a fact that is none.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    if len(data) > _LARGEST:
        raise CorpusError(f"{path}: larger than {_LARGEST // 2**20} MB")
    return tuple(_rows(_decoded(data), path))


def _decoded(data: bytes) -> str:
    """Excel writes UTF-8 with a mark, UTF-16, or the old Western encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str, path: Path) -> Iterator[Listed]:
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    try:
        headings = [_field(heading) for heading in next(reader, [])]
        if "path" not in headings:
            raise CorpusError(f"{path}: no column says which file is meant; call it 'path'")
        for cells in reader:
            row = {name: cell.strip() for name, cell in zip(headings, cells, strict=False) if name and cell.strip()}
            if row.get("path"):
                yield _listed(row, f"{path}, line {reader.line_num}")
    except csv.Error as error:
        raise CorpusError(f"{path}: {error}") from error


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(";,\t", key=head.count) if any(mark in head for mark in ";,\t") else ","


def _field(heading: str) -> str:
    return _fields().get(_plain(heading), heading.strip())


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").split()).casefold()


@cache
def _fields() -> dict[str, str]:
    words: Mapping[str, list[str]] = load_toml("corpus.toml")["manifest"]
    return {word: field for field, named in words.items() for word in (*named, _plain(field))}


def _listed(row: dict[str, str], where: str) -> Listed:
    path, address = row.pop("path"), row.pop("address", None)
    try:
        return Listed(path, address, dict(_facts(row)))
    except CorpusError as error:
        raise CorpusError(f"{where}: {error}") from None


def _facts(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if "period" in row:
        yield from period_of(row["period"])
    for name, value in row.items():
        if name == "municipality":
            yield name, ";".join(municipality_named(part).code for part in _parted(value))
        elif name == "kind":
            yield name, _kind(value)
        elif name in ("start", "end"):
            yield name, _day(value, last=name == "end")
        elif name != "period":
            yield name, value


def _parted(value: str) -> list[str]:
    for separator in load_toml("corpus.toml")["lists"]["separators"]:
        value = value.replace(separator, ";")
    return [part.strip() for part in value.split(";") if part.strip()]


def _kind(value: str) -> str:
    plain = _plain(value)
    if plain in get_args(DocumentKind):
        return plain
    for kind, names in load_toml("corpus.toml")["kinds"].items():
        if plain in names:
            return str(kind)
    raise CorpusError(f"{value!r} is no kind of document; known are {', '.join(get_args(DocumentKind))}")


def period_of(text: str) -> tuple[tuple[str, str], ...]:
    """The days of a period such as '2016-2019', '2016' (all of it) or '2016–' (no end), as ('start', day) and so on."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise CorpusError(f"{text!r} is no period such as 2016-2019")
    first, last = found.groups()
    start = ("start", _day(first, last=False))
    if last is None and text.strip() != first:
        return (start,)
    end = ("end", _day(last or first, last=True))
    if end[1] < start[1]:
        raise CorpusError(f"the period {text!r} ends before it starts")
    return (start, end)


def _day(text: str, *, last: bool) -> str:
    if re.fullmatch(r"\d{4}", text):
        return f"{text}-12-31" if last else f"{text}-01-01"
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise CorpusError(f"{text!r} is no day such as 2016-01-31, nor a year") from None
