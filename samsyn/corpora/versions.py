"""Which extractor this is: gives a short name that changes with the program, its rules or its vocabulary."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_READS = ("extract", "matching", "models", "vocabulary", "match.py", "pipeline.py", "similarity.py", "words.py")
"""What of the package decides what is read of a file."""
_ONLY_TOLD = frozenset(
    {"comparison.toml", "corpus.toml", "counties.csv", "drafting.toml", "drafting.py", "groups.toml", "groups.py"}
    | {"requirements.toml"}
)
"""Files among them by which agreements are compared, counted, drafted and checked, but nothing is read."""
_PACKAGE = Path(__file__).resolve().parent.parent


def package_version() -> str:
    """The installed version of samsyn."""
    try:
        return version("samsyn")
    except PackageNotFoundError:  # run from its folder, not installed
        return "0"


@cache
def extractor_version(register: Path | None = None) -> str:
    """The package's version and a fingerprint of its rules and vocabulary, such as '0.1.0+3f9a01c2'.

    A register of the user's own is a part of the fingerprint.
    """
    digest = hashlib.sha256()
    for path in _files():
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    if register is not None:
        digest.update(b"register\0" + register.read_bytes())
    return f"{package_version()}+{digest.hexdigest()[:8]}"


def _files() -> Iterator[Path]:
    for name in _READS:
        path = _PACKAGE / name
        found = [path] if path.is_file() else path.rglob("*")
        wanted = (file for file in found if file.suffix in (".py", ".toml", ".csv") and file.name not in _ONLY_TOLD)
        yield from sorted(wanted)
