"""Takes the name of a data file of the vocabulary and gives its contents."""

from __future__ import annotations

import csv
import io
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from samsyn.errors import VocabularyError


def read_data(name: str) -> str:
    """The text of the package's data file `name`, such as 'headings.toml'."""
    return files("samsyn.vocabulary").joinpath(name).read_text(encoding="utf-8")


@cache
def load_toml(name: str) -> dict[str, Any]:
    """The parsed TOML file `name`; raises VocabularyError naming the file when it is not valid TOML."""
    try:
        return tomllib.loads(read_data(name))
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{name}: {error}") from error


@cache
def load_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the CSV file `name`, each a mapping from column name to text."""
    return tuple(csv.DictReader(io.StringIO(read_data(name))))
